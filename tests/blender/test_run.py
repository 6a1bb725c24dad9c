"""The road from a recipe to a dataset, through the command line."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from buildee.dataset.check import check
from buildee.dataset.reader import Dataset
from buildee.resources import folder

RECIPE = folder("recipes") / "construction_site.yaml"
SMALL = ["--frames", "2", "--resolution", "96", "72", "--samples", "2"]


def buildee(*arguments, **more):
    """Runs the command line in a process of its own."""
    command = [sys.executable, "-m", "buildee", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """A small dataset of the default recipe, rendered once for all tests here."""
    out = tmp_path_factory.mktemp("rendered") / "out"
    ran = buildee("render", RECIPE, "-o", out, *SMALL, "--json", env={**os.environ, "PYTHONHASHSEED": "1"})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out, json.loads(ran.stdout)


def test_a_run_says_where_the_pictures_are(rendered):
    out, told = rendered
    assert told["made"] == [0]
    assert Path(told["gallery"]).read_text("utf-8").startswith("<!doctype html>")
    assert told["scenes"]["0"]["audit"]["ids"] >= 0.999
    assert told["scenes"]["0"]["audit"]["depths"] >= 0.999
    assert told["scenes"]["0"]["audit"]["unexplained"] <= 1e-5
    assert "Fra:" in (out / "logs" / "000000.log").read_text() or (out / "logs" / "000000.log").stat().st_size


def test_a_rendered_dataset_checks_out(rendered):
    report = check(rendered[0])
    assert report.ok, str(report)


def test_the_dataset_holds_every_annotation(rendered):
    scene = Dataset(rendered[0]).scenes[0]
    assert len(scene.cameras) == 2
    for camera in scene.cameras.values():
        assert {"rgb", "depth", "normal", "instance", "semantic", "part", "flow", "amodal", "boxes"} <= set(
            camera.frames[0].available
        )
        assert camera.frames[0].rgb.shape == (72, 96, 3)
        assert camera.tracks["xy"].shape == (2, 2048, 2)
        assert camera.visibility.visible_fraction.shape == (2, len(scene.instances))
        assert len(camera.frames[1].relations.pixels) > 20
    assert scene.tracks["xyz"].shape == (2, 2048, 3)
    assert scene.info["truth"] == {
        "topology_changes": [],
        "tracks": [{"name": "points", "type": "mixed", "frame": 0, "points": 2048}],
    }


def test_the_same_seed_gives_the_same_bytes_in_another_process(rendered, tmp_path):
    ran = buildee(
        "render", RECIPE, "-o", tmp_path / "out", *SMALL, "--no-preview", env={**os.environ, "PYTHONHASHSEED": "2"}
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    first = rendered[0] / "scenes" / "000000"
    second = tmp_path / "out" / "scenes" / "000000"
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    for name in names:
        if name.name != "scene.json":  # holds timings
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_finished_scenes_are_kept_and_another_recipe_is_refused(rendered):
    out, _ = rendered
    stamp = (out / "scenes" / "000000" / "scene.json").stat().st_mtime_ns
    again = buildee("render", RECIPE, "-o", out, *SMALL, "--no-preview", "--json")
    assert again.returncode == 0 and json.loads(again.stdout)["kept"] == 1
    assert (out / "scenes" / "000000" / "scene.json").stat().st_mtime_ns == stamp
    other = buildee("render", RECIPE, "-o", out, *SMALL, "--seed", "99")
    assert other.returncode == 2 and "another recipe or seed" in other.stderr


def test_an_interrupt_leaves_no_half_scene(tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "buildee", "render", str(RECIPE), "-o", str(out), *SMALL]
    run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while not (out / "scenes").is_dir() or not list((out / "scenes").glob(".*")):
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait() == 130
    assert b"Traceback" not in run.stderr.read()
    assert list((out / "scenes").iterdir()) == []


def test_a_built_scene_opens_in_blender(tmp_path):
    ran = buildee("build", RECIPE, "-o", tmp_path / "site.blend", *SMALL)
    assert ran.returncode == 0, ran.stderr
    import bpy

    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "site.blend"), use_scripts=False)
    assert bpy.context.scene.camera is not None
    assert sum("buildee_part" in thing for thing in bpy.data.objects) > 100


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrld: construction_site\n", "did you mean 'world'"),
        ("world: construction_site\nscene: {lot: [20, 20], storey: 3}\n", "scene"),
        ("world: construction_site\nframes: {count: many}\n", "frames.count"),
        ("world: !!python/object:os.system x\n", "tag"),
    ],
)
def test_a_bad_recipe_is_refused_before_anything_is_written(tmp_path, text, message):
    recipe = tmp_path / "bad.yaml"
    recipe.write_text(text)
    ran = buildee("render", recipe, "-o", tmp_path / "out")
    assert ran.returncode == 2
    assert message in ran.stderr and "Traceback" not in ran.stderr
    assert "bad.yaml:" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_bad_output_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "no" / "parent" / "out"):
        ran = buildee("render", RECIPE, "-o", out, *SMALL)
        assert ran.returncode == 2 and "Traceback" not in ran.stderr
    assert (tmp_path / "file").read_text() == "mine"
    assert not (tmp_path / "no").exists()


def test_ten_lines_of_python(tmp_path):
    example = folder("recipes").parent / "samples" / "ten_lines.py"
    ran = subprocess.run([sys.executable, example, tmp_path / "view.png"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "view.png").read_bytes().startswith(b"\x89PNG")
    assert np.load(tmp_path / "view.npy").dtype == np.float32
