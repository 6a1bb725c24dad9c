"""A truck that tips: angles within limits, the ram follows, nothing is pressed into the ground, the load ends there."""

import numpy as np
import pytest

from buildee.generators.construction_site.tipping import ENDS, FLOW, GATE, KEYS, TIP, Tip, slid, tipped_load, tipping
from buildee.layout import catalog, linkage
from buildee.layout.kinematics import part_poses
from buildee.layout.material import Material

SHIPPED = catalog.load()


class Level:
    """Ground at height 0."""

    def height(self, points):
        """Returns zeros."""
        return np.zeros(points.shape[:-1])


class Begin:
    """A generator whose first draw, of the phase, is 0; then ordinary."""

    def __init__(self):
        self.rng, self.first = np.random.default_rng(4), True

    def uniform(self, *range):
        """Returns 0 once."""
        if self.first:
            self.first = False
            return 0.0
        return self.rng.uniform(*range)

    def normal(self, *arguments):
        """Returns what a generator does."""
        return self.rng.normal(*arguments)


TIME = np.linspace(0, 40, 161)


@pytest.fixture(scope="module")
def tipped():
    """Returns poses by part of the truck, and of its load."""
    model = SHIPPED.model("dump_truck", without=("load",))
    scene = tipping(model, "one", Tip(3.0, -2.0, 0.5, Material("soil")), Level(), TIME, Begin())
    truck, load = scene.instances
    poses = part_poses(truck)
    return {part.name: poses[:, index] for index, part in enumerate(truck.parts)}, part_poses(load)[:, 0], truck


def point(pose, where):
    """Returns (T, 3): a side-view point (x + 1j z) of a part, in the world."""
    return pose @ np.array([where.real, 0.0, where.imag, 1.0]) @ np.eye(4)[:, :3]


def test_joints_stay_within_their_limits(tipped):
    truck = tipped[2]
    joints = {part.name: part.joint for part in truck.parts if part.joint}
    for name, value in truck.values.items():
        low, high = joints[name].limits
        assert low - 1e-6 <= value.min()
        assert value.max() <= high + 1e-6
    assert truck.values["body"].max() == pytest.approx(TIP, abs=1e-9)
    assert truck.values["tailgate"].max() == pytest.approx(GATE, abs=1e-9)


def test_the_ram_ends_in_its_lug(tipped):
    poses, _, _ = tipped
    eye = point(poses["ram_stage_4"], complex(abs(linkage.RAM_EYE - linkage.RAM_FOOT)))
    lug = point(poses["body"], linkage.RAM_EYE - linkage.BODY_HINGE)
    np.testing.assert_allclose(eye, lug, atol=1e-5)


def test_gate_and_tail_stay_above_the_ground(tipped):
    poses, _, _ = tipped
    gate = next(part for part in SHIPPED["dump_truck"].parts if part.name == "tailgate")
    for x in gate.bounds[:, 0]:
        assert point(poses["tailgate"], complex(x, gate.bounds[0, 2]))[:, 2].min() > 0.15
    assert point(poses["body"], complex(ENDS[0], 0.15))[:, 2].min() > 0.4


def test_the_load_rides_then_slides_below_the_gate(tipped):
    poses, load, _ = tipped
    body = np.broadcast_to(poses["body"], load.shape)
    before = FLOW[0] > TIME
    np.testing.assert_allclose(load[before], body[before], atol=1e-9)
    during = (FLOW[0] < TIME) & (FLOW[1] > TIME)
    local = np.linalg.inv(body[during]) @ load[during]
    assert np.abs(local[:, 1:3, 3]).max() < 1e-9  # along the floor
    assert (np.diff(local[:, 0, 3]) < 0).all()
    top = tipped_load(np.random.default_rng(4)).bounds[1, 2] - 0.22
    clear = 1.10 * (1 - np.cos(GATE))  # of the gate's edge over the floor; it is 1.10 m from its hinge
    assert top < clear + 0.12  # humps brush it
    mesh = tipped_load(np.random.default_rng(4)).vertices
    tops = mesh @ load[-1][:3, :3].T + load[-1][:3, 3]
    assert tops[:, 2].max() < -1.0


def test_the_load_is_below_ground_before_it_is_put_away(tipped):
    poses, _, _ = tipped
    last = np.array([FLOW[1] - 1e-6])
    at = np.argmin(np.abs(TIME - FLOW[1]))
    body = np.broadcast_to(poses["body"], (len(TIME), 4, 4))[at]
    mesh = tipped_load(np.random.default_rng(1)).vertices
    assert ((mesh @ (body @ slid(last)[0])[:3, :3].T) + (body @ slid(last)[0])[:3, 3])[:, 2].max() < 0.3


def test_the_load_faces_outwards_and_lies_inside_the_body():
    mesh = tipped_load(np.random.default_rng(2))
    assert np.abs(mesh.bounds[:, 1]).max() < 1.15
    assert 0.22 < mesh.bounds[0, 2] < 0.23
    assert mesh.bounds[0, 0] >= ENDS[0]
    assert mesh.bounds[1, 0] <= ENDS[1]
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    volume = 0.0
    for start, size in zip(starts, mesh.sizes, strict=True):
        ring = mesh.vertices[mesh.corners[start : start + size]]
        volume += float((np.cross(ring[1:-1] - ring[0], ring[2:] - ring[0]) @ ring[0]).sum()) / 6
    assert 5.0 < volume < 9.0
    assert KEYS[-1][1]["tip"] == 0.0
