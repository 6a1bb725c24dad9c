"""What else lies on the ground or covers it: gravel, sand, asphalt, flags, grass, the land beyond."""

from __future__ import annotations

from buildee.blender.materials.earth import CARRIED, STONE_EDGE, Painted, wheels
from buildee.blender.materials.finish import Finish, Place, shade
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import tone
from buildee.blender.materials.nodes import Value


def gravel(place: Place, look: Look) -> Finish:
    """Crushed stone, 20 to 40 mm: every stone its own tone, dark gaps, fines in patches."""
    graph, color = place.graph, look.color
    jitter = graph.noise(place.position, 55.0, 1.0)
    moved = place.position + jitter * 0.006
    distance = graph.cells(moved, 31.0)
    dice = distance.beside("Color").xyz
    broad = graph.noise(place.position, 0.6, 4.0, 0.6)
    gap = graph.ramp(distance, 0.38, 0.68)
    stone = graph.mix(dice[0], tone(color, 0.6), tone(color, 1.35, 0.02))
    stone = graph.mix(dice[1] * 0.35, stone, tone(color, 0.95, 0.12)) * (0.75 + jitter * 0.5)
    fines = graph.ramp(broad + (jitter - 0.5) * 0.25, 0.46, 0.72) * (0.15 + 0.6 * look.dirt)
    base = graph.mix(gap * 0.65, stone, tone(color, 0.28))
    base = graph.mix(fines, base, tone(color, 1.0, 0.1))
    base = graph.mix(_foot(place, broad, jitter), base, (0.15, 0.112, 0.075))
    height = (1.0 - distance) * 0.02 * (0.6 + dice[2] * 0.8) + jitter * 0.003
    return Finish(base, 0.88, tone(color, 0.8), height, specular=0.3, dusty=0.0, drinks=0.65)


def _foot(place: Place, patch: Value, grain: Value) -> Value:
    """Returns how much earth is mixed in at the foot of a painted heap, 0 to 1; 0 on what is not painted."""
    graph = place.graph
    painted = Painted.of(graph).stone
    uneven = painted - STONE_EDGE + (patch - 0.5) * 0.35 + (grain - 0.5) * 0.25
    return graph.ramp(uneven, 0.02, 0.16, 0.9, 0.0) * painted.above(0.5)


def sand(place: Place, look: Look) -> Finish:
    """Building sand: grains, slumped ripples, darker where it is damp inside."""
    graph, color = place.graph, look.color
    broad = graph.noise(place.position, 0.9, 4.0, 0.6)
    ripple = graph.noise(place.position, 9.0, 3.0, 0.55)
    grain = graph.noise(place.position, 420.0, 1.0, 0.6)
    damp = graph.ramp(broad, 0.3, 0.58, 1.0, 0.0) * (0.45 + 0.5 * look.wetness)
    base = graph.mix(graph.ramp(ripple, 0.3, 0.7), tone(color, 0.9), tone(color, 1.1)) * (0.75 + grain * 0.5)
    base = graph.mix(damp, base, tone(color, 0.55, 0.05))
    base = graph.mix(_foot(place, ripple, grain), base, (0.16, 0.118, 0.078))
    height = ripple * 0.018 + broad * 0.03 + grain * 0.0008
    return Finish(base, 0.95, tone(color, 0.95), height, specular=0.2, dusty=0.0, drinks=0.7)


def asphalt(place: Place, look: Look) -> Finish:
    """Road surface: bound stones, wheel-polished bands, repairs, cracks, dust tracked out of the site."""
    graph, color = place.graph, look.color
    distance = graph.cells(place.position, 95.0)
    dice = distance.beside("Color").xyz
    broad = graph.noise(place.position, 0.35, 4.0, 0.6)
    middle = graph.noise(place.position, 3.0, 4.0, 0.65)
    vein = (graph.noise(place.position, 0.5, 5.0, 0.55) - 0.5).absolute()
    crack = graph.ramp(vein, 0.0006, 0.002, 1.0, 0.0) * graph.ramp(broad, 0.5, 0.58) * (look.wear * 2.0).at_most(1.0)
    stone = graph.mix(dice[0], tone(color, 0.72), tone(color, 1.35)) * (0.85 + middle * 0.3)
    base = graph.mix(graph.ramp(broad, 0.4, 0.66) * 0.4, stone, tone(color, 1.3))
    base = graph.mix(crack, base, tone(color, 0.2))
    mud, clods = _carried(place, middle, look)
    base = graph.mix(mud, base, tuple(channel for channel in CARRIED))
    base = base * (1.0 - clods * 0.3)
    roughness = 0.8 + (middle - 0.5) * 0.2 + mud * 0.1
    height = (1.0 - distance) * 0.003 - crack * 0.01 + clods * 0.012 + mud * 0.002
    return Finish(base, roughness, color, height, specular=0.35, dusty=0.75, drinks=0.55)


def _carried(place: Place, middle: Value, look: Look) -> tuple[Value, Value]:
    """Returns how much mud tyres have left on a paved point, and the clods in it, 0 to 1: thick at the gate, then ever
    fainter lanes; none on what is not painted.
    """
    graph = place.graph
    paint = Painted.of(graph)
    broad = graph.noise(place.lattice, 0.12, 3.0, 0.6)
    fine = graph.noise(place.lattice, 19.0, 3.0, 0.7)
    pressed, prints, _ = wheels(graph, broad)
    near = paint.stone.at_most(1.0)
    amount = near * 0.42 + pressed * (near * 1.6).at_most(0.75) + (middle - 0.5) * (near * 1.8).at_most(0.8)
    film = graph.ramp(amount + (fine - 0.5) * 0.4 * near, 0.16, 0.85)
    dust = film * (0.35 + 0.75 * look.dirt).at_most(0.92) * (1.0 - prints * 0.35)
    return dust, graph.ramp(fine * 0.6 + middle * 0.4, 0.56, 0.68) * graph.ramp(amount, 0.55, 1.1)


def paving(place: Place, look: Look) -> Finish:
    """Concrete flags, 0.6 x 0.4 m, in broken bond: each its own grey, dark joints, some gone, mud at the gate."""
    graph, color = place.graph, look.color
    inputs = {
        "Vector": place.lattice,
        "Color1": (0.0, 0.0, 0.0),
        "Color2": (1.0, 1.0, 1.0),
        "Mortar": (0.5, 0.5, 0.5),
        "Scale": 1.0,
        "Mortar Size": 0.005,
        "Mortar Smooth": 0.2,
        "Brick Width": 0.6,
        "Row Height": 0.4,
    }
    pattern = graph.node("ShaderNodeTexBrick", inputs, "Color")
    joint = pattern.beside("Fac")
    flag = pattern.xyz[0]
    middle = graph.noise(place.position, 2.4, 4.0, 0.65)
    fine = graph.noise(place.position, 70.0, 2.0, 0.7)
    face = graph.mix(flag, tone(color, 0.8), tone(color, 1.12)) * (0.72 + middle * 0.3 + fine * 0.26)
    base = graph.mix(joint * 0.75, face, (0.07, 0.062, 0.05))
    mud, clods = _carried(place, middle, look)
    base = graph.mix(mud, base, CARRIED) * (1.0 - clods * 0.3)
    height = fine * 0.0012 - joint * 0.006 + flag * 0.003 + clods * 0.01
    return Finish(base, 0.88, tone(color, 0.95), height, specular=0.3, dusty=0.6, drinks=0.7)


def land(place: Place, look: Look) -> Value:
    """The land around: lawns in the town, worn to bare yards, then fields, meadows and woods.

    The colour is that of the lawns; every field has its own tone and lies worked in its own direction. Rain does not
    change it: so far off, films of water would only sparkle.
    """
    graph, at = place.graph, place.lattice
    away = (at * (1.0, 1.0, 0.0)).length()
    broad = graph.noise(at, 0.006, 3.0, 0.6)
    middle = graph.noise(at, 0.09, 4.0, 0.62)
    fine = graph.noise(at, 2.6, 4.0, 0.7)
    lawn = graph.mix(graph.ramp(middle, 0.35, 0.65), tone(look.color, 0.72), tone(look.color, 1.12, 0.06))
    yard = graph.mix(fine, (0.15, 0.135, 0.115), (0.27, 0.25, 0.22))
    bare = 0.8 - look.wear
    worn = graph.ramp(middle * 0.6 + fine * 0.4, bare, bare + 0.1)
    town = graph.mix(worn, lawn, yard) * (0.7 + fine * 0.6)
    field = graph.cells(at * (1.0, 0.7, 0.0), 0.0075, "Color").xyz
    crop = graph.mix(field[0], (0.07, 0.1, 0.03), (0.21, 0.18, 0.075))
    crop = graph.mix(graph.ramp(field[1], 0.7, 0.76), crop, (0.17, 0.122, 0.078))
    crop = graph.mix(graph.ramp(field[2], 0.78, 0.82), crop, (0.3, 0.25, 0.12)) * (0.8 + middle * 0.4)
    x, y, _ = at.xyz
    across = x * graph.compute("COSINE", field[0] * 9.0) + y * graph.compute("SINE", field[0] * 9.0)
    crop = crop * (1.0 + graph.compute("SINE", across * 0.35) * 0.06)  # tramlines of a boom 18 m wide
    wood = graph.ramp(broad + (middle - 0.5) * 0.12, 0.5, 0.53)
    crop = graph.mix(wood, crop, (0.02, 0.032, 0.014)) * (0.85 + fine * 0.3)
    base = graph.mix(graph.ramp(away + (broad - 0.5) * 260.0, 380.0, 480.0), town, crop)
    return shade(graph, Finish(base, 0.95, (0.09, 0.095, 0.045), fine * 0.03, specular=0.15))


def grass(place: Place, look: Look) -> Value:
    """Blades: light shines through them; greener low down, straw at the tips and on old plants."""
    graph, color = place.graph, look.color
    tip = graph.ramp(place.lattice.xyz[2], 0.02, 0.3)
    patch = graph.noise(graph.given("ShaderNodeNewGeometry", "Position"), 0.4, 3.0, 0.6)
    old = graph.ramp(patch * 0.6 + place.random(1) * 0.4, 0.45 - 0.2 * look.wear, 0.8 - 0.2 * look.wear)
    straw = (0.3, 0.24, 0.11)
    base = graph.mix(tip * 0.35, tone(color, 0.7), tone(color, 1.25, 0.05))
    base = graph.mix(old * (0.35 + 0.4 * tip), base, straw) * (0.8 + place.random(2) * 0.4)
    front = graph.node("ShaderNodeBsdfPrincipled", {"Base Color": base, "Roughness": 0.55, "Specular IOR Level": 0.3})
    back = graph.node("ShaderNodeBsdfTranslucent", {"Color": base * (1.1, 1.15, 0.5)})
    return graph.node("ShaderNodeMixShader", (0.35, front, back))
