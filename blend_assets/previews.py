"""Pictures of materials for the Asset Browser, drawn by Cycles on a ball and a board."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

# isort: split
# These exist only once bpy is imported.
from mathutils import Vector

from buildee.blender.cycles import LOOKS
from buildee.blender.meshes import create_mesh
from buildee.layout import solids

SIZE = 96
"""Pixels of a side."""

SAMPLES = 32


@dataclass(frozen=True)
class Stage:
    """What previews are taken of.

    Attributes:
        scene: with camera and lights.
        meshes: those that show the material.
    """

    scene: bpy.types.Scene
    meshes: tuple[bpy.types.Mesh, ...]


@contextmanager
def preview_scene() -> Iterator[Stage]:
    """A context with a stage in the file's scene; afterwards the scene is empty again."""
    scene = bpy.context.scene
    ball = create_mesh("ball", solids.sphere(0.055, 64, 32))
    board = create_mesh("board", solids.box((0.34, 0.2, 0.012), chamfer=0.001))
    floor = create_mesh("floor", solids.box((4.0, 4.0, 0.02), (0.0, 0.0, -0.0102)))
    grey = bpy.data.materials.new("grey")
    grey.use_nodes = True
    grey.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.4, 0.4, 0.4, 1.0)
    grey.node_tree.nodes["Principled BSDF"].inputs["Roughness"].default_value = 0.8
    floor.materials.append(grey)
    _add(scene, ball, (-0.01, -0.07, 0.055))
    _add(scene, board, (0.0, 0.07, 0.094), (math.radians(70.0), 0.0, 0.0))
    _add(scene, floor, (0.0, 0.0, 0.0))
    _light_and_shoot(scene)
    yield Stage(scene, (ball, board))
    for thing in list(scene.objects):
        bpy.data.objects.remove(thing)
    scene.world = None
    bpy.data.images.remove(bpy.data.images["Render Result"])
    bpy.data.materials.remove(grey)


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


def add_preview(stage: Stage, material: bpy.types.Material) -> None:
    """Gives a material its picture."""
    for mesh in stage.meshes:
        mesh.materials.clear()
        mesh.materials.append(material)
    with tempfile.TemporaryDirectory() as folder:
        stage.scene.render.filepath = str(Path(folder) / "preview.png")
        bpy.ops.render.render(write_still=True, scene=stage.scene.name)
        image = bpy.data.images.load(stage.scene.render.filepath)
        pixels = np.empty(SIZE * SIZE * 4, np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
    preview = material.preview_ensure()
    preview.image_size = (SIZE, SIZE)
    preview.image_pixels_float.foreach_set(pixels)
