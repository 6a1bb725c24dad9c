"""How a piece of food becomes an asset: its slots, how it comes to rest, and the boxes that stand for it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.feet import footed
from blend_assets.scripts.food.forms import turn
from blend_assets.scripts.model import Asset, AssetPart
from buildee.layout.kinematics import rotation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Pose, Proxy

Array = NDArray[np.float64]

LIBRARY = "food"
SLACK = 0.0015
"""How far the corners of boxes may stand out of round things, metres."""


SIGNS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
DIRECTIONS = np.stack([np.cos(np.arange(400) * 2.39996), np.sin(np.arange(400) * 2.39996)], -1)
"""(400, 3) unit vectors, evenly over the sphere (Fibonacci)."""
_HEIGHTS = 1 - (2 * np.arange(400) + 1) / 400
DIRECTIONS = np.column_stack([DIRECTIONS * np.sqrt(1 - _HEIGHTS**2)[:, None], _HEIGHTS])


class Palette(dict[str, Material]):
    """The materials of an asset by slot; calling it puts meshes into a slot."""

    def __call__(self, slot: str, *meshes: Mesh) -> Mesh:
        """Returns the meshes joined, all faces in the slot called so."""
        return Mesh.merged(meshes).with_slot(self.index(slot))

    def index(self, slot: str) -> int:
        """Returns the number of a slot."""
        return list(self).index(slot)


def settled(mesh: Mesh, start: Pose | None = None) -> Pose:
    """Returns how a mesh comes to rest when it is let go in a pose: `ground_from_mesh`, its middle over the origin.

    It rolls downhill: the pose is turned in ever smaller steps for as long as its centre sinks.
    """
    pose = np.eye(4) if start is None else start.copy()
    middle = centre(mesh)
    points = mesh.vertices - middle
    down = -pose[2, :3]
    height = (points @ down).max()
    step = 0.15
    while step > 2e-4:
        first = np.cross(down, np.eye(3)[np.argmin(abs(down))])
        first /= np.linalg.norm(first)
        second = np.cross(down, first)
        angle = np.arange(8) * np.pi / 4
        tries = down + step * (np.cos(angle)[:, None] * first + np.sin(angle)[:, None] * second)
        tries /= np.linalg.norm(tries, axis=1, keepdims=True)
        heights = (points @ tries.T).max(0)
        best = int(np.argmin(heights))
        if heights[best] < height - 1e-9:
            down, height = tries[best], heights[best]
        else:
            step /= 2
    before = -pose[2, :3]
    axis = np.cross(down, before)
    sine = np.linalg.norm(axis)
    if sine > 1e-9:  # in the mesh's frame `down` has to point to where `before` did
        pose = pose @ rotation(axis / sine, np.arctan2(sine, down @ before))
    return lowered(mesh.vertices, pose)


def centre(mesh: Mesh) -> Array:
    """Returns (3,) the centre of the volume within a mesh, metres."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    first = np.repeat(mesh.corners[starts], np.maximum(mesh.sizes - 2, 0))
    offset = np.concatenate([np.arange(size - 2) for size in mesh.sizes]) + np.repeat(starts, mesh.sizes - 2)
    a, b, c = (mesh.vertices[index] for index in (first, mesh.corners[offset + 1], mesh.corners[offset + 2]))
    volume = (a * np.cross(b, c)).sum(1)
    return ((a + b + c) / 4 * volume[:, None]).sum(0) / volume.sum()


def lowered(points: Array, pose: Pose) -> Pose:
    """Returns a pose shifted so that what it carries stands on z = 0 with the middle of its footprint at the origin."""
    placed = points @ pose[:3, :3].T
    low, high = placed.min(0), placed.max(0)
    result = pose.copy()
    result[:3, 3] = -(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]
    return result


def standing(mesh: Mesh, settle: bool = True) -> Mesh:
    """Returns a mesh as it comes to rest the way it is, on z = 0 over the origin."""
    return mesh.transformed(settled(mesh) if settle else lowered(mesh.vertices, np.eye(4)))


def round_proxy(mesh: Mesh, heart: float = 0.62) -> Proxy:
    """Returns upright boxes for something round: squares about its belly and slimmer ones through it.

    Args:
        mesh: standing on the ground, its axis the origin's Z.
        heart: how much of its height the belly takes.
    """
    low, high = mesh.bounds[:, 2]
    middle = (mesh.bounds[0] + mesh.bounds[1]) / 2
    levels = np.linspace(low, high, 41)
    radius = _thickness(mesh.vertices - (middle[0], middle[1], 0), levels)
    poses, halves = [], []
    for share, turns in ((0.5 * heart, 2), (heart, 2), ((1 + heart) / 2, 1), (1.0, 1)):
        start, end = low + (high - low) * (1 - share) / 2, high - (high - low) * (1 - share) / 2
        inside = (levels >= start - 1e-9) & (levels <= end + 1e-9)
        half = max(float(radius[inside].min()) / np.sqrt(2), 0.0015)
        for number in reversed(range(turns)):
            pose = turn("z", number * np.pi / 4)
            pose[:3, 3] = middle[0], middle[1], (start + end) / 2
            poses.append(pose)
            halves.append((half, half, (end - start) / 2))
    return Proxy(np.array(poses), np.array(halves))


def _thickness(points: Array, levels: Array) -> Array:
    """Returns how far a body reaches at least at several heights, all around: the least over 8 sectors, plus slack."""
    sector = ((np.arctan2(points[:, 1], points[:, 0]) / (np.pi / 4)) % 8).astype(int)
    reach = np.zeros((8, len(levels)))
    outer = np.hypot(points[:, 0], points[:, 1])
    gap = np.ptp(levels) / 24
    for number in range(8):
        own = sector == number
        away = abs(points[own, 2][:, None] - levels)
        near = np.where(away < gap, outer[own][:, None], 0.0)
        reach[number] = near.max(0, initial=0.0)
    least = reach.min(0)
    # Within the slack of the poles the body is thicker than it is there: a ball's cap.
    edge = np.minimum(levels - levels[0], levels[-1] - levels)
    cap = np.sqrt(2 * least.max() * np.maximum(SLACK / 2 + edge, 0))
    return np.minimum(least, cap)


def round_boxes(*bands: tuple[float, float, float]) -> Proxy:
    """Returns boxes for turned things: two squares, 45 degrees apart, of the first (radius, low, high), else one."""
    poses, halves = [], []
    for number, (radius, low, high) in enumerate(bands):
        half = (radius + SLACK) / np.sqrt(2)
        for yaw in (0.0, np.pi / 4)[: 2 if number == 0 else 1]:
            pose = turn("z", yaw)
            pose[2, 3] = (low + high) / 2
            poses.append(pose)
            halves.append((half, half, (high - low) / 2))
    return Proxy(np.array(poses), np.array(halves))


def limb_boxes(rings: Array, pieces: int = 2) -> Proxy:
    """Returns two boxes a piece for something long that lies: one from its lowest to its top, one from side to side.

    Args:
        rings: (R, N, 3) metres.
        pieces: into how many straight stretches it is cut.
    """
    cuts = np.linspace(0, len(rings) - 1, pieces + 1).round().astype(int)
    poses, halves = [], []
    for start, end in itertools.pairwise(cuts):
        part = rings[start : end + 1]
        a, b = part[0].mean(0), part[-1].mean(0)
        pose = turn("z", float(np.arctan2(b[1] - a[1], b[0] - a[0])))
        local = part @ pose[:3, :3]
        wide = np.ptp(local[..., 1], axis=1)
        local = local[wide >= 0.72 * wide.max()]
        middle = local.mean(1)
        low, high = local[..., 2].min(1), local[..., 2].max(1)
        left, right = local[..., 1].min(1).max(), local[..., 1].max(1).min()
        bottom, top = low.max() if np.ptp(low) > 0.004 else low.min(), high.min()
        reach = np.ptp(middle[:, 0]) / 2
        x, y, z = (middle[:, 0].min() + middle[:, 0].max()) / 2, (left + right) / 2, (bottom + top) / 2
        radius, across = (top - bottom) / 2, max((right - left) / 2, 0.002)
        pose[:3, 3] = pose[:3, :3] @ (x, y, z)
        poses += [pose, pose]
        slim = min(np.sqrt(2 * SLACK * radius) * across / radius, across)
        halves += [(reach, slim, radius), (reach, 0.9 * across, 0.42 * radius)]
    return Proxy(np.array(poses), np.array(halves))


def held_in(proxy: Proxy, mesh: Mesh, most: float = 0.0012) -> Proxy:
    """Returns a proxy whose boxes are made slimmer until no corner stands out of the hull by more than `most`."""
    reach = (mesh.vertices @ DIRECTIONS.T).max(0)
    halves = proxy.half.copy()
    for half, pose in zip(halves, proxy.poses, strict=True):
        for _ in range(40):
            corners = (SIGNS * half) @ pose[:3, :3].T + pose[:3, 3]
            if (corners @ DIRECTIONS.T - reach).max() <= most:
                break
            half *= (0.94, 0.94, 1.0)
            if half[0] < 2e-3:  # slim enough; what is left stands out at its ends
                half[2] *= 0.97
    return Proxy(proxy.poses, halves)


def carried(rings: Array, pose: Pose) -> Array:
    """Returns (..., 3) points carried by a pose."""
    return rings @ pose[:3, :3].T + pose[:3, 3]


def moved_proxy(proxy: Proxy, pose: Pose) -> Proxy:
    """Returns a proxy carried by a pose."""
    return Proxy(pose @ proxy.poses, proxy.half)


def food(
    id: str,
    title: str,
    category: str,
    palette: Palette,
    mesh: Mesh,
    proxy: Proxy,
    source: str,
    tags: Sequence[str] = (),
    rests: Mapping[str, Pose] | None = None,
    stack: float = 0.0,
    more: Sequence[AssetPart] = (),
) -> Asset:
    """Returns an asset of one body, and what is loose on it (`more`)."""
    parts = [AssetPart("body", mesh, proxy=proxy), *more]
    tight = tuple(part if part.proxy is None else replace(part, proxy=held_in(part.proxy, part.mesh)) for part in parts)
    made = Asset(
        id,
        title,
        category,
        LIBRARY,
        palette,
        tight,
        ("food", category, *tags),
        source,
        rests=rests or {},
        stack=float(stack),
    )
    return footed(made)


def piece(
    name: str, mesh: Mesh, at: ArrayLike = (0, 0, 0), joint: Joint | None = None, like: str = "", **more
) -> AssetPart:
    """Returns a part that hangs on the body, its origin at `at`."""
    rest = np.eye(4)
    rest[:3, 3] = at
    return AssetPart(name, mesh, "body", rest, joint, like=like, **more)
