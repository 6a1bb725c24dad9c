"""The points that a dataset of a generated scene would track, and the ways they take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.camera import read_camera
from buildee.blender.context import changed
from buildee.blender.labels import label_table
from buildee.blender.surface import SurfaceReader
from buildee.blender.tracks import ChosenTracks, choose_tracks, stream
from buildee.errors import AnnotationError
from buildee.layout.kinematics import world_from_part
from buildee.layout.rows import rows
from buildee.layout.scene import Layout
from buildee.recipe import Recipe
from buildee.truth.embree import CasterPool
from buildee.truth.surface import Camera, Surface
from buildee.truth.tracks import world_positions
from buildee.truth.visibility import find_keys


@dataclass(frozen=True, eq=False)
class Tracked:
    """Points followed through all frames.

    Attributes:
        xyz: (T, N, 3) float32, world, metres.
        instance: (N,) uint16, instance id; 0 is unlabelled.
    """

    xyz: NDArray[np.float32]
    instance: NDArray[np.uint16]


def choosing(
    scene: bpy.types.Scene, cameras: list[bpy.types.Object], layout: Layout, resolved: Recipe, index: int
) -> Callable[[], Tracked]:
    """Reads from the scene what the choice of points needs, and returns the function that chooses, in any thread.

    Args:
        scene: holds what was generated, perhaps with things of the user's own, which are passed over.
        cameras: in the order of the layout's.
        layout: what was generated.
        resolved: its recipe; the points are those of `truth.tracks`.
        index: number of the scene.

    Raises:
        AnnotationError: the recipe tracks nothing, or a camera is gone.
    """
    if "tracks" not in resolved.truth.annotators:
        raise AnnotationError("No trails: the recipe's truth has no tracks among its annotators")
    if len(cameras) != len(layout.cameras):
        raise AnnotationError("No trails: a generated camera is gone; generate again")
    surfaces, seen = _read(scene, cameras, layout, resolved)

    def choose() -> Tracked:
        labels = label_table(rows(layout))
        with CasterPool() as pool:
            seed = stream(resolved, index)
            chosen = choose_tracks(resolved.truth.tracks, surfaces.__getitem__, seen, lambda: labels, pool, seed)
        return Tracked(_ways(chosen, surfaces, layout), chosen.points.instance)

    return choose


def _read(
    scene: bpy.types.Scene, cameras: list[bpy.types.Object], layout: Layout, resolved: Recipe
) -> tuple[dict[int, Surface], list[dict[str, Camera]]]:
    """Returns the surfaces of the frames in which points are chosen, and what cameras, by name, are there then."""
    surfaces: dict[int, Surface] = {}
    seen: list[dict[str, Camera]] = [{} for _ in range(layout.frames)]
    reader = SurfaceReader(scene.name, see_through=resolved.truth.glass == "see_through")
    width, height = resolved.render.resolution
    wanted = {"resolution_x": width, "resolution_y": height, "resolution_percentage": 100}
    shown = scene.frame_current
    try:
        with changed((scene.render, name, value) for name, value in wanted.items()):
            for frame in sorted({0, *(spec.frame for spec in resolved.truth.tracks)}):
                surfaces[frame] = _generated(reader.read(frame + 1))
                views = zip(layout.cameras, cameras, strict=True)
                seen[frame] = {camera.name: read_camera(scene, thing) for camera, thing in views}
    finally:
        scene.frame_set(shown)
    return surfaces, seen


def _generated(surface: Surface) -> Surface:
    """Returns a surface without the copies that are nothing of the layout's."""
    mine = surface.copy_part >= 0
    columns = ("copy_mesh", "copy_part", "world_from_copy", "copy_key", "copy_slots")
    return replace(surface, **{name: getattr(surface, name)[mine] for name in columns})


def _ways(chosen: ChosenTracks, surfaces: dict[int, Surface], layout: Layout) -> NDArray[np.float32]:
    """Returns where the points are in every frame, (T, N, 3): what a layout moves, it moves as a whole."""
    poses = world_from_part(layout)
    start = np.zeros((len(chosen.set), 3))
    part = np.zeros(len(chosen.set), np.int64)
    for frame in np.unique(chosen.query_frame).tolist():
        mine, surface = chosen.query_frame == frame, surfaces[frame]
        start[mine] = world_positions(chosen.points, surface)[mine]
        part[mine] = surface.copy_part[find_keys(chosen.points.copy_key[mine], surface.copy_key)]
    xyz = np.repeat(start[None].astype(np.float32), layout.frames, 0)
    rigid = np.flatnonzero(part < poses.shape[1])  # copies of scatters stay where they are
    back = np.linalg.inv(poses[chosen.query_frame[rigid], part[rigid]])
    for step in range(layout.frames):
        moved = poses[step, part[rigid]] @ back
        xyz[step, rigid] = np.einsum("nij,nj->ni", moved[:, :3, :3], start[rigid]) + moved[:, :3, 3]
    return xyz
