"""The default construction site: many seeds plan cleanly, nothing floats, nothing interpenetrates, one hash."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.errors import PlacementError
from buildee.generators.construction_site import MACHINES, Site, decide, plan, plant
from buildee.generators.construction_site.inspection import inspect
from buildee.generators.construction_site.section import Building, ConstructionSite, Crew, Lot, Plant, Stores
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.linkage_loader import TYRE
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Plan, boxes_of
from buildee.layout.scene import Instance, Layout
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed
from buildee.resources import folder

SEEDS = 20
RECIPE = recipe.load(folder("recipes") / "construction_site.yaml")
STIFF = (
    "container",
    "site_office",
    "block_stack",
    "brick_stack",
    "skip",
    "generator",
    "barrier",
    "traffic_cone",
    "van",
)


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    """The default recipe under twenty seeds."""
    made = []
    for seed in range(SEEDS):
        resolved = RECIPE.resolve(0, seed)
        made.append(decide(resolved.scene, replace(resolved.shot, frames=2), RECIPE.scene_seed(0, seed)))
    return made


@pytest.fixture(scope="module")
def layouts(sites: list[Site]) -> list[Layout]:
    """Their layouts."""
    return [site.layout for site in sites]


def test_an_inspector_finds_nothing(sites: list[Site]) -> None:
    for site in sites:
        assert inspect(site.layout, site.plot, site.ground) == []


def test_an_inspector_finds_what_is_wrong(sites: list[Site]) -> None:
    site = sites[0]
    things = {item.category: item for item in site.layout.instances}
    skip, generator = things["skip"], things["generator"]

    def findings(pose: np.ndarray) -> list[str]:
        moved = tuple(replace(item, poses=pose[None]) if item is skip else item for item in site.layout.instances)
        return inspect(replace(site.layout, instances=moved), site.plot, site.ground)

    assert f"{skip.name} floats" in findings(translation((0.0, 0.0, 0.02)) @ skip.poses[0])
    assert f"{skip.name} floats" not in findings(skip.poses[0])
    assert any("overlap by" in finding for finding in findings(generator.poses[0]))
    x, y = site.plot.road[-3:-1].mean(0)
    on_road = findings(pose_at(x, y, float(site.ground.height((x, y)))))
    assert f"{skip.name} stands on the haul road" in on_road


def test_a_default_site_holds_many_kinds_of_things(layouts: list[Layout]) -> None:
    for layout in layouts:
        kinds = {item.category for item in (*layout.instances, *layout.scatters)}
        assert len(kinds) >= 30, sorted(kinds)
        assert {*MACHINES, "worker", "scaffold", "gate", "stockpile"} <= kinds
        assert kinds & {"fence", "hoarding"}


def test_facts_count_what_is_there(layouts: list[Layout]) -> None:
    layout = layouts[0]
    counts = Counter(item.category for item in layout.instances)
    assert layout.facts["machines"] == sum(counts[name] for name in MACHINES)
    assert layout.facts["instances"]["worker"] == counts["worker"]


def _ground_heights(layout: Layout, points: np.ndarray) -> np.ndarray:
    """Returns the height of the emitted triangles at (N, 2) points on the lot, by looking at every one near."""
    meshes = [
        layout.shapes[part.shape]
        for item in layout.instances
        if item.category in ("ground", "road", "kerb", "stockpile", "excavation", "blinding", "grass")
        for part in item.parts
        if part.shape.startswith("terrain/")
    ]
    triangles = np.concatenate([mesh.vertices[mesh.corners.reshape(-1, 3)] for mesh in meshes])
    low, high = triangles[:, :, :2].min(1), triangles[:, :, :2].max(1)
    heights = np.full(len(points), np.nan)
    for number, point in enumerate(points):
        near = triangles[((low <= point + 1e-9) & (high >= point - 1e-9)).all(1)]
        for a, b, c in near:
            system = np.array([[a[0] - c[0], b[0] - c[0]], [a[1] - c[1], b[1] - c[1]]])
            if abs(np.linalg.det(system)) < 1e-12:
                continue
            u, v = np.linalg.solve(system, point - c[:2])
            if u >= -1e-6 and v >= -1e-6 and u + v <= 1 + 1e-6:
                heights[number] = u * a[2] + v * b[2] + (1 - u - v) * c[2]
                break
    return heights


def _feet(item: Instance) -> np.ndarray:
    """Returns (4, 3) lowest corners of what an instance stands on: the box around its proxies, in its own frame."""
    poses, half = boxes_of(replace(item, poses=np.eye(4)[None]))
    reach = (np.abs(poses[:, :3, :3]) * half[:, None]).sum(-1)
    low, high = (poses[:, :3, 3] - reach).min(0), (poses[:, :3, 3] + reach).max(0)
    corners = np.array([(x, y, 0.0, 1.0) for x in (low[0], high[0]) for y in (low[1], high[1])])
    return (corners * np.array([0.8, 0.8, 1, 1])) @ item.poses[0].T[:, :3]


def test_stiff_things_rest_on_the_emitted_triangles(layouts: list[Layout]) -> None:
    for layout in layouts[:4]:
        for item in layout.instances:
            if item.category in STIFF and not item.name.startswith("scaffold."):  # bricks wait on its boards
                feet = _feet(item)
                gaps = feet[:, 2] - _ground_heights(layout, feet[:, :2])
                assert gaps.max() < 5e-3, (item.name, gaps)
                assert gaps.min() > -0.03, (item.name, gaps)


def test_trucks_stand_on_their_wheels_while_they_drive(layouts: list[Layout]) -> None:
    for layout in layouts[:4]:
        for item in layout.instances:
            if item.category != "dump_truck":
                continue
            names = [part.name for part in item.parts]
            poses = part_poses(item)
            for wheel in ("wheel_front_left", "wheel_rear_right"):
                hub = poses[:, names.index(wheel), :3, 3]
                gap = hub[:, 2] - 0.538 - _ground_heights(layout, hub[:, :2])
                assert np.abs(gap).max() < 0.06, (item.name, wheel, gap)


def test_lorries_drive_in_through_the_gate(layouts: list[Layout]) -> None:
    for layout in layouts:
        gate = next(item for item in layout.instances if item.category == "gate")
        road = next(item for item in layout.instances if item.name == "haul_road")
        vertices = layout.shapes[road.parts[0].shape].vertices
        middle = gate.poses[0, :2, 3]
        assert np.linalg.norm(vertices[:, :2] - middle, axis=1).min() < 1.0
        leaves, half = boxes_of(gate)
        across = leaves[:, 0, 3] - middle[0]
        blocked = np.abs(across) - (np.abs(leaves[:, 0, :3]) * half).sum(-1)
        assert blocked.min() > 1.5  # half a lorry and some air


def test_cameras_stand_free_with_a_level_horizon(layouts: list[Layout]) -> None:
    for layout in layouts:
        assert [camera.name for camera in layout.cameras] == ["hero", "crew"]
        for camera in layout.cameras:
            tilt = np.abs(camera.poses[:, 2, 0]).max()  # of the x axis
            assert tilt < (1e-9 if camera.name == "hero" else np.sin(np.deg2rad(1.0)))  # a hand sways


def test_the_hash_is_the_same_in_every_process() -> None:
    code = (
        "from buildee import recipe; from buildee.generators.construction_site import plan;"
        "from buildee.layout.canonical import layout_hash; from buildee.resources import folder;"
        "loaded = recipe.load(folder('recipes') / 'construction_site.yaml'); made = loaded.resolve(0);"
        "print(layout_hash(plan(made.scene, made.shot, loaded.scene_seed(0))))"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for salt in ("1", "77")
    }
    assert len(hashes) == 1


SMALL = Shot(1, 3.0, 64, 48, ())
BARE = ConstructionSite(stores=Stores(0, 0, 0, 0, 0, 0, 0, 0.0), crew=Crew(0, 0, 0))


@pytest.mark.parametrize(
    ("scene", "advice"),
    [
        (replace(BARE, lot=Lot(width=34.0)), "raise scene.lot.width"),
        (replace(BARE, lot=Lot(depth=32.0)), "raise scene.lot.depth"),
        (replace(BARE, lot=Lot(width=48.0)), "scene.lot.pit to false"),
        (replace(BARE, plant=Plant(excavators=4), lot=Lot(scheme="front")), "lower scene.plant.excavators"),
        (replace(BARE, plant=Plant(dump_trucks=6), lot=Lot(width=58.0)), "lower scene.plant.dump_trucks"),
        (
            replace(
                BARE,
                stores=replace(BARE.stores, offices=8),
                lot=Lot(47.0, 45.5, "front", pit=False),
                plant=Plant(True, 0, 0, 0, 0, 0),
            ),
            "lower scene.stores.offices",
        ),
        (
            replace(
                BARE,
                lot=Lot(60.0, 46.0, "front"),
                stores=replace(BARE.stores, materials=60),
                plant=Plant(wheel_loaders=0),
            ),
            "lower scene.stores.materials",
        ),
        (
            replace(
                BARE,
                plant=Plant(True, 0, 0, 8, 0, 0),
                lot=Lot(36.0, 46.0, "front", pit=False),
                building=Building(bays_x=2),
            ),
            "lower scene.plant.wheel_loaders",
        ),
        (
            replace(BARE, lot=replace(BARE.lot, scheme="front"), plant=Plant(concrete_mixers=4)),
            "scene.plant.concrete_mixers",
        ),
        (
            replace(
                BARE,
                plant=Plant(True, 0, 0, 0, 0, telehandlers=6),
                lot=Lot(36.0, 46.0, "front", pit=False),
                building=Building(bays_x=2),
            ),
            "lower scene.plant.telehandlers",
        ),
        (replace(BARE, building=Building(bays_y=6)), "lower scene.building.bays_y"),
    ],
)
def test_what_cannot_fit_is_refused_with_the_field_to_change(scene: ConstructionSite, advice: str) -> None:
    with pytest.raises(PlacementError) as refused:
        plan(scene, SMALL, Seed(3))
    assert advice in str(refused.value)


def test_a_loader_asks_for_room_even_to_park(sites: list[Site]) -> None:
    full = Plan()
    full.keep("everything", sites[0].plot.lot)
    with pytest.raises(PlacementError, match=r"lower scene\.plant\.wheel_loaders"):
        plant.posts(replace(BARE, plant=Plant(True, 0, 0, 1, 0, 0)), sites[0].plot, full, Seed(3))


def test_buckets_carry_while_they_are_full(sites: list[Site]) -> None:
    """The clump rides with its bucket, or is on its way down, or waits far below the ground."""
    seen = 0
    for site in sites:
        things = {item.name: item for item in site.layout.instances}
        for name, clump in things.items():
            if not name.endswith(".spoil"):
                continue
            machine = things[name.removesuffix(".spoil")]
            bucket = part_poses(machine)[:, [part.name for part in machine.parts].index("bucket")]
            drop = bucket[:, 2, 3] - clump.poses[:, 2, 3]
            assert np.allclose(clump.poses[:, :2], bucket[:, :2])
            assert ((drop < 3.2) | (drop > 8.9)).all(), name
            seen += int((drop < 1e-9).any())
    assert seen > 3


def test_loaders_stand_on_their_wheels_while_they_work(sites: list[Site]) -> None:
    for site in sites[:6]:
        for item in site.layout.instances:
            if item.category != "wheel_loader":
                continue
            names = [part.name for part in item.parts]
            poses = part_poses(item)
            for wheel in ("wheel_rear_left", "wheel_rear_right"):
                hub = poses[:, names.index(wheel), :3, 3]
                gap = hub[:, 2] - TYRE - site.ground.height(hub[:, :2])
                assert np.abs(gap).max() < 0.12, (item.name, wheel, gap)
