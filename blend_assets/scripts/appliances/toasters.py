"""Toasters: a steel one for two slices, and a lacquered one with long slots."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from blend_assets.scripts.appliances.details import button, cable, feet, knob, turned_piece
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    hinge,
    hollow,
    made_of,
    outline,
    painted,
    plate,
    slab,
    slider,
)
from blend_assets.scripts.fittings import rectangle
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = (
    "Two-slice toasters on the market: 270-300 x 160-190 x 185-200 mm, slots 130-145 x 28-36 mm; long-slot ones "
    "385-400 x 160-180 mm with slots of 260 mm"
)


def assets() -> list[Asset]:
    """Returns the toasters."""
    return [toaster_a(), toaster_b()]


def _toaster(
    tree: Tree, length: float, width: float, slots: list[tuple[float, float, float, float]], corner: float
) -> None:
    """Adds a toaster's body, long in Y, with open slots (x0, y0, x1, y1)."""
    tall, foot, deep = 0.190, 0.008, 0.135
    low, high = (-width / 2, -length / 2), (width / 2, length / 2)
    base = made_of(Slot.TRIM, plate(outline(low, high, corner), foot, 0.026, 0.003))
    lower = tall - deep
    skirt = made_of(
        Slot.FRONT,
        plate(outline((low[0] + 0.003, low[1] + 0.003), (high[0] - 0.003, high[1] - 0.003), corner), 0.026, lower, 0.0),
    )
    x0, x1 = low[0] + 0.003, high[0] - 0.003
    y0, y1 = slots[0][1], slots[0][3]
    outer = outline((x0, low[1] + 0.003), (x1, high[1] - 0.003), corner)
    hole = (slots[0][0], y0), (slots[-1][2], y1)
    shell = hollow(
        outer,
        rectangle(*hole, 0.003, 4),
        (lower, lower + 0.012, tall),
        (Slot.FRONT, Slot.FRONT, Slot.TRIM),
        0.007,
        "z",
        0.0012,
    )
    boxes: list[Box] = [
        ((low[0], low[1], foot), (high[0], high[1], 0.026)),
        ((x0, low[1] + 0.003, 0.026), (x1, high[1] - 0.003, lower + 0.012)),
        ((x0, low[1] + 0.003, lower), (hole[0][0], high[1] - 0.003, tall)),
    ]
    boxes += [
        ((hole[1][0], low[1] + 0.003, lower), (x1, high[1] - 0.003, tall)),
        ((hole[0][0], low[1] + 0.003, lower), (hole[1][0], y0, tall)),
        ((hole[0][0], y1, lower), (hole[1][0], high[1] - 0.003, tall)),
    ]
    meshes = [base, skirt, shell]
    for (_, _, a, _), (b, _, _, _) in pairwise(slots):
        meshes.append(
            made_of(Slot.FRONT, slab((a, y0 - 0.001, lower), (b, y1 + 0.001, tall), 0.003, axis="z", other=0.0))
        )
        boxes.append(((a, y0, lower), (b, y1, tall)))
    for a, _, b, _ in slots:
        for x in (a + 0.002, b - 0.002):
            wires = [
                solids.tube([(x, y, lower + 0.013), (x, y, tall - 0.014)], 0.0011, 5)
                for y in np.linspace(y0 + 0.012, y1 - 0.012, 9)
            ]
            meshes.append(made_of(Slot.METAL, *wires))
    spots = [(sx * (width / 2 - 0.025), sy * (length / 2 - 0.03)) for sx in (-1, 1) for sy in (-1, 1)]
    meshes.append(feet(spots, 0.010, foot + 0.001))
    boxes.append(((low[0] + 0.02, low[1] + 0.02, 0), (high[0] - 0.02, high[1] - 0.02, foot)))
    tree.add("body", *meshes, solid=boxes)
    for number, (a, c, b, d) in enumerate(slots):
        tree.carry(
            f"slot_{number}",
            "body",
            "rack",
            (a + 0.004, c + 0.004),
            (b - 0.004, d - 0.004),
            lower + 0.0125,
            topic="bread",
        )


def toaster_a() -> Asset:
    """Returns a steel toaster with two slots beside each other, its lever, knob and buttons on the right end."""
    tree = Tree()
    wide = [(-0.050, -0.072, -0.014, 0.072), (0.014, -0.072, 0.050, 0.072)]
    _toaster(tree, 0.285, 0.172, wide, 0.028)
    end = 0.1395
    plate_ = made_of(Slot.TRIM, slab((-0.045, end - 0.002, 0.034), (0.045, end + 0.002, 0.172), 0.0015, 0.012, "y"))
    slot = made_of(Slot.RUBBER, slab((-0.004, end + 0.0015, 0.085), (0.004, end + 0.0023, 0.162), 0.0002, axis="y"))
    tree.add("panel", plate_, slot, parent="body", pivot=(0, end, 0.1))
    lever = slab((-0.024, end + 0.006, 0.148), (0.024, end + 0.030, 0.160), 0.004, 0.008, "z")
    stem = slab((-0.003, end + 0.002, 0.150), (0.003, end + 0.008, 0.158), 0.001)
    tree.add(
        "lever",
        made_of(Slot.KNOB, lever),
        made_of(Slot.METAL, stem),
        solid=[((-0.024, end + 0.006, 0.148), (0.024, end + 0.030, 0.160))],
        pivot=(0, end, 0.154),
        parent="body",
        joint=slider((0, 0, -1), 0, 0.060),
        grasp=(0, end + 0.03, 0.154),
    )
    cap = turned_piece([(0.017, 0.002), (0.0165, 0.012), (0.013, 0.015), (0, 0.0155)], "y", 22)
    mark = made_of(Slot.MARK, slab((-0.001, 0.0152, 0.004), (0.001, 0.0160, 0.012), 0))
    tree.add(
        "knob",
        Mesh.merged([made_of(Slot.KNOB, cap), mark]).moved(0, end, 0.060),
        solid=[((-0.017, end + 0.003, 0.043), (0.017, end + 0.015, 0.077))],
        pivot=(0, end, 0.060),
        parent="body",
        joint=hinge((0, -1, 0), 0, 270),
        grasp=(0, end + 0.0155, 0.06),
    )
    cable(tree, (-0.085, 0.06, 0.02), side=-1)
    slots = painted(front=STEEL)
    return tree.asset("toaster_a", "Two-slice toaster, steel", "toaster", slots, ("toaster", "breakfast"), SOURCE)


def toaster_b() -> Asset:
    """Returns a lacquered long-slot toaster with round shoulders; one works it from its front."""
    tree = Tree()
    _toaster(tree, 0.385, 0.165, [(-0.052, -0.135, -0.020, 0.135), (0.012, -0.135, 0.044, 0.135)], 0.045)
    x = 0.0795
    slot = made_of(Slot.RUBBER, slab((x, 0.146, 0.085), (x + 0.0010, 0.152, 0.160), 0.0002))
    badge = made_of(Slot.METAL, slab((x, -0.045, 0.105), (x + 0.0016, 0.045, 0.119), 0.0006, 0.0065))
    tree.add("panel", slot, badge, parent="body", pivot=(x, 0, 0.1))
    lever = slab((x + 0.005, 0.129, 0.146), (x + 0.026, 0.169, 0.158), 0.004, 0.006, "z")
    stem = slab((x, 0.147, 0.149), (x + 0.006, 0.151, 0.155), 0.001)
    tree.add(
        "lever",
        made_of(Slot.KNOB, lever),
        made_of(Slot.METAL, stem),
        solid=[((x + 0.005, 0.129, 0.146), (x + 0.026, 0.169, 0.158))],
        pivot=(x, 0.149, 0.152),
        parent="body",
        joint=slider((0, 0, -1), 0, 0.060),
        grasp=(x + 0.026, 0.149, 0.152),
    )
    knob(tree, "knob", (x + 0.0005, 0.149, 0.052), 0.016, 0.018)
    for number in range(3):
        button(
            tree,
            f"button_{number}",
            (x + 0.001, -0.12 + 0.03 * number, 0.045),
            (0.022, 0.012),
            like="button_0" if number else "",
        )
    cable(tree, (-0.082, 0.10, 0.02), side=-1)
    cream = Material("lacquer", (0.72, 0.64, 0.47), wear=0.05, dirt=0.05)
    slots = painted(front=cream, knob=STEEL)
    return tree.asset(
        "toaster_b", "Long-slot toaster, lacquered", "toaster", slots, ("toaster", "breakfast", "retro"), SOURCE
    )
