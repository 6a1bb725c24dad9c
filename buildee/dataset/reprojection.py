"""Whether flow and tracks land where depth and poses say. Each function yields what is wrong, in words.

Lengths in the image are held to a few thousandths of a pixel: flow is rounded to 1/1024, positions are float32. Whether
a point is really seen can only be judged where the 3 x 3 pixels around it show one instance: beside edges, and where
things are thinner than a pixel, pixel centres say nothing about points between them. So states are judged by the share
of such points that disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.agreement import Maps, Tables, seen_points
from buildee.dataset.files import FLOW_STATES, TRACK_STATES
from buildee.truth.camera import in_frame, project
from buildee.truth.surface import Camera

_PIXELS = 2e-3
"""Pixels by which a position may be off for its rounding."""
_ULP = 2.4e-7
"""Two float32 steps, relative."""
_ENOUGH = 30
"""Points needed before a share of them is judged."""
_CHANCE = 4
"""So many points more may disagree, however few there are."""
_STEP = 0.02
"""Relative bend of the depth over three pixels beyond which it is an edge."""
_RELIEF = 0.01
"""Relative depth of relief finer than a pixel, such as corrugated sheet, that pixel centres do not show."""
_DISAGREE = 0.005
"""Share of visible points that may lie behind what is seen there, through gaps smaller than a pixel."""
_BEFORE = 0.05
"""Share of occluded points that may lie before what is seen there, they and their occluders being that small."""
_BARE = 0.2
"""Share of points on the very surface that is seen there that may be occluded, by things thinner than a pixel."""
_THIN = 0.5
"""Share of points whose pixel shows another instance than it should: far fences and bars lie between pixel centres."""

Measure = Callable[[str, str, NDArray[np.floating]], None]
"""Takes a residual's name, unit and values (N,)."""


@dataclass(frozen=True, eq=False)
class Target:
    """The frame that points are followed to.

    Attributes:
        maps: its annotations; `depth` and `instance` are used.
        camera: its camera.
    """

    maps: Maps
    camera: Camera


def flow_problems(
    name: str, maps: Maps, camera: Camera, target: Target, tables: Tables, measure: Measure
) -> Iterator[str]:
    """Checks the flow of one frame.

    Args:
        name: "flow" or "flow_backward".
        maps: the frame's annotations.
        camera: the frame's camera.
        target: the frame that the flow leads to.
        tables: the scene's labels.
        measure: receives residuals.
    """
    flow, state = maps[name].astype(np.float64), maps[f"{name}_state"]
    if state.max() >= len(FLOW_STATES):
        yield f"state {state.max()} does not exist"
        return
    if not np.isfinite(flow).all() or flow[state == 0].any():
        yield "flow is not finite, or not zero where invalid"
        return
    y, x = np.indices(state.shape) + 0.5
    place = np.stack([x, y], -1) + flow
    outside = ~((place > -_PIXELS) & (place < np.array([target.camera.width, target.camera.height]) + _PIXELS)).all(-1)
    if (bad := outside & ((state == 1) | (state == 2))).any():
        yield f"{bad.sum()} pixels count as inside the image but lead out of it"
    if "depth" not in maps or "instance" not in maps:
        return
    if (bad := (state > 0) & ~np.isfinite(maps["depth"])).any():
        yield f"{bad.sum()} pixels without depth have flow"
        return
    still = np.isfinite(maps["depth"]) & (maps["instance"] > 0) & ~tables.moving[maps["instance"]]
    depth = np.full(state.shape, np.nan)
    if still.any():
        expected, depth[still] = project(target.camera, seen_points(camera, maps["depth"])[still])
        yield from _still_problems(expected, depth[still], place[still], state[still], flow[still], target, measure)
    yield from sight_problems(place[state > 0], depth[state > 0], maps["instance"][state > 0], state[state > 0], target)
    yield from _cycle_problems(name, maps, place, target, tables, measure)


def _still_problems(
    expected: NDArray[np.float64],
    depth: NDArray[np.float64],
    place: NDArray[np.float64],
    state: NDArray[np.uint8],
    flow: NDArray[np.float64],
    target: Target,
    measure: Measure,
) -> Iterator[str]:
    """Compares where still points land, (N, 2), with where they project and with their states."""
    known = state > 0
    error = np.linalg.norm(expected - place, axis=-1)[known]
    error = np.where(np.isfinite(error), error, np.inf)
    # Points that come close to the camera magnify the rounding of their depth.
    allowed = _PIXELS + 2e-6 * np.linalg.norm(flow, axis=-1)[known] * (1 + 1 / depth[known].clip(1e-3))
    measure("flow of still surfaces", "px", error[np.isfinite(error)])
    if (bad := error > allowed).any():
        yield f"{bad.sum()} still pixels lead up to {error[bad].max():.3g} px beside their surface point"
    near, far = target.camera.clip
    if (bad := ~known & (depth > near * 1.001) & np.isfinite(expected[:, 0])).any():
        yield f"{bad.sum()} still pixels count as invalid"
    within = in_frame(target.camera, np.nan_to_num(expected, nan=-1.0)) & (depth < far * 0.999)
    margin = np.abs(np.stack([expected, expected - (target.camera.width, target.camera.height)])).min((0, 2)) > _PIXELS
    if (bad := (state == 3) & within & margin).any():
        yield f"{bad.sum()} still pixels count as out of frame but project inside"


def _cycle_problems(
    name: str, maps: Maps, place: NDArray[np.float64], target: Target, tables: Tables, measure: Measure
) -> Iterator[str]:
    """Follows visible pixels of moving things forth and back, where the other frame has the flow back."""
    back = "flow" if name == "flow_backward" else "flow_backward"
    chosen = (maps[f"{name}_state"] == 1) & tables.moving[maps["instance"]]
    if not chosen.any() or not {back, "part"} <= set(target.maps) or "part" not in maps:
        return
    if int(target.maps.get(f"{back}_target", -1)) != int(maps.get("frame", -2)):
        return
    corner = np.floor(place[chosen] - 0.5).astype(int)
    share = place[chosen] - 0.5 - corner
    limit = np.array([target.camera.width - 2, target.camera.height - 2])
    fits = ((corner >= 0) & (corner <= limit)).all(-1)
    corner, share, part = corner[fits], share[fits], maps["part"][chosen][fits]
    total, same = np.zeros((len(part), 2)), np.ones(len(part), bool)
    for dx, dy in np.ndindex(2, 2):
        x, y = corner[:, 0] + dx, corner[:, 1] + dy
        same &= (target.maps["part"][y, x] == part) & (target.maps[f"{back}_state"][y, x] > 0)
        weight = np.abs(1 - dx - share[:, 0]) * np.abs(1 - dy - share[:, 1])
        total += weight[:, None] * target.maps[back][y, x]
    off = np.linalg.norm(maps[name][chosen][fits][same] + total[same], axis=-1)
    measure("flow of moving things, forth and back", "px", off)
    if len(off) >= _ENOUGH and np.median(off) > 0.1:
        yield f"pixels of moving things come back {np.median(off):.2f} px beside where they started"


def sight_problems(
    place: NDArray[np.float64],
    depth: NDArray[np.float64],
    instance: NDArray[np.integer],
    state: NDArray[np.uint8],
    target: Target,
    occluder: NDArray[np.integer] | None = None,
    measure: Measure | None = None,
    label: str = "tracks",
    bare: float = _BARE,
) -> Iterator[str]:
    """Compares states (N,) 1 visible, 2 occluded by another, 3 by itself with what the target's maps show there.

    Args:
        place: (N, 2) pixels in the target.
        depth: (N,) metres in the target; not a number where unknown.
        instance: (N,) the points' instances.
        state: (N,) states; points with others are left out.
        target: where they are looked for.
        occluder: (N,) instances that hide them, where known.
        measure: receives the depths' residual, if wanted.
        label: what the residual is of.
        bare: share of points on the very surface that is seen there that may be occluded.
    """
    if not {"depth", "instance"} <= set(target.maps):
        return
    inner = np.flatnonzero((state == 1) | (state == 2))
    ids, expected, slack = surroundings(place[inner], target.maps)
    clear = np.isfinite(slack)
    ids, expected, slack, inner = ids[clear], expected[clear], slack[clear], inner[clear]
    own, z, seen = instance[inner], depth[inner], state[inner] == 1
    off = z / expected - 1
    if measure is not None:
        flat = seen & (ids == own) & (slack < 1e-3)
        measure(f"{label}: depth against the depth map, flat places", "of the depth", np.abs(off[flat]))
    yield from share_problems(
        seen & np.isfinite(z), off > slack + _RELIEF, _DISAGREE, "visible points lie behind what is seen there"
    )
    yield from share_problems(
        ~seen & np.isfinite(z), off < -slack, _BEFORE, "occluded points lie before what is seen there"
    )
    yield from share_problems(seen, ids != own, _THIN, "visible points lie where another instance is seen")
    upon = (ids == own) & (np.abs(off) < slack)
    yield from share_problems(upon, ~seen, bare, "points on the surface that is seen there count as occluded")
    if occluder is not None:
        hiding = occluder[inner]
        yield from share_problems(
            ~seen & (hiding > 0), ids != hiding, _THIN, "occluded points lie where their occluder is unseen"
        )


def surroundings(place: NDArray[np.float64], maps: Maps) -> tuple[NDArray, NDArray[np.float64], NDArray[np.float64]]:
    """Looks at the 3 x 3 pixels around points (N, 2).

    Returns:
        The instance there (N,), the depth at the very point (N,), metres, by the plane through the nine, and the
        relative slack of that depth (N,); not a number where the nine show several instances, sky, or a step.
    """
    height, width = maps["instance"].shape
    pixel = np.floor(np.nan_to_num(place, nan=-1.0).clip(-1, 1e6)).astype(int)
    inside = ((pixel >= 1) & (pixel < (width - 1, height - 1))).all(-1)
    x, y = np.where(inside[:, None], pixel, 1).T
    offsets = np.array([(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)])
    ids = np.stack([maps["instance"][y + dy, x + dx] for dx, dy in offsets])
    # The inverse depth of a plane is linear in the image.
    inverse = 1 / np.stack([maps["depth"][y + dy, x + dx] for dx, dy in offsets]).astype(np.float64)
    mean, (right, down) = inverse.mean(0), offsets.T @ inverse / 6
    bend = np.abs(inverse - mean - offsets @ np.stack([right, down])).max(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = place - pixel - 0.5
        expected = 1 / (mean + right * at[:, 0] + down * at[:, 1])
        slack = 1e-4 + (4 * bend + _PIXELS * (np.abs(right) + np.abs(down))) / mean
    clear = inside & (ids == ids[0]).all(0) & (inverse > 0).all(0) & (bend < _STEP * mean) & (expected > 0)
    return ids[0], expected, np.where(clear, slack, np.nan)


def share_problems(among: NDArray[np.bool_], bad: NDArray[np.bool_], limit: float, message: str) -> Iterator[str]:
    """Says how many of the points `among` are `bad`, if those are more than a share of them and a few."""
    count = int(among.sum())
    if count >= _ENOUGH and (wrong := int((among & bad).sum())) > limit * count + _CHANCE:
        yield f"{wrong} of {count} {message}"


def track_problems(
    frame: int,
    scene: Mapping[str, NDArray],
    seen: Mapping[str, NDArray],
    target: Target,
    tables: Tables,
    measure: Measure,
) -> Iterator[str]:
    """Checks the tracks of one camera in one frame.

    Args:
        frame: its number.
        scene: the scene's track arrays: xyz (T, N, 3) and instance (N,).
        seen: the camera's: xy (T, N, 2), depth, state, occluder (T, N).
        target: the frame.
        tables: the scene's labels.
        measure: receives residuals.
    """
    xyz, instance = np.asarray(scene["xyz"][frame], np.float64), np.asarray(scene["instance"])
    xy, depth = np.asarray(seen["xy"][frame], np.float64), np.asarray(seen["depth"][frame], np.float64)
    state, occluder = np.asarray(seen["state"][frame]), np.asarray(seen["occluder"][frame])
    code = {name: number for number, name in enumerate(TRACK_STATES)}
    if len(state) and state.max() >= len(TRACK_STATES):
        yield f"state {state.max()} does not exist"
        return
    present = state != code["absent"]
    if not np.isfinite(xyz[present]).all():
        yield "points that are present have no position"
        return
    yield from projection_problems(xyz[present], xy[present], depth[present], state[present], target, measure)
    if (bad := occluder >= len(tables.category)).any():
        yield f"occluder {occluder[bad][0]} is not in instances.json"
        return
    hidden = (state == code["occluded"]) | (state == code["self_occluded"])
    if (occluder[~hidden] > 0).any():
        yield "points that nothing occludes name an occluder"
    if (occluder != instance)[state == code["self_occluded"]].any():
        yield "self-occluded points name another occluder"
    if ((occluder == instance) & (instance > 0))[state == code["occluded"]].any():
        yield "points occluded by others name their own instance"
    looks = np.where(state == code["visible"], 1, np.where(hidden, 2, 0))
    yield from sight_problems(xy, depth, instance, looks, target, occluder, measure)


def projection_problems(
    xyz: NDArray[np.float64],
    xy: NDArray[np.float64],
    depth: NDArray[np.float64],
    state: NDArray[np.uint8],
    target: Target,
    measure: Measure,
    label: str = "tracks",
) -> Iterator[str]:
    """Compares image positions, depths and states of points that are present with their positions in space."""
    camera = target.camera
    code = {name: number for number, name in enumerate(TRACK_STATES)}
    expected, z = project(camera, xyz)
    # Positions in space are float32, so far from the origin and close to the camera pixels grow uncertain.
    rounding = _ULP * (np.abs(xyz).max(-1, initial=0) + np.abs(camera.world_from_camera[:3, 3]).max())
    near, far = camera.clip
    front = z > np.maximum(near, 10 * rounding)
    error = np.linalg.norm(expected - xy, axis=-1)[front]
    unseen = np.isnan(expected[front, 0]) & np.isnan(xy[front, 0])
    error = np.where(unseen, 0.0, np.where(np.isfinite(error), error, np.inf))
    rounded = _ULP * np.abs(np.where(unseen[:, None], 0.0, xy[front])).max(-1, initial=0)
    allowed = _PIXELS + shift(camera, xyz[front], rounding[front]) + rounded
    measure(f"{label}: position in the image", "px", error[in_frame(camera, np.nan_to_num(expected[front], nan=-1.0))])
    if (bad := ~(error <= allowed)).any():
        yield f"{bad.sum()} points lie up to {error[bad].max():.3g} px beside where they project"
    off = np.abs(depth - z)
    measure(f"{label}: depth", "m", off[np.isfinite(off)])
    if (bad := ~(off <= 1e-5 + 4 * rounding + _ULP * np.abs(z))).any():
        yield f"{bad.sum()} points have another depth than their position"
    inside = in_frame(camera, np.nan_to_num(xy, nan=-1.0))
    expects_inside = (state == code["visible"]) | (state == code["occluded"]) | (state == code["self_occluded"])
    if (bad := expects_inside & ~inside).any():
        yield f"{bad.sum()} points outside the image count as inside"
    if (bad := (state == code["out_of_frame"]) & inside & (z < far * 0.999)).any():
        yield f"{bad.sum()} points inside the image count as out of frame"
    if (bad := (state == code["behind"]) & (z > near * 1.001 + 10 * rounding)).any():
        yield f"{bad.sum()} points before the camera count as behind"


def shift(camera: Camera, points: NDArray[np.float64], step: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far world points (N, 3) move on the image when they move by steps (N,), metres: (N,) pixels at most."""
    here = project(camera, points)[0]
    moved = [project(camera, points + step[:, None] * axis)[0] for axis in np.eye(3)]
    distance = sum(np.linalg.norm(place - here, axis=-1) for place in moved)
    return np.nan_to_num(distance, nan=np.inf)
