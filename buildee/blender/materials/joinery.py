"""What furniture, floors and packets are made of: veneer, parquet, lacquer, wicker, paper."""

from __future__ import annotations

from collections.abc import Mapping

from buildee.blender.materials.finish import HEIGHT, Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, lines, saturation, tone, wall_coordinates
from buildee.blender.materials.nodes import Graph, Source, Value
from buildee.blender.materials.timber import WIDEST, Grain
from buildee.blender.meshes import PAINT

LEAF = 0.26
"""Width of the leaves of veneer that a wide panel is joined from, metres: what a log of half a metre gives."""

BOARD = (1.5, 0.14)
"""Length and width of the floor boards that a surface without boards of its own gets, metres."""

STRAND, UPRIGHT = 0.006, 0.018
"""Width of a willow strand and distance of the uprights that it is woven around, metres."""


def touched(place: Place, look: Look) -> Value:
    """Returns how greasy fingers have made a surface, 0 to 1: smears, most of them near its edges."""
    smears = place.graph.noise(place.position, 21.0, 2.0, 0.6, 0.6)
    near = place.edges(0.09) * 0.07
    limit = 0.68 - 0.1 * look.dirt
    return place.graph.ramp(smears + near, limit, limit + 0.25) * (0.04 + 0.5 * look.dirt)


def lived_in(place: Place, base: Value, roughness: Value, bare: Source) -> tuple[Value, Value]:
    """Returns colour and roughness of furniture that people use: greasy round its handles, scuffed at their feet.

    Edges are rubbed through to what is `bare` where hands and feet reach them, elsewhere only knocked here and there.

    The first columns of a mesh's paint say where hands take hold: x and z of the middle, then half the length of what
    they hold, positive along x and negative along z; 0 where nobody does.
    """
    inputs = {"Color": base, "Roughness": roughness, "Bare": bare}
    worn = place.graph.shared("buildee.lived_in", inputs, _lived_in)
    return worn["Color"], worn["Roughness"]


def _lived_in(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    look = Look.of(graph)
    place, base = Place.of(graph, look.scale), inputs["Color"]
    grip, used = graph.attribute(PAINT.format(0), "Color", "GEOMETRY"), look.wear * 0.8 + 0.1
    middle_x, middle_z, reach = grip.xyz
    x, y, z = place.lattice.xyz
    away_x = ((x - middle_x).absolute() - reach.at_least(0.0)).at_least(0.0)
    away_z = ((z - middle_z).absolute() + reach.at_most(0.0)).at_least(0.0)
    smears = graph.noise(place.position * (1.0, 1.0, 0.6), 34.0, 1.0, 0.6)
    near = graph.ramp(graph.vector(away_x, 0.0, away_z).length() + (smears - 0.5) * 0.05, 0.0, 0.075, 1.0, 0.0)
    grease = near * reach.absolute().above(0.001) * used
    # Shoes and brooms reach plinths, skirting and the feet of doors, not what stands on worktops.
    above = z + graph.attribute(HEIGHT)
    sx, sy, sz = place.extent.xyz
    large = graph.ramp(sx.at_least(sy).at_least(sz), 0.3, 0.4)
    strokes = graph.noise(graph.vector(x * 7.0, y * 7.0, above * 55.0 + place.variation * 40.0), 1.0, 1.0, 0.7)
    kicked = graph.ramp(strokes, 0.66 - 0.16 * look.wear, 0.8 - 0.16 * look.wear)
    kicked = kicked * graph.ramp(above, 0.1, 0.2, 1.0, 0.0)
    swept = graph.ramp(above + (smears - 0.5) * 0.02, 0.0, 0.025, 1.0, 0.0)
    foot = (kicked * 0.7).at_least(swept * 0.6) * large * used
    held = graph.ramp(graph.vector(away_x, 0.0, away_z).length(), 0.04, 0.3, 1.0, 0.0) * reach.absolute().above(0.001)
    trodden = graph.ramp(above, 0.08, 0.3, 1.0, 0.0) * large
    knocks = graph.noise(place.position, 13.0, 1.0, 0.6)
    limit = 0.83 - (held * 0.2 + trodden * 0.13 + look.wear * 0.1)
    rubbed = place.edges(0.004) * graph.ramp(knocks, limit, limit + 0.06) * look.wear.above(0.05)
    # Dust and polish stay where one piece meets the next.
    seam = place.edges(0.0035) * 0.3 * used
    base = graph.mix(grease * 0.5, base, tone(base, 0.62, 0.12))
    base = graph.mix(foot * 0.45, base, (0.1, 0.085, 0.07))
    base = graph.mix(rubbed * 0.7, base * (1.0 - seam), inputs["Bare"])
    return {"Color": base, "Roughness": inputs["Roughness"] + grease * 0.14 + foot * 0.2 + rubbed * 0.3}


def _board_random(place: Place) -> Value:
    """Returns a number in [0, 1) of the connected piece."""
    island = place.graph.given("ShaderNodeNewGeometry", "Random Per Island")
    return (island * 17.3 + place.variation * 5.7).fraction()


def _figure(graph: Graph, along: Value, across: Value, through: Value, piece: Value) -> tuple[Value, Value]:
    """Returns the figure of planed wood and its pores, both 0 to 1.

    Annual rings are cylinders about a pith that runs at a slight angle to the board, so that their cut draws long
    arches in its middle and straight lines at its sides.

    Args:
        graph: the tree.
        along, across, through: metres from the middle of the board or leaf.
        piece: a number in [0, 1) of the board: which part of the log it is.
    """
    inputs = {"Along": along, "Across": across, "Through": through, "Piece": piece}
    drawn = graph.shared("buildee.figure", inputs, _draw_figure)
    return drawn["Figure"], drawn["Pores"]


def _draw_figure(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    along, across, through, piece = (inputs[name] for name in ("Along", "Across", "Through", "Piece"))
    start = along + piece * 13.0
    warp = graph.noise(graph.vector(start * 0.9, across * 5.0, through * 5.0 + piece * 7.0), 1.0, 1.0, 0.45)
    aside = across + ((piece * 7.3).fraction() - 0.5) * 0.14
    tilt = ((piece * 3.7).fraction() - 0.5) * 0.05
    deep = through + 0.035 + (piece * 5.1).fraction() * 0.06 + along * tilt
    age = (graph.vector(0.0, aside, deep).length() + (warp - 0.5) * 0.035) * 210.0
    ring = age.fraction()
    # No two summers are alike.
    late = (
        graph.ramp(ring, 0.1, 0.8) * graph.ramp(ring, 0.84, 1.0, 1.0, 0.0) * (0.35 + 0.65 * graph.random(age.floor()))
    )
    fine = graph.noise(graph.vector(start * 26.0, across * 620.0, through * 620.0), 1.0, 1.0, 0.6)
    return {"Figure": late * 0.8 + (warp - 0.5) * 0.7, "Pores": graph.ramp(fine, 0.56, 0.68)}


def _planed(color: Value, figure: Value, pores: Value, place: Place) -> Value:
    """Returns wood's colour; colours that no wood has are stains and paints, which hide most of the figure."""
    graph = place.graph
    red, _, blue = color.xyz
    woody = graph.ramp(red / (blue + 0.004), 1.1, 1.5)
    strength = 0.12 + 0.88 * woody
    base = graph.mix(figure * strength, tone(color, 1.12, -0.02), tone(color, 0.66, 0.06))
    return graph.mix(pores * 0.5 * strength, base, tone(color, 0.42, 0.08))


def veneer(place: Place, look: Look) -> Finish:
    """Planed and varnished wood: leaves of veneer side by side where it is wide, arches and straight grain, pores."""
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    wide = grain.width.above(1.5 * LEAF)
    leaf = (grain.across * (1 / LEAF) + 0.5).floor() * wide
    # Neighbouring leaves are cut one after the other from one log: nearly the same figure, turned over like pages.
    flip = 1.0 - ((leaf * 0.5).fraction() * 4.0)
    across = (grain.across - leaf * LEAF) * flip
    piece = (_board_random(place) * 0.999 + leaf * 0.0007).fraction()
    figure, pores = _figure(graph, grain.along, across, grain.through, piece)
    rubbed = graph.noise(place.position, 3.3, 2.0, 0.6)
    base = _planed(color, figure, pores, place) * (0.9 + piece * 0.08 + rubbed * 0.16)
    roughness = 0.34 + 0.12 * look.wear + (rubbed - 0.5) * 0.12 + pores * 0.2
    base, roughness = lived_in(place, base, roughness, tone(color, 1.4))
    return Finish(base, roughness, tone(color, 0.93), pores * -0.00006, dusty=0.0, drinks=0.25)


def parquet(place: Place, look: Look) -> Finish:
    """Oiled floor boards: every board its own figure and tone, joints dark, dull where people walk.

    A mesh without boards of its own, told by its width, is drawn as rows of boards.
    """
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    wide = grain.width.above(WIDEST)
    row = (grain.across * (1 / BOARD[1])).floor() * wide
    along = grain.along + graph.random(row + 0.5) * BOARD[0] * wide
    number = (along * (1 / BOARD[0])).floor() * wide
    board = (_board_random(place) + graph.random(graph.vector(row, number, 0.0)) * wide).fraction()
    across = grain.across - (row + 0.5 * wide) * BOARD[1]
    figure, pores = _figure(graph, along - number * BOARD[0], across, grain.through, board)
    joints = lines(place, grain.across + BOARD[1] / 2, BOARD[1], 0.0012).at_least(
        lines(place, along + BOARD[0] / 2, BOARD[0], 0.0012)
    )
    joint = (joints * wide * 0.8).at_least(place.edges(0.002) * (1.0 - wide) * 0.55)
    walked = graph.noise(place.position, 1.3, 3.0, 0.6)
    scratches = graph.noise(place.position * (55.0, 9.0, 9.0), 1.0, 1.0, 0.6)
    scratch = graph.ramp(scratches, 0.72 - 0.1 * look.wear, 0.76 - 0.1 * look.wear) * look.wear
    base = _planed(color, figure, pores, place) * (0.88 + (board * 11.0).fraction() * 0.24)
    base = graph.mix(scratch * 0.3, base, tone(color, 1.25)) * (1.0 - joint) * (0.95 + walked * 0.1)
    dull = graph.ramp(walked, 0.35, 0.65) * (0.1 + 0.15 * look.wear)
    roughness = 0.36 + dull + pores * 0.2 + scratch * 0.15 + (board - 0.5) * 0.06
    height = pores * -0.00008 - joint * 0.0008
    return Finish(base, roughness, tone(color, 0.92), height, dusty=0.0, drinks=0.25)


def lacquer(place: Place, look: Look) -> Finish:
    """Sprayed lacquer: flat colour, the orange peel of the spray, finger marks, edges rubbed through with wear."""
    graph, color = place.graph, look.color
    peel = graph.noise(place.position, 260.0, 0.0)
    rubbed = graph.noise(place.position, 9.0, 2.0, 0.65)
    base = color * (0.985 + (place.random(1) - 0.5) * 0.03 + (rubbed - 0.5) * 0.03)
    base, roughness = lived_in(place, base, 0.31 + 0.12 * look.wear + (rubbed - 0.5) * 0.04, (0.46, 0.4, 0.32))
    return Finish(base, roughness, color, peel * 0.00002, dusty=0.0, drinks=0.0)


def wicker(place: Place, look: Look) -> Finish:
    """Woven willow or raffia: strands over and under uprights, every strand its own tone, dark between them."""
    graph, color = place.graph, look.color
    x, y, _ = place.local.xyz
    sx, sy, _ = place.extent.xyz
    flat_along, high, level = wall_coordinates(place)
    circle = graph.ramp((sx - sy).absolute() / sx.at_least(sy), 0.05, 0.08, 1.0, 0.0) * (1.0 - level)
    along = graph.mix(circle, flat_along, graph.compute("ARCTAN2", y, x) * sx * 0.5)
    strand = (high * (1 / STRAND)).floor()
    over = graph.compute("COSINE", (along * (1 / UPRIGHT) + strand) * 3.14159)
    bulge = graph.compute("SINE", (high * (1 / STRAND)).fraction() * 3.14159)
    high_up = bulge * (0.5 + over * 0.5)
    woven = place.broad(0.03)  # a rim or a handle is one twisted rod
    lit = graph.mix(woven, 1.0, graph.ramp(high_up, 0.0, 0.45, 0.32, 1.0))
    own = graph.random(graph.vector(strand, (along * (0.5 / UPRIGHT)).floor() * 0.2, place.variation))
    fibre = graph.noise(graph.vector(along * 60.0, high * 900.0, 0.0), 1.0, 1.0, 0.6)
    base = graph.mix(own, tone(color, 0.72, 0.04), tone(color, 1.18)) * (0.75 + fibre * 0.5) * lit
    base = graph.mix(0.25 * look.wear, base, grey(color) * 0.8)
    return Finish(base, 0.55 + fibre * 0.15, tone(color, 0.75), high_up * 0.0025 * woven, dusty=0.0, drinks=0.5)


def paper(place: Place, look: Look) -> Finish:
    """Paper and card: fibres, slight waves; print has more gloss than plain card and rubs off at the edges."""
    graph, color = place.graph, look.color
    fibres = graph.noise(place.position * (700.0, 260.0, 420.0), 1.0, 1.0, 0.7, 0.5)
    waves = graph.noise(place.position, 14.0, 1.0, 0.5)
    rubbed = place.edges(0.004) * graph.ramp(waves, 0.7 - 0.4 * look.wear, 0.9 - 0.4 * look.wear)
    base = color * (0.93 + fibres * 0.08 + waves * 0.06)
    base = graph.mix(rubbed * 0.7 * look.wear.above(0.05), base, (0.72, 0.68, 0.6))
    roughness = 0.86 - saturation(color) * 0.4 + fibres * 0.08
    height = fibres * 0.00002 + waves * 0.0006
    return Finish(base, roughness, tone(color, 0.97), height, specular=0.35, dusty=0.0, drinks=0.6)
