"""Frame, axles, springs, tanks, guards and lights of the dump truck, in the instance's frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, cross_pin, filleted, flank, rectangle, side, strip
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage, solids
from buildee.layout.mesh import Mesh

RAIL_TOP, RAIL_DEPTH, RAIL_Y = 1.02, 0.28, 0.38
REAR = -3.70


def chassis() -> Mesh:
    """Returns all that hangs on the frame rails, but cab, wheels and body."""
    return Mesh.merged([_rails(), _axles(), _springs(), _power(), _tanks(), _guards(), _mudguards(), _tail()])


def _rails() -> Mesh:
    """Returns the two channel-section rails with their cross members."""
    pieces = []
    for y in (-1, 1):
        web = sorted((y * RAIL_Y, y * (RAIL_Y + 0.012)))
        flange = sorted((y * (RAIL_Y - 0.07), y * (RAIL_Y + 0.012)))
        pieces.append(block((REAR, web[0], RAIL_TOP - RAIL_DEPTH), (3.55, web[1], RAIL_TOP)))
        for z in (RAIL_TOP - RAIL_DEPTH, RAIL_TOP - 0.012):
            pieces.append(block((REAR, flange[0], z), (3.55, flange[1], z + 0.012)))
        # Bolted fish plates that join the tipping subframe to the rails.
        for x in (-2.9, -1.86, -0.5, 0.4, 1.2):
            plate = sorted((y * (RAIL_Y + 0.012), y * (RAIL_Y + 0.024)))
            pieces.append(block((x - 0.11, plate[0], 0.86), (x + 0.11, plate[1], 1.12)))
    for x in (-3.6, -2.9, -1.86, -0.6, 0.5, 1.6, 3.4):
        pieces.append(block((x - 0.05, -RAIL_Y, RAIL_TOP - 0.22), (x + 0.05, RAIL_Y, RAIL_TOP - 0.06), 0.01))
    hinge = [
        block((linkage.BODY_HINGE.real - 0.12, y - 0.05, 0.98), (linkage.BODY_HINGE.real + 0.12, y + 0.05, 1.13), 0.02)
        for y in (-0.48, 0.48)
    ]
    pin = cross_pin(linkage.BODY_HINGE.real, linkage.BODY_HINGE.imag, -0.6, 0.6, 0.045)
    foot = linkage.RAM_FOOT
    cradle = [
        block((foot.real - 0.10, y - 0.03, foot.imag - 0.16), (foot.real + 0.10, y + 0.03, foot.imag + 0.10), 0.02)
        for y in (-0.2, 0.2)
    ]
    beam = block((foot.real - 0.08, -RAIL_Y, foot.imag - 0.2), (foot.real + 0.08, RAIL_Y, foot.imag - 0.10), 0.01)
    return Mesh.merged([made_of(Slot.TRIM, *pieces, *hinge, *cradle, beam), made_of(Slot.STEEL, pin)])


def _axles() -> Mesh:
    z = linkage.TYRE_RADIUS
    pose = turned("x", np.pi / 2)
    rear = []
    for x in linkage.REAR_AXLES:
        tube = solids.revolve(
            [(0.10, -0.70), (0.10, -0.30), (0.20, -0.12), (0.22, 0.0), (0.20, 0.12), (0.10, 0.30), (0.10, 0.70)], 20
        )
        rear.append(tube.transformed(pose).moved(x, 0, z))
        rear.append(solids.sphere(0.22, 16, 8).moved(x + 0.04, 0, z))
        rear += [cross_pin(x, z, *sorted((y * 0.52, y * 0.68)), 0.21, 20) for y in (-1, 1)]
    beam = block((linkage.FRONT_AXLE - 0.05, -0.70, z - 0.16), (linkage.FRONT_AXLE + 0.05, 0.70, z - 0.05), 0.02)
    x = linkage.FRONT_AXLE
    ends = [flank(sign, (x - 0.05, 0.66, z - 0.14), (x + 0.05, 0.86, z + 0.08), 0.02) for sign in (-1, 1)]
    shaft = solids.tube([(2.1, 0, 0.80), (linkage.REAR_AXLES[0] + 0.2, 0, 0.62)], 0.06, 14)
    second = solids.tube([(linkage.REAR_AXLES[0] - 0.15, 0, 0.62), (linkage.REAR_AXLES[1] + 0.2, 0, 0.60)], 0.05, 14)
    return made_of(Slot.TRIM, *rear, beam, *ends, shaft, second)


def _span(sign: int, inner: float, outer: float) -> list[float]:
    """Returns right and left y of something that reaches from `inner` to `outer` on one side."""
    return sorted((sign * inner, sign * outer))


def _leaves(length: float, count: int, thickness: float, sag: float) -> list[Mesh]:
    """Returns a pack of leaf springs about the origin, along X, the longest on top."""
    leaves = []
    for index in range(count):
        half = length / 2 * (1 - 0.75 * index / count)
        x = np.linspace(-half, half, 9)
        z = sag * (2 * x / length) ** 2 - index * thickness
        leaves.append(strip(np.column_stack([x, z]), thickness * 0.9, -0.045, 0.045))
    return leaves


def _springs() -> Mesh:
    pieces = []
    z = linkage.TYRE_RADIUS
    bogie = linkage.TURNING_POINT
    for y in (-1, 1):
        pieces += [leaf.moved(linkage.FRONT_AXLE, y * 0.42, z + 0.04) for leaf in _leaves(1.7, 4, 0.022, 0.13)]
        pieces += [
            leaf.transformed(np.diag([1, 1, -1, 1])).moved(bogie, y * 0.50, z + 0.20)
            for leaf in _leaves(1.35, 7, 0.02, 0.12)
        ]
        pieces.append(flank(y, (bogie - 0.14, 0.38, z + 0.05), (bogie + 0.14, 0.60, z + 0.40), 0.02))
        for x in (linkage.FRONT_AXLE - 0.84, linkage.FRONT_AXLE + 0.84):
            pieces.append(flank(y, (x - 0.05, 0.38, z + 0.10), (x + 0.05, 0.48, 0.86), 0.01))
        low, high = (linkage.FRONT_AXLE - 0.25, y * 0.52, z + 0.02), (linkage.FRONT_AXLE - 0.20, y * 0.50, z + 0.5)
        pieces += [fittings.rod(low, high, 0.032, 10)]
    return made_of(Slot.TRIM, *pieces)


def _power() -> Mesh:
    """Returns engine and gearbox under the cab, exhaust box and air intake behind it."""
    engine = [block((2.35, -0.42, 0.62), (3.5, 0.42, 1.25), 0.08), block((2.45, -0.3, 0.50), (3.3, 0.3, 0.70), 0.06)]
    gearbox = solids.loft(
        np.array(
            [
                [(x, y, z) for y, z in rectangle((-w, 0.85 - w), (w, 0.85 + w), 0.1, 3)]
                for x, w in ((1.75, 0.18), (2.0, 0.24), (2.4, 0.34))
            ]
        )
    )
    intake = solids.prism(rectangle((1.74, 0.98), (1.92, 1.20), 0.05), 1.55).moved(z=1.30)
    cowl = block((1.70, 0.92, 2.80), (1.97, 1.22, 3.02), 0.05)
    slats = [block((1.72, 1.215, z), (1.95, 1.235, z + 0.015)) for z in np.arange(2.83, 3.0, 0.035)]
    muffler = block((1.66, -1.20, 0.55), (2.02 - 0.1, -0.62, 1.05), 0.08)
    stack = bent([(1.80, -1.0, 1.0), (1.80, -1.0, 2.0), (1.80, -1.0, 3.05), (1.72, -1.0, 3.18)], 0.06, 0.08, 14)
    guard = solids.pipe(0.095, 0.09, 1.1, 18).moved(1.80, -1.0, 1.75)
    return Mesh.merged(
        [
            made_of(Slot.TRIM, *engine, gearbox, muffler),
            made_of(Slot.PLASTIC, intake, cowl, *slats),
            made_of(Slot.STEEL, stack, guard),
        ]
    )


def _tanks() -> Mesh:
    """Returns the fuel tank on the right; battery box and air tanks on the left."""
    outline = rectangle((-1.20, 0.46), (-0.56, 1.00), 0.12, 5)
    tank = fittings.front(outline, 0.15, 1.35, 0.02)
    straps = [
        fittings.front_frame(rectangle((-1.212, 0.448), (-0.548, 1.012), 0.13, 5), outline, x, x + 0.05)
        for x in (0.35, 1.1)
    ]
    brackets = [block((x, -0.56, 0.70), (x + 0.05, -0.38, 1.0)) for x in (0.35, 1.1)]
    cap = solids.cylinder(0.055, 0.05, 18, 0.01).transformed(turned("x", 0.6, (0.95, -1.08, 0.99)))
    steps = [block((0.55, -1.215, 0.60), (0.85, -1.195, 0.63))]
    battery = block((0.75, 0.56, 0.50), (1.40, 1.18, 0.98), 0.04)
    lid = [block((0.80, 1.175, 0.55), (1.35, 1.19, 0.93), 0.006), block((0.98, 1.188, 0.86), (1.17, 1.20, 0.89))]
    air = [
        solids.revolve(
            [(0.02, 0), (0.10, 0.03), (0.12, 0.08), (0.12, 0.72), (0.10, 0.77), (0.02, 0.80)], 18
        ).transformed(turned("y", np.pi / 2, (-0.20, y, 0.74)))
        for y in (0.62, 0.90)
    ]
    bands = [block((x, 0.40, 0.86), (x + 0.04, 1.0, 0.88)) for x in (-0.05, 0.42)]
    lines = [bent([(-0.2, y, 0.86), (0.1, y, 0.90), (0.7, y * 0.9, 0.93)], 0.008, 0.05) for y in (0.55, 0.58)]
    return Mesh.merged(
        [
            made_of(Slot.STEEL, tank, *straps),
            made_of(Slot.PLASTIC, cap, battery, *lid, *steps),
            made_of(Slot.TRIM, *brackets, *air, *bands, *lines),
        ]
    )


def _guards() -> Mesh:
    """Returns the side guard rails between the axles."""
    bars, posts, marks = [], [], []
    for y in (-1.21, 1.21):
        for z in (0.47, 0.78):
            bars.append(block((-0.42, y - 0.015, z), (0.10, y + 0.015, z + 0.10), 0.006))
        posts += [flank(np.sign(y), (x - 0.03, 0.4, 0.70), (x + 0.03, 1.2, 0.74)) for x in (-0.3, 0.02)]
        posts += [block((x - 0.03, y - 0.03, 0.45), (x + 0.03, y - 0.01, 0.92)) for x in (-0.3, 0.02)]
        marks += [flank(np.sign(y), (x - 0.05, 1.19, 0.50), (x + 0.05, 1.228, 0.53)) for x in (-0.2,)]
    return Mesh.merged([made_of(Slot.BODY, *bars), made_of(Slot.TRIM, *posts), made_of(Slot.AMBER, *marks)])


def _mudguards() -> Mesh:
    """Returns arched guards over all wheels, with flaps."""
    pieces = []
    radius = linkage.TYRE_RADIUS + 0.085
    for x, reach, y0, y1 in (
        (linkage.REAR_AXLES[0], (18, 150), 0.60, 1.24),
        (linkage.REAR_AXLES[1], (30, 172), 0.60, 1.24),
        (linkage.FRONT_AXLE, (100, 190), 0.86, 1.23),
    ):
        angle = np.deg2rad(np.linspace(*reach, 15))
        arch = np.column_stack([x + radius * np.cos(angle), linkage.TYRE_RADIUS + radius * np.sin(angle)])
        arch[:, 1] = np.minimum(arch[:, 1], linkage.TYRE_RADIUS + radius - 0.03)
        for sign in (-1, 1):
            low, high = _span(sign, y0, y1)
            pieces.append(strip(arch, 0.012, low, high))
            lip = _span(sign, y1 - 0.012, y1)
            pieces.append(strip(arch, 0.035, *lip))
    flaps = [
        flank(sign, (linkage.REAR_AXLES[1] - 0.70, 0.62, 0.25), (linkage.REAR_AXLES[1] - 0.685, 1.22, 0.72))
        for sign in (-1, 1)
    ]
    return Mesh.merged([made_of(Slot.PLASTIC, *pieces), made_of(Slot.RUBBER, *flaps)])


def _tail() -> Mesh:
    """Returns underrun bar, lamps, number plate and tow jaw."""
    bar = block((REAR - 0.06, -1.16, 0.46), (REAR + 0.04, 1.16, 0.58), 0.012)
    arms = [block((REAR - 0.04, y - 0.03, 0.5), (REAR + 0.03, y + 0.03, 0.9)) for y in (-0.42, 0.42)]
    boxes = [block((REAR - 0.07, y - 0.21, 0.66), (REAR + 0.02, y + 0.21, 0.80), 0.012) for y in (-0.92, 0.92)]
    holders = [block((REAR - 0.02, y - 0.02, 0.55), (REAR, y + 0.02, 0.7)) for y in (-0.92, 0.92)]
    red, amber, clear = [], [], []
    for sign in (-1, 1):
        for lamps, inner, outer in ((red, 0.73, 0.90), (clear, 0.91, 0.99), (amber, 1.0, 1.11)):
            low, high = _span(sign, inner, outer)
            lamps.append(block((REAR - 0.082, low, 0.68), (REAR - 0.068, high, 0.78), 0.004))
    plate = block((REAR - 0.07, -0.26, 0.62), (REAR - 0.06, 0.26, 0.73))
    jaw = block((REAR - 0.12, -0.08, 0.78), (REAR, 0.08, 0.92), 0.02)
    marks = [block((REAR - 0.066, y - 0.14, 0.50), (REAR - 0.06, y + 0.14, 0.55)) for y in (-0.95, 0.95)]
    return Mesh.merged(
        [
            made_of(Slot.TRIM, bar, *arms, jaw, *holders),
            made_of(Slot.PLASTIC, *boxes),
            made_of(Slot.RED_LENS, *red),
            made_of(Slot.AMBER, *amber),
            made_of(Slot.LENS, *clear),
            made_of(Slot.PLASTIC, plate),
            made_of(Slot.REFLECTOR, *marks),
        ]
    )


def knuckle(side_sign: int) -> Mesh:
    """Returns a steering knuckle with brake drum about its kingpin; the wheel's middle is at y = 0.16 outwards."""
    drum = cross_pin(0, 0, *_span(side_sign, -0.02, 0.14), 0.205, 24)
    upright = block((-0.06, -0.06, -0.16), (0.06, 0.06, 0.14), 0.02)
    outline = filleted([(-0.30, -0.02), (0.0, -0.05), (0.0, 0.05), (-0.30, 0.02)], 0.02, 2)
    arm = side(outline, -0.03, 0.02)
    return made_of(Slot.TRIM, drum, upright, arm)
