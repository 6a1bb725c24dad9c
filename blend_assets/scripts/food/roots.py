"""Potatoes, onions, garlic and carrots."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.apples import body_of
from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    along,
    blob,
    curve,
    dented,
    lathe,
    middles,
    rng_of,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import Palette, carried, food, limb_boxes, lowered, round_proxy, settled, standing
from blend_assets.scripts.model import Asset
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

ONION = [
    (0, 0),
    (5, 0.5),
    (9, 2),
    (20, 8),
    (31, 20),
    (35, 33),
    (32, 46),
    (23, 56),
    (12, 62),
    (7, 67),
    (4.6, 73),
    (4.2, 80),
    (5, 85),
    (2.5, 86),
]
BULB = [
    (0, 0),
    (8, 0.4),
    (15, 3),
    (23, 10),
    (26, 19),
    (23, 28),
    (14, 35),
    (7, 41),
    (4.6, 50),
    (4.2, 60),
    (4.4, 68),
    (2, 69),
]
CARROT = [
    (0, 0.6),
    (0.03, 1.2),
    (0.12, 3.2),
    (0.3, 7.2),
    (0.5, 10.6),
    (0.7, 13.4),
    (0.88, 16),
    (0.95, 16.2),
    (0.985, 13.5),
    (1, 8),
]


def potato(id: str, size: tuple[float, float, float], color: Color) -> Asset:
    """Returns a potato: an uneven ellipsoid with eyes; `size` its radii, millimetres."""
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", color, wear=0.5, dirt=0.25),
        eye=Material("produce", tuple(0.5 * value for value in color), wear=0.5, dirt=0.3),
    )
    angle = np.linspace(0, np.pi, 25)
    rings = lathe(np.column_stack([np.sin(angle), -np.cos(angle)]), 36) * (np.array(size) * MM)
    rings[..., 0] += 7 * MM * np.sin(rings[..., 2] * 40 + rng.uniform(0, 6)) ** 2
    rings = dented(rings, Noise.of(rng, 0.035), 3.2 * MM)
    rings = dented(rings, Noise.of(rng, 0.009, 20), 0.35 * MM)
    out = rng.normal(size=(7, 3))
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    eyes = out * np.array(size) * MM
    away = np.linalg.norm(rings[:, :, None] - eyes, axis=-1).min(2)
    rings = rings * (1 - 0.075 * np.exp(-((away / (4.5 * MM)) ** 2)))[..., None]
    body = skin(rings)
    near = np.linalg.norm(middles(body)[:, None] - eyes, axis=-1).min(1)
    body = toned(body, np.where(near < 3.2 * MM, 0.9, 0.1), (0, 1))
    whole = body.transformed(settled(body, turn("y", np.pi / 2)))
    tipped = {"side": settled(whole, turn("x", 2.0))}
    source = "UNECE FFV-52 potatoes: ware potatoes 35-80 mm by square mesh; usual 150 g"
    return food(id, "Potato", "potato", slots, whole, round_proxy(whole, 0.5), source, ("vegetable",), tipped)


def onion(id: str, title: str, color: Color, squat: float) -> Asset:
    """Returns an onion in its papery skin: veins from root to neck, a twisted dry tip, a beard of roots."""
    rng = rng_of(id)
    dark = tuple(0.6 * value for value in color)
    slots = Palette(
        skin=Material("produce", color, wear=0.2, dirt=0.0),
        vein=Material("produce", dark, wear=0.2, dirt=0.0),
        dry=Material("paper", (0.42, 0.27, 0.11), wear=0.5, dirt=0.0),
        root=Material("paper", (0.40, 0.32, 0.20), wear=0.5, dirt=0.1),
    )
    rings = lathe(
        curve(np.array(ONION) * MM * (squat, 1), 30),
        48,
        lambda a, t: (
            1
            + 0.012 * np.cos(12 * a) * (1 - t)
            + 0.02 * np.cos(2 * a + 1)
            + 0.4 * np.maximum(t - 0.78, 0) * np.cos(3 * a + 9 * t)
        ),
    )
    rings = dented(rings, Noise.of(rng, 0.025), 0.6 * MM)
    rings[..., 0] += np.maximum(rings[..., 2] - 0.06, 0) ** 2 * rng.uniform(4, 9)
    body = skin(rings)
    at = middles(body)
    column = (np.arctan2(at[:, 1], at[:, 0]) / (2 * np.pi) * 48).astype(int) % 48
    vein = rng.uniform(size=48)[column] < 0.2
    tone = np.where(at[:, 2] > 0.064 + 0.004 * rng.normal(size=48)[column], 2, np.where(vein, 1, 0))
    body = toned(body, (tone + 0.5) / 3, (0, 1, 2))
    hairs = []
    for _ in range(22):
        bearing, reach = rng.uniform(0, 2 * np.pi), rng.uniform(4, 10) * MM
        c, s = np.cos(bearing), np.sin(bearing)
        hairs.append(
            stalk(
                [
                    (2 * MM * c, 2 * MM * s, 1.2 * MM),
                    (0.6 * reach * c, 0.6 * reach * s, 0),
                    (reach * c, reach * s, 1 * MM),
                ],
                (0.5 * MM, 0.3 * MM),
                3,
                3,
            )
        )
    whole = standing(Mesh.merged([body, slots("root", *hairs)]))
    tipped = {"side": settled(whole, turn("y", np.deg2rad(110)))}
    source = "UNECE FFV-25 onions: 40-80 mm across; medium 110 g (USDA)"
    return food(
        id, title, "onion", slots, whole, round_proxy(body_of(whole, body), 0.5), source, ("vegetable",), tipped
    )


def garlic() -> Asset:
    """Returns a head of garlic: ten cloves under paper, a dry stalk."""
    rng = rng_of("garlic_a")
    slots = Palette(
        skin=Material("produce", (0.70, 0.65, 0.56), wear=0.1, dirt=0.0),
        streak=Material("produce", (0.55, 0.40, 0.42), wear=0.1, dirt=0.0),
        root=Material("paper", (0.40, 0.33, 0.22), wear=0.5, dirt=0.0),
    )

    def lobes(a, t):
        return 1 - 0.13 * abs(np.cos(5 * a + 0.4)) ** 3 * np.sin(np.pi * np.minimum(t * 1.6, 1)) + 0.04 * np.cos(3 * a)

    rings = dented(lathe(curve(np.array(BULB) * MM, 26), 60, lobes), Noise.of(rng, 0.02), 0.6 * MM)
    rings[..., 1] += np.maximum(rings[..., 2] - 0.035, 0) ** 2 * 5
    body = skin(rings)
    at = middles(body)
    column = (np.arctan2(at[:, 1], at[:, 0]) / (2 * np.pi) * 60).astype(int) % 60
    body = toned(body, np.where(rng.uniform(size=60)[column] < 0.22, 0.9, 0.1), (0, 1))
    foot = slots("root", blob((7 * MM, 7 * MM, 1.4 * MM), 10, 5).moved(z=0.8 * MM))
    whole = standing(Mesh.merged([body, foot]))
    tipped = {"side": settled(whole, turn("y", np.deg2rad(95)))}
    source = "UNECE FFV-18 garlic: 45-60 mm across"
    return food(
        "garlic_a",
        "Garlic",
        "garlic",
        slots,
        whole,
        round_proxy(body_of(whole, body), 0.45),
        source,
        ("vegetable",),
        tipped,
    )


def carrot(id: str, length: float, thick: float, bend: float) -> Asset:
    """Returns a carrot that lies, its greens cut to stubs.

    Args:
        id: of the asset.
        length: metres.
        thick: 1 is 32 mm across at its shoulder.
        bend: sideways, shares of its length.
    """
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", (0.68, 0.19, 0.018), wear=0.25, dirt=0.05),
        ring=Material("produce", (0.46, 0.12, 0.015), wear=0.3, dirt=0.1),
        shoulder=Material("produce", (0.33, 0.22, 0.04), wear=0.2, dirt=0.0),
        leaf=Material("leaf", (0.13, 0.25, 0.04), wear=0.1, dirt=0.0),
    )
    share, radius = curve(np.array(CARROT) * (60, 1), 40).T
    share = np.clip(share / 60, 0, 1)
    path = np.column_stack(
        [share * length, bend * length * np.sin(np.pi * share) + 1.2 * MM * np.sin(9 * share), 0 * share]
    )
    rings = along(path, np.maximum(radius, 0.3) * MM * thick, 26)
    rings = dented(rings, Noise.of(rng, 0.03), 0.7 * MM)
    groove = rng.uniform(size=(40, 26)) < 0.1
    groove = groove | np.roll(groove, 1, 1) | np.roll(groove, 2, 1)
    middle = rings.mean(1, keepdims=True)
    rings = middle + (rings - middle) * np.where(groove, 0.965, 1.0)[..., None]
    body = skin(rings)
    face = np.zeros(len(body.sizes))
    face[: 39 * 26] = (groove[:-1] & (rng.uniform(size=(39, 26)) < 0.8)).ravel() * 1.0
    at = middles(body)[:, 0]
    tone = np.where(at > 0.955 * length, 2, face)
    body = toned(body, (tone + 0.5) / 3, (0, 1, 2))
    top = np.array([length - 4 * MM, path[-1, 1], 0])
    stubs = [
        stalk(
            [
                (0, 0, 0),
                (9 * MM, *(rng.normal(size=2) * 2 * MM)),
                (rng.uniform(15, 24) * MM, *(rng.normal(size=2) * 5 * MM)),
            ],
            (1.6 * MM, 1.2 * MM),
            6,
            4,
        ).moved(*top)
        for _ in range(8)
    ]
    pose = settled(body)
    merged = Mesh.merged([body, slots("leaf", *stubs)]).transformed(pose)
    shift = lowered(merged.vertices, np.eye(4))
    whole = merged.transformed(shift)
    proxy = limb_boxes(carried(rings[6:-2], shift @ pose), 2)
    tipped = {"side": settled(whole, turn("x", 2.0))}
    source = "UNECE FFV-10 carrots: 20-45 mm across; usual 180 x 30 mm"
    return food(id, "Carrot", "carrot", slots, whole, proxy, source, ("vegetable",), tipped)


def assets() -> list[Asset]:
    """Returns three potatoes, two onions, garlic and two carrots."""
    return [
        potato("potato_a", (29, 33, 43), (0.42, 0.27, 0.11)),
        potato("potato_b", (26, 29, 35), (0.46, 0.30, 0.13)),
        potato("potato_c", (30, 36, 52), (0.36, 0.21, 0.09)),
        onion("onion_a", "Onion, brown", (0.45, 0.21, 0.05), 1.0),
        onion("onion_b", "Onion, red", (0.20, 0.022, 0.055), 1.08),
        garlic(),
        carrot("carrot_a", 0.175, 1.0, 0.03),
        carrot("carrot_b", 0.2, 0.86, -0.045),
    ]
