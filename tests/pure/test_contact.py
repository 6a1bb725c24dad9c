"""What touches what: overlapping boxes, and things that nothing holds up."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.layout.contact import interpenetration, lift_over, overlap_depth, unsupported
from buildee.layout.kinematics import rotation, translation
from buildee.layout.scene import Instance, Layout, Part, Proxy


def test_edge_to_edge_boxes_need_the_cross_axes() -> None:
    first = rotation((0.0, 0.0, 1.0), np.pi / 4)
    second = translation((0.0, 0.0, 0.0)) @ rotation((1.0, 0.0, 0.0), np.pi / 4)
    apart = translation((0.0, 2.3 * np.sqrt(2) / 2, 2.3 * np.sqrt(2) / 2)) @ second
    one, half = np.eye(4), np.ones((4, 3))
    others = [second, apart, translation((1.75, 0.0, 0.0)), translation((0.0, 2.5, 0.0))]
    deep, less, beside, gone = overlap_depth(np.array([first, first, one, one]), half, np.array(others), half)
    assert deep > 1.0
    assert less < deep
    assert beside == pytest.approx(0.25)
    assert gone == pytest.approx(-0.5)


def test_a_lifted_box_lies_on_the_other_and_one_beside_it_needs_no_lift() -> None:
    rng = np.random.default_rng(0)
    turns = rng.uniform(0, np.pi, (4, 500))
    first, second = (
        rotation((1.0, 0.0, 0.0), one) @ rotation((0.0, 0.0, 1.0), two) for one, two in (turns[:2], turns[2:])
    )
    first[:, :3, 3], second[:, :3, 3] = rng.uniform(-0.1, 0.1, (2, 500, 3))
    half, others = rng.uniform(0.005, 0.08, (2, 500, 3))
    lift = lift_over(first, half, second, others)
    meets = np.isfinite(lift)
    assert 0.2 < meets.mean() < 0.9
    first[meets, 2, 3] += lift[meets]
    np.testing.assert_allclose(overlap_depth(first, half, second, others)[meets], 0.0, atol=1e-9)
    first[meets, 2, 3] -= 1e-4
    assert (overlap_depth(first, half, second, others)[meets] > 0).all()
    for height in np.linspace(-0.3, 0.3, 61):
        first[:, 2, 3] = second[:, 2, 3] + height
        assert (overlap_depth(first, half, second, others)[~meets] < 1e-9).all()


def _crate(name: str, x: list[float], category: str = "pallet", z: float = 0.0) -> Instance:
    part = Part("body", "crate", (), proxy=Proxy(np.eye(4)[None], np.full((1, 3), 0.5)))
    places = np.array([[value, 0.0, z] for value in x])
    return Instance(name, category, (part,), translation(places))


def _layout(*instances: Instance) -> Layout:
    return Layout("test", 3, 1.0, {}, instances, (), ())


def test_interpenetration_finds_the_deepest_frame() -> None:
    layout = _layout(_crate("still", [0.0]), _crate("moving", [2.0, 0.9, 1.4]), _crate("far", [9.0]))
    (overlap,) = interpenetration(layout)
    assert {overlap.first, overlap.second} == {"still/body", "moving/body"}
    assert overlap.frame == 1
    assert overlap.depth == pytest.approx(0.1)


def test_interpenetration_leaves_declared_contacts_and_touching_alone() -> None:
    touching = _layout(_crate("a", [0.0]), _crate("b", [0.9995]))
    assert interpenetration(touching) == []
    deep = _layout(_crate("a", [0.0], "fence"), _crate("b", [0.5], "gate"))
    assert len(interpenetration(deep)) == 1
    assert interpenetration(deep, frozenset({frozenset({"fence", "gate"})})) == []


def test_what_stands_on_what_stands_on_the_ground_is_held() -> None:
    pile = [_crate("low", [0.0], z=0.504), _crate("high", [0.4], z=1.507), _crate("top", [0.4], z=2.5)]
    air = [_crate("above", [0.4], z=3.51), _crate("aside", [1.42], z=2.0), _crate("load", [9.0], "crane_load", 9.0)]

    def ground(points: np.ndarray) -> np.ndarray:
        return np.where(points[:, 0] < 5, 0.0, np.nan)

    assert unsupported(_layout(*pile, *air), ground, {"crane_load"}) == ["above", "aside"]
    assert unsupported(_layout(*pile[1:]), ground) == ["high", "top"]
