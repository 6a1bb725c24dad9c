"""A .blend as somebody's own might be: textured things, one with hair and one with holes."""

from __future__ import annotations

from pathlib import Path

import bpy
from mathutils import Vector

_EYE, _AT = Vector((1.2, -9.0, 4.2)), Vector((0.9, 0.6, 0.6))


def write_still(path: Path) -> None:
    """Saves the scene; Blender's own file is replaced."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    mesh = bpy.ops.mesh
    mesh.primitive_plane_add(size=14)
    _finished("Floor", (0.24, 0.22, 0.2))
    mesh.primitive_monkey_add(size=2, location=(-1.3, 0, 0.8), rotation=(-0.6, 0, -0.3))
    _finished("Head", (0.6, 0.2, 0.05), smooth=True)
    mesh.primitive_torus_add(location=(1.5, -0.6, 0.35), major_radius=0.8, minor_radius=0.35)
    _finished("Ring", (0.05, 0.3, 0.12), smooth=True)
    mesh.primitive_uv_sphere_add(location=(0.9, 2.2, 0.9), radius=0.8)
    _finished("Ball", (0.45, 0.3, 0.1))
    bpy.context.object.modifiers.new("hair", "PARTICLE_SYSTEM")
    hair = bpy.context.object.particle_systems[0].settings
    hair.type, hair.count, hair.hair_length, hair.root_radius = "HAIR", 3000, 0.5, 2.0
    mesh.primitive_plane_add(size=2, location=(3.0, 1.6, 1), rotation=(1.5708, 0, -0.3))
    _cut_out(_finished("Fence", (0.03, 0.12, 0.3)))
    _light_and_camera()
    bpy.ops.wm.save_as_mainfile(filepath=str(path))


def _finished(name: str, color: tuple[float, float, float], smooth: bool = False) -> bpy.types.Material:
    """Names the object just made and paints it."""
    thing = bpy.context.object
    thing.name = name
    if smooth:
        bpy.ops.object.shade_smooth()
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    material.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (*color, 1)
    thing.data.materials.append(material)
    return material


def _cut_out(material: bpy.types.Material) -> None:
    """Makes a chequer of holes, by transparency alone."""
    tree = material.node_tree
    places, checker = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeTexChecker")
    checker.inputs["Scale"].default_value = 8
    tree.links.new(places.outputs["UV"], checker.inputs["Vector"])
    tree.links.new(checker.outputs["Fac"], tree.nodes["Principled BSDF"].inputs["Alpha"])


def _light_and_camera() -> None:
    scene, data = bpy.context.scene, bpy.data
    sun = data.objects.new("Sun", data.lights.new("Sun", "SUN"))
    sun.data.energy, sun.data.angle, sun.rotation_euler = 3.0, 0.05, (0.6, 0.3, 0.4)
    camera = data.objects.new("Camera", data.cameras.new("Camera"))
    camera.data.lens, camera.location = 50, _EYE
    camera.rotation_euler = (_AT - _EYE).to_track_quat("-Z", "Y").to_euler()
    for thing in (sun, camera):
        scene.collection.objects.link(thing)
    scene.world = data.worlds.new("World")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.3, 0.42, 0.6, 1)
    scene.camera, scene.frame_end, scene.view_settings.view_transform = camera, 1, "Standard"
