"""The smallest pieces of an assembly: one rigid thing, or many copies of one shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import cos, sin

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.kinematics import translation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Instance, Part, Pose, Proxy, Scatter


def pose_at(x: float = 0.0, y: float = 0.0, z: float = 0.0, yaw: float = 0.0) -> Pose:
    """Returns the (4, 4) pose at (x, y, z) metres, turned by `yaw` radians about Z."""
    cosine, sine = cos(yaw), sin(yaw)
    return np.array([[cosine, -sine, 0.0, x], [sine, cosine, 0.0, y], [0.0, 0.0, 1.0, z], [0.0, 0.0, 0.0, 1.0]])


def poses_at(points: ArrayLike, yaw: ArrayLike = 0.0) -> NDArray[np.float64]:
    """Returns (N, 4, 4) poses at (N, 3) points, turned by `yaw` (scalar or (N,) radians) about Z."""
    points = np.asarray(points, np.float64).reshape(-1, 3)
    poses, cosine, sine = translation(points), np.cos(yaw), np.sin(yaw)
    poses[:, 0, 0] = poses[:, 1, 1] = cosine
    poses[:, 1, 0] = sine
    poses[:, 0, 1] = -sine
    return poses


def box_proxy(*bounds: ArrayLike) -> Proxy:
    """Returns the proxy made of axis-aligned boxes, each a (2, 3) lowest and highest corner, metres."""
    boxes = np.asarray(bounds, np.float64)
    return Proxy(translation((boxes[:, 0] + boxes[:, 1]) / 2), (boxes[:, 1] - boxes[:, 0]) / 2)


def ring_proxy(outline: ArrayLike, hole: ArrayLike, low: float, high: float) -> Proxy:
    """Returns the proxy of a level ring: four boxes between two (2, 2) rectangles, from z = `low` to `high`, metres."""
    (x0, y0), (x1, y1) = np.asarray(outline, np.float64)
    (u0, v0), (u1, v1) = np.asarray(hole, np.float64)
    sides = [((x0, y0), (x1, v0)), ((x0, v1), (x1, y1)), ((x0, v0), (u0, v1)), ((u1, v0), (x1, v1))]
    return box_proxy(*[((*first, low), (*last, high)) for first, last in sides])


def piece(
    name: str,
    category: str,
    shape: tuple[str, Mesh],
    materials: Sequence[Material],
    pose: Pose,
    proxy: Proxy | None = None,
) -> Assembly:
    """Returns an instance of one part that stands still.

    Args:
        name: unique in the layout.
        category: key of `CATEGORIES`.
        shape: key and mesh; equal keys must mean equal meshes.
        materials: one per slot of the mesh.
        pose: `assembly_from_piece`.
        proxy: None gives the bounding box of the mesh.
    """
    key, mesh = shape
    part = Part("body", key, tuple(materials), proxy=proxy or box_proxy(mesh.bounds))
    return Assembly({key: mesh}, (Instance(name, category, (part,), np.asarray(pose).reshape(1, 4, 4)),))


def copies(
    name: str,
    category: str,
    shape: tuple[str, Mesh],
    materials: Sequence[Material],
    poses: NDArray[np.float64],
    countable: bool = True,
) -> Assembly:
    """Returns a scatter of one shape; nothing when there are no poses. Arguments as in `piece`."""
    if not len(poses):
        return Assembly()
    key, mesh = shape
    return Assembly({key: mesh}, scatters=(Scatter(name, category, key, tuple(materials), poses, countable),))


def repainted(things: Assembly, paint: Callable[[Instance | Scatter, Material], Material]) -> Assembly:
    """Returns things with every material replaced by what `paint` makes of it on the thing that has it."""

    def part_of(thing: Instance, part: Part) -> Part:
        painted = tuple(paint(thing, item) for item in part.materials)
        same = all(new is old for new, old in zip(painted, part.materials, strict=True))
        return part if same else replace(part, materials=painted)

    return replace(
        things,
        instances=tuple(
            replace(thing, parts=tuple(part_of(thing, part) for part in thing.parts)) for thing in things.instances
        ),
        scatters=tuple(
            replace(thing, materials=tuple(paint(thing, item) for item in thing.materials)) for thing in things.scatters
        ),
    )
