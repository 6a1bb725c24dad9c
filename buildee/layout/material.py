"""What a surface is made of, as planning decides it; buildee.blender.materials makes it visible."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

SILENT_DEFAULT = {"silent_default": True}
"""Metadata of a field that was added later: while it is None it is left out of the hash, so that older layouts keep
theirs."""

UNHASHED = {"unhashed": True}
"""Metadata of a field that says nothing of the scene, only of this machine or of rights."""

Color = tuple[float, float, float]

KINDS: dict[str, str] = {
    "concrete": "cast in-situ concrete: formwork seams, blotches, pores, stains running down",
    "masonry": "blockwork or brick texture at true scale, mortar joints",
    "painted_metal": "painted steel of plant and containers: chipped edges, rust, dust from below",
    "galvanized": "zinc-coated steel tube: spangle, dull grey, some white rust",
    "rusty_steel": "bare reinforcing or structural steel with mill scale and rust",
    "bare_metal": "machined or polished steel: rods, buckets worn bright",
    "wood": "sawn timber with grain along the longest axis, knots, grey weathering",
    "plywood": "film-faced or raw formwork panels",
    "plastic": "injection-moulded plastic: barriers, cones, helmets, pipes",
    "rubber": "tyres and tracks, dusty",
    "glass": "window glass, slightly dirty; first surface for ground truth",
    "fabric": "cloth: hi-vis, trousers, netting, big bags",
    "sheeting": "thin cloth or film that light shines through: monarflex, polythene, printed banners",
    "netting": "debris net of open weave: part of the light goes straight through, less at a slant; first surface",
    "skin": "human skin",
    "soil": "bare ground: moist and dry, tracks, strata, crushed stone mixed in, as the mesh's paint says",
    "gravel": "crushed stone",
    "sand": "building sand",
    "asphalt": "road surface with patches, dust and, where painted, mud carried by tyres",
    "paving": "concrete flags of a pavement",
    "land": "ground around a site: yards, lawns, then fields and woods",
    "water": "standing muddy water, as deep as the mesh's paint says",
    "grass": "rough grass and weeds",
    "reflective": "retro-reflective tape and road-sign film",
    "emissive": "a lamp face or lit window, as bright as its glow",
    "veneer": "planed wood, oiled or varnished: fine grain along the longest axis, cathedrals, knots are rare",
    "parquet": "floor boards or strips of oiled wood: each board of the mesh its own piece of grain and tone",
    "lacquer": "sprayed satin or gloss lacquer and melamine on furniture: flat, faint orange peel, finger marks",
    "glazed": "glazed ceramic and enamel: tiles, crockery, sinks; clear glaze over colour, unglazed foot where worn",
    "stone": "polished natural or engineered stone: granite, marble, quartz, by its colour; veins and grains",
    "plaster": "painted plaster of walls and ceilings: roller texture, faint unevenness, marks where people touch",
    "brushed_metal": "stainless steel or brass brushed along the longest axis: appliances, sinks, hoods",
    "cast_iron": "seasoned or enamelled-black cast iron, rough and dark",
    "glassware": "clear drinking glass and jars, solid walls that refract; first surface for ground truth",
    "liquid": "water, oil, juice, milk in vessels: clear where cool or dark, milky where bright and warm or white",
    "produce": "skin of fruit and vegetables: waxy, speckled, lighter and darker patches, pores",
    "bread": "crust and crumb: porous where its colour is pale or the first column of its paint is 1, else crust",
    "leaf": "leaves of house plants, herbs, lettuce: light shines through, veins",
    "paper": "paper, card and printed packets: matt, fibres, worn edges",
    "wicker": "woven willow, seagrass or raffia",
    "wax": "wax, cheese, butter, soap: light goes in and comes out again",
    "paint": "plain flat paint on any substrate: markings, signs, rendered walls",
    "own": "what the user brought: a texture, or what is in the slots of an asset's mesh; paint where it has none",
}
"""Every material kind, with what it must look like. A node tree exists for each."""


@dataclass(frozen=True)
class Picture:
    """A texture of surfaces, or a panorama of a sky, that the user brought.

    Attributes:
        asset: id in the catalog.
        name: changes with its files; also that of a texture's material in the library.
        library: the .blend file of a texture; a panorama's own file.
        licence: SPDX identifier of the asset's.
    """

    asset: str
    name: str
    library: Path = field(compare=False, metadata=UNHASHED)
    licence: str = field(compare=False, metadata=UNHASHED)


@dataclass(frozen=True)
class Material:
    """A procedural material and its few knobs.

    Attributes:
        kind: a key of `KINDS`.
        color: base colour, linear RGB in [0, 1] (Rec. 709 primaries).
        wear: 0 factory-new to 1 worn out (chips, scratches, fading).
        dirt: 0 clean to 1 caked (dust, mud, grime; thicker low and in corners).
        wetness: 0 dry to 1 soaked (darker and glossier).
        scale: size multiplier of the texture; 1 is true to life.
        glow: luminance of a lamp face, cd/m2; kind "emissive" alone. Its `wear` is the share of faces that are out.
        picture: texture of the user's, at its true size; kind "own" alone. Then `color` is its mean.
    """

    kind: str
    color: Color = (0.5, 0.5, 0.5)
    wear: float = 0.3
    dirt: float = 0.3
    wetness: float = 0.0
    scale: float = 1.0
    glow: float = 0.0
    picture: Picture | None = field(default=None, metadata=SILENT_DEFAULT)


def mixed(color: Color, other: Color, share: float) -> Color:
    """Returns a colour with `share` of another."""
    red, green, blue = (round(a * (1 - share) + b * share, 4) for a, b in zip(color, other, strict=True))
    return (red, green, blue)
