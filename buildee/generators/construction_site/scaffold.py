"""Façade scaffolding of welded frames, as Layher SpeedyScaf and its kin are built. Metres.

Frames are 2.00 m high and 0.73 m wide, of 48.3 mm tube; bays are 2.57 m; two steel decks 0.32 m wide a bay and lift;
guardrails 0.5 and 1.0 m above the deck, toe boards 0.15 m (EN 12810, EN 12811). The gap to the wall is 0.30 m at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from buildee.generators.construction_site.pieces import box_proxy, pose_at
from buildee.generators.construction_site.scaffold_parts import (
    ALUMINIUM,
    BAY,
    BOARD,
    DECK,
    LIFT,
    NETS,
    SOLE,
    STEEL,
    TOE,
    WIDTH,
    base,
    bay_deck,
    bay_rails,
    diagonal,
    end_rails,
    hatch_deck,
    ladder,
    netting,
    side_frame,
    top_posts,
    wall_tie,
)
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Instance, Part, Pose

GAP = 0.3
"""From the inner standards to the slab edge, metres."""


@dataclass(frozen=True)
class ScaffoldSpec:
    """A straight run of scaffold.

    Attributes:
        bays: number of 2.57 m bays, 1 or more.
        lifts: number of decked lifts, 2 m each, 1 or more.
        jack: how far the base jacks lift the frames off the soles, metres, 0.05 to 0.4.
        netting: share of the bays that carry debris netting.
        ties: heights of slabs that the run may be tied to, metres above its ground.
    """

    bays: int
    lifts: int
    jack: float = 0.16
    netting: float = 0.3
    ties: tuple[float, ...] = ()


def scaffold(spec: ScaffoldSpec, rng: np.random.Generator, name: str = "scaffold") -> Assembly:
    """Returns a run of scaffold as one instance.

    The run goes along +X from the origin; the inner standards stand on y = 0 with the wall at
    y = `GAP`, the outer ones on y = -0.73; sole boards lie on z = 0.

    Args:
        spec: size and fittings.
        rng: decides the bays with ladder, diagonals and netting.
        name: of the instance.
    """
    shapes: dict[str, Mesh] = {}
    parts: list[Part] = []

    def add(label: str, key: str, mesh: Mesh, materials: Sequence, pose: Pose, solid: bool = False) -> None:
        shapes.setdefault(key, mesh)
        proxy = box_proxy(mesh.bounds) if solid else None
        parts.append(Part(label, key, tuple(materials), rest=pose, proxy=proxy))

    foot = BOARD[1] + 0.008 + spec.jack
    entrance = int(rng.integers(0, spec.bays))
    braced = set(range(int(rng.integers(0, min(3, spec.bays))), spec.bays, 4))
    nets = _netted(spec, rng)
    net = NETS[int(rng.integers(len(NETS)))]
    for line in range(spec.bays + 1):
        x = line * BAY
        add(f"base_{line}", f"scaffold/base_{spec.jack:.3f}", base(spec.jack), (STEEL, SOLE), pose_at(x), True)
        for lift in range(spec.lifts):
            pose = pose_at(x, 0, foot + lift * LIFT)
            add(f"frame_{line}_{lift}", "scaffold/frame", side_frame(), (STEEL,), pose, True)
        add(f"top_{line}", "scaffold/top", top_posts(), (STEEL,), pose_at(x, 0, foot + spec.lifts * LIFT))
        for height in _tie_heights(spec, line, foot):
            add(f"tie_{line}_{height:.2f}", "scaffold/tie", wall_tie(GAP), (STEEL,), pose_at(x, 0, height))
    for bay in range(spec.bays):
        for lift in range(spec.lifts):
            pose = pose_at(bay * BAY, 0, foot + (lift + 1) * LIFT)
            below = pose_at(bay * BAY, 0, foot + lift * LIFT)
            label = f"{bay}_{lift}"
            if bay == entrance:
                deck, flip = hatch_deck(), lift % 2
                add(f"deck_{label}", "scaffold/hatch_deck", deck, (STEEL, DECK, ALUMINIUM), _flipped(pose, flip), True)
                add(f"ladder_{label}", "scaffold/ladder", ladder(), (ALUMINIUM,), _flipped(below, flip))
            else:
                add(f"deck_{label}", "scaffold/deck", bay_deck(), (STEEL,), pose, True)
            add(f"rails_{label}", "scaffold/rails", bay_rails(), (STEEL, TOE), pose, True)
            if bay in braced:
                turned = _flipped(below, lift % 2)
                add(f"diagonal_{label}", "scaffold/diagonal", diagonal(), (STEEL,), turned)
            if (bay, lift) in nets:
                add(f"net_{label}", f"scaffold/net_{bay % 2}", netting(bay % 2), (net,), below)
    for lift in range(spec.lifts):
        for end, x in (("first", 0.0), ("last", spec.bays * BAY)):
            add(
                f"end_{end}_{lift}",
                "scaffold/end_rails",
                end_rails(),
                (STEEL, TOE),
                pose_at(x, 0, foot + (lift + 1) * LIFT),
            )
    return Assembly(shapes, (Instance(name, "scaffold", tuple(parts), np.eye(4)[None]),))


def _flipped(pose: Pose, flip: int) -> Pose:
    """Returns the pose of a part of one bay, turned end for end when `flip` is odd."""
    return pose @ pose_at(BAY, -WIDTH, yaw=np.pi) if flip % 2 else pose


def _netted(spec: ScaffoldSpec, rng: np.random.Generator) -> set[tuple[int, int]]:
    """Returns (bay, lift) of the netted fields: a run of neighbouring bays, from the first deck up."""
    count = round(spec.netting * spec.bays)
    first = int(rng.integers(0, spec.bays - count + 1))
    return {(bay, lift) for bay in range(first, first + count) for lift in range(1, spec.lifts)}


def _tie_heights(spec: ScaffoldSpec, line: int, foot: float) -> list[float]:
    """Returns the heights at which a line of frames is tied: every 4 m or so, staggered."""
    top = foot + spec.lifts * LIFT
    heights = [height for height in spec.ties if foot + 1.0 < height < top + 0.8]
    return [height for index, height in enumerate(heights) if (line + index) % 2 == 0]
