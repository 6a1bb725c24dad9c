"""Meshes of catalog assets, brought in from the .blend libraries."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bpy

from buildee.errors import AssetError
from buildee.layout import catalog
from buildee.layout.scene import AssetMesh


def append_meshes(wanted: Iterable[AssetMesh]) -> dict[AssetMesh, bpy.types.Mesh]:
    """Appends the meshes of asset parts, reading every library once; no scripts of a library run.

    Args:
        wanted: the parts.

    Raises:
        AssetError: if the catalog lacks an asset, or a library or a mesh in it is missing.
    """
    known = catalog.load()
    by_library: dict[Path, list[AssetMesh]] = {}
    for item in sorted(set(wanted), key=lambda item: (item.asset, item.part)):
        by_library.setdefault(known[item.asset].library, []).append(item)
    found: dict[AssetMesh, bpy.types.Mesh] = {}
    for path, items in by_library.items():
        if not path.is_file():
            raise AssetError(f"{path}: the library of {items[0].asset!r} is missing; bake it again")
        names = [f"{item.asset}/{item.part}" for item in items]
        with bpy.data.libraries.load(str(path), link=False) as (source, target):
            missing = sorted(set(names) - set(source.meshes))
            if missing:
                raise AssetError(f"{path}: holds no mesh {missing[0]!r}; bake the library again")
            target.meshes = names
        found.update(zip(items, target.meshes, strict=True))
    return found
