"""The sun stands where published tables say, and sheds as much light."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from buildee.layout.sun import declination, illuminance, seen_from, sun_position


def test_worked_example_of_the_solar_position_algorithm():
    # Reda and Andreas, "Solar position algorithm for solar radiation applications", NREL/TP-560-34302, appendix A.5:
    # 17 October 2003, 12:30:30 at UTC-7, 39.742476 N 105.1786 W.
    days = 1385 + (19 + 30.5 / 60 - 12) / 24
    assert math.degrees(declination(days)) == pytest.approx(-9.31434, abs=0.02)
    elevation, bearing = seen_from(math.radians(39.742476), declination(days), math.radians(11.10590))
    assert 90 - math.degrees(elevation) == pytest.approx(50.11162, abs=0.05)
    assert math.degrees(bearing) == pytest.approx(194.34024, abs=0.05)


@pytest.mark.parametrize(
    ("day", "hour", "altitude", "from_south"),
    [(172, 8, 37.4, 90.7), (172, 10, 59.8, 65.8), (172, 12, 73.5, 0.0), (355, 9, 14.0, 41.9), (355, 12, 26.6, 0.0)],
)
def test_table_of_the_solstices(day, hour, altitude, from_south):
    # ASHRAE Handbook of Fundamentals, "Solar position and intensity, 40 degrees north latitude".
    elevation, bearing = sun_position(math.radians(40), day, hour)
    assert math.degrees(elevation) == pytest.approx(altitude, abs=0.1)
    assert 180 - math.degrees(bearing) == pytest.approx(from_south, abs=0.15)


def test_mornings_are_in_the_east_and_the_south_has_its_summer_in_january():
    assert 0 < sun_position(0.8, 80, 9.0)[1] < math.pi < sun_position(0.8, 80, 15.0)[1]
    assert sun_position(-0.8, 15, 12.0)[0] > sun_position(-0.8, 196, 12.0)[0]
    _, bearing = sun_position(-0.8, 15, 12.0)
    assert math.cos(bearing) == pytest.approx(1.0)  # at noon it stands in the north there
    assert sun_position(1.0, 172, 0.0)[0] < 0 < sun_position(1.3, 172, 0.0)[0]  # midnight sun beyond the polar circle


@pytest.mark.parametrize(("degrees", "lux"), [(-0.8, 453), (-6, 3.4), (-12, 0.008), (-18, 0.00065)])
def test_light_of_the_twilights(degrees, lux):
    # The limits of civil, nautical and astronomical twilight in the Explanatory Supplement to the Astronomical Almanac.
    assert illuminance(math.radians(degrees)) == pytest.approx(lux, rel=0.04)


def test_light_grows_with_the_sun_and_knows_no_jumps():
    levels = [illuminance(math.radians(tenth / 10)) for tenth in range(-250, 901)]
    assert all(b >= 0.999 * a for a, b in pairwise(levels))
    assert all(b < 1.35 * a for a, b in pairwise(levels))
    assert levels[0] == levels[50]
