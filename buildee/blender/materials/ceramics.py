"""Glazed ware, polished stone and painted plaster."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.joinery import touched
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, tone
from buildee.blender.materials.nodes import Value

BISQUE = (0.56, 0.47, 0.36)
"""Fired clay without glaze, linear RGB."""


def glazed(place: Place, look: Look) -> Finish:
    """Clear glaze over colour: never quite flat, each tile a little askew and of its own tone, crazed when old."""
    graph, color = place.graph, look.color
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    own = (island * 13.1 + place.variation * 7.7).fraction()
    pooled = graph.noise(place.position, 14.0, 1.0, 0.5)
    crazing = graph.noise(place.position, 60.0, 1.0, 0.6)
    craze = graph.ramp(((crazing * 9.0).fraction() - 0.5).absolute(), 0.02, 0.05, 1.0, 0.0)
    craze = craze * graph.ramp(look.wear, 0.5, 0.9) * graph.ramp(pooled, 0.4, 0.6)
    base = color * (0.955 + own * 0.07) * (0.96 + pooled * 0.08)
    base = graph.mix(craze * 0.5, base, tone(color, 0.4, 0.15))
    # The ring that a vessel stands on is wiped clean of glaze before firing.
    bottom = place.local.xyz[2] + place.extent.xyz[2] * 0.5
    foot = graph.ramp(bottom, 0.0006, 0.0012, 1.0, 0.0) * (1.0 - place.normal.xyz[2].above(-0.7))
    base = graph.mix(foot, base, BISQUE)
    askew = graph.vector((own * 7.0).fraction() - 0.5, (own * 3.0).fraction() - 0.5, (own * 5.0).fraction() - 0.5)
    height = pooled * 0.00025 + place.local.dot(askew) * 0.008
    coat = (1.0 - foot) * (0.95 - 0.3 * look.wear)
    further = {"Coat Weight": coat, "Coat Roughness": 0.03 + 0.12 * look.wear + touched(place, look) * 0.06}
    return Finish(base, 0.32 + foot * 0.5, tone(color, 0.97), height, further=further, dusty=0.0, drinks=0.0)


def stone(place: Place, look: Look) -> Finish:
    """Polished stone by its lightness: dark granite with grains, grey quartz with specks, pale marble with veins."""
    graph, color = place.graph, look.color
    light = grey(color)
    granite = graph.ramp(light, 0.1, 0.2, 1.0, 0.0)
    marble = graph.ramp(light, 0.4, 0.55)
    cloudy = graph.noise(place.position, 4.0, 2.0, 0.6)
    grain = graph.random(graph.cells(place.position, graph.mix(granite, 520.0, 260.0), "Position"))
    speck = grain.above(0.965) + grain.above(0.04) - 1.0
    speckled = (0.9 + grain * 0.2) * (1.0 + speck * 0.35 * (1.0 - marble))
    # Farther off grains are finer than pixels, and run together into one tone.
    near = graph.ramp(graph.given("ShaderNodeCameraData", "View Distance"), 0.4, 1.6, 1.0, 0.15)
    coarse = graph.random(graph.cells(place.position, 230.0, "Position"))
    crystals = graph.ramp(grain * 0.6 + coarse * 0.4, 0.3, 0.85) ** 2.0 * 1.3 - 0.4
    grainy = 0.95 + crystals * near + (cloudy - 0.5) * 0.5
    shade = graph.mix(granite, graph.mix(marble, speckled, 1.0), grainy)
    vein = _veins(place, cloudy) * marble
    base = color * shade * (0.94 + cloudy * 0.12)
    base = graph.mix(vein, base, tone(color, 0.42, -0.03))
    greasy = touched(place, look)
    roughness = (0.1 + 0.22 * look.wear + greasy * 0.12 + (cloudy - 0.5) * 0.04).at_most(0.26)
    return Finish(base, roughness, tone(color, 0.95), None, specular=0.55, dusty=0.0, drinks=0.1)


def _veins(place: Place, cloudy: Value) -> Value:
    """Returns how much of the colour at a point is that of marble's veins: thin lines in wide, faint clouds."""
    graph = place.graph
    turned = place.position * (1.0, 0.55, 1.0)
    wide = (graph.noise(turned, 2.1, 3.0, 0.55, 0.7) - 0.5).absolute()
    thin = (graph.noise(turned, 5.5, 2.0, 0.5, 0.4) - 0.5).absolute()
    here = graph.ramp(cloudy, 0.38, 0.62)
    core = graph.ramp(wide, 0.0, 0.012, 1.0, 0.0) * 0.55 + graph.ramp(wide, 0.0, 0.07, 1.0, 0.0) * 0.22
    return (core * (0.35 + 0.65 * here) + graph.ramp(thin, 0.0, 0.008, 1.0, 0.0) * 0.25 * here).at_most(0.85)


def plaster(place: Place, look: Look) -> Finish:
    """A painted wall: the stipple of the roller, slow waves of the plaster, scuffs and a grey bloom where lived in."""
    graph, color = place.graph, look.color
    stipple = graph.noise(place.position, 420.0, 0.0)
    waves = graph.noise(place.position, 1.6, 0.0)
    scuffs = graph.noise(place.position * (9.0, 9.0, 26.0), 1.0, 2.0, 0.7)
    scuff = graph.ramp(scuffs, 0.78 - 0.12 * look.dirt, 0.84 - 0.12 * look.dirt) * look.dirt
    base = color * (0.965 + waves * 0.05 + stipple * 0.02)
    base = graph.mix(scuff * 0.35, base, tone(color, 0.5))
    height = stipple * 0.00022 + waves * 0.0012
    return Finish(base, 0.78 - stipple * 0.06, tone(color, 0.99), height, specular=0.35, dusty=0.0, drinks=0.4)
