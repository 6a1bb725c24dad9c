"""What light goes into or through: glassware, liquids, leaves, wax."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, lines, tone
from buildee.blender.materials.nodes import Value
from buildee.blender.materials.timber import Grain

REFRACTIONS, REFLECTIONS = 3.0, 2.0
"""After so many refractions, or reflections, a path goes straight on through glass: its own turns are no longer told
apart, while black would be, and so would the noise of ever longer paths."""

RIM, DEEPEST = (0.55, 1.0), 0.3
"""Between which slants, 0 square to 1 grazing, the light's way through a wall of glass grows so long that it gets lost,
and how much is left at the end: outlines are dark, and so are those of shadows."""

VEINS = 0.011
"""Distance of a leaf's side veins, metres."""


def glassware(place: Place, look: Look) -> Value:
    """Solid glass that refracts; light on its way to other things passes straight through it, tinted.

    So glasses cast light shadows with dark outlines, and no caustics. Ground truth counts glassware as the first
    surface, as of panes.
    """
    graph = place.graph
    # A wall has two faces; the root makes both together the colour.
    slant = graph.node("ShaderNodeLayerWeight", {"Blend": 0.5}, "Facing")
    tint = (look.color * 0.7 + (0.3, 0.3, 0.3)) ** 0.5 * graph.ramp(slant, *RIM, 1.0, DEEPEST)
    ripple = graph.noise(place.position, 34.0, 0.0)
    wave = graph.node("ShaderNodeBump", {"Height": ripple * 0.00003, "Strength": 1.0, "Distance": 1.0})
    inputs = {
        "Base Color": tint,
        "Roughness": 0.12 * graph.ramp(look.wear, 0.5, 1.0),
        "IOR": 1.5,
        "Transmission Weight": 1.0,
        "Normal": wave,
    }
    return _lit_through(place, graph.node("ShaderNodeBsdfPrincipled", inputs), tint)


def liquid(place: Place, look: Look) -> Value:
    """Clear where cool or dark (water, wine, coffee), milky where bright and warm or white (milk, juice, yolk)."""
    graph, color = place.graph, look.color
    red, _, blue = color.xyz
    cool = (blue - red).above(0.012)
    milky = graph.ramp(grey(color), 0.42, 0.6) * (1.0 - cool)
    inputs = {
        "Base Color": color,
        "Roughness": 0.02,
        "IOR": 1.34,
        "Subsurface Weight": 0.6 * milky,
        "Subsurface Radius": (1.0, 0.8, 0.6),
        "Subsurface Scale": 0.004,
    }
    body = graph.node("ShaderNodeBsdfPrincipled", inputs)
    # Light crosses the surface twice, on its way in and out; the root makes both together the colour.
    tint = color**0.5
    through = graph.node(
        "ShaderNodeBsdfPrincipled", {"Base Color": tint, "Roughness": 0.0, "IOR": 1.34, "Transmission Weight": 1.0}
    )
    return graph.node("ShaderNodeMixShader", (milky, _lit_through(place, through, tint), body))


def _lit_through(place: Place, seen: Value, tint: Value) -> Value:
    """Returns a refracting shader for what looks at it, and a tinted transparent one for light that passes."""
    graph = place.graph
    passing = graph.given("ShaderNodeLightPath", "Is Shadow Ray").at_least(
        graph.given("ShaderNodeLightPath", "Is Diffuse Ray")
    )
    turns = graph.given("ShaderNodeLightPath", "Transmission Depth"), graph.given("ShaderNodeLightPath", "Glossy Depth")
    deep = turns[0].above(REFRACTIONS - 0.5).at_least(turns[1].above(REFLECTIONS - 0.5))
    straight = graph.node("ShaderNodeBsdfTransparent", {"Color": tint})
    return graph.node("ShaderNodeMixShader", (passing.at_least(deep), seen, straight))


def leaf(place: Place, look: Look) -> Value:
    """A leaf: waxy above, paler and matt below, light shines through; a midrib along it and side veins off that."""
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    own = (island * 11.3 + place.variation * 5.1).fraction()
    aside = grain.across.absolute()
    rib = graph.ramp(aside, 0.0004, 0.0013, 1.0, 0.0)
    side = lines(place, grain.along - aside * 0.8, VEINS, 0.0012) * 0.45
    vein = rib.at_least(side)
    mottle = graph.noise(place.position, 55.0, 1.0, 0.6)
    yellowing = graph.ramp(mottle + place.edges(0.012) * 0.25, 0.95 - 0.5 * look.wear, 1.15 - 0.5 * look.wear)
    base = color * (0.75 + own * 0.4) * (0.85 + mottle * 0.3)
    base = graph.mix(vein * 0.55, base, tone(color, 1.7, 0.05))
    base = graph.mix(yellowing * 0.8, base, (0.42, 0.33, 0.07))
    below = graph.given("ShaderNodeNewGeometry", "Backfacing")
    face = graph.mix(below * 0.35, base, tone(color, 1.6, -0.1))
    relief = graph.node("ShaderNodeBump", {"Height": vein * -0.0005, "Strength": 1.0, "Distance": 1.0})
    inputs = {"Base Color": face, "Roughness": 0.38 + below * 0.3 + mottle * 0.1, "Normal": relief}
    thrown = graph.node("ShaderNodeBsdfPrincipled", inputs)
    glow = tone(color, 1.5, 0.25) * (1.0 - vein * 0.35)
    through = graph.node("ShaderNodeBsdfTranslucent", {"Color": glow, "Normal": relief})
    return graph.node("ShaderNodeMixShader", (0.32, thrown, through))


def wax(place: Place, look: Look) -> Finish:
    """Wax, cheese, butter, soap: light spreads below a soft, slightly greasy surface."""
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 38.0, 2.0, 0.6)
    base = color * (0.95 + (place.random(1) - 0.5) * 0.06 + (cloudy - 0.5) * 0.12)
    base = graph.mix(place.edges(0.006) * 0.25 * look.wear, base, tone(color, 0.8, 0.08))
    further = {"Subsurface Weight": 0.7, "Subsurface Radius": (1.0, 0.6, 0.35), "Subsurface Scale": 0.006}
    roughness = 0.36 + (cloudy - 0.5) * 0.3 + 0.12 * look.wear
    return Finish(base, roughness, color, cloudy * 0.0004, specular=0.4, further=further, dusty=0.0, drinks=0.0)
