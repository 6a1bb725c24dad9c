"""Reads datasets lazily: nothing is opened before it is asked for, tracks stay memory-mapped.

data = Dataset("out")
frame = data.scenes[0].cameras["mast"].frames[3]
frame.rgb, frame.depth, frame.instance, frame.flow, ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import files
from buildee.dataset.camera import Camera, Tracks
from buildee.dataset.folder import FORMAT, VERSION
from buildee.dataset.labels import CategoryLabel, InstanceLabel, MaterialLabel, PartLabel
from buildee.errors import DatasetError


class Scene:
    """A scene of a dataset.

    Attributes:
        index: its number, which stays the same when other scenes are missing.
        folder: where its files lie.
    """

    def __init__(self, folder: Path) -> None:
        self.index, self.folder = int(folder.name), folder

    @cached_property
    def info(self) -> dict[str, object]:
        """scene.json: seed, resolved recipe values, versions, hashes, audit, timings."""
        info = files.read_json(self.folder / "scene.json")
        if not isinstance(info, dict) or not isinstance(info.get("cameras"), list):
            raise DatasetError(f"{self.folder / 'scene.json'}: does not list its cameras")
        return info

    @cached_property
    def layout(self) -> dict[str, object]:
        """layout.json: the decided scene."""
        return files.read_json(self.folder / "layout.json")

    @cached_property
    def cameras(self) -> dict[str, Camera]:
        """Cameras by name."""
        return {str(name): Camera(self.folder / str(name)) for name in self.info["cameras"]}

    @cached_property
    def _labels(self) -> tuple[dict[int, InstanceLabel], dict[int, PartLabel], dict[int, MaterialLabel]]:
        path = self.folder / "instances.json"
        tables = files.read_json(path)
        try:
            instances = [InstanceLabel(**row) for row in tables["instances"]]
            parts = [PartLabel(**row) for row in tables["parts"]]
            materials = [MaterialLabel(**row) for row in tables.get("materials", ())]
        except (TypeError, KeyError, AttributeError) as error:
            raise DatasetError(f"{path}: not a table of instances, parts and materials ({error})") from error
        return {row.id: row for row in instances}, {row.id: row for row in parts}, {row.id: row for row in materials}

    @property
    def instances(self) -> dict[int, InstanceLabel]:
        """What the values of `instance` mean."""
        return self._labels[0]

    @property
    def parts(self) -> dict[int, PartLabel]:
        """What the values of `part` mean."""
        return self._labels[1]

    @property
    def materials(self) -> dict[int, MaterialLabel]:
        """What the values of `material` mean."""
        return self._labels[2]

    @cached_property
    def tracks(self) -> Tracks:
        """`xyz` (T, N, 3) world, metres; `instance`, `set` and `query_frame` (N,) of the scene's track points."""
        return Tracks(self.folder / "tracks")

    @cached_property
    def cloud(self) -> Tracks:
        """The point cloud at the first frame.

        `xyz`, `normal` (N, 3), world; ids `instance`, `category`, `part` (N,); and what the points are bound to:
        `copy`, `triangle` (N,), `barycentrics` (N, 2).
        """
        return Tracks(self.folder / "cloud")

    @cached_property
    def keypoints(self) -> Tracks:
        """`xyz` (T, J, 3) world, metres; `name`, ids `instance` and `part`, and `radius` (J,) of the scene's keypoints.

        Those of an instance follow each other, in the same order for all instances of a category.
        """
        return Tracks(self.folder / "keypoints")

    def keypoint_columns(self, category: str) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64]]:
        """Finds the keypoints of all instances of a category.

        Returns:
            Instance ids (K,), the keypoints' names, M of them, and their columns (K, M): of a camera,
            `camera.keypoints["xy"][:, columns]` is (T, K, M, 2).

        Raises:
            DatasetError: instances of the category have different keypoints.
        """
        owner, names = self.keypoints["instance"], np.asarray(self.keypoints["name"])
        ids = [number for number in np.unique(owner).tolist() if self.instances[number].category == category]
        columns = [np.flatnonzero(owner == number) for number in ids]
        named = {tuple(names[mine].tolist()) for mine in columns}
        if len(named) > 1:
            raise DatasetError(f"{self.folder / 'keypoints'}: instances of {category} have different keypoints")
        first = list(named.pop()) if named else []
        return np.array(ids, np.int64), first, np.array(columns, np.int64).reshape(len(ids), len(first))

    @property
    def poses(self) -> NDArray[np.float64]:
        """(T, I, 4, 4) world_from_instance, row by instance id - 1, memory-mapped; NaN for uncountable scatters."""
        return files.read_npy(self.folder / "poses.npy")

    def __repr__(self) -> str:
        return f"<Scene {self.index:06d}: cameras {', '.join(self.cameras)}; {len(self.instances)} instances>"


class Dataset:
    """A dataset on disk. Iterating and indexing give scenes.

    Attributes:
        path: its folder.
        info: dataset.json.
    """

    def __init__(self, path: str | Path) -> None:
        """Opens a dataset; DatasetError when the folder is none, or is of a newer version."""
        self.path = Path(path)
        if not (self.path / "dataset.json").is_file():
            raise DatasetError(f"{self.path}: is not a dataset (dataset.json is missing)")
        self.info = files.read_json(self.path / "dataset.json")
        if not isinstance(self.info, dict) or self.info.get("format") != FORMAT:
            raise DatasetError(f"{self.path}: dataset.json is not buildee's")
        if self.info.get("version") != VERSION:
            raise DatasetError(f"{self.path}: version {self.info.get('version')} is not {VERSION}; upgrade buildee")

    @property
    def recipe(self) -> str:
        """recipe.yaml, as the user wrote it."""
        return (self.path / "recipe.yaml").read_text("utf-8")

    @cached_property
    def categories(self) -> dict[int, CategoryLabel]:
        """What the values of `semantic` mean."""
        path = self.path / "labels.json"
        try:
            rows = [dict(row) for row in files.read_json(path)]
            return {
                row["id"]: CategoryLabel(row.pop("id"), row.pop("name"), tuple(row.pop("color")), row) for row in rows
            }
        except (TypeError, ValueError, KeyError) as error:
            raise DatasetError(f"{path}: not a table of categories with id, name and color ({error})") from error

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes that are complete, by number."""
        folders = (self.path / "scenes").glob("*")
        return tuple(Scene(path) for path in sorted(folders) if re.fullmatch(r"\d{6,}", path.name) and path.is_dir())

    @property
    def failures(self) -> dict[int, dict[str, object]]:
        """Why scenes are missing: scene number -> `stage`, `reason`, `details`."""
        paths = sorted((self.path / "scenes").glob("*.failed.json"))
        return {record["scene"]: record for record in map(files.read_json, paths)}

    def __len__(self) -> int:
        return len(self.scenes)

    def __getitem__(self, position: int) -> Scene:
        return self.scenes[position]

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.scenes)

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        return f"<Dataset {str(self.path)!r}: {len(self)} of {self.info.get('scenes')} scenes{failed}>"
