"""Sawn timber and plywood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import lines, tone
from buildee.blender.materials.nodes import Graph, Value

PLANK = 0.19
"""Width of the planks that a wide wooden face is made of, metres."""

WIDEST = 0.36
"""A piece wider than this (metres) is planked: no sawmill cuts boards as wide."""


@dataclass(frozen=True)
class Grain:
    """Coordinates of a board, from its middle.

    Attributes:
        along, across, through: metres along the longest, the middle and the shortest side of the piece.
        width: the middle side, metres.
        flat: how far the face looks along the shortest side: 1 on the broad faces, 0 on the cut edges.
        side: how far it looks along the middle side.
        axis: unit vector along the longest side, object axes.
    """

    along: Value
    across: Value
    through: Value
    width: Value
    flat: Value
    side: Value
    axis: Value

    @staticmethod
    def of(place: Place) -> Grain:
        """Sorts the axes of the piece by its sides."""
        inputs = {"Local": place.local, "Extent": place.extent, "Normal": place.normal}
        sorted_ = place.graph.shared("buildee.grain", inputs, Grain._sorted)
        return Grain(*(sorted_[field.name.title()] for field in fields(Grain)))

    @staticmethod
    def _sorted(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
        sx, sy, sz = inputs["Extent"].xyz
        swap = sy.above(sx)
        longer, shorter = sx.at_least(sy), sx.at_most(sy)
        over, under = sz.above(longer), sz.above(shorter)

        def ordered(vector: Value) -> tuple[Value, Value, Value]:
            x, y, z = vector.xyz
            first, second = graph.mix(swap, x, y), graph.mix(swap, y, x)
            return (
                graph.mix(over, first, z),
                graph.mix(over, graph.mix(under, second, z), first),
                graph.mix(under, z, second),
            )

        along, across, through = ordered(inputs["Local"])
        _, side, flat = ordered(graph.compute("ABSOLUTE", inputs["Normal"]))
        level = graph.vector(1.0 - swap, swap, 0.0)
        axis = graph.mix(over, level, (0.0, 0.0, 1.0))
        return {
            "Along": along,
            "Across": across,
            "Through": through,
            "Width": ordered(inputs["Extent"])[1],
            "Flat": flat,
            "Side": side,
            "Axis": axis,
        }


def wood(place: Place, look: Look) -> Finish:
    """Sawn softwood: annual rings cut along the board, fibres, knots, and silver grey where it has weathered."""
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    along = grain.along
    wide = grain.width.above(WIDEST)
    row = ((grain.across * (1 / PLANK)).floor() + (grain.through * (1 / PLANK)).floor() * 3.0) * wide
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    board = (island * 17.3 + place.variation * 5.7 + row * 0.377).fraction()
    seen_across = lines(place, grain.across + PLANK / 2, PLANK, 0.005) * (1.0 - grain.side)
    gap = seen_across.at_least(lines(place, grain.through + PLANK / 2, PLANK, 0.005) * grain.side) * (wide * 0.85)
    across, through = grain.across + board * 3.0, grain.through
    start = along + board * 9.0
    # Knots: about one in a metre of board, the rings bend around them.
    knots = graph.cells(graph.vector(start * 2.1, across * 9.0, through * 9.0), 1.0)
    knot = graph.ramp(knots, 0.08, 0.15, 1.0, 0.0)
    bend = graph.ramp(knots, 0.05, 0.5, 1.0, 0.0)
    warp = graph.noise(graph.vector(start * 0.7, across * 4.0, through * 4.0), 1.0, 1.0, 0.5)
    # The pith lies some centimetres off the board, elsewhere for every board.
    pith = graph.vector(0.0, grain.across + 0.03 - board * 0.11, through + 0.09 - board * 0.06)
    ring = ((pith.length() + (warp - 0.5) * 0.05 + bend * 0.012) * 170.0).fraction()
    late = graph.ramp(ring, 0.3, 0.9) * graph.ramp(ring, 0.9, 1.0, 1.0, 0.0)
    fibre = graph.noise(graph.vector(start * 7.0, across * 260.0, through * 260.0), 1.0, 1.0, 0.7)
    base = graph.mix(late * 0.75, tone(color, 1.12), tone(color, 0.58, 0.1)) * (0.7 + fibre * 0.6)
    base = graph.mix(knot * 0.85, base, tone(color, 0.2, 0.12))
    cloudy = graph.noise(graph.vector(start * 0.9, across * 22.0, through * 22.0), 1.0, 2.0, 0.65)
    aged = cloudy + (board - 0.5) * 0.5
    silver = graph.ramp(aged, 0.95 - 0.95 * look.wear, 1.25 - 0.85 * look.wear) * 0.85
    grey = graph.mix(late * 0.55 + (fibre - 0.3) * 0.7 + (cloudy - 0.5), (0.31, 0.29, 0.265), (0.085, 0.076, 0.068))
    base = graph.mix(silver, base, grey) * (0.72 + board * 0.45) * (1.0 - gap)
    height = fibre * 0.0008 - gap * 0.006
    return Finish(base, 0.7 + fibre * 0.25, tone(color, 0.9), height, specular=0.3, dusty=0.7, drinks=0.7)


def plywood(place: Place, look: Look) -> Finish:
    """Formwork panel: phenolic film with scuffs and cement residue, veneers showing at the cut edges."""
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    edge = graph.ramp(grain.flat, 0.5, 0.7, 1.0, 0.0)
    # 1.5 mm veneers; neighbours lie crosswise, so every other one shows dark end grain.
    veneer = ((grain.through * 330.0).fraction() - 0.5).above(0.0)
    cut = graph.mix(veneer, (0.33, 0.2255, 0.132), (0.17, 0.1, 0.055))
    shift = place.variation * 20.0
    figure = graph.noise(graph.vector(grain.along * 2.0, grain.across * 45.0, shift), 1.0, 3.0, 0.62, 0.8)
    broad = graph.noise(place.position, 1.1, 3.0, 0.6)
    smear = graph.noise(graph.vector(grain.along * 5.0, grain.across * 13.0, shift), 1.0, 5.0, 0.74, 0.3)
    limit = 0.78 - 0.2 * look.wear
    residue = graph.ramp(smear + (broad - 0.5) * 0.6, limit, limit + 0.2) * (0.25 + 0.5 * look.wear)
    scratches = graph.noise(
        graph.vector(grain.along * 5.0 + grain.across * 9.0, grain.across * 160.0, shift), 1.0, 2.0, 0.7
    )
    scuff = graph.ramp(scratches, 0.62, 0.74) * (0.08 + 0.4 * look.wear)
    film = graph.mix(figure, tone(color, 0.7), tone(color, 1.25)) * (
        0.75 + (place.random(1) - 0.5) * 0.3 + broad * 0.45
    )
    film = graph.mix(scuff, film, tone(color, 2.4))
    film = graph.mix(residue, film, (0.3, 0.285, 0.26))
    film = graph.mix(place.edges(0.012) * 0.55 * (look.wear * 2.0).at_most(1.0), film, cut)
    gloss = 0.3 + 0.22 * look.wear + (broad - 0.5) * 0.3 + scuff * 0.4
    roughness = graph.mix((residue * 1.5).at_least(edge), gloss, 0.88)
    height = figure * 0.0002
    return Finish(graph.mix(edge, film, cut), roughness, tone(color, 1.0), height, dusty=0.8, drinks=0.3)
