"""The registry of annotators, and the function that runs them on a frame."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.boundaries import occlusion_boundaries
from buildee.truth.frame import Frame, View
from buildee.truth.keypoints import observe_keypoints
from buildee.truth.maps import (
    depth_map,
    material_map,
    normal_map,
    part_map,
    semantic_map,
    shading_normal_map,
    uv_map,
)
from buildee.truth.nocs import object_coordinates
from buildee.truth.relations import occlusions, visibility
from buildee.truth.tracks import observe, world_positions

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class ArraySpec:
    """One array that an annotator yields for a frame.

    Attributes:
        name: the annotator's name, or `annotator/member` for one of several.
        dtype: numpy's name.
        shape: numbers, and letters: H, W pixels; N tracked points; B instances projecting into the image; A those with
            an amodal mask; A+1; S bytes of packed masks; I all instances; R pairs of which one hides the other; J
            keypoints.
        unit: what a value counts.
        description: what it is.
    """

    name: str
    dtype: str
    shape: tuple[int | str, ...]
    unit: str
    description: str

    def size(self, lengths: dict[str, int]) -> int:
        """Bytes uncompressed, given the letters' values."""
        count = 1
        for length in self.shape:
            count *= lengths[length] if isinstance(length, str) else length
        return count * np.dtype(self.dtype).itemsize


@dataclass(frozen=True)
class Annotator:
    """A kind of ground truth.

    Attributes:
        name: its folder in a dataset.
        arrays: what it yields.
        compute: the arrays by name; none where the frame has no such thing, as flow from the last frame.
        needs: annotators without which its arrays say little.
    """

    name: str
    arrays: tuple[ArraySpec, ...]
    compute: Callable[[Frame], Arrays]
    needs: tuple[str, ...] = ()

    def bytes_per_frame(self, width: int, height: int, points: int = 0, instances: int = 0, keypoints: int = 0) -> int:
        """Estimates the uncompressed bytes a frame; amodal boxes are taken to cover the image once.

        Args:
            width, height: pixels.
            points: tracked points.
            instances: countable instances that project into the image.
            keypoints: of all instances.
        """
        lengths = {"H": height, "W": width, "N": points, "A": instances, "A+1": instances + 1, "B": instances}
        lengths |= {"S": -(-width * height // 8), "I": instances, "R": 2 * instances, "J": keypoints}
        return sum(array.size(lengths) for array in self.arrays)


@dataclass(frozen=True)
class PairAnnotator:
    """A kind of ground truth that leads from one frame to another.

    Attributes:
        name: its folder in a dataset.
        arrays: what it yields.
        compute: the arrays by name.
    """

    name: str
    arrays: tuple[ArraySpec, ...]
    compute: Callable[[Frame, View], Arrays]

    def bytes_per_pair(self, width: int, height: int) -> int:
        """Returns the uncompressed bytes a pair of frames."""
        return sum(array.size({"H": height, "W": width}) for array in self.arrays)


def complete(names: Iterable[str]) -> tuple[str, ...]:
    """Returns the names of annotators with those that they need, each once, in order; unknown names stay."""
    needed = [needs for name in names if name in ANNOTATORS for needs in ANNOTATORS[name].needs]
    return tuple(dict.fromkeys([*names, *needed]))


def annotate(frame: Frame, wanted: Collection[str]) -> Arrays:
    """Computes the wanted annotations of a frame.

    Args:
        frame: the frame.
        wanted: names of `ANNOTATORS`.

    Returns:
        Arrays by name as `ANNOTATORS` lists them, less those that the frame has none of (flow at a sequence's ends).

    Raises:
        AnnotationError: an unknown name, or tracks without points.
    """
    arrays: Arrays = {}
    for name in wanted:
        if name not in ANNOTATORS:
            close = difflib.get_close_matches(name, ANNOTATORS, 1)
            hint = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(ANNOTATORS)}"
            raise AnnotationError(f"unknown annotator '{name}': {hint}")
        arrays.update(ANNOTATORS[name].compute(frame))
    return arrays


def _flow(frame: Frame, name: str, other: View | None) -> Arrays:
    if other is None:
        return {}
    followed = frame.followed(other)
    return {name: followed.flow(), f"{name}_state": followed.states()}


def _flow_pair(frame: Frame, other: View) -> Arrays:
    followed = frame.followed(other)
    return {"flow": followed.flow(), "state": followed.states()}


def _scene_flow(frame: Frame, other: View) -> Arrays:
    followed = frame.followed(other)
    return {"scene_flow": followed.scene_flow(frame.current.surface, other.surface), "state": followed.states()}


def _tracks(frame: Frame) -> Arrays:
    if frame.points is None:
        raise AnnotationError("tracks need points: sample them in a query frame first")
    seen = observe(frame.points, frame.labels, frame.caster, frame.current.camera)
    return {"tracks/xyz": world_positions(frame.points, frame.current.surface), **_members("tracks", seen)}


def _keypoints(frame: Frame) -> Arrays:
    seen = observe_keypoints(frame.keypoints, frame.labels, frame.caster, frame.current.camera)
    return {"keypoints/xyz": frame.keypoints.xyz.astype(np.float32), **_members("keypoints", seen)}


def _amodal(frame: Frame) -> Arrays:
    return _members("amodal", frame.masks)


def _relations(frame: Frame) -> Arrays:
    return _members("relations", occlusions(frame.masks, frame.instances))


def _visibility(frame: Frame) -> Arrays:
    camera, countable = frame.current.camera, frame.labels.countable
    return _members("visibility", visibility(frame.masks, frame.extents, frame.instances, camera, countable))


def _boxes(frame: Frame) -> Arrays:
    return _members("boxes", frame.boxes)


def _members(name: str, record: Any) -> Arrays:
    return {f"{name}/{field.name}": getattr(record, field.name) for field in fields(record)}


def _map(
    name: str,
    dtype: str,
    unit: str,
    description: str,
    values: Callable[[Frame], NDArray[Any]],
    channels: int = 0,
    needs: tuple[str, ...] = (),
) -> Annotator:
    shape: tuple[int | str, ...] = ("H", "W", channels) if channels else ("H", "W")
    arrays = (ArraySpec(name, dtype, shape, unit, description),)
    return Annotator(name, arrays, lambda frame: {name: values(frame)}, needs)


_FLOW_STATES = "0 invalid, 1 visible, 2 occluded, 3 out of frame"


def _flow_annotator(name: str, side: str, other: Callable[[Frame], View | None]) -> Annotator:
    return Annotator(
        name,
        (
            ArraySpec(
                name, "float32", ("H", "W", 2), "pixels", f"motion (x, y) of the pixel's point to the {side} frame"
            ),
            ArraySpec(f"{name}_state", "uint8", ("H", "W"), "state", f"the point in the {side} frame: {_FLOW_STATES}"),
        ),
        lambda frame: _flow(frame, name, other(frame)),
    )


_TRACK_ARRAYS = (
    ArraySpec("tracks/xyz", "float32", ("N", 3), "metres", "world position; NaN if absent"),
    ArraySpec("tracks/xy", "float32", ("N", 2), "pixels", "image position; NaN if absent or unseen by the lens"),
    ArraySpec(
        "tracks/depth", "float32", ("N",), "metres", "along the optical axis (the ray if panoramic); NaN if absent"
    ),
    ArraySpec(
        "tracks/state",
        "uint8",
        ("N",),
        "state",
        "0 absent, 1 visible, 2 occluded, 3 self-occluded, 4 out of frame, 5 behind the camera",
    ),
    ArraySpec("tracks/occluder", "uint16", ("N",), "instance id", "what hides the point; 0 nothing or unlabelled"),
)
_KEYPOINT_ARRAYS = (
    ArraySpec("keypoints/xyz", "float32", ("J", 3), "metres", "world position"),
    ArraySpec("keypoints/xy", "float32", ("J", 2), "pixels", "image position; NaN where unseen by the lens"),
    ArraySpec("keypoints/depth", "float32", ("J",), "metres", "along the optical axis (the ray if panoramic)"),
    ArraySpec(
        "keypoints/state",
        "uint8",
        ("J",),
        "state",
        "1 visible, 2 occluded, 3 self-occluded, 4 out of frame, 5 behind the camera",
    ),
    ArraySpec("keypoints/occluder", "uint16", ("J",), "instance id", "what hides it; 0 nothing or unlabelled"),
)
_AMODAL_ARRAYS = (
    ArraySpec("amodal/instance", "uint16", ("A",), "instance id", "whose mask, ascending"),
    ArraySpec("amodal/box", "int32", ("A", 4), "pixels", "x0, y0, x1, y1 of the mask, x1 and y1 exclusive"),
    ArraySpec("amodal/start", "int64", ("A+1",), "bytes", "where each mask begins in bits"),
    ArraySpec("amodal/bits", "uint8", ("S",), "packed bits", "masks inside their boxes, row by row"),
    ArraySpec("amodal/pixels", "int32", ("A",), "pixels", "size of the mask"),
    ArraySpec("amodal/occluded", "float32", ("A",), "share", "hidden part of the mask, 0 to 1"),
)
_BOX_ARRAYS = (
    ArraySpec("boxes/instance", "uint16", ("B",), "instance id", "whose boxes, ascending"),
    ArraySpec(
        "boxes/visible_box", "int32", ("B", 4), "pixels", "x0, y0, x1, y1 of the pixels that show it; zero if none"
    ),
    ArraySpec("boxes/amodal_box", "float32", ("B", 4), "pixels", "x0, y0, x1, y1 of all its geometry, not clipped"),
    ArraySpec("boxes/visible_pixels", "int32", ("B",), "pixels", "how many pixels show it"),
    ArraySpec("boxes/truncation", "float32", ("B",), "share", "part of the amodal box outside the image, 0 to 1"),
    ArraySpec("boxes/center", "float64", ("B", 3), "metres", "centre of the box in space, world"),
    ArraySpec("boxes/extent", "float64", ("B", 3), "metres", "full lengths along the box's axes"),
    ArraySpec("boxes/rotation", "float64", ("B", 3, 3), "none", "world_from_box, columns are the box's axes"),
)
_RELATION_ARRAYS = (
    ArraySpec("relations/occluded", "uint16", ("R",), "instance id", "who is hidden, ascending"),
    ArraySpec("relations/occluder", "uint16", ("R",), "instance id", "who is seen in its place; 0 unlabelled"),
    ArraySpec("relations/pixels", "int32", ("R",), "pixels", "where that is so, 1 at least"),
)
_VISIBILITY_ARRAYS = (
    ArraySpec("visibility/visible_pixels", "int32", ("I",), "pixels", "that show it"),
    ArraySpec("visibility/amodal_pixels", "int32", ("I",), "pixels", "of its whole mask; 0 for stuff"),
    ArraySpec("visibility/visible_fraction", "float32", ("I",), "share", "visible / amodal pixels; NaN without a mask"),
    ArraySpec(
        "visibility/truncation",
        "float32",
        ("I",),
        "share",
        "part of the amodal box outside the image, 1 if nothing projects into it; NaN for stuff",
    ),
)

_ALL = (
    _map(
        "depth",
        "float32",
        "metres",
        "along the axis (the ray if panoramic); inf sees nothing",
        lambda frame: depth_map(frame.hits),
    ),
    _map(
        "normal",
        "float32",
        "none",
        "unit geometric normal, camera axes, towards the camera; zero sees nothing",
        lambda frame: normal_map(frame.hits),
        channels=3,
    ),
    _map("instance", "uint16", "instance id", "0 background", lambda frame: frame.instances),
    _map(
        "semantic",
        "uint16",
        "category id",
        "0 background",
        lambda frame: semantic_map(frame.hits, frame.current.surface, frame.labels),
    ),
    _map("part", "uint16", "part id", "0 background", lambda frame: part_map(frame.hits, frame.current.surface)),
    _map(
        "material",
        "uint16",
        "material id",
        "0 background or none",
        lambda frame: material_map(frame.hits, frame.current.surface),
    ),
    _map(
        "shading_normal",
        "float32",
        "none",
        "unit, interpolated from the corners, camera axes; zero sees nothing",
        lambda frame: shading_normal_map(frame.hits, frame.caster),
        channels=3,
    ),
    _map(
        "uv",
        "float32",
        "none",
        "texture coordinates; NaN where there are none",
        lambda frame: uv_map(frame.hits, frame.current.surface),
        channels=2,
    ),
    _map(
        "nocs",
        "float32",
        "share",
        "place within the instance's box in space, 0 to 1 along its axes; NaN on stuff and background",
        lambda frame: object_coordinates(frame.hits, frame.caster, frame.labels, frame.boxes),
        channels=3,
        needs=("boxes",),
    ),
    _map(
        "boundary",
        "uint8",
        "bits",
        "occlusion boundaries: 1, 2, 4, 8 before the right, lower, left, upper neighbour; 16 to 128 behind it",
        lambda frame: occlusion_boundaries(frame.hits, frame.caster, frame.current.camera),
    ),
    _flow_annotator("flow", "following", lambda frame: frame.following),
    _flow_annotator("flow_backward", "previous", lambda frame: frame.previous),
    Annotator("tracks", _TRACK_ARRAYS, _tracks),
    Annotator("keypoints", _KEYPOINT_ARRAYS, _keypoints),
    Annotator("amodal", _AMODAL_ARRAYS, _amodal),
    Annotator("boxes", _BOX_ARRAYS, _boxes),
    Annotator("relations", _RELATION_ARRAYS, _relations),
    Annotator("visibility", _VISIBILITY_ARRAYS, _visibility),
)

ANNOTATORS: dict[str, Annotator] = {annotator.name: annotator for annotator in _ALL}
"""Every annotator by name."""

_PAIR_STATE = ArraySpec("state", "uint8", ("H", "W"), "state", f"the point in the other frame: {_FLOW_STATES}")
_FLOW = ArraySpec("flow", "float32", ("H", "W", 2), "pixels", "motion (x, y) of the pixel's point to the other frame")
_SCENE_FLOW = ArraySpec(
    "scene_flow", "float32", ("H", "W", 3), "metres", "motion of the pixel's point to the other frame, world axes"
)

PAIR_ANNOTATORS: dict[str, PairAnnotator] = {
    "flow_pairs": PairAnnotator("flow_pairs", (_FLOW, _PAIR_STATE), _flow_pair),
    "scene_flow": PairAnnotator("scene_flow", (_SCENE_FLOW, _PAIR_STATE), _scene_flow),
}
"""Every annotator of pairs of frames by name. `flow_pairs` is the flow to frames that are no neighbours."""
