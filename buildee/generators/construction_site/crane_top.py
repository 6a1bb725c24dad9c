"""What of a tower crane slews: turntable, cab, tower top, jib and counter-jib. Metres.

Jib, tip, lines, counter-jib and top share the jib's frame: x out from the mast's axis, z = 0 at the axes of the lower
chords.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from buildee.generators.construction_site.crane_hook import CHORD, JIB_HALF, LAY, rods, sheave
from buildee.layout.bars import chain
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.solids import box, cylinder, loft, prism, revolve

JIB_FOOT = 1.9
"""From the slewing plane up to the lower chords."""

JIB_START = 1.3
JIB_DEPTH = 1.3
COUNTER_JIB = 13.0
BALLAST = 5
TOP = 7.6
"""From the lower chords up to the tower's head."""

EYE = pose_at(1.35, 1.75, 0.9)
"""`slew_from_eye`: the operator's eyes in the cab."""


def turntable() -> Mesh:
    """Returns the slewing platform: rotating ring, box frame, drives, gallery; slots paint, steel, galvanised."""
    disc = revolve([(0.96, 0.01), (1.06, 0.03), (1.06, 0.16), (1.0, 0.18)], 40)
    low, high = 0.18, JIB_FOOT - 0.2
    legs = [box((0.24, 0.24, high - low), (x, y, (low + high) / 2), 0.01) for x in (-0.75, 0.75) for y in (-0.72, 0.72)]
    bed = box((1.9, 1.9, 0.25), (0, 0, low + 0.1), 0.012)
    crown = [box((2.5, 0.26, 0.3), (0, y, high + 0.05), 0.012) for y in (-0.72, 0.72)]
    crown += [box((0.26, 1.2, 0.26), (x, 0, high + 0.03), 0.012) for x in (-0.75, 0.75)]
    braces = rods([((-0.75, y, 0.4), (0.75, y, high - 0.05)) for y in (-0.72, 0.72)], 0.05)
    drives = [cylinder(0.16, 0.75, 20, 0.01).moved(x, y, 0.33) for x, y in ((-0.3, 1.12), (-0.3, -1.12))]
    drives += [cylinder(0.11, 0.35, 16, 0.01).moved(x, y, 1.08) for x, y in ((-0.3, 1.12), (-0.3, -1.12))]
    shelf = [box((0.5, 0.55, 0.06), (-0.3, y, 0.3), 0.006) for y in (1.08, -1.08)]
    walk = [box((3.0, 0.7, 0.04), (0.1, -1.65, 0.2), 0.003), box((0.7, 2.6, 0.04), (-1.35, 0.0, 0.2), 0.003)]
    carriers = rods([((x, -0.9, 0.15), (x, -2.0, 0.15)) for x in (-0.9, 0.9)], 0.05, 4)
    posts = [(x, -1.98) for x in (-1.35, -0.4, 0.6, 1.58)] + [(-1.68, y) for y in (-1.2, 0.0, 1.28)]
    rail = rods([((x, y, 0.2), (x, y, 1.3)) for x, y in posts], 0.02, 6)
    line = [(1.58, -1.98), (-1.68, -1.98), (-1.68, 1.28)]
    hands = [chain([(x, y, z) for x, y in line], 0.02, 6) for z in (0.75, 1.3)]
    steel = Mesh.merged(drives).with_slot(1)
    zinc = Mesh.merged([*walk, rail, *hands]).with_slot(2)
    return Mesh.merged([disc, *legs, bed, *crown, braces, *shelf, carriers, steel, zinc])


def cab() -> Mesh:
    """Returns the operator's cab beside the turntable, under the jib; slots shell, glass, dark trim."""
    x, y, z = 1.0, 1.75, -0.15  # rear lower middle of the cab on the +Y side
    length, width, height = 1.9, 1.25, 2.05
    side = np.array([(0, 0), (1.35, 0), (length, 0.55), (length - 0.12, height), (0, height)])
    upright = np.array([[1.0, 0, 0, x - 0.6], [0, 0, -1, y + width / 2], [0, 1, 0, z], [0, 0, 0, 1]])
    floor = box((1.4, width - 0.04, 0.08), (x - 0.6 + 0.72, y, z + 0.06), 0.004)
    roof = box((length, width + 0.06, 0.07), (x - 0.6 + 0.9, y, z + height + 0.02), 0.02)
    back = box((0.06, width - 0.02, height - 0.04), (x - 0.6 + 0.05, y, z + height / 2), 0.006)
    frames = []
    for offset in (0.03, width - 0.03):
        loop = np.column_stack([side, np.full(len(side), offset)]) @ upright[:3, :3].T + upright[:3, 3]
        frames.append(chain(loop, 0.032, 6, closed=True))
    crossing = [
        [np.array([*point, offset]) @ upright[:3, :3].T + upright[:3, 3] for offset in (0.03, width - 0.03)]
        for point in side
    ]
    glazing = loft(
        [
            np.column_stack([_shrunk(side, 0.012), np.full(len(side), 0.02)]),
            np.column_stack([_shrunk(side, 0.012), np.full(len(side), width - 0.02)]),
        ]
    ).transformed(upright)
    seat = [
        box((0.5, 0.52, 0.12), (x + 0.25, y, z + 0.5), 0.03),
        box((0.12, 0.5, 0.75), (x + 0.02, y, z + 0.85), 0.03),
        box((0.3, 0.14, 0.35), (x + 0.4, y + 0.36, z + 0.55), 0.02),
        box((0.3, 0.14, 0.35), (x + 0.4, y - 0.36, z + 0.55), 0.02),
        cylinder(0.12, 0.4, 12).moved(x + 0.25, y, z + 0.1),
    ]
    hangers = rods([((x - 0.55, 0.6, z + h), (x - 0.55, y - 0.4, z + h)) for h in (0.25, height - 0.2)], 0.05, 4)
    hangers = Mesh.merged([hangers, rods([((x - 0.2, 0.6, z + 0.25), (x - 0.2, y - 0.4, z + 0.25))], 0.05, 4)])
    panels = [box((0.9, 0.02, 0.72), (x - 0.08, y + flank * (width / 2 + 0.005), z + 0.4), 0.005) for flank in (-1, 1)]
    shell = Mesh.merged([floor, roof, back, *panels, *frames, rods(crossing, 0.032, 6), hangers])
    return Mesh.merged([shell, glazing.with_slot(1), Mesh.merged(seat).with_slot(2)])


def _shrunk(outline: np.ndarray, distance: float) -> np.ndarray:
    """Returns the outline drawn towards its middle."""
    middle = outline.mean(0)
    return middle + (outline - middle) * (1 - distance)


def tower_top() -> Mesh:
    """Returns the A-frame over the turntable: four legs to the pendant head; slots paint, galvanised, lamp."""
    head = np.array([0.1, 0.0, TOP])
    feet = [np.array([x, y, -0.05]) for x, y in ((-0.75, -0.72), (0.75, -0.72), (0.75, 0.72), (-0.75, 0.72))]
    tips = [head + np.array([x, y, 0.0]) for x, y in ((-0.18, -0.2), (0.18, -0.2), (0.18, 0.2), (-0.18, 0.2))]
    legs = rods(list(zip(feet, tips, strict=True)), 0.13 / np.sqrt(2), 4)
    web = []
    levels = np.linspace(0.0, 0.92, 6)
    for side in range(4):
        near, far = side, (side + 1) % 4
        for index, (low, high) in enumerate(pairwise(levels)):
            one, two = (near, far) if index % 2 else (far, near)
            web.append((feet[one] + low * (tips[one] - feet[one]), feet[two] + high * (tips[two] - feet[two])))
            web.append((feet[one] + high * (tips[one] - feet[one]), feet[two] + high * (tips[two] - feet[two])))
    plates = [box((0.75, 0.03, 0.5), (head[0], y, TOP + 0.05), 0.006) for y in (-0.2, 0.2)]
    pins = rods([((head[0] + x, -0.3, TOP + 0.1), (head[0] + x, 0.3, TOP + 0.1)) for x in (-0.25, 0.25)], 0.045)
    cap = box((0.5, 0.44, 0.04), (head[0], 0, TOP + 0.32), 0.006)
    wheel = sheave(0.24).moved(1.05, 0.0, 0.75)
    bearing = [box((0.5, 0.02, 0.12), (0.88, y, 0.75), 0.004) for y in (-0.06, 0.06)]
    rungs = [((-0.1, -0.78 + 0.55 * t, z), (0.3, -0.78 + 0.55 * t, z)) for t, z in _climb()]
    lamp = Mesh.merged([cylinder(0.07, 0.16, 16, 0.02).moved(head[0], 0, TOP + 0.36)])
    zinc = Mesh.merged([rods(rungs, 0.012, 6)])
    paint = Mesh.merged([legs, rods(web, 0.04), *plates, pins, cap, wheel, *bearing])
    return Mesh.merged([paint, zinc.with_slot(1), lamp.with_slot(2)])


def _climb() -> list[tuple[float, float]]:
    """Returns share and height of the rungs up the tower top's side."""
    heights = np.arange(0.3, TOP - 0.4, 0.3)
    return [(float(z / TOP), float(z)) for z in heights]


def jib_section(length: float) -> Mesh:
    """Returns a jib section from x = 0: two lower chords, one upper, lacing, walkway; slot 1 galvanised."""
    lower = [((0, y, 0), (length, y, 0)) for y in (-JIB_HALF, JIB_HALF)]
    chords = rods(lower, CHORD / np.sqrt(2), 4)
    upper = rods([((0, 0, JIB_DEPTH), (length, 0, JIB_DEPTH))], 0.055, 10)
    panels = 4
    step = length / panels
    web = []
    for panel in range(panels):
        start, middle, end = panel * step, (panel + 0.5) * step, (panel + 1) * step
        for y in (-JIB_HALF, JIB_HALF):
            web += [((start, y, 0.03), (middle, 0, JIB_DEPTH)), ((middle, 0, JIB_DEPTH), (end, y, 0.03))]
        one, two = (-JIB_HALF, JIB_HALF) if panel % 2 else (JIB_HALF, -JIB_HALF)
        web += [((start, one, 0), (end, two, 0)), ((end, -JIB_HALF, 0), (end, JIB_HALF, 0))]
    lugs = [box((0.22, 0.02, 0.16), (x, y, 0), 0.003) for x in (0.0,) for y in (-JIB_HALF - 0.07, JIB_HALF + 0.07)]
    walk = box((length, 0.38, 0.03), (length / 2, -0.3, 0.075), 0.003)
    line = rods([((0, -0.42, 0.72), (length, -0.42, 0.72))], 0.006, 5)
    return Mesh.merged([chords, upper, rods(web, 0.026, 6), *lugs, Mesh.merged([walk, line]).with_slot(1)])


def jib_tip() -> Mesh:
    """Returns the end of the jib with its return sheave, buffer and lamp; slots paint, steel, lamp."""
    frame = rods(
        [
            ((0, -JIB_HALF, 0), (0.7, -0.2, 0)),
            ((0, JIB_HALF, 0), (0.7, 0.2, 0)),
            ((0, 0, JIB_DEPTH), (0.7, 0, 0.1)),
            ((0, -JIB_HALF, 0), (0, JIB_HALF, 0)),
        ],
        0.04,
    )
    cheeks = [box((0.35, 0.02, 0.35), (0.75, y, LAY / 2), 0.004) for y in (-0.1, 0.1)]
    head = box((0.1, 0.5, 0.12), (0.7, 0, 0.02), 0.006)
    post = rods([((0.7, 0, 0.08), (0.7, 0, 0.45))], 0.02, 6)
    wheel = sheave(0.16).moved(0.78, 0, LAY - 0.16).with_slot(1)
    lamp = cylinder(0.06, 0.14, 16, 0.02).moved(0.7, 0, 0.45).with_slot(2)
    return Mesh.merged([frame, *cheeks, head, post, wheel, lamp])


def jib_lines(jib: float) -> Mesh:
    """Returns pendant bars and the ropes along the jib; slot 0 bars, slot 1 ropes."""
    head = np.array([0.35, 0.0, TOP + 0.1])
    pendants, joints = [], []
    for share in (0.34, 0.76):
        foot = np.array([share * jib, 0.0, JIB_DEPTH + 0.16])
        for y in (-0.11, 0.11):
            shift = np.array([0, y, 0.0])
            pendants.append((head + shift, foot + shift))
        joints.append(box((0.5, 0.03, 0.34), (foot[0], 0, JIB_DEPTH + 0.1), 0.006))
        joints.append(rods([((foot[0], -0.16, foot[2]), (foot[0], 0.16, foot[2]))], 0.035))
        span = np.linalg.norm(foot - head)
        for part in np.arange(5.0, span - 1.0, 5.0) / span:
            spot = head + part * (foot - head)
            joints.append(box((0.4, 0.27, 0.05), (0, 0, 0), 0.006).transformed(_pitched(spot, foot - head)))
    hoist = [((1.05, 0, 0.99), (JIB_START + 0.3, 0.0, 0.6)), ((JIB_START + 0.3, 0.0, 0.6), (2.4, 0.0, LAY))]
    hoist.append(((2.4, 0.0, LAY), (jib + 1.4, 0.0, LAY)))
    hoist.append(((1.05, 0, 0.99), (-8.2, 0.0, 1.05)))
    trolley = [((JIB_START, y, z), (jib + 0.9, y, z)) for y, z in ((0.22, LAY + 0.06), (0.28, LAY + 0.12))]
    ropes = Mesh.merged([rods(hoist, 0.0105, 6), rods(trolley, 0.006, 5)])
    return Mesh.merged([rods(pendants, 0.035), *joints, ropes.with_slot(1)])


def _pitched(spot: np.ndarray, along: np.ndarray) -> np.ndarray:
    """Returns the pose at a spot whose X runs along a direction in the x, z plane."""
    return pose_at(*spot) @ rotation((0.0, 1.0, 0.0), np.arctan2(-along[2], along[0]))


def counter_jib() -> Mesh:
    """Returns girders, walkway, railings, winch, cabinet and pendants; slots paint, zinc, dark, lamp."""
    reach = COUNTER_JIB
    girders = [Mesh.merged([_girder(reach - 0.75)]).moved(-reach / 2 - 0.37, y, 0) for y in (-0.75, 0.75)]
    cross = [box((0.12, 1.4, 0.2), (x, 0, -0.02), 0.006) for x in np.linspace(-1.4, -reach + 0.15, 7)]
    pendants = []
    for y in (-0.75, 0.75):
        pendants.append(((-0.15, np.sign(y) * 0.2, TOP + 0.1), (-reach + 2.6, y, 0.25)))
    bars_ = rods(pendants, 0.04)
    lugs = [box((0.3, 0.04, 0.3), (-reach + 2.6, y, 0.2), 0.005) for y in (-0.75, 0.75)]
    deck = box((reach - 3.4, 1.3, 0.03), (-reach / 2 + 0.6, 0, 0.095), 0.003)
    sides = [box((reach - 3.4, 0.55, 0.03), (-reach / 2 + 0.6, y, 0.175), 0.003) for y in (-1.15, 1.15)]
    posts, rails = [], []
    for y in (-1.4, 1.4):
        for x in np.linspace(-1.3, -reach + 2.9, 8):
            posts.append(((x, y, 0.16), (x, y, 1.28)))
        rails += [((-1.3, y, z), (-reach + 2.9, y, z)) for z in (0.3, 0.75, 1.28)]
    zinc = Mesh.merged([deck, *sides, rods(posts + rails, 0.02, 6)])
    lamp = cylinder(0.06, 0.14, 16, 0.02).moved(-reach + 2.9, 1.4, 1.28)
    paint = Mesh.merged([*girders, *cross, bars_, *lugs])
    return Mesh.merged([paint, zinc.with_slot(1), _machinery().with_slot(2), lamp.with_slot(3)])


def _girder(length: float) -> Mesh:
    """Returns an I-girder along X, 0.32 m deep, its top at z = 0.16."""
    outline = np.array([(0.09, -0.16), (0.09, -0.145), (0.006, -0.145), (0.006, 0.145), (0.09, 0.145), (0.09, 0.16)])
    outline = np.concatenate([outline, outline[::-1] * (-1, 1)])
    stand = np.array([[0.0, 0, 1, -length / 2], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    return prism(outline, length).transformed(stand)


def _machinery() -> Mesh:
    """Returns the hoist winch with its motor on the counter-jib, and the switch cabinet."""
    along_y = rotation((1.0, 0.0, 0.0), np.pi / 2)
    drum = revolve([(0.42, 0.0), (0.42, 0.03), (0.3, 0.04), (0.3, 0.76), (0.42, 0.77), (0.42, 0.8)], 32)
    motor = revolve([(0.16, 0), (0.19, 0.03), (0.19, 0.5), (0.16, 0.53)], 24)
    frame = [box((1.3, 1.25, 0.1), (-8.2, 0.0, 0.16), 0.01), box((0.5, 0.12, 0.5), (-8.2, -0.47, 0.45), 0.02)]
    gear = box((0.55, 0.18, 0.75), (-8.2, 0.5, 0.55), 0.03)
    cabinet = box((0.95, 0.6, 1.3), (-5.4, -0.3, 0.765), 0.02)
    return Mesh.merged(
        [
            drum.transformed(along_y).moved(-8.2, 0.4, 0.64),
            motor.transformed(along_y).moved(-8.75, 0.4, 0.42),
            *frame,
            gear,
            cabinet,
        ]
    )


def counterweight() -> Mesh:
    """Returns one ballast slab hanging between the girders from x = 0; slot 1 its hanger."""
    slab = box((0.4, 1.28, 2.6), (0.2, 0.0, -0.75), 0.03)
    bar = box((0.08, 1.75, 0.1), (0.2, 0.0, 0.21), 0.008)
    straps = [box((0.08, 0.06, 0.3), (0.2, y, 0.16), 0.005) for y in (-0.4, 0.4)]
    return Mesh.merged([slab.moved(z=-0.25), Mesh.merged([bar, *straps]).with_slot(1)])
