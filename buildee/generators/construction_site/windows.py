"""Windows and doors as they are fitted: frames, sashes, panes, cills, what protects them, and open holes. Metres.

All stand in an opening from x = 0 to its width and from z = 0 to its height; y = 0 is the outer face of the wall that
holds them, outside is y < 0.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.generators.construction_site.masonry import Wall, boxed
from buildee.layout.bars import bars
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box

CLEARANCE = 0.008
"""Between frame and jamb, filled with foam and sealant later."""

CILL = 0.03
"""Height of the pressed cill under the frame."""

FRAME = (0.06, 0.07)
"""Face width and depth of the outer frame."""

GLASS = Material("glass", (0.55, 0.63, 0.62), wear=0.1, dirt=0.1)
DUSTY_GLASS = Material("glass", (0.55, 0.63, 0.62), wear=0.1, dirt=0.3)
FOAM = Material("plastic", (0.62, 0.52, 0.28), wear=0.3, dirt=0.3)
BATTEN = Material("wood", (0.5, 0.37, 0.21), wear=0.4, dirt=0.4)
POLYTHENE = Material("sheeting", (0.72, 0.74, 0.74), wear=0.3, dirt=0.4)
FILMS = tuple(
    Material("sheeting", color, wear=0.2, dirt=0.3)
    for color in ((0.16, 0.3, 0.5), (0.6, 0.62, 0.63), (0.3, 0.45, 0.36), (0.34, 0.35, 0.36))
)
"""Protective films: blue, milky, green, grey."""

LABEL = Material("paint", (0.8, 0.8, 0.78), wear=0.05, dirt=0.1)
HARDWARE = Material("bare_metal", (0.55, 0.55, 0.55), wear=0.3, dirt=0.2)

FRAMES: tuple[Color, ...] = ((0.035, 0.04, 0.045), (0.74, 0.75, 0.74), (0.1, 0.105, 0.11), (0.16, 0.12, 0.085))
"""Powder-coated and foiled frames: anthracite, white, slate, bronze."""


def _bars(pieces: list[tuple[float, float, float, float, float, float]], chamfer: float = 0.003) -> Mesh:
    """Returns square bars given by x0, x1, y0, y1, z0, z1."""
    corners = np.array(pieces, np.float64).reshape(-1, 3, 2).transpose(0, 2, 1)
    return boxed(corners, chamfer)


def _rim(x0: float, x1: float, y0: float, y1: float, z0: float, z1: float, face: float) -> list[tuple[float, ...]]:
    """Returns the four members of a rectangular frame, stiles between rails."""
    return [
        (x0, x1, y0, y1, z0, z0 + face),
        (x0, x1, y0, y1, z1 - face, z1),
        (x0, x0 + face, y0, y1, z0 + face, z1 - face),
        (x1 - face, x1, y0, y1, z0 + face, z1 - face),
    ]


@lru_cache(maxsize=64)
def window(width: float, height: float, reveal: float, lights: int, state: str, cilled: bool = True) -> Wall:
    """Returns a fitted window; slot 0 frame, 1 glass, 2 cill, 3 labels or film, 4 foam.

    Args:
        width, height: of the opening.
        reveal: from the frame's outer face to the wall's finished face; the cill projects 40 mm beyond.
        lights: panes side by side; every other one opens.
        state: "clean", "labelled" with the makers' stickers on its panes, or "filmed" with a sheet taped over it.
        cilled: whether the cill is on, which waits for the wall below it.
    """
    face, depth = FRAME
    x0, x1, z0, z1 = CLEARANCE, width - CLEARANCE, CILL, height - CLEARANCE
    near, far = 0.01, 0.01 + depth
    frame = _rim(x0, x1, near, far, z0, z1, face)
    edges = np.linspace(x0 + face, x1 - face, lights + 1)
    frame += [(x - 0.035, x + 0.035, near, far, z0 + face, z1 - face) for x in edges[1:-1]]
    panes, labels = [], []
    for number in range(lights):
        left = edges[number] + (0.035 if number else 0.0)
        right = edges[number + 1] - (0.035 if number < lights - 1 else 0.0)
        low, high = z0 + face, z1 - face
        if (number + lights) % 2:  # a sash in front of the frame's rebate
            frame += _rim(left + 0.003, right - 0.003, near + 0.006, far - 0.004, low + 0.003, high - 0.003, 0.045)
            left, right, low, high = left + 0.048, right - 0.048, low + 0.048, high - 0.048
            frame.append(
                (left - 0.032, left - 0.012, far - 0.004, far + 0.035, (low + high) / 2, (low + high) / 2 + 0.13)
            )
        panes.append((left, right, near + 0.025, near + 0.049, low, high))
        if state == "labelled":
            x, z = left + 0.12 + 0.05 * number, low + 0.55 * (high - low)
            labels += [(x, x + 0.21, near + 0.0235, near + 0.0248, z, z + 0.15)]
            labels += [(right - 0.11, right - 0.03, near + 0.0235, near + 0.0248, low + 0.04, low + 0.1)]
    if state == "filmed":
        labels = [(x0 + 0.01, x1 - 0.01, near - 0.002, near - 0.0008, z0 + 0.01, z1 - 0.01)]
    cill = [(0.017, width - 0.017, near, far, 0.0, CILL - 0.002)]
    solid = [((x0, near, 0.0), (x1, far, z1))]
    if cilled:
        out = -reveal - 0.04
        cill += [
            (0.017, width - 0.017, out, near, 0.004, 0.01),
            (0.017, width - 0.017, out, out + 0.004, -0.025, 0.004),
        ]
        solid.append(((0.017, out, 0.0), (width - 0.017, near, 0.01)))
    foam = [(0.0, x0, near + 0.02, far - 0.01, z0, z1), (x1, width, near + 0.02, far - 0.01, z0, z1)]
    foam.append((0.0, width, near + 0.02, far - 0.01, z1, height))
    pieces = [_bars(frame), _bars(panes, 0.0).with_slot(1), _bars(cill, 0.001).with_slot(2)]
    pieces += [_bars(labels, 0.0).with_slot(3)] if labels else []
    return Wall(Mesh.merged([*pieces, _bars(foam, 0.0).with_slot(4)]), np.array(solid))


@lru_cache(maxsize=32)
def polythene(width: float, height: float) -> Mesh:
    """Returns a sheet that closes an opening, battened at jambs, head and sill; slot 0 sheet, 1 battens."""
    along, up = np.meshgrid(np.linspace(0, 1, 15), np.linspace(0, 1, 13), indexing="ij")
    free = (np.sin(np.pi * along) * np.sin(np.pi * up)) ** 0.6
    folds = 0.02 * np.sin(9 * along + 5 * up) + 0.012 * np.sin(21 * along - 13 * up) + 0.03
    points = np.stack([0.012 + along * (width - 0.024), 0.022 + free * folds, 0.012 + up * (height - 0.024)], -1)
    index = np.arange(along.size).reshape(along.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    sheet = Mesh.from_faces(points.reshape(-1, 3), quads, smooth=True)
    battens = _rim(0.002, width - 0.002, 0.002, 0.02, 0.0, height - 0.002, 0.045)
    return Mesh.merged([sheet, _bars(battens).with_slot(1)])


@lru_cache(maxsize=32)
def door(width: float, height: float, glazed: bool) -> Wall:
    """Returns a pair of doors in their frame; slot 0 frame and leaves, 1 glass, 2 hardware.

    Args:
        width, height: of the opening.
        glazed: whether the leaves hold panes.
    """
    near, far = 0.01, 0.11
    members = [
        (0.004, width - 0.004, near, far, height - 0.06, height - 0.004),
        (0.004, 0.06, near, far, 0.0, height - 0.06),
        (width - 0.06, width - 0.004, near, far, 0.0, height - 0.06),
        (0.06, width - 0.06, near + 0.01, far - 0.01, 0.0, 0.018),
    ]
    panes, hardware = [], []
    for left, right, pull in ((0.064, width / 2 - 0.002, -0.09), (width / 2 + 0.002, width - 0.064, 0.09)):
        low, high, y0, y1 = 0.024, height - 0.066, near + 0.02, near + 0.065
        if glazed:
            members += _rim(left, right, y0, y1, low, high, 0.1)
            panes.append((left + 0.1, right - 0.1, y0 + 0.01, y1 - 0.01, low + 0.1, high - 0.1))
        else:
            members.append((left, right, y0, y1, low, high))
            hardware.append((left + 0.05, right - 0.05, y0 - 0.0015, y0, low + 0.02, low + 0.27))  # kick plate
        x = width / 2 + pull
        hardware.append((x - 0.012, x + 0.012, y0 - 0.055, y0 - 0.03, 0.85, 1.35))
        hardware += [(x - 0.01, x + 0.01, y0 - 0.03, y0, z, z + 0.02) for z in (0.9, 1.28)]
    pieces = [_bars(members), _bars(hardware, 0.001).with_slot(2)]
    pieces += [_bars(panes, 0.0).with_slot(1)] if panes else []
    return Wall(Mesh.merged(pieces), np.array([((0.004, near, 0.0), (width - 0.004, far, height - 0.004))]))


@lru_cache(maxsize=32)
def glazed_unit(width: float, height: float, spandrel: tuple[float, float], sash: bool, state: str) -> Mesh:
    """Returns a unit of curtain wall, hung in front of the floors; slots as in `window`, 2 the spandrel.

    Its mullions reach from y = 0 (the glass side) 0.15 m inwards.

    Args:
        width, height: of the unit.
        spandrel: bottom and top of its blind part, metres above its lower edge; equal for none.
        sash: whether an opening light sits in it.
        state: "clean", "labelled" or "filmed".
    """
    gap, mullion, depth = 0.006, 0.03, 0.15
    x0, x1, low, high = gap, width - gap, 0.002, height - gap
    frame = _rim(x0, x1, 0.0, depth, low, high, mullion)
    frame += [
        (x0 + mullion, x1 - mullion, 0.0, depth, z - 0.03, z + 0.03) for z in spandrel if low + 0.1 < z < high - 0.1
    ]
    left, right = x0 + mullion, x1 - mullion
    fields = [(low + mullion, spandrel[0] - 0.03), (spandrel[1] + 0.03, high - mullion)]
    panes, labels, blind = [], [], []
    if spandrel[1] > spandrel[0]:
        blind.append((left, right, 0.004, 0.02, max(spandrel[0] + 0.03, low + mullion), spandrel[1] - 0.03))
    for bottom, top in fields:
        if top - bottom < 0.08:
            continue
        inner = (left, right, bottom, top)
        if sash and top - bottom > 1.2:
            frame += _rim(left + 0.004, right - 0.004, -0.006, 0.07, bottom + 0.004, top - 0.004, 0.05)
            inner = (left + 0.054, right - 0.054, bottom + 0.054, top - 0.054)
        panes.append((inner[0], inner[1], 0.006, 0.034, inner[2], inner[3]))
        if state == "labelled" and top - bottom > 1.2:
            x, z = inner[0] + 0.14, inner[2] + 0.62 * (inner[3] - inner[2])
            labels.append((x, x + 0.21, 0.0045, 0.0058, z, z + 0.15))
        if state == "filmed" and top - bottom > 1.2:
            labels.append((left - 0.01, right + 0.01, -0.009, -0.0075, bottom, bottom + 0.55 * (top - bottom)))
    pieces = [_bars(frame, 0.002), _bars(panes, 0.0).with_slot(1)]
    pieces += [_bars(group, 0.0).with_slot(slot) for group, slot in ((blind, 2), (labels, 3)) if group]
    return Mesh.merged(pieces)


@lru_cache(maxsize=16)
def railing(width: float) -> Mesh:
    """Returns a flat-bar railing 1.05 m high across a tall window, in front of y = 0."""
    posts = np.linspace(0.02, width - 0.02, max(3, int(width / 0.11)))
    return Mesh.merged(
        [
            box((width + 0.1, 0.012, 0.045), (width / 2, -0.03, 1.05), 0.002),
            box((width + 0.1, 0.012, 0.03), (width / 2, -0.03, 0.12), 0.002),
            bars([(x, -0.03, 0.12) for x in posts], [(x, -0.03, 1.05) for x in posts], 0.007, 6, capped=False),
            *[box((0.03, 0.036, 0.03), (x, -0.018, z), 0.002) for x in (-0.03, width + 0.03) for z in (0.12, 1.05)],
        ]
    )
