"""What the recipe itself puts into a kitchen: where it stands, and why it cannot stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from buildee.errors import AssetError, Gathered, PlacementError
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.section import ObjectSpec, UnitSpec
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.walls import inside
from buildee.layout.catalog import Catalog, Entry
from buildee.layout.contact import close_pairs, overlap_depth
from buildee.layout.kinematics import bounds_of
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint, all_boxes
from buildee.layout.scene import Instance, Pose
from buildee.layout.trays import bounds

UNDER = 0.8
"""What begins lower stands where furniture would, metres; what begins higher stands on it."""

TOUCH = 2e-3
"""How deep a fixed object may lie in something, metres: it was measured by hand."""

GAP = 5e-3
"""How far it may be from what holds it, metres."""

SLACK = 0.02
"""How far it may reach out of the room, metres: into a skirting, or a niche."""


def refuse_unfit(specs: Sequence[UnitSpec], room: Room) -> None:
    """Raises PlacementError for fixed units that stand at no wall of a room."""
    wrong = Gathered()
    for spec in specs:
        where, end = f"scene.fixed.{spec.name}", spec.start + spec.width
        with wrong.kept():
            if spec.wall >= len(room.walls):
                last = len(room.walls) - 1
                raise PlacementError(f"{where}.wall: there is no wall {spec.wall}; walls are 0 to {last}")
            length = room.walls[spec.wall].length
            if end > length + 1e-6:
                message = f"ends at {end:.2f} m of a wall that is {length:.2f} m long: lower its start or width"
                raise PlacementError(f"{where}.start: {message}")
    wrong.tell()


def footprints(specs: Sequence[ObjectSpec], catalog: Catalog) -> list[Footprint]:
    """Returns what fixed objects take of the floor, so that all that is planned stands beside them.

    Raises:
        AssetError: the catalog lacks an asset.
    """
    found, wrong = [], Gathered()
    for spec in specs:
        with wrong.kept():
            low, high = bounds(_entry(spec, catalog), np.eye(4))
            if spec.position[2] + low[2] < UNDER:
                middle, size = _pose(spec) @ np.append((low + high) / 2, 1.0), high - low
                found.append(Footprint(*middle[:2].tolist(), np.deg2rad(spec.yaw_deg), *size[:2].tolist()))
    wrong.tell()
    return found


def put_fixed(specs: Sequence[ObjectSpec], stock: Stock, room: Room, built: Sequence[Instance]) -> None:
    """Puts what the recipe puts itself.

    Args:
        specs: what, and where.
        stock: takes it.
        room: that it must stand in.
        built: what stands there already.

    Raises:
        AssetError: the catalog lacks an asset.
        PlacementError: some stand outside the room, in something else, or on nothing.
    """
    wrong = Gathered()
    for spec in specs:
        with wrong.kept():
            item = stock.put(_entry(spec, stock.catalog), _pose(spec))
            others = [*built, *(one for one in stock.taken if one is not item)]
            if problem := next(_problems(item, room, others), None):
                raise PlacementError(f"scene.fixed.{spec.name}: {problem}: change its position or yaw_deg")
    wrong.tell()


def _problems(item: Instance, room: Room, others: Sequence[Instance]) -> Iterator[str]:
    """Yields what is wrong with where a thing stands."""
    poses, half, owner = all_boxes([item, *others])
    low, high = bounds_of(poses[owner == 0], half[owner == 0])
    (x0, y0, z0), (x1, y1, z1) = low.min(0) + SLACK, high.max(0) - SLACK
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    if not inside(room.outline, corners).all() or z0 < 0 or z1 > room.height:
        yield "stands outside the room"
    one, two = close_pairs(poses, half + GAP, np.minimum(owner, 1))
    depth = overlap_depth(poses[one], half[one], poses[two], half[two])
    deepest = depth.max(initial=-np.inf)
    if deepest > TOUCH:
        pair = int(depth.argmax())
        other = others[int(max(owner[one[pair]], owner[two[pair]])) - 1]
        yield f"lies {1000 * deepest:.0f} mm deep in {other.name}"
    if low[:, 2].min() > GAP and deepest < -GAP:
        yield f"hangs in the air {low[:, 2].min():.2f} m over the floor and touches nothing"


def _entry(spec: ObjectSpec, catalog: Catalog) -> Entry:
    try:
        return catalog[spec.asset]
    except AssetError as error:
        raise AssetError(f"scene.fixed.{spec.name}.asset: {error}") from error


def _pose(spec: ObjectSpec) -> Pose:
    return pose_at(*spec.position, np.deg2rad(spec.yaw_deg))
