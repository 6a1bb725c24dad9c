"""How each camera that a recipe asks for finds a place from which there is something to see."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.errors import Gathered, PlacementError
from buildee.layout.camera_types import Cab, CameraSpec, Mast, Orbit, Overhead, Survey, Walk, Wrist
from buildee.layout.lenses import pair, ring, with_lens
from buildee.layout.scene import Camera
from buildee.layout.views import (
    Stage,
    Subject,
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
from buildee.layout.ways import Ways, ways
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SENSOR = 36.0
"""Width of the picture on 35 mm film, millimetres: what equivalent focal lengths refer to."""

NEAR = {Orbit: 9.0, Mast: 6.0, Walk: 4.0, Survey: 0.0, Cab: 0.0, Overhead: 0.0, Wrist: 0.0}
"""What a picture's foreground should keep free, metres, out of doors."""

CLEARANCE = {Orbit: 0.7, Mast: 0.7, Walk: 0.7, Survey: 2.0, Overhead: 0.3, Wrist: 0.3}
"""How far each stays from everything, metres, out of doors."""

STOPS = 12
"""At so many moments a way is tested for what it might run into."""

FINALISTS = 16
"""How many well framed places are looked into for what stands in the way."""

LOOKED_AT = 80
"""Of so many things, the largest in a picture, it is found out whether they can be seen."""

SMALLEST = 0.004
"""Things whose size is less than this share of their depth do not count: about three pixels of 640."""


def place(specs: Sequence[CameraSpec], stage: Stage, shot: Shot, seed: Seed) -> tuple[Camera, ...]:
    """Finds a place for every camera; a stereo pair or a rig shares one.

    Raises:
        PlacementError: an unknown target, no place from which a target can be seen, or a pair or rig that takes another
            camera's name.
    """
    cameras: list[Camera] = []
    wrong = Gathered()
    for spec in specs:
        with wrong.kept():
            camera = with_lens(_best(spec, stage, shot, seed.child(spec.name).rng()), spec.lens)
            for member in ring(camera, spec.rig):
                cameras += pair(member, spec.stereo.baseline) if spec.stereo.baseline else [member]
    wrong.tell()
    names = [camera.name for camera in cameras]
    if twice := [name for name in names if names.count(name) > 1]:
        raise PlacementError(f"cameras: there are two called {twice[0]!r}; rename the one beside the pair or rig")
    return tuple(cameras)


def _best(spec: CameraSpec, stage: Stage, shot: Shot, rng: np.random.Generator) -> Camera:
    """Rates ways that a camera may go and returns it on the best that shows enough."""
    _refuse_unknown(spec, stage)
    focal = spec.lens_mm / SENSOR * shot.width
    scale = np.array([focal / shot.width, focal / shot.height]) * 2
    found = ways(spec, stage, shot, scale, rng)
    ends = np.unique([0, shot.frames // 2, shot.frames - 1])
    found = found.kept(_is_clear(spec, found, ends, stage))
    rated = _first_look(spec, found, stage, scale, ends)
    finalists, most = np.argsort(-np.round(rated, 6), kind="stable")[:FINALISTS].tolist(), -1
    while (best := _finest(spec, found, finalists, rated, stage, scale)) is not None:
        shown = min(_shown(found.kept(np.array([best])), frame, stage, scale) for frame in ends)
        if shown >= spec.things:
            break
        most = max(most, shown)
        finalists.remove(best)
    if best is None:
        raise PlacementError(_no_place(spec, most))
    poses = np.tile(np.eye(4), (shot.frames, 1, 1))
    poses[:, :3, :3] = turned(found.yaw[best], found.pitch[best], found.roll[best])
    poses[:, :3, 3] = found.eyes[best]
    return Camera(spec.name, shot.width, shot.height, focal, poses)


def _finest(
    spec: CameraSpec, found: Ways, finalists: Sequence[int], rated: NDArray[np.float64], stage: Stage, scale
) -> int | None:
    """Returns which of some ways, from the best `rated` on, looks best on a second look and is clear all along."""
    frames = found.eyes.shape[1]
    stops = np.unique(np.linspace(0, frames - 1, STOPS).astype(int))
    best, score = None, 0.0
    for one in finalists:
        way = found.kept(np.array([one]))
        seen = _second_look(spec, way, stage, scale, float(rated[one]), score)
        if round(seen, 6) > round(score, 6) and _is_clear(spec, way, stops, stage)[0]:
            best, score = one, seen
    return best


def _is_clear(spec: CameraSpec, found: Ways, frames: NDArray, stage: Stage) -> NDArray[np.bool_]:
    """Returns (C,) whether ways keep clear of everything in some frames; a camera on a cab goes with its machine."""
    if isinstance(spec, Cab):
        return np.ones(len(found.eyes), bool)
    clear = is_clear(found.eyes[:, frames].reshape(-1, 3), stage, CLEARANCE[type(spec)] * stage.closeness)
    return clear.reshape(-1, len(frames)).all(1)


def _refuse_unknown(spec: CameraSpec, stage: Stage) -> None:
    """Raises PlacementError for a target that the stage does not have."""
    if isinstance(spec, Survey):
        return
    known, what = (stage.seats, "machine with a cab") if isinstance(spec, Cab) else (stage.subjects, "subject")
    if spec.target not in known:
        near = difflib.get_close_matches(spec.target, known, 1, 0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(known)) or 'none'}"
        raise PlacementError(f"cameras.{spec.name}.target: no {what} {spec.target!r}; {hint}")


def _no_place(spec: CameraSpec, most: int) -> str:
    """Returns why no way will do; `most` is how many things the best of them shows, -1 when none was free."""
    if most >= 0:
        return (
            f"cameras.{spec.name}: wherever it goes, some picture shows {most} things at most, not {spec.things}: "
            f"lower cameras.{spec.name}.things, change its lens_mm, or pick another target"
        )
    if isinstance(spec, Survey):
        return f"cameras.{spec.name}: its lanes run into something: raise its height, or change lanes"
    if isinstance(spec, Cab):
        return f"cameras.{spec.name}: nothing can be seen from the cab: change its tilt_deg or lens_mm"
    return (
        f"cameras.{spec.name}: no free place from which {spec.target!r} can be seen: "
        "change its height or lens_mm, or pick another target"
    )


def _first_look(spec: CameraSpec, found: Ways, stage: Stage, scale, ends: NDArray) -> NDArray[np.float64]:
    """Returns (C,) how good pictures along ways would be if nothing stood in the way."""
    if not len(found.eyes):
        return np.zeros(0)
    middle = found.eyes.shape[1] // 2
    target = _framed(spec, stage)
    fill = np.ones(len(found.eyes))
    for frame in ends if target else ():
        turns = turned(found.yaw[:, frame], found.pitch[:, frame])
        view, inside, depth = projected(found.eyes[:, frame], turns, target.points, scale)
        many = _is_one_of_many(spec, target)
        fill = np.minimum(fill, worth(target, inside, depth, scale) if many else framing(view, inside))
    eyes, turns = found.eyes[:, middle], turned(found.yaw[:, middle], found.pitch[:, middle])
    value = np.full(len(eyes), 0.0 if target else 1.0)
    for name, subject in stage.subjects.items():
        _, inside, depth = projected(eyes, turns, subject.points, scale)
        value += _weight(name, subject, spec) * worth(subject, inside, depth, scale)
    return value * fill * light(found.yaw[:, middle], stage.sun)


def _second_look(spec: CameraSpec, way: Ways, stage: Stage, scale, rated: float, record: float) -> float:
    """Rates the picture in the middle of one way, with what hides what and what stands in front.

    What the first look `rated` no better than the `record`, once its foreground is known, is given up and rated 0. The
    foreground is the worst of the first, middle and last picture: a way that passes a lamp post shows it at its ends.
    """
    target = _framed(spec, stage)
    if target is None:
        return rated
    middle = way.eyes.shape[1] // 2
    eyes, yaw = way.eyes[:, middle], way.yaw[:, middle]
    turns = turned(yaw, way.pitch[:, middle])
    free = 1.0
    for frame in np.unique([0, middle, way.eyes.shape[1] - 1]):
        if rated * free <= record:
            return 0.0
        turn = turned(way.yaw[:, frame], way.pitch[:, frame])[0]
        free = min(free, room(way.eyes[0, frame], turn, stage, scale, NEAR[type(spec)] * stage.closeness))
    if rated * free <= record:
        return 0.0
    shown = before(eyes[0], turns[0], stage, scale)
    points = np.concatenate([subject.points for subject in stage.subjects.values()])
    all_view, all_inside, all_depth = projected(eyes, turns, points, scale)
    all_seen = all_inside.copy()
    all_seen[all_inside] = ~occluded(eyes[0], points[all_inside[0]], stage.boxes[shown], stage.half[shown])
    value, fill, last = 0.0, 1.0, 0
    for name, subject in stage.subjects.items():
        own = slice(last, last := last + len(subject.points))
        view, inside, seen, depth = all_view[:, own], all_inside[:, own], all_seen[:, own], all_depth[:, own]
        shows = float(worth(subject, seen, depth, scale)[0])
        value += _weight(name, subject, spec) * shows
        if subject is target:
            fill = shows if _is_one_of_many(spec, subject) else float(seen.any()) * float(framing(view, inside)[0])
    return value * fill * free * float(light(yaw, stage.sun)[0])


def _shown(way: Ways, frame: int, stage: Stage, scale: NDArray[np.float64]) -> int:
    """Returns how many of the largest things in the picture of a frame can be seen, by their middles."""
    eye, turns = way.eyes[:, frame], turned(way.yaw[:, frame], way.pitch[:, frame])
    _, inside, depth = projected(eye, turns, stage.things[:, :3], scale)
    apparent = np.where(inside[0], stage.things[:, 3] / np.maximum(depth[0], 0.5), 0.0)
    largest = np.argsort(-apparent, kind="stable")[:LOOKED_AT]
    points = stage.things[largest[apparent[largest] > SMALLEST], :3]
    hides = before(eye[0], turns[0], stage, scale)
    return int((~occluded(eye[0], points, stage.boxes[hides], stage.half[hides])).sum())


def _framed(spec: CameraSpec, stage: Stage) -> Subject | None:
    """Returns what the pictures must hold, None for cameras that take what comes."""
    return None if isinstance(spec, Survey | Cab) else stage.subjects[spec.target]


def _is_one_of_many(spec: CameraSpec, target: Subject) -> bool:
    """Returns whether a picture shows some of many things; else it should hold all of the target."""
    return bool(target.size) and isinstance(spec, Walk | Wrist)


def _weight(name: str, subject: Subject, spec: CameraSpec) -> float:
    """Returns how much a subject matters to a camera."""
    wanted = not isinstance(spec, Survey) and name == spec.target
    return subject.weight * (3.0 if wanted else 1.0)
