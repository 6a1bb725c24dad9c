"""Checks what leads from one frame of a camera to any other: flow to frames that are no neighbours, and scene flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import files, reprojection
from buildee.dataset.agreement import Maps, Tables, seen_points
from buildee.dataset.camera import Camera
from buildee.dataset.report import Report
from buildee.dataset.reprojection import Target
from buildee.errors import AnnotationError
from buildee.truth.camera import in_frame, project
from buildee.truth.flow import flow_plan
from buildee.truth.surface import Camera as Pinhole

_PIXELS = 4e-3
"""Pixels by which scene flow and flow may differ for the rounding of both."""
_ULP = 2.4e-7
"""Two float32 steps, relative."""


def expected_pairs(info: Mapping[str, object], frames: int) -> dict[str, set[tuple[int, int]]] | None:
    """Returns the pairs of frames that each folder of `files.PAIRS` must have, as scene.json tells; None if not."""
    try:
        truth = info["values"]["truth"]
        plan = flow_plan(truth["annotators"], frames, truth["flow_strides"], map(tuple, truth["flow_pairs"]))
    except (KeyError, TypeError, ValueError, AnnotationError):
        return None
    return {
        folder: {(start, end) for start, ends in enumerate(plan) for end, folders in ends.items() if folder in folders}
        for folder in files.PAIRS
    }


def check_pairs(
    camera: Camera,
    maps_of: Callable[[int], Maps],
    cameras: list[Pinhole],
    tables: Tables,
    expected: Mapping[str, set[tuple[int, int]]] | None,
    report: Report,
) -> None:
    """Checks every file of a pair of frames of one camera.

    Args:
        camera: the camera.
        maps_of: gives the sound annotations of a frame.
        cameras: the camera by frame.
        tables: the scene's labels.
        expected: the pairs that there must be; None if unknown.
        report: receives what is wrong, and residuals.
    """
    for folder in files.PAIRS:
        found = set()
        for path in sorted((camera.folder / folder).glob("*")):
            pair = files.pair_of(path)
            if pair is None or path.name != files.pair_name(folder, *pair).split("/")[1] or max(pair) >= len(cameras):
                report.problem(path, "does not belong there")
                continue
            found.add(pair)
            with report.guarding():
                arrays = files.load_pair(path, folder)
                maps, target = maps_of(pair[0]), Target(maps_of(pair[1]), cameras[pair[1]])
                for problem in _problems(folder, arrays, maps, cameras[pair[0]], target, tables, report):
                    report.problem(path, problem)
        for pair in sorted((expected or {}).get(folder, set()) - found):
            report.problem(camera.folder / files.pair_name(folder, *pair), "is missing")


def _problems(
    folder: str,
    arrays: Mapping[str, NDArray],
    maps: Maps,
    camera: Pinhole,
    target: Target,
    tables: Tables,
    report: Report,
) -> Iterator[str]:
    if arrays["state"].shape != (camera.height, camera.width) or any(
        arrays[name].shape[:2] != arrays["state"].shape for name in files.PAIRS[folder].members
    ):
        yield f"is {arrays['state'].shape}, not {(camera.height, camera.width)}"
    elif folder == "flow_pairs":
        here = {**maps, "flow": arrays["flow"], "flow_state": arrays["state"]}
        yield from reprojection.flow_problems("flow", here, camera, target, tables, report.measure)
    else:
        yield from scene_flow_problems(arrays, maps, camera, target, tables, report.measure)


def scene_flow_problems(
    arrays: Mapping[str, NDArray],
    maps: Maps,
    camera: Pinhole,
    target: Target,
    tables: Tables,
    measure: reprojection.Measure,
) -> Iterator[str]:
    """Checks one scene flow: still things stay, points land where flow says, and are seen or hidden there as stated.

    Args:
        arrays: `scene_flow` (H, W, 3) and `state` (H, W).
        maps: the frame's annotations.
        camera: the frame's camera.
        target: the other frame.
        tables: the scene's labels.
        measure: receives residuals.
    """
    away, state = arrays["scene_flow"].astype(np.float64), arrays["state"]
    if state.max() >= len(files.FLOW_STATES):
        yield f"state {state.max()} does not exist"
        return
    if not np.isfinite(away).all() or away[state == 0].any():
        yield "scene flow is not finite, or not zero where invalid"
        return
    if "depth" not in maps or "instance" not in maps:
        return
    valid = state > 0
    if (bad := valid & ~np.isfinite(maps["depth"])).any():
        yield f"{bad.sum()} pixels without depth have scene flow"
        return
    if (bad := (valid & (maps["instance"] > 0) & ~tables.moving[maps["instance"]])[away.any(-1)]).any():
        yield f"{bad.sum()} pixels of still things move"
    points = seen_points(camera, maps["depth"])[valid]
    place, depth = project(target.camera, points + away[valid])
    # Depth is float32 and scene flow rounded, which close to the camera grows in the image.
    coarse = files.FINE_STEP + _ULP * (maps["depth"][valid] + np.abs(points - camera.world_from_camera[:3, 3]).max(-1))
    slack = _PIXELS + reprojection.shift(target.camera, points + away[valid], coarse)
    outside = ~in_frame(target.camera, np.nan_to_num(place, nan=-1e9))
    edge = np.abs(np.stack([place, place - (target.camera.width, target.camera.height)])).min((0, 2)) <= slack
    if (bad := outside & ~edge & ((state[valid] == 1) | (state[valid] == 2))).any():
        yield f"{bad.sum()} pixels count as inside the image but lead out of it"
    within = ~outside & ~edge & (depth < target.camera.clip[1] * 0.999)
    if (bad := within & (state[valid] == 3)).any():
        yield f"{bad.sum()} pixels count as out of frame but lead inside"
    yield from reprojection.sight_problems(place, depth, maps["instance"][valid], state[valid], target)
    flow = _flow_to(maps, target)
    if flow is not None:
        y, x = np.nonzero(valid)
        error = np.linalg.norm(place - np.stack([x, y], -1) - 0.5 - flow[valid], axis=-1)
        measure("scene flow against flow", "px", error[np.isfinite(error)])
        if (bad := ~(error <= slack)).any():
            worst = np.nan_to_num(error[bad], nan=np.inf).max()
            yield f"{bad.sum()} pixels lead up to {worst:.3g} px beside their flow"


def _flow_to(maps: Maps, target: Target) -> NDArray[np.float64] | None:
    """The flow to the target, where a neighbour's is at hand."""
    for name in ("flow", "flow_backward"):
        if name in maps and int(maps[f"{name}_target"]) == int(target.maps["frame"]):
            return maps[name].astype(np.float64)
    return None
