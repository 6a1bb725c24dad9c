"""Lets things fall until they rest: rigid bodies made of the collision proxies, stepped by Blender's Bullet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from buildee.blender.context import scratch_scene
from buildee.blender.meshes import create_mesh
from buildee.errors import PlacementError
from buildee.layout.contact import boxes_in, close_pairs, overlap_depth
from buildee.layout.kinematics import in_frames, reach_of, translation
from buildee.layout.scene import Instance, Layout, Loose
from buildee.layout.solids import box

Array = NDArray[np.float64]

RATE, FILMED, ITERATIONS = 480, 1920, 12
"""Steps of Bullet a second, at least, a whole number between two looks; in clips, where things that fall from a worktop
may be looked at while they hit the floor, 2 mm each; rounds of its solver in each."""
LOOKS = 12
"""How often a second things are looked at until they rest: a frame costs Blender as much as ten steps cost Bullet."""
LONGEST = 6.0
"""Seconds after which a pile that still moves is given up."""
STILL = 1e-4
"""How far anything moves from the look before the last to the last and still counts as resting, metres."""
MARGIN = 5e-4
"""Bullet's collision margin, metres: its default of 40 mm lets small things hover."""
FRICTION, ROLLING = 0.77, 0.97
"""Friction: Bullet multiplies that of two bodies, here to the 0.6 of ceramics, wood and card on each other, roughly.
Damping of rotation: Bullet here has no rolling friction, and round things would never stop."""
SLEEP = (0.03, 0.4)
"""m/s and rad/s below which a body that keeps so slow for two seconds is put to rest; piles of boxes creep without."""
CALM = 1.2
"""Seconds after which things may count as resting though they still creep: all has landed."""
CREEP = (1.5e-3, 0.1)
"""Metres that a thing may shift, and radians or so that it may turn, between those looks after that and still count as
resting: what is left then is Bullet easing contacts. Whatever has no hold falls ninety times as far."""
DENSITY = 500.0
"""Of a proxy's volume, kg/m3: hollow crockery and packets weigh about half of water."""
DEEPEST = 2e-3
"""Overlap of proxies that a settled layout may have, metres."""
TRIES, RAISED = 3, 3e-3
"""So many times a heap is let go before it is given up, and how much higher each thing than the one before it, the next
time, metres."""
NEAR = 0.4
"""How far beyond the loose things others are solid for them, metres."""


def settle(layout: Layout) -> Layout:
    """Returns the layout with its loose things at rest, or falling during the clip.

    What is not loose does not move. The result names the Blender version, so that its hash is its own.

    Args:
        layout: as planned; without loose things it is returned as it is.

    Raises:
        PlacementError: a pile does not come to rest, or things end in each other.
    """
    if not layout.loose:
        return layout
    before = [item for item in layout.loose if item.frame is None]
    later = [item for item in layout.loose if item.frame is not None]
    seconds = 0.0
    if before:
        layout, seconds = _rested(layout, before, [item.instance for item in later])
    if later:
        layout = _with_poses(layout, _filmed(layout, before, later))
    facts = {
        **layout.facts,
        "settled": {"things": len(layout.loose), "seconds": seconds, "blender": bpy.app.version_string},
    }
    return replace(layout, loose=None, facts=facts)


def _rested(layout: Layout, loose: Sequence[Loose], absent: Sequence[str]) -> tuple[Layout, float]:
    """Returns a layout with some things at rest, and the seconds that took them.

    A heap that creeps or wedges is let go again from a little higher, one thing more than the other, and falls anew.

    Args:
        layout: as planned.
        loose: what falls.
        absent: names of what is not there yet.

    Raises:
        PlacementError: no heap comes to rest.
    """
    names = [item.instance for item in loose]
    for number in range(TRIES):
        rise = {name: translation((0.0, 0.0, number * RAISED * (place + 1))) for place, name in enumerate(names)}
        raised = {item.name: rise[item.name] @ item.poses[:1] for item in layout.instances if item.name in rise}
        try:
            with scratch_scene() as scene:
                poses, seconds = _World(scene, _with_poses(layout, raised), loose, absent, LOOKS, RATE).rested()
            settled = _with_poses(layout, {name: pose[None] for name, pose in poses.items()})
            _refuse_overlaps(settled, names)
            return settled, seconds
        except PlacementError:
            if number == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _filmed(layout: Layout, resting: Sequence[Loose], later: Sequence[Loose]) -> dict[str, Array]:
    """Returns (T, 4, 4) poses of what moves while the clip runs, by name.

    Every release begins a simulation of its own, so that nothing hangs on the order in which Blender evaluates keys;
    what still moves then goes on from rest.
    """
    last = layout.frames - 1
    starts = sorted({min(int(item.frame), last) for item in later if item.frame is not None})
    loose = [*resting, *later]
    there = {item.instance for item in loose}
    poses = {
        item.name: in_frames(item, np.arange(layout.frames)).poses for item in layout.instances if item.name in there
    }
    moving: set[str] = set()
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        present = [item for item in loose if item.frame is None or item.frame <= start]
        absent = [item.instance for item in later if item not in present]
        still = replace(layout, instances=tuple(in_frames(item, [start]) for item in layout.instances))
        now = _with_poses(still, {name: pose[start : start + 1] for name, pose in poses.items()})
        awake = moving | {item.instance for item in later if item.frame == start}
        with scratch_scene() as scene:
            films = _World(scene, now, present, absent, layout.fps, FILMED).film(end - start + 1, awake)
        for name, film in films.items():
            poses[name][start : end + 1], poses[name][end + 1 :] = film, film[-1]
            if len(film) > 1 and np.abs(film[-1] - film[-2])[:3].max() > STILL:
                moving.add(name)
            else:
                moving.discard(name)
    return {name: pose if np.abs(pose - pose[0])[:, :3].max() > STILL else pose[:1] for name, pose in poses.items()}


def _with_poses(layout: Layout, poses: dict[str, Array]) -> Layout:
    """Returns a layout in which some instances have other poses."""
    changed = tuple(replace(item, poses=poses[item.name]) if item.name in poses else item for item in layout.instances)
    return replace(layout, instances=changed)


def _refuse_overlaps(layout: Layout, names: Sequence[str]) -> None:
    """Raises PlacementError if something that settled lies in something else."""
    boxes = boxes_in(layout, frames=1)
    loose = {index for index, item in enumerate(layout.instances) if item.name in set(names)}
    one, two = close_pairs(boxes.poses[0], boxes.half, boxes.owner)
    own = np.array([a in loose or b in loose for a, b in zip(boxes.owner[one], boxes.owner[two], strict=True)], bool)
    one, two = one[own], two[own]
    depth = overlap_depth(boxes.poses[0][one], boxes.half[one], boxes.poses[0][two], boxes.half[two])
    if len(depth) and depth.max() > DEEPEST:
        worst = int(depth.argmax())
        raise PlacementError(
            f"{boxes.names[one[worst]]} came to rest {1000 * depth[worst]:.1f} mm deep in {boxes.names[two[worst]]}: "
            "ask for fewer things in a pile, or take another seed"
        )


@dataclass(frozen=True)
class _Body:
    """A loose thing in the physics scene: the object that carries its boxes.

    Attributes:
        name: of the object; its origin is the middle of the boxes' mass, as Bullet takes it.
        thing: name of the instance.
        middle: (3,) that middle in the instance's frame, metres.
    """

    name: str
    thing: str
    middle: Array


class _World:
    """A physics scene: loose things, and the boxes of all else near them.

    Args:
        scene: an empty one, the current.
        layout: where everything is.
        loose: what moves.
        absent: names of instances that are not there yet.
        looks: how often a second poses are read.
        rate: steps a second, at least.
    """

    def __init__(
        self,
        scene: bpy.types.Scene,
        layout: Layout,
        loose: Sequence[Loose],
        absent: Sequence[str],
        looks: float,
        rate: float,
    ) -> None:
        self._scene = scene
        bpy.ops.rigidbody.world_add()
        self._world = self._scene.rigidbody_world
        self._world.collection = bpy.data.collections.new("bodies")
        self._world.substeps_per_frame, self._world.solver_iterations = int(np.ceil(rate / looks)), ITERATIONS
        self._world.point_cache.frame_end = int(LONGEST * looks) + layout.frames + 2
        self._scene.render.fps = max(round(looks), 1)
        self._scene.render.fps_base = self._scene.render.fps / looks
        names = {item.instance for item in loose}
        self._bodies = [self._loose(item) for item in layout.instances if item.name in names]
        self._add_solids(layout, names, set(absent))

    def _loose(self, item: Instance) -> _Body:
        """Adds a body that falls: its boxes as one compound. Joints stay as they are."""
        poses, half = _in_instance(item)
        middle = (poses[:, :3, 3] * half.prod(1)[:, None]).sum(0) / half.prod(1).sum()
        carrier = bpy.data.objects.new(item.name, bpy.data.meshes.new(item.name))
        carrier.matrix_world = Matrix((item.poses[0] @ translation(middle)).tolist())
        self._scene.collection.objects.link(carrier)
        body = self._add(carrier, "COMPOUND")
        body.mass = max(DENSITY * float((8 * half.prod(1)).sum()), 0.02)
        body.friction, body.angular_damping, body.linear_damping = FRICTION, ROLLING, 0.05
        body.use_deactivation = True
        body.deactivate_linear_velocity, body.deactivate_angular_velocity = SLEEP
        for pose, size in zip(poses, half, strict=True):
            piece = self._box(translation(-middle) @ pose, size)
            piece.parent = carrier
            self._add(piece, "BOX")
        return _Body(carrier.name, item.name, middle)

    def _add_solids(self, layout: Layout, loose: set[str], absent: set[str]) -> None:
        """Adds the boxes of what does not move, as far as loose things can come to them."""
        boxes = boxes_in(layout, frames=1)
        owner = np.array([layout.instances[index].name for index in boxes.owner])
        mine, gone = np.isin(owner, list(loose)), np.isin(owner, list(absent))
        poses, half = boxes.poses[0], boxes.half
        reach = reach_of(poses, half)
        low, high = poses[:, :3, 3] - reach, poses[:, :3, 3] + reach
        least, most = low[mine].min(0) - NEAR, high[mine].max(0) + NEAR
        least[2] = -np.inf
        touches = ((high > least) & (low < most)).all(1) & ~mine & ~gone
        for index in np.flatnonzero(touches):
            piece = self._box(poses[index], half[index])
            self._add(piece, "BOX").type = "PASSIVE"
            piece.rigid_body.friction = FRICTION

    def _box(self, pose: Array, half: Array) -> bpy.types.Object:
        piece = bpy.data.objects.new("box", create_mesh("box", box(2 * half)))
        piece.matrix_world = Matrix(pose.tolist())
        self._scene.collection.objects.link(piece)
        return piece

    def _add(self, thing: bpy.types.Object, shape: str) -> bpy.types.RigidBodyObject:
        """Makes a body of an object; returns its settings."""
        self._world.collection.objects.link(thing)
        body = thing.rigid_body
        body.collision_shape = shape
        body.use_margin, body.collision_margin = True, MARGIN
        return body

    def rested(self) -> tuple[dict[str, Array], float]:
        """Returns (4, 4) poses of the loose things at rest by name, and the seconds that took them."""
        history: list[Array] = []
        for look, poses in enumerate(self._looks(int(LONGEST * LOOKS))):
            history.append(poses)
            if look < 2:
                continue
            moved = np.abs(poses - history[-3])[:, :3]
            creeps = look >= CALM * LOOKS and moved[..., 3].max() < CREEP[0] and moved[..., :3].max() < CREEP[1]
            if creeps or moved.max() < STILL:
                found = {body.thing: pose for body, pose in zip(self._bodies, poses, strict=True)}
                return found, round(look / LOOKS, 3)
        moved = np.abs(history[-1] - history[-3])[:, :3].max((1, 2))
        raise PlacementError(
            f"{self._bodies[int(moved.argmax())].thing} does not come to rest within {LONGEST:.0f} s: ask for fewer "
            "things in a pile, or take another seed"
        )

    def film(self, frames: int, awake: Collection[str]) -> dict[str, Array]:
        """Returns (frames, 4, 4) poses of the loose things by name, at the layout's frames from now on.

        Args:
            frames: how many, the first as they are.
            awake: names of those that fall; the others rest until they are hit.
        """
        for body in self._bodies:
            bpy.data.objects[body.name].rigid_body.use_start_deactivated = body.thing not in awake
        films = np.stack(list(self._looks(frames)))
        return {body.thing: films[:, index] for index, body in enumerate(self._bodies)}

    def _looks(self, count: int) -> Iterator[Array]:
        """Yields (N, 4, 4) poses of the loose things, the first as they were put."""
        for look in range(count):
            self._scene.frame_set(1 + look)
            graph = bpy.context.evaluated_depsgraph_get()
            middles = [bpy.data.objects[body.name].evaluated_get(graph).matrix_world for body in self._bodies]
            yield np.array(middles) @ translation([-body.middle for body in self._bodies])


def _in_instance(item: Instance) -> tuple[Array, Array]:
    """Returns the proxy boxes of an instance in its own frame, joints as in the first frame: poses and half extents."""
    still = replace(item, poses=np.eye(4)[None], values={name: value[:1] for name, value in item.values.items()})
    layout = Layout("", 1, 1.0, {}, (still,), (), ())
    boxes = boxes_in(layout, frames=1)
    if not len(boxes.half):
        raise PlacementError(f"{item.name} cannot fall: it has no collision proxy")
    return boxes.poses[0], boxes.half
