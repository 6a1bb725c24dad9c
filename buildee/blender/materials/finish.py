"""From what a surface is to a shader: coordinates, weather, and the cheap stand-in for bounced light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import bpy

from buildee.blender.materials.islands import EXTENT, MIDDLE
from buildee.blender.materials.look import Look
from buildee.blender.materials.nodes import Graph, Source, Value
from buildee.layout.material import Color

VARIATION = "buildee_variation"
"""Attribute of an object or scattered point in [0, 1): what makes two equal things look different."""

HEIGHT = "buildee_height"
"""Attribute of an object: how far its origin lies above the bottom of its instance at rest, metres; 0 when absent.
Mud and splashes follow it, so that they stay on a boom that swings instead of swimming over it."""

DUST: Color = (0.33, 0.27, 0.205)
"""Dry site dust: pale greyish loam, linear RGB."""

WET_ROUGHNESS = 0.32
"""Of a film of water over a surface that is no puddle; smoother surfaces stay as smooth."""

RELIEF_FADES = (22.0, 34.0)
"""Over which distances from the camera a finish loses its relief, metres: from there on a pixel of a 640-pixel
picture is wider than the relief's bumps."""

MUD: Color = (0.17, 0.13, 0.095)
"""Damp mud, linear RGB."""


@dataclass(frozen=True)
class Place:
    """Where on which thing a point is; what every pattern hangs on.

    Attributes:
        graph: the tree being written.
        position: object coordinates, metres over the material's scale, shifted by the variation.
        local: the same from the middle of the connected piece that the point belongs to, without the shift.
        extent: the sides of that piece's bounding box, metres over the scale.
        lattice: the same without the shift, for patterns that are aligned with the thing's edges.
        normal: shading normal in object axes.
        variation: scalar in [0, 1) of the instance.
    """

    graph: Graph
    position: Value
    lattice: Value
    local: Value
    extent: Value
    normal: Value
    variation: Value

    @staticmethod
    def of(graph: Graph, scale: Value) -> Place:
        """Reads the coordinates of the point being shaded; `scale` enlarges every pattern."""
        at = graph.shared("buildee.place", {"Scale": scale}, _placed)
        normal = graph.given("ShaderNodeTexCoord", "Normal")
        names = ("Position", "Lattice", "Local", "Extent")
        return Place(graph, *(at[name] for name in names), normal, graph.attribute(VARIATION))

    def broad(self, smallest: float) -> Value:
        """Returns 1 on pieces whose second longest side is well above `smallest` metres, 0 on bars and small things."""
        x, y, z = self.extent.xyz
        second = x.at_most(y).at_least(x.at_least(y).at_most(z))
        return self.graph.ramp(second, smallest * 0.9, smallest * 1.1)

    def random(self, stream: int) -> Value:
        """Returns a number in [0, 1) of the instance, another one for every stream."""
        return (self.variation * (7.31 + 3.7 * stream) + 0.137 * stream).fraction()

    def stretched(self, x: float, y: float, z: float) -> Value:
        """Returns the position with every axis multiplied."""
        return self.position * (x, y, z)

    def facing_up(self) -> Value:
        """Returns 1 on faces that look up, 0 on vertical ones and below."""
        return self.graph.ramp(self.normal.xyz[2], 0.35, 0.9)

    def upright(self) -> Value:
        """Returns 1 on vertical faces, 0 on level ones."""
        return self.graph.ramp(self.normal.xyz[2].absolute(), 0.3, 0.75, 1.0, 0.0)

    def streaks(self, per_metre: float = 5.0) -> Value:
        """Returns noise drawn out downwards, as water leaves it on walls; around 0.5."""
        return self.graph.noise(self.position * (per_metre, per_metre, 0.3), 1.0, 2.0, 0.65)

    def edges(self, width: float) -> Value:
        """Returns 1 at the edges of the piece's bounding box, falling to 0 over `width` metres.

        The two nearest sides of the box give the distance: exact for boxes, plates and panels, and far
        cheaper than tracing rays for a bevel. Pieces of other shapes get less of it.
        """
        x, y, z = (self.extent * 0.5 - self.graph.compute("ABSOLUTE", self.local)).xyz
        second = x.at_most(y).at_least(x.at_least(y).at_most(z))
        return self.graph.ramp(second, 0.0, width, 1.0, 0.0)


def _placed(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Returns the coordinates of a `Place` by the names of its attributes."""
    lattice, scale = graph.given("ShaderNodeTexCoord", "Object") / inputs["Scale"], inputs["Scale"]
    local, extent = _piece(graph)
    shift = graph.node("ShaderNodeVectorMath", ((37.0, 59.0, 23.0), graph.attribute(VARIATION)), operation="MULTIPLY")
    return {"Position": lattice + shift, "Lattice": lattice, "Local": local / scale, "Extent": extent / scale}


def _piece(graph: Graph) -> tuple[Value, Value]:
    """Returns where a point lies in its piece, from the piece's middle, and the piece's sides, metres.

    Meshes that nobody marked count as one piece.
    """
    extent = graph.attribute(EXTENT, "Vector", "GEOMETRY")
    whole = graph.attribute("dimensions", "Vector", "OBJECT")
    marked = extent.length().above(0.0)
    inside = graph.given("ShaderNodeTexCoord", "Object") - graph.attribute(MIDDLE, "Vector", "GEOMETRY")
    spread = (graph.given("ShaderNodeTexCoord", "Generated") - (0.5, 0.5, 0.5)) * whole
    return graph.mix(marked, spread, inside), graph.mix(marked, whole, extent)


@dataclass(frozen=True)
class Finish:
    """What the surface is at a point, before weather.

    Attributes:
        color: base colour, linear RGB.
        roughness: 0 mirror to 1 chalk. Let a surface stay on one side of 0.274: below, the denoiser is guided by what
            is mirrored, above by the surface, and the border between the two shows as blotches.
        mean: the colour seen from afar: it stands in for the whole tree where light bounces diffusely.
        height: relief for the bump, metres; None when smooth.
        metallic: 0 dielectric to 1 metal.
        specular: Principled's "Specular IOR Level".
        further: other inputs of the Principled BSDF by identifier.
        dusty: how readily dust stays on it, 0..1.
        drinks: how much a soaking darkens it, 0..1.
    """

    color: Source
    roughness: Source
    mean: Source
    height: Value | None = None
    metallic: Source = 0.0
    specular: Source = 0.5
    further: Mapping[str, Source] = field(default_factory=dict)
    dusty: float = 1.0
    drinks: Source = 0.5


def weathered(graph: Graph, finish: Finish, dirty: bool, wet: bool) -> Finish:
    """Lays dust, mud and water on a finish; what never gets dirty or wet is spared their nodes."""
    if dirty and finish.dusty > 0:
        dry = {
            "Color": finish.color,
            "Mean": finish.mean,
            "Roughness": finish.roughness,
            "Metallic": finish.metallic,
            "Drinks": finish.drinks,
        }
        dust = graph.shared("buildee.dust", {**dry, "Dusty": finish.dusty}, _dusted)
        finish = replace(finish, **{name.lower(): dust[name] for name in dry})
    if wet:
        dry = {"Color": finish.color, "Mean": finish.mean, "Roughness": finish.roughness, "Drinks": finish.drinks}
        water = graph.shared("buildee.water", dry, _wetted)
        height = None if finish.height is None else finish.height * (1.0 - water["Film"])
        changed = {name: water[name.title()] for name in ("color", "mean", "roughness")}
        finish = replace(finish, height=height, **changed)
    return finish


def _dusted(graph: Graph, dry: Mapping[str, Value]) -> dict[str, Value]:
    """Dust settles on what looks up and is splashed up from below; rain draws it down in streaks."""
    look = Look.of(graph)
    place, dirt = Place.of(graph, look.scale), look.dirt * dry["Dusty"]
    patches = graph.noise(place.position, 3.7, 3.0, 0.72)
    above = place.lattice.xyz[2] + graph.attribute(HEIGHT)
    low = graph.ramp(above, 0.0, 0.35 + 0.9 * dirt, 1.0, 0.0)
    # Rain and wheels throw mud a hand's breadth up whatever stands on the ground, in an uneven line.
    splash = graph.ramp(above + (0.5 - patches) * 0.5, 0.0, 0.1 + 0.3 * dirt, 1.0, 0.0) * place.upright()
    level = place.facing_up()
    runs = place.upright() * graph.ramp(place.streaks(), 0.47, 0.72)
    cover = low * 0.5 + splash * 0.4 + level * 0.5 + runs * 0.22
    amount = cover + (patches - 0.5) * 1.1
    dust = graph.ramp(amount, 1.05 - 1.0 * dirt, 1.75 - 0.9 * dirt) * (dirt * 0.6 + 0.35).at_most(0.92)
    earth = graph.mix((low * graph.ramp(patches, 0.35, 0.65) * dirt.at_most(0.9)).at_least(splash * 0.75), DUST, MUD)
    grimy = graph.mix(runs * 0.5 * dirt, dry["Color"], dry["Color"] * 0.42)
    return {
        "Color": graph.mix(dust, grimy, earth),
        "Mean": graph.mix(0.25 * dirt, dry["Mean"], DUST),
        "Roughness": graph.mix(dust, dry["Roughness"], 0.93),
        "Metallic": graph.mix(dust, dry["Metallic"], 0.0),
        "Drinks": graph.mix(dust, dry["Drinks"], 0.75),
    }


def _wetted(graph: Graph, dry: Mapping[str, Value]) -> dict[str, Value]:
    """A film of water darkens what drinks it and shines; it lies in the patches that dry last."""
    look = Look.of(graph)
    place, wetness = Place.of(graph, look.scale), look.wetness
    lie = graph.noise(place.position, 0.45, 4.0, 0.62)
    damp = graph.ramp(lie, 0.7 - 0.65 * wetness, 0.85 - 0.5 * wetness) * (wetness + 0.3).at_most(1.0)
    # Water stands only on level faces; there it hides the relief below it.
    pool = graph.noise(place.position, 0.28, 2.0, 0.5)
    film = graph.ramp(pool, 0.7 - 0.2 * wetness, 0.725 - 0.2 * wetness) * place.facing_up()
    damp = damp.at_least(film)
    gloss = graph.mix(damp, dry["Roughness"], dry["Roughness"].at_most(WET_ROUGHNESS))
    return {
        "Color": graph.mix(damp * dry["Drinks"], dry["Color"], dry["Color"] * 0.4),
        "Mean": graph.mix(wetness * 0.3, dry["Mean"], (0.0, 0.0, 0.0)),
        "Roughness": graph.mix(film, gloss, 0.04),
        "Film": film,
    }


def shade(graph: Graph, finish: Finish) -> Value:
    """Returns the shader of a finish: Principled where it is looked at, plain diffuse where light only bounces.

    Cycles skips the branch of a Mix Shader whose weight is zero, so bounces cost next to nothing, and neither does
    relief too far away to be seen: a bump asks for its height, with all that it hangs on, three times.
    """
    inputs: dict[str, Source] = {
        "Base Color": finish.color,
        "Roughness": finish.roughness,
        "Metallic": finish.metallic,
        "Specular IOR Level": finish.specular,
        **finish.further,
    }
    looked_at = graph.node("ShaderNodeBsdfPrincipled", inputs)
    if finish.height is not None:
        bump = graph.node("ShaderNodeBump", {"Height": finish.height, "Strength": 1.0, "Distance": 1.0})
        near = graph.node("ShaderNodeBsdfPrincipled", {**inputs, "Normal": bump})
        away = graph.ramp(graph.given("ShaderNodeCameraData", "View Distance"), *RELIEF_FADES)
        looked_at = graph.node("ShaderNodeMixShader", (away, near, looked_at))
    bounced = graph.node("ShaderNodeBsdfDiffuse", {"Color": finish.mean})
    bounce = graph.given("ShaderNodeLightPath", "Is Diffuse Ray")
    return graph.node("ShaderNodeMixShader", (bounce, looked_at, bounced))


def fresh_graph(name: str) -> tuple[bpy.types.Material, Graph]:
    """Returns a new material with an empty tree."""
    material = bpy.data.materials.new(name)
    if material.node_tree is None:
        material.use_nodes = True
    material.node_tree.nodes.clear()
    return material, Graph(material.node_tree)
