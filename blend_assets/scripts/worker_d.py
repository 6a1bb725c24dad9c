"""The site engineer: a slim woman with a pony tail and a radio, white helmet, yellow jacket with sleeves."""

from __future__ import annotations

from blend_assets.scripts.model import Asset
from blend_assets.scripts.worker import worker
from blend_assets.scripts.worker_style import Style

STYLE = Style(
    id="worker_d",
    title="Construction worker, slim woman, jacket",
    seed=41,
    stature=1.66,
    trunk=0.93,
    belly=0.0,
    limbs=0.92,
    beard=0.0,
    ridges=2,
    peak=0.044,
    glasses=False,
    bare_arms=False,
    shoulders=0.945,
    hips=1.075,
    bust=0.024,
    long_hair="tail",
    jacket=True,
    radio=True,
    colors={
        "skin": (0.58, 0.34, 0.245),
        "lips": (0.46, 0.17, 0.145),
        "hair": (0.16, 0.085, 0.030),
        "shirt": (0.36, 0.37, 0.38),
        "trousers": (0.030, 0.033, 0.040),
        "boot": (0.045, 0.043, 0.040),
    },
)


def asset() -> Asset:
    """Returns the asset."""
    return worker(STYLE)
