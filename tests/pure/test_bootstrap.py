"""What the set-up says when a machine lacks something; nothing is installed here."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from buildee import bootstrap


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A fresh machine on which every command succeeds unless a test says otherwise; records what was run."""
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path)
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 11, 9))
    told = SimpleNamespace(ran=[], fails={}, environments=0)

    def run(command, **_):
        told.ran.append(command[1:])
        for word, error in told.fails.items():
            if word in command:
                return SimpleNamespace(returncode=1, stderr=error)
        return SimpleNamespace(returncode=0, stderr="")

    def create(*_, **__):
        told.environments += 1

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setattr(bootstrap.venv, "create", create)
    return told


def test_the_second_call_sets_nothing_up(machine):
    assert bootstrap.main(["doctor"]) == 0
    first = len(machine.ran)
    assert bootstrap.main(["doctor"]) == 0
    assert machine.environments == 1
    assert machine.ran[first:] == [["-m", "buildee", "doctor"]]


def test_the_tests_need_more_than_a_render(machine):
    bootstrap.main(["doctor"])
    assert bootstrap.main(["test", "tests/pure"]) == 0
    assert machine.environments == 2
    assert machine.ran[-1] == ["-m", "pytest", "tests/pure"]


def test_a_moved_folder_is_set_up_again(machine, monkeypatch, tmp_path):
    bootstrap.main(["doctor"])
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("pyproject.toml", "requirements.lock"):
        (moved / name).write_bytes((bootstrap.ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "ROOT", moved)
    bootstrap.main(["doctor"])
    assert machine.environments == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no apt")
def test_a_missing_library_is_named_with_the_line_that_brings_it(machine, capsys):
    machine.fails["import bpy"] = "Traceback ...\nImportError: libXi.so.6: cannot open shared object file"
    assert bootstrap.main(["doctor"]) == 2
    said = capsys.readouterr().err
    assert "libXi.so.6" in said and "sudo apt install" in said and "libxi6" in said
    assert ["-m", "buildee", "doctor"] not in machine.ran


def test_a_python_without_pip_is_told_which_package_brings_it(machine, monkeypatch, capsys):
    def create(*_, **__):
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(bootstrap.venv, "create", create)
    assert bootstrap.main(["doctor"]) == 2
    assert "sudo apt install python3.11-venv" in capsys.readouterr().err


def test_a_failed_download_is_tried_again_by_the_next_call(machine, capsys):
    machine.fails["install"] = ""
    assert bootstrap.main(["doctor"]) == 2
    assert "check the network" in capsys.readouterr().err
    machine.fails.clear()
    assert bootstrap.main(["doctor"]) == 0


def test_another_python_is_refused(machine, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 13, 0))
    assert bootstrap.main(["doctor"]) == 2
    assert "Python 3.11 is needed" in capsys.readouterr().err
    assert machine.ran == []


def test_an_interrupt_during_the_set_up_says_no_more_than_130(machine, monkeypatch):
    def create(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap.venv, "create", create)
    assert bootstrap.main(["doctor"]) == 130
