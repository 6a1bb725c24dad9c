"""Where the files that ship with the package lie: recipes and assets."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from buildee.errors import AssetError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["blend_assets", "recipes"]) -> Path:
    """Returns a shipped folder, from an installed package or from a source checkout.

    Args:
        name: the folder's name.

    Raises:
        AssetError: neither place has it.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise AssetError(f"{name}: not found at {' or '.join(map(str, places))}; install buildee again")


def shipped(name: str) -> Path:
    """Returns the path of a shipped recipe, such as "construction_site".

    Raises:
        AssetError: there is none of that name.
    """
    recipes = folder("recipes")
    path = recipes / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(item.stem for item in recipes.glob("*.yaml")))
        raise AssetError(f"{name}: no such file and no such shipped recipe; shipped are: {known}")
    return path
