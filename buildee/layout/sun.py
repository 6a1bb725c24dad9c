"""Where the sun stands at a place, a day and an hour, and how light it is on the ground."""

from __future__ import annotations

import math

YEAR_START = 9132
"""Days from J2000.0 (noon of 1 January 2000) to noon of 1 January 2025. Which year it is matters by a quarter of a
degree at most: leap days shift the calendar against the sun by up to a day."""


def declination(days: float) -> float:
    """Returns how far the sun stands north of the equator, radians.

    The Astronomical Almanac's low-precision formula, good to 0.01 degree from 1950 to 2050 (also in Michalsky, "The
    Astronomical Almanac's algorithm for approximate solar position (1950-2050)", Solar Energy 40, 1988).

    Args:
        days: since J2000.0.
    """
    mean_longitude = math.radians(280.460 + 0.9856474 * days)
    mean_anomaly = math.radians(357.528 + 0.9856003 * days)
    longitude = mean_longitude + math.radians(1.915 * math.sin(mean_anomaly) + 0.020 * math.sin(2 * mean_anomaly))
    obliquity = math.radians(23.439 - 0.0000004 * days)
    return math.asin(math.sin(obliquity) * math.sin(longitude))


def sun_position(latitude: float, day: int, hour: float) -> tuple[float, float]:
    """Returns the sun's elevation above the horizon and its compass bearing, radians.

    Refraction, half a degree at the horizon and a sixtieth at 45 degrees, is left out.

    Args:
        latitude: radians, north positive.
        day: of the year, 1 is 1 January.
        hour: solar time: at 12 the sun stands highest.
    """
    lean = declination(YEAR_START + day - 1 + (hour - 12) / 24)
    return seen_from(latitude, lean, math.radians(15 * (hour - 12)))


def seen_from(latitude: float, lean: float, hour_angle: float) -> tuple[float, float]:
    """Returns elevation and compass bearing of a star, radians.

    Args:
        latitude: of the place, radians.
        lean: the star's declination, radians.
        hour_angle: how far it has passed the meridian, westwards, radians.
    """
    up = math.sin(latitude) * math.sin(lean) + math.cos(latitude) * math.cos(lean) * math.cos(hour_angle)
    east = -math.cos(lean) * math.sin(hour_angle)
    north = math.cos(latitude) * math.sin(lean) - math.sin(latitude) * math.cos(lean) * math.cos(hour_angle)
    return math.asin(min(max(up, -1.0), 1.0)), math.atan2(east, north) % (2 * math.pi)


# Coefficients of log10 lux in elevation / 90 degrees, from the lowest elevation in degrees on where they hold.
_ILLUMINANCE = (
    (20.0, (3.74, 3.97, -4.07, 1.47)),
    (5.0, (3.05, 13.28, -45.98, 64.33)),
    (-0.8, (2.88, 22.26, -207.64, 1034.30)),
    (-5.0, (2.88, 21.81, -258.11, -858.36)),
    (-12.0, (2.70, 12.17, -431.69, -1899.83)),
    (-18.0, (13.84, 262.72, 1447.42, 2797.93)),
)


def illuminance(elevation: float) -> float:
    """Returns the lux that a clear sky with its sun sheds on level ground; constant below -18 degrees.

    Janiczek and DeYoung, "Computer programs for sun and moon illuminance", US Naval Observatory Circular 171 (1987).

    Args:
        elevation: of the sun, radians.
    """
    degrees = max(math.degrees(elevation), -18.0)
    terms = next(terms for low, terms in _ILLUMINANCE if degrees >= low)
    share = degrees / 90
    return float(10 ** sum(term * share**power for power, term in enumerate(terms)))
