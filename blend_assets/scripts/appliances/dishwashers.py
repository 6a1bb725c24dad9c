"""Dishwashers: a free-standing one, and one whose door takes a front of the furniture."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import button, disc, feet, grid, label, loop_wire, screws, wire
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    WHITE_PLASTIC,
    Box,
    Slot,
    Tree,
    frame,
    hinge,
    hollow,
    made_of,
    outline,
    painted,
    slab,
    slider,
    tub,
    walls,
)
from blend_assets.scripts.model import Asset
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = (
    "EN 60436 dishwashers for 600 mm modules, makers' planning sheets: 598 x 600 x 845 mm free-standing, "
    "598 x 550 x 815 mm built in (niche 600 x 820 mm); baskets about 500 x 500 mm; front panels of 700-720 mm"
)
FRONT, HALF = 0.255, 0.299
INNER: Box = ((-0.252, -0.268, 0.125), (FRONT, 0.268, 0.785))


def assets() -> list[Asset]:
    """Returns the dishwashers."""
    return [dishwasher_a(), dishwasher_integrated()]


def _tank(tree: Tree, back: float, top: float, extra: tuple[Mesh, ...], solid: list[Box], body: Slot) -> None:
    """Adds the cabinet with its steel tank, seal, filter, rails, plinth and feet."""
    (u, v0, w0), (_, v1, w1) = INNER
    low, high = (back, -HALF, 0.100), (FRONT, HALF, top)
    shell = hollow(
        outline(low[1:], high[1:], 0.004),
        outline((v0, w0), (v1, w1), 0.012),
        (low[0], u, FRONT),
        (body, Slot.INTERIOR, Slot.INTERIOR),
    )
    seal = frame(
        ((v0 - 0.010, w0 - 0.010), (v1 + 0.010, w1 + 0.010)),
        ((v0 - 0.002, w0 - 0.002), (v1 + 0.002, w1 + 0.002)),
        FRONT,
        FRONT + 0.0045,
        0.0015,
        0.01,
    )
    plinth = slab((-0.26, -HALF + 0.01, 0.02), (0.205, HALF - 0.01, 0.10), 0.002)
    drain = [
        disc(0.062, w0, w0 + 0.006, 0.002, 24, "z").moved(0.02, 0.03),
        disc(0.040, w0, w0 + 0.014, 0.003, 20, "z").moved(0.02, 0.03),
    ]
    rails = [
        slab((u + 0.02, s * (v1 - 0.007) - 0.006, 0.556), (FRONT - 0.02, s * (v1 - 0.007) + 0.006, 0.572), 0.002)
        for s in (-1, 1)
    ]
    spots = [(x, s * 0.25) for x in (-0.22, 0.18) for s in (-1, 1)]
    fix = screws([(FRONT - 0.0002, s * (HALF - 0.014), z) for s in (-1, 1) for z in (0.14, 0.45, 0.77)], 0.003)
    boxes = [*walls((low, high), INNER), ((-0.26, -HALF + 0.01, 0.02), (0.205, HALF - 0.01, 0.10))]
    boxes += [((x - 0.015, y - 0.015, 0), (x + 0.015, y + 0.015, 0.02)) for x, y in spots]
    boxes += [
        ((u + 0.02, s * (v1 - 0.007) - 0.006, 0.556), (FRONT - 0.02, s * (v1 - 0.007) + 0.006, 0.572)) for s in (-1, 1)
    ]
    tree.add(
        "body",
        shell,
        made_of(Slot.RUBBER, seal),
        made_of(Slot.TRIM, plinth, *drain),
        made_of(Slot.METAL, *rails),
        feet(spots, 0.016, 0.022),
        fix,
        *extra,
        solid=[*boxes, *solid],
        mount=(FRONT, 0, 0),
    )


def _basket(
    low: tuple[float, float], high: tuple[float, float], z: float, tall: float, rows: list[float], tine: float
) -> Mesh:
    """Returns a wire basket with rows of tines across it at the given x."""
    (x0, y0), (x1, y1) = low, high
    rods = grid(low, high, z + 0.004, 11, 9, 0.0016)
    rods += [
        wire((x, y, z + 0.004), (x, y, z + tall), radius=0.0016) for x in np.linspace(x0, x1, 10) for y in (y0, y1)
    ]
    rods += [
        wire((x, y, z + 0.004), (x, y, z + tall), radius=0.0016)
        for y in np.linspace(y0, y1, 10)[1:-1]
        for x in (x0, x1)
    ]
    rods += [
        wire((x, y, z + 0.004), (x - 0.012, y, z + tine), radius=0.0015)
        for x in rows
        for y in np.linspace(y0 + 0.035, y1 - 0.035, 13)
    ]
    loops = [
        loop_wire(low, high, z + share * tall, radius, 0.02)
        for share, radius in ((0.03, 0.0025), (0.45, 0.0016), (1.0, 0.003))
    ]
    return made_of(Slot.RACK, *rods, *loops)


def _baskets(tree: Tree) -> None:
    """Adds both baskets with their wheels, and the cutlery basket."""
    low, high, travel = (-0.245, -0.245), (0.235, 0.245), 0.46
    for name, z, tall, rows, tine, room in (
        ("rack_lower", 0.185, 0.155, [-0.12, 0.02, 0.14], 0.075, 0.28),
        ("rack_upper", 0.530, 0.115, [-0.08, 0.12], 0.045, 0.22),
    ):
        mesh = _basket(low, high, z, tall, rows, tine)
        wheels = [
            disc(0.019, s * 0.247, s * 0.247 + 0.008, 0.002, 16, "y").moved(x, 0, z + 0.016 - 0.011)
            for x in (-0.18, 0.18)
            for s in (-1, 1)
        ]
        if name == "rack_upper":
            wheels = [
                disc(0.012, -0.006, 0.006, 0.002, 14, "y").moved(x, s * 0.252, 0.585)
                for x in (-0.18, 0.18)
                for s in (-1, 1)
            ]
        grip = slab((high[0] - 0.004, -0.10, z + tall - 0.022), (high[0] + 0.008, 0.10, z + tall + 0.006), 0.003, 0.006)
        inner = ((low[0] + 0.004, low[1] + 0.004, z + 0.008), (high[0] - 0.004, high[1] - 0.004, z + tall))
        outer = ((low[0] - 0.002, low[1] - 0.002, z), (high[0] + 0.002, high[1] + 0.002, z + tall + 0.002))
        tree.add(
            name,
            mesh,
            made_of(Slot.TRIM, *wheels, grip),
            solid=tub(outer, inner),
            pivot=(low[0], 0, z),
            parent="body",
            joint=slider((1, 0, 0), 0, travel),
            grasp=(high[0] + 0.008, 0, z + tall - 0.01),
        )
        start = -0.14 if name == "rack_lower" else low[1] + 0.02
        tree.carry(
            name, name, "rack", (low[0] + 0.02, start), (high[0] - 0.02, high[1] - 0.02), z + 0.009, room, "crockery"
        )
    _cutlery(tree)


def _spray_arms(tree: Tree) -> None:
    """Adds the two arms that turn under the baskets."""
    for name, z in (("spray_lower", 0.150), ("spray_upper", 0.505)):
        arm = slab((-0.225, -0.024, z), (0.225, 0.024, z + 0.016), 0.005, 0.020, "z")
        hub = disc(0.030, z - 0.012, z + 0.020, 0.003, 20, "z")
        holes = [
            disc(0.003, z + 0.0155, z + 0.0165, 0.0002, 8, "z").moved(x, 0.006 * (-1) ** k)
            for k, x in enumerate(np.linspace(-0.2, 0.2, 10))
        ]
        tree.add(
            name,
            made_of(Slot.METAL, arm, hub),
            made_of(Slot.TRIM, *holes),
            solid=[((-0.225, -0.024, z), (0.225, 0.024, z + 0.018))],
            pivot=(0.0, 0, z),
            parent="body",
            joint=hinge((0, 0, 1), -180, 180),
        )


def _cutlery(tree: Tree) -> None:
    """Adds the cutlery basket that stands in the lower one."""
    z, low, high = 0.1945, (-0.20, -0.238), (0.10, -0.158)
    rods = [
        wire((x, y, z + 0.002), (x, y, z + 0.125), radius=0.002)
        for x in np.linspace(low[0], high[0], 13)
        for y in (low[1], high[1])
    ]
    rods += [
        wire((x, y, z + 0.002), (x, y, z + 0.125), radius=0.002)
        for y in np.linspace(low[1], high[1], 5)[1:-1]
        for x in (low[0], high[0])
    ]
    rods += [loop_wire(low, high, z + h, 0.0028, 0.008) for h in (0.003, 0.06, 0.125)]
    rods += grid(low, high, z + 0.003, 6, 14, 0.0014)
    rods.append(
        wire(
            (-0.13, -0.198, z),
            (-0.13, -0.198, z + 0.15),
            (0.03, -0.198, z + 0.15),
            (0.03, -0.198, z),
            radius=0.004,
            segments=8,
        )
    )
    inner = ((low[0] + 0.004, low[1] + 0.004, z + 0.006), (high[0] - 0.004, high[1] - 0.004, z + 0.125))
    outer = ((low[0] - 0.003, low[1] - 0.003, z), (high[0] + 0.003, high[1] + 0.003, z + 0.127))
    tree.add(
        "cutlery_basket",
        made_of(Slot.TRIM, *rods),
        solid=tub(outer, inner),
        pivot=(-0.05, -0.198, z),
        parent="rack_lower",
        grasp=(-0.05, -0.198, z + 0.15),
    )
    tree.carry(
        "cutlery_basket",
        "cutlery_basket",
        "rack",
        (low[0] + 0.01, low[1] + 0.008),
        (high[0] - 0.01, high[1] - 0.008),
        z + 0.0065,
        0.24,
        "cutlery",
    )


def _door(
    tree: Tree,
    meshes: list[Mesh],
    low: float,
    high: float,
    thick: float,
    grasp: tuple[float, float, float],
    mount: tuple[float, float, float] | None,
) -> None:
    """Adds the door: its lining with the detergent dispenser, and the given outside."""
    x0 = FRONT + 0.006
    x1 = x0 + thick
    lining = made_of(
        Slot.INTERIOR, slab((x0, -HALF + 0.004, low + 0.004), (x0 + 0.008, HALF - 0.004, high - 0.004), 0.002, 0.004)
    )
    cup = made_of(
        Slot.TRIM,
        slab((x0 - 0.0035, -0.085, 0.42), (x0 + 0.001, 0.085, 0.55), 0.001, 0.008),
        slab((x0 - 0.005, -0.07, 0.435), (x0 - 0.003, 0.02, 0.535), 0.0008, 0.006),
    )
    tree.add(
        "door",
        lining,
        cup,
        *meshes,
        solid=[((x0, -HALF, low), (x1, HALF, high))],
        pivot=(x0 + thick / 2, 0, low + 0.012),
        parent="body",
        joint=hinge((0, 1, 0), 0, 90),
        grasp=grasp,
        mount=mount,
    )


def dishwasher_a() -> Asset:
    """Returns a free-standing dishwasher with a control strip and a recessed grip in its door."""
    tree = Tree()
    top = made_of(Slot.BODY, slab((-0.300, -HALF, 0.818), (FRONT + 0.035, HALF, 0.845), 0.004, 0.006, "z"))
    _tank(tree, -0.300, 0.815, (top,), [((-0.300, -HALF, 0.818), (FRONT + 0.035, HALF, 0.845))], Slot.BODY)
    x0, x1, split = FRONT + 0.012, FRONT + 0.044, 0.705
    face = made_of(Slot.FRONT, slab((x0, -HALF, 0.108), (x1, HALF, split), 0.004, 0.004))
    strip = frame(((-HALF, split + 0.0025), (HALF, 0.814)), ((-0.095, 0.725), (0.095, 0.775)), x0, x1, 0.004, 0.004)
    grip = made_of(Slot.TRIM, slab((x0, -0.097, 0.723), (x0 + 0.008, 0.097, 0.777), 0.002))
    marks = [label(word, 0.006, x1, y, 0.785) for word, y in (("AUTO", -0.22), ("ECO 50", -0.175), ("45 MIN", -0.13))]
    window = made_of(Slot.PANEL, slab((x1 - 0.004, 0.125, 0.738), (x1 + 0.0006, 0.205, 0.772), 0.0005, 0.003))
    marks.append(label("1:25", 0.016, x1 + 0.0007, 0.165, 0.755, Slot.DISPLAY))
    badge = made_of(Slot.METAL, slab((x1 - 0.001, -0.03, 0.69), (x1 + 0.0008, 0.03, 0.698), 0.0003))
    _door(
        tree, [face, made_of(Slot.PANEL, strip), grip, window, badge, *marks], 0.108, 0.814, 0.038, (x1, 0, 0.765), None
    )
    for number, y in enumerate((-0.22, -0.175, -0.13, 0.235, 0.265)):
        button(tree, f"button_{number}", (x1, y, 0.752), (0.024, 0.011), "door", "button_0" if number else "")
    _baskets(tree)
    _spray_arms(tree)
    slots = painted(
        interior=STEEL,
        panel=painted()["body"],
        mark=Material("paint", (0.1, 0.1, 0.11)),
        knob=Material("plastic", (0.5, 0.5, 0.51), wear=0.05, dirt=0.05),
    )
    slots["rack"] = Material("plastic", (0.42, 0.43, 0.45), wear=0.1, dirt=0.05)
    return tree.asset("dishwasher_a", "Free-standing dishwasher", "dishwasher", slots, ("dishwasher",), SOURCE)


def dishwasher_integrated() -> Asset:
    """Returns a dishwasher without a front: its door takes one of the furniture, its upper edge has the keys."""
    tree = Tree()
    fix = made_of(
        Slot.METAL, slab((FRONT - 0.06, -HALF + 0.02, 0.812), (FRONT - 0.01, HALF - 0.02, 0.815), 0.0008, axis="z")
    )
    _tank(tree, -0.272, 0.812, (fix,), [], Slot.METAL)
    x0, x1 = FRONT + 0.014, FRONT + 0.030
    sheet = slab((x0, -HALF, 0.108), (x1, HALF, 0.808), 0.002, 0.003)
    holes = [
        disc(0.004, x1 - 0.0005, x1 + 0.0004, 0.0001, 10).moved(0, y, z)
        for y in (-0.22, 0.22)
        for z in (0.2, 0.35, 0.5, 0.65)
    ]
    top = slab((FRONT + 0.008, -HALF + 0.006, 0.8082), (x1 - 0.001, HALF - 0.006, 0.8105), 0.0006, axis="z")
    keys = [
        slab((x0 - 0.002, y - 0.010, 0.8104), (x1 - 0.006, y + 0.010, 0.8112), 0.0002, axis="z")
        for y in np.linspace(-0.22, -0.04, 6)
    ]
    light = slab((x0 - 0.002, 0.10, 0.8104), (x1 - 0.006, 0.16, 0.8108), 0.0001, axis="z")
    meshes = [
        made_of(Slot.METAL, sheet),
        made_of(Slot.TRIM, *holes),
        made_of(Slot.PANEL, top),
        made_of(Slot.KNOB, *keys),
        made_of(Slot.DISPLAY, light),
    ]
    _door(tree, meshes, 0.108, 0.808, 0.024, (x1, 0, 0.80), (x1, 0, 0.108))
    _baskets(tree)
    _spray_arms(tree)
    slots = painted(
        interior=STEEL, metal=Material("galvanized", (0.5, 0.5, 0.5), wear=0.05, dirt=0.0), knob=WHITE_PLASTIC
    )
    slots["rack"] = Material("plastic", (0.42, 0.43, 0.45), wear=0.1, dirt=0.05)
    return tree.asset(
        "dishwasher_integrated", "Integrated dishwasher", "dishwasher", slots, ("dishwasher", "built-in"), SOURCE
    )
