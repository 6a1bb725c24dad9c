"""Wheel loader of the 18 t class with articulated steering, a Z-bar linkage and a 3.2 m3 bucket."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import wheel_loader_arm as arm
from blend_assets.scripts import wheel_loader_frame as frame
from blend_assets.scripts.excavator import LIFT, pinned
from blend_assets.scripts.machine_cab import cab
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, facing
from blend_assets.scripts.off_road_wheels import LOADER, wheel
from blend_assets.scripts.slots import SLOTS
from blend_assets.scripts.wheel_loader_front import front
from buildee.layout import linkage_loader as linkage
from buildee.layout.material import Material
from buildee.layout.scene import Joint

ROLL = Joint("hinge", (0.0, 1.0, 0.0))


def _wheels(axle: str, parent: str, x: float) -> list[AssetPart]:
    radius, half = LOADER.radius, LOADER.width / 2
    proxy = boxes(((-radius, -half, -radius), (radius, half, radius)))
    return [
        AssetPart(
            f"wheel_{axle}_{side}",
            wheel(LOADER, 0.20, 20, sign),
            parent,
            at(x, sign * linkage.TRACK / 2, radius),
            ROLL,
            proxy,
            {"hub": at(0, sign * 0.22)},
        )
        for side, sign in (("left", 1), ("right", -1))
    ]


def _cylinders(parked: dict[str, complex], stroke: dict[str, tuple[float, float]]) -> list[AssetPart]:
    turn = Joint("hinge", LIFT, (-np.pi / 2, np.pi / 2))
    parts = []
    for kind, name, y, barrel, rod, foot in (
        ("lift", "lift_cylinder_left", arm.ARM_Y, arm.lift_barrel, arm.lift_rod, linkage.LIFT_FOOT),
        ("lift", "lift_cylinder_right", -arm.ARM_Y, arm.lift_barrel, arm.lift_rod, linkage.LIFT_FOOT),
        ("tilt", "tilt_cylinder", 0.0, arm.tilt_barrel, arm.tilt_rod, linkage.TILT_FOOT),
    ):
        link = parked[f"{kind}_cylinder"]
        low, high = stroke[f"{kind}_cylinder"]
        slide = Joint("slider", (1.0, 0.0, 0.0), (low - abs(link), high - abs(link)))
        parts.append(AssetPart(name, barrel(), "front", pinned(foot, np.angle(link), y), turn, bevel=0.006))
        parts.append(AssetPart(name.replace("cylinder", "rod"), rod(), name, at(abs(link)), slide, bevel=0.006))
    return parts


def _strokes() -> dict[str, tuple[float, float]]:
    """Returns shortest and longest pin distance of every cylinder over all poses that `loader_arm` gives."""
    boom, attack = np.meshgrid(np.linspace(*linkage.BOOM_RANGE, 121), np.linspace(*linkage.ATTACK_RANGE, 121))
    links = linkage.loader_links(boom.ravel(), np.clip(attack - boom, *linkage.BUCKET_RANGE).ravel())
    return {name: (np.abs(link).min(), np.abs(link).max()) for name, link in links.items()}


def asset() -> Asset:
    """Returns the wheel loader."""
    slots = {
        **SLOTS,
        "paint": Material("painted_metal", (0.74, 0.33, 0.012), wear=0.5, dirt=0.8),
        "body": Material("painted_metal", (0.74, 0.33, 0.012), wear=0.5, dirt=0.7),
    }
    return Asset(
        "wheel_loader",
        "Wheel loader, 18 t class",
        "wheel_loader",
        "construction",
        slots,
        (*_carrier(), *_arm()),
        ("construction", "machine", "earthmoving", "rigged"),
        "Own model. Class figures of 17 to 19 t wheel loaders as data sheets publish them: 8.1 m long with the bucket "
        "on the ground, 2.70 m over 23.5 R 25 tyres (1.59 m), wheelbase 3.30 m, cab 3.35 m high, hinge pin up to "
        "4.0 m, bucket 2.90 m wide and about 3.2 m3, articulation 40 degrees.",
    )


def _carrier() -> tuple[AssetPart, ...]:
    """Returns both halves of the frame with their wheels, and the cab."""
    steer = Joint("hinge", (0.0, 0.0, 1.0), (-linkage.ARTICULATION, linkage.ARTICULATION))
    return (
        AssetPart(
            "chassis",
            frame.rear(),
            proxy=boxes(
                ((frame.TAIL, -1.0, 0.75), (-2.4, 1.0, 2.45)),
                ((-2.4, -0.72, 0.6), (-0.9, 0.72, 2.45)),
                ((-0.9, -1.22, 0.5), (-0.1, 1.22, 1.7)),
            ),
            markers={
                "tow_pin": at(frame.TAIL, 0, 0.95),
                "tail_lamp_left": at(frame.TAIL, 0.7, 1.1),
                "tail_lamp_right": at(frame.TAIL, -0.7, 1.1),
                "exhaust": at(-1.72, -0.46, 3.12),
                "label_right": facing("right", -1.66, -frame.HOOD - 0.0185, 2.06),
                "label_left": facing("left", -1.66, frame.HOOD + 0.0185, 2.06),
            },
            bevel=0.007,
        ),
        AssetPart(
            "cab",
            cab(frame.CAB),
            "chassis",
            proxy=boxes(((-1.28, -0.78, 1.7), (0.14, 0.78, 3.35))),
            markers={"eye": at(*frame.CAB.eye), "roof": at(-0.6, 0, 3.33), "beacon": at(-1.0, 0.54, 3.45)},
            bevel=0.006,
        ),
        *_wheels("rear", "chassis", -linkage.HALF_BASE),
        AssetPart(
            "front",
            front(),
            "chassis",
            at(),
            steer,
            boxes(((0.3, -0.6, 0.6), (1.9, 0.6, 1.1)), ((0.35, -0.6, 1.1), (1.12, 0.6, 2.2))),
            {"lamp_left": at(1.16, 0.95, 2.03), "lamp_right": at(1.16, -0.95, 2.03)},
            0.008,
        ),
        *_wheels("front", "front", linkage.HALF_BASE),
    )


def _arm() -> tuple[AssetPart, ...]:
    """Returns the boom with its cylinders, the linkage that tips the bucket, and the bucket."""
    boom, bucket = linkage.PARKED
    links = linkage.loader_links(np.array([boom]), np.array([bucket]))
    parked = {name: complex(link[0]) for name, link in links.items()}
    turn = Joint("hinge", LIFT, (-np.pi, np.pi))
    boom_limits = tuple(limit - boom for limit in linkage.BOOM_RANGE)
    bucket_limits = tuple(limit - bucket for limit in linkage.BUCKET_RANGE)
    half = arm.BUCKET_WIDTH / 2
    edge = linkage.CUTTING_EDGE
    return (
        AssetPart(
            "boom",
            arm.boom(),
            "front",
            pinned(linkage.BOOM_FOOT, boom),
            Joint("hinge", LIFT, boom_limits),
            boxes(
                ((-0.14, -0.54, -0.14), (0.35, 0.54, 0.16)),
                ((0.35, -0.54, -0.14), (1.3, 0.54, 0.43)),
                ((1.3, -0.56, -0.15), (2.75, 0.56, 0.6)),
            ),
            {"foot": at(), "tip": at(linkage.BOOM_LENGTH)},
            0.008,
        ),
        *_cylinders(parked, _strokes()),
        AssetPart(
            "bellcrank",
            arm.bellcrank(),
            "boom",
            pinned(linkage.CRANK_PIN, np.angle(parked["bellcrank"])),
            turn,
            bevel=0.008,
        ),
        AssetPart(
            "link",
            arm.link(),
            "bellcrank",
            pinned(complex(linkage.CRANK_LOWER), np.angle(parked["link"])),
            turn,
            bevel=0.006,
        ),
        AssetPart(
            "bucket",
            arm.bucket(),
            "boom",
            pinned(linkage.BOOM_LENGTH + 0j, bucket),
            Joint("hinge", LIFT, bucket_limits),
            boxes(((0.15, -half, -0.43), (0.75, half, 0.78)), ((0.75, -half, -0.43), (edge.real, half, 0.1))),
            {
                "edge": at(edge.real, 0, edge.imag),
                "edge_left": at(edge.real, half, edge.imag),
                "edge_right": at(edge.real, -half, edge.imag),
                "load": at(0.75, 0, -0.2),
            },
            0.006,
        ),
    )
