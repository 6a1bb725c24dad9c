"""Plastic, rubber, glass, cloth, skin, road-sign film and lamp faces."""

from __future__ import annotations

from buildee.blender.materials.finish import DUST, Finish, Place
from buildee.blender.materials.look import Look
from buildee.blender.materials.mineral import grey, lines, tone
from buildee.blender.materials.nodes import Value


def plastic(place: Place, look: Look) -> Finish:
    """Moulded plastic: fine grain, bleached where the sun reaches, scuffed pale."""
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 2.1, 4.0, 0.6)
    scuffs = graph.noise(place.position * (40.0, 40.0, 9.0), 1.0, 3.0, 0.72)
    scuff = graph.ramp(scuffs, 0.7 - 0.14 * look.wear, 0.76 - 0.12 * look.wear) * (look.wear * 1.2).at_most(0.7)
    red, green, blue = color.xyz
    pale = color * 0.7 + (red.at_least(green).at_least(blue) * 0.3)
    # The sun bleaches what looks up most; a mould's colour is even otherwise.
    sunned = 0.3 + place.facing_up() * 0.6 + (cloudy - 0.5) * 0.5
    bleached = graph.mix(sunned * (0.1 + 0.6 * look.wear), color, pale)
    base = graph.mix(scuff, bleached, tone(pale, 0.75)) * (0.94 + (place.random(1) - 0.5) * 0.12)
    grain = graph.noise(place.position, 900.0, 1.0)
    roughness = 0.34 + 0.2 * look.wear + (cloudy - 0.5) * 0.24 + scuff * 0.25
    return Finish(base, roughness, tone(color, 0.95), grain * 0.00005, drinks=0.1)


def rubber(place: Place, look: Look) -> Finish:
    """Tyres and tracks: grey-black, dust ground into all of it rather than lying on top."""
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 9.0, 4.0, 0.72)
    fine = graph.noise(place.position, 160.0, 2.0, 0.6)
    ground_in = graph.ramp(cloudy * 0.6 + fine * 0.4, 0.55 - 0.35 * look.dirt, 0.95 - 0.25 * look.dirt)
    base = graph.mix(
        0.12 * look.wear + ground_in * (0.15 + look.dirt * 0.7).at_most(0.8),
        color,
        tuple(0.75 * channel for channel in DUST),
    )
    roughness = 0.62 + cloudy * 0.3
    return Finish(base, roughness, tone(color, 1.3), fine * 0.0006, specular=0.35, dusty=0.25, drinks=0.4)


def glass(place: Place, look: Look) -> Value:
    """A pane: mirror by Fresnel over a faint tint that light passes straight through, dirt on top.

    No refraction, hence no caustics and no noise; ground truth counts the pane as the first surface.
    """
    graph = place.graph
    film = graph.noise(place.position, 2.6, 4.0, 0.65)
    grime = graph.ramp(film + place.edges(0.06) * 0.12, 0.62 - 0.22 * look.dirt, 1.05 - 0.3 * look.dirt) * (
        0.08 + look.dirt * 0.5
    )
    tint = look.color * 0.5 + (0.35, 0.35, 0.35)
    clear = graph.node("ShaderNodeBsdfTransparent", {"Color": tint})
    # Old panes are never quite flat: a slow wave makes the mirrored horizon wander.
    wave = graph.node("ShaderNodeBump", {"Height": graph.noise(place.position, 1.3, 0.0) * 0.002, "Distance": 1.0})
    mirror = graph.node("ShaderNodeBsdfAnisotropic", {"Color": (0.95, 0.97, 1.0), "Roughness": 0.02, "Normal": wave})
    # A pane has two faces: about twice the 4 % of one at normal incidence.
    # Seen from behind, Blender turns the index round: a pane has glass on neither side.
    behind = graph.given("ShaderNodeNewGeometry", "Backfacing")
    fresnel = graph.node("ShaderNodeFresnel", {"IOR": graph.mix(behind, 1.78, 1 / 1.78)})
    camera_side = 1.0 - graph.given("ShaderNodeLightPath", "Is Shadow Ray")
    pane = graph.node("ShaderNodeMixShader", (fresnel * camera_side, clear, mirror))
    dirt = graph.node("ShaderNodeBsdfDiffuse", {"Color": DUST})
    return graph.node("ShaderNodeMixShader", (grime, pane, dirt))


def fabric(place: Place, look: Look) -> Finish:
    """Woven cloth: threads, soft folds, sheen; bright work wear soils at its lower half."""
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 5.0, 4.0, 0.62)
    folds = graph.noise(place.position * (11.0, 11.0, 6.5), 1.0, 1.0, 0.35, 0.5)
    weave = graph.noise(place.position, 650.0, 0.0)
    soiled = graph.ramp(cloudy, 0.52, 0.75) * (0.12 + 0.45 * look.dirt)
    worn = color * 0.8 + grey(color) * 0.2
    base = graph.mix(graph.ramp(folds, 0.35, 0.7) * 0.3 * (0.3 + look.wear), color, tone(worn, 1.1))
    base = graph.mix(soiled, base, (0.1, 0.085, 0.068)) * (0.86 + weave * 0.28)
    further = {"Sheen Weight": 0.25, "Sheen Roughness": 0.6}
    height = folds * 0.01 + weave * 0.0002
    return Finish(base, 0.92, tone(color, 0.92), height, specular=0.2, further=further, dusty=0.75, drinks=0.6)


def sheeting(place: Place, look: Look) -> Value:
    """Thin cloth or film: as much light comes through as is thrown back, so that it glows before the sun.

    The reinforcing grid of scaffold sheeting shows as pale lines, where there is wear: new cloth is plain. Bleached
    patches and grime run down from the ties.
    """
    graph, color = place.graph, look.color
    x, y, z = place.lattice.xyz
    grid = lines(place, x + y, 0.05, 0.003).at_least(lines(place, z, 0.05, 0.003)) * 0.3
    grid = grid * look.wear.above(0.0)
    cloudy = graph.noise(place.position, 1.7, 4.0, 0.62)
    creases = graph.noise(place.position * (6.0, 6.0, 2.0), 1.0, 2.0, 0.5, 0.4)
    pale = graph.mix(graph.ramp(cloudy, 0.35, 0.7) * (0.15 + 0.5 * look.wear), color, tone(color, 1.25))
    soiled = graph.ramp(place.streaks(), 0.5, 0.8) * (0.3 * look.dirt)
    base = graph.mix(soiled, pale, DUST) * (0.94 + (place.random(1) - 0.5) * 0.16)
    base = graph.mix(grid, base, tone(color, 1.6))
    relief = graph.node("ShaderNodeBump", {"Height": creases * 0.012, "Strength": 1.0, "Distance": 1.0})
    thrown = graph.node("ShaderNodeBsdfDiffuse", {"Color": base, "Normal": relief})
    through = graph.node("ShaderNodeBsdfTranslucent", {"Color": base * 0.9, "Normal": relief})
    return graph.node("ShaderNodeMixShader", (0.4, thrown, through))


def netting(place: Place, look: Look) -> Value:
    """An open weave of threads: what stands behind shows through it, less the more it is seen at a slant.

    The holes are millimetres wide, too small for pictures, so that they are a share of the light and no pattern; dust
    closes some of them. Ground truth counts the net as the first surface, as of glass.
    """
    graph, color = place.graph, look.color
    cloudy = graph.noise(place.position, 1.3, 4.0, 0.62)
    x, y, z = place.lattice.xyz
    bands = lines(place, x + y, 0.25, 0.012).at_least(lines(place, z, 0.5, 0.012))
    pale = graph.mix(graph.ramp(cloudy, 0.35, 0.7) * (0.15 + 0.5 * look.wear), color, tone(color, 1.3, 0.02))
    soiled = graph.ramp(place.streaks(), 0.45, 0.8) * (0.6 * look.dirt)
    base = graph.mix(soiled, pale, DUST) * (0.9 + (place.random(1) - 0.5) * 0.2)
    thrown = graph.node("ShaderNodeBsdfDiffuse", {"Color": base})
    through = graph.node("ShaderNodeBsdfTranslucent", {"Color": base * 0.9})
    threads = graph.node("ShaderNodeMixShader", (0.45, thrown, through))
    holes = graph.node("ShaderNodeBsdfTransparent", {"Color": (1.0, 1.0, 1.0)})
    slant = graph.node("ShaderNodeLayerWeight", {"Blend": 0.5}, "Facing")
    cover = 0.5 + slant * 0.45 + bands * 0.22 + soiled * 0.3 + (cloudy - 0.5) * 0.2
    return graph.node("ShaderNodeMixShader", (cover.at_most(0.97).at_least(0.3), holes, threads))


def skin(place: Place, look: Look) -> Finish:
    """Skin seen from metres away: mottled, a little oily, no light scattering below the surface."""
    graph, color = place.graph, look.color
    mottle = graph.noise(place.position, 24.0, 3.0, 0.6)
    pores = graph.noise(place.position, 700.0, 1.0)
    flush = graph.mix(graph.ramp(mottle, 0.38, 0.66), tone(color, 0.95), tone(color, 1.03, 0.04))
    height = pores * 0.0002 + mottle * 0.0006
    return Finish(flush, 0.48 + mottle * 0.14, color, height, specular=0.4, dusty=0.15, drinks=0.1)


def reflective(place: Place, look: Look) -> Finish:
    """Retro-reflective film: a pale face with the honeycomb of its sheeting, dulled where scratched."""
    graph, color = place.graph, look.color
    seam = graph.ramp(graph.cells(place.lattice, 260.0, randomness=0.15), 0.42, 0.5)
    cloudy = graph.noise(place.position, 5.0, 3.0, 0.65)
    base = graph.mix(seam * 0.5, color, tone(color, 0.6)) * (0.92 + cloudy * 0.16)
    base = graph.mix(graph.ramp(cloudy, 0.55, 0.75) * 0.6 * look.wear, base, (0.25, 0.24, 0.22))
    further = {"Coat Weight": 0.5, "Coat Roughness": 0.12}
    return Finish(base, 0.32 + cloudy * 0.2, color, None, metallic=0.25, further=further, dusty=0.6, drinks=0.0)


def emissive(place: Place, look: Look) -> Value:
    """A lamp face or lit window: a pale glossy face that glows as seen by the camera and in mirrors.

    What it lights is left to the layout's lamps, which Cycles samples without noise.
    """
    graph = place.graph
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    lit = (island * 7.7 + place.variation * 3.1).fraction().above(look.wear)
    seen = 1.0 - graph.given("ShaderNodeLightPath", "Is Diffuse Ray")
    # Rooms behind windows differ; the faces of a lamp do not.
    uneven = ((island * 5.3 + place.random(1)).fraction() - 0.5) * (look.wear * 1.4)
    level = look.glow * lit * seen * (1.0 + uneven)
    face = graph.node(
        "ShaderNodeBsdfPrincipled",
        {
            "Base Color": look.color * 0.7,
            "Roughness": 0.3,
            "Emission Color": look.color,
            "Emission Strength": level,
        },
    )
    grime = graph.node("ShaderNodeBsdfDiffuse", {"Color": DUST})
    film = graph.noise(place.position, 6.0, 3.0, 0.65)
    return graph.node("ShaderNodeMixShader", (graph.ramp(film, 0.45, 0.9) * 0.6 * look.dirt, face, grime))
