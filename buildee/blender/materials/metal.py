"""Steel painted, galvanised, rusty, bare and brushed, and cast iron."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, tone
from buildee.blender.materials.nodes import Value
from buildee.blender.materials.timber import Grain

RUST_DARK = (0.062, 0.026, 0.014)
RUST_BRIGHT = (0.23, 0.085, 0.028)
STEEL = (0.42, 0.41, 0.4)


def painted_metal(place: Place, look: Look) -> Finish:
    """Painted plant: faded on top, chipped at the edges down to primer and rust, rust running from the chips."""
    graph, color, wear = place.graph, look.color, look.wear
    cloudy = graph.noise(place.position, 1.7, 4.0, 0.6)
    chipping = graph.noise(place.position, 17.0, 5.0, 0.72, 0.4)
    exposed = chipping + place.edges(0.012) * (0.13 + 0.13 * wear) + (cloudy - 0.5) * 0.4
    limit = 0.77 - 0.13 * wear
    bare = graph.ramp(exposed, limit, limit + 0.012) * wear.above(0.0)
    rim = graph.ramp(exposed, limit - 0.03, limit) * (wear * 1.5).at_most(1.0)
    chalk = graph.ramp(cloudy, 0.35, 0.65) * (0.06 + 0.22 * wear) + place.facing_up() * 0.12 * wear
    middle = grey(color)
    pale = tone(graph.mix(0.38, color, graph.vector(middle, middle, middle)), 1.1)
    coat = graph.mix(chalk, color, pale) * (0.93 + (place.random(1) - 0.5) * 0.12)
    run = graph.ramp(place.streaks(9.0), 0.6, 0.74) * place.upright() * (0.1 + 0.55 * wear)
    coat = graph.mix(run, coat, (0.14, 0.065, 0.03))
    coat = graph.mix(rim * 0.4, coat, tone(color, 0.35))
    rust = graph.mix(graph.ramp(chipping, limit, limit + 0.16), RUST_BRIGHT, RUST_DARK)
    scuffs = graph.noise(place.position * (3.0, 90.0, 60.0), 1.0, 2.0, 0.7)
    gloss = 0.22 + 0.3 * wear + (cloudy - 0.5) * 0.5 + graph.ramp(scuffs, 0.58, 0.7) * 0.18
    return Finish(
        graph.mix(bare, coat, rust),
        graph.mix(bare, gloss, 0.82),
        tone(color, 0.9),
        rim * -0.0004 + cloudy * 0.0006,
        drinks=0.15,
    )


def galvanized(place: Place, look: Look) -> Finish:
    """Zinc: spangle of dull facets, greyed by the weather, white rust where water stands."""
    graph, color = place.graph, look.color
    facet = graph.random(graph.cells(place.position, 70.0, "Position"))
    cloudy = graph.noise(place.position, 3.1, 4.0, 0.62)
    white = graph.ramp(cloudy, 0.66 - 0.16 * look.wear, 0.84 - 0.16 * look.wear) * (0.3 + 0.6 * look.wear)
    zinc = graph.mix(facet, tone(color, 0.9, -0.01), tone(color, 1.05)) * (0.8 + cloudy * 0.34)
    roughness = 0.34 + facet * 0.07 + cloudy * 0.22 + 0.1 * look.wear
    return Finish(
        graph.mix(white, zinc, (0.5, 0.5, 0.49)),
        graph.mix(white, roughness, 0.85),
        tone(color, 0.8),
        None,
        metallic=graph.mix(white, 0.9 - 0.25 * look.wear, 0.05),
        dusty=0.8,
        drinks=0.15,
    )


def rusty_steel(place: Place, look: Look) -> Finish:
    """Hot-rolled steel in the open: blue-grey mill scale that gives way to rust in three browns."""
    graph, color = place.graph, look.color
    broad = graph.noise(place.position, 2.3, 6.0, 0.72)
    fine = graph.noise(place.position, 95.0, 4.0, 0.75)
    age = broad * 0.55 + fine * 0.45 + (place.random(1) - 0.5) * 0.1
    bloom = graph.ramp(graph.noise(place.position, 0.8, 3.0, 0.6), 0.48, 0.66)
    run = graph.ramp(place.streaks(), 0.52, 0.72) * place.upright()
    scale = graph.ramp(age, 0.43 - 0.3 * (look.wear - 0.3), 0.5 - 0.3 * (look.wear - 0.3), 1.0, 0.0)
    rust = graph.mix(graph.ramp(fine, 0.25, 0.78), tone(color, 0.55, -0.05), tone(color, 1.15))
    # Fresh rust is orange, old rust is brown; water carries it down in dark runs.
    rust = graph.mix(bloom * 0.6, rust, tone(color, 1.7, 0.12))
    rust = graph.mix(run * 0.5, rust, tone(color, 0.35))
    rust = graph.mix(graph.ramp(broad, 0.5, 0.75) * 0.55, rust, (0.2, 0.105, 0.055))
    return Finish(
        graph.mix(scale, rust, (0.07, 0.066, 0.066)),
        graph.mix(scale, 0.9, 0.48) - fine * 0.08,
        tone(color, 0.85),
        fine * 0.0007 + scale * 0.0002,
        metallic=scale * 0.6,
        specular=0.3,
        dusty=0.7,
        drinks=0.5,
    )


def bare_metal(place: Place, look: Look) -> Finish:
    """Steel worn bright by work: scratches one way, a haze of grease, rust freckles with wear."""
    graph, color = place.graph, look.color
    brushed = graph.noise(place.position * (4.0, 420.0, 420.0), 1.0, 2.0, 0.6)
    cloudy = graph.noise(place.position, 6.0, 4.0, 0.65)
    freckle = graph.ramp(
        graph.noise(place.position, 55.0, 3.0, 0.65) + (cloudy - 0.5) * 0.5,
        0.86 - 0.3 * look.wear,
        0.95 - 0.3 * look.wear,
    )
    roughness = 0.17 + 0.2 * look.wear + brushed * 0.12 + graph.ramp(cloudy, 0.45, 0.65) * 0.09
    return Finish(
        graph.mix(freckle, _steel(place, color), RUST_DARK),
        graph.mix(freckle, roughness, 0.85),
        tone(color, 0.7),
        brushed * 0.00006,
        metallic=1.0 - freckle,
        dusty=0.6,
        drinks=0.0,
    )


def _steel(place: Place, color: Value) -> Value:
    return place.graph.mix(place.random(1), tone(color, 0.92), tone(color, 1.05))


def brushed_metal(place: Place, look: Look) -> Finish:
    """Sheet brushed along its longest side, round ware round its axis: highlights spread across the brushing."""
    graph, color = place.graph, look.color
    grain = Grain.of(place)
    x, y, z = place.local.xyz
    sx, sy, _ = place.extent.xyz
    turned = graph.ramp((sx - sy).absolute() / sx.at_least(sy), 0.02, 0.04, 1.0, 0.0)
    radius = graph.vector(x, y, 0.0).length()
    across = graph.mix(turned, grain.across, radius) * 1300.0
    through = graph.mix(turned, grain.through, z) * 1300.0
    strokes = graph.noise(graph.vector(grain.along * 4.0 * (1.0 - turned), across, through), 1.0, 1.0, 0.6)
    smears = graph.noise(place.position, 13.0, 2.0, 0.65, 0.5)
    prints = graph.ramp(smears, 0.56 - 0.06 * look.dirt, 0.74 - 0.1 * look.dirt) * (0.3 + 0.7 * look.dirt)
    scratches = graph.noise(place.position * (31.0, 140.0, 90.0), 1.0, 1.0, 0.6)
    scratch = graph.ramp(scratches, 0.7, 0.75) * look.wear
    # Turned a little, so that it is not the very normal of a bar's end.
    stroke = graph.mix(turned, grain.axis, graph.vector(y * -1.0, x, 0.0)) + graph.vector(1e-4, 2e-4, 3e-4)
    tangent = graph.node(
        "ShaderNodeVectorTransform", (stroke,), vector_type="VECTOR", convert_from="OBJECT", convert_to="WORLD"
    )
    return Finish(
        color * (0.97 + strokes * 0.06) * (1.0 - prints * 0.03 + scratch * 0.05),
        0.29 + strokes * 0.05 + 0.08 * look.wear + prints * 0.05,
        tone(color, 0.85),
        strokes * 0.000004,
        metallic=1.0,
        further={"Anisotropic": 0.65, "Tangent": tangent},
        dusty=0.0,
        drinks=0.0,
    )


def cast_iron(place: Place, look: Look) -> Finish:
    """Seasoned cast iron: the grain of the sand mould, burnt oil glossy in patches, brown where it has worn off."""
    graph, color = place.graph, look.color
    sand = graph.noise(place.position, 520.0, 1.0, 0.6)
    oily = graph.noise(place.position, 18.0, 2.0, 0.65)
    bare = graph.ramp(oily + place.edges(0.004) * 0.12, 0.9 - 0.3 * look.wear, 1.0 - 0.3 * look.wear)
    base = graph.mix(graph.ramp(oily, 0.35, 0.65), tone(color, 0.8), tone(color, 1.25, 0.06)) * (0.8 + sand * 0.4)
    base = graph.mix(bare * look.wear, base, RUST_DARK)
    roughness = graph.ramp(oily, 0.3, 0.7, 0.6, 0.42) + sand * 0.12 + bare * 0.2
    height = sand * 0.00022
    return Finish(base, roughness, color, height, metallic=0.15, specular=0.45, dusty=0.0, drinks=0.1)
