"""Which façades are scaffolded and sheeted, and how far up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.netting import COLORS, CORD, PRINTS, Way, banner, cloths, sheet
from buildee.generators.construction_site.pieces import box_proxy, piece, pose_at
from buildee.generators.construction_site.programme import Programme
from buildee.generators.construction_site.scaffold import GAP, ScaffoldSpec, level, scaffold
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT, WIDTH
from buildee.generators.construction_site.section import Envelope
from buildee.generators.construction_site.site import Plot
from buildee.layout.material import Material
from buildee.layout.scene import Assembly, Pose
from buildee.recipe.seed import Seed

PRESSED = 0.012
"""How far the sole boards are pressed into the soil, metres: more than levelled ground is uneven."""

STRUCK_FROM = 0.93
"""Share of the project's time from which the scaffold is struck, from the top; at the end none is left."""


def scaffolds(
    building: Building, plot: Plot, sides: int, spec: Envelope, works: Programme, ground: float, seed: Seed
) -> Assembly:
    """Returns runs of scaffold along façades: the flank away from the pit first, then front, rear and inner flank.

    Args:
        building: what they are tied to.
        plot: where it stands.
        sides: how many façades.
        spec: says what masons have to do, and the share of the bays that carry sheets: one façade after the other.
        works: how far the trades are: the scaffold follows the frame up and is struck at the end.
        ground: height of the levelled ground around the building, metres.
        seed: of their fittings.
    """
    lifts = standing_lifts(building, works) if building.floors else 0
    if lifts < 1:
        return Assembly()
    specs, poses = [], []
    base = building.floors[0].height
    ties = tuple(base + number * building.spec.storey_height - 0.12 for number in range(1, int(works.storeys) + 1))
    for yaw, (wall, start, end) in _facades(building, plot)[:sides]:
        bays = max(1, int(abs(end - start) / BAY))
        spare = (abs(end - start) - bays * BAY) / 2 * np.sign(end - start)
        place = (start + spare, wall - GAP * np.cos(yaw))
        if abs(np.cos(yaw)) < 0.5:  # flanks: the wall is a line of constant x
            place = (wall + GAP * np.sin(yaw), start + spare)
        specs.append(ScaffoldSpec(bays, lifts, ties=ties, loaded=_worked(building, works, spec.facade)))
        poses.append(pose_at(plot.building.x, plot.building.y, ground - PRESSED) @ pose_at(*place, 0.0, yaw))
    pieces = [
        scaffold(run, seed.child(number).rng(), f"scaffold.{number}").moved(pose)
        for number, (run, pose) in enumerate(zip(specs, poses, strict=True))
    ]
    return Assembly.merged([*pieces, nets(specs, poses, spec.netting, seed.child("nets").rng())])


def standing_lifts(building: Building, works: Programme) -> int:
    """Returns how many lifts stand, 0 for no scaffold."""
    spec = building.spec
    height = building.floors[0].height + int(works.storeys) * spec.storey_height + 1.0
    left = 1.0 - max(works.progress - STRUCK_FROM, 0.0) / (1.0 - STRUCK_FROM)
    lifts = max(1, int(height / LIFT))
    return lifts if left >= 1 else int(np.ceil(left * lifts - 1e-9))


def _worked(building: Building, works: Programme, facade: str) -> tuple[int, int] | None:
    """Returns the decks from which masons lay the outer leaf now, or None."""
    if facade not in ("brick", "block_render") or not 0 < works.enclosed < building.spec.storeys:
        return None
    top = int((building.floors[0].height + works.enclosed * building.spec.storey_height) / LIFT)
    return max(top - 2, 1), top


def _facades(building: Building, plot: Plot) -> list[tuple[float, tuple[float, float, float]]]:
    """Returns heading, wall line, start and end of each façade in the order in which they are scaffolded."""
    low, high = building.outline
    east, west = (np.pi / 2, (high[0], low[1], high[1])), (-np.pi / 2, (low[0], high[1], low[1]))
    outer, inner = (east, west) if plot.side > 0 else (west, east)
    front, rear = (0.0, (low[1], low[0], high[0])), (np.pi, (high[1], high[0], low[0]))
    return [outer, front, rear, inner]


def nets(specs: Sequence[ScaffoldSpec], poses: Sequence[Pose], share: float, rng: np.random.Generator) -> Assembly:
    """Returns the sheets and the banner of a site's scaffolds.

    Args:
        specs, poses: the runs, and where they stand.
        share: of all bays that carry a sheet.
        rng: decides make, colour, state and what is printed.
    """
    looks = cloths(COLORS[int(rng.integers(len(COLORS)))])
    first = int(rng.integers(0, 2))  # some begin at the ground, most above people's heads
    aged = int(rng.integers(3))
    left = round(share * sum(spec.bays for spec in specs))
    pieces = []
    for number, (spec, pose) in enumerate(zip(specs, poses, strict=True)):
        count = min(left, spec.bays)
        left -= count
        lifts = spec.lifts + 1 - first
        if spec.lifts < 2 or not count:
            continue
        start = int(rng.integers(0, spec.bays - count + 1))
        for bay in range(start, start + count):
            way = _way(rng)
            variant = bay % 2 + 2 * int(rng.integers(3))
            mesh = sheet(lifts, way, variant)
            look = looks[aged if rng.random() < 0.75 else int(rng.integers(3))]
            low, high = mesh.bounds[:, 2]
            proxy = box_proxy(((0.0, -WIDTH - 0.3, max(low, 0.0)), (BAY, -WIDTH - 0.03, high)))
            standing = pose @ pose_at(bay * BAY, 0.0, level(spec, first) + 0.18)
            shape = (f"scaffold/sheet_{lifts}_{way}_{variant}", mesh)
            pieces.append(piece(f"net_{number}_{bay}", "scaffold_net", shape, (look, CORD), standing, proxy))
        if count >= 3 and rng.random() < 0.5:
            pieces.append(_banner(f"banner_{number}", spec, pose, start + int(rng.integers(0, count - 2)), rng))
    return Assembly.merged(pieces)


def _way(rng: np.random.Generator) -> Way:
    """Returns how a sheet hangs."""
    dice = rng.random()
    return "tied" if dice < 0.74 else "loose" if dice < 0.84 else "torn" if dice < 0.91 else "rolled"


def _banner(name: str, spec: ScaffoldSpec, pose: Pose, bay: int, rng: np.random.Generator) -> Assembly:
    """Returns a banner over two bays, two thirds up the run."""
    width, height = 2 * BAY - 0.3, 1.9
    print_ = tuple(
        Material("sheeting", color, wear=0.15, dirt=0.25) for color in PRINTS[int(rng.integers(len(PRINTS)))]
    )
    mesh = banner(width, height)
    proxy = box_proxy(((0.0, -WIDTH - 0.4, 0.0), (width, -WIDTH - 0.302, height)))
    standing = pose @ pose_at(bay * BAY + 0.15, 0.0, level(spec, max(1, round(spec.lifts * 0.66) - 1)) + 0.15)
    return piece(name, "banner", ("scaffold/banner", mesh), (*print_, CORD), standing, proxy)
