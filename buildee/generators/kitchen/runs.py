"""Along which walls the furniture runs, and which stretches of them it may take."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.room import Room, Wall, turn_between
from buildee.layout.placement import Footprint


@dataclass(frozen=True)
class Run:
    """A stretch of a wall that gets base units.

    Attributes:
        wall: number of the wall.
        low, high: from the wall's start, metres.
        turns_low: whether it goes on round the corner at the wall's start.
        turns_high: the same at the wall's end.
    """

    wall: int
    low: float
    high: float
    turns_low: bool = False
    turns_high: bool = False

    @property
    def length(self) -> float:
        """Metres."""
        return self.high - self.low


WALLS = {"one_wall": 1, "galley": 2, "l_shape": 2, "u_shape": 3, "island": 2}
"""How many walls a layout takes, beside an island."""

LOW = 0.8
"""Openings whose sill is lower than this have no units before them, metres."""

SHORTEST = 1.5
"""A run shorter than this is none, metres."""

LONGEST = (3.3, 4.5)
"""Between which the length is drawn at which runs end in large rooms, metres: on longer ones sink, hob and refrigerator
would lie too far apart."""


def stretches(room: Room, wall: Wall, depth: float) -> list[tuple[float, float]]:
    """Returns the stretches of a wall that base units may take: clear of doors, also of those round its corners.

    Args:
        room: the room.
        wall: one of its walls.
        depth: of the units, metres.
    """
    before, after = room.walls[wall.number - 1], room.walls[(wall.number + 1) % len(room.walls)]
    blocked = []
    if any(before.length - item.end < depth + rules.JAMB for item in before.openings if item.sill < LOW):
        blocked.append((0.0, rules.WALKWAY))
    if any(item.start < depth + rules.JAMB for item in after.openings if item.sill < LOW):
        blocked.append((wall.length - rules.WALKWAY, wall.length))
    for opening in wall.openings:
        if opening.sill < LOW:
            blocked.append((opening.start - rules.JAMB, opening.end + rules.JAMB))
    edges, free = 0.0, []
    for low, high in sorted(blocked):
        if low - edges > 0:
            free.append((edges, low))
        edges = max(edges, high)
    if wall.length - edges > 0:
        free.append((edges, wall.length))
    return free


def sequences(room: Room, layout: str) -> list[tuple[int, ...]]:
    """Returns every choice of walls for a layout.

    Galleys take opposite walls, L and U shapes walls that follow each other round convex corners.
    """
    count, walls = len(room.walls), room.walls
    convex = [_turn(walls[index - 1], wall) > 0.9 for index, wall in enumerate(walls)]
    """convex[i]: whether walls i - 1 and i meet at a right angle that opens into the room."""
    if layout == "one_wall":
        return [(index,) for index in range(count)]
    if layout == "galley":
        pairs = [(one, two) for one in range(count) for two in range(one + 1, count)]
        return [pair for pair in pairs if _faces(walls[pair[0]], walls[pair[1]])]
    chains = [(index, (index + 1) % count) for index in range(count) if convex[(index + 1) % count]]
    if layout == "u_shape":
        return [(*pair, (pair[1] + 1) % count) for pair in chains if convex[(pair[1] + 1) % count]]
    return chains


def _turn(before: Wall, after: Wall) -> float:
    """Returns the sine of the turn from one wall to the next: 1 at a convex right angle."""
    return turn_between(before.pose[:2, 0], after.pose[:2, 0])


def _faces(one: Wall, two: Wall) -> bool:
    """Returns whether two walls look at each other across the room, far enough apart for two runs and an aisle."""
    if one.pose[:2, 0] @ two.pose[:2, 0] > -0.99:
        return False
    apart = float((two.start - one.start) @ one.pose[:2, 1])
    return apart > 2 * 0.6 + rules.AISLE


def runs(room: Room, walls: tuple[int, ...], depth: float) -> list[Run] | None:
    """Returns the runs along some walls; None where one of them has no room for any.

    Runs on walls that follow each other are joined at the corner; elsewhere they keep a strip from side walls. The
    longest free stretch of each wall is taken, and
    at a joined corner the one that reaches it.

    Args:
        room: the room.
        walls: numbers, in the order of the outline.
        depth: of the units, metres.
    """
    joined = len(walls) > 1 and (walls[0] + 1) % len(room.walls) == walls[1]
    made = []
    for place, number in enumerate(walls):
        wall = room.walls[number]
        before, after = joined and place > 0, joined and place < len(walls) - 1
        free = [
            (low, high)
            for low, high in stretches(room, wall, depth)
            if (not before or low == 0.0) and (not after or high == wall.length)
        ]
        if not free:
            return None
        low, high = max(free, key=lambda item: item[1] - item[0])
        low = low if before else max(low, rules.SIDE)
        high = high if after else min(high, wall.length - rules.SIDE)
        shortest = SHORTEST + rules.CORNER * (before + after) / 2
        if high - low < shortest:
            return None
        made.append(Run(number, low, high, before, after))
    return made


def shortened(run: Run, rng: np.random.Generator) -> Run:
    """Returns a run that ends where it would become too long, on a side where it turns no corner."""
    longest = float(rng.uniform(*LONGEST))
    at_low = run.turns_high or (not run.turns_low and rng.random() < 0.5)
    if run.length <= longest or (run.turns_low and run.turns_high):
        return run
    return replace(run, low=run.high - longest) if at_low else replace(run, high=run.low + longest)


def aisles_are_wide(room: Room, made: list[Run], depth: float) -> bool:
    """Returns whether opposite runs, and each run and the wall across, leave a cook's aisle."""
    for run in made:
        wall = room.walls[run.wall]
        for step in np.linspace(run.low + 0.3, run.high - 0.3, 5):
            spot = wall.start + wall.pose[:2, 0] * step
            clear = _across(room, spot, wall.pose[:2, 1], run.wall)
            opposite = any(_is_before(room, other, spot, wall.pose[:2, 1]) for other in made if other.wall != run.wall)
            if clear < depth * (2 if opposite else 1) + (rules.AISLE if opposite else rules.WALKWAY):
                return False
    return True


def _across(room: Room, spot: np.ndarray, ahead: np.ndarray, own: int) -> float:
    """Returns how far it is from a spot on a wall straight ahead to the next wall, metres."""
    nearest = np.inf
    for wall in room.walls:
        along = wall.end - wall.start
        det = turn_between(ahead, along)
        if wall.number == own or abs(det) < 1e-9:
            continue
        to = wall.start - spot
        distance, share = turn_between(to, along) / det, turn_between(to, ahead) / det
        if distance > 1e-6 and -1e-9 <= share <= 1 + 1e-9:
            nearest = min(nearest, distance)
    return nearest


def _is_before(room: Room, other: Run, spot: np.ndarray, ahead: np.ndarray) -> bool:
    """Returns whether another run lies across the aisle from a spot."""
    wall = room.walls[other.wall]
    if wall.pose[:2, 1] @ ahead > -0.9:
        return False
    place = float((spot - wall.start) @ wall.pose[:2, 0])
    return other.low < place < other.high


def floor_before(wall: Wall, low: float, high: float, depth: float) -> Footprint:
    """Returns the floor so many metres deep before a stretch of a wall."""
    middle = wall.pose @ np.array([(low + high) / 2, depth / 2, 0.0, 1.0])
    yaw = float(np.arctan2(wall.pose[1, 0], wall.pose[0, 0]))
    return Footprint(*middle[:2].tolist(), yaw, high - low, depth)
