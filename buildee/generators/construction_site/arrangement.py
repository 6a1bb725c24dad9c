"""What stands where on a site, in plan: decided before the ground is shaped under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.errors import PlacementError
from buildee.generators.construction_site import crew_places, lamps, plant, stockpiles
from buildee.generators.construction_site.clutter import clutter
from buildee.generators.construction_site.envelope import envelope, has_tiles, opened
from buildee.generators.construction_site.frame import Building as Frame
from buildee.generators.construction_site.frame import FrameSpec, frame
from buildee.generators.construction_site.furnishing import cabins, furnish
from buildee.generators.construction_site.guiding import guide
from buildee.generators.construction_site.pit_floor import Floor, pit_floor
from buildee.generators.construction_site.programme import Programme, programme
from buildee.generators.construction_site.relief import Heap
from buildee.generators.construction_site.schemes import organised
from buildee.generators.construction_site.section import Building, ConstructionSite
from buildee.generators.construction_site.site import Plot, reserved
from buildee.generators.construction_site.yard import Stand, pads
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed


@dataclass(frozen=True, eq=False)
class Arrangement:
    """A site in plan.

    Attributes:
        works: how far the works have come.
        building: its frame, in a frame of its own.
        skin: its envelope, in the same.
        plot: the zones of the lot.
        posts: where machines stand and drive.
        floor: what is on the floor of the pit.
        stands: goods, cabins, tools and all else that is put down.
        heaps: of spoil and of bulk goods.
        people: where everybody is.
        solid: ground that is level because something heavy rests on it.
    """

    works: Programme
    building: Frame
    skin: Assembly
    plot: Plot
    posts: plant.Posts
    floor: Floor
    stands: tuple[Stand, ...]
    heaps: tuple[Heap, ...]
    people: crew_places.Places
    solid: tuple[Footprint, ...]


def arrange(scene: ConstructionSite, shot: Shot, lit: bool, seed: Seed) -> Arrangement:
    """Decides what stands where; who comes first has the choice, later ones take what is left.

    Args:
        scene: the section of the recipe.
        shot: how long people walk and machines drive.
        lit: whether lighting towers are brought.
        seed: of all choices.

    Raises:
        PlacementError: if the recipe asks for more than the lot holds; says which field to change.
    """
    works = programme(scene.building.progress, scene.building.storeys)
    building, skin = _structure(scene, works, seed)
    outline = tuple(np.ptp(building.ground_outline, axis=0))
    refusal: PlacementError | None = None
    for plot in organised(scene, outline, seed.child("plot")):
        try:
            return _arranged(scene, shot, lit, works, building, skin, plot, seed)
        except PlacementError as error:  # another scheme may hold what this one does not
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _arranged(
    scene: ConstructionSite,
    shot: Shot,
    lit: bool,
    works: Programme,
    building: Frame,
    skin: Assembly,
    plot: Plot,
    seed: Seed,
) -> Arrangement:
    """Returns what stands where on a plot; raises PlacementError where it is too small."""
    taken = reserved(scene, plot)
    posts = plant.posts(scene, plot, taken, seed.child("posts"))
    stands = cabins(scene.stores.offices, scene.stores.containers, plot, taken, seed.child("cabins"))
    heaps = [*stockpiles.heaps(scene, plot, taken, seed.child("stockpiles")), *posts.heaps]
    stands += furnish(scene, plot, taken, seed.child("furnishing"))
    stands += guide(scene, plot, taken, posts.drive, seed.child("furnishing"))
    if lit:
        stands += lamps.towers(scene.weather.lighting_towers, plot, taken, seed.child("lighting towers"))
    floor = pit_floor(plot, posts.excavators, building, plant.soil(scene), seed.child("pit floor"))
    duration = (shot.frames - 1) / shot.fps
    crew, own = scene.crew, seed.child("crew")
    people = crew_places.places(
        crew, plot, taken, posts.excavators, stands, building, duration, own, floor.spots, floor.taken
    )
    stands += [*floor.stands, *clutter(scene.stores.clutter, plot, taken, seed.child("clutter"))]
    solid = [*pads(stands), *posts.pads]
    if works.has_slab:
        solid.append(plot.building.grown(2.0))
    if scene.plant.tower_crane:
        solid.append(Footprint(*plot.crane, 0.0, 6.2, 6.2))
    heaps = (*heaps, *floor.heaps)
    return Arrangement(works, building, skin, plot, posts, floor, tuple(stands), heaps, people, tuple(solid))


def _structure(scene: ConstructionSite, works: Programme, seed: Seed) -> tuple[Frame, Assembly]:
    """Returns the frame of the building and its envelope."""
    pitched = has_tiles(scene.envelope, scene.building, seed.child("roof").rng())
    spec = _frame_spec(scene.building, works.storeys, pitched)
    building = frame(spec, seed.child("frame").rng(), has_slab=works.has_slab, enclosed=works.enclosed)
    skin = envelope(building, scene.envelope, works, seed.child("envelope"))
    return opened(building, scene.envelope, works, seed.child("envelope")), skin


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
