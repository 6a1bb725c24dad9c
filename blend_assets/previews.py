"""Pictures for the Asset Browser, drawn by Cycles: materials on a ball and a board, assets as they stand."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

# isort: split
# These exist only once bpy is imported.
from mathutils import Vector

from buildee.blender.cycles import LOOKS
from buildee.blender.meshes import create_mesh
from buildee.layout import solids

SIZE = 96
"""Pixels of a side."""

SAMPLES = 32

LENGTH = 0.22
"""Metres of an asset's diagonal on the stage, which is lit for things of that size."""

TURN = math.radians(-62.0)
"""About the upright axis, so that an asset's front looks past the camera's left."""

STEEP = math.radians(64.0)
"""From straight down, how assets are looked at."""

PAPER = 0.86
"""Brightness of what is behind an asset, as displayed: the same in every pixel, which is small in a file."""

MARGIN = 1.12
"""Of the space in view to the asset's own."""


@dataclass(frozen=True)
class Stage:
    """What previews of materials are taken of.

    Attributes:
        scene: with camera and lights.
        meshes: those that show the material.
    """

    scene: bpy.types.Scene
    meshes: tuple[bpy.types.Mesh, ...]


@contextmanager
def preview_scene() -> Iterator[bpy.types.Scene]:
    """A context with a scene that has a floor, lights and a camera; afterwards it is gone."""
    scene = bpy.data.scenes.new("previews")
    _add(scene, create_mesh("floor", solids.box((4.0, 4.0, 0.02), (0.0, 0.0, -0.0102))), (0.0, 0.0, 0.0))
    _light_and_shoot(scene)
    yield scene
    for thing in list(scene.objects):
        bpy.data.objects.remove(thing)
    bpy.data.scenes.remove(scene)
    if "Render Result" in bpy.data.images:
        bpy.data.images.remove(bpy.data.images["Render Result"])


@contextmanager
def material_stage() -> Iterator[Stage]:
    """A context with a ball and a board on a grey floor; afterwards they are gone."""
    with preview_scene() as scene:
        ball = create_mesh("ball", solids.sphere(0.055, 64, 32))
        board = create_mesh("board", solids.box((0.34, 0.2, 0.012), chamfer=0.001))
        grey = bpy.data.materials.new("grey")
        grey.use_nodes = True
        grey.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.4, 0.4, 0.4, 1.0)
        grey.node_tree.nodes["Principled BSDF"].inputs["Roughness"].default_value = 0.8
        scene.objects[0].data.materials.append(grey)
        _add(scene, ball, (-0.01, -0.07, 0.055))
        _add(scene, board, (0.0, 0.07, 0.094), (math.radians(70.0), 0.0, 0.0))
        yield Stage(scene, (ball, board))
    bpy.data.materials.remove(grey)


@contextmanager
def asset_stage() -> Iterator[bpy.types.Scene]:
    """A context with a scene in which things stand alone on paper, with their shadow; afterwards it is gone."""
    with preview_scene() as scene:
        scene.objects[0].is_shadow_catcher = True
        scene.camera.rotation_euler.x = STEEP
        scene.render.film_transparent = True
        yield scene


def add_material_preview(stage: Stage, material: bpy.types.Material) -> None:
    """Gives a material its picture."""
    for mesh in stage.meshes:
        mesh.materials.clear()
        mesh.materials.append(material)
    _keep(material, _taken(stage.scene))


def add_asset_preview(scene: bpy.types.Scene, asset: bpy.types.Collection) -> None:
    """Gives a collection its picture: front and one side, all of it in view."""
    stand = bpy.data.objects.new("stand", None)
    stand.instance_type, stand.instance_collection = "COLLECTION", asset
    scene.collection.objects.link(stand)
    points = _points(asset)
    low, high = points.min(0), points.max(0)
    scale = LENGTH / float(np.linalg.norm(high - low))
    turn = np.array(((math.cos(TURN), -math.sin(TURN), 0), (math.sin(TURN), math.cos(TURN), 0), (0, 0, 1)))
    foot = np.array([*(low + high)[:2] / 2, low[2]])
    stand.scale, stand.rotation_euler.z = (scale,) * 3, TURN
    stand.location = -scale * turn @ foot
    seen = scale * (points - foot) @ turn.T
    _aim(scene.camera, seen)
    pixels = _taken(scene)
    bpy.data.objects.remove(stand)
    pixels[..., :3] = PAPER + pixels[..., 3:] * (pixels[..., :3] - PAPER)
    pixels[..., 3] = 1.0
    _keep(asset, pixels)


def _aim(camera: bpy.types.Object, points: NDArray[np.float64]) -> None:
    """Moves a camera, without turning it, so that (N, 3) points fill its picture, as much room left as right."""
    axes, half = np.array(camera.rotation_euler.to_matrix()), math.tan(camera.data.angle / 2) / MARGIN
    middle = (points.min(0) + points.max(0)) / 2
    for _ in range(3):  # what is near looks larger, so the middle of what is seen is another one than that of a box
        across = (points - middle) @ axes  # right, up, towards the camera
        distance = float((np.abs(across[:, :2]).max(1) / half + across[:, 2]).max())
        seen = across[:, :2] / (distance - across[:, 2:])
        camera.location = middle + distance * axes[:, 2]
        middle = middle + distance * axes[:, :2] @ (seen.min(0) + seen.max(0)) / 2


def _points(asset: bpy.types.Collection) -> NDArray[np.float64]:
    """Returns (N, 3) vertices of all objects of a collection, metres."""
    found = []
    for thing in asset.objects:
        points = np.empty(3 * len(thing.data.vertices), np.float32)
        thing.data.vertices.foreach_get("co", points)
        pose = np.array(thing.matrix_world)
        found.append(points.reshape(-1, 3) @ pose[:3, :3].T + pose[:3, 3])
    return np.concatenate(found)


def _add(
    scene: bpy.types.Scene,
    data: bpy.types.ID,
    place: tuple[float, float, float],
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> bpy.types.Object:
    thing = bpy.data.objects.new(data.name, data)
    thing.location, thing.rotation_euler = place, turn
    scene.collection.objects.link(thing)
    return thing


def _light_and_shoot(scene: bpy.types.Scene) -> None:
    """Adds a window-like lamp at the left, a dim room, a camera, and Cycles' settings."""
    lamp = bpy.data.lights.new("window", "AREA")
    lamp.energy, lamp.size = 20.0, 0.9
    place = Vector((-0.9, -0.55, 0.85))
    _add(scene, lamp, place, place.to_track_quat("Z", "Y").to_euler())
    world = bpy.data.worlds.new("room")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.2, 0.21, 0.23, 1.0)
    scene.world = world
    camera = bpy.data.cameras.new("camera")
    camera.lens = 66.0
    eye = Vector((0.02, -0.5, 0.21))
    scene.camera = _add(scene, camera, eye, (eye - Vector((0.0, 0.0, 0.08))).to_track_quat("Z", "Y").to_euler())
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = scene.render.resolution_y = SIZE
    scene.render.image_settings.file_format = "PNG"
    scene.cycles.samples = SAMPLES
    scene.cycles.use_denoising = True
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = LOOKS["AgX"]


def _taken(scene: bpy.types.Scene) -> NDArray[np.float32]:
    """Returns (SIZE, SIZE, 4) of what the camera sees, as displayed, from 0 to 1, the lowest row first."""
    with tempfile.TemporaryDirectory() as folder:
        scene.render.filepath = str(Path(folder) / "preview.png")
        bpy.ops.render.render(write_still=True, scene=scene.name)
        image = bpy.data.images.load(scene.render.filepath)
        pixels = np.empty(SIZE * SIZE * 4, np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
    return pixels.reshape(SIZE, SIZE, 4)


def _keep(item: bpy.types.ID, pixels: NDArray[np.float32]) -> None:
    """Makes pixels the picture of a datablock."""
    preview = item.preview_ensure()
    preview.image_size = (SIZE, SIZE)
    preview.image_pixels_float.foreach_set(pixels.ravel())
