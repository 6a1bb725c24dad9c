"""World "tabletop": things on a table, dropped on a heap or put in order, for grasping and 6D pose."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from buildee.generators import world
from buildee.generators.tabletop import backdrop, lighting, shots
from buildee.generators.tabletop.arrangement import arrange
from buildee.generators.tabletop.section import Tabletop
from buildee.generators.tabletop.softboxes import softboxes
from buildee.generators.tabletop.supply import Supply
from buildee.generators.tabletop.table import table
from buildee.generators.tabletop.traces import traces
from buildee.layout import cameras, catalog
from buildee.layout.pictures import surface
from buildee.layout.scene import Assembly, Layout
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed


@world("tabletop", "Things on a table, dropped on a heap or put in order, for grasping and 6D pose.", Tabletop)
def plan(scene: Tabletop, shot: Shot, seed: Seed) -> Layout:
    """Decides a tabletop.

    Raises:
        PlacementError: the recipe asks for what no table holds; says which field to change.
    """
    finish = {
        field.name: surface(name, f"scene.surfaces.{field.name}", seed.child("surfaces").child(field.name).rng())
        for field in fields(scene.surfaces)
        if (name := getattr(scene.surfaces, field.name)) is not None
    }
    carrier = table(scene.table, seed.child("table").rng(), finish.get("table"))
    supply = Supply(catalog.load(), scene.objects, seed.child("supply").rng())
    placed = arrange(scene.objects, carrier.support, supply, seed.child("objects").rng())
    around = backdrop.around(scene.room, seed.child("backdrop").rng(), finish)
    left = traces(carrier, scene.table.spills, scene.table.wear, seed.child("traces"))
    top = float(carrier.support.poses[0, 2, 3])
    lights = lighting.lamps(scene.light, scene.room, top, around.window, seed.child("light").rng())
    stands = softboxes(lights, carrier.support.size) if scene.room.backdrop == "studio" else Assembly()
    everything = Assembly.merged([around.assembly, stands, carrier.assembly, left, placed.assembly])
    loose = {item.instance for item in placed.loose}
    view = shots.stage(scene.room.backdrop, carrier.support, placed.middle, everything.instances, loose)
    sky = lighting.sky(scene.light, scene.room, seed.child("sky").rng())
    return Layout(
        world="tabletop",
        frames=shot.frames,
        fps=shot.fps,
        shapes=everything.shapes,
        instances=everything.instances,
        scatters=everything.scatters,
        cameras=cameras.place(shot.cameras, view, shot, seed.child("cameras")),
        lights=lights,
        sky=sky,
        exposure=lighting.exposure(scene.light, scene.room, carrier.reflectance),
        facts={
            **carrier.facts,
            "backdrop": sky.image if sky is not None else scene.room.backdrop,
            "arrangement": scene.objects.arrangement,
            "instances": dict(sorted(Counter(item.category for item in placed.assembly.instances).items())),
        },
        loose=placed.loose or None,
    )
