"""The pieces of a mesh are told apart by what their faces connect."""

from __future__ import annotations

import bpy
import numpy as np

from buildee.blender.materials.islands import EXTENT, MIDDLE, island_labels, mark_islands


def test_labels_of_two_strips_and_a_loose_vertex():
    # Two strips of quads that run against the order of their vertices, and vertex 8 without a face.
    corners = np.array([5, 4, 6, 7, 3, 2, 1, 0], np.int32)
    labels = island_labels(9, corners, np.array([0, 4], np.int32))
    assert labels.tolist() == [0, 0, 0, 0, 4, 4, 4, 4, 8]


def test_labels_of_a_long_shuffled_chain_are_one():
    order = np.random.default_rng(3).permutation(2000)
    corners = np.stack([order[:-2], order[1:-1], order[2:]], -1).astype(np.int32)
    labels = island_labels(2000, corners.ravel(), np.arange(0, corners.size, 3, dtype=np.int32))
    assert (labels == 0).all()


def test_marks_hold_the_box_of_each_piece():
    mesh = bpy.data.meshes.new("two boards")
    square = np.array([(0, 0, 0), (2, 0, 0), (2, 1, 0), (0, 1, 0)], float)
    mesh.from_pydata([*square, *(square + 5)], [], [(0, 1, 2, 3), (4, 5, 6, 7)])
    mark_islands(mesh)
    mark_islands(mesh)
    middle = np.array([item.vector[:] for item in mesh.attributes[MIDDLE].data])
    extent = np.array([item.vector[:] for item in mesh.attributes[EXTENT].data])
    np.testing.assert_allclose(middle[:4], [(1, 0.5, 0)] * 4)
    np.testing.assert_allclose(middle[4:], [(6, 5.5, 5)] * 4)
    np.testing.assert_allclose(extent, [(2, 1, 0)] * 8)
