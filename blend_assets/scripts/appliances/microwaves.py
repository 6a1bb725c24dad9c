"""Microwave ovens: one for the worktop, one built in above an oven."""

from __future__ import annotations

from blend_assets.scripts.appliances.details import (
    bow_handle,
    button,
    cable,
    dial,
    disc,
    feet,
    knob,
    label,
    ring_mark,
    vents,
)
from blend_assets.scripts.appliances.fittings import (
    BLACK,
    PANE,
    STEEL,
    WHITE_PLASTIC,
    Slot,
    Tree,
    frame,
    hinge,
    hollow,
    made_of,
    outline,
    painted,
    slab,
    walls,
)
from blend_assets.scripts.model import Asset

SOURCE = (
    "EN 60335-2-25 microwave ovens on the market: 20 l, 440-490 x 260-285 x 350-370 mm, turntable 245-270 mm; built in "
    "595 x 382-388 x 320-400 mm for niches of 560 x 380 mm"
)


def assets() -> list[Asset]:
    """Returns the microwave ovens."""
    return [microwave_a(), microwave_b()]


def _oven(
    tree: Tree,
    low: tuple,
    high: tuple,
    split: float,
    span: tuple[float, float],
    extra: list,
    solid: list,
    mount: tuple | None = None,
) -> None:
    """Adds body and turntable; the door ends at y = `split`, `span` are the cavity's floor and ceiling."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    inner = ((x0 + 0.04, y0 + 0.030, span[0]), (x1, split - 0.035, span[1]))
    shell = hollow(
        outline((y0, z0), (y1, z1), 0.006),
        outline(inner[0][1:], inner[1][1:], 0.010),
        (x0, inner[0][0], x1),
        (Slot.BODY, Slot.TRIM, Slot.INTERIOR),
        0.004,
    )
    middle = ((inner[0][0] + x1) / 2 - 0.005, (inner[0][1] + inner[1][1]) / 2)
    wave = made_of(
        Slot.RACK,
        slab(
            (middle[0] - 0.04, inner[1][1] - 0.0012, span[0] + 0.06),
            (middle[0] + 0.04, inner[1][1] + 0.001, span[0] + 0.13),
            0.0006,
            axis="y",
        ),
    )
    lamp = made_of(
        Slot.LAMP,
        slab(
            (middle[0] + 0.06, inner[1][1] - 0.0012, span[1] - 0.045),
            (middle[0] + 0.10, inner[1][1] + 0.001, span[1] - 0.02),
            0.0006,
            axis="y",
        ),
    )
    tree.add("body", shell, wave, lamp, *extra, solid=[*walls((low, high), inner), *solid], mount=mount)
    _turntable(tree, middle, min(inner[1][1] - inner[0][1], x1 - inner[0][0]) / 2 - 0.018, span)


def _turntable(tree: Tree, middle: tuple[float, float], radius: float, span: tuple[float, float]) -> None:
    """Adds the glass plate, which turns, and the place on it."""
    z = span[0] + 0.012
    plate = disc(radius, z, z + 0.005, 0.0015, 40, "z")
    rim = ring_mark(radius, 0.006, 0, 0, z + 0.005, Slot.CLEAR, 40)
    hub = disc(0.02, span[0] + 0.001, z, 0.002, 16, "z")
    tree.add(
        "turntable",
        made_of(Slot.CLEAR, plate).moved(*middle),
        rim.moved(*middle),
        made_of(Slot.TRIM, hub).moved(*middle),
        solid=[
            (
                (middle[0] - 0.7 * radius, middle[1] - 0.7 * radius, span[0] + 0.001),
                (middle[0] + 0.7 * radius, middle[1] + 0.7 * radius, z + 0.005),
            )
        ],
        pivot=(*middle, span[0]),
        parent="body",
        joint=hinge((0, 0, 1), -180, 180),
    )
    half = 0.68 * radius
    tree.carry(
        "turntable",
        "turntable",
        "rack",
        (middle[0] - half, middle[1] - half),
        (middle[0] + half, middle[1] + half),
        z + 0.0054,
        span[1] - z - 0.02,
        "heating",
    )


def _door(
    tree: Tree,
    x: float,
    low: tuple[float, float],
    high: tuple[float, float],
    border: tuple[float, float],
    thick: float,
    extra: list,
    solid: list,
    grasp: tuple,
) -> None:
    """Adds a door hinged on the user's left: frame, window with its perforated screen, inner choke."""
    (y0, z0), (y1, z1) = low, high
    hole = ((y0 + border[0], z0 + border[1]), (y1 - border[0], z1 - border[1]))
    skin = frame((low, high), hole, x + 0.002, x + thick, 0.003, 0.005)
    pane = slab(
        (x + thick - 0.006, hole[0][0] - 0.001, hole[0][1] - 0.001),
        (x + thick - 0.001, hole[1][0] + 0.001, hole[1][1] + 0.001),
        0,
    )
    screen = slab(
        (x + 0.004, hole[0][0] - 0.004, hole[0][1] - 0.004), (x + 0.006, hole[1][0] + 0.004, hole[1][1] + 0.004), 0
    )
    choke = frame(
        ((y0 + 0.012, z0 + 0.012), (y1 - 0.012, z1 - 0.012)),
        (tuple(v + 0.002 for v in hole[0]), tuple(v - 0.002 for v in hole[1])),
        x - 0.0005,
        x + 0.0045,
        0.001,
    )
    tree.add(
        "door",
        made_of(Slot.FRONT, skin),
        made_of(Slot.GLASS, pane),
        made_of(Slot.TRIM, screen, choke),
        *extra,
        solid=[((x + 0.0005, y0, z0), (x + thick, y1, z1)), *solid],
        pivot=(x + 0.5 * thick, y0 + 0.006, z0),
        parent="body",
        joint=hinge((0, 0, -1), 0, 105),
        grasp=grasp,
    )


def microwave_a() -> Asset:
    """Returns a white one with a keypad, a display and a bar to pull."""
    tree = Tree()
    x0, x1, half, z0, z1, split = -0.180, 0.150, 0.2425, 0.010, 0.280, 0.128
    panel = made_of(Slot.PANEL, slab((x1, split + 0.002, z0), (x1 + 0.030, half, z1), 0.004, 0.005))
    x = x1 + 0.030
    window = made_of(Slot.TRIM, slab((x - 0.002, 0.143, 0.220), (x + 0.0006, 0.229, 0.258), 0.0004, 0.004))
    marks = [label("12:00", 0.017, x + 0.0007, 0.186, 0.239, Slot.DISPLAY)]
    for k, sign in enumerate("123456789"):
        marks.append(label(sign, 0.009, x + 0.0032, 0.157 + 0.029 * (k % 3), 0.150 - 0.022 * (k // 3)))
    marks += [label(word, 0.005, x + 0.0002, y, 0.205) for word, y in (("POWER", 0.165), ("DEFROST", 0.207))]
    side = [vents((-0.13, s * half - 0.0006, 0.15), (0.02, s * half + 0.0006, 0.21), 16, "y") for s in (-1, 1)]
    foot = feet([(u, s * 0.2) for u in (-0.14, 0.12) for s in (-1, 1)], 0.013, 0.0115)
    _oven(
        tree,
        (x0, -half, z0),
        (x1, half, z1),
        split,
        (0.030, 0.235),
        [panel, window, *marks, *side, foot],
        [((x1, split + 0.002, z0), (x, half, z1)), ((-0.15, -0.21, 0), (0.13, 0.21, z0))],
    )
    for k in range(9):
        button(
            tree,
            f"key_{k}",
            (x, 0.157 + 0.029 * (k % 3), 0.150 - 0.022 * (k // 3)),
            (0.025, 0.018),
            like="key_0" if k else "",
        )
    button(tree, "button_stop", (x, 0.165, 0.060), (0.038, 0.020))
    button(tree, "button_start", (x, 0.207, 0.060), (0.038, 0.020), like="button_stop")
    y = split - 0.022
    handle = bow_handle((x - 0.002, y, 0.06), (x - 0.002, y, 0.235), 0.032, 0.007)
    _door(
        tree,
        x1 + 0.002,
        (-half, z0),
        (split, z1),
        (0.05, 0.045),
        0.028,
        [handle],
        [((x + 0.021, y - 0.008, 0.05), (x + 0.040, y + 0.008, 0.245))],
        (x + 0.04, y, 0.15),
    )
    cable(tree, (x0, 0.14, 0.04), side=-1)
    slots = painted(panel=painted()["body"], mark=BLACK, knob=WHITE_PLASTIC, clear=PANE)
    return tree.asset("microwave_a", "Microwave oven for the worktop", "microwave", slots, ("microwave",), SOURCE)


def microwave_b() -> Asset:
    """Returns a built-in one with a glass front, a knob and a display."""
    tree = Tree()
    x0, x1, half, z0, z1, split = -0.190, 0.150, 0.278, 0.006, 0.376, 0.165
    x, wide = x1 + 0.020, 0.2975
    panel = made_of(Slot.PANEL, slab((x1, split + 0.0015, 0.0), (x, wide, 0.388), 0.0015, 0.003))
    flange = made_of(
        Slot.TRIM,
        frame(
            ((-0.290, 0.003), (0.290, 0.385)),
            ((-half + 0.03, 0.05), (split - 0.04, 0.33)),
            x1 - 0.002,
            x1 + 0.0004,
            0.0,
            0.004,
        ),
    )
    marks = [label("18:24", 0.015, x, 0.231, 0.335, Slot.DISPLAY), dial(x, 0.231, 0.20, 0.026, 10)]
    marks += [
        label(word, 0.006, x, 0.231, z)
        for word, z in (("900 W", 0.292), ("START", 0.120), ("STOP", 0.085), ("GRILL", 0.050))
    ]
    _oven(
        tree,
        (x0, -half, z0),
        (x1, half, z1),
        split,
        (0.055, 0.320),
        [panel, flange, *marks],
        [((x1, split + 0.0015, 0), (x, wide, 0.388))],
        (x1, 0, 0),
    )
    knob(tree, "knob_power", (x, 0.231, 0.20), 0.0215, 0.024)
    z = 0.366
    grip = made_of(Slot.HANDLE, slab((x - 0.001, -wide + 0.03, z), (x + 0.022, split - 0.03, z + 0.008), 0.002, 0.003))
    _door(
        tree,
        x1 + 0.003,
        (-wide, 0.0),
        (split, 0.388),
        (0.085, 0.08),
        0.017,
        [grip],
        [((x, -wide + 0.03, z), (x + 0.022, split - 0.03, z + 0.008))],
        (x + 0.022, 0, z + 0.004),
    )
    slots = painted(front=BLACK, knob=STEEL, interior=STEEL, body=painted()["metal"], clear=PANE)
    return tree.asset("microwave_b", "Built-in microwave oven", "microwave", slots, ("microwave", "built-in"), SOURCE)
