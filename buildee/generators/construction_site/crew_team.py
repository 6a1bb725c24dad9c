"""Two people who carry a long pipe on their shoulders, one behind the other. Metres."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.crew_tools import PIPE, pipe
from buildee.layout.gait import Ground, walk
from buildee.layout.kinematics import part_poses
from buildee.layout.reach import reach
from buildee.layout.scene import Assembly, Instance, Model
from buildee.layout.stance import STANCES

Array = NDArray[np.float64]

SPAN = 2.7
"""From the one behind to the one ahead, metres."""

OVERHANG = (PIPE - SPAN) / 2
"""How far the pipe reaches beyond either of them, metres."""

ON_SHOULDER = (0.02, -0.205, 0.322)
"""Axis of a pipe that lies on the right shoulder, from the torso, at a stature of 1.75 m, metres."""

HELD = (0.30, -0.045, 0.045)
"""Where the right hand steadies it, from the shoulder along the pipe, to its outer side and up, metres."""

TRIES = 4
"""How many paces are tried on uneven ground."""


def pair(
    way: Array,
    models: tuple[Model, Model],
    statures: tuple[float, float],
    names: tuple[str, str],
    ground: Ground,
    frames: int,
    fps: float,
    fastest: float,
    rng: np.random.Generator,
) -> Assembly | None:
    """Returns two people and the pipe on their shoulders, or None on ground too rough for them.

    Args:
        way: (2, 2) from where the one behind starts towards where the one ahead ends.
        models: of the one behind and the one ahead.
        statures: barefoot heights, metres.
        names: of their instances.
        ground: heights of the ground.
        frames: T.
        fps: frames a second.
        fastest: metres a second that the way allows.
        rng: of pace and step.
    """  # fmt: skip
    hold = {part: bend for part, bend in STANCES["shoulder"].bends.items() if part != "head"}
    along = (way[1] - way[0]) / np.linalg.norm(way[1] - way[0])
    starts = (way[0], way[0] + SPAN * along)
    for _ in range(TRIES):
        speed, phases = min(rng.uniform(0.9, 1.25), fastest), rng.uniform(0, 1, 2)
        try:
            walks = [
                walk(
                    (start, start + along * (speed * frames / fps + 1.0)),
                    speed,
                    frames,
                    fps,
                    phase,
                    stature,
                    ground,
                    hold,
                )
                for start, phase, stature in zip(starts, phases, statures, strict=True)
            ]
        except PlacementError:
            continue
        people = [model.placed(name, *walked) for model, name, walked in zip(models, names, walks, strict=True)]
        return _carrying(people, models, statures)
    return None


def _carrying(people: list[Instance], models: tuple[Model, Model], statures: tuple[float, float]) -> Assembly:
    """Returns two people with a pipe that lies on both their shoulders in every frame."""
    back, front = (_shoulder(person, stature) for person, stature in zip(people, statures, strict=True))
    poses = np.tile(np.eye(4), (len(back), 1, 1))
    x = (front - back) / np.linalg.norm(front - back, axis=1, keepdims=True)
    y = np.cross([0.0, 0.0, 1.0], x)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    poses[:, :3, :3] = np.stack([x, y, np.cross(x, y)], -1)
    poses[:, :3, 3] = (back + front) / 2
    ahead, out, up = HELD
    steadied = []
    for person, model, shoulder in zip(people, models, (back, front), strict=True):
        steadied.append(reach(model, person, "right", shoulder + poses[:, :3, :3] @ (ahead, out, up)))
    thing = pipe()
    carried = thing.placed(f"{people[0].name}.pipe", poses)
    parts = tuple(replace(part, proxy=None) for part in carried.parts)
    shapes = thing.shapes | models[0].shapes | models[1].shapes
    return Assembly(shapes, (*steadied, replace(carried, parts=parts)))


def _shoulder(person: Instance, stature: float) -> Array:
    """Returns the (T, 3) places on somebody's right shoulder that bear the pipe, world."""
    torso = part_poses(person)[:, [part.name for part in person.parts].index("torso")]
    return torso[:, :3, :3] @ (np.array(ON_SHOULDER) * stature / 1.75) + torso[:, :3, 3]
