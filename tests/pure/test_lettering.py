"""Lettering has the size asked for, is closed and legible; numbers on things check."""

import numpy as np
import pytest

from buildee.generators.construction_site import naming
from buildee.layout.lettering import _SKELETONS, lines, text, text_width


@pytest.mark.parametrize("character", sorted(set(_SKELETONS) - set(".,:-+='/<>%&#()!?Q")))
def test_letters_reach_from_the_baseline_to_their_height(character):
    low, high = text(character, 0.2, 0.003).bounds
    assert low == pytest.approx((0, 0, 0), abs=1e-9)
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


def test_every_letter_is_closed_and_faces_outwards():
    for character in _SKELETONS:
        mesh = text(character, 1.0, 0.1)
        starts = np.repeat(np.cumsum(mesh.sizes) - mesh.sizes, mesh.sizes)
        within = np.arange(len(mesh.corners)) - starts
        following = mesh.corners[starts + (within + 1) % np.repeat(mesh.sizes, mesh.sizes)]
        edges = mesh.corners.astype(np.int64) * len(mesh.vertices) + following
        assert len(np.unique(edges)) == len(edges)
        assert np.isin(following.astype(np.int64) * len(mesh.vertices) + mesh.corners, edges).all()
        first = mesh.vertices[mesh.corners[starts]]
        assert np.einsum("ni,ni->", first, np.cross(mesh.vertices[mesh.corners], mesh.vertices[following])) > 0


def test_letters_differ():
    """No two glyphs cover the same cells of a coarse grid, so that each can be told from the others."""
    seen = {}
    for character in sorted(set(_SKELETONS) - set("'.,-")):
        mesh = text(character, 1.0)
        starts = np.cumsum(mesh.sizes) - mesh.sizes
        middles = np.array(
            [mesh.vertices[mesh.corners[s : s + n]].mean(0) for s, n in zip(starts, mesh.sizes, strict=True)]
        )
        cells = frozenset(map(tuple, np.floor(middles[:, :2] * 8).astype(int)))
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
