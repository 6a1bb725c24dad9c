"""The gallery's HTML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from math import atan, degrees
from pathlib import Path
from typing import Any

from buildee.dataset.camera import Camera
from buildee.dataset.reader import Dataset, Scene

_BARS = 16
"""Categories counted in a scene's bars."""


@dataclass(frozen=True)
class View:
    """One kind of picture of a camera.

    Attributes:
        key: a plain name.
        title: for people.
        base: data URIs by frame, None where there is none; None altogether draws over the picture.
        over: transparent data URIs drawn on top.
        legend: HTML.
    """

    key: str
    title: str
    base: list[str | None] | None
    over: list[str] | None = None
    legend: str = ""


@dataclass(frozen=True)
class CameraBlock:
    """A camera with its views over the shown frames."""

    camera: Camera
    frames: list[int]
    views: list[View]


@dataclass(frozen=True)
class SceneBlock:
    """A scene with its plan (SVG), CSS colours by category, and cameras."""

    scene: Scene
    palette: Mapping[str, str]
    plan: str
    cameras: list[CameraBlock]


def document(dataset: Dataset, blocks: list[SceneBlock]) -> str:
    """Returns the whole page.

    Args:
        dataset: what is shown.
        blocks: the scenes that are shown.
    """
    title = escape(dataset.path.resolve().name)
    folder = Path(__file__).parent
    style, script = ((folder / name).read_text("utf-8") for name in ("gallery.css", "gallery.js"))
    shown = f" (showing {len(blocks)})" if len(blocks) < len(dataset) else ""
    failed = "".join(
        f"<li>scene {int(number)} failed ({escape(str(record['stage']))}): {escape(str(record['reason']))}</li>"
        for number, record in dataset.failures.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body><main>"
        f"<header><h1>{title}</h1><p>{len(dataset)} of {dataset.info.get('scenes')} scenes{shown}</p>"
        + (f'<ul class="failed">{failed}</ul>' if failed else "")
        + "</header><noscript><p>The pictures need JavaScript, which runs from this file alone.</p></noscript>"
        + "".join(_scene(block, dataset) for block in blocks)
        + f"<details class='recipe'><summary>recipe.yaml</summary><pre>{escape(dataset.recipe)}</pre></details>"
        + f"</main><script>{script}</script></body></html>"
    )


def _scene(block: SceneBlock, dataset: Dataset) -> str:
    scene = block.scene
    world = str(scene.info.get("world", "")).replace("_", " ")
    cameras = "".join(_camera(camera, f"{scene.index}-{camera.camera.name}") for camera in block.cameras)
    plan = f'<div class="card"><h3>Plan</h3>{block.plan}</div>' if block.plan else ""
    return (
        f'<section class="scene"><h2>Scene {scene.index:06d} <small>{escape(world)}</small></h2>'
        f'<div class="tiles">{_tiles(scene)}</div>{cameras}<div class="facts">{plan}'
        f'<div class="card"><h3>Things</h3>{_things(scene, block.palette)}</div>{_details(scene)}</div></section>'
    )


def _tiles(scene: Scene) -> str:
    info = scene.info
    tiles: list[tuple[str, str]] = [
        ("instances", f"{sum(row.countable for row in scene.instances.values()):,}"),
        ("parts", f"{len(scene.parts):,}"),
        ("cameras", f"{len(scene.cameras)}"),
        ("frames", f"{max((len(camera.frames) for camera in scene.cameras.values()), default=0)}"),
    ]
    if "instance" in scene.tracks:
        tiles.append(("tracked points", f"{len(scene.tracks['instance']):,}"))
    worst = _at(info, "audit", "worst")
    if isinstance(worst, dict):
        for key, name in (("ids", "ids agree with render"), ("depths", "depths agree")):
            if isinstance(worst.get(key), float):
                tiles.append((name, f"{worst[key]:.2%}"))
    total = _at(info, "timings", "total")
    if isinstance(total, int | float):
        tiles.append(("made in", f"{total:.0f} s"))
    return "".join(f"<div><b>{escape(value)}</b><span>{escape(name)}</span></div>" for name, value in tiles)


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _things(scene: Scene, palette: Mapping[str, str]) -> str:
    counts = Counter(row.category for row in scene.instances.values() if row.countable)
    most = max(counts.values(), default=1)
    rows = "".join(
        f'<div class="row"><span>{escape(name.replace("_", " "))}</span>'
        f'<i style="width:{100 * (count / most) ** 0.5:.1f}%;background:{palette.get(name, "#888")}"></i>'
        f"<b>{count}</b></div>"
        for name, count in counts.most_common(_BARS)
    )
    rest = len(counts) - _BARS
    return f'<div class="bars">{rows}</div>' + (f"<p>and {rest} more categories</p>" if rest > 0 else "")


def _details(scene: Scene) -> str:
    info = scene.info
    facts = {key: value for key, value in (_at(info, "facts") or {}).items() if not isinstance(value, dict)}
    made = {key: info[key] for key in ("seed", "device", "samples", "view_transform", "layout_hash") if key in info}
    versions = _at(info, "versions") or {}
    timings = {key: f"{value:.1f} s" for key, value in (_at(info, "timings") or {}).items()}
    groups = (("Facts", facts), ("Made", {**made, **versions}), ("Time", timings))
    return "".join(
        f'<div class="card"><h3>{name}</h3><dl>{_pairs(values.items())}</dl></div>' for name, values in groups if values
    )


def _pairs(items: Iterable[tuple[str, Any]]) -> str:
    return "".join(
        f"<dt>{escape(str(key).replace('_', ' '))}</dt><dd>{escape(_short(value))}</dd>" for key, value in items
    )


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return " by ".join(_short(item) for item in value)
    return str(value)


def _camera(block: CameraBlock, key: str) -> str:
    camera = block.camera
    views = "".join(_figure(view, camera) for view in block.views)
    data = {
        "frames": block.frames,
        "views": {view.key: {"base": view.base, "over": view.over} for view in block.views},
    }
    field = 2 * _half_angle(camera)
    size = f"{camera.width} by {camera.height}, {field:.0f}° wide"
    meta = f"{size}, {len(camera.frames)} frames at {camera.fps:g} a second"
    last = len(block.frames) - 1
    # In the middle there is flow both ways.
    start = (last + 1) // 2
    slider = (
        f'<label class="slider"><span>frame <output>{block.frames[start]}</output></span>'
        f'<input type="range" min="0" max="{last}" value="{start}" aria-label="frame"></label>'
        if last > 0
        else ""
    )
    # "</" could end the script early.
    text = json.dumps(data).replace("</", "<\\/")
    return (
        f'<section class="camera" id="camera-{escape(key)}"><div class="bar-top"><h3>{escape(camera.name)}</h3>'
        f'<p>{meta}</p>{slider}</div><div class="grid">{views}</div>'
        f'<script type="application/json">{text}</script></section>'
    )


def _half_angle(camera: Camera) -> float:
    return degrees(atan(camera.width / 2 / float(camera.K[0, 0, 0])))


def _figure(view: View, camera: Camera) -> str:
    over = '<img class="over" alt="">' if view.over else ""
    shape = f"{camera.width}/{camera.height}"
    legend = f'<div class="legend">{view.legend}</div>' if view.legend else ""
    return (
        f'<figure data-view="{view.key}"><div class="pic" style="--shape:{shape};aspect-ratio:{shape}">'
        f'<img class="base" alt="{escape(view.title)}">{over}<i class="cross"></i></div>'
        f"<figcaption><b>{escape(view.title)}</b>{legend}</figcaption></figure>"
    )
