"""Tracks, relations and visibility of somebody's own .blend, in which triangles change and things appear."""

from math import pi

import bpy
import numpy as np
import pytest

from buildee import Dataset, check
from buildee.blend_file import annotate_file
from buildee.errors import AnnotationError

BOX = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
SIDES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
TABLE = """
labels: [{type: object, name: box, match: 'Box*'}]
truth:
  annotators: [instance, tracks, amodal, boxes, relations, visibility]
  tracks:
    - {type: grid, name: dense, camera: Cam, stride: 8, frame: 2}
    - {type: given, name: mine, file: mine.csv}
    - {type: instances, name: few, each: 3, frame: 2}
"""


def add_box(scene, name, location):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(BOX, [], SIDES)
    thing = bpy.data.objects.new(name, mesh)
    thing.location = location
    scene.collection.objects.link(thing)
    return thing


@pytest.fixture
def folder(scene, tmp_path):
    """A folder with file.blend and labels.yaml: three boxes, one cut in frame 2, one there from frame 3 on."""
    scene.frame_start, scene.frame_end = 1, 4
    scene.render.resolution_x, scene.render.resolution_y = 96, 64
    add_box(scene, "BoxA", (-0.6, 0, 0))
    cut = add_box(scene, "BoxB", (0.6, 0, 0))
    cut.modifiers.new("cut", "SUBSURF").subdivision_type = "SIMPLE"
    late = add_box(scene, "BoxC", (0, -2, 0))
    for frame in range(1, 5):
        cut.modifiers["cut"].render_levels = cut.modifiers["cut"].levels = int(frame == 2)
        late.hide_render = frame < 3
        for owner, path in (
            (cut.modifiers["cut"], "levels"),
            (cut.modifiers["cut"], "render_levels"),
            (late, "hide_render"),
        ):
            owner.keyframe_insert(path, frame=frame)
    camera = bpy.data.objects.new("Cam", bpy.data.cameras.new("Cam"))
    camera.location, camera.rotation_euler = (0, -8, 0), (pi / 2, 0, 0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "file.blend"), copy=True)
    (tmp_path / "labels.yaml").write_text(TABLE)
    (tmp_path / "mine.csv").write_text("x,y,z\n-0.6,-0.505,0.1\n0.6,-0.5,0.2\n")
    return tmp_path


def test_what_changes_its_triangles_and_what_appears(folder):
    annotate_file(folder / "file.blend", folder / "labels.yaml", folder / "out", rgb=False)
    report = check(folder / "out")
    assert report.ok, str(report)
    scene = Dataset(folder / "out").scenes[0]
    camera = scene.cameras["Cam"]
    # BoxC is found first, in the query frame 2; the others after it.
    ids = {scene.parts[part].name: scene.parts[part].instance for part in scene.parts}
    truth = scene.info["truth"]
    names = [scene.instances[ids["BoxB"]].name]
    assert truth["topology_changes"] == [
        {"frame": 1, "instances": [ids["BoxB"]], "names": names},
        {"frame": 2, "instances": [ids["BoxB"]], "names": names},
    ]
    kind = np.asarray(scene.tracks["set"])
    assert [row["points"] for row in truth["tracks"]] == np.bincount(kind).tolist()
    assert (kind == 2).sum() == 9 and (kind == 1).sum() == 2
    state, instance = np.asarray(camera.tracks["state"]), np.asarray(scene.tracks["instance"])
    np.testing.assert_array_equal(state[1] == 0, (instance == ids["BoxB"]) | (instance == ids["BoxC"]))
    np.testing.assert_array_equal(state[0] == 0, instance == ids["BoxC"])
    assert (state[2:] > 0).all()
    mine = scene.tracks["xyz"][:, kind == 1]
    np.testing.assert_allclose(mine[0], [(-0.6, -0.5, 0.1), (0.6, -0.5, 0.2)], atol=1e-6)
    np.testing.assert_allclose(camera.tracks["xy"][2][kind == 0] % 8, 4.5, atol=1e-4)
    seen = camera.visibility
    column = {name: number - 1 for name, number in ids.items()}
    assert (
        np.isnan(seen.visible_fraction[:2, column["BoxC"]]).all() and (seen.truncation[:2, column["BoxC"]] == 1).all()
    )
    np.testing.assert_array_equal(seen.visible_fraction[2:, column["BoxC"]], 1)
    assert not len(camera.frames[1].relations.pixels)
    pairs = camera.frames[2].relations
    assert set(zip(pairs.occluded.tolist(), pairs.occluder.tolist(), strict=True)) == {
        (ids["BoxA"], ids["BoxC"]),
        (ids["BoxB"], ids["BoxC"]),
    }
    hidden = 1 - seen.visible_fraction[2, [column["BoxA"], column["BoxB"]]]
    np.testing.assert_allclose(hidden, hidden[0], atol=0.05)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("frame: 2", "frame: 4"), r"truth\.tracks\.dense\.frame: is 4, the last frame is 3"),
        (("camera: Cam", "camera: Kam"), r"unknown camera 'Kam', did you mean 'Cam'"),
        (("mine.csv", "mein.csv"), r"mein\.csv: .*cannot be read"),
        (("mine.csv}", "mine.csv, tolerance: 0.001}"), r"1 of 2 given points lie farther than 0\.001 m"),
    ],
)
def test_tracks_that_the_file_cannot_give_are_refused(folder, change, message):
    (folder / "labels.yaml").write_text(TABLE.replace(*change))
    with pytest.raises(AnnotationError, match=message):
        annotate_file(folder / "file.blend", folder / "labels.yaml", folder / "out", rgb=False)
    assert not (folder / "out").exists()
