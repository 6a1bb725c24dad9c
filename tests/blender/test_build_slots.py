"""Faces keep the material slots that planning gave them."""

import numpy as np

from buildee.blender.build import build
from buildee.blender.surface import SurfaceReader
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Instance, Layout, Part
from buildee.layout.solids import box


def test_faces_keep_their_slots_under_every_set_of_materials(scene):
    mesh = Mesh.merged([box((1, 1, 1)), box((1, 1, 1), (3, 0, 0)).with_slot(1)])
    red, blue = Material("paint", (0.5, 0, 0)), Material("paint", (0, 0, 0.5))
    things = tuple(
        Instance(f"thing_{index}", "column", (Part("body", "two", materials),), np.eye(4)[None])
        for index, materials in enumerate([(red, blue), (blue, red)])
    )
    built = build(Layout("toy", 1, 25.0, {"two": mesh}, things, (), ()), scene)
    surface = SurfaceReader(built.scene).read(1)
    assert len(surface.meshes) == 2
    for shown in surface.meshes:
        right = shown.vertices[shown.triangles].mean(1)[:, 0] > 1.5
        np.testing.assert_array_equal(shown.materials, right.astype(int))
