"""Lifting gear between a crane's hook and its load: master link, chains with their hooks, spreader. Metres.

Chains are of grade 8 with links of 13 mm, 44 mm across: 7.5 t in two legs (EN 818-4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import beam, box, circle, prism, sweep

WIRE = 0.013
"""Diameter of a chain's links."""

BEND = 0.145
"""From the crane's "hook/load", at the hook's lowest, up to where a link lies in its bowl."""

LINK = (0.09, 0.17, 0.016)
"""Half width, half height and half thickness of the master link, to the middle of its bar."""

BELOW = BEND + 0.001 + LINK[2] - 2 * LINK[1]
"""Height of the middle of the master link's lowest bar over the hook's lowest."""


def master_link(hook: float) -> Mesh:
    """Returns the link that hangs in a hook whose lowest point is at (0, 0, `hook`)."""
    half, tall, thick = LINK
    oval = circle(1.0, 24) * (half, tall)
    points = np.column_stack([np.zeros(24), oval[:, 0], hook + BELOW + tall + oval[:, 1]])
    return sweep(points, circle(thick, 8), smooth=True, closed=True)


def chain_leg(low: ArrayLike, high: ArrayLike) -> Mesh:
    """Returns a taut chain between two points, every other link turned."""
    low, high = np.asarray(low, np.float64), np.asarray(high, np.float64)
    length = float(np.linalg.norm(high - low))
    count = max(round(length / (3 * WIRE)), 2)
    pitch = length / count
    middles = low + (high - low) * ((np.arange(count) + 0.5) / count)[:, None]
    one = _chain_link(pitch)
    first = _along((high - low) / length)
    quarter = first @ rotation((1.0, 0.0, 0.0), np.pi / 2)[:3, :3]
    vertices = np.concatenate(
        [one.vertices @ (quarter if number % 2 else first).T + middle for number, middle in enumerate(middles)]
    )
    step = np.repeat(np.arange(count) * len(one.vertices), len(one.corners))
    return Mesh(
        vertices,
        np.tile(one.corners, count) + step,
        np.tile(one.sizes, count),
        np.tile(one.slots, count),
        np.tile(one.smooth, count),
    )


def _chain_link(pitch: float) -> Mesh:
    """Returns a link about the origin along X, in the XY plane; its neighbours hook in at half a pitch."""
    radius = WIRE / 2
    bend = circle(1.7 * radius, 8)
    long = pitch / 2 + radius - 1.7 * radius
    right, left = bend[[6, 7, 0, 1, 2]] + (long, 0), bend[[2, 3, 4, 5, 6]] - (long, 0)
    outline = np.concatenate([right, left])
    return sweep(np.column_stack([outline, np.zeros(len(outline))]), circle(radius, 5), smooth=True, closed=True)


def _along(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the (3, 3) rotation that takes X to a direction."""
    side = np.cross([0.0, 0.0, 1.0] if abs(direction[2]) < 0.99 else [1.0, 0.0, 0.0], direction)
    side /= np.linalg.norm(side)
    return np.column_stack([direction, side, np.cross(direction, side)])


def chain_sling(anchors: ArrayLike, hook: float) -> Mesh:
    """Returns chains from (N, 3) anchors, each with its hook, to a master link in a hook whose lowest is at `hook`."""
    anchors = np.asarray(anchors, np.float64)
    top = np.array([0.0, 0.0, hook + BELOW + LINK[2]])
    pieces = [master_link(hook)]
    for anchor in anchors:
        way = (top - anchor) / np.linalg.norm(top - anchor)
        grip, foot = anchor + 0.17 * way, top - 0.12 * way
        pieces += [chain_leg(grip, foot), sling_hook(anchor, way), bars([foot], [top], 0.016, 8)]
    return Mesh.merged(pieces)


def sling_hook(at: ArrayLike, up: ArrayLike) -> Mesh:
    """Returns a self-locking hook whose bowl holds a point; `up` is the way its chain goes."""
    angle = np.deg2rad(np.linspace(-250, 70, 17))
    line = np.column_stack([0.05 + 0.045 * np.sin(angle), 0.045 * np.cos(angle), np.zeros(17)])
    bowl = sweep(line, circle(0.013, 6), smooth=True)
    shank = bars([(0.095, 0, 0)], [(0.175, 0, 0)], 0.015, 8)
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = _along(np.asarray(up, np.float64)), at
    return Mesh.merged([bowl, shank]).transformed(pose)


def spreader(length: float, hook: float, height: float) -> tuple[Mesh, NDArray[np.float64]]:
    """Returns a spreader beam on two chains, slot 0 beam and slot 1 gear, and (2, 3) where loads hang below its ends.

    Args:
        length: of the beam.
        hook: height of the hook's lowest point.
        height: of the beam's axis.
    """
    half = length / 2
    tube = beam((-half, 0, height), (half, 0, height), 0.12, 0.16)
    ends = np.array([(-half + 0.15, 0.0, height), (half - 0.15, 0.0, height)])
    lug = prism([(-0.09, 0), (0.09, 0), (0.05, 0.13), (-0.05, 0.13)], 0.024).transformed(
        rotation((1.0, 0.0, 0.0), np.pi / 2)
    )
    lugs = [lug.moved(x, 0.012, height + 0.08) for x in ends[:, 0]]
    under = [lug.transformed(np.diag([1.0, -1.0, -1.0, 1.0])).moved(x, -0.012, height - 0.08) for x in ends[:, 0]]
    collars = [box((0.02, 0.15, 0.19), (x, 0, height), 0.003) for x in (-half, half)]
    sling = chain_sling(ends + np.array([0, 0, 0.18]), hook)
    return Mesh.merged([Mesh.merged([tube, *lugs, *under, *collars]), sling.with_slot(1)]), ends - np.array(
        [0, 0, 0.18]
    )
