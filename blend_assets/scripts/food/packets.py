"""Packets: boxes of card, a paper bag with a folded top, pillow bags of film."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts.food.forms import MM, Noise, rng_of, rounded_box
from blend_assets.scripts.food.printing import LAYERS, Print, back, front, ink, on_flat, rectangle, subdivided
from blend_assets.scripts.food.things import Palette, food, lowered
from blend_assets.scripts.model import Asset, boxes, turned
from buildee.layout import solids
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

WHITE = (0.80, 0.79, 0.75)
INK = (0.03, 0.03, 0.035)
Colors = tuple[Color, Color, Color, Color]
Words = tuple[str, str, str]


def palette(colors: Colors, kind: str = "paper", **more: Material) -> Palette:
    """Returns the slots of a package; `colors` of its card, band, motif and print."""
    names = ("label", "band", "motif", "print")
    return Palette(
        {name: Material(kind, color, wear=0.15, dirt=0.0) for name, color in zip(names, colors, strict=True)}, **more
    )


def covered(
    slots: Palette,
    size: tuple[float, float, float],
    says: Words,
    motif: str,
    rng: np.random.Generator,
    ahead: float = 0.0,
) -> Mesh:
    """Returns the print on the four sides of a box; size in metres, `ahead` its front and back in front of that."""
    x, y, z = size
    faces = [
        (front(y, z, *says, motif, rng), "front", (x / 2 + ahead, 0, z / 2)),
        (front(y, z, *says, motif, rng), "back", (-x / 2 - ahead, 0, z / 2)),
    ]
    side = back(x * 0.9, z * 0.9, rng)
    spine = {"band": rectangle(x, 0.2 * z, 0.27 * z), **side} if x > 0.03 else {"band": rectangle(x, 0.2 * z, 0.27 * z)}
    if x > 0.03:
        faces.append((spine, "left", (0, y / 2 + ahead, z / 2)))
        faces.append(({"band": rectangle(x, 0.2 * z, 0.27 * z)}, "right", (0, -y / 2 - ahead, z / 2)))
    return Mesh.merged([on_flat(slots, prints, name, at) for prints, name, at in faces])


def box_packet(
    id: str,
    title: str,
    category: str,
    size: tuple[float, float, float],
    says: Words,
    motif: str,
    colors: Colors,
    source: str,
) -> Asset:
    """Returns a box of card, its flaps glued; size along x (thin), y and z, millimetres."""
    rng = rng_of(id)
    slots = palette(colors)
    x, y, z = np.array(size) * MM
    body = [
        slots("label", rounded_box((x, y, z), 1.2 * MM, 2)),
        covered(slots, (x, y, z - 3 * MM), says, motif, rng).moved(z=1.5 * MM),
    ]
    flap = solids.box((x - 3 * MM, y * 0.62, 0.5 * MM), (0, 0, z + 0.2 * MM), 0.15 * MM)
    body.append(slots("label", flap))
    mesh = Mesh.merged(body)
    rests = {
        "lying": lowered(mesh.vertices, turned("y", np.pi / 2)),
        "side": lowered(mesh.vertices, turned("x", np.pi / 2)),
    }
    proxy = boxes(((-x / 2, -y / 2, 0), (x / 2, y / 2, z)))
    return food(id, title, category, slots, mesh, proxy, source, ("container",), rests, z + 0.5 * MM)


def pillow(
    size: tuple[float, float, float], flat: tuple[float, float], foot: float, noise: Noise, dent: float, count: int = 22
) -> Mesh:
    """Returns a bag: full in its middle, flat where it is sealed.

    Args:
        size: thickness, width and height, metres.
        flat: thickness shares at its bottom and its top.
        foot: share of its height over which it fills out from the bottom.
        noise: of its creases.
        dent: their depth, metres.
        count: rings.
    """
    x, y, z = size
    rings = []
    for t in np.linspace(0, 1, count):
        low, high = min(t / foot, 1.0), min((1 - t) / 0.3, 1.0)
        full = max(
            (flat[0] + (1 - flat[0]) * np.sin(low * np.pi / 2)) * (flat[1] + (1 - flat[1]) * np.sin(high * np.pi / 2)),
            0.02,
        )
        wide = y * (1 - 0.06 * full * np.sin(np.pi * t))
        ring = _lens(x * full, wide, 36)
        rings.append(np.column_stack([ring, np.full(len(ring), t * z)]))
    shape = np.array(rings)
    out = shape - shape.mean(1, keepdims=True)
    crease = noise(shape * (1, 1, 0.6))[..., None] * dent * np.sin(np.linspace(0, np.pi, count))[:, None, None] ** 0.5
    shape[..., :2] += (out * (1, 0.2, 0) / (np.abs(out[..., :1]) + 2 * MM) * crease)[..., :2]
    return solids.loft(shape, smooth=True)


def _lens(x: float, y: float, count: int) -> NDArray[np.float64]:
    angle = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(angle), np.sin(angle)
    return np.column_stack([x / 2 * np.sign(c) * abs(c) ** 0.75, y / 2 * np.sign(s) * abs(s) ** 0.75])


def draped(slots: Palette, prints: Print, body: Mesh, at: float) -> Mesh:
    """Returns a print laid on the front (+X) of a bag, its middle at height `at`: every corner follows the bag."""
    ahead = body.vertices[body.vertices[:, 0] > 0]
    pieces = []
    for slot, mesh in prints.items():
        fine = subdivided(mesh, 6 * MM)
        y, z = fine.vertices[:, 0], fine.vertices[:, 1] + at
        away = (ahead[:, 1][None] - y[:, None]) ** 2 + (ahead[:, 2][None] - z[:, None]) ** 2
        near = np.argpartition(away, 6, axis=1)[:, :6]
        weight = 1 / (np.take_along_axis(away, near, 1) + 1e-7)
        x = (ahead[near, 0] * weight).sum(1) / weight.sum(1)
        points = np.column_stack([x + LAYERS[slot] + 1.2 * MM, y, z])
        pieces.append(slots(ink(slots, slot), Mesh.from_faces(points, fine.corners.reshape(-1, 4), smooth=True)))
    return Mesh.merged(pieces)


def flour(id: str) -> Asset:
    """Returns a 1 kg paper bag whose top is folded over."""
    rng = rng_of(id)
    slots = palette((WHITE, (0.03, 0.14, 0.34), (0.60, 0.42, 0.12), WHITE))
    x, y, z = 65 * MM, 105 * MM, 158 * MM
    body = rounded_box((x, y, z), 5 * MM, 3)
    bulge = Noise.of(rng, 0.05)(body.vertices) * 1.2 * MM
    out = body.vertices * (1, 1, 0) / np.array([x / 2, y / 2, 1])
    rise = np.clip(body.vertices[:, 2:] / z, 0, 1)
    swell = (1.5 * MM * np.sin(np.pi * rise) + bulge[:, None] * (rise > 0.05)) * np.clip(out, -1, 1)
    body = Mesh(body.vertices + swell * np.sin(np.pi * rise) ** 0.5, body.corners, body.sizes, body.slots, body.smooth)
    folds = [
        solids.box((x * 0.36, y * 0.98, 3 * MM), (x * 0.1, 0, z + 1.2 * MM), 1 * MM),
        solids.box((x * 0.34, y * 0.97, 1.6 * MM), (x * 0.1, 0, z + 3.2 * MM), 0.6 * MM),
    ]
    made = [
        slots("label", body, *folds),
        covered(slots, (x, y, z * 0.94), ("MILLBURROW", "WHEAT FLOUR", "1 KG"), "leaf", rng, 2.4 * MM).moved(z=3 * MM),
    ]
    mesh = Mesh.merged(made)
    rests = {"lying": lowered(mesh.vertices, turned("y", np.pi / 2))}
    return food(
        id,
        "Bag of flour",
        "packet",
        slots,
        mesh,
        boxes(((-x / 2, -y / 2, 0), (x / 2, y / 2, z))),
        "1 kg flour bag: 65 x 105 x 160 mm",
        ("container",),
        rests,
    )


def bag(
    id: str,
    title: str,
    size: tuple[float, float, float],
    says: Words,
    motif: str,
    colors: Colors,
    window: Color | None,
    source: str,
) -> Asset:
    """Returns a bag of film, sealed at both ends, lying; with a window that shows what it holds when it has a colour.

    Args:
        id, title, source: as in `Asset`.
        size: thickness, width and length, millimetres.
        says, motif, colors: as in `printing.front`, and of film, band, motif and print.
        window: colour of the contents.
    """
    rng = rng_of(id)
    slots = palette(colors, "plastic", window=Material("produce", window or WHITE, wear=0.1, dirt=0.0))
    x, y, z = np.array(size) * MM
    body = pillow((x, y, z), (0.05, 0.05), 0.3, Noise.of(rng, 0.035, 18), 1.6 * MM)
    seal = [solids.box((1 * MM, y * 0.985, 9 * MM), (0, 0, at), 0.3 * MM) for at in (1 * MM, z - 1 * MM)]
    made = [slots("label", body, *seal)]
    face = dict(front(y * 0.86, z * 0.78, *says, motif, rng))
    if window:
        face["motif"] = rectangle(y * 0.5, z * 0.3, -0.16 * z, steps=10)
    printed = draped(slots, face, body, z / 2)
    if window:
        printed = Mesh(
            printed.vertices,
            printed.corners,
            printed.sizes,
            np.where(printed.slots == slots.index("motif"), slots.index("window"), printed.slots),
            printed.smooth,
        )
    mesh = Mesh.merged([*made, printed]).transformed(turned("y", -np.pi / 2))
    mesh = mesh.transformed(lowered(mesh.vertices, np.eye(4)))
    low, high = mesh.bounds
    thick = high[2]
    proxy = boxes(
        ((low[0] * 0.55, low[1] * 0.62, 0.1 * thick), (high[0] * 0.55, high[1] * 0.62, 0.86 * thick)),
        ((low[0] * 0.3, low[1] * 0.3, 0), (high[0] * 0.3, high[1] * 0.3, 0.95 * thick)),
        ((low[0] * 0.9, low[1] * 0.8, 0.42 * thick), (high[0] * 0.9, high[1] * 0.8, 0.58 * thick)),
    )
    rests = {"face_down": lowered(mesh.vertices, turned("y", np.pi))}
    return food(id, title, "packet", slots, mesh, proxy, source, ("container",), rests)


def assets() -> list[Asset]:
    """Returns seven packets."""
    return [
        box_packet(
            "packet_cereal_a",
            "Box of cereal",
            "packet",
            (65, 190, 295),
            ("MORNIVO", "OAT FLAKES", "500 G"),
            "sun",
            ((0.70, 0.40, 0.05), (0.36, 0.03, 0.03), (0.78, 0.62, 0.26), WHITE),
            "500 g cereal box: 190 x 65 x 295 mm",
        ),
        box_packet(
            "packet_tea_a",
            "Box of tea bags",
            "packet",
            (76, 128, 68),
            ("TEAHOLLOW", "GREEN TEA", "40 G"),
            "leaf",
            ((0.06, 0.20, 0.10), (0.72, 0.66, 0.48), (0.30, 0.42, 0.12), INK),
            "box of 25 tea bags: 128 x 76 x 68 mm",
        ),
        box_packet(
            "packet_sugar_a",
            "Box of sugar cubes",
            "packet",
            (52, 112, 180),
            ("SUKRELLA", "SUGAR CUBES", "1 KG"),
            "diamond",
            ((0.10, 0.26, 0.48), (0.76, 0.74, 0.70), (0.72, 0.72, 0.74), (0.05, 0.10, 0.30)),
            "1 kg box of sugar cubes: 112 x 52 x 180 mm",
        ),
        box_packet(
            "packet_butter_a",
            "Wrapped butter",
            "packet",
            (40, 100, 65),
            ("FJELDMO", "BUTTER", "250 G"),
            "stripes",
            ((0.74, 0.66, 0.38), (0.03, 0.18, 0.46), (0.70, 0.50, 0.10), WHITE),
            "250 g butter: 100 x 65 x 40 mm",
        ),
        flour("packet_flour_a"),
        bag(
            "packet_pasta_a",
            "Bag of pasta",
            (52, 110, 240),
            ("PASTAVENA", "PENNE", "500 G"),
            "stripes",
            ((0.04, 0.12, 0.36), (0.50, 0.04, 0.03), (0.70, 0.46, 0.14), WHITE),
            (0.68, 0.45, 0.12),
            "500 g pasta bag: 110 x 52 x 240 mm",
        ),
        bag(
            "packet_crisps_a",
            "Bag of crisps",
            (70, 185, 250),
            ("KNISPLE", "SEA SALT", "150 G"),
            "discs",
            ((0.46, 0.02, 0.02), (0.78, 0.55, 0.04), (0.74, 0.48, 0.10), INK),
            None,
            "150 g crisps: 185 x 250 mm",
        ),
    ]
