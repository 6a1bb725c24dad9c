"""Depth of field and motion blur: what a picture may have and ground truth never has."""

from __future__ import annotations

from contextlib import AbstractContextManager

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.context import changed
from buildee.layout.cameras import SENSOR
from buildee.recipe.sections import Render
from buildee.truth.surface import Camera


def is_blurred(render: Render) -> bool:
    """Says whether pictures are blurred at all."""
    return render.f_number is not None or render.shutter > 0


def focus_of(depth: NDArray[np.floating], camera: Camera, render: Render) -> float:
    """Returns the depth in focus, metres: the recipe's, or the median of what the middle ninth of a picture shows.

    Args:
        depth: (H, W) of the first frame, metres; inf where nothing is seen.
        camera: whose far limit is in focus where the middle shows nothing.
        render: the recipe's section.
    """
    if render.focus is not None:
        return render.focus
    height, width = depth.shape
    middle = depth[height // 3 : -(height // 3), width // 3 : -(width // 3)]
    seen = middle[np.isfinite(middle)]
    return float(np.median(seen)) if seen.size else camera.clip[1]


def blurred(
    scene: bpy.types.Scene, data: bpy.types.Camera, camera: Camera, render: Render, focus: float
) -> AbstractContextManager[None]:
    """Returns a context in which a camera has the recipe's aperture and shutter; sharp settings come back after it.

    The aperture's diameter is the focal length as on 35 mm film over the f-number, whatever Blender's camera says: a
    panorama's, or that of a wider picture, is another. A panorama's focal length is its scale in the middle.

    Args:
        scene: the scene.
        data: the camera's data.
        camera: the camera as ground truth sees it.
        render: the recipe's section.
        focus: depth in focus, metres.
    """
    settings: list[tuple[object, str, object]] = []
    if render.f_number is not None:
        focal = _scale(camera) * SENSOR / camera.width
        settings += [
            (data.dof, "use_dof", True),
            (data.dof, "focus_object", None),
            (data.dof, "focus_distance", focus),
            (data.dof, "aperture_fstop", render.f_number * data.lens / focal),
        ]
    if render.shutter > 0:
        settings += [
            (scene.render, "use_motion_blur", True),
            (scene.render, "motion_blur_position", "CENTER"),
            (scene.render, "motion_blur_shutter", render.shutter),
        ]
    return changed(settings)


def sharp(scene: bpy.types.Scene) -> AbstractContextManager[None]:
    """Returns a context for one sample a pixel without denoising: enough for exact passes."""
    return changed([(scene.cycles, "samples", 1), (scene.cycles, "use_denoising", False)])


def _scale(camera: Camera) -> float:
    """Pixels for each radian in the middle of the picture: a pinhole's focal length."""
    step = 1e-6
    plane = camera.lens.plane(np.array([[step, 0.0, 1.0], [2 * step, 0.0, 1.0]]))
    return float(camera.K[0, 0] * (plane[1, 0] - plane[0, 0]) / step)
