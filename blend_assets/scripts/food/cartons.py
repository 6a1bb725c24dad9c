"""Cartons of milk, juice and cream: gable top and bricks."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import MM, rng_of, rounded_box, rounded_rectangle
from blend_assets.scripts.food.packets import WHITE, Colors, Words, covered, palette
from blend_assets.scripts.food.things import food, lowered, piece
from blend_assets.scripts.food.vessels import lid
from blend_assets.scripts.model import UNSCREWED, Asset, AssetPart, boxes, turned
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh


def gable(id: str, title: str, says: Words, colors: Colors) -> Asset:
    """Returns a 1 l gable-top carton with a screw cap on its front slope."""
    rng = rng_of(id)
    slots = palette(colors, cap=Material("plastic", colors[1], wear=0.05, dirt=0.0))
    side, straight, top = 70 * MM, 195 * MM, 232 * MM
    half = side / 2
    body = rounded_box((side, side, straight), 1.2 * MM, 2)
    slope = [
        np.column_stack([rounded_rectangle(2 * x, side, min(1.2 * MM, 0.9 * x), 2), np.full(12, z)])
        for x, z in (
            (half, straight - 1.3 * MM),
            (half, straight),
            (half * 0.5, (straight + top) / 2 - 3 * MM),
            (1.6 * MM, top - 12 * MM),
        )
    ]
    fin = solids.box((1.8 * MM, side, 16 * MM), (0, 0, top - 6 * MM), 0.4 * MM)
    made = [
        slots("label", body, solids.loft(np.array(slope)), fin),
        covered(slots, (side, side, straight - 4 * MM), says, "hills", rng).moved(z=2 * MM),
    ]
    tilt = np.arctan2(top - 12 * MM - straight, half)
    cap = slots("cap", lid(14 * MM, 13 * MM, 20))
    seat = turned("y", np.pi / 2 - tilt + 0.12, (half * 0.55, 0, straight + 9 * MM))
    mesh = Mesh.merged(made)
    points = np.concatenate([mesh.vertices, cap.transformed(seat).vertices])
    rests = {"lying": lowered(points, turned("y", -np.pi / 2))}
    proxy = boxes(
        ((-half, -half, 0), (half, half, straight)), ((-4 * MM, -half, straight - 5 * MM), (4 * MM, half, top))
    )
    return food(
        id,
        title,
        "carton",
        slots,
        mesh,
        proxy,
        "Elopak Pure-Pak 1 l: 70 x 70 x 235 mm",
        ("container",),
        rests,
        more=[AssetPart("cap", cap, "body", seat, UNSCREWED)],
    )


def brick(
    id: str,
    title: str,
    size: tuple[float, float, float],
    says: Words,
    motif: str,
    colors: Colors,
    source: str,
    capped: bool,
) -> Asset:
    """Returns a brick carton with its ears folded down; size along x, y and z, millimetres."""
    rng = rng_of(id)
    slots = palette(colors, cap=Material("plastic", WHITE, wear=0.05, dirt=0.0))
    x, y, z = np.array(size) * MM
    ear = [
        solids.box((x * 0.9, 1.0 * MM, x * 0.42), (0, s * (y / 2 + 0.45 * MM), z - x * 0.22), 0.3 * MM) for s in (-1, 1)
    ]
    seam = solids.box((6 * MM, y, 0.7 * MM), (0, 0, z + 0.3 * MM), 0.2 * MM)
    made = [
        slots("label", rounded_box((x, y, z), 1.5 * MM, 2), seam, *ear),
        covered(slots, (x, y, z * 0.97), says, motif, rng),
    ]
    mesh = Mesh.merged(made)
    cap = piece("cap", slots("cap", lid(11 * MM, 9 * MM, 18)), (0, y * 0.24, z + 0.4 * MM), UNSCREWED)
    points = np.concatenate([mesh.vertices, cap.mesh.vertices + cap.rest[:3, 3]]) if capped else mesh.vertices
    rests = {"lying": lowered(points, turned("y", np.pi / 2))}
    proxy = boxes(((-x / 2, -y / 2, 0), (x / 2, y / 2, z)))
    stack, more = (0.0, [cap]) if capped else (z + 0.7 * MM, [])
    return food(id, title, "carton", slots, mesh, proxy, source, ("container",), rests, stack, more)


def assets() -> list[Asset]:
    """Returns a gable top and two bricks."""
    return [
        gable(
            "carton_milk_a",
            "Carton of milk",
            ("FJELDMO", "WHOLE MILK", "1 L"),
            (WHITE, (0.03, 0.18, 0.46), (0.05, 0.30, 0.14), WHITE),
        ),
        brick(
            "carton_juice_a",
            "Carton of orange juice",
            (63, 95, 165),
            ("ORANJUBA", "ORANGE JUICE", "1 L"),
            "sun",
            ((0.78, 0.36, 0.02), (0.04, 0.22, 0.07), (0.80, 0.60, 0.08), WHITE),
            "Tetra Brik Aseptic 1000 Base: 63 x 95 x 165 mm",
            True,
        ),
        brick(
            "carton_cream_a",
            "Small carton of cream",
            (38, 61, 86),
            ("LILLEMOR", "CREAM", "200 ML"),
            "stripes",
            (WHITE, (0.34, 0.05, 0.16), (0.60, 0.40, 0.46), WHITE),
            "Tetra Brik Aseptic 200 Base: 38 x 61 x 86 mm",
            False,
        ),
    ]
