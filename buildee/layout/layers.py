"""How a thing is put together: layers of one material each become a part, parts become a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Joint, Model, Part, Pose

Layer = tuple[Material, Sequence[Mesh]]
"""What is made of one material; the place of a layer in its list is its slot, so that equal keys mean equal meshes."""


@dataclass(frozen=True, eq=False)
class Shaped:
    """A part and the mesh it shows."""

    part: Part
    mesh: Mesh


def shaped(
    name: str,
    key: str,
    layers: Sequence[Layer],
    boxes: Sequence[ArrayLike] | None = None,
    *,
    parent: int = -1,
    rest: Pose | None = None,
    joint: Joint | None = None,
) -> Shaped:
    """Returns a part made of layers.

    Args:
        name: unique within the model.
        key: of the shape; equal keys must mean equal meshes.
        layers: materials and what is made of them, in the order of the slots.
        boxes: (2, 3) bounds of the collision proxy's boxes, metres; None gives the bounds of the mesh,
            an empty list no proxy.
        parent: index of the parent part.
        rest: `parent_from_part`.
        joint: how it moves.
    """
    meshes = [mesh for _, made in layers for mesh in made]
    faces = [sum(len(mesh.sizes) for mesh in made) for _, made in layers]
    mesh = replace(Mesh.merged(meshes), slots=np.arange(len(layers), dtype=np.int32).repeat(faces))
    proxy = box_proxy(mesh.bounds) if boxes is None else (box_proxy(*boxes) if len(boxes) else None)
    materials = tuple(material for material, _ in layers)
    return Shaped(Part(name, key, materials, parent, np.eye(4) if rest is None else rest, joint, proxy), mesh)


def again(first: Shaped, name: str, rest: Pose) -> Shaped:
    """Returns another copy of a part, sharing its mesh."""
    part = first.part
    return Shaped(Part(name, part.shape, part.materials, part.parent, rest, part.joint, part.proxy), first.mesh)


def model(category: str, pieces: Sequence[Shaped], markers: Mapping[str, Pose] | None = None) -> Model:
    """Returns the model made of parts, parents before children."""
    shapes = {piece.part.shape: piece.mesh for piece in pieces}
    return Model(category, shapes, tuple(piece.part for piece in pieces), markers or {})


def single(category: str, key: str, layers: Sequence[Layer], boxes: Sequence[ArrayLike] | None = None) -> Model:
    """Returns a model of one part called "body"; arguments as in `shaped`."""
    return model(category, [shaped("body", key, layers, boxes)])


def cuboid(low: ArrayLike, high: ArrayLike) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Returns the (2, 3) bounds of a proxy's box."""
    return tuple(low), tuple(high)
