"""Small pieces of the appliances: knobs, handles, wire, lettering, feet, vents, cables and their plugs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from blend_assets.scripts.appliances.fittings import Slot, Tree, along, hinge, made_of, plate, slab, slider
from blend_assets.scripts.fittings import bent, curve, rectangle, ring_plate
from blend_assets.scripts.model import facing
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh


def disc(radius: float, start: float, end: float, edge: float = 0.001, segments: int = 24, axis: str = "x") -> Mesh:
    """Returns a flat round piece about an axis, its rims rounded."""
    return plate(solids.circle(radius, segments), start, end, edge, axis=axis)


def turned_piece(profile: ArrayLike, axis: str = "x", segments: int = 24) -> Mesh:
    """Returns a solid of revolution about an axis; the profile as in `solids.revolve`."""
    return along(axis, solids.revolve(profile, segments))


def knob(
    tree: Tree,
    name: str,
    spot: ArrayLike,
    radius: float = 0.020,
    depth: float = 0.022,
    parent: str = "body",
    reach: float = 270.0,
    slot: Slot = Slot.KNOB,
    like: str = "",
    axis: str = "x",
) -> None:
    """Adds a knob that stands on `spot`, turns about `axis` by up to `reach` degrees and shows where it points."""
    x, y, z = spot
    cap = [(0.0, depth), (0.72 * radius, depth), (0.80 * radius, depth - 0.0012), (0.86 * radius, 0.006)]
    cap += [(radius, 0.005), (radius, 0.0005)]
    body = made_of(slot, turned_piece(cap[::-1], axis, 22))
    if axis == "x":
        line = slab((depth - 0.0008, -0.0009, 0.25 * radius), (depth + 0.0003, 0.0009, 0.72 * radius), 0.0002)
        low, high = (x + 0.0005, y - radius, z - radius), (x + depth, y + radius, z + radius)
        grasp = (x + depth, y, z)
    else:
        line = slab((0.25 * radius, -0.0009, depth - 0.0008), (0.72 * radius, 0.0009, depth + 0.0003), 0.0002, axis="z")
        low, high = (x - radius, y - radius, z + 0.0005), (x + radius, y + radius, z + depth)
        grasp = (x, y, z + depth)
    mesh = Mesh.merged([body, made_of(Slot.MARK, line)]).moved(x, y, z)
    turn = (-1, 0, 0) if axis == "x" else (0, 0, -1)
    meshes = () if like else (mesh,)
    tree.add(
        name,
        *meshes,
        solid=[(low, high)],
        pivot=spot,
        parent=parent,
        joint=hinge(turn, 0, reach),
        grasp=grasp,
        like=like,
    )


def button(
    tree: Tree, name: str, spot: ArrayLike, size: tuple[float, float], parent: str = "body", like: str = ""
) -> None:
    """Adds a push button of (width, height) that looks along +X and goes in by 2 mm."""
    x, y, z = spot
    (w, h), out = size, 0.003
    mesh = made_of(Slot.KNOB, slab((x - 0.004, y - w / 2, z - h / 2), (x + out, y + w / 2, z + h / 2), 0.001))
    meshes = () if like else (mesh,)
    push = slider((-1, 0, 0), 0.0, 0.002)
    tree.add(name, *meshes, pivot=spot, parent=parent, joint=push, grasp=(x + out, y, z), like=like)


def bar_handle(start: ArrayLike, end: ArrayLike, stand: float, radius: float = 0.006, slot: Slot = Slot.HANDLE) -> Mesh:
    """Returns a round bar from `start` to `end`, carried by two posts that reach back along -X by `stand`."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    way = (end - start) / np.linalg.norm(end - start)
    cuts = [(0.0, 0.0), (0.0008, radius * 0.8), (0.0025, radius)]
    length = float(np.linalg.norm(end - start))
    profile = [(r, z) for z, r in cuts] + [(r, length - z) for z, r in cuts[::-1]]
    axis = "xyz"[int(np.argmax(np.abs(way)))]
    bar = turned_piece(profile, axis, 14).moved(*start)
    inset = min(0.045, 0.12 * length)
    posts = [
        solids.tube([spot, spot - np.array([stand, 0, 0])], radius * 0.8, 12)
        for spot in (start + way * inset, end - way * inset)
    ]
    return made_of(slot, bar, *posts)


def bow_handle(start: ArrayLike, end: ArrayLike, stand: float, radius: float = 0.006, slot: Slot = Slot.HANDLE) -> Mesh:
    """Returns a tube bent out of the front at `start` and back into it at `end`, standing off by `stand`."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    out = np.array([stand, 0, 0])
    return made_of(slot, bent([start, start + out, end + out, end], radius, 0.022, 12))


def wire(*points: ArrayLike, radius: float = 0.002, segments: int = 5) -> Mesh:
    """Returns a bar along points."""
    return solids.tube(np.array(points, float), radius, segments)


def grid(low: ArrayLike, high: ArrayLike, z: float, lengthwise: int, across: int, radius: float = 0.0015) -> list[Mesh]:
    """Returns level wires between two (x, y) corners: `lengthwise` of them along X lie on `across` along Y."""
    (x0, y0), (x1, y1) = low, high
    over, under = z + radius, z - radius
    return [wire((x0, y, over), (x1, y, over), radius=radius) for y in np.linspace(y0, y1, lengthwise)] + [
        wire((x, y0, under), (x, y1, under), radius=1.3 * radius) for x in np.linspace(x0, x1, across)
    ]


def loop_wire(low: ArrayLike, high: ArrayLike, z: float, radius: float = 0.003, corner: float = 0.015) -> Mesh:
    """Returns a level wire all round a rectangle with rounded corners."""
    points = rectangle(low, high, corner, 3)
    path = np.column_stack([points, np.full(len(points), z)])
    return solids.sweep(path, solids.circle(radius, 6), smooth=True, closed=True)


def label(string: str, height: float, x: float, y: float, z: float, slot: Slot = Slot.MARK) -> Mesh:
    """Returns lettering centred on a point of the front, read from +X."""
    ink = lettering.text(string, height, 0.0003, "middle").moved(y=-height / 2)
    return made_of(slot, ink.transformed(facing("front", x, y, z)))


def ring_mark(
    radius: float, width: float, x: float, y: float, z: float, slot: Slot = Slot.MARK, segments: int = 40
) -> Mesh:
    """Returns a printed ring on a level face."""
    outer, inner = solids.circle(radius, segments), solids.circle(radius - width, segments)
    return made_of(slot, ring_plate(outer, inner, 0.0003).moved(x, y, z))


def dial(x: float, y: float, z: float, radius: float, count: int = 9, reach: float = 270.0) -> Mesh:
    """Returns printed ticks round a knob on the front, clockwise from straight up."""
    angles = np.deg2rad(np.linspace(0, reach, count))
    ticks = [
        slab((x - 0.0004, -0.0006, radius), (x + 0.0002, 0.0006, radius + 0.004), 0.0001).transformed(_about_x(-angle))
        for angle in angles
    ]
    return made_of(Slot.MARK, *ticks).moved(y=y, z=z)


def _about_x(angle: float) -> np.ndarray:
    """Returns a turn about X."""
    pose = np.eye(4)
    pose[1:3, 1:3] = ((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))
    return pose


def feet(spots: Sequence[ArrayLike], radius: float, height: float) -> Mesh:
    """Returns round feet on the ground at (x, y) spots."""
    foot = solids.cylinder(radius, height, 14, min(0.002, height / 4))
    return made_of(Slot.RUBBER, *(foot.moved(*spot) for spot in spots))


def screws(spots: Sequence[ArrayLike], radius: float = 0.004, axis: str = "x") -> Mesh:
    """Returns domed screw heads on (x, y, z) spots, looking along an axis."""
    head = turned_piece([(radius, 0), (0.8 * radius, 0.4 * radius), (0.3 * radius, 0.55 * radius)], axis, 10)
    return made_of(Slot.METAL, *(head.moved(*spot) for spot in spots))


def vents(low: ArrayLike, high: ArrayLike, count: int, normal: str, slot: Slot = Slot.TRIM) -> Mesh:
    """Returns slots in a row along the longer side of a rectangle in a face that looks along `normal`."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    size = high - low
    flat = [i for i in range(3) if "xyz"[i] != normal]
    way = max(flat, key=lambda i: size[i])
    pitch = size[way] / count
    step = np.zeros(3)
    step[way] = pitch
    top = high.copy()
    top[way] = low[way] + 0.5 * pitch
    return made_of(slot, *(slab(low + k * step, top + k * step, 0.0003, axis=normal) for k in range(count)))


def cable(tree: Tree, start: ArrayLike, parent: str = "body", side: float = 1.0) -> None:
    """Adds a flex from the back of an appliance that lies behind it and ends in a plug; planning may leave it out."""
    x, y, z = start
    knots = [(x + 0.004, y, z), (x - 0.016, y, z - 0.002), (x - 0.030, y + 0.03 * side, 0.012)]
    knots += [(x - 0.038, y + 0.07 * side, 0.0040), (x - 0.030, y + 0.11 * side, 0.0036)]
    path = curve(knots, 16)
    end = path[-1]
    flex = solids.tube(path, 0.0034, 6)
    boot = along("y", solids.revolve([(0.0034, 0), (0.007, 0.012), (0.012, 0.02), (0.014, 0.032), (0.014, 0.042)], 16))
    pins = [along("y", solids.cylinder(0.002, 0.018, 8)).moved(x=dx, y=0.041) for dx in (-0.0095, 0.0095)]
    if side < 0:
        mirror = np.diag([1.0, -1.0, 1.0, 1.0])
        boot, pins = boot.transformed(mirror), [pin.transformed(mirror) for pin in pins]
    place = (end[0], end[1] - 0.004 * side, 0.0142)
    tree.add(
        "cable",
        made_of(Slot.RUBBER, flex, boot.moved(*place)),
        made_of(Slot.METAL, *(pin.moved(*place) for pin in pins)),
        parent=parent,
        pivot=tree.pivots[parent],
    )
