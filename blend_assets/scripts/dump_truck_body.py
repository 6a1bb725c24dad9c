"""Tipping body, tailgate, load and ram of the dump truck.

Modelled in the instance's frame with the body lying on the chassis; the asset moves each to its own hinge.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import block, cross_pin, filleted, flank, side
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage, solids
from buildee.layout.mesh import Mesh

BACK, FRONT = -3.92, 1.36
FLOOR, RIM = 1.30, 2.34
INNER = 1.15
"""Half the width inside; the ribs make it 2.50 m."""
GATE_HINGE = -3.95 + 2.40j


def body() -> Mesh:
    """Returns the body but its tailgate: floor, ribbed walls, headboard with canopy, subframe, ladder."""
    floor = block((BACK, -INNER - 0.01, FLOOR - 0.012), (FRONT, INNER + 0.01, FLOOR))
    head = block((FRONT - 0.008, -INNER - 0.03, FLOOR), (FRONT, INNER + 0.03, 2.62))
    return Mesh.merged(
        [made_of(Slot.BODY, floor, head, *_walls(), *_head()), made_of(Slot.TRIM, *_subframe()), _details()]
    )


def _walls() -> list[Mesh]:
    pieces = []
    ribs = np.linspace(BACK + 0.06, FRONT - 0.06, 10)
    for sign in (-1, 1):
        pieces.append(flank(sign, (BACK, INNER, FLOOR - 0.01), (FRONT, INNER + 0.008, RIM)))
        pieces.append(flank(sign, (BACK, INNER - 0.012, RIM - 0.04), (FRONT, 1.25, RIM + 0.06), 0.02))
        pieces.append(flank(sign, (BACK, INNER, FLOOR - 0.06), (FRONT, 1.225, FLOOR + 0.07), 0.02))
        for x in ribs:
            pieces.append(_rib(x, sign))
        # Corner posts carry the gate's hinges; gussets meet floor and wall inside.
        pieces.append(flank(sign, (BACK - 0.02, INNER - 0.02, FLOOR - 0.10), (BACK + 0.13, 1.25, RIM + 0.16), 0.02))
        gusset = [(INNER - 0.14, FLOOR), (INNER, FLOOR), (INNER, FLOOR + 0.14)]
        outline = np.array(gusset if sign > 0 else [(-y, z) for y, z in gusset[::-1]])
        pieces.append(fittings.front(outline, BACK, FRONT))
    return pieces


def _rib(x: float, sign: int) -> Mesh:
    """Returns a folded hat-section stiffener, tapered at its foot."""

    def ring(z: float, out: float) -> list:
        y0, y1 = INNER + 0.004, INNER + out
        return [(x - 0.075, y0, z), (x + 0.075, y0, z), (x + 0.045, y1, z), (x - 0.045, y1, z)]

    mesh = solids.loft(np.array([ring(FLOOR - 0.05, 0.05), ring(FLOOR + 0.12, 0.092), ring(RIM - 0.02, 0.092)]))
    return mesh if sign > 0 else mesh.transformed(np.diag([1, -1, 1, 1]))


def _head() -> list[Mesh]:
    """Returns the headboard's frame, ribs and the short canopy above the cab's back."""
    canopy = side(
        filleted([(FRONT - 0.02, 2.58), (FRONT + 0.42, 2.74), (FRONT + 0.42, 2.77), (FRONT - 0.02, 2.64)], 0.01, 1),
        -1.2,
        1.2,
    )
    top = block((FRONT - 0.05, -1.2, 2.55), (FRONT + 0.05, 1.2, 2.65), 0.015)
    ribs = [block((FRONT, y - 0.05, FLOOR), (FRONT + 0.06, y + 0.05, 2.58), 0.012) for y in (-1.1, -0.45, 0.45, 1.1)]
    stiff = [
        side([(FRONT + 0.0, 2.50), (FRONT + 0.36, 2.72), (FRONT + 0.36, 2.745), (FRONT, 2.62)], y - 0.01, y + 0.01)
        for y in (-1.1, -0.45, 0.45, 1.1)
    ]
    cheeks = [
        side(
            [(FRONT - 0.55, RIM), (FRONT, RIM), (FRONT, 2.60), (FRONT - 0.1, 2.60)],
            *sorted((s * INNER, s * (INNER + 0.01))),
        )
        for s in (-1, 1)
    ]
    eye = linkage.RAM_EYE
    lugs = [
        side(
            filleted(
                [
                    (FRONT, eye.imag - 0.14),
                    (eye.real + 0.06, eye.imag - 0.09),
                    (eye.real + 0.06, eye.imag + 0.09),
                    (FRONT, eye.imag + 0.14),
                ],
                [0, 0.08, 0.08, 0],
            ),
            y - 0.02,
            y + 0.02,
        )
        for y in (-0.13, 0.13)
    ]
    return [canopy, top, *ribs, *stiff, *cheeks, *lugs]


def _subframe() -> list[Mesh]:
    """Returns the long sills on the rails and the cross bearers below the floor."""
    sills = [block((-3.6, y - 0.05, 1.035), (FRONT, y + 0.05, 1.20), 0.01) for y in (-0.38, 0.38)]
    bearers = [block((x - 0.03, -1.2, 1.19), (x + 0.03, 1.2, FLOOR - 0.012)) for x in np.linspace(-3.75, 1.2, 13)]
    hinge = linkage.BODY_HINGE
    hinges = [
        block((hinge.real - 0.14, y - 0.06, hinge.imag - 0.07), (hinge.real + 0.14, y + 0.06, 1.25), 0.02)
        for y in (-0.33, 0.33)
    ]
    return [*sills, *bearers, *hinges]


def _details() -> Mesh:
    """Returns ladder, lashing hooks, side markers, gate hinges and the ram's top pin."""
    ladder = [fittings.rod((x, 1.27, 1.30), (x, 1.27, 2.32), 0.012, 6) for x in (0.90, 1.16)]
    ladder += [fittings.rod((0.90, 1.27, z), (1.16, 1.27, z), 0.011, 6) for z in np.arange(1.42, 2.3, 0.27)]
    hooks = [
        flank(sign, (x - 0.012, 1.225, FLOOR - 0.02), (x + 0.012, 1.262, FLOOR + 0.05))
        for sign in (-1, 1)
        for x in np.linspace(-3.5, 1.0, 7)
    ]
    marks = [
        flank(sign, (x - 0.06, 1.224, FLOOR - 0.045), (x + 0.06, 1.232, FLOOR - 0.005))
        for sign in (-1, 1)
        for x in (-3.3, -1.2, 0.6)
    ]
    hinge = [cross_pin(GATE_HINGE.real, GATE_HINGE.imag, *sorted((s * 1.06, s * 1.25)), 0.04, 14) for s in (-1, 1)]
    arms = [flank(s, (GATE_HINGE.real - 0.05, 1.18, 2.34), (BACK + 0.1, 1.25, 2.46), 0.02) for s in (-1, 1)]
    eye = linkage.RAM_EYE
    pin = cross_pin(eye.real, eye.imag, -0.16, 0.16, 0.04)
    return Mesh.merged(
        [
            made_of(Slot.TRIM, *ladder, *hooks),
            made_of(Slot.BODY, *arms),
            made_of(Slot.STEEL, *hinge, pin),
            made_of(Slot.REFLECTOR, *marks),
        ]
    )


def tailgate() -> Mesh:
    """Returns the tailgate hung from its top hinge."""
    x = BACK - 0.03
    low, high, half = FLOOR - 0.03, RIM - 0.02, INNER - 0.03
    plate = block((x - 0.006, -half, low), (x + 0.004, half, high))
    frame = [
        block((x - 0.075, -half, z), (x, half, z + 0.09), 0.015) for z in (low, high - 0.09, (low + high) / 2 - 0.045)
    ]
    ribs = [
        block((x - 0.065, y - 0.045, low), (x, y + 0.045, high), 0.012)
        for y in (-half + 0.045, -0.55, 0.0, 0.55, half - 0.045)
    ]
    arms = [
        side(
            filleted(
                [
                    (x - 0.06, high - 0.2),
                    (x, high - 0.2),
                    (GATE_HINGE.real + 0.045, GATE_HINGE.imag + 0.03),
                    (GATE_HINGE.real - 0.05, GATE_HINGE.imag + 0.04),
                ],
                0.03,
            ),
            *sorted((s * 1.02, s * 1.07)),
        )
        for s in (-1, 1)
    ]
    hooks = [block((x - 0.03, y - 0.03, low - 0.06), (x + 0.01, y + 0.03, low + 0.05), 0.01) for y in (-0.95, 0.95)]
    stripes = []
    for s in (-1, 1):
        for index in range(4):
            y0 = s * (0.66 + index * 0.11)
            corners = [
                (x - 0.078, y0, low + 0.012),
                (x - 0.078, y0 + s * 0.06, low + 0.012),
                (x - 0.078, y0 + s * 0.10, low + 0.078),
                (x - 0.078, y0 + s * 0.04, low + 0.078),
            ]
            quad = Mesh.from_faces(corners, [(3, 2, 1, 0) if s > 0 else (0, 1, 2, 3)])
            stripes.append(quad)
    return Mesh.merged(
        [made_of(Slot.BODY, plate, *frame, *ribs, *arms), made_of(Slot.TRIM, *hooks), made_of(Slot.REFLECTOR, *stripes)]
    )


def load() -> Mesh:
    """Returns a heap of soil: three dumped buckets' humps near the angle of repose, clods on top; closed below."""
    rng = np.random.default_rng(17)
    x = np.linspace(BACK + 0.02, FRONT - 0.02, 50)
    y = np.linspace(-INNER + 0.008, INNER - 0.008, 24)
    gx, gy = np.meshgrid(x, y, indexing="ij")
    height = np.full(gx.shape, 1.95)
    for cx, cy, top in ((-2.45, 0.10, 2.58), (-0.95, -0.08, 2.70), (0.40, 0.05, 2.52)):
        away = np.hypot((gx - cx) * 0.85, (gy - cy) * 0.95)
        height = np.maximum(height, top + 0.42 - np.hypot(0.62 * away, 0.42))
    for wave, amount in ((1.1, 0.05), (0.5, 0.028), (0.24, 0.014)):
        for _ in range(4):
            heading, phase = rng.uniform(0, 2 * np.pi, 2)
            height += amount * 0.5 * np.sin(2 * np.pi / wave * (gx * np.cos(heading) + gy * np.sin(heading)) + phase)
    height += rng.normal(0, 0.006, height.shape)
    edge = np.zeros(height.shape, bool)
    edge[[0, -1]] = edge[:, [0, -1]] = True
    heap = solids.heightfield(x, y, np.where(edge, FLOOR + 0.02, np.minimum(height, 2.23 + 2.0 * (INNER - np.abs(gy)))))
    clods = [_clod(rng, heap) for _ in range(40)]
    return made_of(Slot.SOIL, heap, *clods)


def _clod(rng: np.random.Generator, heap: Mesh) -> Mesh:
    """Returns a lump of 4 to 13 cm, half sunk somewhere in the heap."""
    inside = np.flatnonzero(heap.vertices[:, 2] > 2.0)
    spot = heap.vertices[rng.choice(inside)]
    lump = solids.sphere(1.0, 7, 4)
    shape = rng.uniform(0.02, 0.065) * rng.uniform(0.75, 1.2, 3)
    rough = lump.vertices * (1 + rng.uniform(-0.15, 0.15, (len(lump.vertices), 1))) * shape
    return replace(lump, vertices=rough + spot)


def ram_stage(index: int) -> Mesh:
    """Returns one stage of the telescopic ram along +X from its foot; 0 is the outer tube."""
    length = abs(linkage.RAM_EYE - linkage.RAM_FOOT)
    radius = (0.100, 0.084, 0.069, 0.055, 0.042)[index]
    start, end = 0.10 + 0.012 * index, length - 0.20 + 0.018 * index
    along = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]], float)
    tube = solids.revolve(
        [(radius, start), (radius, end - 0.03), (radius * 1.03, end - 0.028), (radius * 1.03, end)], 24
    ).transformed(along)
    if index == 0:
        foot = [cross_pin(0, 0, -0.20, 0.20, 0.06), block((-0.05, -0.09, -0.09), (0.16, 0.09, 0.09), 0.02)]
        return made_of(Slot.TRIM, tube, *foot)
    if index < linkage.RAM_STAGES:
        return made_of(Slot.CHROME, tube)
    eye = cross_pin(length, 0, -0.10, 0.10, 0.07, 20)
    neck = solids.tube([(end - 0.02, 0, 0), (length, 0, 0)], 0.045, 16)
    return Mesh.merged([made_of(Slot.CHROME, tube), made_of(Slot.TRIM, eye, neck)])
