"""Finds the assets that the scripts here make."""

from __future__ import annotations

import importlib
from collections import defaultdict
from pathlib import Path

from blend_assets.scripts.model import Asset

FOLDER = Path(__file__).resolve().parent


def found_assets() -> dict[str, list[Asset]]:
    """Returns what every script makes that has a function `asset` or `assets`, by library, sorted by id.

    Raises:
        ValueError: two assets have the same id.
    """
    libraries: dict[str, dict[str, Asset]] = defaultdict(dict)
    known: set[str] = set()
    for path in sorted(FOLDER.rglob("*.py")):
        name = ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        script = importlib.import_module(f"blend_assets.scripts.{name}")
        made = script.assets() if hasattr(script, "assets") else [script.asset()] if hasattr(script, "asset") else []
        for asset in made:
            if asset.id in known:
                raise ValueError(f"{path}: there is another asset called {asset.id!r}")
            known.add(asset.id)
            libraries[asset.library][asset.id] = asset
    return {name: [libraries[name][id] for id in sorted(libraries[name])] for name in sorted(libraries)}
