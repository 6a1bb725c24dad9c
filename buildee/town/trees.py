"""Street and garden trees, shrubs and hedges: branches that fork, and leaves as small sheets. Metres.

Habits after common street trees of northern Europe (GALK list): lime, plane, maple, birch, hornbeam, Lombardy poplar,
spruce; shrubs as privet and hornbeam are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import circle, cross, loft

Season = Literal["spring", "summer", "autumn", "winter"]

BARK, LEAF, SUNLIT, YOUNG = range(4)
"""Material slots of every tree: bark, and leaves of three tones."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Species:
    """How a kind of tree grows.

    Attributes:
        height: when grown, metres.
        crown: largest radius of the crown over its height.
        bole: share of the height below the first branches.
        belly: share of the crown's height at which it is widest.
        rise: how steeply branches leave the stem, 0 level to 1 upright.
        leaf: length of a leaf card, a twig's spray of leaves, metres.
        leaves: how many cards.
        bark: linear RGB.
        tones: leaves in summer: main, lit and young ones.
        autumn: the same before they fall.
        evergreen: whether it keeps them.
    """

    height: float
    crown: float
    bole: float
    belly: float
    rise: float
    leaf: float
    leaves: int
    bark: Color
    tones: tuple[Color, Color, Color]
    autumn: tuple[Color, Color, Color]
    evergreen: bool = False


_GOLD = ((0.42, 0.24, 0.03), (0.5, 0.32, 0.05), (0.2, 0.2, 0.03))
_RUST = ((0.33, 0.11, 0.02), (0.42, 0.2, 0.03), (0.17, 0.14, 0.03))
_GREY_BARK: Color = (0.13, 0.115, 0.095)

SPECIES: dict[str, Species] = {
    "lime": Species(
        11.0, 0.27, 0.24, 0.36, 0.5, 0.26, 7600, _GREY_BARK,
        ((0.077, 0.149, 0.027), (0.119, 0.203, 0.037), (0.049, 0.101, 0.022)), _GOLD,
    ),
    "maple": Species(
        9.0, 0.33, 0.25, 0.48, 0.42, 0.27, 7000, (0.11, 0.095, 0.08),
        ((0.063, 0.128, 0.031), (0.098, 0.169, 0.037), (0.042, 0.088, 0.025)), _RUST,
    ),
    "plane": Species(
        13.0, 0.36, 0.28, 0.5, 0.38, 0.32, 8200, (0.26, 0.24, 0.18),
        ((0.105, 0.169, 0.037), (0.147, 0.216, 0.05), (0.07, 0.115, 0.031)), _RUST,
    ),
    "birch": Species(
        10.0, 0.22, 0.22, 0.42, 0.62, 0.2, 6800, (0.5, 0.49, 0.46),
        ((0.126, 0.196, 0.037), (0.175, 0.257, 0.056), (0.084, 0.135, 0.031)), _GOLD,
    ),
    "hornbeam": Species(
        8.0, 0.2, 0.26, 0.35, 0.78, 0.22, 6600, _GREY_BARK,
        ((0.07, 0.135, 0.025), (0.112, 0.189, 0.035), (0.049, 0.095, 0.022)), _GOLD,
    ),
    "poplar": Species(
        15.0, 0.11, 0.1, 0.4, 0.88, 0.26, 7000, (0.12, 0.105, 0.085),
        ((0.084, 0.155, 0.037), (0.119, 0.203, 0.05), (0.056, 0.108, 0.025)), _GOLD,
    ),
    "spruce": Species(
        12.0, 0.24, 0.08, 0.06, 0.1, 0.28, 7600, (0.1, 0.07, 0.05),
        ((0.028, 0.068, 0.027), (0.042, 0.092, 0.037), (0.02, 0.049, 0.02)), _GOLD, True,
    ),
}  # fmt: skip
"""Kinds of trees; leaves are linear RGB of leaves that light comes through and off."""

STREET = ("lime", "maple", "hornbeam", "birch")
"""Kinds that fit between a kerb and a façade, kept small there."""


def materials(kind: str, season: Season, afar: bool = False) -> tuple[Material, ...]:
    """Returns the materials of a tree in a season, in the order of the slots.

    Args:
        kind: a key of `SPECIES`.
        season: decides the tones of the leaves.
        afar: whether it is seen from where light that shines through leaves does not show, and saves its rays.
    """
    species = SPECIES[kind]
    tones = species.tones
    if season == "autumn" and not species.evergreen:
        tones = species.autumn
    elif season == "spring" and not species.evergreen:
        tones = tuple((r * 1.35, g * 1.3, b * 1.1) for r, g, b in species.tones)
    bark = Material("wood", species.bark, wear=0.6, dirt=0.3, scale=2.0)
    # Light shines through the leaves of broad-leaved trees where the sun stands on them.
    kinds = ("paint", "paint" if species.evergreen or afar else "grass", "paint")
    return (bark, *(Material(kind, tone, wear=0.0, dirt=0.0) for kind, tone in zip(kinds, tones, strict=True)))


def share_of_leaves(kind: str, season: Season) -> float:
    """Returns how much of its foliage a tree has in a season."""
    if SPECIES[kind].evergreen:
        return 1.0
    return {"spring": 0.55, "summer": 1.0, "autumn": 0.6, "winter": 0.0}[season]


@lru_cache(maxsize=64)
def tree(kind: str, variant: int, foliage: float = 1.0, detail: float = 1.0) -> Mesh:
    """Returns a tree that stands on z = 0, a little below too, where the stem flares into the ground.

    Args:
        kind: a key of `SPECIES`.
        variant: one of the individuals of that kind.
        foliage: share of the leaves that hang on it, 0 to 1.
        detail: share of the cards that show them; fewer are larger, and then there are no twigs.
    """
    species = SPECIES[kind]
    rng = np.random.default_rng([variant, *kind.encode()])
    stem, limbs, twigs, sprays = _skeleton(species, rng)
    radius = 0.021 * species.height
    wood = [_stem(stem, radius), _limbs(limbs, radius * np.array([0.4, 0.27, 0.1]), 5 if detail > 0.5 else 3)]
    if detail > 0.5:
        wood.append(_limbs(twigs, radius * np.array([0.15, 0.11, 0.05]), 4))
        wood.append(_limbs(sprays, radius * np.array([0.06, 0.03]), 3))
    tips = np.concatenate([stem[-1:], limbs[:, 1:].reshape(-1, 3), twigs[:, 1:].reshape(-1, 3), sprays[:, 1]])
    leaves = _leaves(species, tips, rng, int(species.leaves * foliage * detail), species.leaf / np.sqrt(detail))
    return Mesh.merged([*wood, leaves])


def _envelope(species: Species, share: Array | float) -> Array:
    """Returns the radius of the crown at shares of its height, 0 foot to 1 top, metres."""
    share = np.asarray(share, np.float64)
    low = np.sqrt(np.clip(1 - (1 - share / species.belly) ** 2, 0, 1))
    high = np.clip(1 - ((share - species.belly) / (1 - species.belly)), 0, 1)
    high = high if species.evergreen else np.sqrt(np.clip(1 - (1 - high) ** 2, 0, 1))
    return species.height * species.crown * np.where(share < species.belly, 0.35 + 0.65 * low, high)


def _skeleton(species: Species, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """Returns the line of the stem (9, 3), and those of limbs (N, 3, 3), twigs (M, 3, 3) and sprays (K, 2, 3)."""
    height, bole = species.height, species.bole * species.height
    levels = np.linspace(0, 1, 9)
    sway = np.cumsum(rng.normal(0, 0.006 * height, (9, 2)) * levels[:, None], 0)
    stem = np.column_stack([sway, levels * 0.93 * height])
    count = 26 if species.evergreen else 18
    share = (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count
    angle = np.arange(count) * 2.4 + rng.normal(0, 0.35, count)  # the golden angle spreads limbs evenly
    level = bole + 0.82 * (height - bole) * share**0.9
    foot = np.column_stack([np.interp(level, stem[:, 2], stem[:, axis]) for axis in range(3)])
    top = np.minimum(level + (height - level) * 0.75 * species.rise * (0.75 + 0.4 * share), 0.97 * height)
    reach = _envelope(species, (top - bole) / (height - bole)) * rng.uniform(0.72, 0.98, count)
    ahead = np.column_stack([np.cos(angle), np.sin(angle), 0 * angle])
    end = foot + ahead * reach[:, None]
    end[:, 2] = level - 0.12 * reach if species.evergreen else top
    middle = (foot + end) / 2 + reach[:, None] * (rng.normal(0, 0.03, (count, 3)) + np.array([0, 0, 0.08]))
    limbs = np.stack([foot, middle, end], 1)
    per = 4
    along = rng.uniform(0.3, 1.0, (count, per, 1))
    first, second = np.minimum(2 * along, 1), np.maximum(2 * along - 1, 0)
    start = foot[:, None] + (middle - foot)[:, None] * first + (end - middle)[:, None] * second
    out = ahead[:, None] * 0.5 + rng.normal(0, 0.55, (count, per, 3)) + np.array([0, 0, 0.25 + 0.5 * species.rise])
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    tip = start + out * (0.5 * reach[:, None, None] * rng.uniform(0.45, 0.9, (count, per, 1)))
    half = (start + tip) / 2
    twigs = np.stack([start, half + rng.normal(0, 0.03, half.shape), tip], 2).reshape(-1, 3, 3)
    fine = tip[:, :, None] + rng.normal(0, 0.16, (count, per, 3, 3)) * reach[:, None, None, None]
    sprays = np.stack([np.broadcast_to(half[:, :, None], fine.shape), fine], -2).reshape(-1, 2, 3)
    return stem, limbs, twigs, sprays


def _stem(path: Array, radius: float) -> Mesh:
    """Returns the tapering stem, flared into the ground."""
    path = np.concatenate([path[:1] + np.array([[0, 0, -0.08], [0, 0, 0.25]]), path[1:]])
    taper = radius * np.concatenate([[1.7, 1.12], np.linspace(1.0, 0.14, len(path) - 2)])
    ring = np.column_stack([circle(1.0, 9), np.zeros(9)])
    return loft(path[:, None] + taper[:, None, None] * ring, smooth=True).with_slot(BARK)


def _limbs(paths: Array, radius: Array, sides: int) -> Mesh:
    """Returns open round branches along (N, P, 3) paths, with (P,) radii."""
    ahead = np.gradient(paths, axis=1)
    side = np.stack([ahead[..., 1] + 1e-6, -ahead[..., 0], np.zeros(ahead.shape[:2])], -1)
    side /= np.linalg.norm(side, axis=-1, keepdims=True)
    across = cross(ahead / np.linalg.norm(ahead, axis=-1, keepdims=True), side)
    ring = circle(1.0, sides)
    points = side[:, :, None] * ring[:, :1] + across[:, :, None] * ring[:, 1:]
    points = paths[:, :, None] + radius[:, None, None] * points
    index = np.arange(points[..., 0].size).reshape(points.shape[:3])
    after = np.roll(index, -1, axis=2)
    quads = np.stack([index[:, :-1], after[:, :-1], after[:, 1:], index[:, 1:]], -1).reshape(-1, 4)
    return Mesh.from_faces(points.reshape(-1, 3), quads, BARK, smooth=True)


def _leaves(species: Species, tips: Array, rng: np.random.Generator, count: int, leaf: float) -> Mesh:
    """Returns sprays of leaves about the ends of twigs, folded along their middle; lighter ones outside and on top."""
    height, bole = species.height, species.bole * species.height
    if count == 0:
        return Mesh.merged([])
    tip = tips[rng.integers(len(tips), size=count)]
    spread = 0.045 * height * (0.7 if species.evergreen else 1.0)
    place = tip + rng.normal(0, spread, (count, 3)) * np.array([1, 1, 0.75])
    share = np.clip((place[:, 2] - bole) / (height - bole), 0, 1)
    radius = np.hypot(place[:, 0], place[:, 1])
    limit = _envelope(species, share) + 0.02 * height
    angle = np.arctan2(place[:, 1], place[:, 0])
    lumps = 0.09 * np.sin(3 * angle + 7 * share + radius[0]) + 0.08 * np.sin(5 * angle - 11 * share)
    limit = limit * (0.9 + lumps) * rng.uniform(0.72, 1.06, count)
    place[:, :2] *= np.minimum(1.0, limit / np.maximum(radius, 1e-6))[:, None]
    place[:, 2] = np.clip(place[:, 2], 0.8 * bole, 0.995 * height)
    outward = place - np.array([0, 0, bole + 0.4 * (height - bole)])
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    ahead = rng.normal(size=(count, 3)) + outward * 0.9 - np.array([0, 0, 0.35])
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = cross(ahead, rng.normal(size=(count, 3)) * 0.7 + np.array([0, 0, 1.2]))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    drop = cross(side, ahead)
    size = leaf * rng.uniform(0.55, 1.15, (count, 1))
    wide = size * 0.42
    points = np.stack(
        [
            place - ahead * size * 0.5,
            place + side * wide - drop * size * 0.16,
            place + ahead * size * 0.5 - np.array([0, 0, 1.0]) * size * 0.12,
            place - side * wide - drop * size * 0.16,
        ],
        1,
    )
    corner = np.arange(count)[:, None] * 4
    faces = np.stack([corner + np.array([0, 1, 2]), corner + np.array([0, 2, 3])], 1).reshape(-1, 3)
    depth = np.clip(radius / np.maximum(limit, 1e-6), 0, 1) * 0.6 + 0.6 * share + rng.normal(0, 0.22, count)
    slots = np.where(depth > 0.95, SUNLIT, np.where(depth < 0.45, YOUNG, LEAF)).astype(np.int32)
    mesh = Mesh.from_faces(points.reshape(-1, 3), faces)
    return Mesh(mesh.vertices, mesh.corners, mesh.sizes, np.repeat(slots, 2), mesh.smooth)


@lru_cache(maxsize=32)
def bush(variant: int, length: float = 1.3, width: float = 1.3, height: float = 1.4, leaves: int = 600) -> Mesh:
    """Returns a shrub, or a clipped hedge where it is longer than wide; slots as of a tree.

    Args:
        variant: one of its individuals.
        length, width, height: metres.
        leaves: how many cards.
    """
    rng = np.random.default_rng([variant, 77])
    clipped = length > 1.5 * width
    half = np.array([length, width, height]) / 2
    if clipped:
        inner = rng.uniform(-1, 1, (leaves, 3))
        axis = rng.choice(3, leaves, p=[0.1, 0.45, 0.45])
        inner[np.arange(leaves), axis] = np.where(axis == 2, 1.0, np.sign(inner[np.arange(leaves), axis]))
        inner *= rng.uniform(0.88, 1.0, (leaves, 1))
    else:
        inner = rng.normal(size=(leaves, 3))
        inner *= rng.uniform(0.7, 1.0, (leaves, 1)) / np.linalg.norm(inner, axis=1, keepdims=True)
    place = inner * half + np.array([0, 0, half[2]])
    place[:, 2] = np.maximum(place[:, 2], 0.04)
    turn = rng.normal(size=(leaves, 3)) + inner
    turn /= np.linalg.norm(turn, axis=1, keepdims=True)
    side = cross(turn, rng.normal(size=(leaves, 3)))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    size = rng.uniform(0.08, 0.15, (leaves, 1))
    points = np.stack(
        [place - turn * size, place + side * size * 0.6, place + turn * size, place - side * size * 0.6], 1
    )
    points[..., 2] = np.maximum(points[..., 2], 0.005)
    mesh = Mesh.from_faces(points.reshape(-1, 3), np.arange(leaves * 4).reshape(-1, 4))
    slots = rng.choice([LEAF, SUNLIT, YOUNG], leaves, p=[0.5, 0.25, 0.25]).astype(np.int32)
    core = loft(
        [
            np.column_stack([circle(1.0, 10) * half[:2] * scale, np.full(10, z * height)])
            for scale, z in ((0.55, 0.0), (0.8, 0.3), (0.8, 0.7), (0.5, 0.92))
        ]
    ).with_slot(YOUNG)
    leafy = Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots, mesh.smooth)
    return Mesh.merged([core, leafy])


@lru_cache(maxsize=1)
def hedge() -> Mesh:
    """Returns a clipped hedge seen from afar, a unit in length, width and height about its foot; slots as of a tree."""
    rng = np.random.default_rng(9)
    along, round_ = np.linspace(-0.5, 0.5, 9), circle(1.0, 10, 0.15)
    rings = np.empty((9, 10, 3))
    rings[..., 0] = along[:, None]
    rings[..., 1:] = np.clip(round_ * 0.75, -0.5, 0.5) * rng.uniform(0.8, 1.1, (9, 10, 1)) + np.array([0, 0.48])
    mesh = loft(rings)
    slots = rng.choice([LEAF, SUNLIT, YOUNG], len(mesh.sizes), p=[0.6, 0.15, 0.25]).astype(np.int32)
    return Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots, mesh.smooth)


@lru_cache(maxsize=16)
def crown(kind: str, variant: int) -> Mesh:
    """Returns a tree as it stands in woods at the horizon: a lumpy crown on a stem; slots as of a tree."""
    species = SPECIES[kind]
    rng = np.random.default_rng([variant, 3, *kind.encode()])
    share = np.array([0.0, 0.2, 0.55, 0.84, 1.0])
    radius = np.maximum(_envelope(species, share), 0.04 * species.height)[:, None] * rng.uniform(0.75, 1.15, (5, 7))
    low = species.bole * species.height
    rings = np.empty((5, 7, 3))
    rings[..., :2] = radius[..., None] * circle(1.0, 7) + rng.normal(0, 0.04 * species.height, (5, 1, 2))
    rings[..., 2] = (low + share * (species.height - low))[:, None] + rng.normal(0, 0.03 * species.height, (5, 7))
    mesh = loft(rings)
    slots = rng.choice([LEAF, SUNLIT, YOUNG], len(mesh.sizes), p=[0.45, 0.08, 0.47]).astype(np.int32)
    top = Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots, mesh.smooth)
    stem = _limbs(np.array([[(0, 0, -0.5), (0, 0, low + 1.0)]]), 0.02 * species.height * np.ones(2), 4)
    return Mesh.merged([stem, top])
