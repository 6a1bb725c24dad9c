"""Renders every picture of a built scene and holds the stored ground truth against it."""

from __future__ import annotations

import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.annotations import Annotations
from buildee.blender.blur import blurred, focus_of, is_blurred, sharp
from buildee.blender.clock import Clock
from buildee.blender.glass import cleared
from buildee.blender.render import Rendered, render_frame
from buildee.blender.take import Take
from buildee.children import emit
from buildee.dataset import exr
from buildee.dataset.writer import SceneWriter
from buildee.layout.scene import Layout
from buildee.recipe import Recipe, Render
from buildee.run import SAMPLES
from buildee.truth.audit import Audit, Recast, audit_frame
from buildee.truth.distortion import is_distorted
from buildee.truth.surface import Camera


@dataclass(frozen=True, eq=False)
class Pictures:
    """The pictures of a take, each held against its ground truth.

    Attributes:
        take: what is pictured.
        settings: a context in which the scene renders as it should, from `cycles.settings`.
        render: how pictures are made: blur, and whether the linear light is kept too.
        writer: receives the pictures.
        annotations: the ground truth, already written.
        clock: learns how long Cycles takes.
        focus: depth in focus by camera, metres; filled while rendering where the recipe asks for depth of field.
    """

    take: Take
    settings: AbstractContextManager[None]
    render: Render
    writer: SceneWriter
    annotations: Annotations
    clock: Clock
    focus: dict[str, float] = field(default_factory=dict)

    def write(self) -> list[dict[str, Any]]:
        """Renders step after step, all cameras of each, so that little changes in between; returns the audits."""
        scene = bpy.data.scenes[self.take.scene]
        total = len(self.take.frames) * len(self.take.cameras)
        audits: list[dict[str, Any]] = []
        with self.settings, tempfile.TemporaryDirectory(dir=self.writer.folder) as scratch:
            for step in range(len(self.take.frames)):
                for number, camera in enumerate(self.take.cameras):
                    audit = self._picture(scene, number, step, Path(scratch))
                    audits.append({"camera": camera, "frame": step, **asdict(audit)})
                    emit(event="step", done=total + len(audits), of=2 * total)
        return audits

    def _picture(self, scene: bpy.types.Scene, number: int, step: int, scratch: Path) -> Audit:
        """Renders, writes and audits one step of one camera."""
        camera = list(self.take.cameras)[number]
        rgb = scratch / "rgb.png"
        rendered = self._rendered(scene, camera, number, step, rgb, scratch)
        self.clock.add("cycles", rendered.seconds)
        linear = None
        if self.render.linear_exr:
            linear = scratch / "linear.exr"
            exr.write(linear, dict(zip("RGB", np.moveaxis(rendered.linear, -1, 0), strict=True)))
        self.writer.frame(camera, step, {}, rgb=rgb, linear=linear)
        started = time.perf_counter()
        audit = self._audit(camera, number, step, rendered)
        self.clock.add("audit", time.perf_counter() - started)
        return audit

    def _rendered(
        self, scene: bpy.types.Scene, camera: str, number: int, step: int, rgb: Path, scratch: Path
    ) -> Rendered:
        """Renders a step; if it is blurred, or truth sees through glass, the passes come from a sharp render."""
        name, frame = self.take.cameras[camera], self.take.frames[step]
        glass = self.take.subject.reader.cleared
        if not glass and not is_blurred(self.render):
            return render_frame(scene, name, frame, rgb, scratch)
        with sharp(scene), cleared(scene, glass):
            exact = render_frame(scene, name, frame, None, scratch)
        soft = self._soft(scene, camera, number, step, rgb, scratch)
        return replace(soft, depth=exact.depth, index=exact.index, seconds=exact.seconds + soft.seconds)

    def _soft(self, scene: bpy.types.Scene, camera: str, number: int, step: int, rgb: Path, scratch: Path) -> Rendered:
        """Renders a step with the recipe's blur, if any."""
        name, frame = self.take.cameras[camera], self.take.frames[step]
        if not is_blurred(self.render):
            return render_frame(scene, name, frame, rgb, scratch)
        view = self.annotations.camera(number, step)
        if camera not in self.focus:  # the recipe may leave it to the first picture
            self.focus[camera] = focus_of(self.writer.stored(camera, 0, "depth"), view, self.render)
        with blurred(scene, bpy.data.objects[name].data, view, self.render, self.focus[camera]):
            return render_frame(scene, name, frame, rgb, scratch)

    def _audit(self, camera: str, number: int, step: int, rendered: Rendered) -> Audit:
        """Holds what is on disk against the passes of the picture.

        Where Cycles drew a wider pinhole picture, its passes are held against rays through that pinhole, and what is on
        disk against rays through the lens; the weaker of the two counts.
        """
        depth = self.writer.stored(camera, step, "depth")
        part = self.writer.stored(camera, step, "part")
        index = np.append(0, self.take.subject.pass_index())[part]
        view = self.annotations.camera(number, step)
        if not is_distorted(view):
            with self.annotations.recast(view, step) as recast:
                return audit_frame(depth, index, rendered.depth, rendered.index, recast)
        with self.annotations.recast(view, step) as recast:
            stored = audit_frame(depth, index, *seen_by(view, recast))
        with self.annotations.recast(rendered.drawn, step) as recast:
            wide_depth, wide_index = seen_by(rendered.drawn, recast)
            wide = audit_frame(wide_depth, wide_index, rendered.depth, rendered.index, recast)
        return min(stored, wide, key=lambda audit: (audit.ok, audit.ids, audit.depths))


def seen_by(camera: Camera, recast: Recast) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Returns depth and object index (H, W) as an audit knows them, cast at the centres of a camera's pixels."""
    centres = np.stack(np.meshgrid(np.arange(camera.width) + 0.5, np.arange(camera.height) + 0.5), -1)
    depth, index = recast(centres.reshape(-1, 2))
    shape = camera.height, camera.width
    return depth.reshape(shape), index.reshape(shape)


def samples_of(resolved: Recipe) -> int:
    """Returns the samples per pixel that a resolved recipe asks for."""
    return resolved.render.samples or SAMPLES[resolved.render.quality]


def exposure_of(layout: Layout, resolved: Recipe) -> float:
    """Returns the exposure in stops: the world's own and what the recipe adds."""
    return layout.exposure + (resolved.render.exposure or 0.0)
