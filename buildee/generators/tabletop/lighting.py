"""Lamps, ambient light, a beam of sun, and the exposure of a photographer who sets up a picture."""

from __future__ import annotations

import math

import numpy as np

from buildee.generators.tabletop.backdrop import HIGH
from buildee.generators.tabletop.section import Lighting, Surroundings
from buildee.layout.exposure import LUX, black_body
from buildee.layout.pictures import sky_of
from buildee.layout.scene import Light, Pose, Sky

LEVEL = 600.0 / LUX
"""Light on the table without the sun: a well lit desk, lux (EN 12464-1 asks for 500)."""

SOFTBOX = {"room": 2.2, "studio": 4.8}
"""Side of the soft light below the ceiling, metres; a studio's reaches the backdrop too, which is a black void else."""

BOUNCED = {"room": 0.35, "studio": 0.25, "hdri": 0.0}
"""Light that comes back from the surroundings, as a share of what falls on the table first."""

SUN_AWAY, SUN_DISC = 2.6, 0.0093
"""How far the sun's stand-in is from the table, metres, and its angular diameter, radians."""


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


def lamps(section: Lighting, room: Surroundings, top: float, rng: np.random.Generator) -> tuple[Light, ...]:
    """Returns the lamps.

    Args:
        section: of the recipe.
        room: of the recipe.
        top: height of the table, metres.
        rng: draws where they are.
    """
    found = []
    if room.backdrop != "hdri" and section.ambient > 0:
        found.append(_ambient(section, SOFTBOX[room.backdrop], top))
    directed = LEVEL * (1 - section.ambient)
    shares = rng.dirichlet(np.full(max(section.keys, 1), 4.0))
    for number in range(section.keys):
        elevation = float(np.deg2rad(rng.uniform(32, 75)))
        azimuth, away = float(rng.uniform(-np.pi, np.pi)), float(rng.uniform(1.4, 2.0))
        kelvin = float(np.clip(section.kelvin + section.kelvin_spread * rng.standard_normal(), 1900, 14000))
        place = away * _toward(azimuth, elevation)
        away *= min(1.0, (HIGH - 0.15 - top) / place[2])
        size = 0.05 + 1.0 * section.softness * float(rng.uniform(0.5, 1.0))
        power = directed * float(shares[number]) * math.pi * away**2 / math.sin(elevation)
        pose = _aimed(away * _toward(azimuth, elevation), top)
        found.append(Light(f"key_{number}", "area", pose, power, size, _tone(kelvin, section)))
    if section.sun > 0:
        found.append(_sun(section, top, rng))
    return tuple(found)


def exposure(section: Lighting, room: Surroundings) -> float:
    """Returns the stops that show a grey card on the table grey, changed by the recipe's brightness."""
    ambient = section.ambient if room.backdrop != "hdri" else max(section.ambient, 0.05)
    directed = 1 - section.ambient if section.keys else 0.0
    level = LEVEL * max(ambient + directed + section.sun, 0.02) * (1 + BOUNCED[room.backdrop])
    return math.log2(math.pi / level) + section.brightness


def _ambient(section: Lighting, side: float, top: float) -> Light:
    """Returns a large soft light below the ceiling."""
    pose = np.eye(4)
    pose[2, 3] = HIGH - 0.08
    high = HIGH - 0.08 - top
    # A disc of the same area, seen from the table's middle.
    sine = side**2 / math.pi / (side**2 / math.pi + high**2)
    power = section.ambient * LEVEL * side**2 / sine
    return Light("ambient", "area", pose, power, side, _tone(section.kelvin, section))


def _sun(section: Lighting, top: float, rng: np.random.Generator) -> Light:
    """Returns a small strong lamp that throws shadows as sharp as the sun's."""
    azimuth, elevation = float(rng.uniform(-np.pi, np.pi)), float(np.deg2rad(rng.uniform(25, 42)))
    level = LEVEL * section.sun / math.sin(elevation)
    cone = math.radians(70)
    # Blender's spot sends out the share of a point's flux that its cone cuts out.
    power = level * 4 * math.pi * SUN_AWAY**2
    pose = _aimed(SUN_AWAY * _toward(azimuth, elevation), top)
    return Light("sun", "spot", pose, power, SUN_AWAY * SUN_DISC / 2, _tone(5600.0, section), cone)


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
