"""Annotations as colours: (H, W, 3) uint8 sRGB pictures."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Picture = NDArray[np.uint8]

NOTHING = (58, 62, 68)
"""Where there is nothing to show: sky, or no flow."""

# Polynomial fit of the viridis colour map by Matt Zucker (shadertoy.com/view/WlfXRN, CC0), lowest power first.
_VIRIDIS = np.array(
    [
        (0.2777273272234177, 0.005407344544966578, 0.3340998053353061),
        (0.1050930431085774, 1.404613529898575, 1.384590162594685),
        (-0.3308618287255563, 0.214847559468213, 0.09509516302823659),
        (-4.634230498983486, -5.799100973351585, -19.33244095627987),
        (6.228269936347081, 14.17993336680509, 56.69055260068105),
        (4.776384997670288, -13.74514537774601, -65.35303263337234),
        (-5.435455855934631, 4.645852612178535, 26.3124352495832),
    ]
)


def viridis(share: ArrayLike) -> Picture:
    """Colours (..., 3) uint8 of values (...) from 0 (dark violet) to 1 (yellow); evenly perceived."""
    share = np.asarray(share, np.float64).clip(0, 1)[..., None]
    value = np.zeros((*share.shape[:-1], 3))
    for coefficients in _VIRIDIS[::-1]:
        value = value * share + coefficients
    return (value.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def depth_picture(depth: NDArray[np.float32], span: tuple[float, float]) -> Picture:
    """Colours depth by its logarithm, near yellow, far violet.

    Args:
        depth: (H, W) metres; inf is shown as nothing.
        span: metres that the ends of the colours stand for.
    """
    near, far = np.log(span[0]), np.log(max(span[1], span[0] * 1.01))
    seen = np.isfinite(depth)
    share = (far - np.log(np.where(seen, depth, span[1]).clip(1e-3))) / (far - near)
    return np.where(seen[..., None], viridis(share), np.uint8(NOTHING))


def normal_picture(normal: NDArray[np.float32]) -> Picture:
    """Colours normals: red to the right, green up, blue towards the camera."""
    seen = np.linalg.norm(normal, axis=-1) > 0.5
    color = (normal * (1, -1, -1) + 1) * 127.5
    return np.where(seen[..., None], color.clip(0, 255), NOTHING).astype(np.uint8)


def id_picture(ids: NDArray[np.uint16]) -> Picture:
    """Gives every id a colour of its own; neighbours in number differ most. 0 is nothing."""
    hue = np.arange(int(ids.max()) + 1) * 0.6180339887498949 % 1.0
    level = np.arange(len(hue)) % 3
    table = np.array(
        [colorsys.hsv_to_rgb(h, (0.45, 0.65, 0.55)[k], (0.95, 0.82, 0.6)[k]) for h, k in zip(hue, level, strict=True)]
    )
    table = (table * 255).astype(np.uint8)
    table[0] = NOTHING
    return table[ids]


def semantic_picture(ids: NDArray[np.uint16], colors: Mapping[int, tuple[int, int, int]]) -> Picture:
    """Colours category ids as labels.json says; 0 is nothing."""
    table = np.zeros((max(max(colors, default=0), int(ids.max())) + 1, 3), np.uint8)
    for number, color in colors.items():
        table[number] = color
    table[0] = NOTHING
    return table[ids]


def flow_picture(flow: NDArray[np.float32], state: NDArray[np.uint8], reach: float) -> Picture:
    """Colours flow on the wheel of hues: direction is hue (red to the right, then yellow, green as it turns down).

    Args:
        flow: (H, W, 2) pixels.
        state: (H, W); points hidden or outside in the other frame are darker, invalid ones shown as nothing.
        reach: pixels at full colour; no motion is white.
    """
    hue = np.arctan2(flow[..., 1], flow[..., 0]) / (2 * np.pi) % 1.0
    strength = (np.linalg.norm(flow, axis=-1) / max(reach, 1e-6)).clip(0, 1)[..., None]
    pure = (np.abs((hue[..., None] * 6 + np.array([0, 4, 2])) % 6 - 3) - 1).clip(0, 1)
    color = 255 * (1 - strength * (1 - pure))
    color *= np.where(state == 1, 1.0, 0.5)[..., None]
    return np.where((state > 0)[..., None], color, NOTHING).astype(np.uint8)


def scene_flow_picture(away: NDArray[np.float32], state: NDArray[np.uint8], reach: float) -> Picture:
    """Colours motion in space: red along x, green along y, blue along z of the world, grey is still.

    Args:
        away: (H, W, 3) metres.
        state: (H, W); invalid ones are shown as nothing.
        reach: metres at full colour.
    """
    color = (away / max(reach, 1e-9)).clip(-1, 1) * 127.5 + 127.5
    return np.where((state > 0)[..., None], color, NOTHING).astype(np.uint8)


def uv_picture(uv: NDArray[np.float32]) -> Picture:
    """Colours texture coordinates: red along u, green along v, from 0 to 1 and again; none is nothing."""
    known = np.isfinite(uv).all(-1)
    share = np.where(known[..., None], uv, 0) % 1.0
    color = np.concatenate([share * 255, np.full((*known.shape, 1), 96.0)], -1)
    return np.where(known[..., None], color, NOTHING).astype(np.uint8)


def nocs_picture(nocs: NDArray[np.float32]) -> Picture:
    """Colours object coordinates: red along x, green along y, blue along z of the box; none is nothing."""
    known = np.isfinite(nocs).all(-1, keepdims=True)
    return np.where(known, np.where(known, nocs, 0) * 255, NOTHING).astype(np.uint8)


def boundary_picture(bits: NDArray[np.uint8]) -> Picture:
    """Colours occlusion boundaries: orange in front of a neighbour, blue behind one, white both; none is nothing."""
    table = np.full((256, 3), NOTHING, np.uint8)
    code = np.arange(256)
    table[(code & 15) > 0] = 255, 176, 32
    table[(code >> 4) > 0] = 48, 128, 255
    table[((code & 15) > 0) & ((code >> 4) > 0)] = 255, 255, 255
    return table[bits]


def cloud_picture(size: tuple[int, int], pixels: NDArray[np.integer], paint: NDArray[np.uint8]) -> Picture:
    """Draws points as squares of three pixels.

    Args:
        size: (H, W).
        pixels: (N, 2) x, y.
        paint: (N, 3) sRGB.
    """
    picture = np.full((*size, 3), NOTHING, np.uint8)
    for dy, dx in np.ndindex(3, 3):
        x, y = pixels[:, 0] + dx - 1, pixels[:, 1] + dy - 1
        inside = (x >= 0) & (x < size[1]) & (y >= 0) & (y < size[0])
        picture[y[inside], x[inside]] = paint[inside]
    return picture
