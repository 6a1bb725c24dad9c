"""Long goods on bearers: boards, panels, reinforcement, pipes, props. Metres.

Timber: sawn boards 40 x 200 mm and 100 x 100 mm; formwork panels 2500 x 1250 x 21 mm; reinforcement 12 to 25 mm in
stock lengths of 6 to 12 m (EN 10080); concrete pipes DN 600 of EN 1916 (wall 90 mm, laying length 2.5 m); drain pipes
DN 160 of EN 1401-1 in 5 m lengths; steel props of EN 1065 lie in crates of about 1.2 m x 0.8 m.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from buildee.generators.construction_site.props.palette import (
    GALVANIZED,
    GREY_WOOD,
    PALE_WOOD,
    RUST,
    STRAP,
    moulded,
    painted,
    pick,
)
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Shaped, again, cuboid, model, shaped, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, boxes, circle, cylinder, loft, pipe, prism, revolve
from buildee.recipe.seed import Seed

ALONG_X = np.array([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
"""Lays what stands on Z along +X: (x, y, z) becomes (z, x, y)."""


def _bearers(places: tuple[float, ...], width: float, height: float = 0.09) -> list[Shaped]:
    """Returns squared timbers across X as parts of their own, so that their grain runs along them."""
    first = shaped(
        "bearer",
        f"stack/bearer_{round(width * 100)}_{round(height * 1000)}",
        [(GREY_WOOD, [box((0.09, width, height), (0, 0, height / 2), 0.004)])],
    )
    return [again(first, f"bearer.{number}", pose_at(x)) for number, x in enumerate(places)]


def timber_stack(length: float = 4.0, rows: int = 6, wear: float = 0.4, salt: int = 0) -> Model:
    """Returns sawn boards 40 x 200 mm, five a row, rows parted by laths; category timber_stack.

    Args:
        length: of the boards, metres, a multiple of 0.5.
        rows: how many, 1 to 14; the top row is often not full.
        wear: how grey the boards are.
        salt: selects the irregularities, 0 to 7.
    """
    rng = Seed(salt).child("timber_stack").rng()
    sizes, poses, laths = [], [], []
    for row in range(rows):
        z = 0.09 + row * 0.055
        count = 5 if row < rows - 1 else int(rng.integers(2, 6))
        for k in range(count):
            sizes.append((length + rng.uniform(-0.03, 0.03), 0.195, 0.04))
            x, y = rng.normal(0, 0.02), (k - 2) * 0.205 + rng.normal(0, 0.003)
            poses.append(pose_at(x, y, z + 0.02, rng.normal(0, 0.002)))
        if row < rows - 1:
            laths += [box((0.04, 1.04, 0.015), (x, 0, z + 0.0475)) for x in np.linspace(-0.42, 0.42, 3) * length]
    wood = Material("wood", (0.52, 0.37, 0.21), wear=wear, dirt=0.25)
    key = f"timber_stack/{round(length * 10)}_{rows}_{salt}"
    load = shaped("load", key, [(wood, [boxes(sizes, poses, 0.003)]), (GREY_WOOD, laths)])
    return model("timber_stack", [load, *_bearers(tuple(np.linspace(-0.38, 0.38, 3) * length), 1.1)])


def timber_stack_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of boards."""
    return timber_stack(
        float(rng.choice([3.0, 4.0, 5.0])), int(rng.integers(3, 13)), float(rng.uniform(0.2, 0.8)), int(rng.integers(8))
    )


def plywood_stack(sheets: int = 24, color: Color = (0.33, 0.18, 0.085), strapped: bool = True, salt: int = 0) -> Model:
    """Returns formwork panels 2500 x 1250 x 21 mm on bearers; category plywood_stack.

    Args:
        sheets: how many, 3 to 40.
        color: of the film on the faces.
        strapped: steel straps around a full pack.
        salt: selects the irregularities, 0 to 7.
    """
    rng = Seed(salt).child("plywood_stack").rng()
    loose = 0.003 if strapped else 0.012
    poses = [
        pose_at(rng.normal(0, loose), rng.normal(0, loose), 0.09 + (k + 0.5) * 0.0212, rng.normal(0, loose / 4))
        for k in range(sheets)
    ]
    panels = boxes(np.full((sheets, 3), (2.5, 1.25, 0.0206)), poses, 0.001)
    top = 0.09 + sheets * 0.0212
    straps: list[Mesh] = []
    if strapped:
        for x in (-0.7, 0.7):
            straps.append(box((0.019, 1.275, 0.002), (x, 0, top + 0.001)))
            straps += [box((0.019, 0.002, top - 0.09), (x, side * 0.637, (top + 0.09) / 2)) for side in (-1, 1)]
    ply = Material("plywood", color, wear=0.35, dirt=0.3)
    load = shaped("load", f"plywood_stack/{sheets}_{strapped:d}_{salt}", [(ply, [panels]), (STRAP, straps)])
    return model("plywood_stack", [load, *_bearers((-0.95, 0.0, 0.95), 1.25)])


def plywood_stack_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of panels."""
    colors: tuple[Color, ...] = ((0.33, 0.18, 0.085), (0.12, 0.055, 0.03), (0.45, 0.31, 0.16))
    return plywood_stack(int(rng.integers(5, 36)), pick(rng, colors), bool(rng.random() < 0.5), int(rng.integers(8)))


def rebar_bundle(
    length: float = 6.0, diameter: float = 0.016, count: int = 70, wear: float = 0.6, salt: int = 0, bundles: int = 2
) -> Model:
    """Returns bundles of straight reinforcing bars on bearers, tied with wire, with mill tags; category rebar_bundle.

    Args:
        length: stock length, metres.
        diameter: of a bar, metres.
        count: how many bars a bundle, 20 to 100.
        wear: how far rust has got.
        salt: selects the irregularities, 0 to 7.
        bundles: side by side, 1 to 3.
    """
    rng = Seed(salt).child("rebar_bundle").rng()
    pitch = diameter * 1.12 * np.sqrt(2.2 * count) + 0.09
    steel, tags = [], []
    for number in range(bundles):
        rods, tag = _bundle(length, diameter, count, rng)
        place = ((number - (bundles - 1) / 2) * pitch, rng.normal(0, 0.06))
        steel += [mesh.moved(place[1], place[0]) for mesh in rods]
        tags.append(tag.moved(place[1], place[0]))
    rust = Material("rusty_steel", RUST.color, wear=wear, dirt=0.3)
    key = f"rebar_bundle/{round(length * 10)}_{round(diameter * 1000)}_{count}_{bundles}_{salt}"
    load = shaped("load", key, [(rust, steel), (moulded((0.7, 0.6, 0.05)), tags)])
    places = tuple(np.linspace(-0.4, 0.4, max(3, round(length / 2))) * length)
    return model("rebar_bundle", [load, *_bearers(places, round(0.3 + bundles * pitch, 1))])


def _bundle(length: float, diameter: float, count: int, rng: np.random.Generator) -> tuple[list[Mesh], Mesh]:
    """Returns the bars and wires of one bundle, and its tag."""
    spots, row, base = [], 0, int(np.sqrt(2.2 * count))
    while len(spots) < count and base - row > 0:
        spots += [
            ((k - (base - row - 1) / 2) * diameter * 1.12, 0.09 + diameter * (0.56 + row * 0.93))
            for k in range(base - row)
        ]
        row += 1
    spots = np.array(spots[:count])
    shift, half = rng.normal(0, 0.035, (count, 2)), length / 2
    jitter = rng.normal(0, diameter * 0.16, (2, count, 2)) * (1, 0.3)
    left = np.column_stack([-half + shift[:, 0], spots + jitter[0]])
    right = np.column_stack([half + shift[:, 1], spots + jitter[1]])
    rods = [bars(left, right, diameter / 2, 6)]
    wide, high = np.abs(spots[:, 0]).max() + diameter, spots[:, 1].max() + diameter * 0.7
    ties = []
    for x in np.linspace(-0.4, 0.4, 5) * length:
        hoop = [(x, -wide, 0.088), (x + 0.01, wide, 0.088), (x, wide * 0.55, high), (x - 0.01, -wide * 0.55, high)]
        ties.append(chain(hoop, 0.003, 4, closed=True))
    tag = box((0.1, 0.003, 0.06), (half - 0.5, -wide * 0.9 - 0.001, 0.1 + diameter), 0.001)
    return [*rods, *ties], tag


def rebar_bundle_rand(rng: np.random.Generator) -> Model:
    """Samples a bundle of bars."""
    length, diameter = float(rng.choice([6.0, 8.0, 12.0])), float(rng.choice([0.012, 0.016, 0.02, 0.025]))
    count, wear, salt = int(rng.integers(4, 10)) * 10, float(rng.uniform(0.4, 0.9)), int(rng.integers(8))
    return rebar_bundle(length, diameter, count, wear, salt, int(rng.integers(1, 4)))


def concrete_pipes(rows: int = 2, base: int = 3) -> Model:
    """Returns DN 600 concrete pipes with sockets in a pyramid, wedged on bearers; category pipe.

    Args:
        rows: how many rows, 1 to `base`.
        base: pipes in the lowest row, 1 to 4.
    """
    length, outer, inner = 2.5, 0.39, 0.3
    profile = [
        (inner, 0.0),
        (outer - 0.005, 0.0),
        (outer, 0.005),
        (outer, length - 0.36),
        (outer + 0.07, length - 0.26),
        (outer + 0.07, length),
        (inner + 0.1, length),
        (inner + 0.095, length - 0.11),
        (inner, length - 0.115),
    ]
    rings = [np.column_stack([circle(radius, 32), np.full(32, z)]) for radius, z in profile]
    one = loft(rings, closed=True, smooth=True).moved(z=-length / 2).transformed(ALONG_X)
    pitch, radius = 2 * (outer + 0.07) + 0.02, outer
    lift = 0.09
    pipes, chocks, boxes = [], [], []
    for row in range(rows):
        z = lift + radius + row * pitch * 0.866
        for k in range(base - row):
            y = (k - (base - row - 1) / 2) * pitch
            turn = pose_at(0, y, z, np.pi * ((row + k) % 2))
            pipes.append(one.transformed(turn))
            boxes.append(
                cuboid((-length / 2, y - 0.46, z - 0.46 if row else lift - 0.07), (length / 2, y + 0.46, z + 0.46))
            )
    edge = (base - 1) / 2 * pitch
    wedge = [(0, 0), (0.2, 0), (0, 0.14)]
    for x in (-0.75, 0.75):
        for side in (-1, 1):
            shape = prism(wedge, 0.09).transformed(
                np.array([[0.0, 0, 1, x - 0.045], [1, 0, 0, edge + 0.13], [0, 1, 0, lift], [0, 0, 0, 1]])
            )
            chocks.append(shape.transformed(pose_at(yaw=np.pi if side < 0 else 0.0)))
    concrete = Material("concrete", (0.4, 0.395, 0.37), wear=0.4, dirt=0.4, scale=6.0)
    load = shaped(
        "load",
        f"pipe/concrete_{rows}_{base}",
        [(concrete, pipes), (PALE_WOOD, chocks)],
        [*boxes, cuboid((-0.8, -edge - 0.34, lift), (0.8, edge + 0.34, lift + 0.15))],
    )
    return model("pipe", [load, *_bearers((-0.75, 0.75), 2 * edge + 0.8)])


def concrete_pipes_rand(rng: np.random.Generator) -> Model:
    """Samples a pyramid of concrete pipes."""
    base = int(rng.integers(2, 5))
    return concrete_pipes(int(rng.integers(1, min(base, 3) + 1)), base)


def plastic_pipes(rows: int = 4, color: Color = (0.55, 0.16, 0.03)) -> Model:
    """Returns drain pipes DN 160 in a timber cradle, five a row, sockets by turns; category pipe."""
    length, outer = 5.0, 0.08
    straight = pipe(outer, outer - 0.0045, length - 0.1, 16)
    socket = pipe(outer + 0.011, outer - 0.001, 0.11, 16).moved(z=length - 0.1)
    one = Mesh.merged([straight, socket]).moved(z=-length / 2).transformed(ALONG_X)
    pipes = []
    for row in range(rows):
        for k in range(5):
            y, z = (k - 2) * 0.186, 0.1685 + row * 0.172
            pipes.append(one.transformed(pose_at(0, y, z, np.pi * ((row + k) % 2))))
    top = 0.1685 + (rows - 1) * 0.172 + 0.08
    frames = []
    for x in (-1.9, 0.0, 1.9):
        frames += [box((0.06, 0.03, top + 0.03), (x, side * 0.485, (top + 0.03) / 2), 0.003) for side in (-1, 1)]
        frames += [box((0.06, 0.94, 0.025), (x, 0, z), 0.003) for z in (0.076, top + 0.0125)]
    layers = [(moulded(color, 0.3, 0.3), pipes), (PALE_WOOD, frames)]
    return single("pipe", f"pipe/plastic_{rows}", layers)


def plastic_pipes_rand(rng: np.random.Generator) -> Model:
    """Samples a bundle of drain pipes."""
    return plastic_pipes(
        int(rng.integers(2, 6)), pick(rng, ((0.55, 0.16, 0.03), (0.02, 0.021, 0.023), (0.25, 0.26, 0.27)))
    )


def prop_crate(count: int = 36, color: Color = (0.48, 0.03, 0.025), salt: int = 0) -> Model:
    """Returns steel props lying in a stacking crate; category formwork_prop.

    Args:
        count: how many props, up to 50.
        color: of the outer tubes.
        salt: selects the irregularities, 0 to 7.
    """
    rng = Seed(salt).child("prop_crate").rng()
    length = 1.9
    outer, inner, plates = [], [], []
    for number in range(count):
        row, k = divmod(number, 7)
        y, z = (k - 3) * 0.101 + (0.02 if row % 2 else -0.02), 0.2205 + row * 0.1
        way = 1.0 if (row + k) % 2 else -1.0
        x = rng.uniform(-0.003, 0.003)
        outer.append(((x - way * length / 2, y, z), (x + way * 0.45, y, z)))
        inner.append(((x + way * 0.45, y, z), (x + way * length / 2, y, z)))
        plates += [box((0.008, 0.1, 0.1), (x + s * length / 2, y, z + 0.005), 0.001) for s in (-1, 1)]
    ends = [np.array(rows) for rows in (outer, inner)]
    frame = []
    for sx in (-0.55, 0.55):
        frame += [box((0.05, 0.05, 0.78), (sx, side * 0.4, 0.39), 0.004) for side in (-1, 1)]
        frame += [box((0.05, 0.8, 0.05), (sx, 0, z), 0.004) for z in (0.165,)]
    frame += [box((1.1, 0.05, 0.05), (0, side * 0.4, 0.165), 0.004) for side in (-1, 1)]
    frame += [box((0.09, 0.09, 0.02), (sx, side * 0.4, 0.01), 0.003) for sx in (-0.55, 0.55) for side in (-1, 1)]
    layers = [
        (painted(color, 0.7, 0.5), [bars(ends[0][:, 0], ends[0][:, 1], 0.03015, 8)]),
        (GALVANIZED, [bars(ends[1][:, 0], ends[1][:, 1], 0.024, 8), *plates, *frame]),
    ]
    top = 0.2205 + ((count - 1) // 7) * 0.1 + 0.06
    boxes = [cuboid((-1.05, -0.42, 0.14), (1.05, 0.42, top)), cuboid((-0.6, -0.45, 0), (0.6, 0.45, 0.79))]
    return single("formwork_prop", f"prop_crate/{count}_{salt}", layers, boxes)


def prop_crate_rand(rng: np.random.Generator) -> Model:
    """Samples a crate of props."""
    colors: tuple[Color, ...] = ((0.48, 0.03, 0.025), (0.6, 0.22, 0.02), (0.05, 0.12, 0.33), (0.62, 0.42, 0.02))
    return prop_crate(int(rng.integers(12, 42)), pick(rng, colors), int(rng.integers(8)))


def cable_drum(diameter: float = 1.2, color: Color = (0.015, 0.015, 0.016)) -> Model:
    """Returns a wooden drum standing on its rims, axle along Y, with cable on it; category cable_drum.

    Args:
        diameter: of the flanges, metres, 0.8 to 1.8.
        color: of the cable's sheath.
    """
    radius, width = diameter / 2, 0.62 * diameter
    half, thick = width / 2, 0.06
    wood, cable = [], []
    for side in (-1, 1):
        wood += _flange(radius, thick / 2, 0.0, side * half - (thick if side > 0 else 0))
        wood += _flange(radius - 0.012, thick / 2, np.pi / 2, side * half - thick / 2)
    cable.append(_wound(radius * 0.78, half - thick))
    axle = [cylinder(0.11, 0.012, 8).moved(z=side * (half + 0.002) - (0.012 if side < 0 else 0)) for side in (-1, 1)]
    hole = [cylinder(0.045, 0.006, 20).moved(z=side * (half + 0.014) - (0.006 if side < 0 else 0)) for side in (-1, 1)]
    stand = pose_at(z=radius) @ rotation((1, 0, 0), np.pi / 2)
    bolts = [
        cylinder(0.014, 0.02, 6).moved(*(circle(0.3 * diameter, 6)[k]), side * half - 0.01)
        for k in range(6)
        for side in (-1, 1)
    ]
    groups = [(GREY_WOOD, wood), (moulded(color, 0.2, 0.35), cable), (GALVANIZED, [*axle, *bolts]), (STRAP, hole)]
    layers = [(material, [mesh.transformed(stand) for mesh in meshes]) for material, meshes in groups]
    return single("cable_drum", f"cable_drum/{round(diameter * 100)}", layers)


def cable_drum_rand(rng: np.random.Generator) -> Model:
    """Samples a cable drum."""
    return cable_drum(
        float(rng.choice([0.8, 1.0, 1.2, 1.5])),
        pick(rng, ((0.015, 0.015, 0.016), (0.55, 0.12, 0.01), (0.03, 0.06, 0.25))),
    )


def _flange(radius: float, thick: float, turn: float, z: float) -> list[Mesh]:
    """Returns a disc of boards cut to a circle, their joints open by 5 mm."""
    edges = np.linspace(-radius, radius, 8)
    boards = []
    for low, high in pairwise(edges):
        y = np.linspace(low + 0.0025, high - 0.0025, 7)
        x = np.sqrt(np.maximum(radius**2 - y**2, (0.02) ** 2))
        outline = np.concatenate([np.column_stack([x, y]), np.column_stack([-x, y])[::-1]])
        boards.append(prism(outline, thick).transformed(pose_at(z=z, yaw=turn)))
    return boards


def _wound(radius: float, half: float) -> Mesh:
    """Returns turns of cable side by side as one ridged solid."""
    turns = max(6, round(2 * half / 0.045))
    z = np.linspace(-half, half, 2 * turns + 1)
    ridge = np.where(np.arange(len(z)) % 2, 0.0, -0.014)
    return revolve(np.column_stack([radius + ridge, z]), 32)
