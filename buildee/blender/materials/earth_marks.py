"""Finer than the triangles of the earth: clods broken out of it, prints of boots, cracks in its crust."""

from __future__ import annotations

from collections.abc import Mapping

from buildee.blender.materials.nodes import Graph, Value

CLODS = {"Scale": 15.0, "Rise": 0.022}, {"Scale": 38.0, "Rise": 0.008}
"""Sizes that earth crumbles into: clods a metre, and how high the tallest of them stand out, metres."""

PACES = 1.9
"""Boot prints a metre where everybody walks."""

SOLE, WAIST = (0.152, 0.052), 0.013
"""Half the length and half the width of the sole of a boot of size 43, and how much its waist is narrower, metres."""

LUGS = 44.0
"""Lugs a metre of a sole."""

CRACKS = 9.0
"""Plates a metre that silty ground cracks into as it dries."""


def clods(graph: Graph, at: Value, rough: Value, loose: Value) -> tuple[Value, Value]:
    """Returns the height of broken clods, metres, and the tone that they give: 1 level ground, less in their shade.

    Every cell holds a clod or none, by chance; a clod is a dome cut by a plane of its own, so that it has a facet.

    Args:
        graph: the tree.
        at: where, metres.
        rough: noise around 0.5 that frays their outlines.
        loose: how much of the ground is broken, 0 to 1.
    """
    coarse, fine = (
        graph.shared("buildee.clods", {"Lattice": at, "Rough": rough, "Loose": loose, **size}, _clods) for size in CLODS
    )
    return coarse["Height"].at_least(fine["Height"]), coarse["Tone"] * fine["Tone"]


def _clods(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns the same for clods of one size."""
    at, scale = inputs["Lattice"], inputs["Scale"]
    cell = graph.cells(at, scale)
    dice, middle = cell.beside("Color"), cell.beside("Position")
    chance, tilt, size = dice.xyz
    reach = 0.22 + 0.3 * size - cell - (inputs["Rough"] - 0.5) * 0.5
    facet = 0.2 + ((at - middle) * scale).dot(dice - (0.5, 0.5, 0.5)) * 0.6
    here = (inputs["Loose"] * (0.4 + 0.6 * size)).above(chance)
    body = reach.at_most(facet).at_least(0.0) * here * (inputs["Rise"] * 4.0)
    shade = graph.ramp(reach, -0.12, 0.0, 0.0, 0.3) * graph.ramp(reach, 0.0, 0.06, 1.0, 0.0) * here
    return {"Height": body, "Tone": 1.0 - shade + graph.ramp(reach, 0.0, 0.08) * here * (0.5 * tilt - 0.08)}


def boots(graph: Graph, at: Value, walked: Value) -> Value:
    """Returns where the lugs of boots are pressed in, 0 to 1: prints at any angle, one to a cell where somebody went.

    Args:
        graph: the tree.
        at: where, metres.
        walked: share of the ground that bears prints, 0 to 1.
    """
    return graph.shared("buildee.boots", {"Lattice": at, "Walked": walked}, _boots)["Prints"]


def _boots(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    at = inputs["Lattice"]
    cell = graph.cells(at, PACES, "Position", voronoi_dimensions="2D", randomness=0.75)
    chance, heading, _ = cell.beside("Color").xyz
    x, y, _ = (at - cell).xyz
    angle = heading * 6.2832
    cosine, sine = graph.compute("COSINE", angle), graph.compute("SINE", angle)
    ahead, aside = x * cosine + y * sine, (y * cosine - x * sine).absolute()
    narrow = graph.ramp((ahead + 0.025).absolute(), 0.0, 0.07, WAIST, 0.0)
    round_ = (1.0 - (ahead * (1 / SOLE[0])) ** 4.0).at_least(0.0) ** 0.5
    inside = graph.ramp(round_ * (SOLE[1] - narrow) - aside, 0.0, 0.008)
    lug = graph.ramp(((ahead + aside * 0.4) * LUGS).fraction() - 0.5, -0.12, 0.12)
    arch = graph.ramp((ahead + 0.035).absolute(), 0.012, 0.022, 0.3, 1.0)
    return {"Prints": inside * arch * (0.45 + 0.55 * lug) * inputs["Walked"].above(chance)}


def cracks(graph: Graph, at: Value, silty: Value) -> Value:
    """Returns 1 in the cracks of a crust that has dried, 0 elsewhere."""
    edge = graph.cells(at, CRACKS, feature="DISTANCE_TO_EDGE", voronoi_dimensions="2D")
    return graph.ramp(edge, 0.008, 0.05, 1.0, 0.0) * silty
