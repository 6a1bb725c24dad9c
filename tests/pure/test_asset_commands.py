"""`buildee assets` lists and shows what ships."""

import json

import pytest

from buildee.cli import main
from buildee.layout import catalog


def said(capsys, *arguments):
    status = main([*arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_category_is_listed_a_line_an_asset(capsys):
    status, out, _ = said(capsys, "assets", "list", "--category", "mug")
    mugs = [entry for entry in catalog.load().values() if entry.category == "mug"]
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["id", *sorted(entry.id for entry in mugs)]
    assert all(line.endswith("CC0-1.0") for line in out.splitlines()[1:])


def test_an_asset_is_shown_with_its_joints(capsys):
    status, out, _ = said(capsys, "assets", "show", "excavator")
    assert status == 0
    assert "hinge" in out
    assert "construction.blend" in out
    status, out, _ = said(capsys, "assets", "show", "excavator", "--json")
    told = json.loads(out)
    assert [part["name"] for part in told["parts"]] == [part.name for part in catalog.load()["excavator"].parts]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "excavatr"), "did you mean 'excavator'"),
        (("list", "--category", "mugg"), "did you mean 'mug'"),
        (("list", "--folder", "nowhere"), "no such folder"),
        (("check", "nowhere"), "no such folder"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(capsys, arguments, message):
    status, _, err = said(capsys, "assets", *arguments)
    assert status == 2
    assert message in err
    assert len(err.splitlines()) == 1
