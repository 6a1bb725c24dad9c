"""The pre-flight check finds what would go wrong, and every button does what it says."""

import bpy
import pytest

import addon
from addon import checks
from buildee.blender.context import fresh_scene


@pytest.fixture(scope="module", autouse=True)
def registered():
    addon.register()
    yield
    addon.unregister()


@pytest.fixture
def scene(tmp_path):
    """A scene with a camera and a labelled box, in which nothing would go wrong."""
    scene = fresh_scene()
    scene.camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(scene.camera)
    scene.buildee.output = str(tmp_path / "out")
    scene.frame_end = 11
    bpy.ops.mesh.primitive_cube_add()
    bpy.context.object.name = "Box"
    bpy.ops.buildee.edit_list(path="buildee.labelling.labels", action="add", kind="object")
    label = scene.buildee.labelling.labels.items_[0]
    label.name, label.object.match.mode, label.object.match.value = "box", "fixed", "Box*"
    bpy.ops.buildee.check()
    assert checks.found[scene.session_uid] == []
    return scene


def only(scene):
    """Returns the one problem that a check finds."""
    bpy.ops.buildee.check()
    (problem,) = checks.found[scene.session_uid]
    return problem


def fixed(scene):
    """Presses the button of the first problem; returns what is left."""
    bpy.ops.buildee.fix(index=0)
    return checks.found[scene.session_uid]


def boxes(scene, name="Props"):
    """Moves the box into a collection; returns the box, the collection and its place in the view layer."""
    box, collection = bpy.data.objects["Box"], bpy.data.collections.new(name)
    scene.collection.children.link(collection)
    scene.collection.objects.unlink(box)
    collection.objects.link(box)
    return box, collection, scene.view_layers[0].layer_collection.children[name]


def selected():
    return [thing.name for thing in bpy.context.view_layer.objects if thing.select_get()]


@pytest.mark.parametrize("by", ["eye", "screen"])
def test_a_collection_that_renders_but_is_hidden_is_shown_and_selected(scene, by):
    box, collection, place = boxes(scene)
    box.select_set(False)
    owner = place if by == "eye" else collection
    owner.hide_viewport = True
    assert only(scene).text == "Rendered, but hidden here: Props"
    assert fixed(scene) == [] and box.visible_get() and selected() == ["Box"]


@pytest.mark.parametrize("by", ["eye", "screen"])
def test_an_object_that_renders_but_is_hidden_is_shown_and_selected(scene, by):
    box = bpy.data.objects["Box"]
    if by == "eye":
        box.hide_set(True)
    else:
        box.hide_viewport = True
    assert only(scene).text == "Rendered, but hidden here: Box"
    assert fixed(scene) == [] and box.visible_get() and selected() == ["Box"]


def test_what_is_shown_but_does_not_render_is_selected(scene):
    box, collection, _ = boxes(scene)
    box.select_set(False)
    collection.hide_render = True
    assert only(scene).text == "Shown here, but not rendered: Props"
    fixed(scene)
    assert selected() == ["Box"]
    collection.hide_render, box.hide_render = False, True
    assert only(scene).text == "Shown here, but not rendered: Box"
    box.display_type = "WIRE"  # as what booleans cut with is shown
    assert checks.check(scene) == []


@pytest.mark.parametrize("by", ["excluded", "hidden"])
def test_a_collection_that_is_left_out_is_put_in(scene, by):
    box, collection, place = boxes(scene)
    if by == "excluded":
        place.exclude = True
    else:
        collection.hide_viewport = collection.hide_render = True
    assert only(scene).text == "Neither shown nor rendered: Props"
    assert fixed(scene) == [] and box.visible_get() and not collection.hide_render


def test_a_collection_may_be_left_out_that_others_take_copies_of(scene):
    box, collection, place = boxes(scene)
    place.exclude = True
    copy = bpy.data.objects.new("Box copies", None)
    scene.collection.objects.link(copy)
    copy.instance_type, copy.instance_collection = "COLLECTION", collection
    assert checks.check(scene) == []
    copy.name, box.name = "Copies", "Crate"  # neither what is carried nor what carries it has a label
    assert only(scene).text == "No label, so background in the truth: Copies"
    box.name = "Box"
    assert checks.check(scene) == []


def test_what_no_label_matches_is_selected_with_and_without_a_table(scene):
    box = bpy.data.objects["Box"]
    child = bpy.data.objects.new("Lid", box.data)
    scene.collection.objects.link(child)
    assert only(scene).text == "No label, so background in the truth: Lid"
    child.parent = box  # whose label it takes
    assert checks.check(scene) == []
    bpy.ops.buildee.edit_list(path="buildee.labelling.labels", action="remove", index=0)
    assert only(scene).text == "No label, so background in the truth: Box, Lid"
    box.select_set(False)
    fixed(scene)
    assert selected() == ["Box", "Lid"]
    box["buildee_generated"] = child["buildee_generated"] = "one"
    assert checks.check(scene) == []


def test_a_table_that_contradicts_itself_is_emptied(scene):
    scene.buildee.labelling.labels.items_.add().name = "box"  # a second one of that name
    assert only(scene).remedy == "Empty the table"
    assert [problem.remedy for problem in fixed(scene)] == ["Select"]
    assert len(scene.buildee.labelling.labels.items_) == 0


def test_a_property_that_names_no_category_is_told(scene):
    label = scene.buildee.labelling.labels.items_[0]
    label.type, label.property.match.mode, label.property.match.value = "property", "fixed", "kind"
    bpy.data.objects["Box"]["kind"] = 0.5
    bpy.data.objects["Box"].select_set(False)
    assert "its property 'kind' should name a category" in only(scene).text
    fixed(scene)
    assert selected() == ["Box"]


def test_a_camera_and_a_folder_are_found(scene, tmp_path):
    (tmp_path / "file").write_text("")
    scene.camera, scene.buildee.output = None, str(tmp_path / "file" / "out")
    bpy.ops.buildee.check()
    camera, folder = checks.found[scene.session_uid]
    assert camera.remedy == "Take Camera" and "cannot be written" in folder.text
    assert len(fixed(scene)) == 1 and scene.camera.name == "Camera"
    assert fixed(scene) == []


def test_a_button_whose_problem_is_gone_does_nothing_else(scene):
    scene.camera, box = None, bpy.data.objects["Box"]
    box.hide_set(True)
    bpy.ops.buildee.check()
    scene.camera = bpy.data.objects["Camera"]
    (hidden,) = fixed(scene)
    assert box.hide_get() and hidden.text == "Rendered, but hidden here: Box"


# Other triangles in other frames.


def growing(box):
    """Gives an object nodes that divide it more in each frame."""
    tree = bpy.data.node_groups.new("Growing", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    start, end = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
    divide = tree.nodes.new("GeometryNodeSubdivideMesh")
    tree.links.new(start.outputs[0], divide.inputs["Mesh"])
    tree.links.new(divide.outputs[0], end.inputs[0])
    box.modifiers.new("Growing", "NODES").node_group = tree
    return divide.inputs["Level"], tree.nodes.new("GeometryNodeInputSceneTime")


def test_nodes_are_found_whose_triangles_change_and_no_others(scene):
    box = bpy.data.objects["Box"]
    level, clock = growing(box)
    level.default_value = 2
    assert checks.check(scene) == []
    level.id_data.links.new(clock.outputs["Seconds"], level)
    scene.render.fps = 5
    assert only(scene).text == "Other triangles in other frames, points cannot be tracked: Box"
    box.select_set(False)
    fixed(scene)
    assert selected() == ["Box"] and scene.frame_current == 1
    box.modifiers[0].show_render = False
    assert checks.check(scene) == []


def cut(scene, box, start, end):
    """Cuts a box with another that goes from one place to another along X, metres."""
    cutter = bpy.data.objects.new("Cutter", box.data.copy())
    scene.collection.objects.link(cutter)
    cutter.hide_render, cutter.display_type, cutter.scale = True, "WIRE", (0.2, 0.2, 2.0)
    for frame, x in ((1, start), (11, end)):
        cutter.location.x = x
        cutter.keyframe_insert("location", frame=frame)
    modifier = box.modifiers.new("Cut", "BOOLEAN")
    modifier.object, modifier.solver = cutter, "EXACT"
    return cutter


def test_booleans_are_found_whose_cut_moves_and_no_others(scene):
    box = bpy.data.objects["Box"]
    cutter = cut(scene, box, 0.3, 0.3)
    assert checks.check(scene) == []
    bpy.data.objects.remove(cutter)
    box.modifiers.clear()
    cut(scene, box, 0.3, 0.32)  # the same polygons in every frame, which slide
    assert only(scene).text == "Other triangles in other frames, points cannot be tracked: Box"


def test_modifiers_are_found_that_are_there_to_change_triangles(scene):
    box = bpy.data.objects["Box"]
    box.modifiers.new("Build", "BUILD")
    assert only(scene).text == "Other triangles in other frames, points cannot be tracked: Box"


def test_animated_values_are_found_and_unkeyed_poses_stay(scene):
    box = bpy.data.objects["Box"]
    modifier = box.modifiers.new("Array", "ARRAY")
    assert checks.check(scene) == []
    for frame, count in ((1, 2), (11, 5)):
        modifier.count = count
        modifier.keyframe_insert("count", frame=frame)
    box.keyframe_insert("location", frame=1)
    scene.frame_set(4)
    box.location.x = 3.0
    assert only(scene).text == "Other triangles in other frames, points cannot be tracked: Box"
    assert box.location.x == 3.0 and scene.frame_current == 4
