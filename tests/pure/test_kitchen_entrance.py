"""What hangs against the sun, and what hangs and stands beside the door: sound pieces, in nobody's way."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.generators.kitchen import curtains, daylight
from buildee.generators.kitchen.apparel import NUMBERS, SHAFTS, carrier, coat, pegs, shoe, tote
from buildee.generators.kitchen.entrance import furnish_entrance
from buildee.generators.kitchen.flowers import PETALS, flowers
from buildee.generators.kitchen.paintings import calendar
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.section import Contents, Daylight
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.styles import style
from buildee.layout import catalog
from buildee.layout.kinematics import reach_of
from buildee.layout.mesh import Mesh
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Model

STYLE = style("country", 0.2, np.random.default_rng(0))
RED = (0.3, 0.05, 0.04)


def room() -> Room:
    openings = (Opening("window", 0, 1.2, 1.5, 1.0, 2.15), Opening("door", 1, 0.5, 0.9, 0.0, 2.05))
    return Room(np.array([(0, 0), (4.6, 0), (4.6, 3.6), (0, 3.6)], float), 2.5, openings)


def models() -> list[Model]:
    made = [flowers(kind, number) for kind in PETALS for number in range(3)]
    made += [coat(long, number, RED) for long in (0.7, 0.95) for number in range(NUMBERS)]
    made += [shoe(kind, left, RED) for kind in SHAFTS for left in (False, True)]
    made += [*(tote(RED, number) for number in range(NUMBERS)), *(carrier(number) for number in range(NUMBERS))]
    return [*made, pegs(4, STYLE.table), *(calendar(STYLE, number) for number in range(4))]


def test_pieces_are_where_their_boxes_say() -> None:
    for model in models():
        (part,) = model.parts
        mesh = model.shapes[part.shape]
        assert isinstance(mesh, Mesh) and np.isfinite(mesh.vertices).all()
        assert mesh.slots.max() < len(part.materials)
        reach = reach_of(part.proxy.poses, part.proxy.half)
        low = (part.proxy.poses[:, :3, 3] - reach).min(0)
        high = (part.proxy.poses[:, :3, 3] + reach).max(0)
        assert (low > mesh.bounds[0] - 0.03).all() and (high < mesh.bounds[1] + 0.03).all(), part.shape
        # Leaves and petals may be outside, for a hand's breadth at most.
        spare = 0.06 if model.category == "flowers" else 0.035
        assert (low < mesh.bounds[0] + spare).all() and (high > mesh.bounds[1] - spare).all(), part.shape


def test_pegs_keep_out_of_the_way_of_doors() -> None:
    stock = Stock(catalog.load(), STYLE, np.random.default_rng(0), Contents(hung=1.0))
    for seed in range(8):
        furnish_entrance(stock, STYLE, room(), (), np.random.default_rng(seed))
    assert {"coat", "shoe", "bag"} <= {item.category for item in stock.taken}
    for item in stock.taken:
        poses, half = boxes_of(item)
        reach = reach_of(poses, half)
        low, high = (poses[:, :3, 3] - reach).min(0), (poses[:, :3, 3] + reach).max(0)
        assert (low > (-1e-6, -1e-6, -1e-6)).all() and (high < (4.6 + 1e-6, 3.6 + 1e-6, 2.0)).all()
        assert not (high[0] > 4.6 - 0.9 and high[1] > 0.5 and low[1] < 1.4), item.name


def test_nothing_hangs_where_the_recipe_wants_nothing_hung() -> None:
    stock = Stock(catalog.load(), STYLE, np.random.default_rng(0), Contents(hung=0.0))
    furnish_entrance(stock, STYLE, room(), (), np.random.default_rng(1))
    assert not stock.taken


@pytest.mark.parametrize("kind", ["none", "curtains", "cafe", "roller", "roman", "slats"])
def test_something_is_drawn_against_the_sun(kind: curtains.Dressing) -> None:
    place = room()
    wall, item = place.walls[0], place.walls[0].openings[0]

    def share(sunlit: bool) -> float:
        made = [
            curtains.dressed(place, wall, item, "w", kind, STYLE, (), np.random.default_rng(seed), sunlit)
            for seed in range(12)
        ]
        return float(np.mean([daylight.hung_before(wall, item, pieces.instances) for pieces in made]))

    assert share(True) > share(False) + 0.1


def test_the_sunbeam_counts_in_the_exposure() -> None:
    place = room()
    wall, item = place.walls[0], place.walls[0].openings[0]
    sunny = daylight.sky(Daylight(sun_azimuth_deg=-90.0), np.random.default_rng(0))
    dull = daylight.sky(Daylight(sun_azimuth_deg=-90.0, cloud=1.0), np.random.default_rng(0))
    assert daylight.is_sunlit(wall, sunny) and not daylight.is_sunlit(wall, dull)
    assert not daylight.is_sunlit(place.walls[1], sunny)
    nets = (
        curtains.dressed(place, wall, item, "w", "none", STYLE, (), np.random.default_rng(n), True) for n in range(9)
    )
    net = next(pieces.instances for pieces in nets if pieces.instances and pieces.instances[0].category == "curtain")
    bare, soft = (daylight.exposure(place, STYLE, sunny, (), things) for things in ((), net))
    inner = [daylight.illuminance(place, STYLE, sunny, (), things) for things in ((), net)]
    assert inner[1] < inner[0]
    # Behind a net the picture may be lighter than what comes through it alone would ask for.
    assert soft - bare > np.log2(inner[0] / inner[1]) + 0.2
