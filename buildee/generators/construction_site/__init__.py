"""World "construction_site": a building site in a town."""

from __future__ import annotations

from collections import Counter

import numpy as np

from buildee.generators import world
from buildee.generators.construction_site import lighting, shots, terrain
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import organise
from buildee.layout import cameras
from buildee.layout.material import Material
from buildee.layout.placement import pose_on
from buildee.layout.scene import Assembly, Instance, Layout, Model, Part, Proxy
from buildee.layout.solids import box
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed


@world(
    "construction_site", "A building site in a town: frame, crane, plant, stores, crew and streets.", ConstructionSite
)
def plan(scene: ConstructionSite, shot: Shot, seed: Seed) -> Layout:
    """Decides a construction site.

    Raises:
        PlacementError: if the recipe asks for more than the lot holds; says which field to change.
    """
    plot = organise(scene, seed.child("plot"))
    salt = int(seed.child("terrain").rng().integers(2**40))
    land = terrain.shape(scene, plot, (), (plot.building.grown(2.0),), salt)
    storeys = min(scene.building.storeys_done, scene.building.storeys)
    top = storeys * scene.building.storey_height
    size = (plot.building.length, plot.building.width, max(top, 0.3))
    block = Model(
        "slab",
        {"frame/block": box(size, (0, 0, size[2] / 2))},
        (
            Part(
                "block", "frame/block", (Material("concrete"),), proxy=Proxy(_lifted(size[2] / 2), np.array([size]) / 2)
            ),
        ),
    )
    foot = np.array([plot.building.x, plot.building.y])
    frame = block.placed("frame", pose_on([*foot, land.ground.height(foot)], 0.0))
    pieces = Assembly.merged([land.assembly, Assembly(block.shapes, (frame,))])
    view = shots.stage(plot, land.ground, pieces.instances, top)
    return Layout(
        world="construction_site",
        frames=shot.frames,
        fps=shot.fps,
        shapes=pieces.shapes,
        instances=pieces.instances,
        scatters=pieces.scatters,
        cameras=cameras.place(shot.cameras, view, shot, seed.child("cameras")),
        sky=lighting.sky(scene.weather),
        exposure=lighting.exposure(scene.weather),
        facts=_facts(scene, pieces.instances),
    )


def _lifted(height: float) -> np.ndarray:
    pose = np.eye(4)[None].copy()
    pose[0, 2, 3] = height
    return pose


def _facts(scene: ConstructionSite, instances: tuple[Instance, ...]) -> dict[str, object]:
    """Returns statistics worth showing people."""
    counts = Counter(instance.category for instance in instances)
    return {
        "lot": [scene.lot.width, scene.lot.depth],
        "storeys": scene.building.storeys,
        "storeys_done": min(scene.building.storeys_done, scene.building.storeys),
        "machines": sum(counts[name] for name in ("excavator", "dump_truck", "tower_crane")),
        "categories": dict(sorted(counts.items())),
    }
