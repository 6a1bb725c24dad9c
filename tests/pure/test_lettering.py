"""Lettering has the size asked for, looks one way and is legible; numbers on things check."""

import numpy as np
import pytest

from buildee.generators.construction_site import naming
from buildee.layout.lettering import _SKELETONS, lines, text, text_width


@pytest.mark.parametrize("character", sorted(set(_SKELETONS) - set(".,:-+='/<>%&#()!?Q")))
def test_letters_reach_from_the_baseline_to_their_height(character):
    low, high = text(character, 0.2, 0.003).bounds
    assert low == pytest.approx((0, 0, 0.003), abs=1e-9)
    assert high[1:] == pytest.approx((0.2, 0.003), abs=1e-9)
    assert high[0] == pytest.approx(text_width(character, 0.2))
    assert 0.02 < high[0] < 0.2


def test_lines_are_as_wide_as_said_and_aligned():
    words = "SAFETY HELMETS MUST BE WORN"
    wide = text_width(words, 0.1)
    for align, start in (("left", 0.0), ("middle", -wide / 2), ("right", -wide)):
        low, high = text(words, 0.1, align=align).bounds
        assert (low[0], high[0]) == pytest.approx((start, start + wide))
    low, high = lines(["GATE 2", "SITE OFFICE"], 0.1, 0.4).bounds
    assert (low[:2] + high[:2]) == pytest.approx((0, 0), abs=1e-3)
    assert high[0] - low[0] == pytest.approx(0.4)


def test_small_letters_are_set_as_capitals_and_unknown_ones_refused():
    assert np.array_equal(text("Gate 2", 1.0).vertices, text("GATE 2", 1.0).vertices)
    with pytest.raises(ValueError, match="'€'"):
        text("5 €", 1.0)


def test_every_face_looks_at_the_reader():
    for character in _SKELETONS:
        mesh = text(character, 1.0)
        first = (np.cumsum(mesh.sizes) - mesh.sizes)[:, None]
        corners = mesh.vertices[mesh.corners[first + np.arange(4)]]
        normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        assert (normal[:, 2] > 0).all(), character


def test_letters_differ():
    """No two glyphs cover the same cells of a coarse grid, so that each can be told from the others."""
    seen = {}
    for character in sorted(set(_SKELETONS) - set("'.,-")):
        mesh = text(character, 1.0)
        a, b, c, d = (mesh.vertices[mesh.corners[k::4], None, :2] for k in range(4))
        u, v = (share.reshape(1, -1, 1) for share in np.meshgrid(*[np.linspace(0.05, 0.95, 9)] * 2))
        inked = (1 - u) * (1 - v) * a + u * (1 - v) * b + u * v * c + (1 - u) * v * d
        cells = frozenset(map(tuple, np.floor(inked.reshape(-1, 2) * 16).astype(int)))
        assert cells not in seen, (character, seen.get(cells))
        seen[cells] = character


def test_container_numbers_carry_the_right_check_digit():
    assert naming.check_digit("CSQU305438") == 3  # the worked example of the standard
    for seed in range(20):
        owner, serial, digit = naming.container_number(np.random.default_rng(seed)).split()
        assert int(digit) == naming.check_digit(owner + serial)


def test_names_can_be_written():
    for seed in range(50):
        rng = np.random.default_rng(seed)
        for draw in (naming.company, naming.fleet_number, naming.plate, naming.telephone, naming.container_number):
            assert text(draw(rng), 0.1).triangle_count > 0
