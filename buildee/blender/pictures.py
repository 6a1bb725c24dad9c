"""Renders every picture of a built scene and holds the stored ground truth against it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from buildee.blender import cycles
from buildee.blender.annotations import Annotations
from buildee.blender.build import Built
from buildee.blender.render import Rendered, render_frame
from buildee.dataset import exr
from buildee.dataset.writer import SceneWriter
from buildee.layout.scene import Layout
from buildee.recipe import Recipe
from buildee.run import SAMPLES, emit
from buildee.truth.audit import Audit, audit_frame


@dataclass
class Clock:
    """Where the time of a scene goes.

    Attributes:
        seconds: wall-clock seconds by stage; "cycles" is the time inside Blender's render operator.
    """

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures a stage and tells the parent that it has begun."""
        emit(event="stage", name=name)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - started)

    def add(self, name: str, seconds: float) -> None:
        """Adds time to a stage."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


@dataclass(frozen=True, eq=False)
class Pictures:
    """The pictures of a built scene.

    Attributes:
        built: the scene.
        resolved: its recipe.
        device: what renders.
        writer: receives the pictures.
        annotations: the ground truth, already written.
        clock: learns how long Cycles takes.
    """

    built: Built
    resolved: Recipe
    device: cycles.Device
    writer: SceneWriter
    annotations: Annotations
    clock: Clock

    def write(self) -> list[dict[str, Any]]:
        """Renders frame after frame, all cameras of each, so that little changes in between; returns the audits."""
        scene = bpy.data.scenes[self.built.scene]
        render, layout = self.resolved.render, self.annotations.layout
        scene.view_settings.exposure = exposure_of(layout, self.resolved)
        steps = layout.frames * len(layout.cameras)
        audits: list[dict[str, Any]] = []
        samples = samples_of(self.resolved)
        settings = cycles.settings(scene, self.device, samples, render.resolution, render.view_transform)
        with settings, tempfile.TemporaryDirectory(dir=self.writer.folder) as scratch:
            for frame in range(layout.frames):
                for number, camera in enumerate(layout.cameras):
                    audit = self._picture(scene, number, frame, Path(scratch))
                    audits.append({"camera": camera.name, "frame": frame, **asdict(audit)})
                    emit(event="step", done=steps + len(audits), of=2 * steps)
        return audits

    def _picture(self, scene: bpy.types.Scene, number: int, frame: int, scratch: Path) -> Audit:
        """Renders, writes and audits one frame (from 0) of one camera."""
        camera = self.annotations.layout.cameras[number].name
        rgb = scratch / "rgb.png"
        rendered = render_frame(scene, self.built.cameras[number], frame + 1, rgb, scratch)
        self.clock.add("cycles", rendered.seconds)
        linear = None
        if self.resolved.render.linear_exr:
            linear = scratch / "linear.exr"
            exr.write(linear, dict(zip("RGB", np.moveaxis(rendered.linear, -1, 0), strict=True)))
        self.writer.frame(camera, frame, {}, rgb=rgb, linear=linear)
        started = time.perf_counter()
        audit = self._audit(number, frame, rendered)
        self.clock.add("audit", time.perf_counter() - started)
        return audit

    def _audit(self, number: int, frame: int, rendered: Rendered) -> Audit:
        """Holds what is on disk against the passes of the picture."""
        camera = self.annotations.layout.cameras[number].name
        depth = self.writer.stored(camera, frame, "depth")
        part = self.writer.stored(camera, frame, "part")
        index = np.append(0, self.built.pass_index)[part]
        with self.annotations.recast(number, frame) as recast:
            return audit_frame(depth, index, rendered.depth, rendered.index, recast)


def samples_of(resolved: Recipe) -> int:
    """Returns the samples per pixel that a resolved recipe asks for."""
    return resolved.render.samples or SAMPLES[resolved.render.quality]


def exposure_of(layout: Layout, resolved: Recipe) -> float:
    """Returns the exposure in stops: the world's own and what the recipe adds."""
    return layout.exposure + (resolved.render.exposure or 0.0)
