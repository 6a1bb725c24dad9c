"""An older, stocky man with a grey beard: short sleeves, shorts, tool belt."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_g",
    title="Construction worker, stocky, shorts and tool belt",
    seed=71,
    stature=1.68,
    trunk=1.07,
    belly=0.034,
    limbs=1.05,
    beard=0.005,
    ridges=2,
    peak=0.056,
    glasses=False,
    bare_arms=True,
    shorts=True,
    belt=True,
    colors={
        "helmet": (0.80, 0.80, 0.78),
        "skin": (0.44, 0.225, 0.145),
        "lips": (0.33, 0.125, 0.10),
        "hair": (0.34, 0.33, 0.32),
        "shirt": (0.012, 0.013, 0.015),
        "trousers": (0.12, 0.115, 0.10),
        "glove": (0.30, 0.24, 0.10),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
