"""What buckets carry: a clump of soil that rides while the bucket is full, falls when it tips, and is gone after."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.kinematics import part_poses
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import loft

# Inner lines (x, z) of the baked buckets, edge to lip, in the bucket part's frame, metres; then half their width.
EXCAVATOR_BUCKET = (
    ((1.28, 0.04), (1.17, 0.30), (0.98, 0.54), (0.72, 0.68), (0.45, 0.66), (0.26, 0.50), (0.17, 0.28), (0.21, 0.03)),
    0.49,
)
LOADER_BUCKET = (
    ((1.34, -0.375), (0.62, -0.36), (0.40, -0.28), (0.27, -0.10), (0.24, 0.14), (0.28, 0.45), (0.42, 0.70)),
    1.39,
)

FALL = 0.8
"""Seconds from the lip of the bucket to the heap below."""

BURIED = 9.0
"""How far below the ground a clump waits while its bucket is empty, metres: nothing sees it there."""


def clump(bucket: tuple[ArrayLike, float], crown: float, rng: np.random.Generator) -> Mesh:
    """Returns a heaped bucketful: filled to the bucket's inner line, crowned over its mouth, lumpy on top.

    Args:
        bucket: inner line and half width, as above.
        crown: how high the middle stands over the mouth, metres.
        rng: of the lumps.
    """
    line, half = np.asarray(bucket[0], np.float64), bucket[1]
    edge, lip = line[0], line[-1]
    out = np.array([-(edge - lip)[1], (edge - lip)[0]])
    out *= np.sign(out @ (lip - line.mean(0))) / np.linalg.norm(out)
    across = np.linspace(-1.0, 1.0, 15)
    share = np.linspace(0, 1, 13)[1:-1]
    rings = []
    for side in across:
        rise = crown * (1 - abs(side) ** 2.5) * np.sin(np.pi * share) ** 0.8
        rise += rng.normal(0, 0.09 * crown, len(share)) * (abs(side) < 0.99)
        top = lip + share[:, None] * (edge - lip) + rise[:, None] * out
        ring = np.concatenate([line, top])
        rings.append(np.column_stack([ring[:, 0], np.full(len(ring), side * half), ring[:, 1]]))
    mesh = loft(np.array(rings), smooth=True)
    x, z = rings[0][:, 0], rings[0][:, 2]
    return mesh.flipped() if (x * np.roll(z, -1) - z * np.roll(x, -1)).sum() > 0 else mesh


def carried(
    machine: Instance,
    bucket: tuple[ArrayLike, float],
    crown: float,
    phase: NDArray[np.float64],
    full: tuple[float, float],
    material: Material,
    rng: np.random.Generator,
) -> Assembly:
    """Returns the clump in a machine's bucket.

    Args:
        machine: with a part "bucket", moving through its cycle.
        bucket, crown: as in `clump`.
        phase: (T,) seconds since the cycle's start.
        full: the moments within the cycle between which the bucket carries.
        material: of the soil.
        rng: of the lumps.
    """
    names = [part.name for part in machine.parts]
    poses = np.array(part_poses(machine)[:, names.index("bucket")])
    poses = np.array(np.broadcast_to(poses, (len(phase), 4, 4)))
    since = phase - full[1]
    falling = (since >= 0) & (since < FALL)
    poses[falling, 2, 3] -= 4.9 * since[falling] ** 2
    poses[(phase < full[0]) | (since >= FALL), 2, 3] -= BURIED
    key = f"spoil/{machine.name}"
    part = Part("body", key, (material,))
    return Assembly({key: clump(bucket, crown, rng)}, (Instance(f"{machine.name}.spoil", "stockpile", (part,), poses),))
