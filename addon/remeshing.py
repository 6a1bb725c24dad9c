"""Which objects have other triangles in other frames, which tracked points do not survive."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from hashlib import blake2b

import bpy
import numpy as np
from mathutils import Matrix

from buildee.blender.visibility import as_rendered, follow

from .hiding import rendered
from .owned import MARK
from .problems import Problem, listed, selecting

REMESHING = frozenset({"BUILD", "EXPLODE", "FLUID"})
"""Modifiers that are there to give other triangles in every frame."""

BY_SHAPE = frozenset({"BOOLEAN", "DECIMATE", "REMESH", "SKIN", "WELD", "VOLUME_TO_MESH"})
"""Modifiers that choose triangles by where surfaces are: what they give may not move in itself, even where their
number stays, because triangles then slide along the surface."""

BY_VALUE = frozenset({"ARRAY", "MASK", "SCREW", "BEVEL", "SOLIDIFY", "WIREFRAME", "TRIANGULATE", "SUBSURF"})
"""Modifiers that give other triangles where their values are animated, and only there."""

BY_TIME = frozenset({"NODES", "MESH_SEQUENCE_CACHE", "OCEAN", "PARTICLE_INSTANCE"})
"""Modifiers that may give other triangles in any frame, by what they compute, read or repeat."""


def remeshing(scene: bpy.types.Scene) -> list[Problem]:
    """Returns what has other triangles in other frames, by its modifiers or by what they really give.

    Goes to the first, the middle and the last frame where modifiers leave it open, and comes back.
    """
    things = list(rendered(scene))
    surely = {thing.session_uid for thing in things if _kinds(thing) & REMESHING}
    changing = surely | measured(scene, [thing for thing in things if _may_change(thing)])
    found = [thing for thing in things if thing.session_uid in changing]
    text = f"Other triangles in other frames, points cannot be tracked: {listed(found)}"
    return [Problem(text, "Select", selecting(found))] if found else []


def _may_change(thing: bpy.types.Object) -> bool:
    """Returns whether only a look at several frames tells."""
    kinds = _kinds(thing)
    return bool(kinds & (BY_SHAPE | BY_TIME)) or (thing.animation_data is not None and bool(kinds & BY_VALUE))


def _kinds(thing: bpy.types.Object) -> set[str]:
    """Returns the types of an object's modifiers that render, but for node groups that were generated."""
    return {
        modifier.type
        for modifier in thing.modifiers
        if modifier.show_render and not (modifier.type == "NODES" and (modifier.node_group or {}).get(MARK))
    }


def measured(scene: bpy.types.Scene, things: list[bpy.types.Object]) -> set[int]:
    """Returns the objects whose triangles differ between frames as they render, by `session_uid`.

    Args:
        scene: whose first, middle and last frame are compared.
        things: objects that are looked at.
    """
    if not things or scene.frame_start == scene.frame_end:
        return set()
    by_shape = {thing.session_uid: bool(_kinds(thing) & BY_SHAPE) for thing in things}
    frames = sorted({scene.frame_start, (scene.frame_start + scene.frame_end) // 2, scene.frame_end})
    changing: set[int] = set()
    known: dict[Hashable, bytes] = {}
    now = scene.frame_current, scene.frame_subframe
    poses = [(thing, thing.matrix_basis.copy()) for thing in scene.objects if thing.animation_data is not None]
    with as_rendered(scene):
        for frame in frames:
            scene.frame_set(frame)
            follow()
            for uid, copy, mesh in _meshes(scene, by_shape):
                told = _told(mesh, by_shape[uid])
                if known.setdefault((uid, *copy), told) != told:
                    changing.add(uid)
        scene.frame_set(now[0], subframe=now[1])
    _put_back(poses)
    return changing


def _meshes(
    scene: bpy.types.Scene, wanted: dict[int, bool]
) -> Iterator[tuple[int, tuple[Hashable, ...], bpy.types.Mesh]]:
    """Yields the owner, what tells copies apart, and the mesh of all that some objects show in this frame."""
    with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
        depsgraph = bpy.context.evaluated_depsgraph_get()
    for item in depsgraph.object_instances:  # to the end: Blender never frees the rest of a walk that was broken off
        owner = (item.parent if item.is_instance else item.object).original
        if item.object.type == "MESH" and owner.session_uid in wanted:
            ids = tuple(item.persistent_id) if item.is_instance else ()
            yield owner.session_uid, (item.object.original.session_uid, *ids), item.object.data


def _told(mesh: bpy.types.Mesh, by_shape: bool) -> bytes:
    """Returns what a mesh must keep so that its triangles are the same: its polygons, and perhaps its shape."""
    corners = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", corners)
    starts = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_start", starts)
    digest = blake2b(len(mesh.vertices).to_bytes(8))
    digest.update(starts)
    digest.update(corners)
    if by_shape:
        shape = np.empty(len(mesh.vertices) * 3, np.float32)
        mesh.vertices.foreach_get("co", shape)
        digest.update(shape.round(5) + np.float32(0.0))  # which makes -0 and 0 the same
    return digest.digest()


def _put_back(poses: list[tuple[bpy.types.Object, Matrix]]) -> None:
    """Moves animated objects back that somebody had moved without a key."""
    for thing, pose in poses:
        if thing.matrix_basis != pose:
            thing.matrix_basis = pose
