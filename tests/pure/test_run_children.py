"""Runs whose children die: what is kept, what is told, what is tried again. No child here starts Blender."""

import json
import os
import sys

import pytest

from buildee import run
from buildee.cli import main
from buildee.resources import folder

RECIPE = str(folder("recipes") / "construction_site.yaml")
DIES = "import os, sys; sys.stdin.read(); print('last words', flush=True); os.abort()"
MAKES = """
import json, sys
from buildee.dataset.writer import SceneWriter
from buildee.children import emit
job = json.load(sys.stdin)
with SceneWriter(job["out"], job["index"]) as writer:
    writer.commit({})
emit(event="done", summary={"text": "made"})
"""


@pytest.fixture
def children(monkeypatch):
    """Returns a function that gives the scenes of the next run their programs, in order."""

    def set_programs(*programs):
        left = list(programs)
        monkeypatch.setattr("buildee.children.child_command", lambda name: [sys.executable, "-c", left.pop(0)])

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    return set_programs


def render(out, scenes):
    """Renders scenes of the default recipe; returns the exit status."""
    return main(["render", RECIPE, "-o", str(out), "--scenes", str(scenes), "--no-preview", "--json"])


def test_a_scene_whose_process_dies_is_told_and_tried_again(children, tmp_path, capsys):
    out = tmp_path / "out"
    children(MAKES, DIES, MAKES)
    assert render(out, 3) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["made"] == [0, 2] and list(told["failed"]) == ["1"]
    assert "the process died" in told["failed"]["1"]
    assert sorted(path.name for path in (out / "scenes").iterdir()) == ["000000", "000001.failed.json", "000002"]
    note = json.loads((out / "scenes" / "000001.failed.json").read_text("utf-8"))
    assert note["reason"] == told["failed"]["1"]
    assert "last words" in (out / "logs" / "000001.log").read_text("utf-8")
    children(MAKES)
    assert render(out, 3) == 0
    assert json.loads(capsys.readouterr().out)["made"] == [1]
    assert sorted(path.name for path in (out / "scenes").iterdir()) == ["000000", "000001", "000002"]


@pytest.mark.skipif(os.name != "posix", reason="exit codes are not signals elsewhere")
def test_the_signal_that_killed_a_scene_is_named(children, tmp_path, capsys):
    children(DIES)
    assert render(tmp_path / "out", 1) == 3
    assert "killed by SIGABRT" in json.loads(capsys.readouterr().out)["failed"]["0"]


@pytest.mark.parametrize("program", ["import sys; sys.stdin.read()", "import os; os.close(0)"])
def test_a_child_that_says_nothing_has_failed(children, tmp_path, capsys, program):
    children(program)
    assert render(tmp_path / "out", 1) == 3
    assert "exit 0" in json.loads(capsys.readouterr().out)["failed"]["0"]


def test_an_interrupt_drops_the_scene_under_way_and_keeps_the_others(children, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    children(MAKES)

    def begin_draft(message):
        if message["event"] == "scene" and message["index"] == 1:
            (out / "scenes" / ".000001.partial").mkdir()

    def half(job, log, tell):
        if job.index == 1:
            raise KeyboardInterrupt
        return started(job, log, tell)

    started = run.run_child
    monkeypatch.setattr(run, "run_child", half)
    monkeypatch.setattr("buildee.status.Status.tell", lambda self, message: begin_draft(message))
    assert render(out, 3) == 130
    assert "finished scenes are whole" in capsys.readouterr().err
    assert [path.name for path in (out / "scenes").iterdir()] == ["000000"]
