"""What was generated, and how to take it away again without touching anything else."""

from __future__ import annotations

from collections.abc import Collection

import bpy

from buildee.blender.context import datablocks
from buildee.blender.materials import air

MARK = "buildee_generated"
"""Property of every datablock that was generated; its value tells one generation from another."""


def mark(before: Collection[int], generation: str) -> None:
    """Marks all that came into the file since `before`, keys of what `datablocks` returned then."""
    for uid, item in datablocks().items():
        if uid not in before:
            item[MARK] = generation


def clear(scene: bpy.types.Scene) -> bool:
    """Removes what was generated in a scene; returns whether there was anything.

    What the user put into the collection moves to the scene's own; what the user took out of it stays.
    """
    state = scene.buildee
    collection = state.collection
    if collection is None:
        return False
    generation = collection.get(MARK)
    _keep_foreign(collection, scene, generation)
    if scene.world is not None and scene.world.get(MARK) == generation:
        scene.world = state.world_before
    if scene.camera is not None and scene.camera.get(MARK) == generation:
        scene.camera = state.camera_before
    for name in (air.EXTINCTION, air.AIR, air.GLOW, air.SUN):
        scene.pop(name, None)
    state.collection = state.world_before = state.camera_before = None
    state.layout_hash = state.made_from = ""
    bpy.data.batch_remove([*collection.objects, collection])
    while orphans := [item for item in datablocks().values() if item.get(MARK) == generation and not item.users]:
        bpy.data.batch_remove(orphans)
    bpy.data.batch_remove([item for item in bpy.data.libraries if item.get(MARK) == generation and not item.users_id])
    return True


def _keep_foreign(collection: bpy.types.Collection, scene: bpy.types.Scene, generation: str) -> None:
    """Moves what was not generated from the collection to the scene's own."""
    for owners in ("objects", "children"):
        for item in list(getattr(collection, owners)):
            if item.get(MARK) != generation:
                getattr(collection, owners).unlink(item)
                if item.name not in getattr(scene.collection, owners):
                    getattr(scene.collection, owners).link(item)
