"""Every annotation of one frame of a case against the formulas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmarks.proof.borders import border_rows
from benchmarks.proof.case import Case
from benchmarks.proof.dense import Box, dense_rows
from benchmarks.proof.relations import relation_rows
from benchmarks.proof.residual import Residual
from benchmarks.proof.world import ULP, Body, Sight, carried, follows
from buildee.truth.annotate import Arrays
from buildee.truth.frame import View
from buildee.truth.tracks import TrackPoints


def rigid_pose(pose: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearest rotation to a pose's linear part, at its place."""
    left, _, right = np.linalg.svd(pose[:3, :3])
    result = pose.copy()
    result[:3, :3] = left @ np.diag([1, 1, np.linalg.det(left @ right)]) @ right
    return result


class Comparison:
    """One frame of a case against the formulas.

    Attributes:
        sure: (H, W) pixels that do not lie on an edge; only these are compared.
    """

    def __init__(self, case: Case, sights: list[Sight], frame: int, view: View, arrays: Arrays) -> None:
        self.case, self.sights, self.frame, self.view, self.arrays = case, sights, frame, view, arrays
        self.sight = sights[frame]
        self.size = case.lens.pixels[::-1]
        self.seen, sure = self.sight.meet_surely(self.sight.centres)
        self.sure = sure.reshape(self.size)
        self.hit = self.seen.body >= 0

    def rows(self, points: TrackPoints, start: tuple[NDArray, NDArray, NDArray]) -> Iterator[Residual]:
        yield from self._camera()
        yield from self._maps()
        for name, other in (("flow", self.frame + 1), ("flow_backward", self.frame - 1)):
            if name in self.arrays:
                yield from self.flow(name, other, self.arrays[name], self.arrays[f"{name}_state"])
        yield from self._tracks(points, *start)
        yield from self._amodal()
        yield from self._boxes()
        yield from relation_rows(self)
        yield from dense_rows(self, self.solid_boxes)
        yield from border_rows(self)

    def row(self, annotation: str, unit: str, residuals: NDArray, tolerance: ArrayLike) -> Residual:
        """The residual that is largest for its tolerance; tolerances may be one or as many as residuals."""
        residuals = np.abs(np.asarray(residuals, float)).ravel()
        residuals[np.isnan(residuals)] = np.inf
        if not residuals.size:
            return Residual(self.case.name, annotation, unit, 0.0, float(np.max(tolerance, initial=0.0)), 0)
        tolerances = np.broadcast_to(np.ravel(tolerance), residuals.shape)
        worst = (residuals / tolerances).argmax()
        return Residual(
            self.case.name, annotation, unit, float(residuals[worst]), float(tolerances[worst]), residuals.size
        )

    def count(self, annotation: str, same: NDArray[np.bool_]) -> Residual:
        same = np.asarray(same)
        return Residual(self.case.name, annotation, "wrong", float((~same).sum()), 0.0, same.size)

    @property
    def length(self) -> float:
        """Metres that float32 may lose on the lengths of this case."""
        return 8 * ULP * self.case.reach

    def pixels_lost(self, xy: NDArray[np.float64], depth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels (N, 2) that those metres are at image points (N, 2) and depths (N,), and the points' last digits."""
        K = self.case.lens.K
        tangent = (xy - K[:2, 2]) / K[[0, 1], [0, 1]]
        lost = K[[0, 1], [0, 1]] * (self.length / depth * np.sqrt(1 + (tangent**2).sum(1)))[:, None]
        return lost + 2 * ULP * (np.abs(xy) + max(self.case.lens.pixels))

    def _camera(self) -> Iterator[Residual]:
        camera = self.view.camera
        yield self.row("K", "pixels", camera.K - self.case.lens.K, 4 * ULP * self.case.lens.K.max())
        off = camera.world_from_camera - self.case.cameras[self.frame]
        yield self.row("camera axes", "none", off[:3, :3], 8 * ULP)
        yield self.row("camera position", "metres", off[:3, 3], 2 * ULP * max(self.case.origin, 1.0))
        surface = self.view.surface
        for part in {body.part for body in self.case.bodies if body.rigid and body.shown[self.frame]}:
            mine = [body for body in self.case.bodies if body.part == part and body.shown[self.frame]]
            copies = surface.world_from_copy[surface.copy_part == part]
            apart = np.abs(copies[:, None] - [body.poses[self.frame] for body in mine]).max((2, 3))
            scale = max(1.0, *(np.abs(body.poses[self.frame]).max() for body in mine))
            worst = max(apart.min(0).max(initial=0), apart.min(1).max(initial=0)) if len(copies) else np.inf
            yield self.row("pose", "metres", np.full(len(mine), worst), 8 * ULP * scale)

    def _maps(self) -> Iterator[Residual]:
        arrays, sure, meeting = self.arrays, self.sure, self.seen
        depth, expected = arrays["depth"], meeting.t.reshape(self.size)
        both = sure & np.isfinite(expected) & np.isfinite(depth)
        yield self.count("seen", np.isfinite(depth[sure]) == np.isfinite(expected[sure]))
        steep = self.steepness
        yield self.row("depth", "metres", (depth - np.where(both, expected, 0))[both] / steep[both], self.length)
        normal = (meeting.normal @ self.case.cameras[self.frame][:3, :3]).reshape(*self.size, 3)
        yield self.row("normal", "none", (arrays["normal"] - normal)[sure], 16 * ULP)
        for name, ids in self.ids.items():
            yield self.count(name, (arrays[name] == ids)[sure])
        if self.case.smooth is not None:
            yield self._smooth(depth)

    @cached_property
    def steepness(self) -> NDArray[np.float64]:
        """(H, W) how many times a shift of a surface shows in the depth along a ray: 1 / cos of incidence."""
        rays = self.sight.rays(self.sight.centres)
        rays /= np.linalg.norm(rays, axis=1, keepdims=True)
        cosine = np.abs((rays * self.seen.normal).sum(1))
        return (1 / np.where(self.hit, cosine, 1)).reshape(self.size)

    def _smooth(self, depth: NDArray[np.float32]) -> Residual:
        """Depth of facets against the smooth surface, in shares of what the sagitta allows."""
        rays = self.sight.rays(self.sight.centres).reshape(*self.size, 3)
        smooth, bound = self.case.smooth(rays)
        inside = np.isfinite(smooth) & np.isfinite(bound) & np.isfinite(depth)
        share = (depth - smooth)[inside] / (bound + self.length)[inside]
        below = np.where(share < 0, (smooth - depth)[inside] / self.length, share)
        return self.row("depth, smooth", "sagittas", below, 1.0)

    @cached_property
    def ids(self) -> dict[str, NDArray[np.int64]]:
        part = np.append([body.part + 1 for body in self.case.bodies], 0)[self.seen.body].reshape(self.size)
        instance = np.append([body.instance for body in self.case.bodies], 0)[self.seen.body].reshape(self.size)
        return {"instance": instance, "semantic": np.where(instance > 0, instance + 10, 0), "part": part}

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """(H * W, 3) what each pixel sees, world, metres; the eye where it sees nothing."""
        rays, eye = self.sight.rays(self.sight.centres), self.case.cameras[self.frame][:3, 3]
        return eye + np.where(self.hit, self.seen.t, 0)[:, None] * rays

    def flow(self, name: str, other: int, flow: NDArray, states: NDArray) -> Iterator[Residual]:
        sight = self.sights[other]
        valid, points = self.carried(self.seen.body, self.points, self.frame, other)
        xy, depth, inside, blocker, sure = sight.sight_of(points)
        state = np.where(inside, np.where(blocker >= 0, 2, 1), 3)
        state[~valid | (depth <= max(self.case.lens.clip[0], 0))] = 0
        sure = (sure | ~valid) & self.sure.reshape(-1)
        found = states.reshape(-1)
        yield self.count(f"{name}_state", (found == state)[sure])
        expected = np.where(state[:, None] > 0, xy - self.sight.centres, 0)
        good = sure & (state > 0)
        off = flow.reshape(-1, 2) - expected
        yield self.row(name, "pixels", off[good], self.pixels_lost(xy[good], depth[good]))
        none = sure & (state == 0)
        if none.any():
            yield self.count(f"{name}, invalid", (flow.reshape(-1, 2)[none] == 0).all(1))

    def carried(
        self, body: NDArray[np.int64], points: NDArray[np.float64], start: int, end: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Which points (N, 3) on bodies (N,) can be followed to another frame, and where they are there."""
        valid, result = np.zeros(len(points), bool), points.copy()
        for number, item in enumerate(self.case.bodies):
            mine = body == number
            if mine.any() and follows(item, start, end):
                valid[mine], result[mine] = True, carried(item, points[mine], start, end)
        return valid, result

    def _tracks(
        self, points: TrackPoints, body: NDArray[np.int64], off: NDArray[np.float64], start: NDArray[np.float64]
    ) -> Iterator[Residual]:
        if self.frame == 0:
            yield self.row("tracks on surface", "metres", off, self.length)
        there, world = self.carried(body, start, 0, self.frame)
        xy, depth, inside, blocker, sure = self.sight.sight_of(world)
        instance = np.append([item.instance for item in self.case.bodies], 0)
        by, own = instance[blocker], instance[body]
        same = np.where(own > 0, by == own, blocker == body)
        state = np.where(blocker < 0, 1, np.where(same, 3, 2))
        state = np.where(inside, state, 4)
        state[depth <= max(self.case.lens.clip[0], 0)] = 5
        state[~there] = 0
        sure |= ~there
        arrays = self.arrays
        yield self.count("tracks/state", (arrays["tracks/state"] == state)[sure])
        by = np.where((state == 2) | (state == 3), by, 0)
        yield self.count("tracks/occluder", (arrays["tracks/occluder"] == by)[sure])
        yield self.count("tracks absent", np.isnan(arrays["tracks/xyz"]).any(1) == ~there)
        if there.any():
            tolerance = self.length + ULP * self.case.origin
            yield self.row("tracks/xyz", "metres", (arrays["tracks/xyz"] - world)[there], tolerance)
            yield self.row("tracks/depth", "metres", (arrays["tracks/depth"] - depth)[there], self.length)
        near = there & (depth > self.case.lens.clip[0])
        if near.any():
            tolerance = self.pixels_lost(xy[near], depth[near])
            yield self.row("tracks/xy", "pixels", (arrays["tracks/xy"] - xy)[near], tolerance)

    @cached_property
    def masks(self) -> dict[int, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        """The whole mask of each instance id, and the pixels of it that are sure, both (H, W) bool."""
        result = {}
        for number in range(1, len(self.case.labels.instance_name) + 1):
            meeting, sure = self.sight.meet_surely(self.sight.centres, number)
            result[number] = (meeting.body >= 0).reshape(self.size), sure.reshape(self.size)
        return result

    def doubt(self, number: int) -> int:
        """How many pixels of an instance's whole mask lie on an edge, of itself or of what hides it."""
        mask, sure = self.masks[number]
        return int((~sure).sum() + (~self.sure & mask).sum())

    def _amodal(self) -> Iterator[Residual]:
        arrays, instance, masks = self.arrays, self.ids["instance"], self.masks
        listed = arrays["amodal/instance"].tolist()
        expected = [number for number, (mask, sure) in masks.items() if mask[sure].any()]
        yield self.count("amodal/instance", np.array([set(expected) <= set(listed)]))
        for row, number in enumerate(listed):
            mask, sure = masks[number]
            found = self._unpacked(row)
            yield self.count("amodal/bits", (found == mask)[sure])
            visible = instance == number
            if not self.doubt(number):
                share = 1 - visible.sum() / max(mask.sum(), 1)
                yield self.row("amodal/occluded", "share", arrays["amodal/occluded"][row] - share, ULP)

    def _unpacked(self, row: int) -> NDArray[np.bool_]:
        x0, y0, x1, y1 = self.arrays["amodal/box"][row]
        first, last = self.arrays["amodal/start"][row : row + 2]
        bits = np.unpackbits(self.arrays["amodal/bits"][first:last], count=(y1 - y0) * (x1 - x0))
        image = np.zeros(self.size, bool)
        image[y0:y1, x0:x1] = bits.reshape(y1 - y0, x1 - x0)
        return image

    def _boxes(self) -> Iterator[Residual]:
        arrays, instance = self.arrays, self.ids["instance"]
        listed = arrays["boxes/instance"].tolist()
        seen = np.unique(instance[self.sure])
        yield self.count("boxes/instance", np.array([set(seen[seen > 0].tolist()) <= set(listed)]))
        for row, number in enumerate(listed):
            visible = instance == number
            if not (~self.sure & (visible | (arrays["instance"] == number))).any():
                yield self.count("boxes/visible_box", arrays["boxes/visible_box"][row] == _span(visible))
                yield self.count("boxes/visible_pixels", arrays["boxes/visible_pixels"][row] == visible.sum())
            mine = [body for body in self.case.bodies if body.instance == number and body.shown[self.frame]]
            yield from self._image_box(row, mine)
            yield from self._solid_box(row, number)

    def _image_box(self, row: int, mine: list[Body]) -> Iterator[Residual]:
        near = max(self.case.lens.clip[0], 1e-3)
        points = np.concatenate([self._in_front(body, near) for body in mine])
        xy, depth = self.sight.project(points)
        box, size = np.concatenate([xy.min(0), xy.max(0)]), np.tile(self.case.lens.pixels, 2)
        lost = self.pixels_lost(xy, depth)
        column = np.arange(2)
        tolerance = np.concatenate([lost[xy.argmin(0), column], lost[xy.argmax(0), column]])
        yield self.row("boxes/amodal_box", "pixels", self.arrays["boxes/amodal_box"][row] - box, tolerance)
        inside, whole = box.clip(0, size), np.prod(box[2:] - box[:2])
        share = 1 - np.prod(inside[2:] - inside[:2]) / whole
        yield self.row("boxes/truncation", "share", self.arrays["boxes/truncation"][row] - share, 1e-5)
        number = self.arrays["boxes/instance"][row]
        yield self.row("visibility/truncation", "share", self.arrays["visibility/truncation"][number - 1] - share, 1e-5)

    def _in_front(self, body: Body, near: float) -> NDArray[np.float64]:
        """Corners of a body beyond the near limit, and where its edges cross it: world (N, 3)."""
        points = _corners(body, self.frame)
        depth = self.sight.project(points)[1]
        a, b = body.solid.edges.T
        cut = (depth[a] >= near) != (depth[b] >= near)
        a, b = a[cut], b[cut]
        share = ((near - depth[a]) / (depth[b] - depth[a]))[:, None]
        return np.concatenate([points[depth >= near], points[a] + share * (points[b] - points[a])])

    @cached_property
    def solid_boxes(self) -> dict[int, Box]:
        """The box in space of each instance id that is there, by the pose of its first body."""
        result = {}
        for number in range(1, len(self.case.labels.instance_name) + 1):
            mine = [body for body in self.case.bodies if body.instance == number and body.shown[self.frame]]
            if mine:
                pose = rigid_pose(mine[0].poses[self.frame])
                corners = np.concatenate([_corners(body, self.frame) for body in mine])
                local = (corners - pose[:3, 3]) @ pose[:3, :3]
                low, high = local.min(0), local.max(0)
                result[number] = pose[:3, :3] @ ((low + high) / 2) + pose[:3, 3], high - low, pose[:3, :3]
        return result

    def _solid_box(self, row: int, number: int) -> Iterator[Residual]:
        center, extent, rotation = self.solid_boxes[number]
        arrays = self.arrays
        found = arrays["boxes/rotation"][row]
        if self.case.upright:  # any of the box's two headings, x along its longer side
            turn = np.eye(3) if extent[0] >= extent[1] else np.array([[0, 1.0, 0], [-1, 0, 0], [0, 0, 1]])
            rotation, extent = rotation @ turn, np.abs(extent @ turn)
            rotation = rotation * np.where(rotation[:, 0] @ found[:, 0] < 0, (-1, -1, 1), (1, 1, 1))
        far = self.length + 2 * ULP * self.case.origin
        yield self.row("boxes/center", "metres", arrays["boxes/center"][row] - center, far)
        yield self.row("boxes/extent", "metres", arrays["boxes/extent"][row] - extent, self.length)
        yield self.row("boxes/rotation", "none", found - rotation, 16 * ULP)


def _corners(body: Body, frame: int) -> NDArray[np.float64]:
    pose = body.poses[frame]
    return body.solid.vertices @ pose[:3, :3].T + pose[:3, 3]


def _span(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """x0, y0, x1, y1 of a mask, ends exclusive; zeros if empty."""
    if not mask.any():
        return np.zeros(4, int)
    y, x = np.nonzero(mask)
    return np.array([x.min(), y.min(), x.max() + 1, y.max() + 1])
