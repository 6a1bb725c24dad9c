"""What an asset script returns: the parts of one machine or person, ready to be baked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.scene import Joint, Pose, Proxy


@dataclass(frozen=True, eq=False)
class AssetPart:
    """One rigid piece of an asset.

    Attributes:
        name: snake_case, unique within the asset.
        mesh: in the part's own frame (a joint turns about its origin), metres. Face slots index the
            keys of `Asset.slots`; the bake keeps those that the mesh uses. May be empty.
        parent: name of an earlier part; empty hangs on the instance.
        rest: `parent_from_part` with the joint at zero.
        joint: None when fixed to the parent.
        proxy: convex boxes for collision tests, or None.
        markers: named points, `part_from_marker` (4, 4).
        bevel: radius, metres, by which the bake rounds edges that turn by more than 50 degrees. Every
            connected piece of the mesh is rounded by itself, never by more than a tenth of its smallest
            extent; open surfaces are left alone.
        like: name of an earlier part with the same mesh, which both then share in the library.
        copies: how many of it run round the loop of its joint, evenly spaced: shoes of a crawler.
    """

    name: str
    mesh: Mesh
    parent: str = ""
    rest: Pose = field(default_factory=lambda: np.eye(4))
    joint: Joint | None = None
    proxy: Proxy | None = None
    markers: Mapping[str, Pose] = field(default_factory=dict)
    bevel: float = 0.0
    like: str = ""
    copies: int = 1


@dataclass(frozen=True, eq=False)
class Asset:
    """One thing of a library. Its frame: on the ground, middle of the footprint, +X forward, +Z up.

    Attributes:
        id: key of the catalog.
        title: for people.
        category: key of `buildee.layout.categories.CATEGORIES`.
        library: name of the .blend library, without its ending.
        slots: default material by slot name.
        parts: parents before children.
        tags: words for the Asset Browser.
        source: where the dimensions come from.
        licence: SPDX identifier.
        keypoints: markers that are annotated, "part/marker" in order, and how thick the body is around each, metres.
        rests: how it may rest on a level place besides standing upright, `ground_from_asset` (4, 4) by name, such as
            "lying": its lowest point then touches z = 0.
        stack: how much higher the next one stands that is put on or into it, metres; 0 does not stack.
        supports: level places in or on it that carry other things.
    """

    id: str
    title: str
    category: str
    library: str
    slots: Mapping[str, Material]
    parts: tuple[AssetPart, ...]
    tags: tuple[str, ...]
    source: str
    licence: str = "CC0-1.0"
    keypoints: Mapping[str, float] = field(default_factory=dict)
    rests: Mapping[str, Pose] = field(default_factory=dict)
    stack: float = 0.0
    supports: tuple[Place, ...] = ()


UNSCREWED = Joint("hinge", (0.0, 0.0, 1.0), (0.0, 2 * np.pi))
"""Of a screw cap or lid: a whole turn opens it."""

LIFTED = Joint("slider", (0.0, 0.0, 1.0), (0.0, 0.1))
"""Of a lid that is lifted off, clear of what it lay on."""


def at(x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Pose:
    """Returns a (4, 4) pose shifted by (x, y, z) metres."""
    pose = np.eye(4)
    pose[:3, 3] = x, y, z
    return pose


def turned(axis: str, angle: float, at: ArrayLike = (0, 0, 0)) -> Pose:
    """Returns a (4, 4) pose turned about an axis through its own origin.

    Args:
        axis: "x", "y" or "z".
        angle: radians, right-handed.
        at: (3,) its origin, metres.
    """
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    pose = np.eye(4)
    pose[first, first] = pose[second, second] = np.cos(angle)
    pose[second, first], pose[first, second] = np.sin(angle), -np.sin(angle)
    pose[:3, 3] = at
    return pose


def facing(side: str, x: float, y: float, z: float) -> Pose:
    """Returns the pose of lettering: x the way it is read, y upwards, z out of what it is on.

    Args:
        side: "left", "right", "front" or "back": from where it is read.
        x, y, z: its middle, metres.
    """
    along = {"left": (-1, 0, 0), "right": (1, 0, 0), "front": (0, 1, 0), "back": (0, -1, 0)}[side]
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([along, (0, 0, 1), np.cross(along, (0, 0, 1))])
    pose[:3, 3] = x, y, z
    return pose


def boxes(*extents: Sequence[ArrayLike]) -> Proxy:
    """Returns a proxy of axis-aligned boxes, each given as (low, high) corners, metres."""
    corners = np.array(extents, np.float64).reshape(-1, 2, 3)
    poses = np.tile(np.eye(4), (len(corners), 1, 1))
    poses[:, :3, 3] = corners.mean(1)
    return Proxy(poses, (corners[:, 1] - corners[:, 0]) / 2)
