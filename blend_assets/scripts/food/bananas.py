"""Bananas, one and a hand of four: five blunt edges, green towards the stalk, brown at the tip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts.food.forms import MM, Noise, along, curve, dented, middles, rng_of, skin, toned, turn
from blend_assets.scripts.food.things import Palette, carried, food, limb_boxes, settled
from blend_assets.scripts.model import Asset
from buildee.layout.kinematics import rotation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Proxy

SOURCE = "EU regulation 1333/2011: bananas at least 140 mm along the outer curve and 27 mm thick; usual 190 x 36 mm"

SLOTS = Palette(
    skin=Material("produce", (0.76, 0.49, 0.045), wear=0.2, dirt=0.0),
    green=Material("produce", (0.42, 0.42, 0.05), wear=0.1, dirt=0.0),
    neck=Material("produce", (0.30, 0.31, 0.06), wear=0.2, dirt=0.0),
    tip=Material("wood", (0.045, 0.03, 0.02), wear=0.3, dirt=0.0),
    spot=Material("produce", (0.22, 0.11, 0.03), wear=0.2, dirt=0.0),
)

RADII = [
    (0, 3.6),
    (0.05, 4.4),
    (0.13, 5.6),
    (0.2, 9.5),
    (0.28, 14),
    (0.4, 17),
    (0.6, 17.6),
    (0.78, 16),
    (0.9, 10.5),
    (0.95, 5.2),
    (0.985, 4),
    (1, 3.2),
]
"""How thick it is from stalk to tip: share of the way and radius, millimetres."""


def banana(rng: np.random.Generator, bend: float, scale: float) -> tuple[Mesh, NDArray[np.float64]]:
    """Returns a banana on its side and its rings: curved about +Y in the XY plane, the stalk at the origin.

    Args:
        rng: of its dents and spots.
        bend: how far it turns, radians.
        scale: 1 is 190 mm along its middle.
    """
    share = np.array(
        [0, 0.03, 0.07, 0.12, 0.17, 0.22, 0.28, 0.35, 0.43, 0.52, 0.61, 0.7, 0.78, 0.85, 0.905, 0.945, 0.97, 0.985, 1]
    )
    # Its neck is straighter than its body.
    heading = bend * (share**1.25 - 0.5)
    step = np.diff(share, prepend=0) * 205 * MM * scale
    path = np.cumsum(np.column_stack([np.cos(heading), np.sin(heading), 0 * heading]) * step[:, None], 0)
    t, r = np.array(RADII).T
    radius = np.interp(share, t, r) * MM * scale
    phase = rng.uniform(0, 6.3)
    rings = along(
        path,
        radius,
        30,
        lambda a, s: 1 + 0.055 * np.cos(5 * a + phase) * np.sin(np.pi * s) ** 0.5 - 0.012 * np.cos(10 * a + 2 * phase),
    )
    rings = dented(rings, Noise.of(rng, 0.035), 0.8 * MM)
    rings = np.concatenate(
        [
            rings[:1] * 0.3 + rings[:1].mean(1, keepdims=True) * 0.7,
            rings,
            rings[-1:] * 0.3 + rings[-1:].mean(1, keepdims=True) * 0.7,
        ]
    )
    body = skin(rings)
    at = np.append(np.repeat(np.append(0, np.append(share[:-1] + np.diff(share) / 2, 1)), 30), [0, 1])
    uneven = Noise.of(rng, 0.012)(middles(body))
    tone = np.full(len(at), 0)
    tone[at + 0.03 * uneven < 0.24] = 1
    tone[at + 0.02 * uneven < 0.13] = 2
    tone[(at < 0.015) | (at + 0.01 * uneven > 0.965)] = 3
    spots = (Noise.of(rng, 0.006, 20)(middles(body)) > 1.35) & (tone == 0)
    tone[spots] = 4
    return toned(body, (tone + 0.5) / 5, range(5)), rings


def single(id: str, bend: float, scale: float) -> Asset:
    """Returns one banana that lies on its side."""
    mesh, rings = banana(rng_of(id), bend, scale)
    pose = settled(mesh)
    whole = mesh.transformed(pose)
    proxy = limb_boxes(carried(rings[4:-3], pose), 2)
    upright = settled(whole, turn("x", np.deg2rad(150)))
    return food(id, "Banana", "banana", SLOTS, whole, proxy, SOURCE, ("fruit",), {"side": upright})


def hand(id: str, count: int) -> Asset:
    """Returns bananas that hang together at their crown, lying on their flanks as a fan."""
    rng = rng_of(id)
    pieces, skins = [], []
    for number in range(count):
        mesh, rings = banana(rng, rng.uniform(0.95, 1.15), rng.uniform(0.93, 1.04))
        spread = (number - (count - 1) / 2) * np.deg2rad(13)
        # Turned about its own length so that its back faces outwards; the fan opens sideways from the crown.
        pose = turn("z", 0.12 * spread) @ rotation((0, 0.25, 1), 0.0) @ turn("x", np.pi / 2) @ turn("z", 0.55)
        pose = turn("z", spread) @ pose
        pose[:3, 3] = 0, (number - (count - 1) / 2) * 11 * MM, 0
        pieces.append(mesh.transformed(pose))
        skins.append(carried(rings, pose))
    crown = np.array([(-16 * MM, 0, 4 * MM), (-8 * MM, 0, 2 * MM), (4 * MM, 0, 1 * MM), (12 * MM, 0, 0)])
    wide = np.array([[9, 4], [13 + 2 * count, 6.5], [12 + 3 * count, 6], [10 + 2 * count, 4]]) * MM
    block = toned(
        skin(along(curve(crown, 7), curve(wide, 7), 16)), np.array([0.7] + [0.5] * 97)[: 16 * 6 + 2], range(5)
    )
    dark = toned(block, np.where(middles(block)[:, 0] < -13 * MM, 0.7, 0.5), range(5))
    merged = Mesh.merged([*pieces, dark])
    pose = settled(merged, turn("x", np.pi))
    whole = merged.transformed(pose)
    boxes = [limb_boxes(carried(rings[4:-3], pose), 1) for rings in skins]
    proxy = Proxy(np.concatenate([item.poses[1:] for item in boxes]), np.concatenate([item.half[1:] for item in boxes]))
    return food(id, "Bananas, a hand of four", "banana", SLOTS, whole, proxy, SOURCE, ("fruit",))


def assets() -> list[Asset]:
    """Returns two bananas and a hand."""
    return [single("banana_a", 1.05, 1.0), single("banana_b", 0.8, 0.94), hand("banana_hand_a", 4)]
