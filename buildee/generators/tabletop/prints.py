"""What is printed on random packets and tins: a band, a word, a spot, fine print and bars, flat or round a body.

A print lies in the XY plane about the origin, read from +Z: colour in slot 1, ink in slot 2.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.lettering import text, text_width
from buildee.layout.mesh import Mesh

COLOR, INK = 1, 2
"""Slots of a print; what it is on has slot 0."""

LIFT = 1.2e-4
"""How far colour lies before what it is printed on, and ink before colour, metres."""

STEP = 2.5e-3
"""Prints round a body are cut so fine, metres: on a radius of 2 cm they dip by 0.04 mm."""

WORDS = (
    *("BOLT", "TEA", "PART 42", "SEED", "M8", "LOT 7", "SIZE L", "FUSE", "SALT", "NO 5", "GRADE A", "KEEP DRY"),
    *("24 PCS", "SOAP", "GLUE", "MINT", "OAT", "LED", "AAA", "RICE", "CLIP", "TAPE", "NUT", "60 W"),
)
"""What is written on them; nobody's brand."""


def face(width: float, height: float, a: float, b: float) -> Mesh:
    """Returns the print of a face.

    Args:
        width, height: of what may be printed on, metres.
        a, b: shares, 0 to 1, which draw it.
    """
    word, layout = WORDS[int(a * 997) % len(WORDS)], int(b * 991) % 4
    if layout == 3:  # the back of a packet
        return Mesh.merged([_fine(0.8 * width, height, b), _bars(0.5 * width, 0.24 * height, -0.26 * height, a)])
    low, high = ((-0.5, 0.5), (0.05, 0.38), (-0.32, -0.08))[layout]
    middle = (low + high) / 2 * height
    parts = [_rectangle((-width / 2, low * height), (width / 2, high * height)).with_slot(COLOR)]
    parts.append(_word(word, 0.55 * min(high - low, 0.5) * height, 0.82 * width, middle))
    if layout:
        spot = min(0.13 * height, 0.2 * width)
        parts.append(_disc(spot, ((b - 0.5) * 0.4 * width, (-0.2 if layout == 1 else 0.2) * height)).with_slot(COLOR))
        small = (-0.42 if layout == 1 else 0.4) * height
        parts.append(_word(WORDS[int(b * 883) % len(WORDS)], 0.08 * height, 0.5 * width, small))
    return Mesh.merged([part for part in parts if len(part.sizes)])


def on_side(print_: Mesh, normal: ArrayLike, distance: float, z: float) -> Mesh:
    """Returns a print on an upright face.

    Args:
        print_: as `face` returns it.
        normal: (2,) of the face, level, of length 1.
        distance: of the face from the Z axis, metres.
        z: height of the print's middle, metres.
    """
    x, y = np.asarray(normal, np.float64)
    pose = np.array([[-y, 0, x, x * distance], [x, 0, y, y * distance], [0, 1, 0, z], [0, 0, 0, 1]])
    return print_.transformed(pose)


def round_body(print_: Mesh, radius: float, z: float) -> Mesh:
    """Returns a print wrapped round a body of a radius about Z, its middle at the height z, metres."""
    fine = _cut(print_)
    angle, out = fine.vertices[:, 0] / radius, radius + fine.vertices[:, 2]
    points = np.column_stack([out * np.cos(angle), out * np.sin(angle), fine.vertices[:, 1] + z])
    return replace(fine, vertices=points).shaded_smooth()


def _rectangle(low: ArrayLike, high: ArrayLike, lift: float = LIFT) -> Mesh:
    (x0, y0), (x1, y1) = np.asarray(low), np.asarray(high)
    return Mesh.from_faces([(x0, y0, lift), (x1, y0, lift), (x1, y1, lift), (x0, y1, lift)], np.arange(4)[None])


def _disc(radius: float, middle: ArrayLike) -> Mesh:
    """Returns a disc of quads between two arcs."""
    angle = np.linspace(np.pi, 0.0, 15)
    x, half = radius * np.cos(angle), radius * np.sin(angle)
    points = np.stack([np.column_stack([x, -half]), np.column_stack([x, half])], 1).reshape(-1, 2) + middle
    faces = 2 * np.arange(len(angle) - 1)[:, None] + np.array([0, 2, 3, 1])
    return Mesh.from_faces(np.column_stack([points, np.full(len(points), LIFT)]), faces)


def _word(word: str, height: float, width: float, y: float) -> Mesh:
    """Returns a line about (0, y), set smaller where it would be wider than `width`, metres."""
    height = min(height, height * width / text_width(word, height))
    return text(word, height, 2 * LIFT, "middle").moved(y=y - height / 2).with_slot(INK)


def _fine(width: float, height: float, share: float) -> Mesh:
    """Returns lines too small to be read, in the upper half of a face."""
    count = 7
    longs = width * (0.55 + 0.45 * np.abs(np.sin(np.arange(count) * 2.3 + 9 * share)))
    tops = np.linspace(0.42, 0.0, count) * height
    thick = 0.02 * height
    return Mesh.merged(
        _rectangle((-width / 2, y - thick), (long - width / 2, y + thick), 2 * LIFT).with_slot(INK)
        for long, y in zip(longs.tolist(), tops.tolist(), strict=True)
    )


def _bars(width: float, height: float, y: float, share: float) -> Mesh:
    """Returns a bar code about (0, y)."""
    count = 22
    wide = 0.25 + 0.6 * np.abs(np.sin(np.arange(count) ** 2 * 0.7 + 11 * share))
    starts = -width / 2 + width / count * np.arange(count)
    return Mesh.merged(
        _rectangle((x, y - height / 2), (x + share_ * width / count, y + height / 2), 2 * LIFT).with_slot(INK)
        for x, share_ in zip(starts.tolist(), wide.tolist(), strict=True)
    )


def _cut(print_: Mesh) -> Mesh:
    """Returns a print of quads cut across X so that none spans more than `STEP`."""
    quads = print_.vertices[print_.corners.reshape(-1, 4)]
    made: list[NDArray[np.float64]] = []
    slots = []
    for (a, b, c, d), slot in zip(quads, print_.slots.tolist(), strict=True):
        count = max(int(np.ceil(max(abs(b[0] - a[0]), abs(c[0] - d[0]), abs(c[0] - b[0])) / STEP)), 1)
        share = np.linspace(0, 1, count + 1)[:, None]
        low, high = a + (b - a) * share, d + (c - d) * share
        made.append(np.stack([low[:-1], low[1:], high[1:], high[:-1]], 1))
        slots += [slot] * count
    points = np.concatenate(made).reshape(-1, 3)
    mesh = Mesh.from_faces(points, np.arange(len(points)).reshape(-1, 4))
    return replace(mesh, slots=np.array(slots, np.int32))
