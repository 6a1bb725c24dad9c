"""A young, dark-skinned man: hooded sweater, yellow vest, tool belt, ear defenders pushed up."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_h",
    title="Construction worker, young, hood and tool belt",
    seed=83,
    stature=1.78,
    trunk=0.96,
    belly=0.004,
    limbs=0.97,
    beard=0.0,
    ridges=1,
    peak=0.052,
    glasses=False,
    bare_arms=False,
    hood=True,
    belt=True,
    radio=True,
    defenders="up",
    colors={
        "helmet": (0.62, 0.10, 0.012),
        "skin": (0.105, 0.050, 0.030),
        "lips": (0.11, 0.042, 0.035),
        "hair": (0.006, 0.005, 0.0045),
        "shirt": (0.14, 0.035, 0.03),
        "trousers": (0.06, 0.075, 0.12),
        "boot": (0.20, 0.12, 0.055),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
