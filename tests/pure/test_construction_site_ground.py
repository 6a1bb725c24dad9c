"""The height field: sampled where its triangles are, cut without gaps, noise that never changes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from buildee.generators.construction_site.frame import Building as Frame
from buildee.generators.construction_site.frame import FrameSpec, frame
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.groundworks import groundworks
from buildee.generators.construction_site.noise import fractal, lattice, value_noise
from buildee.generators.construction_site.pit_works import pit_works
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.schemes import organised
from buildee.generators.construction_site.section import Building, ConstructionSite, Crew, Lot, Stores, Weather
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.terrain import Heap, Terrain, shape
from buildee.layout.contact import interpenetration, unsupported
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Layout
from buildee.recipe.seed import Seed


def _area(mesh: Mesh) -> float:
    a, b, c = np.moveaxis(mesh.vertices[mesh.corners.reshape(-1, 3)], 1, 0)
    normal = np.cross(b - a, c - a)
    assert (normal[:, 2] > 0).all()  # every triangle looks up
    return float(normal[:, 2].sum() / 2)


def _ground() -> Ground:
    x = np.array([-3.0, -1.5, 0.0, 0.5, 2.0])
    y = np.array([-2.0, 0.0, 0.7, 3.0])
    return Ground(x, y, np.random.default_rng(5).normal(size=(5, 4)))


def test_height_is_the_triangle_s() -> None:
    ground = _ground()
    z = ground.z
    np.testing.assert_allclose(ground.height([(-1.5, 0.7), (2.0, 3.0)]), [z[1, 2], z[4, 3]])
    # Below the diagonal of the first cell: the triangle low, right, high at shares u = 0.75, v = 0.25.
    point = (-3.0 + 0.75 * 1.5, -2.0 + 0.25 * 2.0)
    expected = z[0, 0] + 0.75 * (z[1, 0] - z[0, 0]) + 0.25 * (z[1, 1] - z[1, 0])
    assert ground.height(point) == pytest.approx(expected)


def test_normal_matches_the_slope() -> None:
    x, y = np.linspace(0, 4, 5), np.linspace(0, 4, 5)
    ground = Ground(x, y, 0.3 * x[:, None] - 0.2 * y[None, :])
    normal = ground.normal([(1.3, 2.2), (3.1, 0.4)])
    expected = np.array([-0.3, 0.2, 1.0]) / np.linalg.norm([-0.3, 0.2, 1.0])
    np.testing.assert_allclose(normal, [expected, expected], atol=1e-12)


def test_regions_tile_the_ground_and_lie_on_it() -> None:
    ground = _ground()
    x, y = np.meshgrid(ground.x, ground.y, indexing="ij")
    cells = np.zeros((4, 3), bool)
    cells[0, 0] = True
    levels = [("disc", np.hypot(x - 0.4, y - 0.6) - 1.3), ("half", x - 0.2)]
    meshes = ground.regions(levels, {"corner": cells}, "rest")
    assert set(meshes) == {"disc", "half", "corner", "rest"}
    assert sum(_area(mesh) for mesh in meshes.values()) == pytest.approx(5.0 * 5.0)
    for mesh in meshes.values():
        np.testing.assert_allclose(ground.height(mesh.vertices[:, :2]), mesh.vertices[:, 2], atol=1e-9)
    assert meshes["half"].vertices[:, 0].max() <= 0.2 + 1e-9


def test_noise_never_changes() -> None:
    np.testing.assert_allclose(lattice([0, 1, -7], [0, 5, 3], 42), GOLDEN_LATTICE, atol=1e-15)
    assert value_noise(1.25, -3.5, 2.0, 7) == pytest.approx(GOLDEN_NOISE, abs=1e-14)


def test_noise_is_smooth_and_bounded() -> None:
    x = np.linspace(0, 20, 4001)
    noise = fractal(x, 0 * x, 3.0, 4, 11)
    assert np.abs(noise).max() <= 1.0
    assert np.ptp(noise) > 0.5
    assert np.abs(np.diff(noise)).max() < 0.02


GOLDEN_LATTICE = [-0.849138189773829, 0.3364919003477125, 0.027074643326462144]
GOLDEN_NOISE = 0.4155640348544416


def _scene(**fields: object) -> ConstructionSite:
    """Returns a bare site: lot fields by their names, `progress` and `wetness` of the others."""
    progress, wetness = float(fields.pop("progress", 0.5)), float(fields.pop("wetness", 0.4))
    return ConstructionSite(
        lot=Lot(**fields),
        building=Building(progress=progress, bays_x=3, bays_y=2),
        stores=Stores(0, 0, 2, 0, 0, 0, 0, 0.0),
        crew=Crew(0, 0),
        weather=Weather(wetness=wetness),
    )


def _planned(seed: int = 3, **fields: object) -> tuple[ConstructionSite, Frame, Plot, Terrain]:
    scene = _scene(**fields)
    building = frame(FrameSpec(bays_x=3, bays_y=2, storeys_done=0.0), np.random.default_rng(seed))
    plot = next(organised(scene, tuple(np.ptp(building.ground_outline, axis=0)), Seed(seed)))
    heaps = [Heap("stockpile.0", *plot.stores.point(0, 0), 2.4, 1.3, 0.0, Material("gravel"))]
    return scene, building, plot, shape(scene, plot, heaps, [], 77)


def test_meshes_of_the_land_tile_it_and_carry_its_paint() -> None:
    _, _, _, land = _planned()
    dry = [item for item in land.assembly.instances if item.category != "puddle"]
    meshes = [land.assembly.shapes[item.parts[0].shape] for item in dry]
    extent = np.ptp(land.ground.x) * np.ptp(land.ground.y)
    assert sum(_area(mesh) for mesh in meshes) == pytest.approx(extent, rel=1e-9)
    for mesh in meshes:
        assert mesh.paint.shape == (len(mesh.vertices), 8)
        np.testing.assert_allclose(land.ground.height(mesh.vertices[:, :2]), mesh.vertices[:, 2], atol=1e-4)


def test_crushed_stone_frays_across_the_edge_of_the_road() -> None:
    _, _, _, land = _planned()
    road = land.assembly.shapes["terrain/haul_road"].paint[:, 0]
    soil = land.assembly.shapes["terrain/ground"].paint[:, 0]
    assert np.percentile(road, 1) >= 2.99  # the paint's edge is the region's, but for the border of the lot
    assert road.max() > 5.0
    assert np.median(soil) < 1.0


def test_water_is_level_and_lies_over_the_ground_that_it_meets_at_its_rim() -> None:
    for seed in range(3):
        _, _, _, land = _planned(seed, wetness=0.8)
        puddles = [land.assembly.shapes[i.parts[0].shape] for i in land.assembly.instances if i.category == "puddle"]
        assert len(puddles) >= 3
        for mesh in puddles:
            assert np.ptp(mesh.vertices[:, 2]) < 1e-9
            depth = mesh.vertices[0, 2] - land.ground.height(mesh.vertices[:, :2])
            assert depth.min() > -1e-4 and depth.max() < 0.32
            np.testing.assert_allclose(mesh.paint[:, 0], np.maximum(depth, 0), atol=2e-4)
            # A border edge belongs to one triangle: there water and ground meet.
            corners = mesh.corners.reshape(-1, 3)
            edges = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), 1)
            unique, count = np.unique(edges, axis=0, return_counts=True)
            assert np.abs(depth[unique[count == 1]]).max() < 2e-4


def test_dry_ground_holds_only_the_sump_s_water() -> None:
    _, _, _, land = _planned(wetness=0.0)
    assert sum(item.category == "puddle" for item in land.assembly.instances) == 1


@pytest.mark.parametrize("sides", ["battered", "sheet_piled"])
def test_a_pit_is_as_deep_as_asked_and_leaves_the_ground_around_alone(sides: str) -> None:
    _, _, plot, land = _planned(pit_sides=sides, pit_depth=2.4)
    rim = plot.pit
    floor = land.ground.height(rim.points([(0.0, 0.0), (0.2, 0.1), (-0.2, -0.1)]))
    assert np.abs(floor + 2.4).max() < 0.3
    outside = land.ground.height(rim.grown(0.4).points([(-1, -1), (1, -1), (1, 1), (-1, 1), (0, 1), (0, -1)]))
    assert outside.min() > -0.4
    just_in = land.ground.height(rim.grown(-0.1).points([(0, 1), (0, -1)]))
    assert (just_in < -2.0).all() if sides == "sheet_piled" else (just_in > -0.5).all()


def test_a_ramp_leads_into_a_battered_pit_at_a_gradient_that_lorries_climb() -> None:
    _, _, plot, land = _planned(pit_depth=2.4, width=74.0, depth=64.0)
    way = plot.dig.ramp
    heights = land.ground.height(way.points([(share, 0.0) for share in np.linspace(-0.95, 0.95, 12)]))
    assert heights[0] > -0.5 and heights[-1] < -2.0
    steps = np.diff(heights) / (way.length * 0.95 / 11)
    assert steps.min() > -0.4 and steps.max() < 0.12


def test_the_edge_of_the_world_is_behind_hills() -> None:
    _, _, _, land = _planned()
    angle = np.linspace(0, 2 * np.pi, 73)
    eye = np.array([0.0, 0.0, 45.0])
    for bearing in np.column_stack([np.cos(angle), np.sin(angle)]):
        reach = 1890.0 / np.abs(bearing).max()
        distance = np.linspace(100, reach, 200)
        slope = (land.ground.height(distance[:, None] * bearing) - eye[2]) / distance
        assert slope.max() > 0.0  # land rises to the height of the eye before it ends


def test_the_dig_grows_from_one_end() -> None:
    lengths = [_planned(progress=progress)[2].pit.length for progress in (0.0, 0.06, 0.1, 0.15)]
    assert lengths == sorted(lengths) and lengths[0] < 0.85 * lengths[-1]
    _, _, plot, _ = _planned(progress=0.15)
    assert plot.pit == plot.dig.whole
    assert plot.pit.overhang(plot.lot) <= 0 and plot.building.overhang(plot.pit) <= 0


@pytest.mark.parametrize("progress", [0.13, 0.16, 0.19, 0.219])
def test_foundations_follow_the_programme_and_stand_on_their_blinding(progress: float) -> None:
    scene, building, plot, land = _planned(progress=progress)
    works = programme(progress, scene.building.storeys)
    made = groundworks(building, plot, works, land.ground, Seed(5))
    names = [item.name for item in (*made.instances, *made.scatters)]
    assert len(names) == len(set(names))
    count = Counter(item.category for item in (*made.instances, *made.scatters))
    assert count["blinding"] > 0
    if progress > 0.21:
        pads = [item for item in made.instances if item.category == "footing" and "pad" in item.name]
        raft = next(item for item in made.instances if item.name == "foundation/raft")
        low, high = made.shapes[raft.parts[0].shape].bounds[:, :2] + raft.poses[0, :2, 3]
        columns = building.columns + np.array([plot.building.x, plot.building.y])
        on_raft = ((columns > low) & (columns < high)).all(1).sum()
        assert len(pads) + on_raft == len(building.columns)  # every column is founded
        assert count["formwork"] == 0
    for item in made.instances:
        if item.category != "blinding":
            continue
        mesh = made.shapes[item.parts[0].shape]
        vertices = mesh.vertices[:, :2] + item.poses[0, :2, 3]
        ground = land.ground.height(vertices)
        assert (ground < item.poses[0, 2, 3] + 1e-3).all(), item.name  # its top is clear of the formation
        assert (ground > item.poses[0, 2, 3] - 0.13).all(), item.name
    layout = Layout("test", 1, 1.0, made.shapes, made.instances, made.scatters, ())
    assert [str(overlap) for overlap in interpenetration(layout)] == []
    assert unsupported(layout, land.ground.height) == []


def test_sheet_piles_close_the_pit() -> None:
    _, _, plot, land = _planned(pit_sides="sheet_piled")
    made = pit_works(plot, land.ground, Seed(5))
    piles = [item for item in made.instances if item.category == "sheet_pile"]
    (length, width) = plot.pit.length, plot.pit.width
    assert len(piles) * 1.2 == pytest.approx(2 * length + 2 * (width - 0.9), abs=0.01)
    depth = made.shapes[piles[0].parts[0].shape].bounds
    assert depth[1, 1] - depth[0, 1] == pytest.approx(0.43, abs=0.002)  # PU 18
    for item in piles:
        foot, head = item.poses[0, 2, 3], item.poses[0, 2, 3] + depth[1, 2]
        assert foot < -plot.pit_depth - 0.5 and 0.0 < head < 0.3
    layout = Layout("test", 1, 1.0, made.shapes, made.instances, made.scatters, ())
    assert [str(overlap) for overlap in interpenetration(layout)] == []
    assert unsupported(layout, land.ground.height) == []
    assert Counter(item.category for item in made.instances)["guardrail"] >= 3


def test_the_hose_lies_on_the_ground() -> None:
    _, _, plot, land = _planned()
    made = pit_works(plot, land.ground, Seed(5))
    hose = made.shapes["ground/hose"].vertices
    clear = hose[:, 2] - land.ground.height(hose[:, :2])
    assert np.median(clear) < 0.1 and clear.min() > -0.06
