"""World "construction_site": a building site in a town."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators import world
from buildee.generators.construction_site import crew, lamps, lighting, machines, shots, terrain
from buildee.generators.construction_site.arrangement import Arrangement, arrange
from buildee.generators.construction_site.fencing import fencing
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.groundworks import groundworks
from buildee.generators.construction_site.lifting import lifting
from buildee.generators.construction_site.litter import litter
from buildee.generators.construction_site.pit_floor import laid
from buildee.generators.construction_site.pit_works import pit_works
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.rain import rained_on
from buildee.generators.construction_site.scaffolding import scaffolds
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.surfaces import covered
from buildee.generators.construction_site.surroundings import town
from buildee.generators.construction_site.yard import stood
from buildee.layout import cameras, catalog
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly, Instance, Layout
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

MACHINES = ("excavator", "dump_truck", "wheel_loader", "concrete_mixer", "telehandler", "tower_crane")
"""Categories that count as machines."""


@dataclass(frozen=True, eq=False)
class Site:
    """A decided site.

    Attributes:
        layout: all that is to be built.
        plot: the zones in plan.
        ground: what things stand on.
    """

    layout: Layout
    plot: Plot
    ground: Ground


@world(
    "construction_site", "A building site in a town: frame, crane, plant, stores, crew and streets.", ConstructionSite
)
def plan(scene: ConstructionSite, shot: Shot, seed: Seed) -> Layout:
    """Decides a construction site; raises PlacementError as `decide` does."""
    return decide(scene, shot, seed).layout


def decide(scene: ConstructionSite, shot: Shot, seed: Seed) -> Site:
    """Decides a construction site and keeps what the layout was decided from.

    Raises:
        PlacementError: if the recipe asks for more than the lot holds; says which field to change.
    """
    sky = lighting.sky(scene.weather, seed.child("sky").rng())
    lit = lighting.lamps_on(scene.weather, sky)
    plan = arrange(scene, shot, lit, seed)
    salt = int(seed.child("terrain").rng().integers(2**40))
    land = terrain.shape(scene, plan.plot, plan.heaps, plan.solid, salt)
    pieces = Assembly.merged([land.assembly, _erected(scene, plan, land.ground, shot, seed)])
    if lit:
        pieces = lamps.switched_on(pieces)
    lights = lamps.lights(pieces) if lit else ()
    pieces = covered(rained_on(pieces, scene.weather.wetness), scene.surfaces, seed.child("surfaces"))
    view = shots.stage(plan.plot, land.ground, pieces, plan.building.top, sky)
    layout = Layout(
        world="construction_site",
        frames=shot.frames,
        fps=shot.fps,
        shapes=pieces.shapes,
        instances=pieces.instances,
        scatters=pieces.scatters,
        cameras=cameras.place(shot.cameras, view, shot, seed.child("cameras")),
        lights=lights,
        sky=sky,
        exposure=lighting.exposure(sky, scene.lot, lights),
        facts=_facts(scene, pieces.instances),
    )
    return Site(layout, plan.plot, land.ground)


def _erected(scene: ConstructionSite, plan: Arrangement, ground: Ground, shot: Shot, seed: Seed) -> Assembly:
    """Returns all that stands on the ground, and the town around it."""
    plot, building = plan.plot, plan.building
    base = float(ground.height(np.array([plot.building.x, plot.building.y]))) if plan.works.has_slab else 0.0
    assets, time = catalog.load(), np.arange(shot.frames) / shot.fps
    clip, own = (shot.frames, shot.fps), seed.child("crew")
    pieces = [
        Assembly.merged([building.assembly, plan.skin]).moved(pose_at(plot.building.x, plot.building.y, base)),
        _around(scene, plan, ground, base, time, seed),
        pit_works(plot, ground, seed.child("pit")),
        laid(plan.floor, plot, building, ground, seed.child("pit floor")),
        machines.machines(scene, plot, ground, plan.posts, assets, time, seed.child("machines")),
        crew.crew(scene.crew, plan.people, building, plot.building, base, ground, assets, *clip, own),
        stood(plan.stands, ground),
        fencing(scene.stores.boundary, plot, ground, seed.child("fence")),
        litter(scene, plot, ground, plan.heaps, plan.solid, seed.child("litter")),
        town(scene.surroundings, plot, ground, time, seed.child("town")),
    ]
    if scene.plant.tower_crane:
        footing = float(ground.height(plot.crane))
        pieces.append(lifting(building, plot, footing, pieces[-1].instances, time, seed.child("crane")))
    return Assembly.merged(pieces)


def _around(
    scene: ConstructionSite, plan: Arrangement, ground: Ground, base: float, time: NDArray[np.float64], seed: Seed
) -> Assembly:
    """Returns what stands around a building: scaffolds; before there is a slab, the foundations in its dig."""
    plot, building, works = plan.plot, plan.building, plan.works
    if works.has_slab:
        own = seed.child("scaffold")
        return scaffolds(building, plot, scene.building, scene.envelope, works, base, time, own)
    return groundworks(building, plot, works, ground, seed.child("groundworks"))


def _facts(scene: ConstructionSite, instances: tuple[Instance, ...]) -> dict[str, object]:
    """Returns statistics worth showing people."""
    counts = Counter(instance.category for instance in instances)
    works = programme(scene.building.progress, scene.building.storeys)
    return {
        "lot": [scene.lot.width, scene.lot.depth],
        "storeys": scene.building.storeys,
        "phase": works.phase,
        "storeys_done": int(works.storeys),
        "machines": sum(counts[name] for name in MACHINES),
        "instances": dict(sorted(counts.items())),
    }
