"""Convex solids as half-spaces, and poses: the formulas that scenes are made of and held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Solid:
    """A convex solid in its own frame, metres; flat sheets are solids of no thickness.

    Attributes:
        vertices: (V, 3) float64.
        faces: rows of `vertices` around each face; flat sheets list theirs once.
        planes: (F, 4) float64, outward unit normal n and offset d: the solid is where n . x <= d for all of them.
    """

    vertices: NDArray[np.float64]
    faces: tuple[tuple[int, ...], ...]
    planes: NDArray[np.float64]

    @property
    def edges(self) -> NDArray[np.int64]:
        """(E, 2) rows of `vertices`."""
        pairs = {tuple(sorted(pair)) for face in self.faces for pair in zip(face, (*face[1:], face[0]), strict=True)}
        return np.array(sorted(pairs))


def box(x: float, y: float, z: float) -> Solid:
    """A box of these full lengths around the origin."""
    half = np.array([x, y, z]) / 2
    corners = (np.indices((2, 2, 2)).reshape(3, 8).T * 2 - 1) * half
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    planes = np.concatenate([np.column_stack([sign * np.eye(3), half]) for sign in (1, -1)])
    return Solid(corners, faces, planes)


def sheet(x: float, y: float) -> Solid:
    """A rectangle in the xy plane around the origin."""
    half = np.array([x, y, 0.0]) / 2
    corners = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]) * half
    return Solid(corners, ((0, 1, 2, 3),), box(x, y, 0).planes)


def prism(radius: float, height: float, sides: int) -> Solid:
    """A cylinder of flat sides around the z axis; its corners lie on the true cylinder, its sides a sagitta within."""
    turn = 2 * np.pi * np.arange(sides) / sides
    ring = radius * np.stack([np.cos(turn), np.sin(turn)], -1)
    corners = np.concatenate([np.column_stack([ring, np.full(sides, z)]) for z in (-height / 2, height / 2)])
    after = (np.arange(sides) + 1) % sides
    around = [(i, int(after[i]), int(after[i]) + sides, i + sides) for i in range(sides)]
    faces = (*around, tuple(range(sides))[::-1], tuple(range(sides, 2 * sides)))
    middle = turn + np.pi / sides
    side = np.column_stack(
        [np.cos(middle), np.sin(middle), np.zeros(sides), np.full(sides, radius * np.cos(np.pi / sides))]
    )
    return Solid(corners, faces, np.concatenate([side, [(0, 0, 1, height / 2), (0, 0, -1, height / 2)]]))


def globe(radius: float, meridians: int, bands: int) -> Solid:
    """A ball of flat facets between meridians and parallels; its corners lie on the true sphere."""
    turn, down = 2 * np.pi * np.arange(meridians) / meridians, np.pi * np.arange(bands + 1) / bands
    rings = [
        radius * np.column_stack([np.sin(t) * np.cos(turn), np.sin(t) * np.sin(turn), np.full(meridians, np.cos(t))])
        for t in down[1:-1]
    ]
    corners = np.concatenate([[(0, 0, radius)], *rings, [(0, 0, -radius)]])
    faces = []
    for band in range(bands):
        for i in range(meridians):
            upper, lower = 1 + (band - 1) * meridians, 1 + band * meridians
            a, b = i, (i + 1) % meridians
            top = (0,) if band == 0 else (upper + b, upper + a)
            bottom = (len(corners) - 1,) if band == bands - 1 else (lower + a, lower + b)
            faces.append((*top, *bottom))
    return Solid(corners, tuple(faces), _facets(radius, turn, down))


def _facets(radius: float, turn: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.float64]:
    """Planes of a globe's facets: each contains the chord between two parallels, halfway between two meridians."""
    inward = np.cos(np.pi / len(turn))
    rho, z = radius * np.sin(down) * inward, radius * np.cos(down)
    normal = np.stack([z[:-1] - z[1:], rho[1:] - rho[:-1]], -1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    offset = normal[:, 0] * rho[:-1] + normal[:, 1] * z[:-1]
    middle = turn + np.pi / len(turn)
    planes = np.empty((len(normal), len(turn), 4))
    planes[..., 0], planes[..., 1] = normal[:, :1] * np.cos(middle), normal[:, :1] * np.sin(middle)
    planes[..., 2], planes[..., 3] = normal[:, 1:], offset[:, None]
    return planes.reshape(-1, 4)


def at(x: float, y: float, z: float) -> NDArray[np.float64]:
    """A pose (4, 4) that moves."""
    pose = np.eye(4)
    pose[:3, 3] = x, y, z
    return pose


def turned(axis: ArrayLike, angle: float) -> NDArray[np.float64]:
    """A pose (4, 4) that turns about an axis through the origin (Rodrigues), radians."""
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    pose = np.eye(4)
    pose[:3, :3] += np.sin(angle) * k + (1 - np.cos(angle)) * k @ k
    return pose


def linear(matrix: ArrayLike) -> NDArray[np.float64]:
    """A pose (4, 4) of a linear map (3, 3), or of factors along the axes (3,)."""
    matrix = np.asarray(matrix, float)
    pose = np.eye(4)
    pose[:3, :3] = np.diag(matrix) if matrix.ndim == 1 else matrix
    return pose


def looking(eye: Sequence[float], target: Sequence[float], roll: float = 0.0) -> NDArray[np.float64]:
    """`world_from_camera` (4, 4), x right, y down, z forward, of a camera whose right is level but for a roll."""
    forward = np.subtract(target, eye) / np.linalg.norm(np.subtract(target, eye))
    right = np.cross(forward, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    pose = at(*eye)
    pose[:3, :3] = np.column_stack([right, np.cross(forward, right), forward])
    return pose @ turned((0, 0, 1), roll)
