"""The same command line inside a real Blender application, the one in BUILDEE_BLENDER or on the PATH."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest

from buildee.dataset.reader import Dataset

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "recipes" / "construction_site.yaml"
OLDEST = (4, 2)
SMALL = ["--frames", "1", "--resolution", "128", "96", "--samples", "1"]


@cache
def application():
    """Returns the path of a Blender application that is new enough, and why there is none."""
    path = os.environ.get("BUILDEE_BLENDER") or shutil.which("blender")
    if path is None:
        return None, "no Blender application: set BUILDEE_BLENDER or put blender on the PATH"
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Blender (\d+)\.(\d+)", said)
    if found is None:
        return None, f"{path} does not say which Blender it is"
    if tuple(map(int, found.groups())) < OLDEST:
        return None, f"{path} is {found[0]}; 4.2 or newer is needed"
    return path, ""


@pytest.fixture(scope="module")
def command():
    """Returns a function from arguments to the command that gives them to buildee in the application."""
    path, reason = application()
    if path is None:
        pytest.skip(reason)
    entry = ["-b", "--factory-startup", "--python-exit-code", "1", "--python", str(ROOT / "buildee" / "application.py")]
    return lambda *arguments: [path, *entry, "--", *map(str, arguments)]


@pytest.fixture(scope="module")
def buildee(command):
    """Returns a function that runs buildee in the application."""
    return lambda *arguments: subprocess.run(command(*arguments), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def rendered(buildee, tmp_path_factory):
    """A small dataset that the application made."""
    out = tmp_path_factory.mktemp("application") / "out"
    ran = buildee("render", RECIPE, "-o", out, *SMALL)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out


def test_the_application_can_render(buildee):
    ran = buildee("doctor")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "ok  rays: Blender's Embree 4" in ran.stdout


def test_the_application_makes_a_dataset_in_children_of_its_own(rendered):
    scene = Dataset(rendered).scenes[0]
    assert set(scene.cameras) == {"hero", "crew"}
    assert scene.cameras["hero"].frames[0].rgb.shape == (96, 128, 3)
    assert "Blender" in (rendered / "logs" / "000000.log").read_text("utf-8", "replace")
    about = json.loads((rendered / "scenes" / "000000" / "scene.json").read_text("utf-8"))
    version = subprocess.run([application()[0], "--version"], capture_output=True, text=True, check=True).stdout
    assert f"Blender {about['versions']['blender']}" in version


def test_the_dataset_of_an_application_checks_out_in_it(buildee, rendered):
    ran = buildee("check", rendered)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "ok" in ran.stdout.splitlines()


def test_a_bad_recipe_is_refused_by_the_application(buildee, tmp_path):
    recipe = tmp_path / "bad.yaml"
    recipe.write_text("world: construction_site\nsede: 3\n", "utf-8")
    ran = buildee("render", recipe, "-o", tmp_path / "out")
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "did you mean 'seed'" in ran.stderr and "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal to a process group")
def test_an_interrupt_reaches_a_run_in_the_application(command, tmp_path):
    out = tmp_path / "out"
    run = subprocess.Popen(
        command("render", RECIPE, "-o", out, *SMALL),
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
