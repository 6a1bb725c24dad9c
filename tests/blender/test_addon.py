"""The add-on's zip in pip's bpy, installed as users install it; BUILDEE_PYTHON names a Python with another bpy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from addon.build import build

APP = Path(__file__).resolve().parents[1] / "app"
sys.path.append(str(APP))

from compare import assert_sound  # noqa: E402


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A folder with what every operator made."""
    folder = tmp_path_factory.mktemp("addon")
    archive = build(folder / "dist")
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment = {**clean, "BLENDER_USER_RESOURCES": str(folder / "user")}
    python = os.environ.get("BUILDEE_PYTHON", sys.executable)
    command = [python, APP / "headless.py", "--", folder, archive]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (folder / "told.json").is_file(), ran.stdout + ran.stderr
    return folder


def test_every_operator_works(used):
    assert_sound(used)
