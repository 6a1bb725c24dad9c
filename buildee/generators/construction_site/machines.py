"""Machines at work: in what colours, under whose name, and what each does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import carriers, earthmoving, fleet, loading, naming, operators, tipping
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.liveries import LIVERIES
from buildee.generators.construction_site.plant import Posts, hand, soil
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.layout.catalog import Catalog
from buildee.layout.scene import Assembly, Model
from buildee.recipe.seed import Seed

OWNERS = 3
"""Firms whose machines are on a site."""


class _Looks:
    """Liveries, wear, dirt and lettering of a site's machines."""

    def __init__(self, scene: ConstructionSite, catalog: Catalog, seed: Seed) -> None:
        self.catalog, self.dirt = catalog, 0.5 + scene.weather.dirt
        self.owners = [naming.firm(seed.child("owners").child(number).rng()) for number in range(OWNERS)]

    def model(self, asset: str, rng: np.random.Generator, colors: Seed, without: tuple[str, ...] = ()) -> Model:
        """Returns a machine of the catalog; `rng` decides its wear, `colors` its livery and lettering."""
        livery = LIVERIES[asset][colors.rng().integers(len(LIVERIES[asset]))]
        letters = colors.child("letters").rng()
        plain = self.catalog.model(asset, livery, wear=rng.uniform(0.5, 1.5), dirt=self.dirt, without=without)
        return fleet.lettered(plain, asset, self.owners[letters.integers(OWNERS)], letters)


def machines(
    scene: ConstructionSite,
    plot: Plot,
    ground: Ground,
    where: Posts,
    catalog: Catalog,
    time: NDArray[np.float64],
    seed: Seed,
) -> Assembly:
    """Returns the machines at work.

    Args:
        scene: the section of the recipe.
        plot: the zones.
        ground: the finished terrain.
        where: from `posts`.
        catalog: of assets.
        time: (T,) seconds.
        seed: of phases and looks.
    """
    looks = _Looks(scene, catalog, seed)
    pieces = _digging(scene, plot, ground, where, looks, time, seed)
    for number, lorry in enumerate(where.lorries):
        own = seed.child("truck").child(number)
        rng = own.rng()
        thing = looks.model(lorry.asset, rng, own.child("livery"))
        if lorry.asset == "dump_truck":
            name, way = f"dump_truck.{number}", lorry.travelled(time)
            item = earthmoving.driving(thing, name, where.drive, lorry.arc, way, ground)
        else:
            name, way, turned = f"concrete_mixer.{number}", lorry.travelled(time), rng.uniform(0, 2 * np.pi)
            item = carriers.mixing(thing, name, where.drive, lorry.arc, way, time, ground, turned)
        pieces.append(Assembly(thing.shapes, (item,)))
    for number, tip in enumerate(where.tips):
        own = seed.child("tip").child(number)
        rng = own.rng()
        thing = looks.model("dump_truck", rng, own.child("livery"), ("load",))
        pieces.append(tipping.tipping(thing, f"dump_truck.tipping_{number}", tip, ground, time, rng))
    for number, yard in enumerate(where.yards):
        own = seed.child("wheel_loader").child(number)
        rng = own.rng()
        thing = looks.model("wheel_loader", rng, own.child("livery"))
        pieces.append(loading.loading(thing, f"wheel_loader.{number}", yard, ground, time, rng))
    for number, place in enumerate(where.telehandlers):
        own = seed.child("telehandler").child(number)
        rng = own.rng()
        thing = looks.model("telehandler", rng, own.child("livery"))
        item = carriers.lifting(thing, f"telehandler.{number}", place, rng.uniform(2.6, 5.6), ground, time, rng)
        pieces.append(Assembly(thing.shapes, (item,)))
    placed = Assembly.merged(pieces)
    parked = {f"wheel_loader.{number}" for number, yard in enumerate(where.yards) if not yard.side}
    running = [item for item in placed.instances if item.category in operators.FLOORS and item.name not in parked]
    return Assembly.merged([placed, operators.seated(running, scene.crew, catalog, seed.child("operators"))])


def _digging(
    scene: ConstructionSite,
    plot: Plot,
    ground: Ground,
    where: Posts,
    looks: _Looks,
    time: NDArray[np.float64],
    seed: Seed,
) -> list[Assembly]:
    """Returns the excavators with what their buckets carry; arguments as in `machines`."""
    dug = soil(scene)
    pieces = []
    for number, (footprint, retreat) in enumerate(zip(where.excavators, where.retreats, strict=True)):
        own = seed.child("excavator").child(number)
        rng = own.rng()
        digger = looks.model("excavator", rng, own.child("livery"))
        name, side = f"excavator.{number}", hand(footprint, where.drive)
        size = plot.pit_depth, plot.pit.width if plot.pit else 0.0
        crawls = bool(own.child("crawling").rng().random() < scene.plant.crawling)
        pieces.append(
            earthmoving.digging(digger, name, footprint, ground, *size, time, dug, side, retreat, crawls, rng)
        )
    return pieces
