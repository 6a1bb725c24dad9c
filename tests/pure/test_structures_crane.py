"""The tower crane: joints that bring the hook where it is sent, a rope that never parts, smooth lifts."""

from itertools import pairwise

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.generators.construction_site import crane_hook, rigging
from buildee.generators.construction_site.crane_lift import (
    HOIST_SPEED,
    SLEW_SPEED,
    HookPoint,
    Lift,
    load_poses,
    travel_time,
    travelled,
)
from buildee.generators.construction_site.crane_load import LOADS, crane_load
from buildee.generators.construction_site.tower_crane import CraneSpec, hook_values, tower_crane
from buildee.layout.kinematics import part_poses, translation

SPECS = (CraneSpec(), CraneSpec(20.0, 30.0), CraneSpec(63.0, 60.0))


def placed(spec, *where):
    return tower_crane(spec).placed("crane", translation((3.0, -2.0, 0.5)), hook_values(spec, *where))


def named(instance, name):
    index = next(index for index, part in enumerate(instance.parts) if part.name == name)
    return part_poses(instance)[:, index]


@pytest.mark.parametrize("spec", SPECS)
def test_the_hook_goes_where_it_is_sent(spec):
    slew = np.array([0.0, 1.2, -2.5])
    radius = np.array([spec.radius[0], 12.0, spec.jib])
    height = np.array([0.3, 4.0, spec.highest_hook])
    crane = placed(spec, slew, radius, height)
    bowl = named(crane, "hook") @ tower_crane(spec).markers["hook/load"]
    wanted = np.stack([3.0 + radius * np.cos(slew), -2.0 + radius * np.sin(slew), 0.5 + height], -1)
    np.testing.assert_allclose(bowl[:, :3, 3], wanted, atol=1e-9)


@pytest.mark.parametrize("spec", SPECS)
def test_the_rope_hangs_together_from_trolley_to_hook_block(spec):
    model = tower_crane(spec)
    for height in (0.3, 7.0, spec.highest_hook):
        crane = placed(spec, 0.3, 15.0, height)
        spans = []
        for index in range(spec.ropes + 1):
            low, high = model.shapes[f"tower_crane/rope_{index}"].bounds[:, 2]
            z = named(crane, f"rope_{index}")[0, 2, 3]
            spans.append((z + low, z + high))
        trolley, hook = named(crane, "trolley")[0, 2, 3], named(crane, "hook")[0, 2, 3]
        np.testing.assert_allclose(spans[0][1], trolley + crane_hook.SHEAVE, atol=1e-9)
        assert spans[-1][0] <= hook + 1e-9 and spans[-1][0] > hook - 0.1
        for upper, lower in pairwise(spans):
            assert lower[1] >= upper[0] and lower[1] <= spans[0][1] + 1e-9


def test_the_rope_grows_thinner_downwards_so_that_no_two_surfaces_coincide():
    spec = CraneSpec()
    shapes = tower_crane(spec).shapes
    widths = [np.ptp(shapes[f"tower_crane/rope_{index}"].vertices[:, 1]) for index in range(spec.ropes + 1)]
    assert (np.diff(widths) < 0).all()


@pytest.mark.parametrize("where", [(0.0, 1.0, 10.0), (0.0, 80.0, 10.0), (0.0, 20.0, -1.0), (0.0, 20.0, 60.0)])
def test_places_out_of_reach_are_refused(where):
    with pytest.raises(PlacementError, match="reach"):
        hook_values(CraneSpec(), *where)


@pytest.mark.parametrize(("field", "value"), [("height", 5.0), ("jib", 200.0)])
def test_sizes_outside_the_class_are_refused(field, value):
    with pytest.raises(PlacementError, match=field):
        tower_crane(CraneSpec(**{field: value}))


def test_values_stay_within_the_joints_limits():
    spec = CraneSpec()
    lift = Lift(HookPoint(0.0, 40.0, 2.0), HookPoint(2.0, 10.0, 14.0), 27.0)
    values = hook_values(spec, *lift.at(np.linspace(-5, lift.duration + 5, 400)))
    for part in tower_crane(spec).parts:
        if part.joint is not None:
            low, high = part.joint.limits
            assert values[part.name].min() >= low - 1e-9 and values[part.name].max() <= high + 1e-9


def test_a_lift_starts_and_ends_where_it_should_and_keeps_to_its_speeds():
    lift = Lift(HookPoint(0.2, 40.0, 2.0), HookPoint(2.0, 10.0, 14.0), 27.0)
    time = np.linspace(0.0, lift.duration, 4001)
    slew, radius, height = lift.at(time)
    np.testing.assert_allclose([slew[0], radius[0], height[0]], [0.2, 40.0, 2.0], atol=1e-9)
    np.testing.assert_allclose([slew[-1], radius[-1], height[-1]], [2.0, 10.0, 14.0], atol=1e-9)
    step = time[1]
    assert np.abs(np.diff(slew)).max() / step <= SLEW_SPEED * 1.001
    assert np.abs(np.diff(height)).max() / step <= HOIST_SPEED * 1.001
    assert height.max() == pytest.approx(27.0)
    moving = np.abs(np.diff(slew)) > 1e-12
    assert (height[:-1][moving] > 27.0 - 1e-4).all()


@pytest.mark.parametrize("distance", [0.0, 0.01, -0.4, 3.0, -50.0])
def test_trapezoid_moves_cover_their_distance_without_a_jerk(distance):
    total = travel_time(distance, 1.0, 0.25)
    time = np.linspace(-1.0, total + 1.0, 3001)
    way = travelled(distance, 1.0, 0.25, time)
    np.testing.assert_allclose([way[0], way[-1]], [0.0, distance], atol=1e-9)
    step = time[1] - time[0]
    assert np.abs(np.diff(way, 2)).max() <= 0.25 * step**2 * 1.001 + 1e-9


@pytest.mark.parametrize("kind", LOADS)
def test_a_load_hangs_in_the_hook_and_rests_on_its_own_foot(kind):
    spec = CraneSpec()
    load = crane_load(kind, np.random.default_rng(4))
    (mesh,) = load.shapes.values()
    crane = placed(spec, [0.0, 0.5], [20.0, 25.0], [12.0, 14.0])
    ring = load_poses(crane, load) @ load.markers["body/ring"]
    bowl = named(crane, "hook") @ tower_crane(spec).markers["hook/load"]
    np.testing.assert_allclose(ring, bowl, atol=1e-9)
    assert -0.03 < mesh.bounds[0, 2] < 0.03
    assert mesh.slots.max() + 1 == len(load.parts[0].materials)


def test_the_master_link_lies_in_the_bowl_of_the_hook():
    hook = crane_hook.hook_block().moved(z=crane_hook.HOOK).vertices
    bowl = hook[(np.abs(hook[:, 0]) < 0.03) & (hook[:, 2] > 0.079) & (hook[:, 2] < 0.3)]
    bowl = bowl[np.argsort(np.abs(bowl[:, 1]))]
    link = rigging.master_link(0.0).vertices
    bar = link[link[:, 2] > rigging.BELOW + 1.8 * rigging.LINK[1]]
    gaps = bar[:, 2] - np.interp(np.abs(bar[:, 1]), np.abs(bowl[:, 1]), bowl[:, 2])
    assert 0.0 < gaps.min() < 0.006
    assert rigging.LINK[0] - rigging.LINK[2] > np.abs(bowl[:, 1]).max() + 0.01


@pytest.mark.parametrize("kind", LOADS)
def test_gear_is_thick_enough_to_be_seen_and_reaches_the_hook(kind):
    load = crane_load(kind, np.random.default_rng(1))
    (mesh,) = load.shapes.values()
    gear = mesh.vertices[mesh.corners[np.repeat(mesh.slots == mesh.slots.max(), mesh.sizes)]]
    ring = load.markers["body/ring"][2, 3]
    assert gear[:, 2].max() == pytest.approx(ring + rigging.BELOW + 2 * rigging.LINK[1] + rigging.LINK[2], abs=1e-3)
    leg = rigging.chain_leg((0, 0, 0), (0, 0, 2.0))
    assert 0.03 < np.ptp(leg.vertices[:, 0]) < 0.06
    assert np.ptp(leg.vertices[:, 1]) == pytest.approx(np.ptp(leg.vertices[:, 0]), abs=2e-3)
    assert np.ptp(leg.vertices[:, 2]) == pytest.approx(2.0, abs=0.03)
