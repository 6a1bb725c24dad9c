"""What Cycles does not show to the camera is not read, however it is hidden; what it shows is."""

import bpy
import numpy as np
import pytest

from buildee.blender import scatters
from buildee.blender.camera import read_camera
from buildee.blender.surface import SurfaceReader
from buildee.blender.visibility import as_rendered
from buildee.layout.kinematics import translation
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels


def square(name, collection=None):
    """An object with a square of 2 m."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)], [], [(0, 1, 2, 3)])
    thing = bpy.data.objects.new(name, mesh)
    if collection is not None:
        collection.objects.link(thing)
    return thing


def empty(name, holder, shown):
    """An empty in one collection that shows another."""
    thing = bpy.data.objects.new(name, None)
    thing.instance_type, thing.instance_collection = "COLLECTION", shown
    holder.objects.link(thing)
    return thing


def a_collection(scene, hidden):
    inner, outer = bpy.data.collections.new("inner"), bpy.data.collections.new("outer")
    thing = square("thing", inner)
    within = empty("within", outer, inner)
    above = empty("above", scene.collection, outer)
    {"thing": thing, "within": within, "above": above, "inner": inner}[hidden].hide_render = True


def a_scatter(scene, hidden):
    prototype = square("prototype")
    parent = scatters.create("scatter", prototype, translation(np.zeros((1, 3))), {})
    scene.collection.objects.link(parent)
    who, _, how = hidden.partition(" from ")
    thing = {"prototype": prototype, "scatter": parent}[who]
    if how == "camera":
        thing.visible_camera = False
    else:
        thing.hide_render = True


def children_on_vertices(scene, hidden):
    parent, child = square("parent", scene.collection), square("child", scene.collection)
    child.parent, parent.instance_type, child.scale = parent, "VERTS", (0.4, 0.4, 0.4)
    parent.show_instancer_for_render = hidden == "original child"
    if hidden in ("parent", "child"):
        bpy.data.objects[hidden].hide_render = True


def a_text(scene, hidden):
    curve = bpy.data.curves.new("text", "FONT")
    curve.body, curve.size = "MM", 3
    thing = bpy.data.objects.new("text", curve)
    thing.location = (-2, -1, 0)
    scene.collection.objects.link(thing)
    thing.hide_render, thing.visible_camera = hidden == "render", hidden != "camera"


CASES = [
    *((a_collection, hidden) for hidden in ("thing", "within", "above", "inner")),
    *((a_scatter, hidden) for hidden in ("prototype", "scatter", "prototype from camera", "scatter from camera")),
    *((children_on_vertices, hidden) for hidden in ("parent", "child", "original child", "instancer")),
    *((a_text, hidden) for hidden in ("nothing", "render", "camera")),
]
SHOWN = {(a_scatter, "prototype"), (a_text, "nothing")} | {
    (children_on_vertices, hidden) for hidden in ("original child", "instancer")
}


@pytest.mark.parametrize(("make", "hidden"), CASES)
def test_what_is_read_is_what_cycles_shows(scene, tmp_path, make, hidden):
    make(scene, hidden)
    eye = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    eye.location.z = 5
    scene.collection.objects.link(eye)
    scene.camera, scene.render.film_transparent = eye, True
    scene.render.engine, scene.cycles.samples = "CYCLES", 1
    scene.render.resolution_x = scene.render.resolution_y = 48
    scene.render.filter_size = scene.cycles.filter_width = 0.01
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.filepath = str(tmp_path / "alpha.png")
    bpy.ops.render.render(write_still=True)
    picture = bpy.data.images.load(scene.render.filepath)
    alpha = np.array(picture.pixels[:]).reshape(48, 48, 4)[::-1, :, 3] > 0.5
    with as_rendered(scene):
        surface, camera = SurfaceReader(scene.name).read(1), read_camera(scene, eye)
    with CasterPool() as pool, pool.caster(surface, camera.world_from_camera) as caster:
        seen = cast_pixels(caster, camera).seen
    assert np.mean(seen == alpha) > 0.98
    assert alpha.any() == ((make, hidden) in SHOWN)
