"""Which panels of a site's scaffolds carry nets or sheets, of what make and in what state; the banner before them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.naming import company
from buildee.generators.construction_site.netting import (
    COLORS,
    CORD,
    PRINTS,
    REACH,
    Cloth,
    Way,
    banner,
    looks,
    sheet,
)
from buildee.generators.construction_site.scaffold import ScaffoldSpec, level
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT, WIDTH
from buildee.generators.construction_site.section import Envelope
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Instance, Part, Pose

RAIL = 1.05
"""From a lift's level up to the guardrail that panels hang from, metres."""

MOST = 0.8
"""Share of a run that is covered at most, unless it is wrapped whole."""

WRAPPED = 0.3
"""Chance, times the share that is netted, that one façade is wrapped whole: about one site in eight has such a one."""

STATES: tuple[tuple[Way, float], ...] = (
    ("tied", 0.66),
    ("loose", 0.1),
    ("slipped", 0.1),
    ("torn", 0.05),
    ("rolled", 0.09),
)
"""How panels hang, and how often."""

PROXY = box_proxy(((0.0, -WIDTH - REACH, 0.0), (BAY, -WIDTH - 0.03, LIFT)))
Makes = tuple[tuple[Material, ...], ...]


def nets(
    specs: Sequence[ScaffoldSpec],
    poses: Sequence[Pose],
    spec: Envelope,
    rng: np.random.Generator,
    bare: tuple[int, int] | None = None,
) -> Assembly:
    """Returns the nets or sheets of a site's scaffolds, an instance a bay, and a banner.

    Args:
        specs, poses: the runs, and where they stand.
        spec: says how much of the runs is covered, and with what.
        rng: decides make, colour, where they hang, state and what is printed.
        bare: run and bay before which nothing hangs.
    """
    cloth: Cloth = "netting" if rng.random() < 0.75 else "sheeting"
    if spec.cloth != "any":
        cloth = spec.cloth
    colors = [COLORS[cloth][index] for index in rng.permutation(len(COLORS[cloth]))]
    wrapped = -1
    if rng.random() < WRAPPED * spec.netting:
        wrapped = int(rng.integers(len(specs)))
    pieces = []
    for number, (run, pose) in enumerate(zip(specs, poses, strict=True)):
        makes = looks(cloth, colors[int(rng.random() < 0.2)])
        share = min(spec.netting * rng.uniform(0.5, 1.5), MOST)
        covered = _covered(run, 1.0 if number == wrapped or spec.netting >= 1 else share, rng)
        printed = rng.random() < 0.3 and run.bays >= 3 and run.lifts >= 3
        bay, lift = int(rng.integers(0, max(run.bays - 1, 1))), run.lifts - 2
        if bare is not None and number == bare[0]:
            covered[bare[1]] = False
            printed &= bare[1] not in (bay, bay + 1)
        if printed:
            covered[bay : bay + 2, lift] = False
            pieces.append(_banner(f"banner_{number}", pose @ _hung(run, bay, lift), rng))
        pieces += [
            _strip(f"net_{number}_{bay}", run, bay, covered[bay], makes, pose, rng)
            for bay in np.flatnonzero(covered.any(1)).tolist()
        ]
    return Assembly.merged(pieces)


def _hung(run: ScaffoldSpec, bay: int, lift: int) -> Pose:
    """Returns the pose of the panel between the rails of a lift and the next, in its run."""
    return pose_at(bay * BAY, 0.0, level(run, lift) + RAIL)


def _covered(run: ScaffoldSpec, share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Returns (bays, lifts) which panels hang: a patch with ragged edges that grows from where it is needed."""
    bay, lift = np.meshgrid(np.linspace(-1, 1, run.bays), np.linspace(0, 1, run.lifts), indexing="ij")
    wanted = {
        "work": 1.5 * lift,
        "foot": 1.2 * (1 - lift),
        "end": bay * rng.choice([-1.0, 1.0]),
        "middle": 1 - np.abs(bay) + 0.4 * lift,
    }
    score = wanted[str(rng.choice(list(wanted)))] + rng.uniform(0, 0.5, (run.bays, 1)) + rng.uniform(0, 0.3, lift.shape)
    count = round(share * score.size)
    covered = np.zeros(score.size, bool)
    covered[np.argsort(-score.ravel(), kind="stable")[:count]] = True
    return covered.reshape(score.shape)


def _strip(
    name: str,
    run: ScaffoldSpec,
    bay: int,
    covered: NDArray[np.bool_],
    makes: Makes,
    pose: Pose,
    rng: np.random.Generator,
) -> Assembly:
    """Returns the panels of a bay, one part a lift."""
    ways, chances = zip(*STATES, strict=True)
    shapes: dict[str, Mesh] = {}
    parts = []
    for lift in np.flatnonzero(covered).tolist():
        way: Way = ways[int(np.searchsorted(np.cumsum(chances), rng.random()).clip(0, len(ways) - 1))]
        variant, make = int(rng.integers(6)), makes[int(rng.choice(3, p=(0.25, 0.5, 0.25)))]
        key = f"scaffold/sheet_{way}_{variant}"
        shapes[key] = sheet(way, variant)
        parts.append(Part(f"panel_{lift}", key, make, rest=_hung(run, 0, lift), proxy=PROXY))
    return Assembly(shapes, (Instance(name, "scaffold_net", tuple(parts), (pose @ pose_at(bay * BAY))[None]),))


def _banner(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns a printed banner over two bays."""
    width, words = 2 * BAY - 0.16, company(rng)
    ground, ink = PRINTS[int(rng.integers(len(PRINTS)))]
    mesh = banner(width, words)
    materials = (Material("sheeting", ground, wear=0.3, dirt=0.4), Material("paint", ink, wear=0.3, dirt=0.3), CORD)
    proxy = box_proxy(((0.0, -WIDTH - REACH, 0.02), (width, -WIDTH - 0.03, LIFT - 0.02)))
    key = f"scaffold/banner_{words}".replace(" ", "")
    return piece(name, "banner", (key, mesh), materials, pose @ pose_at(0.08), proxy)
