"""The add-on in a real application, without a window: every operator, and the same labels as the command line's."""

import json

from compare import MAPS, agreement, assert_sound, told

from buildee.recipe import load
from buildee.run import render


def test_blender_finds_the_zip_valid(installed, archive):
    place = installed.inside(installed.folder / archive.name)
    ran = installed.run("--command", "extension", "validate", place)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_operator_works(used):
    assert_sound(used)


def test_the_command_line_in_the_application_gives_the_same_labels(installed, used):
    site = next((installed.folder / "user").glob("extensions/.local/lib/python*/site-packages"))
    entry, out = installed.inside(site / "buildee" / "application.py"), used / "command_line"
    # Factory settings would take the extension's wheels away, which this runs on.
    ran = installed.run(
        "-b",
        "--python-exit-code",
        1,
        "--python",
        entry,
        "--",
        "render",
        installed.inside(used / "recipe.yaml"),
        "-o",
        installed.inside(out),
        "--no-preview",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert agreement(used / "dataset", out) == dict.fromkeys(MAPS, 1.0)
    about = [json.loads((place / "scenes/000000/scene.json").read_text()) for place in (used / "dataset", out)]
    assert about[0]["layout_hash"] == about[1]["layout_hash"] == told(used)["layout"]


def test_pip_s_bpy_gives_the_same_labels(used, tmp_path):
    outcome = render(load(used / "recipe.yaml"), tmp_path / "out")
    assert not outcome.failed
    about = json.loads((outcome.out / "scenes/000000/scene.json").read_text())
    assert about["layout_hash"] == told(used)["layout"]
    shares = agreement(used / "dataset", outcome.out)
    assert min(shares[name] for name in ("instance", "semantic", "part")) >= 0.9999
