"""The concrete frame and its scaffold: sound meshes, true dimensions, contact, no interpenetration."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.generators.construction_site import concrete, falsework, formwork, guardrail, masonry, reinforcement
from buildee.generators.construction_site.frame import FrameSpec, frame
from buildee.generators.construction_site.frame_mats import WALKED
from buildee.generators.construction_site.scaffold import GAP, ScaffoldSpec, scaffold
from buildee.generators.construction_site.scaffold_parts import BAY
from buildee.layout.bars import bars
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration
from buildee.layout.kinematics import part_poses
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly, Layout, Mesh

STAGES = (0.0, 0.3, 1.0, 1.6, 2.45, 3.95, 4.0)


def at_stage(stage, seed=7, **more):
    return frame(FrameSpec(bays_x=3, bays_y=3, storeys=4, storeys_done=stage, **more), np.random.default_rng(seed))


def as_layout(assembly):
    return Layout("toy", 1, 25.0, assembly.shapes, assembly.instances, assembly.scatters, ())


def edges_of(mesh: Mesh) -> Counter:
    """Counts every directed edge; a closed, consistently turned mesh has each with its opposite."""
    counts: Counter = Counter()
    start = 0
    for size in mesh.sizes:
        ring = mesh.corners[start : start + size].tolist()
        counts.update(zip(ring, ring[1:] + ring[:1], strict=True))
        start += size
    return counts


def volume(mesh: Mesh) -> float:
    """Returns the signed volume: positive when the faces look outwards."""
    total, start = 0.0, 0
    for size in mesh.sizes:
        ring = mesh.vertices[mesh.corners[start : start + size]]
        total += np.einsum("ij,ij->", np.cross(ring[1:-1], ring[2:]), np.broadcast_to(ring[0], (size - 2, 3))) / 6
        start += size
    return total


CLOSED = {
    "plate": concrete.plate(((-4, -3), (4, 3)), [((-1, -1), (1, 1)), ((2, -1), (3, 1))], 0.24),
    "column": concrete.column_shaft(0.4, 3.0),
    "wall": concrete.wall_panel(5.0, 3.0, 0.22, ((0.5, 1.5), (2.0, 3.0))),
    "flight": concrete.flight(9, 0.18, 0.27, 1.2, 0.2),
    "bars": bars([(0, 0, 0), (1, 0, 0)], [(0, 0, 2), (1, 1, 1)], [0.1, 0.2]),
    "prop": formwork.prop(2.6, 1.6, tripod=True),
    "h20": formwork.timber_beam(3.9),
    "column_form": formwork.column_form(0.4, 3.0),
    "boards": guardrail.edge_protection(7.0, "boards"),
    "blocks": masonry.coursed(
        masonry.Extent(0.0, 5.5, 0.0, 0.14, 2.9), masonry.BLOCK, (masonry.Opening(1.5, 4.0, 1.0, 2.2),), 0.6
    ).mesh,
    "mat": reinforcement.mat(6.0, 2.3),
}


@pytest.mark.parametrize("name", CLOSED)
def test_solids_are_closed_and_look_outwards(name):
    edges = edges_of(CLOSED[name])
    assert all(edges[second, first] == count for (first, second), count in edges.items())
    assert volume(CLOSED[name]) > 0


def test_plates_and_walls_hold_the_concrete_that_their_openings_leave():
    # The arris of a plate takes half a chamfer squared off every metre of its edges, openings included.
    rim = 2 * (8 + 6) + 4 * 2 + 2 * (1 + 2)
    corner = concrete.CHAMFER**3
    np.testing.assert_allclose(
        volume(CLOSED["plate"]), (48 - 4 - 2) * 0.24 - rim * concrete.CHAMFER**2 / 2, atol=12 * corner
    )
    wall = (5.0 * 3.0 - 2 * concrete.DOOR_HEIGHT) * 0.22
    assert 0.99 * wall < volume(CLOSED["wall"]) < wall


def test_a_flight_rises_from_floor_to_the_edge_of_its_landing():
    mesh = CLOSED["flight"]
    np.testing.assert_allclose(mesh.bounds[:, 2], [0, 8 * 0.18], atol=1e-9)
    np.testing.assert_allclose(mesh.bounds[0], [-0.6, 0, 0], atol=1e-9)


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_in_a_frame_interpenetrates(stage):
    assert interpenetration(as_layout(at_stage(stage).assembly)) == []


@pytest.mark.parametrize("seed", range(4))
def test_scaffold_stands_clear_of_the_frame(seed):
    building = at_stage(3.6, seed)
    low = building.outline[0]
    run = scaffold(ScaffoldSpec(6, 4), np.random.default_rng(seed)).moved(pose_at(low[0], low[1] - GAP))
    assert interpenetration(as_layout(Assembly.merged([building.assembly, run]))) == []


@pytest.mark.parametrize("stage", STAGES)
def test_every_member_stands_on_a_floor(stage):
    building = at_stage(stage)
    heights = np.array([floor.height for floor in building.floors])
    for instance in building.assembly.instances:
        if instance.category in {"column", "core_wall", "masonry_wall", "stairs"}:
            assert np.abs(heights - instance.poses[0, 2, 3]).min() < 1e-9, instance.name
    for scatter in building.assembly.scatters:
        if scatter.category == "formwork_prop":
            bottom = building.assembly.shapes[scatter.shape].bounds[0, 2]
            assert np.abs(heights[:, None] - scatter.poses[:, 2, 3] - bottom).min(0).max() < 1e-9


def test_falsework_carries_the_slab_without_a_gap():
    building = at_stage(2.0)
    spec, shapes = building.spec, building.assembly.shapes
    soffit = building.floors[2].height - spec.slab
    tops = {"sheet": set(), "cross_beam": set(), "main_beam": set()}
    for scatter in building.assembly.scatters:
        for label, found in tops.items():
            if f"storey_1_{label}" in scatter.name:
                bounds = shapes[scatter.shape].bounds[:, 2]
                found |= {tuple(np.round(bounds + height, 6)) for height in scatter.poses[:, 2, 3]}
    (sheet,), (cross,), (main,) = tops["sheet"], tops["cross_beam"], tops["main_beam"]
    np.testing.assert_allclose(sheet[1], soffit)
    np.testing.assert_allclose([sheet[0], cross[0]], [cross[1], main[1]])


@pytest.mark.parametrize("stage", (2.3, 2.95))
def test_props_and_their_tripods_keep_clear_of_edges_columns_and_walls(stage):
    building = at_stage(stage)
    half = building.spec.column / 2
    boxes = [building.core, *(np.stack([column - half, column + half]) for column in building.columns)]
    found = 0
    for scatter in building.assembly.scatters:
        if scatter.category != "formwork_prop":
            continue
        reach = np.abs(building.assembly.shapes[scatter.shape].vertices[:, :2]).max()
        spots = scatter.poses[:, :2, 3]
        found += len(spots)
        assert (spots - reach > building.outline[0] + 0.1).all() and (spots + reach < building.outline[1] - 0.1).all()
        for low, high in boxes if "_core" not in scatter.name and "core_" not in scatter.name else boxes[1:]:
            assert ((spots + 0.06 < low) | (spots - 0.06 > high)).any(1).all()
            if scatter.name.endswith("tripod"):
                assert ((spots + 0.52 < low) | (spots - 0.52 > high)).any(1).all()
    assert found > 100


def test_progress_turns_starter_bars_into_forms_and_forms_into_columns():
    count = len(at_stage(1.0).columns)
    for stage, cast in ((1.05, 0), (1.3, 0.5), (1.55, 1.0)):
        building = at_stage(stage)
        standing = [item for item in building.assembly.instances if item.name.startswith("building/storey_1/column_")]
        kinds = Counter(item.category for item in standing)
        assert abs(kinds["column"] - cast * count) <= 1
        assert kinds["formwork"] <= count - kinds["column"]
    assert at_stage(1.4).deck is None
    soffit = at_stage(1.9).floors[-1].height + 3.2 - 0.24
    assert at_stage(1.75).deck == pytest.approx(soffit)
    assert at_stage(1.9).deck == pytest.approx(soffit + WALKED)


def test_free_areas_keep_clear_of_columns_and_core():
    building = at_stage(3.4)
    half = building.spec.column / 2
    for floor in building.floors:
        assert len(floor.free)
        for low, high in floor.free:
            nearest = np.maximum(low - building.columns, building.columns - high).max(1)
            assert (nearest > half + 0.3).all()
            assert (low > building.core[1]).any() or (high < building.core[0]).any()


def test_equal_seeds_build_equal_frames_and_other_seeds_do_not():
    hashes = [layout_hash(as_layout(at_stage(2.4, seed).assembly)) for seed in (3, 3, 4)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_finished_building_has_a_roof_and_no_starter_bars():
    building = at_stage(4.0)
    assert building.floors[-1].state == "roof"
    assert not [scatter for scatter in building.assembly.scatters if scatter.category == "starter_bar"]


@pytest.mark.parametrize(("field", "value"), [("bay", 3.0), ("storeys_done", 9.0), ("column", 0.9), ("bays_x", 1)])
def test_impossible_frames_are_refused_by_name(field, value):
    with pytest.raises(PlacementError, match=field):
        frame(FrameSpec(**{field: value}), np.random.default_rng(0))


def test_the_core_of_the_smallest_frame_stands_inside_its_columns():
    building = frame(FrameSpec(2, 2, 4.5, storeys_done=1.0, storey_height=4.0, wall=0.35), np.random.default_rng(0))
    assert (building.core[0] > building.columns.min(0) + 1.0).all()
    assert (building.core[1] < building.columns.max(0) - 1.0).all()
    assert len(building.columns) == 8


def test_beams_fill_a_span_with_stock_lengths():
    for span in (0.15, 0.9, 2.0, 3.9, 7.3, 18.8):
        pieces = falsework.lapped((1.0, 1.0 + span))
        ends = [(center - length / 2, center + length / 2) for center, length in pieces]
        assert all(low >= 1.0 - 1e-9 and high <= 1.0 + span + 1e-9 for low, high in ends)
        if span >= 2.0:
            assert all(length in formwork.BEAM_LENGTHS for _, length in pieces)
            assert all(right[0] < left[1] for left, right in pairwise(ends))
            assert ends[0][0] - 1.0 < 0.3 and 1.0 + span - ends[-1][1] < 0.3


def test_gaps_are_what_obstacles_leave():
    assert falsework.gaps((0, 10), [(4, 5), (-2, 1), (4.5, 6), (12, 13)]) == [(1, 4), (6, 10)]
    assert falsework.gaps((0, 10), [(-1, 11)]) == []


def test_edge_protection_keeps_en_13374():
    mesh = guardrail.edge_protection(9.0, "boards")
    levels = np.unique(np.round(mesh.vertices[mesh.corners[np.repeat(mesh.slots == 1, mesh.sizes)], 2], 3))
    assert levels.max() >= 1.0
    assert np.diff(levels).max() <= 0.47
    assert mesh.bounds[0, 0] >= -0.07 and mesh.bounds[1, 0] <= 9.07


def test_masonry_is_laid_by_course_and_racked():
    extent = masonry.Extent(0.0, 6.0, -0.1, 0.1025, 3.0)
    walls = [masonry.coursed(extent, masonry.BRICK, (), share) for share in (0.3, 0.6, 1.0)]
    assert walls[0].mesh.bounds[1, 2] < walls[1].mesh.bounds[1, 2] < walls[2].mesh.bounds[1, 2] == 3.0
    courses = [round(box[1, 2] / masonry.BRICK.course, 6) for box in walls[1].solid]
    assert all(number == round(number) for number in courses)
    top = walls[1].solid[walls[1].solid[:, 0, 2] > 0.9]
    np.testing.assert_allclose(np.diff(top[:, 1, 0]), -masonry.BRICK.module / 2)


def test_scaffold_has_the_dimensions_of_its_system():
    run = scaffold(ScaffoldSpec(5, 3, jack=0.2), np.random.default_rng(1))
    instance = run.instances[0]
    poses = part_poses(instance)[0]
    points = np.concatenate(
        [
            run.shapes[part.shape].vertices @ pose[:3, :3].T + pose[:3, 3]
            for part, pose in zip(instance.parts, poses, strict=True)
        ]
    )
    np.testing.assert_allclose(points[:, 2].min(), 0.0, atol=1e-9)
    assert 5 * BAY < np.ptp(points[:, 0]) < 5 * BAY + 0.3
    assert points[:, 1].max() < GAP
    decks = [pose[2, 3] for part, pose in zip(instance.parts, poses, strict=True) if part.name.startswith("deck_0")]
    np.testing.assert_allclose(np.diff(sorted(decks)), 2.0)
