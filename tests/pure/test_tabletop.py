"""Tabletops are planned the same way every time, with nothing in anything else, and refuse what no table holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.generators.tabletop import plan
from buildee.generators.tabletop.arrangement import random_turn
from buildee.generators.tabletop.backdrop import AROUND, DEEP, HIGH, WIDE
from buildee.generators.tabletop.creases import creased, creases
from buildee.generators.tabletop.inspection import inspect
from buildee.generators.tabletop.patterns import bores, inside, pattern, ruling
from buildee.generators.tabletop.rough_solids import KINDS, LARGEST, solid
from buildee.generators.tabletop.section import Lighting, Objects, Surroundings, TableSection, Tabletop
from buildee.generators.tabletop.supply import Supply
from buildee.generators.tabletop.table import COVERS, PRINT, table
from buildee.generators.tabletop.traces import traces
from buildee.layout import catalog
from buildee.layout.camera_types import Overhead
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration
from buildee.layout.kinematics import bounds_of
from buildee.layout.mesh import Mesh
from buildee.layout.placement import boxes_of
from buildee.layout.solids import circle
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SHOT = Shot(2, 4.0, 64, 48, (Overhead("top", target="objects"),))
ARRANGEMENTS = ("pile", "scattered", "grid")


def decided(seed: int, **objects):
    return plan(Tabletop(objects=Objects(**objects)), SHOT, Seed(seed))


def things(layout):
    on = [item for item in layout.instances if item.category not in ("table", "floor", "wall", "ceiling", "skirting")]
    return [item for item in on if not item.name.startswith(AROUND)]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_nothing_is_in_anything_else(arrangement):
    for seed in range(4):
        layout = decided(seed, count=18, arrangement=arrangement)
        names = {item.name for item in things(layout)}
        found = [item for item in interpenetration(layout) if item.first.split("/")[0] in names]
        assert not found
        assert (layout.loose is not None) == (arrangement == "pile")


def test_only_a_heap_falls_and_it_is_all_over_the_table():
    layout = decided(3, count=12, source="solids", largest=0.08, distractors=5)
    loose = {item.instance for item in layout.loose}
    assert len(loose) == 12
    assert len(things(layout)) > 12  # the distractors stand
    for item in things(layout):
        if item.name in loose:
            assert (np.abs(item.poses[0, :2, 3]) < (0.7, 0.45)).all()


def test_a_seed_is_a_scene():
    one, again, other = (layout_hash(decided(seed)) for seed in (5, 5, 6))
    assert one == again != other


@pytest.mark.parametrize("turn", (0.0, -35.0))
def test_an_overhead_picture_is_turned_as_asked(turn):
    shot = replace(SHOT, cameras=(replace(SHOT.cameras[0], turn_deg=turn),))
    (camera,) = plan(Tabletop(objects=Objects(count=6)), shot, Seed(1)).cameras
    x, y = camera.poses[0, :2, 0]
    assert np.sin(np.arctan2(y, x) - np.deg2rad(turn)) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("backdrop", ("room", "studio", "hdri"))
@pytest.mark.parametrize("shape", ("rectangle", "round", "oval"))
def test_every_table_and_backdrop_can_be_planned(backdrop, shape):
    scene = Tabletop(TableSection(shape=shape), Objects(count=6), Surroundings(backdrop=backdrop))
    layout = plan(scene, SHOT, Seed(1))
    assert layout.facts["table"] == shape
    assert (layout.sky is not None) == (backdrop == "hdri")


def test_sources_and_lists_are_kept_to():
    assert all(item.parts[0].shape.startswith("solid/") for item in things(decided(2, source="solids")))
    only = decided(2, source="catalogue", only=("mug", "orange_a"), arrangement="scattered")
    assert {item.category for item in things(only)} <= {"mug", "orange"}
    without = decided(2, source="catalogue", only=("mug", "orange"), without=("mug",), arrangement="scattered")
    assert {item.category for item in things(without)} == {"orange"}


def test_random_materials_leave_food_the_colours_that_it_has():
    def drawn(only):
        supply = Supply(catalog.load(), Objects(source="catalogue", only=(only,), random_materials=1.0), rng)
        for made in (supply.one(dropped=True) for _ in range(8)):
            for part, own in zip(made.model.parts, supply.catalog.model(made.id).parts, strict=True):
                yield from zip(part.materials, own.materials, strict=True)

    rng = np.random.default_rng(6)
    for new, own in drawn("lemon"):
        assert new.kind == own.kind and new.wear == own.wear
        np.testing.assert_allclose(np.log(new.color), np.log(own.color), atol=0.6)
    assert any(new.color != own.color for new, own in drawn("lemon"))
    assert any(new.kind != own.kind for new, own in drawn("mug"))


def test_fields_that_cannot_be_met_are_named():
    with pytest.raises(PlacementError, match=r"scene\.objects\.only.*'mugg'"):
        decided(0, only=("mugg",))
    with pytest.raises(PlacementError, match=r"scene\.objects: only, without and largest"):
        decided(0, source="catalogue", only=("refrigerator",))
    with pytest.raises(PlacementError, match=r"scene\.objects: a grid of 100 leaves"):
        decided(0, source="catalogue", only=("bowl_salad_a",), arrangement="grid", count=100)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_solids_are_closed_and_as_large_as_their_boxes(kind):
    rng = np.random.default_rng(1)
    for _ in range(8):
        _, mesh, proxy, rests = kind(float(rng.uniform(0.02, 0.15)), *rng.uniform(0, 1, 3))
        assert _volume(mesh) > 0
        reach = (np.abs(proxy.poses[:, :3, :3]) * proxy.half[:, None]).sum(-1)
        low, high = (proxy.poses[:, :3, 3] - reach).min(0), (proxy.poses[:, :3, 3] + reach).max(0)
        assert np.abs(np.stack([low, high]) - mesh.bounds).max() < 0.05 * np.ptp(mesh.bounds, axis=0).max()
        assert rests


def test_drawn_solids_are_at_most_as_large_as_asked():
    rng = np.random.default_rng(2)
    spans = [np.ptp(solid(rng, 0.08).mesh.bounds, axis=0).max() for _ in range(40)]
    assert max(spans) <= 0.0801 < LARGEST


def test_turns_are_rotations_of_all_kinds():
    rng = np.random.default_rng(3)
    turns = np.stack([random_turn(rng)[:3, :3] for _ in range(500)])
    np.testing.assert_allclose(turns @ turns.transpose(0, 2, 1), np.broadcast_to(np.eye(3), turns.shape), atol=1e-12)
    assert np.abs(turns.mean(0)).max() < 0.1


def _volume(mesh: Mesh) -> float:
    """Returns the volume inside a mesh, by the divergence theorem; negative when it is inside out."""
    total, start = 0.0, 0
    for size in mesh.sizes:
        face = mesh.vertices[mesh.corners[start : start + size]]
        total += sum(float(np.linalg.det(np.stack([face[0], face[i], face[i + 1]]))) for i in range(1, size - 1))
        start += size
    return total / 6


def test_what_was_put_down_lies_on_the_table_and_in_nothing():
    for seed in range(6):
        for arrangement in ("scattered", "grid"):
            assert inspect(decided(seed, count=18, arrangement=arrangement, distractors=4)) == [], (seed, arrangement)


def test_an_inspector_notices_what_floats_and_what_sank():
    layout = decided(1, count=6, arrangement="scattered")
    thing = things(layout)[-1]
    for rise, text in ((0.006, "stands on nothing"), (-0.002, "overlap by")):
        poses = thing.poses.copy()
        poses[:, 2, 3] += rise
        changed = tuple(replace(item, poses=poses) if item is thing else item for item in layout.instances)
        assert any(thing.name in found and text in found for found in inspect(replace(layout, instances=changed)))


@pytest.mark.parametrize("interior", ("none", "home", "workshop", "laboratory"))
def test_rooms_hold_what_stands_along_their_walls_and_the_sun_comes_through_the_window(interior):
    for seed in range(3):
        scene = Tabletop(
            objects=Objects(count=4), room=Surroundings(interior=interior), light=Lighting(sun=1.0, ambient=0.5)
        )
        layout = plan(scene, SHOT, Seed(seed))
        around = [item for item in layout.instances if item.name.startswith(AROUND)]
        assert bool(around) == (interior != "none")
        for item in around:
            bounds = bounds_of(*boxes_of(item))
            assert (np.abs(bounds[:, :, :2]) <= np.array([WIDE, DEEP]) / 2 + 0.001).all(), item.name
            assert bounds[1, :, 2].max() < HIGH, item.name
        lamps = {lamp.name: lamp.pose for lamp in layout.lights}
        if around:
            (opening,) = [item for item in around if item.category == "window"]
            direction = opening.poses[0, :2, 3] @ lamps["sun"][:2, 3]
            assert direction > 0.9 * np.linalg.norm(opening.poses[0, :2, 3]) * np.linalg.norm(lamps["sun"][:2, 3])
            assert -lamps["window"][:2, 2] @ opening.poses[0, :2, 3] < 0  # it shines into the room


def test_prints_lie_within_the_cloth():
    rng = np.random.default_rng(4)
    for outline in (circle(0.6, 64), np.array([(0.7, 0.4), (-0.7, 0.4), (-0.7, -0.4), (0.7, -0.4)])):
        for mesh in (
            *(pattern(outline, 0.7, rng) for _ in range(8)),
            ruling(outline, 0.7),
            bores(outline, 0.7, 0.05, 0.008),
        ):
            edges = np.roll(outline, -1, 0) - outline
            away = mesh.vertices[:, None, :2] - outline
            assert (edges[:, 0] * away[..., 1] - edges[:, 1] * away[..., 0] > -2e-3).all()
            assert mesh.vertices[:, 2].max() == 0.7 and (mesh.sizes >= 3).all()


@pytest.mark.parametrize("surface", ("wood", "fabric", "print", "mat", "plastic"))
def test_things_stand_on_the_surface_that_is_seen(surface):
    made = table(TableSection(surface=surface, height=0.7), np.random.default_rng(5))
    mesh = made.assembly.shapes["table"]
    assert mesh.vertices[:, 2].max() == pytest.approx(0.7) == made.support.poses[0, 2, 3]
    assert mesh.slots.max() < len(made.assembly.instances[0].parts[0].materials)


@pytest.mark.parametrize("surface", ("wood", "print", "metal", "lacquer"))
@pytest.mark.parametrize("shape", ("rectangle", "oval"))
def test_what_use_left_lies_flat_on_the_table(surface, shape):
    made = table(TableSection(surface=surface, shape=shape, height=0.7), np.random.default_rng(5))
    clean, spilled = (traces(made, amount, amount, Seed(1)) for amount in (0.0, 1.0))
    count, more = (sum(len(item.poses) for item in found.scatters) for found in (clean, spilled))
    assert more > 4 * count
    for item in spilled.scatters:
        assert inside(made.outline, item.poses[:, :2, 3], 0.0).all(), item.name
        assert (item.poses[:, 2, 3] == 0.7).all()
        mesh = spilled.shapes[item.shape]
        assert mesh.bounds[0, 2] >= 0.0 and mesh.bounds[1, 2] < 0.004
    same = traces(made, 1.0, 1.0, Seed(1))
    assert all((one.poses == two.poses).all() for one, two in zip(spilled.scatters, same.scatters, strict=True))


def test_creases_are_furrows_in_what_was_flat_before():
    rng = np.random.default_rng(7)
    outline = circle(0.5, 64)
    for flat in (
        Mesh.from_faces(np.column_stack([outline, np.full(64, 0.7)]), [list(range(64))]),
        ruling(outline, 0.7),
    ):
        folds = creases(outline, rng)
        pressed = creased(flat, folds)
        assert _area(pressed) == pytest.approx(_area(flat), rel=1e-6)
        assert pressed.vertices[:, 2].max() == 0.7
        deepest = 0.7 - pressed.vertices[:, 2].min()
        assert max(deep for _, _, deep, _ in folds) - 1e-9 <= deepest < COVERS["print"] - PRINT


def _area(mesh: Mesh) -> float:
    """Returns the area of polygons seen from above."""
    total, start = 0.0, 0
    for size in mesh.sizes:
        x, y = mesh.vertices[mesh.corners[start : start + size], :2].T
        total += float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
        start += size
    return total


@pytest.mark.parametrize("container", ("tote", "tray"))
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_things_lie_in_the_container_that_is_asked_for(container, arrangement):
    category = {"tote": "storage_box", "tray": "tray"}[container]
    layout = decided(3, container=container, arrangement=arrangement, count=12, largest=0.1, distractors=0)
    (box, *others) = things(layout)
    assert box.category == category
    low, high = bounds_of(*boxes_of(box)).min(1)[0], bounds_of(*boxes_of(box)).max(1)[1]
    for item in others:
        bounds = bounds_of(*boxes_of(item))
        assert (bounds[0].min(0)[:2] > low[:2]).all() and (bounds[1].max(0)[:2] < high[:2]).all(), item.name
        assert bounds[0].min(0)[2] > low[2]
    assert layout.loose or inspect(layout) == []


def test_a_studio_s_lamps_are_in_softboxes_that_shine_freely():
    for seed in range(4):
        scene = Tabletop(objects=Objects(count=4), room=Surroundings(backdrop="studio"), light=Lighting(keys=3))
        layout = plan(scene, SHOT, Seed(seed))
        stands = {item.name: item for item in layout.instances if item.name.startswith(f"{AROUND}key")}
        keys = [lamp for lamp in layout.lights if lamp.name.startswith("key_")]
        assert len(keys) == 3 and len(stands) == 6
        for lamp in keys:
            box, stand = stands[f"{AROUND}{lamp.name}"], stands[f"{AROUND}{lamp.name}_stand"]
            assert layout.shapes[box.parts[0].shape].bounds[0, 2] >= 0.0  # nothing before its face
            np.testing.assert_allclose(box.poses[0], lamp.pose)
            back = (lamp.pose @ (0.0, 0.0, 0.2 + 0.3 * lamp.size, 1.0))[:3]
            np.testing.assert_allclose(stand.poses[0, :2, 3], back[:2], atol=1e-6)
            mesh = layout.shapes[stand.parts[0].shape]
            assert mesh.bounds[0, 2] >= 0.0 and abs(mesh.bounds[1, 2] - back[2]) < 0.02


def test_sizes_vary_by_a_stream_of_their_own():
    def parts(**objects):
        layout = decided(4, count=12, source="catalogue", random_materials=0.0, distractors=0, **objects)
        items = things(layout)
        return layout, [part for item in items for part in item.parts]

    own, true = parts()
    layout, drawn = parts(scale_spread=0.3)
    scales = np.array([layout.shapes[part.shape].scale for part in drawn])
    assert all(own.shapes[part.shape].scale == 1.0 for part in true)
    assert 0.2 < np.ptp(np.log(scales)) < 4 * 0.3
    before = {(part.shape, part.name): part for part in true}
    for part in drawn:  # the same things, farther apart or closer in themselves
        factor, old = layout.shapes[part.shape].scale, before[part.shape.split("@")[0], part.name]
        if part.proxy is not None:
            np.testing.assert_allclose(part.proxy.half, old.proxy.half * factor)
        np.testing.assert_allclose(part.rest[:3, 3], old.rest[:3, 3] * factor)
        if part.joint is not None and part.joint.kind == "slider":
            np.testing.assert_allclose(part.joint.limits, np.array(old.joint.limits) * factor)
    found = [boxes_of(item) for item in things(layout)]
    assert max(float(np.ptp(bounds_of(*each).reshape(-1, 3), axis=0).max()) for each in found) < 0.3 * np.sqrt(3)
