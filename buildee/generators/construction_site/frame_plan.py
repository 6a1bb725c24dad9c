"""The grid, the core and the materials of a frame: decided once, used by every storey."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.core import Core, core_size
from buildee.generators.construction_site.formwork import PAINTS
from buildee.generators.construction_site.guardrail import RAILS, Style
from buildee.generators.construction_site.steel_sections import column_section
from buildee.layout.material import Material
from buildee.layout.scene import Assembly

GROUND = 0.15
"""Top of the ground slab above the ground, metres."""

OVERHANG = 0.3
"""From the outer face of the outer columns to the slab edge, metres."""

COMPOSITE = 0.13
"""Thickness of a composite floor: 58 mm of trapezoidal decking under 72 mm of concrete, metres."""

FORMS_FROM, WALLS_FROM = 0.14, 0.35
"""Shares of a storey's time after which its core walls stand in their forms, and free."""

System = Literal["concrete", "steel"]


@dataclass(frozen=True)
class FrameSpec:
    """What to build.

    Attributes:
        bays_x, bays_y: number of bays, 2 or more.
        bay: column spacing both ways, metres, 4.5 to 8.
        storeys: how many the building will have.
        storeys_done: stage, 0 to `storeys`; the fraction is the progress of the storey under way.
        storey_height: floor to floor, metres, 2.9 to 4.
        column: side of the square columns, metres, 0.3 to 0.6.
        slab: thickness, metres, 0.2 to 0.3.
        wall: thickness of the core walls, metres.
        system: what carries the floors; a steel frame sets `column` and `slab` itself, see `fitted`.
        pitched: whether a roof of timber and tiles will stand on the last slab.
    """

    bays_x: int = 4
    bays_y: int = 3
    bay: float = 6.0
    storeys: int = 6
    storeys_done: float = 3.4
    storey_height: float = 3.2
    column: float = 0.4
    slab: float = 0.24
    wall: float = 0.22
    system: System = "concrete"
    pitched: bool = False


@dataclass(frozen=True, eq=False)
class Frame:
    """What a system builds.

    Attributes:
        assembly: everything there.
        deck: height on which people walk on the formwork or decking under way, metres, or None.
        top: the highest point, metres.
    """

    assembly: Assembly
    deck: float | None
    top: float


@dataclass(frozen=True, eq=False)
class FramePlan:
    """Positions shared by all storeys.

    Attributes:
        name: prefix of every name in the assembly.
        spec: what is built.
        lines_x, lines_y: column axes, metres.
        columns: (C, 2) column axes, in casting order (along X).
        outline: (2, 2) slab edges.
        core: where the core stands.
        concrete: of members that have dried.
        fresh: of members cast this week.
        paint: of the props.
        style: edge protection of this site.
        rail: of its posts and frames.
    """

    name: str
    spec: FrameSpec
    lines_x: NDArray[np.float64]
    lines_y: NDArray[np.float64]
    columns: NDArray[np.float64]
    outline: NDArray[np.float64]
    core: Core
    concrete: Material
    fresh: Material
    paint: Material
    style: Style
    rail: Material

    def level(self, number: int) -> float:
        """Returns the height of a level's top, metres."""
        return GROUND + number * self.spec.storey_height

    @property
    def done(self) -> int:
        """The newest cast level."""
        return int(np.floor(self.spec.storeys_done + 1e-9))

    @property
    def progress(self) -> float:
        """Share of the storey under way that is done."""
        return self.spec.storeys_done - self.done

    @property
    def topped_out(self) -> bool:
        """Whether the roof slab is cast."""
        return self.done == self.spec.storeys

    @property
    def open_above(self) -> bool:
        """Whether nothing of the next floor hangs over the newest cast level."""
        return self.topped_out or (self.spec.system == "concrete" and self.progress < 0.5)

    @property
    def service_holes(self) -> tuple[NDArray[np.float64], ...]:
        """(2, 2) holes in every upper slab for pipes and cables, beside the core."""
        (west, _), (east, _) = self.core.outside
        middle = self.core.outside[:, 1].mean()
        return (
            np.array([(east + 0.5, middle - 0.7), (east + 0.9, middle + 0.1)]),
            np.array([(west - 0.8, middle + 0.3), (west - 0.5, middle + 0.6)]),
        )

    @property
    def covers(self) -> tuple[NDArray[np.float64], ...]:
        """(2, 2) plans of the covers over the service holes, which lap them by 0.1 m."""
        return tuple(hole + np.array([[-0.11], [0.11]]) for hole in self.service_holes)

    def clear_of_core(self, bays: int, reach: float) -> int:
        """Returns the largest number of bays along X, at most `bays`, whose deck ends clear of the core.

        Args:
            bays: how many are wanted; all of them need no end inside the building.
            reach: from the last column line to the deck's railing, metres.
        """
        low, high = self.core.outside[:, 0] + np.array([-0.2, 0.2])
        while 0 < bays < self.spec.bays_x and low < self.lines_x[bays] + reach < high:
            bays -= 1
        return bays

    @property
    def clear_height(self) -> float:
        """From a floor to the soffit above, metres."""
        return self.spec.storey_height - self.spec.slab

    @property
    def stand(self) -> NDArray[np.float64]:
        """(2, 2) where props may stand on a slab: inside its edge protection."""
        return self.outline + np.array([[0.32], [-0.32]])

    @property
    def column_boxes(self) -> tuple[NDArray[np.float64], ...]:
        """(2, 2) plan of every column."""
        half = self.spec.column / 2
        return tuple(np.stack([column - half, column + half]) for column in self.columns)


def fitted(spec: FrameSpec) -> FrameSpec:
    """Returns the spec with the sizes that its system gives: those of rolled columns and composite floors."""
    if spec.system == "concrete":
        return spec
    section = column_section(spec.storeys, spec.bay)
    return replace(spec, column=max(section.height, section.width), slab=COMPOSITE)


def plan_frame(spec: FrameSpec, rng: np.random.Generator, name: str) -> FramePlan:
    """Decides where the members stand and what they are made of.

    Raises:
        PlacementError: if a number is out of range; it names the field.
    """
    _check(spec)
    spec = fitted(spec)
    lines_x = (np.arange(spec.bays_x + 1) - spec.bays_x / 2) * spec.bay
    lines_y = (np.arange(spec.bays_y + 1) - spec.bays_y / 2) * spec.bay
    reach = np.array([lines_x[-1], lines_y[-1]]) + spec.column / 2 + OVERHANG
    core = _core(spec, lines_x, lines_y, rng)
    grid = np.array([(x, y) for x in lines_x for y in lines_y])
    # Walls carry a flat slab where a column would stand beside them; beams need every column outside the core.
    margin = (0.75 if spec.system == "concrete" else 0.1) + spec.column / 2
    near = core.outside + np.array([[-margin], [margin]])
    columns = grid[~((grid > near[0]) & (grid < near[1])).all(1)]
    grey = rng.uniform(0.36, 0.46)
    warm = rng.uniform(0.9, 1.0)
    color = (grey, grey * (0.97 + 0.03 * warm), grey * (0.86 + 0.1 * warm))
    paint = PAINTS[int(rng.integers(len(PAINTS)))]
    return FramePlan(
        name,
        spec,
        lines_x,
        lines_y,
        columns,
        np.stack([-reach, reach]),
        core,
        Material("concrete", color, wear=0.3, dirt=float(rng.uniform(0.25, 0.4))),
        Material("concrete", tuple(0.82 * channel for channel in color), wear=0.1, dirt=0.15, wetness=0.25),
        Material("painted_metal", paint, wear=0.6, dirt=0.5),
        "boards" if rng.random() < 0.6 else "mesh",
        RAILS[int(rng.integers(len(RAILS)))],
    )


def _core(
    spec: FrameSpec, lines_x: NDArray[np.float64], lines_y: NDArray[np.float64], rng: np.random.Generator
) -> Core:
    """Puts the core in the middle of a bay, at least 1.2 m inside the outer column lines.

    In a steel frame it takes the place of an inner column, so that beams meet the middle of its walls.
    """
    width, depth = core_size(spec.wall, spec.storey_height)
    centers = []
    if spec.system == "steel":
        centers = [(x, y) for x in lines_x[1:-1] for y in lines_y[1:-1]]
        x, y = centers[int(rng.integers(len(centers)))]
        return Core(float(x - width / 2), float(y - depth / 2), spec.wall, spec.storey_height)
    for x in (lines_x[:-1] + lines_x[1:]) / 2:
        for y in (lines_y[:-1] + lines_y[1:]) / 2:
            room = min(lines_x[-1] - abs(x) - width / 2, lines_y[-1] - abs(y) - depth / 2)
            if room > 1.2:
                centers.append((x, y))
    if not centers:  # the smallest frames hold it in their middle alone, where it takes a column's place
        centers = [(0.0, 0.0)]
    x, y = centers[int(rng.integers(len(centers)))]
    return Core(float(x - width / 2), float(y - depth / 2), spec.wall, spec.storey_height)


def _check(spec: FrameSpec) -> None:
    """Raises PlacementError for numbers that no frame can have."""
    limits = {
        "bays_x": (2, 40),
        "bays_y": (2, 40),
        "bay": (4.5, 8.0),
        "storeys": (1, 60),
        "storeys_done": (0, spec.storeys),
        "storey_height": (2.9, 4.0),
        "column": (0.3, 0.6),
        "slab": (0.2, 0.3),
        "wall": (0.18, 0.35),
    }
    for field, (low, high) in limits.items():
        if not low <= getattr(spec, field) <= high:
            raise PlacementError(f"frame: {field} is {getattr(spec, field)}; it must lie between {low} and {high}")
