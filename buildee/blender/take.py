"""What is annotated and pictured: a scene of the open file, some of its frames, and what its copies are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from buildee.blender.build import Built
from buildee.blender.labels import label_table
from buildee.blender.surface import SurfaceReader
from buildee.layout.kinematics import world_from_part
from buildee.layout.scene import Layout
from buildee.truth.keypoints import Keypoints
from buildee.truth.surface import LabelTable, Surface


class Subject(Protocol):
    """Knows what the copies of a scene are. Asked after a frame's surface was read, about that frame."""

    reader: SurfaceReader

    def labels(self) -> LabelTable:
        """Returns what the rows of `Surface.copy_part` mean; more may join from frame to frame, none changes."""
        ...

    def poses(self, step: int) -> NDArray[np.float64]:
        """Returns `world_from_instance` (I, 4, 4) of every instance at a step; NaN where there is none."""
        ...

    def keypoints(self, step: int) -> Keypoints:
        """Returns where the keypoints of all instances are at a step."""
        ...

    def pass_index(self) -> NDArray[np.int32]:
        """Returns (R,) the Object Index that Cycles writes for every row."""
        ...

    def deviation(self, surface: Surface, step: int) -> float:
        """Returns how far (metres) parts are from where they were planned; 0 where nobody planned."""
        ...


@dataclass(frozen=True, eq=False)
class Take:
    """A stretch of a scene.

    Attributes:
        scene: name of the Blender scene.
        cameras: name of the camera object by the camera's name in the dataset.
        frames: Blender frame numbers; step i of the dataset is `frames[i]`.
        fps: steps a second.
        subject: what is in it.
    """

    scene: str
    cameras: Mapping[str, str]
    frames: tuple[int, ...]
    fps: float
    subject: Subject


@dataclass(frozen=True, eq=False)
class Planned:
    """A subject that was built from a layout; see `Subject`."""

    layout: Layout
    built: Built

    @cached_property
    def reader(self) -> SurfaceReader:
        return SurfaceReader(self.built.scene)

    @cached_property
    def _labels(self) -> LabelTable:
        return label_table(self.built.rows)

    @cached_property
    def _parts(self) -> NDArray[np.float64]:
        return world_from_part(self.layout)

    def labels(self) -> LabelTable:
        return self._labels

    def poses(self, step: int) -> NDArray[np.float64]:
        return instance_poses(self.layout, step)

    def keypoints(self, step: int) -> Keypoints:
        marked = zip(self.built.rows.instance_first, self.layout.instances, strict=True)
        found = [(int(first) + point.part, point) for first, item in marked for point in item.keypoints or ()]
        part = np.array([row for row, _ in found], np.int32)
        local = np.array([(*point.position, 1.0) for _, point in found]).reshape(-1, 4, 1)
        radius = np.array([point.radius for _, point in found], np.float64)
        xyz = (self._parts[step, part] @ local)[:, :3, 0]
        return Keypoints(tuple(point.name for _, point in found), part, radius, xyz)

    def pass_index(self) -> NDArray[np.int32]:
        return self.built.pass_index

    def deviation(self, surface: Surface, step: int) -> float:
        count = self._parts.shape[1]
        mine = np.flatnonzero((surface.copy_part >= 0) & (surface.copy_part < count))
        planned = self._parts[step, surface.copy_part[mine], :3, 3]
        return float(np.abs(surface.world_from_copy[mine, :3, 3] - planned).max(initial=0.0))


def take_of(layout: Layout, built: Built) -> Take:
    """Returns the take of a layout that was built: all its frames, all its cameras."""
    cameras = dict(zip((camera.name for camera in layout.cameras), built.cameras, strict=True))
    return Take(built.scene, cameras, tuple(range(1, layout.frames + 1)), layout.fps, Planned(layout, built))


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
