"""Lamps, ambient light, a beam of sun, and the exposure of a photographer who sets up a picture."""

from __future__ import annotations

import math

import numpy as np

from buildee.generators.tabletop.backdrop import COVE, HIGH, RADIUS
from buildee.generators.tabletop.furnishings import PANE
from buildee.generators.tabletop.section import Lighting, Surroundings
from buildee.layout.exposure import LUX, black_body
from buildee.layout.pictures import sky_of
from buildee.layout.scene import Light, Pose, Sky

LEVEL = 600.0 / LUX
"""Light on the table without the sun: a well lit desk, lux (EN 12464-1 asks for 500)."""

SOFTBOX = {"room": (3.6, HIGH - 0.08), "studio": (9.5, 3.9)}
"""Side and height of the soft light overhead, metres; a studio's is over the rim of the backdrop, and lights it too."""

BOUNCED = {"room": 0.35, "studio": 0.9, "hdri": 0.0}
"""Light that comes back from the surroundings, as a share of what falls on the table first."""

DAYLIGHT = 0.4
"""Share of a room's soft light that comes through its window."""

KEY_AWAY = {"room": (1.4, 2.1), "studio": (2.0, 3.6), "hdri": (1.6, 3.0)}
"""Nearest and farthest place of a lamp, metres from the table."""

SUN = {"room": (2.5, 22.0, 33.0), "studio": (7.5, 42.0, 62.0), "hdri": (7.5, 25.0, 60.0)}
"""How far the sun's stand-in is from the table, metres, and its lowest and highest elevation, degrees: in a room it is
in front of the window, in a studio over the rim of the backdrop."""

SUN_DISC = 0.0093
"""Angular diameter of the sun, radians."""

WASHED = (0.2, 0.7)
"""Least and most light on a studio's backdrop, as a share of what falls on the table."""

GREY, METERED = 0.22, 0.4
"""Mean reflectance that an exposure meter expects of a table; share of the difference to it, in stops, that it makes
good: dark tables come out dark, but not so dark that what is on them drowns."""

LIFT = 0.25
"""Stops over a grey card shown grey: lamps light the table's middle, and the meter should think of its edges too."""


def sky(section: Lighting, room: Surroundings, rng: np.random.Generator) -> Sky | None:
    """Returns the panorama of an open backdrop, as bright as the ambient light; None in rooms."""
    if room.backdrop != "hdri":
        return None
    image, picture = sky_of(room.panorama, "scene.room.panorama", rng, any_shipped=True)
    turn = float(rng.uniform(-np.pi, np.pi))
    strength = max(section.ambient, 0.05) * LEVEL / math.pi
    return Sky(
        sun_elevation=math.radians(45),
        sun_azimuth=0.0,
        strength=strength,
        image=image,
        image_turn=turn,
        picture=picture,
    )


def lamps(
    section: Lighting, room: Surroundings, top: float, window: Pose | None, rng: np.random.Generator
) -> tuple[Light, ...]:
    """Returns the lamps.

    Args:
        section: of the recipe.
        room: of the recipe.
        top: height of the table, metres.
        window: as of a `Backdrop`.
        rng: draws where they are.
    """
    found = []
    if room.backdrop != "hdri" and section.ambient > 0:
        day = DAYLIGHT if window is not None else 0.0
        found.append(_ambient(section, *SOFTBOX[room.backdrop], top, 1 - day))
        if window is not None:
            found.append(_through(window, section, top, day))
    directed = LEVEL * (1 - section.ambient)
    shares = rng.dirichlet(np.full(max(section.keys, 1), 4.0))
    for number in range(section.keys):
        elevation = float(np.deg2rad(rng.uniform(32, 75)))
        azimuth, away = float(rng.uniform(-np.pi, np.pi)), float(rng.uniform(*KEY_AWAY[room.backdrop]))
        kelvin = float(np.clip(section.kelvin + section.kelvin_spread * rng.standard_normal(), 1900, 14000))
        if room.backdrop == "room":
            away *= min(1.0, (HIGH - 0.15 - top) / (away * math.sin(elevation)))
        size = 0.03 * away + 0.65 * away * section.softness * float(rng.uniform(0.5, 1.0))
        power = directed * float(shares[number]) * math.pi * away**2 / math.sin(elevation)
        pose = _aimed(away * _toward(azimuth, elevation), top)
        found.append(Light(f"key_{number}", "area", pose, power, size, _tone(kelvin, section)))
    if section.sun > 0:
        found.append(_sun(section, SUN[room.backdrop], top, window, rng))
    if room.backdrop == "studio":
        found += _washes(section, rng)
    return tuple(found)


def exposure(section: Lighting, room: Surroundings, reflectance: float) -> float:
    """Returns the stops that show a table of some reflectance about grey, changed by the recipe's brightness."""
    ambient = section.ambient if room.backdrop != "hdri" else max(section.ambient, 0.05)
    directed = 1 - section.ambient if section.keys else 0.0
    level = LEVEL * max(ambient + directed + section.sun, 0.02) * (1 + BOUNCED[room.backdrop])
    metered = METERED * math.log2(GREY / min(max(reflectance, 0.03), 0.8))
    return math.log2(math.pi / level) + metered + LIFT + section.brightness


def _ambient(section: Lighting, side: float, height: float, top: float, share: float) -> Light:
    """Returns a large soft light overhead that gives a share of the ambient light."""
    pose = np.eye(4)
    pose[2, 3] = height
    high = height - top
    # A disc of the same area, seen from the table's middle.
    sine = side**2 / math.pi / (side**2 / math.pi + high**2)
    power = share * section.ambient * LEVEL * side**2 / sine
    return Light("ambient", "area", pose, power, side, _tone(section.kelvin, section))


def _washes(section: Lighting, rng: np.random.Generator) -> list[Light]:
    """Returns three lamps overhead that face the backdrop and leave the table alone, as studios have them."""
    level = float(rng.uniform(*WASHED)) * LEVEL * (1 + section.sun)
    first = float(rng.uniform(-np.pi, np.pi))
    found = []
    for number in range(3):
        back = -_toward(first + number * 2 * np.pi / 3, math.radians(-15))
        pose = _aimed(back, 0.0)
        pose[:3, 3] = (0.0, 0.0, HIGH)
        power = level * math.pi * (RADIUS + COVE) ** 2
        found.append(Light(f"wash_{number}", "area", pose, power, 0.8, _tone(section.kelvin, section)))
    return found


def _through(window: Pose, section: Lighting, top: float, share: float) -> Light:
    """Returns the daylight through a window, which gives a share of the ambient light."""
    wide, high = PANE
    pose = np.eye(4)
    inward = -window[:3, 1]
    pose[:3, :3] = np.column_stack([np.cross((0.0, 0.0, 1.0), -inward), (0.0, 0.0, 1.0), -inward])
    pose[:3, 3] = window[:3, 3] + 0.06 * inward
    toward = np.array([0.0, 0.0, top]) - pose[:3, 3]
    away = float(np.linalg.norm(toward))
    # The flux that a small diffuse panel needs for so much light on a level place.
    slants = float(toward @ inward) / away * -toward[2] / away
    power = share * section.ambient * LEVEL * math.pi * away**2 / slants
    return Light("window", "area", pose, power, wide, _tone(6800.0, section), height=high)


def _sun(
    section: Lighting, span: tuple[float, float, float], top: float, window: Pose | None, rng: np.random.Generator
) -> Light:
    """Returns a small strong lamp that throws shadows as sharp as the sun's, from the window where there is one."""
    away, low, high = span
    azimuth, elevation = float(rng.uniform(-np.pi, np.pi)), float(np.deg2rad(rng.uniform(low, high)))
    if window is not None:
        azimuth = math.atan2(window[1, 3], window[0, 3])
    level = LEVEL * section.sun / math.sin(elevation)
    cone = math.radians(70)
    # Blender's spot sends out the share of a point's flux that its cone cuts out.
    power = level * 4 * math.pi * away**2
    pose = _aimed(away * _toward(azimuth, elevation), top)
    return Light("sun", "spot", pose, power, away * SUN_DISC / 2, _tone(5600.0, section), cone)


def _tone(kelvin: float, section: Lighting) -> tuple[float, float, float]:
    """Returns the colour of a lamp for a camera whose white balance goes most of the way to the lamps' mean."""
    return black_body(kelvin, 0.75 * section.kelvin + 0.25 * 5200.0)


def _toward(azimuth: float, elevation: float) -> np.ndarray:
    """Returns the unit vector in a direction, radians."""
    flat = math.cos(elevation)
    return np.array([flat * math.cos(azimuth), flat * math.sin(azimuth), math.sin(elevation)])


def _aimed(offset: np.ndarray, top: float) -> Pose:
    """Returns the pose of a light at an offset from the table's middle that shines there along its -Z."""
    back = offset / np.linalg.norm(offset)
    side = np.cross((0.0, 0.0, 1.0), back)
    side /= np.linalg.norm(side)
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([side, np.cross(back, side), back])
    pose[:3, 3] = offset + np.array([0.0, 0.0, top])
    return pose
