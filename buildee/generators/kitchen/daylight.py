"""The sky of a kitchen, whether its lamps are on, and the exposure of a photographer who stands in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.hall import leads_outside
from buildee.generators.kitchen.lamps import PASSED
from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.section import Daylight
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.walls import inside
from buildee.layout.exposure import LUX, daylight, skylight, sun_direction, sunlight
from buildee.layout.kinematics import bounds_of, inverse
from buildee.layout.material import Material
from buildee.layout.pictures import sky_of
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Instance, Light, Sky

LAMPLIT = 250.0
"""What the lamps of a kitchen shed on tables and worktops, lux (EN 12464-1 asks for 200 to 500)."""

SUN_KELVIN, LAMP_KELVIN = 5200.0, 3700.0
"""Between which a camera is set: colour temperatures of daylight, and of most of the way to lamps."""

SWITCHED = 66.0
"""Least daylight on a worktop at which half of all people switch on lamps, lux (Hunt, "The use of artificial lighting
in relation to daylight levels and occupancy", Building and Environment 14, 1979)."""

UNIFORMITY = 0.3
"""The least daylight in a room lit from the side over its mean (BS 8206-2 asks for 0.3 to 0.5)."""

TOWN_GLOW = 0.02
"""Luminance of the night sky over a town, cd/m2."""

PANE = 0.66
"""Share of the light that double glazing, a little dust and the window's bars let through."""

FRAME_SHARE = 0.3
"""Share of an opening that frame and sashes take."""

FRONTED = 0.45
"""Share of the walls that furniture and splashbacks stand before."""

THROUGH = {"netting": 0.4, "sheeting": 0.2}
"""Share of the light that comes through nets and pale roller blinds, by their material."""

THROUGH_CLOTH = 0.1
"""The same of all other curtains and blinds."""

STRAIGHT = 0.2
"""Share of the sun's beam that goes straight on through a net: half at each face of its cloth, less in its folds."""

GATHERED = 1.1
"""How much more light lamps shed on what pictures show than on all surfaces alike. Tables and worktops below them get
1.6 times as much (measured with grey cards in rendered rooms), the walls and fronts behind them less."""

SKY_ANGLE = 65.0
"""Degrees of sky seen from the middle of a window, over hedges and houses."""


def sky(section: Daylight, rng: np.random.Generator) -> Sky:
    """Returns the sky of a recipe; `rng` draws one of several panoramas."""
    image, picture = sky_of(section.hdri, "scene.daylight.hdri", rng)
    return Sky(
        sun_elevation=float(np.deg2rad(section.sun_elevation_deg)),
        sun_azimuth=float(np.deg2rad(section.sun_azimuth_deg)),
        sun_size=0.0095 * (1 + 12 * section.cloud**2),
        cloud=section.cloud,
        visibility=25e3,
        town=TOWN_GLOW,
        image=image,
        picture=picture,
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


def lamps_on(section: Daylight, room: Room, style: Style, sky: Sky) -> bool:
    """Returns whether lamps burn."""
    if section.lamps == "any":
        return illuminance(room, style, sky) * LUX * UNIFORMITY < SWITCHED
    return section.lamps == "on"


def balance(room: Room, style: Style, sky: Sky) -> float:
    """Returns the colour temperature that a camera in a room whose lamps are on is set to, kelvin.

    It goes by the share of either light. Where lamps are all there is, pictures stay a little warm.
    """
    lux = illuminance(room, style, sky) * LUX
    return LAMP_KELVIN + (SUN_KELVIN - LAMP_KELVIN) * lux / (lux + LAMPLIT)


def illuminance(
    room: Room, style: Style, sky: Sky, lights: Sequence[Light] = (), things: Sequence[Instance] = ()
) -> float:
    """Returns about how much light falls on what stands in a room, as `layout.exposure` counts it (times LUX: lux).

    Skylight by the average daylight factor (BRE; BS 8206-2): pane * glass area * angle of sky / (area of all surfaces *
    (1 - reflectance squared)). The sun's beam and the lamps' flux spread as in an integrating sphere.

    Args:
        room: with its openings.
        style: what its surfaces are.
        sky: sun and sky.
        lights: of lamps that are on.
        things: those among them that hang at windows take light away.
    """
    shine = reflectance(style)
    edges = sum(wall.length for wall in room.walls)
    surfaces = 2 * room.area + edges * room.height
    inner = 0.0
    for wall in room.walls:
        glass = _clear(wall, things)
        if not glass:
            continue
        factor = PANE * glass * SKY_ANGLE / (surfaces * (1 - shine**2)) / 100
        if sky.image is not None:
            inner += factor * daylight(sky)
            continue
        facing = _shines(wall, sky)
        # Ground and façades in the sun send light in below the horizon, which the formula does not count.
        ground = 0.15 * (daylight(sky) - skylight(sky)) * 0.5
        inner += factor * (skylight(sky) + ground)
        # Its patch lies on the floor first, or on what stands there.
        landed = (luminance(style.floor_finish) + shine) / 2
        inner += 0.75 * PANE * glass * facing * beam(sky) * landed / (surfaces * (1 - shine))
    own = [light for light in lights if inside(room.outline, light.pose[:2, 3])]
    return inner + GATHERED * _flux(own) / (surfaces * (1 - shine))


def reflectance(style: Style) -> float:
    """Returns the mean reflectance of a furnished room's surfaces (BRE 209 takes 0.5 to 0.6 for pale ones).

    The walls are about twice as large as floor or ceiling.
    """
    items = style.wall, style.base_front, style.floor_finish, style.ceiling
    paint, front, floor, ceiling = map(luminance, items)
    return (2 * ((1 - FRONTED) * paint + FRONTED * front) + floor + ceiling) / 4


def luminance(finish: Material) -> float:
    """Returns how much light a finish throws back."""
    return float(np.dot(finish.color, (0.2126, 0.7152, 0.0722)))


def hung_before(wall: Wall, item: Opening, things: Sequence[Instance]) -> float:
    """Returns the share of an opening that curtains and blinds hang before."""
    covered = 0.0
    for thing in things:
        if _hangs(thing):
            poses, half = boxes_of(thing)
            local = inverse(wall.pose) @ poses
            low, high = bounds_of(local, half)
            wide = np.minimum(high[:, 0], item.end) - np.maximum(low[:, 0], item.start)
            tall = np.minimum(high[:, 2], item.height) - np.maximum(low[:, 2], item.sill)
            near = np.abs(local[:, 1, 3]) < 0.5
            covered += float((np.maximum(wide, 0) * np.maximum(tall, 0) * near).sum())
    return min(covered / (item.width * (item.height - item.sill)), 1.0)


def _clear(wall: Wall, things: Sequence[Instance]) -> float:
    """Returns the area of a wall's panes through which light comes in past curtains and blinds, square metres."""
    area = 0.0
    for item in wall.openings:
        kept = sum(hung_before(wall, item, [thing]) * (1 - _through(thing)) for thing in things if _hangs(thing))
        area += _glass(item, leads_outside(wall, item)) * max(1 - kept, THROUGH_CLOTH)
    return area


def _hangs(thing: Instance) -> bool:
    """Returns whether a thing hangs at windows."""
    return thing.category in ("curtain", "blind")


def _through(thing: Instance) -> float:
    """Returns the share of the light that a curtain or a blind lets through."""
    return max(THROUGH.get(material.kind, THROUGH_CLOTH) for material in thing.parts[0].materials)


def _glass(item: Opening, out: bool) -> float:
    """Returns the area of the panes in an opening, square metres."""
    if item.kind == "window":
        return item.width * (item.height - item.sill) * (1 - FRAME_SHARE)
    return item.width * item.height * 0.4 if out else 0.0


def _flux(lights: Sequence[Light]) -> float:
    """Returns the luminous flux of lamps in the units of `layout.exposure`."""
    shares = {"point": PASSED, "area": 1.0}
    return sum(light.power * shares.get(light.kind, (1 - math.cos(light.angle / 2)) / 2) for light in lights)


METERED, PALE = 0.7, 0.45
"""Share of a room's paleness that a light meter takes away again, and the mean reflectance where it does not."""

RESERVE, SUNLIT = 0.1, 0.45
"""Stops given up for each that the view outside is too bright, and for each that white things in the sunbeam are."""

WHITE, BURNT, MOST = 0.8, 5.5, 1.6
"""What white things throw back; stops over a grey card at which a picture is white, and the most given up for them."""

PATCH = 0.5
"""Cross-section of the sunbeam from which on its patches are a part of the picture, square metres."""

DAZZLES = 0.2
"""How squarely the sun stands before a window from which on it dazzles those who are in the room."""

UPRIGHT = 0.8
"""Stops by which upright surfaces receive less light than level ones, in rooms lit from the side."""

HELD = 0.4
"""Stops below a grey card, in every room: whites keep their drawing, and what is dark is not washed out."""


def exposure(
    room: Room, style: Style, sky: Sky, lights: Sequence[Light] = (), things: Sequence[Instance] = ()
) -> float:
    """Returns the stops that show a room as a photographer would; arguments as in `illuminance`.

    A grey card that stands in a room of middling paleness comes out a little darker than grey. White rooms are let down
    further, lest they burn out, dark ones up; and down once more where the view outside would be more than about four
    stops over, or white things burn out in the sunbeam.
    """
    inner = illuminance(room, style, sky, lights, things)
    full = math.log2(math.pi / inner) + UPRIGHT - HELD - METERED * math.log2(reflectance(style) / PALE)
    contrast = math.log2(max(daylight(sky) * PANE, 1e-9) / inner)
    return full - RESERVE * max(contrast - 4.0, 0.0) - _burning(room, sky, things, full)


def _burning(room: Room, sky: Sky, things: Sequence[Instance], stops: float) -> float:
    """Returns the stops to give up so that what stands in the sunbeam keeps its drawing, at an exposure."""
    bare = netted = 0.0
    for wall in room.walls:
        facing = _shines(wall, sky)
        for item in wall.openings if facing else ():
            glass = facing * _glass(item, leads_outside(wall, item))
            nets = [thing for thing in things if _hangs(thing) and _through(thing) == THROUGH["netting"]]
            others = [thing for thing in things if _hangs(thing) and thing not in nets]
            free = glass * (1 - hung_before(wall, item, others))
            held = free * hung_before(wall, item, nets)
            bare, netted = bare + free - held, netted + held
    level = beam(sky) * math.sin(max(sky.sun_elevation, 0.0)) * PANE * WHITE / math.pi
    over = [
        (math.log2(max(level * share, 1e-9) * 2**stops / 0.18) - BURNT) * min(patch / PATCH, 1.0)
        for share, patch in ((1.0, bare), (STRAIGHT, netted))
    ]
    return min(SUNLIT * max(*over, 0.0), MOST)


def beam(sky: Sky) -> float:
    """Returns the illuminance of a face turned to the sun, in the units of `layout.exposure`."""
    return float(np.dot(sunlight(sky), (0.2126, 0.7152, 0.0722)))


def is_sunlit(wall: Wall, sky: Sky) -> bool:
    """Returns whether the sun shines in through a wall's windows so that people draw something before them."""
    return _shines(wall, sky) > DAZZLES


def _shines(wall: Wall, sky: Sky) -> float:
    """Returns how squarely the sun, if it shines at all, stands before a wall: 0 behind it to 1."""
    if sky.image is not None or max(sunlight(sky)) <= 0.1 * daylight(sky):
        return 0.0
    east, north, _ = sun_direction(sky)
    return max(float(-wall.pose[:2, 1] @ (east, north)), 0.0)
