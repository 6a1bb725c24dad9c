"""Things stand on worktops where people put them: at the wall, by task, plugged in; pans on the hob."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.generators.kitchen import Household, decide, meals
from buildee.generators.kitchen.groups import ACCESS, Table
from buildee.generators.kitchen.shots import BODY, stage
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.styles import style
from buildee.layout import catalog
from buildee.layout.kinematics import inverse, part_poses
from buildee.layout.placement import boxes_of
from buildee.layout.resting import Support
from buildee.resources import folder

RECIPE = recipe.load(folder("recipes") / "kitchen.yaml").override(frames=1)
PLUGGED = ("kettle", "toaster", "coffee_machine", "microwave", "stand_mixer", "blender")


@pytest.fixture(scope="module")
def households() -> list[Household]:
    return [kitchen(seed) for seed in (1, 3, 5, 8)]


def kitchen(seed: int) -> Household:
    resolved = RECIPE.resolve(0, seed)
    scene = replace(resolved.scene, contents=replace(resolved.scene.contents, clutter=0.9, mess=0.6))
    return decide(scene, resolved.shot, RECIPE.scene_seed(0, seed))


def test_things_stand_at_the_wall_and_leave_room_before_them(households) -> None:
    depths = []
    for household in households:
        items = [item for item in household.layout.instances if item.name in household.things]
        for top in (support for support in household.supports if support.kind == "worktop" and support.wall):
            local = np.array([(inverse(top.poses[0]) @ item.poses[0])[:3, 3] for item in items])
            on = (np.abs(local[:, :2]) < top.size / 2).all(1) & (np.abs(local[:, 2]) < 0.02)
            depths += (local[on, 1] / top.size[1] + 0.5).tolist()
    assert len(depths) > 80
    assert np.mean(np.array(depths) > 0.5) > 0.7


def test_cables_end_in_sockets_one_in_each(households) -> None:
    plugs = []
    for household in households:
        instances = household.layout.instances
        holes = np.concatenate([boxes_of(item)[0][:, :3, 3] for item in instances if item.category == "socket"])
        for item in instances:
            for part, pose in zip(item.parts, part_poses(item)[0], strict=True):
                if part.shape.startswith("kitchen/cable"):
                    assert item.category in PLUGGED
                    plugs.append((pose @ part.proxy.poses[0])[:3, 3])
                    assert np.linalg.norm(holes - plugs[-1], axis=1).min() < 0.07
    assert len(plugs) >= 3
    apart = np.linalg.norm(np.array(plugs)[:, None] - np.array(plugs), axis=-1) + np.eye(len(plugs))
    assert apart.min() > 0.06


def test_a_kitchen_has_one_machine_of_a_kind_and_something_on_its_hob(households) -> None:
    for household in households:
        counts = Counter(item.category for item in household.layout.instances)
        assert max(counts[name] for name in ("coffee_machine", "toaster", "stand_mixer", "blender")) <= 1
    cooking = 0
    for household in households:
        hob = next(item for item in household.layout.instances if item.category == "hob").poses[0]
        spots = [
            (inverse(hob) @ item.poses[0])[:3, 3]
            for item in household.layout.instances
            if item.name in household.things
        ]
        cooking += any(abs(x) < 0.3 and abs(y) < 0.3 and 0.0 < z < 0.06 for x, y, z in spots)
    assert cooking >= 3


def test_nobody_holds_a_camera_over_a_worktop(households) -> None:
    for household in households:
        layout = household.layout
        tops = [item for item in layout.instances if item.category == "worktop"]
        for camera in layout.cameras:
            for top in tops:
                poses, half = boxes_of(top)
                local = np.einsum("nji,nj->ni", poses[:, :3, :3], camera.poses[0, :3, 3] - poses[:, :3, 3])
                assert not (np.abs(local[:, :2]) < half[:, :2] + BODY - 0.03).all(1).any()
        assert not stage(household.plan.room, tops, ()).open(tops[0].poses[0, :2, 3] + 0.05).any()


def test_nothing_stands_before_what_one_reaches_into(households) -> None:
    machines = 0
    for household in households:
        items = [item for item in household.layout.instances if item.name in household.things]
        for machine in (item for item in items if item.category in ("coffee_machine", "toaster", "knife_block")):
            machines += 1
            front = max(float((pose[:3, 3] + np.abs(pose[:3, :3]) @ half)[0]) for pose, half in _own_boxes(machine))
            half = catalog.load()[machine.parts[0].shape.split("/")[0]].size[1] / 2
            for other in items:
                x, y, z = (inverse(machine.poses[0]) @ other.poses[0])[:3, 3]
                assert not (front < x < front + ACCESS[machine.category] and abs(y) < half and abs(z) < 0.02), (
                    other.name
                )
    assert machines >= 3


def _own_boxes(item):
    """Returns the proxy boxes of a thing in its own frame."""
    poses, half = boxes_of(item)
    return zip(inverse(item.poses[0]) @ poses, half, strict=True)


def test_places_at_tables_are_laid_or_left() -> None:
    kinds = {}
    for laid in (0.0, 1.0):
        stock = Stock(catalog.load(), style("country", 0.2, np.random.default_rng(1)), np.random.default_rng(4))
        support = Support("top", "table", np.eye(4)[None], np.array([1.6, 0.9]), 1.5)
        meals.lay(Table.of(stock, support), [(x, side) for x in (-0.4, 0.4) for side in (-1.0, 1.0)], laid)
        kinds[laid] = Counter(item.category for item in stock.taken)
    assert kinds[1.0]["plate"] == kinds[1.0]["fork"] == kinds[1.0]["knife"] == 4
    assert kinds[1.0]["drinking_glass"] + kinds[1.0]["wine_glass"] >= 3
    assert kinds[0.0]["plate"] < 4
    food = {name for names in meals.EATEN for name in names}
    assert not food & set(kinds[1.0])
