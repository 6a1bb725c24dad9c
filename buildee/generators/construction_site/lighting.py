"""Sun, sky and exposure."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.section import Weather
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


def exposure(weather: Weather) -> float:
    """Returns the stops that keep the picture's middle grey in place as the sun sinks or clouds gather."""
    height = np.sin(np.deg2rad(weather.sun_elevation_deg))
    return float(np.clip(-0.55 * np.log2((0.12 + height) / 0.74), 0.0, 1.6))
