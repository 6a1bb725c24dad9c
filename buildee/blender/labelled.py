"""Gives the objects of somebody else's scene their rows in a label table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.build import MAX_PASS_INDEX
from buildee.recipe.labelling import Candidate, Labelling, Match, match
from buildee.truth.mend import rows_by_index
from buildee.truth.surface import LabelTable

UNLABELLED = -1


@dataclass
class _Instance:
    """One instance as it is met: its name, category, whether it is a thing, and where it is in this frame."""

    name: str
    category: str
    countable: bool
    pose: NDArray[np.float64] = field(default_factory=lambda: np.full((4, 4), np.nan))


class Labeller:
    """Finds the part that every evaluated object or copy is, numbering parts and instances as they appear.

    An object without a label of its own takes that of the nearest object that it is parented to. What something
    instances (a collection on an empty, points of geometry nodes, particles) is asked first about the instancer: an
    empty that carries a collection is one thing, every other copy is a thing of its own.

    Args:
        labelling: the label table.
    """

    def __init__(self, labelling: Labelling) -> None:
        self.labelling = labelling
        self.used: set[str] = set()
        self._holders = _collections_of_objects()
        self._matches: dict[int, tuple[Match, bpy.types.Object] | None] = {}
        self._instances: dict[Hashable, int] = {}
        self._parts: dict[Hashable, int] = {}
        self._table: list[_Instance] = []
        self._part_instance: list[int] = []
        self._part_name: list[str] = []
        self._part_object: list[int] = []
        self._unlabelled: set[int] = set()
        self.categories = self._categories()

    def part(self, item: bpy.types.DepsgraphObjectInstance, original: bpy.types.Object, ids: tuple[int, ...]) -> int:
        """Returns the row of an evaluated object or copy, `UNLABELLED` if no label matches.

        Args:
            item: of the dependency graph.
            original: the object that it shows.
            ids: the copy's persistent ids, empty for an object itself.
        """
        instancer = item.parent.original if item.is_instance else None
        found = self._label_of(instancer) if instancer is not None else None
        if found is not None:
            one = instancer.instance_type == "COLLECTION" or found[0].label.instance == "all"
            place = (instancer.session_uid,) if one else (instancer.session_uid, *ids)
            pose = instancer.matrix_world if one else item.matrix_world
        else:
            found = self._label_of(original)
            if found is None:
                self._unlabelled.add(original.session_uid)
                return UNLABELLED
            place, pose = (found[1].session_uid, *_copy(instancer, ids, found[0])), item.matrix_world
            if instancer is None and found[1] != original:
                pose = found[1].matrix_world
        key = self._instance_key(found[0], place)
        number = self._instance(key, found[0], pose)
        return self._part(original, number)

    def number_objects(self) -> None:
        """Gives every object met so far an Object Index of its own, and 0 to what was never met with a label."""
        labelled = dict.fromkeys(self._part_object)
        for thing in bpy.data.objects:
            thing.pass_index = 0
        for number, uid in enumerate(labelled):
            labelled[uid] = number % MAX_PASS_INDEX + 1
        for thing in bpy.data.objects:
            thing.pass_index = labelled.get(thing.session_uid, 0)

    def pass_index(self) -> NDArray[np.int32]:
        """Returns (R,) the Object Index of every row's object."""
        index = {thing.session_uid: thing.pass_index for thing in bpy.data.objects}
        return np.array([index[uid] for uid in self._part_object], np.int32)

    def told_apart(self) -> dict[int, int]:
        """Returns the row that each Object Index stands for, of objects that are never met as anything else."""
        index = self.pass_index()
        rows = rows_by_index(index)
        for row, uid in enumerate(self._part_object):
            if uid in self._unlabelled:
                rows.pop(int(index[row]), None)
        return rows

    def table(self) -> LabelTable:
        """Returns the label table of everything met so far."""
        ids = {name: number for number, name in enumerate(self.categories, 1)}
        return LabelTable(
            part_name=tuple(self._part_name),
            part_instance=np.array(self._part_instance, np.int32) + 1,
            instance_name=tuple(instance.name for instance in self._table),
            instance_category=np.array([ids[instance.category] for instance in self._table], np.int32),
            categories={number: name for name, number in ids.items()},
            countable=np.array([instance.countable for instance in self._table], bool),
        )

    def poses(self) -> NDArray[np.float64]:
        """Returns (I, 4, 4) `world_from_instance` in the frame read last, without scale; NaN where there is none."""
        return np.array([instance.pose for instance in self._table]).reshape(-1, 4, 4)

    def begin_frame(self) -> None:
        """Forgets where instances were, before another frame is read."""
        for instance in self._table:
            instance.pose = np.full((4, 4), np.nan)

    def _instance_key(self, found: Match, place: tuple[int, ...]) -> Hashable:
        if found.label.instance == "all":
            return found.label.name, found.category
        if found.label.instance == "collection":
            return found.label.name, found.collection
        return found.label.name, *place

    def _instance(self, key: Hashable, found: Match, pose: Any) -> int:
        if key not in self._instances:
            self._instances[key] = len(self._table)
            name = f"{found.category}.{sum(item.category == found.category for item in self._table)}"
            self._table.append(_Instance(name, found.category, found.label.countable))
        number = self._instances[key]
        whole = found.label.instance in ("object", "root")
        if whole and found.label.countable and np.isnan(self._table[number].pose[0, 0]):
            self._table[number].pose = rigid(np.array(pose, np.float64))
        return number

    def _part(self, original: bpy.types.Object, instance: int) -> int:
        key = instance, original.session_uid
        if key not in self._parts:
            self._parts[key] = len(self._part_name)
            self._part_name.append(original.name)
            self._part_object.append(original.session_uid)
            self._part_instance.append(instance)
        return self._parts[key]

    def _label_of(self, thing: bpy.types.Object) -> tuple[Match, bpy.types.Object] | None:
        """Returns the label of an object, and the object that stands for the instance; remembered."""
        uid = thing.session_uid
        if uid not in self._matches:
            self._matches[uid] = self._find(thing)
        return self._matches[uid]

    def _find(self, thing: bpy.types.Object) -> tuple[Match, bpy.types.Object] | None:
        found = match(self.labelling, _candidate(thing, self._holders))
        if found is None:
            return self._label_of(thing.parent) if thing.parent is not None else None
        self.used.add(found.label.name)
        head = thing
        while found.label.instance == "root" and head.parent is not None:
            head = head.parent
        return found, head

    def _categories(self) -> list[str]:
        """Returns the names of all categories that the file's objects can have, in the order of the table."""
        names: dict[str, None] = {}
        matched = [self._label_of(thing) for thing in sorted(bpy.data.objects, key=lambda thing: thing.name_full)]
        for label in self.labelling.labels:
            mine = [found[0].category for found in matched if found is not None and found[0].label is label]
            names |= dict.fromkeys(sorted(mine))
        return list(names)


def _collections_of_objects() -> dict[int, tuple[str, ...]]:
    """Returns the names of the collections around every object, innermost first."""
    around: dict[str, list[str]] = {}
    for collection in bpy.data.collections:
        for child in collection.children:
            around.setdefault(child.name_full, []).append(collection.name_full)
    holders: dict[int, tuple[str, ...]] = {}
    for collection in sorted(bpy.data.collections, key=lambda item: item.name_full):
        chain, ahead = [], [collection.name_full]
        while ahead:
            name = ahead.pop(0)
            if name not in chain:
                chain.append(name)
                ahead += around.get(name, [])
        for thing in collection.objects:
            known = holders.get(thing.session_uid, ())
            holders[thing.session_uid] = (*known, *(name for name in chain if name not in known))
    return holders


def candidates(things: Iterable[bpy.types.Object]) -> list[Candidate]:
    """Returns objects as labels see them."""
    holders = _collections_of_objects()
    return [_candidate(thing, holders) for thing in things]


def _copy(instancer: bpy.types.Object | None, ids: tuple[int, ...], found: Match) -> tuple[int, ...]:
    """Returns what tells an instanced copy of an object from the others; empty for an object itself."""
    if instancer is None:
        return ()
    # The first id counts the objects of an instanced collection: those of one hierarchy are one thing in each copy.
    together = found.label.instance == "root" and instancer.instance_type == "COLLECTION"
    return instancer.session_uid, *ids[int(together) :]


def _candidate(thing: bpy.types.Object, holders: dict[int, tuple[str, ...]]) -> Candidate:
    return Candidate(thing.name, holders.get(thing.session_uid, ()), dict(thing.items()))


def rigid(pose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the nearest pose without scale or shear to a (4, 4) matrix; a mirrored one gets the nearest rotation."""
    result = pose.copy()
    left, scale, right = np.linalg.svd(pose[:3, :3])
    if not np.isfinite(pose).all() or scale[-1] <= 0:
        return np.full((4, 4), np.nan)
    turn = left @ right
    turn[:, 2] *= np.linalg.det(turn)
    result[:3, :3] = turn
    return result
