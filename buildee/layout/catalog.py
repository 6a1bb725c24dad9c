"""The asset catalog: all that planning knows about the .blend libraries, without opening one."""

from __future__ import annotations

import difflib
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AssetError, PlacementError
from buildee.layout.catalog_entry import CatalogPart, Entry
from buildee.layout.catalog_file import CatalogFile
from buildee.layout.categories import CATEGORIES
from buildee.layout.kinematics import loop_pose
from buildee.layout.material import Color
from buildee.layout.scene import AssetMesh, Joint, Keypoint, Model, Part, Pose
from buildee.recipe.wording import there_are
from buildee.resources import folder

__all__ = ["FILE", "Catalog", "CatalogPart", "Entry", "closest", "extended", "load", "places", "refuse_unknown_names"]

FILE = "catalog.yaml"
"""Name of the catalog inside the asset folder; `blend_assets/bake.py` writes it."""


class Catalog(Mapping[str, Entry]):
    """Every asset by id.

    Args:
        entries: the assets.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, id: str) -> Entry:
        """Returns an asset.

        Raises:
            AssetError: the catalog lacks it, the message names the closest id; or its fields are damaged.
        """
        if id not in self._entries:
            raise AssetError(f"asset '{id}': not in the catalog{closest(id, self._entries)}")
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def model(
        self,
        id: str,
        colors: Mapping[str, Color] | None = None,
        wear: float = 1.0,
        dirt: float = 1.0,
        without: Collection[str] = (),
    ) -> Model:
        """Returns the prototype of an asset.

        Args:
            id: key of the catalog.
            colors: linear RGB by slot name, instead of the catalog's.
            wear: multiplies every slot's wear.
            dirt: multiplies every slot's dirt.
            without: names of parts to leave out, such as a truck's load; what hangs on them goes too.

        Raises:
            AssetError: unknown id, slot or part; the message names the closest one.
        """
        entry = self[id]
        colors = colors or {}
        _refuse_unknown(entry, colors, without)
        materials = {
            name: replace(
                slot,
                color=colors.get(name, slot.color),
                wear=min(slot.wear * wear, 1.0),
                dirt=min(slot.dirt * dirt, 1.0),
            )
            for name, slot in entry.slots.items()
        }
        index = {"": -1}
        parts: list[Part] = []
        kept: list[CatalogPart] = []
        for part in entry.parts:
            if part.name in without or part.parent not in index:
                continue
            index[part.name] = len(parts)
            kept.append(part)
            slots, rests = tuple(materials[slot] for slot in part.slots), places(part.rest, part.joint, part.copies)
            for copy, rest in enumerate(rests):
                name, joint = part.name, part.joint
                if joint is not None and joint.loop is not None and part.copies > 1:
                    start = joint.loop.length * copy / part.copies
                    name, joint = f"{name}_{copy}", replace(joint, loop=replace(joint.loop, start=start))
                parts.append(Part(name, f"{id}/{part.mesh}", slots, index[part.parent], rest, joint, part.proxy))
        markers = {f"{part.name}/{marker}": pose for part in kept for marker, pose in part.markers.items()}
        return Model(
            entry.category,
            {f"{id}/{part.mesh}": AssetMesh(id, part.mesh, entry.library, entry.licence) for part in kept},
            tuple(parts),
            markers,
            tuple(
                _keypoint(name, radius, markers, index) for name, radius in entry.keypoints.items() if name in markers
            ),
        )


def _refuse_unknown(entry: Entry, slots: Collection[str], parts: Collection[str]) -> None:
    """Raises AssetError for a slot or part that an asset does not have."""
    known = {part.name for part in entry.parts}
    for word, asked, names in (("slot", slots, entry.slots), ("part", parts, known)):
        for name in asked:
            if name not in names:
                raise AssetError(f"asset '{entry.id}': no {word} '{name}'{closest(name, names)}")


def places(rest: Pose, joint: Joint | None, copies: int) -> NDArray[np.float64]:
    """Returns (copies, 4, 4) `parent_from_part` of a part's copies with their joints at zero.

    Args:
        rest: of the part; for one that runs round a loop, the middle of that.
        joint: of the part.
        copies: how many there are of it.
    """
    if joint is None or joint.loop is None:
        return rest[None]
    return rest @ loop_pose(joint.loop, joint.loop.length * np.arange(copies) / copies)


def _keypoint(name: str, radius: float, markers: Mapping[str, Pose], index: Mapping[str, int]) -> Keypoint:
    part, _, marker = name.partition("/")
    x, y, z = markers[name][:3, 3].tolist()
    return Keypoint(marker, index[part], (x, y, z), radius)


def closest(name: str, names: Collection[str]) -> str:
    """Returns the end of a message about a name that is unknown: the closest one, or which there are."""
    match = difflib.get_close_matches(name, list(names), 1, 0.4)
    return f", did you mean '{match[0]}'?" if match else f"; {there_are(sorted(names))}"


_EXTRA: ContextVar[Mapping[str, Entry]] = ContextVar("extra", default=MappingProxyType({}))
"""Assets of the user's that stand beside those that ship, while a scene is planned that may use them."""


@contextmanager
def extended(extra: Mapping[str, Entry]) -> Iterator[None]:
    """Lets `load` add assets to those that ship, so that no world has to pass them on."""
    token = _EXTRA.set(extra)
    try:
        yield
    finally:
        _EXTRA.reset(token)


def load(path: Path | None = None) -> Catalog:
    """Reads a catalog.

    Args:
        path: the catalog file; None takes the one that ships with the package, `extended` or not.

    Raises:
        AssetError: the file is missing or damaged.
    """
    if path is not None:
        return Catalog(CatalogFile(path))
    extra = _EXTRA.get()
    return Catalog(ChainMap(dict(extra), _shipped())) if extra else _shipped()


@cache
def _shipped() -> Catalog:
    """Returns the catalog that ships with the package, read once a process."""
    return Catalog(CatalogFile(folder("blend_assets") / FILE))


def refuse_unknown_names(catalog: Catalog, section: str, only: Sequence[str], without: Sequence[str]) -> None:
    """Refuses what a recipe lists and nobody knows, all of it at once.

    Args:
        catalog: all assets that there are.
        section: field path of the section with the lists, such as "scene.contents".
        only, without: ids of assets or categories.

    Raises:
        PlacementError: a name is neither; the message names the closest one.
    """
    known = [*catalog, *CATEGORIES]
    near = {name: difflib.get_close_matches(name, known, 1, 0.4) for name in (*only, *without)}
    wrong = [
        f"{section}.{word}: there is no asset or category '{name}'"
        + (f", did you mean '{near[name][0]}'?" if near[name] else "; `buildee assets list` prints them")
        for word, names in (("only", only), ("without", without))
        for name in names
        if name not in known
    ]
    if wrong:
        raise PlacementError("\n".join(wrong))
