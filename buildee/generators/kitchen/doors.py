"""Doors: linings, architraves, leaves of panels, boards or glass, levers; and passages. Metres.

A door's frame: origin in the middle of its opening, on the floor, on the wall's inner face; +X along the wall, +Y into
the room, +Z up. Leaves are 40 mm (EN 1529 and BS 4787), levers sit at 1.05 m (DIN 18101) with a backset of 55 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.room import Opening, Wall
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.walls import BASE
from buildee.generators.kitchen.windows import GLASS, bars, panes
from buildee.layout.kinematics import translation
from buildee.layout.layers import Shaped, model, shaped
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Joint
from buildee.layout.solids import box, cylinder, sweep, tube

LINING = 0.03
LEAF = 0.04
LEVER = 1.05
BACKSET = 0.055
PRESSED = float(np.deg2rad(45.0))
"""How far a lever goes down (EN 1906 lets it go up to 60 degrees)."""

ARCHITRAVE = 0.07
"""Width of the moulding round a door."""

_CASING = [(0.0, 0.0), (0.0, 0.016), (-0.012, 0.019), (-0.05, 0.015), (-0.056, 0.011), (-0.068, 0.009), (-0.07, 0.0)]
"""Section of an architrave: x from its outer to its inner edge, y out of the wall."""

_SQUARE = [(0.0, 0.0), (0.0, 0.014), (-0.002, 0.016), (-0.068, 0.016), (-0.07, 0.014), (-0.07, 0.0)]


def door(
    wall: Wall, opening: Opening, name: str, style: Style, thickness: float, outside: bool, rng: np.random.Generator
) -> Assembly:
    """Returns a door or, for a passage, its lining.

    Args:
        wall: that it is in.
        opening: that it fills.
        name: of the instance.
        style: of the kitchen.
        thickness: of the wall, metres.
        outside: whether it leads out of the house: then it is glazed, with a sill, and mostly shut.
        rng: draws how far it stands open.
    """
    width, height = opening.width, opening.height
    key = f"kitchen/{'passage' if opening.kind == 'passage' else 'door'}_{style.family}_{width:.3f}_{height:.3f}"
    key += f"_{thickness:.2f}{'_out' if outside else ''}{opening.hinge[0]}{'i' if opening.inward else 'o'}"
    pieces = [_surround(key, width, height, thickness, style, opening, outside)]
    values = {}
    if opening.kind == "door":
        pieces += _hung(key, width, height, thickness, style, opening, outside)
        draw = rng.random()
        ajar = 0.0 if draw < (0.85 if outside else 0.45) else float(rng.uniform(0.15, 0.5 if draw < 0.75 else 1.6))
        values["leaf"] = np.array([round(ajar, 4)])
    made = model("door", pieces)
    return Assembly(
        made.shapes, (made.placed(name, wall.pose @ translation((opening.start + width / 2, 0, 0)), values),)
    )


def _surround(
    key: str, width: float, height: float, thickness: float, style: Style, opening: Opening, outside: bool
) -> Shaped:
    """Returns lining, stops, threshold and the architraves on both faces of the wall."""
    half = width / 2
    lining = [
        (-half, -half + LINING, -thickness, 0.0, 0.0, height),
        (half - LINING, half, -thickness, 0.0, 0.0, height),
        (-half + LINING, half - LINING, -thickness, 0.0, height - LINING, height),
    ]
    parts = [bars(lining, 0.0015)]
    if opening.kind == "door":
        back = _leaf_back(opening, thickness)
        y = (back - 0.014, back) if opening.inward else (back + LEAF, back + LEAF + 0.014)
        inner, top = half - LINING, height - LINING
        stops = [(-inner, -inner + 0.012, *y, 0.0, top), (inner - 0.012, inner, *y, 0.0, top)]
        parts.append(bars([*stops, (-inner + 0.012, inner - 0.012, *y, top - 0.012, top)], 0.002))
    section = _CASING if style.family in ("classic", "country") else _SQUARE
    path = np.array([(-half, 0.0), (-half, height), (half, height), (half, 0.0)])
    parts += [_casing(path, section, 0.0), *([] if outside else [_casing(path, section, thickness)])]
    sill = [box((width, thickness, -BASE), (0, -thickness / 2, BASE / 2), 0.001)]
    if outside:
        sill.append(box((width - 2 * LINING, 0.1, 0.018), (0, -thickness + 0.05, 0.009), 0.004))
    threshold = Material("brushed_metal", (0.4, 0.39, 0.37), wear=0.4) if outside else style.floor_finish
    edge = ARCHITRAVE - 0.008
    proxies = [((b[0], b[2], b[4]), (b[1], b[3], b[5])) for b in lining]
    proxies.append(((-half, -thickness, BASE), (half, 0.0, 0.0)))
    for y0, y1 in ((0.0, 0.019),) if outside else ((0.0, 0.019), (-thickness - 0.019, -thickness)):
        proxies += [
            ((-half - edge, y0, 0.0), (-half + 0.008, y1, height + edge)),
            ((half - 0.008, y0, 0.0), (half + edge, y1, height + edge)),
            ((-half + 0.008, y0, height - 0.008), (half - 0.008, y1, height + edge)),
        ]
    return shaped("frame", f"{key}/frame", [(style.trim, parts), (threshold, sill)], proxies)


def _casing(path: NDArray[np.float64], section: Sequence[tuple[float, float]], behind: float) -> Mesh:
    """Returns the moulding round an opening on the inner face of a wall, or `behind` that on the outer one."""
    outline = np.asarray(section) + np.array([ARCHITRAVE - 0.008, 0.0])
    # Swept in the plane of the floor, the wall's face up, then stood up.
    flat = np.column_stack([path[::-1], np.zeros(len(path))])
    up = np.array([(1.0, 0, 0, 0), (0, 0, 1.0, 0), (0, 1.0, 0, 0), (0, 0, 0, 1.0)])
    mesh = sweep(flat, outline[::-1]).transformed(up)
    if behind:
        mirrored = np.diag([1.0, -1.0, 1.0, 1.0])
        mirrored[1, 3] = -behind
        mesh = mesh.transformed(mirrored)
    return mesh


def _leaf_back(opening: Opening, thickness: float) -> float:
    """Returns y of the leaf's outer face when it is shut."""
    return -0.012 - LEAF if opening.inward else -thickness + 0.012


def _hung(
    key: str, width: float, height: float, thickness: float, style: Style, opening: Opening, outside: bool
) -> list[Shaped]:
    """Returns the leaf on its hinge, positive values open it, and its levers, positive values press them down."""
    gap = 0.003
    w, h = width - 2 * (LINING + gap), height - LINING - gap - 0.006
    # From inside one looks along -Y: left is where X is high.
    high = opening.hinge == "left"
    back = _leaf_back(opening, thickness)
    axis_y = back + LEAF if opening.inward else back
    x0 = -w if high else 0.0
    y0 = -LEAF if opening.inward else 0.0
    layers = [
        (material, [mesh.moved(x0, y0, 0.0) for mesh in meshes])
        for material, meshes in leaf(w, h, style, outside, lock_low=high)
    ]
    rest = translation(((w / 2 if high else -w / 2), axis_y, 0.006))
    turn = 1.0 if high != opening.inward else -1.0
    joint = Joint("hinge", (0.0, 0.0, turn), (0.0, float(np.deg2rad(115.0)) if not outside else 1.5))
    bounds = [((x0, y0, 0.0), (x0 + w, y0 + LEAF, h))]
    spindle = translation((x0 + (BACKSET if high else w - BACKSET), y0, LEVER))
    ahead = 1.0 if high else -1.0
    levers = [(style.metal, [_lever(side, ahead) for side in (-1, 1)])]
    down = Joint("hinge", (0.0, ahead, 0.0), (0.0, PRESSED))
    return [
        shaped("leaf", f"{key}/leaf", layers, bounds, parent=0, rest=rest, joint=joint),
        shaped(
            "handle", f"kitchen/door_levers_{'low' if high else 'high'}", levers, [], parent=1, rest=spindle, joint=down
        ),
    ]


def leaf(w: float, h: float, style: Style, glazed: bool, lock_low: bool) -> list[tuple[Material, list[Mesh]]]:
    """Returns the layers of a leaf: x from 0 to `w`, y from 0 to `LEAF`, z from 0 to `h`; slots paint, glass, metal.

    Args:
        w, h: metres.
        style: decides panels, boards or glass.
        glazed: whether it is an outer door with panes.
        lock_low: whether the lock sits at low x.
    """
    plain = style.family in ("modern", "scandinavian", "industrial")
    glass: list[Mesh] = []
    if plain and not glazed:
        wood = [box((w, LEAF, h), (w / 2, LEAF / 2, h / 2), 0.002)]
    elif style.family == "country" and not glazed:
        wood = _boarded(w, h)
    else:
        wood, glass = _panelled(w, h, style, glazed, plain)
    x = BACKSET if lock_low else w - BACKSET
    metal = [part for side in (-1, 1) for part in _roses(x, side)]
    metal += [cylinder(0.007, 0.09, 10).moved(w if lock_low else 0.0, LEAF, z) for z in (0.2, h - 0.25)]
    return [(style.trim, wood), (GLASS, glass), (style.metal, metal)]


def _boarded(w: float, h: float) -> list[Mesh]:
    """Returns a leaf of tongued and grooved boards with a bead at every joint."""
    count = max(4, round(w / 0.115))
    pitch = w / count
    boards = [((k + 0.01) * pitch, (k + 0.99) * pitch, 0.0, LEAF, 0.0, h) for k in range(count)]
    return [bars(boards, 0.004), box((w - 0.004, LEAF - 0.016, h - 0.004), (w / 2, LEAF / 2, h / 2))]


def _panelled(w: float, h: float, style: Style, glazed: bool, plain: bool) -> tuple[list[Mesh], list[Mesh]]:
    """Returns stiles, rails and fielded panels; the upper ones of glass in an outer door."""
    stile = 0.11 if not plain else 0.1
    rails = [(0.0, 0.2), (0.78, 0.92), (h - stile, h)] if not plain else [(0.0, 0.12), (h - stile, h)]
    members = [(0.0, stile, 0.0, LEAF, 0.0, h), (w - stile, w, 0.0, LEAF, 0.0, h)]
    members += [(stile, w - stile, 0.0, LEAF, low, high) for low, high in rails]
    fields, lights, beads = [], [], []
    middle = LEAF / 2
    for row, (below, above) in enumerate(pairwise(rails)):
        low, high = below[1], above[0]
        if glazed and row == len(rails) - 2:
            lights.append((stile - 0.006, w - stile + 0.006, middle, low - 0.006, high + 0.006))
            across, up = (
                (1, 1) if plain and style.family != "industrial" else (2, 4 if style.family == "industrial" else 3)
            )
            x = stile + (w - 2 * stile) * np.arange(1, across) / across
            z = low + (high - low) * np.arange(1, up) / up
            beads += [(at - 0.011, at + 0.011, 0.006, LEAF - 0.006, low, high) for at in x]
            beads += [(stile, w - stile, 0.006, LEAF - 0.006, at - 0.011, at + 0.011) for at in z]
            continue
        muntin = w > 0.62 and not glazed
        columns = [(stile, w / 2 - 0.045), (w / 2 + 0.045, w - stile)] if muntin else [(stile, w - stile)]
        members += [(w / 2 - 0.045, w / 2 + 0.045, 0.0, LEAF, low, high)] if muntin else []
        for left, right in columns:
            fields.append((left - 0.004, right + 0.004, middle - 0.007, middle + 0.007, low - 0.004, high + 0.004))
            fields.append((left + 0.03, right - 0.03, middle - 0.014, middle + 0.014, low + 0.03, high - 0.03))
            beads += [(*side, 0.006, LEAF - 0.006, low, high) for side in ((left, left + 0.01), (right - 0.01, right))]
            beads += [
                (left + 0.01, right - 0.01, 0.006, LEAF - 0.006, *side)
                for side in ((low, low + 0.01), (high - 0.01, high))
            ]
    wood = [bars(members, 0.003)]
    wood += [bars(fields, 0.007)] if fields else []
    wood += [bars(beads, 0.004)] if beads else []
    return wood, ([panes(lights)] if lights else [])


def _roses(x: float, side: int) -> list[Mesh]:
    """Returns the roses of lever and key on one face: `side` -1 is y = 0, 1 is y = `LEAF`."""
    face = 0.0 if side < 0 else LEAF
    out = np.array([(1.0, 0, 0, x), (0, 0, side, face), (0, -side, 0, LEVER), (0, 0, 0, 1.0)])
    key = cylinder(0.022, 0.007, 24, 0.002).transformed(out).moved(z=-0.09)
    slot = box((0.003, 0.004, 0.016), (x, face + side * 0.0078, LEVER - 0.092))
    return [cylinder(0.026, 0.009, 28, 0.002).transformed(out), key, slot]


def _lever(side: int, ahead: float) -> Mesh:
    """Returns neck and lever on one face, as in `_roses`; origin in the spindle, at y = 0, pointing along `ahead` X."""
    face, reach = 0.0 if side < 0 else LEAF, 0.12 * ahead
    bends = ((0.0, 0.008), (0.0, 0.05), (0.12 * reach, 0.056), (reach, 0.056))
    return tube([(along, face + side * off, 0.0) for along, off in bends], 0.0095, 12)
