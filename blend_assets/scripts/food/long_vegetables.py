"""Cucumber, courgette and aubergine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    along,
    curve,
    dented,
    rng_of,
    sepals,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import (
    Palette,
    carried,
    food,
    limb_boxes,
    lowered,
    settled,
)
from blend_assets.scripts.model import Asset
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh


def long_fruit(
    id: str,
    title: str,
    category: str,
    radii: list,
    size: tuple[float, float],
    bend: float,
    slots: Palette,
    stripes: float,
    facets: int,
    source: str,
) -> Asset:
    """Returns a cucumber, courgette or aubergine that lies, with its stalk end at +X.

    Args:
        id, title, category, source: as in `Asset`.
        radii: share of the way from the flower to the stalk, and radius in shares of the largest.
        size: length and largest diameter, metres.
        bend: sideways, shares of its length.
        slots: skin, pale, stem.
        stripes: share of pale stripes.
        facets: its blunt edges.
    """
    rng = rng_of(id)
    share, radius = curve(np.array(radii) * (6, 1), 40).T
    share = share / 6
    path = np.column_stack([share * size[0], bend * size[0] * np.sin(np.pi * share), 0 * share])
    rings = along(
        path,
        np.maximum(radius, 0.01) * size[1] / 2,
        30,
        lambda a, t: 1 + 0.022 * np.cos(facets * a) * np.sin(np.pi * t),
    )
    rings = dented(rings, Noise.of(rng, 0.035), 0.8 * MM)
    if stripes > 0.3:
        rings = dented(rings, Noise.of(rng, 0.007, 26), 0.45 * MM)
    body = skin(rings)
    column = np.append(np.tile(np.arange(30), 39), [0, 0])
    away = np.append(np.repeat(share[:-1], 30), [0, 1])
    pale = (rng.uniform(size=30)[column] < stripes) & (away < rng.uniform(0.2, 0.95, 30)[column])
    body = toned(body, np.where(pale | (away < 0.012), 0.9, 0.1), (0, 1))
    end = rings[-3].mean(0)
    r = np.linalg.norm(rings[-3, 0] - end)
    if category == "aubergine":
        cap = _calyx(rng, size[1], end)
    else:
        cap = skin(
            along(
                curve(
                    [
                        (-3 * MM, 0, 0),
                        (5 * MM, 0, 0),
                        (15 * MM, 2 * MM, 1 * MM),
                        (20 * MM, 2 * MM, 1 * MM),
                    ],
                    6,
                ),
                np.array([0.9, 0.75, 0.6, 0.55, 0.6, 0.5]) * max(r, 7 * MM),
                10 if facets else 8,
                lambda a, t: 1 + 0.14 * np.cos(5 * a),
            )
        ).moved(*end)
    pose = settled(body)
    merged = Mesh.merged([body, slots("stem", cap)]).transformed(pose)
    shift = lowered(merged.vertices, np.eye(4))
    whole = merged.transformed(shift)
    proxy = limb_boxes(carried(rings[4:-5], shift @ pose), 2)
    tipped = {"side": settled(whole, turn("x", 2.0))}
    return food(id, title, category, slots, whole, proxy, source, ("vegetable",), tipped)


def _calyx(rng: np.random.Generator, width: float, end: NDArray[np.float64]) -> Mesh:
    """Returns the green cap of an aubergine at the end of its body, stalk along +X."""
    leaves = sepals(5, width * 0.5, width * 0.34, rng, -0.75).transformed(turn("y", np.pi / 2))
    stem = stalk(
        [(0, 0, 0), (14 * MM, 0, 0), (34 * MM, 3 * MM, 4 * MM), (44 * MM, 5 * MM, 6 * MM)],
        (11 * MM, 6 * MM, 5 * MM, 6.5 * MM),
        9,
        7,
    )
    return Mesh.merged([leaves.moved(x=2 * MM), stem]).moved(x=1 * MM).moved(*end)


def assets() -> list[Asset]:
    """Returns a cucumber, a courgette and an aubergine."""

    def green(skin_color: Color, pale: Color, stem: Color) -> Palette:
        return Palette(
            skin=Material("produce", skin_color, wear=0.1, dirt=0.0),
            pale=Material("produce", pale, wear=0.1, dirt=0.0),
            stem=Material("produce", stem, wear=0.2, dirt=0.0),
        )

    cucumber = [
        (0, 0.05),
        (0.01, 0.35),
        (0.04, 0.66),
        (0.12, 0.92),
        (0.3, 1),
        (0.6, 0.98),
        (0.85, 0.9),
        (0.95, 0.66),
        (0.99, 0.3),
        (1, 0.2),
    ]
    courgette = [
        (0, 0.1),
        (0.01, 0.5),
        (0.04, 0.82),
        (0.12, 1),
        (0.35, 0.97),
        (0.65, 0.86),
        (0.88, 0.72),
        (0.97, 0.62),
        (0.995, 0.5),
        (1, 0.3),
    ]
    eggplant = [
        (0, 0.04),
        (0.02, 0.42),
        (0.09, 0.78),
        (0.22, 0.98),
        (0.35, 1),
        (0.55, 0.84),
        (0.75, 0.66),
        (0.9, 0.58),
        (0.97, 0.45),
        (1, 0.2),
    ]
    return [
        long_fruit(
            "cucumber_a",
            "Cucumber",
            "cucumber",
            cucumber,
            (0.31, 0.043),
            0.03,
            green((0.035, 0.10, 0.016), (0.09, 0.19, 0.03), (0.10, 0.14, 0.04)),
            0.35,
            0,
            "UNECE FFV-15 cucumbers: 300 x 42 mm, 350 g",
        ),
        long_fruit(
            "courgette_a",
            "Courgette",
            "courgette",
            courgette,
            (0.19, 0.043),
            -0.03,
            green((0.05, 0.13, 0.018), (0.11, 0.21, 0.04), (0.16, 0.24, 0.06)),
            0.25,
            5,
            "UNECE FFV-41 courgettes: 14-21 cm, 225 g",
        ),
        long_fruit(
            "aubergine_a",
            "Aubergine",
            "aubergine",
            eggplant,
            (0.19, 0.078),
            0.05,
            green((0.022, 0.009, 0.022), (0.035, 0.012, 0.03), (0.12, 0.17, 0.05)),
            0.1,
            0,
            "UNECE FFV-05 aubergines: elongated, 60-80 mm across, 300 g",
        ),
    ]
