"""What a camera sees of convex solids, in float64 formulas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.solids import Solid

ULP = 2.0**-23
"""Relative distance of neighbouring float32 numbers."""
_AROUND = np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)])
_TOUCHING = 8 * ULP
"""Relative to the distance: a plane this close to a point does not count as hiding it, as the documentation says."""
_SAME = 1e-9
"""Relative depth within which a ray has reached the point that it was aimed at."""


@dataclass(frozen=True, eq=False)
class Body:
    """A solid that moves as an affine map of its own frame.

    Attributes:
        solid: its shape.
        poses: (T, 4, 4) world_from_body by frame, any affine map.
        part: row of the label table, -1 unlabelled. Several bodies may share one.
        instance: instance id, 0 unlabelled.
        shown: (T,) whether it is there.
        mesh: (T,) which triangles it has: flow and tracks end where that changes.
        rigid: whether Blender moves it as an object, so that the object's pose is the body's.
    """

    solid: Solid
    poses: NDArray[np.float64]
    part: int
    instance: int
    shown: NDArray[np.bool_]
    mesh: NDArray[np.int64]
    rigid: bool = True


@dataclass(frozen=True)
class Lens:
    """A pinhole camera in Blender's terms; lengths of lens and sensor in millimetres."""

    size: tuple[int, int] = (96, 72)
    focal: float = 35.0
    sensor: tuple[float, float] = (36.0, 24.0)
    fit: str = "AUTO"
    shift: tuple[float, float] = (0.0, 0.0)
    aspect: tuple[float, float] = (1.0, 1.0)
    percentage: int = 100
    clip: tuple[float, float] = (0.1, 1000.0)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return self.size[0] * self.percentage // 100, self.size[1] * self.percentage // 100

    @property
    def edge(self) -> float:
        """Pixels: one whose answer changes this close to its centre lies on an edge, and is not compared."""
        return 1e-4 + 4 * ULP * float(self.K[[0, 1], [0, 1]].max())

    @property
    def K(self) -> NDArray[np.float64]:  # noqa: N802
        """(3, 3), pixels.

        The sensor spans the side that the fit names (AUTO: the longer one, after pixel aspect, and then its width
        counts for either side); shifts are shares of that side.
        """
        width, height = self.pixels
        across, down = width * self.aspect[0], height * self.aspect[1]
        wide = self.fit == "HORIZONTAL" or (self.fit == "AUTO" and across >= down)
        sensor = self.sensor[1] if self.fit == "VERTICAL" else self.sensor[0]
        span = across if wide else down
        focal, shift = self.focal / sensor * span, np.array(self.shift) * span
        fx, fy = focal / self.aspect[0], focal / self.aspect[1]
        cx, cy = width / 2 - shift[0] / self.aspect[0], height / 2 + shift[1] / self.aspect[1]
        return np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1]])


@dataclass(frozen=True, eq=False)
class Meeting:
    """Where N rays first meet bodies: planar depth t (inf nowhere), body and face (-1 nowhere), world normal (N, 3)."""

    t: NDArray[np.float64]
    body: NDArray[np.int64]
    face: NDArray[np.int64]
    normal: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sight:
    """Bodies and a camera in one frame."""

    bodies: tuple[Body, ...]
    frame: int
    lens: Lens
    world_from_camera: NDArray[np.float64]

    @property
    def centres(self) -> NDArray[np.float64]:
        """(H W, 2) all pixel centres, row by row."""
        width, height = self.lens.pixels
        y, x = np.mgrid[:height, :width] + 0.5
        return np.stack([x, y], -1).reshape(-1, 2)

    def rays(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """World directions (N, 3) through pixels (N, 2), of planar depth 1."""
        K = self.lens.K
        local = np.column_stack([(pixels - K[:2, 2]) / K[[0, 1], [0, 1]], np.ones(len(pixels))])
        return local @ self.world_from_camera[:3, :3].T

    def project(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pixels (N, 2), not a number behind, and planar depths (N,) of world points (N, 3)."""
        x, y, z = (self.world_from_camera[:3, :3].T @ (points - self.world_from_camera[:3, 3]).T).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            front = np.where(z > 0, z, np.nan)
            xy = np.stack([x / front, y / front], -1) * self.lens.K[[0, 1], [0, 1]] + self.lens.K[:2, 2]
        return xy, z

    def meet(self, pixels: NDArray[np.float64], only: int | None = None) -> Meeting:
        """What rays through pixels (N, 2) meet first between the clip limits; `only` one instance if it is given."""
        rays, eye = self.rays(pixels), self.world_from_camera[:3, 3]
        near, far = self.lens.clip
        best = Meeting(
            np.full(len(rays), np.inf), np.full(len(rays), -1), np.full(len(rays), -1), np.zeros((len(rays), 3))
        )
        for number, body in enumerate(self.bodies):
            if not body.shown[self.frame] or only not in (None, body.instance):
                continue
            pose = body.poses[self.frame]
            body_from_world = np.linalg.inv(pose[:3, :3])
            start, way = body_from_world @ (eye - pose[:3, 3]), rays @ body_from_world.T
            t, face = _crossing(body.solid.planes, start, way, near)
            closer = (t < best.t) & (t <= far)
            best.t[closer], best.body[closer], best.face[closer] = t[closer], number, face[closer]
            normal = body.solid.planes[face[closer], :3] @ body_from_world
            normal *= -np.sign((normal * rays[closer]).sum(1, keepdims=True))
            best.normal[closer] = normal / np.linalg.norm(normal, axis=1, keepdims=True)
        return best

    def meet_surely(self, pixels: NDArray[np.float64], only: int | None = None) -> tuple[Meeting, NDArray[np.bool_]]:
        """As `meet`, and whether each answer is the same a hair around: (N,) bool."""
        answers = [self.meet(pixels + self.lens.edge * offset, only) for offset in _AROUND]
        first = answers[0]
        sure = np.all([(other.body == first.body) & (other.face == first.face) for other in answers[1:]], axis=0)
        return first, sure

    def sight_of(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64], NDArray[np.bool_]]:
        """What becomes of world points (N, 3) that lie on bodies.

        Returns:
            Pixels (N, 2), depths (N,), whether each lies inside the image and before the far limit, the body that hides
            it (-1 none), and whether the answers are the same a hair around.
        """
        xy, depth = self.project(points)
        size, (near, far), edge = np.array(self.lens.pixels), self.lens.clip, self.lens.edge
        with np.errstate(invalid="ignore"):
            inside = ((xy >= 0) & (xy < size)).all(1) & (depth <= far)
            sure = (np.abs(xy) > edge).all(1) & (np.abs(xy - size) > edge).all(1)
        sure &= (np.abs(depth - near) > 1e-6 * near) & (np.abs(depth - far) > 1e-6 * far)
        first, alike = self.meet_surely(np.nan_to_num(xy))
        blocker = np.where(first.t < depth * (1 - _SAME), first.body, -1)
        way = points - self.world_from_camera[:3, 3]
        with np.errstate(divide="ignore", invalid="ignore"):
            off = np.abs((first.normal * way).sum(1) * (1 - first.t / depth))
        alike &= (blocker < 0) | (off > _TOUCHING * np.linalg.norm(way, axis=1))
        return xy, depth, inside, blocker, (sure | (depth <= 0)) & (alike | ~inside)


def _crossing(
    planes: NDArray[np.float64], start: NDArray[np.float64], way: NDArray[np.float64], near: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Where rays cross the surface of a convex solid first from `near` on: t (N,), inf if never, and face (N,).

    A ray is inside from the last plane that it enters by to the first that it leaves by.
    """
    slope, rest = way @ planes[:, :3].T, planes[:, 3] - planes[:, :3] @ start
    with np.errstate(divide="ignore", invalid="ignore"):
        t = rest / slope
    enter = np.where(slope < 0, t, -np.inf)
    leave = np.where(slope > 0, t, np.inf)
    outside = ((slope == 0) & (rest < 0)).any(1)
    into, out = enter.argmax(1), leave.argmin(1)
    row = np.arange(len(way))
    first, last = enter[row, into], leave[row, out]
    through = (first <= last) & ~outside
    begins = through & (first >= near)
    ends = through & ~begins & (last >= near)
    return np.where(begins, first, np.where(ends, last, np.inf)), np.where(begins, into, out)


def carried(body: Body, points: NDArray[np.float64], start: int, end: int) -> NDArray[np.float64]:
    """World points (N, 3) on a body, moved with it from one frame to another."""
    before, after = body.poses[start], body.poses[end]
    local = np.linalg.solve(before[:3, :3], (points - before[:3, 3]).T)
    return (after[:3, :3] @ local).T + after[:3, 3]


def follows(body: Body, start: int, end: int) -> bool:
    """Whether points of a body at one frame can be found again at another."""
    return bool(body.shown[start] and body.shown[end] and body.mesh[start] == body.mesh[end])


def nearest_face(
    body: Body, points: NDArray[np.float64], frame: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distances (N,) of world points (N, 3) from a body's surface, in its own frame, and the points moved onto it."""
    pose = body.poses[frame]
    local = np.linalg.solve(pose[:3, :3], (points - pose[:3, 3]).T).T
    height = local @ body.solid.planes[:, :3].T - body.solid.planes[:, 3]
    face = height.argmax(1)
    off = height[np.arange(len(local)), face]
    onto = local - off[:, None] * body.solid.planes[face, :3]
    return off, onto @ pose[:3, :3].T + pose[:3, 3]
