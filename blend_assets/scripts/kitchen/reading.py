"""Paper: books shut and open, a newspaper, a letter; a pen."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, limb, printed, rounded, rounded_box, sheet
from blend_assets.scripts.kitchen.things import bounding, settled, thing
from blend_assets.scripts.model import Asset, at, boxes, turned
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh

SOURCE = "Own model. {}."


def assets() -> list[Asset]:
    """Returns books, a newspaper, a letter and a pen."""
    return [
        _book("book_a", "Cookbook", 0.19, 0.246, 0.027, "BREAD", (0.36, 0.055, 0.03)),
        _book("book_b", "Large cookbook", 0.215, 0.28, 0.034, "THE GARDEN TABLE", (0.045, 0.12, 0.075)),
        _book("book_c", "Paperback", 0.125, 0.19, 0.021, "SOUPS", (0.62, 0.50, 0.28)),
        _open_book(),
        _newspaper(),
        _letter(),
        _pen(),
    ]


def _book(id: str, title: str, width: float, height: float, thick: float, words: str, color) -> Asset:
    """Returns a book lying on its back cover, spine towards -Y; its title is read from +X."""
    board = 0.0025
    x, y = height / 2, width / 2
    covers = [rounded_box((-x, -y, z), (x, y, z + board), 0.002, 0.0009) for z in (0.0, thick - board)]
    t = np.linspace(-1, 1, 9)
    spine_line = np.column_stack([-y - 0.004 * (1 - t**2), thick / 2 + t * (thick / 2 - 0.0008)])
    grid = np.array([[(px, py, pz) for py, pz in spine_line] for px in (-x, x)])
    spine = sheet(grid[:, ::-1], 0.0016)
    block = rounded_box((-x + 0.003, -y + 0.001, board), (x - 0.003, y - 0.0035, thick - board), 0.001, 0.0001)
    size = min(0.013, 0.62 * thick, 0.82 * height / max(lettering.text_width(words, 1.0), 1e-6))
    pose = np.array([[1, 0, 0, 0], [0, 0, -1, -y - 0.0053], [0, 1, 0, thick / 2 - size / 2], [0, 0, 0, 1]], float)
    lines = [lettering.text(words, size, 0.0, "middle").transformed(pose)]
    big = min(0.026, 0.8 * width / max(lettering.text_width(words, 1.0), 1e-6))
    turn = np.array([[0, -1, 0, -0.40 * x], [1, 0, 0, 0], [0, 0, 1, thick + 0.0003], [0, 0, 0, 1]], float)
    lines.append(lettering.text(words, big, 0.0, "middle").transformed(turn))
    lines += [solids.box((0.0016, 1.5 * y, 0.0003), (px, 0, thick + 0.0001)) for px in (-0.30 * x, 0.82 * x)]
    mesh = Mesh.merged([of("cover", *covers, spine), of("paper", block), of("print", *lines)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    upright = settled(mesh, turned("z", np.pi / 2) @ turned("y", -np.pi / 2))
    return thing(
        id, title, "book", mesh, bounding(mesh),
        SOURCE.format(f"Book of {1000 * width:.0f} x {1000 * height:.0f} mm"), slots=coloured(cover=color,
        print=(0.72, 0.68, 0.58)),
        markers={"grasp": at(0, y, thick / 2), "opening": at(z=thick)}, rests={"upright": upright},
        stack=float(mesh.bounds[1, 2]) + 2e-4, tags=("paper",),
    )  # fmt: skip


def _page_lines(rng: np.random.Generator, left: float, right: float, place) -> list[Mesh]:
    """Returns lines of print between two y on a page whose height over (x, y) `place` gives; x falls down the page."""
    strips = []
    for number in range(17):
        x = 0.095 - 0.0105 * number
        end = right if number % 6 != 5 else left + (right - left) * rng.uniform(0.3, 0.8)
        ys = np.linspace(left, end, 7)
        for low, high in ((x, x + 0.0028),):
            points = [(px, y, place(y) + 0.0004) for y in ys for px in (low, high)]
            strips.append(
                Mesh.from_faces(
                    points,
                    np.array([(2 * k, 2 * k + 1, 2 * k + 3, 2 * k + 2) for k in range(6)]).reshape(-1, 4)[:, ::-1],
                )
            )
    return strips


def _open_book() -> Asset:
    """Returns a cookbook lying open: two blocks of leaves that curve down to the spine, a picture on the right page."""
    rng = np.random.default_rng(3)
    x, width = 0.135, 0.20
    t = np.linspace(0, 1, 18)
    top = 0.004 + 0.018 * np.interp(t, [0, 0.06, 0.16, 0.35, 0.7, 1.0], [0.18, 0.65, 1.0, 1.02, 0.88, 0.74])
    pieces, lines = [], []
    for side in (1, -1):
        ys = side * width * t
        rings = np.array(
            [[(-x, y, 0.0035), (x, y, 0.0035), (x, y, z), (-x, y, z)] for y, z in zip(ys, top, strict=True)]
        )
        block = solids.loft(rings if side < 0 else rings[:, ::-1], smooth=False)
        pieces.append(of("paper", block))
        cover = rounded_box(
            (-x - 0.004, min(0, side * (width + 0.004)), 0),
            (x + 0.004, max(0, side * (width + 0.004)), 0.0034),
            0.003,
            0.001,
        )
        pieces.append(of("cover", cover))
    level = lambda y: np.interp(abs(y), width * t, top)  # noqa: E731
    lines += _page_lines(rng, -0.175, -0.035, level)
    photo = [(px, y, level(y) + 0.0004) for y in np.linspace(0.03, 0.18, 9) for px in (-0.01, 0.11)]
    photo = Mesh.from_faces(photo, np.array([(2 * k, 2 * k + 2, 2 * k + 3, 2 * k + 1)[::1] for k in range(8)]))
    below = [strip for strip in _page_lines(rng, 0.035, 0.175, level) if strip.vertices[:, 0].max() < -0.018]
    turned_up = [mesh if _up(mesh) else mesh.flipped() for mesh in (*lines, *below)]
    photo = photo if _up(photo) else photo.flipped()
    dish = [(px, y, level(y) + 0.0007) for px, y in solids.circle(0.042, 24) + np.array((0.05, 0.105))]
    dish = Mesh.from_faces(dish, [list(range(24))])
    dish = dish if _up(dish) else dish.flipped()
    mesh = Mesh.merged([*pieces, of("print", *turned_up), of("card", photo), of("petal", dish)])
    proxy = boxes(
        ((-x - 0.004, -width - 0.004, 0), (x + 0.004, -0.012, 0.020)),
        ((-x - 0.004, 0.012, 0), (x + 0.004, width + 0.004, 0.020)),
        ((-x, -0.012, 0), (x, 0.012, 0.010)),
    )
    return thing(
        "book_open_a", "Open cookbook", "book", mesh, proxy, SOURCE.format("Book of 200 x 270 mm"),
        slots=coloured(cover=(0.08, 0.16, 0.22), card=(0.30, 0.27, 0.22), petal=(0.60, 0.22, 0.06)),
        markers={"grasp": at(0, width, 0.01)}, tags=("paper",),
    )  # fmt: skip


def _up(mesh: Mesh) -> bool:
    """Says whether a mesh's first face looks up."""
    a, b, c = mesh.vertices[mesh.corners[:3]]
    return float(np.cross(b - a, c - a)[2]) > 0


def _newspaper() -> Asset:
    """Returns a newspaper of 57 x 40 cm folded twice, its headline up."""
    rng = np.random.default_rng(9)
    x, y, thick = 0.145, 0.20, 0.0025
    sheets = []
    for layer in range(4):
        u, v = np.linspace(-x, x, 12) - 0.002 * (layer % 2), np.linspace(-y, y, 14)
        grid = np.stack([*np.meshgrid(u, v + 0.0015 * rng.normal(), indexing="ij"), np.zeros((12, 14))], -1)
        grid[..., 2] = (
            thick * (layer + 0.5)
            + 0.0025 * layer / 3 * np.sin(grid[..., 1] / y * 2.2 + 0.5) ** 2
            + 0.004 * layer / 3 * np.clip((grid[..., 0] / x + 0.2), 0, 1) ** 2 * (1 - (grid[..., 1] / y) ** 2)
        )
        sheets.append(sheet(grid, 0.0011 if layer < 3 else 0.0008))
    fold = limb(
        [(-x - 0.001, v, 2 * thick) for v in np.linspace(-y, y, 6)],
        0.009,
        4 * thick * 0.95,
        (1, 0, 0),
        segments=12,
        round_ends=False,
    )

    def height(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        return (
            thick * 3.5
            + 0.0025 * np.sin(py / y * 2.2 + 0.5) ** 2
            + 0.004 * np.clip(px / x + 0.2, 0, 1) ** 2 * (1 - (py / y) ** 2)
            + 0.0009
        )

    def laid(mesh: Mesh) -> Mesh:
        points = mesh.vertices.copy()
        points[:, 2] = height(points[:, 0], points[:, 1])
        return printed(Mesh(points, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth))

    turn = np.array([[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], float)
    # Read from +X: lines run along Y, the headline is at -X, next to the fold.
    ink = [lettering.text("THE MORNING POST", 0.030, 0.0, "middle").transformed(turn).moved(x=-0.098)]
    ink.append(lettering.text("HARBOUR FAIR OPENS", 0.016, 0.0, "middle").transformed(turn).moved(x=-0.068))
    for column in range(4):
        for row in range(26 if column < 3 else 9):
            low = -0.185 + 0.0945 * column
            wide = 0.086 if row % 7 != 6 else 0.05
            quad = [
                (-0.055 + 0.0072 * row + dx, low + dy, 0)
                for dx, dy in ((0, 0), (0.0024, 0), (0.0024, wide / 2), (0.0024, wide), (0, wide), (0, wide / 2))
            ]
            ink.append(Mesh.from_faces(quad, [(0, 1, 2, 5), (5, 2, 3, 4)]))
    xs, ys = np.linspace(0.015, 0.13, 7), np.linspace(0.0985, 0.185, 6)
    photo = solids.heightfield(xs, ys, np.zeros((7, 6)))
    photo = laid(Mesh.from_faces(photo.vertices, photo.corners.reshape(-1, 4)))
    mesh = Mesh.merged([of("paper", *sheets, fold), of("print", *[laid(piece) for piece in ink]), of("card", photo)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    slots = coloured(paper=(0.58, 0.56, 0.51), card=(0.20, 0.20, 0.20))
    return thing(
        "newspaper_a", "Folded newspaper", "newspaper", mesh, bounding(mesh),
        SOURCE.format("Broadsheet format, 57 x 40 cm, folded"), slots=slots,
        markers={"grasp": at(0, y, 0.005)}, tags=("paper",),
    )  # fmt: skip


def _letter() -> Asset:
    """Returns a DL envelope, 220 x 110 mm, with a window, a stamp and an open flap's line."""
    x, y = 0.055, 0.11
    u, v = np.linspace(-x, x, 6), np.linspace(-y, y, 10)
    grid = np.stack([*np.meshgrid(u, v, indexing="ij"), np.zeros((6, 10))], -1)
    bulge = 0.0010 + 0.0016 * (1 - (grid[..., 0] / x) ** 2) * (1 - (grid[..., 1] / y) ** 2)
    grid[..., 2] = bulge
    envelope = sheet(grid, 0.0019)
    top = lambda px, py: 0.0010 + 0.0016 * (1 - (px / x) ** 2) * (1 - (py / y) ** 2) + 0.00125  # noqa: E731

    def patch(low, high) -> Mesh:
        xs, ys = np.linspace(low[0], high[0], 4), np.linspace(low[1], high[1], 5)
        mesh = solids.heightfield(xs, ys, top(*np.meshgrid(xs, ys, indexing="ij")))
        return Mesh.from_faces(mesh.vertices, mesh.corners.reshape(-1, 4))

    lines = [patch((0.008 + 0.007 * k, -0.09), (0.0105 + 0.007 * k, -0.09 + 0.06 - 0.008 * k)) for k in range(4)]
    mesh = Mesh.merged([of("paper", envelope), of("red", patch((-0.046, 0.078), (-0.020, 0.100))), of("print", *lines)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    return thing(
        "letter_a", "Letter", "letter", mesh, bounding(mesh), SOURCE.format("DL envelope of ISO 269, 110 x 220 mm"),
        markers={"grasp": at(0, y, 0.002)}, tags=("paper",),
        stack=float(mesh.bounds[1, 2]) + 2e-4,
    )  # fmt: skip


def _pen() -> Asset:
    """Returns a ball-point pen, 14.5 cm, lying along X on its clip's side."""
    body = lathe(
        rounded(
            [
                (0, 0.0),
                (0.0008, 0.0),
                (0.0012, 0.004),
                (0.0042, 0.016),
                (0.0052, 0.03),
                (0.0052, 0.132),
                (0.0046, 0.136),
                (0, 0.136),
            ],
            [0, 0.0003, 0.001, 0.004, 0.01, 0.001, 0.001, 0],
            3,
        ),
        20,
    )
    button = lathe(rounded([(0, 0.135), (0.0026, 0.135), (0.0026, 0.145), (0, 0.146)], 0.001, 3), 14)
    ring = lathe(np.array([(0.0050, 0.075), (0.0056, 0.0755), (0.0056, 0.0785), (0.0050, 0.079)]), 20)
    clip = limb(
        [(0.0052, 0, 0.131), (0.0075, 0, 0.130), (0.0078, 0, 0.118), (0.0068, 0, 0.095)],
        0.0035,
        0.001,
        square=0.6,
        segments=8,
    )
    mesh = Mesh.merged([of("blue", body), of("chrome", button, ring, clip)])
    mesh = mesh.transformed(turned("y", -np.pi / 2) @ turned("z", np.deg2rad(140))).moved(x=0.073)
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    return thing(
        "pen_a", "Ball-point pen", "pen", mesh, bounding(mesh), SOURCE.format("Pens of 14.5 cm, as makers list them"),
        markers={"grasp": at(0.04, 0, 0.005), "tip": at(0.073, 0, 0.005)},
        slots=coloured(blue=(0.015, 0.03, 0.12)), tags=("paper",),
    )  # fmt: skip
