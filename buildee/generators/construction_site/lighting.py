"""Sun and sky."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.section import Weather
from buildee.layout.exposure import exposure_for
from buildee.layout.scene import Sky


def sky(weather: Weather) -> Sky:
    """Returns the sky of a recipe; haze and cloud widen the sun."""
    return Sky(
        sun_elevation=float(np.deg2rad(weather.sun_elevation_deg)),
        sun_azimuth=float(np.deg2rad(weather.sun_azimuth_deg)),
        sun_size=0.0095 * (1 + 0.4 * weather.haze) * (1 + 12 * weather.cloud**2),
        dust=weather.haze,
        cloud=weather.cloud,
    )


OPEN_UP = 0.6
"""Stops over an average-grey reading: earth and shaded façades fill most of the frame, and a photographer who
exposes for the people in front of them opens up about this much."""


def exposure(sky: Sky) -> float:
    """Returns the exposure of a site under a sky, stops."""
    return exposure_for(sky) + OPEN_UP
