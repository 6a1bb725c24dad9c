"""Ovens: two built-in ones for a 600 mm module, and free-standing ranges with a gas hob on top."""

from __future__ import annotations

from blend_assets.scripts.appliances.burners import Burner, gas_top
from blend_assets.scripts.appliances.cavity import Cavity, OvenDoor
from blend_assets.scripts.appliances.details import (
    bar_handle,
    bow_handle,
    button,
    dial,
    knob,
    label,
    screws,
    vents,
)
from blend_assets.scripts.appliances.fittings import (
    BLACK,
    ENAMEL,
    STEEL,
    Box,
    Slot,
    Tree,
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
from buildee.layout.mesh import Mesh

BUILT_IN = (
    "EN 60335-2-6 and makers' planning sheets of 600 mm built-in ovens: front 595 x 595 mm, carcass 556-560 mm wide, "
    "depth 548-567 mm, niche 560-568 x 590-600 x 550 mm; cavity of 65-72 l; door opens by 90 degrees"
)
RANGE = (
    "Free-standing ranges: 600 and 900 mm wide, 600 mm deep, cooking height 900-914 mm (EN 1116 coordinating sizes), "
    "burners of 1.0, 1.75, 3.0 and 3.8 kW with heads of 46, 68, 95 and 130 mm"
)
MOUNT = 0.2635
"""Where the front edge of the cabinet lies, x: the front panel stands before it."""


def assets() -> list[Asset]:
    """Returns the ovens."""
    return [oven_a(), oven_b(), oven_range("oven_range", 0.6), oven_range("oven_range_900", 0.9)]


def _body(tree: Tree, panel: Mesh, extra: tuple[Mesh, ...] = ()) -> Cavity:
    """Adds the carcass of a built-in oven with its control panel; returns its cavity."""
    cavity = Cavity(
        ((-0.2835, -0.278, 0.006), (MOUNT, 0.278, 0.582)),
        ((-0.165, -0.224, 0.090), (MOUNT, 0.224, 0.432)),
        (0.142, 0.202, 0.262, 0.322),
    )
    carcass, solid = cavity.carcass()
    sill = made_of(Slot.TRIM, slab((MOUNT, -0.29, 0.002), (MOUNT + 0.012, 0.29, 0.017), 0.002))
    vent = vents((MOUNT + 0.0117, -0.26, 0.006), (MOUNT + 0.0124, 0.26, 0.013), 40, "x", Slot.RUBBER)
    gap = made_of(Slot.TRIM, slab((MOUNT, -0.29, 0.465), (MOUNT + 0.006, 0.29, 0.492), 0.001))
    fix = screws([(MOUNT + 0.0001, s * 0.262, z) for s in (-1, 1) for z in (0.12, 0.40)])
    stiles = made_of(
        Slot.METAL,
        *(slab((MOUNT - 0.004, s * 0.285 - 0.009, 0.017), (MOUNT, s * 0.285 + 0.009, 0.49), 0.001) for s in (-1, 1)),
    )
    solid += [
        ((MOUNT, -0.2975, 0.488), (MOUNT + 0.02, 0.2975, 0.595)),
        ((MOUNT, -0.29, 0.002), (MOUNT + 0.012, 0.29, 0.017)),
    ]
    tree.add("body", carcass, panel, sill, vent, gap, fix, stiles, *extra, solid=solid, mount=(MOUNT, 0, 0))
    return cavity


def _door(low: float, high: float, window: tuple[float, float, float]) -> OvenDoor:
    half, bottom, top = window
    return OvenDoor(
        (-0.2975, low),
        (0.2975, high),
        ((-half, bottom), (half, top)),
        MOUNT + 0.0045,
        0.0155,
        ((-0.262, 0.058), (0.262, 0.455)),
    )


def oven_a() -> Asset:
    """Returns an oven with a black glass front, two knobs and a display between touch marks."""
    tree = Tree()
    x = MOUNT + 0.020
    panel = made_of(Slot.PANEL, slab((MOUNT, -0.2975, 0.488), (x, 0.2975, 0.595), 0.0015, 0.003))
    marks = [
        label("18:24", 0.017, x, 0.0, 0.548, Slot.DISPLAY),
        label("200", 0.009, x, 0.062, 0.552, Slot.DISPLAY),
        *(
            label(word, 0.006, x, y, 0.518)
            for word, y in (("-", -0.05), ("O", -0.025), ("OK", 0.0), ("I", 0.025), ("+", 0.05))
        ),
        *(dial(x, y, 0.5415, 0.024) for y in (-0.18, 0.18)),
    ]
    cavity = _body(tree, panel, tuple(marks))
    for name, y, like in (("knob_function", -0.18, ""), ("knob_temperature", 0.18, "knob_function")):
        knob(tree, name, (x, y, 0.5415), 0.0205, 0.024, slot=Slot.KNOB, like=like)
    z = 0.452
    handle = bar_handle((x + 0.038, -0.225, z), (x + 0.038, 0.225, z), 0.038, 0.0075)
    solid = [((x + 0.030, -0.225, z - 0.008), (x + 0.046, 0.225, z + 0.008))]
    _door(0.021, 0.4855, (0.205, 0.115, 0.395)).add(tree, [handle], solid, (x + 0.046, 0, z))
    cavity.tray(tree, 0)
    cavity.rack(tree, "rack_low", 1)
    cavity.rack(tree, "rack_high", 3, like="rack_low")
    slots = painted(front=BLACK, interior=ENAMEL, knob=STEEL)
    return tree.asset("oven_a", "Built-in oven, glass front", "oven", slots, ("oven", "built-in"), BUILT_IN)


def oven_b() -> Asset:
    """Returns an oven with a steel front, three knobs, a clock with buttons and a bow handle."""
    tree = Tree()
    x = MOUNT + 0.020
    panel = made_of(Slot.FRONT, slab((MOUNT, -0.2975, 0.488), (x, 0.2975, 0.595), 0.0025, 0.004))
    clock = made_of(Slot.PANEL, slab((x - 0.004, -0.062, 0.524), (x + 0.0012, 0.062, 0.566), 0.001, 0.004))
    marks = [label("12:00", 0.016, x + 0.0013, 0.0, 0.5475, Slot.DISPLAY)]
    marks += [
        label(word, 0.0042, x, y, 0.5835)
        for word, y in (("MIN", -0.235), ("MODE", -0.15), ("TEMP", 0.15), ("LIGHT", 0.235))
    ]
    marks += [dial(x, y, 0.545, 0.0235) for y in (-0.235, -0.15, 0.15, 0.235)]
    cavity = _body(tree, panel, (clock, *marks))
    first = ""
    for name, y in (
        ("knob_timer", -0.235),
        ("knob_function", -0.15),
        ("knob_temperature", 0.15),
        ("knob_light", 0.235),
    ):
        knob(tree, name, (x, y, 0.545), 0.020, 0.026, like=first)
        first = first or name
    for k in range(3):
        button(tree, f"button_{k}", (x, -0.03 + 0.03 * k, 0.508), (0.016, 0.007), like="button_0" if k else "")
    z = 0.445
    handle = bow_handle((x - 0.002, -0.24, z), (x - 0.002, 0.24, z), 0.046, 0.0085)
    solid = [((x + 0.034, -0.24, z - 0.009), (x + 0.053, 0.24, z + 0.009))]
    _door(0.021, 0.4855, (0.185, 0.135, 0.365)).add(tree, [handle], solid, (x + 0.053, 0, z))
    cavity.tray(tree, 0)
    cavity.rack(tree, "rack_low", 1)
    cavity.rack(tree, "rack_high", 2, like="rack_low")
    slots = painted(front=STEEL, interior=ENAMEL)
    return tree.asset("oven_b", "Built-in oven, steel front", "oven", slots, ("oven", "built-in"), BUILT_IN)


def oven_range(id: str, width: float) -> Asset:
    """Returns a free-standing range: gas hob, oven, and a drawer for pans below it."""
    tree = Tree()
    half, back, front = width / 2 - 0.001, -0.300, 0.280
    reach = half - 0.066
    cavity = Cavity(
        ((back, -half, 0.215), (front, half, 0.864)),
        ((-0.16, -reach, 0.275), (front, reach, 0.640)),
        (0.335, 0.395, 0.455, 0.515, 0.570),
    )
    carcass, solid = cavity.carcass()
    base, below = _range_base(half, back, front)
    solid += below
    x = front + 0.030
    panel = made_of(Slot.FRONT, slab((front, -half, 0.752), (x, half, 0.868), 0.004, 0.006))
    riser = made_of(Slot.FRONT, slab((back, -half, 0.865), (back + 0.028, half, 0.965), 0.004, 0.006))
    vent = vents((back + 0.027, -half + 0.06, 0.925), (back + 0.0284, half - 0.06, 0.945), 30, "x")
    burners = _burners(width > 0.7)
    hob, grates, top_boxes = gas_top(
        burners, (back + 0.03, -half), (x - 0.004, half), 0.872, 3 if width > 0.7 else 2, 0.268
    )
    marks = [dial(x, y, 0.812, 0.0255, 5) for y in _knob_places(width)]
    marks.append(label("14:30", 0.013, x + 0.0012, 0.0, 0.812, Slot.DISPLAY))
    clock = made_of(Slot.PANEL, slab((x - 0.004, -0.035, 0.795), (x + 0.001, 0.035, 0.829), 0.001, 0.003))
    solid += [
        ((front, -half, 0.752), (x, half, 0.868)),
    ]
    solid += [((back, -half, 0.865), (back + 0.028, half, 0.965)), *top_boxes]
    tree.add("body", carcass, base, panel, riser, vent, hob, grates, clock, *marks, solid=solid)
    first = ""
    for number, y in enumerate(_knob_places(width)):
        knob(tree, f"knob_{number}", (x, y, 0.812), 0.022, 0.030, like=first)
        first = first or "knob_0"
    for number, burner in enumerate(burners):
        burner.carry(tree, f"zone_{number}", 0.872 + 0.043)
    _range_door(tree, half, front)
    cavity.tray(tree, 0)
    cavity.rack(tree, "rack_low", 1)
    cavity.rack(tree, "rack_high", 3, like="rack_low")
    _pan_drawer(tree, half, back, front)
    title = f"Free-standing range, {round(1000 * width)} mm"
    return tree.asset(
        id, title, "oven", painted(front=STEEL, body=BLACK, interior=ENAMEL), ("oven", "range", "hob", "gas"), RANGE
    )


def _burners(wide: bool) -> list[Burner]:
    """Returns four burners, or five with a wok's in the middle."""
    burners = [
        Burner(-0.155, -0.19, 0.034),
        Burner(-0.155, 0.19, 0.034),
        Burner(0.125, -0.19, 0.034),
        Burner(0.125, 0.19, 0.0475),
    ]
    if wide:
        return [Burner(b.x, 1.55 * b.y, b.radius) for b in burners] + [Burner(-0.015, 0.0, 0.065)]
    burners[2] = Burner(0.125, -0.19, 0.023)
    return burners


def _range_base(half: float, back: float, front: float) -> tuple[Mesh, list[Box]]:
    """Returns the drawer's housing, the flanks and the plinth of a range, and their collision boxes."""
    base = hollow(
        outline((-half, 0.085), (half, 0.215), 0.004),
        outline((-half + 0.02, 0.100), (half - 0.02, 0.205), 0.004),
        (back, back + 0.03, front),
        (Slot.BODY, Slot.TRIM, Slot.METAL),
    )
    solid = walls(
        ((back, -half, 0.085), (front, half, 0.215)), ((back + 0.03, -half + 0.02, 0.100), (front, half - 0.02, 0.205))
    )
    flanks = made_of(
        Slot.BODY,
        *(
            slab(
                (back, min(s * half, s * (half + 0.0008)), 0.085),
                (front, max(s * half, s * (half + 0.0008)), 0.872),
                0.0002,
                axis="y",
            )
            for s in (-1, 1)
        ),
    )
    plinth = made_of(Slot.TRIM, slab((back + 0.06, -half + 0.02, 0.0), (front - 0.05, half - 0.02, 0.085), 0.002))
    solid.append(((back + 0.06, -half + 0.02, 0), (front - 0.05, half - 0.02, 0.085)))
    return Mesh.merged([base, flanks, plinth]), solid


def _range_door(tree: Tree, half: float, front: float) -> None:
    """Adds the oven's door with a bar all across."""
    z, deep = 0.712, 0.026
    face = front + 0.004 + deep
    handle = bar_handle((face + 0.042, -half + 0.06, z), (face + 0.042, half - 0.06, z), 0.042, 0.0095)
    grip = [((face + 0.032, -half + 0.06, z - 0.01), (face + 0.052, half - 0.06, z + 0.01))]
    OvenDoor(
        (-half, 0.222),
        (half, 0.748),
        ((-half + 0.10, 0.345), (half - 0.10, 0.605)),
        front + 0.004,
        deep,
        ((-half + 0.022, 0.250), (half - 0.022, 0.725)),
    ).add(tree, [handle], grip, (face + 0.052, 0, z))


def _knob_places(width: float) -> list[float]:
    step, count = (0.075, 3) if width < 0.7 else (0.085, 4)
    return [s * (0.075 + step * k) for s in (-1, 1) for k in range(count)]


def _pan_drawer(tree: Tree, half: float, back: float, front: float) -> None:
    """Adds the drawer under the oven."""
    x0, side = back + 0.06, half - 0.026
    face = made_of(Slot.FRONT, slab((front + 0.004, -half, 0.088), (front + 0.03, half, 0.2185), 0.003, 0.004))
    lip = made_of(Slot.TRIM, slab((front + 0.008, -0.12, 0.2181), (front + 0.026, 0.12, 0.2187), 0.0002, axis="z"))
    sheet = 0.0012
    bottom = slab((x0, -side, 0.106), (front + 0.004, side, 0.106 + sheet), 0.0003, axis="z")
    sides = [
        slab((x0, s * side - sheet / 2, 0.106), (front + 0.004, s * side + sheet / 2, 0.165), 0.0003, axis="y")
        for s in (-1, 1)
    ]
    rear = slab((x0, -side, 0.106), (x0 + sheet, side, 0.165), 0.0003)
    outer = ((x0, -side - 0.001, 0.106), (front + 0.03, side + 0.001, 0.165))
    inner = ((x0 + 0.002, -side + 0.001, 0.108), (front + 0.004, side - 0.001, 0.165))
    solid = [*tub(outer, inner), ((front + 0.004, -half, 0.088), (front + 0.03, half, 0.2185))]
    tree.add(
        "drawer",
        face,
        lip,
        made_of(Slot.METAL, bottom, *sides, rear),
        solid=solid,
        pivot=(x0, 0, 0.106),
        parent="body",
        joint=slider((1, 0, 0), 0.0, 0.38),
        grasp=(front + 0.03, 0, 0.2),
    )
    tree.carry(
        "drawer", "drawer", "drawer", (x0 + 0.01, -side + 0.01), (front - 0.006, side - 0.01), 0.108, 0.09, "pans"
    )
