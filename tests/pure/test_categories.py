"""The one label table, and what other datasets call its categories."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from buildee.layout.categories import CATEGORIES, SITES
from buildee.layout.public_labels import ADE20K, COCO, NUMBERED, NYU40, public_names
from buildee.recipe.document import labels_markdown
from buildee.run import _label_rows

LVIS = frozenset(Path(__file__).with_name("lvis_v1.txt").read_text("utf-8").replace("\n", ",").strip(",").split(","))
"""The names of the 1203 categories of LVIS v1, lvisdataset.org."""


def test_ids_and_colours_tell_categories_apart() -> None:
    rows = list(CATEGORIES.values())
    assert [row.id for row in rows] == list(range(len(rows)))
    assert len({row.color for row in rows}) == len(rows)
    assert all(key == row.name for key, row in CATEGORIES.items())


def test_names_of_public_datasets_are_theirs() -> None:
    assert {name: len(classes) for name, classes in SITES.items()} == {"mocs": 13, "soda": 15, "acid": 10, "aidcon": 9}
    for row in CATEGORIES.values():
        for name, classes in SITES.items():
            own = [getattr(row, name), *(labels.get(name) for labels in row.parts.values())]
            assert {label for label in own if label} <= set(classes), (row.name, name)
        assert all(labels.keys() <= SITES.keys() for labels in row.parts.values())


def test_what_a_site_holds_can_be_tested_on_real_ones() -> None:
    for name, at_least in {"mocs": 7, "soda": 12, "acid": 5, "aidcon": 5}.items():
        rows = CATEGORIES.values()
        own = {getattr(row, name) for row in rows} | {part.get(name) for row in rows for part in row.parts.values()}
        assert len(own - {None}) >= at_least, name
    assert asdict(CATEGORIES["tower_crane"])["parts"] == {"hook": {"mocs": "Hanging head", "soda": "hook"}}


def test_rooms_are_told_apart_in_the_words_of_indoor_datasets() -> None:
    rows = [row for row in CATEGORIES.values() if row.nyu40]
    assert len(rows) > 140
    known = {"oven": (79, 119, 38, "oven"), "refrigerator": (82, 51, 24, "refrigerator"), "sink": (81, 48, 34, None)}
    for name, (coco, ade20k, nyu40, lvis) in known.items():
        row = CATEGORIES[name]
        assert (row.coco, row.ade20k, row.nyu40, row.lvis) == (coco, ade20k, nyu40, lvis or "kitchen_sink")


def test_public_label_sets_are_whole() -> None:
    assert (len(COCO), len(ADE20K), len(NYU40), len(LVIS)) == (80, 150, 40, 1203)
    assert [COCO[number] for number in (1, 13, 44, 67, 90)] == [
        "person",
        "stop sign",
        "bottle",
        "dining table",
        "toothbrush",
    ]
    assert (ADE20K[1], ADE20K[45], ADE20K[86], ADE20K[150]) == ("wall", "chest of drawers", "chandelier", "flag")
    assert (NYU40[3], NYU40[24], NYU40[40]) == ("cabinet", "refridgerator", "otherprop")


def test_every_number_and_name_is_one_of_theirs() -> None:
    for row in CATEGORIES.values():
        for label_set, names in NUMBERED.items():
            number = getattr(row, label_set)
            assert number is None or number in names, (row.name, label_set)
        assert row.lvis is None or row.lvis in LVIS, row.name


def test_a_category_that_lvis_has_by_the_same_name_is_mapped() -> None:
    assert {name for name, row in CATEGORIES.items() if name in LVIS and row.lvis is None} == set()
    assert [CATEGORIES[name].lvis for name in ("traffic_cone", "wheelbarrow", "skip")] == ["cone", "barrow", "dumpster"]


def test_a_category_that_others_have_by_the_same_name_is_mapped() -> None:
    for label_set, names in NUMBERED.items():
        known = {word.replace(" ", "_"): number for number, word in names.items()}
        for name, row in CATEGORIES.items():
            if name in known and (label_set, name) not in OTHERWISE:
                assert getattr(row, label_set) == known[name], (label_set, name)


OTHERWISE = {("ade20k", "lamp")}
"""Where the same word is something else: lamps here shine from the ceiling, those of ADE20K stand."""


def test_names_go_with_datasets_and_documents() -> None:
    (oven,) = (row for row in _label_rows() if row["name"] == "oven")
    assert public_names(CATEGORIES["oven"]).items() <= oven.items()
    assert (oven["coco_name"], oven["ade20k_name"], oven["nyu40_name"]) == ("oven", "oven", "otherstructure")
    text = labels_markdown()
    assert "| 92 | `oven` | 79 oven | 119 oven | 38 otherstructure | `oven` |" in text
    assert all(f"| {row.id} | `{name}` |" in text for name, row in CATEGORIES.items())
