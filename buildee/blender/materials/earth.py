"""The earth of a site: soil, its strata, crushed stone mixed into it, tracks and damp, where the paint puts them.

The paint's eight columns are those of `buildee.generators.construction_site.terrain`; without it all is plain soil.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from buildee.blender.materials.earth_marks import boots, clods, cracks
from buildee.blender.materials.finish import Finish, Place, shade
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import tone
from buildee.blender.materials.nodes import Graph, Value
from buildee.blender.meshes import PAINT

DARK_STONE, PALE_STONE = (0.15, 0.138, 0.12), (0.44, 0.415, 0.37)
"""Tones of crushed limestone, linear RGB."""

FINES = (0.215, 0.192, 0.155)
"""Stone dust and sand between the stones, linear RGB."""

SUBSOIL = (0.25, 0.172, 0.1)
"""Loam and clay below the topsoil, linear RGB."""

CARRIED = (0.185, 0.135, 0.092)
"""Mud that tyres carry out of a site, dried, linear RGB."""

STONE_EDGE = 3.0
"""Where crushed stone ends in the paint, whose first column rises by 1 a metre into it."""

SHOE = 0.19
"""Pitch of the shoes of a 20 t excavator's crawlers, metres."""

PASSES = (
    {"Aside": -0.17, "Swing": 0.9, "Row": 0.0, "Phase": 0.0},
    {"Aside": 0.04, "Swing": 0.4, "Row": 31.0, "Phase": 0.3},
    {"Aside": 0.24, "Swing": -0.1, "Row": 62.0, "Phase": 0.6},
)
"""How far aside of the axis vehicles passed and how far they strayed, in half gauges; what tells their prints apart."""


@dataclass(frozen=True)
class Painted:
    """What the mesh says of the point being shaded; see `buildee.generators.construction_site.terrain`.

    All are 0 where nothing is painted. The first is named after the earth's: water has its depth there, streets their
    mud.
    """

    stone: Value
    damp: Value
    cut: Value
    worn: Value
    lateral: Value
    arc: Value
    strength: Value
    weeds: Value

    @staticmethod
    def of(graph: Graph) -> Painted:
        """Reads the paint."""
        columns = []
        for number in (0, 1):
            name = PAINT.format(number)
            columns += [*graph.attribute(name, "Color", "GEOMETRY").xyz, graph.attribute(name, "Alpha", "GEOMETRY")]
        return Painted(*columns)


def soil(place: Place, look: Look) -> Value:
    """Earth: dry crust, damp hollows, strata in cuts, crushed stone that frays into soil, wheel and crawler tracks."""
    graph, color, at = place.graph, look.color, place.lattice
    paint = Painted.of(graph)
    broad = graph.noise(at, 0.12, 3.0, 0.6)
    middle = graph.noise(at, 1.5, 4.0, 0.66)
    fine = graph.noise(at, 24.0, 3.0, 0.75)
    pressed, prints, squeezed = wheels(graph, broad)
    moist = paint.damp * 0.9 + (middle - 0.5) * 0.9 + (broad - 0.5) * 1.8 + look.wetness * 0.75 + pressed * 0.12
    moist = moist - paint.worn * 0.08
    damp = graph.ramp(moist, 0.12, 0.62)
    noises = {"Broad": broad, "Middle": middle}
    earth = graph.shared("buildee.earth_layers", noises, _layers)["Color"]
    earth = graph.mix(paint.worn * 0.5, earth, tone(color, 1.25, -0.03)) * (0.5 + fine * 0.85)
    earth = graph.mix(pressed * 0.5, earth, tone(color, 0.62, 0.0) * (0.62 + fine * 0.5 + prints * 0.3))
    ground = {**noises, "Lattice": at, "Pressed": pressed}
    broken = {**ground, "Fine": fine, "Squeezed": squeezed, "Damp": damp}
    disturbed = graph.shared("buildee.earth_disturbed", broken, _disturbed)
    earth = earth * disturbed["Tone"]
    sprout = graph.ramp(fine * 0.45 + middle * 0.55, 0.66 - 0.24 * paint.weeds, 0.76 - 0.2 * paint.weeds)
    earth = graph.mix(sprout * paint.weeds.at_most(0.8), earth, (0.085, 0.098, 0.034))
    earth = graph.mix(damp * 0.88, earth, earth * (0.40, 0.385, 0.37))
    stones = graph.shared("buildee.earth_stones", ground, _stones)
    distance, share, stone, stone_tone = (stones[name] for name in ("Distance", "Share", "Stone", "Tone"))
    earth = graph.mix(share * 0.75, earth, graph.mix(damp, FINES, tone(earth, 1.1)) * (0.6 + fine * 0.7))
    rock = graph.mix(stone_tone, DARK_STONE, PALE_STONE) * (0.72 + fine * 0.6) * (1.0 - damp * 0.4)
    rock = graph.mix(0.08 + 0.24 * look.dirt, rock, earth * 1.2)
    base = graph.mix(stone, earth, rock)
    film = graph.ramp(moist, 0.62, 0.95)
    roughness = graph.mix(film, graph.mix(damp, 0.96, 0.66), 0.32) - stone * 0.06
    crumb = 1.0 - paint.worn * 0.5 - pressed * 0.3
    height = (fine * 0.02 + middle * 0.06) * crumb + stone * (1.0 - distance) * 0.014 + prints * 0.022 - pressed * 0.025
    height = (height + squeezed * 0.02 + disturbed["Height"]) * (1.0 - film * 0.7)
    mean = tone(color, 0.92)
    return shade(graph, Finish(base, roughness, mean, height, specular=graph.mix(damp, 0.2, 0.42)))


def _disturbed(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns height, metres, and tone of what is broken out of the ground, trodden into it and cracked on it.

    Clods lie in patches, at the shoulders of tracks and where it was dug; boots print what is soft and walked on; what
    has been wet and is dry cracks.
    """
    paint, at = Painted.of(graph), inputs["Lattice"]
    broad, middle, fine, pressed = (inputs[name] for name in ("Broad", "Middle", "Fine", "Pressed"))
    bare = graph.ramp(paint.stone, STONE_EDGE - 0.3, STONE_EDGE + 0.5, 1.0, 0.0)
    patch = graph.ramp(broad * 0.5 + middle * 0.5, 0.44, 0.62)
    loose = (
        (0.05 + 0.4 * patch) * (1.0 - 0.75 * paint.worn)
        + 0.5 * inputs["Squeezed"]
        + graph.ramp(paint.cut, 0.05, 0.6) * 0.4
    )
    lumps, shade = clods(graph, at, fine, loose * (1.0 - 0.85 * pressed) * bare)
    walked = (0.05 + 0.6 * paint.worn * graph.ramp(middle, 0.4, 0.58)) * bare * (1.0 - 0.6 * pressed)
    prints = boots(graph, at, walked)
    silty = graph.ramp(broad * 0.7 + (1.0 - middle) * 0.3, 0.5, 0.57) * bare * (1.0 - inputs["Damp"]) * (1.0 - pressed)
    split = cracks(graph, at + (fine - 0.5) * 0.02, silty * (1.0 - paint.weeds))
    tone = shade * (1.0 - 0.1 * prints) * (1.0 - 0.45 * split) * (1.0 + 0.12 * silty)
    return {"Height": lumps - prints * 0.005 - split * 0.006, "Tone": tone}


def _layers(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns the colour of dry earth: a crust on top, dark topsoil where it is cut, paler loam in bands below."""
    paint, color, broad, middle = Painted.of(graph), Look.of(graph).color, inputs["Broad"], inputs["Middle"]
    crust = graph.mix(graph.ramp(middle, 0.3, 0.7), tone(color, 0.84), tone(color, 1.2, -0.03))
    crust = graph.mix(graph.ramp(broad * 0.7 + middle * 0.3, 0.47, 0.62) * 0.65, crust, tone(color, 1.45, -0.07))
    uneven = (middle - 0.5) * 0.16 + (broad - 0.5) * 0.1
    band = graph.ramp(((paint.cut + uneven) * 2.3).fraction(), 0.25, 0.75) * 0.35 + middle * 0.6
    loam = graph.mix(band, tuple(0.72 * channel for channel in SUBSOIL), tuple(1.18 * channel for channel in SUBSOIL))
    topsoil = graph.mix(graph.ramp(paint.cut, 0.02, 0.12), crust, tone(color, 0.62, 0.02))
    return {"Color": graph.mix(graph.ramp(paint.cut + uneven, 0.24, 0.42), topsoil, loam)}


def _stones(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns distance in its cell, likelihood, presence and tone of the stone at a point.

    Every cell is a stone or a gap in the soil, by chance: sure of it well inside the haul road, ever rarer across its
    edge, and few anywhere else.
    """
    broad, middle, pressed = (inputs[name] for name in ("Broad", "Middle", "Pressed"))
    distance = graph.cells(inputs["Lattice"] * (1.0, 1.0, 0.7), 27.0)
    dice = distance.beside("Color").xyz
    reach = Painted.of(graph).stone - STONE_EDGE + (middle - 0.5) * 1.5 + (broad - 0.5) * 1.1
    share = graph.ramp(reach, -0.75, 0.75)
    mud = graph.ramp(middle * 0.5 + broad * 0.5 + pressed * 0.1, 0.42, 0.66) * (0.3 + 0.6 * Look.of(graph).dirt)
    share = share * (1.0 - mud * 0.75 - pressed * 0.18) + 0.022 + 0.05 * graph.ramp(middle, 0.5, 0.7)
    here = share.above(dice[0])
    size = graph.ramp(dice[2], 0.0, 1.0, 0.4, 0.6, smooth=False)
    stone = here * graph.ramp(distance, size * 0.86, size, 1.0, 0.0)
    return {"Distance": distance, "Share": share, "Stone": stone, "Tone": dice[1]}


def wheels(graph: Graph, broad: Value) -> tuple[Value, Value, Value]:
    """Returns where tracks are pressed, the prints of lugs or shoes in them, and the earth squeezed out, each 0 to 1.

    Several passes beside each other; each prints only here and there, more readily on damp ground.
    """
    marks = graph.shared("buildee.wheels", {"Broad": broad}, _wheels)
    return marks["Pressed"], marks["Prints"], marks["Squeezed"]


def _wheels(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    first, *others = (
        graph.shared("buildee.wheels_pass", {"Broad": inputs["Broad"], **course}, _pass) for course in PASSES
    )
    pressed, prints, squeezed = (first[name] for name in ("Pressed", "Prints", "Squeezed"))
    for other in others:
        pressed = pressed.at_least(other["Pressed"])
        prints = prints.at_least(other["Prints"])
        squeezed = squeezed.at_least(other["Squeezed"])
    return {"Pressed": pressed, "Prints": prints, "Squeezed": squeezed * (1.0 - pressed)}


def _pass(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns the same for one of the passes."""
    paint, wetness = Painted.of(graph), Look.of(graph).wetness
    crawler = paint.arc.above(900.0)
    half = graph.mix(crawler, 0.17, 0.25)
    across = paint.lateral + (inputs["Broad"] - 0.5) * inputs["Swing"] + inputs["Aside"]
    off = across.absolute() - 1.0
    wide = off.absolute()
    lane = graph.ramp(wide, half * 0.75, half, 1.0, 0.0) * paint.strength
    fresh = graph.noise(graph.vector(paint.arc * 0.22, inputs["Row"], 0.0), 1.0, 1.0)
    fresh = graph.ramp(fresh, 0.46 - 0.1 * wetness, 0.56 - 0.1 * wetness)
    lug = ((paint.arc + wide * 0.55 + off.above(0.0) * 0.07) * 6.6 + inputs["Phase"]).fraction()
    shoe = (paint.arc * (1 / SHOE)).fraction()
    bar = graph.mix(crawler, graph.ramp((lug - 0.5).absolute(), 0.2, 0.3), graph.ramp(shoe, 0.2, 0.4, 1.0, 0.0))
    shoulder = graph.ramp(wide, half * 0.9, half * 1.2) * graph.ramp(wide, half * 1.2, half * 1.8, 1.0, 0.0)
    return {
        "Pressed": lane * (0.45 + 0.55 * fresh),
        "Prints": bar * lane * fresh,
        "Squeezed": shoulder * fresh * paint.strength,
    }


def water(place: Place, look: Look) -> Value:
    """A puddle: murky, its bed shows in the shallows, the wind hardly ruffles it."""
    graph, at = place.graph, place.lattice
    depth = Painted.of(graph).stone
    shallow = graph.ramp(depth, 0.0, 0.018, 1.0, 0.0)
    silt = graph.noise(at, 2.2, 3.0, 0.6)
    base = graph.mix(shallow, look.color * (0.75 + 0.5 * silt), tone(look.color, 1.1))
    ripple = graph.noise(at, 7.0, 2.0, 0.5) * 0.0009
    scum = graph.ramp(silt, 0.6, 0.72) * 0.12
    return shade(graph, Finish(base, 0.025 + scum, look.color, ripple, specular=0.5))
