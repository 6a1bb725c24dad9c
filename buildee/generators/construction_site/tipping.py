"""A dump truck that has backed to a heap: it tips its body, the load slides out below the tailgate, it pulls ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.earthmoving import WHEELS
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.spoil import BURIED
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.kinematics import part_poses
from buildee.layout.linkage import truck_values
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.motion import cycle, grounded
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Model, Part
from buildee.layout.solids import loft

TIP = np.deg2rad(46.0)
"""Soil leaves a steel floor at 40 to 45 degrees."""

GATE = np.deg2rad(77.0)
"""How far the load holds the tailgate away from the body while it flows."""

AHEAD = 1.8
"""How far the truck pulls ahead once it is empty, metres: the gate must swing clear of the heap."""

KEYS = (
    (0.0, {"tip": 0.0, "pushed": 0.0, "way": 0.0}),
    (2.0, {"tip": 0.0, "pushed": 0.0, "way": 0.0}),
    (12.0, {"tip": 0.80 * TIP, "pushed": 0.0, "way": 0.0}),
    (12.8, {"tip": 0.84 * TIP, "pushed": GATE - 0.84 * TIP, "way": 0.0}),
    (15.0, {"tip": TIP, "pushed": GATE - TIP, "way": 0.0}),
    (16.9, {"tip": TIP, "pushed": GATE - TIP, "way": 0.0}),
    (18.2, {"tip": TIP, "pushed": 0.0, "way": 0.0}),
    (19.5, {"tip": TIP, "pushed": 0.0, "way": 0.0}),
    (23.0, {"tip": TIP, "pushed": 0.0, "way": AHEAD}),
    (34.0, {"tip": 0.0, "pushed": 0.0, "way": AHEAD}),
)
"""Raise, flow, pull ahead, lower: four-stage rams of 26 t tippers rise in 15 to 20 s and sink in about 15."""

FLOW = (12.4, 17.4)
"""From when until when the load slides, seconds."""

SLIDE = 9.0
"""How far it slides, until all of it is in the heap, metres."""

HEAP, HEAP_AT = 1.9, -6.75
"""Radius of the heap, and where its middle is ahead of the truck's origin, metres."""

FLOOR, INNER = 0.222, 1.12
"""Of the body in its hinge's frame: height of its floor, half its width inside, metres."""

ENDS = (-0.78, 4.42)
"""Of the body inside, behind and ahead of its hinge, metres."""


@dataclass(frozen=True)
class Tip:
    """Where a truck tips.

    Attributes:
        x, y, yaw: where its origin is and where it heads while it tips, metres and radians.
        material: of load and heap.
    """

    x: float
    y: float
    yaw: float
    material: Material

    @property
    def taken(self) -> Iterator[Footprint]:
        """The rectangles in which nothing else may stand: heap, and truck as far as it pulls ahead."""
        yield self._at(HEAP_AT, 2.3 * HEAP * 1.25, 2.2 * HEAP, np.pi / 2)
        yield self._at(AHEAD / 2, 8.8 + AHEAD, 3.0)

    @property
    def pad(self) -> Footprint:
        """The ground under the wheels, which must be plane, metres."""
        return self._at(AHEAD / 2 + 0.0, 6.6 + AHEAD, 2.6)

    def _at(self, ahead: float, length: float, width: float, turn: float = 0.0) -> Footprint:
        return Footprint(self.x + ahead * cos(self.yaw), self.y + ahead * sin(self.yaw), self.yaw + turn, length, width)

    def heap(self, name: str) -> Heap:
        """Returns the heap behind the truck."""
        at = next(self.taken)
        return Heap(name, at.x, at.y, HEAP, 1.25, at.yaw, self.material)


def tipping(
    model: Model, name: str, tip: Tip, ground: Ground, time: NDArray[np.float64], rng: np.random.Generator
) -> Assembly:
    """Returns a truck somewhere in its tipping, with its load; once empty it waits.

    Args:
        model: of the catalog, without its own load.
        name: unique in the layout.
        tip: where.
        ground: what it stands on.
        time: (T,) seconds.
        rng: of the phase, and the lumps of the load.
    """
    phase = np.minimum(time + rng.uniform(3.0, 27.0), KEYS[-1][0])
    values = cycle(KEYS, KEYS[-1][0] + 1.0, phase)
    ahead = np.array([cos(tip.yaw), sin(tip.yaw)])
    way = values["way"] if np.ptp(values["way"]) > 0 else values["way"][:1]
    poses = grounded(np.array([tip.x, tip.y]) + way[:, None] * ahead, np.full(len(way), tip.yaw), WHEELS, ground.height)
    joints = truck_values(way, 0.0, 0.0) | _body(values)
    truck = model.placed(name, poses, joints)
    index = next(number for number, part in enumerate(truck.parts) if part.name == "body")
    carrier = np.broadcast_to(part_poses(truck)[:, index], (len(time), 4, 4))
    key = f"spoil/{name}"
    load = Instance(f"{name}.load", "stockpile", (Part("body", key, (tip.material,)),), carrier @ slid(phase))
    return Assembly({**model.shapes, key: tipped_load(rng)}, (truck, load))


def _body(values: dict[str, NDArray]) -> dict[str, NDArray[np.float64]]:
    """Returns the joints of body, tailgate and ram alone."""
    every = truck_values(0.0, 0.0, values["tip"], values["pushed"])
    return {name: value for name, value in every.items() if name in ("body", "tailgate") or name.startswith("ram")}


def slid(phase: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns (T, 4, 4) `body_from_load`: it starts to slide, gathers speed, and ends inside the heap."""
    share = np.clip((phase - FLOW[0]) / (FLOW[1] - FLOW[0]), 0.0, 1.0)
    poses = np.tile(pose_at(), (len(phase), 1, 1))
    poses[:, 0, 3] = -SLIDE * share**2
    poses[share >= 1, 2, 3] = -BURIED
    return poses


def tipped_load(rng: np.random.Generator) -> Mesh:
    """Returns some 7 cubic metres of soil in the body's frame: level with the floor, tapering to both ends, lumpy."""
    back, front = ENDS
    along = np.linspace(back, front, 27)
    across = np.linspace(-1.0, 1.0, 13)
    taper = np.minimum(np.clip((along - back) / 0.9, 0, 1), np.clip((front - along) / 0.6, 0, 1))
    humps = 0.07 * np.sin(along * 2.1 + rng.uniform(0, 6)) + 0.05 * np.sin(along * 4.7 + rng.uniform(0, 6))
    rings = []
    for x, full, hump in zip(along, taper**0.7, humps, strict=True):
        crown = (0.56 + 0.22 * (1 - np.abs(across) ** 2) + hump) * (0.25 + 0.75 * full)
        top = FLOOR + crown + rng.normal(0, 0.022, len(across))
        ring = [(x, INNER * y, z) for y, z in zip(across, top, strict=True)]
        rings.append([(x, -INNER, FLOOR + 0.004), (x, INNER, FLOOR + 0.004), *ring[::-1]])
    return loft(np.array(rings), smooth=True)
