"""Renders one frame through one camera: the picture, and the passes that the audit needs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.camera import read_camera
from buildee.blender.context import changed
from buildee.blender.version import INDEX_PASS, image_format
from buildee.dataset import exr
from buildee.dataset import png as png_file
from buildee.truth.distortion import distorted, is_distorted, wide_pinhole
from buildee.truth.surface import Camera


@dataclass(frozen=True, eq=False)
class Rendered:
    """What Cycles said of a frame.

    Attributes:
        drawn: the camera that Cycles drew, whose the passes are: the wide pinhole of a distorted camera, else the
            camera itself.
        depth: (H, W) float32, metres of depth; 1e10 where there is only sky.
        index: (H, W) int32 Object Index at the pixel centre; 0 is sky.
        linear: (H, W, 3) float32 scene-linear Rec. 709 radiance before exposure and view transform, through the camera.
        seconds: spent inside Cycles.
    """

    drawn: Camera
    depth: NDArray[np.float32]
    index: NDArray[np.int32]
    linear: NDArray[np.float32]
    seconds: float


def render_frame(scene: bpy.types.Scene, camera: str, frame: int, png: Path | None, scratch: Path) -> Rendered:
    """Renders a frame to a PNG and returns the passes. Call it inside `cycles.settings`.

    Through a distorted lens both the PNG's display values and the linear ones are resampled, once.

    Args:
        scene: the scene to render.
        camera: name of the camera object.
        frame: Blender frame number.
        png: where the picture goes, 8-bit RGB through the scene's view transform; None keeps the passes alone.
        scratch: folder for the temporary EXR.
    """
    scene.frame_set(frame)
    raw = scratch / "render.exr"
    image = scene.render.image_settings
    view = read_camera(scene, bpy.data.objects[camera])
    drawn = wide_pinhole(view) if is_distorted(view) else view
    target = [(scene, "camera", bpy.data.objects[camera]), (scene.render, "filepath", str(raw))]
    if drawn is not view:
        size = ("resolution_x", drawn.width), ("resolution_y", drawn.height), ("resolution_percentage", 100)
        target += [(scene.render, name, value) for name, value in size]
    with changed([*target, *image_format(image, multilayer=True)]):
        started = time.perf_counter()
        bpy.ops.render.render(write_still=True, scene=scene.name)
        seconds = time.perf_counter() - started
    if png is not None:
        with changed(image_format(image, multilayer=False)):
            bpy.data.images["Render Result"].save_render(str(png), scene=scene)
        png_file.keep_pixels(png)  # Blender notes the date and its own speed in the file, which no two runs share
    layer = scene.view_layers[0].name
    channels = exr.read(raw)
    raw.unlink()
    linear = np.stack([channels[f"{layer}.Combined.{name}"] for name in "RGB"], -1)
    if drawn is not view:
        linear = distorted(linear, drawn, view).astype(np.float32)
    if drawn is not view and png is not None:
        picture = distorted(png_file.read(png)[..., :3], drawn, view)
        png_file.write(png, np.rint(picture).clip(0, 255).astype(np.uint8))
    return Rendered(
        drawn,
        channels[f"{layer}.Depth.Z"],
        np.rint(channels[f"{layer}.{INDEX_PASS}.X"]).astype(np.int32),
        linear,
        seconds,
    )
