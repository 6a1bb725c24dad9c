"""The command line, as far as it goes without Blender."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from buildee.cli import main
from buildee.resources import folder

RECIPE = str(folder("recipes") / "construction_site.yaml")


def said(capsys, *arguments):
    """Runs a command here; returns its exit status, standard output and standard error."""
    try:
        status = main(list(arguments))
    except SystemExit as error:
        status = error.code
    return status, *capsys.readouterr()


@pytest.mark.parametrize("command", [["validate", RECIPE], ["describe", "seed"], ["plan", RECIPE]])
def test_json_is_json(capsys, command):
    status, out, err = said(capsys, *command, "--json")
    assert (status, err) == (0, "")
    assert isinstance(json.loads(out), dict)


def test_errors_are_json_where_json_was_asked_for(capsys):
    status, out, err = said(capsys, "validate", "nowhere.yaml", "--json")
    assert (status, out) == (2, "")
    assert "nowhere.yaml: no such file" in json.loads(err)["error"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--frames", "0"], "--frames: frames.count: is 0"),
        (["--seed", "-1"], "--seed: seed: is -1"),
        (["--samples", "0"], "--samples: render.samples: is 0"),
        (["--resolution", "1", "1"], "--resolution: render.resolution[0]: is 1 px"),
        (["--quality", "drft"], "did you mean 'draft'"),
        (["--frames", "9" * 30], "too large"),
        (["--resolution", "nan", "3"], "invalid int value"),
    ],
)
def test_flags_are_held_to_the_limits_of_their_fields(capsys, arguments, message):
    status, out, err = said(capsys, "validate", RECIPE, *arguments)
    assert (status, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        ("construction_sit", "did you mean 'construction_site'"),
        ("construction_site.scene.building.storys", "did you mean 'storeys'"),
        ("sede", "did you mean 'seed'"),
    ],
)
def test_describe_knows_what_was_meant(capsys, topic, message):
    status, _, err = said(capsys, "describe", topic)
    assert status == 2 and message in err


def test_describe_names_the_worlds(capsys):
    status, out, _ = said(capsys, "describe")
    assert status == 0 and "world construction_site: " in out


def test_the_command_for_children_is_not_offered(capsys):
    status, _, err = said(capsys, "nonsense")
    assert status == 2 and "render" in err and "_scene" not in err


def test_init_writes_a_recipe_that_validates_and_keeps_what_is_there(capsys, tmp_path):
    path = tmp_path / "рецепт.yaml"
    assert said(capsys, "init", str(path))[0] == 0
    assert said(capsys, "validate", str(path))[0] == 0
    path.write_text("mine", "utf-8")
    status, _, err = said(capsys, "init", str(path))
    assert status == 2 and "is kept" in err
    assert path.read_text("utf-8") == "mine"
    status, _, err = said(capsys, "init", str(tmp_path / "other.yaml"), "--world", "../recipes/construction_site")
    assert status == 2 and "unknown world" in err
    assert not (tmp_path / "other.yaml").exists()


def test_a_missing_library_is_refused_before_anything_is_written(capsys, tmp_path, monkeypatch):
    from buildee import run

    monkeypatch.setattr(run, "plan", lambda recipe, index: _layout_with_an_asset(tmp_path / "lost.blend"))
    status, _, err = said(capsys, "render", RECIPE, "-o", str(tmp_path / "out"))
    assert status == 2 and "lost.blend" in err and "missing" in err
    assert not (tmp_path / "out").exists()


def _layout_with_an_asset(library):
    from buildee.layout.scene import AssetMesh

    shapes = {"x": AssetMesh("truck", "body", library, "CC0-1.0")}
    return SimpleNamespace(shapes=shapes, sky=None, instances=(), scatters=())


def test_a_closed_pipe_is_no_failure():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "buildee", "describe"]
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, b"")
