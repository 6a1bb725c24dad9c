"""Films one frame of a generated scene as it stands in a file; runs in a child process that owns its Blender file."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.build import PART, Built, pass_indices
from buildee.blender.clock import Clock
from buildee.blender.foreign import cameras_of, open_blend
from buildee.blender.produce import film, summary
from buildee.blender.settle import settle
from buildee.blender.take import Planned, Take, instance_poses
from buildee.blender.tracks import stream
from buildee.blender.visibility import as_rendered
from buildee.built_file import FrameJob
from buildee.children import emit
from buildee.dataset.writer import SceneWriter
from buildee.errors import BuildeeError
from buildee.layout.kinematics import world_from_part
from buildee.layout.rows import rows
from buildee.recipe import Recipe, loads
from buildee.run import plan
from buildee.truth.surface import Surface


@dataclass(frozen=True, eq=False)
class Edited(Planned):
    """A subject that was built from a layout and moved about since; it has one step.

    Attributes:
        frame: Blender's number of the frame.
    """

    frame: int = 1

    @property
    def _step(self) -> int:
        return min(max(self.frame - 1, 0), self.layout.frames - 1)

    @cached_property
    def _parts(self) -> NDArray[np.float64]:
        """Returns (1, P, 4, 4) where parts are; those that were deleted, where they were planned."""
        poses = world_from_part(self.layout)[self._step : self._step + 1].copy()
        for thing in bpy.data.scenes[self.built.scene].objects:
            row = thing.get(PART, -1)
            if 0 <= row < poses.shape[1]:
                poses[0, row] = np.array(thing.matrix_world)
        return poses

    def poses(self, step: int) -> NDArray[np.float64]:
        planned = world_from_part(self.layout)[self._step]
        first = self.built.rows.instance_first
        poses = instance_poses(self.layout, self._step)
        count = len(self.layout.instances)
        moved = self._parts[0, first[:count]] @ np.linalg.inv(planned[first[:count]])
        poses[:count] = moved @ poses[:count]
        return poses

    def deviation(self, surface: Surface, step: int) -> float:
        return 0.0


def still(resolved: Recipe) -> Recipe:
    """Returns a resolved recipe without what needs other frames."""
    tracks = tuple(replace(item, frame=0) for item in resolved.truth.tracks)
    truth = replace(resolved.truth, tracks=tracks, flow_pairs=(), flow_strides=())
    return replace(resolved, truth=truth, frames=replace(resolved.frames, count=1))


def produce_frame(job: FrameJob) -> int:
    """Films a frame and tells the parent how it went; returns the exit status."""
    clock = Clock()
    try:
        with clock.stage("plan"):
            recipe = loads(job.recipe)
            resolved = still(recipe.resolve(job.index))
            layout = settle(plan(recipe, job.index))
        with clock.stage("build"):
            open_blend(Path(job.blend))
            scene = bpy.data.scenes[job.scene]
            numbered = rows(layout)
            built = Built(scene.name, numbered, (), pass_indices(layout, numbered), "")
            subject = Edited(layout, built, job.frame)
            take = Take(scene.name, cameras_of(Path(job.blend), scene, None), (job.frame,), layout.fps, subject)
        with SceneWriter(job.out, 0) as writer, as_rendered(scene):
            scene_json = film(take, layout, resolved, stream(resolved, job.index), writer, clock)
            writer.commit(scene_json)
    except BuildeeError as error:
        emit(event="failed", stage="frame", reason=str(error))
        return 1
    except Exception as error:
        traceback.print_exc()  # to the log; the parent's user gets one line
        emit(event="failed", stage="crash", reason=f"{type(error).__name__}: {error}")
        return 1
    emit(event="done", summary=summary(scene_json))
    return 0
