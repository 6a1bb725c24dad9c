"""What hangs: tools and mugs on rails over worktops, notes on refrigerators, towels over handles. Metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.movement import swept_boxes
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.style import Style
from buildee.layout.catalog import Entry
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import bounds_of, inverse, part_poses, translation
from buildee.layout.layers import Shaped, cuboid, shaped, single
from buildee.layout.material import Color, Material
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Instance, Model
from buildee.layout.solids import cylinder, loft, tube
from buildee.layout.trays import bounds

Array = NDArray[np.float64]

HEIGHT = 0.45
"""Of a rail over the worktop: its tools end over what stands below, it keeps clear of wall units."""

OUT, BAR, HOOK = 0.06, 0.005, 0.038
"""How far a rail is from the wall, its radius, and how far its hooks reach down."""

PITCH = 0.09
"""From hook to hook."""

FREE = 0.14
"""Depth that hanging things take of the worktop below."""

TOOLS = ("ladle", "spatula", "wooden_spoon", "whisk", "scissors", "tongs")
NOTES: tuple[Color, ...] = ((0.86, 0.84, 0.78), (0.88, 0.72, 0.2), (0.84, 0.45, 0.5), (0.4, 0.62, 0.75))
MAGNETS: tuple[Color, ...] = ((0.6, 0.04, 0.03), (0.03, 0.12, 0.4), (0.04, 0.3, 0.1), (0.8, 0.5, 0.05), (0.03,) * 3)


def rails(stock: Stock, style: Style, supports: Sequence[Support], built: Sequence[Instance]) -> dict[str, Footprint]:
    """Hangs rails over worktops where the wall is free.

    Args:
        stock: what hangs on them.
        style: gives the metal.
        supports: worktops among them.
        built: what stands in the room already.

    Returns:
        What the rails leave less of each worktop, in its frame, by its name.
    """
    found: dict[str, Footprint] = {}
    boxes = [swept_boxes(item) for item in built]
    bears = np.repeat([item.category in ("wall", "tiling") for item in built], [len(size) for _, size in boxes])
    poses, half = np.concatenate([pose for pose, _ in boxes]), np.concatenate([size for _, size in boxes])
    for support in supports:
        if support.kind != "worktop" or not support.wall or stock.rng.random() > stock.contents.hung:
            continue
        local = inverse(support.poses[0]) @ poses
        spans = bounds_of(local, half)
        for count in (7, 5, 4):
            length = PITCH * count + 0.06
            room = float(support.size[0]) - length
            x = float(stock.rng.uniform(-0.5, 0.5)) * max(room, 0.0)
            face = _face(spans, bears, x, length, float(support.size[1]) / 2) if room > 0 else None
            if face is not None:
                _rail(stock, style, support, x, face, count)
                found[support.name] = Footprint(x, face - FREE / 2, 0.0, length, FREE)
                break
    return found


def _face(spans: Array, bears: Array, x: float, length: float, wall: float) -> float | None:
    """Returns Y of the bare wall behind a rail, or None where there is none, or something before it."""
    low, high = spans
    z0, z1 = HEIGHT - 0.4, HEIGHT + 0.03
    meets = (low[:, 0] < x + length / 2) & (high[:, 0] > x - length / 2) & (low[:, 2] < z1) & (high[:, 2] > z0 + 0.06)
    before = meets & (low[:, 1] > wall - 0.3) & (low[:, 1] < wall + 0.02)
    faces = []
    for end in (x - length / 2, x, x + length / 2):
        behind = before & bears & (low[:, 0] < end) & (high[:, 0] > end) & (low[:, 2] < HEIGHT) & (high[:, 2] > HEIGHT)
        if not behind.any():
            return None
        faces.append(low[behind, 1].min())
    near = (low[:, 1] < min(faces) - 0.004) & (high[:, 1] > wall - 0.14)
    return float(min(faces)) if np.ptp(faces) < 0.002 and not (meets & near).any() else None


def _rail(stock: Stock, style: Style, support: Support, x: float, face: float, count: int) -> None:
    """Hangs a rail with its hooks, and something on most of them."""
    stock.add(rail(count, style.metal), support.poses @ pose_at(x, face, HEIGHT))
    mugs = stock.rng.random() < 0.3
    for number in range(count):
        if stock.rng.random() < 0.15:
            continue
        entry = stock.one("mug") if mugs else stock.one(TOOLS)
        if entry is None:
            continue
        pose = _by_handle(entry) if mugs else _by_end(entry)
        low, high = bounds(entry, pose)
        spot = (x + (number - (count - 1) / 2) * PITCH, face - OUT, HEIGHT - HOOK)
        if high[0] - low[0] < PITCH - 0.004 or number % 2 == 0:
            tint = int(stock.rng.integers(5)) if mugs else 0
            stock.put(
                entry, support.poses @ translation(spot) @ translation((0.0, 0.0, -_top(entry, pose))) @ pose, tint
            )


def rail(count: int, metal: Material) -> Model:
    """Returns a rail: bar, posts and S hooks. Its frame: origin on the wall, X along it, +Y into the wall."""
    length = PITCH * count + 0.06
    bar = [tube([(-length / 2, -OUT, 0.0), (length / 2, -OUT, 0.0)], BAR, 12)]
    boxes = [cuboid((-length / 2, -OUT - BAR, -BAR), (length / 2, -OUT + BAR, BAR))]
    for end in (-length / 2 + 0.02, length / 2 - 0.02):
        bar.append(tube([(end, -OUT, 0.0), (end, 0.0, 0.0)], 0.006, 12))
        boxes.append(cuboid((end - 0.004, -OUT, -0.004), (end + 0.004, 0.0, 0.004)))
    over = np.linspace(-0.3, np.pi, 9)
    under = np.linspace(np.pi, 2.1 * np.pi, 9)
    arc = np.column_stack([-OUT + 0.0075 * np.cos(over), 0.0075 * np.sin(over)])
    bend = np.column_stack([-OUT - 0.0015 + 0.006 * np.cos(under), -HOOK + 0.0 + 0.006 * np.sin(under)])
    path = np.concatenate([arc, bend])
    for number in range(count):
        x = (number - (count - 1) / 2) * PITCH
        bar.append(tube(np.column_stack([np.full(len(path), x), path]), 0.0014, 6))
        boxes.append(cuboid((x - 0.001, -OUT - 0.009, -HOOK + 0.0005), (x + 0.001, -OUT - 0.006, -BAR)))
        boxes.append(cuboid((x - 0.001, -OUT - 0.009, -HOOK + 0.0005), (x + 0.001, -OUT + 0.004, -HOOK + 0.003)))
    return single("rail", f"kitchen/rail_{count}", [(metal, bar)], boxes)


def _by_end(entry: Entry) -> Array:
    """Returns the pose of a long tool that hangs by the end of its handle, its face to the room (-Y)."""
    proxy = entry.parts[0].proxy
    volume = proxy.half.prod(1)
    heavy = float((proxy.poses[:, 0, 3] * volume).sum() / volume.sum()) - float(entry.parts[0].bounds[:, 0].mean())
    up = -1.0 if heavy > 0 else 1.0
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([(0.0, 0.0, up), (up, 0.0, 0.0), (0.0, -1.0, 0.0)])
    pose[:3, 1] = np.cross(pose[:3, 2], pose[:3, 0])
    return _centred(entry, pose)


def _by_handle(entry: Entry) -> Array:
    """Returns the pose of a mug that hangs by its handle (+X), its mouth along the wall."""
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([(0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)])
    return _centred(entry, pose)


def _top(entry: Entry, pose: Array) -> float:
    """Returns the height of the highest point of a thing's proxy at a pose, metres."""
    proxy = entry.parts[0].proxy
    boxes = pose @ entry.parts[0].rest @ proxy.poses
    return float((boxes[:, 2, 3] + (np.abs(boxes[:, 2, :3]) * proxy.half).sum(1)).max())


def _centred(entry: Entry, pose: Array) -> Array:
    """Returns a pose moved until the bounds' middle is over the origin in plan."""
    middle = bounds(entry, pose).mean(0)
    return translation((-middle[0], -middle[1], 0.0)) @ pose


def towels(stock: Stock, machines: Sequence[Instance]) -> None:
    """Hangs towels over the handles of ovens."""
    for item in machines:
        if item.category == "oven" and stock.rng.random() < stock.contents.hung:
            _over_handle(stock, item)


def with_notes(stock: Stock, built: Assembly) -> Assembly:
    """Returns the furniture with notes and magnets on the doors of refrigerators, as parts that open with them."""
    instances, shapes = list(built.instances), dict(built.shapes)
    for number, item in enumerate(instances):
        if item.category == "refrigerator" and stock.rng.random() < stock.contents.hung:
            stuck = _on_door(item, stock.rng)
            instances[number] = replace(item, parts=(*item.parts, *(piece.part for piece in stuck)))
            shapes.update({piece.part.shape: piece.mesh for piece in stuck})
    return replace(built, instances=tuple(instances), shapes=shapes)


def _on_door(item: Instance, rng: np.random.Generator) -> list[Shaped]:
    """Returns notes and magnets on the largest leaf of a refrigerator, clear of its handle."""
    doors = [index for index, part in enumerate(item.parts) if part.name.startswith("door") and part.proxy is not None]
    if not doors:
        return []
    index = max(doors, key=lambda number: item.parts[number].proxy.half[:, 1:].prod(1).max())
    proxy = item.parts[index].proxy
    leaf = int(np.argmax(proxy.half[:, 1:].prod(1)))
    low, high = proxy.poses[leaf, :3, 3] - proxy.half[leaf], proxy.poses[leaf, :3, 3] + proxy.half[leaf]
    front = float(high[0])
    taken = [
        (pose[1:3, 3], half[1:] + 0.01)
        for pose, half in zip(proxy.poses, proxy.half, strict=True)
        if pose[0, 3] + half[0] > front + 0.002
    ]
    made: list[Shaped] = []
    for number in range(int(rng.integers(4, 12))):
        paper = rng.random() < 0.5
        size = rng.uniform((0.06, 0.06), (0.11, 0.15)).round(2) if paper else np.full(2, rng.uniform(0.02, 0.034))
        spot = rng.uniform(low[1:] + size / 2 + 0.03, np.maximum(high[1:] - size / 2 - 0.03, low[1:] + size))
        spot[1] = max(spot[1], low[2] + 0.45 * (high[2] - low[2]))
        if any((np.abs(spot - middle) < half + size / 2).all() for middle, half in taken):
            continue
        taken.append((spot, size / 2 + 0.004))
        rest, tone = translation((front, *spot)), MAGNETS[int(rng.integers(len(MAGNETS)))]
        if paper:
            made.append(note(f"note_{number}", tuple(size), NOTES[int(rng.integers(len(NOTES)))], index, rest))
            rest = rest @ translation((0.0006, 0.0, size[1] / 2 - 0.014))
        across = 0.024 if paper else round(float(size[0]), 3)
        made.append(magnet(f"magnet_{number}", across, tone, index, rest))
    return made


def note(name: str, size: tuple[float, float], color: Color, parent: int, rest: Array) -> Shaped:
    """Returns a sheet on a door, Y across and Z up, that stands off a little at its foot; +X is to the room."""
    wide, high = size
    z = np.linspace(-high / 2, high / 2, 9)
    x = 0.012 * np.clip(0.5 - (z + high / 2) / high, 0, 1) ** 2 + 0.0001
    rows = [
        np.column_stack([x + rise, np.full(9, side * wide / 2), z])
        for side, rise in ((-1, 0), (-1, 0.0003), (1, 0.0003), (1, 0))
    ]
    sheet = loft(np.stack(rows, 1))
    key = f"kitchen/note_{wide:.2f}_{high:.2f}"
    return shaped(name, key, [(Material("paper", color, 0.1, 0.0), [sheet])], [], parent=parent, rest=rest)


def magnet(name: str, across: float, color: Color, parent: int, rest: Array) -> Shaped:
    """Returns a round magnet on a door, +X to the room."""
    turn = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1.0]])
    body = cylinder(across / 2, 0.006, 20, 0.0015).transformed(turn)
    layers = [(Material("plastic", color, 0.1, 0.0), [body])]
    return shaped(name, f"kitchen/magnet_{across:.3f}", layers, [], parent=parent, rest=rest)


def _over_handle(stock: Stock, item: Instance) -> None:
    """Hangs a towel over the handle of an oven's door, where it fits between that and the door."""
    ids = [id for id in ("towel_hung_a", "towel_hung_b") if id in stock.ids("towel")]
    doors = [index for index, part in enumerate(item.parts) if part.name == "door" and part.proxy is not None]
    if not ids or not doors:
        return
    entry = stock.catalog[ids[int(stock.rng.integers(len(ids)))]]
    proxy, towel = item.parts[doors[0]].proxy, entry.parts[0].proxy
    bar = int(np.argmax(proxy.poses[:, 0, 3] + proxy.half[:, 0]))
    x, y, z = proxy.poses[bar, :3, 3]
    spot = translation((x, y + float(stock.rng.normal(0, 0.03)), z - entry.size[2] + 0.012))
    one, two = (index.ravel() for index in np.indices((len(towel.half), len(proxy.half))))
    own = spot @ entry.parts[0].rest @ towel.poses
    depth = overlap_depth(own[one], towel.half[one], proxy.poses[two], proxy.half[two])
    if depth.max() < 1e-3:
        stock.put(entry, part_poses(item)[:, doors[0]] @ spot)
