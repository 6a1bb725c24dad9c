"""Models larger or smaller than they are: everything about them grows alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Model, Part, Pose, Proxy, Shape


def resized(model: Model, factor: float) -> Model:
    """Returns a model `factor` times as large about the origin of its frame; textures keep their true size."""
    if factor == 1.0:
        return model
    names = {key: f"{key}@{factor:g}" for key in model.shapes}
    return Model(
        model.category,
        {names[key]: _shape(shape, factor) for key, shape in model.shapes.items()},
        tuple(_part(part, names[part.shape], factor) for part in model.parts),
        {name: farther(pose, factor) for name, pose in model.markers.items()},
        tuple(
            replace(item, position=tuple(factor * x for x in item.position), radius=factor * item.radius)
            for item in model.keypoints
        ),
    )


def farther(poses: Pose, factor: float) -> NDArray[np.float64]:
    """Returns (..., 4, 4) poses whose origins are `factor` times as far away."""
    moved = np.array(poses, np.float64)
    moved[..., :3, 3] *= factor
    return moved


def _shape(shape: Shape, factor: float) -> Shape:
    if isinstance(shape, Mesh):
        return replace(shape, vertices=shape.vertices * factor)
    return replace(shape, scale=shape.scale * factor)


def _part(part: Part, shape: str, factor: float) -> Part:
    proxy = part.proxy and Proxy(farther(part.proxy.poses, factor), part.proxy.half * factor)
    joint = None if part.joint is None else _joint(part.joint, factor)
    return replace(part, shape=shape, rest=farther(part.rest, factor), joint=joint, proxy=proxy)


def _joint(joint: Joint, factor: float) -> Joint:
    if joint.kind == "hinge":
        return joint
    if joint.loop is not None:
        raise ValueError("what runs round a loop cannot be resized")
    low, high = joint.limits
    return replace(joint, limits=(low * factor, high * factor))
