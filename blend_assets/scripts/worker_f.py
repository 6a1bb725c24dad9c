"""A very tall, broad man with a beard, orange jacket with sleeves and ear defenders."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_f",
    title="Construction worker, tall and broad, jacket",
    seed=67,
    stature=1.93,
    trunk=1.06,
    belly=0.022,
    limbs=1.04,
    beard=0.010,
    ridges=3,
    peak=0.050,
    glasses=False,
    bare_arms=False,
    shoulders=1.04,
    jacket=True,
    defenders="on",
    colors={
        "helmet": (0.85, 0.52, 0.02),
        "skin": (0.56, 0.315, 0.22),
        "lips": (0.42, 0.18, 0.145),
        "hair": (0.12, 0.055, 0.020),
        "vest": (0.88, 0.16, 0.015),
        "shirt": (0.03, 0.032, 0.036),
        "trousers": (0.88, 0.16, 0.015),
        "kneepad": (0.05, 0.055, 0.07),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
