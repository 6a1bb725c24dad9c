"""Façade scaffolding of welded frames, as Layher SpeedyScaf and its kin are built. Metres.

Frames are 2.00 m high and 0.73 m wide, of 48.3 mm tube; bays are 2.57 m; two steel decks 0.32 m wide a bay and lift;
guardrails 0.5 and 1.0 m above the deck, toe boards 0.15 m (EN 12810, EN 12811). The gap to the finished wall is 0.30 m
at most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.generators.construction_site.scaffold_loads import loads
from buildee.generators.construction_site.scaffold_parts import (
    ALUMINIUM,
    BAY,
    BOARD,
    DECK,
    DECK_TOP,
    LIFT,
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
    side_frame,
    top_posts,
    wall_tie,
)
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Assembly, Instance, Part, Pose

GAP = 0.38
"""From the inner standards to the slab edge, metres: a finished brick leaf leaves 0.13 m, no façade more than 0.3 m."""


@dataclass(frozen=True)
class ScaffoldSpec:
    """A straight run of scaffold.

    Attributes:
        bays: number of 2.57 m bays, 1 or more.
        lifts: number of decked lifts, 2 m each, 1 or more.
        jack: how far the base jacks lift the frames off the soles, metres, 0.05 to 0.4.
        ties: heights of slabs that the run may be tied to, metres above its ground.
        loaded: lowest and highest deck that masons work from, 1 the lowest; bricks and tubs stand on these.
    """

    bays: int
    lifts: int
    jack: float = 0.16
    ties: tuple[float, ...] = ()
    loaded: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Fitting:
    """One piece of a run before it becomes a part.

    Attributes:
        name: of the part.
        shape: key of its shape under "scaffold/".
        mesh: the shape.
        materials: one per slot.
        pose: `run_from_part`.
        solid: whether it counts in collision tests.
    """

    name: str
    shape: str
    mesh: Mesh
    materials: tuple[Material, ...]
    pose: Pose
    solid: bool = True

    def part(self) -> Part:
        """Returns the part."""
        proxy = box_proxy(self.mesh.bounds) if self.solid else None
        return Part(self.name, f"scaffold/{self.shape}", self.materials, rest=self.pose, proxy=proxy)


def scaffold(spec: ScaffoldSpec, rng: np.random.Generator, name: str = "scaffold") -> Assembly:
    """Returns a run of scaffold as one instance.

    The run goes along +X from the origin; the inner standards stand on y = 0 with the wall at
    y = `GAP`, the outer ones on y = -0.73; sole boards lie on z = 0.

    Args:
        spec: size and fittings.
        rng: decides the bays with ladder and diagonals.
        name: of the instance.
    """
    entrance = int(rng.integers(0, spec.bays))
    fittings = [*_frames(spec), *_bays(spec, entrance, rng), *_ends(spec)]
    shapes = {f"scaffold/{fitting.shape}": fitting.mesh for fitting in fittings}
    parts = tuple(fitting.part() for fitting in fittings)
    run = Assembly(shapes, (Instance(name, "scaffold", parts, np.eye(4)[None]),))
    decks = [(deck, level(spec, deck) + DECK_TOP) for deck in range(1, spec.lifts + 1)]
    return Assembly.merged([run, *loads(name, decks, spec.bays, entrance, spec.loaded, rng)])


def level(spec: ScaffoldSpec, lift: int) -> float:
    """Returns the height of the feet of a lift's frames, metres; deck k lies at level k + 1."""
    return BOARD[1] + 0.008 + spec.jack + lift * LIFT


def _frames(spec: ScaffoldSpec) -> list[Fitting]:
    """Returns soles, jacks, frames, top posts and ties on every line between bays."""
    fittings = []
    for line in range(spec.bays + 1):
        x = line * BAY
        fittings.append(Fitting(f"base_{line}", f"base_{spec.jack:.3f}", base(spec.jack), (STEEL, SOLE), pose_at(x)))
        fittings += [
            Fitting(f"frame_{line}_{lift}", "frame", side_frame(), (STEEL,), pose_at(x, 0, level(spec, lift)))
            for lift in range(spec.lifts)
        ]
        head = pose_at(x, 0, level(spec, spec.lifts))
        fittings.append(Fitting(f"top_{line}", "top", top_posts(), (STEEL,), head, solid=False))
        fittings += [
            Fitting(f"tie_{line}_{index}", "tie", wall_tie(GAP), (STEEL,), pose_at(x, 0, height), solid=False)
            for index, height in enumerate(_tie_heights(spec, line))
        ]
    return fittings


def _bays(spec: ScaffoldSpec, entrance: int, rng: np.random.Generator) -> list[Fitting]:
    """Returns decks, rails, ladders and diagonals of every bay and lift."""
    braced = set(range(int(rng.integers(0, min(3, spec.bays))), spec.bays, 4))
    fittings = []
    for bay in range(spec.bays):
        for lift in range(spec.lifts):
            below = pose_at(bay * BAY, 0, level(spec, lift))
            deck = pose_at(bay * BAY, 0, level(spec, lift + 1))
            label = f"{bay}_{lift}"
            if bay == entrance:  # hatches alternate so that one never climbs more than a lift
                hatch = (STEEL, DECK, ALUMINIUM)
                fittings.append(Fitting(f"deck_{label}", "hatch_deck", hatch_deck(), hatch, _flipped(deck, lift)))
                climb = _flipped(below, lift)
                fittings.append(Fitting(f"ladder_{label}", "ladder", ladder(), (ALUMINIUM,), climb, solid=False))
            else:
                fittings.append(Fitting(f"deck_{label}", "deck", bay_deck(), (STEEL,), deck))
            fittings.append(Fitting(f"rails_{label}", "rails", bay_rails(), (STEEL, TOE), deck))
            if bay in braced:
                brace = diagonal(lift % 2 == 0)
                shape = f"diagonal_{lift % 2}"
                fittings.append(Fitting(f"diagonal_{label}", shape, brace, (STEEL,), below, solid=False))
    return fittings


def _ends(spec: ScaffoldSpec) -> list[Fitting]:
    """Returns the rails across both ends of every deck."""
    return [
        Fitting(
            f"end_{end}_{lift}",
            "end_rails",
            end_rails(),
            (STEEL, TOE),
            pose_at(x, 0, level(spec, lift + 1)),
            solid=False,
        )
        for lift in range(spec.lifts)
        for end, x in (("first", 0.0), ("last", spec.bays * BAY))
    ]


def _flipped(pose: Pose, flip: int) -> Pose:
    """Returns the pose of a part of one bay, turned end for end when `flip` is odd."""
    return pose @ pose_at(BAY, -WIDTH, yaw=np.pi) if flip % 2 else pose


def _tie_heights(spec: ScaffoldSpec, line: int) -> list[float]:
    """Returns the heights at which a line of frames is tied: at every other slab, staggered."""
    first, last = level(spec, 0) + 1.0, level(spec, spec.lifts) + 0.8
    heights = [height for height in spec.ties if first < height < last]
    return [height for index, height in enumerate(heights) if (line + index) % 2 == 0]
