"""Carcasses: sides, bottom, top or rails, back and shelves of board, with what is screwed to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen.cabinetry import (
    BACK,
    BOARD,
    BUFFER,
    FRONT,
    HARDWARE,
    INSIDE,
    SERVICE,
    Board,
)

SHELF_BACK = 0.02
"""How far shelves stay behind the front edge."""
RAIL = 0.1
"""Width of the rails that take the place of a base unit's top."""


@dataclass(frozen=True)
class Shell:
    """The outside of a carcass in its unit's frame, metres.

    Attributes:
        left, right: along X.
        front: y of its front edge.
        low, high: along Z.
        wall: y where its sides end: islands have their cladding there.
    """

    left: float
    right: float
    front: float
    low: float
    high: float
    wall: float = 0.0

    @property
    def inner(self) -> tuple[float, float]:
        """x of the inner faces of its sides."""
        return self.left + BOARD, self.right - BOARD

    @property
    def rear(self) -> float:
        """y of its back's inner face."""
        return -SERVICE - BACK


def sides(shell: Shell) -> list[Board]:
    """Returns both sides."""
    return [
        (x, shell.front, shell.low, x + BOARD, shell.wall, shell.high, INSIDE)
        for x in (shell.left, shell.right - BOARD)
    ]


def level(shell: Shell, z: float, front: float = 0.0, back: float | None = None) -> Board:
    """Returns a board between the sides whose upper face is at z, `front` metres behind the carcass's edge."""
    x0, x1 = shell.inner
    return (x0, shell.front + front, z - BOARD, x1, shell.rear if back is None else back, z, INSIDE)


def rear(shell: Shell, low: float | None = None, high: float | None = None) -> Board:
    """Returns the back, or the stretch of it between two heights."""
    x0, x1 = shell.inner
    z0, z1 = shell.low if low is None else low, shell.high if high is None else high
    return (x0, shell.rear, z0, x1, -SERVICE, z1, INSIDE)


def rails(shell: Shell, upright: bool) -> list[Board]:
    """Returns the two rails under a worktop; upright ones, of 45 mm, leave room for a hob or a bowl."""
    x0, x1 = shell.inner
    if upright:
        return [
            (x0, y, shell.high - 0.045, x1, y + BOARD, shell.high, INSIDE) for y in (shell.front, shell.rear - BOARD)
        ]
    z = shell.high - BOARD
    return [(x0, y, z, x1, y + RAIL, shell.high, INSIDE) for y in (shell.front, shell.rear - RAIL)]


def hinge_plates(shell: Shell, hung: str, heights: list[float]) -> list[Board]:
    """Returns the plates that hinges are clipped on, 9 mm thick, on the side where a door hangs.

    Args:
        shell: the carcass.
        hung: "left" or "right".
        heights: of the hinges, in the unit's frame, metres.
    """
    x0, x1 = shell.inner
    x = (x0, x0 + 0.009) if hung == "left" else (x1 - 0.009, x1)
    y = shell.front + 0.02, shell.front + 0.072
    return [(x[0], y[0], z - 0.009, x[1], y[1], z + 0.009, HARDWARE) for z in heights]


def runners(shell: Shell, z: float, depth: float) -> list[Board]:
    """Returns the fixed halves of a drawer's runners at a height."""
    x0, x1 = shell.inner
    y = shell.front + BUFFER, shell.front + depth
    return [(a, y[0], z, b, y[1], z + 0.03, HARDWARE) for a, b in ((x0, x0 + 0.006), (x1 - 0.006, x1))]


def shelf_heights(low: float, high: float, pitch: float) -> list[float]:
    """Returns the upper faces of shelves that part the height between two boards about every `pitch` metres."""
    count = max(0, round((high - low) / pitch) - 1)
    return np.linspace(low, high, count + 2)[1:-1].tolist()


def front_plane(depth: float) -> float:
    """Returns y of a carcass's front edge behind fronts that end at `depth` metres from the wall."""
    return -(depth - FRONT - BUFFER)
