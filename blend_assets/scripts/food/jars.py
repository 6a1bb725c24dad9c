"""Jars: preserve, honey, spice, and storage jars whose contents show."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import MM, Noise, blob, dented, lathe, rng_of, skin, turn
from blend_assets.scripts.food.printing import front, round_body
from blend_assets.scripts.food.things import Palette, food, lowered, moved_proxy, piece, round_boxes
from blend_assets.scripts.food.vessels import filling, glass, hollow, inside, lid, liquid, rounded, sleeve
from blend_assets.scripts.model import UNSCREWED, Asset, at, turned
from buildee.layout import solids
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

PRESERVE = [(0, 3), (20, 1.5), (29, 0), (34, 1), (35, 5), (35, 82), (33, 90), (30, 94), (30, 106)]
HONEY = [(0, 3), (22, 1.5), (33, 0), (39, 1), (41, 7), (42, 35), (41, 68), (37, 79), (34, 83), (34, 94)]
SPICE = [(0, 2), (14, 1), (20, 0), (22, 1), (22.5, 4), (22.5, 84), (19, 91), (18, 93), (18, 102)]
CREAM = (0.74, 0.69, 0.55)
INK = (0.05, 0.03, 0.03)


def preserve(
    id: str,
    title: str,
    outline: list,
    fill: Color,
    words: tuple[str, str, str],
    motif: str,
    colors: tuple[Color, Color, Color],
    label: tuple[float, float],
    source: str,
) -> Asset:
    """Returns a jar with a screw lid that can be left out; `colors` of band, motif and lid, `label` its edges, mm."""
    rng = rng_of(id)
    slots = Palette(
        glass=glass(),
        liquid=liquid(fill),
        label=Material("paper", CREAM, wear=0.1, dirt=0.0),
        band=Material("paper", colors[0], wear=0.1, dirt=0.0),
        motif=Material("paper", colors[1], wear=0.1, dirt=0.0),
        print=Material("paper", INK, wear=0.05, dirt=0.0),
        cap=Material("lacquer", colors[2], wear=0.1, dirt=0.0),
    )
    shape = rounded(outline, 3 * MM, 2)
    rim, neck, widest = shape[-1, 1], shape[-1, 0], shape[:, 0].max()
    low, high = label[0] * MM, label[1] * MM
    radius = shape[(shape[:, 1] > low) & (shape[:, 1] < high)][:, 0].max(
        initial=np.interp((low + high) / 2, shape[:, 1], shape[:, 0])
    )
    body = Mesh.merged(
        [
            slots("glass", hollow(shape, 2.6 * MM, 6 * MM)),
            slots("liquid", filling(shape, 2.6 * MM, 6 * MM, rim - 14 * MM)),
            slots("label", sleeve(radius + 0.15 * MM, low, high, 0.62)),
            round_body(
                slots,
                front(min(1.8 * radius, 3.6 * radius), high - low, *words, motif, rng),
                radius,
                (low + high) / 2,
                0,
                0.12 * MM,
            ),
        ]
    )
    cover = slots("cap", lid(neck + 2.6 * MM, 15 * MM, 0, 2 * MM))
    parts = [piece("lid", cover, (0, 0, rim - 13 * MM), UNSCREWED)]
    proxy = round_boxes((widest - 1 * MM, 0, 0.8 * rim), (neck + 1 * MM, 0.8 * rim, rim + 2 * MM))
    points = np.concatenate([body.vertices, cover.moved(z=rim - 13 * MM).vertices])
    rests = {"lying": lowered(points, turned("y", np.pi / 2))}
    return food(id, title, "jar", slots, body, proxy, source, ("container",), rests, rim + 2 * MM, parts)


def storage(id: str, title: str, content: str, radius: float, height: float) -> Asset:
    """Returns a jar with a glass lid on a wire hinge, filled with "pasta", "rice" or "beans"; metres."""
    rng = rng_of(id)
    slots = Palette(
        glass=glass(),
        seal=Material("rubber", (0.50, 0.10, 0.05), wear=0.1, dirt=0.0),
        wire=Material("bare_metal", (0.62, 0.62, 0.63), wear=0.1, dirt=0.0),
        content=Material(
            "produce",
            {"pasta": (0.66, 0.44, 0.13), "rice": (0.74, 0.70, 0.58), "beans": (0.22, 0.04, 0.03)}[content],
            wear=0.1,
            dirt=0.0,
        ),
    )
    r, h = radius / MM, height / MM
    shape = rounded(
        [
            (0, 3),
            (r * 0.6, 1),
            (r - 3, 0),
            (r, 3),
            (r, h - 16),
            (r - 5, h - 6),
            (r - 5, h - 3),
            (r - 3, h - 2),
            (r - 3, h),
        ],
        3 * MM,
        3,
    )
    room = inside(shape, 3 * MM, 7 * MM)[3:, 0].min() - 0.6 * MM
    wide = radius - 4 * MM
    level = height - 24 * MM
    body = [slots("glass", hollow(shape, 3 * MM, 7 * MM)), slots("content", *_content(content, wide, room, level, rng))]
    body.append(slots("wire", _ring(radius - 4.4 * MM, height - 4.5 * MM, 1.1 * MM)))
    back = -(radius - 1 * MM)
    body.append(
        slots(
            "wire",
            solids.tube(
                [(back - 2 * MM, -11 * MM, height - 2 * MM), (back - 2 * MM, 11 * MM, height - 2 * MM)], 1.2 * MM, 8
            ),
        )
    )
    mesh = Mesh.merged(body)
    dome = rounded([(0, 0), (r - 8, 0), (r - 3, 1.2), (r - 1, 2), (r - 1, 6), (r - 10, 10), (0, 11)], 2 * MM, 2)
    seal = skin(lathe(np.array([(0, 0), (r - 2, 0), (r - 2, 2), (0, 2)]) * MM, 40))
    hinge = np.array([back - 2 * MM, 0, height - 2 * MM])
    closure = slots(
        "wire",
        solids.tube(
            [
                (radius - 1 * MM, -9 * MM, 2 * MM),
                (radius + 3 * MM, -9 * MM, -14 * MM),
                (radius + 3 * MM, 9 * MM, -14 * MM),
                (radius - 1 * MM, 9 * MM, 2 * MM),
            ],
            1.1 * MM,
            6,
        ),
    )
    top = Mesh.merged(
        [slots("glass", skin(lathe(dome, 40)).moved(z=2.2 * MM)), slots("seal", seal.moved(z=0.1 * MM)), closure]
    )
    shut = moved_proxy(round_boxes((radius - 10 * MM, 0.5 * MM, 12 * MM)), at(0, 0, height) @ at(*-hinge))
    cover = piece(
        "lid",
        top.moved(*(np.array([0, 0, height]) - hinge)),
        hinge,
        Joint("hinge", (0.0, 1.0, 0.0), (-2.0, 0.0)),
        proxy=shut,
    )
    proxy = round_boxes((radius - 1 * MM, 0, height))
    source = "wire-bail storage jars: 0.75-1.5 l, 90-100 mm across"
    return food(id, title, "jar", slots, mesh, proxy, source, ("container",), more=[cover])


def _ring(radius: float, z: float, thick: float) -> Mesh:
    angle = np.linspace(0, 2 * np.pi, 41)[:-1]
    return solids.sweep(
        np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.full(40, z)]),
        solids.circle(thick, 6),
        smooth=True,
        closed=True,
    )


def _content(kind: str, wide: float, neck: float, level: float, rng: np.random.Generator) -> list[Mesh]:
    """Returns what a storage jar holds, within its inner radius `wide` and neck, up to a level; metres."""
    base = 7.4 * MM
    if kind == "pasta":
        sticks = []
        for ring, count in ((0.93, 34), (0.8, 24), (0.62, 14), (0.35, 8)):
            for k in range(count):
                angle = 2 * np.pi * (k + rng.uniform(-0.3, 0.3)) / count
                foot = np.array([np.cos(angle), np.sin(angle)]) * ring * (min(wide, neck) - 1.6 * MM)
                tip = foot * rng.uniform(0.85, 1.0)
                sticks.append(solids.tube([(*foot, base), (*tip, level - rng.uniform(0, 12) * MM)], 1.2 * MM, 5))
        return sticks
    if kind == "rice":
        profile = np.concatenate(
            [
                [(0, base), (wide - 2.6 * MM, base), (wide - 0.5 * MM, base + 3 * MM)],
                np.column_stack([np.full(26, wide - 0.5 * MM), np.linspace(base + 5 * MM, level - 3 * MM, 26)]),
                [(0.8 * wide, level), (0.5 * wide, level + 1 * MM), (0, level)],
            ]
        )
        return [skin(dented(lathe(profile, 72), Noise.of(rng, 0.004, 30), 0.4 * MM))]
    beans = [
        skin(lathe(np.array([(0, base), (wide * 0.72, base), (wide * 0.72, level - 8 * MM), (0, level - 5 * MM)]), 24))
    ]
    size = np.array([5.2, 3.8, 8.6]) * MM
    for z in np.arange(base + 5 * MM, level - 2 * MM, 9.6 * MM):
        count = int(2 * np.pi * (wide - 5 * MM) / (12.5 * MM))
        for k in range(count):
            angle = 2 * np.pi * (k + 0.5 * (int(z / MM) % 2) + rng.uniform(-0.15, 0.15)) / count
            bean = blob(size, 5, 4).transformed(turn("x", rng.uniform(-1.5, 1.5))).transformed(turn("z", angle))
            out = wide - 5.2 * MM
            beans.append(bean.moved(out * np.cos(angle), out * np.sin(angle), z))
    for _ in range(26):
        away, angle = np.sqrt(rng.uniform(0, 1)) * (wide - 9 * MM), rng.uniform(0, 6.3)
        beans.append(
            blob(size[[2, 0, 1]], 5, 4)
            .transformed(turn("z", rng.uniform(0, 3)))
            .moved(away * np.cos(angle), away * np.sin(angle), level - 5 * MM)
        )
    return beans


def assets() -> list[Asset]:
    """Returns preserve, honey, spice and three storage jars."""
    return [
        preserve(
            "jar_preserve_a",
            "Jar of blackberry jam",
            PRESERVE,
            (0.10, 0.006, 0.02),
            ("BRAMBLEHAY", "BLACKBERRY JAM", "370 G"),
            "discs",
            ((0.62, 0.42, 0.44), (0.10, 0.01, 0.05), (0.36, 0.02, 0.05)),
            (22, 72),
            "370 ml TO 66 preserve jar: 70 x 108 mm",
        ),
        preserve(
            "jar_preserve_b",
            "Jar of apricot jam",
            PRESERVE,
            (0.66, 0.20, 0.015),
            ("BRAMBLEHAY", "APRICOT JAM", "370 G"),
            "discs",
            ((0.72, 0.52, 0.26), (0.66, 0.22, 0.02), (0.62, 0.46, 0.10)),
            (22, 72),
            "370 ml TO 66 preserve jar: 70 x 108 mm",
        ),
        preserve(
            "jar_honey_a",
            "Jar of honey",
            HONEY,
            (0.55, 0.24, 0.01),
            ("APIVANTE", "FOREST HONEY", "500 G"),
            "diamond",
            ((0.70, 0.42, 0.05), (0.60, 0.30, 0.02), (0.60, 0.46, 0.12)),
            (20, 64),
            "500 g honey jar: 84 x 96 mm",
        ),
        preserve(
            "jar_spice_a",
            "Jar of paprika",
            SPICE,
            (0.36, 0.045, 0.012),
            ("SAFRANEL", "PAPRIKA", "46 G"),
            "leaf",
            ((0.50, 0.06, 0.02), (0.36, 0.03, 0.02), (0.03, 0.03, 0.03)),
            (18, 76),
            "100 ml spice jar: 45 x 104 mm",
        ),
        storage("jar_storage_a", "Storage jar with spaghetti", "pasta", 0.047, 0.285),
        storage("jar_storage_b", "Storage jar with rice", "rice", 0.05, 0.15),
        storage("jar_storage_c", "Storage jar with beans", "beans", 0.05, 0.17),
    ]
