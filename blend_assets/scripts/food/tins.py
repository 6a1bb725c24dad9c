"""Tins: food tins with beads and a ring pull, tuna, a drink can."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import MM, lathe, rng_of, skin
from blend_assets.scripts.food.printing import back, front, round_body
from blend_assets.scripts.food.things import Palette, food, lowered, round_boxes
from blend_assets.scripts.food.vessels import sleeve
from blend_assets.scripts.model import Asset, turned
from buildee.layout import solids
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

WHITE = (0.80, 0.79, 0.75)
Colors = tuple[Color, Color, Color, Color]


def palette(colors: Colors, metal: bool = False) -> Palette:
    """Returns the slots of a tin; `colors` of label, band, motif and print."""
    kind = "lacquer" if metal else "paper"
    label, band, motif, ink = (Material(kind, color, wear=0.1, dirt=0.0) for color in colors)
    return Palette(
        metal=Material("bare_metal", (0.66, 0.66, 0.64), wear=0.1, dirt=0.0),
        label=label,
        band=band,
        motif=motif,
        print=ink,
    )


def ring_pull(radius: float, z: float) -> Mesh:
    """Returns the ring and its rivet on an easy-open end, metres."""
    angle = np.linspace(0, 2 * np.pi, 21)[:-1]
    ring = np.column_stack([9 * MM * np.cos(angle), 7 * MM * np.sin(angle), np.full(20, 0.0)])
    loop = solids.sweep(ring, solids.circle(1.0 * MM, 6), smooth=True, closed=True)
    tongue = solids.box((9 * MM, 7 * MM, 0.8 * MM), (10 * MM, 0, 0), 0.3 * MM)
    rivet = solids.cylinder(2.4 * MM, 1.2 * MM, 12, 0.3 * MM).moved(x=12 * MM)
    return Mesh.merged([loop, tongue, rivet]).moved(radius - 24 * MM, 0, z + 1.1 * MM)


def tin(
    id: str,
    title: str,
    size: tuple[float, float],
    beads: int,
    words: tuple[str, str, str],
    motif: str,
    colors: Colors,
    source: str,
) -> Asset:
    """Returns a food tin: seams above and below, a recessed end, a paper label over the beads; size in millimetres."""
    rng = rng_of(id)
    slots = palette(colors)
    radius, height = size[0] / 2 * MM, size[1] * MM
    wall = radius - 1.1 * MM
    side = np.linspace(4 * MM, height - 4 * MM, 4 * beads + 3 if beads else 3)
    bead = 0.45 * MM * np.where(np.arange(len(side)) % 4 == 2, 1, 0) if beads else np.zeros(3)
    panel = [
        (0, 2.6),
        (wall / MM - 5, 2.6),
        (wall / MM - 3, 1.6),
        (wall / MM - 1.2, 1.6),
        (radius / MM - 0.9, 0),
        (radius / MM, 0.6),
        (radius / MM, 2.6),
        (wall / MM, 3.2),
    ]
    low = np.array(panel) * MM
    profile = np.concatenate([low, np.column_stack([wall - bead, side]), (low * (1, -1) + (0, height))[::-1]])
    body = [slots("metal", skin(lathe(profile, 48)), ring_pull(radius, height - 2.6 * MM))]
    edge = 5.5 * MM
    body.append(slots("label", sleeve(wall + 0.15 * MM, edge, height - edge, segments=48)))
    tall, width = height - 2 * edge, min(np.pi * wall * 0.9, 1.8 * wall)
    if tall > 0.7 * width:
        body.append(round_body(slots, front(width, tall, *words, motif, rng), wall, height / 2, 0, 0.12 * MM))
        body.append(round_body(slots, back(width * 0.8, tall * 0.9, rng), wall, height / 2, np.pi, 0.12 * MM))
    else:
        for bearing in (0, np.pi):
            body.append(
                round_body(slots, front(width, tall, *words, "stripes", rng), wall, height / 2, bearing, 0.12 * MM)
            )
    mesh = Mesh.merged(body)
    rests = {
        "lying": lowered(mesh.vertices, turned("y", np.pi / 2)),
        "upside_down": lowered(mesh.vertices, turned("x", np.pi)),
    }
    return food(
        id,
        title,
        "tin",
        slots,
        mesh,
        round_boxes((radius - 0.5 * MM, 0, height)),
        source,
        ("container",),
        rests,
        height - 1.2 * MM,
    )


def drink_can(id: str, title: str, words: tuple[str, str, str], motif: str, colors: Colors) -> Asset:
    """Returns a 330 ml drink can, printed on its metal."""
    rng = rng_of(id)
    slots = palette(colors, metal=True)
    outline = (
        np.array(
            [
                (0, 9),
                (12, 8),
                (19, 4.5),
                (22.5, 0),
                (24.5, 0),
                (26.5, 3),
                (31.5, 9),
                (33, 14),
                (33, 100),
                (32, 105),
                (28, 110.5),
                (27.2, 112),
                (27.6, 114.6),
                (26.6, 115.2),
                (25.6, 114.6),
                (25.2, 111),
                (23.5, 109.6),
                (22.5, 111.2),
                (0, 111.2),
            ]
        )
        * MM
    )
    body = [slots("metal", skin(lathe(outline, 48)), ring_pull(29 * MM, 111.2 * MM))]
    body.append(slots("label", sleeve(33.08 * MM, 13 * MM, 101 * MM, segments=48)))
    for bearing in (0, np.pi):
        body.append(round_body(slots, front(56 * MM, 84 * MM, *words, motif, rng), 33 * MM, 57 * MM, bearing, 0.1 * MM))
    mesh = Mesh.merged(body)
    rests = {"lying": lowered(mesh.vertices, turned("y", np.pi / 2))}
    proxy = round_boxes((32.5 * MM, 3 * MM, 108 * MM), (24 * MM, 0, 115 * MM))
    return food(
        id,
        title,
        "tin",
        slots,
        mesh,
        proxy,
        "330 ml drink can: 66.2 x 115.2 mm (Ball, standard)",
        ("container",),
        rests,
        112.5 * MM,
    )


def assets() -> list[Asset]:
    """Returns three tins and a can."""
    black = (0.03, 0.025, 0.02)
    return [
        tin(
            "tin_beans_a",
            "Tin of beans",
            (73, 109),
            5,
            ("PAVONTI", "RED BEANS", "400 G"),
            "discs",
            (WHITE, (0.04, 0.20, 0.09), (0.36, 0.04, 0.03), WHITE),
            "EN 10202 tins: 73 x 109 mm, 425 ml",
        ),
        tin(
            "tin_tomatoes_a",
            "Tin of tomatoes",
            (99, 118),
            6,
            ("TOMARILLA", "PEELED TOMATOES", "800 G"),
            "discs",
            ((0.76, 0.62, 0.12), (0.45, 0.02, 0.015), (0.50, 0.03, 0.02), WHITE),
            "EN 10202 tins: 99 x 118 mm, 850 ml",
        ),
        tin(
            "tin_tuna_a",
            "Tin of tuna",
            (83, 41),
            0,
            ("MARENZO", "TUNA", "160 G"),
            "stripes",
            ((0.05, 0.20, 0.42), (0.72, 0.70, 0.64), (0.62, 0.45, 0.08), black),
            "EN 10202 tins: 83 x 41 mm, 185 ml",
        ),
        drink_can(
            "tin_can_a",
            "Can of soda",
            ("QUIBBLE", "CHERRY", "330 ML"),
            "discs",
            ((0.42, 0.015, 0.05), (0.03, 0.02, 0.03), (0.74, 0.50, 0.52), WHITE),
        ),
    ]
