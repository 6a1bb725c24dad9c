"""The stiffening core of a frame: stair well, lift shaft, service room. Metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.concrete import DOOR_HEIGHT, flight, landing_slab, wall_panel
from buildee.generators.construction_site.guardrail import POST
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Instance, Part, Pose, Proxy
from buildee.layout.solids import box

STAIR_WIDTH = 2.5
LIFT_WIDTH = 1.9
LIFT_DEPTH = 2.2
LANDING = 1.35
TREAD = 0.27
RISE = 0.182
"""Goal for the height of a step (DIN 18065: 0.14 to 0.19 m)."""

SLAB = 0.2
"""Thickness of the half-storey landing."""


@dataclass(frozen=True)
class Core:
    """Where the core of a building stands; its long side runs along Y, its doors look to -Y.

    Attributes:
        x, y: lowest corner of its outside, metres.
        wall: thickness, metres.
        storey_height: metres.
    """

    x: float
    y: float
    wall: float
    storey_height: float

    @property
    def risers(self) -> int:
        """Steps of one of the two flights of a storey, the landing's edge counted."""
        return round(self.storey_height / RISE / 2)

    @property
    def run(self) -> float:
        """Length of a flight seen from above, metres."""
        return (self.risers - 1) * TREAD

    @property
    def outside(self) -> NDArray[np.float64]:
        """(2, 2) lowest and highest corner, metres."""
        width, depth = core_size(self.wall, self.storey_height)
        return np.array([(self.x, self.y), (self.x + width, self.y + depth)])

    @property
    def stair_opening(self) -> NDArray[np.float64]:
        """(2, 2) hole in a slab through which the flights pass."""
        low = np.array([self.x + self.wall, self.y + self.wall + LANDING])
        return np.stack([low, [low[0] + STAIR_WIDTH, self.outside[1, 1] - self.wall]])

    @property
    def lift_opening(self) -> NDArray[np.float64]:
        """(2, 2) hole in a slab for the lift."""
        low = np.array([self.x + 2 * self.wall + STAIR_WIDTH, self.y + self.wall])
        return np.stack([low, low + np.array([LIFT_WIDTH, LIFT_DEPTH])])

    @property
    def rooms(self) -> tuple[NDArray[np.float64], ...]:
        """(2, 2) plans inside the walls that have a slab: the floor landing and the service room.

        The landing stops short of the flight that runs on below its edge.
        """
        stair, lift = self.stair_opening, self.lift_opening
        landing = np.array([(stair[0, 0], self.y + self.wall), (stair[1, 0], stair[0, 1] - 0.3)])
        service = np.array([(lift[0, 0], lift[1, 1] + self.wall), (lift[1, 0], self.outside[1, 1] - self.wall)])
        return landing, service


def core_size(wall: float, storey_height: float) -> tuple[float, float]:
    """Returns the outer width and depth of a core, metres."""
    run = (round(storey_height / RISE / 2) - 1) * TREAD
    return 3 * wall + STAIR_WIDTH + LIFT_WIDTH, 2 * wall + 2 * LANDING + run


def wall_lines(core: Core) -> list[tuple[str, Pose, float, tuple[tuple[float, float], ...]]]:
    """Returns name, pose on the floor, length and doors of every wall of a storey."""
    low, high = core.outside
    wall, half = core.wall, core.wall / 2
    inner = high[1] - low[1] - 2 * wall
    stair, lift = low[0] + wall, low[0] + 2 * wall + STAIR_WIDTH
    upright = np.pi / 2
    service_door = LIFT_DEPTH + 2 * wall + 0.3
    return [
        ("west", pose_at(low[0] + half, low[1], yaw=upright), high[1] - low[1], ()),
        ("middle", pose_at(lift - half, low[1] + wall, yaw=upright), inner, ()),
        (
            "east",
            pose_at(high[0] - half, low[1], yaw=upright),
            high[1] - low[1],
            ((service_door, service_door + 0.95),),
        ),
        ("stair_front", pose_at(stair, low[1] + half), STAIR_WIDTH, ((0.35, 1.4),)),
        ("stair_back", pose_at(stair, high[1] - half), STAIR_WIDTH, ()),
        ("lift_front", pose_at(lift, low[1] + half), LIFT_WIDTH, ((0.4, 1.5),)),
        ("lift_back", pose_at(lift, high[1] - half), LIFT_WIDTH, ()),
        ("lift_side", pose_at(lift, low[1] + wall + LIFT_DEPTH + half), LIFT_WIDTH, ()),
    ]


def core_walls(name: str, core: Core, floor: float, height: float, concrete: Material) -> Assembly:
    """Returns the walls of one storey, each an instance, standing on `floor`."""
    walls = []
    for label, pose, length, doors in wall_lines(core):
        openings = "".join(f"_{start:.2f}-{end:.2f}" for start, end in doors)
        key = f"frame/wall_{length:.3f}x{height:.3f}x{core.wall:.2f}{openings}"
        mesh = wall_panel(length, height, core.wall, doors)
        standing = pose_at(z=floor) @ pose
        walls.append(
            piece(f"{name}/core_{label}", "core_wall", (key, mesh), (concrete,), standing, _wall_proxy(mesh, doors))
        )
    return Assembly.merged(walls)


def _wall_proxy(mesh: Mesh, doors: tuple[tuple[float, float], ...]) -> Proxy:
    """Returns boxes of a wall between and above its doors."""
    low, high = mesh.bounds
    sides = [low[0], *[side for door in doors for side in door], high[0]]
    boxes = [
        ((start, low[1], low[2]), (end, high[1], high[2])) for start, end in zip(sides[::2], sides[1::2], strict=True)
    ]
    boxes += [((start, low[1], DOOR_HEIGHT), (end, high[1], high[2])) for start, end in doors]
    return box_proxy(*boxes)


def handrail(risers: int, rise: float, x: float) -> Mesh:
    """Returns the temporary railing of a flight, on its well side: clamped posts and two sloping tubes.

    Args:
        risers: of the flight.
        rise: height of a riser, metres.
        x: where it stands across the flight.
    """
    steps = np.unique(np.linspace(0, risers - 2, 4).round().astype(int))
    feet = np.array([(x, (step + 0.5) * TREAD, (step + 1) * rise) for step in steps])
    up = np.array([0.0, 0.0, 1.0])
    posts = bars(feet, feet + 1.08 * up, 0.02, 8)
    ends = feet[[0, -1]]
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    rails = [
        bars([ends[0] - 0.1 * along + lift * up], [ends[1] + 0.1 * along + lift * up], 0.02, 8) for lift in (0.5, 1.05)
    ]
    plates = [box((0.1, 0.12, 0.01), foot + 0.005 * up, 0.002) for foot in feet]
    return Mesh.merged([posts, *rails, *plates])


def stairs(name: str, core: Core, floor: float, slab: float, concrete: Material) -> Assembly:
    """Returns the stairs of one storey: two flights and the landing between them."""
    rise = core.storey_height / core.risers / 2
    width = (STAIR_WIDTH - 0.15) / 2
    middle = core.stair_opening.mean(0)[0]
    edge = core.stair_opening[0, 1]
    half_turn = core.storey_height / 2
    shapes = {
        f"{name}/flight_up": flight(core.risers, rise, TREAD, width, SLAB),
        f"{name}/flight_on": flight(core.risers, rise, TREAD, width, slab),
        f"{name}/landing": landing_slab(STAIR_WIDTH, LANDING, SLAB),
    }
    side = (STAIR_WIDTH - width) / 2
    turn = np.pi
    rests = (
        pose_at(middle - side, edge),
        pose_at(middle + side, edge + core.run, half_turn, turn),
        pose_at(middle, edge + core.run, half_turn),
    )
    # Nothing is placed inside a stair well, so the flights need no proxy of their own.
    parts = tuple(
        Part(key.rsplit("/", 1)[1], key, (concrete,), rest=rest) for key, rest in zip(shapes, rests, strict=True)
    )
    shapes[f"{name}/handrail"] = handrail(core.risers, rise, width / 2 - 0.06)
    parts += tuple(
        Part(f"handrail_{label}", f"{name}/handrail", (POST,), parent=flight_index)
        for flight_index, label in enumerate(("up", "on"))
    )
    return Assembly(shapes, (Instance(f"{name}/stairs", "stairs", parts, pose_at(z=floor)[None]),))
