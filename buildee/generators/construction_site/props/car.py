"""Passenger cars: one skin through cross-sections, glass that is seen through, wheels that turn. Metres."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.props.car_bodies import BODIES, HATCHBACK, Body
from buildee.generators.construction_site.props.palette import DARK, painted
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, Shaped, again, cuboid, model, shaped
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Joint, Model
from buildee.layout.solids import box, cylinder, loft, revolve, tube

PAINT, TRIM, GLASS, CLEAR, RED = range(5)
"""Slots of the shell."""

ARCH = 0.05
"""Air between tyre and wheel arch, metres."""

COLORS: tuple[tuple[Color, float], ...] = (
    ((0.16, 0.17, 0.18), 0.21),
    ((0.45, 0.46, 0.47), 0.12),
    ((0.012, 0.012, 0.014), 0.27),
    ((0.72, 0.72, 0.7), 0.2),
    ((0.02, 0.06, 0.2), 0.09),
    ((0.3, 0.018, 0.016), 0.05),
    ((0.035, 0.09, 0.06), 0.03),
    ((0.45, 0.2, 0.02), 0.03),
)
"""Paints and their shares in new registrations of 2024 in Germany (Kraftfahrt-Bundesamt, Neuzulassungen nach Farben):
grey and silver 33.0 %, black 26.6, white 19.9, blue 8.9, red 4.7, green 3.1; the rest is others."""


def car(body: Body = HATCHBACK, color: Color = COLORS[0][0], dirt: float = 0.25) -> Model:
    """Returns a car facing +X; category car, its wheels turn about hinges.

    Args:
        body: its lines.
        color: of the paint.
        dirt: splashed up its sides.
    """
    materials = (
        painted(color, 0.02, dirt),
        replace(DARK, dirt=dirt),
        Material("glass", (0.35, 0.4, 0.4), wear=0.0, dirt=0.12),
        Material("plastic", (0.55, 0.56, 0.57), wear=0.0, dirt=0.1),
        Material("plastic", (0.3, 0.008, 0.008), wear=0.0, dirt=0.1),
        Material("fabric", (0.035, 0.035, 0.04), wear=0.2, dirt=0.1),
        Material("paint", (0.72, 0.72, 0.7), wear=0.05, dirt=0.3),
        Material("bare_metal", (0.5, 0.5, 0.5), wear=0.1, dirt=0.1),
    )
    tail, nose = body.ends
    half = body.width / 2
    screens = body.screens
    belt = max(z for _, z in body.belt)
    boxes = [
        cuboid((tail - 0.02, -half - 0.01, 0.0), (nose + 0.03, half + 0.01, belt + 0.06)),
        cuboid((screens[0] - 0.05, -half, belt), (screens[3], half, body.height)),
        cuboid((0.45, -half - 0.16, belt - 0.1), (0.95, half + 0.16, belt + 0.25)),
    ]
    key = f"car/{body.name}"
    layered: list[Layer] = [(material, []) for material in materials]
    made = shaped("body", key, layered, boxes)
    hull = Shaped(made.part, _hull(body))
    first = shaped("wheel.0", f"car/wheel_{body.wheel}", _wheel_layers(body.wheel), [], parent=0)
    wheels = []
    for number, (x, side) in enumerate((x, side) for x in body.axles for side in (-1, 1)):
        rest = pose_at(x, side * (half - 0.125), body.wheel, 0.0 if side < 0 else np.pi)
        wheel = again(first, f"wheel.{number}", rest)
        wheels.append(Shaped(replace(wheel.part, joint=Joint("hinge", (0.0, -float(side), 0.0))), wheel.mesh))
    return model("car", [hull, *wheels])


def car_rand(rng: np.random.Generator) -> Model:
    """Samples a car by what is common on the road."""
    body = BODIES[int(rng.choice(len(BODIES), p=[share for _, share in BODIES]))][0]
    color = COLORS[int(rng.choice(len(COLORS), p=[share for _, share in COLORS]))][0]
    return car(body, color, float(rng.uniform(0.1, 0.45)))


def _line(corners: tuple[tuple[float, float], ...], x: NDArray[np.float64], soft: float = 0.07) -> NDArray[np.float64]:
    """Returns a line through corners at x, its bends rounded over `soft` metres."""
    table = np.array(corners).T
    shifts = np.linspace(-soft, soft, 7)
    inside = np.clip(x[:, None] + shifts, table[0, 0], table[0, -1])
    return np.interp(inside, *table).mean(1)


def _stations(body: Body) -> NDArray[np.float64]:
    """Returns where the cross-sections are: denser at the ends, the wheel arches and the edges of the glass."""
    tail, nose = body.ends
    radius = body.wheel + ARCH
    arch = np.concatenate([radius * np.cos(np.linspace(0, np.pi, 13)), [-radius - 0.003, radius + 0.003]])
    ends = np.array([0.0, 0.015, 0.04, 0.08, 0.14])
    edges = [*body.screens, body.rear_glass, *(x + offset for x in body.pillars for offset in (-0.04, 0.04))]
    x = np.concatenate([tail + ends, nose - ends, *(axle + arch for axle in body.axles), edges])
    x = np.concatenate([x, np.linspace(tail, nose, 16)])
    x = np.unique(x.round(4))
    keep = np.concatenate([[True], np.diff(x) > 0.0025])
    return x[keep]


def _sections(body: Body, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns (N, 13, 3): half cross-sections on the left side, from the underside's middle up to the roof's."""
    top, belt, wide = _line(body.top, x), _line(body.belt, x), _line(body.plan, x)
    belt = np.minimum(belt, top - 0.03)
    tail, nose = body.ends
    low = body.sill + 0.12 * np.clip(1 - np.minimum(x - tail, nose - x) / 0.25, 0, 1)
    for axle in body.axles:
        inside = (body.wheel + ARCH) ** 2 - (x - axle) ** 2
        low = np.where(inside > -1e-9, body.wheel + np.sqrt(np.maximum(inside, 0)), low)
    low = np.minimum(low, belt - 0.1)
    rise = top - belt
    roof = np.maximum(wide - 0.05 - 0.36 * rise, 0.3)
    edge = top - np.minimum(0.055, 0.3 * rise)
    head = edge - np.minimum(0.045, 0.12 * rise)
    foot = belt + np.minimum(0.02, 0.1 * rise)
    lamp = low + np.maximum(belt - 0.17 - low, 0.03)
    points = [
        (0 * x, low),
        (wide - 0.16, low),
        (wide - 0.03, low + 0.015),
        (wide - 0.012, low + 0.07 * np.clip((belt - low) / 0.4, 0.2, 1)),
        (wide, low + 0.5 * (lamp - low) + 0.02),
        (wide - 0.004, np.maximum(lamp, low + 0.6 * (lamp - low))),
        (wide - 0.012, belt - np.minimum(0.045, 0.3 * (belt - lamp))),
        (wide - 0.04, belt),
        (wide - 0.055, foot),
        (roof + 0.018 + 0.02 * rise, head),
        (roof, edge),
        (0.6 * roof, top - 0.15 * (top - edge)),
        (0 * x, top),
    ]
    return np.stack([np.stack([x, y, z], -1) for y, z in points], 1)


@lru_cache(maxsize=8)
def _hull(body: Body) -> Mesh:
    """Returns all but the wheels."""
    return Mesh.merged([_shell(body), *_details(body)])


def _shell(body: Body) -> Mesh:
    """Returns the body in one skin, its faces painted, glazed or lit by where they are."""
    x = _stations(body)
    half = _sections(body, x)
    other = half[:, 1:-1][:, ::-1] * (1.0, -1.0, 1.0)
    mesh = loft(np.concatenate([half, other], 1), smooth=True)
    middle = (x[1:] + x[:-1]) / 2
    slots = np.zeros((len(middle), 24), np.int32)
    slots[:, :3] = TRIM
    tail, nose = body.ends
    rear_foot, rear_head, front_head, front_foot = body.screens
    slots[(middle > front_head) & (middle < front_foot - 0.04), 10:12] = GLASS
    slots[(middle < rear_head) & (middle > rear_foot + 0.04), 10:12] = GLASS
    glazed = (middle > body.rear_glass) & (middle < front_foot - 0.16)
    slots[glazed, 8] = GLASS
    for pillar in body.pillars:
        slots[np.abs(middle - pillar) < 0.04, 8] = TRIM
    slots[(middle > nose - 0.3) & (middle < nose - 0.015), 5:7] = CLEAR
    slots[(middle < tail + 0.2) & (middle > tail + 0.012), 5:7] = RED
    slots[:, 12:] = slots[:, 11::-1]
    return replace(mesh, slots=np.concatenate([slots.reshape(-1), [PAINT, TRIM]]).astype(np.int32))


def _details(body: Body) -> list[Mesh]:
    """Returns seats, dashboard, mirrors, seams, handles, grille, plates and exhaust; slots go on from the shell's."""
    seat, plate, chrome = 5, 6, 7
    tail, nose = body.ends
    half, belt = body.width / 2, float(_line(body.belt, np.array([0.3]))[0])
    base = belt - 0.42
    parts = [box((0.45, 2 * half - 0.3, 0.3), (body.screens[3] - 0.3, 0, belt - 0.1), 0.08).with_slot(seat)]
    for x in (0.12, -0.78):
        width = 0.5 if x > 0 else 1.2
        for y in (-0.36, 0.36) if x > 0 else (0.0,):
            parts.append(box((0.5, width, 0.18), (x + 0.12, y, base), 0.06).with_slot(seat))
            parts.append(box((0.16, width, 0.6), (x - 0.2, y, base + 0.35), 0.06).with_slot(seat))
        for y in (-0.36, 0.36):
            parts.append(box((0.1, 0.26, 0.17), (x - 0.25, y, base + 0.76), 0.04).with_slot(seat))
    doors = (0.78, body.pillars[0], body.pillars[0] - 0.85)
    seams = _sections(body, np.array(doors))[:, 3:9] + (0, 0.0005, 0)
    handles = [(x, float(_line(body.plan, np.array([x]))[0])) for x in (doors[1] + 0.12, doors[2] + 0.12)]
    rear = float(_line(body.belt, np.array([tail + 0.1]))[0]) - 0.1
    for side in (-1, 1):
        place = (0.72, side * (half + 0.07), belt + 0.1)
        parts.append(box((0.13, 0.19, 0.14), place, 0.04).with_slot(PAINT))
        parts.append(box((0.05, 0.12, 0.04), (0.74, side * (half - 0.02), belt + 0.05)).with_slot(TRIM))
        parts += [tube(seam * (1, side, 1), 0.004, 4).with_slot(TRIM) for seam in seams]
        for x, y in handles:
            parts.append(box((0.17, 0.035, 0.03), (x, side * y, belt - 0.09), 0.01).with_slot(TRIM))
        parts.append(box((0.06, 0.24, 0.13), (tail + 0.022, side * 0.52, rear), 0.02).with_slot(RED))
    low, high = body.sill + 0.2, float(_line(body.belt, np.array([nose]))[0])
    parts.append(box((0.05, 0.82, 0.1), (nose - 0.005, 0, high - 0.03), 0.015).with_slot(TRIM))
    parts.append(box((0.06, 1.0, 0.1), (nose - 0.01, 0, low - 0.01), 0.015).with_slot(TRIM))
    parts.append(box((0.02, 0.1, 0.1), (nose + 0.02, 0, high - 0.03), 0.008).with_slot(chrome))
    parts.append(box((0.012, 0.52, 0.11), (nose + 0.016, 0, low + 0.07), 0.003).with_slot(plate))
    parts.append(
        box((0.012, 0.52, 0.11), (tail - 0.008, 0, 0.66 if body.name != "suv" else 0.75), 0.003).with_slot(plate)
    )
    parts.append(box((0.08, 1.3, 0.1), (tail + 0.02, 0, low), 0.02).with_slot(TRIM))
    pipe = cylinder(0.035, 0.2, 10).transformed(
        pose_at(tail - 0.01, 0.5, body.sill + 0.1) @ rotation((0, 1, 0), np.pi / 2)
    )
    parts.append(pipe.with_slot(chrome))
    if body.name == "estate":
        parts += [
            tube([(-1.7, y, 1.43), (-1.6, y, 1.49), (-0.2, y, 1.5), (-0.1, y, 1.44)], 0.014, 6).with_slot(chrome)
            for y in (-0.58, 0.58)
        ]
    return parts


@lru_cache(maxsize=8)
def _wheel_layers(radius: float) -> tuple[Layer, ...]:
    """Returns a wheel that turns about Y, its outer face towards -Y: tyre, rim with spokes, hub."""
    lie = rotation((1, 0, 0), np.pi / 2)
    rim = 0.66 * radius
    tyre = [(rim, -0.09), (0.9 * radius, -0.105), (0.97 * radius, -0.09), (radius, -0.06), (radius, 0.06)]
    tyre += [(0.97 * radius, 0.09), (0.9 * radius, 0.105), (rim + 0.012, 0.095), (rim, 0.07)]
    bowl = [
        (0.1, -0.02),
        (rim, -0.02),
        (rim, 0.085),
        (rim - 0.02, 0.088),
        (rim - 0.03, 0.03),
        (0.12, 0.02),
        (0.07, 0.04),
    ]
    spokes = []
    for number in range(10):
        turn = number // 2 * 2 * np.pi / 5 + (0.16 if number % 2 else -0.16)
        spoke = box((rim - 0.05, 0.03, 0.03), (rim / 2 + 0.02, 0, 0.07))
        spokes.append(spoke.transformed(rotation((0, 0, 1), turn)))
    hub = revolve([(0.07, 0.02), (0.07, 0.085), (0.05, 0.095)], 12)
    alloy = Material("bare_metal", (0.42, 0.42, 0.43), wear=0.15, dirt=0.35)
    return (
        (Material("rubber", (0.02, 0.02, 0.021), wear=0.4, dirt=0.35), (revolve(tyre, 22).transformed(lie),)),
        (Material("paint", (0.03, 0.03, 0.032), wear=0.1, dirt=0.4), (revolve(bowl, 16).transformed(lie),)),
        (alloy, tuple(mesh.transformed(lie) for mesh in (*spokes, hub))),
    )
