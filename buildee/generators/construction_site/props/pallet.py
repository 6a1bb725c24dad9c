"""EUR pallets and what is delivered on them. Metres.

EN 13698-1 pallet: 1200 x 800 x 144 mm, boards 22 mm, blocks 78 mm high. Bricks NF 240 x 115 x 71 mm (EN 771-1, DIN
105-100); aerated concrete blocks 499 x 240 x 249 mm (EN 771-4); paper bags of 25 kg cement about 560 x 380 x 120 mm.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from buildee.generators.construction_site.props.palette import GREY_WOOD, PALE_WOOD, STRAP
from buildee.layout.layers import Shaped, again, model, shaped
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at, poses_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, boxes, loft
from buildee.recipe.seed import Seed

LENGTH, WIDTH, HEIGHT = 1.2, 0.8, 0.144

BRICK = (0.24, 0.115, 0.071)
BLOCK = (0.499, 0.24, 0.249)

BRICK_COLORS: tuple[tuple[Color, Color, Color], ...] = (
    ((0.27, 0.1, 0.06), (0.21, 0.075, 0.05), (0.32, 0.14, 0.09)),
    ((0.34, 0.19, 0.11), (0.29, 0.145, 0.08), (0.38, 0.235, 0.15)),
    ((0.16, 0.07, 0.055), (0.11, 0.06, 0.055), (0.2, 0.085, 0.06)),
)
"""Three tones of a firing: red, ochre, dark clinker."""

FILM = Material("glass", (0.95, 0.97, 1.0), wear=0.2, dirt=0.3)
"""Polythene: clear, glossy, dusty."""

BLOCK_COLORS: tuple[Color, ...] = ((0.47, 0.46, 0.43), (0.3, 0.36, 0.35), (0.48, 0.46, 0.42))
"""Aerated concrete, lightweight concrete, calcium silicate."""


def pallet(worn: bool = True) -> Model:
    """Returns an empty EUR pallet, its length along X; category pallet."""
    return model("pallet", _pallet(GREY_WOOD if worn else PALE_WOOD))


def pallet_rand(rng: np.random.Generator) -> Model:
    """Samples a pallet."""
    return pallet(bool(rng.random() < 0.7))


def pallet_pile(count: int = 6, worn: bool = True, salt: int = 0) -> Model:
    """Returns empty pallets on top of each other, a little askew; category pallet."""
    rng = Seed(salt).child("pallet_pile").rng()
    pieces: list[Shaped] = []
    for level in range(count):
        pose = pose_at(*rng.uniform(-0.02, 0.02, 2), level * HEIGHT, rng.uniform(-0.03, 0.03))
        pieces += [
            again(piece, f"{level}.{piece.part.name}", pose @ piece.part.rest)
            for piece in _pallet(WOODS[(salt + level) % len(WOODS)] if worn else PALE_WOOD)
        ]
    return model("pallet", pieces)


def pallet_pile_rand(rng: np.random.Generator) -> Model:
    """Samples a pile of pallets."""
    return pallet_pile(int(rng.integers(3, 10)), True, int(rng.integers(8)))


WOODS: tuple[Material, ...] = (
    PALE_WOOD,
    GREY_WOOD,
    Material("wood", (0.47, 0.34, 0.2), wear=0.5, dirt=0.5),
    Material("wood", (0.34, 0.25, 0.16), wear=0.85, dirt=0.6),
    Material("painted_metal", (0.03, 0.09, 0.27), wear=0.8, dirt=0.5),
)
"""New, grey, used, old, and the blue of a pool."""


@cache
def _pallet(wood: Material) -> tuple[Shaped, ...]:
    """Returns the parts of a pallet: boards that run along it, and the three that run across."""
    cut = 0.003
    boards = [
        box((LENGTH, w, 0.022), (0, y, HEIGHT - 0.011), cut)
        for y, w in ((-0.3275, 0.145), (-0.187, 0.1), (0, 0.145), (0.187, 0.1), (0.3275, 0.145))
    ]
    boards += [box((LENGTH, w, 0.022), (0, y, 0.011), cut) for y, w in ((-0.35, 0.1), (0, 0.145), (0.35, 0.1))]
    blocks = [
        box((0.145, w, 0.078), (x, y, 0.061), cut)
        for x in (-0.5275, 0.0, 0.5275)
        for y, w in ((-0.35, 0.1), (0, 0.145), (0.35, 0.1))
    ]
    deck = shaped("deck", "pallet/deck", [(wood, [*boards, *blocks])])
    across = shaped("stringer", "pallet/stringer", [(wood, [box((0.145, WIDTH, 0.022), (0, 0, 0.111), cut)])], [])
    return deck, *(again(across, f"stringer.{number}", pose_at(x)) for number, x in enumerate((-0.5275, 0.0, 0.5275)))


def _on_pallet(category: str, load: Shaped, age: int) -> Model:
    """Returns a pallet with a load that stands on its deck; `age` selects its wood."""
    return model(
        category, [*_pallet(WOODS[age % len(WOODS)]), again(load, load.part.name, pose_at(z=HEIGHT) @ load.part.rest)]
    )


def block_stack(
    courses: int = 4,
    missing: int = 0,
    color: Color = BLOCK_COLORS[0],
    strapped: bool = True,
    salt: int = 0,
    film: float = 0.0,
    dirt: float = 0.45,
) -> Model:
    """Returns masonry blocks on a pallet; category block_stack.

    Args:
        courses: how many, 1 to 5.
        missing: blocks taken off the top course already.
        color: of the blocks.
        strapped: plastic straps around; meant for full stacks.
        salt: selects the irregularities, 0 to 7.
        film: share of the height that shrunk film covers: 1 delivered, less cut open, 0 gone.
        dirt: of the blocks.
    """
    rng = Seed(salt).child("block_stack").rng()
    cells = [(x, y) for x in (-0.252, 0.252) for y in (-0.2425, 0.0, 0.2425)]
    blocks = []
    for course in range(courses):
        for x, y in cells[min(missing, 5) :] if course == courses - 1 else cells:
            at = (x + rng.normal(0, 0.002), y + rng.normal(0, 0.002), (course + 0.5) * (BLOCK[2] + 0.001))
            blocks.append((*at, rng.normal(0, 0.006)))
    straps = _straps(1.02, 0.73, courses * 0.25, (-0.25, 0.25)) if strapped and not missing else []
    hood = [_film((1.02, 0.745, courses * 0.25), salt, film)] if film else []
    key = f"block_stack/{courses}_{missing}_{strapped:d}{round(10 * film)}_{salt}"
    material = Material("concrete", color, wear=0.5, dirt=dirt, scale=5.0)
    return _on_pallet(
        "block_stack",
        shaped("load", key, [(material, [_turned(BLOCK, blocks, 0.007)]), (STRAP, straps), (FILM, hood)]),
        salt,
    )


def _film(size: tuple[float, float, float], salt: int, cover: float = 1.0) -> Mesh:
    """Returns shrunk film over a load of length, width and height: round corners, puckered, gathered at the top.

    Where it is cut open it covers a share of the height, its edge standing off.
    """
    length, width, height = size
    angle = np.arange(48) * (2 * np.pi / 48)
    square = np.column_stack([np.cos(angle), np.sin(angle)])
    square /= (np.abs(square) ** 12).sum(1, keepdims=True) ** (1 / 12)
    rings = []
    for level, share in enumerate(np.array([0.0, 0.06, 0.3, 0.55, 0.8, 0.97, 1.0, 1.0])):
        pucker = 0.006 * np.sin(angle * 13 + 2.1 * level + salt) + 0.004 * np.sin(angle * 29 - 1.3 * level)
        inset = 0.0 if level < 6 else (0.02, 0.3)[level - 6]
        if cover < 1:
            pucker, inset = pucker * (1 + 4 * share), (0.0 if level < 6 else (-0.02, 0.05)[level - 6])
        ring = square * ((length / 2 + 0.012, width / 2 + 0.012) + pucker[:, None] - inset)
        rings.append(
            np.column_stack(
                [
                    ring,
                    0.002
                    + share * cover * (height + 0.008)
                    + (level == 7) * 0.004
                    + (cover < 1) * share * 2.5 * pucker,
                ]
            )
        )
    return loft(rings, smooth=True)


def block_stack_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of blocks, half of them part used."""
    missing = int(rng.integers(1, 6)) if rng.random() < 0.5 else 0
    courses = int(rng.integers(2, 6)) if missing else int(rng.integers(4, 6))
    color, strapped, salt = BLOCK_COLORS[int(rng.integers(3))], bool(rng.random() < 0.7), int(rng.integers(8))
    film = float(rng.choice([0.0, 0.3, 0.5])) if missing else float(rng.choice([0.0, 1.0]))
    return block_stack(courses, missing, _tinted(color, rng), strapped, salt, film, float(rng.uniform(0.25, 0.7)))


def _tinted(color: Color, rng: np.random.Generator) -> Color:
    """Returns a colour a little lighter or darker, warmer or colder: no two batches are alike."""
    tint = rng.uniform(0.86, 1.12) * (1 + rng.normal(0, 0.025, 3))
    red, green, blue = np.clip(np.array(color) * tint, 0.0, 1.0)
    return float(red), float(green), float(blue)


def brick_stack(
    courses: int = 10,
    missing: int = 0,
    tones: tuple[Color, Color, Color] = BRICK_COLORS[0],
    wrapped: bool = False,
    salt: int = 0,
    film: float = 0.0,
) -> Model:
    """Returns bricks on a pallet, courses laid crosswise by turns; category brick_stack.

    Args:
        courses: how many, 2 to 13.
        missing: bricks taken off the top course already, 0 to 30.
        tones: three colours that the bricks mix.
        wrapped: straps and edge boards still around it.
        salt: selects the irregularities, 0 to 7.
        film: share of the height that shrunk film covers.
    """
    rng = Seed(salt).child("brick_stack").rng()
    bricks: list[list[tuple[float, ...]]] = [[], [], []]
    sizes: list[list[tuple[float, ...]]] = [[], [], []]
    for course in range(courses):
        top = course == courses - 1
        cells = _brick_cells(course)
        kept = _left(cells, min(missing, 30) if top else 0, rng)
        for number, (x, y, along) in enumerate(cells):
            noise, tone = rng.normal(0, 1, 3), bisect((0.5, 0.75), rng.random())
            hidden = not top and abs(x) < 0.3 and abs(y) < 0.2 and (course < courses - 2 or not missing)
            if hidden or number not in kept:
                continue
            size = BRICK if along else (BRICK[1], BRICK[0], BRICK[2])
            at = (x + 0.0015 * noise[0], y + 0.0015 * noise[1], (course + 0.5) * (BRICK[2] + 0.0005))
            bricks[tone].append((*at, 0.008 * noise[2]))
            sizes[tone].append(size)
    straps = _straps(0.97, 0.7, courses * 0.0715, (-0.26, 0.26)) if wrapped and not missing else []
    layers = [
        (Material("concrete", tone, wear=0.4, dirt=0.45, scale=6.0), [_turned(size, at)])
        for tone, size, at in zip(tones, sizes, bricks, strict=True)
    ]
    hood = [_film((0.97, 0.7, courses * 0.0715), salt, film)] if film else []
    key = f"brick_stack/{courses}_{missing}_{wrapped:d}{round(10 * film)}_{salt}"
    return _on_pallet("brick_stack", shaped("load", key, [*layers, (STRAP, straps), (FILM, hood)]), salt + 2)


def brick_stack_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of bricks, half of them part used."""
    missing = int(rng.integers(3, 20)) if rng.random() < 0.5 else 0
    courses = int(rng.integers(3, 12)) if missing else int(rng.integers(9, 13))
    first, second, third = (_tinted(tone, rng) for tone in BRICK_COLORS[int(rng.integers(3))])
    wrapped, salt = bool(rng.random() < 0.6), int(rng.integers(8))
    film = float(rng.choice([0.0, 0.0, 0.4])) if missing else float(rng.choice([0.0, 0.0, 1.0]))
    return brick_stack(courses, missing, (first, second, third), wrapped, salt, film)


def _left(cells: list[tuple[float, float, bool]], missing: int, rng: np.random.Generator) -> set[int]:
    """Returns which bricks of a course are still there when the next ones were taken from its +X, -Y corner."""
    order = sorted(range(len(cells)), key=lambda k: cells[k][1] - cells[k][0] + rng.uniform(0, 0.16))
    return set(order[missing:])


def _brick_cells(course: int) -> list[tuple[float, float, bool]]:
    """Returns x, y and whether the brick lies along X, for one course of 0.97 x 0.70 m."""
    if course % 2 == 0:
        return [(x, y, True) for x in (-0.3645, -0.1215, 0.1215, 0.3645) for y in (np.arange(6) - 2.5) * 0.1165]
    return [(x, y, False) for x in (np.arange(8) - 3.5) * 0.1215 for y in (-0.2325, 0.0095, 0.2295)]


def _turned(sizes: ArrayLike, places: Sequence[tuple[float, ...]], chamfer: float = 0.0) -> Mesh:
    """Returns boxes of one or (N, 3) sizes at N places x, y, z, turned by yaw."""
    at = np.array(places, np.float64).reshape(-1, 4)
    return boxes(np.broadcast_to(np.reshape(sizes, (-1, 3)), (len(at), 3)), poses_at(at[:, :3], at[:, 3]), chamfer)


def _straps(length: float, width: float, height: float, places: tuple[float, ...]) -> list[Mesh]:
    """Returns flat straps, 16 x 1 mm, across the load at places along X."""
    x, y = 0.016, width / 2 + 0.004
    straps = []
    for at in places:
        straps.append(box((x, 2 * y, 0.002), (at, 0, height + 0.004)))
        straps += [box((x, 0.002, height), (at, side * y, height / 2 + 0.004)) for side in (-1, 1)]
    straps.append(box((length + 0.008, x, 0.002), (0, 0.1, height + 0.006)))
    straps += [box((0.002, x, height), (side * (length / 2 + 0.004), 0.1, height / 2 + 0.005)) for side in (-1, 1)]
    return straps


def cement_stack(
    layers: int = 7, missing: int = 0, color: Color = (0.42, 0.36, 0.27), salt: int = 0, film: float = 0.0
) -> Model:
    """Returns paper bags of cement on a pallet, five a layer, bonded; category cement_bag.

    Args:
        layers: how many, 1 to 8.
        missing: bags gone from the top layer, 0 to 4.
        color: of the paper.
        salt: selects the irregularities, 0 to 7.
        film: share of the height that shrunk film covers: 1 delivered, less cut open, 0 gone.
    """
    rng = Seed(salt).child("cement_stack").rng()
    thick = 0.118
    bags, prints = [], []
    for layer in range(layers):
        flip = -1 if layer % 2 else 1
        cells = [
            (flip * x, y, yaw)
            for x, y, yaw in ((-0.31, -0.2, 0), (-0.31, 0.2, 0), (0.24, -0.27, 1), (0.24, 0.0, 1), (0.24, 0.27, 1))
        ]
        count = 5 - (missing if layer == layers - 1 else 0)
        for x, y, yaw in cells[: max(count, 1)]:
            size = (0.58, 0.4, thick) if not yaw else (0.55, 0.275, thick)
            pose = pose_at(
                x + rng.normal(0, 0.008), y + rng.normal(0, 0.006), (layer + 0.5) * (thick - 0.012), rng.normal(0, 0.02)
            )
            bags.append(_pillow(size, rng).transformed(pose))
            prints.append(
                box((size[0] * 0.55, size[1] * 0.5, 0.004), (0, 0, size[2] / 2 + 0.002), 0.001).transformed(pose)
            )
    hood = [_film((1.2, 0.83, layers * (thick - 0.012) + 0.01), salt, film)] if film else []
    key = f"cement_stack/{layers}_{missing}_{round(10 * film)}_{salt}"
    materials = (
        Material("fabric", color, wear=0.3, dirt=0.25),
        Material("paint", (0.03, 0.09, 0.22), wear=0.5, dirt=0.3),
    )
    top = prints[-(5 - missing) :]
    return _on_pallet(
        "cement_bag", shaped("load", key, [(materials[0], bags), (materials[1], top), (FILM, hood)]), salt + 1
    )


def cement_stack_rand(rng: np.random.Generator) -> Model:
    """Samples a stack of cement bags."""
    missing = int(rng.integers(0, 5))
    return cement_stack(
        int(rng.integers(2, 8)),
        missing,
        _tinted(((0.42, 0.36, 0.27), (0.5, 0.49, 0.46))[int(rng.integers(2))], rng),
        int(rng.integers(8)),
        float(rng.choice([0.0, 0.4, 0.6])) if missing else 1.0,
    )


def _pillow(size: tuple[float, float, float], rng: np.random.Generator) -> Mesh:
    """Returns a filled bag: square ends, round flanks, a slightly lumpy top."""
    half = np.array(size) / 2
    angle = np.arange(12) * (2 * np.pi / 12) + np.pi / 12
    ring = np.column_stack(
        [np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.5, np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.42]
    )
    stations = np.array([-1.0, -0.94, -0.5, 0.0, 0.5, 0.94, 1.0])
    swell = np.array([0.7, 0.94, 1.0, 1.0, 1.0, 0.94, 0.7])
    lumps = 1 + rng.normal(0, 0.025, len(stations))
    rings = [
        np.column_stack(
            [
                np.full(12, s * half[0]),
                ring[:, 0] * half[1] * (0.93 + 0.07 * w),
                ring[:, 1] * half[2] * w * min(k, 1.04),
            ]
        )
        for s, w, k in zip(stations, swell, lumps, strict=True)
    ]
    return loft(rings, smooth=True)
