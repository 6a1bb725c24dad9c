"""What a recipe may say about a construction site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from buildee.recipe.schema import knob


@dataclass(frozen=True)
class Lot:
    """The plot of land between the streets."""

    width: float = knob(66.0, "Extent along the front street.", min=30.0, max=120.0, unit="m")
    depth: float = knob(58.0, "Extent away from the front street.", min=30.0, max=120.0, unit="m")
    scheme: Literal["any", "front", "rear", "around", "flank"] = knob(
        "any",
        "How the haul road runs, which decides where everything else is: along the front of a building at the back of "
        "the lot; past a building at the street and behind it; around the building; straight back between building and "
        "pit. Any draws one that fits.",
    )
    relief: float = knob(0.18, "Height of the bumps of the undisturbed ground.", min=0.0, max=0.6, unit="m")
    road_width: float = knob(5.6, "Width of the haul road.", min=4.5, max=8.0, unit="m")
    rut_depth: float = knob(0.05, "How deep lorries have pressed the haul road.", min=0.0, max=0.12, unit="m")
    pit: bool = knob(
        True,
        "Whether an excavation is open beside the building; before the ground slab is cast, the building's own dig "
        "takes its place.",
    )
    pit_depth: float = knob(2.6, "Depth of the excavation beside the building.", min=1.0, max=4.0, unit="m")
    pit_sides: Literal["battered", "sheet_piled"] = knob(
        "battered", "What holds the sides of excavations: their slope, or driven steel sheet piles."
    )


@dataclass(frozen=True)
class Building:
    """The building that is going up."""

    storeys: int = knob(6, "How many storeys it will have.", min=1, max=20)
    system: Literal["concrete", "steel"] = knob("concrete", "What carries it: cast in place, or erected steel.")
    progress: float = knob(
        0.5,
        "Share of the project's time that has passed: earthworks to 0.12, foundations to 0.22, frame to 0.7, envelope "
        "to 0.9, then finishing; trades follow each other up the building.",
        min=0.0,
        max=1.0,
    )
    bays_x: int = knob(4, "Column bays along the front.", min=2, max=10)
    bays_y: int = knob(3, "Column bays in depth.", min=2, max=10)
    bay: float = knob(6.0, "Distance between columns.", min=4.5, max=8.0, unit="m")
    storey_height: float = knob(3.2, "Floor to floor.", min=2.9, max=4.0, unit="m")
    column: float = knob(0.4, "Side of the square columns.", min=0.3, max=0.6, unit="m")
    scaffold_sides: int = knob(2, "How many façades have a scaffold.", min=0, max=4)
    hoist: bool = knob(True, "Whether a goods hoist climbs a scaffold of three lifts or more.")


@dataclass(frozen=True)
class Envelope:
    """What encloses the building."""

    facade: Literal["brick", "block_render", "panel", "curtain"] = knob(
        "brick",
        "What it is clad with: a brick leaf before blocks, render on insulation, rear-ventilated panels on steel "
        "studs, or units of glass.",
    )
    roof: Literal["any", "flat", "pitched"] = knob(
        "any",
        "Flat with insulation and membrane, or hipped, of timber and tiles; any puts tiles on some buildings of brick "
        "or render up to five storeys.",
    )
    netting: float = knob(
        0.4,
        "Share of the scaffold that is netted or sheeted, in patches: at its foot, where work goes on, from one end; 1 "
        "wraps it whole.",
        min=0.0,
        max=1.0,
    )
    cloth: Literal["any", "netting", "sheeting"] = knob(
        "any", "What hangs on the scaffold: open nets that one sees through, closed sheets; any draws one."
    )


@dataclass(frozen=True)
class Plant:
    """Machines."""

    tower_crane: bool = knob(True, "Whether a tower crane stands beside the building.")
    excavators: int = knob(1, "How many excavators dig; they work at the pit.", min=0, max=4)
    dump_trucks: int = knob(2, "How many dump trucks are on the haul road.", min=0, max=6)
    wheel_loaders: int = knob(1, "How many wheel loaders work at a heap; parked where a lot is cramped.", min=0, max=3)
    concrete_mixers: int = knob(1, "How many truck mixers are on the haul road.", min=0, max=4)
    telehandlers: int = knob(1, "How many telehandlers lift pallets in the stores.", min=0, max=3)
    crawling: float = knob(
        0.35,
        "Chance that an excavator is backing up or coming forward on its tracks when a clip begins; the others dig, "
        "and reposition after every other bucket.",
        min=0.0,
        max=1.0,
    )
    tipping: float = knob(
        0.6,
        "Chance that a dump truck which is not being loaded tips at a heap, if there is one and the lot has room.",
        min=0.0,
        max=1.0,
    )


@dataclass(frozen=True)
class Stores:
    """What lies and stands about."""

    offices: int = knob(2, "Site offices near the gate.", min=0, max=8)
    containers: int = knob(3, "Storage containers.", min=0, max=12)
    stockpiles: int = knob(3, "Heaps of sand, gravel and spoil.", min=0, max=8)
    materials: int = knob(16, "Pallets and stacks of building material in the crane's reach.", min=0, max=60)
    equipment: int = knob(13, "Toilets, skips, generators, drums, barrows and the like.", min=0, max=40)
    cones: int = knob(14, "Traffic cones along the haul road.", min=0, max=80)
    barriers: int = knob(8, "Barriers at the pit and the road.", min=0, max=60)
    litter: float = knob(1.0, "Amount of stones, offcuts and debris; 1 is usual.", min=0.0, max=3.0)
    tools: int = knob(12, "Hand tools, buckets, ladders and gas bottles left about.", min=0, max=60)
    clutter: int = knob(
        26, "Small things left at the work fronts, as far as there is room: pallets, debris, timber.", min=0, max=80
    )
    boundary: Literal["mesh", "hoarding", "mixed"] = knob(
        "mixed", "What closes the site: mesh panels, hoarding, or hoarding along the front street and mesh elsewhere."
    )
    order: float = knob(
        0.75, "How tidy the stores are kept: 0 things stand where they were put down, 1 in rows.", min=0.0, max=1.0
    )
    walkway: bool = knob(True, "Whether barriers mark a way for people from their gate to the building.")


@dataclass(frozen=True)
class Crew:
    """People."""

    walking: int = knob(5, "Workers on their way.", min=0, max=30)
    teams: int = knob(1, "Pairs of workers who carry a long pipe, as far as there is room.", min=0, max=10)
    standing: int = knob(6, "Workers who guide machines, talk, look at plans or sit down.", min=0, max=40)
    working: int = knob(
        10,
        "Workers who dig, rake, break, survey, kneel and lift: in the pit, beside materials, on floors.",
        min=0,
        max=40,
    )
    upstairs: float = knob(
        0.35, "Share of those standing and working who are on the floors, once there are any.", min=0.0, max=1.0
    )
    loaded: float = knob(0.5, "Share of those walking who carry something or push a barrow.", min=0.0, max=1.0)
    orange_vests: float = knob(
        0.45, "Share of the vests and jackets that are orange; the others are yellow.", min=0.0, max=1.0
    )


@dataclass(frozen=True)
class Surroundings:
    """What closes the view."""

    street_width: float = knob(7.0, "Width of the streets around the lot.", min=5.0, max=14.0, unit="m")
    district: Literal["any", "terraces", "boulevard", "estate", "business", "mixed"] = knob(
        "any",
        "What kind of town it is: brick terraces, blocks of the 1880s over shops, housing of the 1960s, offices and "
        "warehouses, or all of them; any draws one.",
    )
    season: Literal["spring", "summer", "autumn", "winter"] = knob("summer", "What leaves the trees have.")
    storeys: int = knob(
        5, "Storeys of the houses across the streets, as far as their kind is built that high.", min=1, max=12
    )
    trees: int = knob(26, "Street trees.", min=0, max=200)
    vans: int = knob(5, "Vans parked along the streets.", min=0, max=40)
    cars: int = knob(18, "Cars parked along the streets.", min=0, max=80)
    traffic: int = knob(3, "Cars that drive along the streets.", min=0, max=12)


@dataclass(frozen=True)
class Weather:
    """Sun, sky, lamps, air and wetness."""

    sun_elevation_deg: float = knob(
        38.0, "Height of the sun above the horizon; below it are twilight and night.", min=-20.0, max=90.0, unit="deg"
    )
    sun_azimuth_deg: float = knob(
        -60.0,
        "Where the sun stands, counter-clockwise from +X; the front street lies at -90.",
        min=-180.0,
        max=180.0,
        unit="deg",
    )
    hour: float | None = knob(
        None,
        "Solar time, 12 at the sun's highest, in place of sun_elevation_deg and sun_azimuth_deg; null keeps those.",
        min=0.0,
        max=24.0,
        unit="h",
    )
    day: int = knob(172, "Day of the year that the hour belongs to; 172 is the summer solstice.", min=1, max=366)
    latitude_deg: float = knob(50.0, "Latitude of the site for the hour.", min=-90.0, max=90.0, unit="deg")
    front_bearing_deg: float = knob(
        180.0,
        "Compass bearing from the lot to its front street for the hour; 180 is a site that faces south.",
        min=0.0,
        max=360.0,
        unit="deg",
    )
    haze: float = knob(1.5, "Dust in the air, 0 clean to 10 thick.", min=0.0, max=10.0)
    visibility_km: float | None = knob(
        None, "How far one sees; null follows the haze, from 40 km down to 4 km.", min=0.1, max=200.0, unit="km"
    )
    cloud: float = knob(0.15, "0 clear sky to 1 overcast.", min=0.0, max=1.0)
    wetness: float = knob(0.15, "0 dry ground to 1 after heavy rain.", min=0.0, max=1.0)
    dirt: float = knob(0.5, "How dirty things are, 0 clean to 1 caked.", min=0.0, max=1.0)
    lamps: Literal["auto", "on", "off"] = knob(
        "auto", "Whether lighting towers, street lamps and windows are lit; auto is when the sun has set."
    )
    lighting_towers: int = knob(
        3, "Lighting towers put up around the works while the lamps are on, besides those in store.", min=0, max=8
    )
    hdri: str | None = knob(
        None,
        "Panorama (.hdr, .exr) that lights the site in place of sun, sky and clouds: a path, the id of one in the "
        "folders of `assets`, any to draw one of those, or city, courtyard, forest, interior, night, studio, sunrise "
        "or sunset, which come with Blender.",
    )
    hdri_turn_deg: float = knob(
        0.0, "How far the panorama is turned, counter-clockwise from above.", min=-180.0, max=180.0, unit="deg"
    )
    hdri_strength: float = knob(
        1.0,
        "Light that the panorama sheds on level ground against that of the sun at 45 degrees. Exposure follows, and "
        "below 0.005 it counts as night and lamps are lit.",
        min=0.0001,
        max=20.0,
    )


@dataclass(frozen=True)
class Surfaces:
    """Textures of your own, by their ids in the folders of `assets`; any draws one, null leaves it to the world."""

    ground: str | None = knob(None, "Of the site's earth, its haul road and its excavations; ruts and bumps stay.")
    street: str | None = knob(None, "Of the streets' asphalt; their markings stay.")
    pavement: str | None = knob(None, "Of the pavements.")
    concrete: str | None = knob(None, "Of columns, slabs, beams, stairs and the core.")
    facade: str | None = knob(None, "Of the brick leaf, the render or the panels; curtain walls stay glass and metal.")


@dataclass(frozen=True)
class ConstructionSite:
    """A building site in a town: a concrete frame going up, plant, stores, crew and streets."""

    lot: Lot = knob(Lot(), "The plot of land.")
    building: Building = knob(Building(), "The building that is going up.")
    envelope: Envelope = knob(Envelope(), "What encloses the building.")
    plant: Plant = knob(Plant(), "Machines.")
    stores: Stores = knob(Stores(), "What lies and stands about.")
    crew: Crew = knob(Crew(), "People.")
    surroundings: Surroundings = knob(Surroundings(), "What closes the view.")
    surfaces: Surfaces = knob(Surfaces(), "Textures of your own.")
    weather: Weather = knob(Weather(), "Sun, sky, lamps, air and wetness.")
