"""What tells one worker from another: build, cut of the clothes, colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

SLOTS: tuple[str, ...] = (
    "helmet",
    "helmet_harness",
    "skin",
    "lips",
    "hair",
    "eye",
    "iris",
    "glasses",
    "vest",
    "band",
    "piping",
    "shirt",
    "trousers",
    "kneepad",
    "glove",
    "grip",
    "boot",
    "sole",
    "belt",
    "gear",
)
"""Every material slot of a worker, in the order of `Asset.slots`."""


@dataclass(frozen=True)
class Style:
    """One worker.

    Attributes:
        id: key of the catalog.
        title: for people.
        seed: of the folds in the clothes.
        stature: barefoot height, metres.
        trunk: factor on the girth of trunk and seat.
        belly: how far the belly stands out, metres.
        limbs: factor on the girth of arms and legs.
        beard: height of a full beard, metres; 0 is shaven.
        ridges: how many ridges run along the helmet's crown.
        peak: how far the helmet's peak juts out, metres.
        glasses: whether safety glasses are worn.
        bare_arms: whether the sleeves end above the elbow.
        shoulders: factor on the breadth of the shoulders; ANSUR II (Gordon et al. 2014) has 0.237 of the stature for
            men and 0.224 for women.
        hips: factor on the breadth of the seat; the same source has 0.197 and 0.212.
        bust: how far the chest stands out, metres.
        long_hair: "" short, "tail" tied at the nape, "bun" knotted.
        jacket: whether the sleeves are high-visibility too, with bands (EN ISO 20471 class 3).
        hood: whether a hood hangs over the collar.
        shorts: whether the shins are bare.
        belt: whether a tool belt with pouches and a hammer is worn.
        radio: whether a radio hangs on the chest.
        defenders: ear defenders of the helmet: "" none, "on" the ears, "up" against the shell.
        colors: base colours by slot, linear RGB; the others are the default.
    """

    id: str
    title: str
    seed: int
    stature: float
    trunk: float
    belly: float
    limbs: float
    beard: float
    ridges: int
    peak: float
    glasses: bool
    bare_arms: bool
    colors: Mapping[str, Color]
    shoulders: float = 1.0
    hips: float = 1.0
    bust: float = 0.0
    long_hair: Literal["", "tail", "bun"] = ""
    jacket: bool = False
    hood: bool = False
    shorts: bool = False
    belt: bool = False
    radio: bool = False
    defenders: Literal["", "on", "up"] = ""


_DEFAULTS: dict[str, Material] = {
    "helmet": Material("plastic", (0.80, 0.80, 0.78), 0.35, 0.35),
    "helmet_harness": Material("plastic", (0.02, 0.02, 0.022), 0.3, 0.2),
    "skin": Material("skin", (0.52, 0.29, 0.20), 0.2, 0.15),
    "lips": Material("skin", (0.40, 0.17, 0.13), 0.2, 0.0),
    "hair": Material("fabric", (0.030, 0.018, 0.011), 0.2, 0.0, scale=0.3),
    "eye": Material("plastic", (0.62, 0.58, 0.55), 0.0, 0.0),
    "iris": Material("plastic", (0.022, 0.014, 0.010), 0.0, 0.0),
    "glasses": Material("plastic", (0.012, 0.013, 0.015), 0.1, 0.1),
    "vest": Material("fabric", (0.62, 0.80, 0.035), 0.3, 0.3),
    "band": Material("reflective", (0.66, 0.67, 0.68), 0.35, 0.35),
    "piping": Material("fabric", (0.05, 0.052, 0.055), 0.3, 0.3),
    "shirt": Material("fabric", (0.055, 0.075, 0.12), 0.4, 0.3),
    "trousers": Material("fabric", (0.045, 0.055, 0.085), 0.5, 0.5),
    "kneepad": Material("fabric", (0.016, 0.016, 0.018), 0.6, 0.6),
    "glove": Material("fabric", (0.34, 0.34, 0.33), 0.5, 0.5),
    "grip": Material("rubber", (0.035, 0.036, 0.04), 0.6, 0.5),
    "boot": Material("fabric", (0.155, 0.085, 0.040), 0.6, 0.6),
    "sole": Material("rubber", (0.022, 0.021, 0.020), 0.6, 0.6),
    "belt": Material("fabric", (0.115, 0.055, 0.022), 0.7, 0.5),
    "gear": Material("plastic", (0.016, 0.016, 0.018), 0.3, 0.3),
}


def materials(style: Style) -> dict[str, Material]:
    """Returns the default material of every slot in the worker's colours."""
    chosen = {}
    for name in SLOTS:
        base = _DEFAULTS[name]
        color = style.colors.get(name, base.color)
        chosen[name] = Material(base.kind, color, base.wear, base.dirt, base.wetness, base.scale)
    return chosen


def made_of(slot: str, mesh: Mesh) -> Mesh:
    """Returns the mesh with every face in the named slot."""
    return mesh.with_slot(SLOTS.index(slot))
