"""The sky of a kitchen, whether its lamps are on, and the exposure of a photographer who stands in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.hall import leads_outside
from buildee.generators.kitchen.lamps import PASSED
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.section import Daylight
from buildee.generators.kitchen.walls import inside
from buildee.layout.exposure import LUX, daylight, skylight, sun_direction, sunlight
from buildee.layout.scene import Light, Sky

DUSK = 1500.0
"""Daylight on level ground below which people switch on lamps indoors, lux: with a daylight factor of 3 % some 45 lux
are left on the table."""

TOWN_GLOW = 0.02
"""Luminance of the night sky over a town, cd/m2."""

PANE = 0.66
"""Share of the light that double glazing, a little dust and the window's bars let through."""

FRAME_SHARE = 0.3
"""Share of an opening that frame and sashes take."""

REFLECTANCE = 0.5
"""Mean of the surfaces of a room with pale walls (BRE 209 takes 0.5 to 0.6)."""

GATHERED = 1.6
"""How much more light lamps shed on what people look at than on all surfaces alike: they hang over tables and
worktops. Measured with grey cards in rendered rooms."""

SKY_ANGLE = 65.0
"""Degrees of sky seen from the middle of a window, over hedges and houses."""


def sky(section: Daylight) -> Sky:
    """Returns the sky of a recipe."""
    return Sky(
        sun_elevation=float(np.deg2rad(section.sun_elevation_deg)),
        sun_azimuth=float(np.deg2rad(section.sun_azimuth_deg)),
        sun_size=0.0095 * (1 + 12 * section.cloud**2),
        cloud=section.cloud,
        visibility=25e3,
        town=TOWN_GLOW,
        image=section.hdri,
    )


def portals(room: Room) -> tuple[Light, ...]:
    """Returns a portal in every opening that leads out of doors, in the middle of its wall."""
    found = []
    for wall in room.walls:
        for number, item in enumerate(wall.openings):
            if item.kind == "window" or leads_outside(wall, item):
                pose = np.eye(4)
                pose[:3, :3] = ((1, 0, 0), (0, 0, -1), (0, 1, 0))  # shines along -Z: into the room
                pose[:3, 3] = (item.start + item.end) / 2, -room.thickness / 2, (item.sill + item.height) / 2
                name, height = f"portal.{wall.number}.{number}", item.height - item.sill
                found.append(Light(name, "portal", wall.pose @ pose, 0.0, item.width, height=height))
    return tuple(found)


def lamps_on(section: Daylight, sky: Sky) -> bool:
    """Returns whether lamps burn."""
    if section.lamps == "any":
        return daylight(sky) * LUX < DUSK
    return section.lamps == "on"


def balance(sky: Sky, lit: bool) -> float:
    """Returns the colour temperature that a camera in the room is set to, kelvin.

    Where lamps are all the light, automatic balances go most of the way to theirs; pictures stay a little warm.
    """
    bright = min(daylight(sky) * LUX / DUSK, 1.0)
    return 5200.0 * bright + (3900.0 if lit else 5200.0) * (1 - bright)


def illuminance(room: Room, sky: Sky, lights: Sequence[Light] = ()) -> float:
    """Returns about how much light falls on what stands in a room, as `layout.exposure` counts it (times LUX: lux).

    Skylight by the average daylight factor (BRE; BS 8206-2): pane * glass area * angle of sky / (area of all surfaces *
    (1 - reflectance squared)). The sun's beam and the lamps' flux spread as in an integrating sphere.
    """
    edges = sum(wall.length for wall in room.walls)
    surfaces = 2 * room.area + edges * room.height
    inner = 0.0
    for wall in room.walls:
        glass = sum(_glass(item, leads_outside(wall, item)) for item in wall.openings)
        if not glass:
            continue
        factor = PANE * glass * SKY_ANGLE / (surfaces * (1 - REFLECTANCE**2)) / 100
        outward = -wall.pose[:2, 1]
        if sky.image is not None:
            inner += factor * daylight(sky)
            continue
        east, north, _ = sun_direction(sky)
        facing = max(float(outward @ (east, north)), 0.0)
        red, green, blue = sunlight(sky)
        beam = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        # Ground and façades in the sun send light in below the horizon, which the formula does not count.
        ground = 0.15 * (daylight(sky) - skylight(sky)) * 0.5
        inner += factor * (skylight(sky) + ground)
        inner += 0.75 * PANE * glass * facing * beam * REFLECTANCE / (surfaces * (1 - REFLECTANCE))
    own = [light for light in lights if inside(room.outline, light.pose[:2, 3])]
    return inner + GATHERED * _flux(own) / (surfaces * (1 - REFLECTANCE))


def _glass(item: Opening, out: bool) -> float:
    """Returns the area of the panes in an opening, square metres."""
    if item.kind == "window":
        return item.width * (item.height - item.sill) * (1 - FRAME_SHARE)
    return item.width * item.height * 0.4 if out else 0.0


def _flux(lights: Sequence[Light]) -> float:
    """Returns the luminous flux of lamps in the units of `layout.exposure`."""
    shares = {"point": PASSED, "area": 1.0}
    return sum(light.power * shares.get(light.kind, (1 - math.cos(light.angle / 2)) / 2) for light in lights)


UPRIGHT = 0.8
"""Stops by which upright surfaces receive less light than level ones, in rooms lit from the side."""


def exposure(room: Room, sky: Sky, lights: Sequence[Light] = ()) -> float:
    """Returns the stops that show a room as a photographer would.

    A grey card that stands in it comes out grey, with one reserve: where the view outside would be more than about four
    stops over, the room is let down by a part of the rest.
    """
    inner = illuminance(room, sky, lights)
    full = math.log2(math.pi / inner) + UPRIGHT
    contrast = math.log2(max(daylight(sky) * PANE, 1e-9) / inner)
    return full - 0.35 * max(contrast - 4.0, 0.0)
