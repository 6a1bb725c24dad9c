"""A hipped roof under way: plates, posts and purlins that carry its slopes, and the caps that close it. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.envelope_plan import Kit
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.masonry import Wall, boxed
from buildee.generators.construction_site.pitch import SEAT, Pitch
from buildee.generators.construction_site.pitched_slope import BATTEN, RAFTER, Slope
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at

PURLIN, POST = (0.14, 0.24), 0.14
"""Width and depth of a purlin, side of a post, metres."""

PACE = {"frame": (0.0, 0.12), "rafters": (0.08, 0.42), "battens": (0.38, 0.7), "tiles": (0.5, 0.95)}
"""Shares of the roof's time in which each layer is made."""

TIMBER = Material("wood", (0.62, 0.45, 0.26), wear=0.15, dirt=0.15)
OLD_TIMBER = Material("wood", (0.5, 0.37, 0.22), wear=0.4, dirt=0.3)
UNDERLAYS: tuple[Color, ...] = ((0.12, 0.14, 0.16), (0.38, 0.42, 0.4), (0.1, 0.2, 0.32))
TILES: tuple[Color, ...] = ((0.32, 0.1, 0.05), (0.11, 0.11, 0.115), (0.2, 0.085, 0.055), (0.36, 0.17, 0.08))
"""Red, slate grey, brown, orange clay; linear RGB."""


def pitched(kit: Kit, building: Building, share: float, height: float, rng: np.random.Generator) -> None:
    """Adds a hipped roof as far as it is.

    Args:
        kit: takes it.
        building: what it covers.
        share: of its time that has passed, 0 to 1.
        height: of the roof slab, metres.
        rng: decides colours.
    """
    pitch = Pitch(building.outline, building.parapet[1])
    tile = TILES[int(rng.integers(len(TILES)))]
    underlay = UNDERLAYS[int(rng.integers(len(UNDERLAYS)))]
    looks = tuple(Material("paint", _toned(tile, tone), wear=0.4, dirt=0.4) for tone in (1.0, 0.82, 1.2))
    done = {layer: float(np.clip((share - start) / (end - start), 0, 1)) for layer, (start, end) in PACE.items()}
    _carriers(kit, building, pitch, height, done["frame"])
    for turn, (name, pose, length, crowned) in enumerate(pitch.slopes()):
        standing = pose_at(z=height) @ pose
        slope = Slope(length, pitch.half, pitch.cosine, crowned)
        rows = slope.courses
        count = round(done["rafters"] * len(slope.places))
        if count:
            made = slope.rafters(count)
            kit.add(f"rafters_{name}", "roof", f"rafters_{name}_{count}", made, (TIMBER, OLD_TIMBER), standing)
        late = 0.07 * turn
        battens = int(np.clip((done["battens"] - late) / (1 - 3 * 0.07), 0, 1) * rows)
        if battens and count == len(slope.places):
            film = Material("plastic", underlay, wear=0.15, dirt=0.2)
            key = f"battens_{name}_{battens}"
            kit.add(key, "roof", key, slope.battened(battens), (film, TIMBER), standing)
            laid = min(int(np.clip((done["tiles"] - late) / (1 - 3 * 0.07), 0, 1) * rows), battens)
            if laid:
                key = f"tiles_{name}_{laid}_{battens}"
                kit.add(key, "roof", key, slope.tiled(laid, battens, turn), looks, standing)
    if share >= PACE["tiles"][1]:
        _caps(kit, pitch, height, looks)


def _toned(color: Color, tone: float) -> Color:
    return (tone * color[0], tone * color[1], tone * color[2])


def _carriers(kit: Kit, building: Building, pitch: Pitch, height: float, done: float) -> None:
    """Adds wall plates on the upstand, then posts, purlins and ridge beam inside them."""
    low, high = building.outline
    base, top = pitch.upstand, pitch.upstand + pitch.plate
    near, far = SEAT, SEAT + 0.12
    plates = [
        ((low[0] + near, low[1] + near, base), (high[0] - near, low[1] + far, top)),
        ((low[0] + near, high[1] - far, base), (high[0] - near, high[1] - near, top)),
        ((low[0] + near, low[1] + far, base), (low[0] + far, high[1] - far, top)),
        ((high[0] - far, low[1] + far, base), (high[0] - near, high[1] - far, top)),
    ]
    parts = np.array(plates)
    if done >= 1:
        parts = np.concatenate([parts, _inner(building, pitch)])
    made = Wall(boxed(parts, 0.004), parts)
    kit.add("roof_frame", "roof", f"roof_frame_{int(done)}", made, (OLD_TIMBER,), pose_at(z=height))


def _inner(building: Building, pitch: Pitch) -> NDArray[np.float64]:
    """Returns (N, 2, 3) posts, the ring of purlins half way up, and the ridge beam, above the slab."""
    (west, south), (east, north) = pitch.eaves
    into, (width, depth) = 0.5 * pitch.half, PURLIN
    top = pitch.under(into)
    ring = np.array([(west + into, south + into), (east - into, north - into)])
    (x0, y0), (x1, y1) = ring
    beams = [((x0, y0), (x1, y0 + width)), ((x0, y1 - width), (x1, y1))]
    beams += [((x0, y0 + width), (x0 + width, y1 - width)), ((x1 - width, y0 + width), (x1, y1 - width))]
    made = [((*a, top - depth), (*b, top)) for a, b in beams]
    posts = [(x, y) for x in _steps(x0, x1 - POST) for y in (y0, y1 - POST)]
    posts += [(x, y) for y in _steps(y0, y1 - POST)[1:-1] for x in (x0, x1 - POST)]
    ridge = pitch.under(pitch.half) - 0.06
    middle = (pitch.eaves.sum(0)) / 2
    long = int(east - west < north - south)
    start, end = pitch.eaves[0, long] + pitch.half, pitch.eaves[1, long] - pitch.half
    crest = []
    if end - start > 0.6:
        beam = np.array([(middle - 0.05, middle + 0.05)])[0]
        beam[:, long] = (start, end)
        made.append(((*beam[0], ridge - 0.24), (*beam[1], ridge)))
        crest = [tuple(np.where([long == 0, long == 1], at, middle - POST / 2)) for at in _steps(start, end - POST)]
    low, high = building.core + np.array([[-POST - 0.2], [0.2]])
    for number, (x, y) in enumerate([*posts, *crest]):
        if not (low[0] < x < high[0] and low[1] < y < high[1]):
            head = (top if number < len(posts) else ridge) - 0.24
            made.append(((x, y, 0.0), (x + POST, y + POST, head)))
    return np.array(made)


def _steps(start: float, end: float) -> NDArray[np.float64]:
    """Returns places of posts from start to end, at most 2.8 m apart."""
    return np.linspace(start, end, max(2, int(np.ceil((end - start) / 2.8)) + 1))


def _caps(kit: Kit, pitch: Pitch, height: float, looks: tuple[Material, ...]) -> None:
    """Adds the half-round caps over hips and ridge, one lapping over the next."""
    low, high = pitch.eaves
    lift = pitch.under(0.0) + (RAFTER[1] + BATTEN + 0.02) / pitch.cosine
    top = lift + pitch.slope * pitch.half
    peaks = [low + pitch.half, high - pitch.half]  # of a square they are one point
    corners = [((low[0], low[1]), 0), ((high[0], low[1]), 1), ((high[0], high[1]), 1), ((low[0], high[1]), 0)]
    if np.ptp(pitch.eaves, axis=0)[1] > np.ptp(pitch.eaves, axis=0)[0]:
        corners = [(corner, int(corner[1] > low[1] + 0.1)) for corner, _ in corners]
    lines = [
        (0.97 * np.array((*corner, lift)) + 0.03 * np.array((*peaks[end], top)), (*peaks[end], top))
        for corner, end in corners
    ]
    if np.linalg.norm(peaks[1] - peaks[0]) > 0.3:
        lines.append(((*peaks[0], top), (*peaks[1], top)))
    mesh = Mesh.merged([_capped(np.array(start), np.array(end)) for start, end in lines])
    kit.add("roof_caps", "roof", "roof_caps", Wall(mesh, np.zeros((0, 2, 3))), looks[:1], pose_at(z=height))


@lru_cache(maxsize=1)
def _arch() -> NDArray[np.float64]:
    """Returns (N, 2) points of a cap's section."""
    angle = np.linspace(-0.1, np.pi + 0.1, 8)
    return 0.13 * np.column_stack([np.cos(angle), 0.75 * np.sin(angle)])


def _capped(start: NDArray[np.float64], end: NDArray[np.float64]) -> Mesh:
    """Returns caps along a line, thicker at their lower ends."""
    ahead = (end - start) / np.linalg.norm(end - start)
    side = np.cross((0.0, 0.0, 1.0), ahead)
    side /= np.linalg.norm(side)
    up = np.cross(ahead, side)
    count = max(1, round(float(np.linalg.norm(end - start)) / 0.4))
    steps = np.linspace(0, np.linalg.norm(end - start), count + 1)
    section = _arch()[:, :1] * side + _arch()[:, 1:] * up
    first = start + steps[:-1, None, None] * ahead + 1.12 * section
    last = start + steps[1:, None, None] * ahead + 0.95 * section
    points = np.stack([first, last], 1)  # (count, 2, N, 3)
    index = np.arange(points[..., 0].size).reshape(points.shape[:3])
    quads = np.stack([index[:, 0, :-1], index[:, 0, 1:], index[:, 1, 1:], index[:, 1, :-1]], -1)
    return Mesh.from_faces(points.reshape(-1, 3), quads.reshape(-1, 4)[:, ::-1], smooth=True)
