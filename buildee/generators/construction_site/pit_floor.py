"""What is under way on the floor of a pit: footings on the blinding, laid pipes, goods, tools, people, spoil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.crew_places import AHEAD, ROOM
from buildee.generators.construction_site.excavations import Dig
from buildee.generators.construction_site.foundations import FORM_REACH
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.groundworks import Block, State, footing, pad_size
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.reinforcement import SPACER, STEEL, mat
from buildee.generators.construction_site.relief import Heap
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.kinematics import rotation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, copies, piece, pose_at
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Assembly
from buildee.layout.solids import pipe
from buildee.recipe.seed import Seed

SWEEP = (6.4, 6.2)
"""Floor that an excavator's bucket needs along the edge and from it, metres."""

STATES: tuple[State, ...] = ("stripped", "poured", "formed", "caged", "caged")
"""How far footings are, one after the other."""

PITCH = 2.15
"""From footing to footing, metres."""

GOODS = ("rebar_bundle", "timber_stack", "toolbox", "plywood_stack", "wheelbarrow", "pallet_pile", "mesh_mats")
TOOLS = ("tool", "bucket", "tool", "ladder", "bucket", "tool", "barrel", "tool")
"""What lies on the floor of a pit, dealt out in this order."""

JOBS = ("kneel", "crouch", "shovel", "inspect")
"""What people do beside the footings, from the last one back."""

CONCRETE = Material("concrete", (0.42, 0.41, 0.385), wear=0.4, dirt=0.5)
BED, OUTER, INNER, LENGTH = 0.12, 0.38, 0.3, 2.5
"""How deep pipes lie in their bed of gravel, their radii (DN 600) and their length, metres (EN 1916)."""


@dataclass(frozen=True, eq=False)
class Floor:
    """What is on the floor of a pit, decided in plan.

    Attributes:
        blocks: footings, in the frame of the blinding.
        mats: length and width of a mat on the blinding and its corner in that frame, metres.
        pipes: (P, 2) middles of pipes laid end to end along the dig, metres.
        stands: goods and tools.
        spots: x, y, heading of people at work, and what each does.
        heaps: spoil at the face.
        taken: what is taken by all of these.
    """

    blocks: tuple[Block, ...] = ()
    mats: tuple[tuple[float, float, float, float], ...] = ()
    pipes: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))
    stands: tuple[Stand, ...] = ()
    spots: tuple[tuple[tuple[float, float, float], str], ...] = ()
    heaps: tuple[Heap, ...] = ()
    taken: Plan = field(default_factory=Plan)


def pit_floor(plot: Plot, diggers: Sequence[Footprint], building: Building, soil: Material, seed: Seed) -> Floor:
    """Decides what is on the floor of the pit; nothing in a building's own dig.

    Args:
        plot: the zones.
        diggers: where excavators stand, whose buckets need room.
        building: whose storeys and columns the footings beside it are like.
        soil: what is dug.
        seed: of the choices.
    """
    dig = plot.dig
    if dig is None or dig.foundations:
        return Floor()
    taken, rng = Plan(), seed.child("floor").rng()
    heaps = []
    for number, digger in enumerate(diggers):
        at = dig.rim.local((digger.x, digger.y))[0]
        taken.keep("bucket", _sweep(dig, float(at)))
        heaps += _spoil(dig, float(at), number, soil, taken, rng)
    if dig.ramp is not None:
        taken.keep("ramp", replace(dig.ramp.grown(0.4), length=dig.ramp.length + 3.0))
    taken.keep("sump and hose", Footprint(*map(float, dig.outlet), dig.rim.yaw, 2 * dig.run + 4.4, 2 * dig.run + 11.0))
    if dig.sides == "sheet_piled":
        x, y = dig.rim.point(dig.drained * (1 - 2.0 / dig.rim.length), 0.25)
        taken.keep("ladder", Footprint(x, y, dig.rim.yaw, 3.4, 1.6))
    blocks, mats, spots = _on_blinding(dig, building, rng)
    if dig.blinded is not None:
        taken.keep("blinding", dig.blinded.grown(0.15))
    pipes = _pipes(dig, taken)
    for number, (x, y) in enumerate(pipes):
        taken.keep(f"pipe {number}", Footprint(float(x), float(y), dig.rim.yaw, LENGTH, 2 * OUTER))
    stands = _scattered(dig, taken, seed.child("goods"))
    spots += [(spot, "shovel") for spot in _beside(pipes[-1:], dig, taken)]
    return Floor(blocks, mats, pipes, tuple(stands), tuple(spots), tuple(heaps), taken)


def _sweep(dig: Dig, along: float) -> Footprint:
    """Returns the floor that an excavator at a place along the rim passes its bucket over."""
    x, y = dig.rim.point(2 * along / dig.rim.length, SWEEP[1] / dig.rim.width - 1)
    return Footprint(x, y, dig.rim.yaw, *SWEEP)


def _spoil(dig: Dig, along: float, number: int, soil: Material, taken: Plan, rng: np.random.Generator) -> list[Heap]:
    """Returns what fell from the bucket at the foot of the face, beside where it digs."""
    radius = float(rng.uniform(0.8, 1.2))
    for side in rng.permutation([-1.0, 1.0]):
        x = along + side * (SWEEP[0] / 2 + 1.1 * radius)
        y = -dig.floor.width / 2 + 1.1 * radius
        at = Footprint(*dig.rim.point(2 * x / dig.rim.length, 2 * y / dig.rim.width), dig.rim.yaw, 3.2 * radius, 2.4)
        if abs(x) < dig.floor.length / 2 - 1.6 * radius and dig.floor.width > 3.0 and taken.is_free(at):
            taken.keep("spoil", at)
            return [Heap(f"pit_spoil.{number}", at.x, at.y, radius, 1.3, dig.rim.yaw, soil)]
    return []


def _on_blinding(
    dig: Dig, building: Building, rng: np.random.Generator
) -> tuple[tuple[Block, ...], tuple[tuple[float, float, float, float], ...], list]:
    """Returns footings in a row on the blinding, a mat beside them and people at the last of them."""
    bed = dig.blinded
    if bed is None:
        return (), (), []
    side = pad_size(building.spec.storeys)
    count = min(int((bed.length - side - 0.5) // PITCH) + 1, len(STATES))
    if count < 1 or bed.width < side + 0.5:
        return (), (), []
    row = bed.width / 2 - side / 2 - 0.3
    first = int(rng.integers(2)) if count < len(STATES) else 0
    shift = dig.drained  # the first are poured far from the ramp
    places = shift * (bed.length / 2 - side / 2 - 0.3 - PITCH * np.arange(count))
    blocks = tuple(
        Block(f"pit/pad_{k}", float(x), row, side, side, STATES[first + k], "pad", np.array([(float(x), row)]))
        for k, x in enumerate(places)
    )
    front = row - side / 2 - FORM_REACH - 0.12
    spots: list[tuple[tuple[float, float, float], str]] = []
    room = front - 1.3 + bed.width / 2
    for k, job in zip(range(count - 1, -1, -1), JOBS, strict=False):
        if len(spots) < 3 and room > 0.2:
            before = front - AHEAD.get(job, ROOM[0] / 2)
            x, y = bed.point(2 * float(places[k]) / bed.length, 2 * before / bed.width)
            spots.append(((x, y, bed.yaw + np.pi / 2 + float(rng.normal(0, 0.1))), job))
    width = min(room - 0.5, 2.2)
    mats = ((min(bed.length - 0.6, 5.0), width, -min(bed.length - 0.6, 5.0) / 2, -bed.width / 2 + 0.2),)
    return blocks, mats if width > 0.8 else (), spots


def _pipes(dig: Dig, taken: Plan) -> NDArray[np.float64]:
    """Returns the middles of pipes laid along a trench, or along the far foot of a pit's side; those that have room."""
    floor = dig.floor
    across = 0.0 if dig.trench else 1 - 2.4 / floor.width
    if floor.width < 2.2 or (dig.blinded is not None and not dig.trench):
        return np.zeros((0, 2))
    count = int((0.62 if dig.trench else 0.5) * floor.length // (LENGTH + 0.008))
    places = -dig.drained * (floor.length / 2 - 0.8 - (np.arange(count) + 0.5) * (LENGTH + 0.008))
    middles = floor.points(np.column_stack([2 * places / floor.length, np.full(count, across)]))
    if dig.trench:  # all of it is for pipes, but for where a bucket comes down
        taken = Plan([item for item in taken.taken if item[0] == "bucket"])
    free = [taken.is_free(Footprint(float(x), float(y), floor.yaw, LENGTH, 1.2)) for x, y in middles]
    stop = free.index(False) if False in free else count
    return middles[:stop]


def _beside(pipes: NDArray[np.float64], dig: Dig, taken: Plan) -> list[tuple[float, float, float]]:
    """Returns where somebody shovels bedding at the last pipe."""
    for x, y in pipes:
        ahead = dig.drained * (LENGTH / 2 + 1.3)
        at = Footprint(float(x), float(y), dig.rim.yaw + (np.pi if dig.drained > 0 else 0.0), 1.6, 1.0)
        cosine, sine = np.cos(dig.rim.yaw), np.sin(dig.rim.yaw)
        at = replace(at, x=at.x + ahead * cosine, y=at.y + ahead * sine)
        if taken.is_free(at) and at.overhang(dig.floor) < 0:
            taken.keep("worker", at)
            return [(at.x, at.y, at.yaw)]
    return []


def _scattered(dig: Dig, taken: Plan, seed: Seed) -> list[Stand]:
    """Returns goods and tools wherever the floor is free: the larger the floor, the more."""
    floor = dig.floor.grown(-0.35)
    if floor.length < 2 or floor.width < 1.2:
        return []
    stands = []
    area = floor.length * floor.width
    kinds = [*GOODS[: 1 + int(area // 26)], *TOOLS[: 3 + int(area // 30)]]
    for number, kind in enumerate(kinds):
        rng = seed.child(number).rng()
        corner = rng.uniform(-1, 1, 2)
        model = PROPS[kind](rng)
        size = size_of(model)
        for attempt in range(8):
            share = corner + rng.normal(0, 0.15 + 0.05 * attempt, 2)
            quarter = int(rng.integers(2)) * np.pi / 2 * (kind not in TOOLS)
            yaw = dig.rim.yaw + quarter + rng.normal(0, 0.9 if kind in TOOLS else 0.08)
            at = Footprint(*floor.point(*np.clip(share, -1, 1).tolist()), float(yaw), *size)
            if at.overhang(floor) < 0 and taken.is_free(at, 0.12):
                taken.keep(kind, at)
                stands.append(Stand(f"{model.category}.pit.{number}", model, at))
                break
    return stands


def laid(floor: Floor, plot: Plot, building: Building, ground: Ground, seed: Seed) -> Assembly:
    """Returns the footings, mats and pipes on the finished floor."""
    pieces = []
    dig = plot.dig
    if floor.blocks and dig is not None and dig.blinded is not None:
        bed = dig.blinded
        level = float(ground.height((bed.x, bed.y)))
        made = [footing(block, building, seed.child(block.name), bedded=False) for block in floor.blocks]
        for number, (length, width, x, y) in enumerate(floor.mats):
            shape = (f"pit/mat_{length:.2f}x{width:.2f}", mat(length, width, 0.15))
            made.append(copies(f"pit/mat.{number}", "rebar_cage", shape, (STEEL, SPACER), pose_at(x, y)[None]))
        pieces.append(Assembly.merged(made).moved(pose_at(bed.x, bed.y, level, bed.yaw)))
    for number, (x, y) in enumerate(floor.pipes):
        along = np.array([-0.5, 0.0, 0.5])[:, None] * plot.dig.rim.axes[0] * LENGTH
        ends = ground.height(np.array([x, y]) + along)
        pose = pose_at(float(x), float(y), float(ends.mean()) - BED + OUTER, plot.dig.rim.yaw)
        half = OUTER * 0.92
        proxy = box_proxy([(-LENGTH / 2, -half, -half), (LENGTH / 2, half, half)])
        pieces.append(piece(f"laid_pipe.{number}", "pipe", ("pit/pipe", _pipe()), (CONCRETE,), pose, proxy))
    return Assembly.merged(pieces)


def _pipe() -> Mesh:
    """Returns a concrete pipe along X around the origin."""
    return pipe(OUTER, INNER, LENGTH, 28).transformed(rotation((0.0, 1.0, 0.0), np.pi / 2)).moved(x=-LENGTH / 2)
