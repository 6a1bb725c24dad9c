"""A blender with a glass jug."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import button, cable, feet, knob
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    made_of,
    outline,
    painted,
    slab,
    slider,
)
from blend_assets.scripts.fittings import curve
from blend_assets.scripts.model import Asset
from buildee.layout import solids

SOURCE = "Jug blenders of 1.5 l: base 170-190 mm across, 390-420 mm high, jug 125-140 mm across at its rim"


UP = np.array([0.0, 0.0, 0.1325])
"""Where the jug stands."""


def asset() -> Asset:
    """Returns a blender: motor base with a knob, glass jug with blades, handle and a lid with its stopper."""
    tree = Tree()
    base = solids.revolve(
        [
            (0.084, 0.006),
            (0.088, 0.010),
            (0.086, 0.040),
            (0.076, 0.085),
            (0.066, 0.118),
            (0.062, 0.124),
            (0.050, 0.126),
        ],
        40,
    )
    ring = solids.revolve([(0.0862, 0.024), (0.0880, 0.026), (0.0875, 0.032), (0.0858, 0.034)], 40)
    coupling = solids.revolve([(0.046, 0.1255), (0.046, 0.132), (0.0, 0.132)], 24)
    solid: list[Box] = [
        ((-0.060, -0.060, 0.006), (0.060, 0.060, 0.06)),
        ((-0.048, -0.048, 0.06), (0.048, 0.048, 0.126)),
        ((-0.032, -0.032, 0.126), (0.032, 0.032, 0.132)),
        ((-0.055, -0.055, 0), (0.055, 0.055, 0.006)),
    ]
    spots = [(0.06 * np.cos(t), 0.06 * np.sin(t)) for t in np.pi / 4 + np.arange(4) * np.pi / 2]
    tree.add(
        "body",
        made_of(Slot.BODY, base),
        made_of(Slot.METAL, ring),
        made_of(Slot.TRIM, coupling),
        feet(spots, 0.011, 0.007),
        solid=solid,
    )
    knob(tree, "knob", (0.0795, 0.0, 0.066), 0.0195, 0.022, reach=180)
    for number, y in enumerate((-0.034, 0.034)):
        button(tree, f"button_{number}", (0.0745, y, 0.066), (0.016, 0.010), like="button_0" if number else "")
    _jug(tree)
    _lid(tree)
    cable(tree, (-0.086, 0.0, 0.014))
    slots = painted(body=STEEL)
    return tree.asset("blender_a", "Blender with a glass jug", "blender", slots, ("blender",), SOURCE)


def _jug(tree: Tree) -> None:
    """Adds the jug with its foot, handle and blades; it lifts off."""
    outside = [(0.050, 0.022), (0.0525, 0.030), (0.058, 0.110), (0.0645, 0.200), (0.0655, 0.212)]
    glass = solids.revolve(
        [(0.0, 0.022), *outside, *[(r - 0.004, h) for r, h in outside[:0:-1]], (0.046, 0.028), (0.0, 0.028)], 36
    )
    foot = solids.revolve(
        [
            (0.047, 0.0),
            (0.056, 0.001),
            (0.0575, 0.012),
            (0.0545, 0.026),
            (0.0535, 0.030),
            (0.050, 0.030),
            (0.047, 0.020),
        ],
        36,
    )
    path = curve(
        [
            (0, 0.0625, 0.190),
            (0, 0.098, 0.196),
            (0, 0.108, 0.165),
            (0, 0.104, 0.09),
            (0, 0.088, 0.052),
            (0, 0.0555, 0.055),
        ],
        18,
    )
    handle = solids.sweep(path, outline((-0.010, -0.006), (0.010, 0.006), 0.005), smooth=True)
    blades = [
        slab((0.002, -0.005, 0), (0.026, 0.005, 0.0015), 0).transformed(_blade(k * np.pi / 2, 25 if k % 2 else -12))
        for k in range(4)
    ]
    pin = solids.cylinder(0.006, 0.014, 12).moved(0, 0, 0.028)
    boxes: list[Box] = [((-0.036, -0.036, 0.0), (0.036, 0.036, 0.028)), ((-0.010, 0.072, 0.05), (0.010, 0.112, 0.2))]
    for s in (-1, 1):
        boxes += [
            ((min(s * 0.05, s * 0.059), -0.022, 0.028), (max(s * 0.05, s * 0.059), 0.022, 0.21)),
            ((-0.022, min(s * 0.05, s * 0.059), 0.028), (0.022, max(s * 0.05, s * 0.059), 0.21)),
        ]
    tree.add(
        "jug",
        made_of(Slot.CLEAR, glass).moved(*UP),
        made_of(Slot.TRIM, foot, handle).moved(*UP),
        made_of(Slot.METAL, pin, *(b.moved(z=0.042) for b in blades)).moved(*UP),
        solid=[(np.add(a, UP), np.add(b, UP)) for a, b in boxes],
        pivot=UP,
        parent="body",
        joint=slider((0, 0, 1), 0, 0.15),
        grasp=np.add(UP, (0, 0.106, 0.13)),
    )


def _lid(tree: Tree) -> None:
    """Adds the lid with its stopper."""
    lid = solids.revolve(
        [
            (0.0, 0.2125),
            (0.066, 0.2125),
            (0.0685, 0.2155),
            (0.068, 0.226),
            (0.060, 0.232),
            (0.030, 0.233),
            (0.0, 0.233),
        ],
        36,
    )
    tab = slab((-0.010, 0.060, 0.214), (0.010, 0.084, 0.222), 0.002, 0.004, "z")
    stopper = solids.revolve(
        [(0.0, 0.2325), (0.027, 0.2325), (0.028, 0.236), (0.0265, 0.246), (0.022, 0.249), (0.0, 0.2495)], 28
    )
    tree.add(
        "lid",
        made_of(Slot.RUBBER, lid, tab).moved(*UP),
        made_of(Slot.CLEAR, stopper).moved(*UP),
        solid=[
            ((-0.045, -0.045, UP[2] + 0.2125), (0.045, 0.045, UP[2] + 0.233)),
            ((-0.02, -0.02, UP[2] + 0.233), (0.02, 0.02, UP[2] + 0.249)),
        ],
        pivot=np.add(UP, (0, 0, 0.2125)),
        parent="jug",
        joint=slider((0, 0, 1), 0, 0.10),
        grasp=np.add(UP, (0, 0, 0.249)),
    )


def _blade(angle: float, lift: float) -> np.ndarray:
    """Returns the pose of a blade bent up by `lift` degrees."""
    a, b = np.cos(angle), np.sin(angle)
    c, s = np.cos(np.deg2rad(lift)), np.sin(np.deg2rad(lift))
    pose = np.eye(4)
    pose[:3, :3] = np.array([[a, -b, 0], [b, a, 0], [0, 0, 1]]) @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])
    return pose
