"""Reads a camera of a Blender scene as ground truth wants it."""

from __future__ import annotations

import bpy
import numpy as np

from buildee.blender.lens import read_distorted, read_panorama
from buildee.errors import AnnotationError
from buildee.truth.surface import Camera


def read_camera(scene: bpy.types.Scene, camera: bpy.types.Object | None) -> Camera:
    """Returns a camera of the scene at its current frame, as ground truth wants it.

    Resolution, sensor fit, lens shift and pixel aspect are taken from the evaluated projection matrix; for panoramas
    see `buildee.blender.lens`.

    Raises:
        AnnotationError: there is no camera, or one of a kind that has no ground truth.
    """
    if camera is None or camera.type != "CAMERA":
        what = "the scene has no camera" if camera is None else f"'{camera.name}' is a {camera.type.lower()}, no camera"
        raise AnnotationError(f"{what}; add one, or name one that there is")
    render = scene.render
    width = int(render.resolution_x * render.resolution_percentage / 100)
    height = int(render.resolution_y * render.resolution_percentage / 100)
    with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
        depsgraph = bpy.context.evaluated_depsgraph_get()
        evaluated = camera.evaluated_get(depsgraph)
        projection = np.array(
            evaluated.calc_matrix_camera(
                depsgraph, x=width, y=height, scale_x=render.pixel_aspect_x, scale_y=render.pixel_aspect_y
            )
        )
    data = evaluated.data
    pose = np.array(evaluated.matrix_world.normalized(), np.float64) @ np.diag([1.0, -1.0, -1.0, 1.0])
    clip = data.clip_start, data.clip_end
    if data.type == "PANO":
        K, lens = read_panorama(data, render, width, height)
        return Camera(K, pose, width, height, clip, lens)
    if (distorted := read_distorted(data, pose, clip)) is not None:
        return distorted
    if data.type != "PERSP":
        raise AnnotationError(f"camera '{camera.name}': {data.type} cameras have no ground truth; use PERSP or PANO")
    K = np.array(
        [
            [projection[0, 0] * width / 2, 0.0, (1 - projection[0, 2]) * width / 2],
            [0.0, projection[1, 1] * height / 2, (1 + projection[1, 2]) * height / 2],
            [0.0, 0.0, 1.0],
        ]
    )
    return Camera(K, pose, width, height, clip)
