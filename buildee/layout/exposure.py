"""How bright daylight and lamps are, and how a photographer would expose for them.

Units: irradiance relative to the one that makes a white card send out a radiance of 1, times pi. So a level
card of 18 % reflectance has a radiance of 0.18 when the irradiance on it is pi, which is what `GAIN` makes
of a clear sky with the sun at 45 degrees; that is 78 000 lux.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from buildee.layout.material import Color
from buildee.layout.scene import Light, Sky
from buildee.layout.sun import illuminance

LUX = 25000.0
"""Lux in a unit of irradiance, and cd/m2 in a unit of radiance."""

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
_ELEVATION = np.deg2rad([5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0])
_SKY_AIR = np.array([3.7, 5.0, 6.0, 6.4, 6.75, 6.95, 7.1])
_SKY_DUST = np.array([0.1, 0.45, 1.15, 1.55, 1.95, 2.15, 2.25])

LOWEST = math.radians(-4.5)
"""Elevation of the lowest sun whose colours the physical sky shows well: below, its light that was scattered once
dies away much faster than the real sky's."""

# The irradiance of the physical sky under a low sun, dust 1, which is off what the twilight sheds by up to three times.
_LOW = np.deg2rad([-4.5, -4.0, -3.0, -2.0, -1.0, 0.0, 2.0, 5.0])
_LOW_AIR = np.array([0.0345, 0.0594, 0.156, 0.345, 0.655, 1.105, 2.25, 3.79])


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
    overcast = overcast_light(sky)
    return clear_light(sky) * (1 - sky.cloud) + overcast * sky.cloud + town_light(sky)


def clear_light(sky: Sky) -> float:
    """Returns the luminance that the cloudless sky sheds on level ground, the glow of towns aside."""
    lowest = float(_ELEVATION[0])
    air = np.interp(sky.sun_elevation, _ELEVATION, _SKY_AIR)
    dust = np.interp(sky.sun_elevation, _ELEVATION, _SKY_DUST)
    clear = GAIN * SKY_SHARE * float(air + dust * sky.dust)
    if sky.sun_elevation < lowest:
        # At sunset all light is the sky's; on the way there the beam's share dwindles.
        down = min(1.0 - sky.sun_elevation / lowest, 1.0)
        start = math.log(clear * LUX / illuminance(lowest)) * (1.0 - down)
        clear = illuminance(sky.sun_elevation) / LUX * math.exp(start)
    return sky.strength * clear


def low_sun_gain(sky: Sky) -> float:
    """Returns what the physical sky's radiance is multiplied by under a low sun, so that it sheds `clear_light`."""
    shown = max(sky.sun_elevation, LOWEST)
    if shown >= _LOW[-1]:
        return 1.0
    return clear_light(sky) / (GAIN * SKY_SHARE * sky.strength * float(np.interp(shown, _LOW, _LOW_AIR)))


def overcast_light(sky: Sky) -> float:
    """Returns the luminance that a closed cloud deck sheds on level ground: a third of the clear sun's."""
    lowest = math.radians(3.0)
    height = math.sin(max(sky.sun_elevation, lowest))
    twilight = min(illuminance(sky.sun_elevation) / illuminance(lowest), 1.0)
    return math.pi * 0.42 * sky.strength * height**0.9 * twilight


def town_light(sky: Sky) -> float:
    """Returns the luminance that the glow over a town sheds on level ground; clouds send back ten times as much."""
    return 1.4 * math.pi * sky.town * (1 + 9 * sky.cloud) / LUX


def daylight(sky: Sky) -> float:
    """Returns the luminance of sun and sky on level ground; a picture of a sky sheds that of the sun at 45 degrees."""
    if sky.image is not None:
        return math.pi * sky.strength
    red, green, blue = sunlight(sky)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) * max(math.sin(sky.sun_elevation), 0.0) + skylight(sky)


def black_body(kelvin: float, balance: float = 5200.0) -> Color:
    """Returns the linear RGB of a black body as a camera balanced for another sees it, of luminance 1.

    The Planckian locus by Kim and others (US patent 7024034), good from 1667 to 25000 K.
    """
    lamp, white = _planckian(kelvin), _planckian(balance)
    red, green, blue = (max(a / b, 0.02) for a, b in zip(lamp, white, strict=True))
    level = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (round(red / level, 4), round(green / level, 4), round(blue / level, 4))


def _planckian(kelvin: float) -> tuple[float, float, float]:
    """Returns the linear RGB of a black body, unscaled."""
    t = 1000.0 / kelvin
    if kelvin < 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin < 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin < 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    large_x, large_z = x / y, (1 - x - y) / y
    return (
        3.2406 * large_x - 1.5372 - 0.4986 * large_z,
        -0.9689 * large_x + 1.8758 + 0.0415 * large_z,
        0.0557 * large_x - 0.2040 + 1.0570 * large_z,
    )


def lamp_power(lumens: float, kind: str, angle: float = math.tau) -> float:
    """Returns the `Light.power` of a lamp that sends out a luminous flux.

    Args:
        lumens: luminous flux.
        kind: as in `Light`.
        angle: full cone of a spot, radians; the flux goes into it evenly.
    """
    share = (1 - math.cos(angle / 2)) / 2 if kind == "spot" else 1.0
    return lumens / LUX / share


def lamplight(lights: Iterable[Light], area: float) -> float:
    """Returns the luminance that lamps shed on level ground, about: a quarter of their flux reaches it.

    Args:
        lights: those that light the ground.
        area: of the ground, square metres.
    """
    flux = (light.power * ((1 - math.cos(light.angle / 2)) / 2 if light.kind == "spot" else 1.0) for light in lights)
    return 0.25 * sum(flux) / area


def exposure_for(sky: Sky, lamps: float = 0.0) -> float:
    """Returns the stops that show a sky as a photographer would: 0 at 45 degrees of clear sun.

    Nine tenths of what full compensation asks for, so that dusk and rain still look darker than noon.

    Args:
        sky: sun and sky.
        lamps: luminance of the lamps on level ground, from `lamplight`.
    """
    return 0.9 * math.log2(math.pi / (_metered(sky) + lamps))


def _metered(sky: Sky) -> float:
    """Returns what a light meter makes of the daylight in a picture, as luminance on level ground.

    A low sun lights walls rather than the ground. Under clouds and most panoramas, and more so once the sun has set,
    the sky is so much brighter than what stands before it that it takes over.
    """
    if sky.image is not None:
        return daylight(sky) * 1.35
    red, green, blue = sunlight(sky)
    beam = (0.2126 * red + 0.7152 * green + 0.0722 * blue) * max(math.sin(sky.sun_elevation), 0.4)
    sunk = min(max(1.0 - sky.sun_elevation / math.radians(5.0), 0.0), 1.0)
    return beam + skylight(sky) * (1.0 + 0.35 * sky.cloud) * (1.0 + 2.0 * sunk)


def sun_direction(sky: Sky) -> tuple[float, float, float]:
    """Returns the unit vector from the ground towards the sun."""
    flat = math.cos(sky.sun_elevation)
    return flat * math.cos(sky.sun_azimuth), flat * math.sin(sky.sun_azimuth), math.sin(sky.sun_elevation)


def extinction(sky: Sky) -> float:
    """Returns the share of light that a metre of air takes away.

    Koschmieder's law: a dark thing's contrast against the horizon falls to 2 % at the visibility.
    """
    return 3.912 / sky.visibility


def air_light(sky: Sky) -> Color:
    """Returns the radiance of the horizon's haze away from the sun."""
    level = (skylight(sky) * (2.1 - 1.25 * sky.cloud) + 0.02 * daylight(sky)) / math.pi
    low = 1.0 - min(math.sin(max(sky.sun_elevation, 0.0)) * 2.5, 1.0)
    warm = 0.18 * low * (1 - sky.cloud)
    return (level * (0.97 + warm), level, level * (1.06 - warm))


def air_glow(sky: Sky) -> Color:
    """Returns what haze adds to that in front of the sun: droplets and dust throw most light forwards."""
    red, green, blue = sunlight(sky)
    share = 0.06
    return (share * red, share * green, share * blue)
