"""Where machines work."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site import carriers, earthmoving, loading, tipping
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.linkage import TURNING_POINT
from buildee.layout.linkage_carriers import MIXER_TURNING
from buildee.layout.material import Material
from buildee.layout.motion import Path, smooth_path
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

EXCAVATOR = (4.6, 3.0)
"""Length and width of the ground that an excavator's tracks need, metres."""

RETREATS = (2.4, 2.0, 1.6, 1.3, 1.0)
"""How far excavators back to reposition, as there is room, metres."""

BUCKETS = 16.0
"""Side of the square in which an excavator swings its bucket, metres."""

TRUCK, MIXER = (8.2, 2.6), (9.4, 2.6)
"""Length and width of a dump truck and of a truck mixer, metres."""

GAP = 4.5
"""Between lorries on the haul road, metres."""

SPEED = 1.9
"""Of a laden truck on a site, metres a second: walking pace plus."""

LOOSE = (("soil", (0.165, 0.115, 0.072)), ("sand", (0.47, 0.36, 0.22)), ("gravel", (0.37, 0.35, 0.325)))


@dataclass(frozen=True)
class Lorry:
    """A truck or mixer on the haul road.

    Attributes:
        asset: id in the catalog.
        arc: where along the drive it starts, metres.
        speed: metres a second.
        room: how far it may drive before the next one stands in its way, metres.
    """

    asset: str
    arc: float
    speed: float
    room: float

    def travelled(self, time: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (T,) metres driven: at its speed, easing to a stop where the room ends."""
        return self.room * np.tanh(self.speed * time / self.room) if self.speed else np.zeros_like(time)


@dataclass(frozen=True)
class Posts:
    """Where machines work, decided in plan.

    Attributes:
        excavators: where each stands, heading to the pit.
        retreats: how far each has room to back, metres.
        lorries: on the drive; the first truck is being loaded when there is an excavator.
        drive: what lorries follow.
        tips: where trucks tip.
        yards: where wheel loaders work.
        telehandlers: where each lifts.
    """

    excavators: tuple[Footprint, ...]
    retreats: tuple[float, ...]
    lorries: tuple[Lorry, ...]
    drive: Path
    tips: tuple[tipping.Tip, ...]
    yards: tuple[loading.Yard, ...]
    telehandlers: tuple[Footprint, ...]

    @property
    def heaps(self) -> list[Heap]:
        """What loaders take from and add to."""
        loaded = [heap for number, yard in enumerate(self.yards) for heap in yard.heaps(number)]
        return loaded + [tip.heap(f"stockpile.delivered_{number}") for number, tip in enumerate(self.tips)]

    @property
    def pads(self) -> list[Footprint]:
        """The rectangles that must be plane."""
        crawled = [_backed(at, way) for at, way in zip(self.excavators, self.retreats, strict=True)]
        return [*crawled, *self.telehandlers, *(tip.pad for tip in self.tips)]


def posts(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> Posts:
    """Decides where machines work, and marks their places as taken.

    Raises:
        PlacementError: more machines than the pit's edge, the haul road or the lot has room for.
    """
    rng = seed.rng()
    drive = smooth_path(plot.road)
    diggers, retreats = _excavators(scene, plot, plan, rng)
    lorries = _lorries(scene, plot, diggers, drive, rng, seed.child("mixers").rng())
    for number, lorry in enumerate(lorries):
        (length, width), back = (TRUCK, TURNING_POINT) if lorry.asset == "dump_truck" else (MIXER, MIXER_TURNING)
        (x, y), heading, _ = drive.at(lorry.arc)
        x, y = x - back * np.cos(heading), y - back * np.sin(heading)
        plan.keep(f"{lorry.asset}.{number}", Footprint(float(x), float(y), float(heading), length + 2.0, width))
    tips = _tips(scene, plot, plan, bool(diggers), seed.child("tips").rng())
    if tips:  # the last truck tips instead of driving
        last = max(number for number, lorry in enumerate(lorries) if lorry.asset == "dump_truck")
        lorries = lorries[:last] + lorries[last + 1 :]
    yards = _yards(scene, plot, plan, seed.child("yards"))
    handlers = _telehandlers(scene, plot, plan, seed.child("telehandlers"))
    return Posts(tuple(diggers), tuple(retreats), tuple(lorries), drive, tuple(tips), tuple(yards), tuple(handlers))


def _lorries(
    scene: ConstructionSite,
    plot: Plot,
    diggers: list[Footprint],
    drive: Path,
    rng: np.random.Generator,
    more: np.random.Generator,
) -> list[Lorry]:
    """Places trucks, then mixers, along the haul road; `rng` is for the trucks, `more` for the mixers."""
    trucks, mixers = scene.plant.dump_trucks, scene.plant.concrete_mixers
    loading = diggers[:1] if trucks else []
    apart = (MIXER[0] if mixers else TRUCK[0]) + GAP
    stations = np.linspace(9.0, drive.length - 9.0, 200)
    for attempt in range(40):
        # On a short road the first truck may have to wait elsewhere.
        at = loading if attempt < 25 else []
        arcs = [_nearest(drive, np.array([digger.x, digger.y])) + 0.6 for digger in at]
        while len(arcs) < trucks + mixers:
            free = stations[[all(abs(arc - other) > apart for other in arcs) for arc in stations]]
            if not len(free):
                break
            arcs.append(float((rng if len(arcs) < trucks else more).choice(free)))
        else:
            break
    else:
        raise PlacementError(
            f"no room on the haul road of {drive.length:.0f} m for {trucks} dump trucks and {mixers} concrete mixers "
            "after 40 attempts: lower scene.plant.dump_trucks or scene.plant.concrete_mixers, or raise scene.lot.width"
        )
    lorries = []
    for number, arc in enumerate(arcs):
        standing = number < len(loading) or number == trucks  # the first mixer waits to be emptied
        speed = 0.0 if standing else SPEED * (rng if number < trucks else more).uniform(0.7, 1.1)
        ahead = min([other - apart + GAP for other in arcs if other > arc] + [drive.length - 4.0])
        asset = "dump_truck" if number < trucks else "concrete_mixer"
        lorries.append(Lorry(asset, arc, speed, max(ahead - arc - 1.5, 0.5)))
    return lorries


def _backed(place: Footprint, way: float) -> Footprint:
    """Returns a rectangle that reaches `way` metres farther back."""
    cosine, sine = place.direction
    return replace(place, x=place.x - way / 2 * cosine, y=place.y - way / 2 * sine, length=place.length + way)


def _excavators(
    scene: ConstructionSite, plot: Plot, plan: Plan, rng: np.random.Generator
) -> tuple[list[Footprint], list[float]]:
    """Places excavators along the pit's edge towards the haul road; also returns how far each can back."""
    count = scene.plant.excavators
    if not count:
        return [], []
    if plot.pit is None:
        raise PlacementError(
            "excavators need something to dig: set scene.lot.pit to true or scene.plant.excavators to 0"
        )
    room = plot.pit.length - 4.0
    if count * 9.0 > room + 9.0:
        raise PlacementError(
            f"the pit's edge of {plot.pit.length:.1f} m has no room for {count} excavators, which need 9 m each: "
            "lower scene.plant.excavators or raise scene.lot.width"
        )
    edge = plot.pit.grown(EXCAVATOR[0] / 2 + earthmoving.STAND_OFF)
    places, retreats = [], []
    for number in range(count):
        share = (number + 0.5) / count + rng.uniform(-0.08, 0.08)
        x, y = edge.point((2 * share - 1) * room / edge.length, -1.0)
        footprint = Footprint(x, y, edge.yaw + np.pi / 2 + rng.uniform(-0.12, 0.12), *EXCAVATOR)
        others = Plan([item for item in plan.taken if item[0] != "excavation"])
        free = (way for way in RETREATS if others.is_free(_backed(replace(footprint, length=6.0, width=6.0), way)))
        places.append(footprint)
        retreats.append(next(free, 0.0))
    for number, (footprint, way) in enumerate(zip(places, retreats, strict=True)):
        plan.keep(f"excavator.{number}", _backed(footprint, way))
        plan.keep(f"swing.{number}", _backed(replace(footprint, yaw=edge.yaw + np.pi / 2, length=6.0, width=6.0), way))
    return places, retreats


def hand(digger: Footprint, drive: Path) -> int:
    """Returns to which side an excavator slews to a lorry behind it, 1 for left: over its tail, never over its cab."""
    _, heading, _ = drive.at(_nearest(drive, np.array([digger.x, digger.y])))
    return -1 if np.sin(float(heading) - digger.yaw) > 0 else 1


def _nearest(drive: Path, point: NDArray[np.float64]) -> float:
    """Returns the arc length of the point of a drive nearest to a point."""
    return float(drive.stations[np.argmin(np.linalg.norm(drive.points - point, axis=1))])


def _yards(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> list[loading.Yard]:
    """Places wheel loaders with a heap each and room to turn, away from the stores; parked where there is no room."""
    yards = []
    for number in range(scene.plant.wheel_loaders):
        rng = seed.child(number).rng()
        kind, color = LOOSE[rng.integers(len(LOOSE))]
        material = Material(kind, color, dirt=scene.weather.dirt, wetness=scene.weather.wetness * 0.7)
        away = _apart(plan, plot)
        yard = _free_yard(away, plot, material, rng, (-1, 1), 500)
        yard = yard or _free_yard(away, plot, material, rng, (0,), 300)
        yard = yard or _free_yard(plan, plot, material, rng, (0,), 600)
        if yard is None:
            raise PlacementError(
                f"no room for wheel loader {number + 1}, not even parked, after 1400 attempts: "
                "lower scene.plant.wheel_loaders, or raise scene.lot.width or scene.lot.depth"
            )
        yards.append(yard)
        for index, footprint in enumerate(yard.taken):
            plan.keep(f"wheel loader {number + 1}, {index}", footprint)
    return yards


def _free_yard(
    plan: Plan, plot: Plot, material: Material, rng: np.random.Generator, sides: tuple[int, ...], attempts: int
) -> loading.Yard | None:
    """Returns a yard whose ground is free, or None when no attempt finds one."""
    zone = plot.lot.grown(-1.5)
    for _ in range(attempts):
        x, y = zone.points([rng.uniform(-1, 1, 2)])[0]
        yaw = float(rng.integers(8)) * np.pi / 4 + rng.uniform(-0.1, 0.1)
        yard = loading.Yard(float(x), float(y), yaw, int(rng.choice(sides)), material)
        if all(item.overhang(zone) < 0 and plan.is_free(item, 0.2) for item in yard.taken):
            return yard
    return None


def _tips(scene: ConstructionSite, plot: Plot, plan: Plan, loads: bool, rng: np.random.Generator) -> list[tipping.Tip]:
    """Returns where a truck tips, kept in the plan, if one is to spare and a place is free; `loads` needs one truck."""
    if scene.plant.dump_trucks <= loads or rng.random() >= scene.plant.tipping:
        return []
    kind, color = LOOSE[rng.integers(len(LOOSE))]
    material = Material(kind, color, dirt=scene.weather.dirt, wetness=scene.weather.wetness * 0.7)
    away, zone = _apart(plan, plot), plot.lot.grown(-1.7)
    for _ in range(300):
        x, y = zone.points([rng.uniform(-1, 1, 2)])[0]
        yaw = float(rng.integers(4)) * np.pi / 2 + rng.uniform(-0.15, 0.15)
        tip = tipping.Tip(float(x), float(y), yaw, material)
        if all(item.overhang(zone) < 0 and away.is_free(item, 0.3) for item in tip.taken):
            for index, footprint in enumerate(tip.taken):
                plan.keep(f"tip, {index}", footprint)
            return [tip]
    return []


def _telehandlers(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> list[Footprint]:
    """Places telehandlers beside the stores, whose pallets they carry, or in them, out of the excavators' reach."""
    places, about = [], plot.stores.grown(8.0)
    reach = [
        (name, replace(at, length=BUCKETS + at.length - 6.0, width=BUCKETS))
        for name, at in plan.taken
        if name.startswith("swing")
    ]
    for number in range(scene.plant.telehandlers):
        rng = seed.child(number).rng()
        advice = "lower scene.plant.telehandlers, or raise scene.lot.width or scene.lot.depth"
        name = f"telehandler {number + 1}"

        def candidate(rng: np.random.Generator = rng) -> tuple[float, float, float]:
            x, y = about.point(*rng.uniform(-1, 1, 2).tolist())
            return x, y, float(rng.integers(4)) * np.pi / 2 + rng.uniform(-0.2, 0.2)

        beside = Plan([*_apart(plan, plot).taken, *reach])
        try:
            place = beside.fit(name, carriers.HANDLER, candidate, advice, plot.lot.grown(-1.7), attempts=300)
        except PlacementError:
            among = Plan([*plan.taken, *reach])
            place = among.fit(name, carriers.HANDLER, candidate, advice, plot.lot.grown(-1.7), attempts=300)
        places.append(plan.keep(name, place))
    return places


def _apart(plan: Plan, plot: Plot) -> Plan:
    """Returns the plan with those zones taken too that stores and people need."""
    return Plan([*plan.taken, ("stores", plot.stores), ("compound", plot.compound), ("people", plot.busy)])


def soil(scene: ConstructionSite) -> Material:
    """Returns what is freshly dug: moist."""
    return Material(*LOOSE[0], dirt=scene.weather.dirt, wetness=min(0.3 + scene.weather.wetness, 1.0))
