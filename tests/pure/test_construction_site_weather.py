"""Sun, lamps, rain and exposure of a site."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import buildee
from buildee.generators.construction_site import lamps, lighting
from buildee.generators.construction_site.rain import SHEDS, rained_on
from buildee.generators.construction_site.section import Lot, Weather
from buildee.layout.exposure import extinction, lamplight
from buildee.layout.kinematics import part_poses
from buildee.layout.scene import Assembly, Layout
from buildee.recipe import loads

NIGHT = Weather(sun_elevation_deg=-12.0)


@pytest.fixture(scope="module")
def night() -> Layout:
    weather = "  weather:\n    lighting_towers: 4\n    wetness: 0.9\n    sun_elevation_deg: -12\n"
    recipe = re.sub(r"  weather:\n(    .*\n)*", weather, buildee.shipped("construction_site").read_text())
    return buildee.plan(loads(recipe).override(frames=1), 0)


def test_the_sun_follows_the_hour_and_the_street():
    noon = Weather(hour=12.0, day=172, latitude_deg=40.0)
    elevation, azimuth = lighting.sun(noon)
    assert math.degrees(elevation) == pytest.approx(73.5, abs=0.1)
    assert math.degrees(azimuth) == pytest.approx(-90, abs=0.01)  # over the front street, which faces south
    _, azimuth = lighting.sun(replace(noon, hour=8.0))
    assert math.degrees(azimuth) == pytest.approx(0.7, abs=0.2)  # a little north of east, which is +X here
    _, azimuth = lighting.sun(replace(noon, front_bearing_deg=90.0))
    assert math.degrees(azimuth) == pytest.approx(180, abs=0.01) or math.degrees(azimuth) == pytest.approx(-180)
    told = Weather(sun_elevation_deg=20.0, sun_azimuth_deg=10.0)
    assert np.rad2deg(lighting.sun(told)) == pytest.approx([20.0, 10.0])


@pytest.mark.parametrize(("degrees", "burn"), [(30.0, False), (1.0, False), (-2.0, True), (-12.0, True)])
def test_lamps_are_switched_on_when_the_sun_has_set(degrees, burn):
    weather = Weather(sun_elevation_deg=degrees)
    assert lighting.lamps_on(weather, lighting.sky(weather, np.random.default_rng(0))) is burn
    assert lighting.lamps_on(replace(weather, lamps="on"), lighting.sky(weather, np.random.default_rng(0)))
    assert not lighting.lamps_on(replace(weather, lamps="off"), lighting.sky(weather, np.random.default_rng(0)))


def test_every_raised_tower_shines_from_its_head_down_on_the_works(night):
    shining = {light.name: light for light in night.lights}
    raised = [
        thing
        for thing in night.instances
        if thing.category == "lighting_tower" and part_poses(thing)[0, 1, 2, 3] > thing.poses[0, 2, 3] + 3.5
    ]
    assert len(raised) >= 4
    for thing in raised:
        light = shining.pop(f"{thing.name}/head/light")
        assert np.linalg.norm(light.pose[:3, 3] - part_poses(thing)[0, 1, :3, 3]) < 0.8
        ahead = -light.pose[:3, 2]
        assert math.degrees(math.asin(-ahead[2])) == pytest.approx(40, abs=4)
        assert np.dot(ahead[:2], part_poses(thing)[0, 1, :2, 0]) > 0.7
    assert not [name for name in shining if "tower" in name]


def test_town_offices_and_crane_glow_and_street_lamps_are_few(night):
    glowing = {
        category: sum(material.glow > 0 for material in materials)
        for category, materials in [
            *((thing.category, [m for part in thing.parts for m in part.materials]) for thing in night.instances),
            *((thing.category, thing.materials) for thing in night.scatters),
        ]
        if any(material.glow > 0 for material in materials)
    }
    assert {"lighting_tower", "light_pole", "site_office", "building", "tower_crane"} <= set(glowing)
    poles = [light for light in night.lights if light.name.startswith("lamps/")]
    assert 0 < len(poles) <= lamps.STREET_LAMPS
    assert all(light.pose[2, 3] > 5.5 and light.pose[2, 2] == pytest.approx(1.0) for light in poles)


def test_a_lit_site_gets_the_light_that_rules_ask_for_and_is_exposed_for_it(night):
    lit = lamplight(night.lights, 66 * 58) * 25000
    assert 20 < lit < 120  # EN 12464-2 asks for 20 to 50 lux on building sites
    dark = lighting.exposure(lighting.sky(NIGHT, np.random.default_rng(0)), Lot(), ())
    assert night.exposure < dark - 3


def test_rain_wets_all_that_is_outdoors_and_little_of_it_only_the_ground(night):
    wetness = {
        material.wetness
        for thing in night.instances
        for part in thing.parts
        for material in part.materials
        if material.kind not in SHEDS
    }
    assert min(wetness) == pytest.approx((0.9 - 0.3) / 0.7)
    things = Assembly(night.shapes, night.instances, night.scatters)
    assert rained_on(things, 0.2) is things


def test_exposure_opens_up_as_the_sun_goes_down():
    levels = [
        lighting.exposure(
            lighting.sky(Weather(sun_elevation_deg=degrees, cloud=0.1), np.random.default_rng(0)), Lot(), ()
        )
        for degrees in (60, 40, 20, 8, 2, 0, -2, -5, -9)
    ]
    assert all(later > earlier for earlier, later in pairwise(levels))


def test_haze_is_what_the_visibility_says():
    assert extinction(lighting.sky(Weather(visibility_km=2.0), np.random.default_rng(0))) == pytest.approx(3.912 / 2000)
    clean, dusty = (extinction(lighting.sky(Weather(haze=haze), np.random.default_rng(0))) for haze in (0.0, 5.0))
    assert dusty == pytest.approx(6 * clean)
