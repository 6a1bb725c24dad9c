"""Plain solids for table tops: boxes, cylinders and balls."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, rounded, rounded_box
from blend_assets.scripts.kitchen.things import bounding, drum, joined, settled, thing
from blend_assets.scripts.model import Asset, at, boxes, turned
from buildee.layout import solids

SOURCE = "Own model. Geometry of its own, edges rounded by 1 to 2 mm."


def assets() -> list[Asset]:
    """Returns boxes, cylinders and balls of 4 to 12 cm."""
    return [
        _box("box_plain_a", "Cube, 6 cm", (0.06, 0.06, 0.06)),
        _box("box_plain_b", "Brick, 12 x 6 x 4 cm", (0.06, 0.12, 0.04)),
        _cylinder("cylinder_plain_a", "Cylinder, 6 cm across", 0.03, 0.08),
        _cylinder("cylinder_plain_b", "Disc, 9 cm across", 0.045, 0.025),
        _ball("ball_plain_a", "Ball, 7 cm", 0.035),
        _ball("ball_plain_b", "Ball, 4 cm", 0.02),
    ]


def _box(id: str, title: str, size: tuple[float, float, float]) -> Asset:
    x, y, z = size
    mesh = of("colour", rounded_box((-x / 2, -y / 2, 0), (x / 2, y / 2, z), 0.002, 0.002))
    rests = {"on_side": settled(mesh, turned("x", np.pi / 2)), "on_end": settled(mesh, turned("y", np.pi / 2))}
    return thing(
        id, title, "box", mesh, bounding(mesh), SOURCE, slots=coloured(colour=(0.45, 0.09, 0.05)), rests=rests,
        stack=z + 2e-4, tags=("solid",),
        markers={"grasp": at(z=z / 2)},
    )  # fmt: skip


def _cylinder(id: str, title: str, radius: float, height: float) -> Asset:
    profile = rounded([(0, 0), (radius, 0), (radius, height), (0, height)], 0.002, 4)
    mesh = of("colour", lathe(profile, 56))
    return thing(
        id, title, "cylinder", mesh, drum(radius, 0, height), SOURCE, slots=coloured(colour=(0.05, 0.16, 0.32)),
        stack=height + 2e-4, tags=("solid",),
        rests={"lying": settled(mesh, turned("y", np.pi / 2))}, markers={"grasp": at(z=height / 2)},
    )  # fmt: skip


def _ball(id: str, title: str, radius: float) -> Asset:
    mesh = of("colour", solids.sphere(radius, 48, 24).moved(z=radius))
    side = radius / np.sqrt(3)
    cube = boxes(((-side, -side, radius - side), (side, side, radius + side)))
    caps = boxes(
        ((-0.4 * radius, -0.4 * radius, 0), (0.4 * radius, 0.4 * radius, 2 * radius)),
        ((-radius, -0.4 * radius, 0.6 * radius), (radius, 0.4 * radius, 1.4 * radius)),
        ((-0.4 * radius, -radius, 0.6 * radius), (0.4 * radius, radius, 1.4 * radius)),
    )  # fmt: skip
    return thing(
        id, title, "ball", mesh, joined(cube, caps), SOURCE, slots=coloured(colour=(0.60, 0.36, 0.04)),
        tags=("solid",), markers={"grasp": at(z=radius)},
    )  # fmt: skip
