"""Head, neck, hair and helmet of the worker for a stature of 1.75 m; metres, X forward.

Sizes: head height 0.13 of the stature (Drillis and Contini 1966 in Winter), length 0.195 m and breadth 0.155 m (ISO
7250-1, European median man); the helmet follows EN 397: 25 to 50 mm above the crown, peak forward.
The head's frame: origin at the joint with the neck, 48 mm below the eyes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts import worker_gear as gear
from blend_assets.scripts.worker_form import around, bent_tube, cloth, sheet, skin
from blend_assets.scripts.worker_style import SLOTS, Style, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

Points = NDArray[np.float64]

EYES = np.array([0.0, 0.0, 0.048])
"""The face's own origin (middle of the head at eye height) in the head's frame."""


def _ellipsoid(p: Points, center: tuple, radii: tuple) -> Points:
    q = (p - np.array(center)) / np.array(radii)
    norm = np.linalg.norm(q, axis=-1)
    return norm * (norm - 1) / np.maximum(np.linalg.norm(q / np.array(radii), axis=-1), 1e-9)


def _capsule(p: Points, a: tuple, b: tuple, ra: float, rb: float) -> Points:
    start, axis = np.array(a), np.array(b) - np.array(a)
    t = np.clip(((p - start) @ axis) / (axis @ axis), 0, 1)
    return np.linalg.norm(p - start - t[..., None] * axis, axis=-1) - (ra + (rb - ra) * t)


def _blend(a: Points, b: Points, width: float) -> Points:
    """Union of two distance fields, rounded over `width` metres (Quilez's polynomial smooth minimum)."""
    h = np.clip(0.5 + 0.5 * (b - a) / width, 0, 1)
    return b + (a - b) * h - width * h * (1 - h)


def _carve(a: Points, b: Points, width: float) -> Points:
    return -_blend(-a, b, width)


def _face(p: Points) -> Points:
    """Distance to the skin of head and face, metres; eye height at z = 0, symmetric in y."""
    q = np.stack([p[..., 0], np.abs(p[..., 1]), p[..., 2]], -1)
    d = _ellipsoid(q, (-0.006, 0, 0.030), (0.099, 0.0765, 0.086))
    d = _blend(d, _ellipsoid(q, (0.022, 0, -0.050), (0.062, 0.056, 0.066)), 0.030)
    d = _blend(d, _capsule(q, (0.004, 0.046, -0.070), (0.066, 0.014, -0.101), 0.017, 0.015), 0.024)
    d = _blend(d, _ellipsoid(q, (0.077, 0, -0.100), (0.017, 0.021, 0.015)), 0.014)
    d = _blend(d, _ellipsoid(q, (0.055, 0.044, -0.030), (0.024, 0.021, 0.019)), 0.018)
    d = _blend(d, _capsule(q, (0.084, 0.008, 0.016), (0.064, 0.046, 0.014), 0.011, 0.009), 0.012)
    d = _blend(d, _ellipsoid(q, (0.076, 0, -0.072), (0.021, 0.026, 0.022)), 0.016)
    d = _carve(d, _ellipsoid(q, (0.096, 0.033, -0.005), (0.020, 0.0175, 0.0125)), 0.012)
    d = _blend(d, _ellipsoid(q, (0.068, 0.0325, -0.003), (0.0150, 0.0155, 0.0125)), 0.004)
    d = _blend(d, _capsule(q, (0.084, 0, 0.008), (0.104, 0, -0.034), 0.0075, 0.0095), 0.009)
    d = _blend(d, _ellipsoid(q, (0.104, 0, -0.039), (0.0115, 0.0105, 0.0095)), 0.006)
    d = _blend(d, _ellipsoid(q, (0.094, 0.0125, -0.043), (0.0115, 0.0075, 0.0075)), 0.005)
    d = _blend(d, _capsule(q, (0.0965, 0, -0.0665), (0.086, 0.021, -0.0705), 0.0048, 0.0025), 0.005)
    d = _blend(d, _capsule(q, (0.0945, 0, -0.0775), (0.084, 0.019, -0.0735), 0.0058, 0.003), 0.005)
    d = _carve(d, _capsule(q, (0.1025, 0, -0.0718), (0.090, 0.022, -0.0728), 0.0022, 0.0012), 0.003)
    return _blend(d, _capsule(q, (-0.022, 0, -0.075), (-0.030, 0, -0.16), 0.055, 0.058), 0.03)


def _radial(azimuth: Points, elevation: Points, grow: Points | float = 0.0) -> Points:
    """Returns the (R, N, 3) skin of the face along rays from the middle of the head, by bisection."""
    direction = np.stack(
        [np.cos(elevation) * np.cos(azimuth), np.cos(elevation) * np.sin(azimuth), np.sin(elevation)], -1
    )
    center = np.array([0.005, 0.0, -0.020])
    low, high = np.zeros(azimuth.shape), np.full(azimuth.shape, 0.2)
    for _ in range(24):
        middle = (low + high) / 2
        inside = _face(center + direction * middle[..., None]) < 0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return center + direction * (low + grow)[..., None]


def _azimuths(count: int) -> Points:
    """Returns angles around the head, closer in front where the face is."""
    t = np.arange(count) * (2 * np.pi / count)
    return t - 0.78 * np.sin(t)


def head(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns head, hair and helmet in the head's frame."""
    elevation = np.concatenate([np.linspace(-1.3, -0.75, 5)[:-1], np.linspace(-0.75, 0.36, 26), [0.5]])
    azimuth, rise = np.meshgrid(_azimuths(34), elevation)
    skin_ = cloth(_radial(azimuth, rise))
    skin_ = skin_.with_slot(SLOTS.index("skin"))
    pieces = [skin_, made_of("lips", _lips())]
    for side in (1, -1):
        mirror = np.diag([1.0, side, 1.0, 1.0])
        pieces += [piece.transformed(mirror) for piece in _features(style)]
    pieces.append(_hair(style, rng))
    if style.glasses:
        pieces += _glasses()
    if style.long_hair:
        pieces.append(made_of("hair", gear.tied_hair(style.long_hair)))
    if style.defenders:
        pieces += gear.ear_defenders(style.defenders == "up")
    whole = [piece.moved(*EYES) for piece in pieces]
    helmet_pose = np.eye(4)
    tilt = -0.07
    helmet_pose[:3, :3] = [[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]]
    helmet_pose[:3, 3] = EYES + np.array([-0.004, 0, 0.036])
    return Mesh.merged([*whole, *(piece.transformed(helmet_pose) for piece in _helmet(style))])


def _lips() -> Mesh:
    across = np.linspace(-1, 1, 11)
    arch = 0.010 * np.exp(-((across / 0.16) ** 2))  # the dip in the middle of the upper lip
    rows = [-0.583 + 0.055 * across**2, -0.55 + 0.03 * across**2, -0.523 + 0 * across, -0.50 - 0.02 * across**2]
    rows.append(-0.474 - 0.044 * across**2 - arch)
    azimuth = np.broadcast_to(0.25 * across, (5, 11))
    return sheet(_radial(azimuth, np.stack(rows), 0.0005), 0.0015)


def _features(style: Style) -> list[Mesh]:
    """Returns eye, brow and ear of the left side."""
    eye = around((0.0702, 0.0325, -0.0035), (0.0140, 0.0118, 0.0062), 10, 6)
    iris = around((0.0805, 0.0318, -0.0033), (0.0045, 0.0052, 0.0054), 8, 4)
    line = _radial(np.linspace(0.13, 0.62, 9), np.array([0.31, 0.335, 0.35, 0.36, 0.365, 0.36, 0.35, 0.335, 0.31]))
    brow = bent_tube(line, [0.0022, 0.0032, 0.0036, 0.0036, 0.0034, 0.0031, 0.0028, 0.0024, 0.0018], 5, 8)
    lid = bent_tube(
        [(0.0795, 0.0205, -0.003), (0.0850, 0.027, 0.0022), (0.0853, 0.0335, 0.0034), (0.0815, 0.041, 0.0014),
         (0.0745, 0.0465, -0.0035)], [0.0016, 0.0024, 0.0026, 0.0024, 0.0016], 5, 7,
    )  # fmt: skip
    return [
        made_of("eye", eye),
        made_of("iris", iris),
        made_of("hair", brow),
        made_of("skin", lid),
        made_of("skin", _ear()),
    ]


def _ear() -> Mesh:
    """Returns the left ear: a shell with a raised rim and a hollow."""
    angle = np.arange(12) * (2 * np.pi / 12)
    outline = np.column_stack(
        [0.0175 * np.cos(angle) * (1 + 0.22 * np.sin(angle)) - 0.003 * np.sin(angle), 0.031 * np.sin(angle)]
    )
    profile = [
        (0.0, 0.003),
        (0.35, 0.004),
        (0.60, 0.0095),
        (0.74, 0.0085),
        (0.88, 0.0145),
        (1.0, 0.0125),
        (0.97, 0.008),
    ]
    profile += [(0.6, 0.0)]
    rings = []
    for share, out in profile:
        lobe = 1 - 0.55 * np.clip(-np.sin(angle) - 0.55, 0, 1)  # the lobe is flat
        flare = 0.008 * np.clip(-outline[:, 0] * share / 0.0175 + 0.2, 0, 2)
        rings.append(np.column_stack([outline[:, 0] * max(share, 0.02), out * lobe + flare, outline[:, 1] * share]))
    ear = solids.loft(rings[::-1], smooth=True).flipped()
    return ear.moved(-0.006, 0.0655, -0.018)


def _hair(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns short hair below the helmet, at the temples and the nape, and the beard where there is one."""
    t = np.linspace(0.98, 2 * np.pi - 0.98, 28)
    azimuth, rise = np.meshgrid(t, np.linspace(-0.66, 0.38, 10))
    side = np.abs(np.pi - azimuth)
    nape = -0.55 + 0.62 * np.clip(side - 1.05, 0, 0.55)
    nape = np.where(side > 1.62, -0.02 - 0.30 * np.exp(-(((side - 1.80) / 0.10) ** 2)), nape)
    inside = np.clip((rise - nape) / 0.14, 0, 1) * np.clip((2.10 - side) / 0.12, 0, 1)
    strands = 0.0016 * np.sin(46 * azimuth + 4 * np.sin(6 * rise)) + rng.uniform(-0.0008, 0.0008, azimuth.shape)
    grow = np.where(inside > 0.02, -0.003 + inside * (0.0085 + strands), -0.004)
    hair = [made_of("hair", sheet(_radial(azimuth, rise, grow), 0.004))]
    if style.beard > 0:
        azimuth, rise = np.meshgrid(np.linspace(-1.25, 1.25, 21), np.linspace(-1.0, -0.36, 13))
        point = _radial(azimuth, rise)
        y, z = np.abs(point[..., 1]), point[..., 2]
        edge = np.clip((-0.058 + 0.55 * np.clip(y - 0.035, 0, 1) - z) / 0.010, 0, 1)
        mouth = np.clip(np.hypot(y / 0.022, (z + 0.0735) / 0.0095) * 3 - 2.4, 0, 1)
        moustache = np.clip((0.0075 - np.abs(z + 0.0590)) / 0.003, 0, 1) * (y < 0.026)
        cover = mouth * np.maximum(edge, moustache)
        rough = rng.uniform(-0.2, 0.2, cover.shape) * style.beard
        grow = np.where(cover > 0.05, (cover - 0.3) * (style.beard + rough), -0.004)
        hair.append(made_of("hair", sheet(_radial(azimuth, rise, grow), 0.004)))
    return Mesh.merged(hair)


def _glasses() -> list[Mesh]:
    angle = np.linspace(-0.95, 0.95, 13)
    rows = np.array([-0.021, -0.011, 0.0, 0.011])
    grid = []
    for z in rows:
        low = np.where(z < -0.01, 0.011 * np.exp(-((angle / 0.16) ** 2)), 0.0)
        radius_x, radius_y = 0.103 - 0.15 * abs(z) ** 1.3, 0.077
        grid.append(
            np.column_stack([radius_x * np.cos(angle) - 0.0, radius_y * np.sin(angle) * 1.02, z + low + 0 * angle])
        )
    lens = made_of("glasses", sheet(np.stack(grid), 0.0025))
    side = np.array([(0.060, 0.067, 0.010), (0.02, 0.078, 0.008), (-0.03, 0.079, 0.0)])
    temples = [made_of("glasses", bent_tube(side * [1, sign, 1], [0.0032] * 3, 6, 6)) for sign in (1, -1)]
    return [lens, *temples]


def _helmet(style: Style) -> list[Mesh]:
    """Returns shell, harness and chin strap; origin in the middle of the rim's plane."""
    segments = 26
    angle = np.arange(segments) * (2 * np.pi / segments)
    cos, sin = np.cos(angle), np.sin(angle)
    length, width, crown = 0.128, 0.106, 0.114
    lift = np.sin(np.linspace(0, np.pi / 2 - 0.04, 10))
    rows = []
    peak = style.peak * np.clip(cos, 0, 1) ** 1.6 + 0.010 + 0.004 * np.clip(-cos, 0, 1)
    droop = -0.20 * peak - 0.006
    for share, rise in [(0.93, -0.004), (1.0, -0.003), (1.01, 0.0), (0.97, 0.0028), (0.5, 0.0045), (0.12, 0.007)]:
        out = 1 + peak * share / 0.115
        rows.append(np.column_stack([length * cos * out, width * sin * out, droop * share + rise]))
    rows = [np.column_stack([length * 0.965 * cos, width * 0.955 * sin, np.full(segments, 0.012)]), *rows]
    for up in lift[1:]:
        radius = (1 - up**2.35) ** (1 / 2.35)
        point = np.column_stack([length * cos * radius, width * sin * radius, np.full(segments, crown * up + 0.006)])
        rows.append(point + _ridge(point, crown, style.ridges))
    shell = made_of("helmet", cloth(np.stack(rows)))
    inner = [(0.012, 0.955), (0.03, 0.93), (0.06, 0.82)]
    lining = [np.column_stack([length * cos * s, width * sin * s, np.full(segments, z)]) for z, s in inner]
    harness = made_of("helmet_harness", cloth(np.stack(lining)).flipped())
    headband = made_of("helmet_harness", _headband())
    return [shell, harness, headband, *_strap()]


def _ridge(point: Points, crown: float, count: int) -> Points:
    """Returns the ridges that run over the crown from front to back."""
    offsets = {1: [0.0], 3: [0.0, 0.036, -0.036]}.get(count, [0.020, -0.020])
    height = np.zeros(len(point))
    for offset in offsets:
        height += 0.0065 * np.exp(-(((point[:, 1] - offset) / 0.0095) ** 4))
    fade = np.clip((point[:, 2] / crown - 0.35) / 0.4, 0, 1)
    outward = point / np.linalg.norm(point, axis=1, keepdims=True)
    return outward * (height * fade)[:, None]


def _headband() -> Mesh:
    """Returns the band and the ratchet knob at the back of the head."""
    angle = np.linspace(0.5 * np.pi, 1.5 * np.pi, 13)
    grid = [
        np.column_stack([-0.004 + 0.112 * np.cos(angle), 0.092 * np.sin(angle), z + 0.02 * np.cos(angle)])
        for z in (-0.020, 0.004)
    ]
    knob = solids.cylinder(0.017, 0.014, 10, 0.003)
    turn = np.array([[0, 0, -1.0, -0.113], [0, 1, 0, 0], [1, 0, 0, -0.028], [0, 0, 0, 1]])
    return Mesh.merged([sheet(np.stack(grid), 0.003), knob.transformed(turn)])


def _strap() -> list[Mesh]:
    """Returns the webbing from the shell in front of the ears; worn behind the chin."""
    strap = []
    for s in (1, -1):
        points = [
            (0.030, s * 0.094, 0.008),
            (0.026, s * 0.079, -0.050),
            (0.034, s * 0.061, -0.105),
            (0.046, s * 0.032, -0.146),
            (0.052, 0, -0.154),
        ]
        strap.append(made_of("helmet_harness", bent_tube(points, [0.0038] * 5, 4, 8)))
    return strap


def neck(style: Style) -> Mesh:
    """Returns the neck; origin at the joint with the trunk, which lies 25 mm behind the head's."""
    rows = [
        (-0.05, -0.012, 0, 0.066, 0.066, 0.070, 0.070),
        (0.0, -0.006, 0, 0.059, 0.061, 0.061, 0.061),
        (0.06, 0.008, 0, 0.056, 0.060, 0.058, 0.058),
        (0.12, 0.022, 0, 0.052, 0.064, 0.058, 0.058),
    ]
    rings = skin(rows, 6, 18, power=2.0, girth=0.5 + 0.5 * style.trunk)
    return made_of("skin", cloth(rings))
