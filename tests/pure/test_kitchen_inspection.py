"""An inspector of kitchens finds what is wrong: each fault is put into a sound one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.generators.kitchen import Household, decide
from buildee.generators.kitchen.clearance import TOUCH, free_limits
from buildee.generators.kitchen.holding import holders
from buildee.generators.kitchen.inspection import inspect
from buildee.layout import catalog
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Assembly, Instance, Joint, Material, Part
from buildee.layout.solids import box
from buildee.resources import folder

SEED = 2


@pytest.fixture(scope="module")
def sound() -> Household:
    """A kitchen with nothing wrong."""
    loaded = recipe.load(folder("recipes") / "kitchen.yaml")
    resolved = loaded.resolve(0, SEED)
    return decide(resolved.scene, resolved.shot, loaded.scene_seed(0, SEED))


def with_instances(household: Household, changed: dict[str, Instance], more: tuple[Instance, ...] = ()) -> Household:
    instances = tuple(changed.get(item.name, item) for item in household.layout.instances)
    things = household.things | {item.name for item in more}
    return replace(household, layout=replace(household.layout, instances=(*instances, *more)), things=things)


def crate(size: tuple[float, float, float], *place: float) -> Instance:
    mesh = box(size)
    made: Assembly = piece("crate", "storage_box", ("crate", mesh), (Material("paint"),), pose_at(*place))
    return made.instances[0]


def moved(item: Instance, *way: float) -> Instance:
    return replace(item, poses=translation(way) @ item.poses)


def on_worktop(household: Household) -> Instance:
    number = {item.name: item for item in household.layout.instances}
    held = holders(household.layout, household.things)
    tops = {index for index, item in enumerate(household.layout.instances) if item.category == "worktop"}
    return next(number[name] for name, below in held.items() if {index for index, _ in below} <= tops)


def before(household: Household, name: str, away: float, high: float, size: tuple[float, float, float]) -> Instance:
    """Returns a crate in front of a unit."""
    unit = next(item for item in household.layout.instances if item.name == name)
    low = min(part.rest[1, 3] for part in unit.parts if part.joint is not None)
    place = unit.poses[0] @ np.array([0.3, low - away, high, 1.0])
    return crate(size, *place[:3])


def openable(household: Household, kind: str) -> tuple[Instance, str]:
    for item in household.layout.instances:
        if item.category == "kitchen_unit" and item.name.startswith("base_"):
            for part in item.parts:
                if part.joint is not None and part.joint.kind == kind and part.name in ("drawer_1", "door_left"):
                    return item, part.name
    raise AssertionError(kind)


def test_it_is_sound(sound) -> None:
    assert inspect(sound) == []


def test_what_hangs_in_the_air_is_found_also_beside_something(sound) -> None:
    thing = on_worktop(sound)
    assert f"{thing.name} stands on nothing" in inspect(with_instances(sound, {thing.name: moved(thing, 0, 0, 0.006)}))
    wall = next(item for item in sound.layout.instances if item.category == "wall")
    beside = with_instances(sound, {}, (crate((0.1, 0.1, 0.1), 1.0, 0.0505, 1.9),))
    assert wall is not None
    assert "crate stands on nothing" in inspect(beside)


def test_what_sank_is_found(sound) -> None:
    thing = on_worktop(sound)
    found = inspect(with_instances(sound, {thing.name: moved(thing, 0, 0, -0.002)}))
    assert any(thing.name in text and "overlap" in text for text in found)


def test_what_stands_before_a_door_or_drawer_is_found(sound) -> None:
    for kind in ("hinge", "slider"):
        unit, part = openable(sound, kind)
        found = inspect(with_instances(sound, {}, (before(sound, unit.name, 0.2, 0.5, (0.3, 0.1, 1.0)),)))
        assert any(text.startswith(f"{unit.name}/{part} opens no farther") for text in found), kind


def test_what_is_too_tall_for_its_drawer_is_found(sound) -> None:
    unit, part = openable(sound, "slider")
    number = [item.name for item in sound.layout.instances].index(unit.name)
    place = [item.name for item in unit.parts].index(part)
    held = holders(sound.layout, sound.things)
    inside = [name for name, below in held.items() if (number, place) in below]
    assert inside
    thing = next(item for item in sound.layout.instances if item.name == inside[0])
    tall = replace(thing.parts[0], proxy=box_proxy(((-0.01, -0.01, 0.0), (0.01, 0.01, 0.5))))
    found = inspect(with_instances(sound, {thing.name: replace(thing, parts=(tall, *thing.parts[1:]))}))
    assert any(text.startswith(f"{unit.name}/") and "opens no farther" in text for text in found) or any(
        thing.name in text for text in found
    )


def test_a_narrow_aisle_and_a_barred_way_are_found(sound) -> None:
    unit, _ = openable(sound, "slider")
    wall = replace(before(sound, unit.name, 0.7, 0.5, (1.5, 0.1, 1.0)), category="kitchen_unit", name="bar")
    narrow = replace(sound, layout=replace(sound.layout, instances=(*sound.layout.instances, wall)))
    assert any(text.startswith(f"before {unit.name} there are only") for text in inspect(narrow))
    room = sound.plan.room.outline
    low, high = room.min(0), room.max(0)
    fence = crate((*(high - low).tolist(), 1.0), *((low + high) / 2).tolist(), 0.5)
    found = inspect(with_instances(sound, {}, (fence,)))
    assert any("is blocked" in text or "one gets no nearer" in text for text in found)


def test_boxes_of_the_catalog_rest_on_the_ground() -> None:
    """In every rest the lowest box ends within a millimetre and a half of where the mesh touches the ground."""
    for id, entry in catalog.load().items():
        if entry.library.stem not in ("kitchen", "food"):
            continue
        for rest, pose in entry.rests.items():
            if rest == "leaning":
                continue
            world, lowest = {"": pose}, []
            for part in entry.parts:
                world[part.name] = world[part.parent] @ part.rest
                if part.proxy is not None:
                    boxes = world[part.name] @ part.proxy.poses
                    lowest.append(boxes[:, 2, 3] - (np.abs(boxes[:, 2, :3]) * part.proxy.half).sum(1))
            low = np.concatenate(lowest).min()
            assert -RESTS < low < RESTS, (id, rest, low)


RESTS = 1.8e-3


def standing_in_the_way(item: Instance, part: str, value: float) -> Instance:
    """Returns a small crate where the box of a part that goes ahead is when its joint has a value."""
    number = [one.name for one in item.parts].index(part)
    boxes = [
        part_poses(replace(item, values={part: np.array([at])}))[0, number] @ item.parts[number].proxy.poses
        for at in (0.0, value)
    ]
    way = (boxes[1] - boxes[0])[:, :3, 3].mean(0)
    ahead = boxes[1][int(np.argmax(boxes[0][:, :3, 3] @ way))]
    return crate((0.04, 0.04, 0.04), *ahead[:3, 3])


def test_what_stands_in_the_way_of_sashes_is_found(sound) -> None:
    window = next(item for item in sound.layout.instances if item.name == "window.0")
    part = next(one for one in window.parts if one.joint is not None)
    found = inspect(with_instances(sound, {}, (standing_in_the_way(window, part.name, part.joint.limits[1] / 2),)))
    assert any(text.startswith(f"{window.name}/{part.name} opens no farther") for text in found)


def test_racks_are_tried_behind_open_doors(sound) -> None:
    machines = [item for item in sound.layout.instances if item.category in ("dishwasher", "oven")]
    assert machines
    for machine in machines:
        racks = [part.name for part in machine.parts if part.name.startswith("rack")]
        assert racks
        found = inspect(with_instances(sound, {}, (standing_in_the_way(machine, racks[0], 0.2),)))
        assert any(text.startswith(f"{machine.name}/{racks[0]} opens no farther") for text in found)
        parts = tuple(
            replace(part, joint=replace(part.joint, limits=(0.0, 0.2))) if part.name == "door" else part
            for part in machine.parts
        )
        found = inspect(with_instances(sound, {machine.name: replace(machine, parts=parts)}))
        assert {text.split(" ", 1)[0] for text in found} >= {f"{machine.name}/{name}" for name in ("door", *racks)}


def test_limits_are_exact_to_a_degree() -> None:
    """A leaf 0.6 m long and 20 mm thick meets a post beside its way."""
    material = (Material("paint"),)
    frame = Part("frame", "frame", material, proxy=box_proxy(((-0.1, 0.0, 0.0), (-0.05, 0.05, 1.0))))
    hinge = Joint("hinge", (0.0, 0.0, 1.0), (0.0, np.deg2rad(110.0)))
    leaf = Part("door", "leaf", material, 0, joint=hinge, proxy=box_proxy(((0.0, -0.02, 0.0), (0.6, 0.0, 1.0))))
    cabinet = Instance("cabinet", "kitchen_unit", (frame, leaf), np.eye(4)[None])
    for degrees in (23.0, 41.0, 68.5, 97.0):
        reached = np.deg2rad(degrees)
        post = crate((0.04, 0.04, 0.4), 0.5 * np.cos(reached), 0.5 * np.sin(reached), 0.5)
        (free,) = free_limits([cabinet], [post])
        limit = free.parts[1].joint.limits[1]
        met, just = (meets(free, angle, post) for angle in (limit + np.deg2rad(1.0), limit))
        assert met
        assert not just


def meets(item: Instance, angle: float, other: Instance) -> bool:
    poses = part_poses(replace(item, values={"door": np.array([angle])}))[0, 1] @ item.parts[1].proxy.poses
    around, half = boxes_of(other)
    return bool(overlap_depth(poses, item.parts[1].proxy.half, around, half)[0] > TOUCH)
