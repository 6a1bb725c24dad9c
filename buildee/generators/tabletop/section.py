"""What a recipe may say about a tabletop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from buildee.recipe.schema import knob


@dataclass(frozen=True)
class TableSection:
    """The table."""

    shape: Literal["any", "rectangle", "round", "oval"] = knob("any", "Outline of its top; any draws one.")
    width: float = knob(1.4, "Along X; a round one's diameter is the smaller of both.", min=0.4, max=4.0, unit="m")
    depth: float = knob(0.9, "Along Y.", min=0.4, max=4.0, unit="m")
    height: float = knob(0.74, "Of its surface over the floor.", min=0.3, max=1.2, unit="m")
    surface: Literal["any", "wood", "stone", "lacquer", "fabric", "print", "metal", "plywood", "plastic", "mat"] = knob(
        "any", "What one puts things on; fabric and print are tablecloths, mat a ruled cutting mat; any draws one."
    )
    wear: float = knob(0.25, "How worn it is: dull, scratched, marked by fingers.", min=0.0, max=1.0)
    spills: float = knob(
        0.3, "How much lies and has dried on it: crumbs, dust, drops, rings of cups.", min=0.0, max=1.0
    )


@dataclass(frozen=True)
class Objects:
    """What is on the table."""

    count: int = knob(20, "How many things are in its middle; as many as find room where they lie.", min=1, max=100)
    source: Literal["catalogue", "solids", "both"] = knob(
        "both", "Things of the catalogue, random solids (boxes, cylinders, rings, brackets, cups), or some of each."
    )
    only: tuple[str, ...] = knob((), "Ids of assets or categories that may be used; empty allows all.", varies=False)
    without: tuple[str, ...] = knob((), "Ids of assets or categories that must not be used.", varies=False)
    largest: float = knob(0.3, "Things whose longest side is more are not used.", min=0.05, max=0.6, unit="m")
    scale_spread: float = knob(
        0.0,
        "How far things of the catalogue are larger or smaller than they are: standard deviation of the size's "
        "logarithm; none becomes longer than largest.",
        min=0.0,
        max=0.5,
    )
    arrangement: Literal["pile", "scattered", "grid"] = knob(
        "pile", "Dropped on a heap, each by itself in a stable pose, or in rows."
    )
    container: Literal["none", "tote", "tray"] = knob(
        "none", "What they lie in: a stacking container as in bin picking, a flat tray, or nothing."
    )
    random_materials: float = knob(
        0.25, "Chance that a thing of the catalogue gets random materials instead of its own.", min=0.0, max=1.0
    )
    distractors: int = knob(4, "How many more things stand along the table's edge.", min=0, max=40)


@dataclass(frozen=True)
class Surroundings:
    """What is around the table."""

    backdrop: Literal["room", "studio", "hdri"] = knob(
        "room", "Floor and walls, a seamless backdrop, or a floor in the middle of a panorama."
    )
    interior: Literal["any", "none", "home", "workshop", "laboratory"] = knob(
        "any", "What stands along the walls of a room, beside a window; none leaves them bare."
    )
    panorama: str = knob(
        "any",
        "Which panorama: city, courtyard, forest, interior, night, studio, sunrise or sunset, which come with Blender, "
        "a path, or the id of one in the folders of `assets`; any draws one of all.",
    )


@dataclass(frozen=True)
class Surfaces:
    """Textures of your own, by their ids in the folders of `assets`; any draws one, null leaves it to the world."""

    table: str | None = knob(None, "Of what one puts things on.")
    floor: str | None = knob(None, "Of the floor, or of a studio's backdrop.")
    walls: str | None = knob(None, "Of a room's walls.")


@dataclass(frozen=True)
class Lighting:
    """Light on the table. The camera's exposure follows it, so that pictures come out well exposed."""

    keys: int = knob(2, "How many lamps shine on the table from some side.", min=0, max=8)
    kelvin: float = knob(4500.0, "Mean colour temperature of the lamps.", min=2200.0, max=12000.0, unit="K")
    kelvin_spread: float = knob(400.0, "How far lamps differ in colour temperature.", min=0.0, max=2000.0, unit="K")
    softness: float = knob(0.5, "Size of the lamps: 0 throws sharp shadows, 1 hardly any.", min=0.0, max=1.0)
    ambient: float = knob(0.4, "Share of the light that comes from all around.", min=0.0, max=1.0)
    sun: float = knob(0.0, "Hard light as through a window, beside all else: 1 doubles the light.", min=0.0, max=4.0)
    brightness: float = knob(0.0, "How much over or under a well exposed picture.", min=-3.0, max=3.0, unit="stops")


@dataclass(frozen=True)
class Tabletop:
    """Things on a table."""

    table: TableSection = knob(TableSection(), "The table.")
    objects: Objects = knob(Objects(), "What is on the table.")
    room: Surroundings = knob(Surroundings(), "What is around it.")
    surfaces: Surfaces = knob(Surfaces(), "Textures of your own.")
    light: Lighting = knob(Lighting(), "Light on the table.")
