"""How good a view is: what it shows, how large, what stands in the way, how the light falls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LARGE = 0.28
"""Share of the picture's height at which somebody counts in full: full length, two to a side."""

CROWDED = 2.5
"""How much it counts against a picture when much of it is filled by what is close."""

UPWARDS = 0.09
"""How far somebody who walks and photographs people holds the camera above level, radians: less earth, more sky."""

LIGHT = ((0.0, 35.0, 75.0, 110.0, 150.0, 180.0), (0.3, 0.45, 0.85, 1.0, 1.0, 0.85))
"""Worth of the light by the angle between view and sun over the ground, degrees: against the sun everything is in
its own shadow, from the side there is modelling, from straight behind it is flat."""


@dataclass(frozen=True, eq=False)
class Subject:
    """Something worth seeing.

    Attributes:
        points: (N, 3) metres, spread over what should be in the picture.
        weight: how much it matters.
        size: 0 when the points belong to one thing; else each point is the middle of a thing of this height, metres.
        enough: so many things in full size make a picture lively; more add less and less.
    """

    points: Array
    weight: float = 1.0
    size: float = 0.0
    enough: float = 1.6


@dataclass(frozen=True, eq=False)
class Stage:
    """What cameras need to know about a scene.

    Attributes:
        subjects: by name; cameras aim at one of them, and like to see the others too.
        boxes: (B, 4, 4) `world_from_box` of everything solid.
        half: (B, 3) half extents, metres.
        opaque: (B,) bool, which of them hide what is behind.
        height: ground height at (..., 2) points, metres.
        open: whether a camera may stand above each of (..., 2) points.
        extent: (2, 2) lowest and highest x, y where cameras may be, metres.
        sun: (2,) unit vector over the ground towards the sun; zeros where there is none.
        things: (N, 4) middle and size of everything that one would call a thing, metres.
        seats: by kind of machine, one (T, 4, 4) or (1, 4, 4) `world_from_seat` each: where a camera is fixed on its
            cab, X ahead and Z up.
        gaze: pitch of somebody who walks and photographs things of a kind, radians above level.
        closeness: factor on all distances that cameras keep: 1 out of doors, less in a room.
    """

    subjects: Mapping[str, Subject]
    boxes: Array
    half: Array
    opaque: NDArray[np.bool_]
    height: Callable[[Array], Array]
    open: Callable[[Array], NDArray[np.bool_]]
    extent: Array
    sun: Array
    things: Array = field(default_factory=lambda: np.zeros((0, 4)))
    seats: Mapping[str, Sequence[Array]] = field(default_factory=dict)
    gaze: float = UPWARDS
    closeness: float = 1.0

    @cached_property
    def middles(self) -> Array:
        """(B, 3) middles of the boxes, metres."""
        return np.ascontiguousarray(self.boxes[:, :3, 3])

    @cached_property
    def reach(self) -> Array:
        """(B,) radius of the sphere around each box, metres."""
        return np.linalg.norm(self.half, axis=1)


def turned(yaw: ArrayLike, pitch: ArrayLike, roll: ArrayLike = 0.0) -> Array:
    """Returns (..., 3, 3) `world_from_camera` rotations with OpenCV axes.

    Args:
        yaw: (...) radians counter-clockwise from +X.
        pitch: (...) radians above the horizon.
        roll: (...) radians clockwise as the camera looks; at 0 the horizon is level.
    """
    yaw, pitch, roll = (np.asarray(angle, np.float64) for angle in (yaw, pitch, roll))
    c, s, up, flat = np.cos(yaw), np.sin(yaw), np.sin(pitch), np.cos(pitch)
    level = np.zeros((*np.broadcast(yaw, pitch, roll).shape, 3, 3))
    level[..., 0, 0], level[..., 0, 1], level[..., 0, 2] = s, c * up, c * flat
    level[..., 1, 0], level[..., 1, 1], level[..., 1, 2] = -c, s * up, s * flat
    level[..., 2, 1], level[..., 2, 2] = -flat, up
    if not roll.any():
        return level
    cosine, sine = np.cos(roll)[..., None], np.sin(roll)[..., None]
    right, down = level[..., 0], level[..., 1]
    return np.stack([cosine * right + sine * down, cosine * down - sine * right, level[..., 2]], -1)


def aimed(eyes: Array, points: Array, scale: Array) -> tuple[Array, Array]:
    """Returns (E,) yaw and pitch that put the middle of what must be in the picture, by angle, into its middle.

    Args:
        eyes: (E, 3) metres.
        points: (P, 3) metres.
        scale: (2,) of view coordinates, -1 to 1 across the picture, to the tangents of angles.
    """
    rays = points - eyes[:, None]
    toward = rays[..., :2].mean(1)
    bearing = np.arctan2(toward[:, 1], toward[:, 0])
    turn = (np.arctan2(rays[..., 1], rays[..., 0]) - bearing[:, None] + np.pi) % (2 * np.pi) - np.pi
    ahead = np.ptp(turn, axis=1) < 2.5
    yaw = bearing + np.where(ahead, (turn.min(1) + turn.max(1)) / 2, 0.0)
    climb = np.arctan2(rays[..., 2], np.hypot(rays[..., 0], rays[..., 1]))
    highest = max(np.arctan(1 / scale[1]) - 0.2, 0.05)  # some ground in front
    return yaw, np.clip((climb.min(1) + climb.max(1)) / 2, -1.2, highest)


def projected(eyes: Array, turns: Array, points: Array, scale: Array) -> tuple[Array, NDArray[np.bool_], Array]:
    """Returns (E, P, 2) view coordinates, (E, P) whether they are in the picture, and (E, P) depths, metres."""
    local = np.einsum("epi,eij->epj", points - eyes[:, None], turns)
    depth = local[..., 2]
    view = local[..., :2] * scale / np.maximum(depth, 1e-6)[..., None]
    return view, (depth > 0.5) & (np.abs(view) < 0.97).all(-1), depth


def framing(view: Array, inside: NDArray[np.bool_]) -> Array:
    """Returns (E,): how well (E, P) points fill a picture, 0 when none is in it to about 1."""
    low = np.where(inside[..., None], view, np.inf).min(1)
    high = np.where(inside[..., None], view, -np.inf).max(1)
    spread = np.clip(np.where(inside.any(1)[:, None], (high - low) / 2, 0.0), 0, 1)
    return inside.mean(1) ** 2 * (0.15 + np.sqrt(spread[:, 0] * spread[:, 1])) * inside.any(1)


def worth(subject: Subject, seen: NDArray[np.bool_], depth: Array, scale: Array) -> Array:
    """Returns (E,) from 0 to 1: how much of a subject (E, P) points that are seen show, people by their size."""
    if not subject.size:
        return seen.mean(1)
    apparent = subject.size * scale[1] / 2 / np.maximum(depth, 0.5)
    return 1 - np.exp(-(seen * np.clip(apparent / LARGE, 0, 1) ** 1.5).sum(1) / subject.enough)


def light(yaw: Array, sun: Array) -> Array:
    """Returns (E,) how well the light falls for views along `yaw`; 1 where there is no sun."""
    if not sun.any():
        return np.ones(len(yaw))
    angle = np.degrees(np.arccos(np.clip(np.cos(yaw) * sun[0] + np.sin(yaw) * sun[1], -1, 1)))
    return np.interp(angle, *LIGHT)


def is_clear(eyes: Array, stage: Stage, clearance: float) -> NDArray[np.bool_]:
    """Returns (E,) whether eyes are in the stage's extent, above its ground and away from everything solid."""
    clear = eyes[:, 2] - stage.height(eyes[:, :2]) > 0.3
    clear &= ((eyes[:, :2] > stage.extent[0]) & (eyes[:, :2] < stage.extent[1])).all(1)
    left = np.flatnonzero(clear)
    if not len(left):
        return clear
    # First what comes near any of the eyes; then pair by pair, axis by axis.
    low, high = eyes[left].min(0), eyes[left].max(0)
    radius = stage.reach + 1.8 * clearance
    near = np.flatnonzero((np.abs(stage.middles - (low + high) / 2) < (high - low) / 2 + radius[:, None]).all(1))
    middles, radius = stage.middles[near], radius[near]
    left = left[np.argsort(eyes[left, 0])]
    first, last = (eyes[left, 0].searchsorted(middles[:, 0] + side * radius) for side in (-1, 1))
    box = np.repeat(np.arange(len(near)), last - first)
    which = left[np.arange(len(box)) - np.repeat(np.cumsum(last - first) - last, last - first)]
    for axis in (1, 2):
        close = np.abs(eyes[which, axis] - middles[box, axis]) < radius[box]
        which, box = which[close], box[close]
    box = near[box]
    local = np.einsum("nji,nj->ni", stage.boxes[box, :3, :3], eyes[which] - stage.middles[box])
    clear[which[(np.abs(local) < stage.half[box] + clearance).all(-1)]] = False
    return clear


_OVER_PICTURE = np.array([(x, y, 1.0) for y in np.linspace(-0.95, 0.95, 9) for x in np.linspace(-0.95, 0.95, 13)])
"""View coordinates of points spread over a picture."""


def room(eye: Array, turn: Array, stage: Stage, scale: Array, near: float) -> float:
    """Returns from 0 to 1 how free the foreground of a picture is.

    Args:
        eye: (3,) metres.
        turn: (3, 3) `world_from_camera` rotation.
        stage: what is there.
        scale: (2,) of view coordinates to tangents.
        near: nothing in the picture should be closer than this, and little closer than twice this, metres; 0 lets all.
    """
    if near <= 0:
        return 1.0
    close = np.flatnonzero(_squared(stage.middles - eye) < (stage.reach + 2 * near) ** 2)
    close = close[_in_picture(eye, turn, stage.middles[close], stage.reach[close], scale)]
    boxes, half = stage.boxes[close], stage.half[close]
    if not len(boxes):
        return 1.0
    rays = _OVER_PICTURE / (*scale, 1.0) @ turn.T
    ray, enter, leave = _crossings(eye, rays, boxes, half)
    hit = (enter < leave) & (leave > 0)
    distance = np.full(len(rays), np.inf)  # depth, as rays have unit depth
    np.minimum.at(distance, ray[hit], np.maximum(enter[hit], 0))
    nearest = min(float(distance.min()), near) / near
    return (0.15 + 0.85 * nearest**2) * max(float(1 - (distance < 2 * near).mean()), 0.05) ** CROWDED


def before(eye: Array, turn: Array, stage: Stage, scale: Array) -> NDArray[np.bool_]:
    """Returns (B,) which boxes that hide things are at least partly in a picture (eye (3,), turn (3, 3))."""
    return stage.opaque & _in_picture(eye, turn, stage.middles, stage.reach, scale)


def _in_picture(eye: Array, turn: Array, middles: Array, reach: Array, scale: Array) -> NDArray[np.bool_]:
    """Returns (B,) whether spheres around middles (B, 3) with a radius (B,) are at least partly in a picture."""
    x, y, depth = turn.T @ (middles - eye).T
    ahead = np.maximum(depth, 0)
    fits = depth > -reach
    for aside, factor in ((x, scale[0]), (y, scale[1])):
        fits &= np.abs(aside) * factor < ahead + reach * np.sqrt(1 + factor**2)
    return fits


def occluded(eye: ArrayLike, points: Array, boxes: Array, half: Array) -> NDArray[np.bool_]:
    """Returns (N,) whether any box lies between an eye and each point; a box holding the point does not count."""
    if not len(boxes) or not len(points):
        return np.zeros(len(points), bool)
    ray, enter, leave = _crossings(np.asarray(eye, np.float64), points - eye, boxes, half)
    hidden = np.zeros(len(points), bool)
    hidden[ray[(enter < leave) & (enter > 0) & (leave < 0.99)]] = True
    return hidden


def _crossings(eye: Array, rays: Array, boxes: Array, half: Array) -> tuple[NDArray[np.int64], Array, Array]:
    """Returns where rays (N, 3) from an eye meet the planes of boxes that they pass close by.

    Returns:
        Number of the ray (K,), and where it enters and leaves a box (K,), as multiples of its length; it misses the box
        where it leaves before it enters.
    """
    away = boxes[:, :3, 3] - eye
    along = rays @ away.T
    outside = _squared(away) - _squared(half) - 1e-6
    ray, box = np.nonzero(along * along > _squared(rays)[:, None] * outside)  # the line cuts the sphere around the box
    turns = boxes[box, :3, :3]
    pace = np.einsum("kij,ki->kj", turns, rays[ray])
    pace[np.abs(pace) < 1e-12] = 1e-12
    middle, reach = np.einsum("kij,ki->kj", turns, away[box]) / pace, half[box] / np.abs(pace)
    (x, y, z), (u, v, w) = (middle - reach).T, (middle + reach).T
    return ray, np.maximum(np.maximum(x, y), z), np.minimum(np.minimum(u, v), w)


def _squared(vectors: Array) -> Array:
    """Returns (N,) squared lengths of (N, 3) vectors; numpy is slow to sum along so short an axis."""
    x, y, z = vectors.T
    return x * x + y * y + z * z
