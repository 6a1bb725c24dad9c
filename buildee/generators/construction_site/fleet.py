"""What is written on machines: fleet numbers, the firms that own them, registration plates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from buildee.generators.construction_site import naming
from buildee.layout.lettering import text, text_width
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model, Part, Shape
from buildee.layout.solids import box

BLACK, WHITE = (0.02, 0.02, 0.022), (0.72, 0.72, 0.70)
PLATE = (0.52, 0.11, 0.0025)
"""Length, height and thickness of a registration plate, metres (as Directive 70/222/EEC leaves room for)."""

RELIEF = 0.0012
"""How far film stands out from what it is stuck on, metres."""


@dataclass(frozen=True)
class Place:
    """Where a machine is lettered.

    Attributes:
        marker: "part/marker" of the catalog: x as it is read, y upwards, z outwards.
        says: what.
        height: of the capitals, metres.
        width: that there is, metres.
        shift: of the line's middle upwards from the marker, metres.
        bend: radius of the upright cylinder that it lies on, 0 on flat sheet, metres.
        dark: whether the sheet below is black; else its paint decides between black and white film.
    """

    marker: str
    says: Literal["number", "firm", "plate"]
    height: float
    width: float
    shift: float = 0.0
    bend: float = 0.0
    dark: bool = False


_DOORS = tuple(
    place
    for side in ("left", "right")
    for place in (
        Place(f"cab/label_{side}", "firm", 0.11, 0.72, 0.13),
        Place(f"cab/label_{side}", "number", 0.085, 0.60, -0.015),
    )
)
_FRONT = Place("cab/plate_front", "plate", 0.075, 0.44)
PLACES: dict[str, tuple[Place, ...]] = {
    "excavator": (
        Place("boom/label_left", "number", 0.19, 1.0),
        Place("boom/label_right", "number", 0.19, 1.0),
        Place("upper/label_tail", "firm", 0.26, 1.7, bend=2.75, dark=True),
    ),
    "dump_truck": (*_DOORS, _FRONT, Place("chassis/plate_rear", "plate", 0.075, 0.44)),
    "concrete_mixer": (*_DOORS, _FRONT),
    "wheel_loader": tuple(
        Place(f"chassis/label_{side}", "number", height, 0.52) for side, height in (("left", 0.11), ("right", 0.11))
    ),
    "telehandler": tuple(Place(f"boom/label_{side}", "firm", 0.16, 1.7) for side in ("left", "right")),
}
"""What is written where on each asset."""


def lettered(model: Model, asset: str, owner: str, rng: np.random.Generator) -> Model:
    """Returns a machine with its fleet number, its owner's name and its plate.

    Args:
        model: of the catalog.
        asset: its id there.
        owner: the firm that it belongs to.
        rng: of number and plate.
    """
    said = {"number": naming.fleet_number(rng), "firm": owner, "plate": naming.plate(rng)}
    index = {part.name: number for number, part in enumerate(model.parts)}
    shapes: dict[str, Shape] = {}
    parts: list[Part] = []
    for place in PLACES.get(asset, ()):
        carrier, _, marker = place.marker.partition("/")
        on = model.parts[index[carrier]]
        key, mesh = _line(place, said[place.says])
        shapes[key] = mesh
        rest = model.markers[place.marker] @ pose_at(y=place.shift)
        materials = tuple(_film(place, on))
        parts.append(Part(f"{marker}_{place.says}", key, materials, index[carrier], rest))
    return replace(model, shapes={**model.shapes, **shapes}, parts=(*model.parts, *parts))


def _line(place: Place, words: str) -> tuple[str, Mesh]:
    """Returns the key and the mesh of a line, its middle at the origin; plates have the board in slot 1."""
    height = min(place.height, place.height * place.width / text_width(words, place.height))
    plated = place.says == "plate"
    mesh = text(words, height, PLATE[2] + RELIEF if plated else RELIEF, "middle").moved(y=-height / 2)
    if plated:
        mesh = Mesh.merged([mesh, box(PLATE, (0, 0, PLATE[2] / 2)).with_slot(1)])
    if place.bend:
        angle, out = mesh.vertices[:, 0] / place.bend, place.bend + mesh.vertices[:, 2]
        bent = np.column_stack([out * np.sin(angle), mesh.vertices[:, 1], out * np.cos(angle) - place.bend])
        mesh = Mesh(bent, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth)
    return f"lettering/{words}/{height:.5f}/{place.bend:g}/{plated:d}", mesh


def _film(place: Place, on: Part) -> Iterator[Material]:
    """Yields what a line is made of: black or white, whichever shows on the sheet below."""
    if place.says == "plate":
        yield Material("paint", BLACK, wear=0.2, dirt=0.4)
        yield Material("paint", WHITE, wear=0.2, dirt=0.6)
    else:
        pale = place.dark or _luminance(on.materials[0].color) < 0.16
        yield Material("paint", WHITE if pale else BLACK, wear=0.4, dirt=0.45)


def _luminance(color: Color) -> float:
    return float(np.dot(color, (0.2126, 0.7152, 0.0722)))
