"""The room that a recipe describes, or one drawn to its measures."""

from __future__ import annotations

import numpy as np

from buildee.errors import Gathered, PlacementError
from buildee.generators.kitchen.room import Opening, Room, turn_between
from buildee.generators.kitchen.section import DoorSpec, RoomSection, WindowSpec
from buildee.recipe.seed import Seed

DOOR = (0.88, 2.03)
"""Width and height of the opening of an inner door, metres: DIN 18101's leaf of 860 x 1985 mm."""

SILL = 1.08
"""Of windows over worktops, metres: clear of the worktop and its upstand."""

HEAD = 2.12
"""Upper edge of windows, metres."""

MARGIN = 0.66
"""Least distance of a window from a corner, metres: what stands round the corner is no deeper."""


def floor_plan(section: RoomSection, seed: Seed) -> Room:
    """Returns the room.

    Raises:
        PlacementError: its outline crosses itself or runs clockwise, or an opening does not fit its wall.
    """
    outline = np.array(section.outline, np.float64).reshape(-1, 2)
    if not len(outline):
        width, depth = section.width, section.depth
        outline = np.array([(0, 0), (width, 0), (width, depth), (0, depth)], np.float64)
    bare = Room(outline, section.height, ())
    if len(outline) < 3 or bare.area <= 0:
        raise PlacementError("scene.room.outline: give at least three corners, counter-clockwise seen from above")
    if _crosses_itself(outline):
        raise PlacementError("scene.room.outline: its walls cross each other; list the corners in their order")
    openings = _given(section, bare) if section.openings else _drawn(section, bare, seed)
    return Room(outline, section.height, tuple(openings))


def _crosses_itself(outline: np.ndarray) -> bool:
    """Returns whether two walls that do not follow each other meet."""
    count, ends = len(outline), np.roll(outline, -1, axis=0)
    for one in range(count):
        for two in range(one + 2, count - (one == 0)):
            a, b, c, d = outline[one], ends[one], outline[two], ends[two]
            sides = [turn_between(*pair) for pair in ((b - a, c - a), (b - a, d - a), (d - c, a - c), (d - c, b - c))]
            if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
                return True
    return False


def _given(section: RoomSection, room: Room) -> list[Opening]:
    """Returns the openings of the recipe, checked against their walls and each other."""
    made: list[Opening] = []
    wrong = Gathered()
    for item in section.openings:
        with wrong.kept():
            _refuse_unfit(item, room)
            opening = _opening(item)
            if any(
                opening.start < other.end and opening.end > other.start and opening.wall == other.wall for other in made
            ):
                message = f"overlaps another opening of wall {item.wall}: move one of them"
                raise PlacementError(f"scene.room.openings.{item.name}: {message}")
            made.append(opening)
    wrong.tell()
    return made


def _refuse_unfit(item: WindowSpec | DoorSpec, room: Room) -> None:
    """Raises PlacementError for an opening that its wall cannot have."""
    where = f"scene.room.openings.{item.name}"
    if item.wall >= len(room.walls):
        raise PlacementError(f"{where}.wall: there is no wall {item.wall}; walls are 0 to {len(room.walls) - 1}")
    length, end = room.walls[item.wall].length, item.start + item.width
    if end > length + 1e-6:
        raise PlacementError(
            f"{where}: ends at {end:.2f} m of a wall that is {length:.2f} m long: lower its start or width"
        )
    if item.height > room.height - 0.05:
        raise PlacementError(
            f"{where}.height: reaches to {item.height:.2f} m in a room {room.height:.2f} m high: lower it"
        )


def _opening(item: WindowSpec | DoorSpec) -> Opening:
    if isinstance(item, WindowSpec):
        return Opening("window", item.wall, item.start, item.width, item.sill, item.height)
    kind = "door" if item.leaf else "passage"
    return Opening(kind, item.wall, item.start, item.width, 0.0, item.height, item.hinge, item.inward)


def _drawn(section: RoomSection, room: Room, seed: Seed) -> list[Opening]:
    """Returns a door near the end of a wall, and windows in the middle of others."""
    rng = seed.child("openings").rng()
    order = [int(number) for number in rng.permutation(len(room.walls))]
    door = next((number for number in order if room.walls[number].length > DOOR[0] + 2 * 0.12), None)
    if door is None:
        raise PlacementError("no wall is long enough for a door: enlarge scene.room.width or depth")
    length = room.walls[door].length
    near = 0.12 + 0.25 * rng.random()
    start = min(near, length - DOOR[0] - 0.12)
    start = start if rng.random() < 0.5 else length - DOOR[0] - start
    kind = "passage" if rng.random() < 0.2 else "door"
    hinge = "left" if rng.random() < 0.5 else "right"
    made = [Opening(kind, door, float(start), DOOR[0], 0.0, DOOR[1], hinge, inward=bool(rng.random() < 0.4))]
    outer = [number for number in order if number != door] or [door]
    for place in range(section.windows):
        wall = room.walls[outer[place % len(outer)]]
        rows = 1 + place // len(outer)
        width = min(section.window_width, wall.length - 2 * MARGIN)
        if rows > 1 or width < 0.5:
            continue
        middle = wall.length / 2 + (wall.length / 2 - width / 2 - MARGIN) * rng.uniform(-0.6, 0.6)
        made.append(
            Opening("window", wall.number, float(middle - width / 2), width, SILL, min(HEAD, room.height - 0.2))
        )
    return made
