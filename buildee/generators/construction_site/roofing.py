"""What covers a building: insulation, membrane, the head of the core, copings, plant. Metres."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.core import Core, wall_lines
from buildee.generators.construction_site.envelope_plan import Bay, Kit, Style, side_poses
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.masonry import Wall, boxed, cut
from buildee.generators.construction_site.pitched import pitched
from buildee.generators.construction_site.programme import Programme
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.solids import box, cylinder, pipe, revolve

WARM = 0.14
"""Thickness of the insulation with the membrane on it, metres."""

ROLL = 1.0
"""Width of a roll of membrane, metres."""

BEGINS = 1.0
"""How many storeys before the envelope is complete the roof is begun."""

FELTS = (
    Material("rubber", (0.06, 0.062, 0.066), wear=0.3, dirt=0.3),
    Material("plastic", (0.42, 0.43, 0.43), wear=0.3, dirt=0.35),
)
"""Bitumen felt, PVC sheet."""

BOARD = Material("fabric", (0.62, 0.55, 0.3), wear=0.2, dirt=0.2)
WRAP = Material("plastic", (0.75, 0.77, 0.78), wear=0.2, dirt=0.2)
CASING = Material("painted_metal", (0.55, 0.56, 0.55), wear=0.1, dirt=0.2)
DARK = Material("painted_metal", (0.05, 0.052, 0.055), wear=0.2, dirt=0.2)
DUCT = Material("galvanized", (0.6, 0.61, 0.62), wear=0.15, dirt=0.2)
PLINTH = Material("concrete", (0.46, 0.45, 0.43), wear=0.2, dirt=0.3)
DOME = Material("plastic", (0.7, 0.72, 0.73), wear=0.1, dirt=0.2)


def covered_share(building: Building, works: Programme) -> float:
    """Returns how far the roof is, 0 to 1."""
    storeys = building.spec.storeys
    start = max(storeys - BEGINS, 0.0)
    return float(np.clip((works.enclosed - start) / (storeys - 0.15 - start), 0, 1))


def covered(building: Building, works: Programme) -> bool:
    """Returns whether the roof is begun."""
    return covered_share(building, works) > 0


def roofing(kit: Kit, building: Building, design: Style, works: Programme, rng: np.random.Generator) -> None:
    """Adds the roof as far as it is."""
    share = covered_share(building, works)
    if share <= 0:
        return
    height = building.floors[0].height + building.spec.storeys * building.spec.storey_height
    if building.spec.pitched:
        pitched(kit, building, share, height, rng)
        return
    felt = FELTS[int(rng.integers(len(FELTS)))]
    _layers(kit, building, design, height, share, felt)
    _packs(kit, building, height, share, rng)
    _plant(kit, building, height, share, rng)


def coping(kit: Kit, bay: Bay, design: Style, reach: float) -> None:
    """Adds the metal cap of a parapet, 40 mm over its faces; under a pitched roof there is none.

    Args:
        kit: takes it.
        bay: of the parapet.
        design: gives the colour.
        reach: of the wall's outer face outside the slab edge, metres.
    """
    if design.pitched:
        return
    inner, outer = design.parapet[0] + 0.03, reach + 0.03
    start, end = bay.span(-inner, outer)
    corner = bay.span(-inner, -inner)  # the leg inside ends where the next wall's begins
    top = design.parapet[1]
    parts = np.array(
        [
            ((start + 0.002, -outer, top), (end - 0.002, inner, top + 0.012)),
            ((start + 0.002, -outer, top - 0.05), (end - 0.002, -outer + 0.003, top)),
            ((corner[0] + 0.002, inner - 0.003, top - 0.05), (corner[1] - 0.002, inner, top)),
        ]
    )
    made = Wall(boxed(parts, 0.001), parts[:1])
    kit.add(f"coping_{bay.name}", "roof", f"coping_{bay.kind}", made, (design.frame,), bay.pose)


def _layers(kit: Kit, building: Building, design: Style, height: float, share: float, felt: Material) -> None:
    """Adds insulation boards and the rolls of membrane that follow them from the south edge."""
    low, high = building.outline + np.array([[design.parapet[0]], [-design.parapet[0]]])
    core_low, core_high = building.core + np.array([[-0.008], [0.008]])
    edges = np.unique(np.round([*np.arange(low[1], high[1] - 0.3, ROLL), high[1], core_low[1], core_high[1]], 6))
    count = len(edges) - 1
    boards = round(np.clip(share / 0.6, 0, 1) * count)
    rolls = round(np.clip((share - 0.25) / 0.6, 0, 1) * count)
    laid, felted, runs = [], [], []
    for row in range(boards):
        bottom, top = float(edges[row]), float(edges[row + 1])
        holes = [(float(core_low[0]), float(core_high[0]))] if core_low[1] - 1e-5 < bottom < core_high[1] - 1e-5 else []
        for start, end in cut((float(low[0]), float(high[0])), holes):
            if row < rolls:
                felted.append(((start, bottom, 0.0), (end, top, WARM + 0.004 * (row % 2))))
                continue
            runs.append(((start, bottom, 0.0), (end, top, WARM - 0.006)))
            cells = np.arange(start - 0.6 * (row % 2), end, 1.2)
            laid += [
                ((max(x, start), bottom, 0.0), (min(x + 1.196, end), top - 0.004, WARM - 0.006))
                for x in cells
                if min(x + 1.196, end) - max(x, start) > 0.02
            ]
    if laid:
        made = Wall(boxed(np.array(laid)), np.array(runs))
        kit.add("roof_boards", "insulation", f"roof_boards_{boards}_{rolls}", made, (BOARD,), pose_at(z=height))
    if felted:
        boxes = np.array(felted)
        tones = (boxes[:, 1, 2] > WARM + 0.002).astype(np.int32)  # no two rolls are of one batch
        mesh = replace(boxed(boxes), slots=np.repeat(tones, 6))
        looks = (felt, replace(felt, dirt=felt.dirt + 0.2, wear=felt.wear + 0.2))
        kit.add("membrane", "roof", f"membrane_{rolls}", Wall(mesh, boxes), looks, pose_at(z=height))
    if rolls == count:
        _upstands(kit, building, design, height, felt)


def _upstands(kit: Kit, building: Building, design: Style, height: float, felt: Material) -> None:
    """Adds the membrane turned up at parapet and core."""
    inner = building.outline + np.array([[design.parapet[0]], [-design.parapet[0]]])
    rise = min(0.35, design.parapet[1] - WARM - 0.02)
    for number, (edge, length) in enumerate(side_poses(inner)):
        strip = np.array([((0.0, 0.0, WARM), (length, 0.006, WARM + rise))])
        made = Wall(boxed(strip), strip[:0])
        kit.add(f"upstand_{number}", "roof", f"upstand_{length:.3f}", made, (felt,), pose_at(z=height) @ edge)
    doors = _head_doors(building)
    for number, (edge, length) in enumerate(side_poses(building.core)):
        spans = cut((-0.006, length), doors.get(number, []))
        strips = np.array([((start, -0.006, WARM), (end, 0.0, WARM + 0.2)) for start, end in spans])
        key = f"core_upstand_{number}"
        kit.add(key, "roof", key, Wall(boxed(strips), strips[:0]), (felt,), pose_at(z=height) @ edge)


def _head_doors(building: Building) -> dict[int, list[tuple[float, float]]]:
    """Returns the doors in the core's head by side, metres along it."""
    core = Core(*building.core[0], building.spec.wall, building.spec.storey_height)
    doors: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
    for label, pose, _, holes in wall_lines(core):
        if label in ("stair_front", "lift_front"):
            doors[0] += [(pose[0, 3] - core.x + start, pose[0, 3] - core.x + end) for start, end in holes]
        elif label == "east":
            doors[1] += list(holes)
    return doors


def _packs(kit: Kit, building: Building, height: float, share: float, rng: np.random.Generator) -> None:
    """Adds wrapped packs of boards and rolls of membrane where the roof is bare still."""
    low, high = building.outline
    front = low[1] + 0.3 + np.clip(share / 0.6, 0, 1) * (high[1] - low[1])
    for number, panel in enumerate(_panels(building)):
        size = panel[1] - panel[0]
        if panel[0, 1] < front + 0.5 or rng.random() < 0.4:
            continue
        x, y = panel[0] + 1.0 + rng.random(2) * np.maximum(size - 2.0, 0.1)
        pose = pose_at(x, y, height, rng.uniform(-0.4, 0.4))
        if rng.random() < 0.6:
            kit.add(f"pack_{number}", "insulation", "pack", _pack(), (WRAP, BOARD), pose)
        else:
            kit.add(f"rolls_{number}", "roof", "rolls", _rolls(), (FELTS[0],), pose)


@lru_cache(maxsize=1)
def _pack() -> Mesh:
    """Returns a pack of eight boards in shrink film on two battens."""
    return Mesh.merged(
        [
            box((1.22, 0.62, 0.86), (0, 0, 0.52), 0.02),
            *[box((0.08, 0.6, 0.09), (x, 0, 0.045), 0.003).with_slot(1) for x in (-0.4, 0.4)],
        ]
    )


@lru_cache(maxsize=1)
def _rolls() -> Mesh:
    """Returns six rolls of felt standing on end."""
    return Mesh.merged(
        [pipe(0.105, 0.045, 1.0, 14).moved(0.22 * column, 0.22 * row) for column in range(3) for row in range(2)]
    )


def _panels(building: Building) -> NDArray[np.float64]:
    """Returns the (F, 2, 2) fields of the roof between columns, clear of core and edges."""
    return building.floors[-1].free


def _plant(kit: Kit, building: Building, height: float, share: float, rng: np.random.Generator) -> None:
    """Adds machines, ducts and rooflights, one field each, in the last tenth of the roof's time."""
    panels = _panels(building)
    makes = ("air_handler", "condensers", "rooflight", "fans")
    order = rng.permutation(len(panels))[: max(4, 2 * len(panels) // 3)]
    present = int(np.ceil(np.clip((share - 0.9) / 0.1, 0, 1) * len(order)))
    for turn, number in enumerate(order[:present]):
        make = makes[turn % len(makes)]
        middle = panels[number].mean(0) + rng.uniform(-0.6, 0.6, 2)
        pose = pose_at(*middle, height + WARM + 0.004, float(rng.integers(4)) * np.pi / 2)
        mesh, looks = PLANT[make]
        kit.add(f"plant_{turn}", "roof_plant", make, mesh(), looks, pose)


@lru_cache(maxsize=1)
def _air_handler() -> Mesh:
    """Returns an air-handling unit in sections on a base frame, hood and duct; slots casing, dark, duct, plinth."""
    sections = [box((0.98, 1.3, 1.25), (x, 0, 0.95), 0.012) for x in (-1.0, 0.0, 1.0)]
    doors = [box((0.8, 0.02, 1.05), (x, -0.656, 0.95), 0.006) for x in (-1.0, 1.0)]
    grips = [box((0.03, 0.04, 0.14), (x + 0.33, -0.68, 0.95), 0.006).with_slot(1) for x in (-1.0, 1.0)]
    base = [box((3.1, 0.1, 0.12), (0, y, 0.265), 0.004).with_slot(1) for y in (-0.55, 0.55)]
    plinths = [box((0.25, 1.3, 0.2), (x, 0, 0.1), 0.01).with_slot(3) for x in (-1.2, 0.0, 1.2)]
    louvres = [box((0.02, 1.1, 0.07), (1.505, 0, z), 0.0).with_slot(1) for z in np.arange(0.5, 1.45, 0.1)]
    hood = [box((0.5, 1.1, 0.04), (-1.74, 0, 1.5), 0.004), box((0.04, 1.1, 0.5), (-1.97, 0, 1.25), 0.004)]
    cheeks = [box((0.5, 0.02, 0.5), (-1.74, y, 1.25), 0.002) for y in (-0.55, 0.55)]
    duct = [box((0.6, 0.6, 0.5), (0.2, 0, 1.825), 0.004), box((0.6, 1.5, 0.45), (0.2, 0.65, 2.3), 0.004)]
    duct += [box((0.6, 0.45, 2.075), (0.2, 1.175, 1.0375), 0.004)]
    rims = [box((0.66, 0.03, 0.51), (0.2, y, 2.3), 0.002) for y in (0.3, 0.8)]
    casing = [*sections, *doors, *hood, *cheeks]
    return Mesh.merged([*casing, *grips, *base, *louvres, *plinths, *(m.with_slot(2) for m in (*duct, *rims))])


@lru_cache(maxsize=1)
def _condensers() -> Mesh:
    """Returns three outdoor units with two fans each on rails; slots as in `_air_handler`."""
    pieces = [box((3.4, 0.06, 0.05), (0, y, 0.125), 0.004).with_slot(2) for y in (-0.18, 0.18)]
    pieces += [box((0.2, 0.6, 0.1), (x, 0, 0.05), 0.008).with_slot(3) for x in (-1.4, 0.0, 1.4)]
    turned = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    for x in (-1.15, 0.0, 1.15):
        pieces.append(box((0.95, 0.36, 1.3), (x, 0, 0.8), 0.015))
        for z in (0.5, 1.1):
            ring = pipe(0.25, 0.235, 0.02, 20).transformed(turned).moved(x, -0.18, z)
            disc = cylinder(0.235, 0.006, 20).transformed(turned).moved(x, -0.179, z)
            spokes = bars(
                [(x - 0.23, -0.195, z), (x, -0.195, z - 0.23)], [(x + 0.23, -0.195, z), (x, -0.195, z + 0.23)], 0.004, 4
            )
            pieces += [ring, disc.with_slot(1), spokes]
        pieces.append(bars([(x + 0.3, 0.2, 0.1)], [(x + 0.3, 0.2, 0.5)], 0.025, 8).with_slot(1))
    return Mesh.merged(pieces)


@lru_cache(maxsize=1)
def _rooflight() -> Mesh:
    """Returns a domed rooflight on its kerb; slots dome, kerb."""
    kerb = [box((1.5, 0.12, 0.35), (0, y, 0.175), 0.006).with_slot(1) for y in (-0.69, 0.69)] + [
        box((0.12, 1.26, 0.35), (x, 0, 0.175), 0.006).with_slot(1) for x in (-0.69, 0.69)
    ]
    rim = box((1.46, 1.46, 0.04), (0, 0, 0.37), 0.008)
    angle = np.linspace(0, np.pi / 2, 7)
    dome = revolve(np.column_stack([0.98 * np.cos(angle), 0.39 + 0.24 * np.sin(angle)]), 4)
    cosine = np.cos(np.pi / 4)
    turn = np.array([[cosine, -cosine, 0, 0], [cosine, cosine, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    return Mesh.merged([*kerb, rim, dome.transformed(turn).shaded_smooth(False)])


@lru_cache(maxsize=1)
def _fans() -> Mesh:
    """Returns two extract fans with cowls and a run of cable tray; slots casing, dark, duct, plinth."""
    pieces = []
    for x in (-0.9, 0.9):
        pieces += [
            box((0.8, 0.8, 0.3), (x, 0, 0.15), 0.008).with_slot(3),
            cylinder(0.3, 0.25, 20, 0.005).moved(x, 0, 0.3).with_slot(1),
            revolve([(0.3, 0.55), (0.52, 0.5), (0.52, 0.6), (0.34, 0.78), (0.1, 0.82)], 24).moved(x, 0, 0),
        ]
    tray = [box((3.6, 0.2, 0.01), (0, 0.8, 0.2)), *[box((3.6, 0.006, 0.05), (0, 0.8 + y, 0.22)) for y in (-0.1, 0.1)]]
    feet = [box((0.15, 0.3, 0.195), (x, 0.8, 0.0975), 0.006).with_slot(3) for x in (-1.5, 0.0, 1.5)]
    cables = bars(
        [(-1.8, 0.76 + 0.03 * k, 0.22) for k in range(3)], [(1.8, 0.76 + 0.03 * k, 0.22) for k in range(3)], 0.012, 6
    )
    return Mesh.merged([*pieces, *(piece.with_slot(2) for piece in tray), *feet, cables.with_slot(1)])


PLANT = {
    "air_handler": (_air_handler, (CASING, DARK, DUCT, PLINTH)),
    "condensers": (_condensers, (CASING, DARK, DUCT, PLINTH)),
    "rooflight": (_rooflight, (DOME, PLINTH)),
    "fans": (_fans, (CASING, DARK, DUCT, PLINTH)),
}
"""Shape and materials of each kind of roof plant; slots not used are harmless."""
