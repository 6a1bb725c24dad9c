"""Bread: a round loaf, a tin loaf cut open and its slice, baguette, rolls, croissant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts.food.forms import MM, Noise, along, curve, dented, lathe, middles, rng_of, skin, toned
from blend_assets.scripts.food.things import Palette, carried, food, limb_boxes, lowered, standing
from blend_assets.scripts.model import Asset, boxes, turned
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SLOTS = Palette(
    crust=Material("bread", (0.30, 0.125, 0.035), wear=0.2, dirt=0.0),
    dark=Material("bread", (0.17, 0.062, 0.018), wear=0.2, dirt=0.0),
    golden=Material("bread", (0.46, 0.24, 0.075), wear=0.2, dirt=0.0),
    crumb=Material("bread", (0.70, 0.59, 0.41), wear=0.0, dirt=0.0),
)
BOULE = [(0, 2), (0.5, 0), (0.82, 0.05), (0.97, 0.28), (1, 0.48), (0.9, 0.74), (0.66, 0.93), (0.35, 0.99), (0, 1)]


def domed(
    id: str, title: str, category: str, size: tuple[float, float, float], cuts: list, source: str, torn: bool = False
) -> Asset:
    """Returns a loaf or roll baked on a stone.

    Args:
        id, title, category, source: as in `Asset`.
        size: radii along x and y, and height, millimetres.
        cuts: of the blade, each (x0, y0, x1, y1) in shares of the radii.
        torn: whether its cuts opened down to the crumb.
    """
    rng = rng_of(id)
    outline = curve(np.array([(r, z if z <= 1 else 0) for r, z in BOULE]), 30)
    rings = lathe(outline, 60) * (np.array(size) * MM)
    rings = dented(rings, Noise.of(rng, 0.05), 0.035 * size[0] * MM)
    rings[..., 2] = np.maximum(rings[..., 2], 0)
    tone = np.zeros(29 * 60 + 2)
    points = rings / (np.array(size) * MM)
    depth, lip = np.zeros(points.shape[:2]), np.zeros(points.shape[:2])
    for x0, y0, x1, y1 in cuts:
        a, b = np.array([x0, y0]), np.array([x1, y1])
        t = np.clip(((points[..., :2] - a) @ (b - a)) / ((b - a) @ (b - a)), 0, 1)
        away = np.linalg.norm(points[..., :2] - a - t[..., None] * (b - a), axis=-1)
        wide = 0.1 * np.sin(np.pi * np.clip(t, 0.06, 0.94)) + 0.015
        up = points[..., 2] > 0.5
        depth = np.maximum(depth, np.exp(-((away / wide) ** 2)) * up)
        lip = np.maximum(lip, np.exp(-(((away - 1.6 * wide) / (0.8 * wide)) ** 2)) * up)
    rings = rings * (1 - 0.05 * depth + 0.02 * lip)[..., None]
    body = skin(rings)
    opened = np.append(((depth[:-1] + depth[1:]) / 2).ravel(), [0, 0])
    ridge = np.append(((lip[:-1] + lip[1:]) / 2).ravel(), [0, 0])
    tone[ridge > 0.75] = 1
    tone[opened > 0.45] = 2
    tone[opened > 0.8] = 3 if torn else 2
    whole = standing(toned(body, (tone + 0.5) / 4, range(4)), settle=False)
    x, y, z = np.array(size) * MM
    proxy = boxes(
        ((-0.68 * x, -0.68 * y, 0.01 * z), (0.68 * x, 0.68 * y, 0.7 * z)),
        ((-0.42 * x, -0.42 * y, 0), (0.42 * x, 0.42 * y, 0.9 * z)),
    )
    return food(id, title, category, SLOTS, whole, proxy, source, ("bakery",))


def section(width: float, height: float) -> NDArray[np.float64]:
    """Returns (40, 2): the outline of a tin loaf, y and z, counter-clockwise, its top overhanging; metres."""
    half = np.array(
        [
            (0, 0),
            (0.42, 0),
            (0.455, 0.03),
            (0.47, 0.3),
            (0.475, 0.58),
            (0.5, 0.68),
            (0.5, 0.8),
            (0.43, 0.93),
            (0.25, 0.99),
            (0, 1),
        ]
    )
    right = curve(half, 21)
    return np.concatenate([right, right[-2:0:-1] * (-1, 1)]) * (width, height)


def sliced(rings: NDArray[np.float64], cut_first: bool, cut_last: bool) -> Mesh:
    """Returns a stretch of tin loaf through rings along +X; cut ends are crumb within a rim of crust."""
    faces = [rings]
    flat = []
    if cut_first:
        flat = [_shrunk(rings[0], share) for share in (0.9, 0.955)]
        faces = [np.array(flat), rings]
    if cut_last:
        faces.append(np.array([_shrunk(rings[-1], share) for share in (0.955, 0.9)]))
    everything = np.concatenate(faces)
    body = skin(everything)
    size = rings.shape[1]
    spans = len(everything) - 1
    tone = np.zeros(spans * size + 2)
    top = middles(body)[:, 2] / rings[..., 2].max()
    tone[top < 0.6] = 2
    tone[top > 0.93] = 1
    if cut_first:
        tone[:size], tone[-2] = 3, 3
    if cut_last:
        tone[(spans - 1) * size : spans * size], tone[-1] = 3, 3
    return toned(body, (tone + 0.5) / 4, range(4))


def _shrunk(ring: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    middle = (ring.min(0) + ring.max(0)) / 2
    return middle + (ring - middle) * share


def tin_loaf() -> Asset:
    """Returns a tin loaf that was cut: its open face at +X."""
    rng = rng_of("bread_tin_a")
    outline = section(105 * MM, 112 * MM)
    x = np.array([0, 1, 4, 10, 25, 60, 100, 140, 168, 180]) * MM
    scale = np.array([0.8, 0.88, 0.95, 0.985, 1, 1.01, 1.015, 1.01, 1, 1])
    rings = np.stack(
        [
            np.column_stack([np.full(len(outline), a), outline[:, 0] * s, outline[:, 1] * (0.5 + 0.5 * s)])
            for a, s in zip(x, scale, strict=True)
        ]
    )
    rings[..., 1:] += Noise.of(rng, 0.05)(rings)[..., None] * 1.2 * MM * (rings[..., 2:] > 5 * MM)
    whole = standing(sliced(rings, False, True), settle=False)
    proxy = boxes(((-0.083, -0.046, 0), (0.09, 0.046, 0.1)))
    return food(
        "bread_tin_a",
        "Tin loaf, cut",
        "bread",
        SLOTS,
        whole,
        proxy,
        "800 g tin loaf: 230 x 105 x 112 mm before it was cut",
        ("bakery", "cut"),
    )


def bread_slice() -> Asset:
    """Returns a slice of tin loaf that lies."""
    rng = rng_of("bread_slice_a")
    outline = section(104 * MM, 110 * MM)
    rings = np.stack([np.column_stack([np.full(len(outline), a), outline]) for a in (0, 6 * MM, 12 * MM)])
    rings[..., 1:] += Noise.of(rng, 0.04)(rings * (0, 1, 1))[..., None] * 1 * MM
    mesh = sliced(rings, True, True)
    whole = mesh.transformed(lowered(mesh.vertices, turned("y", -np.pi / 2)))
    (x0, y0, _), (x1, y1, z1) = whole.bounds
    proxy = boxes(((x0 + 8 * MM, y0 + 6 * MM, 0), (x1 - 8 * MM, y1 - 6 * MM, z1)))
    return food(
        "bread_slice_a",
        "Slice of bread",
        "bread",
        SLOTS,
        whole,
        proxy,
        "12 mm slice of a 105 x 112 mm loaf",
        ("bakery", "cut"),
        stack=12 * MM,
    )


def baguette() -> Asset:
    """Returns a baguette with five cuts."""
    rng = rng_of("baguette_a")
    share = np.linspace(0, 1, 64)
    half = np.sin(np.pi * np.clip(share, 0.004, 0.996)) ** 0.32
    length = 0.56
    path = np.column_stack([(share - 0.5) * length, 6 * MM * np.sin(2.4 * share), 0 * share])
    rings = along(path, np.column_stack([33 * MM * half, 26 * MM * half]), 32)
    rings = dented(rings, Noise.of(rng, 0.05), 1.5 * MM)
    floor = -19 * MM
    rings[..., 2] = np.maximum(rings[..., 2], floor + 0.15 * (rings[..., 2] - floor))
    open_cut = np.zeros(rings.shape[:2])
    for number in range(5):
        middle = (-0.4 + 0.2 * number) * length * 0.98
        along_cut = rings[..., 0] - middle - 1.9 * rings[..., 1]
        open_cut = np.maximum(
            open_cut,
            np.exp(-((along_cut / (16 * MM)) ** 2)) * (rings[..., 2] > 10 * MM) * (abs(rings[..., 1]) < 22 * MM),
        )
    rings[..., 2] += 3 * MM * np.exp(-(((open_cut - 0.35) / 0.15) ** 2)) - 3 * MM * (open_cut > 0.6)
    body = skin(rings)
    opened = np.append(((open_cut[:-1] + open_cut[1:]) / 2).ravel(), [0, 0])
    tone = np.where(opened > 0.6, 2.0, np.where(opened > 0.25, 1, 0))
    tone[:64], tone[-66:] = 1, 1
    whole = standing(toned(body, (tone + 0.5) / 4, range(4)), settle=False)
    shift = lowered(body.vertices, np.eye(4))
    proxy = limb_boxes(carried(rings[3:-3], shift), 2)
    return food(
        "baguette_a",
        "Baguette",
        "baguette",
        SLOTS,
        whole,
        proxy,
        "baguette de tradition: 250 g, 550-650 mm long, 60-70 mm wide",
        ("bakery",),
    )


def croissant() -> Asset:
    """Returns a croissant: seven rolled steps, its tips bent inwards."""
    rng = rng_of("croissant_a")
    share = np.linspace(0, 1, 72)
    angle = (share - 0.5) * 2.7
    path = np.column_stack([48 * MM * np.cos(angle) * 0.9, 66 * MM * np.sin(angle), 0 * share])
    full = np.sin(np.pi * np.clip(share, 0.02, 0.98)) ** 0.75
    step = np.mod(abs(share - 0.5) * 6.4 + 0.5, 1)
    radius = (8 + 21 * full) * MM * (1.07 - 0.17 * step**1.5)
    rings = along(path, np.column_stack([radius, radius * 0.95]), 28)
    rings = dented(rings, Noise.of(rng, 0.03), 1.1 * MM)
    floor = rings[..., 2].min() * 0.72
    rings[..., 2] = np.maximum(rings[..., 2], floor)
    rings[..., 2] = np.maximum(rings[..., 2] - floor, 0)
    low = rings[..., 2].min(1, keepdims=True)
    rings[..., 2] -= low
    body = skin(rings)
    edge = np.append(np.repeat(step[:-1], 28), [0.5, 0.5])
    tone = np.where(edge < 0.14, 1.0, np.where(edge > 0.6, 2, 0))
    whole = standing(toned(body, (tone + 0.5) / 4, range(4)), settle=False)
    shift = lowered(body.vertices, np.eye(4))
    proxy = limb_boxes(carried(rings[4:-4], shift), 3)
    return food(
        "croissant_a",
        "Croissant",
        "croissant",
        SLOTS,
        whole,
        proxy,
        "butter croissant: 60 g, 150 x 80 x 55 mm",
        ("bakery",),
    )


def assets() -> list[Asset]:
    """Returns everything from the bakery that is bread."""
    cross = [(-0.55, 0, 0.55, 0), (0, -0.55, 0, 0.55)]
    return [
        domed(
            "bread_sourdough_a",
            "Sourdough loaf",
            "bread",
            (118, 92, 88),
            [(-0.62, -0.25, 0.62, 0.25)],
            "1 kg sourdough batard: 240 x 185 x 90 mm",
            True,
        ),
        tin_loaf(),
        bread_slice(),
        baguette(),
        domed(
            "bread_roll_a",
            "Bread roll with a cut",
            "bread_roll",
            (52, 39, 46),
            [(-0.6, 0, 0.6, 0)],
            "roll of 60 g: 105 x 78 x 46 mm",
        ),
        domed(
            "bread_roll_b",
            "Round bread roll with a cross",
            "bread_roll",
            (43, 43, 48),
            cross,
            "roll of 60 g: 86 x 48 mm",
            True,
        ),
        croissant(),
    ]
