"""World "construction_site": a building site in a town."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators import world
from buildee.generators.construction_site import (
    crew,
    crew_places,
    lamps,
    lighting,
    machines,
    plant,
    shots,
    stockpiles,
    terrain,
)
from buildee.generators.construction_site.clutter import clutter
from buildee.generators.construction_site.envelope import envelope, has_tiles, opened
from buildee.generators.construction_site.fencing import fencing
from buildee.generators.construction_site.frame import Building as Frame
from buildee.generators.construction_site.frame import FrameSpec, frame
from buildee.generators.construction_site.furnishing import cabins, furnish
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.groundworks import groundworks
from buildee.generators.construction_site.guiding import guide
from buildee.generators.construction_site.lifting import lifting
from buildee.generators.construction_site.litter import litter
from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.pit_floor import laid, pit_floor
from buildee.generators.construction_site.pit_works import pit_works
from buildee.generators.construction_site.programme import Programme, programme
from buildee.generators.construction_site.rain import rained_on
from buildee.generators.construction_site.scaffolding import scaffolds
from buildee.generators.construction_site.schemes import organise
from buildee.generators.construction_site.section import Building, ConstructionSite
from buildee.generators.construction_site.site import Plot, reserved
from buildee.generators.construction_site.surroundings import town
from buildee.generators.construction_site.yard import pads, stood
from buildee.layout import cameras, catalog
from buildee.layout.placement import Footprint
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
    works = programme(scene.building.progress, scene.building.storeys)
    building = frame(
        _frame_spec(scene.building, works.storeys, has_tiles(scene.envelope, scene.building, seed.child("roof").rng())),
        seed.child("frame").rng(),
        has_slab=works.has_slab,
        enclosed=works.enclosed,
    )
    skin = envelope(building, scene.envelope, works, seed.child("envelope"))
    building = opened(building, scene.envelope, works, seed.child("envelope"))
    plot = organise(scene, tuple(np.ptp(building.ground_outline, axis=0)), seed.child("plot"))
    taken = reserved(scene, plot)
    posts = plant.posts(scene, plot, taken, seed.child("posts"))
    stands = cabins(scene.stores.offices, scene.stores.containers, plot, taken, seed.child("cabins"))
    heaps = [*stockpiles.heaps(scene, plot, taken, seed.child("stockpiles")), *posts.heaps]
    stands += furnish(scene, plot, taken, seed.child("furnishing"))
    stands += guide(scene, plot, taken, posts.drive, seed.child("furnishing"))
    sky = lighting.sky(scene.weather)
    lit = lighting.lamps_on(scene.weather, sky)
    if lit:
        stands += lamps.towers(scene.weather.lighting_towers, plot, taken, seed.child("lighting towers"))
    duration = (shot.frames - 1) / shot.fps
    floor = pit_floor(plot, posts.excavators, building, plant.soil(scene), seed.child("pit floor"))
    people = crew_places.places(
        scene.crew,
        plot,
        taken,
        posts.excavators,
        stands,
        building,
        duration,
        seed.child("crew"),
        floor.spots,
        floor.taken,
    )
    stands += [*floor.stands, *clutter(scene.stores.clutter, plot, taken, seed.child("clutter"))]
    heaps += floor.heaps
    solid = [*pads(stands), *posts.pads]
    if works.has_slab:
        solid.append(plot.building.grown(2.0))
    if scene.plant.tower_crane:
        solid.append(Footprint(*plot.crane, 0.0, 6.2, 6.2))
    salt = int(seed.child("terrain").rng().integers(2**40))
    land = terrain.shape(scene, plot, heaps, solid, salt)
    level = float(land.ground.height(np.array([plot.building.x, plot.building.y]))) if works.has_slab else 0.0
    assets = catalog.load()
    time = np.arange(shot.frames) / shot.fps
    pieces = [
        land.assembly,
        Assembly.merged([building.assembly, skin]).moved(pose_at(plot.building.x, plot.building.y, level)),
        _around(scene, plot, building, works, land.ground, level, time, seed),
        pit_works(plot, land.ground, seed.child("pit")),
        laid(floor, plot, building, land.ground, seed.child("pit floor")),
        machines.machines(scene, plot, land.ground, posts, assets, time, seed.child("machines")),
        crew.crew(
            scene.crew,
            people,
            building,
            plot.building,
            level,
            land.ground,
            assets,
            shot.frames,
            shot.fps,
            seed.child("crew"),
        ),
        stood(stands, land.ground),
        fencing(scene.stores.boundary, plot, land.ground, seed.child("fence")),
        litter(scene, plot, land.ground, heaps, solid, seed.child("litter")),
        town(scene.surroundings, plot, land.ground, time, seed.child("town")),
    ]
    if scene.plant.tower_crane:
        footing = float(land.ground.height(plot.crane))
        pieces.append(lifting(building, plot, footing, pieces[-1].instances, time, seed.child("crane")))
    pieces = Assembly.merged(pieces)
    if lit:
        pieces = lamps.switched_on(pieces)
    lights = lamps.lights(pieces) if lit else ()
    pieces = rained_on(pieces, scene.weather.wetness)
    view = shots.stage(plot, land.ground, pieces, building.top, sky)
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
    return Site(layout, plot, land.ground)


def _around(
    scene: ConstructionSite,
    plot: Plot,
    building: Frame,
    works: Programme,
    ground: Ground,
    level: float,
    time: NDArray[np.float64],
    seed: Seed,
) -> Assembly:
    """Returns what stands around a building: scaffolds; before there is a slab, the foundations in its dig."""
    if works.has_slab:
        said = scene.building
        return scaffolds(building, plot, said, scene.envelope, works, level, time, seed.child("scaffold"))
    return groundworks(building, plot, works, ground, seed.child("groundworks"))


def _frame_spec(building: Building, storeys: float, pitched: bool) -> FrameSpec:
    """Returns what to build; a stage of `storeys` that is no whole number has one under way."""
    return FrameSpec(
        bays_x=building.bays_x,
        bays_y=building.bays_y,
        bay=building.bay,
        storeys=building.storeys,
        storeys_done=storeys,
        storey_height=building.storey_height,
        column=building.column,
        system=building.system,
        pitched=pitched,
    )


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
