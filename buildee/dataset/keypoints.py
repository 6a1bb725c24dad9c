"""Checks the keypoints of a scene, and what each camera says that it sees of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.agreement import Maps, Tables
from buildee.dataset.camera import Camera
from buildee.dataset.files import TRACK_STATES
from buildee.dataset.reader import Scene
from buildee.dataset.report import Report
from buildee.dataset.reprojection import Target, projection_problems, share_problems, surroundings
from buildee.dataset.shapes import check_shapes
from buildee.errors import DatasetError
from buildee.truth.surface import Camera as View

_ARRAYS = {
    "xyz": (np.float32, ("T", "J", 3)),
    "instance": (np.uint16, ("J",)),
    "part": (np.uint16, ("J",)),
    "radius": (np.float32, ("J",)),
}
_SEEN = {
    "xy": (np.float32, ("T", "J", 2)),
    "depth": (np.float32, ("T", "J")),
    "state": (np.uint8, ("T", "J")),
    "occluder": (np.uint16, ("T", "J")),
}
_VISIBLE, _OCCLUDED, _SELF = (TRACK_STATES.index(name) for name in ("visible", "occluded", "self_occluded"))
_WRONG = 0.02
"""Share of keypoints whose surroundings show what their state rules out: things thinner than a pixel come between."""


def sound_keypoints(scene: Scene, tables: Tables) -> Mapping[str, NDArray]:
    """Checks the scene's arrays and returns them; none if the scene has no keypoints.

    Raises:
        DatasetError: for the first thing that is wrong.
    """
    points = dict(scene.keypoints)
    if not points:
        return {}
    folder = scene.folder / "keypoints"
    sizes = check_shapes(folder, points, _ARRAYS, {})
    if "name" not in points or points["name"].dtype.kind != "U" or points["name"].shape != (sizes["J"],):
        raise DatasetError(f"{folder / 'name.npy'}: is missing, or not a name a keypoint")
    if not (np.isfinite(points["xyz"]).all() and np.isfinite(points["radius"]).all() and (points["radius"] >= 0).all()):
        raise DatasetError(f"{folder}: a position or radius is no sensible number")
    if points["part"].min(initial=1) < 1 or points["part"].max(initial=0) >= len(tables.owner):
        raise DatasetError(f"{folder / 'part.npy'}: an id is not in instances.json")
    if (tables.owner[points["part"]] != points["instance"]).any():
        raise DatasetError(f"{folder / 'part.npy'}: a part belongs to another instance")
    still = ~tables.moving[points["instance"]]
    if np.ptp(points["xyz"][:, still], axis=0).max(initial=0) > 1e-6:
        raise DatasetError(f"{folder / 'xyz.npy'}: a keypoint of something that does not move has several positions")
    return points


def check_keypoints(
    camera: Camera,
    points: Mapping[str, NDArray],
    maps_of: Callable[[int], Maps],
    cameras: list[View],
    tables: Tables,
    report: Report,
) -> None:
    """Checks what a camera says of the keypoints.

    Args:
        camera: the camera.
        points: the scene's arrays; nothing is checked if there are none.
        maps_of: gives the sound annotations of a frame.
        cameras: the camera by frame.
        tables: the scene's labels.
        report: receives what is wrong, and residuals.
    """
    if not points:
        return
    folder = camera.folder / "keypoints"
    seen = dict(camera.keypoints)
    check_shapes(folder, seen, _SEEN, {"T": len(cameras), "J": len(points["instance"])})
    if len(points["xyz"]) != len(cameras):
        raise DatasetError(f"{folder}: has other frames than the camera")
    for frame, view in enumerate(cameras):
        for problem in _problems(frame, points, seen, Target(maps_of(frame), view), tables, report):
            report.problem(folder, f"frame {frame}: {problem}")


def _problems(
    frame: int,
    points: Mapping[str, NDArray],
    seen: Mapping[str, NDArray],
    target: Target,
    tables: Tables,
    report: Report,
) -> Iterator[str]:
    """Checks the keypoints of one camera in one frame."""
    xyz, own = np.asarray(points["xyz"][frame], np.float64), np.asarray(points["instance"])
    xy, depth = np.asarray(seen["xy"][frame], np.float64), np.asarray(seen["depth"][frame], np.float64)
    state, occluder = np.asarray(seen["state"][frame]), np.asarray(seen["occluder"][frame])
    if (bad := (state < _VISIBLE) | (state >= len(TRACK_STATES))).any():
        yield f"state {state[bad][0]} does not exist"
        return
    if (bad := occluder >= len(tables.category)).any():
        yield f"occluder {occluder[bad][0]} is not in instances.json"
        return
    yield from projection_problems(xyz, xy, depth, state, target, report.measure, "keypoints")
    if (occluder[(state != _OCCLUDED) & (state != _SELF)] > 0).any():
        yield "keypoints that nothing occludes name an occluder"
    if (occluder != own)[state == _SELF].any() or (occluder == own)[state == _OCCLUDED].any():
        yield "a keypoint's occluder is not what its state says"
    yield from _sight_problems(xy, depth, points, state, occluder, target)


def _sight_problems(
    xy: NDArray[np.float64],
    depth: NDArray[np.float64],
    points: Mapping[str, NDArray],
    state: NDArray[np.uint8],
    occluder: NDArray[np.uint16],
    target: Target,
) -> Iterator[str]:
    """Compares states with the maps where the 3 x 3 pixels around a keypoint show one smooth thing."""
    if not {"depth", "instance"} <= set(target.maps):
        return
    ids, found, slack = surroundings(xy, target.maps)
    clear = np.isfinite(slack) & np.isin(state, (_VISIBLE, _OCCLUDED, _SELF))
    own, radius = np.asarray(points["instance"]), np.asarray(points["radius"])
    slack = slack * depth
    before = depth - found  # never more than the distance along the ray
    shown = np.where(ids == own, before <= radius + slack, before <= slack)
    hidden = (ids == np.where(state == _SELF, own, occluder)) & (before >= -slack)
    yield from share_problems(
        clear & (state == _VISIBLE), ~shown, _WRONG, "visible keypoints lie where something hides them"
    )
    yield from share_problems(
        clear & (state != _VISIBLE), ~hidden, _WRONG, "hidden keypoints lie where their occluder is unseen"
    )
