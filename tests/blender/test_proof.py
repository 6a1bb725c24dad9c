"""Every annotation of small Blender scenes against formulas that know neither Blender nor triangles."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.proof.cases import CASES
from benchmarks.proof.measure import measure
from benchmarks.proof.solids import at, box, globe, prism, sheet
from benchmarks.proof.world import Lens


@pytest.mark.parametrize("name", CASES)
def test_every_annotation_meets_its_formula(name):
    rows = measure(CASES[name])
    assert len(rows) >= 26
    wrong = [
        f"{row.annotation}: {row.largest:.3g} {row.unit}, {row.tolerance:.3g} allowed" for row in rows if not row.ok
    ]
    assert not wrong


@pytest.mark.parametrize(
    "shift, annotations",
    [
        ((0, 0.001, 0), {"depth", "pose", "tracks/xyz", "boxes/center"}),
        ((0.01, 0, 0), {"pose", "tracks/xy", "boxes/amodal_box", "boxes/center"}),
    ],
)
def test_a_millimetre_is_noticed(shift, annotations):
    """Formulas that say a box is elsewhere than it is built must not pass."""
    case = CASES["box behind box"]
    moved = replace(case.bodies[1], poses=at(*shift) @ case.bodies[1].poses)
    built = replace(case, build=lambda _: build_bodies(case), bodies=(case.bodies[0], moved, *case.bodies[2:]))
    assert annotations <= {row.annotation for row in measure(built) if not row.ok}


def test_wrong_labels_are_noticed():
    case = CASES["box behind box"]
    swapped = [replace(body, part={0: 1, 1: 0}.get(body.part, body.part)) for body in case.bodies]
    built = replace(case, build=lambda _: build_bodies(case), bodies=tuple(swapped))
    assert {"part", "instance", "semantic"} & {row.annotation for row in measure(built) if not row.ok}


def build_bodies(case):
    from benchmarks.proof.case import place

    for number, body in enumerate(case.bodies):
        place(f"body {number}", body)


@pytest.mark.parametrize(
    "solid", [box(1, 2, 3), prism(0.7, 2, 9), globe(1.3, 12, 7), sheet(2, 1)], ids=["box", "prism", "globe", "sheet"]
)
def test_planes_hold_the_corners_of_their_faces(solid):
    height = solid.vertices @ solid.planes[:, :3].T - solid.planes[:, 3]
    assert height.max() < 1e-12, "corners lie within all planes"
    touching = np.abs(height) < 1e-12
    for face in solid.faces:
        assert touching[list(face)].all(0).any(), "some plane holds the whole face"


def test_k_of_a_textbook_lens():
    np.testing.assert_allclose(
        Lens(size=(1920, 1080), focal=50).K, [[1920 * 50 / 36, 0, 960], [0, 1920 * 50 / 36, 540], [0, 0, 1]]
    )
