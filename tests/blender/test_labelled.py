"""Objects of a foreign scene get the parts and instances that a label table says."""

from __future__ import annotations

import bpy
import numpy as np
import pytest

from buildee.blender.labelled import UNLABELLED, Labeller, rigid
from buildee.layout.kinematics import rotation, translation
from buildee.recipe.labelling import labelling_of


def cube(name, x=0.0, collection=None, parent=None):
    mesh = bpy.data.meshes.get("cube") or bpy.data.meshes.new("cube")
    if not mesh.vertices:
        corners = [(x, y, z) for x in (-0.4, 0.4) for y in (-0.4, 0.4) for z in (-0.4, 0.4)]
        mesh.from_pydata(
            corners, [], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
        )
    thing = bpy.data.objects.new(name, mesh)
    thing.location.x = x
    thing.parent = parent
    (collection or bpy.context.scene.collection).objects.link(thing)
    return thing


def collection(name, parent=None):
    made = bpy.data.collections.new(name)
    if parent is not False:
        (parent or bpy.context.scene.collection).children.link(made)
    return made


def labelled(table):
    """Returns the labeller, and the instance of every mesh of the scene by its object's name, copies in order."""
    labeller = Labeller(labelling_of(table))
    bpy.context.view_layer.update()
    rows: dict[str, list[int]] = {}
    for item in bpy.context.evaluated_depsgraph_get().object_instances:
        if item.object.type == "MESH":
            ids = tuple(item.persistent_id) if item.is_instance else ()
            rows.setdefault(item.object.name, []).append(labeller.part(item, item.object.original, ids))
    table = labeller.table()
    names = {
        name: [None if row == UNLABELLED else table.instance_name[table.part_instance[row] - 1] for row in found]
        for name, found in rows.items()
    }
    return labeller, names


def test_first_match_decides_and_the_rest_is_background(scene):
    chairs = collection("Chairs")
    cube("Stool", 0, chairs)
    cube("Chair.001", 1, collection("Old", chairs))
    cube("Thing", 2)["kind"] = "lamp"
    cube("Nothing", 3)
    labeller, names = labelled(
        """
labels:
  - {type: object, name: stool, match: "Stool*|Bench*"}
  - {type: collection, name: chair, match: "Chairs"}
  - {type: property, name: others, match: kind, countable: false}
  - {type: object, name: unused}
"""
    )
    assert names == {"Stool": ["stool.0"], "Chair.001": ["chair.0"], "Thing": ["lamp.0"], "Nothing": [None]}
    table = labeller.table()
    assert table.categories == {1: "stool", 2: "chair", 3: "lamp"}
    assert dict(zip(table.instance_name, table.countable, strict=True)) == {
        "stool.0": True,
        "chair.0": True,
        "lamp.0": False,
    }
    assert labeller.used == {"stool", "chair", "others"}


def test_children_follow_their_labelled_parent(scene):
    car = cube("Car", 0)
    wheel = cube("wheel", 1, parent=car)
    cube("nut", 0.1, parent=wheel)
    _, names = labelled("labels: [{type: object, name: car, match: Car}]")
    assert names == {"Car": ["car.0"], "wheel": ["car.0"], "nut": ["car.0"]}


@pytest.mark.parametrize(
    ("instance", "expected"),
    [
        ("object", {"a": ["x.0"], "b": ["x.1"], "c": ["x.2"]}),
        ("root", {"a": ["x.0"], "b": ["x.0"], "c": ["x.1"]}),
        ("collection", {"a": ["x.0"], "b": ["x.0"], "c": ["x.1"]}),
        ("all", {"a": ["x.0"], "b": ["x.0"], "c": ["x.0"]}),
    ],
)
def test_what_one_instance_is(scene, instance, expected):
    first, second = collection("X1"), collection("X2")
    a = cube("a", 0, first)
    cube("b", 1, first, parent=a)
    cube("c", 2, second)
    _, names = labelled(f'labels: [{{type: collection, name: x, match: "X*", instance: {instance}}}]')
    assert names == expected


def test_an_empty_that_carries_a_collection_is_one_thing(scene):
    held = collection("Held", False)
    cube("seat", 0, held)
    cube("leg", 1, held)
    for number in range(2):
        empty = bpy.data.objects.new(f"Copy{number}", None)
        empty.instance_type, empty.instance_collection = "COLLECTION", held
        empty.location = (0, 3.0 * number, 0)
        scene.collection.objects.link(empty)
    labeller, names = labelled('labels: [{type: object, name: chair, match: "Copy*"}]')
    assert sorted(names["seat"]) == sorted(names["leg"]) == ["chair.0", "chair.1"]
    np.testing.assert_allclose(labeller.poses()[:, 1, 3], [0, 3], atol=1e-6)
    _, names = labelled("labels: [{type: object, name: seat}]")
    assert names["seat"] == ["seat.0", "seat.1"]
    assert names["leg"] == [None, None]


def test_rigid_is_the_nearest_pose():
    pose = translation((1.0, 2.0, 3.0)) @ rotation((0, 0, 1), 0.7)
    scaled = pose @ np.diag([2.0, 2.0, 2.0, 1.0])
    np.testing.assert_allclose(rigid(scaled), pose, atol=1e-12)
    mirrored = rigid(pose @ np.diag([-1.0, 1.0, 1.0, 1.0]))
    assert np.linalg.det(mirrored[:3, :3]) == pytest.approx(1)
    assert np.isnan(rigid(np.diag([0.0, 1, 1, 1]))).all()
