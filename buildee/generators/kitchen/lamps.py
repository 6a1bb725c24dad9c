"""Lamps: pendants, downlights, strips under wall units, ceiling dishes; and the light that they shed. Metres.

Lumens after household LEDs: a 60 W bulb's worth is 806 lm, a downlight's 400 to 500 lm, strips give 500 to 1000 lm a
metre. Faces glow as bright as that flux through their area makes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen.fixtures import BLACK, BRASS, WHITE
from buildee.generators.kitchen.style import Style
from buildee.layout.exposure import lamp_power
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.layers import Layer, Shaped, model, shaped
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Instance, Light, Model, Pose
from buildee.layout.solids import box, cylinder, loft, revolve, sphere, tube


@dataclass(frozen=True)
class Source:
    """What a part that glows sheds.

    Attributes:
        kind: of the light.
        lumens: of one such part; of a strip a metre.
        area: of its glowing face, square metres; of a strip a metre.
        size: radius or side of the light, metres. That of a point is a disc that always faces what it lights, and
            reaches out past the face about it: see `PASSED`.
        ahead: how far below the part's origin the light sits, metres.
        angle: full cone of a spot, radians.
    """

    kind: str
    lumens: float
    area: float
    size: float
    ahead: float = 0.0
    angle: float = math.radians(150)


PASSED = 0.6
"""Share of a point's disc that its own glowing face, 0.63 times as wide, does not hide; its power makes up for it."""

SOURCES: dict[str, Source] = {
    "bulb": Source("point", 806.0, 0.0113, 0.0474),
    "globe": Source("point", 1000.0, 0.1385, 0.166),
    "spot": Source("spot", 450.0, 0.0024, 0.025, 0.004, math.radians(80)),
    "strip": Source("area", 700.0, 0.012, 0.012, 0.01),
    "dish": Source("area", 1500.0, 0.09, 0.26, 0.075),
}
"""By the name of the part, a number after a dot aside."""


def _face(source: str, light: Color | None) -> Material:
    """Returns what glows: as bright as its flux makes it, or opal when it is off."""
    made = SOURCES[source]
    peak = max(light) if light else 1.0
    color = tuple(round(channel / peak, 4) for channel in light) if light else (0.85, 0.84, 0.8)
    glow = made.lumens / (math.pi * made.area) if light else 0.0
    return Material("emissive", color, wear=0.0, dirt=0.02, glow=round(min(glow, 60000.0), 1))


def lights_of(things: Assembly) -> tuple[Light, ...]:
    """Returns the light of every lamp that is on."""
    return tuple(light for thing in things.instances for light in _of(thing, things))


def _of(thing: Instance, things: Assembly) -> Iterator[Light]:
    if thing.category not in ("lamp", "pendant_lamp", "cooker_hood"):
        return
    poses = part_poses(thing)[0]
    for part, pose in zip(thing.parts, poses, strict=True):
        source = SOURCES.get(part.name.split(".")[0])
        face = part.materials[0]
        if source is None or face.kind != "emissive" or face.glow <= 0:
            continue
        level = float(np.dot(face.color, (0.2126, 0.7152, 0.0722)))
        color = tuple(round(channel / level, 4) for channel in face.color)
        size, height, lumens = source.size, None, source.lumens
        if part.name.startswith("strip"):
            size, height = float(np.ptp(things.shapes[part.shape].bounds[:, 0])), source.size
            lumens *= size
        at = pose @ translation((0.0, 0.0, -source.ahead))
        power = lamp_power(lumens, source.kind, source.angle) / (PASSED if source.kind == "point" else 1.0)
        yield Light(f"{thing.name}/{part.name}", source.kind, at, power, size, color, source.angle, height)


def pendant(style: Style, drop: float, light: Color | None, rng: np.random.Generator) -> Model:
    """Returns a pendant lamp: origin where its rose is fixed to the ceiling, its lower rim `drop` metres below."""
    kinds = {
        "modern": ("globe", "cylinder", "dome"),
        "scandinavian": ("globe", "cone", "dome"),
        "country": ("woven", "enamel"),
        "classic": ("drum", "globe"),
        "industrial": ("dome", "enamel", "cylinder"),
    }[style.family]
    kind = kinds[int(rng.integers(len(kinds)))]
    key = f"kitchen/pendant_{kind}_{drop:.2f}"
    if kind == "globe":
        return _globe(key, drop, style, light)
    shade, top, bulb, outer, inner = _shade(kind, style, rng)
    layers: list[Layer] = [(outer, [shade[0].moved(z=-drop)]), (inner, [shade[1].moved(z=-drop)])]
    layers += _cord(style, drop - top)
    radius = float(np.abs(shade[0].bounds[:, 0]).max())
    boxes = [((-radius, -radius, -drop), (radius, radius, top - drop)), ((-0.05, -0.05, top - drop), (0.05, 0.05, 0.0))]
    body = shaped("shade", key, layers, boxes)
    return model("pendant_lamp", [body, _bulb(bulb - drop, light)])


def _bulb(z: float, light: Color | None) -> Shaped:
    """Returns an LED bulb of 60 mm, cap up, its middle at z."""
    profile = [
        (0.012, 0.062),
        (0.014, 0.045),
        (0.024, 0.022),
        (0.03, 0.0),
        (0.026, -0.016),
        (0.014, -0.027),
        (0.0, -0.03),
    ]
    face = revolve(profile[::-1], 20)
    cap = cylinder(0.0135, 0.03, 16).moved(z=0.06)
    layers = [(_face("bulb", light), [face]), (WHITE, [cap])]
    return shaped("bulb", "kitchen/bulb", layers, [], parent=0, rest=translation((0.0, 0.0, z)))


def _cord(style: Style, long: float) -> list[Layer]:
    """Returns rose, cord and lamp holder down to z = -long."""
    cloth = Material("fabric", (0.03, 0.03, 0.03) if style.family != "country" else (0.3, 0.22, 0.12), dirt=0.0)
    rose = revolve([(0.05, 0.0), (0.048, -0.018), (0.03, -0.028), (0.006, -0.03)][::-1], 28)
    cord = tube([(0, 0, -0.02), (0, 0, -long + 0.04)], 0.0035, 8)
    holder = revolve([(0.02, -0.07), (0.022, -0.02), (0.018, 0.0), (0.008, 0.012), (0.004, 0.03)], 24).moved(
        z=-long + 0.012
    )
    metal = BRASS if style.family in ("classic", "country") else BLACK
    return [(metal, [rose, holder]), (cloth, [cord])]


def _shade(kind: str, style: Style, rng: np.random.Generator) -> tuple:
    """Returns skin and lining of a shade with its rim at z = 0, its height, the bulb's height, and both materials."""
    bright = Material("lacquer", (0.8, 0.78, 0.73), wear=0.05, dirt=0.03)
    tone = [(0.03, 0.032, 0.034), (0.62, 0.6, 0.55), (0.1, 0.16, 0.14), (0.35, 0.13, 0.06)][int(rng.integers(4))]
    paint = Material("lacquer", tone, wear=0.1, dirt=0.05)
    if kind == "drum":
        profile, top, bulb = [(0.2, 0.0), (0.17, 0.24)], 0.24, 0.13
        cloth = Material("sheeting", (0.7, 0.62, 0.48), wear=0.0, dirt=0.02)
        return _walled(profile, 0.0015, 40), top, bulb, cloth, cloth
    if kind == "woven":
        profile, top, bulb = [(0.25, 0.0), (0.245, 0.05), (0.21, 0.13), (0.14, 0.2), (0.05, 0.24)], 0.24, 0.14
        straw = Material("wicker", (0.42, 0.29, 0.14), wear=0.1, dirt=0.03)
        return _walled(profile, 0.004, 40), top, bulb, straw, straw
    if kind == "cylinder":
        return _walled([(0.055, 0.0), (0.055, 0.24), (0.03, 0.245)], 0.002, 32), 0.245, 0.12, paint, bright
    if kind == "cone":
        return _walled([(0.2, 0.0), (0.195, 0.012), (0.05, 0.19), (0.025, 0.2)], 0.002, 40), 0.2, 0.09, paint, bright
    if kind == "enamel":
        profile = [(0.2, 0.0), (0.185, 0.02), (0.09, 0.09), (0.05, 0.12), (0.042, 0.2), (0.025, 0.21)]
        return _walled(profile, 0.002, 40), 0.21, 0.1, paint, bright
    profile = [(0.19, 0.0), (0.188, 0.05), (0.165, 0.12), (0.115, 0.175), (0.05, 0.2), (0.025, 0.205)]
    return _walled(profile, 0.002, 40), 0.205, 0.09, paint, bright


def _walled(profile: list, thick: float, segments: int) -> tuple[Mesh, Mesh]:
    """Returns outer and inner skin of a shade; both are one closed solid in two slots' worth of faces."""
    outer = np.array(profile)
    inner = outer - np.array([thick, 0.0])
    skin = revolve(np.concatenate([inner[:1] * (1, 1), outer]), segments)
    keep = skin.sizes == 4
    first = Mesh(
        skin.vertices, skin.corners[np.repeat(keep, skin.sizes)], skin.sizes[keep], skin.slots[keep], skin.smooth[keep]
    )
    lining = revolve(inner, segments)
    keep = lining.sizes == 4
    second = Mesh(
        lining.vertices,
        lining.corners[np.repeat(keep, lining.sizes)],
        lining.sizes[keep],
        lining.slots[keep],
        lining.smooth[keep],
    ).flipped()
    return first, second


def _globe(key: str, drop: float, style: Style, light: Color | None) -> Model:
    """Returns an opal glass ball on a rod."""
    radius = 0.105
    metal = BRASS if style.family != "scandinavian" else BLACK
    rose = cylinder(0.05, 0.022, 32, 0.003).moved(z=-0.022)
    rod = cylinder(0.006, drop - 2 * radius - 0.02, 14).moved(z=-drop + 2 * radius)
    cup = revolve([(0.034, -0.02), (0.034, 0.0), (0.02, 0.02), (0.007, 0.03)], 28).moved(z=-drop + 2 * radius)
    low = -drop
    boxes = [
        ((-radius, -radius, low), (radius, radius, low + 2 * radius)),
        ((-0.05, -0.05, low + 2 * radius), (0.05, 0.05, 0.0)),
    ]
    body = shaped("rod", f"{key}_rod", [(metal, [rose, rod, cup])], boxes)
    ball = shaped(
        "globe", "kitchen/globe", [(_face("globe", light), [sphere(radius, 32, 20)])], [], parent=0,
        rest=translation((0.0, 0.0, low + radius)),
    )  # fmt: skip
    return model("pendant_lamp", [body, ball])


def downlight(light: Color | None) -> Model:
    """Returns a recessed spot of 82 mm; origin on the ceiling's face."""
    ring = loft([np.column_stack([circle_, np.full(36, z)]) for circle_, z in _RING], smooth=True, closed=True)
    face = cylinder(0.028, 0.001, 28).moved(z=-0.0035)
    spot = shaped("spot.0", "kitchen/downlight_face", [(_face("spot", light), [face])], [], parent=0)
    return model("lamp", [shaped("ring", "kitchen/downlight", [(WHITE, [ring])]), spot])


def _ring() -> list:
    turn = np.arange(36) * 2 * np.pi / 36
    unit = np.column_stack([np.cos(turn), np.sin(turn)])
    return [(unit * r, z) for r, z in ((0.041, 0.0), (0.04, -0.004), (0.036, -0.006), (0.03, -0.005), (0.028, 0.0))][
        ::-1
    ]


_RING = _ring()


def strip(long: float, light: Color | None) -> Model:
    """Returns an LED profile under a wall unit: origin on the unit's underside in its middle, along X, shining down."""
    body = shaped(
        "profile",
        f"kitchen/strip_{long:.2f}",
        [
            (
                Material("bare_metal", (0.6, 0.6, 0.6), wear=0.1, dirt=0.05),
                [box((long, 0.018, 0.008), (0, 0, -0.004), 0.001)],
            )
        ],
    )
    face = box((long - 0.01, 0.012, 0.001), (0, 0, -0.0085))
    glow = shaped("strip.0", f"kitchen/strip_face_{long:.2f}", [(_face("strip", light), [face])], [], parent=0,
                  rest=translation((0.0, 0.0, 0.0)))  # fmt: skip
    return model("lamp", [body, glow])


def ceiling_lamp(name: str, pose: Pose, light: Color | None) -> Assembly:
    """Returns an opal dish on a ceiling, lit or not."""
    dish = revolve([(0.001, -0.072), (0.08, -0.07), (0.13, -0.055), (0.158, -0.03), (0.163, -0.012), (0.16, 0.0)], 36)
    bounds = [((-0.165, -0.165, -0.072), (0.165, 0.165, 0.0))]
    made = model("lamp", [shaped("dish", "kitchen/dish", [(_face("dish", light), [dish])], bounds)])
    return Assembly(made.shapes, (made.placed(name, pose),))
