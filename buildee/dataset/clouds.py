"""Checks the point cloud of a scene, and which of its points each camera says that it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import reprojection
from buildee.dataset.agreement import Maps, Tables
from buildee.dataset.camera import Camera
from buildee.dataset.reader import Scene
from buildee.dataset.report import Report
from buildee.dataset.reprojection import Target
from buildee.dataset.shapes import check_shapes
from buildee.errors import DatasetError
from buildee.truth.camera import in_frame, project
from buildee.truth.surface import Camera as Pinhole

_ARRAYS = {
    "xyz": (np.float32, ("N", 3)),
    "normal": (np.float32, ("N", 3)),
    "instance": (np.uint16, ("N",)),
    "category": (np.uint16, ("N",)),
    "part": (np.uint16, ("N",)),
    "copy": (np.int64, ("N",)),
    "triangle": (np.int32, ("N",)),
    "barycentrics": (np.float32, ("N", 2)),
}
_UNIT = 1e-3
"""How far a normal's length may be from 1."""
_PIXELS = 0.01
"""Pixels by which a seen point may project outside the image, its position being float32."""

_BARE = 0.6
"""Share of points on the very surface seen there that may be occluded: panes, panels and leaves lie in layers."""


def sound_cloud(scene: Scene, tables: Tables) -> Mapping[str, NDArray]:
    """Checks the scene's arrays and returns them; none if the scene has no point cloud.

    Raises:
        DatasetError: for the first thing that is wrong.
    """
    cloud = dict(scene.cloud)
    if not cloud:
        return {}
    folder = scene.folder / "cloud"
    check_shapes(folder, cloud, _ARRAYS, {})
    if not (np.isfinite(cloud["xyz"]).all() and np.isfinite(cloud["barycentrics"]).all()):
        raise DatasetError(f"{folder}: a position is not finite")
    if (np.abs(np.linalg.norm(cloud["normal"].astype(np.float64), axis=-1) - 1) > _UNIT).any():
        raise DatasetError(f"{folder / 'normal.npy'}: a normal is not of length 1")
    if (cloud["barycentrics"] < 0).any() or (cloud["barycentrics"].sum(-1) > 1 + _UNIT).any():
        raise DatasetError(f"{folder / 'barycentrics.npy'}: a point lies outside its triangle")
    for name, size in (("instance", len(tables.category)), ("part", len(tables.owner))):
        if cloud[name].max(initial=0) >= size:
            raise DatasetError(f"{folder / name}.npy: an id is not in instances.json")
    if (tables.category[cloud["instance"]] != cloud["category"]).any():
        raise DatasetError(f"{folder / 'category.npy'}: is not the category of the instance")
    if (tables.owner[cloud["part"]] != cloud["instance"]).any():
        raise DatasetError(f"{folder / 'part.npy'}: a part belongs to another instance")
    return cloud


def check_seen(
    camera: Camera,
    cloud: Mapping[str, NDArray],
    maps_of: Callable[[int], Maps],
    cameras: list[Pinhole],
    tables: Tables,
    report: Report,
) -> None:
    """Checks what a camera says that it sees of the cloud.

    Args:
        camera: the camera.
        cloud: the scene's arrays; nothing is checked if there are none.
        maps_of: gives the sound annotations of a frame.
        cameras: the camera by frame.
        tables: the scene's labels.
        report: receives what is wrong, and residuals.
    """
    if not cloud:
        return
    folder = camera.folder / "cloud"
    seen = dict(camera.cloud)
    sizes = {"T": len(cameras), "N": len(cloud["xyz"])}
    check_shapes(folder, seen, {"seen": (np.bool_, ("T", "N"))}, sizes)
    for frame, view in enumerate(cameras):
        for problem in _seen_problems(frame, cloud, seen["seen"][frame], Target(maps_of(frame), view), tables, report):
            report.problem(folder / "seen.npy", f"frame {frame}: {problem}")


def _seen_problems(
    frame: int, cloud: Mapping[str, NDArray], seen: NDArray[np.bool_], target: Target, tables: Tables, report: Report
) -> Iterator[str]:
    """Compares which points are seen with where they project: all in the first frame, later those that stand still."""
    instance = np.asarray(cloud["instance"])
    known = np.full(len(instance), True) if frame == 0 else (instance > 0) & ~tables.moving[instance]
    instance, seen = instance[known], np.asarray(seen)[known]
    place, depth = project(target.camera, cloud["xyz"][known])
    near, far = target.camera.clip
    size = np.array([target.camera.width, target.camera.height])
    with np.errstate(invalid="ignore"):
        roughly = (
            ((place > -_PIXELS) & (place < size + _PIXELS)).all(-1) & (depth > near * 0.999) & (depth < far * 1.001)
        )
    if (bad := seen & ~roughly).any():
        yield f"{bad.sum()} points outside the image count as seen"
    inside = in_frame(target.camera, np.nan_to_num(place, nan=-1.0)) & (depth > near) & (depth < far)
    # The far side of a thin sheet lies as deep as the near one, so what looks away is not expected to be seen.
    eye = target.camera.world_from_camera[:3, 3]
    facing = (cloud["normal"][known] * (eye - cloud["xyz"][known])).sum(-1) > 0
    state = np.where(seen, 1, np.where(facing, 2, 0)).astype(np.uint8)[inside]
    yield from reprojection.sight_problems(
        place[inside], depth[inside], instance[inside], state, target, None, report.measure, "cloud", _BARE
    )
