"""What is written on machines: numbers of their own, readable, on the sheet; their lamps lit at night."""

from itertools import pairwise

import numpy as np
import pytest

from buildee.generators.construction_site import fleet, lamps
from buildee.layout import catalog
from buildee.layout.kinematics import part_poses

SHIPPED = catalog.load()
MACHINES = sorted(fleet.PLACES)


def lettered(asset, seed):
    """Returns a machine with its lettering."""
    return fleet.lettered(SHIPPED.model(asset), asset, "HALVORN", np.random.default_rng(seed))


@pytest.mark.parametrize("asset", MACHINES)
def test_every_line_stands_upright_on_its_part_and_reads_from_outside(asset):
    model = lettered(asset, 3)
    poses = part_poses(model.placed("one", np.eye(4)))[0]
    boxes = {part.name: part.bounds for part in SHIPPED[asset].parts}
    lines = [(part, pose) for part, pose in zip(model.parts, poses, strict=True) if part.shape.startswith("lettering/")]
    assert len(lines) == len(fleet.PLACES[asset])
    for part, pose in lines:
        mesh = model.shapes[part.shape]
        carrier = model.parts[part.parent].name
        local = mesh.vertices @ part.rest[:3, :3].T + part.rest[:3, 3]
        assert (local >= boxes[carrier][0] - 0.01).all() and (local <= boxes[carrier][1] + 0.01).all(), part.name
        assert pose[2, 1] > 0.85  # upright
        assert mesh.slots.max() + 1 == len(part.materials)
    outward = {part.name: pose[:3, 2] for part, pose in lines}
    for name, normal in outward.items():
        expected = {"left": (0, 1, 0), "right": (0, -1, 0), "front": (1, 0, 0), "rear": (-1, 0, 0), "tail": (-1, 0, 0)}
        side = next(value for key, value in expected.items() if key in name)
        assert normal @ np.array(side) > 0.95, name


@pytest.mark.parametrize("asset", MACHINES)
def test_machines_differ_in_what_is_written_on_them(asset):
    written = [{key for key in lettered(asset, seed).shapes if key.startswith("lettering/")} for seed in range(5)]
    if asset != "telehandler":  # which carries its owner's name alone
        assert all(first != second for first, second in pairwise(written))
    first, again = lettered(asset, 1), lettered(asset, 1)
    for key in written[1]:
        np.testing.assert_array_equal(first.shapes[key].vertices, again.shapes[key].vertices)


def test_letters_show_on_every_paint():
    for color, ink in (((0.72, 0.36, 0.02), fleet.BLACK), ((0.025, 0.10, 0.30), fleet.WHITE)):
        model = fleet.lettered(SHIPPED.model("excavator", {"paint": color}), "excavator", "A", np.random.default_rng(0))
        boom = next(part for part in model.parts if part.name == "label_left_number")
        assert boom.materials[0].color == ink


def test_the_lamps_of_machines_are_the_catalogs():
    for asset in MACHINES:
        slots = SHIPPED[asset].slots
        for name, face in (("lens", lamps.HEADLAMP), ("amber", lamps.BEACON), ("red_lens", lamps.TAIL_LAMP)):
            if name in slots:
                assert (slots[name].kind, slots[name].color) == (face.kind, face.color)
        assert {lamp.face for lamp in lamps.LAMPS[asset]} == {lamps.HEADLAMP, lamps.BEACON, lamps.TAIL_LAMP}
