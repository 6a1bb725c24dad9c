"""The command line of a checkout inside a real Blender application."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from application import Application

from buildee.dataset.reader import Dataset

ROOT = Path(__file__).resolve().parents[2]
SMALL = ["--frames", "1", "--resolution", "128", "96", "--samples", "1"]


@pytest.fixture(scope="module")
def bare(application):
    """The application without the add-on, whose packages factory settings would take away."""
    folder = application.folder / "bare"
    folder.mkdir()
    return Application(application.root, application.program, folder)


@pytest.fixture(scope="module")
def checkout(bare):
    """A checkout that the application sees, and that has PyYAML beside it."""
    if bare.root is None:
        return ROOT
    place = bare.folder / "checkout"
    for name in ("buildee", "recipes", "blend_assets"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copytree(Path(yaml.__file__).parent, place / ".venv/lib/python3/site-packages/yaml")
    return place


@pytest.fixture(scope="module")
def command(bare, checkout):
    """Returns a function from arguments to the command that gives them to buildee in the application."""
    entry = bare.inside(checkout / "buildee" / "application.py")
    start = ["-b", "--factory-startup", "--python-exit-code", "1", "--python", entry, "--"]

    def seen(argument):
        return bare.inside(argument) if isinstance(argument, Path) else argument

    return lambda *arguments: bare.command(*start, *map(seen, arguments))


@pytest.fixture(scope="module")
def buildee(command):
    """Returns a function that runs buildee in the application."""
    return lambda *arguments: subprocess.run(command(*arguments), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def rendered(buildee, bare):
    """A small dataset that the application made."""
    out = bare.folder / "rendered"
    ran = buildee("render", "construction_site", "-o", out, *SMALL)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out


def test_the_application_can_render(buildee):
    ran = buildee("doctor")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "ok  rays: Blender's Embree 4" in ran.stdout


def test_the_application_makes_a_dataset_in_children_of_its_own(rendered, bare):
    scene = Dataset(rendered).scenes[0]
    assert set(scene.cameras) == {"hero", "crew"}
    assert scene.cameras["hero"].frames[0].rgb.shape == (96, 128, 3)
    assert "Blender" in (rendered / "logs" / "000000.log").read_text("utf-8", "replace")
    about = json.loads((rendered / "scenes" / "000000" / "scene.json").read_text("utf-8"))
    assert f"Blender {about['versions']['blender']}" in bare.run("--version").stdout


def test_the_dataset_of_an_application_checks_out_in_it(buildee, rendered):
    ran = buildee("check", rendered)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "ok" in ran.stdout.splitlines()


def test_a_bad_recipe_is_refused_by_the_application(buildee, bare):
    recipe, out = bare.folder / "bad.yaml", bare.folder / "nothing"
    recipe.write_text("world: construction_site\nsede: 3\n", "utf-8")
    ran = buildee("render", recipe, "-o", out)
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "did you mean 'seed'" in ran.stderr and "Traceback" not in ran.stderr
    assert not out.exists()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal to a process group")
def test_an_interrupt_reaches_a_run_in_the_application(command, bare):
    out = bare.folder / "interrupted"
    run = subprocess.Popen(
        command("render", "construction_site", "-o", out, *SMALL),
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    while not list(out.glob("scenes/.*")):
        assert run.poll() is None, run.stdout.read()
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[0]
    assert run.returncode == 130, said
    assert list((out / "scenes").iterdir()) == []
