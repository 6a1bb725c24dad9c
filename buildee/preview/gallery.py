"""The gallery: one self-contained HTML file that shows a dataset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.camera import Camera
from buildee.dataset.frame import Frame
from buildee.dataset.reader import Dataset, Scene
from buildee.errors import OutputError
from buildee.preview import colors, legends, overlays, page
from buildee.preview.embed import Picture, jpeg, png
from buildee.preview.plan import plan_map
from buildee.preview.relations import relation_overlay
from buildee.truth.camera import project

_SCENES, _FRAMES = 12, 10
"""At most so many scenes, and frames a camera, are shown."""
_BINS = 65536
_STRIDES = 4
"""So many strides of flow are shown, the shortest."""


def gallery(dataset_path: str | Path) -> Path:
    """Writes `gallery.html` into a dataset: every picture embedded, so that it opens anywhere without a network.

    Args:
        dataset_path: the dataset.

    Returns:
        The file's path.

    Raises:
        DatasetError: when the dataset cannot be read.
        OutputError: when the file cannot be written.
    """
    dataset = Dataset(dataset_path)
    shown = [dataset.scenes[k] for k in _spread(len(dataset), _SCENES)]
    blocks = [_scene(dataset, scene) for scene in shown]
    text = page.document(dataset, blocks)
    path = dataset.path / "gallery.html"
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error
    return path


def _spread(count: int, most: int) -> list[int]:
    return sorted({round(k) for k in np.linspace(0, count - 1, min(count, most))}) if count else []


def _scene(dataset: Dataset, scene: Scene) -> page.SceneBlock:
    palette = {row.name: legends.css(row.color) for row in dataset.categories.values()}
    plan = plan_map(scene.layout, palette, _scattered(scene))
    cameras = [_camera(dataset, scene, camera) for camera in scene.cameras.values()]
    return page.SceneBlock(scene, palette, plan, cameras)


def _scattered(scene: Scene) -> list[tuple[str, NDArray[np.float64]]]:
    """Category and position of the instances that no layout row describes: copies of scatters."""
    if not (scene.folder / "poses.npy").is_file():
        return []
    named = {item["name"] for item in scene.layout.get("instances", [])}
    positions = scene.poses[0, :, :3, 3]
    rows = [row for row in scene.instances.values() if row.name not in named]
    return [(row.category, positions[row.id - 1]) for row in rows if np.isfinite(positions[row.id - 1]).all()]


def _camera(dataset: Dataset, scene: Scene, camera: Camera) -> page.CameraBlock:
    """Draws all views of a camera."""
    frames = [camera.frames[k] for k in _spread(len(camera.frames), _FRAMES)]
    available = {name for frame in frames for name in frame.available}
    palette = {row.id: row.color for row in dataset.categories.values()}
    views = [page.View("rgb", "Picture", [jpeg(frame.rgb) for frame in frames])]
    if "amodal" in available:
        over = [png(overlays.hidden_overlay(frame.amodal, frame.instance)) for frame in frames]
        views.append(page.View("amodal", "Occlusion", None, over, "Striped: parts of things that others hide."))
    if {"relations", "amodal", "instance"} <= available:
        over = [_svg(relation_overlay(frame.relations, frame.amodal, frame.instance)) for frame in frames]
        note = "From what hides to the whole that it hides; thicker where more of it is hidden."
        views.append(page.View("relations", "Who hides whom", None, over, note))
    views += _map_views(dataset, frames, available, palette)
    views += _flow_views(frames)
    if "boxes" in available:
        views += _box_views(scene, camera, frames, palette)
    if {"xy", "state"} <= set(camera.tracks):
        over = [_svg(overlays.track_overlay(camera.tracks, frame.index, frame.camera)) for frame in frames]
        note = "Dots are visible, rings hidden; trails lead back through earlier frames."
        views.append(page.View("tracks", "Tracks", None, over, note))
    if {"xy", "state"} <= set(camera.keypoints):
        points, seen = scene.keypoints, camera.keypoints
        over = [_svg(overlays.keypoint_overlay(points, seen, frame.index, frame.camera)) for frame in frames]
        note = "Dots are visible, rings hidden; left green, right orange."
        views.append(page.View("keypoints", "Keypoints", None, over, note))
    if "seen" in camera.cloud:
        drawn = [jpeg(_cloud_picture(scene, camera, frame, palette)) for frame in frames]
        note = "Seen points of the cloud that stand still, and all seen in the first frame."
        views.append(page.View("cloud", "Point cloud", drawn, None, note))
    return page.CameraBlock(camera, [frame.index for frame in frames], views)


def _map_views(
    dataset: Dataset, frames: list[Frame], available: set[str], palette: dict[int, tuple[int, int, int]]
) -> list[page.View]:
    """Draws the maps that there are, one picture a frame."""
    span = _depth_span(frames)
    table: tuple[tuple[str, str, Callable[[NDArray], NDArray], Callable[[Picture], str], str], ...] = (
        ("depth", "Depth", lambda depth: colors.depth_picture(depth, span), jpeg, legends.depth(span)),
        ("normal", "Normals", colors.normal_picture, jpeg, legends.NORMALS),
        ("shading_normal", "Shading normals", colors.normal_picture, jpeg, legends.NORMALS),
        ("instance", "Instances", colors.id_picture, png, ""),
        ("semantic", "Categories", lambda ids: colors.semantic_picture(ids, palette), png, ""),
        ("part", "Parts", colors.id_picture, png, ""),
        ("material", "Materials", colors.id_picture, png, ""),
        ("uv", "Texture coordinates", colors.uv_picture, jpeg, legends.UV),
        ("nocs", "Object coordinates", colors.nocs_picture, jpeg, legends.NOCS),
        ("boundary", "Occlusion boundaries", colors.boundary_picture, png, legends.BOUNDARIES),
    )
    views = []
    for name, title, drawn, encoded, legend in table:
        if name in available:
            if name == "semantic":
                legend = legends.categories(_shares(frames), dataset.categories)
            views.append(page.View(name, title, _each(frames, name, drawn, encoded), None, legend))
    return views


def _flow_views(frames: list[Frame]) -> list[page.View]:
    """Draws the flow of each stride, and the scene flow to the last frame that it leads to."""
    neighbours = {1: ("flow", "Flow forward"), -1: ("flow_backward", "Flow backward")}
    targets = {frame.index: frame.flow_targets for frame in frames}
    strides = {end - start for start, ends in targets.items() for end in ends}
    views = []
    for stride in sorted(strides, key=lambda stride: (abs(stride), -stride))[:_STRIDES]:
        found = {n: frame.flow_to(n + stride) for frame in frames if (n := frame.index) + stride in targets[n]}
        reach = _reach(found)
        drawn = _drawn(frames, {n: colors.flow_picture(*pair, reach) for n, pair in found.items()})
        name, title = neighbours.get(stride, (f"flow{stride:+d}", f"Flow {stride:+d} frames"))
        views.append(page.View(name, title, drawn, None, legends.flow(reach)))
    moves = {frame.index: frame.scene_flow_to(ends[-1]) for frame in frames if (ends := frame.scene_flow_targets)}
    if moves:
        span = _reach(moves)
        drawn = _drawn(frames, {n: colors.scene_flow_picture(*pair, span) for n, pair in moves.items()})
        views.append(page.View("scene_flow", "Scene flow", drawn, None, legends.scene_flow(span)))
    return views


def _cloud_picture(
    scene: Scene, camera: Camera, frame: Frame, palette: dict[int, tuple[int, int, int]]
) -> NDArray[np.uint8]:
    """Draws what a camera sees of the point cloud where its positions are known, in the colours of the categories."""
    moving = np.array([True, *(row.moving for row in scene.instances.values())])
    shown = np.asarray(camera.cloud["seen"][frame.index])
    if frame.index:
        shown = shown & ~moving[scene.cloud["instance"]]
    pixels, _ = project(frame.camera, scene.cloud["xyz"][shown])
    paint = np.full((max(palette) + 1, 3), 255, np.uint8)
    paint[list(palette)] = list(palette.values())
    category = scene.cloud["category"][shown]
    size = camera.height, camera.width
    return colors.cloud_picture(size, np.floor(pixels).astype(int), paint[category])


def _drawn(frames: list[Frame], pictures: dict[int, NDArray[np.uint8]]) -> list[str | None]:
    """Embeds pictures by the number of their frame; None where a frame has none."""
    return [jpeg(pictures[n]) if (n := frame.index) in pictures else None for frame in frames]


def _reach(found: dict[int, tuple[NDArray, NDArray]]) -> float:
    """The length that nearly all vectors stay below; of those that move, where most do not."""
    lengths = [np.linalg.norm(vectors, axis=-1)[state > 0] for vectors, state in found.values()]
    together = np.concatenate([np.zeros(0), *lengths])
    moving = together[together > 0]
    return float(np.quantile(moving, 0.98)) if moving.size else 1.0


def _box_views(
    scene: Scene, camera: Camera, frames: list[Frame], palette: dict[int, tuple[int, int, int]]
) -> list[page.View]:
    names = {row.id: row.category for row in scene.instances.values()}
    paint = {row.id: legends.css(palette.get(row.category_id, (255, 255, 255))) for row in scene.instances.values()}
    drawn = {
        solid: [_svg(overlays.box_overlay(frame.boxes, names, paint, frame.camera, solid)) for frame in frames]
        for solid in (False, True)
    }
    return [
        page.View("boxes", "Boxes", None, drawn[False], "Around the visible pixels of each thing."),
        page.View("solids", "Boxes in space", None, drawn[True], "Along each thing's own axes."),
    ]


def _each(
    frames: list[Frame],
    name: str,
    drawn: Callable[[NDArray], NDArray],
    encoded: Callable[[Picture], str],
) -> list[str | None]:
    return [encoded(drawn(getattr(frame, name))) if name in frame.available else None for frame in frames]


def _depth_span(frames: list[Frame]) -> tuple[float, float]:
    seen = [frame.depth[::4, ::4].ravel() for frame in frames if "depth" in frame.available]
    depth = np.concatenate([np.zeros(0), *seen])
    depth = depth[np.isfinite(depth)]
    if not depth.size:
        return 1.0, 10.0
    near, far = np.quantile(depth, [0.005, 0.99])
    return float(near), float(far)


def _shares(frames: list[Frame]) -> NDArray[np.float64]:
    """Share of the pixels by category id."""
    maps = [frame.semantic for frame in frames if "semantic" in frame.available]
    counts = sum(np.bincount(ids.ravel(), minlength=_BINS) for ids in maps)
    return counts / counts.sum()


def _svg(text: str) -> str:
    return "data:image/svg+xml," + quote(text, safe=" ='/:;,.()")
