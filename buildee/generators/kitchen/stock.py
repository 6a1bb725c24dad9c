"""What is in the house: the assets that a kitchen may use, in the colours that suit it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.kitchen.style import Style
from buildee.layout.catalog import Catalog, Entry
from buildee.layout.categories import CATEGORIES
from buildee.layout.resting import STANDING
from buildee.layout.scene import Assembly, Instance, Model
from buildee.layout.trays import Thing, thing


@dataclass(eq=False)
class Stock:
    """Assets by category, and what has been taken of them.

    Attributes:
        catalog: all that there is.
        style: whose colours crockery and textiles take.
        rng: draws which of several is taken.
        only, without: ids and categories that the recipe allows and forbids; an empty `only` allows all.
        taken: instances so far.
    """

    catalog: Catalog
    style: Style
    rng: np.random.Generator
    only: Collection[str] = ()
    without: Collection[str] = ()
    taken: list[Instance] = field(default_factory=list)
    _models: dict[tuple[str, int], Model] = field(default_factory=dict)
    _things: dict[tuple[str, str], Thing] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.only, *self.without):
            if name not in self.catalog and name not in CATEGORIES:
                raise PlacementError(
                    f"scene.contents: there is no asset or category '{name}'; `buildee assets list` prints them"
                )
        for id, entry in self.catalog.items():
            allowed = not self.only or id in self.only or entry.category in self.only
            if allowed and id not in self.without and entry.category not in self.without:
                self._ids.setdefault(entry.category, []).append(id)

    def ids(self, category: str, tag: str = "") -> list[str]:
        """Returns the assets of a category, those with a tag if one is given."""
        return [id for id in self._ids.get(category, ()) if not tag or tag in self.catalog[id].tags]

    def one(self, categories: str | Sequence[str], tag: str = "") -> Entry | None:
        """Returns some asset of one of several categories, or None if there is none."""
        names = (categories,) if isinstance(categories, str) else categories
        ids = [id for name in names for id in self.ids(name, tag)]
        return self.catalog[ids[int(self.rng.integers(len(ids)))]] if ids else None

    def thing(self, entry: Entry, rest: str = STANDING) -> Thing:
        """Returns an asset in a rest pose, standing if it has no such pose."""
        rest = rest if rest in entry.rests else STANDING
        key = entry.id, rest
        if key not in self._things:
            self._things[key] = thing(entry, rest)
        return self._things[key]

    def put(self, entry: Entry, poses: NDArray[np.float64], tint: int = 0) -> Instance:
        """Takes an asset and puts it somewhere.

        Args:
            entry: what.
            poses: (4, 4) or (T, 4, 4) `world_from_asset`.
            tint: which of its possible colours; equal numbers are a set.
        """
        key = entry.id, tint
        if key not in self._models:
            self._models[key] = self.catalog.model(entry.id, colors=self._colors(entry, tint), wear=1.0, dirt=0.7)
        count = sum(item.category == entry.category for item in self.taken)
        instance = self._models[key].placed(f"{entry.category}_{count}", poses)
        self.taken.append(instance)
        return instance

    def _colors(self, entry: Entry, tint: int) -> dict[str, tuple[float, float, float]]:
        """Returns colours for an asset: crockery and textiles match the kitchen, odd pieces do not."""
        if "crockery" in entry.tags and "glaze" in entry.slots:
            return {"glaze": self.style.crockery.color} if tint == 0 else {"glaze": ODD[tint % len(ODD)]}
        if entry.category in ("towel", "dishcloth", "oven_glove", "napkin", "place_mat"):
            return {name: self.style.textile.color for name in ("fabric",) if name in entry.slots and tint == 0}
        return {}

    @property
    def assembly(self) -> Assembly:
        """All that was taken."""
        shapes = {key: shape for model in self._models.values() for key, shape in model.shapes.items()}
        return Assembly(shapes, tuple(self.taken))


ODD = (
    (0.55, 0.10, 0.06),
    (0.08, 0.16, 0.30),
    (0.62, 0.45, 0.12),
    (0.20, 0.30, 0.18),
    (0.72, 0.70, 0.64),
    (0.05, 0.05, 0.05),
)
"""Colours of mugs and bowls that do not belong to a set, linear RGB."""
