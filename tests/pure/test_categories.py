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
