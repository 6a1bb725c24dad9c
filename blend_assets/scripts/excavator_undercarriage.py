"""Crawlers, track frames, car body and slewing ring of the excavator."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import block, cross_pin, filleted, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.linkage import CARRIER, CARRIERS, CRAWLER, ROLLER, ROLLERS, SHOES, TEETH
from buildee.layout.mesh import Mesh

GAUGE = 2.20
"""Between the middles of the tracks; with 0.60 m shoes the machine is 2.80 m wide."""
SHOE_WIDTH = 0.60
PIN_HEIGHT = 0.10
"""Of the chain's pins above the ground, on 26 mm grousers."""
AXLE_HEIGHT = PIN_HEIGHT + CRAWLER.radius
RAIL = 0.045
"""From the pins to the rails of the links, on which rollers run."""
ROLLER_HEIGHT = PIN_HEIGHT + RAIL + ROLLER
CARRIER_HEIGHT = AXLE_HEIGHT + CRAWLER.radius - RAIL - CARRIER


def shoe() -> Mesh:
    """Returns one triple-grouser shoe on its pair of links; the chain's pin is the origin, +Z faces the ground."""
    base, plate, tall = 0.058, 0.012, 0.026
    pitch = CRAWLER.length / SHOES
    a, b = -0.50 * pitch, 0.51 * pitch
    profile = [(a, base), (b, base + 0.004), (b + 0.016, base + 0.016)]
    for grouser in (b - 0.012, 0.02 * pitch, a + 0.012):
        profile += [(grouser + 0.014, base + plate), (grouser + 0.006, base + plate + tall)]
        profile += [(grouser - 0.006, base + plate + tall), (grouser - 0.014, base + plate)]
    plate_mesh = side(profile, -SHOE_WIDTH / 2, SHOE_WIDTH / 2)
    link = [(-0.62 * pitch, -0.02), (-0.5 * pitch, -0.045), (0.56 * pitch, -0.04), (0.58 * pitch, 0.03)]
    link += [(0.3 * pitch, 0.058), (-0.4 * pitch, 0.058), (-0.62 * pitch, 0.02)]
    links = [side(link, y - 0.017, y + 0.017) for y in (-0.075, 0.075)]
    bolts = [
        solids.prism(solids.circle(0.019, 4, np.pi / 4), 0.012).moved(0.24 * pitch, y, base + plate)
        for y in (-0.075, 0.075)
    ]
    pin = cross_pin(0, 0, -0.11, 0.11, 0.022, 10)
    return made_of(Slot.TRACK, plate_mesh, *links, *bolts, pin)


def _wheel(profile: list, segments: int = 28) -> Mesh:
    """Returns a solid of revolution about the Y axis; profile is (radius, y)."""
    return solids.revolve(profile, segments).transformed(turned("x", -np.pi / 2))


def idler() -> Mesh:
    """Returns the wheel that the chain turns round in front, about its axle."""
    rim = CRAWLER.radius - RAIL
    profile = [(0.1, -0.09), (rim - 0.06, -0.07), (rim, -0.06), (rim, -0.035), (rim + 0.03, -0.03)]
    profile += [(rim + 0.03, 0.03), (rim, 0.035), (rim, 0.06), (rim - 0.06, 0.07), (0.1, 0.09)]
    ribs = [
        _tangent_plate(angle, 0.13, rim - 0.07, 0.012, 0.082) for angle in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    return made_of(Slot.TRACK, _wheel(profile), *ribs)


def _tangent_plate(angle: float, inner: float, outer: float, thick: float, half: float) -> Mesh:
    """Returns a rib of a wheel about Y, along a radius."""
    plate = block((inner, -half, -thick / 2), (outer, half, thick / 2))
    return plate.transformed(turned("y", angle))


def roller() -> Mesh:
    """Returns a bottom roller with its flanges, about its axle."""
    flange, tread = ROLLER + 0.028, ROLLER
    profile = [(0.05, -0.15), (flange - 0.01, -0.14), (flange, -0.13), (flange, -0.108), (tread, -0.1)]
    return made_of(Slot.TRACK, _wheel(profile + [(radius, -y) for radius, y in profile[::-1]], 14))


def carrier() -> Mesh:
    """Returns a carrier roller, about its axle."""
    profile = [(CARRIER - 0.01, -0.1), (CARRIER, -0.09), (CARRIER, 0.09), (CARRIER - 0.01, 0.1)]
    return made_of(Slot.TRACK, _wheel(profile, 14))


def sprocket(out: int) -> Mesh:
    """Returns the toothed wheel that drives the chain, with its hub, about its axle; `out` +1 looks left."""
    step = 2 * np.pi / TEETH
    # A gap between teeth, in the middle of the third and fourth corner of each, holds the pin below the axle.
    angle = np.arange(4 * TEETH) * step / 4 - np.pi / 2 - 0.625 * step
    root, tip = CRAWLER.radius - 0.03, CRAWLER.radius + 0.018
    radius = np.tile([tip, tip, root, root], TEETH)
    ring = side(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), -0.03, 0.03)
    hub = solids.revolve([(0.27, -0.16), (0.27, 0.02), (0.235, 0.05), (0.235, 0.13), (0.20, 0.165), (0.10, 0.175)], 32)
    heads = fittings.bolt_circle(0.253, 20, 0.03, 0.016).moved(z=0.02)
    cover = fittings.bolt_circle(0.15, 10, 0.028, 0.012).moved(z=0.165)
    pose = turned("x", -np.pi / 2 * out)
    return Mesh.merged(
        [
            made_of(Slot.TRACK, ring),
            made_of(Slot.TRIM, hub.transformed(pose)),
            made_of(Slot.STEEL, heads.transformed(pose), cover.transformed(pose)),
        ]
    )


def track_frame(out: int) -> Mesh:
    """Returns a side frame with guards, axle blocks and step about y = 0; `out` +1 is the left side."""
    half = CRAWLER.reach / 2
    beam = filleted(
        [(-1.62, 0.36), (1.42, 0.36), (1.55, 0.40), (1.55, 0.52), (1.25, 0.60), (-1.42, 0.60), (-1.62, 0.52)], 0.04, 2
    )
    outline = [
        (y, z) for y, z in ((-0.17, 0.36), (0.17, 0.36), (0.17, 0.48), (0.07, 0.60), (-0.07, 0.60), (-0.17, 0.48))
    ]
    middle = fittings.front(outline, -1.5, 1.3)
    yokes = [
        side(filleted([(1.2, 0.36), (half + 0.13, 0.38), (half + 0.13, 0.53), (1.2, 0.56)], 0.05), y, y + 0.03)
        for y in (-0.16, 0.13)
    ]
    pieces = [*yokes]
    for sign in (-1, 1):
        pieces += [fittings.flank(sign, (x, 0.185, 0.15), (x + 0.5, 0.20, 0.37), 0.004) for x in (-1.1, 0.6)]
        pieces += [fittings.flank(sign, (x - 0.05, 0.152, 0.19), (x + 0.05, 0.185, 0.37), 0.004) for x in ROLLERS]
    posts = [block((x - 0.04, -0.04, 0.59), (x + 0.04, 0.04, CARRIER_HEIGHT), 0.006) for x in CARRIERS]
    # The final drive's fixed half, inside the sprocket, and the idler's axle.
    motor = solids.cylinder(0.21, 0.12, 28).transformed(turned("x", np.pi / 2 * out, (-half, -0.16 * out, AXLE_HEIGHT)))
    cap = solids.revolve([(0.11, 0.05), (0.11, 0.11), (0.08, 0.13)], 20)
    idler_cap = cap.transformed(turned("x", -np.pi / 2 * out, (half, 0.06 * out, AXLE_HEIGHT)))
    sheet = side(
        filleted([(-1.75, 0.36), (-1.45, 0.36), (-1.45, 0.6), (-1.75, 0.6)], 0.06),
        -0.14 * out - 0.03,
        -0.14 * out + 0.03,
    )
    return made_of(Slot.TRIM, side(beam, -0.10, 0.10), middle, *pieces, *posts, motor, idler_cap, sheet, _step(out))


def _step(out: int) -> Mesh:
    """Returns the step on the outside of a track frame, reaching to the shoes' edge."""
    y0, y1 = sorted((0.10 * out, 0.30 * out))
    plates = [block((x, y0, 0.47), (x + 0.30, y1, 0.485), 0.004) for x in (-0.15, 0.65)]
    cheeks = [block((x + dx, y0, 0.40), (x + dx + 0.012, y1, 0.485)) for x in (-0.15, 0.65) for dx in (0.0, 0.288)]
    return Mesh.merged([*plates, *cheeks])


def undercarriage() -> Mesh:
    """Returns the car body and the fixed half of the slewing ring."""
    hull = solids.loft(
        np.array(
            [
                [(x, y, z) for x, y in fittings.rectangle((-a, -b), (a, b), 0.2, 3)]
                for a, b, z in ((0.62, 0.55, 0.50), (0.78, 0.70, 0.56), (0.78, 0.70, 0.80), (0.66, 0.66, 0.90))
            ]
        )
    )
    legs = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            rings = []
            for y, x, width, low, high in (
                (0.35, 0.40, 0.30, 0.54, 0.84),
                (0.70, 0.75, 0.22, 0.46, 0.72),
                (1.00, 1.00, 0.24, 0.30, 0.58),
            ):
                ring = [(x - width, y, low), (x + width, y, low), (x + width, y, high), (x - width, y, high)]
                rings.append(ring)
            leg = solids.loft(np.array(rings)[:, ::-1])
            legs.append(leg.transformed(np.diag([sx, sy, 1, 1])))
    ring = solids.revolve(
        [
            (0.6, 0.88),
            (0.66, 0.89),
            (0.66, 0.945),
            (0.63, 0.95),
            (0.63, 0.965),
            (0.67, 0.97),
            (0.67, 1.03),
            (0.6, 1.035),
        ],
        48,
    )
    bolts = fittings.bolt_circle(0.645, 36, 0.03, 0.02).moved(z=0.945)
    return Mesh.merged([made_of(Slot.TRIM, hull, *legs), made_of(Slot.STEEL, ring, bolts)])
