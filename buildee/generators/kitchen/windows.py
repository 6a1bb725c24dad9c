"""Windows: frames, sashes on their joints, glazing bars, panes, handles, window boards and sills. Metres.

A window's frame: origin in the middle of its opening, at the sill, on the wall's inner face; +X along the wall, +Y into
the room, +Z up. Sections after timber and timber-aluminium windows of northern Europe (68 and 78 mm deep, 55 to 75 mm
in view; EN 14351-1), steel ones of 40 mm, and English box sashes (bars of 18 to 22 mm).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from buildee.generators.kitchen.room import Opening, Wall
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.walls import FRAME_AT
from buildee.layout.kinematics import translation
from buildee.layout.layers import Shaped, model, shaped
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Joint, Model
from buildee.layout.solids import box, boxes, cylinder, sweep

Habit = Literal["turn", "casement", "sliding", "steel"]

GLASS = Material("glass", (0.97, 1.0, 0.99), wear=0.0, dirt=0.04)
ACROSS, UP = np.pi / 2, np.pi
"""How far the handle of a sash is turned that turns on its hinges, and of one that tilts; down it is locked."""

SASHES = ("sash", "lower", "upper")
"""What the names of parts that open begin with."""

BOARD = 0.028
"""Thickness of a window board."""

NOSE = 0.03
"""How far it stands out from the wall."""

Bounds = tuple[float, float, float, float, float, float]
"""x0, x1, y0, y1, z0, z1 of a bar."""


@dataclass(frozen=True)
class Sort:
    """How the windows of a room are made.

    Attributes:
        habit: how they open: tilting and turning inwards, side-hung outwards, sliding up, or steel with a vent.
        bars: panes along and up that glazing bars divide every sash into.
        frame, sash: widths in view, metres.
        depth: of the frame, metres.
        paint: of frame and sashes.
        metal: of the handles.
        board: of the window board.
    """

    habit: Habit
    bars: tuple[int, int]
    frame: float
    sash: float
    depth: float
    paint: Material
    metal: Material
    board: Material


def sort_of(style: Style, rng: np.random.Generator) -> Sort:
    """Draws how the windows of a kitchen are made."""
    dark = Material("lacquer", (0.03, 0.032, 0.034), wear=0.1, dirt=0.05)
    stone = Material("stone", (0.62, 0.6, 0.57), wear=0.1, dirt=0.05)
    trim, metal = style.trim, style.metal
    if style.family == "modern":
        return Sort("turn", (1, 1), 0.05, 0.06, 0.078, dark if rng.random() < 0.6 else trim, metal, stone)
    if style.family == "industrial":
        return Sort("steel", (2, 3), 0.04, 0.036, 0.05, dark, dark, stone if rng.random() < 0.5 else style.table)
    if style.family == "country":
        return Sort("casement", (2, 3) if rng.random() < 0.6 else (1, 2), 0.055, 0.05, 0.07, trim, metal, style.table)
    if style.family == "classic":
        return Sort("sliding", (2, 1) if rng.random() < 0.5 else (3, 2), 0.06, 0.048, 0.11, trim, metal, trim)
    return Sort("turn", (1, 1) if rng.random() < 0.5 else (1, 2), 0.055, 0.062, 0.07, trim, metal, style.table)


def window(
    wall: Wall,
    opening: Opening,
    name: str,
    sort: Sort,
    outer: float,
    rng: np.random.Generator,
    blind: bool = False,
    tilts: bool = False,
) -> tuple[Assembly, Support]:
    """Returns a window and its board as a place for things.

    Args:
        wall: that it is in.
        opening: that it fills.
        name: of the instance.
        sort: how it is made.
        outer: thickness of the wall, metres.
        rng: draws whether it stands open.
        blind: whether something hangs in its reveal, which keeps a sash that turns inwards shut.
        tilts: whether a sash that would turn inwards tilts, as one does it over worktops with taps and more on them.
    """
    width, height = opening.width, opening.height - opening.sill
    opens = rng.random() < 0.25 and not (blind and sort.habit == "turn")
    made = _model(width, height, sort, outer, sort.habit == "turn" and (tilts or opens))
    share = float(rng.uniform(0.2, 1.0)) if opens else 0.0
    values = {}
    moving = [part for part in made.parts if part.name.startswith(SASHES) and part.joint.limits[1] > 0]
    if opens and moving:
        part = moving[int(rng.integers(len(moving)))]
        reach = {"turn": 1.0, "casement": 0.35, "sliding": 0.6, "steel": 0.7}[sort.habit]
        values[part.name] = np.array([round(share * reach * part.joint.limits[1], 4)])
        values |= {
            handle.name: np.array([UP if part.joint.axis[0] else ACROSS])
            for handle in made.parts
            if handle.name == part.name.replace("sash", "handle")
        }
    pose = wall.pose @ translation((opening.start + width / 2, 0.0, opening.sill))
    placed = made.placed(name, pose, values)
    level = pose @ translation((0.0, -FRAME_AT / 2, BOARD))
    turned = level.copy()
    turned[:3, :2] = -level[:3, :2]  # one reaches for what stands there from inside
    sill = Support(f"{name}/sill", "sill", turned[None], np.array([width - 0.06, FRAME_AT]), height - 0.1, wall=True)
    return Assembly(made.shapes, (placed,)), sill


def _model(width: float, height: float, sort: Sort, outer: float, tilts: bool) -> Model:
    """Returns the window of an opening."""
    key = f"kitchen/window_{sort.habit}_{width:.3f}_{height:.3f}_{outer:.2f}_{sort.bars[0]}{sort.bars[1]}"
    maker = _sliding if sort.habit == "sliding" else _hung
    return model("window", maker(key, width, height, sort, outer, tilts))


def _rim(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], wide: float) -> list[Bounds]:
    """Returns the four members of a frame between bounds: stiles full height, rails between them."""
    return [
        (x[0], x[0] + wide, *y, *z),
        (x[1] - wide, x[1], *y, *z),
        (x[0] + wide, x[1] - wide, *y, z[0], z[0] + wide),
        (x[0] + wide, x[1] - wide, *y, z[1] - wide, z[1]),
    ]


def bars(bounds: Sequence[Bounds], chamfer: float = 0.0025) -> Mesh:
    """Returns bars between bounds as one mesh."""
    limits = np.asarray(bounds, np.float64).reshape(-1, 3, 2)
    return boxes(limits[..., 1] - limits[..., 0], translation(limits.mean(-1)), chamfer)


def panes(bounds: Sequence[tuple[float, float, float, float, float]]) -> Mesh:
    """Returns panes (x0, x1, y, z0, z1) as single faces that look into the room.

    A pane's back would be a mirror to those who look at it at a slant: the reflection by its material is that of a
    pane's both faces, seen from the front.
    """
    points = [[(x0, y, z0), (x0, y, z1), (x1, y, z1), (x1, y, z0)] for x0, x1, y, z0, z1 in bounds]
    return Mesh.from_faces(np.array(points).reshape(-1, 3), np.arange(4 * len(bounds)).reshape(-1, 4))


def _surround(width: float, height: float, sort: Sort, outer: float) -> tuple[list[Mesh], list[Mesh], list[Mesh]]:
    """Returns what is fixed about every window: its outer frame, the window board inside and the sill outside."""
    y1, half = -FRAME_AT, width / 2
    y0 = y1 - sort.depth
    frame = [bars(_rim((-half, half), (y0, y1), (0.0, height), sort.frame))]
    board = [box((width, FRAME_AT, BOARD), (0, -FRAME_AT / 2, BOARD / 2))]
    # Its nose laps the plaster either side.
    rounded = [(0.0, 0.0), (NOSE - 0.006, 0.0), (NOSE, 0.006), (NOSE, BOARD - 0.009), (NOSE - 0.003, BOARD - 0.003)]
    rounded += [(NOSE - 0.009, BOARD), (0.0, BOARD)]
    board.append(sweep([(half + 0.045, 0, 0), (-half - 0.045, 0, 0)], rounded))
    drip = [box((width, outer - FRAME_AT - sort.depth + 0.04, 0.03), (0, (y0 - outer - 0.04) / 2, 0.015), 0.004)]
    return frame, board, drip


def _fixed(key: str, width: float, height: float, sort: Sort, outer: float, more: Sequence[Mesh] = ()) -> Shaped:
    frame, board, drip = _surround(width, height, sort, outer)
    half, y1 = width / 2, -FRAME_AT
    y0, wide = y1 - sort.depth, sort.frame
    proxies = [((b[0], b[2], b[4]), (b[1], b[3], b[5])) for b in _rim((-half, half), (y0, y1), (0.0, height), wide)]
    proxies.append(((-half, y1, 0.0), (half, 0.0, BOARD)))
    proxies.append(((-half - 0.045, 0.0, 0.0), (half + 0.045, NOSE, BOARD)))
    sill = Material("stone", (0.42, 0.41, 0.39), wear=0.3, dirt=0.4)
    layers = [(sort.paint, [*frame, *more]), (sort.board, board), (sill, drip)]
    return shaped("frame", f"{key}/frame", layers, proxies)


def _sash(sort: Sort, width: float, height: float) -> list[tuple[Material, list[Mesh]]]:
    """Returns the layers of a sash: lower left corner at the origin of X and Z, inner face at y = 0.

    Args:
        sort: how it is made.
        width, height: outer, metres.
    """
    depth, wide = min(sort.depth - 0.006, 0.066), sort.sash
    members = _rim((0.0, width), (-depth, 0.0), (0.0, height), wide)
    inner_x, inner_z = (wide, width - wide), (wide, height - wide)
    across, up = sort.bars
    thin = 0.011 if sort.habit != "steel" else 0.0125
    x = inner_x[0] + (inner_x[1] - inner_x[0]) * np.arange(1, across) / across
    z = inner_z[0] + (inner_z[1] - inner_z[0]) * np.arange(1, up) / up
    y = (-depth * 0.8, -depth * 0.18)
    members += [(at - thin, at + thin, *y, *inner_z) for at in x]
    members += [(*inner_x, *y, at - thin, at + thin) for at in z]
    middle = -depth * 0.5
    lap = 0.004
    pane = panes([(inner_x[0] - lap, inner_x[1] + lap, middle, inner_z[0] - lap, inner_z[1] + lap)])
    bead = 0.012  # glazing beads step down from the sash to the pane
    beads = _rim((inner_x[0] - 0.001, inner_x[1] + 0.001), (-depth * 0.45, -0.008), inner_z, bead)
    return [
        (sort.paint, [bars(members, 0.004), bars(beads, 0.003)]),
        (GLASS, [pane]),
    ]


def _handle(sort: Sort, name: str, parent: int, spot: tuple[float, float, float], swing: float) -> Shaped:
    """Returns neck and lever, 115 mm, of a handle that points down; `swing` 1 turns it towards low x, -1 to high x."""
    lever = [cylinder(0.008, 0.04, 14).transformed(_ALONG_Y), box((0.019, 0.012, 0.125), (0.0, 0.042, -0.05), 0.005)]
    return shaped(
        name, "kitchen/window_lever", [(sort.metal, lever)], [], parent=parent, rest=translation(spot),
        joint=Joint("hinge", (0.0, swing, 0.0), (0.0, UP if sort.habit == "turn" else ACROSS)),
    )  # fmt: skip


_ALONG_Y = np.array([(1.0, 0, 0, 0), (0, 0, 1.0, 0), (0, -1.0, 0, 0), (0, 0, 0, 1.0)])
"""Turns +Z to +Y."""


def _hung(key: str, width: float, height: float, sort: Sort, outer: float, tilts: bool) -> list[Shaped]:
    """Returns a window of sashes side by side, turning, side-hung or of steel with a fixed light above a vent."""
    inner = width - 2 * sort.frame
    wanted = {"turn": 1.15, "casement": 0.65, "steel": 1.0}[sort.habit]
    count = max(1, round(inner / wanted)) if inner > 1.2 * wanted else 1
    lap = 0.008  # sashes rebate over the frame
    mullion = 0.04 if count > 1 else 0.0
    clear = (inner - mullion * (count - 1)) / count
    starts = -inner / 2 + (clear + mullion) * np.arange(count)
    y_frame = (-FRAME_AT - sort.depth, -FRAME_AT)
    low, high = sort.frame, height - sort.frame
    posts = [(x - mullion, x, *y_frame, low, high) for x in starts[1:]]
    pieces = [_fixed(key, width, height, sort, outer, [bars(posts)] if posts else [])]
    front = -FRAME_AT + (0.014 if sort.habit == "turn" else 0.004)
    for number, start in enumerate(starts):
        left = number % 2 == 0  # hung at its low-x side; pairs meet in the middle
        w, h = clear + 2 * lap, high - low + 2 * lap
        grip = (w - sort.sash / 2 if left else sort.sash / 2, 0.42 * h)
        plate = box((0.026, 0.008, 0.07), (grip[0], 0.004, grip[1]), 0.003)
        layers = [*_sash(sort, w, h), (sort.metal, [plate])]
        hinge_x = 0.0 if left else w
        depth = min(sort.depth - 0.006, 0.066)
        axis = 0.0 if sort.habit == "turn" else -depth  # pins sit on the side that a sash opens to
        layers = [(material, [mesh.moved(-hinge_x, -axis) for mesh in meshes]) for material, meshes in layers]
        bare = 2 * lap  # the step of its rebate turns past the frame, boxes would not
        bounds = [((bare - hinge_x, -depth - axis, bare), (w - bare - hinge_x, -axis, h - bare))]
        rest = translation((start - lap + hinge_x, front + axis, low - lap))
        pieces.append(
            shaped(
                f"sash_{number}", f"{key}/sash_{number}_{w:.3f}", layers, bounds, parent=0, rest=rest,
                joint=_hinge(sort.habit, left, tilts),
            )
        )  # fmt: skip
        spot = (grip[0] - hinge_x, -axis, grip[1])
        pieces.append(_handle(sort, f"handle_{number}", len(pieces) - 1, spot, 1.0 if left else -1.0))
    return pieces


def _hinge(habit: Habit, left: bool, tilts: bool) -> Joint:
    """Returns how a sash hung at its low-x side, or the other, opens; positive values open it."""
    if tilts:
        return Joint("hinge", (-1.0, 0.0, 0.0), (0.0, 0.14))  # 140 mm at the top of a sash of a metre
    inwards = 1.0 if habit == "turn" else -1.0
    return Joint("hinge", (0.0, 0.0, inwards if left else -inwards), (0.0, 1.5))


def _sliding(key: str, width: float, height: float, sort: Sort, outer: float, tilts: bool) -> list[Shaped]:
    """Returns a pair of sashes that slide past each other: the lower one inside."""
    del tilts
    frame = sort.frame
    w, low, high = width - 2 * frame + 0.012, frame - 0.006, height - frame + 0.006
    h = (high - low) / 2 + 0.02
    parting = [
        (-width / 2 + frame, -width / 2 + frame + 0.012, -FRAME_AT - 0.058, -FRAME_AT - 0.05, frame, high - 0.01)
    ]
    parting.append((-parting[0][1], -parting[0][0], *parting[0][2:]))
    pieces = [_fixed(key, width, height, sort, outer, [bars(parting, 0.001)])]
    slim = Sort(sort.habit, sort.bars, frame, sort.sash, 0.048, sort.paint, sort.metal, sort.board)
    latch = [
        box((0.06, 0.022, 0.012), (w / 2, -0.02, h + 0.004), 0.003),
        cylinder(0.009, 0.016, 12).moved(w / 2, -0.012, h),
    ]
    lifts = [box((0.045, 0.014, 0.012), (x, 0.007, 0.024), 0.004) for x in (0.25 * w, 0.75 * w)]
    for name, z, y, metal in (
        ("upper", high - h, -FRAME_AT - 0.054, []),
        ("lower", low, -FRAME_AT - 0.006, latch + lifts),
    ):
        paint, glass = _sash(slim, w, h)
        bounds = [((0.0, -0.042, 0.0), (w, 0.0, h))]
        travel = (-(high - low - h), 0.0) if name == "upper" else (0.0, high - low - h)
        pieces.append(
            shaped(
                name, f"{key}/{name}", [paint, glass, (sort.metal, metal)], bounds, parent=0,
                rest=translation((-w / 2, y, z)), joint=Joint("slider", (0.0, 0.0, 1.0), travel),
            )
        )  # fmt: skip
    return pieces
