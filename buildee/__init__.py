"""Procedural Blender worlds with exact ground truth.

Importing this imports neither Blender nor numpy; the names below are fetched when first used:

- `load`, `plan`: a recipe, and the layout it decides (no Blender needed);
- `build`, `picture`, `annotate`: that layout in the Blender that runs this script;
- `render`: a whole dataset, as the command line does it;
- `annotate_file`: a dataset of a .blend of one's own;
- `Dataset`, `check`: reading a dataset back, and validating it;
- `camera`: the module of lens models, projection and its inverse.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Dataset": "buildee.dataset.reader",
    "annotate": "buildee.blender.live",
    "annotate_file": "buildee.blend_file",
    "build": "buildee.blender.build",
    "check": "buildee.dataset.check",
    "load": "buildee.recipe",
    "picture": "buildee.blender.live",
    "plan": "buildee.run",
    "render": "buildee.run",
    "shipped": "buildee.resources",
}

_MODULES = ("camera",)

__all__ = ["__version__", *_HOMES, *_MODULES]


def __getattr__(name: str) -> Any:
    """Fetches a public name from the module that defines it."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"buildee.{name}")
    raise AttributeError(f"module 'buildee' has no attribute {name!r}")
