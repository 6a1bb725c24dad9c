"""Brings files of the user's into libraries of their own: one mesh each, as the catalog wants it, and its materials."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from buildee.blender.brought import solid
from buildee.blender.context import fresh_scene
from buildee.blender.foreign import open_blend
from buildee.dropins import DropJob, Dropped
from buildee.errors import AnnotationError, AssetError
from buildee.layout import catalog
from buildee.layout.dropin import UNITS, asset_id, covering_boxes, likely_unit
from buildee.recipe.sidecar import Sidecar, load_sidecar
from buildee.run import emit

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
            emit(event="asset", id=dropped.id, fields=_asset(dropped, Path(job.cache)))
        except (AssetError, AnnotationError) as error:
            emit(event="unreadable", file=dropped.file, reason=str(error).removeprefix(f"{dropped.file}: "))
        except Exception as error:  # importers raise whatever they like; the log has it all
            traceback.print_exc()
            reason = str(error).strip().removeprefix("Error: ").splitlines() or [type(error).__name__]
            emit(event="unreadable", file=dropped.file, reason=f"cannot be read ({reason[0]})")
    emit(event="done")
    return 0


def _asset(dropped: Dropped, cache: Path) -> dict[str, Any]:
    """Makes the library of a file and returns its fields of the catalog."""
    sidecar = load_sidecar(Path(dropped.sidecar) if dropped.sidecar else None)
    mesh = _joined(_read(Path(dropped.file), sidecar.up))
    warnings = [] if dropped.sidecar else [f"no sidecar: taken for the category '{dropped.category}'"]
    warnings += _set_down(mesh, sidecar, dropped.category)
    slots, told = _materials(mesh, dropped.id)
    part = f"body_{dropped.content[:12]}"  # equal names must mean equal meshes, also in the layout's hash
    mesh.name = f"{dropped.id}/{part}"
    if mesh.name != f"{dropped.id}/{part}":
        raise AssetError("its name is longer than Blender allows; rename it")
    triangles = sum(polygon.loop_total - 2 for polygon in mesh.polygons)
    if triangles > HEAVY:
        warnings.append(f"{triangles} triangles: scenes with it will be slow")
    library = cache / f"{dropped.id}-{dropped.digest[:12]}.blend"
    _write(mesh, library)
    points, edges = _numbers(mesh.vertices, "co", 3, np.float32), _numbers(mesh.edges, "vertices", 2, np.int32)
    points = points.astype(np.float64)
    boxes = covering_boxes(points, edges)
    return {
        "title": sidecar.title or Path(dropped.file).stem,
        "category": dropped.category,
        "library": library.name,
        "licence": sidecar.licence,
        "source": sidecar.source or Path(dropped.file).name,
        "tags": list(sidecar.tags),
        "size": _plain(np.ptp(points, axis=0)),
        "slots": slots,
        "parts": [
            {
                "name": "body",
                "like": part,
                "rest": {"position": [0.0, 0.0, 0.0]},
                "slots": list(slots),
                "proxy": [{"position": _plain(box.mean(0)), "half": _plain(np.ptp(box, axis=0) / 2)} for box in boxes],
                "bounds": [_plain(points.min(0)), _plain(points.max(0))],
                "triangles": triangles,
            }
        ],
        "file": Path(dropped.file).name,
        "digest": dropped.digest,
        "warnings": [*warnings, *told],
    }


def _read(path: Path, up: str | None) -> bpy.types.Scene:
    """Opens or imports a file, without running its scripts; returns the scene that holds it."""
    scene = fresh_scene()
    if path.suffix.lower() == ".blend":
        open_blend(path)
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


def _joined(scene: bpy.types.Scene) -> bpy.types.Mesh:
    """Returns all that a scene shows as one mesh: modifiers and instances are made real, what is hidden is left out."""
    graph = bpy.context.evaluated_depsgraph_get()
    meshes = []
    for shown in graph.object_instances:
        thing = shown.object
        if thing.hide_render or thing.type not in ("MESH", "CURVE", "SURFACE", "FONT", "META"):
            continue
        mesh = bpy.data.meshes.new_from_object(thing, depsgraph=graph)
        mesh.transform(shown.matrix_world)
        if shown.matrix_world.is_negative:
            mesh.flip_normals()
        meshes.append(mesh)
    meshes = [mesh for mesh in meshes if mesh.polygons]
    if not meshes:
        raise AssetError("holds no faces")
    things = [bpy.data.objects.new("piece", mesh) for mesh in meshes]
    for thing in things:
        scene.collection.objects.link(thing)
    if len(things) > 1:
        with bpy.context.temp_override(
            scene=scene,
            view_layer=scene.view_layers[0],
            object=things[0],
            active_object=things[0],
            selected_objects=things,
            selected_editable_objects=things,
        ):
            bpy.ops.object.join()  # nothing else merges maps, materials and normals of meshes
    mesh = things[0].data
    mesh.validate(clean_customdata=False)
    return mesh


def _set_down(mesh: bpy.types.Mesh, sidecar: Sidecar, category: str) -> list[str]:
    """Scales a mesh to metres, faces it to +X, centres its footprint on the origin; returns what was assumed."""
    points = _numbers(mesh.vertices, "co", 3, np.float32)
    side = float(np.ptp(points, axis=0).max())
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
    mesh.transform(Matrix.Rotation(TURNS[sidecar.front] * np.pi / 2, 4, "Z") @ Matrix.Scale(scale, 4))
    points = _numbers(mesh.vertices, "co", 3, np.float32)
    low, high = points.min(0), points.max(0)
    mesh.transform(Matrix.Translation((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2])))
    return warnings


def _usual(category: str) -> float | None:
    """Returns the median longest side of the shipped assets of a category, metres."""
    sides = [float(entry.size.max()) for entry in catalog.load().values() if entry.category == category]
    return float(np.median(sides)) if sides else None


def _materials(mesh: bpy.types.Mesh, id: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Keeps the materials that faces wear, under names of our own; returns the slots, and what had to be changed."""
    worn, index = np.unique(_numbers(mesh.polygons, "material_index", 1, np.int32)[:, 0], return_inverse=True)
    there = list(mesh.materials)
    mesh.materials.clear()
    slots: dict[str, dict[str, Any]] = {}
    warnings: list[str] = []
    for number in worn.tolist():
        made = there[number] if number < len(there) and there[number] else bpy.data.materials.new("plain")
        name = asset_id(made.name)
        while name in slots:
            name += "_x"
        made = made.copy()
        color, told = solid(made)
        warnings += [f"material '{name}': {message}" for message in told]
        made.name = f"{id}/{name}"
        mesh.materials.append(made)
        slots[name] = {"kind": "own", "color": color, "wear": 0.0, "dirt": 0.0}
    mesh.polygons.foreach_set("material_index", index.astype(np.int32).ravel())
    return slots, warnings


def _write(mesh: bpy.types.Mesh, library: Path) -> None:
    """Writes a mesh with its materials and pictures into a library, whole or not at all."""
    partial = library.with_suffix(f".{os.getpid()}.tmp")
    bpy.data.libraries.write(str(partial), {mesh}, compress=True)
    partial.replace(library)


def _numbers(items: Any, name: str, width: int, kind: type) -> np.ndarray:
    """Returns (N, width) values of a property of a mesh's elements."""
    values = np.empty(len(items) * width, kind)
    items.foreach_get(name, values)
    return values.reshape(-1, width)


def _plain(values: np.ndarray) -> list[float]:
    return [round(float(value), 6) + 0.0 for value in values]
