"""Which pictures make up a texture or a sky, how large they are, and what is said of those that cannot be used."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from buildee import load, shipped
from buildee.errors import AssetError
from buildee.generators.construction_site import plan
from buildee.generators.construction_site.section import Building, Crew, Stores
from buildee.generators.construction_site.section import Surfaces as SiteSurfaces
from buildee.generators.kitchen.section import Surfaces
from buildee.generators.kitchen.styles import covered, style
from buildee.layout import catalog
from buildee.layout.material import Material, Picture
from buildee.layout.pictures import PANORAMA, SHIPPED, TEXTURE, sky_of, surface
from buildee.picture_files import packed_pixels, picture_sets, pixels, problems_of, too_large
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

AMBIENT = "Wood051_1K-JPG_Color.jpg Wood051_1K-JPG_NormalGL.jpg Wood051_1K-JPG_NormalDX.jpg Wood051.png"
HAVEN = "oak_planks_diff_1k.jpg oak_planks_nor_gl_1k.exr oak_planks_rough_1k.exr oak_planks_disp_1k.png"


def jpeg(width, height):
    app = b"\xff\xe0" + struct.pack(">H", 4) + b"ab"
    return b"\xff\xd8" + app + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\0\0\0"


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def exr(width, height):
    window = b"dataWindow\0box2i\0" + struct.pack("<i4i", 16, 3, 2, width + 2, height + 1)
    return b"\x76\x2f\x31\x01\x02\0\0\0" + window + b"\0"


def hdr(width, height):
    return b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n" % (height, width)


@pytest.fixture
def write(tmp_path):
    def write(name, head):
        (tmp_path / name).write_bytes(head)
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    ("files", "name", "maps"),
    [
        (AMBIENT, "Wood051", {"color", "normal"}),
        (HAVEN, "oak_planks", {"color", "normal", "roughness", "height"}),
        ("tiles-BaseColor.png tiles-Metallic.png", "tiles", {"color", "metallic"}),
        ("plain.jpg", "plain", {"color"}),
    ],
)
def test_sets_are_found_by_how_their_files_are_called(files, name, maps):
    (found,) = picture_sets(map(Path, files.split()))
    assert (found.name, set(found.maps)) == (name, maps)
    assert not found.panorama


def test_light_without_limits_is_a_sky_if_it_is_all_round(write):
    found = picture_sets([write("a.hdr", hdr(8, 4)), write("b.exr", exr(8, 4)), write("c.exr", exr(8, 8))])
    assert {one.name: one.panorama for one in found} == {"a": True, "b": True, "c": False}


@pytest.mark.parametrize(
    ("name", "make"), [("a.png", png), ("a.jpg", jpeg), ("a.JPEG", jpeg), ("a.exr", exr), ("a.hdr", hdr)]
)
def test_sizes_are_read_from_heads(write, name, make):
    assert pixels(write(name, make(640, 320))) == (640, 320)
    with pytest.raises(AssetError, match="is 60000 x 30000 pixels; at most 134 million"):
        pixels(write(name, make(60_000, 30_000)))
    with pytest.raises(AssetError, match=r"cannot be read as \w+ \(is damaged, or no such picture\)"):
        pixels(write(name, b"#!/bin/sh"))


def webp(width, height):
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\0\0\0\0WEBPVP8X" + struct.pack("<II", 10, 0) + sides


@pytest.mark.parametrize("make", [png, jpeg, exr, hdr, webp])
def test_what_is_packed_into_a_model_is_measured_by_its_head(make):
    assert packed_pixels(make(640, 320)) == (640, 320)
    assert too_large(*packed_pixels(make(16_000, 9_000))) == "is 16000 x 9000 pixels; at most 134 million are taken"
    assert packed_pixels(b"BM and so on") is None
    with pytest.raises((ValueError, struct.error)):
        packed_pixels(make(4, 4)[:16])


def test_what_is_wrong_with_pictures_is_told(write):
    files = [
        write("a_rough.png", png(4, 4)),
        write("b_color.png", png(4, 4)),
        write("b_diff.png", png(4, 4)),
        write("c.hdr", hdr(4, 4)),
    ]
    told = [problem for one in picture_sets(files) for problem in problems_of(one)]
    assert "a_rough.png: is taken for the roughness map of 'a', of which there is no a_color" in told[0]
    assert "b_diff.png: another picture here is the same map of 'b'; keep one" in told[1]
    assert "c.hdr: is 4 x 4 pixels; a panorama is twice as wide as high" in told[2]


@pytest.fixture
def brought():
    """Two textures and a panorama in the catalog."""
    base = next(iter(catalog.load().values()))
    slot = {"look": Material("own", (0.2, 0.3, 0.4), 0.0, 0.0)}
    kinds = {"oak": TEXTURE, "slate": TEXTURE, "street": PANORAMA}
    entries = {
        id: replace(base, id=id, category=kind, parts=(), slots=slot, library=Path(f"{id}.blend"), licence="CC0-1.0")
        for id, kind in kinds.items()
    }
    with catalog.extended(entries):
        yield


def test_recipes_name_textures(brought):
    rng = np.random.default_rng(0)
    oak = surface("oak", "scene.surfaces.floor", rng)
    assert (oak.kind, oak.color, oak.picture) == ("own", (0.2, 0.3, 0.4), Picture("oak", "look", Path(), ""))
    assert {surface("any", "x", rng).picture.asset for _ in range(20)} == {"oak", "slate"}
    with pytest.raises(AssetError, match=r"scene\.surfaces\.floor: there is no texture 'oka', did you mean 'oak'"):
        surface("oka", "scene.surfaces.floor", rng)


def test_recipes_name_skies(brought, tmp_path):
    rng = np.random.default_rng(0)
    assert sky_of("street", "x", rng) == ("street", Picture("street", "look", Path(), ""))
    assert sky_of("forest", "x", rng) == ("forest", None)
    (tmp_path / "own.hdr").touch()
    assert sky_of(str(tmp_path / "own.hdr"), "x", rng) == (str(tmp_path / "own.hdr"), None)
    assert sky_of(None, "x", rng) == (None, None)
    assert sky_of("any", "x", rng)[0] == "street"
    assert {sky_of("any", "x", rng, any_shipped=True)[0] for _ in range(200)} == {*SHIPPED, "street"}
    with pytest.raises(AssetError, match="no panorama 'stret', did you mean 'street'"):
        sky_of("stret", "x", rng)
    with pytest.raises(AssetError, match=r"no panorama 'far/away\.hdr'"):
        sky_of("far/away.hdr", "x", rng)


def test_without_pictures_any_is_refused():
    with pytest.raises(AssetError, match="the folders in `assets:` hold none"):
        surface("any", "x", np.random.default_rng(0))


def test_a_kitchen_wears_the_users_textures(brought):
    drawn = style("modern", 0.2, np.random.default_rng(3))
    assert covered(drawn, Surfaces(), Seed(1)) == drawn
    made = covered(drawn, Surfaces(floor="oak", fronts="slate"), Seed(1))
    assert (made.floor, made.floor_finish.picture.asset) == ("plain", "oak")
    assert {made.base_front.picture.asset, made.wall_front.picture.asset, made.island_front.picture.asset} == {"slate"}
    assert made.worktop == drawn.worktop


def test_a_site_wears_the_users_textures(brought):
    section = replace(
        load(shipped("construction_site")).resolve(0).scene,
        building=Building(storeys=2, bays_x=2, bays_y=2, progress=0.86),
        stores=Stores(materials=0, equipment=0, clutter=0),
        crew=Crew(0, 0, 0, 0),
    )
    worn = SiteSurfaces(ground="oak", street="slate", pavement="slate", concrete="oak", facade="slate")
    plain, made = (
        plan(replace(section, surfaces=some), Shot(1, 24.0, 64, 48, ()), Seed(3)) for some in (SiteSurfaces(), worn)
    )
    seen = {}
    for before, after in zip(plain.instances, made.instances, strict=True):
        for was, part in zip(before.parts, after.parts, strict=True):
            for old, new in zip(was.materials, part.materials, strict=True):
                assert new == old or new.picture is not None
                if new.picture:
                    seen.setdefault((after.category, old.kind), set()).add(new.picture.asset)
    assert seen.pop(("ground", "soil")) == seen.pop(("column", "concrete")) == {"oak"}
    assert seen.pop(("road", "asphalt")) == seen.pop(("kerb", "paving")) == {"slate"}
    assert seen.pop(("masonry_wall", "masonry")) == {"slate"}
    assert {kind for _, kind in seen} <= {"soil", "concrete"}
    blocks = [item for item in made.instances if item.name.rsplit("/")[-1].startswith("wall_")]
    assert blocks
    assert not any(look.picture for item in blocks for part in item.parts for look in part.materials)
