"""Meshes of catalog assets, brought in from the .blend libraries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix

from buildee.blender.context import fresh_scene
from buildee.errors import AssetError
from buildee.layout.catalog_entry import CatalogPart, Entry
from buildee.layout.material import Picture
from buildee.layout.scene import AssetMesh
from buildee.resources import folder


def append_meshes(wanted: Iterable[AssetMesh]) -> dict[AssetMesh, bpy.types.Mesh]:
    """Appends the meshes of asset parts, reading every library once; no scripts of a library run.

    Args:
        wanted: the parts.

    Returns:
        Their meshes; those that ship have empty slots, those that the user brought their materials.

    Raises:
        AssetError: if a library or a mesh in it is missing.
    """
    every = sorted(set(wanted), key=lambda item: (item.asset, item.part, item.scale))
    by_library: dict[Path, list[AssetMesh]] = {}
    for item in dict.fromkeys(replace(item, scale=1.0) for item in every):
        by_library.setdefault(item.library, []).append(item)
    found: dict[AssetMesh, bpy.types.Mesh] = {}
    for path, items in by_library.items():
        if not path.is_file():
            raise AssetError(f"{path}: the library of {items[0].asset!r} is missing; bake it again")
        names = [f"{item.asset}/{item.part}" for item in items]
        own, before = path.parent != folder("blend_assets"), set(bpy.data.libraries)
        with bpy.data.libraries.load(str(path), link=not own) as (source, target):
            missing = sorted(set(names) - set(source.meshes))
            if missing:
                raise AssetError(f"{path}: holds no mesh {missing[0]!r}; bake the library again")
            target.meshes = names
        found.update(zip(items, target.meshes if own else map(_bare, target.meshes), strict=True))
        if not own:
            for library in set(bpy.data.libraries) - before:
                bpy.data.libraries.remove(library)
    return {item: _scaled(found[replace(item, scale=1.0)], item.scale) for item in every}


def _scaled(mesh: bpy.types.Mesh, factor: float) -> bpy.types.Mesh:
    """Returns a mesh at another size, a copy of its own."""
    if factor == 1.0:
        return mesh
    mesh = mesh.copy()
    mesh.transform(Matrix.Scale(factor, 4))
    return mesh


def _bare(linked: bpy.types.Mesh) -> bpy.types.Mesh:
    """Returns a copy of a linked mesh with empty slots.

    What ships has a material of its own in every slot, for people who browse it, and scenes replace them all: Blender
    would take longer to append those, hundreds for a kitchen, than to read the meshes.
    """
    mesh = linked.copy()
    for slot in range(len(mesh.materials)):
        mesh.materials[slot] = None
    return mesh


def append_textures(wanted: Iterable[Picture]) -> dict[Picture, bpy.types.Material]:
    """Appends the materials of textures.

    Raises:
        AssetError: if a library or the material in it is missing.
    """
    found = {}
    for item in sorted(set(wanted), key=lambda item: (item.asset, item.name)):
        if not item.library.is_file():
            raise AssetError(f"{item.library}: the library of texture '{item.asset}' is missing")
        name = f"{item.asset}/{item.name}"
        with bpy.data.libraries.load(str(item.library), link=False) as (source, target):
            if name not in source.materials:
                raise AssetError(f"{item.library}: holds no material '{name}'; delete it to have it made again")
            target.materials = [name]
        (found[item],) = target.materials
    return found


def differences(entries: Iterable[Entry]) -> list[str]:
    """Returns where the libraries and the catalog disagree; libraries that are missing are passed over."""
    faults: list[str] = []
    by_library: dict[Path, list[Entry]] = {}
    for entry in entries:
        by_library.setdefault(entry.library, []).append(entry)
    for path, listed in by_library.items():
        if not path.is_file():
            continue
        fresh_scene()
        if path.suffix != ".blend":
            continue  # a panorama
        names = sorted({f"{entry.id}/{part.mesh}" for entry in listed for part in entry.parts})
        with bpy.data.libraries.load(str(path), link=False) as (source, target):
            there = set(source.meshes)
            target.meshes = [name for name in names if name in there]
            worn = set(source.materials)
        for entry in listed:
            faults += [f"{entry.id}: {fault}" for part in entry.parts for fault in _differences(entry, part)]
            if not entry.parts and not worn.issuperset(f"{entry.id}/{name}" for name in entry.slots):
                faults.append(f"{entry.id}: {path} lacks its material")
    return faults


def _differences(entry: Entry, part: CatalogPart) -> list[str]:
    """Returns where a part's mesh, which is in the file if it is anywhere, differs from its entry."""
    mesh = bpy.data.meshes.get(f"{entry.id}/{part.mesh}")
    if mesh is None:
        return [f"{entry.library} lacks the mesh of its part '{part.name}'"]
    faults = []
    triangles = sum(polygon.loop_total - 2 for polygon in mesh.polygons)
    if triangles != part.triangles:
        faults.append(f"part '{part.name}' has {triangles} triangles, the catalog says {part.triangles}")
    points = np.empty(3 * len(mesh.vertices), np.float32)
    mesh.vertices.foreach_get("co", points)
    points = points.reshape(-1, 3)
    if len(points) and not np.allclose([points.min(0), points.max(0)], part.bounds, atol=1e-5):
        faults.append(f"part '{part.name}' does not have the bounds that the catalog says")
    if len(mesh.materials) != len(part.slots):
        faults.append(f"part '{part.name}' has {len(mesh.materials)} slots, the catalog says {len(part.slots)}")
    return faults
