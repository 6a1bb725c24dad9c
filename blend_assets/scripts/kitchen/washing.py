"""What stands by the sink: sponge, soap, washing-up liquid, dish rack, brush, paper towels."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, limb, outline_box, rounded, rounded_box, sheet
from blend_assets.scripts.kitchen.pans import rounded_path
from blend_assets.scripts.kitchen.things import bounding, drum, joined, settled, thing
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.scene import Joint

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns what one washes up with."""
    return [_sponge(), _soap_dispenser(), _washing_up_liquid(), _dish_rack(), _brush(), _paper_towel()]


def _sponge() -> Asset:
    """Returns a sponge with a scouring side, 11 x 7 x 3 cm, dented by hands."""
    rng = np.random.default_rng(2)
    soft = rounded_box((-0.035, -0.055, 0.0), (0.035, 0.055, 0.024), 0.006, 0.004)
    points = soft.vertices.copy()
    points[:, :2] *= 1 - 0.05 * np.sin(np.pi * points[:, 2:] / 0.024)
    points += rng.normal(0, 0.0002, points.shape)
    points[:, 2] = np.maximum(points[:, 2], 0.0)
    soft = Mesh(points, soft.corners, soft.sizes, soft.slots, soft.smooth)
    hard = rounded_box((-0.0352, -0.0552, 0.0238), (0.0352, 0.0552, 0.031), 0.005, 0.0018)
    mesh = Mesh.merged([of("sponge", soft), of("scourer", hard)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    return thing(
        "sponge_a", "Sponge with a scouring side", "sponge", mesh, bounding(mesh),
        SOURCE.format("Sponges of 11 x 7 x 3 cm"), tags=("washing",),
        markers={"grasp": at(z=0.02)}, rests={"upside_down": settled(mesh, turned("x", np.pi)),
        "on_edge": settled(mesh, turned("y", np.pi / 2))},
    )  # fmt: skip


def _pump(z: float) -> tuple[Mesh, AssetPart]:
    """Returns collar and pump of a soap dispenser, from height `z` on; it looks to +X, positive values press."""
    collar = lathe(
        rounded(
            [(0, z), (0.0145, z), (0.0145, z + 0.014), (0.008, z + 0.017), (0, z + 0.017)],
            [0, 0.001, 0.002, 0.002, 0],
            3,
        ),
        24,
    )
    stem = solids.cylinder(0.0042, 0.022, 12).moved(z=z + 0.016)
    spout = curve([(-0.008, 0, z + 0.039), (0.012, 0, z + 0.0405), (0.030, 0, z + 0.039), (0.036, 0, z + 0.032)], 14)
    head = limb(spout, np.linspace(0.015, 0.007, 14), np.linspace(0.011, 0.0065, 14), segments=12)
    joint = Joint("slider", (0.0, 0.0, -1.0), (0.0, 0.014))
    proxy = joined(drum(0.008, z + 0.0175, z + 0.031), boxes(((-0.012, -0.008, z + 0.031), (0.042, 0.008, z + 0.046))))
    markers = {"spout": at(0.037, 0, z + 0.028)}
    return of("chrome", collar), AssetPart(
        "pump", of("chrome", stem, head), "body", joint=joint, proxy=proxy, markers=markers
    )


def _soap_dispenser() -> Asset:
    body = rounded(
        [(0, 0), (0.035, 0), (0.036, 0.004), (0.036, 0.105), (0.016, 0.124), (0.0135, 0.130), (0, 0.130)],
        [0, 0.003, 0.002, 0.012, 0.008, 0.001, 0],
        4,
    )
    collar, pump = _pump(0.129)
    mesh = Mesh.merged([of("glaze", lathe(body, 36)), collar])
    return thing(
        "soap_dispenser_a", "Soap dispenser", "soap_dispenser", mesh, joined(drum(0.036, 0, 0.115), drum(0.015, 0.115,
        0.146)),
        SOURCE.format("Dispensers of 30 cl, 17 cm high"), slots=coloured(glaze=(0.055, 0.06, 0.062)),
        markers={"grasp": at(0.036, 0, 0.07)}, tags=("washing",), parts=(pump,),
    )  # fmt: skip


def _washing_up_liquid() -> Asset:
    """Returns a flattened bottle with a label and a push-pull cap."""
    levels = [
        (0.0, 0.032, 0.020),
        (0.003, 0.0345, 0.0225),
        (0.05, 0.0345, 0.0225),
        (0.11, 0.033, 0.0215),
        (0.135, 0.030, 0.0205),
        (0.165, 0.025, 0.019),
        (0.185, 0.017, 0.015),
        (0.193, 0.0125, 0.0125),
        (0.198, 0.0125, 0.0125),
    ]
    line = curve(levels, 36)
    rings = [np.column_stack([limb_ring(depth, wide, 28), np.full(28, z)]) for z, wide, depth in line]
    bottle = of("liquid", solids.loft(np.array(rings), smooth=True))
    label = np.array(
        [
            [(*(point * 1.012), z) for z in np.linspace(0.035, 0.115, 6)]
            for point in limb_ring(0.0222, 0.034, 28)[np.arange(-9, 10)]
        ]
    )
    label = np.swapaxes(label, 0, 1)[:, ::-1]
    label = of("paper", sheet(np.swapaxes(label, 0, 1)[::-1], 0.0004))
    words = [
        lettering.text("LEMON", 0.011, 0.0, "middle").moved(y=0.078),
        lettering.text("FRESH", 0.007, 0.0, "middle").moved(y=0.060),
    ]
    bent = []
    for word in words:
        points = word.vertices
        sine = (np.abs(points[:, 0]) / 0.0344) ** (4 / 3)
        x = 0.0225 * np.sqrt(1 - sine**2) ** 0.75
        bent.append(
            Mesh(
                np.column_stack([x + 0.0007, points[:, 0], points[:, 1]]),
                word.corners,
                word.sizes,
                word.slots,
                word.smooth,
            )
        )
    cap = lathe(
        rounded(
            [
                (0, 0.197),
                (0.0145, 0.197),
                (0.0138, 0.214),
                (0.007, 0.218),
                (0.0035, 0.218),
                (0.0035, 0.2315),
                (0, 0.2315),
            ],
            [0, 0.001, 0.003, 0.001, 0, 0.0005, 0],
            3,
        ),
        24,
    )
    nozzle = rounded(
        [
            (0.0037, 0.2182),
            (0.0066, 0.2182),
            (0.0064, 0.2215),
            (0.005, 0.232),
            (0.0015, 0.233),
            (0.0037, 0.2315),
            (0.0037, 0.2182),
        ],
        [0, 0.0005, 0.001, 0.002, 0.0003, 0, 0],
        3,
    )
    mesh = Mesh.merged([bottle, label, of("liquid", *bent), of("white_plastic", cap)])
    down = -mesh.bounds[0, 2]
    mesh, nozzle = mesh.moved(z=down), of("white_plastic", lathe(nozzle, 24)).moved(z=down)
    pull = Joint("slider", (0.0, 0.0, 1.0), (0.0, 0.006))
    return thing(
        "washing_up_liquid_a", "Washing-up liquid, 50 cl", "washing_up_liquid", mesh, boxes(((-0.0235, -0.0345, 0),
        (0.0242, 0.0345, 0.16)), ((-0.014, -0.018, 0.16), (0.014, 0.018, 0.2185))),
        SOURCE.format("Bottles of 50 cl, 23 cm high"), markers={"grasp": at(0, 0.034, 0.1)},
        rests={"lying": settled(Mesh.merged([mesh, nozzle]), turned("y", np.pi / 2))}, tags=("washing", "bottle"),
        parts=(AssetPart("cap", nozzle, "body", joint=pull, proxy=bounding(nozzle)),),
    )  # fmt: skip


def limb_ring(depth: float, wide: float, count: int) -> np.ndarray:
    """Returns (count, 2) points of a rounded oblong, counter-clockwise from +X; half its sizes along X and Y."""
    angle = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(angle), np.sin(angle)
    return np.column_stack([depth * np.sign(c) * np.abs(c) ** 0.75, wide * np.sign(s) * np.abs(s) ** 0.75])


def _dish_rack() -> Asset:
    """Returns a wire rack over a tray; its slots hold plates on edge, 42 mm apart along Y."""
    x, y, height = 0.15, 0.21, 0.11
    wire = 0.0022
    wires = []
    for z in (0.024, height):
        outline = outline_box(-x, -y, x, y, 0.03, 5)
        wires.append(
            solids.sweep(
                np.column_stack([outline, np.full(len(outline), z)]),
                solids.circle(1.4 * wire, 8),
                smooth=True,
                closed=True,
            )
        )
    slots = np.arange(-4, 4) * 0.042
    for place in slots:
        for base in (-0.055, 0.045):
            hoop = np.array(
                [
                    (base - 0.012, 0, 0.0255),
                    (base - 0.010, 0, 0.095),
                    (base + 0.010, 0, 0.095),
                    (base + 0.012, 0, 0.0255),
                ]
            )
            wires.append(solids.tube(rounded_path(hoop, 0.009) + np.array((0, place, 0)), wire, 7))
        ends = np.array([(-x, 0, height), (-x + 0.002, 0, 0.022), (x - 0.002, 0, 0.022), (x, 0, height)])
        wires.append(solids.tube(rounded_path(ends, 0.014) + np.array((0, place, 0)), wire, 7))
    for along in (-0.055, 0.045):
        wires.append(solids.tube([(along, -y, 0.0225), (along, y, 0.0225)], wire, 8))
    feet = [
        lathe(rounded([(0, 0.006), (0.006, 0.006), (0.006, 0.022), (0, 0.022)], 0.001, 3), 14).moved(
            sx * (x - 0.03), sy * (y - 0.03)
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    tray = rounded_box((-x - 0.02, -y - 0.02, 0), (x + 0.02, y + 0.02, 0.0065), 0.025, 0.003)
    rim = outline_box(-x - 0.017, -y - 0.017, x + 0.017, y + 0.017, 0.022, 5)
    lip = solids.sweep(
        np.column_stack([rim, np.full(len(rim), 0.0085)]), solids.circle(0.003, 8), smooth=True, closed=True
    )
    mesh = Mesh.merged([of("chrome", *wires), of("rubber", *feet), of("plastic", tray, lip)])
    posts = [
        ((base - 0.014, place - 0.003, 0.02), (base + 0.014, place + 0.003, 0.096))
        for place in slots
        for base in (-0.055, 0.045)
    ]
    walls = [
        ((-x - 0.003, -y, 0.02), (-x + 0.003, y, height)),
        ((x - 0.003, -y, 0.02), (x + 0.003, y, height)),
        ((-x, -y - 0.003, 0.02), (x, -y + 0.003, 0.03)),
        ((-x, y - 0.003, 0.02), (x, y + 0.003, 0.03)),
    ]
    proxy = boxes(
        ((-x - 0.02, -y - 0.02, 0), (x + 0.02, y + 0.02, 0.0115)), ((-x, -y, 0.0195), (x, y, 0.0245)), *walls, *posts
    )
    markers = {f"slot_{number}": at(0, place + 0.021, 0.0247) for number, place in enumerate(slots[:-1])}
    asset = thing(
        "dish_rack_a", "Dish rack", "dish_rack", mesh, proxy, SOURCE.format("Racks of 42 x 30 cm"),
        markers={**markers, "opening": at(0, 0.175, 0.0247), "grasp": at(0, y, height)}, tags=("washing",),
    )  # fmt: skip
    return Asset(
        **{
            **vars(asset),
            "supports": (Place("slots", "body", "rack", at(z=0.0247), (0.28, 0.40), topic="crockery"),),
        }
    )


def _brush() -> Asset:
    """Returns a washing-up brush of wood, 24 cm, lying on its bristles and the end of its handle."""
    rng = np.random.default_rng(4)
    disc = lathe(
        rounded(
            [(0, 0.016), (0.028, 0.016), (0.031, 0.022), (0.026, 0.030), (0, 0.033)], [0, 0.003, 0.004, 0.006, 0], 4
        ),
        32,
    )
    path = curve([(-0.018, 0, 0.026), (-0.05, 0, 0.030), (-0.11, 0, 0.022), (-0.195, 0, 0.0085)], 22)
    handle = limb(
        path,
        np.interp(np.linspace(0, 1, 22), [0, 0.3, 0.8, 1], [0.018, 0.012, 0.017, 0.013]),
        np.interp(np.linspace(0, 1, 22), [0, 0.3, 1], [0.011, 0.009, 0.013]),
        segments=12,
    )
    tufts = []
    for radius, count in ((0.006, 5), (0.014, 11), (0.022, 17)):
        for angle in np.arange(count) * 2 * np.pi / count + radius * 40:
            out = np.array([np.cos(angle), np.sin(angle), 0])
            foot, tip = (
                radius * out + (0, 0, 0.0165),
                radius * out * rng.uniform(1.12, 1.3) + (0, 0, rng.uniform(0, 0.0008)),
            )
            tufts.append(
                limb(
                    [tip, (tip + foot) / 2 + out * 0.0005, foot],
                    [0.0048, 0.0042, 0.0034],
                    [0.0048, 0.0042, 0.0034],
                    segments=6,
                    round_ends=False,
                )
            )
    mesh = Mesh.merged([of("wood", disc, handle), of("bristle", *tufts)])
    mesh = mesh.moved(0.08, 0, -mesh.bounds[0, 2])
    proxy = boxes(((0.048, -0.031, 0), (0.112, 0.031, 0.033)), ((-0.12, -0.009, 0.002), (0.055, 0.009, 0.034)))
    return thing(
        "brush_a", "Washing-up brush", "brush", mesh, proxy, SOURCE.format("Brushes of 24 cm"),
        markers={"grasp": at(-0.08, 0, 0.015)}, tags=("washing",),
    )  # fmt: skip


def _paper_towel() -> Asset:
    """Returns a roll of paper towels, 23 cm high, on a stand with a loose end."""
    base = of("wood", lathe(rounded([(0, 0), (0.075, 0), (0.075, 0.014), (0, 0.014)], [0, 0.002, 0.004, 0], 4), 44))
    rod = of(
        "wood",
        lathe(
            rounded(
                [(0, 0.013), (0.009, 0.013), (0.009, 0.285), (0.014, 0.292), (0.012, 0.31), (0, 0.313)],
                [0, 0, 0.002, 0.005, 0.006, 0],
                4,
            ),
            20,
        ),
    )
    outer = rounded([(0.021, 0.0145), (0.058, 0.0145), (0.058, 0.2445), (0.021, 0.2445)], [0, 0.002, 0.002, 0], 3)
    roll = of("paper", lathe(outer, 48))
    core = of("card", lathe(np.array([(0.0195, 0.0147), (0.0211, 0.0147), (0.0211, 0.2443), (0.0195, 0.2443)]), 32))
    turn = np.linspace(0.2, 1.25, 12)
    spread = 0.0583 + 0.018 * np.clip((turn - 0.55) / 0.7, 0, 1) ** 2
    loose = np.array(
        [
            [(r * np.sin(a), r * np.cos(a), z) for z in (0.0155, 0.09, 0.165, 0.2435)]
            for r, a in zip(spread, turn, strict=True)
        ]
    )
    flap = of("paper", sheet(loose[::-1], 0.0004))
    mesh = Mesh.merged([base, rod, roll, core, flap])
    return thing(
        "paper_towel_a", "Paper towels on a stand", "paper_towel", mesh, joined(drum(0.075, 0, 0.014), drum(0.06,
        0.0145, 0.2445), drum(0.013, 0.2445, 0.313)),
        SOURCE.format("Rolls of 23 cm, 12 cm across"), markers={"grasp": at(z=0.3)}, tags=("washing",),
    )  # fmt: skip
