"""Draws of the style families: their palettes of fronts, surfaces, metals and textiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from buildee.generators.kitchen.section import Surfaces
from buildee.generators.kitchen.style import Floor, Front, Handle, Pattern, Seat, Splashback, Style
from buildee.layout.material import Color, Material
from buildee.layout.pictures import surface
from buildee.recipe.seed import Seed

Item = TypeVar("Item")

# Linear RGB. Lacquers after common RAL tones, woods after planed and oiled boards.
WHITE, IVORY, CREAM = (0.80, 0.80, 0.78), (0.76, 0.72, 0.62), (0.68, 0.61, 0.47)
LIGHT_GREY, GREY, GRAPHITE = (0.48, 0.48, 0.46), (0.19, 0.19, 0.19), (0.045, 0.047, 0.05)
SAGE, OLIVE, NAVY, PETROL = (0.30, 0.36, 0.26), (0.12, 0.13, 0.07), (0.025, 0.04, 0.09), (0.03, 0.10, 0.12)
DUCK_EGG, TERRACOTTA, BLUSH, MUSTARD = (0.40, 0.50, 0.48), (0.36, 0.12, 0.06), (0.55, 0.37, 0.31), (0.50, 0.30, 0.06)
OAK, PALE_OAK, WALNUT = (0.33, 0.19, 0.085), (0.46, 0.32, 0.18), (0.115, 0.058, 0.028)
ASH, BEECH, SMOKED = (0.50, 0.38, 0.24), (0.43, 0.25, 0.12), (0.07, 0.045, 0.028)
MARBLE, GRANITE, QUARTZ, SLATE = (0.74, 0.73, 0.71), (0.06, 0.06, 0.062), (0.60, 0.59, 0.56), (0.085, 0.09, 0.095)
STEEL, BRASS, COPPER = (0.52, 0.52, 0.52), (0.56, 0.37, 0.13), (0.62, 0.28, 0.15)
RUSSET, WINE, SAND, CLAY = (0.34, 0.045, 0.035), (0.15, 0.03, 0.045), (0.42, 0.37, 0.30), (0.33, 0.20, 0.15)
SERPENTINE = (0.075, 0.10, 0.085)
BLACK, CHROME = (0.02, 0.02, 0.021), (0.75, 0.75, 0.76)


@dataclass(frozen=True)
class Family:
    """What a family chooses from.

    Attributes:
        fronts: kinds of fronts.
        base, wall, island: colours of lacquered fronts, or woods in `woods`.
        woods: those of the colours that are veneer.
        glazed: share of glazed wall units.
        handles: kinds of handles.
        metals: colours of handles and taps.
        worktops: (kind, colour) of worktops.
        thickness: of worktops, metres.
        edges: shapes of their front edge.
        splashbacks: ways to tile.
        tiles: colours of tiles.
        floors: (laying, kind, colour).
        walls: paints.
        trims: paints of doors and skirting.
        appliances: (kind, colour) of their fronts.
        sinks: kinds of sinks.
        tables: woods.
        seats: kinds of chairs.
        seat_colors: (kind, colour) of their frames.
        textiles: colours.
        patterns: of cloth.
        crockery: colours.
    """

    fronts: tuple[Front, ...]
    base: tuple[Color, ...]
    wall: tuple[Color, ...]
    island: tuple[Color, ...]
    woods: tuple[Color, ...]
    glazed: float
    handles: tuple[Handle, ...]
    metals: tuple[Color, ...]
    worktops: tuple[tuple[str, Color], ...]
    thickness: tuple[float, ...]
    edges: tuple[str, ...]
    splashbacks: tuple[Splashback, ...]
    tiles: tuple[Color, ...]
    floors: tuple[tuple[Floor, str, Color], ...]
    walls: tuple[Color, ...]
    trims: tuple[Color, ...]
    appliances: tuple[tuple[str, Color], ...]
    sinks: tuple[str, ...]
    tables: tuple[Color, ...]
    seats: tuple[Seat, ...]
    seat_colors: tuple[tuple[str, Color], ...]
    textiles: tuple[Color, ...]
    patterns: tuple[Pattern, ...]
    crockery: tuple[Color, ...]


WARMED = 0.75
"""Share of the kitchens with neither wood nor a warm colour that get a floor of it: few people live all in grey."""

WOODS = (OAK, PALE_OAK, WALNUT, ASH, BEECH, SMOKED)

FAMILIES: dict[str, Family] = {
    "modern": Family(
        fronts=("slab",),
        base=(WHITE, LIGHT_GREY, GRAPHITE, PETROL, WALNUT, OAK, SAGE, CLAY),
        wall=(WHITE, WHITE, LIGHT_GREY, GRAPHITE),
        island=(GRAPHITE, WALNUT, WHITE, PETROL),
        woods=WOODS,
        glazed=0.1,
        handles=("bar", "edge", "none"),
        metals=(STEEL, BLACK, CHROME),
        worktops=(("stone", QUARTZ), ("stone", GRANITE), ("stone", MARBLE), ("veneer", OAK), ("stone", SAND)),
        thickness=(0.02, 0.03),
        edges=("square", "chamfered"),
        splashbacks=("slab", "slab", "square", "none"),
        tiles=(WHITE, LIGHT_GREY, GREY),
        floors=(("tiles", "stone", LIGHT_GREY), ("tiles", "glazed", QUARTZ), ("boards", "parquet", PALE_OAK)),
        walls=((0.74, 0.74, 0.72), (0.62, 0.62, 0.60), (0.70, 0.67, 0.62)),
        trims=(WHITE,),
        appliances=(("brushed_metal", STEEL), ("lacquer", BLACK)),
        sinks=("composite", "steel"),
        tables=(OAK, WALNUT, SMOKED),
        seats=("shell", "upholstered"),
        seat_colors=(("plastic", WHITE), ("plastic", GRAPHITE), ("plastic", PETROL)),
        textiles=(LIGHT_GREY, GRAPHITE, MUSTARD, PETROL, IVORY, TERRACOTTA),
        patterns=("plain", "plain", "stripes"),
        crockery=(WHITE, GRAPHITE, LIGHT_GREY),
    ),
    "scandinavian": Family(
        fronts=("slab", "shaker"),
        base=(WHITE, PALE_OAK, SAGE, LIGHT_GREY, ASH, DUCK_EGG, BLUSH),
        wall=(WHITE, WHITE, PALE_OAK),
        island=(SAGE, PALE_OAK, WHITE),
        woods=WOODS,
        glazed=0.15,
        handles=("knob", "bar", "edge"),
        metals=(BLACK, BRASS, STEEL),
        worktops=(("veneer", BEECH), ("veneer", PALE_OAK), ("stone", QUARTZ), ("stone", SAND)),
        thickness=(0.028, 0.04),
        edges=("square", "rounded"),
        splashbacks=("metro", "square", "herringbone"),
        tiles=(WHITE, SAGE, IVORY),
        floors=(("boards", "parquet", PALE_OAK), ("boards", "parquet", ASH), ("herringbone", "parquet", PALE_OAK)),
        walls=((0.76, 0.75, 0.72), (0.70, 0.70, 0.66), (0.55, 0.58, 0.54)),
        trims=(WHITE,),
        appliances=(("lacquer", WHITE), ("brushed_metal", STEEL)),
        sinks=("steel", "composite"),
        tables=(ASH, PALE_OAK, BEECH),
        seats=("spindle", "shell", "cross"),
        seat_colors=(("veneer", ASH), ("veneer", BEECH), ("lacquer", BLACK)),
        textiles=(IVORY, SAGE, BLUSH, LIGHT_GREY, DUCK_EGG, MUSTARD),
        patterns=("plain", "stripes", "checks", "sprigs"),
        crockery=(WHITE, IVORY, SAGE),
    ),
    "country": Family(
        fronts=("shaker", "beaded", "framed"),
        base=(SAGE, CREAM, DUCK_EGG, IVORY, NAVY, OLIVE, CLAY),
        wall=(CREAM, IVORY, SAGE, WHITE),
        island=(NAVY, SAGE, OAK),
        woods=WOODS,
        glazed=0.35,
        handles=("cup", "knob"),
        metals=(BRASS, (0.30, 0.28, 0.25), BLACK),
        worktops=(("veneer", OAK), ("veneer", BEECH), ("stone", GRANITE), ("veneer", WALNUT), ("stone", SAND)),
        thickness=(0.04,),
        edges=("rounded", "ogee", "square"),
        splashbacks=("metro", "square", "none"),
        tiles=(IVORY, WHITE, DUCK_EGG, (0.30, 0.40, 0.45)),
        floors=(("stone", "stone", (0.30, 0.26, 0.20)), ("boards", "parquet", OAK), ("tiles", "stone", TERRACOTTA)),
        walls=((0.70, 0.65, 0.54), (0.72, 0.71, 0.66), (0.50, 0.55, 0.50)),
        trims=(IVORY, WHITE),
        appliances=(("lacquer", CREAM), ("lacquer", WHITE), ("lacquer", BLACK)),
        sinks=("ceramic",),
        tables=(OAK, BEECH),
        seats=("ladderback", "spindle", "cross"),
        seat_colors=(("veneer", OAK), ("lacquer", SAGE), ("lacquer", CREAM), ("veneer", BEECH)),
        textiles=(RUSSET, SAGE, CREAM, DUCK_EGG, NAVY, MUSTARD, IVORY),
        patterns=("checks", "sprigs", "stripes", "plain"),
        crockery=(IVORY, DUCK_EGG, WHITE, TERRACOTTA),
    ),
    "industrial": Family(
        fronts=("slab", "framed"),
        base=(GRAPHITE, SMOKED, OAK, GREY, OLIVE, PETROL, WALNUT),
        wall=(GRAPHITE, OAK, SMOKED),
        island=(SMOKED, GRAPHITE, OAK),
        woods=WOODS,
        glazed=0.25,
        handles=("bow", "bar", "edge"),
        metals=(BLACK, COPPER, BRASS),
        worktops=(("concrete", (0.36, 0.35, 0.33)), ("veneer", OAK), ("brushed_metal", STEEL), ("stone", SLATE)),
        thickness=(0.03, 0.04, 0.06),
        edges=("square", "chamfered"),
        splashbacks=("metro", "none", "square"),
        tiles=(WHITE, GRAPHITE, (0.06, 0.12, 0.10)),
        floors=(
            ("tiles", "concrete", (0.33, 0.32, 0.31)),
            ("boards", "parquet", SMOKED),
            ("herringbone", "parquet", OAK),
        ),
        walls=((0.58, 0.57, 0.55), (0.30, 0.30, 0.29), (0.66, 0.64, 0.60)),
        trims=(GRAPHITE, WHITE),
        appliances=(("brushed_metal", STEEL), ("lacquer", BLACK)),
        sinks=("steel", "composite"),
        tables=(SMOKED, OAK),
        seats=("cross", "shell", "upholstered"),
        seat_colors=(("painted_metal", BLACK), ("veneer", SMOKED), ("plastic", GRAPHITE)),
        textiles=(GRAPHITE, TERRACOTTA, (0.25, 0.20, 0.14), LIGHT_GREY, OLIVE, MUSTARD),
        patterns=("plain", "stripes"),
        crockery=(GRAPHITE, WHITE, (0.20, 0.23, 0.25)),
    ),
    "classic": Family(
        fronts=("framed", "shaker"),
        base=(WHITE, IVORY, GREY, NAVY, WALNUT, SAGE, DUCK_EGG),
        wall=(WHITE, IVORY, LIGHT_GREY),
        island=(NAVY, WALNUT, GREY),
        woods=WOODS,
        glazed=0.3,
        handles=("knob", "bow", "cup"),
        metals=(CHROME, BRASS, (0.35, 0.33, 0.30)),
        worktops=(("stone", MARBLE), ("stone", GRANITE), ("stone", QUARTZ), ("stone", SERPENTINE), ("veneer", WALNUT)),
        thickness=(0.03, 0.04),
        edges=("ogee", "rounded", "chamfered"),
        splashbacks=("metro", "slab", "herringbone"),
        tiles=(WHITE, LIGHT_GREY, IVORY),
        floors=(
            ("herringbone", "parquet", OAK),
            ("tiles", "glazed", (0.70, 0.68, 0.63)),
            ("boards", "parquet", WALNUT),
        ),
        walls=((0.66, 0.66, 0.64), (0.60, 0.60, 0.55), (0.45, 0.50, 0.54)),
        trims=(WHITE, IVORY),
        appliances=(("brushed_metal", STEEL), ("lacquer", BLACK)),
        sinks=("ceramic", "steel"),
        tables=(WALNUT, OAK),
        seats=("upholstered", "cross", "ladderback"),
        seat_colors=(("veneer", WALNUT), ("lacquer", WHITE), ("veneer", OAK)),
        textiles=(NAVY, LIGHT_GREY, IVORY, SAGE, WINE, DUCK_EGG),
        patterns=("plain", "stripes", "sprigs"),
        crockery=(WHITE, IVORY),
    ),
}
"""Every family by name."""


def style(family: str, wear: float, rng: np.random.Generator) -> Style:
    """Returns one draw of a family; "any" draws the family first.

    Args:
        family: key of `FAMILIES`, or "any".
        wear: 0 factory-new to 1 worn out.
        rng: draws.
    """
    if family == "any":
        family = one(tuple(FAMILIES), rng)
    own = FAMILIES[family]
    base = one(own.base, rng)
    wall = base if rng.random() < 0.45 else one(own.wall, rng)
    island = base if rng.random() < 0.4 else one(own.island, rng)
    top, top_color = one(own.worktops, rng)
    laid, ground, ground_color = one(own.floors, rng)
    if not any(map(_warm, (base, wall, top_color, ground_color))) and rng.spawn(1)[0].random() < WARMED:
        laid, ground, ground_color = next(item for item in own.floors if _warm(item[2]))
    appliance, appliance_color = one(own.appliances, rng)
    seat, seat_color = one(own.seat_colors, rng)
    sink = one(own.sinks, rng)

    def surface(kind: str, color: Color, share: float = 1.0) -> Material:
        """Returns a surface whose tone is a little its own, as no two deliveries are alike."""
        tone = 1 + rng.uniform(-0.07, 0.07)
        r, g, b = (min(float(value * tone), 0.85) for value in color)
        return Material(kind, (r, g, b), wear=wear * share, dirt=0.25 * wear * share)

    def front(color: Color) -> Material:
        return surface("veneer" if color in own.woods else "lacquer", color)

    metal = one(own.metals, rng)
    return Style(
        family=family,
        front=one(own.fronts, rng),
        base_front=front(base),
        wall_front=front(wall),
        island_front=front(island),
        carcass=surface("lacquer", WHITE if rng.random() < 0.75 else LIGHT_GREY, 0.5),
        glazed=own.glazed,
        handle=one(own.handles, rng),
        metal=surface("painted_metal" if metal == BLACK else "bare_metal", metal, 0.4),
        worktop=surface(top, top_color),
        worktop_thickness=one(own.thickness, rng),
        worktop_edge=one(own.edges, rng),
        splashback=one(own.splashbacks, rng),
        tile=surface("glazed", one(own.tiles, rng), 0.5),
        grout=surface("plaster", one((WHITE, LIGHT_GREY, GREY), rng)),
        floor=laid,
        floor_finish=surface(ground, ground_color),
        wall=surface("plaster", one(own.walls, rng), 0.6),
        ceiling=surface("plaster", (0.78, 0.78, 0.77), 0.3),
        trim=surface("lacquer", one(own.trims, rng)),
        appliance=surface(appliance, appliance_color, 0.6),
        sink=sink,
        sink_finish=_sink(sink, surface),
        table=surface("veneer", one(own.tables, rng)),
        seat=one(own.seats, rng),
        seat_finish=surface(seat, seat_color),
        textile=surface("fabric", one(own.textiles, rng), 0.5),
        pattern=one(own.patterns, rng.spawn(1)[0]),
        crockery=surface("glazed", one(own.crockery, rng), 0.3),
    )


FIELDS = {
    "floor": ("floor_finish",),
    "walls": ("wall",),
    "fronts": ("base_front", "wall_front", "island_front"),
    "worktop": ("worktop",),
    "table": ("table",),
}
"""What of a style each of the recipe's `surfaces` is."""


def covered(style: Style, surfaces: Surfaces, seed: Seed) -> Style:
    """Returns a style with the user's textures in place of its own finishes.

    Raises:
        AssetError: there is no such texture.
    """
    for field, finishes in FIELDS.items():
        name = getattr(surfaces, field)
        if name is not None:
            material = surface(name, f"scene.surfaces.{field}", seed.child(field).rng())
            style = replace(style, **dict.fromkeys(finishes, material))
    return replace(style, floor="plain") if surfaces.floor is not None else style


def _warm(color: Color) -> bool:
    """Returns whether a colour is that of wood, brick or straw."""
    return color[0] > 1.4 * color[2]


def _sink(kind: str, surface) -> Material:
    """Returns what a sink is made of."""
    finishes = {"steel": ("brushed_metal", STEEL), "ceramic": ("glazed", WHITE), "composite": ("stone", SLATE)}
    return surface(*finishes[kind])


def one(choices: Sequence[Item], rng: np.random.Generator) -> Item:
    """Returns one of some things, each as likely."""
    return choices[int(rng.integers(len(choices)))]
