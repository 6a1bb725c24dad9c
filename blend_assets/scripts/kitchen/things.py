"""From forms to assets: proxies of hollow and round things, how things rest and stack, and the asset itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.feet import footed
from blend_assets.scripts.kitchen.finishes import FINISHES
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Pose, Proxy

LIBRARY = "kitchen"
WALLS = 8
"""How many boxes stand round a hollow thing."""
_BALANCED = (1 + np.cos(np.pi / WALLS)) / 2
"""How near their middles come to the axis, so that they reach as far out as they stay within the round wall."""


def ring_boxes(profile: ArrayLike, thickness: float) -> Proxy:
    """Returns boxes round Z along the middle of a round wall.

    Args:
        profile: (N, 2) radius and z; eight boxes for each of its pieces, tilted as that is.
        thickness: of the boxes, metres.
    """
    points = np.asarray(profile, np.float64)
    poses, half = [], []
    for (r0, z0), (r1, z1) in pairwise(points):
        length, radius = np.hypot(r1 - r0, z1 - z0), (r0 + r1) / 2 * _BALANCED
        for angle in np.arange(WALLS) * (2 * np.pi / WALLS):
            out, around = np.array([np.cos(angle), np.sin(angle), 0]), np.array([-np.sin(angle), np.cos(angle), 0])
            slope = ((r1 - r0) * out + (0, 0, z1 - z0)) / length
            pose = at(*(radius * out + (0, 0, (z0 + z1) / 2)))
            pose[:3, :3] = np.column_stack([around, slope, np.cross(around, slope)])
            poses.append(pose)
            half.append((radius * np.tan(np.pi / WALLS), length / 2, thickness / 2))
    return Proxy(np.array(poses), np.array(half))


def drum(radius: float, low: float, high: float, x: float = 0.0, y: float = 0.0) -> Proxy:
    """Returns two boxes for an upright round solid, one turned by 45 degrees."""
    middle = (x, y, (low + high) / 2)
    poses = np.stack([turned("z", 0.0, middle), turned("z", np.pi / 4, middle)])
    return Proxy(poses, np.tile((0.75 * radius, 0.75 * radius, (high - low) / 2), (2, 1)))


def hollow(wall: ArrayLike, thickness: float, floor: tuple[float, float]) -> Proxy:
    """Returns a floor and walls, so that things fit in between.

    Args:
        wall: (N, 2) radius and z of the wall's middle, from the floor up.
        thickness: of the wall, metres.
        floor: its lowest and highest z; it is as wide as the wall is at its bottom.
    """
    points = np.asarray(wall, np.float64)
    return joined(drum(points[0, 0], *floor), ring_boxes(points, thickness))


def joined(*proxies: Proxy) -> Proxy:
    """Returns one proxy of all boxes."""
    return Proxy(np.concatenate([proxy.poses for proxy in proxies]), np.concatenate([proxy.half for proxy in proxies]))


def bounding(*meshes: Mesh) -> Proxy:
    """Returns a proxy of the meshes' axis-aligned boxes."""
    return boxes(*[mesh.bounds for mesh in meshes])


def handle_boxes(path: ArrayLike, width: float, depth: float, count: int = 3) -> Proxy:
    """Returns boxes along a handle that lies in a plane with Z: (N, 3) points, `width` across the plane."""
    points = np.asarray(path, np.float64)
    knots = points[np.linspace(0, len(points) - 1, count + 1).round().astype(int)]
    poses, half = [], []
    for start, end in pairwise(knots):
        along = (end - start) / np.linalg.norm(end - start)
        across = np.cross(along, (0, 0, 1) if np.hypot(*along[:2]) > 1e-3 else (-1, 0, 0))
        across /= np.linalg.norm(across)
        pose = at(*((start + end) / 2))
        pose[:3, :3] = np.column_stack([along, across, np.cross(along, across)])
        poses.append(pose)
        half.append((np.linalg.norm(end - start) / 2, width / 2, depth / 2))
    return Proxy(np.array(poses), np.array(half))


def settled(mesh: Mesh, turn: Pose) -> Pose:
    """Returns the pose turned as `turn`, its lowest point on z = 0, the middle of its footprint over the origin."""
    pose = turn.copy()
    pose[:3, 3] = 0.0
    low, high = mesh.transformed(pose).bounds
    pose[:3, 3] = -(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]
    return pose


def upside_down(mesh: Mesh) -> Pose:
    """Returns the pose on its head."""
    return settled(mesh, turned("x", np.pi))


def leaning(mesh: Mesh, angle: float = 78.0) -> Pose:
    """Returns the pose of a flat thing on its +X edge, `angle` degrees steep, leaning towards a wall at -X."""
    return settled(mesh, turned("y", np.deg2rad(angle)))


def lying(mesh: Mesh, profile: ArrayLike) -> Pose:
    """Returns the pose of a round thing that has toppled towards +X: it rests on the line that touches it twice.

    Args:
        mesh: the thing.
        profile: (N, 2) radius and z of its outside.
    """
    points = np.asarray(profile, np.float64)
    points = points[np.argsort(points[:, 1], kind="stable")]
    hull: list[NDArray[np.float64]] = []
    for point in points:  # the outermost chain of the profile, from below upwards
        while len(hull) > 1 and _turns_out(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    middle = (points[:, 0] * points[:, 1]).sum() / points[:, 0].sum()
    start, end = next(pair for pair in pairwise(hull) if pair[1][1] >= middle or pair[1] is hull[-1])
    slope = np.arctan2(end[0] - start[0], end[1] - start[1])
    return settled(mesh, turned("y", np.pi / 2 - slope))


def _turns_out(first: ArrayLike, middle: ArrayLike, last: ArrayLike) -> bool:
    (r0, z0), (r1, z1), (r2, z2) = first, middle, last
    return (z1 - z0) * (r2 - r0) - (r1 - r0) * (z2 - z0) >= 0


def nested(profile: ArrayLike, clearance: float = 2e-4) -> float:
    """Returns by how much a lathed thing is raised by an equal one below it, metres: the most it is thick, upright."""
    points = np.asarray(profile, np.float64)
    radii = np.unique(np.concatenate([points[:, 0] + step for step in (-1e-7, 0.0, 1e-7)]))
    lowest, highest = np.full(len(radii), np.inf), np.full(len(radii), -np.inf)
    for (r0, z0), (r1, z1) in pairwise(points):
        on = (radii >= min(r0, r1)) & (radii <= max(r0, r1))
        ends = [z0, z1] if abs(r1 - r0) < 1e-9 else [z0 + (radii[on] - r0) / (r1 - r0) * (z1 - z0)] * 2
        lowest[on] = np.minimum(lowest[on], np.minimum(*ends))
        highest[on] = np.maximum(highest[on], np.maximum(*ends))
    inside = np.isfinite(lowest)
    return float((highest - lowest)[inside].max() + clearance)


def thing(
    id: str,
    title: str,
    category: str,
    mesh: Mesh,
    proxy: Proxy,
    source: str,
    *,
    slots: Mapping[str, Material] = FINISHES,
    markers: Mapping[str, Pose] | None = None,
    rests: Mapping[str, Pose] | None = None,
    stack: float = 0.0,
    tags: Sequence[str] = (),
    parts: Sequence[AssetPart] = (),
) -> Asset:
    """Returns an asset of the kitchen's library: one part, "body", and what else hangs on it."""
    body = AssetPart("body", mesh, proxy=proxy, markers=markers or {})
    made = Asset(
        id,
        title,
        category,
        LIBRARY,
        slots,
        (body, *parts),
        ("kitchen", *tags),
        source,
        rests=rests or {},
        stack=stack,
    )
    return footed(made)
