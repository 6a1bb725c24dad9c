"""What a site stands on: soil, gravel, sand, asphalt, grass."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import tone
from buildee.blender.materials.nodes import Value


def soil(place: Place, look: Look) -> Finish:
    """A graded lot: dry crust, damp hollows, wheel tracks with lug marks, clods and stones trodden in."""
    graph, color = place.graph, look.color
    broad = graph.noise(place.position, 0.11, 4.0, 0.62)
    middle = graph.noise(place.position, 1.6, 4.0, 0.66)
    fine = graph.noise(place.position, 26.0, 3.0, 0.75)
    stone, stone_tone = _stones(place, 13.0, middle)
    track, lugs = _tracks(place)
    damp = graph.ramp(broad * 0.62 + middle * 0.38 - track * 0.04, 0.42, 0.54, 1.0, 0.0) * (0.7 + 0.3 * look.wetness)
    dry = graph.mix(graph.ramp(middle, 0.3, 0.7), tone(color, 0.86), tone(color, 1.28, -0.03))
    dry = graph.mix(graph.ramp(broad, 0.5, 0.68) * 0.5, dry, tone(color, 1.55, -0.06))
    earth = graph.mix(damp * 0.85, dry, tone(color, 0.46, 0.05))
    earth = graph.mix(track * 0.35, earth, tone(color, 0.8, -0.02))
    earth = earth * (0.42 + fine * 0.95 + lugs * 0.2)
    base = graph.mix(stone, earth, graph.mix(stone_tone, (0.17, 0.155, 0.135), (0.42, 0.39, 0.34)))
    roughness = graph.mix(damp, 0.95, 0.72) - stone * 0.1
    height = fine * 0.024 * (1.0 - track * 0.6) + middle * 0.1 + stone * 0.01 + lugs * 0.012 - track * 0.03
    return Finish(base, roughness, tone(color, 0.95), height, specular=0.25, dusty=0.0, drinks=0.75)


def _stones(place: Place, per_metre: float, where: Value) -> tuple[Value, Value]:
    """Returns scattered stones (1 inside) of mixed sizes, and a tone for each."""
    graph = place.graph
    flat = place.position * (1.0, 1.0, 0.6)
    distance = graph.cells(flat, per_metre)
    dice = Value(graph, distance.socket.node.outputs["Color"]).xyz
    radius = graph.ramp(dice[0], 0.72, 1.0, 0.0, 0.34, smooth=False) * graph.ramp(where, 0.35, 0.6, 0.5, 1.1)
    return graph.ramp(distance, radius * 0.7, radius + 1e-4, 1.0, 0.0) * radius.above(0.03), dice[1]


def _tracks(place: Place) -> tuple[Value, Value]:
    """Returns wheel tracks (1 inside), two by two, that wander over the lot, and the lug marks in them."""
    graph = place.graph
    x, y, _ = place.position.xyz
    bend = graph.noise(place.position, 0.035, 1.0, 0.4)
    lane = ((x + (bend - 0.5) * 42.0) * (1 / 8.7)).fraction()
    off = ((lane - 0.5).absolute() * 8.7 - 0.95).absolute()
    run = graph.ramp(graph.noise(place.position, 0.09, 1.0), 0.45, 0.58, 1.0, 0.12)
    track = graph.ramp(off, 0.2, 0.34, 1.0, 0.0) * run
    lug = ((y + off * 0.8) * 7.5).fraction()
    return track, graph.ramp(lug, 0.35, 0.6) * graph.ramp(lug, 0.9, 1.0, 1.0, 0.0) * track


def gravel(place: Place, look: Look) -> Finish:
    """Crushed stone, 20 to 40 mm: every stone its own tone, dark gaps, fines in patches."""
    graph, color = place.graph, look.color
    jitter = graph.noise(place.position, 55.0, 1.0)
    moved = place.position + jitter * 0.006
    distance = graph.cells(moved, 31.0)
    dice = Value(graph, distance.socket.node.outputs["Color"]).xyz
    broad = graph.noise(place.position, 0.6, 4.0, 0.6)
    gap = graph.ramp(distance, 0.38, 0.68)
    stone = graph.mix(dice[0], tone(color, 0.6), tone(color, 1.35, 0.02))
    stone = graph.mix(dice[1] * 0.35, stone, tone(color, 0.95, 0.12)) * (0.75 + jitter * 0.5)
    fines = graph.ramp(broad + (jitter - 0.5) * 0.25, 0.46, 0.72) * (0.15 + 0.6 * look.dirt)
    base = graph.mix(gap * 0.65, stone, tone(color, 0.28))
    base = graph.mix(fines, base, tone(color, 1.0, 0.1))
    height = (1.0 - distance) * 0.02 * (0.6 + dice[2] * 0.8) + jitter * 0.003
    return Finish(base, 0.88, tone(color, 0.8), height, specular=0.3, dusty=0.0, drinks=0.65)


def sand(place: Place, look: Look) -> Finish:
    """Building sand: grains, slumped ripples, darker where it is damp inside."""
    graph, color = place.graph, look.color
    broad = graph.noise(place.position, 0.9, 4.0, 0.6)
    ripple = graph.noise(place.position, 9.0, 3.0, 0.55)
    grain = graph.noise(place.position, 420.0, 1.0, 0.6)
    damp = graph.ramp(broad, 0.3, 0.58, 1.0, 0.0) * (0.45 + 0.5 * look.wetness)
    base = graph.mix(graph.ramp(ripple, 0.3, 0.7), tone(color, 0.9), tone(color, 1.1)) * (0.75 + grain * 0.5)
    base = graph.mix(damp, base, tone(color, 0.55, 0.05))
    height = ripple * 0.018 + broad * 0.03 + grain * 0.0008
    return Finish(base, 0.95, tone(color, 0.95), height, specular=0.2, dusty=0.0, drinks=0.7)


def asphalt(place: Place, look: Look) -> Finish:
    """Road surface: bound stones, wheel-polished bands, repairs, cracks, dust tracked out of the site."""
    graph, color = place.graph, look.color
    distance = graph.cells(place.position, 95.0)
    dice = Value(graph, distance.socket.node.outputs["Color"]).xyz
    broad = graph.noise(place.position, 0.35, 4.0, 0.6)
    middle = graph.noise(place.position, 3.0, 4.0, 0.65)
    vein = (graph.noise(place.position, 0.5, 5.0, 0.55) - 0.5).absolute()
    crack = graph.ramp(vein, 0.0006, 0.002, 1.0, 0.0) * graph.ramp(broad, 0.5, 0.58) * (look.wear * 2.0).at_most(1.0)
    stone = graph.mix(dice[0], tone(color, 0.72), tone(color, 1.35)) * (0.85 + middle * 0.3)
    base = graph.mix(graph.ramp(broad, 0.4, 0.66) * 0.4, stone, tone(color, 1.3))
    base = graph.mix(crack, base, tone(color, 0.2))
    roughness = 0.8 + (middle - 0.5) * 0.2
    height = (1.0 - distance) * 0.003 - crack * 0.01
    return Finish(base, roughness, color, height, specular=0.35, dusty=0.75, drinks=0.55)


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
