"""The slim worker: yellow helmet with a ridge, safety glasses, orange vest, short sleeves, grey trousers."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_b",
    title="Construction worker, slim, short sleeves",
    seed=23,
    stature=1.81,
    trunk=0.92,
    belly=0.0,
    limbs=0.93,
    beard=0.004,
    ridges=1,
    peak=0.058,
    glasses=True,
    bare_arms=True,
    colors={
        "helmet": (0.85, 0.52, 0.02),
        "skin": (0.30, 0.155, 0.095),
        "lips": (0.24, 0.095, 0.075),
        "hair": (0.009, 0.007, 0.006),
        "vest": (0.88, 0.16, 0.015),
        "shirt": (0.20, 0.21, 0.22),
        "trousers": (0.075, 0.072, 0.070),
        "boot": (0.030, 0.028, 0.026),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
