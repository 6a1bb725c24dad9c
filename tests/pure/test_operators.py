"""Operators sit inside their cabs: joints within limits, feet on the floor, hands at the levers, heads clear."""

import numpy as np
import pytest

from buildee.generators.construction_site import operators
from buildee.generators.construction_site.section import Crew
from buildee.layout import catalog, linkage
from buildee.layout.kinematics import part_poses, translation
from buildee.recipe.seed import Seed

SHIPPED = catalog.load()
SEEDS = range(8)


def sat(asset, seed):
    """Returns a machine and its operator."""
    values = linkage.excavator_values([0.0, 1.2], 0.0, 0.0, 0.0) if asset == "excavator" else {}
    machine = SHIPPED.model(asset).placed(f"{asset}.0", translation((4.0, 1.0, 0.3)), values)
    (operator,) = operators.seated([machine], Crew(), SHIPPED, Seed(seed)).instances
    return machine, operator


def in_cab(machine, operator):
    """Returns joint places (T, P, 3) of the operator in the frame of the cab, and their names."""
    cab = part_poses(machine)[:, [part.name for part in machine.parts].index("cab")]
    people = part_poses(operator)
    turn, place = cab[:, :3, :3], cab[:, :3, 3]
    return np.einsum("tji,tpj->tpi", turn, people[..., :3, 3] - place[:, None]), [p.name for p in operator.parts]


@pytest.mark.parametrize("asset", sorted(operators.FLOORS))
def test_operators_fit_their_cabs(asset):
    bounds = next(part for part in SHIPPED[asset].parts if part.name == "cab").bounds
    for seed in SEEDS:
        machine, operator = sat(asset, seed)
        places, names = in_cab(machine, operator)
        assert (places[..., :2] > bounds[0, :2]).all() and (places[..., :2] < bounds[1, :2]).all()
        head = places[:, names.index("head"), 2]
        assert head.max() + 0.27 < bounds[1, 2]
        for side in ("left", "right"):
            ankle = places[0, names.index(f"ankle_{side}"), 2]
            assert 0.0 < ankle - operators.FLOORS[asset] < 0.27
        assert all(part.proxy is None for part in operator.parts)


def test_joints_keep_their_limits():
    for asset in operators.FLOORS:
        for seed in SEEDS:
            _, operator = sat(asset, seed)
            joints = {part.name: part.joint for part in operator.parts}
            for name, value in operator.values.items():
                low, high = joints[name].limits
                assert low <= value.min() and value.max() <= high, name


def test_the_operator_of_an_excavator_turns_with_it_hands_at_the_levers():
    machine, operator = sat("excavator", 1)
    places, names = in_cab(machine, operator)
    np.testing.assert_allclose(places[0], places[1], atol=1e-9)
    for side, y in (("left", 0.85 + 0.37), ("right", 0.85 - 0.37)):
        hand = places[0, names.index(f"hand_{side}")]
        assert np.linalg.norm(hand - (0.95, y, 2.0)) < 0.2
