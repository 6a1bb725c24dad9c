"""What is spilled where one cooks and eats: crumbs, flour, drops, rings of cups, peelings. Metres."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.groups import Table
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import poses_at
from buildee.layout.solids import loft, revolve

CRUMBS = ("crumb_a", "crumb_b", "crumb_c")

FLOUR, SUGAR, GROUNDS, SALT = (0.84, 0.81, 0.74), (0.9, 0.9, 0.88), (0.05, 0.025, 0.012), (0.88, 0.88, 0.88)
"""Linear RGB of powders."""

CARROT_PEEL, POTATO_PEEL, CUCUMBER_PEEL = (0.72, 0.2, 0.03), (0.36, 0.22, 0.1), (0.05, 0.14, 0.03)
ONION_SKIN = (0.46, 0.21, 0.05)
COFFEE, TEA = (0.075, 0.032, 0.014), (0.16, 0.07, 0.025)


def crumbs(table: Table, x: float, y: float, spread: float, count: int) -> None:
    """Strews crumbs of bread around a place of a table."""
    for share, asset in zip((0.2, 0.35, 0.45), CRUMBS, strict=True):
        table.stock.strew(asset, asset, (), _strewn(table, x, y, spread, round(count * share)))


def powder(table: Table, x: float, y: float, spread: float, count: int, color: Color) -> None:
    """Strews grains of flour, sugar, salt or coffee."""
    name = "_".join(f"{value:.2f}" for value in color)
    for size, share in (("fine", 0.8), ("coarse", 0.2)):
        poses = _strewn(table, x, y, spread, round(count * share))
        table.stock.strew(
            f"kitchen/grain_{size}_{name}", _grain(size), (Material("paint", color, 0.0, 0.0),), poses, "spill"
        )


def drops(table: Table, x: float, y: float, spread: float, count: int, color: Color = (0.9, 0.95, 0.97)) -> None:
    """Splashes drops of water, or of something else."""
    name = "_".join(f"{value:.2f}" for value in color)
    for size in (0, 1, 2):
        poses = _strewn(table, x, y, spread, round(count * (0.5, 0.3, 0.2)[size]))
        table.stock.strew(
            f"kitchen/drop_{size}_{name}", _drop(size), (Material("liquid", color, 0.0, 0.0),), poses, "spill"
        )


def ring(table: Table, x: float, y: float, color: Color = COFFEE) -> None:
    """Leaves the ring of a cup."""
    number = int(table.rng.integers(3))
    poses = _strewn(table, x, y, 0.0, 1)
    key, stain = f"kitchen/ring_{number}_{color[0]:.2f}", Material("lacquer", color, 0, 0)
    table.stock.strew(key, _ring(number), (stain,), poses, "spill")


def peelings(table: Table, x: float, y: float, spread: float, count: int, color: Color) -> None:
    """Drops peelings of carrots, potatoes or cucumbers."""
    for number in range(3):
        poses = _strewn(table, x, y, spread, len(range(number, count, 3)))
        key = f"kitchen/peel_{number}_{color[0]:.2f}"
        pale = tuple(min(0.5 * value + 0.4, 1.0) for value in color)
        materials = (Material("produce", color, 0.0, 0.0), Material("produce", pale, 0.0, 0.0))
        table.stock.strew(key, _peel(number), materials, poses)


def _strewn(table: Table, x: float, y: float, spread: float, count: int) -> NDArray[np.float64]:
    """Returns (N, 4, 4) world poses around a place of a table, turned any way; none beside it."""
    rng = table.rng
    radius = spread * np.abs(rng.standard_normal(count)) ** 1.3
    angle, yaw = rng.uniform(0, 2 * np.pi, (2, count))
    spots = np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle), np.zeros(count)])
    on = (np.abs(spots[:, :2]) < table.support.size / 2 - 0.006).all(1)
    return table.support.poses[0] @ poses_at(spots[on], yaw[on])


@cache
def _grain(size: str) -> Mesh:
    """Returns a flat grain."""
    radius = {"fine": 0.0006, "coarse": 0.0013}[size]
    return revolve([(radius, 0.0), (0.6 * radius, 0.6 * radius)], 5, smooth=False)


@cache
def _drop(size: int) -> Mesh:
    """Returns a drop that lies on a surface."""
    radius, height = ((0.0018, 0.0008), (0.0032, 0.0012), (0.0055, 0.0015))[size]
    angle = np.linspace(0, np.pi / 2, 5)
    return revolve(np.column_stack([radius * np.cos(angle), height * np.sin(angle)]), 16)


@cache
def _ring(number: int) -> Mesh:
    """Returns most of a ring as broad as a mug's foot, thicker and thinner where it dried."""
    rng = np.random.default_rng(number)
    angle = np.linspace(0, (5.2, 6.0, 4.2)[number], 60)
    wide = 0.0004 + 0.0011 * np.abs(np.sin(angle * 1.7 + number) + 0.4 * rng.standard_normal(60).cumsum() / 8)
    wide[[0, -1]] = 0.0001
    out = np.column_stack([np.cos(angle), np.sin(angle), np.zeros(60)])
    inner, outer = (0.033 - wide / 2)[:, None] * out, (0.033 + wide / 2)[:, None] * out
    up = np.array([0.0, 0.0, 0.00025])
    return loft(np.stack([inner, inner + up, outer + up, outer], 1))


@cache
def _peel(number: int) -> Mesh:
    """Returns a strip of peel: skin on its upper side in slot 0, flesh below in slot 1."""
    long, wide, curl = ((0.07, 0.013, 9.0), (0.045, 0.011, 16.0), (0.1, 0.014, 5.0))[number]
    s = np.linspace(-0.5, 0.5, 15)
    turn = curl * long * s
    x = long * np.sinc(turn / np.pi) * s
    z = long * (1 - np.cos(turn)) / (curl * long) * 0.55 + 0.0004
    y = 0.004 * np.sin(5 * s + number)
    half = wide / 2 * np.sqrt(np.clip(1 - (2 * s) ** 4, 0.02, 1))
    sheets = []
    for slot, (low, high) in enumerate(((0.0003, 0.0008), (-0.0003, 0.0003))):
        corners = [(-1, low), (-0.3, low), (0.3, low), (1, low), (1, high), (0.3, high), (-0.3, high), (-1, high)]
        rows = [np.column_stack([x, y + side * half, z + 0.002 * side * side + rise]) for side, rise in corners]
        sheets.append(loft(np.stack(rows, 1), smooth=True).with_slot(slot))
    mesh = Mesh.merged(sheets)
    return mesh.moved(z=-float(mesh.bounds[0, 2]))
