"""Four-axle 8x4 truck mixer with an 8 m3 drum."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import concrete_mixer_chassis as frame
from blend_assets.scripts import concrete_mixer_chutes as chutes
from blend_assets.scripts import concrete_mixer_drum as drum
from blend_assets.scripts import dump_truck_wheels as wheels
from blend_assets.scripts.dump_truck import KINGPIN, ROLL
from blend_assets.scripts.dump_truck_cab import cab
from blend_assets.scripts.dump_truck_cab import labels as cab_labels
from blend_assets.scripts.dump_truck_chassis import knuckle
from blend_assets.scripts.excavator import pinned
from blend_assets.scripts.model import Asset, AssetPart, at, boxes
from blend_assets.scripts.slots import SLOTS
from buildee.layout import linkage_carriers as linkage
from buildee.layout.linkage import TYRE_RADIUS
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint


def _wheels() -> list[AssetPart]:
    parts = []
    height, half = TYRE_RADIUS, wheels.TYRE_WIDTH / 2
    wide = half + wheels.TWIN_SPACING / 2
    lock = Joint("hinge", (0.0, 0.0, 1.0), (-np.deg2rad(45), np.deg2rad(45)))
    single = boxes(((-height, -half, -height), (height, half, height)))
    twin = boxes(((-height, -wide, -height), (height, wide, height)))
    for side, sign in (("left", 1), ("right", -1)):
        for axle, x in zip(("first", "second"), linkage.MIXER_FRONT, strict=True):
            pin = at(x, sign * KINGPIN, height)
            parts.append(AssetPart(f"knuckle_{axle}_{side}", knuckle(sign), "chassis", pin, lock))
            hub = {"hub": at(0, sign * 0.19)}
            name = f"wheel_{axle}_{side}"
            parts.append(
                AssetPart(name, wheels.front_wheel(sign), parts[-1].name, at(0, sign * 0.16), ROLL, single, hub)
            )
        for axle, x in zip(("third", "fourth"), linkage.MIXER_REAR, strict=True):
            place = at(x, sign * linkage.MIXER_REAR_TRACK / 2, height)
            hub = {"hub": at(0, sign * 0.162)}
            parts.append(AssetPart(f"wheel_{axle}_{side}", wheels.twin_wheel(sign), "chassis", place, ROLL, twin, hub))
    return parts


def asset() -> Asset:
    """Returns the truck mixer."""
    ahead = frame.AHEAD
    swing = Joint("hinge", (0.0, 0.0, 1.0), (-linkage.CHUTE_SWING, linkage.CHUTE_SWING))
    parts = (
        AssetPart(
            "chassis",
            Mesh.merged([frame.chassis(), drum.supports()]),
            proxy=boxes(
                ((frame.REAR, -1.2, 0.45), (2.6, 1.2, 1.4)),
                ((-3.1, -1.18, 1.4), (2.1, 1.18, 3.7)),
                ((-3.98, -0.95, 1.4), (-3.1, 0.62, 3.9)),
            ),
            markers={
                "turning_point": at(linkage.MIXER_TURNING),
                "tail_lamp_left": at(frame.REAR - 0.08, 0.81, 0.73),
                "tail_lamp_right": at(frame.REAR - 0.08, -0.81, 0.73),
                "hopper": at(-3.5, 0, 3.9),
            },
            bevel=0.006,
        ),
        AssetPart(
            "cab",
            cab(7),
            "chassis",
            at(ahead),
            None,
            boxes(((1.98, -1.25, 1.1), (3.95, 1.25, 3.1)), ((3.2, -1.24, 0.36), (4.02, 1.24, 1.1))),
            {
                "roof": at(2.8, 0, 3.02),
                "eye": at(2.62, 0.62, 2.45),
                "bumper": at(4.0, 0, 0.6),
                "lamp_left": at(4.02, 0.9, 0.82),
                "lamp_right": at(4.02, -0.9, 0.82),
                **cab_labels(),
            },
            0.006,
        ),
        *_wheels(),
        AssetPart(
            "drum",
            drum.drum(),
            "chassis",
            pinned(linkage.DRUM_FOOT, np.pi - linkage.DRUM_CLIMB),
            Joint("hinge", (1.0, 0.0, 0.0)),
            markers={"mouth": at(drum.LENGTH), "foot": at()},
            bevel=0.006,
        ),
        AssetPart(
            "chute", chutes.chute(), "chassis", at(*chutes.CHUTE_PIN), swing, markers={"end": at(-1.0, 0, -0.35)}
        ),
    )
    slots = {
        **SLOTS,
        "paint": Material("painted_metal", (0.03, 0.20, 0.085), wear=0.3, dirt=0.8),
        "body": Material("painted_metal", (0.09, 0.10, 0.11), wear=0.5, dirt=0.6),
    }
    return Asset(
        "concrete_mixer",
        "Truck mixer, 8x4, 8 m3",
        "concrete_mixer",
        "construction",
        slots,
        parts,
        ("construction", "vehicle", "concrete", "rigged"),
        "Own model. Class figures of European 8x4 truck mixers with 8 m3 drums as data sheets publish them: 9.2 m "
        "long, 2.50 m wide, 3.9 m high over the hopper, axle distances 1.95 + 2.70 + 1.35 m, 315/80 R 22.5 tyres "
        "(1.076 m), drum 2.36 m across and 14 m3 inside, its axis climbing 13 degrees.",
    )
