"""The extension's zip keeps Blender's rules, and says the same each time."""

import tomllib
import zipfile

import pytest

from addon.build import ROOT, build
from buildee import __version__


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return zipfile.ZipFile(build(tmp_path_factory.mktemp("dist")))


@pytest.fixture(scope="module")
def manifest(archive):
    return tomllib.loads(archive.read("blender_manifest.toml").decode())


@pytest.fixture(scope="module")
def held(archive, manifest):
    """Names of all files in the wheels."""
    names = set()
    for name in manifest["wheels"]:
        with archive.open(name.removeprefix("./")) as file:
            names |= set(zipfile.ZipFile(file).namelist())
    return names


def test_the_manifest_keeps_the_rules(manifest):
    assert (manifest["id"], manifest["version"]) == ("buildee", __version__)
    assert manifest["license"] == ["SPDX:GPL-3.0-or-later"]
    assert manifest["blender_version_min"] == "4.2.0"
    for text in (manifest["tagline"], *manifest["permissions"].values()):
        assert 0 < len(text) <= 64 and text[-1].isalnum()


def test_the_wheels_serve_every_system(archive, manifest):
    names = {name.removeprefix("./") for name in manifest["wheels"]}
    assert names == {name for name in archive.namelist() if name.startswith("wheels/")}
    assert {name.split("/")[1].split("-")[0] for name in names} == {"buildee", "pyyaml"}
    assert all(name.endswith("-py3-none-any.whl") for name in names)


def test_the_wheels_hold_what_is_needed(held):
    for name in ("buildee/application.py", "buildee/preview/gallery.css", "buildee/_data/recipes/kitchen.yaml"):
        assert name in held
    assert "buildee/_data/blend_assets/catalog.yaml" in held and "yaml/__init__.py" in held


def test_the_licences_go_with_what_they_are_of(archive, held):
    assets = ROOT / "blend_assets"
    texts = {path.relative_to(assets).as_posix() for path in (assets / "licenses").iterdir()}
    assert "licenses/CC0-1.0.txt" in texts
    assert {f"buildee/_data/blend_assets/{name}" for name in texts} <= held
    own, yaml = (
        [name for name in held if name.startswith(start) and name.endswith("/LICENSE")]
        for start in (f"buildee-{__version__}.dist-info/", "pyyaml-")
    )
    assert own and yaml and "LICENSE" in archive.namelist()


def test_the_zip_holds_no_more_than_it_should(archive):
    assert {"__init__.py", "LICENSE", "panels.py"} <= set(archive.namelist())
    assert not [name for name in archive.namelist() if "build.py" in name or "__pycache__" in name]
