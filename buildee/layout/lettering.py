"""Lettering as geometry: words on signs, hoardings, containers and machines that can be read.

A sans-serif of even strokes, drawn for this project on a grid six units high, in the manner of DIN 1451. Strokes are
mitred at their corners, square at their ends, and flat: paint or film a little in front of what it is on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh

Align = Literal["left", "middle", "right"]

CAP = 6.0
"""Height of the skeleton of a capital, in units of the grid."""

STROKE = 1.05
"""Width of a stroke, in units of the grid: 15 % of the height of the ink, bold enough for signs."""

GAP = 0.95
"""Between the ink of neighbouring letters, in units of the grid."""

SPACE = 2.4
"""Width of a blank, in units of the grid."""

_QUARTER = np.linspace(0, np.pi / 2, 5)[:, None]
_CORNER = np.cos(_QUARTER), np.sin(_QUARTER)
"""A rounded corner of four edges: shares of the way towards its two ends."""

_P = "0,0 0,6 4,6r 4,2.7r 0,2.7"
_O = "0,0r 4,0r 4,6r 0,6r !"
_SIX = "3.6,4.8 3.6,6r 0,6r 0,0r 3.8,0r 3.8,3.5r 0,3.5r 0,2"
_NINE = "0.2,1.2 0.2,0r 3.8,0r 3.8,6r 0,6r 0,2.5r 3.8,2.5r 3.8,4"

_SKELETONS: dict[str, str] = {
    "A": "0,0 2.1,6 4.2,0 / 0.7,1.8 3.5,1.8",
    "B": "0,3.2 3.7,3.2r 3.7,6r 0,6 0,0 4,0r 4,3.2r 0,3.2",
    "C": "4,4.5 4,6r 0,6r 0,0r 4,0r 4,1.5",
    "D": "0,0 4,0r 4,6r 0,6 !",
    "E": "3.7,6 0,6 0,0 3.7,0 / 0,3.1 3.2,3.1",
    "F": "3.7,6 0,6 0,0 / 0,3 3.2,3",
    "G": "4,4.5 4,6r 0,6r 0,0r 4,0r 4,2.8 2.3,2.8",
    "H": "0,0 0,6 / 4,0 4,6 / 0,3.1 4,3.1",
    "I": "0,0 0,6",
    "J": "3,6 3,0r 0,0r 0,1.5",
    "K": "0,0 0,6 / 4,6 0.1,2.4 / 1.5,3.7 4.1,0",
    "L": "0,6 0,0 3.5,0",
    "M": "0,0 0,6 2.5,1.5 5,6 5,0",
    "N": "0,0 0,6 4,0 4,6",
    "O": _O,
    "P": _P,
    "Q": _O + " / 2.5,1.5 4.2,0",
    "R": _P + " / 1.9,2.7 4,0",
    "S": "3.9,4.6 3.9,6r 0,6r 0,3.1r 4,3.1r 4,0r 0,0r 0,1.4",
    "T": "0,6 4.2,6 / 2.1,6 2.1,0",
    "U": "0,6 0,0r 4,0r 4,6",
    "V": "0,6 2.1,0 4.2,6",
    "W": "0,6 1.4,0 2.8,5.2 4.2,0 5.6,6",
    "X": "0,0 4,6 / 0,6 4,0",
    "Y": "0,6 2.1,2.8 4.2,6 / 2.1,2.8 2.1,0",
    "Z": "0,6 4,6 0,0 4,0",
    "0": "0,0r 3.6,0r 3.6,6r 0,6r !",
    "1": "0,4.7 1.5,6 1.5,0",
    "2": "0,4.6 0,6r 3.8,6r 3.8,3.4r 0,0 3.8,0",
    "3": "0,4.8 0,6r 3.7,6r 3.7,3.2r 1.4,3.2 / 1.4,3.2 3.8,3.2r 3.8,0r 0,0r 0,1.2",
    "4": "3,0 3,6 0,1.7 4,1.7",
    "5": "3.5,6 0.4,6 0.1,3.3 3.8,3.7r 3.8,0r 0,0r 0,1.2",
    "6": _SIX,
    "7": "0,6 3.8,6 1.3,0",
    "8": "0.15,3.2r 3.65,3.2r 3.65,6r 0.15,6r ! / 0,0r 3.8,0r 3.8,3.2r 0,3.2r !",
    "9": _NINE,
    ".": "0,0 0,0.1",
    ",": "0.2,0.1 0,-0.7",
    ":": "0,0.4 0,0.5 / 0,4 0,4.1",
    "!": "0,6 0,2 / 0,0 0,0.1",
    "?": "0,4.6 0,6r 3.6,6r 3.6,3r 1.8,3 1.8,1.9 / 1.8,0 1.8,0.1",
    "'": "0,6 0,5",
    "-": "0,3 1.9,3",
    "+": "0,3 3.6,3 / 1.8,1.2 1.8,4.8",
    "=": "0,2 3.4,2 / 0,4 3.4,4",
    "/": "0,0 2.6,6",
    "(": "1.3,6 0,6r 0,0r 1.3,0",
    ")": "0,6 1.3,6r 1.3,0r 0,0",
    "&": "4.4,0 0.5,4.3 0.5,6r 3,6r 3,4.2 0,2.6r 0,0r 3.8,0r 4.2,2.8",
    "#": "1,0 1.8,6 / 3,0 3.8,6 / 0,1.9 4.3,1.9 / 0.4,4.1 4.7,4.1",
    "%": "0.2,0 4.6,6 / 0,4.1r 1.7,4.1r 1.7,6r 0,6r ! / 3.2,0r 4.9,0r 4.9,1.9r 3.2,1.9r !",
    ">": "0,3 4.6,3 / 2.8,5 4.8,3 2.8,1",
    "<": "4.8,3 0.2,3 / 2,5 0,3 2,1",
}
"""Strokes of each character, parted by "/": corners as x,y; "r" rounds one, "!" closes the stroke. ">" and "<" are
arrows."""


def text(string: str, height: float, relief: float = 0.001, align: Align = "left") -> Mesh:
    """Returns a line of lettering in the XY plane, read from +Z: its ink on y = 0 to `height`, faces towards +Z.

    Args:
        string: capitals, digits and common punctuation; small letters are set as capitals.
        height: of a capital, metres.
        relief: how far the faces lie in front of z = 0, metres.
        align: whether x = 0 is where the ink starts, its middle, or where it ends.

    Raises:
        ValueError: a character has no glyph; the message names it.
    """
    unit = height / (CAP + STROKE)
    glyphs, widths = zip(*map(_glyph, string.upper()), strict=True) if string else ((), ())
    starts = np.cumsum((0.0, *widths))[:-1]
    start = {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * text_width(string, height)
    line = Mesh.merged(glyphs)
    moved = line.vertices * unit - (start, 0.0, -relief)
    moved[:, 0] += np.repeat(starts, [len(mesh.vertices) for mesh in glyphs]) * unit
    return Mesh(moved, line.corners, line.sizes, line.slots, line.smooth)


def text_width(string: str, height: float) -> float:
    """Returns how wide the ink of a line is, metres; arguments as in `text`."""
    widths = sum(_glyph(character)[1] for character in string.upper())
    return max(widths - GAP, 0.0) * height / (CAP + STROKE)


def lines(
    strings: Sequence[str], height: float, width: float = np.inf, relief: float = 0.001, pitch: float = 1.55
) -> Mesh:
    """Returns lines of lettering below each other, each centred on x = 0, the whole block centred on y = 0.

    Args:
        strings: the lines, from the top.
        height: of a capital, metres; every line is set smaller alike when one would be wider than `width`.
        width: of the block at most, metres.
        relief: how far the faces lie in front of z = 0, metres.
        pitch: from line to line, in heights of a capital.
    """
    widest = max((text_width(string, 1.0) for string in strings), default=1.0)
    height = min(height, width / max(widest, 1e-9))
    step = pitch * height
    top = (len(strings) - 1) * step / 2 - height / 2
    return Mesh.merged(
        text(string, height, relief, "middle").moved(y=top - number * step) for number, string in enumerate(strings)
    )


@lru_cache(maxsize=256)
def _glyph(character: str) -> tuple[Mesh, float]:
    """Returns a character's strokes in grid units, their ink from (0, 0) on, and its advance."""
    if character == " ":
        return Mesh.merged([]), SPACE + GAP
    if character not in _SKELETONS:
        raise ValueError(f"no lettering for {character!r}; there are: space {' '.join(sorted(_SKELETONS))}")
    strokes = [_stroke(stroke.split()) for stroke in _SKELETONS[character].split("/")]
    mesh = Mesh.merged(strokes)
    low, high = mesh.bounds[:, 0]
    floor = -STROKE / 2
    return mesh.moved(x=-low, y=-floor), float(high - low + GAP)


def _stroke(tokens: Sequence[str]) -> Mesh:
    """Returns one stroke as a strip of faces, cut level at the top and bottom of the capitals."""
    closed = tokens[-1] == "!"
    corners = [token for token in tokens if token != "!"]
    points = np.array([[float(value) for value in token.rstrip("r").split(",")] for token in corners])
    path = _rounded(points, [token.endswith("r") for token in corners], closed)
    after, before = np.roll(path, -1, 0) - path, path - np.roll(path, 1, 0)
    if not closed:
        after[-1], before[0] = before[-1], after[0]
    after /= np.linalg.norm(after, axis=1, keepdims=True)
    before /= np.linalg.norm(before, axis=1, keepdims=True)
    if not closed:  # square ends
        path[0] -= after[0] * STROKE / 2
        path[-1] += before[-1] * STROKE / 2
    left = np.stack([-(after + before)[:, 1], (after + before)[:, 0]], -1)
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    mitre = 1 / np.maximum((left * np.stack([-after[:, 1], after[:, 0]], -1)).sum(1, keepdims=True), 0.3)
    offset = left * mitre * STROKE / 2
    sides = np.stack([path - offset, path + offset], 1)
    lowest = min(-STROKE / 2, points[:, 1].min() - STROKE / 2)
    sides[..., 1] = np.clip(sides[..., 1], lowest, CAP + STROKE / 2)
    this = np.arange(len(path) if closed else len(path) - 1)
    after = (this + 1) % len(path)
    quads = np.stack([2 * this, 2 * after, 2 * after + 1, 2 * this + 1], -1)
    return Mesh.from_faces(np.concatenate([sides.reshape(-1, 2), np.zeros((2 * len(path), 1))], -1), quads)


def _rounded(
    points: NDArray[np.float64], marked: Sequence[bool], closed: bool, radius: float = 2.0
) -> NDArray[np.float64]:
    """Returns a polyline whose marked corners are arcs of at most `radius`, as far as its edges leave room."""
    count = len(points)
    path = []
    for number, (corner, rounded) in enumerate(zip(points, marked, strict=True)):
        if not rounded:
            path.append(corner)
            continue
        toward = []
        for other in ((number - 1) % count, (number + 1) % count):
            edge = points[other] - corner
            length = hypot(*edge)
            room = length / 2 if marked[other] else length - 1e-3
            toward.append((edge / length, min(radius, room)))
        (back, room_back), (ahead, room_ahead) = toward
        start, end = corner + back * room_back, corner + ahead * room_ahead
        # A quarter of an ellipse between the two edges, so that flat and tall bowls close alike.
        centre = start + end - corner
        arc = centre + (start - centre) * _CORNER[0] + (end - centre) * _CORNER[1]
        path += list(arc)
    path = np.array(path)
    steps = np.linalg.norm(np.diff(path, axis=0, append=path[:1]), axis=1)
    keep = steps > 1e-6
    if not closed:
        keep[-1] = True
    return path[keep]
