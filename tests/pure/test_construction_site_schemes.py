"""How sites are laid out: every scheme leaves each zone its room, sites differ, a recipe may ask for one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.generators.construction_site.pit_works import guarded
from buildee.generators.construction_site.schemes import SCHEMES, organised
from buildee.generators.construction_site.section import Building, ConstructionSite, Lot
from buildee.generators.construction_site.site import GATE_WIDTH, SCAFFOLD_CLEARANCE, Plot, along
from buildee.layout.placement import Footprint
from buildee.recipe.seed import Seed

OUTLINE = (24.4, 18.4)


def _plot(seed: int, scheme: str = "any", progress: float = 0.5, **lot: object) -> Plot:
    scene = ConstructionSite(lot=replace(Lot(), scheme=scheme, **lot), building=replace(Building(), progress=progress))
    return next(organised(scene, OUTLINE, Seed(seed).child("plot")))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("seed", range(6))
def test_zones_keep_clear_of_each_other(scheme: str, seed: int) -> None:
    plot = _plot(seed, scheme, pit_sides=("battered", "sheet_piled")[seed % 2], width=70.0, depth=62.0)
    crane = Footprint(*plot.crane, 0.0, 6.0, 6.0)
    edge = np.linspace(-1, 1, 21)
    rim = np.array([(x, y) for x in edge for y in (-1, 1)] + [(x, y) for x in (-1, 1) for y in edge])
    for zone in (plot.building.grown(SCAFFOLD_CLEARANCE), crane, plot.dig.rim.grown(0.6)):
        assert zone.overhang(plot.lot) < 0
        assert plot.road_distance(zone.points(rim)).min() > 0
    assert not plot.dig.rim.is_near(plot.building.grown(SCAFFOLD_CLEARANCE), 0.0)
    assert not crane.is_near(plot.dig.rim, 0.5) and not crane.is_near(plot.building, 1.5)
    aside, _ = along(plot.road, plot.dig.rim.points([(0.0, -1.0)]))
    assert 7.0 < abs(aside[0]) - plot.road_width / 2 < 16.0  # an excavator between the rim and the lorries
    for gate in (plot.gate[0] - GATE_WIDTH / 2, plot.gate[0] + GATE_WIDTH / 2, plot.wicket[0]):
        assert abs(gate) < plot.width / 2 - 3.0
    assert np.hypot(*(plot.stores.corners - plot.crane).T).max() < 60  # what the longest jib reaches


def test_sites_differ_and_keep_their_scheme_while_they_are_built() -> None:
    plots = [_plot(seed, width=70.0, depth=62.0) for seed in range(24)]
    ways = Counter((len(plot.road) > 4, plot.yard, plot.entry, round(float(plot.dig.rim.yaw), 1)) for plot in plots)
    assert len(ways) >= 6 and max(ways.values()) <= 10
    for seed in range(6):
        early = _plot(seed, progress=0.15, width=70.0, depth=62.0)
        np.testing.assert_array_equal(early.road, plots[seed].road)
        assert early.building == plots[seed].building and early.dig.foundations


def test_a_scheme_that_does_not_fit_is_refused_with_the_field_to_change() -> None:
    with pytest.raises(PlacementError, match=r"scene\.lot"):
        _plot(1, "around", width=46.0, depth=46.0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edge_protection_closes_three_sides_of_a_pit(scheme: str) -> None:
    plot = _plot(3, scheme, width=70.0, depth=62.0)
    strips = guarded(plot.dig)
    assert not any(one.is_near(two, 0.0) for n, one in enumerate(strips) for two in strips[n + 1 :])
    for strip in strips:
        assert 0.2 < plot.dig.rim.distance(strip.points([(0, 0)]))[0] < 0.5
        if plot.dig.ramp is not None:
            assert strip.separation(plot.dig.ramp) > 0
