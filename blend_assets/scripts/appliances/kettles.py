"""Kettles: an electric one on its base, and an enamelled one for the stove."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import cable, disc, feet
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    along,
    hinge,
    made_of,
    outline,
    painted,
    slab,
    slider,
)
from blend_assets.scripts.fittings import bent, curve
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = (
    "1.7 l jug kettles: body 145-160 mm across, 240-250 mm high with base, 215-225 mm over spout and handle; "
    "stove kettles of 2.0-2.5 l: 190-220 mm across, 200-230 mm high with the handle up"
)


def assets() -> list[Asset]:
    """Returns the kettles."""
    return [kettle_a(), kettle_b()]


def _vessel(outside: list[tuple[float, float]], sheet: float, floor: float, segments: int = 40) -> Mesh:
    """Returns a hollow vessel turned about Z: its outside from foot to rim, then `sheet` further in."""
    inside = [(max(r - sheet, 0.001), max(z, floor)) for r, z in outside[::-1] if z >= floor]
    return solids.revolve([(0.0, outside[0][1]), *outside, *inside, (0.0, floor)], segments)


def _round_walls(radius: float, z0: float, z1: float, sheet: float, floor: float) -> list[Box]:
    """Returns boxes for a round vessel: its floor, and eight upright staves for its side."""
    a, b = 0.92 * radius, 0.38 * radius
    c = 0.70 * radius
    boxes: list[Box] = [((-c, -c, z0), (c, c, floor))]
    for s in (-1, 1):
        boxes.append(((min(s * a, s * (a - sheet)), -b, z0), (max(s * a, s * (a - sheet)), b, z1)))
        boxes.append(((-b, min(s * a, s * (a - sheet)), z0), (b, max(s * a, s * (a - sheet)), z1)))
        for t in (-1, 1):
            x, y = s * c, t * c
            boxes.append(
                (
                    (min(x, x - s * sheet * 3), min(y, y - t * sheet * 3), z0),
                    (max(x, x - s * sheet * 3), max(y, y - t * sheet * 3), z1),
                )
            )
    return boxes


def kettle_a() -> Asset:
    """Returns an electric jug kettle that lifts off its base: lid with a push button, switch, water gauge, flex."""
    tree = Tree()
    base = solids.revolve(
        [(0.072, 0.0), (0.078, 0.003), (0.079, 0.014), (0.074, 0.019), (0.03, 0.020), (0.022, 0.026), (0.0, 0.026)], 40
    )
    tree.add(
        "base",
        made_of(Slot.TRIM, base),
        feet([(0.05 * np.cos(t), 0.05 * np.sin(t)) for t in np.arange(3) * 2.1], 0.008, 0.001),
        solid=[((-0.056, -0.056, 0), (0.056, 0.056, 0.0195))],
    )
    _jug(tree, 0.0205)
    _jug_lid(tree, 0.0205)
    cable(tree, (-0.078, 0.01, 0.008), "base")
    slots = painted(
        front=STEEL, handle=painted()["trim"], glass=Material("glass", (0.75, 0.78, 0.80), wear=0.05, dirt=0.05)
    )
    return tree.asset("kettle_a", "Electric kettle, 1.7 l", "kettle", slots, ("kettle", "breakfast"), SOURCE)


def _jug(tree: Tree, z: float) -> None:
    """Adds the jug, standing on `z`: it lifts off."""
    wall, ring = _side(z)
    spout = _spout(z)
    top = (-0.050, 0, z + 0.188)
    foot = (-0.066, 0, z + 0.035)
    path = curve(
        [foot, (-0.100, 0, z + 0.050), (-0.116, 0, z + 0.10), (-0.113, 0, z + 0.165), (-0.090, 0, z + 0.198), top], 18
    )
    handle = solids.sweep(path, outline((-0.013, -0.009), (0.013, 0.009), 0.006), smooth=True)
    gauge = made_of(
        Slot.GLASS, slab((-0.010, 0.0625, z + 0.05), (0.010, 0.0750, z + 0.15), 0.003, 0.008, "y").transformed(_lean(z))
    )
    solid = [
        *_round_walls(0.070, z, z + 0.19, 0.006, z + 0.022),
        ((-0.125, -0.013, z + 0.04), (-0.098, 0.013, z + 0.2)),
        ((-0.098, -0.013, z + 0.185), (-0.062, 0.013, z + 0.205)),
        ((-0.098, -0.013, z + 0.03), (-0.072, 0.013, z + 0.055)),
    ]
    tree.add(
        "jug",
        made_of(Slot.FRONT, wall, spout),
        ring,
        made_of(Slot.HANDLE, handle),
        gauge,
        solid=solid,
        pivot=(0, 0, z),
        parent="base",
        joint=slider((0, 0, 1), 0, 0.30),
        grasp=(-0.115, 0, z + 0.12),
    )


def _jug_lid(tree: Tree, z: float) -> None:
    """Adds the lid and the switch of a jug that stands on `z`."""
    lid = solids.revolve(
        [(0.0, 0.203), (0.052, 0.203), (0.0565, 0.2065), (0.0560, 0.211), (0.046, 0.217), (0.0, 0.220)], 36
    )
    grip = disc(0.012, 0.219, 0.226, 0.002, 20, "z")
    tree.add(
        "lid",
        made_of(Slot.TRIM, lid.moved(0.002, 0, z)),
        made_of(Slot.METAL, grip.moved(0.0, 0, z)),
        solid=[((-0.04, -0.04, z + 0.2055), (0.044, 0.04, z + 0.222))],
        pivot=(-0.052, 0, z + 0.207),
        parent="jug",
        joint=hinge((0, -1, 0), 0, 85),
        grasp=(0.0, 0, z + 0.226),
    )
    switch = slab((-0.128, -0.011, z + 0.024), (-0.092, 0.011, z + 0.032), 0.003, 0.005, "z")
    tree.add(
        "switch",
        made_of(Slot.KNOB, switch),
        pivot=(-0.092, 0, z + 0.028),
        parent="jug",
        joint=hinge((0, 1, 0), -14, 0),
        grasp=(-0.126, 0, z + 0.032),
    )


def _side(z: float) -> tuple[Mesh, Mesh]:
    """Returns the tapering wall of a jug that stands on `z`, and the ring round its foot."""
    outside = [
        (0.071, z),
        (0.0745, z + 0.004),
        (0.0755, z + 0.02),
        (0.0735, z + 0.07),
        (0.067, z + 0.14),
        (0.060, z + 0.190),
        (0.0585, z + 0.200),
        (0.058, z + 0.204),
    ]
    wall = _vessel(outside, 0.0015, z + 0.022)
    ring = made_of(
        Slot.TRIM,
        solids.loft(
            np.array(
                [
                    np.column_stack([solids.circle(r, 40), np.full(40, h)])
                    for r, h in ((0.0752, z + 0.0005), (0.0760, z + 0.0205), (0.0750, z + 0.0205), (0.0742, z + 0.0005))
                ]
            ),
            closed=True,
            smooth=True,
        ),
    )
    return wall, ring


def _lean(z: float) -> np.ndarray:
    """Returns the shear that lays the water gauge against the tapering side."""
    pose = np.eye(4)
    slope = -0.075
    pose[1, 2], pose[1, 3] = slope, -slope * (z + 0.10)
    return pose


def _spout(z: float) -> Mesh:
    """Returns the beak of the jug: sections of a V that grows out of the side towards the rim."""
    rings = []
    for h, out, half in ((0.150, 0.062, 0.004), (0.165, 0.070, 0.012), (0.185, 0.082, 0.018), (0.2035, 0.094, 0.022)):
        root = 0.054
        rings.append(
            [
                (root, -half, z + h),
                (out - 0.006, -0.35 * half, z + h),
                (out, 0.0, z + h),
                (out - 0.006, 0.35 * half, z + h),
                (root, half, z + h),
            ]
        )
    return solids.loft(np.array(rings), smooth=True)


def kettle_b() -> Asset:
    """Returns an enamelled stove kettle: round belly, short spout, lid to lift, wire bail with a wooden grip."""
    tree = Tree()
    outside = [
        (0.088, 0.0),
        (0.094, 0.003),
        (0.101, 0.018),
        (0.1045, 0.04),
        (0.102, 0.066),
        (0.092, 0.094),
        (0.074, 0.114),
        (0.052, 0.124),
        (0.046, 0.1265),
    ]
    belly = _vessel(outside, 0.0016, 0.004)
    spout, mouth = _round_spout()
    lugs = [
        slab((s * 0.070 - 0.007, -0.011, 0.112), (s * 0.070 + 0.007, 0.011, 0.132), 0.003, 0.004, "y") for s in (-1, 1)
    ]
    solid = [
        *_round_walls(0.100, 0.0, 0.11, 0.006, 0.004),
        ((-0.075, -0.05, 0.11), (-0.046, 0.05, 0.126)),
        ((0.046, -0.05, 0.11), (0.075, 0.05, 0.126)),
        ((0.096, -0.013, 0.075), (0.13, 0.013, 0.126)),
    ]
    tree.add("body", made_of(Slot.FRONT, belly, spout), mouth, made_of(Slot.METAL, *lugs), solid=solid)
    _lid(tree)
    _bail(tree)
    enamel = Material("glazed", (0.10, 0.17, 0.16), wear=0.1, dirt=0.05)
    slots = painted(
        front=enamel,
        handle=Material("veneer", (0.22, 0.12, 0.06), wear=0.1, dirt=0.05),
        knob=Material("veneer", (0.22, 0.12, 0.06), wear=0.1, dirt=0.05),
    )
    return tree.asset("kettle_b", "Stove kettle, enamelled", "kettle", slots, ("kettle", "stove"), SOURCE)


def _round_spout() -> tuple[Mesh, Mesh]:
    """Returns the spout, which narrows as it rises, and its dark mouth."""
    path = curve([(0.082, 0, 0.062), (0.105, 0, 0.080), (0.124, 0, 0.108), (0.134, 0, 0.128)], 10)
    radii = np.interp(np.linspace(0, 1, 10), [0, 0.4, 1], [0.022, 0.016, 0.012])
    rings = []
    tangent = np.gradient(path, axis=0)
    for point, way, r in zip(path, tangent / np.linalg.norm(tangent, axis=1, keepdims=True), radii, strict=True):
        up = np.cross(way, (0, 1, 0))
        angle = np.arange(18) * 2 * np.pi / 18
        rings.append(point + r * (np.cos(angle)[:, None] * up + np.sin(angle)[:, None] * np.array([0, 1.0, 0])))
    spout = solids.loft(np.array(rings), smooth=True).flipped()
    mouth = disc(0.0095, 0.0, 0.0008, 0.0001, 16, "z")
    mouth = made_of(Slot.TRIM, mouth.transformed(_aim(path[-1], path[-1] - path[-2])))
    return spout, mouth


def _lid(tree: Tree) -> None:
    """Adds the lid with its ball."""
    lid = solids.revolve(
        [
            (0.0, 0.121),
            (0.042, 0.121),
            (0.043, 0.127),
            (0.050, 0.1275),
            (0.049, 0.130),
            (0.030, 0.137),
            (0.008, 0.140),
            (0.0, 0.1405),
        ],
        36,
    )
    ball = solids.revolve(
        [(0.0, 0.139), (0.005, 0.140), (0.005, 0.146), (0.012, 0.151), (0.0135, 0.157), (0.009, 0.163), (0.0, 0.1645)],
        20,
    )
    tree.add(
        "lid",
        made_of(Slot.FRONT, lid),
        made_of(Slot.KNOB, ball),
        solid=[((-0.035, -0.035, 0.1275), (0.035, 0.035, 0.139)), ((-0.012, -0.012, 0.139), (0.012, 0.012, 0.164))],
        pivot=(0, 0, 0.1275),
        parent="body",
        joint=slider((0, 0, 1), 0, 0.045),
        grasp=(0, 0, 0.157),
    )


def _bail(tree: Tree) -> None:
    """Adds the bail with its grip."""
    bail = bent(
        [
            (-0.070, 0, 0.122),
            (-0.088, 0, 0.18),
            (-0.055, 0, 0.222),
            (0.055, 0, 0.222),
            (0.088, 0, 0.18),
            (0.070, 0, 0.122),
        ],
        0.0042,
        0.05,
        10,
    )
    wood = solids.revolve(
        [(0.0, -0.046), (0.009, -0.046), (0.0115, -0.03), (0.012, 0.0), (0.0115, 0.03), (0.009, 0.046), (0.0, 0.046)],
        20,
    )
    tree.add(
        "bail",
        made_of(Slot.METAL, bail),
        made_of(Slot.HANDLE, along("x", wood).moved(0, 0, 0.222)),
        solid=[((-0.055, -0.012, 0.21), (0.055, 0.012, 0.234))],
        pivot=(0, 0, 0.122),
        parent="body",
        joint=hinge((1, 0, 0), -75, 75),
        grasp=(0, 0, 0.222),
    )


def _aim(point: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Returns the pose at a point whose Z goes a way in the XZ plane."""
    z = way / np.linalg.norm(way)
    y = np.array([0.0, 1.0, 0.0])
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([np.cross(y, z), y, z])
    pose[:3, 3] = point
    return pose
