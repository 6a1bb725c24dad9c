"""Formwork parts: props, H20 timber beams, sheets and column forms. Metres.

Dimensions follow EN 1065 steel props (outer tube 60.3 mm, inner tube 48.3 mm, plate 120 x 120 x 8 mm), EN 13377
timber formwork beams H20 (200 mm high, flanges 80 x 40 mm, web 27 mm, the usual stock lengths) and 21 mm plywood.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.layout.bars import bars, chain
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, cylinder, pipe, prism, revolve

BEAM_HEIGHT = 0.2
BEAM_LENGTHS = (1.8, 2.45, 2.65, 2.9, 3.3, 3.6, 3.9, 4.5, 4.9, 5.9)
SHEET = 0.021
SHEET_SIZE = (2.5, 1.25)

PLY = Material("plywood", (0.34, 0.19, 0.09), wear=0.5, dirt=0.45)
OLD_PLY = Material("plywood", (0.36, 0.26, 0.16), wear=0.8, dirt=0.65)
H20 = Material("wood", (0.78, 0.52, 0.14), wear=0.35, dirt=0.3)
STEEL = Material("galvanized", (0.5, 0.51, 0.52), wear=0.5, dirt=0.4)
PAINTS: tuple[Color, ...] = ((0.48, 0.03, 0.025), (0.6, 0.22, 0.02), (0.05, 0.12, 0.33), (0.62, 0.42, 0.02))
"""Colours that prop and panel makers use: red, orange, blue, yellow."""


def prop(height: float, lock: float, tripod: bool = False) -> Mesh:
    """Returns a telescopic steel prop standing on z = 0; slot 0 outer tube, slot 1 zinc-plated parts.

    Args:
        height: to the top of the head plate, metres.
        lock: height of the adjusting collar, metres; the outer tube ends there.
        tripod: whether a folding tripod holds it upright.
    """
    plate = box((0.12, 0.12, 0.008), (0, 0, 0.004), 0.002)
    outer = cylinder(0.03015, lock - 0.14, 16).moved(z=0.008)
    thread = revolve([(0.0312, lock - 0.14), (0.0312, lock - 0.02)], 12)
    collar = revolve([(0.046, lock - 0.045), (0.05, lock - 0.035), (0.05, lock - 0.012), (0.046, lock)], 12)
    lugs = bars([(-0.085, 0, lock - 0.022)], [(0.085, 0, lock - 0.022)], 0.009, 6)
    inner = cylinder(0.02415, height - 0.008 - lock + 0.02, 16).moved(z=lock - 0.02)
    pin = chain(
        [(0, -0.095, lock + 0.012), (0, 0.1, lock + 0.012), (0, 0.1, lock - 0.09), (0, 0.06, lock - 0.09)], 0.007
    )
    head = box((0.16, 0.2, 0.008), (0, 0, height - 0.004), 0.002)
    prongs = [box((0.012, 0.012, 0.11), (x, y, height + 0.05), 0.003) for x in (-0.07, 0.07) for y in (-0.094, 0.094)]
    painted = [plate, outer]
    zinc = [thread, collar, lugs, inner, pin, head, *prongs]
    if tripod:
        zinc.append(_tripod())
    return Mesh.merged([Mesh.merged(painted), Mesh.merged(zinc).with_slot(1)])


def _tripod() -> Mesh:
    """Returns the folding stand that clamps a prop's outer tube: three legs and their struts."""
    legs = []
    for angle in np.deg2rad([20, 140, 260]):
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        foot, knee = 0.52 * out + (0, 0, 0.018), 0.06 * out + (0, 0, 0.78)
        legs += [(knee, foot), (0.045 * out + (0, 0, 0.36), foot + 0.45 * (knee - foot))]
    ends = np.array(legs)
    clamp = pipe(0.05, 0.0315, 0.09, 12).moved(z=0.72)
    ring = pipe(0.048, 0.0315, 0.05, 12).moved(z=0.335)
    return Mesh.merged([bars(ends[:, 0], ends[:, 1], 0.0165, 8), clamp, ring])


def timber_beam(length: float) -> Mesh:
    """Returns an H20 beam along +X, centred on the origin, its underside on z = 0; slot 1 its end caps."""
    flange, web, deep = 0.04, 0.0135, 0.04
    half = [
        (flange, 0.0),
        (flange, deep),
        (web, deep + 0.008),
        (web, 0.192 - deep),
        (flange, 0.2 - deep),
        (flange, 0.2),
    ]
    outline = half + [(-x, z) for x, z in half[::-1]]
    along = np.array([[0.0, 0, 1, -length / 2], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    beam = prism(outline, length).transformed(along)
    ends = np.zeros(len(beam.sizes), np.int32)
    ends[-2:] = 1
    return Mesh(beam.vertices, beam.corners, beam.sizes, ends, beam.smooth)


def sheet(width: float, depth: float) -> Mesh:
    """Returns a plywood sheet centred in x and y, its top on z = 0."""
    return box((width, depth, SHEET), (0, 0, -SHEET / 2), 0.0015)


def stop_end(length: float, height: float) -> Mesh:
    """Returns an edge form along +X from x = 0: a board whose inner face is y = 0, braced from y < 0.

    It stands on the deck at z = 0. Slot 0 board, slot 1 brackets.
    """
    board = box((length, 0.027, height), (length / 2, -0.0135, height / 2), 0.002)
    places = np.linspace(0.2, length - 0.2, max(2, round(length / 0.9)))
    brackets = [
        Mesh.merged(
            [
                box((0.05, 0.006, height - 0.02), (x, -0.030, height / 2), 0.001),
                box((0.05, 0.06, 0.006), (x, -0.06, 0.003), 0.001),
                bars([(x, -0.033, height - 0.04)], [(x, -0.085, 0.006)], 0.008, 6),
            ]
        )
        for x in places
    ]
    return Mesh.merged([board, Mesh.merged(brackets).with_slot(1)])


def column_form(size: float, height: float) -> Mesh:
    """Returns the formwork around a square column, standing on z = 0.

    Slots: 0 plywood, 1 timber studs, 2 steel clamps and push-pull props.
    """
    half, skin, stud = size / 2, SHEET, 0.08
    long = size + skin  # pinwheel: every panel laps one neighbour
    panel = box((long, skin, height), (skin / 2, half + skin / 2, height / 2), 0.001)
    count = 2 if size < 0.45 else 3
    studs = [
        box((0.06, stud, height - 0.05), (x, half + skin + stud / 2, height / 2), 0.003)
        for x in np.linspace(-half + 0.03, half - 0.03, count)
    ]
    out = half + skin + stud
    levels = np.concatenate([[0.25, 0.7], np.linspace(1.3, height - 0.3, max(2, int(height / 0.75) - 1))])
    clamp = [box((2 * out + 0.14, 0.05, 0.08), (0.0, out + 0.026, z), 0.004) for z in levels]
    quarter = [panel, Mesh.merged(studs).with_slot(1), Mesh.merged(clamp).with_slot(2)]
    around = [Mesh.merged(quarter).transformed(_turn(k)) for k in range(4)]
    # Clamps of neighbouring sides cross: those of the odd sides sit one section higher.
    around = [_raised(mesh, 0.082) if k % 2 else mesh for k, mesh in enumerate(around)]
    braces = [push_pull(out + 0.05, height).transformed(_turn(k)) for k in (0, 1)]
    return Mesh.merged([*around, *[brace.with_slot(2) for brace in braces]])


def _raised(mesh: Mesh, lift: float) -> Mesh:
    """Returns the mesh with the faces of slot 2 moved up."""
    face = np.repeat(mesh.slots == 2, mesh.sizes)
    vertices = mesh.vertices.copy()
    vertices[np.unique(mesh.corners[face]), 2] += lift
    return Mesh(vertices, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth)


def _turn(quarters: int) -> NDArray[np.float64]:
    """Returns the exact quarter turn about Z."""
    cosine, sine = [(1, 0), (0, 1), (-1, 0), (0, -1)][quarters % 4]
    return np.array([[cosine, -sine, 0, 0], [sine, cosine, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], np.float64)


def push_pull(start: float, height: float) -> Mesh:
    """Returns two braces from a form's +Y face to one foot on the floor."""
    reach = start + 0.55 * height
    foot = np.array([0.0, reach, 0.05])
    heads = np.array([(0.0, start, 0.72 * height), (0.0, start, 0.22 * height)])
    tubes = bars(heads, [foot + np.array([0, 0, 0.03]), foot - np.array([0, 0.02, 0])], 0.024, 10)
    sleeve = bars([foot + 0.35 * (heads[0] - foot)], [foot + 0.8 * (heads[0] - foot)], 0.03, 10)
    shoe = box((0.12, 0.2, 0.01), (0, reach, 0.005), 0.002)
    lug = box((0.012, 0.08, 0.09), (0, reach, 0.055), 0.002)
    return Mesh.merged([tubes, sleeve, shoe, lug])
