"""What overlays show, as lines: boxes, cameras with their paths, tracked points with their trails. Pure numpy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.layout.categories import CATEGORIES
from buildee.layout.contact import boxes_in
from buildee.layout.scene import Layout
from buildee.preview.colors import id_picture

from .tracked import Tracked

CORNERS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
EDGES = np.array([(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1])
"""Pairs of corners that differ along one axis."""

FRUSTUM = 0.5
"""Depth to which the frustum of a camera is drawn, metres."""

STILL = 1e-4
"""Metres from frame to frame that a tracked point may move and still count as resting."""

WHITE = (1.0, 1.0, 1.0, 0.9)


@dataclass(frozen=True, eq=False)
class Lines:
    """Straight pieces, or points.

    Attributes:
        ends: (N, 3) float32, metres, two in a row a piece; of points one each.
        colors: (N, 4) float32, linear RGB and opacity.
    """

    ends: NDArray[np.float32]
    colors: NDArray[np.float32]


def joined(pieces: list[Lines]) -> Lines:
    """Returns all pieces as one."""
    ends = [np.zeros((0, 3), np.float32), *(piece.ends for piece in pieces)]
    return Lines(np.concatenate(ends), np.concatenate([np.zeros((0, 4), np.float32), *(p.colors for p in pieces)]))


def instance_colors(count: int) -> NDArray[np.float64]:
    """Returns (count, 3) colours, those of the gallery, by number of the instance."""
    return id_picture(np.arange(count + 1, dtype=np.uint16)[None])[0, 1:] / 255.0


def category_colors(layout: Layout) -> NDArray[np.float64]:
    """Returns (I, 3) colours of the instances' categories, those of the label table."""
    return np.array([CATEGORIES[item.category].color for item in layout.instances]).reshape(-1, 3) / 255.0


def boxes(layout: Layout, step: int) -> Lines:
    """Returns a box around every thing, along its own axes, in a frame from 0."""
    found, colors = boxes_in(layout), instance_colors(len(layout.instances))
    pieces = []
    for number, instance in enumerate(layout.instances):
        mine = found.owner == number
        if not mine.any() or not CATEGORIES[instance.category].countable:
            continue
        pose = instance.poses[min(step, len(instance.poses) - 1)]
        local = np.linalg.inv(pose) @ found.poses[step, mine]
        points = local[:, None, :3, :3] @ (CORNERS * found.half[mine][:, None])[..., None]
        points = (points[..., 0] + local[:, None, :3, 3]).reshape(-1, 3)
        low, high = points.min(0), points.max(0)
        corners = (low + high) / 2 + CORNERS * (high - low) / 2
        pieces.append(_lines((corners @ pose[:3, :3].T + pose[:3, 3])[EDGES], (*colors[number], 0.9)))
    return joined(pieces)


def cameras(layout: Layout, step: int) -> Lines:
    """Returns the frustum of every camera in a frame from 0, and the path that it takes."""
    pieces = []
    for camera in layout.cameras:
        pose = camera.poses[min(step, len(camera.poses) - 1)]
        across, down = FRUSTUM * camera.width / camera.focal / 2, FRUSTUM * camera.height / camera.focal / 2
        rim = np.array([(x * across, y * down, FRUSTUM) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
        rim = rim @ pose[:3, :3].T + pose[:3, 3]
        rays = np.stack([np.broadcast_to(pose[:3, 3], (4, 3)), rim], 1)
        pieces += [_lines(rays, WHITE), _lines(np.stack([rim, np.roll(rim, -1, 0)], 1), WHITE)]
        path = camera.poses[:, :3, 3]
        pieces.append(_lines(np.stack([path[:-1], path[1:]], 1), (1.0, 0.55, 0.1, 0.9)))
    return joined(pieces)


def trails(tracked: Tracked) -> Lines:
    """Returns the ways that tracked points take over all frames; those that stay have none."""
    colors = _point_colors(tracked)
    pieces = []
    for before, after in pairwise(tracked.xyz):
        moving = np.flatnonzero(np.abs(after - before).max(1) > STILL)
        ends = np.stack([before[moving], after[moving]], 1).reshape(-1, 3)
        pieces.append(Lines(ends, colors[moving.repeat(2)]))
    return joined(pieces)


def points(tracked: Tracked, step: int) -> Lines:
    """Returns where tracked points are in a frame from 0, one end each."""
    return Lines(tracked.xyz[step], _point_colors(tracked))


def _point_colors(tracked: Tracked) -> NDArray[np.float32]:
    """Returns (N, 4) colours of tracked points, those of their instances."""
    colors = np.concatenate([np.ones((1, 3)), instance_colors(int(tracked.instance.max(initial=0)))])
    return np.insert(colors[tracked.instance], 3, 0.9, 1).astype(np.float32)


def _lines(pairs: NDArray[np.float64], color: tuple[float, ...]) -> Lines:
    """Returns (N, 2, 3) pairs of ends in one colour."""
    ends = pairs.reshape(-1, 3).astype(np.float32)
    return Lines(ends, np.broadcast_to(np.float32(color), (len(ends), 4)).copy())
