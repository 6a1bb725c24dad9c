"""Textures of the user's on a site, in place of the world's own earth, asphalt, paving, concrete and façades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from buildee.generators.construction_site.section import Surfaces
from buildee.layout.material import Material
from buildee.layout.pictures import surface
from buildee.layout.scene import Assembly, Instance, Part
from buildee.recipe.seed import Seed


@dataclass(frozen=True)
class _Where:
    """What a texture covers: materials of some kinds on things of some categories.

    Attributes:
        categories, kinds: of them.
        names: how the last words of the things' names begin; empty takes all.
    """

    categories: frozenset[str]
    kinds: frozenset[str]
    names: tuple[str, ...] = ("",)


WHERE: Mapping[str, _Where] = {
    "ground": _Where(frozenset({"ground", "excavation", "road"}), frozenset({"soil"})),
    "street": _Where(frozenset({"road"}), frozenset({"asphalt"})),
    "pavement": _Where(frozenset({"kerb"}), frozenset({"paving"})),
    "concrete": _Where(frozenset({"column", "slab", "core_wall", "beam", "stairs"}), frozenset({"concrete"})),
    "facade": _Where(
        frozenset({"masonry_wall", "facade_panel"}),
        frozenset({"masonry", "paint", "painted_metal"}),
        ("leaf_", "render_", "panel_"),
    ),
}
"""By the recipe's fields. Of a façade it is the leaf, the render or the panels, not the blocks and rails behind."""


def covered(things: Assembly, surfaces: Surfaces, seed: Seed) -> Assembly:
    """Returns things with the user's textures in place of their own surfaces.

    Raises:
        AssetError: there is no such texture.
    """
    chosen = {
        WHERE[field.name]: surface(name, f"scene.surfaces.{field.name}", seed.child(field.name).rng())
        for field in fields(surfaces)
        if (name := getattr(surfaces, field.name)) is not None
    }
    if not chosen:
        return things

    @cache
    def over(material: Material, category: str, name: str) -> Material:
        for where, own in chosen.items():
            if category in where.categories and material.kind in where.kinds and name.startswith(where.names):
                return own
        return material

    def dressed(item: Instance) -> Instance:
        name = item.name.rsplit("/", 1)[-1].split("_", 1)[0] + "_"
        parts = tuple(
            _worn(part, tuple(over(look, item.category, name) for look in part.materials)) for part in item.parts
        )
        return replace(item, parts=parts)

    return replace(things, instances=tuple(map(dressed, things.instances)))


def _worn(part: Part, materials: tuple[Material, ...]) -> Part:
    return part if materials == part.materials else replace(part, materials=materials)
