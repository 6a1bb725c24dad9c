"""What is switched on at dusk: lighting towers, street lamps, site offices, windows and the lamps of the crane."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.props import palette
from buildee.generators.construction_site.props.equipment import lighting_tower
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.tower_crane import LAMP
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.exposure import lamp_power
from buildee.layout.kinematics import part_poses
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import repainted
from buildee.layout.placement import Plan
from buildee.layout.scene import Assembly, Instance, Light, Scatter
from buildee.recipe.seed import Seed
from buildee.town import house_looks

FLOOD: Color = (1.12, 0.985, 0.8)
"""Light of 5000 K, linear RGB against daylight."""

OFFICE: Color = (1.3, 0.95, 0.6)
"""Light of 4000 K, that of office luminaires."""

WARM: Color = (1.55, 0.89, 0.36)
"""Light of 3000 K, that of street lamps and living rooms."""

STREET_LAMPS = 16
"""Most street lamps that shed light: those nearest to the site. The others only glow."""

AHEAD = 0.3
"""How far in front of its face the light of a lamp starts, metres, clear of the housing."""


@dataclass(frozen=True)
class Lamp:
    """A kind of lamp.

    Attributes:
        face: what its face is made of when it is off.
        glow: luminance of the face, cd/m2.
        color: of the light.
        lumens: what one shape of it sends out; 0 when it only glows.
        ahead: unit vector that it shines along, in its part's frame.
        cone: full angle of its light, radians.
        size: radius of what the light comes from, metres.
    """

    face: Material
    glow: float
    color: Color
    lumens: float = 0.0
    ahead: tuple[float, float, float] = (0.0, 0.0, -1.0)
    cone: float = math.radians(150)
    size: float = 0.15

    @property
    def lit(self) -> Material:
        """The face while the lamp is on."""
        return _glowing(self.face, self.color, self.glow)


def _glowing(face: Material, color: Color, glow: float, out: float = 0.0) -> Material:
    peak = max(color)
    return Material("emissive", tuple(channel / peak for channel in color), wear=out, dirt=face.dirt * 0.5, glow=glow)


_TILT = math.radians(40)
"""How far down a floodlight throws: its face leans 25 degrees, its lenses throw further down."""

HEADLAMP = Material("plastic", (0.82, 0.83, 0.85))
TAIL_LAMP = Material("plastic", (0.45, 0.008, 0.008))
BEACON = Material("plastic", (0.85, 0.25, 0.01))
"""Faces of machines' lamps, as their slots "lens", "red_lens" and "amber" have them. Seen from aside: beams are far
brighter along their axis, but shed no light here."""

LAMPS: dict[str, tuple[Lamp, ...]] = {
    # Four LED heads of 240 W and 30 000 lm on a tower; hire companies list 50 000 to 180 000 lm in all.
    "lighting_tower": (
        Lamp(
            palette.LAMP_GLASS,
            120000.0,
            FLOOD,
            120000.0,
            (math.cos(_TILT), 0.0, -math.sin(_TILT)),
            math.radians(125),
            0.5,
        ),
    ),
    # 60 W of LED, 7 500 lm at 7 m: about 10 lux on a side street (EN 13201-2, class P2).
    "light_pole": (Lamp(palette.OPAL_GLASS, 31000.0, WARM, 7500.0, size=0.2),),
    # 500 lux on the desks (EN 12464-1) leave about 100 cd/m2 on blinds; the bulkhead over the door has 1 000 lm.
    "site_office": (
        Lamp(palette.BLIND, 110.0, OFFICE),
        Lamp(palette.OPAL_GLASS, 6000.0, OFFICE, 1000.0, (0.0, -0.64, -0.77), math.radians(150), 0.08),
    ),
    **{
        machine: (
            Lamp(HEADLAMP, 9000.0, FLOOD),
            Lamp(TAIL_LAMP, 700.0, (1.0, 0.03, 0.015)),
            Lamp(BEACON, 2600.0, (1.0, 0.36, 0.02)),
        )
        for machine in ("excavator", "dump_truck", "wheel_loader", "concrete_mixer", "telehandler")
    },
    # Low-intensity obstruction light, 32 cd (ICAO Annex 14, type B).
    "tower_crane": (Lamp(LAMP, 1600.0, LAMP.color),),
}
"""What is switched on, by the category of the thing that carries it."""

RAISED = 3.5
"""Height of a tower's lamps above its foot below which its mast is down and the lamps are off, metres."""

ROOM = 25.0
"""Luminance of the blind of a lit living room, cd/m2: 100 lux behind cloth that lets a quarter through."""

DARK_ROOMS = 0.55
"""Share of the windows behind whose blinds nobody has switched on the light."""


def towers(count: int, plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Returns lighting towers put up around the works, facing them.

    Raises:
        PlacementError: if one does not fit.
    """
    middle = (np.array([plot.building.x, plot.building.y]) + np.array([plot.stores.x, plot.stores.y])) / 2
    stands, first = [], int(seed.rng().integers(4))
    for number in range(count):
        rng = seed.child(number).rng()
        model = lighting_tower(palette.pick(rng, palette.PLANT_COLORS), float(rng.choice([6.5, 7.2, 7.5])))
        turn = (first + number) % 4  # a side each, so that no shadow is without a light from elsewhere

        def spot(rng: np.random.Generator = rng, turn: int = turn) -> tuple[float, float, float]:
            edge, share = plot.lot.grown(-rng.uniform(3.5, 6.0)), rng.uniform(-0.9, 0.9)
            x, y = edge.point(*[(share, -1), (1, share), (-1, share), (share, 1)][turn])
            return x, y, math.atan2(middle[1] - y, middle[0] - x) + rng.normal(0, 0.15)

        others = [partial(spot, rng, (turn + more) % 4) for more in (2, 1, 3)]
        place = plan.fit(
            f"lighting tower {number + 1}",
            size_of(model),
            spot,
            "lower scene.weather.lighting_towers, or raise scene.lot.width or scene.lot.depth",
            plot.lot.grown(-2.2),
            0.3,
            900,
            [*others, partial(_between, plot, middle, rng)],
        )
        stands.append(Stand(f"lit_tower.{number}", model, place, pad=True))
    return stands


def _between(plot: Plot, middle: NDArray[np.float64], rng: np.random.Generator) -> tuple[float, float, float]:
    """Draws a place anywhere on the lot, facing the works."""
    x, y = plot.lot.point(*rng.uniform(-1, 1, 2))
    return x, y, math.atan2(middle[1] - y, middle[0] - x) + rng.normal(0, 0.15)


def switched_on(things: Assembly) -> Assembly:
    """Returns things with the faces of their lamps, and windows in town, lit."""

    def lit(thing: Instance | Scatter, face: Material) -> Material:
        if thing.category == "building" and face.color in house_looks.ROOMS:
            return _glowing(face, WARM, ROOM, DARK_ROOMS)
        if thing.category == "lighting_tower" and max(part.rest[2, 3] for part in thing.parts) < RAISED:
            return face
        return next((lamp.lit for lamp in LAMPS.get(thing.category, ()) if _is_face(lamp, face)), face)

    return repainted(things, lit)


def _is_face(lamp: Lamp, face: Material) -> bool:
    """Returns whether a material is a lamp's face, whatever wear and dirt a machine has got."""
    return (face.kind, face.color) == (lamp.face.kind, lamp.face.color)


def lights(things: Assembly) -> tuple[Light, ...]:
    """Returns the light of all lamps that are on in things that `switched_on` lit."""
    found = list(_of_instances(things))
    street = list(_of_scatters(things))
    street.sort(key=lambda light: round(float(np.hypot(*light.pose[:2, 3])), 3))
    return tuple(found + street[:STREET_LAMPS])


def _of_instances(things: Assembly) -> Iterator[Light]:
    for thing in things.instances:
        for lamp in LAMPS.get(thing.category, ()):
            for index, part in enumerate(thing.parts):
                if lamp.lumens and lamp.lit in part.materials:
                    face = _middle(things.shapes[part.shape], part.materials.index(lamp.lit))
                    yield _light(f"{thing.name}/{part.name}", lamp, part_poses(thing)[0, index], face)


def _of_scatters(things: Assembly) -> Iterator[Light]:
    for thing in things.scatters:
        for lamp in LAMPS.get(thing.category, ()):
            if lamp.lumens and lamp.lit in thing.materials:
                face = _middle(things.shapes[thing.shape], thing.materials.index(lamp.lit))
                for copy, pose in enumerate(thing.poses):
                    yield _light(f"{thing.name}/{copy}", lamp, pose, face)


def _middle(shape: Mesh, slot: int) -> NDArray[np.float64]:
    """Returns (3,) the middle of the faces in a slot."""
    used = shape.vertices[shape.corners[np.repeat(shape.slots == slot, shape.sizes)]]
    return (used.min(0) + used.max(0)) / 2


def _light(name: str, lamp: Lamp, carrier: NDArray[np.float64], face: NDArray[np.float64]) -> Light:
    """Returns the light of a lamp whose face has its middle at `face` in the frame of its carrier."""
    ahead = np.array(lamp.ahead)
    aside = np.cross([0.0, 1.0, 0.0], -ahead)
    aside /= np.linalg.norm(aside)
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([aside, np.cross(-ahead, aside), -ahead])
    pose[:3, 3] = face + AHEAD * ahead
    level = float(np.dot(lamp.color, (0.2126, 0.7152, 0.0722)))
    color = tuple(channel / level for channel in lamp.color)
    return Light(
        f"{name}/light", "spot", carrier @ pose, lamp_power(lamp.lumens, "spot", lamp.cone), lamp.size, color, lamp.cone
    )
