"""What an envelope is made of and where its bays are: decided once for a building."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.masonry import Opening, Wall
from buildee.generators.construction_site.windows import FILMS, FRAMES
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Assembly, Instance, Part, Pose

Facade = Literal["brick", "block_render", "panel", "curtain"]

FOOT = 0.45
"""How far a brick leaf goes down beside the ground slab to its footing: six courses, metres."""

BRICKS: tuple[Color, ...] = ((0.30, 0.115, 0.07), (0.36, 0.2, 0.11), (0.2, 0.085, 0.06), (0.42, 0.29, 0.16))
"""Red stock, orange multi, dark multi, buff; linear RGB."""

RENDERS: tuple[Color, ...] = ((0.72, 0.7, 0.65), (0.66, 0.58, 0.44), (0.5, 0.52, 0.52), (0.62, 0.4, 0.28))
PANELS: tuple[Color, ...] = ((0.1, 0.11, 0.12), (0.46, 0.47, 0.47), (0.26, 0.13, 0.06), (0.07, 0.14, 0.17))
BOARDS: tuple[Color, ...] = ((0.78, 0.78, 0.76), (0.3, 0.3, 0.31), (0.6, 0.5, 0.2))
"""White and graphite polystyrene, mineral wool."""


@dataclass(frozen=True, eq=False)
class Style:
    """What the architect has decided.

    Attributes:
        facade: kind of wall.
        upper, ground: openings of a bay on the upper storeys and on the ground, metres from its left column axis
            and from the floor.
        doors: openings of a bay with an entrance; the first is the door.
        lights: panes side by side in an opening, by its width.
        frame, main, accent, board: materials of window frames, of the outer leaf or panels, of some panels, of
            the insulation.
        film: what protects new frames and panes.
        glazed_doors: whether doors have panes.
        clear: height of what stands on a floor, metres.
        parapet: thickness and height of the upstand that the frame has, metres.
        pitched: whether a pitched roof stands on it.
    """

    facade: Facade
    upper: tuple[Opening, ...]
    ground: tuple[Opening, ...]
    doors: tuple[Opening, ...]
    frame: Material
    main: Material
    accent: Material
    board: Material
    film: Material
    glazed_doors: bool
    clear: float
    parapet: tuple[float, float]
    pitched: bool = False


def style(facade: Facade, building: Building, rng: np.random.Generator) -> Style:
    """Decides openings, colours and boards.

    Args:
        facade: kind of wall.
        building: what it encloses.
        rng: decides.
    """
    bay = building.spec.bay
    clear = building.spec.storey_height - building.spec.slab
    head = min(round(0.225 * round((clear - 0.34) / 0.225), 3), 2.475)
    pattern = str(rng.choice(["pair", "wide", "tall"]))
    sill, width = {"pair": (0.9, 1.35), "wide": (0.9, bay - 2.25), "tall": (0.225, 1.125)}[pattern]
    count = 1 if pattern == "wide" else 2
    upper = tuple(_opening(bay * (2 * number + 1) / (2 * count), width, sill, head) for number in range(count))
    shop = (_opening(bay / 2, bay - 1.8, 0.225, head),)
    ground = shop if rng.random() < 0.5 else upper
    entrance = (_opening(bay / 2, 1.8, 0.0, min(2.25, head)),)
    pick = {"brick": BRICKS, "block_render": RENDERS, "panel": PANELS, "curtain": PANELS}[facade]
    color = pick[int(rng.integers(len(pick)))]
    shade = float(rng.choice([0.55, 0.75, 1.5]))
    accent = (shade * color[0], shade * color[1], shade * color[2])
    frame = FRAMES[int(rng.integers(len(FRAMES)))]
    kind = {"brick": "masonry", "block_render": "paint", "panel": "painted_metal", "curtain": "painted_metal"}[facade]
    board = BOARDS[int(rng.integers(len(BOARDS)))]
    return Style(
        facade,
        upper,
        ground,
        entrance,
        Material("painted_metal", frame, wear=0.02, dirt=0.12),
        Material(kind, color, wear=0.12, dirt=0.12),
        Material(kind, accent, wear=0.12, dirt=0.12),
        Material("plastic" if board[0] < 0.5 or board[2] > 0.5 else "fabric", board, wear=0.2, dirt=0.25),
        FILMS[int(rng.integers(len(FILMS)))],
        bool(rng.random() < 0.5),
        clear,
        building.parapet,
        building.spec.pitched,
    )


def _opening(middle: float, width: float, sill: float, head: float) -> Opening:
    """Returns an opening on the half-unit grid of brickwork."""
    left = round((middle - width / 2) / 0.1125) * 0.1125
    return Opening(round(left, 4), round(left + round(width / 0.1125) * 0.1125, 4), sill, head)


@dataclass(frozen=True, eq=False)
class Bay:
    """A stretch of façade between two column axes, one storey high; its frame: +X along, outside y < 0, floor z = 0.

    Attributes:
        name: of this bay, for instances.
        kind: of shapes that it shares with its like.
        side: 0 south, 1 east, 2 north, 3 west.
        place: "first", "mid" or "last" of its side; the ends reach round the corners.
        number: along its side.
        margin: from the outer column axis to the slab edge, metres.
        width: between the axes, metres.
        low, high: where outer layers begin and end, metres above the floor.
        clear: height of what stands on the floor, metres.
        openings: holes.
        entrance: whether the first opening is a door.
        storey: 0 on the ground.
        pose: `building_from_bay`.
    """

    name: str
    kind: str
    side: int
    place: str
    number: int
    margin: float
    width: float
    low: float
    high: float
    clear: float
    openings: tuple[Opening, ...]
    entrance: bool
    storey: int
    pose: Pose

    def span(self, inner: float, outer: float) -> tuple[float, float]:
        """Returns start and end of a layer between two distances outside the slab edge; corners go round in turn."""
        start = -self.margin - inner if self.place == "first" else 0.0
        return start, self.width + (self.margin + outer if self.place == "last" else 0.0)

    def at(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Pose:
        """Returns the pose of what stands at a point of the bay, metres."""
        pose = self.pose.copy()
        cosine, sine = pose[0, 0], pose[1, 0]
        pose[0, 3] += cosine * x - sine * y
        pose[1, 3] += sine * x + cosine * y
        pose[2, 3] += z
        return pose


def side_poses(outline: NDArray[np.float64]) -> list[tuple[Pose, float]]:
    """Returns pose and length of the four edges of a (2, 2) box, counter-clockwise from the south; inside is +Y."""
    (west, south), (east, north) = outline.tolist()
    return [
        (pose_at(west, south), east - west),
        (pose_at(east, south, yaw=np.pi / 2), north - south),
        (pose_at(east, north, yaw=np.pi), east - west),
        (pose_at(west, north, yaw=-np.pi / 2), north - south),
    ]


SIDES = ("south", "east", "north", "west")


def bays(
    building: Building, design: Style, storey: int, first: int, entrances: frozenset[tuple[int, int]]
) -> list[Bay]:
    """Returns the bays of a storey in the order in which they are worked on; the storey above the last is the parapet.

    Args:
        building: the frame.
        design: decides the openings.
        storey: 0 on the ground.
        first: side where work begins.
        entrances: (side, number) of ground-floor bays with a door.
    """
    spec, found = building.spec, []
    height = building.floors[0].height + storey * spec.storey_height
    edges = side_poses(building.outline)
    parapet = storey == spec.storeys
    for turn in range(4):
        side = (first + turn) % 4
        pose, length = edges[side]
        count = spec.bays_x if side % 2 == 0 else spec.bays_y
        margin = (length - count * spec.bay) / 2
        for number in range(count):
            entrance = storey == 0 and (side, number) in entrances
            openings = design.doors if entrance else design.ground if storey == 0 else design.upper
            place = "first" if number == 0 else "last" if number == count - 1 else "mid"
            level = "parapet" if parapet else "door" if entrance else "ground" if storey == 0 else "upper"
            found.append(
                Bay(
                    f"{storey}_{SIDES[side]}_{number}",
                    f"{level}_{place}_{margin:.3f}",
                    side,
                    place,
                    number,
                    margin,
                    spec.bay,
                    0.0 if storey == 0 else -spec.slab,
                    design.parapet[1] if parapet else spec.storey_height - spec.slab,
                    design.parapet[1] if parapet else design.clear,
                    () if parapet else openings,
                    entrance,
                    storey,
                    pose_at(z=height) @ pose @ pose_at(margin + number * spec.bay),
                )
            )
    return found


@dataclass(frozen=True)
class Stage:
    """How far the layers of a bay are, each 0 to 1.

    Attributes:
        backing, insulation, windows, outer: shares done.
        finished: whether it is cleaned and handed over.
    """

    backing: float
    insulation: float
    windows: float
    outer: float
    finished: bool

    @property
    def begun(self) -> bool:
        """Whether anything stands."""
        return max(self.backing, self.outer) > 0


@dataclass
class Kit:
    """Collects instances of one part; equal things share shape and part.

    Attributes:
        name: prefix of names and keys.
    """

    name: str
    shapes: dict[str, Mesh] = field(default_factory=dict)
    parts: dict[tuple, Part] = field(default_factory=dict)
    instances: list[Instance] = field(default_factory=list)

    def add(
        self,
        name: str,
        category: str,
        key: str,
        made: Wall | Mesh | Callable[[], Wall | Mesh],
        materials: tuple[Material, ...],
        pose: Pose,
    ) -> None:
        """Adds an instance; equal keys mean equal things, made once. Meshes without boxes have their bounds."""
        # By identity: materials are made once for a building, and hashing them takes longer than all the rest.
        token = (key, *map(id, materials))
        known = self.parts.get(token)
        if known is None:
            made = made() if callable(made) else made
            mesh, solid = (made.mesh, made.solid) if isinstance(made, Wall) else (made, made.bounds[None])
            path = f"{self.name}/{key}"
            self.shapes[path] = mesh
            proxy = box_proxy(*solid) if len(solid) else None
            known = self.parts[token] = Part("body", path, materials, proxy=proxy)
        self.instances.append(Instance(f"{self.name}/{name}", category, (known,), pose[None]))

    def assembly(self) -> Assembly:
        """Returns what was collected."""
        return Assembly(self.shapes, tuple(self.instances))
