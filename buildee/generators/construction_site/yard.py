"""Things that stand on the ground: decided in plan first, stood on the finished terrain after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.layout.placement import Footprint, boxes_of, pose_on
from buildee.layout.scene import Assembly, Model, Pose

SETTLED = 0.0015
"""How far small things sink into loose ground, metres."""


@dataclass(frozen=True, eq=False)
class Stand:
    """A model at a place in plan.

    Attributes:
        name: unique in the layout.
        model: what stands there.
        footprint: where.
        pad: whether the ground is graded to a plane under it, as under anything long or heavy.
        values: joint values, as in `Instance`.
        lift: metres above the ground, for things on top of others.
    """

    name: str
    model: Model
    footprint: Footprint
    pad: bool = False
    values: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    lift: float = 0.0


def size_of(model: Model) -> tuple[float, float]:
    """Returns length and width of the smallest rectangle about the origin that holds a model's proxies, metres."""
    poses, half = boxes_of(model.placed("model", np.eye(4)))
    reach = np.abs(poses[:, :2, 3]) + (np.abs(poses[:, :2, :3]) * half[:, None]).sum(-1)
    length, width = 2 * reach.max(0)
    return float(length), float(width)


def rest(footprint: Footprint, ground: Ground) -> Pose:
    """Returns the pose in which a stiff base lies on the ground: the plane through its corners and middle.

    Where the ground is uneven the base sinks until no corner hangs in the air by more than `SETTLED`.
    """
    shares = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (0, 0)]) * 0.9
    points = footprint.points(shares)
    heights = ground.height(points)
    local = footprint.local(points)
    slope, middle = heights @ local / (local**2).sum(0), heights.mean()  # least squares, as the points are symmetric
    gaps = local @ slope + middle - heights
    up = np.array([*(-slope @ footprint.axes), 1.0])
    sink = max(gaps.max() - SETTLED, 0.0)
    return pose_on((footprint.x, footprint.y, middle - sink), footprint.yaw, up / np.linalg.norm(up))


def stood(stands: Sequence[Stand], ground: Ground) -> Assembly:
    """Returns the instances of things on the finished ground."""
    shapes, instances = {}, []
    for stand in stands:
        pose = rest(stand.footprint, ground)
        pose[:3, 3] += pose[:3, 2] * stand.lift
        shapes.update(stand.model.shapes)
        instances.append(stand.model.placed(stand.name, pose, stand.values))
    return Assembly(shapes, tuple(instances))


def pads(stands: Sequence[Stand]) -> list[Footprint]:
    """Returns the rectangles that the terrain must make plane."""
    return [stand.footprint for stand in stands if stand.pad]
