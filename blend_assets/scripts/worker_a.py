"""The average worker: white helmet with three ridges, yellow vest, navy workwear."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_a",
    title="Construction worker, average build",
    seed=11,
    stature=1.75,
    trunk=1.0,
    belly=0.012,
    limbs=1.0,
    beard=0.0,
    ridges=3,
    peak=0.050,
    glasses=False,
    bare_arms=False,
    colors={},
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
