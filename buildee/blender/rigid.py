"""What of an open file moves together: one mesh for each joint of a sidecar, and one for all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import bpy

from buildee.errors import AssetError
from buildee.recipe.sidecar import BODY, HingeSpec, JointSpec, refuse
from buildee.recipe.wording import closest

SHOWN = ("MESH", "CURVE", "SURFACE", "FONT", "META")
"""Types of objects that have faces, or become some."""


@dataclass(frozen=True, eq=False)
class Rigid:
    """A rigid part of a file.

    Attributes:
        mesh: all its faces, in the file's world.
        joint: what moves it; None for the body.
        origin: of that, in the file's world.
    """

    mesh: bpy.types.Mesh
    joint: JointSpec | None
    origin: tuple[float, float, float]


def rigid_parts(scene: bpy.types.Scene, joints: tuple[JointSpec, ...], sidecar: Path | None) -> dict[str, Rigid]:
    """Returns the parts of all that a scene shows by name, the body first.

    Modifiers and instances are made real, what is hidden is left out.

    Args:
        scene: of the file.
        joints: of the sidecar, parents before children.
        sidecar: for messages.

    Raises:
        RecipeError: a joint moves what is not in the file.
        AssetError: there are no faces.
    """
    owners = _owners(scene, joints, sidecar)
    pieces: dict[str, list[bpy.types.Mesh]] = {BODY: [], **{joint.name: [] for joint in joints}}
    graph = bpy.context.evaluated_depsgraph_get()
    for shown in graph.object_instances:
        thing = shown.object
        if thing.hide_render or thing.type not in SHOWN:
            continue
        mesh = bpy.data.meshes.new_from_object(thing, depsgraph=graph)
        mesh.transform(shown.matrix_world)
        if shown.matrix_world.is_negative:
            mesh.flip_normals()
        if mesh.polygons:
            carriers = _carriers(shown.object) if not shown.is_instance else _carriers(shown.object, shown.parent)
            pieces[next((owners[name] for name in carriers if name in owners), BODY)].append(mesh)
    if not any(pieces.values()):
        raise AssetError("holds no faces")
    wrong = {f"joints.{joint.name}.parts": "have no faces" for joint in joints if not pieces[joint.name]}
    refuse(sidecar, wrong)
    parts = {BODY: Rigid(_joined(scene, pieces[BODY]), None, (0.0, 0.0, 0.0))} if pieces[BODY] else {}
    for joint in joints:
        parts[joint.name] = Rigid(_joined(scene, pieces[joint.name]), joint, _origin(joint))
    return parts


def _owners(scene: bpy.types.Scene, joints: tuple[JointSpec, ...], sidecar: Path | None) -> Mapping[str, str]:
    """Returns the joint that moves an object by the object's name."""
    names = [thing.name for thing in scene.objects]
    wrong = {}
    for joint in joints:
        for part in joint.parts:
            if part not in names:
                near = closest(part, names)
                there = f"did you mean {near!r}?" if near else f"there are: {', '.join(names[:12])}"
                wrong[f"joints.{joint.name}.parts"] = f"the file has no object {part!r}; {there}"
    refuse(sidecar, wrong)
    return {part: joint.name for joint in joints for part in joint.parts}


def _carriers(*things: bpy.types.Object) -> Iterator[str]:
    """Yields the names of objects, and of all that they hang on, from the innermost outwards."""
    for thing in things:
        while thing is not None:
            yield thing.original.name
            thing = thing.parent


def _origin(joint: JointSpec) -> tuple[float, float, float]:
    if isinstance(joint, HingeSpec) and joint.origin is not None:
        return joint.origin
    x, y, z = bpy.data.objects[joint.parts[0]].matrix_world.translation
    return x, y, z


def _joined(scene: bpy.types.Scene, meshes: list[bpy.types.Mesh]) -> bpy.types.Mesh:
    """Returns several meshes as one."""
    things = [bpy.data.objects.new("piece", mesh) for mesh in meshes]
    for thing in things:
        scene.collection.objects.link(thing)
    if len(things) > 1:
        with bpy.context.temp_override(
            scene=scene,
            view_layer=scene.view_layers[0],
            object=things[0],
            active_object=things[0],
            selected_objects=things,
            selected_editable_objects=things,
        ):
            bpy.ops.object.join()  # nothing else merges maps, materials and normals of meshes
    mesh = things[0].data
    mesh.validate(clean_customdata=False)
    return mesh
