"""What a recipe may say about a kitchen."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from typing import Annotated, Any, Literal

from buildee.recipe.schema import Family, knob, tagged


@tagged("opening", "window")
@dataclass(frozen=True)
class WindowSpec:
    """A window in a wall that the recipe gives."""

    name: str
    wall: int = knob(0, "Which wall: the one from that corner of the outline to the next.", min=0, max=63)
    start: float = knob(1.0, "From the wall's first corner to the near jamb.", min=0.0, max=40.0, unit="m")
    width: float = knob(1.2, "Of the opening.", min=0.3, max=6.0, unit="m")
    sill: float = knob(1.05, "Height of its lower edge over the floor.", min=0.0, max=2.0, unit="m")
    height: float = knob(2.1, "Height of its upper edge over the floor.", min=0.6, max=4.0, unit="m")


@tagged("opening", "door")
@dataclass(frozen=True)
class DoorSpec:
    """A door in a wall that the recipe gives."""

    name: str
    wall: int = knob(0, "Which wall: the one from that corner of the outline to the next.", min=0, max=63)
    start: float = knob(0.5, "From the wall's first corner to the near jamb.", min=0.0, max=40.0, unit="m")
    width: float = knob(0.9, "Of the opening.", min=0.6, max=3.0, unit="m")
    height: float = knob(2.05, "Of the opening.", min=1.8, max=4.0, unit="m")
    leaf: bool = knob(True, "Whether it has a leaf; without, it is a passage.")
    hinge: Literal["left", "right"] = knob("left", "On which jamb the leaf hangs, seen from inside.")
    inward: bool = knob(True, "Whether the leaf opens into the room.")


Openings = tuple[Annotated[Any, Family("opening")], ...]
"""Items of the family "opening": windows and doors."""


@tagged("fixed", "unit")
@dataclass(frozen=True)
class UnitSpec:
    """A cabinet or an appliance that must stand where the recipe says; the planner fills the rest of the run."""

    name: str
    purpose: Literal[
        "doors", "drawers", "sink", "hob", "oven", "refrigerator", "dishwasher", "washing_machine", "larder"
    ] = knob("sink", "What it is for.")
    wall: int = knob(0, "At which wall.", min=0, max=63)
    start: float = knob(1.0, "From the wall's first corner to its near side.", min=0.0, max=40.0, unit="m")
    width: float = knob(0.6, "Outer width.", min=0.3, max=1.2, unit="m")


@tagged("fixed", "object")
@dataclass(frozen=True)
class ObjectSpec:
    """An asset that must stand where the recipe says, before anything else is put down."""

    name: str
    asset: str = knob(MISSING, "Its id: `buildee assets list` prints them.", varies=False)
    position: tuple[float, float, float] = knob(
        (0.0, 0.0, 0.0), "Where its foot is; z = 0 is the floor.", min=-50.0, max=50.0, unit="m"
    )
    yaw_deg: float = knob(0.0, "Turn about Z, counter-clockwise from above.", min=-360.0, max=360.0, unit="deg")


Fixed = tuple[Annotated[Any, Family("fixed")], ...]
"""Items of the family "fixed": units and objects."""


@dataclass(frozen=True)
class RoomSection:
    """The room."""

    width: float = knob(4.2, "Inner size along X, where the recipe gives no outline.", min=1.8, max=9.0, unit="m")
    depth: float = knob(3.6, "Inner size along Y, where the recipe gives no outline.", min=1.8, max=9.0, unit="m")
    height: float = knob(2.5, "From floor to ceiling.", min=2.2, max=4.0, unit="m")
    outline: tuple[tuple[float, float], ...] = knob(
        (),
        "Corners of the floor, counter-clockwise; empty is a rectangle of width and depth.",
        min=-40.0,
        max=40.0,
        unit="m",
        varies=False,
    )
    openings: Openings = knob((), "Doors and windows; none leaves them to the planner.", min=0, max=24)
    windows: int = knob(1, "How many windows the planner makes.", min=0, max=4)
    window_width: float = knob(1.3, "Of the windows that the planner makes.", min=0.5, max=3.0, unit="m")


@dataclass(frozen=True)
class Cabinets:
    """Kitchen furniture."""

    layout: Literal["any", "one_wall", "galley", "l_shape", "u_shape", "island"] = knob(
        "any", "How the runs are arranged; any draws one that the room holds."
    )
    style: Literal["any", "modern", "scandinavian", "country", "industrial", "classic"] = knob(
        "any", "Which family of fronts, surfaces and metals; any draws one."
    )
    worktop_height: float = knob(0.91, "Of the working surface over the floor.", min=0.85, max=1.0, unit="m")
    depth: float = knob(0.6, "Of base units with their worktop.", min=0.58, max=0.75, unit="m")
    wall_units: float = knob(0.8, "Share of the free wall over the worktops that gets wall units.", min=0.0, max=1.0)
    tall_units: int = knob(2, "How many tall units stand at the end of a run.", min=0, max=5)
    dishwasher: bool = knob(True, "Whether there is one, beside the sink.")
    washing_machine: bool = knob(False, "Whether there is one below the worktop.")
    wear: float = knob(0.25, "How worn fronts, worktops and floor are.", min=0.0, max=1.0)
    open_share: float = knob(
        0.06, "Chance that a door, drawer or flap stands open when a clip begins.", min=0.0, max=1.0
    )


@dataclass(frozen=True)
class Surfaces:
    """Textures of your own, by their ids in the folders of `assets`; any draws one, null leaves it to the style."""

    floor: str | None = knob(None, "Of the floor, which is then one piece: joints are in the picture.")
    walls: str | None = knob(None, "Of the walls.")
    fronts: str | None = knob(None, "Of doors and drawers.")
    worktop: str | None = knob(None, "Of the worktops, and of splashbacks of one piece.")
    table: str | None = knob(None, "Of the table's top and all that is of its wood.")


@dataclass(frozen=True)
class Dining:
    """Where people sit."""

    table: bool = knob(True, "Whether a table stands in the room, if it fits.")
    seats: int = knob(4, "How many chairs stand at it, if they fit.", min=1, max=10)
    laid: float = knob(0.4, "Share of the places that are laid.", min=0.0, max=1.0)
    stools: int = knob(2, "How many stools stand at an island.", min=0, max=6)


@dataclass(frozen=True)
class Contents:
    """What stands and lies about."""

    clutter: float = knob(0.5, "How full the worktops are: 0 bare, 1 in the middle of cooking.", min=0.0, max=1.0)
    stored: float = knob(0.6, "How full shelves and drawers are, where one can see into them.", min=0.0, max=1.0)
    mess: float = knob(0.25, "How much of the washing-up stands in the sink.", min=0.0, max=1.0)
    food: float = knob(0.5, "How much food lies about: heaps of fruit, vegetables, shopping.", min=0.0, max=1.0)
    spills: float = knob(0.3, "How much is spilled: crumbs, flour, drops, rings of cups, peelings.", min=0.0, max=1.0)
    plants: float = knob(0.5, "Chance of each of up to three plants on a window sill.", min=0.0, max=1.0)
    hung: float = knob(
        0.6, "Share of rails, hooks and refrigerators that have things hanging on them.", min=0.0, max=1.0
    )
    only: tuple[str, ...] = knob((), "Ids of assets or categories that may be used; empty allows all.", varies=False)
    without: tuple[str, ...] = knob((), "Ids of assets or categories that must not be used.", varies=False)


@dataclass(frozen=True)
class Life:
    """What happens during a clip."""

    openings: int = knob(2, "How many doors, drawers and flaps open or close.", min=0, max=20)
    slides: int = knob(1, "How many things are pushed along what they stand on.", min=0, max=20)
    moves: int = knob(1, "How many things are picked up and put down elsewhere.", min=0, max=20)
    falls: int = knob(
        0, "How many things are pushed over an edge and fall; rigid bodies are simulated then.", min=0, max=6
    )
    reach: float = knob(
        0.8, "How far things are carried at most; half as far they are pushed.", min=0.1, max=3.0, unit="m"
    )


@dataclass(frozen=True)
class Daylight:
    """Light from outside and from lamps."""

    sun_elevation_deg: float = knob(32.0, "Of the sun; below -6 it is night.", min=-20.0, max=85.0, unit="deg")
    sun_azimuth_deg: float = knob(
        -60.0, "Where the sun stands, counter-clockwise from +X.", min=-360.0, max=360.0, unit="deg"
    )
    cloud: float = knob(0.2, "Cloud cover.", min=0.0, max=1.0)
    lamps: Literal["any", "on", "off"] = knob(
        "any", "Whether lamps are lit; any lights them where too little daylight comes in."
    )
    lamp_kelvin: float = knob(3000.0, "Colour temperature of the lamps.", min=2200.0, max=6500.0, unit="K")
    hdri: str | None = knob(
        None,
        "Panorama (.hdr, .exr) outside instead of the planner's own view: a path, the id of one in the folders of "
        "`assets`, any to draw one of those, or city, courtyard, forest, night, sunrise or sunset, which come with "
        "Blender.",
    )


@dataclass(frozen=True)
class Kitchen:
    """A kitchen in a house."""

    room: RoomSection = knob(RoomSection(), "The room.")
    cabinets: Cabinets = knob(Cabinets(), "Kitchen furniture.")
    surfaces: Surfaces = knob(Surfaces(), "Textures of your own.")
    dining: Dining = knob(Dining(), "Where people sit.")
    contents: Contents = knob(Contents(), "What stands and lies about.")
    life: Life = knob(Life(), "What happens during a clip.")
    daylight: Daylight = knob(Daylight(), "Light from outside and from lamps.")
    fixed: Fixed = knob((), "What must stand where the recipe says.", min=0, max=200)
