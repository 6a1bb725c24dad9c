"""Small surfaces and cameras with known geometry, for the tests of ground truth."""

import numpy as np

from buildee.truth.surface import Camera, LabelTable, Surface, TriangleMesh


def mesh_of(vertices, triangles):
    triangles = np.array(triangles, np.int32)
    return TriangleMesh(np.array(vertices, np.float32), triangles, np.zeros(len(triangles), np.int32))


def quad(size):
    """A square in the xy plane around the origin."""
    h = size / 2
    return mesh_of([(-h, -h, 0), (h, -h, 0), (h, h, 0), (-h, h, 0)], [(0, 1, 2), (0, 2, 3)])


def box(x, y, z):
    """A box around the origin whose sides share vertices."""
    corners = (np.indices((2, 2, 2)).reshape(3, 8).T - 0.5) * (x, y, z)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return mesh_of(corners, [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))])


def sphere(radius, steps):
    """A globe around the origin of `steps` meridians."""
    around, down = np.meshgrid(np.arange(steps) * 2 * np.pi / steps, np.linspace(0, np.pi, steps // 2 + 1))
    points = np.stack([np.sin(down) * np.cos(around), np.sin(down) * np.sin(around), np.cos(down)], -1)
    row, column = np.meshgrid(np.arange(steps // 2), np.arange(steps), indexing="ij")
    a, b = row * steps + column, row * steps + (column + 1) % steps
    triangles = np.concatenate([np.stack([a, a + steps, b], -1), np.stack([b, a + steps, b + steps], -1)])
    return mesh_of(radius * points.reshape(-1, 3), triangles.reshape(-1, 3))


def turn(axis, angle):
    """A pose (4, 4) that turns about an axis through the origin."""
    x, y, z = np.array(axis, float) / np.linalg.norm(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    pose = np.eye(4)
    pose[:3, :3] += np.sin(angle) * k + (1 - np.cos(angle)) * k @ k
    return pose


def at(x, y, z):
    """A pose (4, 4) that moves."""
    pose = np.eye(4)
    pose[:3, 3] = x, y, z
    return pose


def surface_of(*copies, parts=None, keys=None):
    """A surface of (mesh, pose) pairs; part i belongs to copy i unless told."""
    count = len(copies)
    distinct = list({id(mesh): mesh for mesh, _ in copies}.values())
    number = [next(i for i, known in enumerate(distinct) if known is mesh) for mesh, _ in copies]
    return Surface(
        tuple(distinct),
        np.array(number, np.int32),
        np.arange(count, dtype=np.int32) if parts is None else np.array(parts, np.int32),
        np.array([pose for _, pose in copies], np.float64).reshape(-1, 4, 4),
        np.arange(count, dtype=np.int64) * 7 + 3 if keys is None else np.array(keys, np.int64),
    )


def labels_for(part_instance, categories=None, countable=None):
    """A label table: the instance of each part, the category of each instance."""
    count = max(part_instance)
    categories = [1] * count if categories is None else categories
    return LabelTable(
        tuple(f"part {i}" for i in range(len(part_instance))),
        np.array(part_instance, np.int32),
        tuple(f"thing {i}" for i in range(count)),
        np.array(categories, np.int32),
        {category: f"kind {category}" for category in categories},
        np.ones(count, bool) if countable is None else np.array(countable, bool),
    )


def camera(position=(0, 0, 0), size=64, focal=None, clip=(0.0, np.inf), pose=None):
    """A square camera that looks along world z, x right, y down."""
    focal = size if focal is None else focal
    K = np.array([[focal, 0, size / 2], [0, focal, size / 2], [0, 0, 1.0]])
    return Camera(K, at(*position) if pose is None else pose, size, size, clip)
