"""Gloved hands and safety boots of the worker for a stature of 1.75 m; metres.

Hand length 0.189 m and breadth 0.087 m, foot length 0.266 m and breadth 0.10 m (ISO 7250-1, European median man); a
safety boot of EN ISO 20345 adds 12 mm in front, 12 mm behind and a 30 mm sole.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.worker_form import bent_tube, cloth, displaced, folds, hem, noise, skin, smooth_table
from blend_assets.scripts.worker_style import SLOTS, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

ANKLE = 0.098
"""Height of the ankle joint above the ground, sole included."""

BALL = (0.125, 0.0245)
"""Where the toes bend: ahead of the ankle, and above the ground."""

_FORWARD = np.array([[0.0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]])
"""Turns a skin that rises along Z into one that runs along X; its front then lies below."""


def hand(rng: np.random.Generator) -> Mesh:
    """Returns the left hand in a glove, hanging from the wrist, palm inwards, fingers a little curled."""
    rows = [
        (-0.092, 0.0, 0.0, 0.042, 0.041, 0.0135, 0.0145),
        (-0.06, 0.0, 0.0, 0.042, 0.041, 0.0160, 0.0175),
        (-0.03, 0.0, 0.0, 0.037, 0.037, 0.0175, 0.0185),
        (0.0, 0.0, 0.0, 0.029, 0.029, 0.0220, 0.0220),
        (0.02, 0.0, 0.0, 0.029, 0.029, 0.0255, 0.0255),
    ]
    palm = skin(rows, 7, 14, low_dome=0.012, power=2.5)
    palm = displaced(palm, 0.0012 * noise(rng, palm.shape[:2], (5, 6)))
    pieces = [cloth(palm)]
    # Base, length of the finger, and how far it is spread; each joint curls a little more than the one before.
    fingers = [(0.032, 0.073, 0.06), (0.011, 0.082, 0.01), (-0.011, 0.077, -0.03), (-0.031, 0.062, -0.09)]
    for number, (x, length, spread) in enumerate(fingers):
        angle = 0.16 + 0.07 * number
        points = [np.array([x * 0.96, -0.001, -0.080])]
        for share, curl in ((0.20, 0.0), (0.34, 0.34), (0.27, 0.42), (0.19, 0.28)):
            angle += curl
            step = np.array([np.sin(spread) * np.cos(angle), -np.sin(angle), -np.cos(angle)])
            points.append(points[-1] + step * (length * 1.08) * share)
        pieces.append(bent_tube(points, [0.0118, 0.0114, 0.0106, 0.0100, 0.0088], 6, 5))
    thumb = [(0.022, -0.006, -0.022), (0.045, -0.016, -0.048), (0.056, -0.027, -0.078), (0.054, -0.037, -0.104)]
    pieces.append(bent_tube(thumb, [0.0185, 0.0150, 0.0120, 0.0098], 7, 6))
    whole = Mesh.merged(pieces).with_slot(SLOTS.index("glove"))
    return Mesh.merged([_dipped(whole), made_of("glove", _knit_cuff())])


def _dipped(glove: Mesh) -> Mesh:
    """Colours the palm side and the fingertips, which are dipped in rubber."""
    starts = np.cumsum(glove.sizes) - glove.sizes
    corners = glove.vertices[glove.corners[starts[:, None] + np.arange(3)]]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    center = corners.mean(1)
    dipped = (center[:, 2] < -0.02) & ((normal[:, 1] < 0.05) | (center[:, 2] < -0.128))
    glove.slots[dipped] = SLOTS.index("grip")
    return glove


def _knit_cuff() -> Mesh:
    rows = [
        (-0.004, 0, 0, 0.0300, 0.0300, 0.0250, 0.0250),
        (0.02, 0, 0, 0.0305, 0.0305, 0.0275, 0.0275),
        (0.05, 0, 0, 0.0335, 0.0335, 0.0315, 0.0315),
    ]
    rings = skin(rows, 4, 12, power=2.2)
    rings = displaced(rings, 0.0008 * (-1) ** np.arange(4)[:, None])
    return cloth(hem(rings, False, 0.002, 0.01))


def ankle(rng: np.random.Generator) -> Mesh:
    """Returns the shaft of the left boot; origin at the ankle joint."""
    rows = [
        (-0.03, -0.006, 0, 0.048, 0.048, 0.042, 0.042),
        (0.02, -0.006, 0, 0.048, 0.046, 0.042, 0.042),
        (0.09, -0.010, 0, 0.050, 0.050, 0.049, 0.049),
    ]
    rings = skin(rows, 5, 14)
    rings = displaced(rings, 0.002 * folds(rng, rings, 0.05, 1))
    return made_of("boot", cloth(hem(rings, False, 0.005, 0.03)))


def foot(rng: np.random.Generator) -> Mesh:
    """Returns the left boot up to the ball of the foot; origin at the ankle joint, ground at z = -ANKLE."""
    # x, (unused: height of the centre), y, down, up, outer and inner half-width
    rows = [
        (-0.080, 0.030, 0, 0.040, 0.045, 0.020, 0.020),
        (-0.070, 0.030, 0, 0.044, 0.056, 0.030, 0.030),
        (-0.040, 0.030, 0, 0.045, 0.074, 0.0375, 0.0375),
        (0.0, 0.030, 0, 0.045, 0.094, 0.0400, 0.0390),
        (0.030, 0.030, 0, 0.045, 0.088, 0.0410, 0.0395),
        (0.060, 0.030, 0.001, 0.045, 0.060, 0.0445, 0.0415),
        (0.095, 0.030, 0.002, 0.045, 0.036, 0.0485, 0.0450),
        (0.128, 0.030, 0.002, 0.045, 0.027, 0.0500, 0.0470),
    ]
    rings = skin(rows, 11, 16, low_dome=0.010, high_dome=0.02, power=2.5)
    creases = folds(rng, rings, 0.028, 0) * np.exp(-(((_length(rings) - 0.10) / 0.03) ** 2))
    upper = cloth(displaced(rings, 0.0025 * creases)).transformed(_FORWARD)
    pieces = [made_of("boot", upper), made_of("sole", _sole(-0.092, BALL[0] + 0.006))]
    for x, z, half in ((0.052, 0.024, 0.026), (0.068, 0.014, 0.027), (0.084, 0.007, 0.029), (0.100, 0.001, 0.030)):
        lace = np.array([(-0.004, -1, -0.017), (0, -0.5, 0), (0, 0.5, 0), (-0.004, 1, -0.017)]) * [1, half, 1]
        lace += [x, 0, z + 0.001]
        pieces.append(made_of("piping", bent_tube(lace, [0.0026] * 4, 4, 3)))
    return Mesh.merged(pieces)


def _length(rings: np.ndarray) -> np.ndarray:
    return rings[:, :, 2].mean(1)[:, None]


def toes(rng: np.random.Generator) -> Mesh:
    """Returns the left toe cap with its sole; origin at the ball of the foot."""
    low = BALL[1] - 0.026
    rows = [
        (-0.012, 0.0, 0.002, 0.022, 0.0290, 0.0490, 0.0460),
        (0.02, 0.0, 0.001, 0.022, 0.0305, 0.0495, 0.0465),
        (0.05, 0.0, -0.002, 0.022, 0.0300, 0.0460, 0.0430),
        (0.072, 0.0, -0.005, 0.021, 0.0250, 0.0390, 0.0350),
        (0.084, 0.0, -0.007, 0.019, 0.0175, 0.0280, 0.0250),
    ]
    rows = [(x, -low - 0.020, *rest) for x, _, *rest in rows]
    rings = skin(rows, 5, 16, low_dome=0.012, high_dome=0.007, power=2.4)
    cap = cloth(displaced(rings, 0.0008 * noise(rng, rings.shape[:2], (4, 6)))).transformed(_FORWARD)
    sole = _sole(BALL[0] - 0.004, 0.217).moved(x=-BALL[0], z=ANKLE - BALL[1])
    return Mesh.merged([made_of("boot", cap), made_of("sole", sole)])


_SOLE = [
    # x ahead of the ankle, inner and outer edge (y)
    (-0.092, -0.012, 0.012),
    (-0.084, -0.030, 0.030),
    (-0.055, -0.039, 0.040),
    (0.0, -0.037, 0.042),
    (0.05, -0.039, 0.047),
    (0.10, -0.049, 0.053),
    (0.14, -0.050, 0.053),
    (0.18, -0.045, 0.044),
    (0.205, -0.035, 0.029),
    (0.217, -0.016, 0.008),
]


def _sole(start: float, end: float) -> Mesh:
    """Returns the sole between two distances from the ankle: welt, tread and a heel where it reaches that far."""
    x = np.linspace(start, end, 7)
    inner, outer = smooth_table(_SOLE, x).T
    outline = np.concatenate([np.column_stack([x, inner]), np.column_stack([x, outer])[::-1]])
    welt = solids.prism(outline, 0.014, 0.003).moved(z=-ANKLE + 0.016)
    center = outline.mean(0)
    tread = center + (outline - center) * [0.985, 0.94]
    if start > 0:
        return Mesh.merged([welt, solids.prism(tread, 0.017).moved(z=-ANKLE)])
    heel = tread[(tread[:, 0] < -0.008)]
    front = tread[(tread[:, 0] > 0.045)]
    arch = tread[(tread[:, 0] > -0.02) & (tread[:, 0] < 0.06)]
    blocks = [solids.prism(heel, 0.018).moved(z=-ANKLE), solids.prism(front, 0.018).moved(z=-ANKLE)]
    return Mesh.merged([welt, *blocks, solids.prism(arch, 0.010).moved(z=-ANKLE + 0.008)])
