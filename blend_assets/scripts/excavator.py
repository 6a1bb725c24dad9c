"""Tracked excavator of the 20 t class with a 5.70 m boom and a 2.93 m stick."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import excavator_arm as arm
from blend_assets.scripts import excavator_undercarriage as under
from blend_assets.scripts.excavator_cab import cab
from blend_assets.scripts.excavator_upper import TAIL, upper
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, facing, turned
from blend_assets.scripts.slots import SLOTS
from buildee.layout import linkage
from buildee.layout.scene import Joint, Pose

LIFT = (0.0, -1.0, 0.0)
"""Axis of the arm's hinges: a positive value lifts."""


def pinned(pin: complex, elevation: float, y: float = 0.0) -> Pose:
    """Returns the pose of a part pinned at (x, z) = `pin`, its +X at an elevation in radians."""
    return turned("y", -elevation, (pin.real, y, pin.imag))


def _cylinder(
    name: str, parent: str, foot: complex, link: complex, stroke: tuple[float, float], y: float = 0.0
) -> list:
    """Returns barrel and rod; `link` is the vector from pin to pin when parked."""
    kind = name.split("_cylinder")[0]
    barrel, rod = {
        "boom": (arm.boom_barrel, arm.boom_rod),
        "stick": (arm.stick_barrel, arm.stick_rod),
        "bucket": (arm.bucket_barrel, arm.bucket_rod),
    }[kind]
    length = abs(link)
    turn = Joint("hinge", LIFT, (-np.pi / 2, np.pi / 2))
    slide = Joint("slider", (1.0, 0.0, 0.0), (stroke[0] - length, stroke[1] - length))
    rod_name = name.replace("cylinder", "rod")
    return [
        AssetPart(name, barrel(), parent, pinned(foot, np.angle(link), y), turn, bevel=0.006),
        AssetPart(rod_name, rod(), name, at(length), slide, bevel=0.006),
    ]


def _crawler(name: str, out: int) -> list[AssetPart]:
    """Returns a track frame with its chain and all wheels; `out` +1 is the left one. Both sides share meshes."""
    half, reach, frame = under.SHOE_WIDTH / 2, linkage.CRAWLER.reach / 2, f"track_{name}"
    tread = boxes(((-2.25, -half, 0.0), (2.25, half, 0.892)))
    roll = Joint("hinge", (0.0, 1.0, 0.0))
    chain = Joint("loop", (0.0, 1.0, 0.0), loop=linkage.CRAWLER)

    axle = under.AXLE_HEIGHT
    parts = [
        AssetPart(frame, under.track_frame(out), "undercarriage", at(0, out * under.GAUGE / 2), proxy=tread),
        AssetPart(f"sprocket_{name}", under.sprocket(out), frame, at(-reach, 0, axle), roll),
        AssetPart(
            f"idler_{name}", under.idler(), frame, at(reach, 0, axle), roll, like="" if out > 0 else "idler_left"
        ),
        AssetPart(
            f"shoe_{name}",
            under.shoe(),
            frame,
            at(0, 0, axle),
            chain,
            like="" if out > 0 else "shoe_left",
            copies=linkage.SHOES,
        ),
    ]
    for kind, mesh, places, height in (
        ("roller", under.roller(), linkage.ROLLERS, under.ROLLER_HEIGHT),
        ("carrier", under.carrier(), linkage.CARRIERS, under.CARRIER_HEIGHT),
    ):
        for number, x in enumerate(places):
            first = f"{kind}_left_0"
            here = f"{kind}_{name}_{number}"
            parts.append(AssetPart(here, mesh, frame, at(x, 0, height), roll, like="" if here == first else first))
    return parts


def _strokes() -> dict[str, tuple[float, float]]:
    """Returns shortest and longest pin distance of every cylinder over the joints' ranges."""
    ranges = [np.linspace(*limits, 181) for limits in (linkage.BOOM_RANGE, linkage.STICK_RANGE, linkage.BUCKET_RANGE)]
    links = linkage.excavator_links(*ranges)
    return {name: (np.abs(link).min(), np.abs(link).max()) for name, link in links.items()}


def asset() -> Asset:
    """Returns the excavator."""
    return Asset(
        "excavator",
        "Tracked excavator, 20 t class",
        "excavator",
        "construction",
        SLOTS,
        (*_carriage(), *_arm()),
        ("construction", "machine", "earthmoving", "rigged"),
        "Own model. Class figures of 20 t crawler excavators as data sheets publish them: boom 5.70 m, stick 2.93 m, "
        "tracks 2.80 m wide and 4.5 m long with 0.60 m shoes, tail radius 2.75 m, cab 3.04 m high, bucket about 1 m3.",
    )


def _carriage() -> tuple[AssetPart, ...]:
    """Returns the undercarriage with its crawlers, the upper and the cab."""
    return (
        AssetPart(
            "undercarriage",
            under.undercarriage(),
            bevel=0.008,
            proxy=boxes(((-0.8, -0.85, 0.3), (0.8, 0.85, 1.03))),
        ),
        *_crawler("left", 1),
        *_crawler("right", -1),
        AssetPart(
            "upper",
            upper(),
            "undercarriage",
            at(),
            Joint("hinge", (0.0, 0.0, 1.0)),
            boxes(
                ((TAIL, -1.35, 1.03), (-0.2, 1.35, 2.35)),
                ((-0.2, -1.35, 1.03), (1.4, -0.4, 2.3)),
                ((-0.2, -0.4, 1.03), (0.86, 0.4, 1.93)),
            ),
            {
                "counterweight": at(TAIL, 0, 1.5),
                "tail_left": at(-2.1, 1.3, 1.5),
                "tail_right": at(-2.1, -1.3, 1.5),
                "label_tail": facing("back", TAIL, 0, 1.62),
            },
            0.008,
        ),
        AssetPart(
            "cab",
            cab(),
            "upper",
            at(),
            None,
            boxes(((-0.05, 0.34, 1.1), (1.7, 1.4, 3.15))),
            {
                "roof": at(0.7, 0.85, 3.03),
                "eye": at(0.68, 0.85, 2.50),
                "operator": at(0.5, 0.85, 2.35),
                "beacon": at(0.22, 1.14, 3.1),
            },
            0.006,
        ),
    )


def _arm() -> tuple[AssetPart, ...]:
    """Returns boom, stick and bucket with their cylinders and links."""
    parked = {
        name: complex(link[0]) for name, link in linkage.excavator_links(*np.array(linkage.PARKED)[:, None]).items()
    }
    stroke = _strokes()
    boom, stick, _ = linkage.PARKED
    rod_feet = [
        piece
        for side, y in (("left", 0.345), ("right", -0.345))
        for piece in _cylinder(
            f"boom_cylinder_{side}",
            "upper",
            linkage.BOOM_CYLINDER_FOOT,
            parked["boom_cylinder"],
            stroke["boom_cylinder"],
            y,
        )
    ]
    return (
        AssetPart(
            "boom",
            arm.boom(),
            "upper",
            pinned(linkage.BOOM_FOOT, boom),
            Joint("hinge", LIFT, linkage.joint_limits(0)),
            boxes(
                ((-0.2, -0.28, -0.2), (1.2, 0.28, 0.85)),
                ((1.2, -0.45, 0.05), (3.3, 0.45, 1.15)),
                ((3.3, -0.24, -0.2), (5.9, 0.24, 0.9)),
            ),
            {"foot": at(), "tip": at(linkage.BOOM_LENGTH), **arm.labels()},
            0.008,
        ),
        *rod_feet,
        AssetPart(
            "stick",
            arm.stick(),
            "boom",
            pinned(linkage.BOOM_LENGTH + 0j, stick),
            Joint("hinge", LIFT, linkage.joint_limits(1)),
            boxes(((-0.85, -0.22, -0.27), (0.7, 0.22, 0.75)), ((0.7, -0.22, -0.25), (3.05, 0.22, 0.45))),
            {"tip": at(linkage.STICK_LENGTH)},
            0.008,
        ),
        *_cylinder(
            "stick_cylinder", "boom", linkage.STICK_CYLINDER_FOOT, parked["stick_cylinder"], stroke["stick_cylinder"]
        ),
        *_cylinder(
            "bucket_cylinder",
            "stick",
            linkage.BUCKET_CYLINDER_FOOT,
            parked["bucket_cylinder"],
            stroke["bucket_cylinder"],
        ),
        *_bucket(parked),
    )


def _bucket(parked: dict[str, complex]) -> tuple[AssetPart, ...]:
    """Returns the bucket and the links that turn it; `parked` are vectors between pins when parked."""
    turn = Joint("hinge", LIFT, (-np.pi, np.pi))
    return (
        AssetPart(
            "rocker", arm.rocker(), "stick", pinned(linkage.ROCKER_PIN, np.angle(parked["rocker"])), turn, bevel=0.006
        ),
        AssetPart(
            "bucket",
            arm.bucket(),
            "stick",
            pinned(linkage.STICK_LENGTH + 0j, linkage.PARKED[2]),
            Joint("hinge", LIFT, linkage.joint_limits(2)),
            boxes(((-0.2, -0.56, -0.1), (1.5, 0.56, 0.78))),
            {
                "teeth": at(linkage.BUCKET_RADIUS),
                "cutting_edge_left": at(1.34, 0.54),
                "cutting_edge_right": at(1.34, -0.54),
                "hook": at(0.0, 0, 0.4),
            },
            0.005,
        ),
        AssetPart(
            "coupler",
            arm.coupler(),
            "bucket",
            pinned(complex(linkage.COUPLER_PIN), np.angle(parked["coupler"])),
            turn,
            bevel=0.006,
        ),
    )
