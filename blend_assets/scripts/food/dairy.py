"""Cheese, butter, eggs and their box, sausages."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    along,
    curve,
    dented,
    lathe,
    rng_of,
    rounded_box,
    skin,
    stalk,
    turn,
)
from blend_assets.scripts.food.things import (
    Palette,
    carried,
    food,
    limb_boxes,
    lowered,
    round_proxy,
    settled,
    standing,
)
from blend_assets.scripts.model import Asset, AssetPart, boxes, turned
from buildee.layout import solids
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

EGG = [(0, 0), (6, 0.9), (13, 4.5), (19, 12), (21.8, 22), (21.2, 32), (17.5, 43), (11.5, 51), (5.5, 55.6), (0, 57)]
EGG_SOURCE = "EU regulation 589/2008: size M, 53-63 g; 57 x 44 mm"


def wedge() -> Asset:
    """Returns a wedge of hard cheese with its rind, lying."""
    slots = Palette(
        cheese=Material("wax", (0.76, 0.50, 0.13), wear=0.0, dirt=0.0),
        rind=Material("wax", (0.42, 0.03, 0.02), wear=0.2, dirt=0.0),
    )
    arc = np.linspace(-0.3, 0.3, 13)
    radius, height, cover = 150 * MM, 62 * MM, 2.5 * MM

    def sector(reach: float, back: float) -> np.ndarray:
        return np.concatenate([[(back, 0.0)], reach * np.column_stack([np.cos(arc), np.sin(arc)])])

    inner = solids.prism(sector(radius - cover, 0), height - 2 * cover, 0.8 * MM).moved(z=cover)
    rim = np.concatenate(
        [
            radius * np.column_stack([np.cos(arc), np.sin(arc)]),
            (radius - cover) * np.column_stack([np.cos(arc), np.sin(arc)])[::-1],
        ]
    )
    rind = [
        solids.prism(sector(radius, 0.4 * MM), cover, 0.7 * MM),
        solids.prism(sector(radius, 0.4 * MM), cover, 0.7 * MM).moved(z=height - cover),
        solids.prism(rim, height - 2 * cover).moved(z=cover),
    ]
    made = Mesh.merged([slots("cheese", inner), slots("rind", *rind)])
    whole = standing(made.transformed(turn("z", np.pi)), settle=False)
    x = whole.bounds[1, 0]
    proxy = boxes(((x - 0.145, -0.014, 0), (x - 0.05, 0.014, height)), ((x - 0.143, -0.03, 0), (x - 0.1, 0.03, height)))
    rests = {"side": settled(whole, turn("x", np.pi / 2))}
    return food(
        "cheese_wedge_a",
        "Wedge of cheese",
        "cheese",
        slots,
        whole,
        proxy,
        "a twelfth of a 300 x 62 mm wheel, 450 g",
        ("dairy",),
        rests,
    )


def block(
    id: str, title: str, category: str, size: tuple[float, float, float], color: Color, cut: float, source: str
) -> Asset:
    """Returns a block of cheese or butter cut at +X, on its opened paper; size in millimetres."""
    rng = rng_of(id)
    slots = Palette(
        body=Material("wax", color, wear=0.0, dirt=0.0), label=Material("paper", (0.78, 0.76, 0.70), wear=0.3, dirt=0.0)
    )
    x, y, z = np.array(size) * MM
    solid = rounded_box((x, y, z), 2 * MM, 2)
    lean = cut * (solid.vertices[:, 0] > 0) * solid.vertices[:, 2]
    solid = Mesh(
        solid.vertices + np.column_stack([lean, 0 * lean, 0 * lean + 0.5 * MM]),
        solid.corners,
        solid.sizes,
        solid.slots,
        solid.smooth,
    )
    u, v = np.linspace(-x * 0.75, x * 0.95, 19), np.linspace(-y, y, 19)
    gx, gy = np.meshgrid(u, v, indexing="ij")
    beyond = np.maximum(np.maximum(abs(gx) - x / 2, abs(gy) - y / 2), 0)
    height = beyond * (0.25 + 0.3 * Noise.of(rng, 0.03)(np.stack([gx, gy, 0 * gx], -1)) ** 2)
    whole = standing(
        Mesh.merged([slots("body", solid), slots("label", _shell(u, v, height + 0.4 * MM, 0.4 * MM))]), settle=False
    )
    middle = (solid.bounds[0] + solid.bounds[1]) / 2 - ((u[0] + u[-1]) / 2, 0, 0)
    proxy = boxes(((middle[0] - x / 2, -y / 2, 0), (middle[0] + x / 2, y / 2, z)))
    return food(id, title, category, slots, whole, proxy, source, ("dairy",))


def egg_mesh(rng: np.random.Generator, scale: float = 1.0) -> Mesh:
    """Returns an egg, blunt end down."""
    return skin(dented(lathe(curve(np.array(EGG) * MM * scale, 20), 28), Noise.of(rng, 0.03), 0.25 * MM))


def egg(id: str, color: Color, scale: float) -> Asset:
    """Returns an egg that lies."""
    slots = Palette(shell=Material("produce", color, wear=0.0, dirt=0.0))
    mesh = slots("shell", egg_mesh(rng_of(id), scale))
    whole = mesh.transformed(settled(mesh, turn("y", np.pi / 2)))
    return food(id, "Egg", "egg", slots, whole, round_proxy(whole, 0.5), EGG_SOURCE, ("dairy",))


def egg_box() -> Asset:
    """Returns a box of moulded pulp for six, open, with five eggs; its lid's joint shuts it at 1.92."""
    rng = rng_of("egg_box_a")
    slots = Palette(
        pulp=Material("paper", (0.36, 0.34, 0.30), wear=0.5, dirt=0.0),
        shell=Material("produce", (0.58, 0.33, 0.18), wear=0.0, dirt=0.0),
        label=Material("paper", (0.62, 0.52, 0.10), wear=0.1, dirt=0.0),
    )
    pitch, thick, deep = 50 * MM, 1.6 * MM, 42 * MM
    x, y = np.linspace(-52 * MM, 52 * MM, 27), np.linspace(-76 * MM, 76 * MM, 39)
    gx, gy = np.meshgrid(x, y, indexing="ij")
    wave = 0.25 * (1 - np.cos(2 * np.pi * gx / pitch)) + 0.25 * (1 + np.cos(2 * np.pi * gy / pitch))
    floor = 10 * MM + 22 * MM * (1 - wave) ** 1.2
    wall = np.clip((np.maximum(abs(gx) - 45 * MM, abs(gy) - 69 * MM)) / (5 * MM), 0, 1)
    height = floor * (1 - wall) + deep * wall
    tray = _shell(x, y, height, thick)
    lid_x = np.linspace(0, 104 * MM, 21)
    lx, ly = np.meshgrid(lid_x, y[::2], indexing="ij")
    edge = np.minimum(np.minimum(lx, 104 * MM - lx), 76 * MM - abs(ly)) / (12 * MM)
    roof = 26 * MM * np.clip(edge, 0, 1) ** 0.5
    cover = _shell(lid_x, y[::2], roof, thick)
    hinge = np.array([-52 * MM, 0, deep + 1 * MM])
    joint = Joint("hinge", (0.0, 1.0, 0.0), (0.0, 1.92))  # 0 is open
    panel = solids.box((60 * MM, 100 * MM, 0.4 * MM), (52 * MM, 0, 26 * MM + 0.4 * MM))
    open_pose = turned("y", -1.92, hinge)
    lid_mesh = Mesh.merged([slots("pulp", cover), slots("label", panel)])
    parts: list[AssetPart] = []
    lid_proxy = boxes(((0.012, -0.066, 0.018), (0.092, 0.066, 0.026)))
    parts.append(AssetPart("lid", lid_mesh, "body", open_pose, joint, lid_proxy))
    shell = slots("shell", egg_mesh(rng))
    places = [(sx * pitch / 2, sy * pitch) for sx in (-1, 1) for sy in (-1, 0, 1)][:5]
    for number, (ex, ey) in enumerate(places):
        pose = turned("z", rng.uniform(0, 6), (ex, ey, 11.5 * MM))
        parts.append(AssetPart(f"egg_{number}", shell, "body", pose, None, None, {}, 0.0, "egg_0" if number else ""))
    body = slots("pulp", tray)
    low = body.bounds[0, 2]
    aside = 27.4 * MM  # the open lid reaches far behind the tray
    body = body.moved(x=aside, z=-low)
    parts = [
        AssetPart(p.name, p.mesh, p.parent, _shifted(p.rest, aside, -low), p.joint, p.proxy, p.markers, p.bevel, p.like)
        for p in parts
    ]
    proxy = boxes(
        ((aside - 0.047, -0.071, 0.004), (aside + 0.047, 0.071, 0.04)),
        ((aside - 0.03, -0.05, 0), (aside + 0.03, 0.05, 0.02)),
    )
    return food(
        "egg_box_a",
        "Box of eggs, open",
        "egg_box",
        slots,
        body,
        proxy,
        "box for six eggs of moulded pulp: 152 x 104 x 70 mm",
        ("dairy",),
        more=parts,
    )


def _shifted(pose: np.ndarray, x: float, z: float) -> np.ndarray:
    result = pose.copy()
    result[:3, 3] += x, 0, z
    return result


def _shell(x: np.ndarray, y: np.ndarray, z: np.ndarray, thick: float) -> Mesh:
    """Returns a sheet over a grid with a thickness below it, closed round its edge."""
    upper, lower = solids.heightfield(x, y, z), solids.heightfield(x, y, z - thick).flipped()
    nx, ny = z.shape
    index = np.arange(nx * ny).reshape(nx, ny)
    loop = np.concatenate([index[:-1, 0], index[-1, :-1], index[:0:-1, -1], index[0, :0:-1]])
    after, below = np.roll(loop, -1), nx * ny
    both = Mesh.merged([upper, lower])
    rim = Mesh.from_faces(both.vertices, np.column_stack([loop + below, after + below, after, loop]), smooth=True)
    return Mesh(
        both.vertices,
        np.concatenate([both.corners, rim.corners]),
        np.concatenate([both.sizes, rim.sizes]),
        np.concatenate([both.slots, rim.slots]),
        np.concatenate([both.smooth, rim.smooth]),
    )


def sausage(id: str, links: int) -> Asset:
    """Returns sausages in a string, lying."""
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", (0.34, 0.10, 0.05), wear=0.2, dirt=0.0),
        end=Material("produce", (0.42, 0.22, 0.14), wear=0.1, dirt=0.0),
    )
    pieces, rings_all = [], []
    for number in range(links):
        share = np.linspace(0, 1, 26)
        bend = (share - 0.5) * 0.7
        path = np.column_stack(
            [190 * MM * np.sin(bend), 190 * MM * (np.cos(bend) - 0.95) * (1 if number % 2 else -1), 0 * share]
        )
        radius = 14.5 * MM * np.sin(np.pi * np.clip(share, 0.012, 0.988)) ** 0.3
        rings = dented(along(path, radius, 22), Noise.of(rng, 0.03), 0.6 * MM)
        rings[..., 1] += number * 33 * MM
        rings_all.append(rings)
        pieces.append(slots("skin", skin(rings)))
        for end, way in ((rings[0].mean(0), -1), (rings[-1].mean(0), 1)):
            tail = stalk(
                [(0, 0, 0), (5 * MM * way, 1 * MM, -3 * MM), (9 * MM * way, 2 * MM, -6 * MM)],
                (2.4 * MM, 1.8 * MM, 3 * MM),
                7,
                4,
            )
            pieces.append(slots("end", tail.moved(*end)))
    merged = Mesh.merged(pieces)
    shift = lowered(merged.vertices, np.eye(4))
    whole = merged.transformed(shift)
    made = [limb_boxes(carried(rings[2:-2], shift), 1) for rings in rings_all]
    proxy = type(made[0])(np.concatenate([p.poses for p in made]), np.concatenate([p.half for p in made]))
    return food(
        id,
        "Sausages" if links > 1 else "Sausage",
        "sausage",
        slots,
        whole,
        proxy,
        "bratwurst: 100 g, 130 x 29 mm",
        ("meat",),
    )


def assets() -> list[Asset]:
    """Returns cheese, butter, eggs and sausages."""
    return [
        wedge(),
        block(
            "cheese_block_a",
            "Block of cheese",
            "cheese",
            (110, 70, 50),
            (0.78, 0.46, 0.10),
            0.0,
            "400 g block of cheddar: 110 x 70 x 50 mm",
        ),
        block(
            "butter_a",
            "Butter, cut",
            "packet",
            (62, 65, 40),
            (0.82, 0.66, 0.26),
            -0.04,
            "250 g butter, 100 x 65 x 40 mm, a third used",
        ),
        egg("egg_a", (0.58, 0.33, 0.18), 1.0),
        egg("egg_b", (0.74, 0.66, 0.56), 1.04),
        egg_box(),
        sausage("sausage_a", 1),
        sausage("sausage_b", 2),
    ]
