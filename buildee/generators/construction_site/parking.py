"""Cars and vans along the streets: parked at the kerbs, and driving by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.section import Surroundings
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.streets import FRONT, Street, heights
from buildee.generators.construction_site.yard import Stand, size_of, stood
from buildee.layout.pieces import poses_at
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed

BEYOND = 48.0
"""How far along the streets cars park beyond the corners of the lot, metres."""

KERB_GAP = 0.22
"""Between a parked vehicle and the kerb, metres."""

SPEED = (6.5, 11.5)
"""Slowest and fastest car, metres a second: a street with a limit of 30 km/h beside a site, or 40."""

LANE = 2.15
"""Half of what moving and parked vehicles share with narrow streets: the driven line's distance from the near kerb."""


def parked(spec: Surroundings, lines: tuple[Street, ...], plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns vans and cars at the far kerbs of the streets, clear of the gate and of the crossings.

    The near kerb is left to the site.

    Raises:
        PlacementError: if the kerbs are full.
    """
    plan, stands = Plan(), []
    plan.keep("gate", Footprint(plot.gate[0], plot.gate[1] - PAVEMENT - plot.street_width / 2, 0.0, 18.0, 16.0))
    for kind, count in (("van", spec.vans), ("car", spec.cars)):
        for number in range(count):
            rng = seed.child(kind).child(number).rng() if kind == "car" else seed.child(number).rng()
            model = PROPS[kind](rng)
            size = size_of(model)

            def spot(rng: np.random.Generator = rng, size: tuple[float, float] = size) -> tuple[float, float, float]:
                street = lines[int(rng.integers(4))]
                along = rng.uniform(-1, 1) * (street.corner + street.width + BEYOND)
                near = abs(abs(along) - street.corner - street.width / 2) - street.width / 2 - size[0] / 2
                if near < 7.0:  # a crossing: keep it free by standing where nothing fits
                    along = np.sign(along) * (street.corner - 7.5 - size[0] / 2)
                x, y = street.points(along, street.width - KERB_GAP - size[1] / 2)
                turn = np.pi if rng.random() < 0.15 else 0.0  # most park the way that they drive
                return float(x), float(y), street.heading + turn + rng.normal(0, 0.008)

            advice = f"lower scene.surroundings.{kind}s"
            stands.append(
                Stand(f"{kind}.{number}", model, plan.fit(f"{kind} {number + 1}", size, spot, advice, None, 0.7, 300))
            )
    return stood(stands, ground)


def traffic(
    count: int, lines: tuple[Street, ...], plot: Plot, ground: Ground, time: NDArray[np.float64], seed: Seed
) -> Assembly:
    """Returns cars that drive along the streets, wheels turning, one behind the other; none passes the gate.

    Args:
        count: how many.
        lines: the streets.
        plot: the zones of the site.
        ground: what they drive on.
        time: (T,) seconds of the frames.
        seed: of their kinds, places and speeds.
    """
    shapes, instances = {}, []
    speeds = {street.quarter: seed.child(f"speed {street.quarter}").rng().uniform(*SPEED) for street in lines}
    taken: dict[int, list[float]] = {street.quarter: [] for street in lines}
    for number in range(count):
        rng = seed.child(number).rng()
        model = PROPS["car"](rng)
        street = lines[int(rng.integers(4))]
        speed = speeds[street.quarter]
        run = speed * float(time[-1] - time[0])
        start = _start(street, plot, run, taken[street.quarter], rng)
        if start is None:
            continue
        taken[street.quarter].append(start)
        along = start + speed * (time - time[0])
        poses = poses_at(heights(ground, street.points(along, LANE)), street.heading)
        wheels = [part for part in model.parts if part.joint is not None]
        values = {part.name: (along - start) / part.rest[2, 3] for part in wheels}
        shapes.update(model.shapes)
        instances.append(model.placed(f"traffic.{number}", poses, values))
    return Assembly(shapes, tuple(instances))


def _start(street: Street, plot: Plot, run: float, others: list[float], rng: np.random.Generator) -> float | None:
    """Returns where a car starts along a street to keep clear of the others, the gate and the crossings' cars."""
    edge = street.corner + street.width + BEYOND
    for _ in range(40):
        start = float(rng.uniform(-edge - 20.0, edge))
        # Streets that cross carry cars too: each drives within its own stretch between crossings.
        bounds = [-edge - 400.0, -street.corner - street.width - 3.0, -street.corner + 6.0]
        bounds += [street.corner - 6.0, street.corner + street.width + 3.0, edge + 400.0]
        within = any(
            a <= start - 3.0 and start + run + 3.0 <= b for a, b in zip(bounds[::2], bounds[1::2], strict=True)
        )
        if not within or any(abs(start - other) < 11.0 for other in others):
            continue
        if street.quarter == FRONT:
            at = float(plot.gate[0]) * (1.0 if np.cos(street.heading) > 0 else -1.0)
            if start - 14.0 < at < start + run + 14.0:
                continue
        return start
    return None
