"""What is printed on packages: bands, brands that nobody owns, simple pictures, fine print; flat or round a body.

A print lies in the XY plane, read from +Z, about the origin; metres. Layers lie fractions of a millimetre apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.food.forms import MM
from blend_assets.scripts.food.things import Palette
from blend_assets.scripts.model import facing
from buildee.layout.lettering import text, text_width
from buildee.layout.mesh import Mesh

Print = Mapping[str, Mesh]
"""Flat meshes by slot."""

LAYERS = {"label": 0.06 * MM, "band": 0.12 * MM, "motif": 0.18 * MM, "print": 0.24 * MM, "small": 0.24 * MM}
"""How far each slot of a print lies in front of what it is on, metres."""


def strips(x: NDArray[np.float64], low: ArrayLike, high: ArrayLike) -> Mesh:
    """Returns a flat shape of upright strips between two curves over x, metres."""
    low, high = np.broadcast_to(low, x.shape), np.broadcast_to(high, x.shape)
    points = np.stack([np.column_stack([x, low]), np.column_stack([x, high])], 1).reshape(-1, 2)
    first = 2 * np.arange(len(x) - 1)[:, None]
    quads = first + np.array([0, 2, 3, 1])
    return Mesh.from_faces(np.column_stack([points, np.zeros(len(points))]), quads)


def rectangle(width: float, height: float, y: float = 0.0, x: float = 0.0, steps: int = 8) -> Mesh:
    """Returns a rectangle about (x, y)."""
    return strips(np.linspace(x - width / 2, x + width / 2, steps + 1), y - height / 2, y + height / 2)


def disc(radius: float, x: float = 0.0, y: float = 0.0, squash: float = 1.0) -> Mesh:
    """Returns a disc or ellipse about (x, y)."""
    angle = np.linspace(np.pi, 0, 13)
    half = radius * squash * np.sin(angle)
    return strips(x + radius * np.cos(angle), y - half, y + half)


def hills(width: float, height: float, y: float, phase: float) -> Mesh:
    """Returns rolling ground, its foot at y."""
    x = np.linspace(-width / 2, width / 2, 17)
    return strips(x, y, y + height * (0.6 + 0.4 * np.sin(x / width * 7 + phase)))


def words(string: str, height: float, width: float, y: float = 0.0) -> Mesh:
    """Returns a line about (0, y), set smaller when it would be wider than `width`."""
    height = min(height, height * width / text_width(string, height))
    return text(string, height, 0.0, "middle").moved(y=y - height / 2)


def fine_print(width: float, lines: int, y: float, rng: np.random.Generator, pitch: float = 2.2 * MM) -> Mesh:
    """Returns lines too small to be read, from y down."""
    bars = []
    for line in range(lines):
        long = width * (rng.uniform(0.4, 0.7) if line == lines - 1 else 1.0)
        bars.append(rectangle(long, pitch * 0.4, y - line * pitch, (long - width) / 2, 6))
    return Mesh.merged(bars)


def barcode(width: float, height: float, y: float, rng: np.random.Generator) -> Mesh:
    """Returns a bar code about (0, y)."""
    at, bars = -width / 2, []
    while at < width / 2 - 1.5 * MM:
        wide = rng.choice([0.4, 0.7, 1.1]) * MM
        bars.append(rectangle(wide, height, y, at + wide / 2, 1))
        at += wide + rng.choice([0.4, 0.8]) * MM
    return Mesh.merged(bars)


def front(
    width: float, height: float, brand: str, product: str, weight: str, motif: str, rng: np.random.Generator
) -> Print:
    """Returns the face of a package: brand on a band, what it is, a picture, how much.

    Args:
        width, height: metres.
        brand, product, weight: lettering.
        motif: "discs", "hills", "sun", "leaf", "stripes" or "diamond".
        rng: of the picture.
    """
    band_height = 0.2 * height
    band_y = height * 0.27
    art = picture(motif, width * 0.8, height * 0.3, -height * 0.2, rng)
    return {
        "band": rectangle(width, band_height, band_y),
        "motif": art,
        "print": words(brand, band_height * 0.5, width * 0.84, band_y),
        "small": Mesh.merged(
            [
                words(product, height * 0.075, width * 0.8, height * 0.07),
                words(weight, height * 0.045, width * 0.3, -height * 0.44),
            ]
        ),
    }


def picture(motif: str, width: float, height: float, y: float, rng: np.random.Generator) -> Mesh:
    """Returns a simple picture about (0, y)."""
    if motif == "hills":
        return Mesh.merged(
            [
                hills(width, height * 0.6, y - height / 2, rng.uniform(0, 6)),
                disc(height * 0.17, width * 0.2, y + height * 0.3),
            ]
        )
    if motif == "sun":
        rays = [rectangle(1.2 * MM, height * 0.18, height * 0.42, 0, 1) for _ in range(12)]
        turned = []
        for number, ray in enumerate(rays):
            c, s = np.cos(number * np.pi / 6), np.sin(number * np.pi / 6)
            turned.append(replace(ray, vertices=ray.vertices @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])))
        return Mesh.merged([disc(height * 0.28), *turned]).moved(y=y)
    if motif == "leaf":
        return Mesh.merged([_leaf(height * 0.9, side).moved(x=side * height * 0.25, y=y) for side in (-1, 1)])
    if motif == "stripes":
        return Mesh.merged([rectangle(width, height * 0.09, y + (k - 2) * height * 0.2) for k in range(5)])
    if motif == "diamond":
        x = np.linspace(-height / 2, height / 2, 9)
        return strips(x, y - (height / 2 - abs(x)), y + height / 2 - abs(x))
    spots: list[tuple[float, float, float]] = []
    for _ in range(60):
        r = height * rng.uniform(0.1, 0.2)
        at = rng.uniform(-0.5, 0.5, 2) * (width - 2 * r, height - 2 * r)
        if all(np.hypot(*(at - (sx, sy))) > r + sr for sx, sy, sr in spots):
            spots.append((at[0], at[1], r))
    return Mesh.merged([disc(r, sx, sy + y) for sx, sy, r in spots])


def _leaf(height: float, side: int) -> Mesh:
    y = np.linspace(0, 1, 9)
    across = strips(y * height - height / 2, -0.2 * height * np.sin(np.pi * y), 0.2 * height * np.sin(np.pi * y))
    c, s = np.cos(np.pi / 2 - side * 0.5), np.sin(np.pi / 2 - side * 0.5)
    return replace(across, vertices=across.vertices @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]))


def back(width: float, height: float, rng: np.random.Generator) -> Print:
    """Returns the other side of a package: fine print and a bar code."""
    lines = int(height * 0.4 / (2.4 * MM))
    return {
        "small": Mesh.merged(
            [
                fine_print(width * 0.76, max(lines, 2), height * 0.38, rng, 2.4 * MM),
                barcode(min(width * 0.6, 34 * MM), min(height * 0.2, 20 * MM), -height * 0.3, rng),
            ]
        )
    }


def ink(palette: Palette, slot: str) -> str:
    """Returns the slot that prints `slot`: words beside the band take its colour where ink would not show."""
    if slot != "small":
        return slot
    light = {name: float(np.dot(palette[name].color, (0.2126, 0.7152, 0.0722))) for name in ("label", "print")}
    return "print" if abs(light["label"] - light["print"]) > 0.2 else "band"


def on_flat(palette: Palette, prints: Print, side: str, at: ArrayLike) -> Mesh:
    """Returns a print on a face of a package: "front", "back", "left" or "right"; its middle `at`."""
    pose = facing(side, *at)
    return Mesh.merged(
        [
            palette(ink(palette, slot), mesh.moved(z=LAYERS[slot] - mesh.vertices[0, 2]).transformed(pose))
            for slot, mesh in prints.items()
        ]
    )


def round_body(
    palette: Palette, prints: Print, radius: float, z: float, bearing: float = 0.0, lift: float = 0.0
) -> Mesh:
    """Returns a print wrapped round a body of some radius about Z, its middle at height z and a bearing (radians)."""
    pieces = []
    for slot, mesh in prints.items():
        fine = subdivided(mesh, 2.5 * MM)
        angle = bearing + fine.vertices[:, 0] / radius
        out = radius + LAYERS[slot] + lift
        points = np.column_stack([out * np.cos(angle), out * np.sin(angle), fine.vertices[:, 1] + z])
        pieces.append(palette(ink(palette, slot), replace(fine, vertices=points).shaded_smooth()))
    return Mesh.merged(pieces)


def subdivided(mesh: Mesh, step: float) -> Mesh:
    """Returns a mesh of quads cut along their first edge so that none spans more than `step` in x."""
    quads = mesh.vertices[mesh.corners.reshape(-1, 4)]
    made = []
    for a, b, c, d in quads:
        count = max(int(np.ceil(max(abs(b[0] - a[0]), abs(c[0] - d[0])) / step)), 1)
        t = np.linspace(0, 1, count + 1)[:, None]
        low, high = a + (b - a) * t, d + (c - d) * t
        made.append(np.stack([low[:-1], low[1:], high[1:], high[:-1]], 1))
    points = np.concatenate(made).reshape(-1, 3)
    return Mesh.from_faces(points, np.arange(len(points)).reshape(-1, 4))
