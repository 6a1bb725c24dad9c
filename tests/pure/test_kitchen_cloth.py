"""Curtains and blinds are not alike: colours and patterns vary within a family, and patterns lie on the cloth."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.generators.kitchen.cloth import resampled, sheet
from buildee.generators.kitchen.curtains import dressed
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.style import Pattern
from buildee.generators.kitchen.styles import FAMILIES, style


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_hangs_many_colours_in_more_than_one_pattern(family: str) -> None:
    drawn = [style(family, 0.3, np.random.default_rng(seed)) for seed in range(60)]
    known = np.array(FAMILIES[family].textiles)
    nearest = {int(np.abs(known - one.textile.color).sum(1).argmin()) for one in drawn}
    assert len(nearest) >= 5
    assert {one.pattern for one in drawn} == set(FAMILIES[family].patterns)
    assert len(set(FAMILIES[family].patterns)) >= 2


@pytest.mark.parametrize(("pattern", "tones"), [("plain", 1), ("stripes", 2), ("checks", 3), ("sprigs", 3)])
def test_patterns_repeat_on_both_faces_of_the_cloth(pattern: Pattern, tones: int) -> None:
    x, z = np.meshgrid(np.linspace(0, 1.0, 81), np.linspace(0, -0.6, 49), indexing="ij")
    front = np.stack([x, 0 * x + 0.001, z], -1)
    mesh = sheet(front, front - (0.0, 0.001, 0.0), pattern)
    cells = 80 * 48
    assert set(mesh.slots[:cells]) == set(range(tones))
    assert (mesh.slots[:cells] == mesh.slots[cells : 2 * cells]).all()
    grid = mesh.slots[:cells].reshape(80, 48)
    assert (grid == grid[:, :1]).all() == (pattern in ("plain", "stripes"))  # stripes hang down


def test_what_hangs_has_a_material_for_every_tone() -> None:
    room = Room(
        np.array([(0, 0), (4.0, 0), (4.0, 3.0), (0, 3.0)], float), 2.5, (Opening("window", 0, 1.2, 1.2, 1.0, 2.1),)
    )
    for seed in range(8):
        drawn = style("country", 0.3, np.random.default_rng(seed))
        for kind in ("curtains", "cafe", "roman", "net"):
            made = dressed(room, room.walls[0], room.openings[0], "w", kind, drawn, (), np.random.default_rng(seed))
            part = made.instances[0].parts[0]
            assert set(made.shapes[part.shape].slots) == set(range(len(part.materials)))


def test_paths_keep_their_ends_and_corners() -> None:
    path = np.array([(0.0, 0.0), (0.0, 0.05), (0.03, 0.05)])
    more = resampled(path, 0.0125)
    assert all((np.abs(more - corner).max(1) < 1e-12).any() for corner in path)
    assert np.linalg.norm(np.diff(more, axis=0), axis=1).max() <= 0.0125 + 1e-12
