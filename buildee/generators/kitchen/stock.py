"""What is in the house: the assets that a kitchen may use, in the colours that suit it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.section import Contents
from buildee.generators.kitchen.style import Style
from buildee.layout.catalog import Catalog, Entry, refuse_unknown_names
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import STANDING
from buildee.layout.scene import Assembly, Instance, Model, Scatter, Shape
from buildee.layout.trays import Thing, thing


@dataclass(eq=False)
class Stock:
    """Assets by category, and what has been taken of them.

    Attributes:
        catalog: all that there is.
        style: whose colours crockery and textiles take.
        rng: draws which of several is taken; whoever fills one place after the other gives each a stream of its own.
        contents: what the recipe says of them.
        taken: instances so far.
        used: how often groups of things were put, by whatever puts them.
    """

    catalog: Catalog
    style: Style
    rng: np.random.Generator
    contents: Contents = field(default_factory=Contents)
    taken: list[Instance] = field(default_factory=list)
    used: Counter[object] = field(default_factory=Counter)
    _models: dict[tuple[str, int], Model] = field(default_factory=dict)
    _made: dict[str, Shape] = field(default_factory=dict)
    _strewn: dict[str, tuple[str, tuple[Material, ...], list[NDArray[np.float64]]]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _things: dict[tuple[str, str], Thing] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._household = int(self.rng.integers(1 << 16))
        only, without = self.contents.only, self.contents.without
        refuse_unknown_names(self.catalog, "scene.contents", only, without)
        for id, entry in self.catalog.items():
            allowed = not only or id in only or entry.category in only
            if allowed and id not in without and entry.category not in without:
                self._ids.setdefault(entry.category, []).append(id)

    def ids(self, category: str, tag: str = "") -> list[str]:
        """Returns the assets of a category, those with a tag if one is given."""
        return [id for id in self._ids.get(category, ()) if not tag or tag in self.catalog[id].tags]

    def one(self, categories: str | Sequence[str], tag: str = "") -> Entry | None:
        """Returns some asset of one of several categories, or None if there is none."""
        names = (categories,) if isinstance(categories, str) else categories
        ids = [id for name in names for id in self.ids(name, tag) if id not in HANGS]
        return self.catalog[ids[int(self.rng.integers(len(ids)))]] if ids else None

    def one_of(self, ids: Sequence[str]) -> Entry | None:
        """Returns one of some assets that the recipe allows, or None."""
        some = [id for id in ids if id in self.ids(self.catalog[id].category)]
        return self.catalog[some[int(self.rng.integers(len(some)))]] if some else None

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
        return self._place(self._models[key], poses)

    def add(self, model: Model, poses: NDArray[np.float64]) -> Instance | None:
        """Puts something that is no asset, unless the recipe excludes its category; arguments as in `put`."""
        if not self.allows(model.category):
            return None
        self._made.update(model.shapes)
        return self._place(model, poses)

    def strew(
        self,
        key: str,
        shape: Mesh | str,
        materials: tuple[Material, ...],
        poses: NDArray[np.float64],
        category: str = "crumbs",
    ) -> None:
        """Strews crumbs, drops and the like.

        Args:
            key: of the shape; equal keys must mean equal meshes.
            shape: its mesh, or the id of an asset of one part, whose materials are taken.
            materials: one per slot.
            poses: (N, 4, 4) `world_from_copy`.
            category: "crumbs", or "spill" of what is powder or wet.
        """
        if not self.allows(category) or (isinstance(shape, str) and shape not in self._ids.get(category, ())):
            return
        if isinstance(shape, str):
            model = self.catalog.model(shape)
            key, materials = model.parts[0].shape, model.parts[0].materials
            shape = model.shapes[key]
        self._made[key] = shape
        self._strewn.setdefault(key, (category, materials, []))[2].append(poses)

    def shape(self, key: str, shape: Shape) -> None:
        """Keeps a shape that a part of something taken has; equal keys must mean equal meshes."""
        self._made[key] = shape

    def allows(self, category: str) -> bool:
        """Returns whether the recipe leaves things of a category to the planner."""
        only = self.contents.only
        return category not in self.contents.without and (not only or category in only)

    def _place(self, model: Model, poses: NDArray[np.float64]) -> Instance:
        instance = model.placed(f"{model.category}_{self._counts[model.category]}", poses)
        self._counts[model.category] += 1
        self.taken.append(instance)
        return instance

    def _colors(self, entry: Entry, tint: int) -> dict[str, tuple[float, float, float]]:
        """Returns colours for an asset: crockery and textiles match the kitchen, odd pieces do not."""
        if "crockery" in entry.tags and "glaze" in entry.slots:
            return {"glaze": self.style.crockery.color} if tint == 0 else {"glaze": ODD[tint % len(ODD)]}
        if entry.category in ("towel", "dishcloth", "oven_glove", "napkin", "place_mat"):
            number = zlib.crc32(f"{entry.id}/{self._household}/{tint}".encode())
            color = self.style.textile.color if number % 3 == 0 else LINENS[number // 3 % len(LINENS)]
            return {name: color for name in ("cloth",) if name in entry.slots}
        return _brand(entry, zlib.crc32(f"{entry.id}/{self._household}/{tint}".encode()))

    @property
    def assembly(self) -> Assembly:
        """All that was taken."""
        shapes = {key: shape for model in self._models.values() for key, shape in model.shapes.items()}
        scatters = tuple(
            Scatter(f"{category}_{number}", category, key, materials, np.concatenate(poses))
            for number, (key, (category, materials, poses)) in enumerate(self._strewn.items())
        )
        return Assembly({**shapes, **self._made}, tuple(self.taken), scatters)


def _brand(entry: Entry, number: int) -> dict[str, Color]:
    """Returns colours of one of the makes in which something is sold: of its print, cap and what is seen inside."""
    colors: dict[str, Color] = {}
    for slot, tones in MAKES.get(entry.id, {}).items():
        colors[slot] = tones[number // 3 % len(tones)]
    printed = entry.slots.get("band")
    if printed is not None and number % 4:
        if max(printed.color) < 0.5:
            colors["band"] = BANDS[number // 5 % len(BANDS)]
        if "label" in entry.slots and min(entry.slots["label"].color) > 0.6:
            colors["label"] = PAPERS[number // 37 % len(PAPERS)]
        if entry.category == "jar" and "cap" in entry.slots:
            colors["cap"] = CAPS[number // 11 % len(CAPS)]
    return colors


BANDS: tuple[Color, ...] = (
    *((0.03, 0.18, 0.46), (0.36, 0.02, 0.03), (0.04, 0.22, 0.07), (0.45, 0.2, 0.02), (0.2, 0.04, 0.25)),
    *((0.02, 0.2, 0.22), (0.05, 0.05, 0.05)),
)
PAPERS: tuple[Color, ...] = ((0.8, 0.79, 0.75), (0.74, 0.66, 0.5), (0.62, 0.72, 0.76), (0.78, 0.72, 0.4))
CAPS: tuple[Color, ...] = ((0.5, 0.36, 0.1), (0.75, 0.74, 0.7), (0.03, 0.03, 0.03), (0.36, 0.02, 0.05))
"""Colours of prints, of the paper of labels, and of the caps of jars, linear RGB."""

MAKES: dict[str, dict[str, tuple[Color, ...]]] = {
    "washing_up_liquid_a": {
        "liquid": ((0.06, 0.38, 0.1), (0.7, 0.5, 0.04), (0.06, 0.22, 0.5), (0.6, 0.16, 0.25), (0.72, 0.72, 0.68)),
    },
    "soap_dispenser_a": {
        "glaze": ((0.055, 0.06, 0.062), (0.7, 0.68, 0.63), (0.3, 0.34, 0.26), (0.42, 0.2, 0.08), (0.2, 0.09, 0.03)),
    },
    "sponge_a": {
        "sponge": ((0.75, 0.55, 0.08), (0.2, 0.42, 0.55), (0.7, 0.3, 0.35), (0.66, 0.6, 0.5)),
        "scourer": ((0.03, 0.17, 0.06), (0.03, 0.08, 0.2), (0.25, 0.05, 0.08), (0.06, 0.06, 0.06)),
    },
    "storage_box_a": {"colour": ((0.3, 0.36, 0.34), (0.62, 0.6, 0.55), (0.1, 0.14, 0.2), (0.45, 0.2, 0.12))},
    "storage_box_b": {"colour": ((0.3, 0.36, 0.34), (0.62, 0.6, 0.55), (0.1, 0.14, 0.2), (0.45, 0.2, 0.12))},
    "jar_storage_a": {"content": ((0.66, 0.44, 0.13), (0.3, 0.17, 0.07), (0.55, 0.42, 0.2))},
    "jar_storage_b": {"content": ((0.7, 0.66, 0.55), (0.5, 0.18, 0.05), (0.05, 0.025, 0.015), (0.5, 0.36, 0.18))},
    "jar_storage_c": {"content": ((0.72, 0.7, 0.64), (0.42, 0.28, 0.13), (0.16, 0.03, 0.02), (0.4, 0.42, 0.2))},
}
"""Colours in which things without a print come, by asset and slot, linear RGB."""

LINENS: tuple[Color, ...] = (
    *((0.62, 0.6, 0.55), (0.36, 0.4, 0.33), (0.1, 0.15, 0.26), (0.55, 0.2, 0.13), (0.46, 0.5, 0.48), (0.6, 0.42, 0.12)),
    *((0.5, 0.3, 0.3), (0.05, 0.055, 0.06)),
)
"""Colours of towels, cloths and mats that do not match the curtains, linear RGB."""

HANGS = ("towel_hung_a", "towel_hung_b")
"""Assets that hang over something, and stand nowhere."""

ODD = (
    (0.55, 0.10, 0.06),
    (0.08, 0.16, 0.30),
    (0.62, 0.45, 0.12),
    (0.20, 0.30, 0.18),
    (0.72, 0.70, 0.64),
    (0.05, 0.05, 0.05),
)
"""Colours of mugs and bowls that do not belong to a set, linear RGB."""
