"""Sun, sky and exposure, and whether the lamps are on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.construction_site.section import Lot, Weather
from buildee.layout.exposure import LUX, daylight, exposure_for, lamplight
from buildee.layout.pictures import sky_of
from buildee.layout.scene import Light, Sky
from buildee.layout.sun import sun_position

OPEN_UP = 0.8
"""Stops over an average-grey reading: earth and shaded façades fill most of the frame, and a photographer who
exposes for the people in front of them opens up about this much."""

DUSK = 400.0
"""Daylight on level ground below which lamps are switched on, lux; the clear sun has just set then."""

TOWN_GLOW = 0.02
"""Luminance of the night sky over a town, cd/m2: ten times a dark one's 0.002 (Falchi and others, "The new world atlas
of artificial night sky brightness", Science Advances 2, 2016, class of inner cities)."""

CLEAN_AIR = 40e3
"""Visibility without dust, metres."""


def sky(weather: Weather, rng: np.random.Generator) -> Sky:
    """Returns the sky of a recipe; haze and cloud widen the sun; `rng` draws one of several panoramas."""
    image, picture = sky_of(weather.hdri, "scene.weather.hdri", rng)
    elevation, azimuth = sun(weather)
    visibility = weather.visibility_km
    return Sky(
        sun_elevation=elevation,
        sun_azimuth=azimuth,
        sun_size=0.0095 * (1 + 0.4 * weather.haze) * (1 + 12 * weather.cloud**2),
        dust=weather.haze,
        cloud=weather.cloud,
        visibility=CLEAN_AIR / (1 + weather.haze) if visibility is None else visibility * 1e3,
        town=TOWN_GLOW,
        image=image,
        image_turn=float(np.deg2rad(weather.hdri_turn_deg)),
        strength=weather.hdri_strength if weather.hdri is not None else 1.0,
        picture=picture,
    )


def sun(weather: Weather) -> tuple[float, float]:
    """Returns the sun's elevation and azimuth (counter-clockwise from +X), radians, as told or by the hour."""
    if weather.hour is None:
        return float(np.deg2rad(weather.sun_elevation_deg)), float(np.deg2rad(weather.sun_azimuth_deg))
    elevation, bearing = sun_position(float(np.deg2rad(weather.latitude_deg)), weather.day, weather.hour)
    # The front street lies at -90 degrees; bearings run clockwise.
    azimuth = -np.pi / 2 + np.deg2rad(weather.front_bearing_deg) - bearing
    return elevation, float((azimuth + np.pi) % (2 * np.pi) - np.pi)


def lamps_on(weather: Weather, sky: Sky) -> bool:
    """Returns whether lamps burn."""
    if weather.lamps == "auto":
        return daylight(sky) * LUX < DUSK
    return weather.lamps == "on"


def exposure(sky: Sky, lot: Lot, lights: Sequence[Light]) -> float:
    """Returns the exposure of a site under a sky and its own lamps, stops."""
    return exposure_for(sky, lamplight(lights, lot.width * lot.depth)) + OPEN_UP
