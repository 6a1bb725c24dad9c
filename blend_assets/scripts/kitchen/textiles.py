"""Cloth of the kitchen as it lies or hangs: towels, dishcloths, an oven glove, napkins. Cotton is 1.5 to 4 mm thick."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of, slot_number
from blend_assets.scripts.kitchen.forms import Array, limb, sheet
from blend_assets.scripts.kitchen.things import bounding, thing
from blend_assets.scripts.model import Asset, at, boxes
from buildee.layout import solids
from buildee.layout.mesh import Mesh

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns towels that hang and lie, a dishcloth, an oven glove and napkins."""
    return [
        _hung_towel("towel_hung_a", 0.36, 0.40, 0.31, (0.60, 0.58, 0.52), (0.07, 0.12, 0.24), 3),
        _hung_towel("towel_hung_b", 0.24, 0.33, 0.28, (0.36, 0.40, 0.33), (0.60, 0.58, 0.50), 8),
        _folded("towel_folded_a", "Folded kitchen towel", "towel", 0.26, 0.19, 4, 0.0042, "cloth", 5),
        _folded("napkin_a", "Folded linen napkin", "napkin", 0.20, 0.12, 3, 0.0022, "cloth", 6),
        _folded("napkin_b", "Paper napkin", "napkin", 0.165, 0.165, 2, 0.0010, "paper", 7),
        _crumpled("dishcloth_a", "Crumpled dishcloth", 0.21, 0.052, 11, (0.46, 0.50, 0.48)),
        _crumpled("dishcloth_b", "Dropped kitchen towel", 0.33, 0.060, 23, (0.55, 0.20, 0.13)),
        _oven_glove(),
    ]


def ripple(rng: np.random.Generator, x: Array, y: Array, size: float, waves: int = 7) -> Array:
    """Returns smooth unevenness of about unit height at (x, y), metres; its waves are `size` long and longer."""
    total = np.zeros(np.broadcast(x, y).shape)
    for _ in range(waves):
        angle, phase, stretch = rng.uniform(0, 2 * np.pi), rng.uniform(0, 2 * np.pi), rng.uniform(1, 2.6)
        total += np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / (size * stretch) + phase)
    return total / np.sqrt(waves / 2)


def striped(mesh: Mesh, rows: int, columns: int, stripes: list[tuple[float, float]], along: int) -> Mesh:
    """Gives bands of a `sheet` another slot: shares of the way along its U (0) or V (1), as (first, last)."""
    share = (np.arange(rows - 1) + 0.5) / (rows - 1) if along == 0 else (np.arange(columns - 1) + 0.5) / (columns - 1)
    mask = np.zeros(len(share), bool)
    for first, last in stripes:
        mask |= (share > first) & (share < last)
    grid = np.broadcast_to(mask[:, None] if along == 0 else mask[None, :], (rows - 1, columns - 1)).reshape(-1)
    slots = mesh.slots.copy()
    slots[: 2 * len(grid)][np.tile(grid, 2)] = slot_number("stripe")
    return Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots, mesh.smooth)


def _hung_towel(id: str, width: float, front: float, back: float, color, stripe, seed: int) -> Asset:
    """Returns a towel over a rail of 12 mm along Y whose axis is the marker "rail"; it hangs down on both sides.

    Its frame stands at the height of its lower edge; +X is its longer side, away from the wall.
    """
    rng = np.random.default_rng(seed)
    radius, thick = 0.0085, 0.0032
    arc = [(radius * np.cos(a), radius * np.sin(a)) for a in np.linspace(0, np.pi, 9)]
    line = (
        [(radius, -d) for d in np.linspace(front, 0, 22)[:-1]]
        + arc
        + [(-radius, -d) for d in np.linspace(0, back, 18)[1:]]
    )
    line = np.array(line)
    y = np.linspace(-width / 2, width / 2, 40)
    drop = np.clip(-line[:, 1], 0, None)[:, None]
    swell = (drop / front) ** 0.8
    folds = (
        0.013
        * swell
        * (
            0.5
            + 0.5 * np.sin(2 * np.pi * y / (width / 3.3) + rng.uniform(0, 6))
            + 0.25 * np.sin(2 * np.pi * y / (width / 6.7) + 1.0)
        )
    )
    sag = 0.006 * swell * ripple(rng, drop, y[None], 0.3, 4)
    side = np.where(line[:, :1] >= 0, 1.0, -1.0)
    grid = np.empty((len(line), 40, 3))
    grid[..., 0] = line[:, :1] + side * np.abs(folds + 0.3 * sag) * np.where(side > 0, 1.0, 0.35)
    grid[..., 1] = y * (1 - 0.10 * swell) + 0.010 * swell * np.sin(3 * y / width)
    grid[..., 2] = line[:, 1:] + 0.004 * swell * np.sin(2 * np.pi * y / width + 0.7)
    mesh = striped(
        of("cloth", sheet(grid, thick)),
        len(line),
        40,
        [(0.04, 0.055), (0.07, 0.115), (0.13, 0.145), (0.87, 0.9), (0.92, 0.95)],
        0,
    )
    lift = -mesh.bounds[0, 2]
    mesh = mesh.moved(z=lift)
    low, high = mesh.bounds
    proxy = boxes(
        ((0.006, low[1], 0), (high[0], high[1], lift)),
        ((low[0], low[1], lift - back), (-0.006, high[1], lift)),
        ((-0.009, low[1], lift + 0.006), (0.009, high[1], high[2])),
    )
    return thing(
        id, "Kitchen towel over a rail", "towel", mesh, proxy,
        SOURCE.format("Towels of 50 x 70 cm, folded lengthwise"), slots=coloured(cloth=color, stripe=stripe),
        markers={"rail": at(z=lift), "grasp": at(0.01, 0, lift - front / 2)}, tags=("textile",),
    )  # fmt: skip


def _folded(
    id: str, title: str, category: str, length: float, width: float, layers: int, thick: float, slot: str, seed: int
) -> Asset:
    """Returns cloth folded to and fro, `layers` on each other, soft at the bends."""
    rng = np.random.default_rng(seed)
    pitch = thick * 1.12
    line = []
    for layer in range(layers):
        z, forth = thick / 2 + pitch * layer, layer % 2 == 0
        reach = length / 2 - 0.0025 * (layer // 2) - pitch / 2
        xs = np.linspace(-reach, reach, 9) * (1 if forth else -1)
        line += [(x, z) for x in xs]
        if layer + 1 < layers:
            end = xs[-1]
            line += [
                (end + np.sign(end) * 0.55 * pitch * np.sin(a), z + pitch / 2 - pitch / 2 * np.cos(a))
                for a in np.linspace(0, np.pi, 6)[1:-1]
            ]
    line = np.array(line)
    y = np.linspace(-width / 2, width / 2, 16)
    grid = np.empty((len(line), 16, 3))
    high = line[:, 1:] / line[:, 1].max()
    grid[..., 0] = line[:, :1] + 0.0015 * high * np.sin(5 * y / width + seed)
    grid[..., 1] = y + 0.0012 * (rng.normal(size=(layers, 1)).repeat(-(-len(line) // layers), 0)[: len(line)])
    grid[..., 2] = line[:, 1:] + 0.0011 * high**2 * ripple(rng, line[:, :1], y[None], 0.12, 5) * min(1.0, thick / 0.003)
    stripes = [(0.06, 0.09), (0.11, 0.2), (0.8, 0.89), (0.91, 0.94)] if slot == "cloth" and category == "towel" else []
    mesh = striped(of(slot, sheet(grid, thick)), len(line), 16, stripes, 1)
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    slots = coloured(cloth=(0.34, 0.36, 0.33)) if category == "napkin" else coloured()
    return thing(
        id, title, category, mesh, bounding(mesh),
        SOURCE.format(f"Folded to {100 * length:.0f} x {100 * width:.0f} cm"), slots=slots,
        markers={"grasp": at(length / 2)}, stack=float(mesh.bounds[1, 2]) + 2e-4, tags=("textile",),
    )  # fmt: skip


def _crumpled(id: str, title: str, size: float, height: float, seed: int, color) -> Asset:
    """Returns a cloth that was dropped: its middle in folds, its corners flat on the ground."""
    rng = np.random.default_rng(seed)
    count = 44
    u, v = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count), indexing="ij")
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    pulled = (
        0.52
        + 0.20 * np.sin(3 * angle + rng.uniform(0, 6)) * np.clip(radius, 0, 1)
        + 0.12 * np.sin(5 * angle + rng.uniform(0, 6))
    )
    x, y = u * size / 2 * pulled * 1.25, v * size / 2 * pulled * 1.25
    waves = np.abs(ripple(rng, u, v, 0.62, 6)) ** 0.9
    ridge = np.exp(-((radius / 0.8) ** 2)) * 0.9 + 0.18
    z = height * 0.42 * waves * ridge + 0.002
    z *= np.clip((1.25 - np.maximum(abs(u), abs(v))) * 3.2, 0.12, 1)
    x += 0.02 * size / 0.2 * ripple(rng, u, v, 0.8, 4) * ridge * 0.35
    y += 0.02 * size / 0.2 * ripple(rng, u, v, 0.8, 4) * ridge * 0.35
    grid = np.stack([x, y, z], -1)
    mesh = striped(
        of("cloth", sheet(grid, 0.0018)), count, count, [(0.07, 0.1), (0.12, 0.16), (0.84, 0.88), (0.9, 0.93)], 1
    )
    low, high = mesh.bounds
    mesh = mesh.moved(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2])
    low, high = mesh.bounds
    inner = 0.62
    proxy = boxes(
        (low, (high[0], high[1], 0.45 * high[2])),
        ((inner * low[0], inner * low[1], 0), (inner * high[0], inner * high[1], high[2])),
    )
    return thing(
        id, title, "dishcloth" if size < 0.3 else "towel", mesh, proxy,
        SOURCE.format(f"Cloths of {100 * size:.0f} cm"), slots=coloured(cloth=color, stripe=(0.62, 0.60, 0.55)),
        markers={"grasp": at(0, 0, high[2])}, tags=("textile",),
    )  # fmt: skip


def _oven_glove() -> Asset:
    """Returns a quilted glove, 30 cm long, lying: the hand, its thumb and a hem."""
    path = np.array(
        [
            (-0.145, 0, 0.016),
            (-0.10, 0, 0.017),
            (-0.03, 0, 0.019),
            (0.05, 0, 0.019),
            (0.11, 0, 0.016),
            (0.145, 0, 0.011),
        ]
    )
    line = curve(path, 40)
    t = np.linspace(0, 1, 40)
    hand = limb(
        line,
        np.interp(t, [0, 0.3, 0.6, 0.85, 1], [0.155, 0.15, 0.15, 0.125, 0.07]),
        np.interp(t, [0, 0.5, 0.9, 1], [0.032, 0.038, 0.03, 0.018]) * (1 + 0.05 * np.sin(t * 60)),
        square=0.75,
        segments=28,
    )
    thumb_line = curve([(-0.03, 0.045, 0.016), (0.0, 0.085, 0.016), (0.05, 0.108, 0.015), (0.075, 0.110, 0.013)], 20)
    thumb = limb(
        thumb_line,
        np.linspace(0.062, 0.040, 20),
        np.linspace(0.030, 0.020, 20),
        np.column_stack([np.full(20, -0.7), np.full(20, 0.7), np.zeros(20)]),
        segments=18,
    )
    hem = limb([(-0.152, 0, 0.0165), (-0.140, 0, 0.0168), (-0.128, 0, 0.017)], 0.161, 0.036, square=0.75, segments=28)
    loop = solids.tube(
        [(-0.150, 0.07, 0.016), (-0.178, 0.078, 0.012), (-0.182, 0.066, 0.010), (-0.150, 0.058, 0.015)], 0.0028, 8
    )
    mesh = Mesh.merged([of("cloth", hand, thumb), of("stripe", hem, loop)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    proxy = boxes(
        ((-0.155, -0.08, 0), (0.15, 0.08, 0.038)),
        ((-0.03, 0.06, 0.0), (0.09, 0.125, 0.032)),
        ((-0.185, 0.055, 0.008), (-0.15, 0.082, 0.02)),
    )
    return thing(
        "oven_glove_a", "Oven glove", "oven_glove", mesh, proxy, SOURCE.format("Gloves of 30 cm"),
        slots=coloured(cloth=(0.10, 0.15, 0.26), stripe=(0.60, 0.58, 0.52)),
        markers={"grasp": at(-0.14, 0, 0.03)}, tags=("textile",),
    )  # fmt: skip
