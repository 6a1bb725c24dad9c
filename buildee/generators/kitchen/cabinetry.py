"""How kitchen furniture is put together: boards, shared shapes, the slots of its meshes. Metres.

Sizes follow EN 1116 (coordinating sizes of kitchen furniture: module 100 mm, base units 600 mm deep) and what
manufacturers agree on: 18 mm melamine board, 19-20 mm fronts, a 720 mm carcass, 3 mm between fronts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, wraps

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import WALL, Unit
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Proxy
from buildee.layout.solids import boxes, loft

BOARD = 0.018
"""Thickness of carcass boards, end panels and plinths."""
BACK = 0.008
"""Thickness of a carcass's back."""
SERVICE = 0.02
"""From the wall to that back: what hangs the unit, and pipes."""
FRONT = 0.02
"""Thickness of doors and drawer fronts."""
BUFFER = 0.002
"""Between a carcass and the fronts before it."""
GAP = 0.003
"""Between two fronts."""

FACE, METAL, GLASS, INSIDE, HARDWARE = range(5)
"""Slots of every mesh of a unit: fronts, handles, panes, carcass, hinges and runners."""

PANE = Material("glass", (0.9, 0.95, 0.94), wear=0.0, dirt=0.03)
STEEL = Material("bare_metal", (0.62, 0.62, 0.6), wear=0.1, dirt=0.02)

Board = tuple[float, float, float, float, float, float, int]
"""A board: its lowest and its highest corner, and its slot."""


def finishes(unit: Unit, style: Style) -> tuple[Material, ...]:
    """Returns the materials of all slots of a unit's meshes."""
    face = style.wall_front if unit.level == WALL else style.base_front
    return (style.island_front if unit.island else face, style.metal, PANE, style.carcass, STEEL)


def shared(builder: Callable[..., Mesh]) -> Callable[..., tuple[str, Mesh]]:
    """Makes a function of plain values that builds a mesh return its key too, and build equal ones once.

    Numbers are rounded to a tenth of a millimetre first; the key names the builder and all values, so equal keys
    mean equal meshes.
    """

    @lru_cache(maxsize=2048, typed=True)
    def build(*values: object) -> tuple[str, Mesh]:
        digest = hashlib.blake2s(repr(values).encode(), digest_size=8).hexdigest()
        return f"kitchen/{builder.__name__}/{digest}", builder(*values)

    @wraps(builder)
    def keyed(*values: object) -> tuple[str, Mesh]:
        return build(*_rounded(values))

    return keyed


def _rounded(values: Iterable[object]) -> tuple[object, ...]:
    """Returns values with all numbers to a tenth of a millimetre."""

    def rounded(value: object) -> object:
        if isinstance(value, bool | np.bool_):
            return bool(value)
        if isinstance(value, float):
            return round(float(value), 4) + 0.0
        return _rounded(value) if isinstance(value, tuple) else value

    return tuple(map(rounded, values))


@shared
def boards(items: tuple[Board, ...], chamfer: float) -> Mesh:
    """Returns boards whose edges are broken by `chamfer` metres."""
    bounds = np.array([item[:6] for item in items]).reshape(-1, 2, 3)
    poses = np.tile(np.eye(4), (len(bounds), 1, 1))
    poses[:, :3, 3] = bounds.mean(1)
    mesh = boxes(bounds[:, 1] - bounds[:, 0], poses, chamfer)
    faces = len(mesh.sizes) // len(items)
    return replace(mesh, slots=np.repeat(np.array([item[6] for item in items], np.int32), faces))


def boards_proxy(items: Iterable[Board]) -> Proxy:
    """Returns boards as collision boxes."""
    return box_proxy(*[(item[:3], item[3:6]) for item in items])


def rectangles(width: float, height: float, steps: ArrayLike) -> NDArray[np.float64]:
    """Returns (R, 4, 3) upright rectangles for a `loft` whose front is -Y.

    Args:
        width, height: outer, from the origin along X and Z, metres.
        steps: (R, 2) how far each is inset all round, and its y, from the back to the front, metres.
    """
    inset, y = np.asarray(steps, np.float64).T
    rings = np.empty((len(inset), 4, 3))
    rings[..., 1] = y[:, None]
    rings[:, (0, 3), 0], rings[:, (1, 2), 0] = inset[:, None], width - inset[:, None]
    rings[:, (0, 1), 2], rings[:, (2, 3), 2] = inset[:, None], height - inset[:, None]
    return rings


def rounded_rectangle(
    low: tuple[float, float], high: tuple[float, float], radius: float, segments: int = 4
) -> NDArray[np.float64]:
    """Returns (4 * (segments + 1), 2) points of a rectangle with round corners, counter-clockwise, metres."""
    angle = np.linspace(0, np.pi / 2, segments + 1)
    arc = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    turns = [np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) for a in np.arange(4) * np.pi / 2]
    (x0, y0), (x1, y1) = np.add(low, radius), np.subtract(high, radius)
    corners = [(x1, y1), (x0, y1), (x0, y0), (x1, y0)]
    return np.concatenate([np.add(corner, arc @ turn) for corner, turn in zip(corners, turns, strict=True)])


def raised(width: float, height: float, steps: ArrayLike, slot: int = FACE) -> Mesh:
    """Returns the solid through `rectangles`, from its back to its front."""
    return loft(rectangles(width, height, steps)).with_slot(slot)
