"""The fence around the lot, the gates in it, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.naming import firm
from buildee.generators.construction_site.props.fence import NET_COLORS, PANEL, WICKET, Cover, fence_panel, gate, wicket
from buildee.generators.construction_site.props.hoarding import HOARDING, HOARDING_COLORS, Skin, hoarding
from buildee.generators.construction_site.props.palette import pick
from buildee.generators.construction_site.props.signs import sign
from buildee.generators.construction_site.props.site_boards import banner_rand
from buildee.generators.construction_site.site import GATE_WIDTH, INSET, POST, Plot
from buildee.layout.material import Color
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly, Instance, Model, Pose, Shape
from buildee.recipe.seed import Seed

ZIGZAG = 0.5
"""How far mesh panels may lean in from the line, metres."""

OVERLAP = 0.14
"""How far behind its neighbour an overlapping panel stands, metres."""


OUTSIDE = ("danger", "trespass", "helmet", "entry", "boots", "vest", "crane")
"""Notices that face the street."""

Boundary = Literal["mesh", "hoarding", "mixed"]


def fencing(boundary: Boundary, plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns the fence with its gates, and the signs and banners that hang on it.

    Args:
        boundary: what it is made of; "mixed" is hoarding along the front street and mesh elsewhere.
        plot: the zones.
        ground: what it stands on.
        seed: of all draws here.
    """
    rng = seed.rng()
    front, others = _runs(plot)
    solid = {"mesh": [], "hoarding": [*front, *others], "mixed": front}[boundary]
    look = _Look.drawn(rng)
    shapes: dict[str, Shape] = {}
    instances: list[Instance] = []

    def stand(name: str, model: Model, pose: Pose) -> None:
        shapes.update(model.shapes)
        instances.append(model.placed(name, pose))

    for number, run in enumerate([*front, *others]):
        places = _run(*run, *((HOARDING[0], 0.1) if run in solid else (PANEL[0], ZIGZAG)))
        hung = seed.child("hung").child(number).rng()
        for place, panel in enumerate(places):
            pose = _footed(panel[:2], panel[2], HOARDING[0] if run in solid else PANEL[0], ground)
            last = run == front[0] and place == len(places) - 1
            extra = _hung(run in solid, run in front, place, hung)
            if run in others and place in (0, len(places) - 1):
                extra = None  # at a corner the props of the hoarding next door stand behind the mesh
            stand(f"fence.{len(instances)}", look.panel(run in solid, last, place, extra is None, rng), pose)
            if extra is not None:
                model, out, lift = extra
                stand(f"{model.category}.fence.{number}.{place}", model, pose @ pose_at(0.0, -out, lift))
    opening = rng.uniform(1.15, 1.5, 2)
    ajar = float(seed.child("wicket").rng().choice([0.0, 0.4, 1.3]))
    for name, spot, model in (
        ("gate", plot.gate, gate(GATE_WIDTH, "mesh", (float(opening[0]), float(opening[1])))),
        ("wicket", plot.wicket, wicket(ajar)),
    ):
        wide = GATE_WIDTH + 0.2 if name == "gate" else WICKET - 0.9
        stand(name, model, _footed((float(spot[0]), INSET - plot.depth / 2), 0.0, wide, ground))
    return Assembly(shapes, tuple(instances))


def _footed(middle: ArrayLike, yaw: float, length: float, ground: Ground) -> Pose:
    """Returns the pose of what stands on two feet `length` metres apart: upright, the lower foot on the ground."""
    ahead = np.array([np.cos(yaw), np.sin(yaw)]) * length / 2
    feet = np.asarray(middle) + np.array([-1.0, 1.0])[:, None] * ahead
    return pose_at(*map(float, np.asarray(middle)), float(ground.height(feet).min()), yaw)


Run = tuple[tuple[float, float], tuple[float, float]]


def _runs(plot: Plot) -> tuple[list[Run], list[Run]]:
    """Returns where the fence starts and ends between the gates on the front, and along the other three sides."""
    x, y = plot.width / 2 - INSET, plot.depth / 2 - INSET
    ends = [plot.gate[0] - GATE_WIDTH / 2 - POST, plot.gate[0] + GATE_WIDTH / 2 + POST]
    ends[plot.entry > 0] += plot.entry * WICKET
    front = [((-x, -y), (float(ends[0]), -y)), ((float(ends[1]), -y), (x, -y))]
    return front, [((x, -y), (x, y)), ((x, y), (-x, y)), ((-x, y), (-x, -y))]


@dataclass(frozen=True)
class _Look:
    """What the panels of one site have in common.

    Attributes:
        color, skin, wear: of the hoarding.
        firm: whose name it carries.
        rubber: feet of the mesh panels.
        net: colour of the nets.
        covered: share of the mesh panels with a net.
    """

    color: Color
    skin: Skin
    wear: float
    firm: str
    rubber: bool
    net: Color
    covered: float

    @staticmethod
    def drawn(rng: np.random.Generator) -> _Look:
        """Draws a look."""
        skin: Skin = "sheet" if rng.random() < 0.5 else "ply"
        color, wear, name = pick(rng, HOARDING_COLORS), float(rng.uniform(0.08, 0.3)), firm(rng)
        rubber, net = bool(rng.random() < 0.4), pick(rng, NET_COLORS)
        return _Look(color, skin, wear, name, rubber, net, float(rng.uniform(0.15, 0.5)))

    def panel(self, solid: bool, last: bool, place: int, bare: bool, rng: np.random.Generator) -> Model:
        """Returns a panel; every fifth of a hoarding is lettered, nets hang where nothing else does."""
        if solid:
            wear = self.wear + 0.06 * int(rng.integers(3))
            return hoarding(self.color, False, wear, self.skin, (self.firm,) if place % 5 == 2 else ())
        cover: Cover = "net" if rng.random() < self.covered and bare else "none"
        return fence_panel("both" if last else "first", cover, self.net, self.rubber, int(rng.integers(4)))


def _hung(solid: bool, front: bool, place: int, rng: np.random.Generator) -> tuple[Model, float, float] | None:
    """Draws what hangs on the outside of a panel: nothing, a sign or a banner; how far in front, and how high."""
    share, kind = rng.random(), OUTSIDE[int(rng.integers(len(OUTSIDE)))]
    if solid:
        return (sign(kind, False, gap=0.0115), 0.0835, 0.95) if share < 0.12 and place % 5 != 2 else None
    if share < (0.14 if front else 0.08):
        return sign(kind, False, gap=0.0185), 0.031, 0.85
    if share < (0.34 if front else 0.13):
        return banner_rand(rng), 0.0, 0.72
    return None


def _run(start: tuple[float, float], end: tuple[float, float], pitch: float, zigzag: float) -> NDArray[np.float64]:
    """Returns (N, 3) middles and headings of panels from `start` to `end`, counter-clockwise around the lot.

    Panels have a fixed length, so they zigzag a little until they fit, as crews set them up; where that is too
    much, the last one overlaps the one before.
    """
    start, end = np.array(start), np.array(end)
    length = float(np.linalg.norm(end - start))
    if length < 0.5 * pitch:
        return np.zeros((0, 3))
    count = max(int(np.ceil(length / pitch - 1e-9)), 1)
    straight = count % 2 if count > 1 else 0  # an even number of leaning panels ends where it should
    lean = np.arccos(min((length - straight * pitch) / ((count - straight) * pitch), 1.0))
    ahead = (end - start) / length
    inward = np.array([-ahead[1], ahead[0]])
    if pitch * np.sin(lean) > zigzag:
        along = np.minimum((np.arange(count) + 0.5) * pitch, length - pitch / 2)
        behind = np.where(np.arange(count) == count - 1, OVERLAP, 0.0)
        middles = start + along[:, None] * ahead + behind[:, None] * inward
        return np.column_stack([middles, np.full(count, np.arctan2(ahead[1], ahead[0]))])
    leans = lean * np.where(np.arange(count) % 2 == straight, 1, -1)
    leans[:straight] = 0.0
    steps = pitch * (np.cos(leans)[:, None] * ahead + np.sin(leans)[:, None] * inward)
    middles = start + np.cumsum(steps, axis=0) - steps / 2
    heading = np.arctan2(ahead[1], ahead[0]) + leans
    return np.column_stack([middles, heading])
