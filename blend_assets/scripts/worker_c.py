"""The heavy worker: blue helmet with two ridges, beard, yellow vest over a red shirt, khaki trousers."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_c",
    title="Construction worker, heavy, bearded",
    seed=37,
    stature=1.71,
    trunk=1.10,
    belly=0.045,
    limbs=1.07,
    beard=0.007,
    ridges=2,
    peak=0.040,
    glasses=False,
    bare_arms=False,
    colors={
        "helmet": (0.03, 0.12, 0.45),
        "skin": (0.60, 0.35, 0.26),
        "lips": (0.45, 0.20, 0.16),
        "hair": (0.085, 0.042, 0.018),
        "shirt": (0.22, 0.030, 0.025),
        "trousers": (0.20, 0.145, 0.085),
        "kneepad": (0.030, 0.028, 0.026),
        "glove": (0.42, 0.27, 0.10),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
