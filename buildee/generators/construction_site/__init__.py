"""World "construction_site": a building site in a town."""

from __future__ import annotations

from collections import Counter

import numpy as np

from buildee.generators import world
from buildee.generators.construction_site import crew, lighting, plant, shots, stockpiles, terrain
from buildee.generators.construction_site.fencing import fencing
from buildee.generators.construction_site.frame import FrameSpec, frame
from buildee.generators.construction_site.furnishing import cabins, furnish
from buildee.generators.construction_site.lifting import lifting
from buildee.generators.construction_site.litter import litter
from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.scaffolding import scaffolds
from buildee.generators.construction_site.section import Building, ConstructionSite
from buildee.generators.construction_site.site import organise, reserved
from buildee.generators.construction_site.surroundings import town
from buildee.generators.construction_site.yard import pads, stood
from buildee.layout import cameras, catalog
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Layout
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

CONTACTS = frozenset({frozenset({"fence"})})
"""Categories whose things may touch each other: neighbouring fence panels share feet and clamps."""


@world(
    "construction_site", "A building site in a town: frame, crane, plant, stores, crew and streets.", ConstructionSite
)
def plan(scene: ConstructionSite, shot: Shot, seed: Seed) -> Layout:
    """Decides a construction site.

    Raises:
        PlacementError: if the recipe asks for more than the lot holds; says which field to change.
    """
    building = frame(_frame_spec(scene.building), seed.child("frame").rng())
    plot = organise(scene, tuple(np.ptp(building.ground_outline, axis=0)), seed.child("plot"))
    taken = reserved(scene, plot)
    posts = plant.posts(scene, plot, taken, seed.child("posts"))
    stands = cabins(scene.stores.offices, scene.stores.containers, plot, taken, seed.child("cabins"))
    heaps = stockpiles.heaps(scene, plot, taken, seed.child("stockpiles"))
    stands += furnish(scene, plot, taken, posts.drive, seed.child("furnishing"))
    duration = (shot.frames - 1) / shot.fps
    people = crew.places(scene.crew, plot, taken, posts.excavators, duration, seed.child("crew"))
    solid = [*pads(stands), plot.building.grown(2.0), *posts.excavators]
    if scene.plant.tower_crane:
        solid.append(Footprint(*plot.crane, 0.0, 6.2, 6.2))
    salt = int(seed.child("terrain").rng().integers(2**40))
    land = terrain.shape(scene, plot, heaps, solid, salt)
    level = float(land.ground.height(np.array([plot.building.x, plot.building.y])))
    assets = catalog.load()
    time = np.arange(shot.frames) / shot.fps
    pieces = [
        land.assembly,
        building.assembly.moved(pose_at(plot.building.x, plot.building.y, level)),
        scaffolds(building, plot, scene.building.scaffold_sides, level, seed.child("scaffold")),
        plant.machines(scene, plot, land.ground, posts, assets, time, seed.child("machines")),
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
        fencing(plot, land.ground, seed.child("fence")),
        litter(scene, plot, land.ground, heaps, solid, seed.child("litter")),
        town(scene.surroundings, plot, land.ground, time, seed.child("town")),
    ]
    if scene.plant.tower_crane:
        pieces.append(lifting(building, plot, float(land.ground.height(plot.crane)), time, seed.child("crane")))
    pieces = Assembly.merged(pieces)
    sky = lighting.sky(scene.weather)
    view = shots.stage(plot, land.ground, pieces, building.top, sky)
    return Layout(
        world="construction_site",
        frames=shot.frames,
        fps=shot.fps,
        shapes=pieces.shapes,
        instances=pieces.instances,
        scatters=pieces.scatters,
        cameras=cameras.place(shot.cameras, view, shot, seed.child("cameras")),
        sky=sky,
        exposure=lighting.exposure(sky),
        facts=_facts(scene, pieces.instances),
    )


def _frame_spec(building: Building) -> FrameSpec:
    """Returns what to build; a stage that is no whole number of storeys has one under way."""
    return FrameSpec(
        bays_x=building.bays_x,
        bays_y=building.bays_y,
        bay=building.bay,
        storeys=building.storeys,
        storeys_done=programme(building.progress, building.storeys).storeys,
        storey_height=building.storey_height,
        column=building.column,
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
        "machines": sum(counts[name] for name in ("excavator", "dump_truck", "tower_crane")),
        "instances": dict(sorted(counts.items())),
    }
