"""Fruit, vegetables and bread."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, saturation, tone
from buildee.blender.meshes import PAINT

FLOUR = (0.76, 0.7, 0.6)
"""Flour on a crust, linear RGB."""


def produce(place: Place, look: Look) -> Finish:
    """Skin of fruit and vegetables: flushed on one side, paler at the ends, lenticels; dull colours are dull skins."""
    graph, color = place.graph, look.color
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    own = (island * 9.7 + place.variation * 6.1).fraction()
    bright = graph.ramp(saturation(color), 0.55, 0.85)
    patches = graph.noise(place.position, 19.0, 2.0, 0.6)
    streaks = graph.noise(place.position * (130.0, 130.0, 16.0), 1.0, 1.0, 0.6)
    # The side that hung in the sun is deeper in colour; the ends, where leaf and flower were, are greener.
    z = place.local.xyz[2] / (place.extent.xyz[2] + 0.001)
    ends = graph.ramp(z.absolute() + (patches - 0.5) * 0.25, 0.32, 0.56)
    red, green, blue = color.xyz
    high = red.at_least(green)
    unripe = graph.vector(high * 0.8, high * 0.72, blue + high * 0.12)
    turn = patches * 0.8 + (streaks - 0.5) * 0.6 + (own - 0.5) * 0.3
    base = graph.mix(graph.ramp(turn, 0.3, 0.6), tone(color, 0.78, -0.02), tone(color, 1.12, 0.02))
    base = graph.mix((ends * 0.35 + graph.ramp(turn, 0.52, 0.78) * 0.12) * bright, base, unripe)
    dots = graph.cells(place.position, 330.0)
    lenticel = graph.ramp(dots, 0.1, 0.17, 1.0, 0.0) * graph.ramp(patches, 0.36, 0.56)
    base = graph.mix(lenticel * graph.mix(bright, 0.75, 0.5), base, graph.mix(bright, tone(color, 0.5), unripe))
    russet = graph.ramp(streaks + (patches - 0.5) * 0.8, 0.5, 0.68) * (1.0 - bright) * (0.2 + 0.8 * look.wear)
    base = graph.mix(russet * 0.6, base, tone(color, 0.45, 0.08))
    bruise = graph.ramp(patches, 0.8 - 0.2 * look.wear, 0.88 - 0.2 * look.wear) * look.wear
    base = graph.mix(bruise * 0.7, base, (0.11, 0.06, 0.025))
    further = {
        "Subsurface Weight": 0.12,
        "Subsurface Radius": (1.0, 0.5, 0.25),
        "Subsurface Scale": 0.004,
        "Coat Weight": 0.35 * bright,
        "Coat Roughness": 0.16 + patches * 0.12,
    }
    roughness = graph.mix(bright, 0.74, 0.42) + (patches - 0.5) * 0.2
    height = patches * 0.0007 + (streaks * 0.00012 - lenticel * 0.0002) * (1.0 - bright)
    return Finish(base, roughness, tone(color, 0.95), height, specular=0.4, further=further, dusty=0.0, drinks=0.05)


def bread(place: Place, look: Look) -> Finish:
    """Crust, browned unevenly, floured on top; and crumb, full of holes.

    Crumb is where the first column of the mesh's paint says so by 1, and where the colour is pale.
    """
    graph, color = place.graph, look.color
    painted = graph.attribute(PAINT.format(0), "Color", "GEOMETRY").xyz[0]
    crumb = painted.at_least(graph.ramp(grey(color), 0.36, 0.46))
    browned = graph.noise(place.position, 23.0, 2.0, 0.5)
    fine = graph.noise(place.position, 210.0, 2.0, 0.6)
    # Loaves are browned most where they bulge, and flour stays in the creases and on top.
    hot = graph.ramp(browned + (fine - 0.5) * 0.2, 0.28, 0.72)
    crust = graph.mix(hot, tone(color, 1.35, -0.02), tone(color, 0.6, 0.08))
    dusted = place.facing_up() * graph.ramp(fine * 0.3 + browned * 0.7, 0.36, 0.76) * 0.24
    crust = graph.mix(dusted, crust, FLOUR)
    bubbles = graph.noise(place.position, 150.0, 2.0, 0.7, 0.3)
    deep = graph.ramp(bubbles + (browned - 0.5) * 0.2, 0.53, 0.68)
    pale = graph.mix(painted, color, (0.72, 0.6, 0.42))
    inside = pale * (0.84 + fine * 0.2) * (1.0 - deep * (0.22, 0.28, 0.36))
    further = {"Subsurface Weight": crumb * 0.3, "Subsurface Radius": (1.0, 0.7, 0.4), "Subsurface Scale": 0.004}
    height = graph.mix(crumb, fine * 0.0007 + browned * 0.002, fine * 0.0005 - deep * 0.0012)
    return Finish(
        graph.mix(crumb, crust, inside),
        graph.mix(crumb, 0.5 + dusted * 0.4 + fine * 0.15, 0.9),
        tone(color, 0.9),
        height,
        specular=0.35,
        further=further,
        dusty=0.0,
        drinks=0.5,
    )
