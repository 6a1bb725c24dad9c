"""Walks the frames of a take and writes its ground truth."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.camera import read_camera
from buildee.blender.take import Take
from buildee.blender.tracks import choose_tracks
from buildee.children import emit
from buildee.dataset.writer import SceneWriter
from buildee.recipe import Seed, Truth
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, annotate, complete
from buildee.truth.audit import Recast, recaster
from buildee.truth.cloud import Cloud, sample_cloud, see_cloud
from buildee.truth.embree import CasterPool
from buildee.truth.flow import flow_plan
from buildee.truth.frame import Frame, View
from buildee.truth.relations import Visibility, padded
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.topology import changed_instances
from buildee.truth.tracks import TrackPoints
from buildee.truth.visibility import find_keys

SCENE_TRACKS = ("xyz",)
"""Arrays of tracks and keypoints that belong to the scene; the others belong to a camera."""

AUDITED = ("depth", "part")
"""Always written: the audit compares what is on disk with Cycles' passes."""

FLOWS = {"flow", "flow_backward"}
"""Annotators that a frame has only where the plan of flow says so."""

KEPT = 3
"""Surfaces kept: a frame's and its neighbours'."""

KEPT_FAR = 8
"""Surfaces kept where flow leads further, so that strides up to 6 read no frame twice; others are read again."""


class Annotations:
    """The ground truth of a take. A context manager: it keeps the ray caster's trees while it is open.

    Args:
        take: what is annotated.
        truth: which ground truth is wanted.
        seed: of the choice of tracked points.
        writer: receives it.

    Attributes:
        pose_error: metres, the largest distance between where the layout puts a part and where Blender
            evaluated it, over all frames; keys and transforms are float32 there.
        first_gather: seconds that reading the first surface took; later ones reuse its meshes.
        facts: what scene.json says of the truth: `tracks`, the sets of points, and `topology_changes`, a row a step
            in which instances have other triangles than in the one before: their points are absent or invalid there.
    """

    def __init__(self, take: Take, truth: Truth, seed: Seed, writer: SceneWriter) -> None:
        self.take, self.truth, self.seed, self.writer = take, truth, seed, writer
        self.pose_error = self.first_gather = 0.0
        self._cameras: list[list[Camera]] = []
        self._poses: dict[int, NDArray[np.float64]] = {}
        self._moving = np.zeros(0, bool)
        self._visibility: dict[str, list[dict[str, NDArray]]] = {camera: [] for camera in take.cameras}
        self.facts: dict[str, Any] = {"topology_changes": []}
        names = complete(truth.annotators)
        reader = take.subject.reader
        reader.normals, reader.uv = "shading_normal" in names, "uv" in names
        reader.see_through = truth.glass == "see_through"
        self.wanted = [name for name in dict.fromkeys([*names, *AUDITED]) if name in ANNOTATORS.keys() - FLOWS]
        if "keypoints" in self.wanted and not take.subject.keypoints(0).name:
            self.wanted.remove("keypoints")
        self._plan = flow_plan(names, len(take.frames), truth.flow_strides, truth.flow_pairs)
        far = any(abs(end - start) > 1 for start, ends in enumerate(self._plan) for end in ends)
        self._surfaces: OrderedDict[int, Surface] = OrderedDict()
        self._kept = KEPT_FAR if far else KEPT
        self._cloud: Cloud | None = None

    def __enter__(self) -> Annotations:
        self._pool = CasterPool()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def write(self) -> None:
        """Annotates every frame of every camera; keeps the surfaces of a few frames at most."""
        cameras = self._cameras = self._write_cameras()
        if self.take.subject.reader.see_through:
            self._surface(0)  # glass is what it is in the first frame, whichever tracks are chosen in
        points = self._choose_tracks() if "tracks" in self.wanted else None
        self._cloud = self._write_cloud()
        if "keypoints" in self.wanted:
            self._write_keypoints()
        last = len(self.take.frames) - 1
        for step in range(last + 1):
            now = self._surface(step)
            if step < last:
                after = self._surface(step + 1)
                self._note_motion(now, after)
                self._note_topology(step + 1, now, after)
            for number in range(len(self.take.cameras)):
                self._annotate(step, number, points)
            emit(event="step", done=(step + 1) * len(cameras[0]), of=2 * (last + 1) * len(cameras[0]))
        labels = self.take.subject.labels()
        count = len(labels.instance_name)
        self.writer.labels(labels, _padded(self._moving, count, False), self.take.subject.reader.materials)
        self.writer.poses(np.stack([_padded(self._poses[step], count, np.nan) for step in range(last + 1)]))
        self._write_visibility(labels)

    def camera(self, number: int, step: int) -> Camera:
        """Returns the camera of this number as Blender evaluated it at a step."""
        return self._cameras[step][number]

    @contextmanager
    def recast(self, camera: Camera, step: int) -> Iterator[Recast]:
        """Gives a function that casts again through any image points of a camera at a step.

        The surface is read, and the caster built, when it is first called.
        """
        with ExitStack() as stack:
            made: list[Recast] = []

            def cast(
                points: NDArray[np.float64], only: int | None = None
            ) -> tuple[NDArray[np.floating], NDArray[np.integer]]:
                if not made:
                    surface = self.take.subject.reader.read(self.take.frames[step])
                    caster = stack.enter_context(self._pool.caster(surface, camera.world_from_camera))
                    index = np.append(0, self.take.subject.pass_index())[surface.copy_part + 1]
                    made.append(recaster(caster, camera, index))
                return made[0](points, only)

            yield cast

    def _surface(self, step: int) -> Surface:
        """Reads the surface at a step unless it is kept, and notes where instances are."""
        if step not in self._surfaces:
            started = time.perf_counter()
            subject = self.take.subject
            surface = self._surfaces[step] = subject.reader.read(self.take.frames[step])
            self.first_gather = self.first_gather or time.perf_counter() - started
            self.pose_error = max(self.pose_error, subject.deviation(surface, step))
            self._poses[step] = subject.poses(step)
            while len(self._surfaces) > self._kept:
                self._surfaces.popitem(last=False)
        self._surfaces.move_to_end(step)
        return self._surfaces[step]

    def _view(self, step: int, number: int) -> View:
        """Returns what a camera looks at in a step."""
        return View(self._surface(step), self._cameras[step][number])

    def _note_motion(self, before: Surface, now: Surface) -> None:
        """Notes which instances have a copy that moved, deformed, came or went from one step to the next."""
        labels = self.take.subject.labels()
        self._moving = _padded(self._moving, len(labels.instance_name), False)
        row = find_keys(now.copy_key, before.copy_key)
        same = row >= 0
        same[same] = (now.world_from_copy[same] == before.world_from_copy[row[same]]).all((1, 2))
        shown = [np.array([id(mesh) for mesh in surface.meshes], np.int64) for surface in (before, now)]
        same[same] = shown[1][now.copy_mesh[same]] == shown[0][before.copy_mesh[row[same]]]
        parts = now.copy_part[~same], before.copy_part[find_keys(before.copy_key, now.copy_key) < 0]
        for part in parts:
            self._moving[labels.part_instance[part[part >= 0]] - 1] = True

    def _note_topology(self, step: int, before: Surface, now: Surface) -> None:
        """Notes for scene.json which instances have other triangles than in the step before."""
        labels = self.take.subject.labels()
        ids = changed_instances(before, now, labels)
        if len(ids):
            names = ["(unlabelled)", *labels.instance_name]
            row = {"frame": step, "instances": ids.tolist(), "names": [names[number] for number in ids]}
            self.facts["topology_changes"].append(row)

    def _choose_tracks(self) -> TrackPoints:
        """Chooses the tracked points in their query frames and writes what they are."""
        cameras = [dict(zip(self.take.cameras, step, strict=True)) for step in self._cameras]
        chosen = choose_tracks(
            self.truth.tracks, self._surface, cameras, self.take.subject.labels, self._pool, self.seed
        )
        self.facts["tracks"] = chosen.sets
        self.writer.tracks({"instance": chosen.points.instance, "set": chosen.set, "query_frame": chosen.query_frame})
        return chosen.points

    def _write_cloud(self) -> Cloud | None:
        """Draws the point cloud in the first frame and writes it, if the recipe wants one."""
        if not self.truth.cloud_points:
            return None
        surface, rng = self._surface(0), self.seed.child("cloud").rng()
        cloud = sample_cloud(surface, self.take.subject.labels(), self.truth.cloud_points, rng)
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

    def _write_keypoints(self) -> None:
        """Writes what the keypoints are."""
        points = self.take.subject.keypoints(0)
        owner = self.take.subject.labels().part_instance[points.part]
        self.writer.keypoints(
            {
                "name": np.array(points.name, np.str_),
                "instance": owner.astype(np.uint16),
                "part": (points.part + 1).astype(np.uint16),
                "radius": points.radius.astype(np.float32),
            }
        )

    def _annotate(self, step: int, number: int, points: TrackPoints | None) -> None:
        """Annotates one step of one camera."""
        camera, plan = list(self.take.cameras)[number], self._plan[step]
        before, after = (self._view(at, number) if at in plan else None for at in (step - 1, step + 1))
        now = self._view(step, number)
        labels = self.take.subject.labels()
        poses = _padded(self._poses[step], len(labels.instance_name), np.nan)
        wanted = [*self.wanted, *sorted({folder for folders in plan.values() for folder in folders} & FLOWS)]
        keypoints = self.take.subject.keypoints(step)
        with Frame(self._pool, labels, now, before, after, points, poses, keypoints) as about:
            self._write_frame(camera, step, grouped(annotate(about, wanted)))
            if self._cloud is not None:
                seen = see_cloud(self._cloud, labels, about.caster, now.camera)
                self.writer.rows("cloud", step, {"seen": seen}, camera)
            for target, folders in plan.items():
                other = {step - 1: before, step + 1: after}.get(target) or self._view(target, number)
                for folder in (folder for folder in folders if folder in PAIR_ANNOTATORS):
                    self.writer.pair(camera, folder, step, target, PAIR_ANNOTATORS[folder].compute(about, other))

    def _write_frame(self, camera: str, step: int, groups: dict[str, Any]) -> None:
        """Writes the annotations of one step of one camera."""
        for folder in ("tracks", "keypoints"):
            points = groups.pop(folder, {})
            shared = {name: points.pop(name) for name in SCENE_TRACKS if name in points}
            if camera == next(iter(self.take.cameras)):  # world positions are the same from every camera
                self.writer.rows(folder, step, shared)
            self.writer.rows(folder, step, points, camera)
        self._visibility[camera].append(groups.pop("visibility", {}))
        self.writer.frame(camera, step, groups)

    def _write_cameras(self) -> list[list[Camera]]:
        """Writes what each camera does; returns the cameras of every step, as Blender evaluates them."""
        scene = bpy.data.scenes[self.take.scene]
        cameras: list[list[Camera]] = []
        for frame in self.take.frames:
            scene.frame_set(frame)
            cameras.append([read_camera(scene, bpy.data.objects[name]) for name in self.take.cameras.values()])
        for number, name in enumerate(self.take.cameras):
            K = np.stack([step[number].K for step in cameras])
            poses = np.stack([step[number].world_from_camera for step in cameras])
            first = cameras[0][number]
            self.writer.camera(name, K, poses, first.width, first.height, self.take.fps, first.clip, first.lens)
        return cameras

    def _write_visibility(self, labels: LabelTable) -> None:
        """Writes each camera's visibility table; instances that joined later were not there before."""
        for camera, rows in self._visibility.items():
            for step, row in enumerate(rows):
                if row:
                    self.writer.rows("visibility", step, vars(padded(Visibility(**row), labels.countable)), camera)


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


def _padded(array: NDArray, count: int, value: float) -> NDArray:
    """Returns an array with rows of a value appended, as many as instances joined since it was made."""
    return np.concatenate([array, np.full((count - len(array), *array.shape[1:]), value, array.dtype)])
