"""Pictures that the user brought: which of them a recipe means, as the material of a surface or as a sky."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from buildee.errors import AssetError
from buildee.layout import catalog
from buildee.layout.catalog_entry import Entry
from buildee.layout.material import Material, Picture
from buildee.layout.scene import Layout

TEXTURE, PANORAMA = "texture", "panorama"
"""Categories of pictures. They are in no label table: what is seen is a surface, or the sky."""

ANY = "any"
"""In place of an id: one of them is drawn."""

SHIPPED = ("city", "courtyard", "forest", "interior", "night", "studio", "sunrise", "sunset")
"""Panoramas that come with Blender."""


def ids(category: str) -> list[str]:
    """Returns the pictures of a category that there are, in the order of their ids."""
    return sorted(id for id, entry in catalog.load().items() if entry.category == category)


def surface(name: str, field: str, rng: np.random.Generator) -> Material:
    """Returns the material of a texture.

    Args:
        name: its id, or "any".
        field: of the recipe, for messages.
        rng: draws which one "any" is.

    Raises:
        AssetError: there is no such texture; the message names the closest one.
    """
    entry = _chosen(name, TEXTURE, field, rng)
    (slot,) = entry.slots.values()
    return Material(slot.kind, slot.color, slot.wear, slot.dirt, picture=_picture(entry))


def sky_of(
    name: str | None, field: str, rng: np.random.Generator, any_shipped: bool = False
) -> tuple[str | None, Picture | None]:
    """Returns what a recipe means by a panorama: `Sky.image` and `Sky.picture`.

    Args:
        name: id of one that the user brought, "any", one of `SHIPPED`, or a path; None is none.
        field: of the recipe, for messages.
        rng: draws which one "any" is.
        any_shipped: whether "any" may also be one of `SHIPPED`.

    Raises:
        AssetError: there is no such panorama; the message names the closest one.
    """
    if name is None:
        return None, None
    own = ids(PANORAMA)
    if name == ANY and any_shipped:
        choices = [*SHIPPED, *own]
        name = choices[int(rng.integers(len(choices)))]
    if name == ANY or name in own:
        entry = _chosen(name, PANORAMA, field, rng)
        return entry.id, _picture(entry)
    if name not in SHIPPED and not Path(name).expanduser().is_file():
        raise AssetError(f"{field}: there is no panorama {name!r}{catalog.closest(name, [*SHIPPED, *own])}")
    return name, None


def textures(layout: Layout) -> set[Picture]:
    """Returns the textures that surfaces of a layout have."""
    things = [part for item in layout.instances for part in item.parts] + list(layout.scatters)
    return {spec.picture for thing in things for spec in thing.materials if spec.picture is not None}


def _chosen(name: str, category: str, field: str, rng: np.random.Generator) -> Entry:
    """Returns a picture of a category by its id, or draws one."""
    known = ids(category)
    if not known:
        raise AssetError(f"{field}: {name!r} is no {category}: the folders in `assets:` hold none")
    if name == ANY:
        name = known[int(rng.integers(len(known)))]
    if name not in known:
        raise AssetError(f"{field}: there is no {category} {name!r}{catalog.closest(name, known)}")
    return catalog.load()[name]


def _picture(entry: Entry) -> Picture:
    (name,) = entry.slots
    return Picture(entry.id, name, entry.library, entry.licence)
