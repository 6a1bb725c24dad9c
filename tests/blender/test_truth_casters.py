"""What happens without Blender's Embree: embreex, or one clear error."""

import sys

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, quad, sphere, surface_of, turn

from buildee.errors import AnnotationError
from buildee.truth import embree_native
from buildee.truth.camera import pixel_rays
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels
from buildee.truth.rays import coherent_order


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


def test_scattered_rays_hit_what_they_hit_in_order():
    rng = np.random.default_rng(3)
    surface = surface_of(*((sphere(0.5, 24), at(*rng.uniform(-4, 4, 3))) for _ in range(40)))
    directions = rng.normal(size=(3001, 3))  # all around, no multiple of any width
    near, far = rng.uniform(0, 2, 3001), rng.uniform(2, 6, 3001)
    order = coherent_order(directions)
    np.testing.assert_array_equal(np.sort(order), np.arange(3001))
    with CasterPool() as pool, pool.caster(surface, np.eye(4)) as caster:
        found = caster.first_hits(directions, near, far)
        blocked = caster.blocked(directions, near, far)
        alone = [caster.first_hits(directions[i : i + 1], near[i], far[i]) for i in range(3001)]
    copy = np.concatenate([hits.copy for hits in alone])
    np.testing.assert_array_equal(found.copy, copy)
    np.testing.assert_array_equal(found.t, np.concatenate([hits.t for hits in alone]))
    np.testing.assert_array_equal(blocked, copy >= 0)
    assert 0.1 < blocked.mean() < 0.9


def test_only_scattered_rays_are_sorted():
    rays = pixel_rays(camera(size=80)).reshape(-1, 3)
    assert coherent_order(rays) is None
    assert coherent_order(rays[::7]) is None
    assert coherent_order(rays[:1]) is None
    assert coherent_order(np.tile(rays[0], (3000, 1))) is None
    shuffled = np.random.default_rng(4).permutation(rays)
    order = coherent_order(shuffled)
    steps = [np.linalg.norm(np.diff(some, axis=0), axis=1).mean() for some in (shuffled, shuffled[order])]
    assert steps[1] < steps[0] / 20
