"""The town around the lot: rows of houses across the streets, gardens, trees, and what lies behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.backdrop import backdrop
from buildee.generators.construction_site.blocks import CORNER, FORECOURT, blocks
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.parking import parked, traffic
from buildee.generators.construction_site.section import Surroundings
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.street_things import street_things
from buildee.generators.construction_site.streets import Street, heights, streets
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Assembly
from buildee.layout.solids import box
from buildee.recipe.seed import Seed
from buildee.town import house_looks, houses, trees
from buildee.town.house_shell import house as house_mesh
from buildee.town.houses import House, Style

NEAR = 26.0
"""How far the rows of houses with rooms behind their windows go on beyond the corners of the lot, metres."""

PAVED = 56.0
"""How far the paved strip before the houses goes on there: no block is shorter, metres."""

CROWN = 2.3
"""Largest radius of a street tree's crown: what room there is between its stem and the houses, metres."""

HEDGE = (0.6, 0.85)
"""Width and height of a clipped hedge before a house, metres."""

DISTRICTS: Mapping[str, Mapping[Style, float]] = MappingProxyType(
    {
        "terraces": {"terrace": 0.75, "warehouse": 0.1, "estate": 0.15},
        "boulevard": {"boulevard": 0.75, "estate": 0.15, "office": 0.1},
        "estate": {"estate": 0.7, "office": 0.15, "terrace": 0.15},
        "business": {"office": 0.55, "warehouse": 0.2, "boulevard": 0.15, "estate": 0.1},
        "mixed": {"terrace": 0.2, "boulevard": 0.3, "estate": 0.2, "office": 0.15, "warehouse": 0.15},
    }
)
"""Shares of the kinds of houses by district."""


class Design(NamedTuple):
    """A house as it may stand more than once.

    Attributes:
        key: of its shape.
        house: what it is like.
        mesh: its shape.
    """

    key: str
    house: House
    mesh: Mesh


def town(spec: Surroundings, plot: Plot, ground: Ground, time: NDArray[np.float64], seed: Seed) -> Assembly:
    """Returns everything beyond the fence.

    Args:
        spec: the section of the recipe.
        plot: the zones of the site.
        ground: what things stand on.
        time: (T,) seconds of the frames.
        seed: of the town.

    Raises:
        PlacementError: if the streets do not hold all that is parked; says which field to change.
    """
    built, kerbside = Plan(), Plan()
    rng = seed.child("district").rng()
    district = spec.district if spec.district != "any" else str(rng.choice(list(DISTRICTS)))
    lines = streets(plot)
    pieces = [_rows(spec, lines, ground, DISTRICTS[district], built, seed.child("houses"))]
    town = blocks(plot, NEAR, seed.child("blocks").rng())
    pieces.append(backdrop(spec, district, DISTRICTS[district], town, ground, seed.child("skyline")))
    pieces.append(street_things(lines, plot, ground, kerbside, seed.child("street")))
    pieces.append(_trees(spec, lines, ground, kerbside, built, seed.child("trees").rng()))
    pieces.append(parked(spec, lines, plot, ground, seed.child("vans")))
    pieces.append(traffic(spec.traffic, lines, plot, ground, time, seed.child("traffic")))
    return Assembly.merged(pieces)


def _rows(
    spec: Surroundings, lines: tuple[Street, ...], ground: Ground, shares: Mapping[Style, float], plan: Plan, seed: Seed
) -> Assembly:
    """Returns houses along the far side of every street, shoulder to shoulder, with the odd gap."""
    pieces, gardens, hedges = [], [], []
    designs: dict[tuple, Design] = {}
    for street in lines:
        rng = seed.child(street.quarter).rng()
        out = street.width + PAVEMENT + FORECOURT
        # Rows along X start beyond those along Y at the corners.
        start = street.corner + street.width + PAVEMENT + FORECOURT + (CORNER if street.quarter % 2 == 0 else 0.0)
        inner = street.corner - PAVEMENT
        style: Style = str(rng.choice(list(shares), p=list(shares.values())))
        for low, high in ((-inner, inner), (start, start + NEAR), (-start - NEAR, -start)):
            edge = low
            while high - edge > 8.0:
                if rng.random() < 0.4:
                    style = str(rng.choice(list(shares), p=list(shares.values())))
                length = round(float(min(rng.uniform(9.0, 17.0), high - edge)), 2)
                length = round(high - edge, 2) if high - edge - length < 8.0 else length
                name = f"house.{len(pieces)}"
                beyond = low != -inner  # where rows are seen aslant, two designs of a kind will do
                length = NEAR / 2 if beyond else length
                ends = _open_ends(street, edge, edge + length, inner)
                key = (style, ends, len(pieces) % 2) if beyond else (name,)
                if key not in designs:
                    house = replace(houses.draw(rng, length, spec.storeys, style), ends=ends)
                    designs[key] = Design(f"town/{name}", house, house_mesh(house, rng))
                house = designs[key].house
                pieces.append(_house(name, designs[key], street, edge + length / 2, out, ground, plan, rng))
                if style == "estate" and rng.random() < 0.75:
                    hedges.append(_hedge(house, street, edge + length / 2, out))
                edge += length
                if high - edge > 14.0 and rng.random() < 0.14:
                    gap = float(rng.uniform(3.5, 6.0))
                    gardens.append(street.footprint(edge + gap / 2, out + 5.0, gap - 0.6, 9.0))
                    edge += gap
    pieces.append(_gardens(gardens, ground, spec, seed.child("gardens").rng()))
    return Assembly.merged([*pieces, _hedges(hedges, ground, spec), _paving(lines, ground)])


def _open_ends(street: Street, low: float, high: float, inner: float) -> tuple[int, ...]:
    """Returns the ends of a house that stand at a crossing street; its +Y end is at low `along`."""
    corners = [inner] if street.quarter % 2 == 0 else [inner, street.corner + street.width + PAVEMENT + FORECOURT]
    at_low = any(abs(low - side * corner) < 0.01 for corner, side in zip(corners, (-1, 1), strict=False))
    at_high = any(abs(high - side * corner) < 0.01 for corner, side in zip(corners, (1, -1), strict=False))
    return (1,) * at_low + (-1,) * at_high


def _house(
    name: str,
    design: Design,
    street: Street,
    along: float,
    out: float,
    ground: Ground,
    plan: Plan,
    rng: np.random.Generator,
) -> Assembly:
    """Returns a house on the far side of a street, its front towards it."""
    house = design.house
    x, y = street.points(along, out)
    z = float(ground.height(np.array([x, y])))
    plan.keep(name, street.footprint(along, out + house.depth / 2, house.length, house.depth))
    body = [(-house.depth, -house.length / 2, 0), (0, house.length / 2, house.eaves)]
    roof = [(-0.8 * house.depth, -house.length / 2, house.eaves), (-0.2 * house.depth, house.length / 2, house.top)]
    return piece(
        name,
        "building",
        (design.key, design.mesh),
        house_looks.looks(rng, house.style),
        pose_at(float(x), float(y), z, street.heading + np.pi / 2),
        box_proxy(body, roof),
    )


def _hedge(house: House, street: Street, along: float, out: float) -> NDArray[np.float64]:
    """Returns (N, 4): x, y, heading and length of the pieces of a hedge before a house, none before its doors."""
    bay = house.length / house.columns
    columns = [column for column in range(house.columns) if column not in house.doors]
    points = street.points(along - house.y[columns], out - HEDGE[0] / 2 - 0.3)
    return np.column_stack([points, np.full(len(points), street.heading), np.full(len(points), bay * 1.02)])


def _hedges(hedges: list[NDArray[np.float64]], ground: Ground, spec: Surroundings) -> Assembly:
    """Returns clipped hedges."""
    if not hedges:
        return Assembly()
    rows = np.concatenate(hedges)
    length = 3.0
    poses = poses_at(heights(ground, rows[:, :2], 0.01), rows[:, 2])
    poses[:, :3, 0] *= (rows[:, 3] / length)[:, None]
    leaves = trees.materials("hornbeam", "autumn" if spec.season == "winter" else spec.season)
    shape = ("town/hedge", trees.bush(1, length, *HEDGE, leaves=700))
    return copies("hedges", "vegetation", shape, leaves, poses)


def _gardens(gardens: list[Footprint], ground: Ground, spec: Surroundings, rng: np.random.Generator) -> Assembly:
    """Returns what closes the gaps between houses: a wall with a hedge behind it, and shrubs."""
    if not gardens:
        return Assembly()
    pieces, shrubs = [], []
    leaves = trees.materials("hornbeam", "summer" if spec.season == "winter" else spec.season)
    for number, garden in enumerate(gardens):
        x, y = garden.point(0, 1.0 if _faces_out(garden) else -1.0)
        length = round(garden.length - 0.02, 2)
        wall = box((length, 0.24, 1.3), (0, 0, 0.6), 0.015)
        pose = pose_at(x, y, float(ground.height(np.array([x, y]))), garden.yaw)
        brick = Material("masonry", house_looks.BRICKS[int(rng.integers(5))], wear=0.4, dirt=0.5)
        pieces.append(piece(f"garden_wall.{number}", "masonry_wall", (f"town/wall_{length}", wall), (brick,), pose))
        shrubs += [garden.point(*rng.uniform(-0.7, 0.7, 2)) for _ in range(3)]
    points = heights(ground, np.array(shrubs))
    poses = poses_at(points, rng.uniform(0, 6.28, len(points)))
    poses[:, :3, :3] *= rng.uniform(0.8, 1.6, len(points))[:, None, None]
    pieces.append(copies("garden_shrubs", "vegetation", ("town/bush", trees.bush(0)), leaves, poses))
    return Assembly.merged(pieces)


def _faces_out(garden: Footprint) -> bool:
    """Returns whether a garden's +Y side is the one towards the street, and so towards the lot."""
    side = garden.axes[1]
    return float(side @ (garden.x, garden.y)) < 0


def _paving(lines: tuple[Street, ...], ground: Ground) -> Assembly:
    """Returns the paved strip before the houses."""
    slabs = []
    for street in lines:
        reach = street.corner + street.width + PAVEMENT + FORECOURT + PAVED
        size = (FORECOURT + 0.1, 2 * reach, 0.05)
        x, y = street.points(0.0, street.width + PAVEMENT + FORECOURT / 2)
        cut = street.corner + street.width / 2
        half = street.width / 2 + PAVEMENT
        for low, high in ((-reach, -cut - half), (-cut + half, cut - half), (cut + half, reach)):
            strip = box((size[0], high - low, size[2]), (0, (low + high) / 2, -0.015))
            slabs.append(strip.transformed(pose_at(float(x), float(y), 0.0, street.quarter * np.pi / 2)))
    stone = Material("concrete", (0.24, 0.23, 0.215), wear=0.5, dirt=0.5)
    return copies("forecourt", "kerb", ("town/forecourt", Mesh.merged(slabs)), (stone,), np.eye(4)[None], False)


def _trees(
    spec: Surroundings, lines: tuple[Street, ...], ground: Ground, kerbside: Plan, built: Plan, rng: np.random.Generator
) -> Assembly:
    """Returns street trees in rows on the far pavements, of one kind a street, and larger ones between the houses."""
    kinds = rng.permutation(trees.STREET)[:2]
    chosen: dict[str, list[tuple[float, float, float]]] = {}
    left = spec.trees
    for _ in range(spec.trees * 6):
        if not left:
            break
        street = lines[int(rng.integers(4))]
        share = rng.uniform(-1, 1)
        along = share * (street.corner + street.width + 40.0)
        if abs(abs(along) - street.corner - street.width / 2) < street.width / 2 + 6.0:
            continue
        place = street.footprint(along, street.width + 0.9, 5.5, 0.7)
        if not kerbside.is_free(place, 0.3):
            continue
        kerbside.keep("tree", place)
        kind = str(kinds[street.quarter % 2])
        grown = trees.SPECIES[kind]
        size = rng.uniform(0.78, 1.0) * min(CROWN / (grown.crown * grown.height), 1.25)
        chosen.setdefault(kind, []).append((place.x, place.y, float(size)))
        left -= 1
    foliage = {kind: trees.share_of_leaves(kind, spec.season) for kind in chosen}
    pieces = []
    for kind, spots in chosen.items():
        spots = np.array(spots)
        poses = poses_at(heights(ground, spots[:, :2], -0.03), rng.uniform(0, 6.28, len(spots)))
        poses[:, :3, :3] *= spots[:, 2, None, None]
        which = rng.integers(2, size=len(spots))
        for variant in range(2):
            shape = (f"town/tree_{kind}_{variant}_{foliage[kind]}", trees.tree(kind, variant, foliage[kind], 0.7))
            looks = trees.materials(kind, spec.season)
            pieces.append(copies(f"trees.{kind}.{variant}", "tree", shape, looks, poses[which == variant]))
    return Assembly.merged(pieces)
