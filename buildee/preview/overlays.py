"""What is drawn over a picture: boxes, tracks and hidden areas, as SVG or as transparent pictures."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.typing import NDArray

from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes
from buildee.truth.camera import camera_points, image_points
from buildee.truth.keypoints import LIMBS
from buildee.truth.lens import Pinhole
from buildee.truth.surface import Camera

_EDGES = ((0, 1), (1, 3), (3, 2), (2, 0), (4, 5), (5, 7), (7, 6), (6, 4), (0, 4), (1, 5), (2, 6), (3, 7))
_CORNERS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) / 2
_SMALLEST = 3e-4
"""Share of the image below which boxes and hidden areas are left out."""
_NAMED = 14
"""The largest boxes carry their category's name."""
_PIECES = 24
"""Straight pieces of a line that a lens bends."""
_TRACKS = 260
"""Tracks drawn at most."""
_TRAIL = 8
"""Frames that a trail reaches back."""
_VISIBLE, _HIDDEN = 1, (2, 3)


def box_overlay(boxes: Boxes, names: Mapping[int, str], colors: Mapping[int, str], camera: Camera, solid: bool) -> str:
    """Draws the boxes of visible instances as SVG.

    Args:
        boxes: of the frame.
        names, colors: category and CSS colour by instance id.
        camera: of the frame.
        solid: the boxes in space, else those of the visible pixels.
    """
    least = _SMALLEST * camera.width * camera.height
    rows = [row for row in np.argsort(-boxes.visible_pixels, kind="stable") if boxes.visible_pixels[row] > least]
    parts = []
    for order, row in enumerate(rows):
        number = int(boxes.instance[row])
        color = colors.get(number, "#fff")
        lines = _solid_lines(boxes, row, camera) if solid else _flat_lines(boxes.visible_box[row])
        parts.append(f'<path d="{lines}" stroke="{color}"/>')
        if order < _NAMED:
            x, y = boxes.visible_box[row, :2]
            label = escape(names.get(number, "?").replace("_", " "))
            parts.append(f'<text x="{x + 2}" y="{max(y - 3, 10)}" fill="#fff">{label}</text>')
    style = (
        f'fill="none" stroke-width="{camera.width / 400:.2f}" font-size="{camera.width / 46:.1f}" '
        'font-family="system-ui,sans-serif"'
    )
    text = "text{stroke:none;paint-order:stroke;stroke:#000a;stroke-width:.25em;font-weight:600}"
    return _svg(camera, f"<style>{text}</style><g {style}>{''.join(parts)}</g>")


def _flat_lines(box: NDArray[np.int32]) -> str:
    x0, y0, x1, y1 = box
    return f"M{x0} {y0}H{x1}V{y1}H{x0}Z"


def _solid_lines(boxes: Boxes, row: int, camera: Camera) -> str:
    points = camera_points(camera, boxes.center[row] + _CORNERS * boxes.extent[row] @ boxes.rotation[row].T)
    near, lines = max(camera.clip[0], 0.05), []
    for start, end in (points[list(edge)] for edge in _EDGES):
        if not isinstance(camera.lens, Pinhole):
            lines.append(_bent_line(camera, start, end))
            continue
        if max(start[2], end[2]) <= near:
            continue
        if min(start[2], end[2]) < near:
            cut = start + (near - start[2]) / (end[2] - start[2]) * (end - start)
            start, end = (cut, end) if start[2] < near else (start, cut)
        (x0, y0), (x1, y1) = image_points(camera, np.stack([start, end])).clip(-1e4, 1e4)
        lines.append(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}")
    return "".join(lines)


def _bent_line(camera: Camera, start: NDArray[np.float64], end: NDArray[np.float64]) -> str:
    """Draws a line in space as its lens bends it, interrupted where it sees nothing or jumps across a seam."""
    share = np.linspace(0, 1, _PIECES + 1)[:, None]
    points = image_points(camera, start + share * (end - start)).clip(-1e4, 1e4)
    text, drawing = [], False
    for number, (x, y) in enumerate(points):
        jumps = number and np.abs(points[number] - points[number - 1]).max() > camera.width / 2
        if np.isfinite(x):
            text.append(f"{'L' if drawing and not jumps else 'M'}{x:.1f} {y:.1f}")
        drawing = bool(np.isfinite(x))
    return "".join(text)


def track_overlay(tracks: Mapping[str, NDArray], frame: int, camera: Camera) -> str:
    """Draws tracks as SVG: dots where visible, rings where hidden, trails of where they were in the image before."""
    count = tracks["xy"].shape[1]
    chosen = np.linspace(0, count - 1, min(count, _TRACKS)).astype(int)
    first = max(0, frame - _TRAIL)
    xy, state = tracks["xy"][first : frame + 1, chosen], tracks["state"][first : frame + 1, chosen]
    inside = np.isin(state, (_VISIBLE, *_HIDDEN))
    radius, parts = camera.width / 170, []
    for column, point in enumerate(chosen):
        if not inside[-1, column]:
            continue
        color = f"hsl({point * 137.508 % 360:.0f} 90% 62%)"
        steps = np.flatnonzero(inside[:, column])
        if len(steps) > 1:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in xy[steps, column])
            parts.append(f'<polyline points="{line}" stroke="{color}" fill="none" opacity=".75"/>')
        x, y = xy[-1, column]
        filled = state[-1, column] == _VISIBLE
        paint = f'fill="{color}" stroke="#0008"' if filled else f'fill="none" stroke="{color}" opacity=".8"'
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius if filled else radius * 0.8:.1f}" {paint}/>')
    return _svg(camera, f'<g stroke-width="{camera.width / 480:.2f}">{"".join(parts)}</g>')


def keypoint_overlay(scene: Mapping[str, NDArray], seen: Mapping[str, NDArray], frame: int, camera: Camera) -> str:
    """Draws keypoints as SVG: dots where visible, rings where hidden, and the limbs of people between them.

    Args:
        scene: the scene's arrays: `name` and `instance` (J,).
        seen: the camera's: `xy` (T, J, 2) and `state` (T, J).
        frame: its number.
        camera: of the frame.
    """
    xy, state = np.asarray(seen["xy"][frame]), np.asarray(seen["state"][frame])
    names, owner = scene["name"].tolist(), np.asarray(scene["instance"])
    drawn = np.isin(state, (_VISIBLE, *_HIDDEN))
    column = {key: row for row, key in enumerate(zip(owner.tolist(), names, strict=True))}
    parts = []
    for number in np.unique(owner[drawn]).tolist():
        for pair in LIMBS:
            ends = [column.get((number, name), -1) for name in pair]
            if min(ends) < 0 or not drawn[ends].all():
                continue
            (x0, y0), (x1, y1) = xy[ends]
            faint = "" if (state[ends] == _VISIBLE).all() else ' opacity=".45"'
            parts.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{_side_color(pair[0])}"{faint}/>')
    radius = camera.width / 420
    for row in np.flatnonzero(drawn):
        color = _side_color(names[row])
        paint = f'fill="{color}" stroke="#000a"' if state[row] == _VISIBLE else f'fill="none" stroke="{color}"'
        parts.append(f'<circle cx="{xy[row, 0]:.1f}" cy="{xy[row, 1]:.1f}" r="{radius:.2f}" {paint}/>')
    return _svg(camera, f'<g stroke-width="{camera.width / 640:.2f}">{"".join(parts)}</g>')


def _side_color(name: str) -> str:
    """Returns the CSS colour of a keypoint: green on the left, orange on the right, blue in the middle."""
    return "#40e060" if name.startswith("left_") else "#ff9030" if name.startswith("right_") else "#50b0ff"


def hidden_overlay(masks: AmodalMasks, instance: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Paints what other things hide: (H, W, 4) uint8, hidden areas striped in their instances' colours."""
    height, width = instance.shape
    picture = np.zeros((height, width, 4), np.uint8)
    y, x = np.indices(instance.shape)
    stripes = (x + y) // max(2, width // 160) % 2 == 0
    least = _SMALLEST * height * width
    for row in np.argsort(-masks.pixels, kind="stable"):
        if masks.pixels[row] * masks.occluded[row] < least:
            continue
        x0, y0, x1, y1 = masks.box[row]
        window = np.s_[y0:y1, x0:x1]
        hidden = masks.mask(int(row)) & (instance[window] != masks.instance[row])
        inner = np.pad(hidden, 1)
        border = hidden & ~(inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:])
        hue = int(masks.instance[row]) * 0.6180339887498949 % 1.0
        color = [int(255 * min(max(abs((hue * 6 + k) % 6 - 3) - 1, 0.25), 1)) for k in (0, 4, 2)]
        picture[window][hidden & stripes[window]] = (*color, 110)
        picture[window][border] = (*color, 255)
    return picture


def _svg(camera: Camera, body: str) -> str:
    size = f"{camera.width} {camera.height}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{body}</svg>'
