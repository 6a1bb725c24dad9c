"""Boards and trays, place mats: flat things that lie or lean."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import filleted
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, limb, outline_box, rounded, rounded_box, slab
from blend_assets.scripts.kitchen.pans import shell, tray_proxy, trough
from blend_assets.scripts.kitchen.things import bounding, drum, joined, leaning, ring_boxes, thing
from blend_assets.scripts.model import Asset, at, boxes
from buildee.layout import solids
from buildee.layout.mesh import Mesh

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns chopping boards, a tray, and place mats."""
    return [
        _striped_board(),
        _round_handled_board(),
        _plastic_board(),
        _wooden_tray(),
        _round_tray(),
        _woven_mat(),
        _felt_mat(),
    ]


def _board(id: str, title: str, mesh: Mesh, proxy, size: str, grasp, slots=None) -> Asset:
    return thing(
        id, title, "chopping_board", mesh, proxy, SOURCE.format(size), slots=slots or coloured(), tags=("board",),
        markers={"grasp": grasp, "opening": at(z=float(mesh.bounds[1, 2]))}, rests={"leaning": leaning(mesh)},
        stack=float(mesh.bounds[1, 2]) + 2e-4,
    )  # fmt: skip


def with_hole(outline: np.ndarray, middle: tuple[float, float], radius: float, height: float, edge: float) -> Mesh:
    """Returns a slab with a round hole through it, all edges rounded.

    Args:
        outline: (N, 2) counter-clockwise; the lines from the hole's middle along X must leave it right and left once.
        middle: of the hole.
        radius: of the hole.
        height: of the slab, metres.
        edge: radius of all edges.
    """
    count, turns = 24, np.linspace(0, np.pi / 2, 4)
    cuts = [(edge * (1 - np.sin(a)), edge * (1 - np.cos(a))) for a in turns]
    cuts += [(cut, height - z) for cut, z in reversed(cuts)]
    outer = [np.column_stack([solids.inset(outline, cut), np.full(len(outline), z)]) for cut, z in cuts]
    ring = [
        np.column_stack([solids.circle(radius + cut, count) + middle, np.full(count, z)]) for cut, z in reversed(cuts)
    ]
    skins = Mesh.merged([solids.loft(np.array(rings), capped=False, smooth=True) for rings in (outer, ring)])
    right = int(np.argmin(np.where(outline[:, 0] > middle[0], abs(outline[:, 1] - middle[1]), np.inf)))
    left = int(np.argmin(np.where(outline[:, 0] < middle[0], abs(outline[:, 1] - middle[1]), np.inf)))
    around = np.roll(np.arange(len(outline)), -right)
    split = (left - right) % len(outline)
    hole = np.append(np.arange(count), 0)
    halves = [
        np.concatenate([around[: split + 1], hole[count // 2 :: -1] + len(outline)]),
        np.concatenate([around[split:], around[:1], hole[: count // 2 - 1 : -1] + len(outline)]),
    ]
    top = np.concatenate([outer[-1], ring[0]])
    bottom = np.concatenate([outer[0], ring[-1]])
    faces = [half.tolist() for half in halves] + [(half[::-1] + len(top)).tolist() for half in halves]
    return _welded(Mesh.merged([skins, Mesh.from_faces(np.concatenate([top, bottom]), faces)]))


def _welded(mesh: Mesh) -> Mesh:
    """Joins vertices in the same place."""
    _, first, number = np.unique(np.round(mesh.vertices, 7), axis=0, return_index=True, return_inverse=True)
    corners = number.reshape(-1)[mesh.corners].astype(np.int32)
    return Mesh(mesh.vertices[first], corners, mesh.sizes, mesh.slots, mesh.smooth)


def _striped_board() -> Asset:
    """Returns a board of end-glued strips, 40 x 28 cm, with a groove round it."""
    x, y, height = 0.28, 0.40, 0.024
    strips = []
    for number, (low, high) in enumerate(
        zip(np.linspace(-x / 2, x / 2, 6)[:-1], np.linspace(-x / 2, x / 2, 6)[1:], strict=True)
    ):
        first, last = number == 0, number == 4
        radius = [
            0.012 if first else 0.0004,
            0.012 if last else 0.0004,
            0.012 if last else 0.0004,
            0.012 if first else 0.0004,
        ]
        outline = filleted([(low, -y / 2), (high, -y / 2), (high, y / 2), (low, y / 2)], radius, 5)
        strips.append(slab(outline, height, 0.0004, 2))
    mesh = of("wood", *strips)
    return _board(
        "chopping_board_a",
        "Chopping board, glued strips",
        mesh,
        bounding(mesh),
        "Boards of 40 x 28 x 2.4 cm",
        at(0, y / 2, height / 2),
    )


def _round_handled_board() -> Asset:
    """Returns a serving board with a handle and a hole in it, long along X so that it leans on its broad end."""
    broad, height = 0.105, 0.019
    outline = filleted(
        [(-0.21, -0.026), (-0.11, -0.03), (-0.085, -broad), (0.20, -broad), (0.20, broad), (-0.085, broad), (-0.11,
        0.03), (-0.21, 0.026)],
        [0.02, 0.03, 0.035, 0.03, 0.03, 0.035, 0.03, 0.02], 5,
    )  # fmt: skip
    mesh = of("dark_wood", with_hole(outline, (-0.175, 0.0), 0.0085, height, 0.0035))
    proxy = boxes(((-0.095, -broad, 0), (0.2, broad, height)), ((-0.21, -0.028, 0), (-0.09, 0.028, height)))
    slots = coloured(dark_wood=(0.24, 0.125, 0.055))
    return _board(
        "chopping_board_b",
        "Serving board with a handle",
        mesh,
        proxy,
        "Boards of 41 x 21 x 1.9 cm",
        at(-0.17, 0, height / 2),
        slots,
    )


def _plastic_board() -> Asset:
    """Returns a thin plastic board, 32 x 22 cm, with a slot to grip."""
    outline = outline_box(-0.11, -0.16, 0.11, 0.16, 0.018, 8)
    mesh = of("white_plastic", with_hole(outline, (-0.085, 0.0), 0.011, 0.009, 0.0025))
    slots = coloured(white_plastic=(0.66, 0.70, 0.66))
    return _board(
        "chopping_board_c",
        "Plastic chopping board",
        mesh,
        bounding(mesh),
        "Boards of 32 x 22 x 0.9 cm",
        at(-0.1, 0, 0.0045),
        slots,
    )


def _wooden_tray() -> Asset:
    """Returns a tray of 46 x 33 cm with a rim and two grips."""
    size, depth = (0.31, 0.44), 0.042
    body = of("wood", shell(trough(size, depth - 0.006, 0.008, 0.006), size, 0.03))
    grips = []
    for side in (1, -1):
        line = [
            (x, side * (0.229 - 0.012 * abs(x / 0.06) ** 3), depth + 0.012 - 0.014 * abs(x / 0.06) ** 2.5)
            for x in np.linspace(-0.06, 0.06, 13)
        ]
        grips.append(limb(line, 0.011, 0.011, (0, 1, 0.3)))
    mesh = Mesh.merged([body, of("wood", *grips)])
    proxy = joined(
        tray_proxy(size, depth - 0.006, 0.008, 0.006),
        boxes(
            *(((-0.065, s * 0.229 - 0.008, depth - 0.004), (0.065, s * 0.229 + 0.008, depth + 0.018)) for s in (-1, 1))
        ),
    )
    return thing(
        "tray_a", "Wooden tray", "tray", mesh, proxy, SOURCE.format("Trays of 46 x 33 cm"), tags=("board",),
        markers={"opening": at(z=0.006), "grasp": at(0, 0.23, depth + 0.01), "grasp_left": at(0, -0.23,
        depth + 0.01)}, rests={"leaning": leaning(mesh)},
    )  # fmt: skip


def _round_tray() -> Asset:
    profile = rounded([(0, 0), (0.152, 0), (0.160, 0.006), (0.163, 0.030)], [0, 0.006, 0.006, 0], 4)
    inner = rounded([(0.160, 0.030), (0.157, 0.008), (0.150, 0.0022), (0, 0.0022)], [0, 0.006, 0.004, 0], 4)
    mesh = of("colour", lathe(np.concatenate([profile, [(0.1628, 0.0312), (0.1604, 0.0312)], inner]), 64))
    proxy = joined(drum(0.158, 0, 0.003), ring_boxes([(0.157, 0.002), (0.162, 0.03)], 0.003))
    return thing(
        "tray_b", "Round tray", "tray", mesh, proxy, SOURCE.format("Trays of 33 cm across"),
        slots=coloured(colour=(0.045, 0.075, 0.07)), tags=("board",),
        markers={"opening": at(z=0.0022), "grasp": at(0.16, 0, 0.03)}, rests={"leaning": leaning(mesh)},
    )  # fmt: skip


def _woven_mat() -> Asset:
    """Returns a round place mat: a rope of seagrass, 9 mm thick, laid in a spiral of 36 cm."""
    turns, pitch = 19, 0.0094
    t = np.linspace(0, 2 * np.pi * turns, 480)
    radius = 0.004 + pitch * t / (2 * np.pi)
    wobble = 0.0004 * np.sin(7.3 * t)
    path = np.column_stack([radius * np.cos(t), radius * np.sin(t), 0.0032 + wobble])
    rope = limb(path, 0.0098, 0.0056, np.column_stack([np.cos(t), np.sin(t), np.zeros_like(t)]), segments=6)
    mesh = of("wicker", rope)
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    return thing(
        "place_mat_a", "Round seagrass mat", "place_mat", mesh, drum(0.182, 0, 0.0062),
        SOURCE.format("Mats of 37 cm across"), tags=("textile",),
        markers={"opening": at(z=0.0062)}, stack=0.0066,
    )  # fmt: skip


def _felt_mat() -> Asset:
    mesh = of("cloth", rounded_box((-0.15, -0.22, 0), (0.15, 0.22, 0.0035), 0.03, 0.0012))
    return thing(
        "place_mat_b", "Felt mat", "place_mat", mesh, bounding(mesh), SOURCE.format("Mats of 44 x 30 cm"),
        slots=coloured(cloth=(0.10, 0.11, 0.12)), tags=("textile",),
        markers={"opening": at(z=0.0035)}, stack=0.0037,
    )  # fmt: skip
