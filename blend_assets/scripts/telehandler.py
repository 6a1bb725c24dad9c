"""Telehandler of the 14 m class with three telescopic sections, forks and front stabilisers."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import telehandler_boom as boom
from blend_assets.scripts import telehandler_chassis as frame
from blend_assets.scripts.excavator import LIFT, pinned
from blend_assets.scripts.machine_cab import cab
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, facing
from blend_assets.scripts.off_road_wheels import TELEHANDLER, wheel
from blend_assets.scripts.slots import SLOTS
from blend_assets.scripts.wheel_loader import ROLL
from buildee.layout import linkage_carriers as linkage
from buildee.layout.material import Material
from buildee.layout.scene import Joint

KINGPIN = linkage.HANDLER_TRACK / 2 - 0.22


def _wheels() -> list[AssetPart]:
    parts = []
    height, half = TELEHANDLER.radius, TELEHANDLER.width / 2
    proxy = boxes(((-height, -half, -height), (height, half, height)))
    lock = Joint("hinge", (0.0, 0.0, 1.0), (-np.deg2rad(45), np.deg2rad(45)))
    for side, sign in (("left", 1), ("right", -1)):
        mesh, hub = wheel(TELEHANDLER, 0.14, 12, sign), {"hub": at(0, sign * 0.18)}
        pin = at(linkage.HANDLER_AXLE, sign * KINGPIN, height)
        parts.append(AssetPart(f"knuckle_{side}", frame.knuckle(sign), "chassis", pin, lock))
        parts.append(AssetPart(f"wheel_front_{side}", mesh, f"knuckle_{side}", at(0, sign * 0.22), ROLL, proxy, hub))
        place = at(-linkage.HANDLER_AXLE, sign * linkage.HANDLER_TRACK / 2, height)
        parts.append(AssetPart(f"wheel_rear_{side}", mesh, "chassis", place, ROLL, proxy, hub))
    return parts


def _stabilisers() -> list[AssetPart]:
    parts = []
    x, y, z = frame.HINGE
    for side, sign in (("left", 1), ("right", -1)):
        swing = Joint("hinge", (-float(sign), 0.0, 0.0), (0.0, linkage.STABILISER))
        level = Joint("hinge", (-float(sign), 0.0, 0.0), (-linkage.STABILISER, 0.0))
        tip = frame.ARM * np.array([np.cos(frame.STOWED), np.sin(frame.STOWED)])
        parts.append(
            AssetPart(f"stabiliser_{side}", frame.stabiliser(sign), "chassis", at(x, sign * y, z), swing, bevel=0.006)
        )
        parts.append(AssetPart(f"foot_{side}", frame.foot(), parts[-1].name, at(0, sign * tip[0], tip[1]), level))
    return parts


def _strokes() -> dict[str, tuple[float, float]]:
    """Returns shortest and longest pin distance of the cylinders over the joints' ranges."""
    links = linkage.handler_links(np.linspace(*linkage.ELEVATION, 181), np.linspace(*linkage.FORK_RANGE, 181))
    return {name: (np.abs(link).min(), np.abs(link).max()) for name, link in links.items()}


def _cylinder(name: str, parent: str, foot: complex, link: complex, y: float, barrel, rod) -> list[AssetPart]:
    low, high = _strokes()[name]
    slide = Joint("slider", (1.0, 0.0, 0.0), (low - abs(link), high - abs(link)))
    turn = Joint("hinge", LIFT, (-np.pi, np.pi))
    return [
        AssetPart(name, barrel(), parent, pinned(foot, np.angle(link), y), turn, bevel=0.006),
        AssetPart(name.replace("cylinder", "rod"), rod(), name, at(abs(link)), slide, bevel=0.006),
    ]


def asset() -> Asset:
    """Returns the telehandler."""
    slots = {
        **SLOTS,
        "paint": Material("painted_metal", (0.60, 0.045, 0.02), wear=0.45, dirt=0.8),
        "body": Material("painted_metal", (0.62, 0.61, 0.57), wear=0.45, dirt=0.65),
        "livery": Material("painted_metal", (0.05, 0.052, 0.055), wear=0.35, dirt=0.5),
    }
    return Asset(
        "telehandler",
        "Telehandler, 14 m class",
        "telehandler",
        "construction",
        slots,
        (*_carrier(), *_boom()),
        ("construction", "machine", "lifting", "rigged"),
        "Own model. Class figures of 14 m, 4 t telehandlers as data sheets publish them: about 6.1 m long to the "
        "carriage, 2.40 m wide, 2.5 m high, wheelbase 3.00 m, 400/70-24 tyres (1.21 m), lift height 13.8 m, "
        "forks 1.20 m, front stabilisers.",
    )


def _carrier() -> tuple[AssetPart, ...]:
    """Returns the chassis, the cab, the wheels and the stabilisers."""
    return (
        AssetPart(
            "chassis",
            frame.chassis(),
            proxy=boxes(
                ((frame.TAIL, -1.02, 0.45), (-2.18, 1.02, 1.15)),
                ((-2.2, -0.42, 0.42), (frame.NOSE, 0.42, 0.95)),
                ((-1.02, -1.17, 0.5), (0.78, -0.40, 1.46)),
                ((-2.5, -0.31, 0.9), (-1.4, 0.28, 2.0)),
            ),
            markers={
                "tail_lamp_left": at(frame.TAIL - 0.04, 0.7, 0.92),
                "tail_lamp_right": at(frame.TAIL - 0.04, -0.7, 0.92),
                "lamp_left": at(2.16, 0.68, 1.16),
                "lamp_right": at(2.16, -0.68, 1.16),
            },
            bevel=0.007,
        ),
        AssetPart(
            "cab",
            cab(frame.CAB),
            "chassis",
            proxy=boxes(((-0.84, 0.27, 0.72), (0.80, 1.18, 2.5))),
            markers={"eye": at(*frame.CAB.eye), "roof": at(-0.1, 0.72, 2.49), "beacon": at(-0.52, 0.96, 2.6)},
            bevel=0.006,
        ),
        *_wheels(),
        *_stabilisers(),
    )


def _boom() -> tuple[AssetPart, ...]:
    """Returns the boom with its sections and cylinders, the forks and what lies on them."""
    links = {name: complex(link[0]) for name, link in linkage.handler_links(np.zeros(1), np.zeros(1)).items()}
    sections, line = _sections(), linkage.BOOM_LINE
    width, height = boom.SIZES[0]
    innermost = sections[-1].name
    return (
        AssetPart(
            "boom",
            boom.boom(),
            "chassis",
            pinned(linkage.BOOM_PIVOT, 0.0, frame.BOOM_Y),
            Joint("hinge", LIFT, linkage.ELEVATION),
            boxes(((boom.STARTS[0], -width / 2, line - height / 2), (boom.ENDS[0], width / 2, line + height / 2))),
            {
                "pivot": at(),
                "tip": at(boom.ENDS[0], 0, line),
                "label_right": facing("right", 2.3, -width / 2, line),
                "label_left": facing("left", 2.3, width / 2, line),
            },
            0.008,
        ),
        *_cylinder(
            "lift_cylinder",
            "chassis",
            linkage.LIFT_FOOT,
            links["lift_cylinder"],
            frame.BOOM_Y,
            boom.lift_barrel,
            boom.lift_rod,
        ),
        *sections,
        *_cylinder(
            "tilt_cylinder", innermost, linkage.TILT_FOOT, links["tilt_cylinder"], 0.0, boom.tilt_barrel, boom.tilt_rod
        ),
        *_forks(innermost),
    )


def _sections() -> list[AssetPart]:
    """Returns the sections that slide out of the boom, each out of the one before."""
    slide = Joint("slider", (1.0, 0.0, 0.0), (0.0, linkage.STROKE))
    line = linkage.BOOM_LINE
    sections = []
    for index in range(1, linkage.SECTIONS + 1):
        width, height = boom.SIZES[index]
        low, high = (
            (boom.STARTS[index], -width / 2, line - height / 2),
            (boom.ENDS[index], width / 2, line + height / 2),
        )
        parent = f"section_{index - 1}" if index > 1 else "boom"
        sections.append(
            AssetPart(f"section_{index}", boom.section(index), parent, at(), slide, boxes((low, high)), bevel=0.006)
        )
    return sections


def _forks(parent: str) -> tuple[AssetPart, ...]:
    """Returns the carriage with its forks at the innermost section, and the load on them."""
    return (
        AssetPart(
            "carriage",
            boom.carriage(),
            parent,
            at(linkage.BOOM_HEAD, 0, linkage.HEAD_DROP),
            Joint("hinge", LIFT, linkage.FORK_RANGE),
            boxes(
                ((0.15, -0.6, boom.FORK - 0.05), (0.3, 0.6, 0.64)),
                ((0.3, -0.36, boom.FORK - 0.05), (1.47, 0.36, boom.FORK)),
            ),
            {
                "fork_left": at(1.46, 0.3, boom.FORK),
                "fork_right": at(1.46, -0.3, boom.FORK),
                "load": at(0.74, 0, boom.FORK),
            },
            0.006,
        ),
        AssetPart(
            "load",
            boom.load(),
            "carriage",
            proxy=boxes(((0.34, -0.6, boom.FORK - 0.02), (1.14, 0.6, boom.FORK + 1.15))),
        ),
    )
