"""The town about a site: houses that are whole, trees that grow, cars on the road, nothing in each other's way."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.generators.construction_site import terrain
from buildee.generators.construction_site.blocks import DEPTH, Block, blocks
from buildee.generators.construction_site.props.car import car_rand
from buildee.generators.construction_site.schemes import organised
from buildee.generators.construction_site.section import ConstructionSite, Surroundings
from buildee.generators.construction_site.streets import streets
from buildee.generators.construction_site.surroundings import DISTRICTS, NEAR, town
from buildee.layout.contact import interpenetration
from buildee.layout.kinematics import part_poses
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Layout, Scatter
from buildee.recipe.seed import Seed
from buildee.town import facades, house_looks, houses, trees
from buildee.town.house_shell import house
from buildee.town.skyline import LENGTH, ROOF, row_house

SCENE = ConstructionSite()
PLOT = next(organised(SCENE, (25.0, 19.0), Seed(4)))
GROUND = terrain.shape(SCENE, PLOT, [], [], 3).ground
TIME = np.arange(48) / 24.0
UPRIGHT = {"light_pole": 0.2, "sign": 0.1, "tree": 0.5, "waste_bin": 0.5, "electric_box": 0.9}
"""Things on pavements and the width that each takes at its foot, metres."""


def _town(seed: int = 1, **fields: object) -> Assembly:
    spec = replace(Surroundings(cars=18, vans=5, traffic=6, trees=26), **fields)
    return town(spec, PLOT, GROUND, TIME, Seed(seed))


@pytest.fixture(scope="module")
def built() -> Assembly:
    return _town()


def _triangles(mesh, slot: int) -> np.ndarray:
    """(N, 3) corners of all faces in a slot."""
    return mesh.vertices[mesh.corners[np.repeat(mesh.slots == slot, mesh.sizes)]]


@pytest.mark.parametrize("style", houses.KINDS)
def test_houses_are_whole(style):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        spec = houses.draw(rng, float(rng.uniform(8, 17)), 5, style)
        mesh = house(spec, np.random.default_rng(seed))
        assert mesh.triangle_count <= 15000
        assert mesh.slots.max() < len(house_looks.looks(rng, style))
        low, high = mesh.bounds
        assert high[2] < spec.top + 3.5
        assert low[2] >= -0.75
        assert high[0] < 1.9
        panes = _triangles(mesh, facades.GLASS)
        assert (np.abs(panes[:, 1]) < spec.length / 2).all(), "no window reaches over the party wall"
        assert panes[:, 2].min() > 0.1
        assert panes[:, 2].max() < spec.top
        set_back = panes[(panes[:, 0] < 0) & (panes[:, 0] > -1)]
        assert len(set_back)
        again = house(spec, np.random.default_rng(seed))
        assert np.array_equal(mesh.vertices, again.vertices)


@pytest.mark.parametrize("style", houses.KINDS)
def test_fronts_have_no_gaps(style):
    """Walls and openings together cover the front from party wall to party wall, floor to eaves."""
    rng = np.random.default_rng(3)
    spec = houses.draw(rng, 12.0, 4, style)
    mesh = house(spec, rng)
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    is_wall = (mesh.sizes == 4) & np.isin(mesh.slots, (facades.WALL, facades.BASE, facades.TRIM))
    quads = mesh.vertices[mesh.corners[starts[is_wall][:, None] + np.arange(4)]]
    quads = quads[np.abs(quads[..., 0]).max(1) < 1e-9]
    middle = (quads.min(1) + quads.max(1)) / 2
    diagonal = np.cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1])[:, 0] / 2
    walls = diagonal > 0
    assert walls.mean() > 0.9
    floors = [spec.levels[0] - 0.1, *spec.levels[1:-1], spec.eaves]
    for low, high in pairwise(floors):
        row = walls & (middle[:, 2] > low) & (middle[:, 2] < high)
        assert quads[row, :, 1].min() == pytest.approx(-spec.length / 2, abs=1e-6)
        assert quads[row, :, 1].max() == pytest.approx(spec.length / 2, abs=1e-6)
        assert quads[row, :, 2].min() == pytest.approx(low, abs=1e-6)
        assert quads[row, :, 2].max() == pytest.approx(high, abs=1e-6)
        assert 0.3 * spec.length * (high - low) < diagonal[row].sum() < spec.length * (high - low)


def test_equal_kinds_draw_different_houses():
    drawn = {houses.draw(np.random.default_rng(seed), 12.0, 5, "boulevard") for seed in range(20)}
    assert len(drawn) > 10


@pytest.mark.parametrize("kind", trees.SPECIES)
def test_trees_grow_to_their_size(kind):
    species = trees.SPECIES[kind]
    mesh = trees.tree(kind, 1)
    low, high = mesh.bounds
    assert mesh.triangle_count <= 40000
    assert -0.1 < low[2] < 0
    assert 0.8 * species.height < high[2] < 1.05 * species.height
    leaves = mesh.vertices[mesh.corners[np.repeat(mesh.slots != trees.BARK, mesh.sizes)]]
    assert np.hypot(*leaves[:, :2].T).max() < 1.35 * species.crown * species.height + 0.3
    assert len(trees.materials(kind, "autumn")) == mesh.slots.max() + 1


def test_leaves_fall_in_winter():
    counts = [
        trees.tree("lime", 0, trees.share_of_leaves("lime", season)).triangle_count for season in ("summer", "winter")
    ]
    assert counts[1] < 0.4 * counts[0]
    assert trees.share_of_leaves("spruce", "winter") == 1.0
    assert trees.materials("lime", "autumn") != trees.materials("lime", "summer")


def test_what_is_asked_for_is_there(built):
    names = [instance.name.split(".")[0] for instance in built.instances]
    assert (names.count("car"), names.count("van"), names.count("traffic")) == (18, 5, 6)
    assert sum(len(item.poses) for item in built.scatters if item.name.startswith("trees.")) == 26
    kinds = {item.category for item in (*built.instances, *built.scatters)}
    assert {
        "building",
        "car",
        "van",
        "tree",
        "light_pole",
        "street_furniture",
        "waste_bin",
        "sign",
        "vegetation",
    } <= kinds


def test_cars_stand_on_their_wheels_while_they_drive(built):
    for instance in built.instances:
        if instance.category != "car":
            continue
        world = part_poses(instance)
        radius = [part.rest[2, 3] for part in instance.parts[1:]]
        hubs = world[:, 1:, :3, 3]
        gap = hubs[..., 2] - radius - GROUND.height(hubs[..., :2])
        assert np.abs(gap).max() < 0.03, instance.name


def test_wheels_roll_as_far_as_their_car_drives(built):
    moving = [instance for instance in built.instances if instance.name.startswith("traffic")]
    for instance in moving:
        driven = np.hypot(*(instance.poses[-1] - instance.poses[0])[:2, 3])
        assert driven > 5.0
        ahead = (instance.poses[-1] - instance.poses[0])[:2, 3] @ instance.poses[0][:2, 0]
        assert ahead == pytest.approx(driven)
        for part in instance.parts[1:]:
            assert instance.values[part.name][-1] * part.rest[2, 3] == pytest.approx(driven, abs=1e-6)


def test_nothing_in_the_town_interpenetrates():
    for seed in (2, 3):
        made = _town(seed)
        layout = Layout("construction_site", len(TIME), 24.0, made.shapes, made.instances, made.scatters, ())
        assert [str(overlap) for overlap in interpenetration(layout)] == []


def _feet(built: Assembly) -> dict[str, list[Footprint]]:
    """Footprints of what stands beside the road, by name of the scatter."""
    found: dict[str, list[Footprint]] = {}
    for item in built.scatters:
        if item.category in UPRIGHT and not item.name.startswith("yard_trees"):
            size = UPRIGHT[item.category]
            found[item.name] = [Footprint(*pose[:2, 3].tolist(), 0.0, size, size) for pose in item.poses]
    return found


def test_trees_lamps_and_signs_keep_off_the_road_and_each_other(built):
    feet = [(name, foot) for name, group in _feet(built).items() for foot in group]
    assert len(feet) > 50
    for (name, one), (other, two) in combinations(feet, 2):
        assert one.separation(two) > 0, (name, other)
    roads = [street.footprint(0.0, street.width / 2, 260.0, street.width) for street in streets(PLOT)]
    for name, foot in feet:
        assert all(foot.separation(road) > 0 for road in roads), name


def test_parked_cars_leave_the_lane_and_the_gate_free(built):
    middle = [street.footprint(0.0, 1.2, 2 * street.corner, 2.2) for street in streets(PLOT)]
    for instance in built.instances:
        if instance.name.startswith(("car.", "van.")):
            x, y = instance.poses[0, :2, 3]
            assert all(road.distance(np.array([x, y])) > 0.9 for road in middle)
            assert np.hypot(x - PLOT.gate[0], y - PLOT.gate[1]) > 7.0


def _inside(points: np.ndarray, quads: np.ndarray, margin: float = 0.0) -> np.ndarray:
    """(N, B): whether points lie in counter-clockwise quadrangles, at least `margin` metres from their sides."""
    ahead = np.roll(quads, -1, 1) - quads
    ahead = ahead / np.linalg.norm(ahead, axis=-1, keepdims=True)
    to = points[:, None, None] - quads
    return (ahead[..., 0] * to[..., 1] - ahead[..., 1] * to[..., 0] > margin).all(-1)


def _drawn(seed: int) -> list[Block]:
    return blocks(PLOT, NEAR, np.random.default_rng(seed))


def test_blocks_leave_streets_between_them():
    for seed in range(6):
        drawn = _drawn(seed)
        fronts = np.array([block.fronts for block in drawn])
        assert len(drawn) > 24
        assert sum(block.ring == 1 for block in drawn) == 8
        edge = np.linspace(0, 1, 12)[:, None, None, None]
        rims = fronts + edge * (np.roll(fronts, -1, 1) - fronts)
        for number, rim in enumerate(np.moveaxis(rims, 1, 0)):
            others = np.delete(np.array([block.kerbs for block in drawn]), number, 0)
            assert not _inside(rim.reshape(-1, 2), others).any(), "pavements of neighbours lie apart"
        middles = fronts.mean(1)
        assert _inside(middles, fronts).sum() == len(drawn)
        first = np.array([block.kerbs for block in drawn if block.ring == 1])
        for street in streets(PLOT):
            along = np.linspace(-street.corner - 60.0, street.corner + 60.0, 90)
            lane = np.concatenate([street.points(along, out) for out in (0.3, street.width - 0.3)])
            assert not _inside(lane, first).any()
    assert np.array_equal(_drawn(3)[20].fronts, _drawn(3)[20].fronts)


def test_far_streets_are_no_grid():
    """Beyond the first ring streets bend, and some blocks close a street."""
    turns, sizes = [], []
    for seed in range(4):
        for block in _drawn(seed):
            if block.ring > 1:
                ahead = block.fronts[1] - block.fronts[0]
                turns.append(np.degrees(np.arctan2(ahead[1], ahead[0])))
                sizes.append(np.ptp(block.fronts, 0).max())
    assert np.std(turns) > 4.0
    assert (np.array(sizes) > 110.0).mean() > 0.05


def test_what_stands_behind_stands_where_it_belongs():
    for seed in (1, 2):
        made = _town(seed, traffic=0)
        drawn = blocks(PLOT, NEAR, Seed(seed).child("blocks").rng())
        fronts = np.array([block.fronts for block in drawn])
        rows = np.concatenate([item.poses for item in made.scatters if item.name.startswith("rows.")])
        assert len(rows) > 250
        ahead = rows[:, :2, 0] / np.linalg.norm(rows[:, :2, 0], axis=1, keepdims=True)
        at = rows[:, :2, 3]
        assert not _inside(at + ahead, fronts).any(), "every row faces a street"
        assert (_inside(at - 3.0 * ahead, fronts).sum(1) == 1).all()
        trees_there = [item for item in made.scatters if item.name.startswith("yard_trees")]
        stems = np.concatenate([item.poses[:, :2, 3] for item in trees_there])
        along = rows[:, :2, 1]
        to = stems[:, None] - at
        deep = np.einsum("ijk,jk->ij", to, -ahead) / (DEPTH * np.linalg.norm(rows[:, :3, 0], axis=1))
        aside = np.einsum("ijk,jk->ij", to, along) / (along**2).sum(1) / (LENGTH / 2)
        assert not ((deep > 0) & (deep < 0.98) & (np.abs(aside) < 0.9)).any(), "no tree grows through a house"
        beyond = [item for item in made.scatters if item.name.startswith(("villas", "crowns"))]
        spots = np.concatenate([item.poses[:, :2, 3] for item in beyond])
        assert len(spots) > 1000
        assert _inside(spots, fronts).any(1).mean() < 0.01
        assert (np.abs(spots).max(1) > min(PLOT.kerb) + 60.0).all(), "none stands on the lot"
        assert np.abs(np.concatenate([item.poses[:, 2, 3] for item in beyond]) - GROUND.height(spots)).max() < 0.3


def _plans(made: Assembly, item: Scatter) -> list[Footprint]:
    """What the copies of a scatter cover in plan."""
    low, high = made.shapes[item.shape].bounds
    found = []
    for pose in item.poses:
        size = np.linalg.norm(pose[:3, :3], axis=0)[:2] * (high - low)[:2]
        x, y, _ = pose[:3, :3] @ ((low + high) / 2) + pose[:3, 3]
        found.append(Footprint(x, y, float(np.arctan2(pose[1, 0], pose[0, 0])), *size.tolist()))
    return found


def _overlapping(first: list[Footprint], second: list[Footprint]) -> int:
    """How many rectangles of the first lie in any other of the second."""
    at = np.array([(one.x, one.y) for one in second])
    reach = np.array([np.hypot(one.length, one.width) / 2 for one in second])
    found = 0
    for one in first:
        far = np.hypot(*(at - (one.x, one.y)).T)
        near = np.flatnonzero(far < reach + np.hypot(one.length, one.width) / 2)
        found += any(one is not second[other] and one.separation(second[other]) < -0.005 for other in near)
    return found


def _named(made: Assembly, category: str, *names: str) -> list[Footprint]:
    items = [item for item in made.scatters if item.category == category and item.name.startswith(names)]
    return [plan for item in items for plan in _plans(made, item)]


def test_things_behind_keep_out_of_each_other():
    for seed in (1, 3):
        made = _town(seed, traffic=0)
        cars = _named(made, "car", "parked_afar", "park_cars", "yard_cars", "block")
        houses_there = _named(made, "building", "rows", "block", "church", "annexes", "sheds", "garages")
        closures = _named(made, "masonry_wall", "yard_walls") + _named(made, "fence", "yard_fences")
        assert min(len(cars), len(closures)) > 100
        assert _overlapping(cars, houses_there + closures) == 0
        assert _overlapping(closures, closures + houses_there) == 0
        slots = [replace(car, length=5.1, width=2.5) for car in cars]
        assert _overlapping(slots, slots) == 0


def test_wheels_of_cars_behind_stand_on_what_lies_beneath():
    made = _town(3, traffic=0)
    sheets = [item for item in made.scatters if item.category in ("road", "ground", "grass", "kerb")]
    sheets = [made.shapes[item.shape] for item in sheets if item.name not in ("forecourt", "land")]
    faces = [mesh.vertices[mesh.corners.reshape(-1, 4)] for mesh in sheets if (mesh.sizes == 4).all()]
    faces = np.concatenate([quads[np.ptp(quads[..., 2], axis=1) < 1e-9] for quads in faces])
    cars = [item for item in made.scatters if item.category == "car" and not item.name.startswith("country")]
    assert sum(len(item.poses) for item in cars) > 800
    for item in cars:
        assert made.shapes[item.shape].bounds[0, 2] == pytest.approx(0.0, abs=1e-6)
        for x, y in ((1.3, 0.78), (1.3, -0.78), (-1.3, 0.78), (-1.3, -0.78)):
            wheels = item.poses[:, :3, 3] + item.poses[:, :3, 0] * x + item.poses[:, :3, 1] * y
            below = np.where(_inside(wheels[:, :2], faces[..., :2]), faces[:, 0, 2], -1.0).max(1)
            assert np.abs(wheels[:, 2] - below).max() < 0.005, item.name


def test_trees_are_of_many_ages_and_stand_unevenly(built):
    grown = [item for item in built.scatters if item.name.startswith("yard_trees")]
    sizes = np.concatenate([np.linalg.norm(item.poses[:, :3, 2], axis=1) for item in grown])
    assert len({item.name.split(".")[1] for item in grown}) >= 5
    assert np.quantile(sizes, 0.9) > 2 * np.quantile(sizes, 0.1)


@pytest.mark.parametrize("style", houses.KINDS)
@pytest.mark.parametrize("roof", ["gable", "mansard", "flat"])
def test_houses_seen_from_afar_are_closed_and_cheap(style, roof):
    for variant in range(3):
        mesh = row_house(style, 4, roof, variant)
        low, high = mesh.bounds
        assert mesh.triangle_count < 900
        assert low[0] == pytest.approx(-DEPTH, abs=0.5)
        assert -LENGTH / 2 - 0.2 < low[1] < high[1] < LENGTH / 2 + 0.2, "nothing reaches into the neighbour"
        points = mesh.vertices[mesh.corners]
        starts = np.cumsum(mesh.sizes) - mesh.sizes
        normals = np.cross(points[starts + 1] - points[starts], points[starts + 2] - points[starts + 1])
        tiles = normals[mesh.slots == ROOF][:, 2]
        assert tiles.clip(min=0).sum() >= 4 * (-tiles).clip(min=0).sum(), "tiles look up"


@pytest.mark.parametrize("district", DISTRICTS)
def test_districts_hold_their_kinds(district):
    assert sum(DISTRICTS[district].values()) == pytest.approx(1.0)
    made = _town(5, district=district, trees=0, cars=0, vans=0, traffic=0)
    count = sum(instance.category == "building" for instance in made.instances)
    assert count > 22
    assert not any(instance.category in ("car", "van") for instance in made.instances)


def test_full_kerbs_are_refused_with_the_field_to_change():
    with pytest.raises(PlacementError, match=r"scene\.surroundings\.cars"):
        _town(cars=80, vans=40)


def test_common_cars_are_common():
    rng = np.random.default_rng(0)
    names = [car_rand(rng).parts[0].shape for _ in range(60)]
    assert {"car/hatchback", "car/saloon", "car/estate", "car/suv"} == set(names)
    assert names.count("car/hatchback") > names.count("car/saloon")
