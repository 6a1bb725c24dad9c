"""Legends as small pieces of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.labels import CategoryLabel
from buildee.preview.colors import viridis

_SHOWN = 12
"""Categories shown before the rest folds away."""

NORMALS = (
    '<span class="chip"><i style="background:#ff8080"></i>right</span>'
    '<span class="chip"><i style="background:#80ff80"></i>up</span>'
    '<span class="chip"><i style="background:#8080ff"></i>towards the camera</span>'
)

UV = (
    '<span class="chip"><i style="background:#ff0060"></i>u</span>'
    '<span class="chip"><i style="background:#00ff60"></i>v</span><span>Repeats with every whole number.</span>'
)

BOUNDARIES = (
    '<span class="chip"><i style="background:#ffb020"></i>in front</span>'
    '<span class="chip"><i style="background:#3080ff"></i>behind</span>'
)

NOCS = "".join(
    f'<span class="chip"><i style="background:{color}"></i>{axis}</span>'
    for color, axis in (("#ff0000", "x"), ("#00ff00", "y"), ("#0000ff", "z of the thing's own box"))
)


def css(color: tuple[int, int, int]) -> str:
    """Returns a CSS colour."""
    return "#" + "".join(f"{int(value):02x}" for value in color)


def depth(span: tuple[float, float]) -> str:
    """A bar of depth colours with metres."""
    stops = ", ".join(css(tuple(color)) for color in viridis(np.linspace(1, 0, 9)))
    middle = float(np.sqrt(span[0] * span[1]))
    ticks = "".join(f"<b>{value:.3g} m</b>" for value in (span[0], middle, span[1]))
    return (
        f'<span class="bar" style="background:linear-gradient(90deg,{stops})"></span><span class="ticks">{ticks}</span>'
    )


def flow(reach: float) -> str:
    """The colour wheel of flow."""
    note = f"The rim is {reach:.3g} px. Darker: hidden or outside in the other frame."
    return f'<span class="wheel" role="img" aria-label="direction wheel"></span><span>{note}</span>'


def scene_flow(reach: float) -> str:
    """The colours of motion along the world's axes."""
    chips = "".join(
        f'<span class="chip"><i style="background:{color}"></i>{axis}</span>'
        for color, axis in (("#ff8080", "+x"), ("#80ff80", "+y"), ("#8080ff", "+z"), ("#808080", "still"))
    )
    return f"{chips}<span>Full colour is {reach:.3g} m.</span>"


def categories(shares: NDArray[np.float64], labels: Mapping[int, CategoryLabel]) -> str:
    """Chips of the categories that occur, largest first.

    Args:
        shares: share of the pixels by category id.
        labels: the categories.
    """
    present = [number for number in np.argsort(-shares, kind="stable") if shares[number] > 0 and number in labels]
    chips = [_chip(labels[int(number)], float(shares[number])) for number in present if number]
    rest = "".join(chips[_SHOWN:])
    more = f"<details><summary>{len(chips) - _SHOWN} more</summary>{rest}</details>" if rest else ""
    return "".join(chips[:_SHOWN]) + more


def _chip(label: CategoryLabel, share: float) -> str:
    name = escape(label.name.replace("_", " "))
    percent = f"{share:.0%}" if share >= 0.01 else "&lt;1%"
    return f'<span class="chip"><i style="background:{css(label.color)}"></i>{name} <em>{percent}</em></span>'
