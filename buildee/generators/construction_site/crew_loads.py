"""What people have in their hands, and how it moves with them: exactly, in every frame. Metres.

Barrow: `props.tools`. Board: 38 x 225 mm scaffold board of BS 2482. Breaker: 20 kg electric breaker, 0.80 m high.
Shovel: round point, 1.2 m. Bucket: 14 l builder's bucket. None has a proxy: hands close around them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.props.palette import BLACK, GALVANIZED, PALE_WOOD, STEEL, moulded, painted
from buildee.generators.construction_site.props.prop import single
from buildee.generators.construction_site.props.tools import wheelbarrow
from buildee.generators.construction_site.steelwork import chain
from buildee.layout.gait import Ground
from buildee.layout.kinematics import inverse, part_poses, rotation, translation
from buildee.layout.material import Material
from buildee.layout.reach import reach
from buildee.layout.scene import Assembly, Instance, Model
from buildee.layout.solids import box, cylinder, loft, revolve, tube

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
    """

    name: str
    model: Callable[[], Model]
    place: Callable[[Model, Instance, float, Array, Ground], Array]
    grips: dict[str, tuple[float, float, float]]


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
    parts = tuple(replace(part, proxy=None) for part in item.parts)
    return person, Assembly(thing.shapes, (replace(item, parts=parts),))


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


def tablet() -> Model:
    """Returns a clipboard with a plan on it, A3, lying in its xy plane; category tool."""
    board = box((0.30, 0.42, 0.006), chamfer=0.001)
    sheet = box((0.285, 0.40, 0.002), (0.004, 0, 0.004))
    return single("tool", "crew/plan", [(moulded((0.05, 0.09, 0.16), 0.4, 0.2), [board]), (PAPER, [sheet])])


PAPER = Material("paint", (0.72, 0.72, 0.69), wear=0.2, dirt=0.2)


def phone() -> Model:
    """Returns a phone, its length along X; category tool."""
    return single("tool", "crew/phone", [(moulded(BLACK, 0.1, 0.1), [box((0.155, 0.074, 0.010), chamfer=0.003)])])


def board() -> Model:
    """Returns a scaffold board along X, its underside at z = 0; category timber_stack."""
    ends = [box((0.03, 0.231, 0.041), (s * 1.19, 0, 0.019)) for s in (-1, 1)]
    return single(
        "timber_stack",
        "crew/board",
        [(PALE_WOOD, [box((2.4, 0.225, 0.038), (0, 0, 0.019), 0.002)]), (GALVANIZED, ends)],
    )


def bucket() -> Model:
    """Returns a builder's bucket that hangs from its bail, whose top is the origin; category bucket."""
    profile = [(0.105, 0.0), (0.145, 0.24), (0.155, 0.24), (0.155, 0.255), (0.147, 0.255), (0.141, 0.24), (0.1, 0.008)]
    angle = np.linspace(0, np.pi, 12)
    bail = chain(np.column_stack([0.15 * np.cos(angle), 0 * angle, 0.235 + 0.165 * np.sin(angle)]), 0.003, 5)
    layers = [(moulded(BLACK, 0.5, 0.7), [revolve(profile, 24).moved(z=-0.40)]), (GALVANIZED, [bail.moved(z=-0.40)])]
    return single("bucket", "crew/bucket", layers)


def hammer() -> Model:
    """Returns a hammer, handle along X from the middle of the grip; category tool."""
    handle = tube([(-0.06, 0, 0), (0.24, 0, 0)], 0.014, 8)
    return single(
        "tool", "crew/hammer", [(PALE_WOOD, [handle]), (STEEL, [box((0.028, 0.028, 0.12), (0.245, 0, 0), 0.004)])]
    )


def shovel() -> Model:
    """Returns a shovel: X from handle to blade, whose tip is 0.13 m ahead of the origin; category tool."""
    x = np.linspace(-0.17, 0.13, 7)
    half = np.array([0.10, 0.125, 0.13, 0.125, 0.11, 0.075, 0.01])
    rings = []
    for at, wide in zip(x, half, strict=True):
        y = np.linspace(-1, 1, 7)
        curve = np.column_stack([np.full(7, at), wide * y, 0.03 * y**2 * (wide / 0.13)])
        rings.append(np.concatenate([curve, curve[::-1] + np.array([0.0, 0.0, 0.003])]))
    blade = loft(rings, smooth=True)
    shaft = tube([(-0.10, 0, 0.012), (-0.25, 0, 0.02), (-0.98, 0, 0.0)], 0.017, 9)
    grip = tube([(-1.06, -0.055, 0), (-1.06, 0.055, 0)], 0.015, 8)
    fork = [tube([(-0.97, 0, 0), (-1.06, s * 0.05, 0)], 0.011, 7) for s in (-1, 1)]
    return single("tool", "crew/shovel", [(STEEL, [blade]), (PALE_WOOD, [shaft]), (moulded(BLACK), [grip, *fork])])


def breaker() -> Model:
    """Returns an electric breaker that stands on the tip of its chisel; category tool."""
    square = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    sections = ((0.0, 0.014, 0.002), (0.05, 0.013, 0.011), (0.40, 0.013, 0.012))
    chisel = loft([np.column_stack([square * (wide, deep), np.full(4, z)]) for z, wide, deep in sections])
    body = revolve(
        [(0.02, 0.36), (0.032, 0.38), (0.036, 0.50), (0.06, 0.52), (0.068, 0.70), (0.05, 0.78), (0.0, 0.79)], 18
    )
    motor = cylinder(0.055, 0.15, 16, 0.01).transformed(pose_at(0.03, 0.0, 0.54))
    handles = tube([(0, -0.26, 0.80), (0, -0.10, 0.755), (0, 0.10, 0.755), (0, 0.26, 0.80)], 0.017, 9)
    grips = [tube([(0, s * 0.16, 0.772), (0, s * 0.27, 0.803)], 0.021, 9) for s in (-1, 1)]
    shell = painted((0.02, 0.14, 0.16), 0.5, 0.6)
    return single(
        "tool", "crew/breaker", [(STEEL, [chisel]), (shell, [body, motor]), (moulded(BLACK), [handles, *grips])]
    )


LOADS: dict[str, Load] = {
    "plan": Load(
        "plan",
        tablet,
        _on_chest(0.36, 0.0, -0.06, -0.55),
        {"left": (-0.06, 0.215, -0.01), "right": (-0.06, -0.215, -0.01)},
    ),
    "inspect": Load("plan", tablet, _on_chest(0.34, 0.06, -0.02, -0.5), {"left": (-0.05, 0.21, -0.01)}),
    "phone": Load("phone", phone, _in_hand("right"), {}),
    "shoulder": Load("board", board, _on_chest(0.10, -0.235, 0.288), {"right": (0.25, 0.0, -0.025)}),
    "bucket": Load("bucket", bucket, _hanging("right"), {}),
    "barrow": Load("barrow", wheelbarrow, _pushed, {"left": GRIPS, "right": (GRIPS[0], -GRIPS[1], GRIPS[2])}),
    "shovel": Load("shovel", shovel, _dug, {"right": (-1.06, 0.0, 0.0), "left": (-0.82, 0.0, 0.005)}),
    "breaker": Load("breaker", breaker, _broken, {"left": (0.0, 0.21, 0.788), "right": (0.0, -0.21, 0.788)}),
    "kneel": Load("hammer", hammer, _in_hand("right"), {}),
}
"""Everything that is held, by the posture that holds it."""
