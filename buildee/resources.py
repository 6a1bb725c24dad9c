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
