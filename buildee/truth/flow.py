"""Motion from one frame to another, on the image and in space, by carrying each pixel's surface point along."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.camera import depths, image_points, in_frame
from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, corner_table
from buildee.truth.hits import Hits
from buildee.truth.surface import Camera, Surface
from buildee.truth.visibility import blockers, matching_copies

_NEIGHBOURS = {1: "flow", -1: "flow_backward"}
"""Strides that have a folder of their own."""


class FlowState(IntEnum):
    """What becomes of a pixel's surface point in the other frame."""

    INVALID = 0
    """No flow: sky, a copy that is gone or has other triangles, or a point that is nearer than the near limit, behind a
    perspective camera or outside a fisheye's field of view."""
    VISIBLE = 1
    """The other frame sees the point."""
    OCCLUDED = 2
    """The point is inside the other image, behind something."""
    OUT_OF_FRAME = 3
    """The point projects outside the other image, or lies beyond the far limit."""


@dataclass(frozen=True, eq=False)
class Followed:
    """The surface points behind M pixels of a frame, found again in another frame.

    Attributes:
        size: (H, W) of the frame.
        pixel: (M,) int64, rows of the flattened image, those whose copy is in the other frame with the same triangles.
        copy: (M,) int32, rows of the copies in this frame.
        row: (C,) int64, row of each copy of this frame in the other; -1 if it is not there.
        local: (3, M) float64, mesh frame, metres, in the other frame.
        shift: (3, M) float64, mesh frame, metres: how far deformation moved the point; None if nothing deforms.
        place: (M, 2) float64, pixels in the other image; not a number behind its camera.
        state: (M,) uint8 of `FlowState`.
    """

    size: tuple[int, int]
    pixel: NDArray[np.int64]
    copy: NDArray[np.int32]
    row: NDArray[np.int64]
    local: NDArray[np.float64]
    shift: NDArray[np.float64] | None
    place: NDArray[np.float64]
    state: NDArray[np.uint8]

    def states(self) -> NDArray[np.uint8]:
        """Returns the states (H, W) uint8 of `FlowState`."""
        return self._map(self.state)

    def flow(self) -> NDArray[np.float32]:
        """Returns where each point is in the other image less where it is here: (H, W, 2) float32, pixels.

        Zero where invalid.
        """
        row, column = np.divmod(self.pixel, self.size[1])
        away = self.place - 0.5
        away[:, 0] -= column
        away[:, 1] -= row
        away[self.state == FlowState.INVALID] = 0.0
        return self._map(away.astype(np.float32))

    def scene_flow(self, surface: Surface, other: Surface) -> NDArray[np.float32]:
        """Returns where each point is in the world in the other frame less where it is here.

        What stands still moves by exactly zero, and nothing is lost far from the origin: the poses are subtracted, not
        the positions.

        Args:
            surface: of this frame.
            other: of the other frame.

        Returns:
            (H, W, 3) float32, metres, world axes; zero where invalid.
        """
        moved = np.zeros((len(self.row), 3, 4))
        found = self.row >= 0
        moved[found] = other.world_from_copy[self.row[found], :3] - surface.world_from_copy[found, :3]
        away = apply(moved, self.copy, self.local)
        if self.shift is not None:
            away += apply(surface.world_from_copy[:, :3, :3], self.copy, self.shift)
        away[:, self.state == FlowState.INVALID] = 0.0
        return self._map(np.ascontiguousarray(away.T, np.float32))

    def _map(self, values: NDArray) -> NDArray:
        result = np.zeros((self.size[0] * self.size[1], *values.shape[1:]), values.dtype)
        result[self.pixel] = values
        return result.reshape(*self.size, *values.shape[1:])


def follow(hits: Hits, surface: Surface, other: Caster, other_camera: Camera) -> Followed:
    """Follows the surface point behind each pixel centre to another frame.

    Args:
        hits: of this frame.
        surface: of this frame.
        other: caster of the other frame, at the other camera's pose.
        other_camera: the camera at the other frame.
    """
    copies = hits.copy.reshape(-1)
    row = matching_copies(surface, other.surface)
    pixel = np.flatnonzero(np.append(row, -1)[copies] >= 0)
    copy, triangle = copies[pixel], hits.triangle.reshape(-1)[pixel]
    other_copy = row[copy]
    u, v = hits.u.reshape(-1)[pixel], hits.v.reshape(-1)[pixel]
    local = _mesh_points(other.surface, other_copy, triangle, u, v)
    points = apply(other.view_from_copy[:, :3], other_copy, local)
    place, away = image_points(other_camera, points.T), depths(other_camera, points.T)
    inside = in_frame(other_camera, place)
    near, far = other_camera.clip
    state = np.where(inside & (away <= far), FlowState.VISIBLE, FlowState.OUT_OF_FRAME).astype(np.uint8)
    state[~(away > max(near, 0.0)) | np.isnan(place[:, 0])] = FlowState.INVALID
    ask = np.flatnonzero(state == FlowState.VISIBLE)
    hidden = blockers(other, points[:, ask], other_copy[ask], triangle[ask], other_camera) >= 0
    state[ask[hidden]] = FlowState.OCCLUDED
    bent = np.flatnonzero(_deformed(surface, other.surface, row)[copy])
    shift = None
    if len(bent):
        shift = np.zeros_like(local)
        shift[:, bent] = local[:, bent] - _mesh_points(surface, copy[bent], triangle[bent], u[bent], v[bent])
    return Followed(hits.copy.shape, pixel, copy, row, local, shift, place, state)


def optical_flow(
    hits: Hits, surface: Surface, other: Caster, other_camera: Camera
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Returns the flow (H, W, 2), pixels, and the states (H, W) of `follow`."""
    followed = follow(hits, surface, other, other_camera)
    return followed.flow(), followed.states()


def _mesh_points(
    surface: Surface, copy: NDArray[np.int64], triangle: NDArray[np.int32], u: NDArray[np.float64], v: NDArray
) -> NDArray[np.float64]:
    """Points given by weights in the mesh frame: (3, N) float64, metres."""
    first, second, third = corner_table(surface).corners(copy, triangle)
    return first + u * (second - first) + v * (third - first)


def _deformed(surface: Surface, other: Surface, row: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each copy that is in both frames shows another mesh there: (C,) bool."""
    meshes, twins = (np.array([id(mesh) for mesh in each.meshes], np.int64) for each in (surface, other))
    found = row >= 0
    found[found] = meshes[surface.copy_mesh[found]] != twins[other.copy_mesh[row[found]]]
    return found


def flow_targets(
    frames: int, strides: Iterable[int], pairs: Iterable[tuple[int, int]] = ()
) -> tuple[tuple[int, ...], ...]:
    """Returns the frames, ascending, that flow leads to from each of `frames` frames, numbered from 0.

    Args:
        frames: how many there are.
        strides: how many frames later the other frame is; negative is earlier. Those that leave the sequence count not.
        pairs: frame and other frame.

    Raises:
        AnnotationError: if a pair names a frame that does not exist, or flow would lead from a frame to itself.
    """
    targets: list[set[int]] = [set() for _ in range(frames)]
    for start, end in pairs:
        if not (0 <= start < frames and 0 <= end < frames):
            raise AnnotationError(
                f"truth.flow_pairs: [{start}, {end}] leaves the scene, whose frames are 0 to {frames - 1}; "
                "name others, or raise frames.count"
            )
        if start == end:
            raise AnnotationError(f"truth.flow_pairs: [{start}, {end}] leads to the same frame; name two")
        targets[start].add(end)
    for stride in strides:
        if not stride:
            raise AnnotationError("truth.flow_strides: 0 leads to the same frame; take it out")
        for start in range(max(0, -stride), min(frames, frames - stride)):
            targets[start].add(start + stride)
    return tuple(tuple(sorted(ends)) for ends in targets)


def flow_plan(
    annotators: Collection[str], frames: int, strides: Iterable[int], pairs: Iterable[tuple[int, int]] = ()
) -> tuple[dict[int, tuple[str, ...]], ...]:
    """Returns what is written of the flow from each frame: other frame -> annotators, in ascending order.

    Args:
        annotators: what is wanted: of interest are `flow` (to all frames named), `flow_backward` (to the previous one,
            named or not) and `scene_flow` (to all frames named).
        frames, strides, pairs: as in `flow_targets`.

    Returns:
        For each frame the other frames, each with some of `flow` (the next frame), `flow_backward` (the one before),
        `flow_pairs` (any other) and `scene_flow`.

    Raises:
        AnnotationError: as `flow_targets`.
    """
    plan: list[dict[int, tuple[str, ...]]] = []
    for start, ends in enumerate(flow_targets(frames, strides, pairs)):
        named = {end: _NEIGHBOURS.get(end - start, "flow_pairs") for end in ends}
        found = {end: (name,) if "flow" in annotators else () for end, name in named.items()}
        if "flow_backward" in annotators and start:
            found[start - 1] = ("flow_backward",)
        if "scene_flow" in annotators:
            found |= {end: (*found[end], "scene_flow") for end in ends}
        plan.append({end: found[end] for end in sorted(found) if found[end]})
    return tuple(plan)
