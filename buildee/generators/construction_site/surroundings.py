"""The town around the lot: rows of houses across the streets, a skyline, trees and lamp posts."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site import houses, trees
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.props.palette import OPAL_GLASS
from buildee.generators.construction_site.section import Surroundings
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.yard import Stand, size_of, stood
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, revolve, tube
from buildee.recipe.seed import Seed

ROW = 62.0
"""How far the rows of houses go on beyond the corners of the lot, metres."""

SKYLINE = (95.0, 330.0)
"""Nearest and farthest block of the skyline, metres beyond the streets."""


def town(spec: Surroundings, plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns everything beyond the fence."""
    plan = Plan()
    return Assembly.merged(
        [
            _rows(spec, plot, ground, plan, seed.child("houses").rng()),
            _skyline(plot, ground, plan, seed.child("skyline").rng()),
            _trees(spec, plot, ground, seed.child("trees").rng()),
            _lamps(plot, ground),
            _vans(spec, plot, ground, seed.child("vans")),
        ]
    )


def _rows(spec: Surroundings, plot: Plot, ground: Ground, plan: Plan, rng: np.random.Generator) -> Assembly:
    """Returns houses along the far side of every street, shoulder to shoulder, some streets going on."""
    far = np.array(plot.kerb) + plot.street_width + PAVEMENT + 1.2
    half = np.array([plot.width, plot.depth]) / 2
    pieces = []
    for quarter in range(4):
        # Looking outwards along `yaw`, the row runs across; axis 0 rows start beyond those of axis 1 at the corners.
        yaw, axis = quarter * np.pi / 2, quarter % 2
        across = 1 - axis
        start = far[across] + (14.0 if axis == 0 else 0.0)
        spans = [(-half[across], half[across]), (start, start + ROW), (-start - ROW, -start)]
        for low, high in spans:
            edge = low
            while high - edge > 8.0:
                length = min(rng.uniform(9.0, 17.0), high - edge)
                length = high - edge if high - edge - length < 8.0 else length
                spec_house = houses.draw(rng, length, spec.storeys)
                place = np.array([far[axis] + rng.choice([0.0, 0.0, 0.8]), edge + length / 2])
                turn = np.array([[np.cos(yaw), -np.sin(yaw)], [np.sin(yaw), np.cos(yaw)]])
                x, y = turn @ place
                name = f"house.{len(pieces)}"
                z = float(ground.height(np.array([x, y])))
                back = spec_house.depth / 2
                plan.keep(name, Footprint(x + back * np.cos(yaw), y + back * np.sin(yaw), yaw, 2 * back, length))
                bounds = [(-spec_house.depth, -length / 2, 0), (0, length / 2, spec_house.eaves)]
                pieces.append(
                    piece(
                        name,
                        "building",
                        (f"town/{name}", houses.house(spec_house, rng)),
                        houses.looks(rng),
                        pose_at(x, y, z, yaw + np.pi),
                        box_proxy(bounds),
                    )
                )
                edge += length
    return Assembly.merged(pieces)


def _skyline(plot: Plot, ground: Ground, plan: Plan, rng: np.random.Generator) -> Assembly:
    """Returns distant blocks all round, tall ones far away; 72 of them leave no open horizon."""
    shapes = [houses.tower(*size) for size in ((24, 12, 5), (16, 14, 8), (30, 13, 6), (15, 15, 13))]
    proxies = [box_proxy(shape.bounds) for shape in shapes]
    pieces = []
    base = max(plot.kerb) + plot.street_width + 30.0
    for number in range(72):
        angle = (number + rng.uniform(0, 1)) * 2 * np.pi / 72
        radius = base + rng.uniform(*SKYLINE) * (0.62 + 0.38 * (number % 2))
        kind = int(rng.integers(4)) if radius > base + 150 else int(rng.integers(3))
        x, y = min(radius, 380.0) * np.array([np.cos(angle), np.sin(angle)])
        yaw = float(rng.choice([0.0, np.pi / 2])) + rng.uniform(-0.2, 0.2)
        materials = houses.haze_of(rng)
        place = Footprint(float(x), float(y), yaw, *(2 * proxies[kind].half[0, :2]).tolist())
        if not plan.is_free(place, 1.0):
            continue
        plan.keep("block", place)
        z = float(ground.height(np.array([x, y]))) - 0.5
        pieces.append(
            piece(
                f"block.{number}",
                "building",
                (f"town/tower_{kind}", shapes[kind]),
                materials,
                pose_at(x, y, z, yaw),
                proxies[kind],
            )
        )
    return Assembly.merged(pieces)


def _trees(spec: Surroundings, plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns street trees in a row on the far pavements, with gaps, and some in the land behind."""
    far = np.array(plot.kerb) + plot.street_width + 0.9
    perimeter = Footprint(0.0, 0.0, 0.0, 2 * far[0], 2 * far[1])
    spots = []
    for _ in range(spec.trees):
        share, side = rng.uniform(-1.25, 1.25), int(rng.integers(4))
        spots.append(np.array(perimeter.point(*[(share, -1), (1, share), (share, 1), (-1, share)][side])))
    chosen: list[np.ndarray] = []
    for spot in spots:
        on_street = (
            np.abs(np.abs(spot) - np.array(plot.kerb) - plot.street_width / 2) < plot.street_width / 2 + 0.3
        ).any()
        if not on_street and all(np.hypot(*(spot - other)) > 5.5 for other in chosen):
            chosen.append(spot)
    if not chosen:
        return Assembly()
    points = np.column_stack([chosen, ground.height(np.array(chosen)) - 0.03])
    kinds = rng.integers(3, size=len(points))
    poses = poses_at(points, rng.uniform(0, 2 * np.pi, len(points)))
    poses[:, :3, :3] *= rng.uniform(0.8, 1.15, len(points))[:, None, None]
    return Assembly.merged(
        copies(
            f"trees.{kind}",
            "tree",
            (f"town/tree_{kind}", trees.tree(rng, 7.0 + 1.2 * kind)),
            trees.MATERIALS,
            poses[kinds == kind],
        )
        for kind in range(3)
    )


def _vans(spec: Surroundings, plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns vans parked along the kerbs of the streets around the lot, clear of the gate.

    Raises:
        PlacementError: if the kerbs are full.
    """
    plan, stands = Plan(), []
    plan.keep("gate", Footprint(plot.gate[0], plot.gate[1] - PAVEMENT - 3.0, 0.0, 16.0, 8.0))
    for number in range(spec.vans):
        rng = seed.child(number).rng()
        model = PROPS["van"](rng)
        size = size_of(model)

        def spot(rng: np.random.Generator = rng, size: tuple[float, float] = size) -> tuple[float, float, float]:
            beyond = size[1] / 2 + 0.25
            offset = beyond if rng.random() < 0.5 else plot.street_width - beyond
            line = Footprint(0.0, 0.0, 0.0, *(2 * (np.array(plot.kerb) + offset)))
            side, share = int(rng.integers(4)), rng.uniform(-0.85, 0.85)
            x, y = line.point(*[(share, -1), (1, share), (share, 1), (-1, share)][side])
            return x, y, (side % 2) * np.pi / 2 + (np.pi if offset > beyond else 0.0) + rng.normal(0, 0.01)

        place = plan.fit(f"van {number + 1}", size, spot, "lower scene.surroundings.vans", None, 0.8, 300)
        stands.append(Stand(f"van.{number}", model, place))
    return stood(stands, ground)


def _lamps(plot: Plot, ground: Ground) -> Assembly:
    """Returns street lamps on the near pavements, 22 m apart, arms over the street."""
    near = np.array(plot.kerb) - 0.55
    spots, yaws = [], []
    for side, (along, across) in enumerate(((0, 1), (1, 0), (0, 1), (1, 0))):
        count = max(2, int(2 * near[along] / 22))
        for share in (np.arange(count) + 0.5) / count * 2 - 1:
            spot = np.zeros(2)
            spot[along], spot[across] = share * near[along], near[across] * (1 if side < 2 else -1)
            spots.append(spot)
            yaws.append(np.arctan2(spot[across], 0.0) if across == 1 else np.arctan2(0.0, spot[across]))
    points = np.column_stack([spots, ground.height(np.array(spots))])
    materials = (
        Material("galvanized", (0.4, 0.41, 0.42), dirt=0.4),
        OPAL_GLASS,
    )
    return copies("lamps", "light_pole", ("town/lamp", _lamp()), materials, poses_at(points, np.array(yaws)))


def _lamp() -> Mesh:
    """Returns a 7 m lamp post with an arm along +X and a flat head."""
    pole = revolve([(0.09, 0), (0.09, 1.0), (0.07, 1.1), (0.045, 6.6)], 10)
    arm = tube([(0, 0, 6.55), (0.25, 0, 6.85), (1.2, 0, 7.0)], 0.03, 8)
    head = box((0.62, 0.24, 0.09), (1.35, 0, 7.0), 0.02)
    lens = box((0.45, 0.17, 0.02), (1.38, 0, 6.95)).with_slot(1)
    return Mesh.merged([pole, arm, head, lens])
