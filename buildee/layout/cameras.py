"""Cameras that a recipe can ask for, and how each finds a place from which there is something to see."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.layout.lenses import LENS, RIG, STEREO, LensSpec, Rig, Stereo, pair, ring, with_lens
from buildee.layout.scene import Camera
from buildee.layout.views import (
    Stage,
    Subject,
    aimed,
    before,
    framing,
    is_clear,
    light,
    occluded,
    projected,
    room,
    turned,
    worth,
)
from buildee.recipe.schema import knob, tagged
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SENSOR = 36.0
"""Width of the picture on 35 mm film, millimetres: what equivalent focal lengths refer to."""


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
    lens: LensSpec = LENS
    stereo: Stereo = STEREO
    rig: Rig = RIG


@tagged("camera", "mast")
@dataclass(frozen=True)
class Mast:
    """A fixed camera on a pole, slowly panning, like site surveillance."""

    name: str
    target: str = knob("site", "What it looks at; each world names its subjects.")
    lens_mm: float = knob(24.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(6.0, "Above the ground below it.", min=2.0, max=40.0, unit="m")
    pan_deg: float = knob(6.0, "How far it turns during the scene.", min=-180.0, max=180.0, unit="deg")
    lens: LensSpec = LENS
    stereo: Stereo = STEREO
    rig: Rig = RIG


@tagged("camera", "walk")
@dataclass(frozen=True)
class Walk:
    """Somebody who walks with a camera at eye height."""

    name: str
    target: str = knob("site", "What it looks at; each world names its subjects.")
    lens_mm: float = knob(26.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(1.65, "Eye height.", min=0.5, max=2.5, unit="m")
    speed: float = knob(1.2, "Walking speed.", min=0.0, max=3.0, unit="m/s")
    lens: LensSpec = LENS
    stereo: Stereo = STEREO
    rig: Rig = RIG


CameraSpec = Orbit | Mast | Walk

NEAR = {Orbit: 9.0, Mast: 6.0, Walk: 4.0}
"""What a picture's foreground should keep free, metres."""

FINALISTS = 16
"""How many well framed places are looked into for what stands in the way."""

UPWARDS = 0.09
"""How far somebody who walks and photographs people holds the camera above level, radians: less earth, more sky."""


@dataclass(frozen=True, eq=False)
class Tracks:
    """Ways that a camera may go.

    Attributes:
        eyes: (C, T, 3) metres.
        yaw, pitch: (C, T) radians.
    """

    eyes: NDArray[np.float64]
    yaw: NDArray[np.float64]
    pitch: NDArray[np.float64]

    def kept(self, which: NDArray) -> Tracks:
        """Returns some of the ways."""
        return Tracks(self.eyes[which], self.yaw[which], self.pitch[which])


def place(specs: Sequence[CameraSpec], stage: Stage, shot: Shot, seed: Seed) -> tuple[Camera, ...]:
    """Finds a place for every camera; a stereo pair or a rig shares one.

    Raises:
        PlacementError: an unknown target, no place from which a target can be seen, or a pair or rig that takes another
            camera's name.
    """
    cameras: list[Camera] = []
    for spec in specs:
        camera = with_lens(_best(spec, stage, shot, seed.child(spec.name).rng()), spec.lens)
        for member in ring(camera, spec.rig):
            cameras += pair(member, spec.stereo.baseline) if spec.stereo.baseline else [member]
    names = [camera.name for camera in cameras]
    if twice := [name for name in names if names.count(name) > 1]:
        raise PlacementError(f"cameras: there are two called {twice[0]!r}; rename the one beside the pair or rig")
    return tuple(cameras)


def _best(spec: CameraSpec, stage: Stage, shot: Shot, rng: np.random.Generator) -> Camera:
    """Rates ways that a camera may go and returns it on the best."""
    if spec.target not in stage.subjects:
        near = difflib.get_close_matches(spec.target, stage.subjects, 1, 0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(stage.subjects))}"
        raise PlacementError(f"cameras.{spec.name}.target: no subject {spec.target!r}; {hint}")
    focal = spec.lens_mm / SENSOR * shot.width
    scale = np.array([focal / shot.width, focal / shot.height]) * 2
    tracks = _tracks(spec, stage, shot, scale, rng)
    ends = np.unique([0, shot.frames // 2, shot.frames - 1])
    clear = is_clear(tracks.eyes[:, ends].reshape(-1, 3), stage, 0.7).reshape(-1, len(ends)).all(1)
    tracks = tracks.kept(clear)
    rated = _first_look(spec, tracks, stage, scale, ends)
    order = np.argsort(-np.round(rated, 6), kind="stable")[:FINALISTS]
    best, score = -1, 0.0
    for one in order:
        seen = _second_look(spec, tracks.kept(np.array([one])), stage, scale, float(rated[one]), score)
        if round(seen, 6) > round(score, 6):
            best, score = one, seen
    if best < 0:
        raise PlacementError(
            f"cameras.{spec.name}: no free place from which {spec.target!r} can be seen: "
            "change its height or lens_mm, or pick another target"
        )
    poses = np.tile(np.eye(4), (shot.frames, 1, 1))
    poses[:, :3, :3] = turned(tracks.yaw[best], tracks.pitch[best])
    poses[:, :3, 3] = tracks.eyes[best]
    return Camera(spec.name, shot.width, shot.height, focal, poses)


def _tracks(spec: CameraSpec, stage: Stage, shot: Shot, scale, rng: np.random.Generator) -> Tracks:
    """Returns ways that a camera may go, most of them useless."""
    time = np.linspace(-0.5, 0.5, shot.frames) if shot.frames > 1 else np.zeros(1)
    subject = stage.subjects[spec.target]
    if isinstance(spec, Orbit):
        return _orbits(spec, stage, subject.points, time, scale, rng)
    if isinstance(spec, Mast):
        spots = rng.uniform(stage.extent[0], stage.extent[1], (160, 2))
        spots = spots[stage.open(spots)]
        eyes = np.column_stack([spots, stage.height(spots) + spec.height])
        yaw, pitch = aimed(eyes, subject.points, scale)
        eyes = np.repeat(eyes[:, None], len(time), 1)
        return Tracks(eyes, yaw[:, None] + np.deg2rad(spec.pan_deg) * time, np.repeat(pitch[:, None], len(time), 1))
    return _walks(spec, stage, subject, time * (shot.frames - 1) / shot.fps, scale, rng)


def _orbits(spec: Orbit, stage: Stage, points, time, scale, rng: np.random.Generator) -> Tracks:
    """Returns arcs around the middle of the target, 36 directions at six distances."""
    low, high = points.min(0), points.max(0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high[:2] - low[:2])) / 2
    azimuths = rng.uniform(0, np.pi / 18) + np.arange(36) * (np.pi / 18)
    if spec.azimuth_deg is not None:
        azimuths = np.deg2rad([spec.azimuth_deg])
    fit = 1.1 * max(reach, float(high[2] - low[2])) * scale[0]
    radii = np.maximum(fit * np.array([0.6, 0.72, 0.85, 1.0, 1.2, 1.45, 1.75]), 3.0)
    angle = np.tile(azimuths, len(radii))[:, None] + np.deg2rad(spec.sweep_deg) * time
    ring = np.repeat(radii, len(azimuths))[:, None, None] * np.stack([np.cos(angle), np.sin(angle)], -1)
    spots = middle[:2] + ring
    ground = stage.height(spots[:, len(time) // 2])
    eyes = np.concatenate([spots, np.broadcast_to((ground + spec.height)[:, None, None], (*angle.shape, 1))], -1)
    yaw, pitch = aimed(eyes.reshape(-1, 3), points, scale)
    return Tracks(eyes, yaw.reshape(angle.shape), pitch.reshape(angle.shape))


def _walks(spec: Walk, stage: Stage, subject: Subject, seconds, scale, rng: np.random.Generator) -> Tracks:
    """Returns straight ways, looking ahead: at the whole of one thing, or at one of many from a talking distance."""
    count = 500
    spots = rng.uniform(stage.extent[0], stage.extent[1], (count, 2))
    if subject.size:
        aims = subject.points[rng.integers(len(subject.points), size=count)]
        bearing, distance = rng.uniform(-np.pi, np.pi, count), subject.size * rng.uniform(3.2, 7.0, count)
        around = aims[:, :2] + distance[:, None] * np.column_stack([np.cos(bearing), np.sin(bearing)])
        spots = np.where(np.arange(count)[:, None] % 4 > 0, around, spots)
    fits = stage.open(spots)
    eyes = np.column_stack([spots[fits], stage.height(spots[fits]) + spec.height])
    if subject.size:
        toward = aims[fits, :2] - spots[fits]
        yaw = np.arctan2(toward[:, 1], toward[:, 0]) + rng.uniform(-0.5, 0.5, len(eyes)) / scale[0]
        pitch = np.full(len(eyes), UPWARDS)
    else:
        yaw, pitch = aimed(eyes, subject.points, scale)
    heading = yaw + rng.uniform(-0.4, 0.4, len(eyes))
    step = np.stack([np.cos(heading), np.sin(heading)], -1)[:, None] * (spec.speed * seconds)[:, None]
    ways = eyes[:, None, :2] + step
    fits = stage.open(ways).all(1)
    ways = ways[fits]
    eyes = np.concatenate([ways, (stage.height(ways) + spec.height)[..., None]], -1)
    shape = eyes.shape[:2]
    return Tracks(eyes, *(np.broadcast_to(angle[fits][:, None], shape) for angle in (yaw, pitch)))


def _first_look(spec: CameraSpec, tracks: Tracks, stage: Stage, scale, ends: NDArray) -> NDArray[np.float64]:
    """Returns (C,) how good pictures along ways would be if nothing stood in the way."""
    if not len(tracks.eyes):
        return np.zeros(0)
    middle = tracks.eyes.shape[1] // 2
    target = stage.subjects[spec.target]
    fill = np.ones(len(tracks.eyes))
    for frame in ends:
        turns = turned(tracks.yaw[:, frame], tracks.pitch[:, frame])
        view, inside, _ = projected(tracks.eyes[:, frame], turns, target.points, scale)
        fill = np.minimum(fill, inside.any(1) if _is_one_of_many(spec, target) else framing(view, inside))
    eyes, turns = tracks.eyes[:, middle], turned(tracks.yaw[:, middle], tracks.pitch[:, middle])
    value = np.zeros(len(eyes))
    for name, subject in stage.subjects.items():
        _, inside, depth = projected(eyes, turns, subject.points, scale)
        value += _weight(name, subject, spec) * worth(subject, inside, depth, scale)
    return value * fill * light(tracks.yaw[:, middle], stage.sun)


def _second_look(spec: CameraSpec, track: Tracks, stage: Stage, scale, rated: float, record: float) -> float:
    """Rates the picture in the middle of one way, with what hides what and what stands in front.

    What the first look `rated` no better than the `record`, once its foreground is known, is given up and rated 0.
    """
    middle = track.eyes.shape[1] // 2
    eyes, yaw = track.eyes[:, middle], track.yaw[:, middle]
    turns = turned(yaw, track.pitch[:, middle])
    free = room(eyes[0], turns[0], stage, scale, NEAR[type(spec)]) if rated > record else 0.0
    if rated * free <= record:
        return 0.0
    shown = before(eyes[0], turns[0], stage, scale)
    boxes, half = stage.boxes[shown], stage.half[shown]
    value, fill = 0.0, 1.0
    for name, subject in stage.subjects.items():
        view, inside, depth = projected(eyes, turns, subject.points, scale)
        seen = inside.copy()
        seen[inside] = ~occluded(eyes[0], subject.points[inside[0]], boxes, half)
        value += _weight(name, subject, spec) * float(worth(subject, seen, depth, scale)[0])
        if name == spec.target:
            fill = float(seen.any()) * (1.0 if _is_one_of_many(spec, subject) else float(framing(view, inside)[0]))
    return value * fill * free * float(light(yaw, stage.sun)[0])


def _is_one_of_many(spec: CameraSpec, target: Subject) -> bool:
    """Returns whether a picture shows some of many things; else it should hold all of the target."""
    return bool(target.size) and isinstance(spec, Walk)


def _weight(name: str, subject: Subject, spec: CameraSpec) -> float:
    """Returns how much a subject matters to a camera."""
    return subject.weight * (3.0 if name == spec.target else 1.0)
