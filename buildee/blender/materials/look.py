"""What differs between two surfaces of one kind: stored on the faces of meshes, read by the kind's node tree.

A site has hundreds of colours and grades of wear. A Blender material for each would take minutes to compile;
so there is one material a kind, and colour, wear, dirt, wetness and scale travel with the faces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.materials.nodes import Graph, Value
from buildee.layout.exposure import LUX
from buildee.layout.material import Material

COLOR = "buildee_color"
"""Face attribute: base colour, linear RGB, and as alpha the radiance of what glows."""

STATE = "buildee_state"
"""Face attribute: wear, dirt and wetness as red, green and blue, the texture's scale as alpha."""


@dataclass(frozen=True)
class Look:
    """The knobs of a material at the point being shaded, as `buildee.layout.material.Material` describes them.

    Attributes:
        color: linear RGB.
        wear, dirt, wetness: numbers in [0, 1].
        scale: size multiplier of the texture.
        glow: radiance of a lamp face.
    """

    color: Value
    wear: Value
    dirt: Value
    wetness: Value
    scale: Value
    glow: Value

    @staticmethod
    def of(graph: Graph) -> Look:
        """Reads the knobs from the face being shaded."""
        wear, dirt, wetness = graph.attribute(STATE, "Color", "GEOMETRY").xyz
        scale = graph.attribute(STATE, "Alpha", "GEOMETRY")
        glow = graph.attribute(COLOR, "Alpha", "GEOMETRY")
        return Look(graph.attribute(COLOR, "Color", "GEOMETRY"), wear, dirt, wetness, scale, glow)


def write_looks(mesh: bpy.types.Mesh, materials: Sequence[Material], slots: NDArray[np.integer]) -> None:
    """Writes the knobs of its materials on the faces of a mesh.

    Args:
        mesh: the mesh.
        materials: one a slot.
        slots: (F,) slot of every face.
    """
    colors = np.array([(*spec.color, spec.glow / LUX) for spec in materials], np.float32)
    states = np.array([(spec.wear, spec.dirt, spec.wetness, spec.scale) for spec in materials], np.float32)
    for name, values in ((COLOR, colors), (STATE, states)):
        attribute = mesh.attributes.get(name) or mesh.attributes.new(name, "FLOAT_COLOR", "FACE")
        attribute.data.foreach_set("color", values[np.minimum(slots, len(values) - 1)].ravel())
