"""What manufacturers and hauliers paint their machines in."""

from __future__ import annotations

from collections.abc import Mapping

from buildee.layout.material import Color

_YELLOW, _ORANGE, _RED = (0.72, 0.36, 0.02), (0.62, 0.13, 0.012), (0.42, 0.022, 0.016)
_WHITE, _GREEN, _BLUE, _GREY = (0.62, 0.61, 0.57), (0.045, 0.20, 0.06), (0.025, 0.10, 0.30), (0.11, 0.115, 0.12)
LIVERIES: dict[str, tuple[Mapping[str, Color], ...]] = {
    "excavator": (
        {"paint": _YELLOW},
        {"paint": _ORANGE},
        {"paint": (0.60, 0.50, 0.30)},
        {"paint": (0.66, 0.42, 0.03)},
        {"paint": (0.40, 0.41, 0.40)},
    ),
    "dump_truck": ({"paint": _RED}, {"paint": _WHITE}, {"paint": _BLUE}, {"paint": _GREEN}, {"paint": _ORANGE}),
    "wheel_loader": (
        {"paint": (0.74, 0.33, 0.012), "body": (0.74, 0.33, 0.012), "livery": _GREY},
        {"paint": _YELLOW, "body": _GREY, "livery": _WHITE},
        {"paint": (0.62, 0.56, 0.42), "body": _RED, "livery": _RED},
        {"paint": (0.50, 0.50, 0.12), "body": _GREY, "livery": _GREY},
    ),
    "concrete_mixer": (
        {"paint": _GREEN, "livery": _WHITE},
        {"paint": _WHITE, "livery": _ORANGE, "body": _GREY},
        {"paint": _BLUE, "livery": (0.60, 0.61, 0.60)},
        {"paint": _RED, "livery": _WHITE},
        {"paint": (0.66, 0.40, 0.02), "livery": (0.30, 0.31, 0.31)},
    ),
    "telehandler": (
        {"paint": _RED, "livery": _GREY},
        {"paint": _YELLOW, "body": _GREY, "livery": _GREY},
        {"paint": _GREEN, "body": _WHITE, "livery": _WHITE},
        {"paint": (0.24, 0.25, 0.26), "body": _RED, "livery": _RED},
    ),
}
"""Colours by slot of each asset; one is drawn for each machine."""
