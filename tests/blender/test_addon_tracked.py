"""The overlays' points are those that a dataset tracks, whatever else stands in the file."""

from dataclasses import replace

import bpy
import numpy as np
import pytest

from addon.annotated import boxes, cameras, joined, points, trails
from addon.tracked import Tracked, choosing
from buildee.blender.annotations import Annotations
from buildee.blender.build import build
from buildee.blender.take import take_of
from buildee.blender.tracks import stream
from buildee.dataset.folder import create_dataset
from buildee.dataset.reader import Scene
from buildee.dataset.writer import SceneWriter
from buildee.errors import AnnotationError
from buildee.recipe import load
from buildee.recipe.sections import Truth
from buildee.recipe.tracks import InstanceTracks, MixedTracks
from buildee.resources import shipped

TRUTH = Truth(annotators=("tracks",), tracks=(MixedTracks("some", 300), InstanceTracks("each", each=5, frame=2)))


@pytest.fixture
def resolved():
    recipe = load(shipped("tabletop")).resolve(0)
    return replace(recipe, truth=TRUTH, render=replace(recipe.render, resolution=(96, 64)))


def test_they_are_the_dataset_s_in_every_frame(tmp_path, scene, toy_layout, resolved):
    scene.render.resolution_x, scene.render.resolution_y = 96, 64
    built = build(toy_layout, scene)
    create_dataset(tmp_path / "out", "", "hash", [], 1)
    with SceneWriter(tmp_path / "out", 0) as writer:
        with Annotations(take_of(toy_layout, built), TRUTH, stream(resolved, 0), writer) as annotations:
            annotations.write()
        dataset = Scene(writer.commit({})).tracks
    eyes = [bpy.data.objects[name] for name in built.cameras]
    board = bpy.data.objects.new("board", bpy.data.meshes.new("board"))
    board.data.from_pydata([(-9, -4, 0), (9, -4, 0), (9, -4, 9), (-9, -4, 9)], [], [(0, 1, 2, 3)])
    scene.collection.objects.link(board)  # hides all from the camera
    scene.render.resolution_x = 500
    scene.frame_set(3)
    tracked = choosing(scene, eyes, toy_layout, resolved, 0)()
    assert (scene.frame_current, scene.render.resolution_x) == (3, 500)
    np.testing.assert_array_equal(tracked.instance, dataset["instance"])
    np.testing.assert_allclose(tracked.xyz, dataset["xyz"], atol=2e-5)
    assert np.abs(np.diff(tracked.xyz, axis=0)).max() > 0.1, "something moves"


def test_a_recipe_without_tracks_has_none(scene, toy_layout, resolved):
    without = replace(resolved, truth=replace(TRUTH, annotators=("depth",)))
    with pytest.raises(AnnotationError, match="no tracks"):
        choosing(scene, [], toy_layout, without, 0)


def test_what_is_drawn_has_the_types_that_shaders_read(toy_layout):
    tracked = Tracked(np.float32([[[0, 0, 0], [5, 5, 5]], [[1, 0, 0], [5, 5, 5]]]), np.uint16([1, 0]))
    drawn = (trails(tracked), points(tracked, 1), boxes(toy_layout, 0), cameras(toy_layout, 0))
    for lines in (*drawn, joined([*drawn])):
        assert lines.ends.dtype == lines.colors.dtype == np.float32
        assert len(lines.ends) == len(lines.colors)
    np.testing.assert_array_equal(drawn[0].ends, [[0, 0, 0], [1, 0, 0]])
    np.testing.assert_array_equal(drawn[1].ends, [[1, 0, 0], [5, 5, 5]])
