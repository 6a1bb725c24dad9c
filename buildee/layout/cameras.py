"""Cameras that a recipe can ask for, and how each finds a place from which there is something to see."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.scene import Camera, Pose
from buildee.recipe.schema import knob, tagged
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SENSOR = 36.0
"""Width of the picture on 35 mm film, millimetres: what equivalent focal lengths refer to."""


@dataclass(frozen=True, eq=False)
class Subject:
    """Something worth seeing.

    Attributes:
        points: (N, 3) metres, spread over what should be in the picture.
        weight: how much it matters.
    """

    points: NDArray[np.float64]
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Stage:
    """What cameras need to know about a scene.

    Attributes:
        subjects: by name; cameras aim at one of them, and like to see the others too.
        boxes: (B, 4, 4) `world_from_box` of everything solid.
        half: (B, 3) half extents, metres.
        opaque: (B,) bool, which of them hide what is behind.
        height: ground height at (..., 2) points, metres.
        open: whether a camera may stand above each of (..., 2) points.
        extent: (2, 2) lowest and highest x, y where cameras may be, metres.
        sun: (2,) unit vector over the ground towards the sun; zeros where there is none. Photographers keep it behind
            them or to the side.
    """

    subjects: Mapping[str, Subject]
    boxes: NDArray[np.float64]
    half: NDArray[np.float64]
    opaque: NDArray[np.bool_]
    height: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    open: Callable[[NDArray[np.float64]], NDArray[np.bool_]]
    extent: NDArray[np.float64]
    sun: NDArray[np.float64]


@tagged("camera", "orbit")
@dataclass(frozen=True)
class Orbit:
    """Moves on an arc about what it looks at, like a drone or a crane shot."""

    name: str
    target: str = knob("site", "What it looks at; each world names its subjects.")
    lens_mm: float = knob(28.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(7.0, "Above the ground below it.", min=0.3, max=120.0, unit="m")
    azimuth_deg: float | None = knob(
        None, "Where it stands seen from the target, counter-clockwise from +X; null takes the best view.", unit="deg"
    )
    sweep_deg: float = knob(8.0, "How far it travels around the target.", min=-360.0, max=360.0, unit="deg")


@tagged("camera", "mast")
@dataclass(frozen=True)
class Mast:
    """A fixed camera on a pole, slowly panning, like site surveillance."""

    name: str
    target: str = knob("site", "What it looks at; each world names its subjects.")
    lens_mm: float = knob(24.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(6.0, "Above the ground below it.", min=2.0, max=40.0, unit="m")
    pan_deg: float = knob(6.0, "How far it turns during the scene.", min=-180.0, max=180.0, unit="deg")


@tagged("camera", "walk")
@dataclass(frozen=True)
class Walk:
    """Somebody who walks with a camera at eye height."""

    name: str
    target: str = knob("site", "What it looks at; each world names its subjects.")
    lens_mm: float = knob(26.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(1.65, "Eye height.", min=0.5, max=2.5, unit="m")
    speed: float = knob(1.2, "Walking speed.", min=0.0, max=3.0, unit="m/s")


FINALISTS = 28
"""How many well framed places are looked into for what stands in the way."""

CameraSpec = Orbit | Mast | Walk


def place(specs: Sequence[CameraSpec], stage: Stage, shot: Shot, seed: Seed) -> tuple[Camera, ...]:
    """Finds a place for every camera.

    Raises:
        PlacementError: an unknown target, or no place from which a target can be seen.
    """
    return tuple(_best(spec, stage, shot, seed.child(spec.name).rng()) for spec in specs)


def _best(spec: CameraSpec, stage: Stage, shot: Shot, rng: np.random.Generator) -> Camera:
    """Scores candidate paths and keeps the best."""
    if spec.target not in stage.subjects:
        near = difflib.get_close_matches(spec.target, stage.subjects, 1, 0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(stage.subjects))}"
        raise PlacementError(f"cameras.{spec.name}.target: no subject {spec.target!r}; {hint}")
    focal = spec.lens_mm / SENSOR * shot.width
    scale = np.array([focal / shot.width, focal / shot.height]) * 2
    points = stage.subjects[spec.target].points
    rated = []
    for track in _tracks(spec, stage, shot, scale, rng):
        framed = min(_framing(_pose(track, end, points, scale), points, scale)[1] for end in (0, -1))
        rated.append((round(framed, 6), len(rated), track))
    best: tuple[float, Track | None] = (0.0, None)
    seen = 0
    for framed, _, track in sorted(rated, key=lambda item: -item[0]):
        if framed <= 0 or seen == FINALISTS:
            break
        if not _is_clear(track.eyes, stage):
            continue
        seen += 1
        score = round(_score(_pose(track, shot.frames // 2, points, scale), spec.target, stage, scale), 6)
        if score > best[0]:
            best = (score, track)
    if best[1] is None:
        raise PlacementError(
            f"cameras.{spec.name}: no free place from which {spec.target!r} can be seen: "
            "change its height or lens_mm, or pick another target"
        )
    poses = np.stack([_pose(best[1], frame, points, scale) for frame in range(shot.frames)])
    return Camera(spec.name, shot.width, shot.height, focal, poses)


@dataclass(frozen=True, eq=False)
class Track:
    """A way that a camera may go.

    Attributes:
        eyes: (T, 3) metres.
        pans: (T,) radians to the left of what frames the target best; None looks at it from every eye.
    """

    eyes: NDArray[np.float64]
    pans: NDArray[np.float64] | None = None


def _tracks(spec: CameraSpec, stage: Stage, shot: Shot, scale, rng: np.random.Generator) -> Iterator[Track]:
    """Yields ways that a camera may go."""
    points = stage.subjects[spec.target].points
    low, high = points.min(0), points.max(0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high[:2] - low[:2])) / 2
    time = np.linspace(-0.5, 0.5, shot.frames) if shot.frames > 1 else np.zeros(1)
    if isinstance(spec, Orbit):
        start = rng.uniform(0, np.pi / 18)
        azimuths = start + np.arange(36) * (np.pi / 18) if spec.azimuth_deg is None else [np.deg2rad(spec.azimuth_deg)]
        fit = 1.1 * max(reach, float(high[2] - low[2])) * scale[0]
        for radius in np.maximum(fit * np.array([0.85, 1.0, 1.2, 1.45, 1.75]), 3.0):
            for azimuth in azimuths:
                angle = azimuth + np.deg2rad(spec.sweep_deg) * time
                eyes = middle[:2] + radius * np.column_stack([np.cos(angle), np.sin(angle)])
                ground = stage.height(eyes[:1])[0]
                yield Track(np.column_stack([eyes, np.full(len(eyes), ground + spec.height)]))
        return
    spots = rng.uniform(stage.extent[0], stage.extent[1], (160, 2))
    for spot in spots[stage.open(spots)]:
        if isinstance(spec, Mast):
            eye = np.append(spot, stage.height(spot[None])[0] + spec.height)
            yield Track(np.tile(eye, (shot.frames, 1)), np.deg2rad(spec.pan_deg) * time)
        else:
            length = spec.speed * (shot.frames - 1) / shot.fps
            heading = np.arctan2(*(middle[1::-1] - spot[::-1])) + rng.uniform(-1.0, 1.0)
            line = spot + (time + 0.5)[:, None] * length * np.array([np.cos(heading), np.sin(heading)])
            if stage.open(line).all():
                yield Track(np.column_stack([line, stage.height(line) + spec.height]))


def _pose(track: Track, frame: int, points: NDArray[np.float64], scale) -> Pose:
    """Returns `world_from_camera` at one frame of a track."""
    pose = _framed(track.eyes[frame], points, scale)
    return pose if track.pans is None else _turned(pose, track.pans[frame])


def look_at(eye: ArrayLike, target: ArrayLike) -> Pose:
    """Returns `world_from_camera` with OpenCV axes and a level horizon, looking from `eye` at `target` (metres)."""
    eye, target = np.asarray(eye, np.float64), np.asarray(target, np.float64)
    forward = (target - eye) / np.linalg.norm(target - eye)
    x, y, z = forward
    flat = np.hypot(x, y)
    pose = np.eye(4)
    pose[:3, :3] = [[y / flat, x * z / flat, x], [-x / flat, y * z / flat, y], [0.0, -flat, z]]
    pose[:3, 3] = eye
    return pose


def _framed(eye: NDArray[np.float64], points: NDArray[np.float64], scale) -> Pose:
    """Looks at the middle of what must be in the picture, by angle, so that top and ground are both in it."""
    rays = points - eye
    toward = rays[:, :2].mean(0)
    bearing = np.arctan2(toward[1], toward[0])
    turn = (np.arctan2(rays[:, 1], rays[:, 0]) - bearing + np.pi) % (2 * np.pi) - np.pi
    yaw = bearing + (turn.min() + turn.max()) / 2 if np.ptp(turn) < 2.5 else bearing
    climb = np.arctan2(rays[:, 2], np.hypot(rays[:, 0], rays[:, 1]))
    half = np.arctan(1 / scale[1])
    pitch = (climb.min() + climb.max()) / 2
    pitch = np.clip(pitch, -1.2, max(half - 0.22, 0.05))  # some ground in front, some sky
    ahead = np.array([np.cos(yaw) * np.cos(pitch), np.sin(yaw) * np.cos(pitch), np.sin(pitch)])
    return look_at(eye, eye + ahead)


def _turned(pose: Pose, angle: float) -> Pose:
    """Pans a camera to the left by an angle (radians), horizon kept."""
    turn = np.eye(4)
    turn[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    turned = pose.copy()
    turned[:3, :3] = turn[:3, :3] @ pose[:3, :3]
    return turned


def _is_clear(eyes: NDArray[np.float64], stage: Stage, clearance: float = 0.7) -> bool:
    """Returns whether no eye is inside or close to anything solid or in the ground."""
    if (eyes[:, 2] - stage.height(eyes[:, :2]) < 0.3).any():
        return False
    if (eyes[:, :2] < stage.extent[0]).any() or (eyes[:, :2] > stage.extent[1]).any():
        return False
    local = np.einsum("bji,tbj->tbi", stage.boxes[:, :3, :3], eyes[:, None] - stage.boxes[:, :3, 3])
    return bool((np.abs(local) > stage.half + clearance).any(-1).all())


def _framing(pose: Pose, points: NDArray[np.float64], scale) -> tuple[NDArray[np.bool_], float]:
    """Returns which points are in a picture, and how well they fill it: 0 empty to about 1."""
    local = (points - pose[:3, 3]) @ pose[:3, :3]
    view = local[:, :2] * scale / np.maximum(local[:, 2:], 1e-6)
    inside = (local[:, 2] > 0.5) & (np.abs(view) < 0.97).all(1)
    if not inside.any():
        return inside, 0.0
    spread = np.clip(np.ptp(view[inside], axis=0) / 2, 0, 1)
    return inside, float(inside.mean() ** 2 * (0.15 + np.sqrt(spread[0] * spread[1])))


def _score(pose: Pose, target: str, stage: Stage, scale) -> float:
    """Rates a picture: how well the target fills it, how much of all subjects it shows, how the light falls."""
    total, value, fill = 0.0, 0.0, 0.0
    boxes, half = stage.boxes[stage.opaque], stage.half[stage.opaque]
    for name, subject in stage.subjects.items():
        inside, framing = _framing(pose, subject.points, scale)
        seen = inside.copy()
        seen[inside] = ~occluded(pose[:3, 3], subject.points[inside], boxes, half)
        weight = subject.weight * (3.0 if name == target else 1.0)
        total += weight
        value += weight * seen.mean()
        if name == target:
            fill = framing if seen.any() else 0.0
    ahead = pose[:2, 2] / max(np.linalg.norm(pose[:2, 2]), 1e-6)
    return value / total * fill * (1.0 - 0.55 * float(ahead @ stage.sun))


def occluded(eye: ArrayLike, points: NDArray[np.float64], boxes: NDArray[np.float64], half: NDArray[np.float64]):
    """Returns (N,) whether any box lies between an eye and each point; a box holding the point does not count."""
    if not len(boxes) or not len(points):
        return np.zeros(len(points), bool)
    eye = np.asarray(eye, np.float64)
    start = np.einsum("bji,bj->bi", boxes[:, :3, :3], eye - boxes[:, :3, 3])
    ray = np.einsum(
        "bji,nbj->nbi", boxes[:, :3, :3], np.broadcast_to((points - eye)[:, None], (len(points), len(boxes), 3))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (-half - start) / ray, (half - start) / ray
    enter = np.fmin(first, second).max(-1)
    leave = np.fmax(first, second).min(-1)
    return ((enter < leave) & (enter > 0) & (leave < 0.99)).any(1)
