"""What happens without Blender's Embree: embreex, or one clear error."""

import sys

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, quad, sphere, surface_of, turn

from buildee.errors import AnnotationError
from buildee.truth import embree_native
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels


@pytest.fixture
def without_embree(monkeypatch):
    """Blender's library cannot be found."""
    monkeypatch.setattr(embree_native, "_library_paths", lambda: iter(["no-such-library.so"]))
    embree_native._library.cache_clear()
    yield
    embree_native._library.cache_clear()


def test_one_clear_error_without_any_caster(without_embree, monkeypatch):
    monkeypatch.setitem(sys.modules, "embreex", None)
    monkeypatch.setitem(sys.modules, "embreex.mesh_construction", None)
    with pytest.raises(AnnotationError, match="import bpy"):
        CasterPool()


def test_a_library_that_casts_nothing_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "embreex", None)
    monkeypatch.setitem(sys.modules, "embreex.mesh_construction", None)
    monkeypatch.setattr(embree_native, "_WIDTHS", (64, 32))
    with pytest.raises(AnnotationError, match="casts no rays"):
        CasterPool()


def test_embreex_gives_the_same_hits(without_embree):
    pytest.importorskip("embreex", reason="the stand-in is optional")
    mirrored = at(0.3, 0, 5) @ turn((1, 2, 0.5), 0.8) @ np.diag([-1.0, 1.5, 0.7, 1])
    surface = surface_of(
        (sphere(1.0, 32), mirrored), (box(1, 1, 1), at(-1, 0.2, 4)), (quad(1), np.diag([0.0, 0, 0, 1]))
    )
    view = camera(clip=(3.6, 5.2))
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        stand_in = cast_pixels(caster, view)
        alone = caster.only(np.array([1]))
        assert set(np.unique(cast_pixels(alone, view).copy)) == {-1, 1}
        assert not caster.only(np.array([2])).blocked(np.array([[0.0, 0, 1]])).any()
    embree_native._library.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.undo()
        patch.setattr(
            embree_native, "_library_paths", lambda: iter(["libembree4.so.4", "embree4.dll", "libembree4.dylib"])
        )
        with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
            native = cast_pixels(caster, view)
    same = (stand_in.copy == native.copy) & (stand_in.triangle == native.triangle)
    assert same.mean() > 0.998 and native.seen.any()
    np.testing.assert_array_equal(stand_in.depth[same], native.depth[same])
