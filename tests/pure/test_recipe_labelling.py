"""Label tables: what they say, and what they refuse."""

from __future__ import annotations

import pytest

from buildee.errors import AnnotationError, RecipeError
from buildee.recipe.labelling import Candidate, labelling_of, load_labelling, match, matches, unused

TABLE = """
labels:
  - {type: collection, name: chair, match: "Chairs|Stools*"}
  - {type: object, name: floor, countable: false}
  - {type: property, name: rest, match: kind}
frames: {first: 5, step: 2}
pictures: {rgb: no}
"""


def test_defaults_and_values() -> None:
    sheet = labelling_of(TABLE.replace("no", "false"))
    assert [label.name for label in sheet.labels] == ["chair", "floor", "rest"]
    assert (sheet.frames.first, sheet.frames.last, sheet.frames.step) == (5, None, 2)
    assert sheet.pictures.rgb is False and sheet.pictures.resolution is None
    assert sheet.cameras is None and "depth" in sheet.truth.annotators


@pytest.mark.parametrize(
    ("candidate", "category"),
    [
        (Candidate("x", ("Inner", "Stools.001"), {}), "chair"),
        (Candidate("floor", (), {"kind": "wall"}), "floor"),
        (Candidate("floor.001", (), {"kind": "wall"}), "wall"),
        (Candidate("y", (), {"kind": 7}), "7"),
        (Candidate("y", ("chairs",), {}), None),
    ],
)
def test_the_first_label_that_matches_decides(candidate: Candidate, category: str | None) -> None:
    found = match(labelling_of(TABLE.replace("no", "false")), candidate)
    assert (found and found.category) == category


def test_patterns() -> None:
    assert matches("Cam.001", "Cam*") and matches("b", "a | b") and matches("a1", "a?")
    assert not matches("cam", "Cam*") and not matches("a", "")


def test_a_property_that_names_no_category_is_refused() -> None:
    with pytest.raises(AnnotationError, match=r"'lamp'.*'kind'.*0\.5"):
        match(labelling_of(TABLE.replace("no", "false")), Candidate("lamp", (), {"kind": 0.5}))


def test_all_problems_at_once_with_their_lines() -> None:
    text = "labels:\n  - {type: colection, name: a}\n  - {type: object, name: b, countable: 3}\nframez: {}\n"
    with pytest.raises(RecipeError) as caught:
        labelling_of(text, "t.yaml")
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0].split(":")[1] for line in lines] == ["2", "3", "4"]
    assert "did you mean 'collection'" in lines[0] and "did you mean 'frames'" in lines[2]


@pytest.mark.parametrize(("text", "says"), [("", "needs at least `labels:`"), ("frames: {}", "is required")])
def test_a_table_without_labels_is_refused(text: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        labelling_of(text, "t.yaml")


def test_a_missing_file_is_refused(tmp_path) -> None:
    with pytest.raises(RecipeError, match="no such file"):
        load_labelling(tmp_path / "none.yaml")


def test_unused_labels_are_named() -> None:
    assert unused(labelling_of(TABLE.replace("no", "false")), {"floor"}) == ["chair", "rest"]
