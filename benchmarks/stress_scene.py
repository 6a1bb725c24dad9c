"""A crowded scene that is the same every time: hundreds of objects, instances of every kind, a mover and a deformer.

    python -m benchmarks.stress_scene [scene.blend]

builds it, says what it holds, and saves it.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Vector

FRAMES = 24
_CUBES, _HEADS, _CYLINDERS, _MOVERS, _BLOCKS = 147, 66, 75, 8, 6
_HALF = 18.0


def build_stress_scene() -> None:
    """Empties the current file and fills it: 311 objects, about 750 evaluated instances, 1.1 million triangles."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    rng = np.random.default_rng(7)
    materials = [_material(f"Paint {number}", rng.uniform(0, 1, 3)) for number in range(12)]
    shapes = _shapes()
    for mesh, material in zip(shapes.values(), materials, strict=False):
        mesh.materials.append(material)
    _object("Ground", shapes["ground"], (0, 0, 0))
    _crowd(rng, shapes, materials)
    _movers(rng, shapes)
    _deformer(shapes["ball"])
    _odd_ones(shapes["cube"])
    _block_instances(rng, shapes)
    _scatter(shapes)
    _light_and_camera()
    for number, thing in enumerate(bpy.context.scene.objects):
        thing.pass_index = number + 1
    bpy.context.scene.frame_set(FRAMES // 2)


def _shapes() -> dict[str, bpy.types.Mesh]:
    """The prototypes; Blender's own primitives have no data-API constructor but operators."""
    makers = {
        "cube": (bpy.ops.mesh.primitive_cube_add, {"size": 1}),
        "head": (bpy.ops.mesh.primitive_monkey_add, {"size": 1.2}),
        "cylinder": (bpy.ops.mesh.primitive_cylinder_add, {"radius": 0.4, "depth": 1.5, "vertices": 32}),
        "ground": (bpy.ops.mesh.primitive_grid_add, {"x_subdivisions": 100, "y_subdivisions": 100, "size": 44}),
        "ball": (bpy.ops.mesh.primitive_uv_sphere_add, {"segments": 32, "ring_count": 16, "radius": 0.5}),
    }
    shapes = {}
    for name, (make, settings) in makers.items():
        make(**settings)
        thing = bpy.context.object
        shapes[name] = thing.data
        thing.data.name = name
        bpy.data.objects.remove(thing)
    for vertex in shapes["ground"].vertices:
        vertex.co.z = 0.25 * math.sin(vertex.co.x * 0.5) * math.cos(vertex.co.y * 0.4)
    return shapes


def _material(name: str, colour: np.ndarray) -> bpy.types.Material:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = (*colour.tolist(), 1)
    return material


def _object(
    name: str,
    data: bpy.types.ID | None,
    location: Sequence[float],
    turn: Sequence[float] = (0, 0, 0),
    scale: Sequence[float] = (1, 1, 1),
    collection: bpy.types.Collection | None = None,
) -> bpy.types.Object:
    thing = bpy.data.objects.new(name, data)
    thing.location, thing.rotation_euler, thing.scale = location, turn, scale
    (collection or bpy.context.scene.collection).objects.link(thing)
    return thing


def _spot(rng: np.random.Generator) -> tuple[float, float, float]:
    return tuple(rng.uniform((-_HALF, -_HALF, 0.4), (_HALF, _HALF, 1.4)).tolist())


def _turn(rng: np.random.Generator) -> tuple[float, float, float]:
    return tuple(rng.uniform((-0.3, -0.3, 0), (0.3, 0.3, 2 * math.pi)).tolist())


def _crowd(rng: np.random.Generator, shapes: dict, materials: list) -> None:
    """Cubes of many sizes, subdivided heads and bevelled cylinders, some in rows of three."""
    things = []
    for number in range(_CUBES):
        size = rng.uniform((0.3, 0.3, 0.4), (1.5, 1.5, 3)).tolist()
        things.append(_object(f"Cube {number}", shapes["cube"], _spot(rng), _turn(rng), size))
    for number in range(_HEADS):
        thing = _object(f"Head {number}", shapes["head"], _spot(rng), _turn(rng))
        modifier = thing.modifiers.new("Smooth", "SUBSURF")
        modifier.levels = modifier.render_levels = 2
        things.append(thing)
    for number in range(_CYLINDERS):
        thing = _object(f"Cylinder {number}", shapes["cylinder"], _spot(rng), _turn(rng))
        bevel = thing.modifiers.new("Edges", "BEVEL")
        bevel.width, bevel.segments = 0.05, 2
        if number % 3 == 0:
            row = thing.modifiers.new("Row", "ARRAY")
            row.count, row.relative_offset_displace = 3, (1.3, 0, 0)
        things.append(thing)
    for thing in things:
        thing.material_slots[0].link = "OBJECT"
        thing.material_slots[0].material = materials[rng.integers(len(materials))]


def _movers(rng: np.random.Generator, shapes: dict) -> None:
    for number in range(_MOVERS):
        thing = _object(f"Mover {number}", list(shapes.values())[(0, 1, 2, 4)[number % 4]], _spot(rng))
        start, way = Vector(_spot(rng)), Vector(_spot(rng))
        way = 4 * (way - start).normalized()
        for frame, place, angle in ((1, start, 0.1), (FRAMES, start + way, 0.1 * FRAMES)):
            thing.location, thing.rotation_euler.z = place, angle
            thing.keyframe_insert("location", frame=frame)
            thing.keyframe_insert("rotation_euler", frame=frame)


def _deformer(ball: bpy.types.Mesh) -> None:
    thing = _object("Deformer", ball.copy(), (2, -4, 1.2), scale=(2, 2, 2))
    thing.shape_key_add(name="Basis")
    key = thing.shape_key_add(name="Egg")
    for point, vertex in zip(key.data, thing.data.vertices, strict=True):
        point.co = vertex.co * (1.5 if vertex.co.z > 0 else 0.7)
    for frame, value in ((1, 0.0), (FRAMES, 1.0)):
        key.value = value
        key.keyframe_insert("value", frame=frame)


def _odd_ones(cube: bpy.types.Mesh) -> None:
    """One object hidden from renders, one from the camera alone, and a pane of glass."""
    _object("Hidden", cube, (0, -6, 1.5), scale=(4, 0.2, 3)).hide_render = True
    _object("Camera-blind", cube, (5, -6, 1.5), scale=(4, 0.2, 3)).visible_camera = False
    glass = _material("Glass", np.ones(3))
    shader = next(node for node in glass.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    shader.inputs["Transmission Weight"].default_value = 1.0
    pane = _object("Pane", cube.copy(), (-4, -6, 1.5), scale=(2, 0.1, 2))
    pane.data.materials.clear()
    pane.data.materials.append(glass)


def _block_instances(rng: np.random.Generator, shapes: dict) -> None:
    """A collection of four things, placed six times."""
    block = bpy.data.collections.new("Block")
    for number, name in enumerate(("cube", "cylinder", "ball", "head")):
        _object(f"Block part {number}", shapes[name], (0.9 * number, 0, 0.5), scale=(0.6,) * 3, collection=block)
    for number in range(_BLOCKS):
        empty = _object(f"Block {number}", None, _spot(rng), (0, 0, rng.uniform(0, 6)))
        empty.instance_type, empty.instance_collection = "COLLECTION", block


def _scatter(shapes: dict) -> None:
    """About four hundred bricks over the ground by geometry nodes."""
    brick = _object("Brick", shapes["cube"], (0, 0, -50), scale=(0.3, 0.15, 0.1))
    tree = bpy.data.node_groups.new("Scatter", "GeometryNodeTree")
    for side in ("INPUT", "OUTPUT"):
        tree.interface.new_socket("Geometry", in_out=side, socket_type="NodeSocketGeometry")
    start, end, points, place, source = (
        tree.nodes.new(kind)
        for kind in (
            "NodeGroupInput",
            "NodeGroupOutput",
            "GeometryNodeDistributePointsOnFaces",
            "GeometryNodeInstanceOnPoints",
            "GeometryNodeObjectInfo",
        )
    )
    points.inputs["Density"].default_value = 0.2
    source.inputs["Object"].default_value, source.inputs["As Instance"].default_value = brick, True
    place.inputs["Scale"].default_value = (0.3, 0.15, 0.1)
    tree.links.new(start.outputs[0], points.inputs[0])
    tree.links.new(points.outputs["Points"], place.inputs["Points"])
    tree.links.new(source.outputs["Geometry"], place.inputs["Instance"])
    tree.links.new(place.outputs[0], end.inputs[0])
    _object("Scatter", shapes["ground"], (0, 0, 0.1)).modifiers.new("Scatter", "NODES").node_group = tree


def _light_and_camera() -> None:
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("Sky")
    sun = bpy.data.lights.new("Sun", "SUN")
    sun.energy = 3
    _object("Sun", sun, (0, 0, 10), (0.7, 0.2, 0.3))
    lens = bpy.data.cameras.new("Camera")
    lens.lens, lens.clip_start, lens.clip_end = 28, 0.05, 500
    scene.camera = _object("Camera", lens, (0, 0, 0))
    for frame, place in ((1, Vector((-14, -18, 4))), (FRAMES, Vector((-10, -18, 4.5)))):
        scene.camera.location = place
        scene.camera.rotation_euler = (-place).to_track_quat("-Z", "Y").to_euler()
        scene.camera.keyframe_insert("location", frame=frame)
        scene.camera.keyframe_insert("rotation_euler", frame=frame)
    scene.frame_start, scene.frame_end = 1, FRAMES
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 16
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 640, 480, 100


def main() -> None:
    """Builds the scene and saves it, saying what it holds."""
    start = time.perf_counter()
    build_stress_scene()
    instances = triangles = 0
    for placed in bpy.context.evaluated_depsgraph_get().object_instances:
        if placed.object.type == "MESH":
            instances += 1
            triangles += sum(len(polygon.vertices) - 2 for polygon in placed.object.data.polygons)
    seconds = time.perf_counter() - start
    print(f"{len(bpy.context.scene.objects)} objects, {instances} instances, {triangles} triangles in {seconds:.1f} s")
    if len(sys.argv) > 1:
        bpy.ops.wm.save_as_mainfile(filepath=sys.argv[1])


if __name__ == "__main__":
    main()
