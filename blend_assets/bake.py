"""Bakes asset scripts into .blend libraries and writes the catalog that planning reads.

python -m blend_assets.bake [library ...]        from the repository's top folder; no argument bakes all

The library "materials" holds every kind of surface, for people: planning and building need it not.
"""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import bpy
import numpy as np

# isort: split
# These exist only once bpy is imported.
import bmesh
from mathutils import Matrix

from blend_assets import bake_materials
from blend_assets.previews import add_asset_preview, asset_stage
from blend_assets.scripts.found import found_assets
from blend_assets.scripts.looks import FAMILIES, SHOWN
from blend_assets.scripts.model import Asset, AssetPart
from buildee.blender.meshes import create_mesh
from buildee.layout.catalog import FILE, places
from buildee.layout.catalog_file import catalog_text, raw_fields
from buildee.layout.mesh import SMOOTH_ANGLE
from buildee.layout.resting import Place
from buildee.layout.scene import Loop, Pose

FOLDER = Path(__file__).resolve().parent
BEVEL_ANGLE = np.deg2rad(50.0)
"""Edges that turn by less stay as modelled: facets of round things and edges already chamfered."""
CATEGORY = "category"
"""Custom property of every object that says what it is."""
SMALLEST_BEVEL = 0.0055
"""Metres; below this a bevel costs triangles that nobody sees, so sheets thinner than 55 mm keep sharp edges."""


def bake_library(name: str, assets: Iterable[Asset], folder: Path = FOLDER, previews: bool = True) -> dict[str, dict]:
    """Writes one .blend library.

    Args:
        name: the file's name without its ending.
        assets: what goes into it, one collection each, marked as an asset.
        folder: where it is written.
        previews: whether each gets a picture, which takes a second or two.

    Returns:
        The catalog's fields of every asset, by id.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    entries = {}
    for asset in assets:
        meshes: dict[str, bpy.types.Mesh] = {}
        for part in asset.parts:
            meshes[part.name] = meshes[part.like] if part.like else baked_mesh(asset, part)
        _add_collection(asset, meshes)
        entries[asset.id] = entry(asset, meshes)
    if previews:
        bpy.context.view_layer.update()  # where parts hang
        with asset_stage() as stage:
            for collection in bpy.context.scene.collection.children:
                add_asset_preview(stage, collection)
    bpy.context.preferences.filepaths.save_version = 0
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / f"{name}.blend"), compress=True, check_existing=False)
    return entries


def baked_mesh(asset: Asset, part: AssetPart) -> bpy.types.Mesh:
    """Returns the part's mesh, edges rounded, shaded, with one named placeholder material a used slot."""
    used = np.unique(part.mesh.slots)
    names = list(asset.slots)
    slots = np.searchsorted(used, part.mesh.slots).astype(np.int32)
    mesh = create_mesh(f"{asset.id}/{part.name}", replace(part.mesh, slots=slots))
    for slot in used:
        mesh.materials.append(_placeholder(asset, names[slot]))
    if part.bevel > 0:
        _round_edges(mesh, part.bevel)
        mesh.set_sharp_from_angle(angle=float(SMOOTH_ANGLE))
        mesh = _with_weighted_normals(mesh)
    return mesh


def _placeholder(asset: Asset, slot: str) -> bpy.types.Material:
    """Returns a plain material that shows the slot in the Asset Browser; a build replaces it by its own."""
    name = f"{asset.id}/{slot}"
    material = bpy.data.materials.get(name)
    if material is None:
        decided = asset.slots[slot]
        material = bpy.data.materials.new(name)
        material.diffuse_color = (*decided.color, 1.0)
        material.use_nodes = True
        shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
        shader.inputs["Base Color"].default_value = (*decided.color, 1.0)
        shader.inputs["Roughness"].default_value = 0.05 if decided.kind == "glass" else 0.5
        shader.inputs["Metallic"].default_value = float("metal" in decided.kind and "paint" not in decided.kind)
        shader.inputs["Transmission Weight"].default_value = float(decided.kind == "glass")
    return material


def _round_edges(mesh: bpy.types.Mesh, radius: float) -> None:
    """Bevels the sharp edges of every closed piece by itself, so that a small one does not hold back the rest."""
    whole = bmesh.new()
    whole.from_mesh(mesh)
    whole.verts.index_update()
    pieces = _pieces(whole)
    for vertices in pieces:
        extent = np.ptp(np.array([vertex.co for vertex in vertices]), axis=0).min()
        width = min(radius, 0.1 * extent)
        edges = {edge for vertex in vertices for edge in vertex.link_edges}
        sharp = [edge for edge in edges if edge.is_manifold and edge.calc_face_angle() > BEVEL_ANGLE]
        if width < SMALLEST_BEVEL or not sharp or not all(edge.is_manifold for edge in edges):
            continue
        sharp.sort(key=lambda edge: sorted(vertex.index for vertex in edge.verts))
        made = bmesh.ops.bevel(
            whole,
            geom=sharp,
            offset=width,
            offset_type="OFFSET",
            segments=1,
            profile=0.5,
            affect="EDGES",
            clamp_overlap=True,
            material=-1,
        )
        for face in made["faces"]:
            face.smooth = True
        for face in {face for vertex in made["verts"] for face in vertex.link_faces}:
            face.smooth = True  # flat neighbours must share the round's normals; weighting keeps them flat
    whole.to_mesh(mesh)
    whole.free()


def _pieces(whole: bmesh.types.BMesh) -> list[list[bmesh.types.BMVert]]:
    """Returns the vertices of every connected piece."""
    seen: set[bmesh.types.BMVert] = set()
    pieces = []
    for start in whole.verts:
        if start in seen:
            continue
        seen.add(start)
        piece = [start]
        for vertex in piece:
            for edge in vertex.link_edges:
                other = edge.other_vert(vertex)
                if other not in seen:
                    seen.add(other)
                    piece.append(other)
        pieces.append(piece)
    return pieces


def _with_weighted_normals(mesh: bpy.types.Mesh) -> bpy.types.Mesh:
    """Returns the mesh with face-weighted custom normals: broad faces stay flat, rounded edges shine."""
    carrier = bpy.data.objects.new("carrier", mesh)
    bpy.context.scene.collection.objects.link(carrier)
    modifier = carrier.modifiers.new("normals", "WEIGHTED_NORMAL")
    modifier.keep_sharp = True
    modifier.weight = 100
    graph = bpy.context.evaluated_depsgraph_get()
    weighted = bpy.data.meshes.new_from_object(carrier.evaluated_get(graph), depsgraph=graph)
    bpy.data.objects.remove(carrier)
    name = mesh.name
    bpy.data.meshes.remove(mesh)
    weighted.name = name
    return weighted


def _add_collection(asset: Asset, meshes: Mapping[str, bpy.types.Mesh]) -> None:
    """Makes the asset's collection, parts parented at rest, and marks it for the Asset Browser."""
    collection = bpy.data.collections.new(asset.id)
    bpy.context.scene.collection.children.link(collection)
    objects: dict[str, bpy.types.Object] = {}
    for part in asset.parts:
        for place in places(part.rest, part.joint, part.copies):
            item = bpy.data.objects.new(f"{asset.id}/{part.name}", meshes[part.name])
            item.parent = objects.get(part.parent)
            item.matrix_local = Matrix(place.tolist())
            item[CATEGORY] = asset.category  # so that one rule of a label table names all that is dropped
            collection.objects.link(item)
            objects[part.name] = item
    collection.asset_mark()
    data = collection.asset_data
    data.catalog_id = str(catalogue_id(asset.library))
    data.description = f"{asset.title}. {asset.source}"
    data.author = "buildee"
    data.license = asset.licence
    for tag in asset.tags:
        data.tags.new(tag, skip_if_exists=True)


def catalogue_id(library: str) -> uuid.UUID:
    """Returns the Asset Browser's id of a library's catalogue, the same at every bake."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"buildee/{library}")


def entry(asset: Asset, meshes: Mapping[str, bpy.types.Mesh]) -> dict:
    """Returns the catalog's fields of an asset, as plain values."""
    corners = []
    poses = {"": np.eye(4)}
    parts = []
    for part in asset.parts:
        mesh = meshes[part.name]
        poses[part.name] = poses[part.parent] @ part.rest
        points = np.empty(3 * len(mesh.vertices), np.float32)
        mesh.vertices.foreach_get("co", points)
        points = points.reshape(-1, 3).astype(np.float64)
        bounds = np.stack([points.min(0), points.max(0)]) if len(points) else np.zeros((2, 3))
        for place in poses[part.parent] @ places(part.rest, part.joint, part.copies):
            corners.append(points @ place[:3, :3].T + place[:3, 3])
        parts.append(_part_fields(part, mesh, bounds))
    size = np.ptp(np.concatenate(corners), axis=0)
    return {
        "title": asset.title,
        "category": asset.category,
        "library": f"{asset.library}.blend",
        "licence": asset.licence,
        "source": asset.source,
        "tags": list(asset.tags),
        "size": _numbers(size),
        "slots": {
            name: {key: value for key, value in vars(material).items() if value is not None}
            | {"color": _numbers(material.color)}
            for name, material in asset.slots.items()
            if any(name in part["slots"] for part in parts)
        },
        **(
            {"keypoints": {name: round(radius, 6) for name, radius in asset.keypoints.items()}}
            if asset.keypoints
            else {}
        ),
        **({"rests": {name: _pose_fields(rest) for name, rest in asset.rests.items()}} if asset.rests else {}),
        **({"stack": round(asset.stack, 6)} if asset.stack else {}),
        **({"supports": [_support_fields(support) for support in asset.supports]} if asset.supports else {}),
        "parts": parts,
    }


def _support_fields(support: Place) -> dict:
    fields = {"name": support.name, "part": support.part, "kind": support.kind}
    if support.topic:
        fields["topic"] = support.topic
    if np.isfinite(support.headroom):
        fields["headroom"] = round(float(support.headroom), 6)
    return {**fields, **_pose_fields(support.pose), "size": _numbers(support.size)}


def _part_fields(part: AssetPart, mesh: bpy.types.Mesh, bounds: np.ndarray) -> dict:
    fields: dict = {"name": part.name}
    if part.parent:
        fields["parent"] = part.parent
    fields["rest"] = _pose_fields(part.rest)
    if part.joint:
        fields["joint"] = {
            "kind": part.joint.kind,
            "axis": _numbers(part.joint.axis),
            **({"limits": _numbers(part.joint.limits)} if np.isfinite(part.joint.limits).all() else {}),
            **({"loop": _loop_fields(part.joint.loop)} if part.joint.loop else {}),
        }
    if part.like:
        fields["like"] = part.like
    if part.copies > 1:
        fields["copies"] = part.copies
    fields["slots"] = [material.name.split("/")[1] for material in mesh.materials]
    if part.proxy:
        fields["proxy"] = [
            {**_pose_fields(pose), "half": _numbers(half)}
            for pose, half in zip(part.proxy.poses, part.proxy.half, strict=True)
        ]
    if part.markers:
        fields["markers"] = {name: _pose_fields(pose) for name, pose in part.markers.items()}
    fields["bounds"] = [_numbers(corner) for corner in bounds]
    fields["triangles"] = sum(polygon.loop_total - 2 for polygon in mesh.polygons)
    return fields


def _loop_fields(loop: Loop) -> dict:
    return {name: value if isinstance(value, int) else round(value, 9) for name, value in vars(loop).items()}


def _pose_fields(pose: Pose) -> dict:
    fields = {"position": _numbers(pose[:3, 3])}
    if not np.allclose(pose[:3, :3], np.eye(3), atol=1e-12):
        fields["rotation"] = _numbers(Matrix(pose[:3, :3].tolist()).to_quaternion(), 9)
    return fields


def _numbers(values: Iterable[float], digits: int = 6) -> list[float]:
    return [round(float(value), digits) + 0.0 for value in values]


def write_catalog(entries: Mapping[str, dict], folder: Path = FOLDER) -> None:
    """Writes the catalog; assets of libraries that were not baked now keep their entries."""
    path = folder / FILE
    old = raw_fields(path) if path.exists() else {}
    baked = {fields["library"] for fields in entries.values()}
    kept = {id: fields for id, fields in old.items() if fields["library"] not in baked}
    note = "Written by blend_assets/bake.py. Edit the scripts, not this file."
    path.write_text(catalog_text(note, {**kept, **entries}), encoding="utf-8")


def write_catalogue_file(libraries: Iterable[str], folder: Path = FOLDER) -> None:
    """Writes the Asset Browser's list of catalogues."""
    lines = ["# Asset catalogue definition of Blender's Asset Browser.", "VERSION 1", ""]
    lines += [f"{catalogue_id(name)}:buildee/{name}:buildee-{name.replace('/', '-')}" for name in libraries]
    (folder / "blender_assets.cats.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Bakes the libraries named on the command line, or all."""
    libraries = found_assets()
    known = [*libraries, bake_materials.LIBRARY]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", nargs="*", help=f"default: all of {', '.join(known)}")
    chosen = parser.parse_args().library or known
    if unknown := set(chosen) - set(known):
        parser.error(f"no library {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    entries: dict[str, dict] = {}
    for name in chosen:
        if name == bake_materials.LIBRARY:
            families = {family: str(catalogue_id(f"{name}/{family}")) for family in FAMILIES}
            bake_materials.bake_materials(SHOWN, FOLDER / f"{name}.blend", families)
        else:
            entries |= bake_library(name, libraries[name])
    write_catalog(entries)
    write_catalogue_file([*known, *(f"{bake_materials.LIBRARY}/{family}" for family in FAMILIES)])
    for id, fields in entries.items():
        print(f"{id}: {sum(part['triangles'] for part in fields['parts'])} triangles, {fields['library']}")


if __name__ == "__main__":
    main()
