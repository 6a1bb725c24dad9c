"""Brings files of the user's into libraries of their own: meshes as the catalog wants them, and their materials."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector

from buildee.blender.brought import solid
from buildee.blender.context import fresh_scene
from buildee.blender.foreign import open_blend
from buildee.blender.rigid import Rigid, rigid_parts
from buildee.blender.texture import bake_texture, library_of, panorama_fields, write_library
from buildee.children import emit
from buildee.drop_folder import Dropped
from buildee.dropins import DropJob
from buildee.errors import AnnotationError, AssetError, RecipeError
from buildee.layout import catalog
from buildee.layout.dropin import UNITS, asset_id, covering_boxes, likely_unit
from buildee.layout.pictures import PANORAMA, TEXTURE
from buildee.recipe.sidecar import BODY, HingeSpec, JointSpec, Sidecar, load_sidecar

FORWARD = {"z": "Y", "y": "NEGATIVE_Z"}
"""Which axis counts as forward in files whose up axis is given, in the words of Blender's importers."""

TURNS = {"x": 0, "-y": 1, "-x": 2, "y": 3}
"""Quarter turns about Z that bring a front to +X, where assets face."""

HEAVY = 300_000
"""Triangles from which a warning is due."""


def bring_in(job: DropJob) -> int:
    """Reads files one after another and tells the parent what each became; returns the exit status."""
    for item in job.files:
        dropped = Dropped(**item)
        emit(event="file", file=dropped.file)
        try:
            emit(event="asset", id=dropped.id, fields=_fields(dropped, Path(job.cache), Path(job.folder)))
        except RecipeError as error:
            emit(event="unreadable", reason=str(error))
        except (AssetError, AnnotationError) as error:
            told = str(error).removeprefix(f"{dropped.file}: ")
            emit(event="unreadable", reason=f"{dropped.file}: {told}")
        except Exception as error:  # importers raise whatever they like; the log has it all
            traceback.print_exc()
            reason = str(error).strip().removeprefix("Error: ").splitlines() or [type(error).__name__]
            emit(event="unreadable", reason=f"{dropped.file}: cannot be read ({reason[0]})")
    emit(event="done")
    return 0


def _fields(dropped: Dropped, cache: Path, home: Path) -> dict[str, Any]:
    """Makes the library of an asset and returns its fields of the catalog."""
    if dropped.category == TEXTURE:
        made = bake_texture(dropped, cache)
    elif dropped.category == PANORAMA:
        made = panorama_fields(dropped)
    else:
        made = _model(dropped, cache, home)
    return {**made, "file": Path(dropped.file).name, "digest": dropped.digest}


def _model(dropped: Dropped, cache: Path, home: Path) -> dict[str, Any]:
    """Makes the library of a model and returns its fields of the catalog."""
    beside = Path(dropped.sidecar) if dropped.sidecar else None
    sidecar = load_sidecar(beside)
    parts = rigid_parts(_read(Path(dropped.file), sidecar.up, home), sidecar.joints, beside)
    warnings = [] if dropped.sidecar else [f"no sidecar: taken for the category '{dropped.category}'"]
    origins, span, told = _set_down(parts, sidecar, dropped.category)
    warnings += told
    worn = _Worn(dropped.id, home)
    listed = [_part(dropped, name, parts, origins, worn) for name in parts]
    triangles = sum(fields["triangles"] for fields in listed)
    if triangles > HEAVY:
        warnings.append(f"{triangles} triangles: scenes with it will be slow")
    library = library_of(dropped, cache)
    write_library({part.mesh for part in parts.values()}, library)
    return {
        "title": sidecar.title or Path(dropped.file).stem,
        "category": dropped.category,
        "library": library.name,
        "licence": sidecar.licence,
        "source": sidecar.source or Path(dropped.file).name,
        "tags": list(sidecar.tags),
        "size": _plain(span),
        "slots": worn.slots,
        "parts": listed,
        "warnings": [*warnings, *worn.told],
    }


def _part(
    dropped: Dropped, name: str, parts: Mapping[str, Rigid], origins: Mapping[str, np.ndarray], worn: _Worn
) -> dict[str, Any]:
    """Dresses a part's mesh and returns the part's fields of the catalog."""
    mesh, joint = parts[name].mesh, parts[name].joint
    slots = worn.dress(mesh)
    like = f"{name}_{dropped.content[:12]}"  # equal names must mean equal meshes, also in the layout's hash
    mesh.name = f"{dropped.id}/{like}"
    if mesh.name != f"{dropped.id}/{like}":
        raise AssetError("its name is longer than Blender allows; rename it")
    points, edges = _numbers(mesh.vertices, "co", 3, np.float32), _numbers(mesh.edges, "vertices", 2, np.int32)
    points = points.astype(np.float64)
    boxes = covering_boxes(points, edges)
    carrier = "" if joint is None else joint.parent or (BODY if BODY in parts else "")
    fields = {
        "name": name,
        "like": like,
        "parent": carrier,
        "rest": {"position": _plain(origins[name] - (origins[carrier] if carrier else 0.0))},
        "slots": slots,
        "proxy": [{"position": _plain(box.mean(0)), "half": _plain(np.ptp(box, axis=0) / 2)} for box in boxes],
        "bounds": [_plain(points.min(0)), _plain(points.max(0))],
        "triangles": sum(polygon.loop_total - 2 for polygon in mesh.polygons),
    }
    return fields if joint is None else fields | {"joint": _joint(joint, load_sidecar(Path(dropped.sidecar)).front)}


def _joint(joint: JointSpec, front: str) -> dict[str, Any]:
    """Returns a joint's fields of the catalog."""
    axis = np.array(Matrix.Rotation(TURNS[front] * np.pi / 2, 3, "Z")) @ joint.axis
    hinge = isinstance(joint, HingeSpec)
    limits = np.deg2rad(joint.limits_deg) if hinge else np.array(joint.limits)
    return {
        "kind": "hinge" if hinge else "slider",
        "axis": _plain(axis / np.linalg.norm(axis)),
        "limits": _plain(limits),
    }


def _read(path: Path, up: str | None, home: Path) -> bpy.types.Scene:
    """Opens or imports a file, without running its scripts; returns the scene that holds it."""
    scene = fresh_scene()
    if path.suffix.lower() == ".blend":
        open_blend(path)
        for library in bpy.data.libraries:
            linked = Path(bpy.path.abspath(library.filepath, library=library.parent)).resolve()
            if not linked.is_relative_to(home):
                raise AssetError(f"links {linked}, outside the folder; make the file's data local")
        return bpy.context.scene
    readers: dict[str, Callable[..., Any]] = {
        ".glb": bpy.ops.import_scene.gltf,
        ".gltf": bpy.ops.import_scene.gltf,
        ".obj": bpy.ops.wm.obj_import,
        ".stl": bpy.ops.wm.stl_import,
        ".ply": bpy.ops.wm.ply_import,
        ".fbx": bpy.ops.wm.fbx_import if "fbx_import" in dir(bpy.ops.wm) else bpy.ops.import_scene.fbx,
    }
    kind = path.suffix.lower()
    given = {}
    if kind in (".obj", ".stl", ".ply"):
        axis = up or ("y" if kind == ".obj" else "z")
        given = {"up_axis": axis.upper(), "forward_axis": FORWARD[axis]}
    readers.get(kind, bpy.ops.wm.usd_import)(filepath=str(path), **given)
    return scene


def _set_down(
    parts: Mapping[str, Rigid], sidecar: Sidecar, category: str
) -> tuple[dict[str, np.ndarray], np.ndarray, list[str]]:
    """Scales parts to metres, faces them to +X, centres their footprint, and puts each where its joint is.

    Returns:
        Where each part's origin is in the asset's frame, metres; the extents of all; what was assumed.
    """
    low, high = _bounds(parts)
    side = float((high - low).max())
    if not side > 0 or not np.isfinite(side):
        raise AssetError("has no size")
    warnings = []
    if sidecar.size is not None:
        scale = sidecar.size / side
    else:
        unit = sidecar.unit or likely_unit(side, _usual(category))
        scale = UNITS[unit]
        if sidecar.unit is None:
            warnings.append(
                f"size inferred: {side * scale:.3g} m long, its numbers taken for {unit}; a sidecar fixes it"
            )
    turned = Matrix.Rotation(TURNS[sidecar.front] * np.pi / 2, 4, "Z") @ Matrix.Scale(scale, 4)
    for part in parts.values():
        part.mesh.transform(turned)
    low, high = _bounds(parts)
    foot = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    origins = {}
    for name, part in parts.items():
        at = np.zeros(3) if part.joint is None else np.array(turned @ Vector(part.origin)) - foot
        part.mesh.transform(Matrix.Translation((-(foot + at)).tolist()))
        origins[name] = at
    return origins, high - low, warnings


def _bounds(parts: Mapping[str, Rigid]) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([_numbers(part.mesh.vertices, "co", 3, np.float32) for part in parts.values()])
    return points.min(0).astype(np.float64), points.max(0).astype(np.float64)


def _usual(category: str) -> float | None:
    """Returns the median longest side of the shipped assets of a category, metres."""
    sides = [float(entry.size.max()) for entry in catalog.load().values() if entry.category == category]
    return float(np.median(sides)) if sides else None


class _Worn:
    """The materials that parts of an asset wear, each kept under a name of its own.

    Attributes:
        slots: fields of the catalog.
        told: what had to be changed.
    """

    def __init__(self, id: str, home: Path) -> None:
        self._id, self._home = id, home
        self._kept: dict[bpy.types.Material | None, tuple[str, bpy.types.Material]] = {}
        self.slots: dict[str, dict[str, Any]] = {}
        self.told: list[str] = []

    def dress(self, mesh: bpy.types.Mesh) -> list[str]:
        """Leaves a mesh the materials that faces wear; returns the names of its slots."""
        worn, index = np.unique(_numbers(mesh.polygons, "material_index", 1, np.int32)[:, 0], return_inverse=True)
        there = list(mesh.materials)
        kept = [self._keep(there[number] if number < len(there) else None) for number in worn.tolist()]
        mesh.materials.clear()
        for _, made in kept:
            mesh.materials.append(made)
        mesh.polygons.foreach_set("material_index", index.astype(np.int32).ravel())
        return [name for name, _ in kept]

    def _keep(self, given: bpy.types.Material | None) -> tuple[str, bpy.types.Material]:
        if given not in self._kept:
            made = given.copy() if given is not None else bpy.data.materials.new("plain")
            name = asset_id(given.name if given is not None else "plain")
            while name in self.slots:
                name += "_x"
            color, told = solid(made, self._home)
            self.told += [f"material '{name}': {message}" for message in told]
            made.name = f"{self._id}/{name}"
            self.slots[name] = {"kind": "own", "color": color, "wear": 0.0, "dirt": 0.0}
            self._kept[given] = name, made
        return self._kept[given]


def _numbers(items: Any, name: str, width: int, kind: type) -> np.ndarray:
    """Returns (N, width) values of a property of a mesh's elements."""
    values = np.empty(len(items) * width, kind)
    items.foreach_get(name, values)
    return values.reshape(-1, width)


def _plain(values: np.ndarray) -> list[float]:
    return [round(float(value), 6) + 0.0 for value in values]
