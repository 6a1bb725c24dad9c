"""What stands on the worktop and holds things: utensil pots, mills, scales, baskets, boxes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.kitchen.crockery import glazed
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, rounded, rounded_box, slab, vessel
from blend_assets.scripts.kitchen.pans import shell, tray_proxy
from blend_assets.scripts.kitchen.things import bounding, drum, hollow, joined, lying, thing
from blend_assets.scripts.kitchen.utensils import ladle, turner, whisk, wooden_spoon, wooden_turner
from blend_assets.scripts.model import LIFTED, Asset, AssetPart, at, boxes, turned
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Proxy

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns pots with utensils, mills and shakers, scales, baskets and boxes."""
    return [
        _utensil_pot("utensil_pot_a", False),
        _utensil_pot("utensil_pot_b", True),
        _pepper_mill(),
        _salt_shaker(),
        _kitchen_scales(),
        _basket("basket_a", "Oval willow basket", 0.20, 0.15, 0.11),
        _basket("basket_b", "Bread basket", 0.13, 0.13, 0.07),
        _storage_box("storage_box_a", "Storage box with a lid", (0.17, 0.11, 0.085)),
        _storage_box("storage_box_b", "Tall storage box with a lid", (0.10, 0.10, 0.19)),
    ]


def _utensil_pot(id: str, filled: bool) -> Asset:
    """Returns a crock, empty or with utensils as parts that lean on its rim."""
    radius, height = 0.058, 0.165
    body = rounded(
        [
            (0, 0.0),
            (radius - 0.002, 0),
            (radius, 0.006),
            (radius, height - 0.012),
            (radius + 0.002, height - 0.008),
            (radius + 0.002, height),
        ],
        [0, 0.005, 0.004, 0.003, 0.003, 0],
        4,
    )
    profile = vessel(body, (0.007, 0.005))
    mesh = glazed(profile, 44, bare=0.001)
    parts = []
    if filled:
        tools = [
            ("wooden_spoon", wooden_spoon(0.30, 0.052), 20.0, 9.0), ("wooden_spatula", wooden_turner(), 95.0, 8.0),
            ("turner", turner(), 170.0, 7.0), ("whisk", whisk(), 240.0, 6.0), ("ladle",
            ladle().transformed(turned("z", np.pi)), 310.0, 8.5),
        ]  # fmt: skip
        for name, tool, bearing, _ in tools:
            parts.append(_standing(name, tool, np.deg2rad(bearing), radius - 0.005, height))
    slots = coloured(glaze=(0.16, 0.21, 0.22), inside=(0.55, 0.53, 0.48)) if filled else coloured()
    return thing(
        id, "Crock with utensils" if filled else "Utensil crock", "utensil_pot", mesh, hollow([(radius - 0.003,
        0.006), (radius - 0.003, height)], 0.005, (0, 0.007)),
        SOURCE.format("Crocks of 12 cm across, 16.5 cm high"), slots=slots, parts=tuple(parts), tags=("utensil",),
        markers={"opening": at(z=0.007), "rim": at(z=height), "grasp": at(radius, 0, 0.1)},
    )  # fmt: skip


def _standing(name: str, tool: Mesh, bearing: float, inner: float, height: float) -> AssetPart:
    """Returns a utensil that stands in a crock: its handle's end in a far corner of the floor, its shaft on the rim.

    Args:
        name: of the part.
        tool: along X, handle first.
        bearing: towards which side it leans, radians.
        inner: radius of the crock's inside.
        height: of its rim.
    """
    start = tool.bounds[0, 0]
    shaft = tool.vertices[(tool.vertices[:, 0] > start) & (tool.vertices[:, 0] < start + 0.16)]
    middle, half = (
        (shaft.max(0) + shaft.min(0)) / 2,
        np.abs(shaft[:, 1:] - (shaft[:, 1:].max(0) + shaft[:, 1:].min(0)) / 2).max(),
    )
    straight = tool.moved(-start, -middle[1], -middle[2])
    foot, room = 0.55 * inner, inner - half - 0.001
    tilt = np.arctan2(foot * 0.6 + room, height - 0.01)
    up = np.array([np.sin(tilt), 0, np.cos(tilt)])
    pose = np.eye(4)
    pose[:3, 0], pose[:3, 1] = up, (0, 1, 0)
    pose[:3, 2] = np.cross(up, (0, 1, 0))
    points = straight.vertices @ pose[:3, :3].T
    pose[:3, 3] = -0.6 * foot, 0, 0.0085 - points[:, 2].min()
    box = bounding(straight)
    return AssetPart(name, straight, "body", turned("z", bearing) @ pose, None, box, {"grasp": at(0.2)})


def _pepper_mill() -> Asset:
    profile = rounded(
        [
            (0, 0),
            (0.027, 0),
            (0.028, 0.012),
            (0.0215, 0.06),
            (0.0265, 0.105),
            (0.024, 0.122),
            (0.0, 0.122),
        ],
        [0, 0.002, 0.01, 0.03, 0.02, 0.001, 0],
        4,
    )
    head = rounded(
        [
            (0, 0.1225),
            (0.0255, 0.1225),
            (0.0255, 0.128),
            (0.019, 0.137),
            (0.0245, 0.165),
            (0.016, 0.185),
            (0, 0.187),
        ],
        [0, 0.0008, 0.0008, 0.006, 0.012, 0.01, 0],
        4,
    )
    knob = rounded(
        [(0, 0.1865), (0.004, 0.1865), (0.004, 0.189), (0.0065, 0.192), (0.0055, 0.198), (0, 0.1995)],
        [0, 0, 0.001, 0.003, 0.003, 0],
        3,
    )
    body = of("dark_wood", lathe(profile, 32))
    top = Mesh.merged([of("dark_wood", lathe(head, 32)), of("chrome", lathe(knob, 20))])
    grinds = Joint("hinge", (0.0, 0.0, 1.0))
    return thing(
        "pepper_mill_a", "Pepper mill", "pepper_mill", body, drum(0.027, 0, 0.122), SOURCE.format("Mills of 20 cm"),
        tags=("table",), rests={"lying": lying(Mesh.merged([body, top]), profile)},
        parts=(AssetPart("top", top, "body", joint=grinds, proxy=drum(0.0265, 0.1225, 0.199), markers={"grasp":
        at(z=0.15)}),),
    )  # fmt: skip


def _salt_shaker() -> Asset:
    glass = np.concatenate(
        [
            rounded(
                [(0, 0.001), (0.020, 0), (0.023, 0.004), (0.0185, 0.062), (0.0185, 0.066)],
                [0, 0.001, 0.003, 0.005, 0],
                4,
            ),
            rounded([(0.0165, 0.066), (0.0165, 0.060), (0.0205, 0.008), (0, 0.008)], [0, 0.005, 0.004, 0], 4),
        ]
    )
    salt = rounded([(0, 0.0084), (0.0196, 0.0084), (0.0172, 0.044), (0, 0.046)], [0, 0.004, 0.002, 0], 3)
    cap = rounded(
        [(0, 0.0605), (0.0202, 0.0605), (0.0202, 0.074), (0.012, 0.083), (0, 0.0845)], [0, 0.001, 0.004, 0.008, 0], 4
    )
    dots = [
        solids.cylinder(0.0009, 0.0004, 8).moved(r * np.cos(a), r * np.sin(a), 0.0842 - 9 * r * r * 3)
        for r, n in ((0.0, 1), (0.0055, 6))
        for a in np.arange(n) * 2 * np.pi / n
    ]
    mesh = Mesh.merged(
        [
            of("glass", lathe(glass, 28)),
            of("white_plastic", lathe(salt, 24)),
            of("chrome", lathe(cap, 28)),
            of("print", *dots),
        ]
    )
    return thing(
        "salt_shaker_a", "Salt shaker", "salt_shaker", mesh, drum(0.022, 0, 0.0845),
        SOURCE.format("Shakers of 8.5 cm"), tags=("table",),
        markers={"grasp": at(z=0.06)}, rests={"lying": lying(mesh, np.concatenate([glass[:8], cap[3:]]))},
    )  # fmt: skip


def _kitchen_scales() -> Asset:
    body = rounded_box((-0.10, -0.085, 0.003), (0.10, 0.085, 0.018), 0.016, 0.004)
    plate = lathe(
        rounded(
            [(0, 0.0175), (0.071, 0.0175), (0.076, 0.0195), (0.076, 0.0215), (0, 0.0215)],
            [0, 0.001, 0.001, 0.0008, 0],
            3,
        ),
        48,
    ).moved(-0.018)
    window = rounded_box((0.066, -0.036, 0.0165), (0.088, 0.036, 0.01835), 0.003, 0.0003)
    digits = lettering.text("0 G", 0.012, 0.0, "middle").transformed(
        np.array([[0, -1, 0, 0.083], [1, 0, 0, 0], [0, 0, 1, 0.0186], [0, 0, 0, 1]], float)
    )
    feet = [solids.cylinder(0.008, 0.004, 16).moved(x, y) for x in (-0.08, 0.08) for y in (-0.065, 0.065)]
    keys = [
        lathe(rounded([(0, 0.0175), (0.007, 0.0175), (0.007, 0.0188), (0, 0.0192)], 0.0005, 3), 18).moved(0.078, y)
        for y in (-0.058, 0.058)
    ]
    mesh = Mesh.merged(
        [
            of("plastic", body),
            of("steel", plate),
            of("screen", window),
            of("white_plastic", digits),
            of("rubber", *feet),
            of("chrome", *keys),
        ]
    )
    return thing(
        "scales_a", "Kitchen scales", "scales", mesh, boxes(((-0.10, -0.085, 0), (0.10, 0.085, 0.0186)), ((-0.088,
        -0.07, 0.018), (0.052, 0.07, 0.0215))),
        SOURCE.format("Scales of 20 x 17 cm for 5 kg"), markers={"opening": at(-0.018, 0, 0.0215), "grasp": at(0.1, 0,
        0.01)}, tags=("electric",),
    )  # fmt: skip


def _basket(id: str, title: str, long: float, short: float, height: float) -> Asset:
    """Returns a woven oval basket: strands go in front of and behind its stakes by turns; a twisted rim.

    Args:
        id, title: of the asset.
        long, short: outer half axes at the rim, along Y and X, metres.
        height: of the rim.
    """
    stakes, strand = 28, 0.0088
    rows = int((height - 0.012) / strand)
    t = np.linspace(0, 2 * np.pi, 2 * stakes, endpoint=False)
    pieces = []
    for row in range(rows):
        z = 0.008 + strand * row
        weave = 0.0026 * np.cos(stakes * t + np.pi * row)
        path = np.column_stack(
            [
                (short * flared(z / height) - 0.004 + weave) * np.cos(t),
                (long * flared(z / height) - 0.004 + weave) * np.sin(t),
                np.full(len(t), z),
            ]
        )
        pieces.append(solids.sweep(path, solids.circle(1.0, 6) * (0.0024, 0.0047), smooth=True, closed=True))
    for angle in np.arange(stakes) * 2 * np.pi / stakes:
        z = np.array([0.003, 0.5 * height, height - 0.002])
        path = np.column_stack(
            [
                (short * flared(z / height) - 0.004) * np.cos(angle),
                (long * flared(z / height) - 0.004) * np.sin(angle),
                z,
            ]
        )
        pieces.append(solids.tube(path, 0.0022, 5))
    for phase in (0.0, np.pi):
        turn = 24 * t + phase
        path = np.column_stack(
            [
                (short - 0.004 + 0.0045 * np.cos(turn)) * np.cos(t),
                (long - 0.004 + 0.0045 * np.cos(turn)) * np.sin(t),
                height - 0.006 + 0.0045 * np.sin(turn),
            ]
        )
        pieces.append(solids.sweep(path, solids.circle(0.0042, 6), smooth=True, closed=True))
    oval = solids.circle(1.0, 40) * (short * 0.80 - 0.003, long * 0.80 - 0.003)
    pieces.append(slab(oval, 0.006, 0.002).moved(z=0.002))
    mesh = of("wicker", *pieces)
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    proxy = oval_proxy(short, long, height)
    return thing(
        id, title, "basket", mesh, proxy, SOURCE.format("Baskets of 26 to 40 cm"), tags=("storage",),
        markers={"opening": at(z=0.008), "rim": at(z=height), "grasp": at(0, long, height), "grasp_left": at(0, -long,
        height)},
    )  # fmt: skip


def oval_proxy(short: float, long: float, height: float, wall: float = 0.009) -> Proxy:
    """Returns a floor and two rings of eight upright walls round an oval basket; its half axes at the rim are given."""
    floor = boxes(((-0.56 * short, -0.6 * long, 0), (0.56 * short, 0.6 * long, 0.008)))
    angles = np.arange(8) * np.pi / 4 - np.pi / 8
    poses, half = [], []
    for share in (0.25, 0.75):
        reach = np.array([short, long]) * flared(share) - wall / 2
        corners = 1.04 * reach * np.column_stack([np.cos(angles), np.sin(angles)])
        for first, second in zip(corners, np.roll(corners, -1, 0), strict=True):
            run = second - first
            poses.append(turned("z", np.arctan2(run[1], run[0]), (*((first + second) / 2), share * height)))
            half.append((np.linalg.norm(run) / 2, wall / 2, height / 4))
    return joined(floor, Proxy(np.array(poses), np.array(half)))


def flared(share: ArrayLike) -> NDArray[np.float64]:
    """Returns how wide a basket is at shares of its height, 1 at the rim."""
    return 0.80 + 0.20 * np.sin(np.pi / 2 * np.clip(share, 0, 1))


def _storage_box(id: str, title: str, size: tuple[float, float, float]) -> Asset:
    """Returns a clear box; its lid, a part, lies on the rim."""
    y, x, z = size
    wall = 0.002
    rings = [
        (-0.003, 0),
        (-0.001, 0.0008),
        (0, 0.003),
        (0.002, z),
        (0.002 - 0.3 * wall, z + 0.0005),
        (0.002 - wall, z),
        (-wall, 0.004),
        (-wall - 0.002, wall),
        (-wall - 0.004, wall),
    ]
    body = of("glass", shell(rings, (x - 0.004, y - 0.004), 0.014))
    lid_mesh = Mesh.merged(
        [
            of(
                "colour",
                rounded_box(
                    (-x / 2 - 0.003, -y / 2 - 0.003, 0.0007), (x / 2 + 0.003, y / 2 + 0.003, 0.011), 0.016, 0.0025
                ),
            ),
            of(
                "colour",
                rounded_box((-x / 2 + 0.02, -y / 2 + 0.02, 0.0105), (x / 2 - 0.02, y / 2 - 0.02, 0.0125), 0.01, 0.0008),
            ),
        ]
    )
    lid = AssetPart("lid", lid_mesh, "body", at(z=z), LIFTED, bounding(lid_mesh), {"grasp": at(z=0.012)})
    return thing(
        id, title, "storage_box", body, tray_proxy((x - 0.004, y - 0.004), z - 0.002, 0.0, 0.002),
        SOURCE.format("Boxes of 1 to 1.5 l"), tags=("storage",),
        slots=coloured(colour=(0.30, 0.36, 0.34)), parts=(lid,), markers={"opening": at(z=wall), "rim": at(z=z),
        "grasp": at(x / 2, 0, z / 2)},
        stack=z + 0.0125 + 2e-4,
    )  # fmt: skip
