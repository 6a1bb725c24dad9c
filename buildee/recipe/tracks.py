"""Which surface points a recipe may ask to be tracked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from buildee.recipe.schema import Family, knob, tagged
from buildee.recipe.wording import unknown

Tracks = Annotated[Any, Family("tracks")]
"""An item of the family "tracks": one set of points, chosen in its query frame."""

_FRAME = "The query frame, in which the points are chosen; from 0."
_MOST = 1_000_000


@tagged("tracks", "mixed")
@dataclass(frozen=True)
class MixedTracks:
    """Half seen by the cameras, half anywhere near, most of them hidden; shared out among instances."""

    name: str
    count: int = knob(2048, "How many points.", min=1, max=_MOST, varies=False)
    frame: int = knob(0, _FRAME, min=0, max=99_999, varies=False)


@tagged("tracks", "uniform")
@dataclass(frozen=True)
class UniformTracks:
    """Uniformly on all surfaces, by area."""

    name: str
    count: int = knob(2048, "How many points.", min=1, max=_MOST, varies=False)
    frame: int = knob(0, _FRAME, min=0, max=99_999, varies=False)


@tagged("tracks", "instances")
@dataclass(frozen=True)
class InstanceTracks:
    """The same number on every instance, uniformly by area; ground and other stuff too."""

    name: str
    each: int = knob(16, "How many points an instance gets.", min=1, max=100_000, varies=False)
    frame: int = knob(0, _FRAME, min=0, max=99_999, varies=False)


@tagged("tracks", "grid")
@dataclass(frozen=True)
class GridTracks:
    """What a camera sees at the centres of pixels on a regular grid."""

    name: str
    camera: str = knob(MISSING, "The camera's name.", varies=False)
    stride: int = knob(8, "Distance of the grid's pixels.", min=1, max=8192, unit="px", varies=False)
    frame: int = knob(0, _FRAME, min=0, max=99_999, varies=False)


@tagged("tracks", "given")
@dataclass(frozen=True)
class GivenTracks:
    """Points of your own, moved to the nearest surface; one that has none near enough is an error."""

    name: str
    file: Path = knob(
        MISSING, "World points, a row each: .npy of shape (M, 3), or .csv of x, y, z; metres.", varies=False
    )
    tolerance: float = knob(0.01, "How far from a surface a point may lie.", min=1e-6, max=1.0, unit="m", varies=False)
    frame: int = knob(0, _FRAME, min=0, max=99_999, varies=False)


TracksSpec = MixedTracks | UniformTracks | InstanceTracks | GridTracks | GivenTracks


def read_points(path: Path) -> NDArray[np.float64]:
    """Reads world points: (M, 3) float64, metres.

    A .csv may begin with one line of names; other columns are refused rather than guessed at.

    Raises:
        ValueError: the file cannot be read, or holds something else; the message says what.
    """
    try:
        if path.suffix.lower() == ".npy":
            points = np.load(path, allow_pickle=False)
        elif path.suffix.lower() == ".csv":
            lines = path.read_text("utf-8-sig").splitlines()
            rows = lines[_is_header(lines) :]
            points = np.loadtxt(rows, delimiter=",", ndmin=2) if rows else np.zeros((0, 3))
        else:
            raise ValueError("is neither .npy nor .csv")
    except (OSError, EOFError) as error:
        raise ValueError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    points = np.asarray(points)
    if points.ndim != 2 or points.shape[1] != 3 or not len(points) or points.dtype.kind not in "iuf":
        raise ValueError(f"holds {points.shape} {points.dtype}, not (M, 3) numbers")
    if not np.isfinite(points).all():
        raise ValueError(f"row {int(np.flatnonzero(~np.isfinite(points).all(1))[0])} (from 0) is not finite")
    return points.astype(np.float64)


def _is_header(lines: Sequence[str]) -> bool:
    """Whether the first line names columns."""
    try:
        [float(word) for word in lines[0].split(",")] if lines else []
    except ValueError:
        return True
    return False


def conflicts(values: Mapping[str, Any], folder: Path | None) -> Iterator[tuple[str, str]]:
    """Holds what a checked recipe wants annotated against its frames, cameras and files.

    Args:
        values: the checked tree, free of other problems.
        folder: what relative paths start from.

    Yields:
        A field's dotted path, and what is wrong with it.
    """
    last, truth = values["frames"]["count"] - 1, values["truth"]
    cameras = [name for camera in values["cameras"] for name in _names(camera)]
    for item in truth["tracks"]:
        path = f"truth.tracks.{item['name']}"
        if item["frame"] > last:
            yield f"{path}.frame", f"is {item['frame']}, the last frame is {last}"
        if item["type"] == "grid" and item["camera"] not in cameras:
            yield f"{path}.camera", unknown("camera", item["camera"], cameras)
        if item["type"] == "given":
            try:
                read_points((folder or Path()) / item["file"])
            except ValueError as error:
                yield f"{path}.file", f"{item['file']}: {error}"
    for pair in truth["flow_pairs"]:
        if max(pair) > last:
            yield "truth.flow_pairs", f"{[*pair]} leaves the scene, whose last frame is {last}"
        elif pair[0] == pair[1]:
            yield "truth.flow_pairs", f"{[*pair]} leads to the same frame; name two"
    if 0 in truth["flow_strides"]:
        yield "truth.flow_strides", "0 leads to the same frame; take it out"


def _names(camera: Mapping[str, Any]) -> Iterator[str]:
    """Yields what a camera of the recipe may be called in a dataset: a rig and a stereo pair have several names."""
    count = camera.get("rig", {}).get("count", 1)
    members = [camera["name"]] if count == 1 else [f"{camera['name']}_{number}" for number in range(count)]
    baseline = camera.get("stereo", {}).get("baseline", 0)
    for name in members:
        if not isinstance(baseline, int | float) or not baseline:  # one that is drawn may be 0
            yield name
        if baseline:
            yield from (f"{name}_{side}" for side in ("left", "right"))


def most_points(specs: Sequence[TracksSpec], width: int, height: int, instances: int) -> int:
    """Returns how many points there are at most.

    Args:
        specs: what the recipe asks for.
        width, height: pixels.
        instances: how many there are.
    """
    total = 0
    for spec in specs:
        match spec:
            case MixedTracks(count=count) | UniformTracks(count=count):
                total += count
            case InstanceTracks(each=each):
                total += each * instances
            case GridTracks(stride=stride):
                total += len(range(stride // 2, width, stride)) * len(range(stride // 2, height, stride))
            case GivenTracks(file=file):
                total += len(read_points(file))
    return total
