"""Lenses of Blender cameras: Cycles' panoramas as ground truth's lens models, and the other way round.

A distorted lens, which Cycles has not, is a note on a camera that draws a wider pinhole picture.

The formulas are those of Cycles' `kernel/camera/projection.h` and of `blender/camera.cpp`, which fits the sensor.
"""

from __future__ import annotations

import json

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.distortion import wide_pinhole
from buildee.truth.lens import (
    Equirectangular,
    FisheyeEquidistant,
    FisheyeEquisolid,
    FisheyePolynomial,
    Lens,
    lens_of,
    lens_parameters,
)
from buildee.truth.surface import Camera

NOTE = "buildee_distorted"
"""Custom property of a camera whose pictures are resampled: JSON of the lens, its K and the picture's size."""
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
    lens = _lens(data, size, center, scale)
    if kind == "FISHEYE_LENS_POLYNOMIAL" and isinstance(lens, FisheyeEquidistant):
        scale = scale * -data.fisheye_polynomial_k1
    K = np.array([[width / scale[0], 0, center[0]], [0, height / scale[1], center[1]], [0, 0, 1.0]])
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


def _lens(
    data: bpy.types.Camera, size: NDArray[np.integer], center: NDArray[np.float64], scale: NDArray[np.float64]
) -> Lens:
    """Returns the lens; a polynomial that is a straight line through the centre is an equidistant one."""
    match data.panorama_type:
        case "EQUIRECTANGULAR":
            return Equirectangular(float((0.5 - center[0] / size[0]) * scale[0]))
        case "FISHEYE_EQUIDISTANT":
            return FisheyeEquidistant(data.fisheye_fov)
        case "FISHEYE_EQUISOLID":
            return FisheyeEquisolid(data.fisheye_fov)
    terms = [getattr(data, f"fisheye_polynomial_k{power}") for power in range(5)]
    if terms[1] < 0 and not any(terms[:1] + terms[2:]):
        return FisheyeEquidistant(data.fisheye_fov)
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


def set_panorama(data: bpy.types.Camera, lens: Lens, focal: float, width: int) -> None:
    """Makes a camera render a panorama around the image's centre, with square pixels where it is a fisheye.

    Cycles' own equidistant fisheye fits its circle to the picture, so an equidistant lens of any size is made of a
    polynomial that is a straight line.

    Args:
        data: the camera, whose sensor fits horizontally.
        lens: an equirectangular lens, or a fisheye.
        focal: pixels for each unit of a fisheye's plane; an equirectangular picture covers the whole sphere.
        width: pixels of the picture.

    Raises:
        AnnotationError: a lens that Cycles has no panorama for.
    """
    data.type = "PANO"
    if isinstance(lens, Equirectangular):
        data.panorama_type = "EQUIRECTANGULAR"
        data.longitude_min, data.longitude_max = -np.pi, np.pi
        data.latitude_min, data.latitude_max = -np.pi / 2, np.pi / 2
        return
    if isinstance(lens, FisheyeEquidistant):
        scale = data.sensor_width / width  # millimetres a pixel
        terms = (0.0, -1 / (focal * scale), 0.0, 0.0, 0.0)
    elif isinstance(lens, FisheyePolynomial):
        data.sensor_width = width / focal
        terms = (lens.k0, lens.k1, lens.k2, lens.k3, lens.k4)
    elif isinstance(lens, FisheyeEquisolid):
        data.panorama_type, data.fisheye_fov = "FISHEYE_EQUISOLID", lens.fov
        data.fisheye_lens = focal * data.sensor_width / width
        return
    else:
        raise AnnotationError(f"camera '{data.name}': Cycles has no panorama for a {lens.name} lens")
    data.panorama_type, data.fisheye_fov = "FISHEYE_LENS_POLYNOMIAL", lens.fov
    for power, term in enumerate(terms):
        setattr(data, f"fisheye_polynomial_k{power}", term)


def set_distorted(data: bpy.types.Camera, lens: Lens, focal: float, width: int, height: int) -> None:
    """Makes a camera that draws the wide pinhole picture of a distorted one, and notes the distorted one on it.

    Args:
        data: the camera, whose sensor fits horizontally.
        lens: a distorted lens.
        focal: pixels for each unit of its plane; its principal point is the picture's middle.
        width, height: pixels of the distorted picture.
    """
    K = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    data.lens = focal * data.sensor_width / wide_pinhole(Camera(K, np.eye(4), width, height, lens=lens)).width
    about = {"lens": lens.name, "parameters": lens_parameters(lens), "K": K.tolist(), "size": (width, height)}
    data[NOTE] = json.dumps(about)


def read_distorted(
    data: bpy.types.Camera, world_from_camera: NDArray[np.float64], clip: tuple[float, float]
) -> Camera | None:
    """Returns the distorted camera that `set_distorted` noted on a camera, None where there is no note."""
    if NOTE not in data:
        return None
    about = json.loads(data[NOTE])
    lens = lens_of(about["lens"], about["parameters"])
    return Camera(np.array(about["K"], np.float64), world_from_camera, *about["size"], clip, lens)
