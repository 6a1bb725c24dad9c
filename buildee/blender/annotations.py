"""Walks the frames of a built scene and writes its ground truth."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.build import Built
from buildee.blender.labels import label_table
from buildee.blender.surface import SurfaceReader, read_camera
from buildee.blender.tracks import choose_tracks
from buildee.dataset.writer import SceneWriter
from buildee.layout.kinematics import world_from_part
from buildee.layout.scene import Layout
from buildee.recipe import Recipe, Seed
from buildee.run import emit
from buildee.truth.annotate import annotate
from buildee.truth.audit import Recast
from buildee.truth.camera import pixel_directions
from buildee.truth.embree import Caster, CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.hits import meet_planes
from buildee.truth.surface import Camera, Surface
from buildee.truth.topology import changed_instances
from buildee.truth.tracks import TrackPoints

SCENE_TRACKS = ("xyz",)
"""Track arrays that belong to the scene; the others belong to a camera."""

AUDITED = ("depth", "part")
"""Always written: the audit compares what is on disk with Cycles' passes."""


class Annotations:
    """The ground truth of a built scene. A context manager: it keeps the ray caster's trees while it is open.

    Attributes:
        pose_error: metres, the largest distance between where the layout puts a part and where Blender
            evaluated it, over all frames; keys and transforms are float32 there.
        first_gather: seconds that reading the first surface took; later ones reuse its meshes.
        facts: what scene.json says of the truth: `tracks`, the sets of points, and `topology_changes`, a row a frame
            in which instances have other triangles than in the frame before: their points are absent or invalid there.
    """

    def __init__(self, layout: Layout, built: Built, resolved: Recipe, index: int, writer: SceneWriter) -> None:
        self.layout, self.built, self.resolved, self.writer = layout, built, resolved, writer
        self.labels = label_table(built.rows)
        self.seed = Seed(resolved.seed).child("scene").child(index).child("tracks")
        self.pose_error = self.first_gather = 0.0
        self.facts: dict[str, Any] = {"topology_changes": []}
        self._reader = SurfaceReader(built.scene)
        self._cameras: list[list[Camera]] = []
        names = resolved.truth.annotators
        extra = [*AUDITED, *(["flow_backward"] if "flow" in names else [])]
        self.wanted = list(dict.fromkeys([*names, *extra]))
        self._parts = world_from_part(layout)
        self._instances = np.stack([instance_poses(layout, frame) for frame in range(layout.frames)])

    def __enter__(self) -> Annotations:
        self._pool = CasterPool()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def write(self) -> None:
        """Annotates every frame of every camera; keeps the surfaces of three frames at most."""
        self.writer.labels(self.labels, self._moving())
        self.writer.poses(self._instances)
        cameras = self._cameras = self._write_cameras()
        points = self._choose_tracks() if "tracks" in self.wanted else None
        surfaces: deque[Surface] = deque(maxlen=3)
        last = self.layout.frames - 1
        for frame in range(self.layout.frames):
            if frame == 0:
                surfaces.append(self._surface(0))
            if frame < last:
                surfaces.append(self._surface(frame + 1))
                self._note_topology(frame + 1, surfaces[-2], surfaces[-1])
            first = frame - (len(surfaces) - (2 if frame < last else 1))
            views = {
                first + offset: [View(surface, camera) for camera in cameras[first + offset]]
                for offset, surface in enumerate(surfaces)
            }
            self._annotate(frame, views, points)
            emit(event="step", done=(frame + 1) * len(cameras[0]), of=2 * self.layout.frames * len(cameras[0]))

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
        """Reads the surface at a frame (from 0) and notes how far it is from the layout."""
        started = time.perf_counter()
        surface = self._reader.read(frame + 1)
        self.first_gather = self.first_gather or time.perf_counter() - started
        self.pose_error = max(self.pose_error, self._deviation(surface, frame))
        return surface

    def _note_topology(self, frame: int, before: Surface, now: Surface) -> None:
        """Notes for scene.json which instances have other triangles than in the frame before."""
        ids = changed_instances(before, now, self.labels)
        if len(ids):
            names = ["(unlabelled)", *self.labels.instance_name]
            row = {"frame": frame, "instances": ids.tolist(), "names": [names[number] for number in ids]}
            self.facts["topology_changes"].append(row)

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

    def _choose_tracks(self) -> TrackPoints:
        """Chooses the tracked points in their query frames and writes what they are."""
        chosen = choose_tracks(
            self.resolved.truth.tracks,
            self._surface,
            lambda frame: {
                spec.name: camera for spec, camera in zip(self.layout.cameras, self._cameras[frame], strict=True)
            },
            self.labels,
            self._pool,
            self.seed,
        )
        self.facts["tracks"] = chosen.sets
        self.writer.tracks({"instance": chosen.points.instance, "set": chosen.set, "query_frame": chosen.query_frame})
        return chosen.points

    def _annotate(self, frame: int, views: dict[int, list[View]], points: TrackPoints | None) -> None:
        """Annotates one frame of every camera, given the views of the frame and its neighbours."""
        poses = self._instances[frame]
        for number, camera in enumerate(self.layout.cameras):
            before, now, after = (views[at][number] if at in views else None for at in (frame - 1, frame, frame + 1))
            with Frame(self._pool, self.labels, now, before, after, points, poses) as about:
                arrays = annotate(about, self.wanted)
            groups = grouped(arrays)
            tracks = groups.pop("tracks", {})
            shared = {name: tracks.pop(name) for name in SCENE_TRACKS if name in tracks}
            if number == 0:  # world positions are the same from every camera
                self.writer.rows("tracks", frame, shared)
            self.writer.rows("tracks", frame, tracks, camera.name)
            self.writer.rows("visibility", frame, groups.pop("visibility", {}), camera.name)
            self.writer.frame(camera.name, frame, groups)

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


def grouped(arrays: dict[str, NDArray]) -> dict[str, Any]:
    """Returns maps by name, and other arrays nested by annotator."""
    groups: dict[str, Any] = {}
    for name, array in arrays.items():
        annotator, _, member = name.partition("/")
        if member:
            groups.setdefault(annotator, {})[member] = array
        else:
            groups[name] = array
    return groups
