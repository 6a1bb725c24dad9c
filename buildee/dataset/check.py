"""Validates a dataset: files, types, ranges and ids, and whether everything agrees with everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import clouds, files, keypoints, pairs, reprojection
from buildee.dataset.agreement import Tables
from buildee.dataset.camera import Camera
from buildee.dataset.check_maps import check_maps, check_pictures, load_maps
from buildee.dataset.reader import Dataset, Scene
from buildee.dataset.report import Report
from buildee.dataset.shapes import check_shapes
from buildee.errors import DatasetError
from buildee.truth.relations import Visibility

_SCENE_TRACKS = {
    "xyz": (np.float32, ("T", "N", 3)),
    "instance": (np.uint16, ("N",)),
    "set": (np.uint8, ("N",)),
    "query_frame": (np.int32, ("N",)),
}
_CAMERA_TRACKS = {
    "xy": (np.float32, ("T", "N", 2)),
    "depth": (np.float32, ("T", "N")),
    "state": (np.uint8, ("T", "N")),
    "occluder": (np.uint16, ("T", "N")),
}


def check(path: str | Path) -> Report:
    """Examines every file of a dataset.

    Scenes that failed are noted, not wrong; scenes that are merely missing are.

    Args:
        path: the dataset's folder.

    Returns:
        The findings; `ok` is the verdict. Broken files become problems, never exceptions.
    """
    report = Report(str(path))
    with report.guarding():
        dataset = Dataset(path)
        _check_missing(dataset, report)
        if not (dataset.path / "recipe.yaml").is_file():
            report.problem(dataset.path / "recipe.yaml", "is missing")
        categories = {row.id: row.name for row in dataset.categories.values()}
        if not all(isinstance(number, int) and 0 <= number < 65536 for number in categories) or 0 not in categories:
            raise DatasetError(f"{dataset.path / 'labels.json'}: ids are not integers from 0 (background) to 65535")
        for scene in dataset.scenes:
            with report.guarding():
                _check_scene(scene, categories, report)
    return report


def _check_missing(dataset: Dataset, report: Report) -> None:
    wanted = dataset.info.get("scenes")
    if not isinstance(wanted, int):
        raise DatasetError(f"{dataset.path / 'dataset.json'}: does not say how many scenes there are")
    for record in dataset.failures.values():
        report.notes.append(f"scene {record['scene']} failed ({record['stage']}): {record['reason']}")
    missing = set(range(wanted)) - {scene.index for scene in dataset.scenes} - set(dataset.failures)
    if missing:
        report.problem(dataset.path, f"{len(missing)} of {wanted} scenes are missing; render again to continue")


def _check_scene(scene: Scene, categories: Mapping[int, str], report: Report) -> None:
    report.count("scenes")
    tables = _tables(scene, categories)
    with report.guarding():
        if not isinstance(scene.layout, dict):
            report.problem(scene.folder / "layout.json", "is not an object")
    if not scene.cameras:
        report.problem(scene.folder / "scene.json", "lists no camera")
    with report.guarding():
        _check_instance_poses(scene, tables)
    tracks: Mapping[str, NDArray] = {}
    with report.guarding():
        tracks = _scene_tracks(scene, tables)
    cloud: Mapping[str, NDArray] = {}
    with report.guarding():
        cloud = clouds.sound_cloud(scene, tables)
    places: Mapping[str, NDArray] = {}
    with report.guarding():
        places = keypoints.sound_keypoints(scene, tables)
    written = scene.info.get("written")
    if not isinstance(written, list) or ("rgb" not in written and scene.info.get("pictures", True)):
        report.problem(scene.folder / "scene.json", "does not say what was written, or no pictures were")
        written = []
    for camera in scene.cameras.values():
        for name in map(str, written):
            if not any((camera.folder / name).glob("*")):
                report.problem(camera.folder / name, "is missing")
        with report.guarding():
            report.count("cameras")
            expected = pairs.expected_pairs(scene.info, len(camera.frames))
            _check_camera(camera, tables, tracks, cloud, places, expected, report)


def _tables(scene: Scene, categories: Mapping[int, str]) -> Tables:
    """Checks the label tables of a scene and returns them as arrays."""
    path = scene.folder / "instances.json"
    instances, parts = list(scene.instances.values()), list(scene.parts.values())
    if [row.id for row in instances] != list(range(1, len(instances) + 1)):
        raise DatasetError(f"{path}: instance ids are not 1, 2, 3, ...")
    if [row.id for row in parts] != list(range(1, len(parts) + 1)):
        raise DatasetError(f"{path}: part ids are not 1, 2, 3, ...")
    materials = list(scene.materials.values())
    if [row.id for row in materials] != list(range(1, len(materials) + 1)):
        raise DatasetError(f"{path}: material ids are not 1, 2, 3, ...")
    for row in instances:
        if categories.get(row.category_id) != row.category:
            raise DatasetError(f"{path}: instance {row.id} is a {row.category!r} {row.category_id}, unlike labels.json")
        if not isinstance(row.countable, bool) or not isinstance(row.moving, bool):
            raise DatasetError(f"{path}: countable and moving of instance {row.id} are not true or false")
    for part in parts:
        if part.instance not in scene.instances:
            raise DatasetError(f"{path}: part {part.id} belongs to instance {part.instance}, which does not exist")
    return Tables(
        np.array(sorted(categories)),
        np.array([0, *(row.category_id for row in instances)]),
        np.array([False, *(row.countable for row in instances)]),
        np.array([False, *(row.moving for row in instances)]),
        np.array([0, *(row.instance for row in parts)]),
        len(materials),
    )


def _check_instance_poses(scene: Scene, tables: Tables) -> None:
    """Checks poses.npy where there is one: rigid, wholly a number or not at all, still where nothing moves."""
    path = scene.folder / "poses.npy"
    if not path.exists():
        return
    poses = scene.poses
    frames = {len(camera.frames) for camera in scene.cameras.values()}
    count = len(tables.category) - 1
    if poses.dtype != np.float64 or poses.shape[1:] != (count, 4, 4) or {len(poses)} != frames:
        raise DatasetError(f"{path}: is {poses.shape} {poses.dtype}, not (frames, {count}, 4, 4) float64")
    known = np.isfinite(poses).all((2, 3))
    if np.isfinite(poses[~known]).any():
        raise DatasetError(f"{path}: a pose is only partly a number")
    turn = poses[known][:, :3, :3]
    if np.abs(turn @ turn.swapaxes(-1, -2) - np.eye(3)).max(initial=0) > 1e-5 or (np.linalg.det(turn) < 0).any():
        raise DatasetError(f"{path}: a pose is not a rotation and a translation")
    still = known.all(0) & ~tables.moving[1:]
    if np.ptp(poses[:, still], axis=0).max(initial=0) > 1e-6:
        raise DatasetError(f"{path}: an instance that does not move has several poses")


def _scene_tracks(scene: Scene, tables: Tables) -> Mapping[str, NDArray]:
    tracks = dict(scene.tracks)
    if not tracks:
        return {}
    folder = scene.folder / "tracks"
    check_shapes(folder, tracks, _SCENE_TRACKS, {})
    if tracks["instance"].max(initial=0) >= len(tables.category):
        raise DatasetError(f"{folder / 'instance.npy'}: an instance is not in instances.json")
    frames, count = tracks["xyz"].shape[:2]
    query = tracks["query_frame"]
    if query.min(initial=0) < 0 or query.max(initial=0) >= frames:
        raise DatasetError(f"{folder / 'query_frame.npy'}: a frame is not one of {frames}")
    if (lost := ~np.isfinite(tracks["xyz"][query, np.arange(count)]).all(-1)).any():
        raise DatasetError(f"{folder / 'xyz.npy'}: {lost.sum()} points are absent from their own query frames")
    return tracks


def _check_camera(
    camera: Camera,
    tables: Tables,
    tracks: Mapping[str, NDArray],
    cloud: Mapping[str, NDArray],
    places: Mapping[str, NDArray],
    expected: Mapping[str, set[tuple[int, int]]] | None,
    report: Report,
) -> None:
    _check_poses(camera, report)
    present = _check_names(camera, report)
    views = [frame.camera for frame in camera.frames]
    seen = _seen(camera, tracks)
    table = None
    with report.guarding():
        table = _visibility(camera, tables)
    # Flow mostly leads to a neighbour, so a few frames are kept.
    loaded: dict[int, dict[str, NDArray]] = {}
    sound: dict[int, set[str]] = {}

    def maps_of(index: int) -> dict[str, NDArray]:
        if index not in loaded:
            while len(loaded) >= 3:
                del loaded[next(iter(loaded))]
            again = index in sound
            maps = load_maps(camera, index, present, Report("") if again else report)
            loaded[index] = {name: maps[name] for name in maps if not again or name in sound[index]}
        return loaded[index]

    for frame in camera.frames:
        report.count("frames")
        maps = maps_of(frame.index)
        view = views[frame.index]
        check_pictures(frame, (camera.height, camera.width), report)
        check_maps(frame, maps, present, view, tables, table, report)
        sound[frame.index] = set(maps)
        if tracks:
            target = reprojection.Target(maps, view)
            for problem in reprojection.track_problems(frame.index, tracks, seen, target, tables, report.measure):
                report.problem(camera.folder / "tracks", f"frame {frame.index}: {problem}")
        for name in ("flow", "flow_backward"):
            if name in maps:
                end = int(maps[f"{name}_target"])
                target = reprojection.Target(maps_of(end), views[end])
                for problem in reprojection.flow_problems(name, maps, view, target, tables, report.measure):
                    report.problem(camera.folder / files.file_name(name, frame.index), problem)
    clouds.check_seen(camera, cloud, maps_of, views, tables, report)
    keypoints.check_keypoints(camera, places, maps_of, views, tables, report)
    pairs.check_pairs(camera, maps_of, views, tables, expected, report)


def _seen(camera: Camera, tracks: Mapping[str, NDArray]) -> dict[str, NDArray]:
    """Returns what a camera sees of the tracks, of the right shapes."""
    if not tracks:
        return {}
    seen = dict(camera.tracks)
    check_shapes(camera.folder / "tracks", seen, _CAMERA_TRACKS, {"T": len(camera.frames), "N": tracks["xyz"].shape[1]})
    if tracks["xyz"].shape[0] != len(camera.frames):
        raise DatasetError(f"{camera.folder / 'tracks'}: has other frames than the camera")
    return seen


def _visibility(camera: Camera, tables: Tables) -> Visibility | None:
    """Returns the visibility table of a camera, of the right shapes, if there is one."""
    folder = camera.folder / "visibility"
    if not folder.is_dir():
        return None
    arrays = vars(camera.visibility)
    sizes = {"T": len(camera.frames), "I": len(tables.category) - 1}
    kinds = {name: np.int32 if name.endswith("pixels") else np.float32 for name in arrays}
    check_shapes(folder, arrays, {name: (kind, ("T", "I")) for name, kind in kinds.items()}, sizes)
    return camera.visibility


def _check_poses(camera: Camera, report: Report) -> None:
    path = camera.folder / "camera.npz"
    poses, K = camera.world_from_camera, camera.K
    turn = poses[:, :3, :3]
    if not (np.isfinite(poses).all() and np.isfinite(K).all()):
        raise DatasetError(f"{path}: K or a pose is not finite")
    if np.abs(turn @ turn.transpose(0, 2, 1) - np.eye(3)).max(initial=0) > 1e-5:  # a mirrored camera has mirrored axes
        report.problem(path, "a pose is not a rotation and a translation")
    if (poses[:, 3] != [0, 0, 0, 1]).any() or (K[:, 2] != [0, 0, 1]).any() or K[:, 1, 0].any():
        report.problem(path, "the last rows of poses or K are not those of such matrices")
    if (K[:, [0, 1], [0, 1]] <= 0).any():
        raise DatasetError(f"{path}: a focal length is not positive")
    near, far = camera.clip
    if not (camera.width > 0 and camera.height > 0 and camera.fps > 0 and 0 <= near < far):
        raise DatasetError(f"{path}: the size, rate or clip limits make no sense")


def _check_names(camera: Camera, report: Report) -> set[str]:
    """Checks that each folder holds a file a frame and nothing else; returns the annotations that are there."""
    frames = len(camera.frames)
    present = set()
    suffixes = {"rgb": ".png", "linear": ".exr"} | {name: kind.suffix for name, kind in files.KINDS.items()}
    for folder, suffix in suffixes.items():
        names = {path.name for path in (camera.folder / folder).glob("*")}
        if not names:
            continue
        if folder in files.KINDS:
            present.add(folder)
        wanted = {f"{index:06d}{suffix}" for index in range(frames)}
        if strange := sorted(names - wanted):
            report.problem(camera.folder / folder / strange[0], "does not belong there")
        if folder.startswith("flow"):
            wanted = _flow_names(camera, folder, names & wanted, report)
        if missing := sorted(wanted - names):
            report.problem(camera.folder / folder / missing[0], "is missing")
    return present


def _flow_names(camera: Camera, folder: str, names: set[str], report: Report) -> set[str]:
    """Returns the files that a flow of one stride must have; those that are there when strides differ."""
    frames = len(camera.frames)
    strides = set()
    for index in sorted(int(re.sub(r"\D", "", name)) for name in names):
        with report.guarding():
            strides.add(int(files.load(camera.folder, index, f"{folder}_target")) - index)
    if len(strides) != 1:
        return names
    stride = strides.pop()
    return {Path(files.file_name(folder, index)).name for index in range(frames) if 0 <= index + stride < frames}
