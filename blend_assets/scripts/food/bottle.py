"""How a bottle is made: wall, filling, label, cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blend_assets.scripts.food.forms import MM, lathe, rng_of, skin
from blend_assets.scripts.food.printing import back, front, round_body
from blend_assets.scripts.food.things import Palette, food, lowered, piece, round_boxes
from blend_assets.scripts.food.vessels import filling, glass, hollow, lid, liquid, rounded, sleeve
from blend_assets.scripts.model import LIFTED, UNSCREWED, Asset, turned
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh


@dataclass(frozen=True)
class Bottle:
    """How a bottle differs from others; millimetres.

    Attributes:
        id, title, category, source: as in `Asset`.
        outline: radius and height from the middle of the bottom to the rim.
        glass: tint of its wall.
        inside: colour of what it holds.
        level: how high that stands.
        label: lowest and highest edge, and how far round.
        words: brand, product and amount.
        motif: picture of the label.
        colors: of label, band, motif, print and cap.
        cap: radius, height, and how far below the rim it starts.
        wall: thickness.
        capsule: whether the cap is a foil over the neck.
        plastic: whether the wall is plastic, such as PET.
    """

    id: str
    title: str
    category: str
    outline: Sequence[tuple[float, float]]
    glass: Color
    inside: Color
    level: float
    label: tuple[float, float, float]
    words: tuple[str, str, str]
    motif: str
    colors: tuple[Color, Color, Color, Color, Color]
    cap: tuple[float, float, float]
    source: str
    wall: float = 2.6
    capsule: bool = False
    opaque: bool = False


def bottle(kind: Bottle) -> Asset:
    """Returns a bottle: wall, filling, label with print, and its cap as a part that can be left out."""
    rng = rng_of(kind.id)
    label, band, motif, ink, cap = kind.colors
    wall = Material("plastic", kind.glass, wear=0.05, dirt=0.0) if kind.opaque else glass(kind.glass)
    slots = Palette(
        glass=wall,
        liquid=liquid(kind.inside),
        label=Material("paper", label, wear=0.1, dirt=0.0),
        band=Material("paper", band, wear=0.1, dirt=0.0),
        motif=Material("paper", motif, wear=0.1, dirt=0.0),
        print=Material("paper", ink, wear=0.05, dirt=0.0),
        cap=Material("plastic" if kind.opaque or not kind.capsule else "bare_metal", cap, wear=0.1, dirt=0.0),
    )
    outline = rounded(kind.outline, 4 * MM, 2)
    thick, floor = kind.wall * MM, (outline[0, 1] + 4 * MM)
    body = [slots("glass", hollow(outline, thick, floor))]
    if not kind.opaque:
        body.append(slots("liquid", filling(outline, thick, floor, kind.level * MM)))
    low, high, share = kind.label[0] * MM, kind.label[1] * MM, kind.label[2]
    between = outline[(outline[:, 1] > low) & (outline[:, 1] < high)]
    radius = max(np.interp([low, high], outline[:, 1], outline[:, 0]).max(), between[:, 0].max(initial=0))
    around, tall = 2 * np.pi * radius * share, high - low
    width = min(around * (0.46 if share > 0.8 else 0.94), 1.9 * radius)
    body.append(slots("label", sleeve(radius + 0.15 * MM, low, high, share)))
    face = front(width, tall, *kind.words, kind.motif, rng)
    body.append(round_body(slots, face, radius, (low + high) / 2, 0.0, 0.12 * MM))
    if share > 0.8:
        body.append(round_body(slots, back(width * 0.8, tall * 0.9, rng), radius, (low + high) / 2, np.pi, 0.12 * MM))
    mesh = Mesh.merged(body)
    rim = outline[-1, 1]
    wide, high_cap, below = (value * MM for value in kind.cap)
    crown = high_cap < 8 * MM
    if kind.capsule:
        parts = [piece("capsule", slots("cap", _capsule(outline, below, rim)))]
    else:
        shut = slots("cap", lid(wide, high_cap, 0 if crown else 24))
        parts = [piece("cap", shut, (0, 0, rim - below), LIFTED if crown else UNSCREWED)]
    largest = outline[:, 0].max()
    shoulder = float(outline[outline[:, 0] > 0.93 * largest][:, 1].max())
    neck = float(np.median(outline[outline[:, 1] > 0.85 * rim][:, 0]))
    proxy = round_boxes((largest - 1 * MM, outline[:, 1].min(), shoulder), (neck, shoulder - 5 * MM, rim))
    points = np.concatenate([mesh.vertices, parts[0].mesh.vertices + parts[0].rest[:3, 3]])
    rests = {"lying": lowered(points, turned("y", np.pi / 2))}
    return food(kind.id, kind.title, kind.category, slots, mesh, proxy, kind.source, ("container",), rests, more=parts)


def _capsule(outline: np.ndarray, below: float, rim: float) -> Mesh:
    """Returns the foil over the neck of a wine bottle, its top closed."""
    neck = outline[outline[:, 1] > rim - below] + (0.35 * MM, 0)
    first = [(0.0, rim - below + 1 * MM), (neck[0, 0] - 0.3 * MM, rim - below)]
    return _turned(np.concatenate([first, neck, [(neck[-1, 0] - 1 * MM, rim + 0.8 * MM), (0, rim + 0.9 * MM)]]))


def _turned(points: np.ndarray) -> Mesh:
    return skin(lathe(points, 40))
