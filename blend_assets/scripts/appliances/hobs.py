"""Hobs let into a worktop: their frame lies in its upper face, so that their bodies hang below z = 0."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.burners import GRATE, Burner, gas_top
from blend_assets.scripts.appliances.details import disc, knob, ring_mark, screws, vents
from blend_assets.scripts.appliances.fittings import BLACK, STEEL, Slot, Tree, frame, made_of, painted, slab
from blend_assets.scripts.model import Asset, turned
from buildee.layout import lettering
from buildee.layout.mesh import Mesh

SOURCE = (
    "Makers' planning sheets of drop-in hobs: 580 x 510 mm over the worktop (590 x 520 mm of glass), cut-out "
    "560 x 490 mm, 45-55 mm deep below; zones of 145, 180 and 210 mm (EN 60350-2 pan sizes)"
)
HALF_X, HALF_Y, GLASS = 0.255, 0.290, 0.006


def assets() -> list[Asset]:
    """Returns the hobs."""
    return [hob_induction(), hob_ceramic(), hob_gas()]


def _written(string: str, height: float, x: float, y: float, z: float, slot: Slot = Slot.MARK) -> Mesh:
    """Returns lettering on the level top, read from the front."""
    ink = lettering.text(string, height, 0.0003, "middle").moved(y=-height / 2)
    return made_of(slot, ink.transformed(turned("z", np.pi / 2, (x, y, z))))


def _casing(depth: float) -> tuple[list[Mesh], list]:
    """Returns what hangs in the cut-out, and its collision box."""
    low, high = (-0.243, -0.278, -depth), (0.243, 0.278, -0.0002)
    box = made_of(Slot.METAL, slab(low, high, 0.003, 0.008, "z"))
    vent = vents((-0.10, -0.12, -depth - 0.0004), (0.10, 0.12, -depth + 0.001), 12, "z")
    clips = screws([(0.2431, y, -0.02) for y in (-0.2, 0.2)])
    return [box, vent, clips], [(low, high)]


def _zones(tree: Tree, places: tuple[tuple[float, float, float], ...], z: float) -> None:
    for number, (x, y, radius) in enumerate(places):
        tree.carry(
            f"zone_{number}", "body", "hob", (x - radius, y - radius), (x + radius, y + radius), z, topic="cooking"
        )


def hob_induction() -> Asset:
    """Returns an induction hob: frameless bevelled glass, zones as printed crosses and corners, touch controls."""
    tree = Tree()
    glass = made_of(Slot.PANEL, slab((-HALF_X, -HALF_Y, 0.0), (HALF_X, HALF_Y, GLASS), 0.0022, 0.006, "z", 0.0))
    places = ((-0.115, -0.145, 0.090), (-0.115, 0.145, 0.0725), (0.085, -0.145, 0.0725), (0.085, 0.145, 0.105))
    marks = [ring_mark(r, 0.0008, x, y, GLASS) for x, y, r in places]
    for x, y, _ in places:
        marks.append(
            made_of(Slot.MARK, slab((x - 0.012, y - 0.0006, GLASS), (x + 0.012, y + 0.0006, GLASS + 0.0003), 0))
        )
        marks.append(
            made_of(Slot.MARK, slab((x - 0.0006, y - 0.012, GLASS), (x + 0.0006, y + 0.012, GLASS + 0.0003), 0))
        )
    x = 0.226
    for k in range(4):
        y = -0.105 + 0.07 * k
        marks.append(_written("8" if k == 0 else "0", 0.010, x - 0.016, y, GLASS, Slot.DISPLAY))
        marks.append(
            made_of(Slot.MARK, slab((x - 0.0006, y - 0.022, GLASS), (x + 0.0006, y + 0.022, GLASS + 0.0003), 0))
        )
        marks += [_written(sign, 0.0065, x, y + shift, GLASS) for sign, shift in (("-", -0.027), ("+", 0.027))]
    marks += [ring_mark(0.0065, 0.0009, x, y, GLASS, segments=20) for y in (-0.19, 0.19)]
    casing, solid = _casing(0.050)
    solid.append(((-HALF_X, -HALF_Y, 0), (HALF_X, HALF_Y, GLASS)))
    seal = made_of(
        Slot.RUBBER,
        frame(
            ((-HALF_X + 0.002, -HALF_Y + 0.002), (HALF_X - 0.002, HALF_Y - 0.002)),
            ((-0.245, -0.28), (0.245, 0.28)),
            -0.0001,
            0.0004,
            0,
            0.006,
            "z",
        ),
    )
    tree.add("body", glass, *marks, *casing, seal, solid=solid, mount=(0, 0, 0))
    _zones(tree, places, GLASS)
    return tree.asset("hob_induction", "Induction hob", "hob", painted(), ("hob", "induction", "built-in"), SOURCE)


def hob_ceramic() -> Asset:
    """Returns a radiant hob: glass in a steel frame, zones printed as rings, four knobs along its right side."""
    tree = Tree()
    rim = made_of(
        Slot.FRONT,
        frame(
            ((-HALF_X, -HALF_Y), (HALF_X, HALF_Y)),
            ((-HALF_X + 0.009, -HALF_Y + 0.009), (HALF_X - 0.009, HALF_Y - 0.009)),
            0.0,
            0.0068,
            0.0025,
            0.008,
            "z",
        ),
    )
    glass = made_of(
        Slot.PANEL,
        slab(
            (-HALF_X + 0.0088, -HALF_Y + 0.0088, 0.0002), (HALF_X - 0.0088, HALF_Y - 0.0088, GLASS), 0.0006, 0.007, "z"
        ),
    )
    places = ((-0.115, -0.165, 0.0725), (-0.115, 0.055, 0.090), (0.110, -0.160, 0.105), (0.110, 0.060, 0.0725))
    marks = []
    for x, y, r in places:
        marks += [ring_mark(r, 0.0012, x, y, GLASS), ring_mark(r - 0.004, 0.0005, x, y, GLASS)]
        marks += [ring_mark(0.6 * r + 0.002, 0.0006, x, y, GLASS)] if r > 0.08 else []
    knobs = [(-0.155 + 0.085 * k, 0.225, GLASS) for k in range(4)]
    for x, y, _ in knobs:
        marks.append(ring_mark(0.027, 0.0012, x, y, GLASS, segments=32))
        marks += [
            _written(str(k), 0.0055, x + 0.034 * dx, y + 0.034 * dy, GLASS)
            for k, (dx, dy) in enumerate(((-1, 0), (0, 1), (1, 0), (0, -1)))
        ]
    lights = [
        made_of(Slot.DISPLAY, disc(0.0035, GLASS - 0.001, GLASS + 0.0002, 0.0001, 12, "z").moved(0.226, y))
        for y in (-0.06, -0.045, -0.03, -0.015)
    ]
    casing, solid = _casing(0.045)
    solid.append(((-HALF_X, -HALF_Y, 0), (HALF_X, HALF_Y, GLASS)))
    tree.add("body", rim, glass, *marks, *lights, *casing, solid=solid, mount=(0, 0, 0))
    for number, spot in enumerate(knobs):
        knob(tree, f"knob_{number}", spot, 0.021, 0.020, axis="z", like="knob_0" if number else "")
    _zones(tree, places, GLASS)
    slots = painted(front=STEEL)
    return tree.asset("hob_ceramic", "Ceramic hob with knobs", "hob", slots, ("hob", "ceramic", "built-in"), SOURCE)


def hob_gas() -> Asset:
    """Returns a gas hob: four burners of three sizes on a pressed steel plate, two cast-iron grates, knobs in front."""
    tree = Tree()
    places = [
        Burner(-0.135, -0.145, 0.034),
        Burner(-0.135, 0.145, 0.0475),
        Burner(0.075, -0.145, 0.034),
        Burner(0.075, 0.145, 0.023),
    ]
    plate, grates, solid = gas_top(places, (-HALF_X, -HALF_Y), (HALF_X, HALF_Y), GLASS, 2, 0.185)
    casing, below = _casing(0.052)
    knobs = [(0.220, -0.135 + 0.09 * k, GLASS) for k in range(4)]
    marks = [ring_mark(0.0245, 0.0008, *spot, segments=32) for spot in knobs]
    lamps = [
        made_of(Slot.MARK, disc(0.0016, GLASS - 0.001, GLASS + 0.0003, 0.0001, 10, "z").moved(0.195, y))
        for _, y, _ in knobs
    ]
    tree.add("body", plate, grates, *casing, *marks, *lamps, solid=[*solid, *below], mount=(0, 0, 0))
    for number, spot in enumerate(knobs):
        knob(tree, f"knob_{number}", spot, 0.0195, 0.024, axis="z", like="knob_0" if number else "")
    for number, burner in enumerate(places):
        burner.carry(tree, f"zone_{number}", GLASS + GRATE)
    slots = painted(front=STEEL, mark=BLACK, interior=painted()["mark"])
    return tree.asset("hob_gas", "Gas hob", "hob", slots, ("hob", "gas", "built-in"), SOURCE)
