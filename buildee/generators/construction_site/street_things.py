"""What streets have: markings, covers, patches, lamps, signs, benches, bins, bicycle stands, a bus stop. Metres."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.props.palette import DARK, GALVANIZED, OPAL_GLASS
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.street_furniture import (
    bench,
    bicycle_stand,
    bollard,
    cabinet,
    lamp,
    letter_box,
    litter_bin,
    shelter,
    sign,
)
from buildee.generators.construction_site.streets import FRONT, Street, heights
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.layout.placement import Plan
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, cylinder
from buildee.recipe.seed import Seed

LIFT = 0.006
"""How far paint and patches lie above the road, metres: more than the camber bends under them."""

REACH = 60.0
"""How far along the streets things go on beyond the corners of the lot, metres."""

LAMPS = 22.0
"""Distance between street lamps, metres."""

WHITE = Material("paint", (0.58, 0.58, 0.56), wear=0.75, dirt=0.5)
GREEN = Material("painted_metal", (0.02, 0.055, 0.035), wear=0.25, dirt=0.35)


def street_things(lines: tuple[Street, ...], plot: Plot, ground: Ground, plan: Plan, seed: Seed) -> Assembly:
    """Returns everything on and beside the carriageways; what stands on the far pavements is kept in `plan`."""
    return Assembly.merged(
        [
            _markings(lines, plot, ground, seed.child("markings").rng()),
            _covers(lines, ground, seed.child("covers").rng()),
            _lamps(lines, plot, ground, plan),
            _furniture(lines, ground, plan, seed.child("furniture").rng()),
        ]
    )


def _sheets(street: Street, rows: list[tuple[float, float, float, float]], ground: Ground) -> Mesh:
    """Returns thin sheets on the road: rows of low and high `along`, low and high `out`, metres."""
    low_a, high_a, low_o, high_o = np.array(rows).T
    along = np.stack([low_a, high_a, high_a, low_a], 1)
    out = np.stack([low_o, low_o, high_o, high_o], 1)
    points = street.points(along, out).reshape(-1, 2)
    quads = np.arange(len(points)).reshape(-1, 4)
    # Seen from above `out` lies to the right of `along`, so that these corners run clockwise.
    return Mesh.from_faces(heights(ground, points, LIFT), quads[:, ::-1])


def _markings(lines: tuple[Street, ...], plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns dashes, zebra crossings and stop lines in worn white paint, and patches of newer asphalt."""
    white, dark = [], []
    for street in lines:
        width, corner = street.width, street.corner
        rows = []
        spans = [(-corner + 9, corner - 9)]
        spans += [
            (
                side * (corner + width) + (8.0 if side > 0 else -REACH),
                side * (corner + width) + (REACH if side > 0 else -8.0),
            )
            for side in (-1, 1)
        ]
        if width >= 6.0:
            for low, high in spans:
                start = np.arange(low, high - 3.0, 6.0)
                rows += [(s, s + 3.0, width / 2 - 0.06, width / 2 + 0.06) for s in start]
        zebra = rng.random(2) < 0.6
        for side in (-1, 1):
            edge = side * (corner - 5.0)
            if zebra[(side + 1) // 2]:
                stripes = np.arange(0.35, width - 0.6, 1.0)
                rows += [(edge - 1.6, edge + 1.6, out, out + 0.5) for out in stripes]
            stop = edge - side * 2.8
            rows.append(
                (stop - 0.25, stop + 0.25, 0.3, width / 2 - 0.1)
                if side < 0
                else (stop - 0.25, stop + 0.25, width / 2 + 0.1, width - 0.3)
            )
        white.append(_sheets(street, rows, ground))
        patches = []
        for _ in range(int(rng.integers(4, 8))):
            at, out = rng.uniform(-corner - 30, corner + 30), rng.uniform(0.4, width / 2 - 1.3)
            out += rng.choice([0.0, width / 2 - 0.1])
            patches.append((at, at + rng.uniform(1.2, 7.0), out, out + rng.uniform(0.6, 1.2)))
        dark.append(_sheets(street, patches, ground).moved(z=-0.003))
    tar = Material("asphalt", (0.032, 0.032, 0.034), wear=0.2, dirt=0.35)
    return Assembly.merged(
        [
            copies("markings", "road", ("town/markings", Mesh.merged(white)), (WHITE,), np.eye(4)[None], False),
            copies("patches", "road", ("town/patches", Mesh.merged(dark)), (tar,), np.eye(4)[None], False),
        ]
    )


def _covers(lines: tuple[Street, ...], ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns manhole covers (0.6 m, EN 124) in the carriageway and gully gratings at the kerbs."""
    iron = Material("rusty_steel", (0.05, 0.045, 0.042), wear=0.3, dirt=0.4)
    ribs = [box((0.5 - 0.3 * abs(n) / 3, 0.03, 0.004), (0, 0.08 * n, 0.012)) for n in range(-3, 4)]
    cover = Mesh.merged([cylinder(0.31, 0.01, 28), *ribs])
    bars = [box((0.4, 0.025, 0.012), (0, 0.05 * n, 0.004)) for n in range(-3, 4)]
    grate = Mesh.merged([box((0.46, 0.42, 0.006), (0, 0, 0.0)), *bars])
    holes, gullies, yaws = [], [], []
    for street in lines:
        along = np.arange(-street.corner, street.corner, 26.0) + rng.uniform(0, 8)
        holes.append(street.points(along, street.width * rng.uniform(0.3, 0.7, len(along))))
        for out in (0.24, street.width - 0.24):
            edge = np.arange(-street.corner + 6, street.corner - 6, 19.0)
            gullies.append(street.points(edge, out))
            yaws.append(np.full(len(edge), street.heading))
    points = heights(ground, np.concatenate(holes))
    drains = heights(ground, np.concatenate(gullies), 0.004)
    return Assembly.merged(
        [
            copies(
                "manholes",
                "road",
                ("town/manhole", cover),
                (iron,),
                poses_at(points, rng.uniform(0, 6.28, len(points))),
                False,
            ),
            copies("gullies", "road", ("town/gully", grate), (iron,), poses_at(drains, np.concatenate(yaws)), False),
        ]
    )


def _lamps(lines: tuple[Street, ...], plot: Plot, ground: Ground, plan: Plan) -> Assembly:
    """Returns street lamps: on the near pavements along the lot, on the far ones beyond; arms over the street."""
    spots, yaws = [], []
    for street in lines:
        count = max(2, int(2 * street.corner / LAMPS))
        inner = (np.arange(count) + 0.5) / count * 2 - 1
        for along in inner * (street.corner - 2.0):
            x, y = street.points(along, -0.55)
            if street.quarter != FRONT or abs(float(x) - plot.gate[0]) > 7.0:
                spots.append((float(x), float(y)))
                yaws.append(street.quarter * np.pi / 2)
        for side in (-1, 1):
            for along in side * (street.corner + street.width + np.arange(12.0, REACH, LAMPS)):
                spots.append(tuple(street.points(along, street.width + 0.55).tolist()))
                yaws.append(street.quarter * np.pi / 2 + np.pi)
                plan.keep("lamp", street.footprint(along, street.width + 0.55, 0.6, 0.6))
    points = heights(ground, np.array(spots))
    materials = (GALVANIZED, OPAL_GLASS)
    return copies("lamps", "light_pole", ("town/lamp", lamp()), materials, poses_at(points, np.array(yaws)))


_RED = Material("plastic", (0.42, 0.015, 0.015), wear=0.1, dirt=0.25)
_FILM = Material("reflective", (0.7, 0.7, 0.68), wear=0.1, dirt=0.2)
_BLUE = Material("plastic", (0.0, 0.06, 0.26), wear=0.1, dirt=0.25)
_SLATS = Material("wood", (0.24, 0.14, 0.07), wear=0.5, dirt=0.3)
_PANE = Material("glass", (0.8, 0.85, 0.85), wear=0.1, dirt=0.3)
_YELLOW = Material("plastic", (0.7, 0.42, 0.0), wear=0.15, dirt=0.25)
_GREY = Material("plastic", (0.38, 0.39, 0.37), wear=0.2, dirt=0.4)

# name, category, mesh, materials, length along the street, distance of its middle from the kerb, how many, spacing
_KINDS = (
    ("bench", "street_furniture", bench, (DARK, _SLATS), 2.0, 1.75, 3, 0.0),
    ("bicycle_stand", "street_furniture", bicycle_stand, (GALVANIZED,), 0.5, 1.1, 12, 1.0),
    ("litter_bin", "waste_bin", litter_bin, (GREEN,), 0.6, 0.55, 6, 0.0),
    ("bollard", "street_furniture", bollard, (DARK, _FILM), 0.4, 0.4, 24, 1.6),
    ("letter_box", "street_furniture", letter_box, (_YELLOW, DARK), 0.6, 1.6, 2, 0.0),
    ("cabinet", "electric_box", cabinet, (_GREY,), 1.2, 2.1, 4, 0.0),
)


def _furniture(lines: tuple[Street, ...], ground: Ground, plan: Plan, rng: np.random.Generator) -> Assembly:
    """Returns what stands on the far pavements, in groups where it comes in groups."""
    pieces = [_shelter(lines, ground, plan, rng)]
    for name, category, shape, materials, length, out, count, spacing in _KINDS:
        spots, yaws, left = [], [], count
        for _ in range(count * 8):
            if left <= 0:
                break
            street = lines[int(rng.integers(4))]
            group = min(left, int(rng.integers(4, 7))) if spacing else 1
            along = _along(street, rng, group * spacing + length)
            whole = street.footprint(along, street.width + out, group * spacing + length, 0.7)
            if along == 0.0 or not plan.is_free(whole, 0.35):
                continue
            plan.keep(name, whole)
            steps = (np.arange(group) - (group - 1) / 2) * spacing
            spots.append(street.points(along + steps, street.width + out))
            face = street.quarter * np.pi / 2 + (0.0 if name == "bicycle_stand" else np.pi / 2)
            yaws.append(np.full(group, face + (0 if name != "cabinet" else np.pi)))
            left -= group
        if spots:
            poses = poses_at(heights(ground, np.concatenate(spots)), np.concatenate(yaws))
            pieces.append(copies(f"{name}s", category, (f"town/{name}", shape()), materials, poses))
    for kind, count in (("limit", 4), ("parking", 6), ("yield", 4)):
        spots, yaws = [], []
        for _ in range(count):
            street = lines[int(rng.integers(4))]
            along = _along(street, rng, 0.6)
            place = street.footprint(along, street.width + 0.45, 0.8, 0.7)
            if along != 0.0 and plan.is_free(place, 0.35):
                plan.keep("sign", place)
                spots.append(street.points(along, street.width + 0.45))
                yaws.append(street.heading + rng.choice([0.0, np.pi]) + rng.normal(0, 0.06))
        if spots:
            poses = poses_at(heights(ground, np.array(spots)), np.array(yaws))
            shape = (f"town/sign_{kind}", sign(kind))
            pieces.append(copies(f"signs.{kind}", "sign", shape, (GALVANIZED, _RED, _FILM, _BLUE), poses))
    return Assembly.merged(pieces)


def _along(street: Street, rng: np.random.Generator, length: float) -> float:
    """Returns where along a far pavement a thing of some length may stand; 0 where that is a crossing."""
    along = float(rng.uniform(-1, 1) * (street.corner + street.width + REACH - 8.0))
    clear = abs(abs(along) - street.corner - street.width / 2) - street.width / 2 - PAVEMENT - length / 2
    return along if clear > 1.0 else 0.0


def _shelter(lines: tuple[Street, ...], ground: Ground, plan: Plan, rng: np.random.Generator) -> Assembly:
    """Returns the bus stop, on one of the far pavements, open towards the street."""
    for _ in range(30):
        street = lines[int(rng.integers(4))]
        along = _along(street, rng, 4.4)
        place = street.footprint(along, street.width + 1.45, 4.4, 1.6)
        if along == 0.0 or not plan.is_free(place, 0.4):
            continue
        plan.keep("bus stop", place)
        z = float(ground.height(np.array([place.x, place.y])))
        pose = pose_at(place.x, place.y, z, street.quarter * np.pi / 2 + np.pi / 2)
        poster = Material(
            "paint", ((0.1, 0.25, 0.4), (0.5, 0.2, 0.1), (0.2, 0.35, 0.15))[int(rng.integers(3))], wear=0.0, dirt=0.1
        )
        boxes = [
            ((-2.1, -0.7, 2.38), (2.1, 0.8, 2.5)),
            ((-1.95, -0.6, 0), (-1.85, 0.6, 2.4)),
            ((1.82, -0.6, 0), (1.98, 0.6, 2.4)),
            ((-1.95, -0.6, 0), (1.95, -0.5, 2.4)),
        ]
        return piece(
            "bus_stop",
            "street_furniture",
            ("town/shelter", shelter()),
            (DARK, _PANE, _SLATS, poster),
            pose,
            box_proxy(*boxes),
        )
    return Assembly()
