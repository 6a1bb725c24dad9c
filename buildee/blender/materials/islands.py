"""Marks the pieces that a mesh is made of, so that materials know where boards and plates have their edges.

Models merge many solids into one mesh: the boards of a pallet, the plates of a bucket. Grain follows the longest
side of each board and chips sit at the edges of each plate, not of the whole; so every vertex carries the box of
the connected piece that it belongs to.
"""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

MIDDLE = "buildee_middle"
"""Point attribute: the middle of the piece's bounding box, metres, object axes."""

EXTENT = "buildee_extent"
"""Point attribute: the sides of the piece's bounding box, metres; absent where nobody marked the mesh."""


def mark_islands(mesh: bpy.types.Mesh) -> None:
    """Writes `MIDDLE` and `EXTENT` on every vertex of a mesh; meshes without vertices stay as they are."""
    count = len(mesh.vertices)
    if not count:
        return
    vertices = np.empty(count * 3, np.float32)
    corners = np.empty(len(mesh.loops), np.int32)
    starts = np.empty(len(mesh.polygons), np.int32)
    mesh.vertices.foreach_get("co", vertices)
    mesh.loops.foreach_get("vertex_index", corners)
    mesh.polygons.foreach_get("loop_start", starts)
    middle, extent = island_boxes(vertices.reshape(-1, 3), corners, starts)
    for name, values in ((MIDDLE, middle), (EXTENT, extent)):
        attribute = mesh.attributes.get(name) or mesh.attributes.new(name, "FLOAT_VECTOR", "POINT")
        attribute.data.foreach_set("vector", values.astype(np.float32).ravel())


def island_boxes(
    vertices: NDArray[np.float32], corners: NDArray[np.int32], starts: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Returns the bounding box of the connected piece that each vertex belongs to.

    Args:
        vertices: (V, 3) metres.
        corners: (L,) vertex of every face corner, face after face.
        starts: (F,) first corner of each face.

    Returns:
        (V, 3) middles and (V, 3) full sides, metres.
    """
    island = island_labels(len(vertices), corners, starts)
    _, index = np.unique(island, return_inverse=True)
    low = np.full((index.max() + 1, 3), np.inf, np.float32)
    high = -low
    np.minimum.at(low, index, vertices)
    np.maximum.at(high, index, vertices)
    return ((low + high) / 2)[index], (high - low)[index]


def island_labels(count: int, corners: NDArray[np.int32], starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """Returns (count,) int64: the lowest vertex of the connected piece that each vertex belongs to.

    Every face hands its lowest label to its vertices and to those vertices' labels; following labels to their
    end after each round makes the number of rounds grow with the logarithm of the piece's size.
    """
    labels = np.arange(count, dtype=np.int64)
    if not len(corners):
        return labels
    sizes = np.diff(np.append(starts, len(corners)))
    while True:
        before = labels.copy()
        lowest = np.repeat(np.minimum.reduceat(labels[corners], starts), sizes)
        np.minimum.at(labels, before[corners], lowest)
        np.minimum.at(labels, corners, lowest)
        while (labels != labels[labels]).any():
            labels = labels[labels]
        if (labels == before).all():
            return labels
