"""Holds what is told visible or hidden against a float64 test of every triangle.

    python -m benchmarks.oracle

The scene is made to be hard: plates 2 mm thick, boxes standing on each other, spheres whose triangles share edges, a
wavy sheet, all turned and stretched. The oracle tests every point against every triangle and knows its own margin: how
far, in metres, a ray or a plane would have to move for its verdict to change. Where the margin is below the documented
tolerance, four float32 steps of the distances involved, either verdict is right.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibration import wavy_sheet
from benchmarks.measure import Promise, report
from buildee.truth.camera import image_points
from buildee.truth.embree import CasterPool, relative_poses
from buildee.truth.geometry import FLOAT32_ULP, corner_table
from buildee.truth.surface import Camera, LabelTable, Surface, TriangleMesh
from buildee.truth.tracks import TrackState, bind, observe

_POINTS, _CHUNK = 20_000, 250
_STEPS = 4.0
"""The documented tolerance, float32 steps."""


def promises(count: int = _POINTS) -> list[Promise]:
    """Compares the two on random points in the image."""
    surface, camera = _surface(), _camera()
    ids = np.arange(1, len(surface.copy_mesh) + 1, dtype=np.int32)
    names = tuple(f"copy {number}" for number in ids)
    labels = LabelTable(names, ids, names, np.ones_like(ids), {1: "thing"}, np.ones(len(ids), bool))
    poses = relative_poses(surface.world_from_copy, camera.world_from_camera)
    copy, triangle, weights, place = _points(surface, poses, camera, count)
    points = bind(surface, labels, copy, triangle, weights)
    with CasterPool() as pool, pool.caster(surface, camera.world_from_camera) as caster:
        state = observe(points, labels, caster, camera).state
    hidden = np.isin(state, (TrackState.OCCLUDED, TrackState.SELF_OCCLUDED))
    assert (hidden | (state == TrackState.VISIBLE)).all(), "a point lies outside the image"
    tolerance = _STEPS * FLOAT32_ULP * (np.linalg.norm(place, axis=1) + np.linalg.norm(poses[copy, :3, 3], axis=1))
    verdict, margin = _oracle(surface, poses, copy, triangle, place, tolerance)
    differ, close = hidden != verdict, margin < tolerance
    print(f"{count} points, {verdict.mean():.1%} hidden; the oracle's margin is below the tolerance for {close.sum()}")
    print(f"  disagreements below the tolerance: {(differ & close).sum()}, above: {(differ & ~close).sum()}")
    return [Promise("points that disagree with the float64 oracle for sure", int((differ & ~close).sum()), 0)]


def _points(
    surface: Surface, poses: NDArray[np.float64], camera: Camera, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Random places on random triangles that project into the image: copy, triangle, weights, and (N, 3) view axes.

    A tenth of them lies on an edge or within a micrometre of it.
    """
    rng = np.random.default_rng(5)
    sizes = np.array([len(mesh.triangles) for mesh in surface.meshes])[surface.copy_mesh]
    first = np.cumsum(sizes) - sizes
    row = rng.integers(0, sizes.sum(), 4 * count)
    copy = np.searchsorted(first, row, side="right") - 1
    triangle = row - first[copy]
    weights = rng.dirichlet((1, 1, 1), len(row))[:, 1:]
    weights[::20, 0] = 0
    weights[10::20, 0] *= 1e-6
    a, b, c = corner_table(surface).corners(copy, triangle)
    u, v = weights.T
    pose = poses[copy]
    place = np.einsum("nij,jn->ni", pose[:, :3, :3], a + u * (b - a) + v * (c - a)) + pose[:, :3, 3]
    pixels = image_points(camera, place)
    inside = ((pixels > 1) & (pixels < (camera.width - 1, camera.height - 1))).all(1) & (place[:, 2] > 0.1)
    chosen = np.flatnonzero(inside)[:count]
    assert len(chosen) == count, "too few points in the image"
    return copy[chosen], triangle[chosen], weights[chosen], place[chosen]


def _oracle(
    surface: Surface,
    poses: NDArray[np.float64],
    copy: NDArray[np.int64],
    triangle: NDArray[np.int64],
    place: NDArray[np.float64],
    tolerance: NDArray[np.float64],
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Returns (N,) whether points are hidden, and (N,) margins, metres."""
    corners, owner, number = [], [], []
    for index, mesh in enumerate(surface.copy_mesh):
        shape = surface.meshes[mesh]
        world = shape.vertices.astype(np.float64) @ poses[index, :3, :3].T + poses[index, :3, 3]
        corners.append(world[shape.triangles])
        owner.append(np.full(len(shape.triangles), index))
        number.append(np.arange(len(shape.triangles)))
    every = np.concatenate(corners).transpose(1, 2, 0)  # corner, axis, triangle
    owner, number = np.concatenate(owner), np.concatenate(number)
    print(f"{len(owner)} triangles in {len(poses)} copies")
    hidden, margin = np.empty(len(place), bool), np.empty(len(place))
    for start in range(0, len(place), _CHUNK):
        rows = np.s_[start : start + _CHUNK]
        own = (owner == copy[rows, None]) & (number == triangle[rows, None])
        hidden[rows], margin[rows] = _verdicts(every, place[rows], own, tolerance[rows, None])
    return hidden, margin


def _verdicts(
    corners: NDArray[np.float64], place: NDArray[np.float64], own: NDArray[np.bool_], tolerance: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Tests points (N, 3) against triangles (3, 3, F): does one cross the way from the origin to the point?

    For each pair: where the ray meets the plane, how far inside the triangle that is (negative outside), measured
    across the ray, and how far the point lies off the plane.
    """
    a, b, c = corners
    normal = np.cross(b - a, c - a, axis=0)
    length = np.linalg.norm(normal, axis=0)
    unit = normal / length
    height = (unit * a).sum(0)  # of the plane over the origin
    along = place @ unit  # (N, F)
    off = np.abs(along - height)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = height / along  # of the way to the point
        cosine = np.abs(along) / np.linalg.norm(place, axis=1)[:, None]
        inside = np.full_like(along, np.inf)
        for start, end in ((a, b), (b, c), (c, a)):
            inward = np.cross(unit, end - start, axis=0)
            inward /= np.linalg.norm(inward, axis=0)
            np.minimum(inside, share * (place @ inward) - (inward * start).sum(0), out=inside)
        inside = np.nan_to_num(inside * cosine, nan=-np.inf, posinf=-np.inf)
    between = (share > 0) & (share < 1)
    hides = between & (inside > 0) & (off > tolerance) & ~own
    sure_of_hiding = np.where(hides, np.minimum(inside, off), 0).max(1)
    out = np.where(between, 0, off)
    sure_of_not = np.where(own, np.inf, np.maximum(np.maximum(-inside, 0), out)).min(1)
    hidden = hides.any(1)
    return hidden, np.where(hidden, sure_of_hiding, sure_of_not)


def _surface() -> Surface:
    """Plates, stacked boxes, spheres and a sheet around (0, 0, 6)."""
    rng = np.random.default_rng(11)
    box = _box()
    sheet = wavy_sheet(16)
    ball = _ball(12)
    copies: list[tuple[int, NDArray[np.float64]]] = []
    for _ in range(20):
        copies.append((0, _pose(rng, (1.5, 1.0, 0.002))))
        copies.append((0, _pose(rng, (0.4, 0.6, 0.5))))
    for _ in range(5):
        foot = _pose(rng, (0.5, 0.5, 0.5))
        top = foot.copy()
        top[:3, 3] += foot[:3, 2]  # faces touch
        copies += [(0, foot), (0, top)]
    copies += [(1, _pose(rng, rng.uniform(0.2, 0.7, 3) * (-1, 1, 1))) for _ in range(8)]
    copies.append((2, _pose(rng, (5, 5, 5), (0, 0, 9))))
    zeros = np.zeros(len(copies), np.int32)
    return Surface(
        (box, ball, sheet),
        np.array([mesh for mesh, _ in copies], np.int32),
        zeros + np.arange(len(copies), dtype=np.int32),
        np.array([pose for _, pose in copies]),
        np.arange(len(copies), dtype=np.int64),
    )


def _pose(
    rng: np.random.Generator, scale: NDArray[np.float64] | tuple[float, ...], place: tuple[float, ...] | None = None
) -> NDArray[np.float64]:
    """A random turn, a stretch, and a place."""
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    pose = np.eye(4)
    pose[:3, :3] = turn * scale
    pose[:3, 3] = rng.uniform((-2.5, -2, 3), (2.5, 2, 9)) if place is None else place
    return pose


def _box() -> TriangleMesh:
    """A unit cube whose sides share vertices."""
    corners = (np.indices((2, 2, 2)).reshape(3, 8).T - 0.5).astype(np.float32)
    quads = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)], np.int32)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return TriangleMesh(corners, triangles, np.zeros(12, np.int32))


def _ball(steps: int) -> TriangleMesh:
    """A globe without its poles: a sheet wrapped around."""
    sheet = wavy_sheet(steps)
    angle, rise = np.pi * sheet.vertices[:, 0], 1.4 * sheet.vertices[:, 1]
    points = np.stack([np.cos(rise) * np.cos(angle), np.cos(rise) * np.sin(angle), np.sin(rise)], -1)
    return TriangleMesh(points.astype(np.float32), sheet.triangles, sheet.materials)


def _camera() -> Camera:
    """At the world's origin, where the scene lies before it."""
    return Camera(np.array([[500.0, 0, 320], [0, 500.0, 240], [0, 0, 1]]), np.eye(4), 640, 480)


def main() -> int:
    """Prints the comparison; the last line is the summary."""
    return report("oracle", promises())


if __name__ == "__main__":
    sys.exit(main())
