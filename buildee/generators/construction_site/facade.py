"""A bay of façade as far as its layers are: what hangs and stands there, what fills its openings. Metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from buildee.generators.construction_site import windows
from buildee.generators.construction_site.cladding import curtain, panel
from buildee.generators.construction_site.envelope_plan import Bay, Kit, Stage, Style
from buildee.generators.construction_site.layers import brick, render
from buildee.generators.construction_site.masonry import Opening
from buildee.generators.construction_site.roofing import coping

REACH = {"brick": 0.2525, "block_render": 0.135, "panel": 0.2, "curtain": 0.2}
"""How far each kind of façade reaches beyond the slab edge, metres."""


def build(kit: Kit, bay: Bay, design: Style, stage: Stage, rng: np.random.Generator) -> None:
    """Adds what stands of a bay."""
    LAYERS[design.facade](kit, bay, design, stage)
    reveal = REACH[design.facade]
    if not bay.openings and stage.outer >= 1:
        coping(kit, bay, design, reveal)
    if design.facade == "curtain":
        return
    for number, opening in enumerate(bay.openings):
        if stage.backing >= 1:
            _filled(kit, bay, design, stage, number, opening, reveal, rng)


def _filled(
    kit: Kit,
    bay: Bay,
    design: Style,
    stage: Stage,
    number: int,
    opening: Opening,
    reveal: float,
    rng: np.random.Generator,
) -> None:
    """Adds the window or door of an opening, or the sheet that closes it for now."""
    width, height = opening.x1 - opening.x0, opening.z1 - opening.z0
    late, sheeted, look = rng.random(3)
    pose = bay.at(opening.x0, 0.0, opening.z0)
    name = f"{bay.name}_{number}"
    size = f"{width:.3f}x{height:.3f}"
    fitted = stage.finished or (stage.windows > (number + 0.5) / len(bay.openings) and late > 0.06)
    if bay.entrance and number == 0:
        if fitted:
            made = windows.door(width, height, design.glazed_doors)
            looks = (design.frame, windows.GLASS, windows.HARDWARE)
            kit.add(f"door_{name}", "door", f"door_{size}", made, looks, pose)
        return
    if not fitted:
        if sheeted < 0.4:
            sheet = windows.polythene(width, height)
            kit.add(f"sheet_{name}", "window", f"sheet_{size}", sheet, (windows.POLYTHENE, windows.BATTEN), pose)
        return
    state = "clean" if stage.finished or look < 0.35 else "labelled" if look < 0.7 else "filmed"
    lights = max(1, round(width / 1.0))
    cilled = stage.outer >= 1
    made = windows.window(width, height, reveal, lights, state, cilled)
    glass = windows.GLASS if stage.finished else windows.DUSTY_GLASS
    cover = design.film if state == "filmed" else windows.LABEL
    looks = (design.frame, glass, design.frame, cover, windows.FOAM)
    kit.add(f"window_{name}", "window", f"window_{size}_{state}_{cilled}", made, looks, pose)
    if opening.z0 < 0.5 and bay.storey > 0 and stage.outer >= 1:
        rail = windows.railing(width)
        kit.add(
            f"railing_{name}",
            "guardrail",
            f"railing_{size}",
            rail,
            (design.frame,),
            bay.at(opening.x0, -reveal, opening.z0),
        )


LAYERS: dict[str, Callable[[Kit, Bay, Style, Stage], None]] = {
    "brick": brick,
    "block_render": render,
    "panel": panel,
    "curtain": curtain,
}
"""What adds the layers of each kind of façade."""
