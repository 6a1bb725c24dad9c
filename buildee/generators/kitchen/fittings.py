"""What is screwed to the walls, and where: switches, sockets, radiators, vents, a clock, pictures. Metres.

Heights: switches 1.05 m beside the door on its lock side, sockets 0.3 m over the floor and about 0.17 m over worktops
(DIN 18015-3, NHBC 8.1); sockets keep 0.3 m from sinks and hobs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from buildee.generators.kitchen.bays import along, standing
from buildee.generators.kitchen.fixtures import UNDER, air_vent, clock, radiator, socket, switch
from buildee.generators.kitchen.paintings import calendar, picture
from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.splashback import BARE
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.layout.kinematics import inverse, translation
from buildee.layout.scene import Assembly, Model

SPLASH = 0.012
"""How far tiles stand out from the wall, with their bed; plates on them sit on frames as deep."""

BEFORE = 0.65
"""What doors and drawers of furniture at a side wall need before them, metres."""

COATS = 0.9
"""Width of wall that pegs for three coats take, metres."""

UPSTAND = 0.1
"""How far worktops turn up at walls, metres."""

Rect = tuple[float, float, float, float]
"""x0, x1, z0, z1 on a wall."""


@dataclass(eq=False)
class Face:
    """One wall while things are hung on it.

    Attributes:
        wall: which.
        taken: what hangs or stands at it already.
    """

    wall: Wall
    taken: list[Rect] = field(default_factory=list)

    @staticmethod
    def of(room: Room, wall: Wall, units: Sequence[Unit]) -> Face:
        """Returns a wall with its openings, their casings, and the furniture that stands at it."""
        face = Face(wall)
        face.taken += [
            (hole.start - 0.08, hole.end + 0.08, hole.sill - 0.05, hole.height + 0.09) for hole in wall.openings
        ]
        for unit in units:
            top = room.height if unit.purpose == "hood" else unit.top  # its chimney
            spans = standing(wall, [unit], -1.0, 9.0)
            face.taken += [(*span, unit.bottom, top) for span in spans]
            if unit.bottom == 0.0 and abs(unit.pose[:2, 1] @ wall.pose[:2, 1]) < 0.5:
                face.taken += [(left - BEFORE, right + BEFORE, 0.0, UNDER + 0.8) for left, right in spans]
        face.taken += [(-1.0, 0.0, 0.0, room.height), (wall.length, wall.length + 1, 0.0, room.height)]
        return face

    def is_free(self, x0: float, x1: float, z0: float, z1: float) -> bool:
        """Returns whether nothing is within a rectangle."""
        return all(x1 <= a or x0 >= b or z1 <= c or z0 >= d for a, b, c, d in self.taken)

    def hang(self, model: Model, name: str, x: float, z: float, size: tuple[float, float], y: float = 0.0) -> Assembly:
        """Puts a thing with its middle at x and z, and takes its place."""
        self.taken.append(
            (x - size[0] / 2 - 0.03, x + size[0] / 2 + 0.03, z - size[1] / 2 - 0.03, z + size[1] / 2 + 0.03)
        )
        return Assembly(model.shapes, (model.placed(name, self.wall.pose @ translation((x, y, z))),))

    def spots(self, width: float, low: float, high: float, step: float = 0.05) -> list[float]:
        """Returns where along the wall something of a width and height range finds room."""
        return [
            float(x)
            for x in np.arange(width / 2 + 0.05, self.wall.length - width / 2 - 0.04, step)
            if self.is_free(x - width / 2, x + width / 2, low, high)
        ]


def fittings(
    room: Room, style: Style, units: Sequence[Unit], worktops: Sequence[Worktop], rng: np.random.Generator
) -> Assembly:
    """Returns everything that hangs on the walls of a kitchen."""
    faces = [Face.of(room, wall, units) for wall in room.walls]
    _keep_worktops(faces, worktops, UPSTAND)
    pieces = [*_switches(faces, style), *_over_worktops(faces, style, worktops)]
    if style.splashback != "none":
        _keep_worktops(faces, worktops, BARE + 0.02)
    pieces += [
        *_radiators(faces, style, rng),
        *_low_sockets(faces, style, rng),
        *_vent(faces, room, rng),
        *_decoration(faces, room, style, rng),
    ]
    return Assembly.merged(pieces)


def _keep_worktops(faces: Sequence[Face], worktops: Sequence[Worktop], high: float) -> None:
    """Keeps the walls free up to a height over the worktops along them, metres."""
    for face in faces:
        for top in worktops:
            if (span := along(face.wall, top)) is not None:
                face.taken.append((*span, 0.0, top.top + high))


def _switches(faces: Sequence[Face], style: Style) -> Iterator[Assembly]:
    number = 0
    for face in faces:
        for hole in face.wall.openings:
            if hole.kind == "window":
                continue
            sides = [lock_side(hole), lock_side(hole, far=True)]
            for x in sides:
                if face.is_free(x - 0.085, x + 0.085, 0.965, 1.135):
                    yield face.hang(switch(style, 1 + (number == 0)), f"switch.{number}", x, 1.05, (0.09, 0.16))
                    number += 1
                    break


def lock_side(hole: Opening, far: bool = False) -> float:
    """Returns where a switch belongs along the wall: a hand's breadth from the casing at the door's lock."""
    # Left, as one looks at the wall from inside, is where x is high.
    return hole.start - 0.17 if (hole.hinge == "left") != far else hole.end + 0.17


def _over_worktops(faces: Sequence[Face], style: Style, worktops: Sequence[Worktop]) -> Iterator[Assembly]:
    number = 0
    y = SPLASH if style.splashback != "none" else 0.0
    for face in faces:
        for top in worktops:
            span = along(face.wall, top)
            if span is None or not any(top.splash):
                continue
            wet = [_keep_clear(face.wall, top, hole) for hole in top.cutouts]
            z = top.top + 0.17
            last = -1.0
            for x in np.arange(span[0] + 0.3, span[1] - 0.25, 0.05):
                apart = all(x < a - 0.3 or x > b + 0.3 for a, b in wet)
                if apart and x - last > 1.0 and face.is_free(x - 0.09, x + 0.09, z - 0.06, z + 0.06):
                    yield face.hang(socket(style, 2, y), f"socket.{number}", float(x), z, (0.16, 0.09))
                    number, last = number + 1, float(x)


def _keep_clear(wall: Wall, top: Worktop, hole: tuple) -> tuple[float, float]:
    """Returns the stretch of a wall before which a sink or hob lies."""
    x, y, width, depth, _ = hole
    corners = np.array([(x, y), (x + width, y), (x, y - depth), (x + width, y - depth)])
    local = inverse(wall.pose) @ top.pose
    at = corners @ local[:2, :2].T + local[:2, 3]
    if at[:, 1].min() > 0.9:
        return (-9.0, -9.0)
    return float(at[:, 0].min()), float(at[:, 0].max())


def _radiators(faces: Sequence[Face], style: Style, rng: np.random.Generator) -> Iterator[Assembly]:
    """Yields one radiator: below a window, else along a free wall, else a tall one."""
    for face in faces:
        for hole in face.wall.openings:
            if hole.kind == "window" and hole.sill >= 0.62:
                tall = min(0.6, hole.sill - 0.27)
                wide = round(min(max(hole.width * 0.85, 0.6), 1.6), 1)
                x = hole.start + hole.width / 2
                if face.is_free(x - wide / 2 - 0.1, x + wide / 2 + 0.1, 0.05, hole.sill - 0.06):
                    yield face.hang(radiator(wide, tall), "radiator.0", x, UNDER + tall / 2, (wide + 0.16, tall + 0.2))
                    return
    for wide, tall in ((1.2, 0.6), (0.8, 0.6), (0.5, 1.8), (0.4, 1.6)):
        options = [(face, x) for face in faces for x in face.spots(wide + 0.3, 0.02, tall + 0.2)]
        if options:
            face, x = options[int(rng.integers(len(options)))]
            yield face.hang(radiator(wide, tall), "radiator.0", x, UNDER + tall / 2, (wide + 0.16, tall + 0.2))
            return


def _low_sockets(faces: Sequence[Face], style: Style, rng: np.random.Generator) -> Iterator[Assembly]:
    number = 0
    for face in faces:
        spots = face.spots(0.2, 0.2, 0.4)
        count = min(2, int(face.wall.length / 2.5) + 1)
        while spots and count:
            x = spots[0] if rng.random() < 0.6 else spots[int(rng.integers(len(spots)))]
            gangs = int(rng.integers(1, 3))
            yield face.hang(socket(style, gangs, 0.0), f"socket.low_{number}", x, 0.3, (0.16, 0.09))
            number, count = number + 1, count - 1
            spots = [s for s in face.spots(0.2, 0.2, 0.4) if abs(s - x) > 1.5]


def _vent(faces: Sequence[Face], room: Room, rng: np.random.Generator) -> Iterator[Assembly]:
    z = room.height - 0.28
    options = [(face, x) for face in faces for x in face.spots(0.3, z - 0.15, z + 0.15)]
    if options and rng.random() < 0.6:
        face, x = options[int(rng.integers(len(options)))]
        yield face.hang(air_vent(), "air_vent.0", x, z, (0.2, 0.2))


def _keep_for_coats(faces: Sequence[Face], rng: np.random.Generator) -> None:
    """Keeps a stretch of wall by a door free for pegs, in half of all rooms."""
    doors = [
        face.wall.pose @ np.array([hole.start + hole.width / 2, 0.0, 0.0, 1.0])
        for face in faces
        for hole in face.wall.openings
        if hole.kind != "window"
    ]
    spots = [
        (face, x)
        for face in faces
        for x in face.spots(COATS, 0.75, 1.9)
        if any(1.0 < np.hypot(*(face.wall.pose @ (x, 0.0, 0.0, 1.0) - door)[:2]) < 1.8 for door in doors)
    ]
    if spots and rng.random() < 0.5:
        face, x = spots[int(rng.integers(len(spots)))]
        face.taken.append((x - COATS / 2, x + COATS / 2, 0.0, 1.95))


def _decoration(faces: Sequence[Face], room: Room, style: Style, rng: np.random.Generator) -> Iterator[Assembly]:
    """Yields a clock, a calendar and pictures, alone or in a row, at the height of the eye."""
    _keep_for_coats(faces, rng)
    order = rng.permutation(len(faces))
    z = min(1.95, room.height - 0.35)
    spots = [(faces[k], x) for k in order for x in faces[k].spots(0.5, z - 0.2, z + 0.2)]
    if spots and rng.random() < 0.7:
        face, x = spots[int(rng.integers(len(spots)))]
        yield face.hang(clock(style, float(rng.choice([0.26, 0.3, 0.36])), rng), "clock.0", x, z, (0.4, 0.4))
    spots = [(faces[k], x) for k in order for x in faces[k].spots(0.4, 1.25, 1.8)]
    if spots and rng.random() < 0.6:
        face, x = spots[int(rng.integers(len(spots)))]
        yield face.hang(calendar(style, int(rng.integers(12))), "calendar.0", x, 1.52, (0.34, 0.46))
    number = 0
    for k in order:
        face = faces[k]
        wide, tall = float(rng.uniform(0.3, 0.55)), float(rng.uniform(0.4, 0.7))
        for count in (3, 2, 1):
            row = count * wide + (count - 1) * 0.12
            spots = face.spots(row + 0.3, 1.52 - tall / 2 - 0.1, 1.52 + tall / 2 + 0.1)
            if spots and rng.random() < 0.7:
                x = spots[len(spots) // 2]
                for turn in range(count):
                    name = f"picture.{number}"
                    at = x - row / 2 + wide / 2 + turn * (wide + 0.12)
                    made = picture(wide, tall, name, style, rng)
                    face.taken.append((at - wide / 2, at + wide / 2, 1.1, 1.9))
                    yield made.moved(face.wall.pose @ translation((at, 0.0, 1.52 + float(rng.normal(0, 0.003)))))
                    number += 1
                break
        if number >= 3:
            return
