"""The building's dig before its ground slab is cast: blinding, pads, ground beams, core raft, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import foundations
from buildee.generators.construction_site.excavations import FORMATION
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.programme import Programme
from buildee.generators.construction_site.reinforcement import CAP, SPACER, STEEL, column_starters, wall_starters
from buildee.generators.construction_site.site import Plot
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed

BED = -FORMATION + 0.07
"""Top of the blinding, metres below the ground around: above the highest bump of the trimmed formation."""

State = Literal["planned", "blinded", "caged", "formed", "poured", "stripped"]

STATES: tuple[tuple[float, State], ...] = (
    (0.8, "stripped"),
    (0.62, "poured"),
    (0.36, "formed"),
    (0.16, "caged"),
    (0.0, "blinded"),
)
"""From which progress on a footing is in which state: formed holds the cage in its form, poured is set in it."""

LEAN_CONCRETE = Material("concrete", (0.33, 0.315, 0.28), wear=0.8, dirt=0.75, scale=1.5)
FORM_PLY = Material("plywood", (0.36, 0.23, 0.11), wear=0.6, dirt=0.6)
FORM_TIMBER = Material("wood", (0.5, 0.36, 0.2), wear=0.5, dirt=0.55)


@dataclass(frozen=True, eq=False)
class Block:
    """A footing.

    Attributes:
        name: unique.
        x, y: its middle in the building's frame, metres.
        length, width: along X and Y; a beam along Y is told by `width` being the longer.
        state: how far it is.
        kind: pad, beam or raft.
        columns: (C, 2) axes of the columns that it carries.
    """

    name: str
    x: float
    y: float
    length: float
    width: float
    state: State
    kind: Literal["pad", "beam", "raft"]
    columns: NDArray[np.float64]


def groundworks(building: Building, plot: Plot, works: Programme, ground: Ground, seed: Seed) -> Assembly:
    """Returns the foundations under way in the building's dig.

    Args:
        building: whose columns, core and grid are founded; no slab stands yet.
        plot: where it stands and what is dug.
        works: how far the foundations are.
        ground: the finished terrain.
        seed: of small irregularities.
    """
    if works.founded <= 0:
        return Assembly()
    blocks = [block for block in _blocks(building, plot, works) if block.state != "planned"]
    pieces = [footing(block, building, seed.child(block.name)) for block in blocks]
    return Assembly.merged(pieces).moved(pose_at(plot.building.x, plot.building.y, BED))


def state_of(progress: float) -> State:
    """Returns the state of a footing at a progress; below 0 nothing is there yet."""
    return next((state for start, state in STATES if progress >= start), "planned")


def pad_size(storeys: int) -> float:
    """Returns the side of a pad that carries a column of so many storeys, metres."""
    return round(min(1.25 + 0.05 * storeys, 1.7), 2)


def _blocks(building: Building, plot: Plot, works: Programme) -> list[Block]:
    """Returns all footings: they are made from the outer flank on, where the dig began; beams follow their pads."""
    side = pad_size(building.spec.storeys)
    raft = _raft(building.core, building.columns, side)
    x = building.columns[:, 0]
    span = max(float(np.ptp(x)), 1e-9)

    def progress(at: float) -> float:
        share = (plot.side * (x.max() - at) if plot.side > 0 else at - x.min()) / span
        return 2.6 * works.founded - 1.2 * float(np.clip(share, 0, 1))

    on_raft = ((building.columns > raft[0]) & (building.columns < raft[1])).all(1)
    own = building.columns[~on_raft]
    order = np.lexsort((own[:, 1], own[:, 0]))
    own = own[order]
    done = [progress(float(place[0])) - 0.06 * (number % 3) for number, place in enumerate(own)]
    blocks = [
        Block(f"foundation/pad_{number}", *place.tolist(), side, side, state_of(at), "pad", place[None])
        for number, (place, at) in enumerate(zip(own, done, strict=True))
    ]
    middle, size = raft.mean(0), np.ptp(raft, axis=0)
    state = state_of(progress(float(middle[0])) - 0.1)
    blocks.append(Block("foundation/raft", *middle.tolist(), *size.tolist(), state, "raft", building.columns[on_raft]))
    return blocks + _beams(own, done, side, building.spec.bay)


def _beams(pads: NDArray[np.float64], done: list[float], side: float, bay: float) -> list[Block]:
    """Returns the ground beams around the building, from pad to pad."""
    low, high = pads.min(0), pads.max(0)
    beams = []
    for axis in (0, 1):
        across = 1 - axis
        for edge in (low[across], high[across]):
            line = [
                number for number in np.argsort(pads[:, axis], kind="stable") if abs(pads[number, across] - edge) < 0.1
            ]
            for one, two in pairwise(line):
                gap = float(pads[two, axis] - pads[one, axis]) - side
                if gap > bay * 1.2:
                    continue
                x, y = (pads[one] + pads[two]) / 2
                size = (gap, 0.4) if axis == 0 else (0.4, gap)
                state = state_of(min(done[one], done[two]) - 0.45)
                name = f"foundation/beam_{len(beams)}"
                beams.append(Block(name, float(x), float(y), *size, state, "beam", np.zeros((0, 2))))
    return beams


def _raft(core: NDArray[np.float64], columns: NDArray[np.float64], side: float) -> NDArray[np.float64]:
    """Returns (2, 2) the raft under the core, as large as it takes to hold every pad that comes too close."""
    raft = core + np.array([[-0.5], [0.5]])
    while True:
        low, high = columns - side / 2, columns + side / 2
        near = ((high > raft[0] - 0.3) & (low < raft[1] + 0.3)).all(1)
        grown = np.stack(
            [
                np.minimum(raft[0], low[near].min(0, initial=np.inf)),
                np.maximum(raft[1], high[near].max(0, initial=-np.inf)),
            ]
        )
        if (np.abs(grown - raft) < 1e-9).all():
            return raft
        raft = grown


def footing(block: Block, building: Building, seed: Seed, bedded: bool = True) -> Assembly:
    """Returns what there is of one footing; its own blinding too if it is to be `bedded`."""
    place = pose_at(block.x, block.y)
    size = f"{block.length:.3f}x{block.width:.3f}"
    rng = seed.rng()
    length, width = _bed(block)
    lean = foundations.blinding(length, width, rng)
    bed = box_proxy([(-length / 2, -width / 2, -foundations.LEAN), (length / 2, width / 2, 0.0)])
    shape = (f"{block.name}/blinding", lean)
    pieces = [piece(f"{block.name}/blinding", "blinding", shape, (LEAN_CONCRETE,), place, bed)] if bedded else []
    if block.state in ("caged", "formed"):
        pitch = 0.2 if block.kind == "raft" else 0.15
        shape = (f"foundation/cage_{size}", foundations.cage(block.length, block.width, pitch))
        pieces.append(copies(f"{block.name}/cage", "rebar_cage", shape, (STEEL, SPACER), place[None]))
        tall = (f"foundation/starter_cage_{building.spec.column:.2f}", foundations.starter_cage(building.spec.column))
        feet = np.column_stack([block.columns, np.zeros(len(block.columns))])
        pieces.append(copies(f"{block.name}/column_cage", "rebar_cage", tall, (STEEL,), poses_at(feet)))
    if block.state in ("formed", "poured"):
        pieces.append(_form(block, size))
    if block.state in ("poured", "stripped"):
        pieces.append(_concrete(block, building, rng))
    if block.kind == "raft" and block.state != "blinded":
        pieces.append(_wall_starters(block, building, rng))
    return Assembly.merged(pieces)


def _bed(block: Block) -> tuple[float, float]:
    """Returns length and width of the blinding: 150 mm wider than the concrete, from pad to pad under a beam."""
    margin = np.array([0.3, 0.3])
    if block.kind == "beam":
        margin[int(block.width > block.length)] = -0.3
    length, width = np.array([block.length, block.width]) + margin
    return float(length), float(width)


def _form(block: Block, size: str) -> Assembly:
    """Returns the edge form: on all sides, or along a beam, whose ends are the pads."""
    if block.kind == "beam" and block.width > block.length:
        turned = pose_at(block.x, block.y, 0.0, np.pi / 2)
        length, width = block.width, block.length
    else:
        turned, length, width = pose_at(block.x, block.y), block.length, block.width
    ends = block.kind != "beam"
    length = length if ends else length - 0.02
    mesh = foundations.form(length, width, ends)
    proxy = box_proxy(*foundations.form_boxes(length, width, ends))
    return piece(
        f"{block.name}/form", "formwork", (f"foundation/form_{size}", mesh), (FORM_PLY, FORM_TIMBER), turned, proxy
    )


def _concrete(block: Block, building: Building, rng: np.random.Generator) -> Assembly:
    """Returns the cast block with the bars that stand out of it, and a kicker where its column will stand."""
    fresh = block.state == "poured"
    grey = 0.27 if fresh else 0.37 * rng.uniform(0.9, 1.08)
    material = Material("concrete", (grey, 0.98 * grey, 0.93 * grey), wear=0.35, dirt=0.35, wetness=0.4 * fresh)
    mesh = foundations.footing(block.length, block.width, rng)
    bounds = np.array(
        [(-block.length / 2, -block.width / 2, 0.0), (block.length / 2, block.width / 2, foundations.THICK)]
    )
    pieces = [
        piece(
            block.name,
            "footing",
            (f"{block.name}/concrete", mesh),
            (material,),
            pose_at(block.x, block.y),
            box_proxy(bounds),
        )
    ]
    top = np.column_stack([block.columns, np.full(len(block.columns), foundations.THICK)])
    size = building.spec.column
    if not fresh:
        kicker = (f"foundation/kicker_{size:.2f}", foundations.kicker(size))
        pieces.append(copies(f"{block.name}/kicker", "column", kicker, (material,), poses_at(top)))
    capped = rng.random() < 0.5
    shape = (f"{block.name}/starters", column_starters(rng, size, capped))
    materials = (STEEL, CAP) if capped else (STEEL,)
    pieces.append(copies(f"{block.name}/starters", "starter_bar", shape, materials, poses_at(top)))
    return Assembly.merged(pieces)


def _wall_starters(block: Block, building: Building, rng: np.random.Generator) -> Assembly:
    """Returns the bars of the core's outer walls: in the cage, or out of the cast raft."""
    wall = building.spec.wall
    low, high = building.core[0] + wall / 2, building.core[1] - wall / 2
    level = foundations.THICK - (0.25 if block.state in ("caged", "formed") else 0.0)
    rows = []
    corners = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    for number, (start, end) in enumerate(zip(corners, np.roll(corners, -1, 0), strict=True)):
        step = end - start
        shape: tuple[str, Mesh] = (
            f"{block.name}/wall_starters_{number}",
            wall_starters(rng, float(np.hypot(*step)), wall),
        )
        pose = pose_at(*start, level, float(np.arctan2(step[1], step[0])))
        rows.append(copies(f"{block.name}/wall_starters_{number}", "starter_bar", shape, (STEEL,), pose[None]))
    return Assembly.merged(rows)
