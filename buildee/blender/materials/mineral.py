"""Concrete, masonry and paint."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.nodes import Source, Value

PANEL = (0.625, 1.25)
"""Width and height of a formwork board, metres: half and whole of the 1.25 m module that panel systems share."""


def tone(color: Value, factor: float, warmth: float = 0.0) -> Value:
    """Returns a colour made lighter by a factor and warmer by a share moved from blue to red."""
    toned = color * (factor * (1 + warmth), factor, factor * (1 - warmth))
    return toned.at_most((1.0, 1.0, 1.0)) if factor > 1.0 else toned


def grey(color: Value) -> Value:
    """Returns the mean of a colour's channels, a number."""
    return color.dot((1 / 3, 1 / 3, 1 / 3))


def saturation(color: Value) -> Value:
    """Returns how far a colour is from grey: 0 to 1, a number."""
    red, green, blue = color.xyz
    high = red.at_least(green).at_least(blue)
    return (high - red.at_most(green).at_most(blue)) / (high + 0.001)


def lines(place: Place, coordinate: Value, period: float, width: float) -> Value:
    """Returns 1 on thin lines at every multiple of `period` metres, fading over `width` metres."""
    distance = ((coordinate * (1 / period)).fraction() - 0.5).absolute() * period
    return place.graph.ramp(distance, period / 2 - width, period / 2, 0.0, 1.0)


def wall_coordinates(place: Place) -> tuple[Value, Value, Value]:
    """Returns how far along the wall, how high, and 1 where the face is level (then x and y stand in)."""
    graph = place.graph
    x, y, z = place.lattice.xyz
    nx, ny, nz = graph.compute("ABSOLUTE", place.normal).xyz
    along = graph.mix(nx.above(ny), x, y)
    level = nz.above(0.8)
    return graph.mix(level, along, x), graph.mix(level, z, y), level


def concrete(place: Place, look: Look) -> Finish:
    """Cast concrete: boards of different tone, joints, tie holes, pour lines, blowholes, honeycomb, stains, lime."""
    graph, color = place.graph, look.color
    along, high, level = wall_coordinates(place)
    # Boards and ties belong to what was cast against panels; kerbs, blocks and bars come out of one mould.
    upright = (1.0 - level) * place.broad(0.55)
    # The odd shift keeps faces that lie on a whole coordinate off a joint.
    along, high = along + 0.2137, high + 0.0173
    joint = lines(place, along, PANEL[0], 0.004).at_least(lines(place, high, PANEL[1], 0.004)) * upright
    board = graph.vector((along * (1 / PANEL[0])).floor(), (high * (1 / PANEL[1])).floor(), place.variation * 31.0)
    board_tone = graph.random(board) * upright
    broad = graph.noise(place.position, 0.42, 3.0, 0.6)
    cloudy = graph.noise(place.position, 1.4, 4.0, 0.62)
    fine = graph.noise(place.position, 85.0, 2.0, 0.7)
    pores = graph.cells(place.position, 42.0)
    hole = graph.ramp(pores, 0.055, 0.105, 1.0, 0.0) * graph.ramp(cloudy, 0.42, 0.56)
    tie = _tie_holes(place, along, high) * upright
    # Layers are poured half a metre at a time; where one had set a little, its wavy top shows.
    layer = lines(place, high + (cloudy - 0.5) * 0.22 + (broad - 0.5) * 0.5, 0.55, 0.03)
    pour = layer * upright * graph.ramp(broad, 0.46, 0.6)
    nest = graph.ramp(broad * 0.5 + cloudy * 0.5, 0.62, 0.66) * upright * graph.ramp(pores, 0.25, 0.5)
    streaks = place.streaks()
    stain = graph.ramp(streaks, 0.5, 0.72) * place.upright() * (0.3 + 0.6 * look.wear)
    lime = graph.ramp(streaks, 0.27, 0.42, 1.0, 0.0) * place.upright() * graph.ramp(cloudy, 0.4, 0.6) * 0.4
    laitance = graph.ramp(graph.noise(place.stretched(1, 1, 0.5), 0.7, 1.0, 0.55), 0.5, 0.68)
    base = graph.mix(graph.ramp(cloudy, 0.3, 0.7), tone(color, 0.74, 0.02), tone(color, 1.14))
    base = graph.mix(laitance * 0.35, base, tone(color, 1.35, 0.01))
    base = graph.mix(lime, base, tone(color, 1.7))
    base = graph.mix(stain, base, tone(color, 0.5, 0.07))
    shade = 0.95 + (board_tone - 0.5) * 0.22 + (broad - 0.5) * 0.5 + (fine - 0.5) * 0.3 + (place.random(1) - 0.5) * 0.14
    dark = (joint * 0.32).at_least(hole * 0.55).at_least(tie * 0.8).at_least(pour * 0.24).at_least(nest * 0.5)
    base = base * shade * (1.0 - dark)
    height = fine * 0.0012 - joint * 0.0016 - tie * 0.012 + board_tone * 0.0008 - nest * 0.006
    roughness = graph.ramp(cloudy, 0.3, 0.7, 0.72, 0.9) - laitance * 0.08
    return Finish(base, roughness, tone(color, 0.95), height, specular=0.35, drinks=0.85)


def _tie_holes(place: Place, along: Value, high: Value) -> Value:
    """Returns 1 inside the holes that form ties leave: 22 mm wide, two a board."""
    across = ((along * (1 / PANEL[0])).fraction() - 0.5) * PANEL[0]
    up = ((high * (2 / PANEL[1])).fraction() - 0.5) * (PANEL[1] / 2)
    return place.graph.ramp(place.graph.vector(across, up, 0.0).length(), 0.009, 0.012, 1.0, 0.0)


def masonry(place: Place, look: Look) -> Finish:
    """Brick (215 x 65 mm) where the colour is red, else block (440 x 215 mm), in 10 mm of mortar."""
    graph, color = place.graph, look.color
    red, _, blue = color.xyz
    brick = red.above(blue * 1.6)
    along, high, _ = wall_coordinates(place)
    inputs: dict[str, Source] = {
        "Vector": graph.vector(along, high, 0.0),
        "Color1": (0.0, 0.0, 0.0),
        "Color2": (1.0, 1.0, 1.0),
        "Mortar": (0.5, 0.5, 0.5),
        "Scale": 1.0,
        "Mortar Size": 0.005,
        "Mortar Smooth": 0.3,
        "Brick Width": graph.mix(brick, 0.45, 0.225),
        "Row Height": graph.mix(brick, 0.225, 0.075),
    }
    pattern = graph.node("ShaderNodeTexBrick", inputs, "Color")
    mortar = pattern.beside("Fac")
    unit = pattern.xyz[0]
    grain = graph.noise(place.position, graph.mix(brick, 110.0, 60.0), 3.0, 0.7)
    cloudy = graph.noise(place.position, 2.0, 3.0, 0.6)
    face = graph.mix(unit, tone(color, 0.72, 0.03), tone(color, 1.22, -0.03)) * (0.55 + grain * 0.9)
    bloom = graph.ramp(cloudy, 0.55, 0.72) * (0.15 + 0.3 * look.wear)
    face = graph.mix(bloom, face, (0.55, 0.53, 0.5))
    joint = graph.mix(cloudy, (0.26, 0.245, 0.22), (0.46, 0.44, 0.4)) * (0.7 + grain * 0.6)
    height = (1.0 - mortar) * 0.005 + grain * 0.002
    return Finish(graph.mix(mortar, face, joint), 0.9, tone(color, 0.97), height, specular=0.3, drinks=0.8)


def paint(place: Place, look: Look) -> Finish:
    """Flat paint on whatever: roller texture, fading, and thin spots where it wears off."""
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 1.1, 4.0, 0.6)
    fine = graph.noise(place.position, 140.0, 2.0, 0.6)
    pale = grey(color) * 1.15
    faded = graph.mix(graph.ramp(cloudy, 0.35, 0.7) * 0.3 * look.wear, color, graph.vector(pale, pale, pale))
    thin = graph.ramp(graph.noise(place.position, 14.0, 4.0, 0.7), 0.8 - 0.28 * look.wear, 0.86 - 0.28 * look.wear)
    base = graph.mix(thin * (look.wear * 2.0).at_most(0.85), faded, (0.3, 0.29, 0.27)) * (0.93 + cloudy * 0.14)
    roughness = 0.5 + cloudy * 0.25 + thin * 0.2
    return Finish(base, roughness, color, fine * 0.0004 - thin * 0.0003, specular=0.4, drinks=0.3)
