"""In-situ concrete members: plates with openings, columns, walls with doors, stairs. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

CHAMFER = 0.012
"""Leg of the triangular fillet that formwork carries in its corners (10 to 15 mm), metres."""

DOOR_HEIGHT = 2.13
"""Structural height of a door opening, metres."""


def plate(outline: ArrayLike, openings: Sequence[ArrayLike], thickness: float) -> Mesh:
    """Returns a level plate with rectangular openings; its top is z = 0, top edges are chamfered.

    Args:
        outline: (2, 2) lowest and highest corner, metres.
        openings: (2, 2) boxes inside the outline, not touching each other.
        thickness: metres.
    """
    boxes = [np.asarray(opening, np.float64) for opening in (outline, *openings)]
    cuts = [np.unique(np.round([edge[axis] for box_ in boxes for edge in box_], 6)) for axis in (0, 1)]
    middle_x, middle_y = ((cut[:-1] + cut[1:]) / 2 for cut in cuts)
    solid = np.zeros((len(cuts[0]) + 1, len(cuts[1]) + 1), bool)  # cells, with a border of void
    solid[1:-1, 1:-1] = True
    for low, high in boxes[1:]:
        inside_x = (middle_x > low[0]) & (middle_x < high[0])
        inside_y = (middle_y > low[1]) & (middle_y < high[1])
        solid[1:-1, 1:-1] &= ~(inside_x[:, None] & inside_y[None])
    corner = np.stack(np.meshgrid(*cuts, indexing="ij"), -1)
    pull = np.clip(_towards_solid(solid), -1, 1) * CHAMFER
    shape = corner.shape[:2]
    layers = [
        np.concatenate([corner, np.full((*shape, 1), -thickness)], -1),
        np.concatenate([corner, np.full((*shape, 1), -CHAMFER)], -1),
        np.concatenate([corner + pull, np.zeros((*shape, 1))], -1),
    ]
    return _used(Mesh.from_faces(np.stack(layers).reshape(-1, 3), np.array(_plate_faces(solid, shape))))


def _towards_solid(solid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Returns, for every grid corner, (X, Y, 2) sums of the signs of the solid cells around it."""
    weight = solid.astype(np.float64)
    low_low, low_high = weight[:-1, :-1], weight[:-1, 1:]
    high_low, high_high = weight[1:, :-1], weight[1:, 1:]
    along_x = high_low + high_high - low_low - low_high
    along_y = low_high + high_high - low_low - high_low
    return np.stack([along_x, along_y], -1)


def _plate_faces(solid: NDArray[np.bool_], shape: tuple[int, int]) -> list[list[int]]:
    """Returns quads of a plate over three layers (soffit, arris, top) of corner vertices."""
    layer = shape[0] * shape[1]
    faces = []
    for i, j in np.argwhere(solid):
        around = [(i - 1, j - 1), (i, j - 1), (i, j), (i - 1, j)]  # counter-clockwise corners of the cell
        ring = [x * shape[1] + y for x, y in around]
        faces.append(ring[::-1])
        faces.append([vertex + 2 * layer for vertex in ring])
        for side, (x, y) in enumerate([(i, j - 1), (i + 1, j), (i, j + 1), (i - 1, j)]):
            if not solid[x, y]:
                first, second = ring[side], ring[(side + 1) % 4]
                for level in (0, layer):
                    faces.append([first + level, second + level, second + level + layer, first + level + layer])
    return [[int(vertex) for vertex in face] for face in faces]


def _used(mesh: Mesh) -> Mesh:
    """Returns the mesh without vertices that no face names."""
    kept, corners = np.unique(mesh.corners, return_inverse=True)
    return Mesh(mesh.vertices[kept], corners.astype(np.int32), mesh.sizes, mesh.slots, mesh.smooth)


def column_shaft(size: float, height: float) -> Mesh:
    """Returns a square column on Z from z = 0, its upright edges chamfered."""
    half, cut = size / 2, size / 2 - CHAMFER
    outline = [(-cut, -half), (cut, -half), (half, -cut), (half, cut), (cut, half), (-cut, half), (-half, cut)]
    return prism([*outline, (-half, -cut)], height)


def wall_panel(length: float, height: float, thickness: float, doors: Sequence[tuple[float, float]] = ()) -> Mesh:
    """Returns a wall along +X from x = 0, centred on y = 0, standing on z = 0.

    Args:
        length, height, thickness: metres.
        doors: start and end along X of openings that reach the floor, in rising order.
    """
    outline = [(0.0, 0.0)]
    for start, end in doors:
        outline += [(start, 0.0), (start, DOOR_HEIGHT), (end, DOOR_HEIGHT), (end, 0.0)]
    outline += [(length, 0.0), (length, height), (0.0, height)]
    upright = rotation((1.0, 0.0, 0.0), np.pi / 2)
    return prism(outline, thickness, CHAMFER).transformed(upright).moved(y=thickness / 2)


def flight(risers: int, rise: float, tread: float, width: float, landing: float, waist: float = 0.16) -> Mesh:
    """Returns a stair flight that climbs along +Y from the origin, centred on x = 0.

    The last riser is the edge of the landing it leads to; the waist runs on below that landing, as
    it is cast.

    Args:
        risers: how many risers, the landing's edge among them.
        rise: height of a riser, metres.
        tread: going of a step, metres.
        width: metres.
        landing: thickness of the upper landing, metres.
        waist: thickness of the flight square to its slope, metres.
    """
    slope = rise / tread
    drop = waist * np.hypot(1, slope)  # the waist measured upright
    top = risers * rise - landing
    outline = [(0.0, 0.0), (drop / slope, 0.0), ((top + drop) / slope, top), ((risers - 1) * tread, top)]
    for step in range(risers - 1, 0, -1):
        outline += [(step * tread, step * rise), ((step - 1) * tread, step * rise)]
    # The profile lies in x, y and grows along z: stand it up so that x runs along +Y and y along +Z.
    stand = np.array([[0.0, 0, 1, -width / 2], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    return prism(outline, width).transformed(stand)


def landing_slab(width: float, depth: float, thickness: float) -> Mesh:
    """Returns a landing whose top is z = 0, from y = 0 to `depth`, centred on x = 0."""
    return box((width, depth, thickness), (0.0, depth / 2, -thickness / 2))
