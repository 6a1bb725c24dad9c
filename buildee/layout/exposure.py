"""How bright daylight is, and how a photographer would expose for it.

Units: irradiance relative to the one that makes a white card send out a radiance of 1, times pi. So a level
card of 18 % reflectance has a radiance of 0.18 when the irradiance on it is pi, which is what `GAIN` makes
of a clear sky with the sun at 45 degrees.
"""

from __future__ import annotations

import math

import numpy as np

from buildee.layout.material import Color
from buildee.layout.scene import Sky

GAIN = 0.031
"""From the radiance of Blender's physical sky to ours."""

WHITE_BALANCE: Color = (0.88, 1.0, 1.15)
"""Gains of a camera set to daylight: sun and sky at 45 degrees together come out neutral."""

SKY_SHARE = 2.0
"""The physical sky counts light that was scattered once; measured clear skies give 15 to 20 % of the light on
level ground, it gives 9 %, so its radiance is raised by this."""

# Measured on Blender 4.5's sky (NISHITA, ozone 1, air 1; 5.0's SINGLE_SCATTERING agrees within 1 %) from panoramas
# with the sun disc on and off: extinction follows exp(-depth * air mass) within 3 % above 10 degrees of sun.
_OUTSIDE = np.array([164.0, 144.0, 135.0])
_DEPTH_AIR = np.array([0.054, 0.106, 0.245])
_DEPTH_DUST = 0.027
_ELEVATION = np.deg2rad([0.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0])
_SKY_AIR = np.array([1.5, 2.35, 3.7, 5.0, 6.0, 6.4, 6.75, 6.95, 7.1])
_SKY_DUST = np.array([-0.1, -0.05, 0.1, 0.45, 1.15, 1.55, 1.95, 2.15, 2.25])


def air_mass(elevation: float) -> float:
    """Returns how many vertical atmospheres the light of a sun at `elevation` (radians) crosses.

    Kasten and Young, "Revised optical air mass tables", Applied Optics 28 (1989).
    """
    degrees = max(math.degrees(elevation), 0.0)
    return 1 / (math.sin(math.radians(degrees)) + 0.50572 * (degrees + 6.07995) ** -1.6364)


def beam_share(cloud: float) -> float:
    """Returns the share of the sun's beam that a cloud cover (0..1) lets through: all up to half covered."""
    ramp = min(max((cloud - 0.5) / 0.45, 0.0), 1.0)
    return 1.0 - ramp * ramp * (3.0 - 2.0 * ramp)


def sunlight(sky: Sky) -> Color:
    """Returns the linear RGB irradiance of the sun on a face that looks straight at it."""
    depth = _DEPTH_AIR + _DEPTH_DUST * sky.dust
    clear = _OUTSIDE * np.exp(-depth * air_mass(sky.sun_elevation) * math.exp(-sky.altitude / 8400))
    sinking = min(max(sky.sun_elevation / math.radians(1.0) + 0.5, 0.0), 1.0)
    scale = GAIN * sky.strength * beam_share(sky.cloud) * sinking
    r, g, b = (float(value) for value in clear * scale * WHITE_BALANCE)
    return (r, g, b)


def skylight(sky: Sky) -> float:
    """Returns the luminance of what the sky without the sun sheds on level ground."""
    air = np.interp(sky.sun_elevation, _ELEVATION, _SKY_AIR)
    dust = np.interp(sky.sun_elevation, _ELEVATION, _SKY_DUST)
    clear = GAIN * SKY_SHARE * sky.strength * max(float(air + dust * sky.dust), 0.2)
    return clear * (1 - sky.cloud) + overcast_light(sky) * sky.cloud


def overcast_light(sky: Sky) -> float:
    """Returns the luminance that a closed cloud deck sheds on level ground: a third of the clear sun's."""
    height = max(math.sin(sky.sun_elevation), 0.02)
    return math.pi * 0.42 * sky.strength * height**0.9


def exposure_for(sky: Sky) -> float:
    """Returns the stops that show a sky as a photographer would: 0 at 45 degrees of clear sun.

    Nine tenths of what full compensation asks for, so that dusk and rain still look darker than noon.
    """
    red, green, blue = sunlight(sky)
    beam = (0.2126 * red + 0.7152 * green + 0.0722 * blue) * max(math.sin(sky.sun_elevation), 0.0)
    return 0.9 * math.log2(math.pi / (beam + skylight(sky)))
