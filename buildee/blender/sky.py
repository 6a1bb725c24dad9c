"""The sky: scattered light, a sun of its own, clouds and haze."""

from __future__ import annotations

import math

import bpy
from mathutils import Vector

from buildee.blender import panorama
from buildee.blender.materials import air
from buildee.blender.materials.nodes import Graph, Source, Value
from buildee.layout.exposure import (
    GAIN,
    LOWEST,
    LUX,
    SKY_SHARE,
    WHITE_BALANCE,
    clear_light,
    daylight,
    extinction,
    low_sun_gain,
    overcast_light,
    sun_direction,
    sunlight,
)
from buildee.layout.scene import Sky

HAZE_HEIGHT = 150.0
"""Depth of the haze over the ground that the sky is seen through, metres."""

MAP_RESOLUTION = 256
"""Pixels across the map by which Cycles samples the world: without a sun disc the sky has no fine bright spots."""

NOISE_MEAN, NOISE_DEVIATION = 0.5, 0.068
"""Of the clouds' noise, measured over a million points."""


def build_sky(
    sky: Sky, scene: bpy.types.Scene, collection: bpy.types.Collection | None = None
) -> bpy.types.Object | None:
    """Gives a scene its world and its sun.

    The sun is a light rather than a disc in the sky: it is sampled directly, so shadows are crisp and
    almost free of noise.

    Args:
        sky: what to build.
        scene: gets a new world, a light and the properties of its air.
        collection: receives the sun; None takes the scene's own.

    Returns:
        The sun's object; None when it has set, or shines from a picture.

    Raises:
        AssetError: if the picture of the sky is not there.
    """
    world = bpy.data.worlds.new("sky")
    if world.node_tree is None:
        world.use_nodes = True
    world.node_tree.nodes.clear()
    graph = Graph(world.node_tree)
    air.write_air(sky, scene)
    scene.world = world
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = MAP_RESOLUTION if sky.image is None else panorama.MAP_RESOLUTION
    surface = _background(graph, sky) if sky.image is None else panorama.background(graph, sky)
    graph.write("ShaderNodeOutputWorld", {"Surface": surface})
    if sky.image is not None or max(sunlight(sky)) <= 0:
        return None
    sun = _sun(sky)
    (collection or scene.collection).objects.link(sun)
    return sun


def _background(graph: Graph, sky: Sky) -> Value:
    """Returns the world's shader: sky above, land below."""
    # Single clouds are for eyes and mirrors. What only receives the sky's light gets their mean: a fifth of the
    # rendering time less, since the sky is asked for at every point that light is gathered at.
    clear = _clear(graph, sky)
    plain = graph.node("ShaderNodeBackground", {"Color": _with_land(graph, _mean_clouds(graph, clear, sky), sky)})
    seen = graph.node("ShaderNodeBackground", {"Color": _with_land(graph, _clouds(graph, clear, sky), sky)})
    ray = {name: graph.given("ShaderNodeLightPath", f"Is {name} Ray") for name in ("Camera", "Glossy")}
    return graph.node("ShaderNodeMixShader", (ray["Camera"].at_least(ray["Glossy"]), plain, seen))


def _sun(sky: Sky) -> bpy.types.Object:
    color = sunlight(sky)
    peak = max(*color, 1e-6)
    light = bpy.data.lights.new("sun", "SUN")
    light.energy = peak
    light.color = tuple(channel / peak for channel in color)
    light.angle = sky.sun_size
    thing = bpy.data.objects.new("sun", light)
    thing.rotation_mode = "QUATERNION"
    thing.rotation_quaternion = Vector(sun_direction(sky)).to_track_quat("Z", "Y")
    return thing


def _clear(graph: Graph, sky: Sky) -> Value:
    """Returns the radiance of the cloudless sky in the direction being looked in."""
    x, y, z = graph.given("ShaderNodeTexCoord", "Generated").xyz
    above = graph.vector(x, y, z.at_least(0.004))
    dome = _dome_share(sky)
    gain = GAIN * SKY_SHARE * sky.strength * low_sun_gain(sky) * (1.0 - dome)
    clear = _scattered(graph, above, sky) * tuple(gain * channel for channel in WHITE_BALANCE)
    # Light scattered more than once bleaches the horizon, where scattering once leaves a green and yellow band.
    grey = clear.dot((0.2126, 0.7152, 0.0722))
    bleached = min(math.sin(max(sky.sun_elevation, 0.0)) * 2.5, 1.0)
    low = graph.ramp(z, 0.0, 0.3, 0.85 * bleached, 0.15 * bleached)
    clear = graph.mix(low, clear, graph.vector(grey * 0.96, grey, grey * 1.08)) + _dome(graph, sky) * dome
    return clear + _town(graph, sky) if sky.town > 0 else clear


def _dome_share(sky: Sky) -> float:
    """Returns how much of the sky's light has been scattered many times: most of it once the sun has set."""
    return 0.22 + 0.53 * _sunk(sky)


def _sunk(sky: Sky) -> float:
    """Returns 0 while the sun is up, 1 when it is well below the horizon."""
    return min(max((math.radians(5.0) - sky.sun_elevation) / math.radians(9.0), 0.0), 1.0)


def _dome(graph: Graph, sky: Sky) -> Value:
    """Returns light scattered many times, brighter low down and on the sun's side.

    The physical sky scatters once, which leaves it dark across from the sun, and black there at twilight. Then ozone,
    which grazing light crosses for far longer, makes it blue.
    """
    direction = graph.given("ShaderNodeTexCoord", "Generated")
    z = direction.xyz[2].at_least(0.0)
    toward = direction.dot((math.cos(sky.sun_azimuth), math.sin(sky.sun_azimuth), 0.0))
    level = (1.0 + toward * 0.35) * (1.3 - z * 0.5) * (clear_light(sky) / math.pi)
    low = graph.ramp(z, 0.0, 0.35, 1.0, 0.0)
    sunk = _sunk(sky)
    overhead = (0.72 - 0.22 * sunk, 1.0 + 0.04 * sunk, 1.55 + 0.55 * sunk)
    return graph.mix(low * 0.55, overhead, (0.95, 1.0, 1.15)) * level


def _town(graph: Graph, sky: Sky) -> Value:
    """Returns the glow over a town at night: its lamps in the dust, brightest low down."""
    z = graph.given("ShaderNodeTexCoord", "Generated").xyz[2].at_least(0.0)
    level = graph.mix(graph.ramp(z, 0.0, 0.5), 8.0, 1.0) * (sky.town / LUX)
    return graph.vector(level * 1.25, level, level * 0.72)


def _with_land(graph: Graph, above: Value, sky: Sky) -> Value:
    """Returns the sky's radiance with land below the horizon, haze in front of both."""
    direction = graph.given("ShaderNodeTexCoord", "Generated")
    z = direction.xyz[2]
    land = graph.ramp(z, -0.06, 0.0, 1.0, 0.0)
    below = graph.mix(land, above * (0.82, 0.79, 0.74), _land(sky))
    shown = graph.mix(z.above(0.0), below, above)
    depth = extinction(sky) * HAZE_HEIGHT
    if depth <= 0:
        return shown
    passed = graph.compute("EXPONENT", graph.compute("DIVIDE", -depth, z.at_least(0.01)))
    return graph.mix(passed, air.radiance(graph, direction), shown)


def _scattered(graph: Graph, direction: Value, sky: Sky) -> Value:
    """Returns Blender's physical sky without its sun disc; one name for what 4.5 and 5.0 call differently."""
    kind = "NISHITA" if bpy.app.version < (5, 0, 0) else "SINGLE_SCATTERING"
    settings = {
        "sky_type": kind,
        "sun_disc": False,
        "sun_elevation": max(sky.sun_elevation, LOWEST),
        # The node's sun stands over +Y at zero and turns clockwise seen from above.
        "sun_rotation": math.pi / 2 - sky.sun_azimuth,
        "altitude": sky.altitude,
        "dust_density" if kind == "NISHITA" else "aerosol_density": sky.dust,
    }
    return graph.node("ShaderNodeTexSky", {"Vector": direction}, **settings)


def _clouds(graph: Graph, clear: Value, sky: Sky) -> Value:
    """Returns the sky with a cloud deck in front: noise on a plane overhead, lit from the sun's side."""
    if sky.cloud <= 0:
        return clear
    x, y, z = graph.given("ShaderNodeTexCoord", "Generated").xyz
    slope = z.at_least(0.0) + 0.09
    spot = graph.vector(x / slope, y / slope, 0.37 + 2.0 * sky.cloud)
    east, north, _ = sun_direction(sky)
    dense = graph.noise(spot, 0.85, 6.0, 0.56, 0.25)
    step = (east * 0.22, north * 0.22, 0.0)
    sunward = graph.noise(spot + step, 0.85, 3.0, 0.56, 0.25)
    threshold, soft = _threshold(sky)
    cover = graph.ramp(dense, threshold, threshold + soft)
    thick = graph.ramp(dense, threshold, threshold + 0.4)
    lit = graph.ramp(sunward - dense, -0.12, 0.1, 1.0, 0.0)
    return _deck(graph, clear, sky, cover, lit, thick)


def _mean_clouds(graph: Graph, clear: Value, sky: Sky) -> Value:
    """Returns the sky with the same amount of cloud spread evenly."""
    if sky.cloud <= 0:
        return clear
    threshold, soft = _threshold(sky)
    # The noise is close to normally distributed.
    over = (NOISE_MEAN - threshold - soft / 2) / NOISE_DEVIATION
    cover = 0.5 * (1 + math.erf(over / math.sqrt(2)))
    thick = min(max((NOISE_MEAN - threshold) / 0.4, 0.0), 1.0)
    return _deck(graph, clear, sky, cover, 0.5, thick)


def _threshold(sky: Sky) -> tuple[float, float]:
    """Returns from which noise value on there is cloud, and over what range its edge fades."""
    return 0.66 - 0.52 * sky.cloud, 0.13 + 0.12 * sky.cloud


def _deck(graph: Graph, clear: Value, sky: Sky, cover: Source, lit: Source, thick: Source) -> Value:
    """Returns the clear sky behind clouds.

    Args:
        graph: the world's tree.
        clear: radiance of the cloudless sky.
        sky: what to build.
        cover: how much of the sky is hidden, 0 to 1.
        lit: 0 on the side of the clouds that lies in their own shade, 1 towards the sun.
        thick: how little light comes through, 0 to 1.
    """
    direction = graph.given("ShaderNodeTexCoord", "Generated")
    z = direction.xyz[2]
    glow = direction.dot(sun_direction(sky)).at_least(0.0) ** 12.0
    # Broken clouds are lit by the sun above, a closed deck only passes what overcast_light says it sheds.
    # Once the sun is down they stand dark before what is left of the light.
    up = min(max((sky.sun_elevation + math.radians(3.0)) / math.radians(6.0), 0.0), 1.0)
    bright = overcast_light(sky) / math.pi * (1.0 + (1.55 * up - 0.45) * (1 - sky.cloud))
    level = (glow * 0.7 + lit * (0.5 * (1.15 - sky.cloud)) - thick * 0.3 + 0.62) * bright
    level = level * graph.mix(sky.cloud, 1.0, 1.25 + z.at_least(0.0) * 1.3) + 14 * sky.town / LUX
    warm = 0.12 * (1 - min(math.sin(max(sky.sun_elevation, 0.0)) * 2, 1.0))
    color = graph.vector(level * (1.0 + warm), level, level * (1.04 - 1.6 * warm))
    fade = graph.ramp(z, 0.0, 0.16 - 0.1 * sky.cloud, min(0.15 + sky.cloud, 1.0), 1.0)
    return graph.mix(fade * cover, clear, color)


def _land(sky: Sky) -> tuple[float, float, float]:
    level = 0.16 * daylight(sky) / math.pi
    return (level, level * 0.95, level * 0.85)
