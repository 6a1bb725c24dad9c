"""Three-axle 6x4 tipper with a day cab and a ribbed steel body of about 12 cubic metres."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import dump_truck_body as body
from blend_assets.scripts import dump_truck_chassis as frame
from blend_assets.scripts import dump_truck_wheels as wheels
from blend_assets.scripts.dump_truck_cab import cab
from blend_assets.scripts.dump_truck_cab import labels as cab_labels
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, facing, turned
from blend_assets.scripts.slots import SLOTS
from buildee.layout import linkage
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

ROLL = Joint("hinge", (0.0, 1.0, 0.0))
KINGPIN = linkage.FRONT_TRACK / 2 - 0.16
"""How far the steering axis stands from the middle."""


def _on_body(mesh: Mesh) -> Mesh:
    hinge = linkage.BODY_HINGE
    return mesh.moved(x=-hinge.real, z=-hinge.imag)


def _wheels() -> list[AssetPart]:
    parts = []
    height = linkage.TYRE_RADIUS
    half = wheels.TYRE_WIDTH / 2
    lock = Joint("hinge", (0.0, 0.0, 1.0), (-np.deg2rad(45), np.deg2rad(45)))
    for side, sign in (("left", 1), ("right", -1)):
        parts.append(
            AssetPart(
                f"knuckle_{side}", frame.knuckle(sign), "chassis", at(linkage.FRONT_AXLE, sign * KINGPIN, height), lock
            )
        )
        proxy = boxes(((-height, -half, -height), (height, half, height)))
        parts.append(
            AssetPart(
                f"wheel_front_{side}",
                wheels.front_wheel(sign),
                f"knuckle_{side}",
                at(0, sign * 0.16),
                ROLL,
                proxy,
                {"hub": at(0, sign * 0.19)},
            )
        )
        wide = half + wheels.TWIN_SPACING / 2
        proxy = boxes(((-height, -wide, -height), (height, wide, height)))
        for axle, x in zip(("middle", "rear"), linkage.REAR_AXLES, strict=True):
            parts.append(
                AssetPart(
                    f"wheel_{axle}_{side}",
                    wheels.twin_wheel(sign),
                    "chassis",
                    at(x, sign * linkage.REAR_TRACK / 2, height),
                    ROLL,
                    proxy,
                    {"hub": at(0, sign * 0.162)},
                )
            )
    return parts


def _ram() -> list[AssetPart]:
    foot, reach = linkage.RAM_FOOT, linkage.RAM_EYE - linkage.RAM_FOOT
    tipped = linkage.truck_values(0.0, 0.0, linkage.TIP_LIMIT)
    longest = float(tipped["ram_stage_1"][0])
    parts = [
        AssetPart(
            "ram",
            body.ram_stage(0),
            "chassis",
            turned("y", -np.angle(reach), (foot.real, 0, foot.imag)),
            Joint("hinge", (0.0, -1.0, 0.0), (-0.2, 1.0)),
        )
    ]
    for stage in range(1, linkage.RAM_STAGES + 1):
        slide = Joint("slider", (1.0, 0.0, 0.0), (0.0, longest))
        parts.append(AssetPart(f"ram_stage_{stage}", body.ram_stage(stage), parts[-1].name, at(), slide))
    return parts


def asset() -> Asset:
    """Returns the dump truck."""
    hinge, gate = linkage.BODY_HINGE, body.GATE_HINGE
    parts = (
        AssetPart(
            "chassis",
            frame.chassis(),
            proxy=boxes(
                ((-3.8, -0.6, 0.45), (1.98, 0.6, 1.1)),
                ((0.0, -1.22, 0.45), (1.4, 1.22, 1.0)),
                ((1.65, -1.22, 0.5), (1.98, 1.24, 3.05)),
            ),
            markers={
                "turning_point": at(linkage.TURNING_POINT),
                "tow_jaw": at(-3.8, 0, 0.85),
                "plate_rear": facing("back", frame.REAR - 0.07, 0, 0.675),
            },
            bevel=0.006,
        ),
        AssetPart(
            "cab",
            cab(),
            "chassis",
            at(),
            None,
            boxes(((1.98, -1.25, 1.1), (3.95, 1.25, 3.1)), ((3.2, -1.24, 0.36), (4.02, 1.24, 1.1))),
            {
                "eye": at(2.62, 0.62, 2.48),
                "roof": at(2.8, 0, 3.02),
                "driver": at(2.6, 0.62, 2.4),
                "bumper": at(4.0, 0, 0.6),
                "lamp_left": at(4.02, 0.9, 0.82),
                "lamp_right": at(4.02, -0.9, 0.82),
                **cab_labels(),
            },
            0.006,
        ),
        *_wheels(),
        AssetPart(
            "body",
            _on_body(body.body()),
            "chassis",
            at(hinge.real, 0, hinge.imag),
            Joint("hinge", (0.0, -1.0, 0.0), (0.0, linkage.TIP_LIMIT)),
            boxes(((-0.85, -1.25, 0.1), (4.5, 1.25, 1.4)), ((4.3, -1.25, 1.3), (4.9, 1.25, 1.7))),
            {
                "heap": at(-0.9 - hinge.real, 0, 2.3 - hinge.imag),
                "rear_edge": at(body.BACK - hinge.real, 0, body.FLOOR - hinge.imag),
            },
            0.006,
        ),
        AssetPart(
            "tailgate",
            body.tailgate().moved(x=-gate.real, z=-gate.imag),
            "body",
            at(gate.real - hinge.real, 0, gate.imag - hinge.imag),
            Joint("hinge", (0.0, 1.0, 0.0), (0.0, linkage.GATE_LIMIT)),
            boxes(((-0.08, -1.12, -1.15), (0.06, 1.12, 0.05))),
            bevel=0.006,
        ),
        AssetPart("load", _on_body(body.load()), "body"),
        *_ram(),
    )
    slots = {**SLOTS, "paint": Material("painted_metal", (0.50, 0.045, 0.025), wear=0.3, dirt=0.75)}
    return Asset(
        "dump_truck",
        "Three-axle tipper, 26 t",
        "dump_truck",
        "construction",
        slots,
        parts,
        ("construction", "vehicle", "earthmoving", "rigged"),
        "Own model. Class figures of European 6x4 tippers: 8.0 m long, 2.50 m wide, wheelbase 3.75 + 1.35 m, "
        "315/80 R 22.5 tyres (1.076 m), frame 0.76 m wide over the rails, body 5.3 x 2.3 x 1.0 m.",
    )
