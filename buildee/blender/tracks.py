"""Chooses the points that a recipe wants tracked, each set in its own query frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.recipe import Recipe, Seed
from buildee.recipe.schema import tag_of
from buildee.recipe.tracks import (
    GivenTracks,
    GridTracks,
    InstanceTracks,
    MixedTracks,
    TracksSpec,
    UniformTracks,
    read_points,
)
from buildee.recipe.wording import unknown
from buildee.truth import sampling
from buildee.truth.embree import Caster, CasterPool
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.tracks import TrackPoints

Views = Mapping[str, tuple[Caster, Camera]]
"""By the camera's name, in the recipe's order."""


@dataclass(frozen=True, eq=False)
class ChosenTracks:
    """The points of all sets, in the recipe's order.

    Attributes:
        points: N points.
        set: (N,) uint8, row of `sets`.
        query_frame: (N,) int32, the frame in which the point was chosen.
        sets: a row a set for people: `name`, `type`, `frame`, `points`.
    """

    points: TrackPoints
    set: NDArray[np.uint8]
    query_frame: NDArray[np.int32]
    sets: list[dict[str, Any]]


def stream(resolved: Recipe, index: int) -> Seed:
    """Returns the stream that the points of a scene are drawn from.

    Args:
        resolved: the recipe of the scene.
        index: its number.
    """
    return Seed(resolved.seed).child("scene").child(index).child("tracks")


def choose_tracks(
    specs: Sequence[TracksSpec],
    surface_at: Callable[[int], Surface],
    cameras: Sequence[Mapping[str, Camera]],
    labels: Callable[[], LabelTable],
    pool: CasterPool,
    seed: Seed,
) -> ChosenTracks:
    """Chooses the points of every set.

    Args:
        specs: what the recipe asks for.
        surface_at: reads the surface of a frame (from 0); frames are asked for once each, ascending.
        cameras: by name, frame after frame.
        labels: what the copies of the frame are that was read last.
        pool: where casters come from.
        seed: each set draws from the stream of its name.

    Raises:
        AnnotationError: a given point has no surface near, or there is no such frame, camera or file.
    """
    for spec in specs:
        _refuse_unknown(spec, cameras)
    chosen: dict[str, TrackPoints] = {}
    for frame in sorted({spec.frame for spec in specs}):
        surface = surface_at(frame)
        with ExitStack() as stack:
            views = {
                name: (stack.enter_context(pool.caster(surface, camera.world_from_camera)), camera)
                for name, camera in cameras[frame].items()
            }
            for spec in specs:
                if spec.frame == frame:
                    chosen[spec.name] = _chosen(spec, surface, labels(), views, seed.child(spec.name).rng())
    counts = [len(chosen[spec.name].triangle) for spec in specs]
    return ChosenTracks(
        TrackPoints.joined([chosen[spec.name] for spec in specs]),
        np.repeat(np.arange(len(specs), dtype=np.uint8), counts),
        np.repeat(np.array([spec.frame for spec in specs], np.int32), counts),
        [
            {"name": spec.name, "type": tag_of(spec), "frame": spec.frame, "points": count}
            for spec, count in zip(specs, counts, strict=True)
        ],
    )


def _refuse_unknown(spec: TracksSpec, cameras: Sequence[Mapping[str, Camera]]) -> None:
    """Refuses what only the scene itself can tell, as where a label table leaves frames and cameras to the file."""
    if spec.frame >= len(cameras):
        message = f"is {spec.frame}, the last frame is {len(cameras) - 1}, counted from 0"
        raise AnnotationError(f"truth.tracks.{spec.name}.frame: {message}")
    if isinstance(spec, GridTracks) and spec.camera not in cameras[0]:
        raise AnnotationError(f"truth.tracks.{spec.name}.camera: {unknown('camera', spec.camera, cameras[0])}")


def _chosen(
    spec: TracksSpec, surface: Surface, labels: LabelTable, views: Views, rng: np.random.Generator
) -> TrackPoints:
    """Chooses the points of one set."""
    match spec:
        case MixedTracks(count=count):
            return sampling.sample_points(surface, labels, list(views.values()), count, rng)
        case UniformTracks(count=count):
            return sampling.uniform_points(surface, labels, count, rng)
        case InstanceTracks(each=each):
            return sampling.instance_points(surface, labels, each, rng)
        case GridTracks(camera=camera, stride=stride):
            return sampling.grid_points(*views[camera], labels, stride)
        case GivenTracks(file=file, tolerance=tolerance):
            try:
                return sampling.given_points(surface, labels, read_points(file), tolerance)
            except (AnnotationError, ValueError) as error:
                raise AnnotationError(f"truth.tracks.{spec.name}: {file}: frame {spec.frame}: {error}") from None
    raise TypeError(f"{spec!r} is no set of tracks")
