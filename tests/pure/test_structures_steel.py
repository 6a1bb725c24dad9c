"""Steel frames and cores: real sections, members that bear on something, both systems through the whole programme."""

from collections import Counter

import numpy as np
import pytest

from buildee.generators.construction_site import steel_deck, steel_members, steel_sections, wall_formwork
from buildee.generators.construction_site.frame import Building, FrameSpec, frame
from buildee.generators.construction_site.programme import FOUNDATIONS, programme
from buildee.generators.construction_site.steel_sections import HEB, IPE
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration, unsupported
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Layout, Mesh

STAGES = (0.0, 0.3, 0.8, 1.35, 2.6, 4.0)
SYSTEMS = ("concrete", "steel")


def at_stage(stage: float, seed: int = 7, enclosed: float = 0.0, **more) -> Building:
    spec = FrameSpec(**{"bays_x": 3, "bays_y": 3, "storeys": 4, "storeys_done": stage, "system": "steel", **more})
    return frame(spec, np.random.default_rng(seed), enclosed=enclosed)


def as_layout(assembly) -> Layout:
    return Layout("toy", 1, 25.0, assembly.shapes, assembly.instances, assembly.scatters, ())


def volume(mesh: Mesh) -> float:
    total, start = 0.0, 0
    for size in mesh.sizes:
        ring = mesh.vertices[mesh.corners[start : start + size]]
        total += np.einsum("ij,ij->", np.cross(ring[1:-1], ring[2:]), np.broadcast_to(ring[0], (size - 2, 3))) / 6
        start += size
    return total


def is_closed(mesh: Mesh) -> bool:
    counts, start = Counter(), 0
    for size in mesh.sizes:
        ring = mesh.corners[start : start + size].tolist()
        counts.update(zip(ring, ring[1:] + ring[:1], strict=True))
        start += size
    return all(counts[second, first] == count for (first, second), count in counts.items())


def proxies(building: Building, *categories: str) -> np.ndarray:
    """Returns (N, 2, 3) world bounds of the proxies of upright or level things."""
    bounds = []
    for item in building.assembly.instances:
        if item.category in categories:
            poses, half = boxes_of(item)
            reach = (np.abs(poses[:, :3, :3]) * half[:, None]).sum(-1)
            bounds.append(np.stack([poses[:, :3, 3] - reach, poses[:, :3, 3] + reach], 1))
    return np.concatenate(bounds)


def touches(point: np.ndarray, boxes: np.ndarray, tolerance: float = 1e-3) -> bool:
    return bool(((point > boxes[:, 0] - tolerance) & (point < boxes[:, 1] + tolerance)).all(1).any())


def touching(pose: np.ndarray, middle: float, boxes: np.ndarray) -> np.ndarray:
    """Returns which boxes hold a beam's own middle."""
    point = (pose @ (middle, 0.0, -0.12, 1.0))[:3]
    return ((point > boxes[:, 0]) & (point < boxes[:, 1])).all(1)


@pytest.mark.parametrize(("section", "area"), [(IPE["IPE400"], 84.5), (HEB["HEB300"], 149.1), (HEB["HEB220"], 91.0)])
def test_rolled_sections_have_the_areas_of_their_tables(section, area):
    beam = steel_sections.level_member(section, 0.0, 2.0)
    assert volume(beam) / 2 * 1e4 == pytest.approx(area, rel=0.012)  # the fillets are cut straight
    np.testing.assert_allclose(np.ptp(beam.bounds, axis=0), (2.0, section.width, section.height))
    column = steel_sections.upright_member(section, 0.0, 2.0)
    assert volume(column) == pytest.approx(volume(beam))


def test_members_are_closed_and_look_outwards():
    end = steel_members.on_web(HEB["HEB240"])
    for mesh in (
        steel_members.beam(IPE["IPE330"], 5.7, steel_members.ON_FLANGE, steel_members.ON_WALL),
        steel_members.beam(IPE["IPE270"], 5.9, end, end),
        steel_members.column(HEB["HEB260"], 0.0, 6.95, "splice"),
        steel_members.column(HEB["HEB260"], 0.55, 6.2, "cap"),
        steel_members.cross_brace(5.7, 2.6, 0.1),
        steel_deck.decking(6.0, 0.1, 3.33),
        steel_deck.deck_bundle(5.9, 8),
        steel_deck.stud(),
    ):
        assert is_closed(mesh)
        assert volume(mesh) > 0


def test_decking_has_its_profile_wherever_it_is_cut():
    whole, cut = steel_deck.decking(1.0, 0.0, 2.07), steel_deck.decking(1.0, 0.5, 2.07)
    for mesh in (whole, cut):
        np.testing.assert_allclose(mesh.bounds[:, 2], (0.0, steel_deck.RIB + steel_deck.GAUGE))
    crests = {
        tuple(np.unique(np.round(mesh.vertices[mesh.vertices[:, 2] > steel_deck.RIB, 1], 6))) for mesh in (whole, cut)
    }
    first, second = sorted(crests, key=len)
    assert set(first) - {0.5} <= set(second)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("bay", "storey_height"), [(4.5, 4.0), (5.3, 3.6), (6.5, 2.9), (8.0, 3.2)])
def test_every_member_bears_on_something_that_stands_on_the_ground(stage, bay, storey_height):
    building = at_stage(stage, bay=bay, storey_height=storey_height)
    layout = as_layout(building.assembly)
    assert unsupported(layout, lambda points: np.zeros(len(points))) == []
    assert interpenetration(layout) == []


@pytest.mark.parametrize("bay", (4.5, 5.3, 6.5, 8.0))
def test_both_ends_of_every_beam_meet_a_column_a_beam_or_the_core(bay):
    building = at_stage(1.6, bay=bay, storey_height=3.6)
    bearing = proxies(building, "column", "core_wall", "beam")
    beams = [item for item in building.assembly.instances if "/beam_" in item.name]
    assert len(beams) > 30
    for item in beams:
        pose, proxy = item.poses[0], item.parts[0].proxy
        middle, half = proxy.poses[0, 0, 3], proxy.half[0, 0]
        others = bearing[~touching(pose, middle, bearing)]
        for end in (middle - half, middle + half):
            assert touches((pose @ (end, 0.0, -0.12, 1.0))[:3], others), item.name


@pytest.mark.parametrize("stage", STAGES)
def test_columns_stand_on_the_ground_slab_or_on_the_shaft_below(stage):
    building = at_stage(stage)
    shafts = [item for item in building.assembly.instances if "/column_" in item.name]
    assert shafts
    feet, heads = {}, {}
    for item in shafts:
        bounds = building.assembly.shapes[item.parts[0].shape].bounds
        place = tuple(np.round(item.poses[0, :2, 3], 6))
        low = item.poses[0, 2, 3] + bounds[0, 2]
        feet.setdefault(place, []).append(round(low, 4))
        heads.setdefault(place, []).append(round(item.poses[0, 2, 3] + bounds[1, 2] - 0.24, 4))
    for place, lows in feet.items():
        assert min(lows) == pytest.approx(building.floors[0].height)
        for low in lows[1:]:
            assert min(abs(low - head) for head in heads[place]) < 1e-3


def test_decking_lies_on_the_beams_and_people_walk_on_it():
    building = at_stage(2.6)
    beams = proxies(building, "beam")
    laid = [item for item in building.assembly.instances if item.name.endswith("/decking")]
    assert laid
    for item in laid:
        assert np.abs(beams[:, 1, 2] - item.poses[0, 2, 3]).min() < 1e-6
    crest = min(item.poses[0, 2, 3] for item in laid) + steel_deck.RIB
    assert building.deck is not None and -1e-9 < building.deck - crest < 0.05


def test_the_steel_is_ahead_of_the_decking_and_the_decking_of_the_concrete():
    building = at_stage(1.6, storeys=6)
    top = max(item.poses[0, 2, 3] for item in building.assembly.instances if "/beam_" in item.name)
    deck = max(item.poses[0, 2, 3] for item in building.assembly.instances if item.name.endswith("/decking"))
    assert top > deck > building.floors[-1].height
    assert building.top > top


@pytest.mark.parametrize("system", SYSTEMS)
def test_both_systems_plan_at_every_moment(system):
    heights = []
    for progress in np.arange(51) / 50:
        works = programme(float(progress), 4)
        spec = FrameSpec(2, 3, 5.4, storeys=4, storeys_done=works.storeys, system=system)
        building = frame(spec, np.random.default_rng(3), has_slab=works.has_slab, enclosed=works.enclosed)
        assert interpenetration(as_layout(building.assembly)) == [], progress
        assert (len(building.floors) > 0) == works.has_slab
        assert bool(building.assembly.instances) == works.has_slab
        heights.append(building.top)
        assert building.system == system and len(building.columns) and building.clear > 2.2
    assert (np.array(heights)[: int(FOUNDATIONS * 50)] < 0.5).all()
    assert heights[-1] > 4 * 3.2


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_grid_is_known_before_anything_stands(system):
    spec = FrameSpec(storeys_done=0.0, system=system)
    before = frame(spec, np.random.default_rng(5), has_slab=False)
    after = frame(spec, np.random.default_rng(5))
    for name in ("outline", "ground_outline", "core", "columns"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert before.spec == after.spec


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_topped_out_frame_has_parapet_and_core_head_and_no_falsework(system):
    building = at_stage(4.0, system=system)
    assert [floor.state for floor in building.floors] == ["clear"] * 4 + ["roof"]
    roof = building.floors[-1].height
    kinds = Counter(item.category for item in (*building.assembly.instances, *building.assembly.scatters))
    assert not {"formwork", "formwork_prop", "starter_bar", "rebar_cage", "steel_section"} & set(kinds)
    parapet = next(item for item in building.assembly.instances if item.name == "building/parapet")
    bounds = building.assembly.shapes[parapet.parts[0].shape].bounds + parapet.poses[0, :3, 3]
    np.testing.assert_allclose(bounds[:, :2], building.outline)
    np.testing.assert_allclose(bounds[:, 2], (roof, roof + building.parapet[1]))
    assert building.top > roof + 2.5


@pytest.mark.parametrize("system", SYSTEMS)
def test_edge_protection_stands_until_the_facade_is_on(system):
    def protected(enclosed: float) -> set[str]:
        items = at_stage(4.0, enclosed=enclosed, system=system).assembly.instances
        return {item.name.rsplit("_", 1)[0] for item in items if "/guardrail_" in item.name}

    assert protected(0.0) == {f"building/guardrail_{level}" for level in (1, 2, 3, 4)}
    assert protected(2.5) == {f"building/guardrail_{level}" for level in (2, 3, 4)}
    assert protected(4.0) == set()


def test_equal_seeds_erect_equal_frames_and_other_seeds_do_not():
    hashes = [layout_hash(as_layout(at_stage(1.7, seed).assembly)) for seed in (3, 3, 4)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_core_walls_are_caged_then_formed_then_free():
    seen = []
    for stage in (1.02, 1.08, 1.2, 1.4):
        assembly = at_stage(stage, system="concrete").assembly
        names = [item.name for item in (*assembly.instances, *assembly.scatters)]
        found = {
            kind
            for kind in ("wall_starters_", "wall_cage_", "form_south", "core_west")
            if any(name.startswith(f"building/storey_1/{kind}") for name in names)
        }
        seen.append(found)
    assert seen == [{"wall_starters_"}, {"wall_cage_"}, {"wall_cage_", "form_south"}, {"wall_starters_", "core_west"}]


@pytest.mark.parametrize("climbing", (False, True))
def test_wall_forms_are_closed_and_stand_against_the_wall(climbing):
    form = wall_formwork.wall_form(5.06, 2.96, climbing)
    assert is_closed(form) and volume(form) > 0
    faces = form.vertices[form.corners[np.repeat(form.slots == 0, form.sizes)]]
    np.testing.assert_allclose((faces[:, 1].min(), faces[:, 1].max()), (0.0, 0.021), atol=1e-9)
    assert is_closed(wall_formwork.shaft_form(2.5, 4.9, 2.96))


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_hole_beside_the_core_is_covered(system):
    assembly = at_stage(2.6, system=system).assembly
    covers = [item for item in assembly.instances if "/hole_cover_" in item.name]
    assert len(covers) == 4  # two on either cast upper level
    slab = next(item for item in assembly.instances if item.name == "building/slab_1")
    rims = assembly.shapes[slab.parts[0].shape].vertices[:, :2]
    for item in covers:
        poses, half = boxes_of(item)
        low, high = poses[0, :2, 3] - half[0, :2], poses[0, :2, 3] + half[0, :2]
        inside = rims[((rims > low) & (rims < high)).all(1)]
        assert len(inside) >= 4  # the corners of the hole
        np.testing.assert_allclose((inside.min(0) + inside.max(0)) / 2, item.poses[0, :2, 3], atol=1e-6)


def test_safety_nets_hang_from_beams_that_have_no_decking():
    spec = FrameSpec(3, 3, storeys=4, storeys_done=1.3, system="steel")
    building = frame(spec, np.random.default_rng(4))
    nets = [item for item in building.assembly.instances if "safety_net" in item.name]
    decking = [item for item in building.assembly.instances if item.name.endswith("/decking")]
    assert nets and decking
    floor = max(item.height for item in building.floors)
    for item in nets:
        mesh = building.assembly.shapes[item.parts[0].shape]
        low, high = mesh.bounds + item.poses[0][:3, 3]
        assert low[2] > floor + 1.9  # people walk below
        assert not any(np.isclose(high[2], other.poses[0][2, 3], atol=0.02) for other in decking)
    done = frame(FrameSpec(3, 3, storeys=4, storeys_done=4.0, system="steel"), np.random.default_rng(4))
    assert not any("safety_net" in item.name for item in done.assembly.instances)
