"""A slope of a tiled roof: rafters, underlay, battens, tiles course by course, in the frame of `Pitch.slopes`. Metres.

Rafters of 60 x 200 mm at 0.6 m, battens of 30 x 50 mm at the tiles' gauge of 0.34 m (BS 5534).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.masonry import Wall, boxed
from buildee.layout.kinematics import translation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import boxes

RAFTER = (0.06, 0.2)
"""Width and depth of a rafter, metres."""

SPACING = 0.6
"""Between the rafters' axes, metres."""

GAUGE, TILE = 0.34, 0.3
"""From course to course, and width of a tile, metres."""

BATTEN = 0.05
"""Depth of counter batten and batten together, metres."""

ROLLS = ((0.0, 0.0), (0.55, 0.0), (0.68, 0.022), (0.84, 0.026), (1.0, 0.0))
"""The profile of a tile: share of its width, height above its pan in metres."""


class Slope:
    """One slope, in its own frame.

    Attributes:
        length: of the eaves, metres.
        half: from the eaves to the ridge in plan, metres.
        cosine: metres in plan of a metre up the slope.
        crowned: whether it ends at the ridge, a trapezoid; otherwise it ends in a point.
    """

    def __init__(self, length: float, half: float, cosine: float, crowned: bool) -> None:
        self.length, self.half, self.cosine, self.crowned = length, half, cosine, crowned
        self.run = half / cosine
        self.courses = int(np.ceil(self.run / GAUGE))
        reach = length / 2 - 0.3
        self.places = np.linspace(-reach, reach, max(2, round(2 * reach / SPACING) + 1))

    def reach(self, up: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns how far a slope extends to either side of its middle at distances up it, metres."""
        return np.maximum(self.length / 2 - up * self.cosine, 0.0)

    @property
    def rise(self) -> float:
        """Rise over run."""
        return float(np.sqrt(1 - self.cosine**2)) / self.cosine

    def plumb(self, mesh: Mesh) -> Mesh:
        """Returns a mesh sheared so that ends are cut plumb and hips meet at every height."""
        shift = self.rise * mesh.vertices[:, 2:] * np.array([[0.0, 1.0, 0.0]])
        return replace(mesh, vertices=mesh.vertices + shift)

    def strips(self, up: float, low: float, high: float, count: int = 6) -> NDArray[np.float64]:
        """Returns (N, 2, 3) boxes inscribed in the slope as far as `up`, between two heights."""
        edges = np.linspace(0.0, max(up - 0.1, 0.05), count + 1)
        reach = self.reach(edges[1:]) - 0.15
        bounds = [
            ((-wide, start + self.rise * high, low), (wide, end + self.rise * low, high))
            for start, end, wide in zip(edges[:-1], edges[1:], reach, strict=True)
            if wide > 0.1 and end - start > self.rise * (high - low) + 0.02
        ]
        return np.array(bounds).reshape(-1, 2, 3)

    def rafters(self, count: int) -> Wall:
        """Returns the first rafters along the eaves, with noggings between them and the fascia once all stand."""
        width, depth = RAFTER
        x = self.places[:count]
        ends = np.minimum(self.run, (self.length / 2 - np.abs(x)) / self.cosine) - 0.08
        low = np.stack([x - width / 2, np.zeros(count), np.zeros(count)], -1)
        high = np.stack([x + width / 2, np.maximum(ends, 0.1), np.full(count, depth)], -1)
        mesh = boxed(np.stack([low, high], 1), 0.003)
        if count == len(self.places):
            board = np.array([((-self.length / 2 + 0.02, -0.027, -0.02), (self.length / 2 - 0.02, -0.002, depth))])
            mesh = Mesh.merged([mesh, boxed(board, 0.002).with_slot(1)])
            return Wall(self.plumb(mesh), self.strips(self.run, 0.0, depth))
        low[:, 1] += self.rise * depth
        done = np.stack([low, high], 1)
        return Wall(self.plumb(mesh), done[high[:, 1] > 1.0][:: max(1, count // 6)])

    def battened(self, rows: int) -> Wall:
        """Returns the underlay and the battens over the first courses, counter battens under them."""
        depth, up = RAFTER[1], min(rows * GAUGE, self.run - 0.05)
        side = self.reach(np.array([0.0, up]))
        level = depth + 0.002
        corners = [(-side[0], 0, level), (side[0], 0, level), (side[1], up, level), (-side[1], up, level)]
        film = Mesh.from_faces(np.array(corners), [(0, 1, 2, 3)])
        levels = np.minimum((np.arange(rows) + 0.6) * GAUGE, up)
        wide = np.maximum(self.reach(levels) - 0.03, 0.05)
        low = np.stack([-wide, levels - 0.025, np.full(rows, depth + 0.022)], -1)
        high = np.stack([wide, levels + 0.025, np.full(rows, depth + BATTEN)], -1)
        ends = np.minimum((self.length / 2 - np.abs(self.places)) / self.cosine - 0.05, up)
        keep = ends > 0.1
        x, ends = self.places[keep], ends[keep]
        zero = np.zeros(len(x))
        counter = np.stack(
            [
                np.stack([x - 0.025, zero, zero + depth + 0.002], -1),
                np.stack([x + 0.025, ends, zero + depth + 0.022], -1),
            ],
            1,
        )
        timber = boxed(np.concatenate([np.stack([low, high], 1), counter]))
        return Wall(self.plumb(Mesh.merged([film, timber.with_slot(1)])), self.strips(up, depth, depth + BATTEN))

    def tiled(self, rows: int, battens: int, salt: int) -> Wall:
        """Returns the first courses of tiles, cut along the hips, and piles of tiles on the battens ahead.

        Slots 0 to 2 are tones of the clay.
        """
        top = RAFTER[1] + BATTEN
        count = int(np.ceil(self.length / TILE))
        shares, rise = np.array(ROLLS[:-1]).T
        x = ((np.arange(count)[:, None] + shares) * TILE).reshape(-1) - count * TILE / 2
        x, rise = np.append(x, count * TILE / 2), np.append(np.tile(rise, count), 0.0)
        edge = np.minimum(np.arange(rows + 1) * GAUGE - 0.02, self.run)  # the first course laps over the fascia
        lower, upper = edge[:-1], np.minimum(edge[1:] + 0.02, self.run)
        points = np.empty((3, rows, len(x), 3))  # foot, lower edge, upper edge
        for line, (up, lift) in enumerate(((lower, 0.006), (lower, 0.036), (upper, 0.01))):
            wide = self.reach(np.maximum(up, 0.0))[:, None]
            points[line, ..., 0] = np.clip(x, -wide, wide)
            points[line, ..., 1] = up[:, None]
            points[line, ..., 2] = top + lift + rise * (0.0 if line == 0 else 1.0)
        index = np.arange(points[..., 0].size).reshape(points.shape[:3])
        quads = np.concatenate([_quads(index[0], index[1]), _quads(index[1], index[2])])
        sides = points.reshape(-1, 3)[quads]
        whole = np.ptp(sides[..., 0], axis=1) > 1e-4
        tone = np.random.default_rng(salt).choice(3, size=(rows, count), p=(0.7, 0.18, 0.12))
        slots = np.tile(np.repeat(tone, len(ROLLS) - 1, axis=1).reshape(-1), 2)
        mesh = Mesh.from_faces(sides[whole].reshape(-1, 3), np.arange(4 * whole.sum()).reshape(-1, 4))
        mesh = Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots[whole].astype(np.int32), mesh.smooth)
        piles = self._piles(rows, battens, salt)
        laid = Mesh.merged([mesh, piles]) if piles is not None else mesh
        return Wall(self.plumb(laid), self.strips(edge[-1], top, top + 0.05))

    def _piles(self, rows: int, battens: int, salt: int) -> Mesh | None:
        """Returns piles of six tiles that lie ready on the battens."""
        rng = np.random.default_rng(100 + salt)
        spots = []
        for row in range(rows + 1, battens - 1, 3):
            wide = float(self.reach(np.array([(row + 1.5) * GAUGE]))[0]) - 0.5
            spots += [(x, (row + 0.6) * GAUGE) for x in np.arange(-wide, wide, 2.1) + rng.uniform(0, 0.6)]
        if not spots:
            return None
        places = np.array([(x, y, RAFTER[1] + BATTEN + 0.018 + 0.03 * k) for x, y in spots for k in range(5)])
        places[:, :2] += rng.normal(0.0, 0.008, (len(places), 2))
        return boxes(np.tile((TILE, 0.4, 0.022), (len(places), 1)), translation(places), 0.003)


def _quads(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the faces between two (R, N) rows of points, looking up."""
    return np.stack([first[:, :-1], first[:, 1:], second[:, 1:], second[:, :-1]], -1).reshape(-1, 4)
