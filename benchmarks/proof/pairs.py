"""What leads from one frame to any other, and the point cloud: both follow surface points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.residual import Residual
from benchmarks.proof.world import ULP
from buildee.truth.annotate import PAIR_ANNOTATORS, Arrays

if TYPE_CHECKING:
    from benchmarks.proof.compare import Comparison
    from buildee.truth.frame import Frame, View


def pairs_of(about: Frame, views: list[View], frame: int) -> dict[int, tuple[Arrays, Arrays]]:
    """Returns flow and scene flow of a frame to every other frame of a case, by that frame's number."""
    flow, scene_flow = PAIR_ANNOTATORS["flow_pairs"], PAIR_ANNOTATORS["scene_flow"]
    return {
        other: (flow.compute(about, view), scene_flow.compute(about, view))
        for other, view in enumerate(views)
        if other != frame
    }


def pair_rows(found: Comparison, pairs: dict[int, tuple[Arrays, Arrays]]) -> Iterator[Residual]:
    """Compares flow and scene flow to every other frame."""
    for other, (flow, scene) in pairs.items():
        yield from found.flow("flow_pairs", other, flow["flow"], flow["state"])
        valid, moved = found.carried(found.seen.body, found.points, found.frame, other)
        state, away = scene["state"].reshape(-1), scene["scene_flow"].reshape(-1, 3)
        yield found.count("scene_flow_state", (state == flow["state"].reshape(-1)))
        sure = found.sure.reshape(-1) & valid & (state > 0)
        off = away[sure] - (moved - found.points)[sure]
        tolerance = 2 * found.length * found.steepness.reshape(-1)[sure] + 2 * ULP * found.case.origin
        yield found.row("scene_flow", "metres", off, np.repeat(tolerance, 3))
        if (state == 0).any():
            yield found.count("scene_flow, invalid", (away[state == 0] == 0).all(1))


def cloud_rows(
    found: Comparison,
    xyz: NDArray[np.float32],
    seen: NDArray[np.bool_],
    body: NDArray[np.int64],
    off: NDArray[np.float64],
    start: NDArray[np.float64],
) -> Iterator[Residual]:
    """Compares a point cloud.

    Args:
        found: the frame.
        xyz: (N, 3) its points in the first frame.
        seen: (N,) what the camera sees of it in this frame.
        body: (N,) the body that each point lies on, off: (N,) how far from it, start: (N, 3) where on it.
    """
    if found.frame == 0:
        tolerance = found.length + ULP * found.case.origin
        yield found.row("cloud on surface", "metres", off, tolerance)
        yield found.row("cloud/xyz", "metres", xyz - start, tolerance)
    there, world = found.carried(body, start, 0, found.frame)
    _, depth, inside, blocker, sure = found.sight.sight_of(world)
    visible = there & inside & (blocker < 0) & (depth > max(found.case.lens.clip[0], 0))
    sure |= ~there
    yield found.count("cloud/seen", (seen == visible)[sure])
