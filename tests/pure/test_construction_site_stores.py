"""Stores are kept as on real sites: ways are clear, goods stand in rows, the boundary closes, a lorry fits the gate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee.generators.construction_site.fencing import fencing
from buildee.generators.construction_site.furnishing import EQUIPMENT, MATERIALS, ROW_PITCH, TOOLS, cabins, furnish
from buildee.generators.construction_site.guiding import INSIDE, guide
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.props.signs import NOTICES
from buildee.generators.construction_site.schemes import organised
from buildee.generators.construction_site.section import ConstructionSite, Stores
from buildee.generators.construction_site.site import INSET, reserved
from buildee.layout.motion import smooth_path
from buildee.layout.placement import boxes_of
from buildee.recipe.seed import Seed


class Flat:
    """Level ground."""

    def height(self, points):
        return np.zeros(np.shape(points)[:-1])


def kept(seed, **stores):
    """The plot and everything that stands on it before machines and people come."""
    scene = ConstructionSite(stores=replace(Stores(), **stores))
    plot = next(organised(scene, (24.4, 18.4), Seed(seed).child("plot")))
    taken = reserved(scene, plot)
    stands = cabins(2, 3, plot, taken, Seed(seed).child("cabins"))
    stands += furnish(scene, plot, taken, Seed(seed).child("furnishing"))
    stands += guide(scene, plot, taken, smooth_path(plot.road), Seed(seed).child("guiding"))
    return plot, stands


@pytest.mark.parametrize("seed", range(4))
def test_roads_turning_head_and_walkway_stay_clear(seed):
    plot, stands = kept(seed, order=0.3)
    along = np.linspace(-1, 1, 9)
    rim = np.array([(x, y) for x in along for y in (-1, 1)] + [(x, y) for x in (-1, 1) for y in along])
    for stand in stands:
        assert plot.road_distance(stand.footprint.points(rim)).min() > -0.02, stand.name
        for way in plot.walkway:
            assert not stand.footprint.is_near(way.grown(-0.12), 0.0), stand.name
    assert sum("walkway" in stand.name for stand in stands) >= 8


def test_people_can_get_from_their_gate_to_the_building():
    plot, _ = kept(0)
    assert 1 <= len(plot.walkway) <= 2  # on either side of a road that crosses it
    for way in plot.walkway:
        assert way.x == pytest.approx(plot.wicket[0])
        assert plot.road_distance(way.points([(-1, 0), (1, 0)])).min() > 0.5


def test_goods_stand_in_rows_when_kept_in_order():
    def in_rows(order):
        share = []
        for seed in range(3):
            plot, stands = kept(seed, order=order)
            first = plot.stores.y - plot.yard * (plot.stores.width / 2 - 1.0)
            rows = np.array([(first - s.footprint.y) / ROW_PITCH for s in stands if ".materials." in s.name])
            share.append(np.mean(np.abs(rows - np.round(rows)) < 0.01))
        return np.mean(share)

    assert in_rows(1.0) > 0.75
    assert in_rows(0.0) < 0.2


def test_like_goods_lie_together_when_kept_in_order():
    _, stands = kept(1, order=1.0, materials=30)
    goods = [stand for stand in stands if ".materials." in stand.name]
    x = np.array([stand.footprint.x for stand in goods])
    kinds = np.array([stand.model.category for stand in goods])
    twins = [np.ptp(x[kinds == kind]) for kind in ("block_stack", "plywood_stack", "timber_stack")]
    assert np.median(twins) < 0.5 * np.ptp(x)


@pytest.mark.parametrize("boundary", ["mesh", "hoarding", "mixed"])
def test_the_boundary_closes_the_lot_and_a_lorry_fits_the_gate(boundary):
    plot, _ = kept(2)
    made = fencing(boundary, plot, Flat(), Seed(5))
    kinds = {item.category for item in made.instances if item.name.startswith("fence.")}
    assert kinds == {"mesh": {"fence"}, "hoarding": {"hoarding"}, "mixed": {"fence", "hoarding"}}[boundary]
    line = INSET - plot.depth / 2
    covered = []
    for item in made.instances:
        poses, half = boxes_of(item)
        reach = (np.abs(poses[:, :2, :2]) * half[:, None, :2]).sum(-1)
        tall = half[:, 2] > 0.8
        near = np.abs(poses[:, 1, 3] - line) < 0.6
        covered += [(x - r, x + r) for x, r in zip(poses[tall & near, 0, 3], reach[tall & near, 0], strict=True)]
        if item.name not in ("gate", "wicket"):
            aside = np.abs(poses[:, 0, 3] - plot.gate[0]) - reach[:, 0] > 3.0
            clear = aside | (poses[:, 1, 3] - reach[:, 1] > line + 2)
            assert clear.all(), item.name
    x = np.arange(-plot.width / 2 + 0.6, plot.width / 2 - 0.6, 0.1)
    open_at = x[~np.any([(low <= x) & (x <= high) for low, high in covered], axis=0)]
    beside = np.minimum(np.abs(open_at - plot.gate[0]) - 4.5, np.abs(open_at - plot.wicket[0]) - 1.2)
    assert (beside < 0).all(), open_at[beside >= 0]


def test_no_two_pallets_are_alike():
    for kind in ("block_stack", "brick_stack", "cement_stack"):
        drawn = [PROPS[kind](np.random.default_rng(seed)) for seed in range(16)]
        looks = {tuple((part.shape, part.materials) for part in model.parts) for model in drawn}
        assert len(looks) == len(drawn)


def test_what_is_dealt_out_exists():
    dealt = {*TOOLS, *(kind for kind, _ in EQUIPMENT), *(kind for kinds in MATERIALS.values() for kind in kinds)}
    assert dealt <= set(PROPS)
    assert set(INSIDE) <= set(NOTICES)
