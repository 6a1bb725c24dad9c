"""The one label table, and what other datasets call its categories."""

from __future__ import annotations

from dataclasses import asdict

from buildee.layout.categories import CATEGORIES, SITES


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
    assert all(1 <= row.nyu40 <= 40 for row in rows)
    assert all(1 <= row.ade20k <= 150 for row in CATEGORIES.values() if row.ade20k)
    assert all(1 <= row.coco <= 90 for row in CATEGORIES.values() if row.coco)
    known = {"oven": (79, 119, 38, "oven"), "refrigerator": (82, 51, 24, "refrigerator"), "sink": (81, 48, 34, None)}
    for name, (coco, ade20k, nyu40, lvis) in known.items():
        row = CATEGORIES[name]
        assert (row.coco, row.ade20k, row.nyu40, row.lvis) == (coco, ade20k, nyu40, lvis or "kitchen_sink")
