"""Scaffolding and steel in store: stillages of tube, boards and fittings, bundles of sections, mats of mesh. Metres.

Scaffold tube 48.3 x 3.2 mm (EN 39) in lengths of 3 to 6 m, boards 3.9 m x 225 x 38 mm (BS 2482), fittings in mesh bins
of 1.2 x 0.8 x 0.8 m. Sections: HEB 200 (EN 10365: 200 x 200 mm, web 9 mm, flanges 15 mm). Mats: 10 mm bars every 200
mm, 4.8 x 2.4 m (BS 4483).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from buildee.generators.construction_site.props.palette import GALVANIZED, RUST, WHITE, painted, pick
from buildee.generators.construction_site.props.sheet import STAND, rounded
from buildee.generators.construction_site.props.stacks import ALONG_X, _bearers
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import Layer, Shaped, again, cuboid, model, shaped, single
from buildee.layout.lettering import text
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, boxes, loft, prism
from buildee.recipe.seed import Seed

RACK_COLORS: tuple[Color, ...] = ((0.02, 0.1, 0.3), (0.45, 0.03, 0.02), (0.5, 0.3, 0.02), (0.2, 0.21, 0.21))

Load = Literal["tubes", "boards", "fittings"]


def scaffold_rack(load: Load = "tubes", color: Color = RACK_COLORS[0], fill: int = 5, salt: int = 0) -> Model:
    """Returns a stillage of scaffold material along X; category scaffold_rack.

    Args:
        load: what is in it.
        color: of the rack.
        fill: how full, 1 to 8.
        salt: selects the irregularities, 0 to 7.
    """
    rng = Seed(salt).child("scaffold_rack").rng()
    key = f"scaffold_rack/{load}_{fill}_{salt}"
    paint = painted(color, 0.7, 0.5)
    if load == "fittings":
        return single("scaffold_rack", key, [(paint, _bin()), (GALVANIZED, [_fittings(fill, rng)])])
    length, wide, tall = (4.0, 0.9, 0.95) if load == "tubes" else (3.9, 0.98, 1.0)
    frame = shaped("rack", f"scaffold_rack/{load}", [(paint, _stillage(wide, tall))], _posts(wide, tall))
    if load == "tubes":
        goods, top = _tubes(length, wide, fill, rng)
        layers: list[Layer] = [(GALVANIZED, [goods]), (painted((0.5, 0.03, 0.02), 0.6, 0.4), [])]
    else:
        goods, ends, top = _boards(length, fill, rng)
        layers = [(Material("wood", (0.4, 0.3, 0.19), wear=0.7, dirt=0.5), [goods]), (GALVANIZED, [ends])]
    box_of = [cuboid((-length / 2 - 0.2, -wide / 2 + 0.03, 0.1), (length / 2 + 0.2, wide / 2 - 0.03, top))]
    return model("scaffold_rack", [frame, shaped("load", key, layers, box_of)])


def _stillage(wide: float, tall: float) -> list[Mesh]:
    """Returns two portals with feet, tied by rails below."""
    steel = []
    for x in (-1.1, 1.1):
        steel += [box((0.06, 0.06, tall), (x, s * (wide / 2), tall / 2), 0.004) for s in (-1, 1)]
        steel += [box((0.12, 0.12, 0.012), (x, s * (wide / 2), 0.006), 0.003) for s in (-1, 1)]
        steel += [box((0.06, wide, 0.06), (x, 0, 0.1), 0.004)]
    steel += [box((2.2, 0.05, 0.05), (0, s * (wide / 2), 0.1), 0.004) for s in (-1, 1)]
    return steel


def _posts(wide: float, tall: float) -> list:
    """Returns the proxy's boxes of a stillage."""
    posts = [
        cuboid((x - 0.06, s * wide / 2 - 0.06, 0), (x + 0.06, s * wide / 2 + 0.06, tall))
        for x in (-1.1, 1.1)
        for s in (-1, 1)
    ]
    return [*posts, cuboid((-1.13, -wide / 2 - 0.03, 0.05), (1.13, wide / 2 + 0.03, 0.14))]


def _tubes(length: float, wide: float, fill: int, rng: np.random.Generator) -> tuple[Mesh, float]:
    """Returns tubes in a stillage, and the height of the uppermost."""
    radius, pitch = 0.02415, 0.0495
    across = int((wide - 0.1) / pitch)
    rows = []
    for row in range(fill):
        count = across - row % 2 if row < fill - 1 else int(rng.integers(3, across))
        y = (np.arange(count) - (across - 1 - row % 2) / 2) * pitch
        rows.append(np.column_stack([y, np.full(count, 0.13 + radius + row * pitch * 0.8735)]))
    spots = np.concatenate(rows)
    half = rng.choice([length / 2, length / 2, length / 2 - 0.5, length / 2 + 0.1], len(spots))
    shift = rng.normal(0, 0.04, len(spots))
    left, right = (np.column_stack([shift + s * half, spots]) for s in (-1, 1))
    return bars(left, right, radius, 8), float(spots[:, 1].max() + 0.03)


def _boards(length: float, fill: int, rng: np.random.Generator) -> tuple[Mesh, Mesh, float]:
    """Returns boards four abreast in a stillage, their end bands, and the height of the uppermost."""
    at = np.array([(k, row) for row in range(fill * 2) for k in range(4)])[: fill * 8 - int(rng.integers(0, 4))]
    places = np.column_stack(
        [rng.normal(0, 0.025, len(at)), (at[:, 0] - 1.5) * 0.228, 0.13 + 0.019 + at[:, 1] * 0.0385]
    )
    planks = boxes(np.broadcast_to((length, 0.225, 0.038), (len(at), 3)), translation(places), 0.002)
    sides = np.concatenate([places + np.array([s * (length / 2 - 0.03), 0, 0]) for s in (-1, 1)])
    bands = boxes(np.broadcast_to((0.03, 0.2262, 0.0385), (len(sides), 3)), translation(sides))
    return planks, bands, float(0.13 + (at[:, 1].max() + 1) * 0.0385 + 0.02)


def _bin() -> list[Mesh]:
    """Returns a mesh bin on feet: frame, welded wires, a floor."""
    steel = [box((0.05, 0.05, 0.8), (sx * 0.575, sy * 0.375, 0.4), 0.004) for sx in (-1, 1) for sy in (-1, 1)]
    for z in (0.13, 0.775):
        steel += [box((1.1, 0.04, 0.05), (0, s * 0.375, z), 0.004) for s in (-1, 1)]
        steel += [box((0.04, 0.7, 0.05), (s * 0.575, 0, z), 0.004) for s in (-1, 1)]
    steel.append(box((1.14, 0.74, 0.01), (0, 0, 0.14)))
    x, y, z = np.arange(-0.5, 0.51, 0.1), np.arange(-0.3, 0.31, 0.1), np.arange(0.23, 0.75, 0.1)
    upright = np.array([(a, s * 0.375) for a in x for s in (-1, 1)] + [(s * 0.575, b) for b in y for s in (-1, 1)])
    low, high = (np.column_stack([upright, np.full(len(upright), h)]) for h in (0.14, 0.77))
    level = [((-0.57, s * 0.375, h), (0.57, s * 0.375, h)) for h in z for s in (-1, 1)]
    level += [((s * 0.575, -0.37, h), (s * 0.575, 0.37, h)) for h in z for s in (-1, 1)]
    ends = np.array(level)
    return [*steel, bars(low, high, 0.0035, 4), bars(ends[:, 0], ends[:, 1], 0.0035, 4)]


def _fittings(fill: int, rng: np.random.Generator) -> Mesh:
    """Returns couplers tipped into a bin: shells, flaps and bolts in a heap."""
    count = 40 + 9 * fill
    level = 0.15 + 0.07 * fill
    spots = rng.uniform((-0.5, -0.3), (0.5, 0.3), (count, 2))
    dome = 0.1 * np.cos(spots[:, 0] * 2.6) * np.cos(spots[:, 1] * 4)
    heading, tilt = rng.uniform(0, 2 * np.pi, count), rng.uniform(-0.9, 0.9, count)
    poses = translation(np.column_stack([spots, level + dome - rng.uniform(0, 0.04, count)]))
    poses = poses @ rotation((0, 0, 1), heading) @ rotation((1, 0, 0), tilt)
    shell = boxes(np.broadcast_to((0.09, 0.07, 0.055), (count, 3)), poses, 0.012)
    bolt = boxes(np.broadcast_to((0.14, 0.018, 0.018), (count, 3)), poses)
    core = loft(
        [
            np.column_stack([rounded((x, y), 0.04), np.full(20, z)])
            for x, y, z in ((1.08, 0.68, 0.14), (1.08, 0.68, level), (0.8, 0.5, level + 0.06), (0.3, 0.2, level + 0.1))
        ]
    )
    return Mesh.merged([shell, bolt, core])


def scaffold_rack_rand(rng: np.random.Generator) -> Model:
    """Samples a stillage."""
    load: Load = ("tubes", "boards", "fittings")[int(rng.integers(3))]
    return scaffold_rack(load, pick(rng, RACK_COLORS), int(rng.integers(2, 9)), int(rng.integers(8)))


SECTION_COATS: tuple[Material, ...] = (
    Material("painted_metal", (0.2, 0.05, 0.035), wear=0.4, dirt=0.4),
    Material("painted_metal", (0.3, 0.31, 0.31), wear=0.35, dirt=0.4),
    RUST,
)
"""Red oxide primer, grey primer, none."""


def steel_sections(length: float = 6.0, count: int = 4, coat: int = 0, salt: int = 0) -> Model:
    """Returns HEB 200 beams side by side and on top of each other, along X, with marks; category steel_section.

    Args:
        length: metres, a multiple of 0.5.
        count: 1 to 6, at most three abreast.
        coat: index into `SECTION_COATS`.
        salt: selects the irregularities, 0 to 7.
    """
    half, flange, web = 0.1, 0.015, 0.0045
    right = [(half, 0), (half, flange), (web + 0.012, flange), (web, flange + 0.012)]
    right += [(x, 2 * half - z) for x, z in right[::-1]]
    outline = np.array(right + [(-x, z) for x, z in right[::-1]])
    rng = Seed(salt).child("steel_sections").rng()
    beams, marks, boxes_of = [], [], []
    lower = min(count, 3)
    for number in range(count):
        row, place = divmod(number, 3)
        y = (place - (min(count - 3 * row, 3) - 1) / 2) * 0.235 + rng.normal(0, 0.006)
        z = 0.09 + row * (0.2 + 0.07)
        off = rng.normal(0, 0.05)
        own = length - (0.5 * int(rng.integers(0, 2)) if row else 0.0)
        pose = pose_at(off, y, z, rng.normal(0, 0.002))
        body = prism(outline, own).transformed(ALONG_X).moved(x=-own / 2)
        plates = [box((0.02, 0.2, 0.2), (s * (own / 2 + 0.01), 0, 0.1), 0.002) for s in (-1, 1)]
        beams += [mesh.transformed(pose) for mesh in (body, *plates)]
        word = text(f"{'BC'[number % 2]}{int(rng.integers(10, 99))} L{round(own * 1000)}", 0.09).transformed(STAND)
        marks.append(word.moved(-own / 2 + 0.3, -web, 0.055).transformed(pose))
        boxes_of.append(cuboid((off - own / 2 - 0.03, y - 0.11, z), (off + own / 2 + 0.03, y + 0.11, z + 0.201)))
    chalk = Material("paint", WHITE, wear=0.5, dirt=0.2)
    key = f"steel_section/heb_{round(length * 10)}_{count}_{salt}"
    pieces: list[Shaped] = [shaped("load", key, [(SECTION_COATS[coat], beams), (chalk, marks)], boxes_of)]
    places = (-0.36 * length, 0.36 * length) if length < 7 else (-0.4 * length, 0.0, 0.4 * length)
    pieces += _bearers(places, round(lower * 0.235 + 0.2, 1))
    if count > 3:
        pieces += [
            again(t, f"upper.{t.part.name}", pose_at(z=0.29) @ t.part.rest)
            for t in _bearers(places, round(lower * 0.235 + 0.1, 1), 0.07)
        ]
    return model("steel_section", pieces)


def steel_sections_rand(rng: np.random.Generator) -> Model:
    """Samples a bundle of beams."""
    return steel_sections(
        float(rng.choice([4.0, 5.0, 6.0, 8.0])), int(rng.integers(2, 7)), int(rng.integers(3)), int(rng.integers(8))
    )


def mesh_mats(count: int = 4, wear: float = 0.5, salt: int = 0) -> Model:
    """Returns mats of reinforcing mesh on bearers; category rebar_bundle.

    Args:
        count: 2 to 9.
        wear: how far rust has got.
        salt: selects the irregularities, 0 to 7.
    """
    rng = Seed(salt).child("mesh_mats").rng()
    length, wide, radius = 4.8, 2.4, 0.005
    x, y = np.arange(-length / 2 + 0.1, length / 2, 0.2), np.arange(-wide / 2 + 0.1, wide / 2, 0.2)
    starts, ends = [], []
    for level in range(count):
        z = 0.09 + radius + level * 4 * radius
        off = np.array([*rng.normal(0, 0.02, 2), 0.0])
        for sign, rows in ((-1, starts), (1, ends)):
            rows.append(np.column_stack([np.full_like(y, sign * length / 2), y, np.full_like(y, z)]) + off)
            rows.append(np.column_stack([x, np.full_like(x, sign * wide / 2), np.full_like(x, z + 2 * radius)]) + off)
    steel = bars(np.concatenate(starts), np.concatenate(ends), radius, 4)
    top = 0.09 + 4 * radius * count
    box_of = [cuboid((-length / 2 - 0.06, -wide / 2 - 0.06, 0.08), (length / 2 + 0.06, wide / 2 + 0.06, top + 0.02))]
    rust = Material("rusty_steel", RUST.color, wear=wear, dirt=0.3)
    load = shaped("load", f"rebar_bundle/mats_{count}_{salt}", [(rust, [steel])], box_of)
    return model("rebar_bundle", [load, *_bearers((-1.8, -0.6, 0.6, 1.8), 2.2)])


def mesh_mats_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of mats."""
    return mesh_mats(int(rng.integers(2, 9)), float(rng.uniform(0.3, 0.9)), int(rng.integers(8)))
