"""Reads the evaluated triangles of a Blender scene: the only thing ground truth is computed from."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, pairwise
from weakref import WeakKeyDictionary

import bpy
import numpy as np
from mathutils import Matrix

from buildee.blender import scatters
from buildee.blender.build import PART
from buildee.blender.glass import is_see_through, without
from buildee.blender.triangles import same_mesh, triangles
from buildee.blender.visibility import Sight, is_prototype, sight
from buildee.errors import AnnotationError
from buildee.truth.soundness import Baked, with_sound_poses
from buildee.truth.surface import Surface, TriangleMesh

MAX_MATERIALS = 65_535
"""Ids are stored in 16 bits."""

PartOf = Callable[[bpy.types.DepsgraphObjectInstance, bpy.types.Object, tuple[int, ...]], int]


@dataclass(frozen=True, eq=False)
class _Block:
    """The copies of a scatter as one frame had them: as good in any frame in which the scatter has the same source.

    Attributes:
        source: what the copies were made from.
        part: (N,) int32, key: (N,) int64, world: (N, 4, 4) float64, as in a `Surface`.
    """

    source: scatters.Source
    part: np.ndarray
    key: np.ndarray
    world: np.ndarray


@dataclass(eq=False)
class _Rows:
    """The meshes and copies of a surface while it is read, copies one by one or a block at once."""

    meshes: list[TriangleMesh] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)  # address of an evaluated mesh -> row of meshes
    slot_rows: dict[tuple[int, int], int] = field(default_factory=dict)  # object, mesh address -> row of slot_lists
    slot_lists: list[list[int]] = field(default_factory=list)
    clear: dict[int, tuple[bool, ...]] = field(default_factory=dict)  # row of slot_lists -> see-through; () if none is
    solid: dict[tuple[int, tuple[bool, ...]], int] = field(default_factory=dict)  # without those slots, row of meshes
    mesh: list[int] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    key: list[int] = field(default_factory=list)
    _matrices: list[Matrix] = field(default_factory=list)
    _worlds: list[np.ndarray] = field(default_factory=list)

    def add(self, mesh: int, slots: int, part: int, key: int, matrix: Matrix) -> None:
        self.mesh.append(mesh)
        self.slots.append(slots)
        self.part.append(part)
        self.key.append(key)
        self._matrices.append(matrix)

    def add_block(self, mesh: int, slots: int, block: _Block) -> None:
        self.mesh += [mesh] * len(block.key)
        self.slots += [slots] * len(block.key)
        self.part += block.part.tolist()
        self.key += block.key.tolist()
        self._flush()
        self._worlds.append(block.world)

    def surface(self) -> Surface:
        self._flush()
        return Surface(
            tuple(self.meshes),
            np.array(self.mesh, np.int32),
            np.array(self.part, np.int32),
            np.concatenate(self._worlds),
            np.array(self.key, np.int64),
            np.array(self.slots, np.int32),
            _padded(self.slot_lists),
        )

    def _flush(self) -> None:
        # Eight times faster than numpy.array, which asks every matrix and row for its length first.
        flat = chain.from_iterable(chain.from_iterable(self._matrices))
        self._worlds.append(np.fromiter(flat, np.float64, 16 * len(self._matrices)).reshape(-1, 4, 4))
        self._matrices = []


@dataclass(eq=False)
class SurfaceReader:
    """Reads the surface of a scene frame after frame, keeping unchanged meshes as the same object.

    Attributes:
        scene: name of the Blender scene.
        part_of: says which row of the label table an item of the dependency graph is, given the object that it shows
            and the ids of the copy (none for an object itself); None takes the attribute `buildee_part`.
        on_frame: called once the scene stands at a frame, before it is read.
        normals, uv: whether meshes get the shading normals and texture coordinates of their corners.
        see_through: whether triangles of see-through materials are left out; see `buildee.blender.glass`.
    """

    scene: str
    part_of: PartOf | None = None
    on_frame: Callable[[], None] | None = None
    normals: bool = False
    uv: bool = False
    see_through: bool = False
    _meshes: dict[tuple[object, ...], TriangleMesh] = field(default_factory=dict)
    _blocks: dict[int, _Block] = field(default_factory=dict)  # by name of the scatter
    _names: dict[int, int] = field(default_factory=dict)  # of this frame's objects, by `session_uid`
    _point_parts: dict[int, np.ndarray] = field(default_factory=dict)  # of this frame's instancers
    _flat: Baked = field(default_factory=dict)
    _solid_meshes: WeakKeyDictionary[TriangleMesh, dict[tuple[bool, ...], TriangleMesh]] = field(
        default_factory=WeakKeyDictionary
    )

    @cached_property
    def materials(self) -> tuple[str, ...]:
        """Names of all materials of the file, sorted; material id = index + 1."""
        return tuple(sorted(item.name_full for item in bpy.data.materials if not item.is_grease_pencil))

    @cached_property
    def _material_id(self) -> dict[str, int]:
        if len(self.materials) > MAX_MATERIALS:
            raise AnnotationError(f"{len(self.materials)} materials have no room in 16-bit ids; remove unused ones")
        return {name: index for index, name in enumerate(self.materials, 1)}

    @property
    def cleared(self) -> frozenset[str]:
        """Full names of the materials whose triangles are left out."""
        return self._see_through if self.see_through else frozenset()

    @cached_property
    def _see_through(self) -> frozenset[str]:
        # Decided once, so that a mesh has the same triangles in all frames whatever is animated.
        named = (item for item in bpy.data.materials if item.name_full in self._material_id)
        return frozenset(item.name_full for item in named if is_see_through(item))

    def read(self, frame: int) -> Surface:
        """Moves the scene to a frame and returns every triangle that a camera can see there.

        Args:
            frame: Blender frame number (the first frame of a layout is 1).
        """
        scene = bpy.data.scenes[self.scene]
        scene.frame_set(frame)
        if self.on_frame is not None:
            self.on_frame()
        with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
            gathered = self._gather(bpy.context.evaluated_depsgraph_get())
        surface, self._flat = with_sound_poses(gathered, self._flat)
        return surface

    def _gather(self, depsgraph: bpy.types.Depsgraph) -> Surface:
        rows = _Rows()
        self._point_parts.clear()
        sights: dict[int, Sight] = {}  # of objects that stand for themselves or place others, by `session_uid`
        self._names.clear()
        # Runs of copies with the same instancer: its name (0 is none), first row, and source of a scatter's.
        runs: list[tuple[int, int, scatters.Source | None]] = [(0, 0, None)]
        # Walk to the end: Blender never frees the rest of a walk that was broken off.
        items = iter(depsgraph.object_instances)
        for item in items:
            thing = item.object
            # Curves, surfaces, texts and metaballs come twice: as they are, and as the mesh that Cycles renders.
            if thing.type != "MESH" or not item.show_self or not thing.visible_camera:
                continue
            original = thing.original
            owner = item.parent.original if item.is_instance else original
            uid = owner.session_uid
            if uid not in sights:
                sights[uid] = sight(owner, depsgraph.view_layer)
            # What is instanced is often hidden itself; as in Cycles, what instances it is asked instead.
            if owner.hide_render or sights[uid] is Sight.NONE or (owner is original and is_prototype(original)):
                continue
            number = self._number(thing, rows)
            if self.see_through:
                number = self._solid(number, thing, rows)
            if not len(rows.meshes[number].triangles):
                continue
            above, ids = 0, ()
            if item.is_instance:
                above, ids = self._name(owner), tuple(item.persistent_id)
            if above != runs[-1][0]:
                plain = above and self.part_of is None and sights[uid] is Sight.FULL
                source = scatters.source(item.parent, depsgraph) if plain else None
                known = self._blocks.get(above)
                if source is not None and known is not None and known.source == source:
                    runs.append((above, len(rows.key), None))
                    rows.add_block(number, self._slot_row(thing, rows), known)
                    deque(islice(items, source.copies - 1), maxlen=0)  # passes over its other copies
                    continue
                runs.append((above, len(rows.key), source))
            key = hash((self._name(original), above, *ids))
            part = -1 if sights[uid] is Sight.HOLE else self._part(item, original, ids)
            rows.add(number, self._slot_row(thing, rows), part, key, item.matrix_world.copy())
        surface = rows.surface()
        self._remember(surface, runs)
        return surface

    def _remember(self, surface: Surface, runs: list[tuple[int, int, scatters.Source | None]]) -> None:
        """Keeps the copies of this frame's scatters for frames in which they have the same source."""
        self._blocks = {name: self._blocks[name] for name, _, _ in runs if name in self._blocks}
        for (name, first, source), (_, last, _) in pairwise([*runs, (0, len(surface.copy_key), None)]):
            if source is not None and last - first == source.copies:
                columns = surface.copy_part, surface.copy_key, surface.world_from_copy
                self._blocks[name] = _Block(source, *(column[first:last].copy() for column in columns))

    def _name(self, original: bpy.types.Object) -> int:
        """Returns the name of an object as a number: the same in any process, as keys are that go to disk."""
        uid = original.session_uid
        if uid not in self._names:
            digest = hashlib.blake2b(original.name_full.encode(), digest_size=7).digest()
            self._names[uid] = int.from_bytes(digest, "little")
        return self._names[uid]

    def _number(self, thing: bpy.types.Object, rows: _Rows) -> int:
        """Returns the row of an evaluated object's mesh, reading it where it first appears."""
        pointer = thing.data.as_pointer()
        if pointer not in rows.numbers:
            rows.numbers[pointer] = len(rows.meshes)
            rows.meshes.append(self._mesh(thing, thing.data, len(rows.meshes)))
        return rows.numbers[pointer]

    def _slot_row(self, thing: bpy.types.Object, rows: _Rows) -> int:
        """Returns the row of an evaluated object's material slots, its own or its mesh's as each slot says."""
        key = thing.original.session_uid, thing.data.as_pointer()
        if key not in rows.slot_rows:
            rows.slot_rows[key] = len(rows.slot_lists)
            names = [slot.material.name_full if slot.material else "" for slot in thing.material_slots]
            rows.slot_lists.append([self._material_id.get(name, 0) for name in names])
        return rows.slot_rows[key]

    def _solid(self, number: int, thing: bpy.types.Object, rows: _Rows) -> int:
        """Returns the row of a mesh without the triangles that are see-through on an evaluated object."""
        row = self._slot_row(thing, rows)
        if row not in rows.clear:
            ids = {self._material_id[name] for name in self.cleared}
            clear = tuple(slot in ids for slot in rows.slot_lists[row])
            rows.clear[row] = clear if any(clear) else ()
        clear = rows.clear[row]
        if clear and (number, clear) not in rows.solid:
            rows.solid[number, clear] = len(rows.meshes)
            mesh = rows.meshes[number]
            known = self._solid_meshes.setdefault(mesh, {})
            if clear not in known:
                known[clear] = without(mesh, clear)
            rows.meshes.append(known[clear])
        return rows.solid[number, clear] if clear else number

    def _part(self, item: bpy.types.DepsgraphObjectInstance, original: bpy.types.Object, ids: tuple[int, ...]) -> int:
        """Returns the row of the label table that a placed copy belongs to, -1 for none.

        Args:
            item: the copy.
            original: the object that it shows.
            ids: its `persistent_id` if it is an instance, else nothing.
        """
        if self.part_of is not None:
            return self.part_of(item, original, ids)
        if ids:
            parent = item.parent.original
            uid = parent.session_uid
            if uid not in self._point_parts:
                self._point_parts[uid] = _point_parts(parent)
            if len(self._point_parts[uid]):
                return int(self._point_parts[uid][ids[1]])  # (0, index of the point) for instances on points
        return original.get(PART, -1)

    def _mesh(self, thing: bpy.types.Object, data: bpy.types.Mesh, ordinal: int) -> TriangleMesh:
        """Returns the triangles of an evaluated mesh, the very object of the last frame if nothing changed."""
        original = thing.original
        rigid = original.type == "MESH" and not original.modifiers and original.data.shape_keys is None
        rigid = rigid and original.data.animation_data is None  # vertices can be keyed one by one
        key = ("data", original.data.session_uid) if rigid else ("evaluated", original.session_uid, ordinal)
        known = self._meshes.get(key)
        if known is not None and rigid:
            return known
        fresh = triangles(data, self.normals, self.uv)
        if known is not None and same_mesh(known, fresh):
            return known
        self._meshes[key] = fresh
        return fresh


def _padded(lists: list[list[int]]) -> np.ndarray:
    """Returns the material ids of slots (L, K) uint16: short lists repeat their last, empty ones hold 0."""
    longest = max([1, *map(len, lists)])
    filled = [slots + [slots[-1] if slots else 0] * (longest - len(slots)) for slots in lists]
    return np.array(filled, np.uint16).reshape(-1, longest)


def _point_parts(thing: bpy.types.Object) -> np.ndarray:
    """Returns the `buildee_part` of every point of a scatter, or nothing for any other object."""
    attribute = thing.data.attributes.get(PART) if thing.type == "MESH" else None
    if attribute is None or attribute.domain != "POINT":
        return np.zeros(0, np.int32)
    parts = np.empty(len(attribute.data), np.int32)
    attribute.data.foreach_get("value", parts)
    return parts
