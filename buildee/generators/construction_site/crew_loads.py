"""What people have in their hands, and how it moves with them: exactly, in every frame. Metres.

Barrow: `props.tools`; the others: `crew_tools`. What hands close around has no proxy; what stands by itself has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import crew_tools as tools
from buildee.generators.construction_site.props.tools import wheelbarrow
from buildee.layout.gait import Ground
from buildee.layout.kinematics import inverse, part_poses, rotation, translation
from buildee.layout.reach import reach
from buildee.layout.scene import Assembly, Instance, Model

Array = NDArray[np.float64]
Y, Z = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

WHEEL = (0.76, 0.2)
"""Axle of the barrow: ahead of its origin and above the ground."""

GRIPS = (-0.76, 0.279, 0.585)
"""Left grip of the barrow."""


@dataclass(frozen=True)
class Load:
    """Something held.

    Attributes:
        name: of the instance.
        model: makes it.
        place: its poses (T, 4, 4), world: of the person's model, the person, the size of the person relative to a
            stature of 1.75 m, the seconds of the frames, and the ground.
        grips: where the hands hold it, in its frame, by side.
        stands: whether it stands by itself, so that others can bump into it.
    """

    name: str
    model: Callable[[], Model]
    place: Callable[[Model, Instance, float, Array, Ground], Array]
    grips: dict[str, tuple[float, float, float]]
    stands: bool = False


def loaded(
    load: str, model: Model, person: Instance, stature: float, time: Array, ground: Ground
) -> tuple[Instance, Assembly]:
    """Gives somebody something to hold.

    Args:
        load: key of `LOADS`.
        model: of the person.
        person: in the posture for it.
        stature: barefoot height, metres.
        time: (T,) seconds.
        ground: heights of the ground, for what touches it.

    Returns:
        The person with the arms where they hold it, and what is held.
    """
    held = LOADS[load]
    poses = held.place(model, person, stature / 1.75, time, ground)
    for side, point in held.grips.items():
        target = np.einsum("tij,j->ti", poses[:, :3, :3], point) + poses[:, :3, 3]
        person = reach(model, person, side, target)
    thing = held.model()
    item = thing.placed(f"{person.name}.{held.name}", poses)
    if not held.stands:
        item = replace(item, parts=tuple(replace(part, proxy=None) for part in item.parts))
    return person, Assembly(thing.shapes, (item,))


def _part(person: Instance, name: str) -> Array:
    """Returns world_from_part (T, 4, 4)."""
    return part_poses(person)[:, [part.name for part in person.parts].index(name)]


def _on_chest(x: float, y: float, z: float, pitch: float = 0.0, yaw: float = 0.0):
    """Places a thing in the frame of the chest; lengths for a stature of 1.75 m."""

    def place(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
        local = translation(np.array([x, y, z]) * size) @ rotation(Z, yaw) @ rotation(Y, pitch)
        return _part(person, "torso") @ local

    return place


def _in_hand(side: str, pitch: float = 0.0):
    """Places a thing whose handle's middle is its origin and whose handle points along +X into a hand."""

    def place(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
        return _part(person, f"hand_{side}") @ model.markers[f"hand_{side}/grip"] @ rotation(Y, pitch)

    return place


def _hanging(side: str):
    """Hangs a thing plumb from a hand, its handle at its origin."""

    def place(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
        grip = _in_hand(side)(model, person, size, time, ground)[:, :3, 3]
        heading = np.arctan2(person.poses[:, 1, 0], person.poses[:, 0, 0])
        return translation(grip) @ rotation(Z, np.broadcast_to(heading, len(grip)))

    return place


def _before(person: Instance, x: float, y: float) -> Array:
    """Returns the (T, 4, 4) upright frames at a place on the level of somebody's feet."""
    return person.poses @ translation((x, y, 0.0))


def _pushed(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
    """Places a barrow before somebody, its wheel on the ground and its grips at the height of hanging hands."""
    x, _, z = GRIPS
    span = WHEEL[0] - x
    heading = np.arctan2(person.poses[:, 1, 0], person.poses[:, 0, 0])
    hands = person.poses @ translation((0.20 * size, 0.0, 0.90 * size))
    ahead = np.column_stack([np.cos(heading), np.sin(heading)])
    axle = hands[:, :2, 3] + span * ahead
    rise = hands[:, 2, 3] - (ground(axle) + WHEEL[1])
    tilt = np.arcsin(np.clip(rise / np.hypot(span, z - WHEEL[1]), -1, 1)) - np.arctan2(z - WHEEL[1], span)
    wheel = translation(np.column_stack([axle, ground(axle) + WHEEL[1]])) @ rotation(Z, heading) @ rotation(Y, tilt)
    return wheel @ translation((-WHEEL[0], 0.0, -WHEEL[1]))


def _dug(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
    """Places a shovel whose blade goes with the trunk: into the ground before the feet and out again."""
    chest = np.einsum("tij,tjk->tik", inverse(np.broadcast_to(person.poses, (len(time), 4, 4))), _part(person, "torso"))
    up = (chest[:, 2, 3] - chest[:, 2, 3].min())[:, None]
    blade = np.array([0.80, 0.12, 0.03]) * size + up * np.array([-0.4, 0.9, 1.4])
    top = np.array([0.14, -0.13, 0.80]) * size + up * np.array([0.0, -0.2, 0.5])
    along = top - blade
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, np.array([0.0, 0.0, 1.0]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    pose = np.tile(np.eye(4), (len(along), 1, 1))
    pose[:, :3, 0], pose[:, :3, 1], pose[:, :3, 2] = -along, -across, np.cross(along, across)
    pose[:, :3, 3] = blade
    return person.poses @ pose


def _broken(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
    """Places a breaker whose chisel stands on the ground; it shakes by 3 mm."""
    foot = _before(person, 0.44 * size, 0.0)
    shake = 0.003 * np.abs(np.sin(97.0 * time))
    height = ground(foot[:, :2, 3]) - foot[:, 2, 3]
    return foot @ translation(np.column_stack([0 * shake, 0 * shake, np.broadcast_to(height, len(shake)) + shake]))


def _raked(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
    """Places a rake whose teeth go over the ground as the trunk goes to and fro, its shaft past the hip."""
    chest = np.einsum("tij,tjk->tik", inverse(np.broadcast_to(person.poses, (len(time), 4, 4))), _part(person, "torso"))
    ahead = 1.1 + 0.4 * size + 2.0 * (chest[:, 0, 3] - 0.16 * size)
    foot = np.broadcast_to(person.poses, (len(time), 4, 4)) @ translation(
        np.column_stack([ahead, np.full(len(time), -0.05 * size), 0 * ahead])
    )
    foot[:, 2, 3] = ground(foot[:, :2, 3])
    return foot @ rotation(Y, np.full(len(time), -0.04))


def _set_up(model: Model, person: Instance, size: float, time: Array, ground: Ground) -> Array:
    """Stands a tripod before somebody, its shoes pressed into the ground so far that none hangs in the air."""
    stand = _before(person, 0.49 * size, 0.0)
    shoes = stand[0] @ np.array([[0.53, 0, 0, 1], [-0.28, 0.45, 0, 1], [-0.28, -0.45, 0, 1]]).T
    low = float(ground(shoes[:2].T).min()) - stand[:, 2, 3]
    return stand @ translation((0.0, 0.0, float(low[0])))


def _shaft(share: float) -> tuple[float, float, float]:
    """Returns a point of the rake's shaft."""
    x, y, z = tools.RAKE_SHAFT
    return share * x, y, 0.075 + share * (z - 0.075)


LOADS: dict[str, Load] = {
    "plan": Load(
        "plan",
        tools.tablet,
        _on_chest(0.36, 0.0, -0.06, -0.55),
        {"left": (-0.06, 0.198, -0.01), "right": (-0.06, -0.198, -0.01)},
    ),
    "inspect": Load("plan", tools.tablet, _on_chest(0.34, 0.06, -0.02, -0.5), {"left": (-0.05, 0.198, -0.01)}),
    "phone": Load("phone", tools.phone, _in_hand("right"), {}),
    "shoulder": Load("board", tools.board, _on_chest(0.10, -0.235, 0.288), {"right": (0.25, 0.0, -0.025)}),
    "bucket": Load("bucket", tools.bucket, _hanging("right"), {}),
    "barrow": Load("barrow", wheelbarrow, _pushed, {"left": GRIPS, "right": (GRIPS[0], -GRIPS[1], GRIPS[2])}),
    "shovel": Load("shovel", tools.shovel, _dug, {"right": (-1.06, 0.0, 0.0), "left": (-0.82, 0.0, 0.005)}),
    "breaker": Load("breaker", tools.breaker, _broken, {"left": (0.0, 0.21, 0.788), "right": (0.0, -0.21, 0.788)}),
    "rake": Load("rake", tools.rake, _raked, {"right": _shaft(0.97), "left": _shaft(0.78)}),
    "survey": Load("total_station", tools.total_station, _set_up, {"right": (-0.02, -0.135, 1.44)}, stands=True),
    "kneel": Load("hammer", tools.hammer, _in_hand("right"), {}),
}
"""Everything that is held, by the posture that holds it."""
