"""Lenses of Blender cameras: Cycles' panoramas as ground truth's lens models, and back.

The formulas are those of Cycles' `kernel/camera/projection.h` and of `blender/camera.cpp`, which fits the sensor.
"""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.lens import Equirectangular, FisheyeEquidistant, FisheyeEquisolid, FisheyePolynomial, Lens

_TURN = 2 * np.pi * (1 + 1e-6)
"""Blender keeps angles as float32, so a whole turn may be a little more."""


def read_panorama(
    data: bpy.types.Camera, render: bpy.types.RenderSettings, width: int, height: int
) -> tuple[NDArray[np.float64], Lens]:
    """Returns K (3, 3), pixels from the lens's plane, and the lens of a panoramic camera.

    Args:
        data: the evaluated camera, of type PANO.
        render: where the pixels' aspect comes from.
        width, height: pixels of the picture.

    Raises:
        AnnotationError: a panorama that has no lens model here, or that shows a direction twice.
    """
    kind = data.panorama_type
    if kind == "EQUIRECTANGULAR":
        scale = np.array([data.longitude_max - data.longitude_min, data.latitude_max - data.latitude_min])
        origin = np.array([-data.longitude_min, data.latitude_max]) / scale
    elif kind == "FISHEYE_EQUIDISTANT":
        scale, origin = np.full(2, data.fisheye_fov), np.full(2, 0.5)
    elif kind in ("FISHEYE_EQUISOLID", "FISHEYE_LENS_POLYNOMIAL"):
        scale, origin = sensor_size(data, render, width, height), np.full(2, 0.5)
        if kind == "FISHEYE_EQUISOLID":
            scale = scale / data.fisheye_lens
    else:
        raise AnnotationError(
            f"camera '{data.name}': {kind} panoramas have no ground truth; use EQUIRECTANGULAR or a FISHEYE type"
        )
    size = np.array([width, height])
    center = size * (origin + np.array([-data.shift_x, data.shift_y]))
    K = np.array([[width / scale[0], 0, center[0]], [0, height / scale[1], center[1]], [0, 0, 1.0]])
    lens = _lens(data, K, width, height)
    _check_once(data, lens, K, width, height)
    return K, lens


def sensor_size(
    data: bpy.types.Camera, render: bpy.types.RenderSettings, width: int, height: int
) -> NDArray[np.float64]:
    """Returns the width and height of the sensor that the picture takes, (2,) millimetres."""
    across, down = width * render.pixel_aspect_x, height * render.pixel_aspect_y
    horizontal = data.sensor_fit == "HORIZONTAL" or (data.sensor_fit == "AUTO" and across > down)
    size = data.sensor_height if data.sensor_fit == "VERTICAL" else data.sensor_width
    return np.array([size, size * down / across] if horizontal else [size * across / down, size])


def _lens(data: bpy.types.Camera, K: NDArray[np.float64], width: int, height: int) -> Lens:
    match data.panorama_type:
        case "EQUIRECTANGULAR":
            return Equirectangular(float((width / 2 - K[0, 2]) / K[0, 0]))
        case "FISHEYE_EQUIDISTANT":
            return FisheyeEquidistant(data.fisheye_fov)
        case "FISHEYE_EQUISOLID":
            return FisheyeEquisolid(data.fisheye_fov)
    terms = [getattr(data, f"fisheye_polynomial_k{power}") for power in range(5)]
    try:
        return FisheyePolynomial(*terms, data.fisheye_fov)
    except ValueError as error:
        raise AnnotationError(f"camera '{data.name}': {error}") from None


def _check_once(data: bpy.types.Camera, lens: Lens, K: NDArray[np.float64], width: int, height: int) -> None:
    """Refuses pictures that show some direction at two places, where projecting has no answer."""
    edges = np.array([[0, 0], [width, height]]) - K[:2, 2]
    corner = np.abs(edges / K[[0, 1], [0, 1]])
    wrong = ""
    if K[0, 0] <= 0 or K[1, 1] <= 0:
        wrong = "its lowest longitude or latitude is above its highest"
    elif isinstance(lens, Equirectangular):
        if width / K[0, 0] > _TURN or corner[:, 1].max() > _TURN / 4:
            wrong = "it shows more than a whole turn, or beyond the poles"
    elif lens.fov > _TURN:
        wrong = "its field of view is more than a whole turn"
    elif isinstance(lens, FisheyePolynomial) and lens.fold < np.hypot(*corner.max(0)):
        wrong = f"its polynomial turns back {lens.fold:.4g} mm from the centre, inside the picture"
    if wrong:
        raise AnnotationError(f"camera '{data.name}': cannot be annotated: {wrong}")


def set_panorama(data: bpy.types.Camera, lens: Lens, K: NDArray[np.float64], width: int, height: int) -> None:
    """Makes a camera render a panorama; `read_panorama` gives the same lens and K back, but for float32.

    Args:
        data: the camera; its sensor must fit horizontally.
        lens: a panoramic lens.
        K: (3, 3), pixels; its centre is that of the picture, unless the lens is equirectangular.
        width, height: pixels of the picture.
    """
    data.type = "PANO"
    if isinstance(lens, Equirectangular):
        data.panorama_type = "EQUIRECTANGULAR"
        data.longitude_min, data.longitude_max = -K[0, 2] / K[0, 0], (width - K[0, 2]) / K[0, 0]
        data.latitude_min, data.latitude_max = (K[1, 2] - height) / K[1, 1], K[1, 2] / K[1, 1]
        return
    data.fisheye_fov = lens.fov
    if isinstance(lens, FisheyeEquidistant):
        data.panorama_type = "FISHEYE_EQUIDISTANT"
    elif isinstance(lens, FisheyeEquisolid):
        data.panorama_type = "FISHEYE_EQUISOLID"
        data.fisheye_lens = K[0, 0] * data.sensor_width / width
    else:
        data.panorama_type = "FISHEYE_LENS_POLYNOMIAL"
        data.sensor_width = width / K[0, 0]
        for power in range(5):
            setattr(data, f"fisheye_polynomial_k{power}", getattr(lens, f"k{power}"))
