"""Walks the frames of a built scene and writes its ground truth."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.build import Built
from buildee.blender.labels import label_table
from buildee.blender.surface import SurfaceReader, read_camera
from buildee.dataset.writer import SceneWriter
from buildee.layout.kinematics import world_from_part
from buildee.layout.scene import Layout
from buildee.recipe import Recipe, Seed
from buildee.run import emit
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, annotate, complete
from buildee.truth.audit import Recast
from buildee.truth.camera import pixel_directions
from buildee.truth.cloud import Cloud, sample_cloud, see_cloud
from buildee.truth.embree import Caster, CasterPool
from buildee.truth.flow import flow_plan
from buildee.truth.frame import Frame, View
from buildee.truth.hits import meet_planes
from buildee.truth.sampling import sample_points
from buildee.truth.surface import Camera, Surface
from buildee.truth.tracks import TrackPoints

SCENE_TRACKS = ("xyz",)
"""Track arrays that belong to the scene; the others belong to a camera."""

AUDITED = ("depth", "part")
"""Always written: the audit compares what is on disk with Cycles' passes."""

FLOWS = {"flow", "flow_backward"}
"""Annotators that a frame has only where the plan of flow says so."""

KEPT = 3
"""Surfaces kept: a frame's and its neighbours'."""

KEPT_FAR = 8
"""Surfaces kept where flow leads further, so that strides up to 6 read no frame twice; others are read again."""


class Annotations:
    """The ground truth of a built scene. A context manager: it keeps the ray caster's trees while it is open.

    Attributes:
        pose_error: metres, the largest distance between where the layout puts a part and where Blender
            evaluated it, over all frames; keys and transforms are float32 there.
        first_gather: seconds that reading the first surface took; later ones reuse its meshes.
    """

    def __init__(self, layout: Layout, built: Built, resolved: Recipe, index: int, writer: SceneWriter) -> None:
        self.layout, self.built, self.resolved, self.writer = layout, built, resolved, writer
        self.labels = label_table(built.rows)
        seed = Seed(resolved.seed).child("scene").child(index)
        self.seed, self.cloud_seed = seed.child("tracks"), seed.child("cloud")
        self.pose_error = self.first_gather = 0.0
        self._cameras: list[list[Camera]] = []
        names = complete(resolved.truth.annotators)
        self._reader = SurfaceReader(built.scene, "shading_normal" in names, "uv" in names)
        self.wanted = [name for name in dict.fromkeys([*names, *AUDITED]) if name in ANNOTATORS.keys() - FLOWS]
        self._plan = flow_plan(names, layout.frames, resolved.truth.flow_strides, resolved.truth.flow_pairs)
        far = any(abs(end - start) > 1 for start, ends in enumerate(self._plan) for end in ends)
        self._surfaces: OrderedDict[int, Surface] = OrderedDict()
        self._kept = KEPT_FAR if far else KEPT
        self._parts = world_from_part(layout)
        self._instances = np.stack([instance_poses(layout, frame) for frame in range(layout.frames)])
        self._cloud: Cloud | None = None
        self._seen: dict[str, list[NDArray[np.bool_]]] = {}
        self._tracks: dict[str, list[dict[str, NDArray]]] = {camera.name: [] for camera in layout.cameras}

    def __enter__(self) -> Annotations:
        self._pool = CasterPool()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def write(self) -> None:
        """Annotates every frame of every camera; keeps the surfaces of a few frames at most."""
        self.writer.labels(self.labels, self._moving(), self._reader.materials)
        self.writer.poses(self._instances)
        cameras = self._cameras = self._write_cameras()
        started = time.perf_counter()
        first = self._surface(0)
        self.first_gather = time.perf_counter() - started
        points = self._sample(first, cameras[0]) if "tracks" in self.wanted else None
        self._cloud = self._write_cloud(first)
        for frame in range(self.layout.frames):
            for number in range(len(cameras[frame])):
                self._annotate(frame, number, points)
            emit(event="step", done=(frame + 1) * len(cameras[0]), of=2 * self.layout.frames * len(cameras[0]))
        if points is not None:
            self._write_tracks(points)
        for camera, seen in self._seen.items():
            self.writer.cloud({"seen": np.stack(seen)}, camera)

    @contextmanager
    def recast(self, number: int, frame: int) -> Iterator[Recast]:
        """Gives a function that casts again through any image points of a frame (from 0) of a camera.

        The surface is read, and the caster built, when it is first called.
        """
        with ExitStack() as stack:
            camera = self._cameras[frame][number]
            casters: list[Caster] = []

            def cast(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
                if not casters:
                    surface = self._reader.read(frame + 1)
                    casters.append(stack.enter_context(self._pool.caster(surface, camera.world_from_camera)))
                return self._cast(casters[0], camera, points)

            yield cast

    def _cast(
        self, caster: Caster, camera: Camera, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Casts through image points (M, 2); returns depths (M,), metres, and object indices (M,)."""
        rays = pixel_directions(camera, points)
        found = caster.first_hits(rays, *camera.clip)
        hit = np.flatnonzero(found.copy >= 0)
        depth, index = np.full(len(points), np.inf), np.zeros(len(points), np.int32)
        depth[hit] = meet_planes(caster, found.copy[hit], found.triangle[hit], np.ascontiguousarray(rays[hit].T))[0]
        index[hit] = np.append(0, self.built.pass_index)[caster.surface.copy_part[found.copy[hit]] + 1]
        return depth, index

    def _surface(self, frame: int) -> Surface:
        """Reads the surface at a frame (from 0), if it is not kept, and notes how far it is from the layout."""
        if frame not in self._surfaces:
            surface = self._surfaces[frame] = self._reader.read(frame + 1)
            self.pose_error = max(self.pose_error, self._deviation(surface, frame))
            while len(self._surfaces) > self._kept:
                self._surfaces.popitem(last=False)
        self._surfaces.move_to_end(frame)
        return self._surfaces[frame]

    def _view(self, frame: int, number: int) -> View:
        """Returns what a camera looks at in a frame."""
        return View(self._surface(frame), self._cameras[frame][number])

    def _moving(self) -> NDArray[np.bool_]:
        """Returns (I,) whether any part of each instance moves."""
        moving = np.zeros(len(self.built.rows.instance_name), bool)
        parts = np.ptp(self._parts, axis=0).max((1, 2)) > 0
        moving[self.built.rows.part_instance[: len(parts)][parts]] = True
        return moving

    def _deviation(self, surface: Surface, frame: int) -> float:
        """Returns the largest distance between planned and evaluated positions of instances' parts."""
        count = self._parts.shape[1]
        mine = np.flatnonzero((surface.copy_part >= 0) & (surface.copy_part < count))
        planned = self._parts[frame, surface.copy_part[mine], :3, 3]
        return float(np.abs(surface.world_from_copy[mine, :3, 3] - planned).max(initial=0.0))

    def _sample(self, surface: Surface, cameras: list[Camera]) -> TrackPoints:
        """Chooses the tracked points in the first frame, half of them from what the cameras see."""
        with ExitStack() as stack:
            casters = [stack.enter_context(self._pool.caster(surface, camera.world_from_camera)) for camera in cameras]
            pairs = list(zip(casters, cameras, strict=True))
            return sample_points(surface, self.labels, pairs, self.resolved.truth.track_points, self.seed.rng())

    def _write_cloud(self, surface: Surface) -> Cloud | None:
        """Draws the point cloud in the first frame and writes it, if the recipe wants one."""
        count = self.resolved.truth.cloud_points
        if not count:
            return None
        cloud = sample_cloud(surface, self.labels, count, self.cloud_seed.rng())
        self.writer.cloud(
            {
                "xyz": cloud.xyz,
                "normal": cloud.normal,
                "instance": cloud.points.instance,
                "category": cloud.category,
                "part": cloud.part,
                "copy": cloud.points.copy_key,
                "triangle": cloud.points.triangle,
                "barycentrics": cloud.points.barycentrics.astype(np.float32),
            }
        )
        return cloud

    def _annotate(self, frame: int, number: int, points: TrackPoints | None) -> None:
        """Annotates one frame of one camera."""
        name, plan = self.layout.cameras[number].name, self._plan[frame]
        before, after = (self._view(at, number) if at in plan else None for at in (frame - 1, frame + 1))
        now = self._view(frame, number)
        wanted = [*self.wanted, *sorted({folder for folders in plan.values() for folder in folders} & FLOWS)]
        with Frame(self._pool, self.labels, now, before, after, points, self._instances[frame]) as about:
            self.writer.frame(name, frame, grouped(annotate(about, wanted), self._tracks[name]))
            if self._cloud is not None:
                seen = see_cloud(self._cloud, self.labels, about.caster, now.camera)
                self._seen.setdefault(name, []).append(seen)
            for target, folders in plan.items():
                other = {frame - 1: before, frame + 1: after}.get(target) or self._view(target, number)
                for folder in (folder for folder in folders if folder in PAIR_ANNOTATORS):
                    self.writer.pair(name, folder, frame, target, PAIR_ANNOTATORS[folder].compute(about, other))

    def _write_cameras(self) -> list[list[Camera]]:
        """Writes what each camera does; returns the cameras of every frame, as Blender evaluates them."""
        scene = bpy.data.scenes[self.built.scene]
        cameras: list[list[Camera]] = []
        for frame in range(self.layout.frames):
            scene.frame_set(frame + 1)
            cameras.append([read_camera(scene, bpy.data.objects[name]) for name in self.built.cameras])
        for number, spec in enumerate(self.layout.cameras):
            K = np.stack([frame[number].K for frame in cameras])
            poses = np.stack([frame[number].world_from_camera for frame in cameras])
            clip = cameras[0][number].clip
            self.writer.camera(spec.name, K, poses, spec.width, spec.height, self.layout.fps, clip)
        return cameras

    def _write_tracks(self, points: TrackPoints) -> None:
        """Writes the tracks of the scene and of every camera."""
        stacked = {
            camera: {name: np.stack([frame[name] for frame in frames]) for name in frames[0]}
            for camera, frames in self._tracks.items()
        }
        first = next(iter(stacked.values()))
        self.writer.tracks({name: first[name] for name in SCENE_TRACKS} | {"instance": points.instance})
        for camera, arrays in stacked.items():
            self.writer.tracks({name: array for name, array in arrays.items() if name not in SCENE_TRACKS}, camera)


def instance_poses(layout: Layout, frame: int) -> NDArray[np.float64]:
    """Returns `world_from_instance` (I, 4, 4) of every instance id at a frame (from 0), as the layout has it.

    Copies of countable scatters give their poses without scale; uncountable scatters have none (NaN).
    """
    poses = [item.poses[min(frame, len(item.poses) - 1)] for item in layout.instances]
    for scatter in layout.scatters:
        if not scatter.countable:
            poses.append(np.full((4, 4), np.nan))
            continue
        rigid = scatter.poses.copy()
        left, _, right = np.linalg.svd(rigid[:, :3, :3])
        turn = left @ right
        turn[:, :, 2] *= np.linalg.det(turn)[:, None]  # a mirrored copy gets the nearest rotation
        rigid[:, :3, :3] = turn
        poses.extend(rigid)
    return np.stack(poses)


def grouped(arrays: dict[str, NDArray], tracks: list[dict[str, NDArray]]) -> dict[str, object]:
    """Returns maps by name and other arrays nested by annotator, but appends those of tracks to `tracks`."""
    annotations = {name: array for name, array in arrays.items() if "/" not in name}
    members: dict[str, dict[str, NDArray]] = {}
    for name in [name for name in arrays if "/" in name]:  # in order: a set's would change with the process
        annotator, member = name.split("/")
        members.setdefault(annotator, {})[member] = arrays[name]
    if "tracks" in members:
        tracks.append(members.pop("tracks"))
    return annotations | members
