"""The plan of a scene: a map from above, drawn from its layout.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CORNERS = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)])
_WIDTH = 720.0
"""Width of the drawing; everything else scales with it."""
_LARGE = 90.0
"""Metres beyond which a thing (terrain, a street) does not decide what the map shows."""
_SHEET = 200.0
"""Metres beyond which a thing's box says nothing about it: wide terrain with holes."""

Polygon = NDArray[np.float64]


def plan_map(
    layout: Mapping[str, Any], colors: Mapping[str, str], scattered: list[tuple[str, NDArray[np.float64]]]
) -> str:
    """Draws a layout from above as SVG.

    Args:
        layout: layout.json.
        colors: CSS colour by category.
        scattered: category and position (3,), metres, of scattered things that count as instances.
    """
    shapes = [row for row in _footprints(layout) if np.ptp(row[3], axis=0).max() < _SHEET]
    cameras = [(row["name"], np.asarray(row["poses"], float), row) for row in layout.get("cameras", [])]
    low, high = _window(shapes, cameras)
    if not (high > low).all():
        return ""
    scale = _WIDTH / (high[0] - low[0])
    height = scale * (high[1] - low[1])

    def at(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([(points[..., 0] - low[0]) * scale, (high[1] - points[..., 1]) * scale], -1)

    parts = []
    for _, category, name, polygon in sorted(shapes, key=lambda item: item[0]):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in at(polygon))
        title = escape(f"{name} ({category.replace('_', ' ')})")
        parts.append(
            f'<polygon points="{points}" fill="{colors.get(category, "#888")}"><title>{title}</title></polygon>'
        )
    for category, position in scattered:
        x, y = at(position)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{colors.get(category, "#888")}"/>')
    body = f'<g class="things">{"".join(parts)}</g>' + "".join(_camera(*camera, at, scale) for camera in cameras)
    body += _ruler(high[0] - low[0], scale, height)
    return f'<svg class="plan" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="plan">{body}</svg>'


def _footprints(layout: Mapping[str, Any]) -> Iterator[tuple[float, str, str, Polygon]]:
    """Yields highest point, category, name and outline from above of every part, in the first frame."""
    shapes = layout.get("shapes", {})
    for item in layout.get("instances", []):
        world = np.asarray(item["poses"], float)[0]
        poses: list[NDArray[np.float64]] = []
        for part in item["parts"]:
            parent = world if part["parent"] < 0 else poses[part["parent"]]
            values = item.get("values", {}).get(part["name"])
            poses.append(parent @ np.asarray(part["rest"], float) @ _joint(part["joint"], values))
            for corners in _boxes(part, shapes.get(part["shape"], {})):
                points = corners @ poses[-1][:3, :3].T + poses[-1][:3, 3]
                yield float(points[:, 2].max()), item["category"], item["name"], _hull(points[:, :2])


def _boxes(part: Mapping[str, Any], shape: Mapping[str, Any]) -> Iterator[NDArray[np.float64]]:
    """Yields the corners (8, 3) of the boxes that stand for a part, in its frame."""
    if proxy := part.get("proxy"):
        for pose, half in zip(np.asarray(proxy["poses"], float), np.asarray(proxy["half"], float), strict=True):
            yield (2 * _CORNERS - 1) * half @ pose[:3, :3].T + pose[:3, 3]
    elif bounds := shape.get("bounds"):
        low, high = np.asarray(bounds, float)
        yield low + _CORNERS * (high - low)


def _joint(joint: Mapping[str, Any] | None, values: Any) -> NDArray[np.float64]:
    """Where a joint takes its part in the first frame: Rodrigues' rotation for hinges, a shift for sliders."""
    pose = np.eye(4)
    if joint is None or not values:
        return pose
    axis, value = np.asarray(joint["axis"], float), float(np.atleast_1d(values)[0])
    if joint["kind"] == "slider":
        pose[:3, 3] = value * axis
        return pose
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    pose[:3, :3] += np.sin(value) * cross + (1 - np.cos(value)) * cross @ cross
    return pose


def _hull(points: NDArray[np.float64]) -> Polygon:
    """The convex outline of points (N, 2), by Andrew's monotone chain."""
    ordered = points[np.lexsort((points[:, 1], points[:, 0]))]

    def half(path: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        chain: list[NDArray[np.float64]] = []
        for point in path:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return np.array(half(ordered) + half(ordered[::-1]))


def _turn(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _window(shapes: list[Any], cameras: list[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners (2,) of what the map shows: where most small things are, and every camera."""
    middles = [polygon.mean(0) for *_, polygon in shapes if np.ptp(polygon, axis=0).max() < _LARGE]
    stations = np.concatenate([np.zeros((0, 2)), *(poses[:, :2, 3] for _, poses, _ in cameras)])
    if not middles and not len(stations):
        return np.zeros(2), np.zeros(2)
    crowd = np.quantile(np.array(middles), [0.04, 0.96], axis=0) if middles else np.zeros((0, 2))
    points = np.concatenate([crowd, stations])
    low, high = points.min(0), points.max(0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2 * 1.12, 4.0)
    half[1] = min(max(half[1], half[0] * 0.55), half[0] * 1.1)
    half[0] = max(half[0], (high - low)[1] / 2 * 1.12 / 1.1)
    return middle - half, middle + half


def _camera(name: str, poses: NDArray[np.float64], row: Mapping[str, Any], at: Any, scale: float) -> str:
    path = at(poses[:, :2, 3])
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    slope, reach = row["width"] / 2 / row["focal"], 46 / scale
    if row.get("lens"):  # half the angle that a fisheye sees, as far as two wings can show it
        slope = np.tan(min(slope, 1.2))
    right, forward = poses[0, :2, 0], poses[0, :2, 2]
    wings = at(poses[0, :2, 3] + reach * np.stack([forward - slope * right, forward + slope * right]))
    (x, y), ((ax, ay), (bx, by)) = path[0], wings
    return (
        f'<g class="camera"><polygon points="{x:.1f},{y:.1f} {ax:.1f},{ay:.1f} {bx:.1f},{by:.1f}"/>'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        f'<text x="{x + 8:.1f}" y="{y + 4:.1f}">{escape(name)}</text></g>'
    )


def _ruler(width: float, scale: float, height: float) -> str:
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if step <= max(width / 4, 1))
    y, end = height - 14, 14 + length * scale
    line = f'<path d="M14 {y - 5:.1f}V{y:.1f}H{end:.1f}V{y - 5:.1f}"/>'
    return f'<g class="ruler">{line}<text x="{end + 6:.1f}" y="{y + 1:.1f}">{length} m</text></g>'
