"""Pictures and ground truth of a scene that is open in this very Blender, for scripts of one's own."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender import cycles
from buildee.blender.build import Built
from buildee.blender.camera import read_camera
from buildee.blender.labels import label_table
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.dataset import png
from buildee.errors import AnnotationError
from buildee.truth import annotate as truth
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View


def picture(
    built: Built, camera: str, frame: int = 0, size: tuple[int, int] = (640, 480), samples: int = 64
) -> NDArray[np.uint8]:
    """Renders a frame; the scene's own settings come back afterwards.

    Args:
        built: what `build` returned.
        camera: name of a camera in the layout.
        frame: from 0.
        size: width and height, pixels; the camera's own unless you want the field of view changed. A camera with a
            distorted lens keeps its own.
        samples: light paths a pixel.

    Returns:
        (H, W, 3) uint8 sRGB.

    Raises:
        AnnotationError: the scene has no such frame or camera.
    """
    scene = bpy.data.scenes[built.scene]
    number, _ = _found(scene, camera, frame)
    device = cycles.choose_device("auto")
    view_transform = scene.view_settings.view_transform
    with tempfile.TemporaryDirectory() as folder, cycles.settings(scene, device, samples, size, view_transform):
        render_frame(scene, camera, number, Path(folder) / "rgb.png", Path(folder))
        return png.read(Path(folder) / "rgb.png")[..., :3]


def annotate(
    built: Built,
    camera: str,
    frame: int = 0,
    size: tuple[int, int] = (640, 480),
    wanted: Collection[str] = ("depth", "normal", "instance", "semantic", "part"),
) -> dict[str, NDArray]:
    """Computes ground truth of a single frame.

    Args:
        built: what `build` returned.
        camera: name of a camera in the layout.
        frame: from 0.
        size: width and height, pixels.
        wanted: names of `buildee.truth.annotate.ANNOTATORS`, except flow and tracks, which need more frames.

    Returns:
        Arrays by name, as docs/ground_truth.md describes them.

    Raises:
        AnnotationError: the scene has no such frame or camera, or an annotation is unknown.
    """
    scene = bpy.data.scenes[built.scene]
    number, eye = _found(scene, camera, frame)
    scene.render.resolution_x, scene.render.resolution_y = size
    surface = SurfaceReader(built.scene).read(number)
    view = View(surface, read_camera(scene, eye))
    with CasterPool() as pool, Frame(pool, label_table(built.rows), view) as about:
        return truth.annotate(about, wanted)


def _found(scene: bpy.types.Scene, camera: str, frame: int) -> tuple[int, bpy.types.Object]:
    """Returns Blender's number of a frame counted from 0, and the camera object."""
    last = scene.frame_end - scene.frame_start
    if not 0 <= frame <= last:
        raise AnnotationError(f"frame {frame}: the scene has frames 0 to {last}")
    names = [thing.name for thing in scene.objects if thing.type == "CAMERA"]
    if camera not in names:
        raise AnnotationError(f"camera '{camera}': the scene has {', '.join(names) or 'no camera'}")
    return scene.frame_start + frame, scene.objects[camera]
