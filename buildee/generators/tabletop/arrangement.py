"""Where things are put: dropped on a heap, each by itself, in rows, and along the table's edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.tabletop.containers import Container, container
from buildee.generators.tabletop.section import Objects
from buildee.generators.tabletop.supply import Prototype, Supply
from buildee.layout.contact import lift_over
from buildee.layout.kinematics import reach_of
from buildee.layout.pieces import pose_at
from buildee.layout.placement import boxes_of
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Instance, Loose, Pose
from buildee.layout.trays import Tray, anywhere

EDGE = 0.04
"""Things keep so far from the table's edge, metres; things on a heap farther."""

LAYERS = 0.9
"""About so many layers a heap has, if the table is large enough."""

CONTAINED = 1.6
"""As many layers lie in a container."""

ASKEW = 0.15
"""Standard deviation of a container's turn against the table, radians."""

GAP = 0.004
"""Between things on their way down, metres."""

SPOTS = 16
"""So many places on a heap are tried for a thing."""

DRAWS = 400
"""So many things are drawn before a table counts as full."""


@dataclass(frozen=True, eq=False)
class Placed:
    """Things on the table.

    Attributes:
        assembly: all of them.
        loose: those that have yet to fall.
        middle: (2,) size of the rectangle in the table's middle where they are, metres.
    """

    assembly: Assembly
    loose: tuple[Loose, ...]
    middle: NDArray[np.float64]


class Setting:
    """Things that are being put on a table.

    Attributes:
        support: its top.
        container: what stands in its middle and takes the things, if any.
        frame: `support_from_middle`: containers stand a little askew.
    """

    def __init__(self, support: Support) -> None:
        self.support = support
        self.container: Container | None = None
        self.frame = np.eye(4)
        self._instances: list[Instance] = []
        self._shapes: dict = {}

    def put(self, what: Prototype, pose: Pose) -> str:
        """Puts a thing at `support_from_thing`; returns its name."""
        category = what.model.category
        count = sum(item.category == category for item in self._instances)
        self._shapes.update(what.model.shapes)
        self._instances.append(what.model.placed(f"{category}_{count}", self.support.poses[0] @ pose))
        return self._instances[-1].name

    def contain(self, kind: str, area: float, rng: np.random.Generator) -> None:
        """Puts a container in the middle for what comes, if the recipe has one; `area` as its floor should have."""
        if kind != "none":
            self.container = container(kind, area, self.support.size - 2 * EDGE, rng)
            self.frame = pose_at(yaw=float(rng.normal(0.0, ASKEW)))
            if (self.taken(self.container.size) > self.support.size - 0.01).any():
                self.frame = np.eye(4)
            self.put(self.container.what, self.frame)

    def middle(self, share: float) -> Support:
        """Returns where things go: in the container, or a share of the table without its edge."""
        if self.container is None:
            return replace(self.support, size=(self.support.size - 2 * EDGE) * share)
        raised = self.support.poses @ pose_at(z=self.container.floor)
        return replace(self.support, poses=raised, size=self.container.inside)

    def put_in(self, what: Prototype, pose: Pose) -> None:
        """Puts a thing at a pose on what `middle` returns."""
        self.put(what, pose if self.container is None else self.frame @ pose_at(z=self.container.floor) @ pose)

    def taken(self, size: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (2,) how much of the table's middle is taken by things on `size`, or by what they are in."""
        return size if self.container is None else np.abs(self.frame[:2, :2]) @ self.container.size

    @property
    def assembly(self) -> Assembly:
        """All that was put."""
        return Assembly(self._shapes, tuple(self._instances))


def arrange(section: Objects, support: Support, supply: Supply, rng: np.random.Generator) -> Placed:
    """Puts things on a table.

    Raises:
        PlacementError: not one finds room.
    """
    setting = Setting(support)
    names: list[str] = []
    if section.arrangement == "pile":
        names, middle = _pile(section, setting, supply, rng)
    elif section.arrangement == "grid":
        middle = _grid(section, setting, supply, rng)
    else:
        middle = _scattered(section, setting, supply, rng)
    if section.distractors:
        _distract(section.distractors, setting, supply, middle, rng)
    return Placed(setting.assembly, tuple(Loose(name) for name in names), middle)


def _pile(
    section: Objects, setting: Setting, supply: Supply, rng: np.random.Generator
) -> tuple[list[str], NDArray[np.float64]]:
    """Hangs things over the table, turned any way, none in another, large ones lowest."""
    whats = [supply.one(dropped=True) for _ in range(section.count)]
    spans = [np.ptp(what.points, axis=0) for what in whats]
    area = sum(float(np.sort(span)[1:].prod()) for span in spans)
    setting.contain(section.container, area / CONTAINED, rng)
    room = np.maximum(setting.middle(1.0).size - (0.02 if setting.container is None else 4 * GAP), 0.05)
    middle = np.minimum(np.sqrt(area / LAYERS) * np.array([1.15, 0.87]), room)
    pile, names = _Pile(), []
    if setting.container is not None:
        pile.add(setting.container.what, np.eye(4))
    for number in np.argsort([-float(np.linalg.norm(span)) for span in spans], kind="stable"):
        what = whats[number]
        pose = random_turn(rng)
        low, high = what.span(pose)
        reach = np.maximum(middle - (high - low)[:2], 0.0) / 2
        spots = rng.uniform(-1, 1, (SPOTS, 2)) * reach
        pose[:3, 3] -= [*(low + high)[:2] / 2, low[2] - GAP]
        # Of many spots the one where it comes to lie lowest: heaps grow even, and little rolls off the table.
        lifts = pile.lifts(what, pose, spots)
        best = int(np.round(lifts, 6).argmin())
        pose[:3, 3] += [*spots[best], lifts[best]]
        pile.add(what, pose)
        names.append(setting.put(what, setting.frame @ pose))
    return names, setting.taken(middle)


class _Pile:
    """Boxes of things that hang one over the other."""

    def __init__(self) -> None:
        self._poses, self._half = np.zeros((0, 4, 4)), np.zeros((0, 3))

    def add(self, what: Prototype, pose: Pose) -> None:
        """Adds a thing."""
        poses, half = boxes_of(what.model.placed("", pose))
        self._poses, self._half = np.concatenate([self._poses, poses]), np.concatenate([self._half, half])

    def lifts(self, what: Prototype, pose: Pose, spots: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (S,) how far a thing on the table must be raised to clear all others at (S, 2) spots, metres."""
        poses, half = boxes_of(what.model.placed("", pose))
        reach, others = reach_of(poses, half)[:, :2] + GAP, reach_of(self._poses, self._half)[:, :2]
        middles = spots[:, None] + poses[:, :2, 3]
        apart = np.abs(middles[:, :, None] - self._poses[:, :2, 3]) - reach[:, None] - others
        spot, mine, theirs = np.nonzero((apart < 0).all(-1))
        moved = poses[mine]
        moved[:, :2, 3] = middles[spot, mine]
        lifts = np.zeros(len(spots))
        np.maximum.at(lifts, spot, lift_over(moved, half[mine] + GAP / 2, self._poses[theirs], self._half[theirs]))
        return lifts


def _scattered(section: Objects, setting: Setting, supply: Supply, rng: np.random.Generator) -> NDArray[np.float64]:
    """Puts things anywhere, each in one of its rests."""
    setting.contain(section.container, np.inf, rng)
    middle = setting.middle(0.78 if section.distractors else 1.0)
    tray = Tray(middle)
    left, draws = section.count, 0
    while left and draws < DRAWS:
        draws += 1
        what = supply.one(dropped=False)
        thing = what.resting(int(rng.integers(len(what.rests))))
        pose = tray.stand(thing, rng, anywhere, (0.0, 10.0), gap=0.012)
        if pose is not None:
            setting.put_in(what, pose)
            left -= 1
    if left == section.count:
        raise PlacementError("scene.objects: nothing finds room on the table: raise its size, or lower largest")
    return setting.taken(middle.size)


def _grid(section: Objects, setting: Setting, supply: Supply, rng: np.random.Generator) -> NDArray[np.float64]:
    """Puts things in rows, one in the middle of each cell that holds it.

    Raises:
        PlacementError: the cells are too small for what the recipe allows.
    """
    setting.contain(section.container, np.inf, rng)
    middle = setting.middle(0.8 if section.distractors else 1.0).size
    columns = max(round(float(np.sqrt(section.count * middle[0] / middle[1]))), 1)
    rows = -(-section.count // columns)
    cell = middle / (columns, rows)
    put = 0
    for number in range(section.count):
        at = (np.array([number % columns, number // columns]) + 0.5) * cell - middle / 2
        for _ in range(DRAWS // 10):
            what = supply.one(dropped=False)
            thing = what.resting(int(rng.integers(len(what.rests))))
            turn = float(np.pi / 2 * rng.integers(4))
            size = thing.size[:2] if round(turn / (np.pi / 2)) % 2 == 0 else thing.size[1::-1]
            if (size < cell - 0.01).all():
                setting.put_in(what, pose_at(*at, 0.0, turn) @ thing.pose)
                put += 1
                break
    if not put:
        raise PlacementError(
            f"scene.objects: a grid of {section.count} leaves {100 * cell[0]:.0f} by {100 * cell[1]:.0f} cm a thing: "
            "lower count, or raise the table's size"
        )
    return setting.taken(middle)


def _distract(
    count: int, setting: Setting, supply: Supply, middle: NDArray[np.float64], rng: np.random.Generator
) -> None:
    """Puts things between the middle and the table's edge, as many as find room."""
    tray = Tray(setting.support, EDGE)
    tray.keep_free(0.0, 0.0, *(middle + 0.02).tolist())
    for _ in range(count):
        what = supply.one(dropped=False)
        tray_pose = tray.stand(what.resting(0), rng, anywhere, (0.0, 10.0), gap=0.01)
        if tray_pose is not None:
            setting.put(what, tray_pose)


def random_turn(rng: np.random.Generator) -> Pose:
    """Draws a turn, all equally likely: a unit quaternion of four normal draws (Marsaglia 1972)."""
    draw = rng.standard_normal(4)
    w, x, y, z = draw / np.linalg.norm(draw)
    pose = np.eye(4)
    pose[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return pose
