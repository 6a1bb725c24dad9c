"""A stocky woman with a bun, hooded sweater, orange vest and a tool belt."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_e",
    title="Construction worker, stocky woman, tool belt",
    seed=53,
    stature=1.57,
    trunk=1.05,
    belly=0.018,
    limbs=1.03,
    beard=0.0,
    ridges=1,
    peak=0.050,
    glasses=True,
    bare_arms=False,
    shoulders=0.955,
    hips=1.09,
    bust=0.034,
    long_hair="bun",
    hood=True,
    belt=True,
    colors={
        "helmet": (0.85, 0.52, 0.02),
        "skin": (0.235, 0.118, 0.072),
        "lips": (0.20, 0.075, 0.062),
        "hair": (0.008, 0.006, 0.005),
        "vest": (0.88, 0.16, 0.015),
        "shirt": (0.155, 0.16, 0.175),
        "trousers": (0.13, 0.10, 0.065),
        "glove": (0.05, 0.10, 0.24),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
