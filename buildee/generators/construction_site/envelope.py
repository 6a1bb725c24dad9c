"""The envelope of a building at a moment of its programme: walls, windows, roof, storey by storey. Metres.

Each layer goes round a storey bay by bay, some bays under way at a time, and stays behind the layer before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.envelope_plan import Bay, Kit, Stage, bays, side_poses, style
from buildee.generators.construction_site.envelope_plan import Style as Design
from buildee.generators.construction_site.facade import build
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.guardrail import TIMBER, Style, edge_protection
from buildee.generators.construction_site.programme import Programme
from buildee.generators.construction_site.roofing import covered, roofing
from buildee.generators.construction_site.section import Building as Section
from buildee.generators.construction_site.section import Envelope
from buildee.layout.pieces import piece
from buildee.layout.scene import Assembly, Instance, Pose
from buildee.recipe.seed import Seed

GANG = 2.5
"""How many bays a gang has under way at a time."""

LAGS = {"insulation": 0.35, "windows": 0.5, "outer": 0.9}
"""Storeys that each layer stays behind the backing."""

PARAPET_SHARE = 0.35
"""Share of the last storey's time in which the parapet is clad too."""

CAUGHT_UP = (0.86, 0.93)
"""Shares of the project's time between which all layers catch up with the backing, before the scaffold is struck."""

SETBACK = 0.16
"""Depth of the strip along a slab edge that backing and edge protection both need, metres."""

ROOF_SETBACK = 0.4
"""Within this of the roof's edge stand the rails that protect it, metres."""


TILED = 0.4
"""Share of the low buildings of brick and render that get a pitched roof unless told."""

LOW = 5
"""Storeys of a building that may get a pitched roof unless told, at most."""


def has_tiles(spec: Envelope, building: Section, rng: np.random.Generator) -> bool:
    """Returns whether the building gets a pitched roof."""
    if spec.roof != "any":
        return spec.roof == "pitched"
    return spec.facade in ("brick", "block_render") and building.storeys <= LOW and bool(rng.random() < TILED)


def envelope(building: Building, spec: Envelope, works: Programme, seed: Seed, name: str = "envelope") -> Assembly:
    """Returns what encloses a building, in the building's frame.

    Args:
        building: the frame.
        spec: what the recipe says.
        works: how far the trades are.
        seed: of openings, colours and what is late.
        name: prefix of names and shape keys.
    """
    if works.enclosed <= 0:
        return Assembly()
    rng = seed.rng()
    kit = Kit(name)
    design = style(spec.facade, building, rng)
    for bay, stage in _stages(building, design, works, seed):
        if stage.begun:
            build(kit, bay, design, stage, seed.child("bay").child(bay.name).rng())
    roofing(kit, building, design, works, seed.child("roof").rng())
    return kit.assembly()


def _stages(building: Building, design: Design, works: Programme, seed: Seed) -> list[tuple[Bay, Stage]]:
    """Returns every bay that work may have reached, with how far its layers are."""
    storeys = building.spec.storeys
    rng = seed.child("order").rng()
    first = int(rng.integers(4))
    middle = building.spec.bays_x // 2
    entrances = frozenset({(0, middle), (int(rng.choice([1, 2, 3])), 1)})
    behind = 1.0 - float(np.clip((works.progress - CAUGHT_UP[0]) / (CAUGHT_UP[1] - CAUGHT_UP[0]), 0, 1))
    if design.facade == "curtain":  # units hang from the slabs: nothing stands behind them, nothing comes before
        behind = 0.0
    fronts = {layer: max(works.finished, works.enclosed - lag * behind) for layer, lag in LAGS.items()}
    fronts |= {"backing": works.enclosed, "finished": works.finished}
    found = []
    for storey in range(min(int(works.enclosed) + 1, storeys)):
        found += _storey(bays(building, design, storey, first, entrances), fronts, storey)
    if works.enclosed > storeys - PARAPET_SHARE:
        reach = {layer: max((front - storeys) / PARAPET_SHARE + 1, 0.0) for layer, front in fronts.items()}
        reach["backing"] = 1.0  # the frame's upstand
        found += _storey(bays(building, design, storeys, first, entrances), reach, 0)
    return found


def _storey(ring: list[Bay], fronts: Mapping[str, float], storey: int) -> list[tuple[Bay, Stage]]:
    """Returns the stages of a storey's bays, given how many storeys each layer has done."""

    def share(layer: str, number: int) -> float:
        done = ((fronts[layer] - storey) * (len(ring) + GANG) - number) / GANG
        return 1.0 if done >= 1 else 0.0 if done <= 0 else (int(done * 5) + 0.5) / 5

    found = []
    for number, bay in enumerate(ring):
        backing = share("backing", number)
        insulation = share("insulation", number) if backing >= 1 else 0.0
        outer = share("outer", number) if insulation >= 1 else 0.0
        windows = share("windows", number) if backing >= 1 else 0.0
        found.append((bay, Stage(backing, insulation, windows, outer, share("finished", number) >= 1)))
    return found


def opened(building: Building, spec: Envelope, works: Programme, seed: Seed) -> Building:
    """Returns the building with the edge protection that the envelope has replaced taken away.

    Where a side is under way, what is left of it is protected still. A roof that is being covered is no floor to
    walk on any more.

    Args:
        building, spec, works, seed: as given to `envelope`.
    """
    if works.enclosed <= 0:
        return building
    rng = seed.rng()
    design = style(spec.facade, building, rng)
    begun = {
        (bay.storey, bay.side, bay.number): bay for bay, stage in _stages(building, design, works, seed) if stage.begun
    }
    roofed = covered(building, works)
    kept, added = [], []
    for item in building.assembly.instances:
        if item.category != "guardrail":
            kept.append(item)
            continue
        edge = _edge(building, item)
        if edge is None or edge[0] == building.spec.storeys:
            if edge is None or not roofed:  # the parapet is no wall that a rail could stand beside
                kept.append(item)
            continue
        stretch = _unwalled(building, begun, *edge)
        if stretch is None:
            kept.append(item)
        elif stretch[1] - stretch[0] > 1.0:
            added.append(_shortened(building, item, edge[1], stretch))
    floors = building.floors[:-1] if roofed else building.floors
    rest = Assembly(building.assembly.shapes, tuple(kept), building.assembly.scatters)
    return replace(building, assembly=Assembly.merged([rest, *added]), floors=floors)


def _unwalled(
    building: Building, begun: Mapping[tuple[int, int, int], Bay], storey: int, side: int
) -> tuple[float, float] | None:
    """Returns the stretch of a slab edge that has no wall yet, metres along it; None where no wall is near."""
    counts = (building.spec.bays_x, building.spec.bays_y)
    done = [bay for key, bay in begun.items() if key[:2] == (storey, side)]
    before = (storey, (side + 3) % 4, counts[(side + 1) % 2] - 1) in begun
    after = (storey, (side + 1) % 4, 0) in begun
    if not done and not before and not after:
        return None
    _, length = side_poses(building.outline)[side]
    start = max((bay.margin + (bay.number + 1) * bay.width + 0.02 for bay in done), default=SETBACK + 0.02)
    return start, length - (SETBACK + 0.02 if after else 0.13)


def _shortened(building: Building, item: Instance, side: int, stretch: tuple[float, float]) -> Assembly:
    """Returns what edge protection is left along a stretch of a side."""
    length = round(stretch[1] - stretch[0], 6)
    kind: Style = "boards" if TIMBER in item.parts[0].materials else "mesh"
    shape = (f"guardrail/{kind}_{length:.3f}", edge_protection(length, kind))
    edge, _ = side_poses(building.outline)[side]
    pose = item.poses[0].copy()
    pose[:3, 3] += pose[:3, 0] * (stretch[0] - _along(edge, pose)[0])
    return piece(item.name, "guardrail", shape, item.parts[0].materials, pose)


def _edge(building: Building, item: Instance) -> tuple[int, int] | None:
    """Returns storey and side of the slab edge that a guardrail stands on, or None."""
    pose = item.poses[0]
    storey = (pose[2, 3] - building.floors[0].height) / building.spec.storey_height
    if abs(storey - round(storey)) > 1e-3:
        return None
    roof = round(storey) == building.spec.storeys
    for side, (edge, _) in enumerate(side_poses(building.outline)):
        across = float(_along(edge, pose)[1])
        if abs(edge[:2, 0] @ pose[:2, 0] - 1) < 1e-6 and -1e-6 < across < (ROOF_SETBACK if roof else SETBACK):
            return round(storey), side
    return None


def _along(edge: Pose, pose: Pose) -> NDArray[np.float64]:
    """Returns how far along an edge and how far inside it a pose stands, metres."""
    return (pose[:2, 3] - edge[:2, 3]) @ edge[:2, :2]
