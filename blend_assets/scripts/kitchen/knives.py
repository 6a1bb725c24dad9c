"""Kitchen knives and a block that holds them."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import filleted, side
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, limb, rounded
from blend_assets.scripts.kitchen.things import bounding, settled, thing
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import solids
from buildee.layout.mesh import Mesh

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns kitchen knives, lying flat with the edge towards -Y, and a block of five."""
    return [
        _knife("kitchen_knife_a", "Chef's knife, 20 cm", 0.20, 0.046, "plastic"),
        _knife("kitchen_knife_b", "Utility knife, 13 cm", 0.13, 0.025, "dark_wood"),
        _knife("kitchen_knife_c", "Bread knife, 21 cm", 0.21, 0.031, "dark_wood"),
        _block(),
    ]


def blade(length: float, height: float) -> Mesh:
    """Returns a ground blade from x = 0 to `length` in the XY plane: the spine at +Y, the edge at -Y, 2 mm thick."""
    x = np.linspace(0, 1, 22)
    belly = height * np.interp(x, [0, 0.45, 0.75, 0.92, 1], [1, 0.97, 0.72, 0.32, 0.02])
    top = height * 0.42 - height * np.interp(x, [0, 0.55, 1], [0, 0.0, 0.35]) * 0.55
    edge = np.minimum(height * 0.42 - belly, top - 0.0004)
    thick = np.interp(x, [0, 1], [0.0021, 0.0009])
    rings = []
    for position, high, low, t in zip(length * x, top, edge, thick, strict=True):
        shoulder = high - 0.25 * (high - low)
        rings.append(
            [
                (position, low, -0.0001),
                (position, low, 0.0001),
                (position, shoulder, t / 2),
                (position, high, t / 2),
                (position, high, -t / 2),
                (position, shoulder, -t / 2),
            ]
        )
    return solids.loft(np.array(rings)[:, ::-1], smooth=True)


def knife(length: float, height: float, slot: str) -> Mesh:
    """Returns a knife along X, its blade from x = 0, its handle behind, in the XY plane about z = 0."""
    path = np.column_stack([np.linspace(-0.125, -0.004, 18), np.zeros(18), np.zeros(18)])
    t = np.linspace(0, 1, 18)
    path[:, 1] = np.interp(t, [0, 0.15, 0.6, 1], [0.001, 0.004, 0.006, 0.006])
    grip = limb(
        path,
        np.interp(t, [0, 0.12, 0.5, 0.8, 1], [0.026, 0.026, 0.021, 0.024, 0.022]),
        np.interp(t, [0, 0.5, 1], [0.015, 0.018, 0.014]),
        square=0.65,
        segments=14,
    )
    bolster = limb(
        [(-0.006, 0.006, 0), (0.0, 0.006, 0), (0.008, 0.005, 0)],
        [0.023, 0.022, 0.018],
        [0.0135, 0.011, 0.002],
        square=0.7,
    )
    rivets = [
        lathe(rounded([(0, -0.0091), (0.0026, -0.0091), (0.0026, 0.0091), (0, 0.0091)], 0.0002, 2), 14).moved(
            x, 0.0055, 0
        )
        for x in (-0.095, -0.064, -0.033)
    ]
    return Mesh.merged([of("steel", blade(length, height), bolster), of(slot, grip), of("chrome", *rivets)])


def _knife(id: str, title: str, length: float, height: float, slot: str) -> Asset:
    mesh = knife(length, height, slot)
    # It lies on its handle and on the point of its blade.
    mesh = mesh.transformed(turned("y", np.arctan2(0.0085, length)))
    mesh = mesh.moved(-(length - 0.125) / 2, 0, -mesh.bounds[0, 2])
    low, high = mesh.bounds
    split = low[0] + 0.128
    halves = [mesh.vertices[mesh.vertices[:, 0] < split], mesh.vertices[mesh.vertices[:, 0] > split]]
    proxy = bounding(*(Mesh.from_faces(points, np.zeros((0, 3), np.int32)) for points in halves))
    return thing(
        id, title, "kitchen_knife", mesh, proxy, SOURCE.format("Kitchen knives"), slots=coloured(), tags=("utensil",),
        markers={"grasp": at(low[0] + 0.06, 0.005, 0.009), "tip": at(high[0], high[1] * 0.5, 0.001)},
        rests={"upside_down": settled(mesh, turned("x", np.pi))},
    )  # fmt: skip


def _block() -> Asset:
    """Returns a slanting block with five knives as parts: leave out those that are in use."""
    corners = [(-0.075, 0), (0.075, 0), (0.095, 0.10), (0.045, 0.225), (-0.050, 0.185)]
    outline = filleted(corners, 0.008, 3)
    round_about = turned("z", np.pi)  # the handles lean towards the user
    body = of("wood", side(outline, -0.055, 0.055, 0.003)).transformed(round_about)
    slope = np.array([0.045 + 0.050, 0.225 - 0.185]) / np.hypot(0.095, 0.040)
    top = np.array([-0.050, 0.185])
    normal = np.array([-slope[1], slope[0]])
    parts = []
    for along, y, length, height, size in (
        (0.078, 0.0, 0.17, 0.046, "chef"),
        (0.055, 0.028, 0.16, 0.031, "bread"),
        (0.055, -0.028, 0.15, 0.030, "carving"),
        (0.028, 0.026, 0.11, 0.024, "utility"),
        (0.026, -0.026, 0.09, 0.020, "paring"),
    ):
        place = top + along * slope + 0.002 * normal
        pose = np.eye(4)
        # The blade goes down into the block; its flat sides face left and right, its edge backwards.
        pose[:3, 0] = -normal[0], 0, -normal[1]
        pose[:3, 1] = slope[0], 0, slope[1]
        pose[:3, 2] = np.cross(pose[:3, 0], pose[:3, 1])
        pose[:3, 3] = place[0], y, place[1]
        tool = knife(length, height, "plastic").moved(x=0.004)
        handle = boxes(((-0.125, -0.008, -0.009), (0.0, 0.02, 0.009)))
        parts.append(
            AssetPart(f"knife_{size}", tool, "body", round_about @ pose, None, handle, {"grasp": at(-0.06, 0.005, 0)})
        )
    proxy = boxes(
        ((-0.085, -0.055, 0), (0.075, 0.055, 0.10)),
        ((-0.075, -0.055, 0.10), (0.06, 0.055, 0.185)),
        ((-0.055, -0.055, 0.185), (0.0, 0.055, 0.215)),
    )
    return thing(
        "knife_block_a", "Knife block with five knives", "knife_block", body, proxy,
        SOURCE.format("Blocks for five knives, 22 cm high"),
        parts=tuple(parts), markers={"grasp": at(z=0.15)}, tags=("utensil",),
    )  # fmt: skip
