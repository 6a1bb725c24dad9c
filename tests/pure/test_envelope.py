"""The envelope: nothing interpenetrates or floats, windows sit in their holes, storeys close from below."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from buildee.generators.construction_site import boards, masonry, netting, windows
from buildee.generators.construction_site.envelope import envelope, opened
from buildee.generators.construction_site.frame import Building, FrameSpec, frame
from buildee.generators.construction_site.hoist import climbed, hoist, platform
from buildee.generators.construction_site.nets import STATES, nets
from buildee.generators.construction_site.pitched_slope import GAUGE, Slope
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.scaffold import GAP, ScaffoldSpec, level, scaffold
from buildee.generators.construction_site.scaffold_parts import BAY
from buildee.generators.construction_site.scaffolding import standing_lifts
from buildee.generators.construction_site.section import Envelope
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import boxes_in, interpenetration, unsupported
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly, Layout
from buildee.recipe.seed import Seed

STOREYS = 3
FACADES = ("brick", "block_render", "panel", "curtain")
PROGRESS = (0.61, 0.68, 0.8, 0.89, 0.93, 1.0)


@cache
def enclosed(facade, progress, seed=1, system="concrete") -> tuple[Building, Assembly, Assembly]:
    """Returns the frame as it was, what is left of it inside an envelope, and the envelope."""
    works = programme(progress, STOREYS)
    spec = FrameSpec(3, 2, storeys=STOREYS, storeys_done=works.storeys, system=system)
    building = frame(spec, np.random.default_rng(seed), enclosed=works.enclosed)
    said = Envelope(facade=facade)
    rest = opened(building, said, works, Seed(seed)).assembly
    return building, rest, envelope(building, said, works, Seed(seed))


def as_layout(*pieces):
    whole = Assembly.merged(pieces)
    return Layout("toy", 1, 25.0, whole.shapes, whole.instances, whole.scatters, ())


def bounds(assembly, item):
    """Returns (2, 3) of the box around an instance."""
    mesh = assembly.shapes[item.parts[0].shape]
    points = mesh.vertices @ item.poses[0][:3, :3].T + item.poses[0][:3, 3]
    return np.stack([points.min(0), points.max(0)])


@pytest.mark.parametrize("system", ["concrete", "steel"])
@pytest.mark.parametrize("facade", FACADES)
def test_nothing_interpenetrates_and_nothing_floats(facade, system):
    for number, progress in enumerate(PROGRESS):
        _, rest, skin = enclosed(facade, progress, number, system)
        layout = as_layout(rest, skin)
        assert interpenetration(layout) == []
        floating = unsupported(layout, lambda points: np.zeros(len(points)))
        assert [name for name in floating if name.startswith("envelope")] == []
        names = [item.name for item in layout.instances]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("facade", FACADES)
def test_storeys_close_from_below_and_nothing_is_ever_taken_back(facade):
    counts = [len(enclosed(facade, progress)[2].instances) for progress in PROGRESS]
    assert counts[0] > 0 and all(before < after for before, after in pairwise(counts[:4]))
    building, _, skin = enclosed(facade, 0.68)
    works = programme(0.68, STOREYS)
    tops = [bounds(skin, item)[1, 2] for item in skin.instances]
    assert max(tops) < building.floors[0].height + np.ceil(works.enclosed) * building.spec.storey_height + 0.1


def test_a_finished_building_is_whole():
    for facade in FACADES:
        building, rest, skin = enclosed(facade, 1.0)
        kinds = [item.category for item in skin.instances]
        bays = 2 * (3 + 2)
        assert kinds.count("window") >= bays * STOREYS - 2 and kinds.count("door") == 2
        assert kinds.count("roof_plant") >= 3 and kinds.count("roof") > bays
        assert not any("sheet_" in item.name for item in skin.instances)
        edge = [item for item in rest.instances if item.category == "guardrail" and "guardrail_" in item.name]
        assert edge == []
        low, high = np.array([bounds(skin, item) for item in skin.instances]).transpose(1, 0, 2)
        assert (low.min(0)[:2] < building.outline[0] - 0.13).all() and (
            high.max(0)[:2] > building.outline[1] + 0.13
        ).all()


@pytest.mark.parametrize("facade", ["brick", "block_render", "panel"])
def test_windows_sit_in_the_holes_of_their_walls(facade):
    building, _, skin = enclosed(facade, 1.0)
    fitted = [item for item in skin.instances if item.category == "window"]
    boxes = boxes_in(as_layout(skin))
    solid = {name.split("/body")[0] for name in boxes.names}
    height = building.spec.storey_height
    for item in fitted:
        assert item.name in solid
        x, y, z = item.poses[0][:3, 3]
        assert np.isclose(np.abs([x, y]) - building.outline[1], 0, atol=1e-6).any()  # in the plane of the slab edges
        sill = (z - building.floors[0].height) % height
        assert 0.1 < sill < 1.2
        assert bounds(skin, item)[1, 2] < z - sill + height - building.spec.slab


def test_equal_seeds_give_equal_envelopes_and_other_seeds_do_not():
    def hashed(seed):
        works = programme(0.8, STOREYS)
        spec = FrameSpec(3, 2, storeys=STOREYS, storeys_done=works.storeys)
        building = frame(spec, np.random.default_rng(0), enclosed=works.enclosed)
        return layout_hash(as_layout(envelope(building, Envelope(), works, Seed(seed))))

    assert hashed(3) == hashed(3) != hashed(4)


def test_edges_without_a_wall_keep_their_rails():
    for progress in (0.55, 0.62, 0.68):
        works = programme(progress, STOREYS)
        spec = FrameSpec(3, 2, storeys=STOREYS, storeys_done=works.storeys)
        building = frame(spec, np.random.default_rng(2), enclosed=works.enclosed)
        skin = envelope(building, Envelope(), works, Seed(2))
        rest = opened(building, Envelope(), works, Seed(2)).assembly
        level = int(works.enclosed)
        floor = building.floors[level].height
        if level == 0:
            continue
        low, high = building.outline
        length = sum(
            np.ptp(bounds(rest, item), axis=0)[:2].max()
            for item in rest.instances
            if f"guardrail_{level}_" in item.name
        )
        walls = sum(
            np.ptp(bounds(skin, item), axis=0)[:2].max()
            for item in skin.instances
            if item.name.startswith(f"envelope/wall_{level}_") and bounds(skin, item)[0, 2] >= floor - 1e-6
        )
        assert abs(length + walls - 2 * (high - low).sum()) < 4.0


def test_bricks_are_bricks_and_nothing_stands_over_a_hole_without_a_lintel():
    extent = masonry.Extent(0.0, 6.0, -0.1, 0.1025, 3.0)
    hole = masonry.Opening(2.0, 4.0, 0.9, 2.1)
    for share in np.linspace(0.1, 0.95, 12):
        wall = masonry.coursed(extent, masonry.BRICK, (hole,), float(share))
        over = wall.solid[(wall.solid[:, 0, 2] > 2.1 - 1e-6)]
        spanned = ((over[:, 0, 0] <= 1.86) & (over[:, 1, 0] >= 4.14) & (over[:, 0, 2] < 2.11)).any()
        assert spanned or not ((over[:, 0, 0] < 3.9) & (over[:, 1, 0] > 2.1)).any()
    rows = [masonry.cells(0.0, 6.0, course, masonry.BRICK.module) for course in (0, 1)]
    for row in rows:
        np.testing.assert_allclose(np.diff(row[1:-1], axis=1), masonry.BRICK.module)
        assert row[0, 0] == 0.0 and row[-1, 1] == 6.0
    np.testing.assert_allclose(rows[0][1, 0] - rows[1][0, 0], masonry.BRICK.module / 2)


def test_boards_cover_what_openings_leave():
    extent = masonry.Extent(0.0, 6.0, -0.1, 0.1, 3.0)
    hole = masonry.Opening(2.0, 4.0, 0.9, 2.1)
    made = boards.boarded(extent, (1.2, 0.6), (hole,))
    area = np.prod(made.solid[:, 1, ::2] - made.solid[:, 0, ::2], axis=1).sum()
    np.testing.assert_allclose(area, 6 * 3 - 2 * 1.2)


@pytest.mark.parametrize("state", ["clean", "labelled", "filmed"])
def test_windows_keep_within_their_openings(state):
    made = windows.window(1.35, 1.4, 0.25, 2, state)
    low, high = made.mesh.bounds
    assert low[0] >= 0 and high[0] <= 1.35 and high[2] <= 1.4 and low[1] >= -0.25 - 0.041
    assert (made.solid[:, 0, 2] >= 0).all()


@pytest.mark.parametrize("size", [(3, 2), (2, 3), (2, 2)])
@pytest.mark.parametrize("system", ["concrete", "steel"])
def test_a_pitched_roof_is_carried_clear_of_facade_core_and_scaffold(size, system):
    counts = []
    for progress in (0.78, 0.82, 0.86, 0.9, 1.0):
        works = programme(progress, STOREYS)
        spec = FrameSpec(*size, storeys=STOREYS, storeys_done=works.storeys, system=system, pitched=True)
        building = frame(spec, np.random.default_rng(5), enclosed=works.enclosed)
        skin = envelope(building, Envelope(facade="brick"), works, Seed(5))
        rest = opened(building, Envelope(facade="brick"), works, Seed(5)).assembly
        layout = as_layout(rest, skin)
        assert interpenetration(layout) == []
        assert unsupported(layout, lambda points: np.zeros(len(points))) == []
        roof = [item for item in skin.instances if item.category == "roof"]
        counts.append(len(roof))
        for item in roof:
            low, high = bounds(skin, item)
            # The inner standards of a scaffold stand 0.38 m from the slab's edge.
            assert (low[:2] > building.outline[0] - GAP + 0.0242).all()
            assert (high[:2] < building.outline[1] + GAP - 0.0242).all()
            assert high[2] <= building.top + 1e-6
    assert counts[-1] > counts[1] > 0 and counts[-1] == 1 + 3 * 4 + 1


def test_tiles_cover_their_slope_course_by_course():
    slope = Slope(18.0, 6.0, 0.82, True)
    for rows in (3, slope.courses):
        mesh = slope.tiled(rows, rows, 0).mesh
        x, y, z = mesh.vertices.T
        y = y - slope.rise * z  # above each other in plan
        assert (np.abs(x) <= slope.reach(np.maximum(y, 0.0)) + 1e-6).all()
        assert abs(y.max() - min(rows * GAUGE - 0.02, slope.run)) < 0.03 and z.min() > 0.25 and z.max() < 0.35


def test_sheets_hang_clear_of_the_scaffold_and_are_tied_to_it():
    run, pose = ScaffoldSpec(8, 5), pose_at()
    for seed in range(6):
        hung = nets([run], [pose], Envelope(netting=1.0), np.random.default_rng(seed))
        layout = as_layout(scaffold(run, np.random.default_rng(seed)), hung)
        assert interpenetration(layout) == []
        assert unsupported(layout, lambda points: np.zeros(len(points))) == []
        assert sum(item.category == "scaffold_net" for item in hung.instances) == 8
    for way, _ in STATES:
        for variant in range(6):
            mesh = netting.sheet(way, variant)
            cloth = mesh.vertices[np.unique(mesh.corners[np.repeat(mesh.slots != 1, mesh.sizes)])]
            # Clear of the braces outside the standards, and within the proxy.
            assert cloth[:, 1].min() > -0.73 - netting.REACH and cloth[:, 1].max() < -0.73 - 0.0712
            assert mesh.triangle_count < 1500
            cords = mesh.vertices[np.unique(mesh.corners[np.repeat(mesh.slots == 1, mesh.sizes)])]
            assert cords[:, 1].max() > -0.73 - 0.0242  # the surface of the standards


def test_nets_cover_parts_of_a_scaffold_and_seldom_all_of_a_side():
    runs, shares, wrapped = [ScaffoldSpec(7, 6), ScaffoldSpec(5, 6)], [], 0
    for seed in range(60):
        hung = nets(runs, [pose_at(), pose_at(0.0, 30.0)], Envelope(netting=0.5), np.random.default_rng(seed))
        counts = [0, 0]
        for item in hung.instances:
            counts[int(item.name.split("_")[1])] += len(item.parts) if item.category == "scaffold_net" else 0
        shares.append(sum(counts) / 72)
        wrapped += counts[0] >= 40 or counts[1] >= 28
    assert 0.4 < np.mean(shares) < 0.6 and 0 < wrapped <= 15
    bare = nets(runs, [pose_at()] * 2, Envelope(netting=0.0), np.random.default_rng(0))
    assert {item.category for item in bare.instances} <= {"banner"}


def test_a_hoist_climbs_beside_its_scaffold_and_no_net_hangs_there():
    run = ScaffoldSpec(5, 6)
    time = np.arange(0, 120, 2.0)
    for bay in range(5):
        top = level(run, run.lifts)
        lift = hoist("hoist", top, time, np.random.default_rng(bay)).moved(pose_at((bay + 0.18) * BAY))
        hung = nets([run], [pose_at()], Envelope(netting=1.0), np.random.default_rng(bay), (0, bay))
        whole = Assembly.merged([scaffold(run, np.random.default_rng(bay)), hung, lift])
        layout = Layout("toy", len(time), 0.5, whole.shapes, whole.instances, whole.scatters, ())
        assert interpenetration(layout) == []
        assert unsupported(layout, lambda points: np.zeros(len(points))) == []
        assert not any(item.name == f"net_0_{bay}" for item in hung.instances)
    climb = climbed(np.arange(0, 200, 0.1), 9.0)
    assert climb.min() == 0 and climb.max() == 9.0 and np.abs(np.diff(climb)).max() < 0.0421
    # It stays in the strip that is kept around the building.
    low = platform(True).bounds[0, 1]
    assert -low < 0.73 + 0.84


def test_the_scaffold_follows_the_frame_up_and_is_struck_from_the_top():
    lifts = []
    for progress in (0.3, 0.5, 0.7, 0.92, 0.95, 0.98, 1.0):
        works = programme(progress, 6)
        building = frame(FrameSpec(3, 2, storeys=6, storeys_done=works.storeys), np.random.default_rng(0))
        lifts.append(standing_lifts(building, works))
    assert lifts[0] < lifts[1] < lifts[2] == lifts[3] > lifts[4] > lifts[5] > lifts[6] == 0
    assert GAP - 0.2525 > 0.1 and GAP - 0.135 <= 0.3


def test_bricks_and_tubs_stand_on_decks_clear_of_ladders():
    for seed in range(5):
        run = scaffold(ScaffoldSpec(7, 4, loaded=(1, 3)), np.random.default_rng(seed))
        layout = as_layout(run)
        categories = {item.category for item in layout.instances}
        assert {"brick_stack", "bucket", "scaffold"} <= categories
        assert categories <= {"brick_stack", "bucket", "scaffold", "timber_stack", "cement_bag", "tool", "gas_bottle"}
        assert interpenetration(layout) == []
        assert unsupported(layout, lambda points: np.zeros(len(points))) == []
