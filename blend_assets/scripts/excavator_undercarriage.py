"""Tracks, track frames, car body and slewing ring of the excavator, in the instance's frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import block, filleted, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

GAUGE = 2.20
"""Between the middles of the tracks; with 0.60 m shoes the machine is 2.80 m wide."""
SHOE_WIDTH = 0.60
WHEELBASE = 3.60
"""From idler to sprocket."""
PITCH_RADIUS = 0.345
"""Of the chain's pins round idler and sprocket."""
PIN_HEIGHT = 0.10
"""Of the chain's pins above the ground, on 26 mm grousers."""
SHOES = 49
AXLE_HEIGHT = PIN_HEIGHT + PITCH_RADIUS
SAG = 0.03


def chain_pose(distance: float) -> np.ndarray:
    """Returns the (4, 4) pose of a link in the track's side view: x along the chain, z away from the rollers.

    Args:
        distance: along the pins' loop from the sprocket's lowest point, forward along the ground, metres.
    """
    arc = np.pi * PITCH_RADIUS
    half = WHEELBASE / 2
    distance %= 2 * (WHEELBASE + arc)
    if distance < WHEELBASE:
        return turned("y", np.pi, (distance - half, 0, PIN_HEIGHT)) @ np.diag([-1, -1, 1, 1])
    if distance < WHEELBASE + arc:
        angle = (distance - WHEELBASE) / PITCH_RADIUS
        middle, start = half, -np.pi / 2
    elif distance < 2 * WHEELBASE + arc:
        along = (distance - WHEELBASE - arc) / WHEELBASE
        # Two bays hang between idler, carrier rollers and sprocket.
        dip = SAG * np.sin(2 * np.pi * along) ** 2
        slope = SAG * 2 * np.pi / WHEELBASE * np.sin(4 * np.pi * along)
        place = (half - along * WHEELBASE, 0, AXLE_HEIGHT + PITCH_RADIUS - dip)
        return turned("y", np.arctan(slope), place) @ np.diag([-1, -1, 1, 1])
    else:
        angle = (distance - 2 * WHEELBASE - arc) / PITCH_RADIUS
        middle, start = -half, np.pi / 2
    out = start + angle
    place = (middle + PITCH_RADIUS * np.cos(out), 0, AXLE_HEIGHT + PITCH_RADIUS * np.sin(out))
    return turned("y", np.pi / 2 - out, place) @ np.diag([-1, -1, 1, 1])


def shoe(pitch: float) -> Mesh:
    """Returns one triple-grouser shoe on its pair of links; the chain's pin is the origin, +Z faces the ground."""
    base, plate, tall = 0.058, 0.012, 0.026
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
    return Mesh.merged([plate_mesh, *links, *bolts])


def track() -> Mesh:
    """Returns one chain of shoes with the wheels it runs on, about y = 0."""
    loop = 2 * (WHEELBASE + np.pi * PITCH_RADIUS)
    pitch = loop / SHOES
    one = shoe(pitch)
    chain = made_of(Slot.TRACK, *(one.transformed(chain_pose((index + 0.3) * pitch)) for index in range(SHOES)))
    return Mesh.merged([chain, _running_gear()])


def _wheel(profile: list, x: float, z: float, segments: int = 28) -> Mesh:
    """Returns a solid of revolution about the axle through (x, z); profile is (radius, y)."""
    return solids.revolve(profile, segments).transformed(turned("x", -np.pi / 2, (x, 0, z)))


def _running_gear() -> Mesh:
    """Returns idler, sprocket and rollers about y = 0."""
    half = WHEELBASE / 2
    rim = PITCH_RADIUS - 0.045
    idler = _wheel(
        [
            (0.1, -0.09),
            (rim - 0.06, -0.07),
            (rim, -0.06),
            (rim, -0.035),
            (rim + 0.03, -0.03),
            (rim + 0.03, 0.03),
            (rim, 0.035),
            (rim, 0.06),
            (rim - 0.06, 0.07),
            (0.1, 0.09),
        ],
        half,
        AXLE_HEIGHT,
    )
    roller = [(0.09, -0.115), (0.115, -0.105), (0.087, -0.085), (0.087, 0.085), (0.115, 0.105), (0.09, 0.115)]
    rollers = [_wheel(roller, x, 0.055 + 0.087, 10) for x in np.linspace(-1.32, 1.32, 8)]
    carriers = [
        _wheel([(0.06, -0.1), (0.07, -0.09), (0.07, 0.09), (0.06, 0.1)], x, AXLE_HEIGHT + 0.225, 14)
        for x in (-0.9, 0.0, 0.9)
    ]
    teeth = 21
    angle = np.arange(4 * teeth) * (2 * np.pi / (4 * teeth))
    radius = np.tile([PITCH_RADIUS + 0.018, PITCH_RADIUS + 0.018, PITCH_RADIUS - 0.03, PITCH_RADIUS - 0.03], teeth)
    wheel = np.column_stack([radius * np.cos(angle) - half, radius * np.sin(angle) + AXLE_HEIGHT])
    sprocket = side(wheel, -0.03, 0.03)
    return made_of(Slot.TRACK, idler, sprocket, *rollers, *carriers)


def _track_frame(sign: int) -> Mesh:
    """Returns a side frame with final drive, guards and step; `sign` +1 is the left side, y = 0 its middle."""
    half = WHEELBASE / 2
    beam = filleted(
        [(-1.62, 0.24), (1.42, 0.24), (1.55, 0.36), (1.55, 0.52), (1.25, 0.60), (-1.42, 0.60), (-1.62, 0.50)], 0.04, 2
    )
    outline = [
        (y, z) for y, z in ((-0.17, 0.24), (0.17, 0.24), (0.17, 0.46), (0.07, 0.60), (-0.07, 0.60), (-0.17, 0.46))
    ]
    middle = fittings.front(outline, -1.5, 1.3)
    yokes = [
        side(filleted([(1.2, 0.30), (half + 0.13, 0.36), (half + 0.13, 0.53), (1.2, 0.56)], 0.05), y, y + 0.03)
        for y in (-0.16, 0.13)
    ]
    guards = [block((x, -0.20, 0.10), (x + 0.5, -0.185, 0.30), 0.004) for x in (-1.1, 0.6)]
    guards += [block((x, 0.185, 0.10), (x + 0.5, 0.20, 0.30), 0.004) for x in (-1.1, 0.6)]
    out = sign
    drive = solids.revolve(
        [(0.27, -0.16), (0.27, 0.02), (0.235, 0.05), (0.235, 0.13), (0.20, 0.165), (0.10, 0.175)], 32
    )
    heads = fittings.bolt_circle(0.253, 20, 0.03, 0.016).moved(z=0.02)
    cover = fittings.bolt_circle(0.15, 10, 0.028, 0.012).moved(z=0.165)
    pose = turned("x", -np.pi / 2 * out, (-half, 0, AXLE_HEIGHT))
    cap = solids.revolve([(0.11, 0.05), (0.11, 0.11), (0.08, 0.13)], 20)
    idler_cap = cap.transformed(turned("x", -np.pi / 2 * out, (half, 0.06 * out, AXLE_HEIGHT)))
    sheet = side(filleted([(-1.75, 0.33), (-1.45, 0.26), (-1.45, 0.6), (-1.75, 0.6)], 0.06), -0.17, 0.17)
    return Mesh.merged(
        [
            made_of(Slot.TRIM, side(beam, -0.10, 0.10), middle, *yokes, *guards, sheet),
            made_of(Slot.TRIM, drive.transformed(pose), idler_cap),
            made_of(Slot.STEEL, heads.transformed(pose), cover.transformed(pose)),
            made_of(Slot.TRIM, _step(out)),
        ]
    )


def _step(out: int) -> Mesh:
    """Returns the step on the outside of a track frame, reaching to the shoes' edge."""
    y0, y1 = sorted((0.10 * out, 0.30 * out))
    plates = [block((x, y0, 0.47), (x + 0.30, y1, 0.485), 0.004) for x in (-0.15, 0.65)]
    cheeks = [block((x + dx, y0, 0.40), (x + dx + 0.012, y1, 0.485)) for x in (-0.15, 0.65) for dx in (0.0, 0.288)]
    return Mesh.merged([*plates, *cheeks])


def undercarriage() -> Mesh:
    """Returns the track frames, the car body and the fixed half of the slewing ring."""
    sides = [_track_frame(sign).moved(y=sign * GAUGE / 2) for sign in (1, -1)]
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
    return Mesh.merged([*sides, made_of(Slot.TRIM, hull, *legs), made_of(Slot.STEEL, ring, bolts)])
