"""Reads datasets lazily: nothing is opened before it is asked for, tracks stay memory-mapped.

data = Dataset("out")
frame = data.scenes[0].cameras["mast"].frames[3]
frame.rgb, frame.depth, frame.instance, frame.flow, ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import exr, files, png
from buildee.dataset.writer import FORMAT, VERSION
from buildee.errors import DatasetError
from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes

Record = TypeVar("Record", AmodalMasks, Boxes)


@dataclass(frozen=True)
class CategoryLabel:
    """A row of labels.json.

    Attributes:
        id: value in `semantic`.
        name: snake_case.
        color: sRGB bytes.
        more: what else the row says, such as ids in other datasets.
    """

    id: int
    name: str
    color: tuple[int, int, int]
    more: Mapping[str, object]


@dataclass(frozen=True)
class InstanceLabel:
    """A row of a scene's instances.json.

    Attributes:
        id: value in `instance`.
        name: name in the layout.
        category: name of its category.
        category_id: value in `semantic`.
        countable: False for "stuff" such as ground.
        moving: whether anything of it moves or deforms during the scene.
    """

    id: int
    name: str
    category: str
    category_id: int
    countable: bool
    moving: bool


@dataclass(frozen=True)
class PartLabel:
    """A part of an instance.

    Attributes:
        id: value in `part`.
        name: its name.
        instance: id of its instance.
    """

    id: int
    name: str
    instance: int


class Frame:
    """One picture and everything known about it. Each property reads its file anew; keep what you need.

    Attributes:
        index: number of the frame.
        K: (3, 3) float64, pixels.
        world_from_camera: (4, 4) float64, metres, OpenCV axes.
    """

    def __init__(self, camera: Camera, index: int) -> None:
        self._camera, self.index = camera, index
        self.K, self.world_from_camera = camera.K[index], camera.world_from_camera[index]

    def __repr__(self) -> str:
        return f"<Frame {self.index} of {self._camera!r}: {', '.join(self.available)}>"

    @property
    def available(self) -> list[str]:
        """What was written of this frame: `rgb`, `linear`, and annotation folders."""
        places = {"rgb": self.rgb_path, "linear": self._place("linear", ".exr")}
        places |= {name: self._camera.folder / files.file_name(name, self.index) for name in files.KINDS}
        return [name for name, path in places.items() if path.is_file()]

    def _place(self, folder: str, suffix: str) -> Path:
        return self._camera.folder / folder / f"{self.index:06d}{suffix}"

    def _load(self, annotation: str) -> NDArray:
        return files.load(self._camera.folder, self.index, annotation)

    def _record(self, annotation: str, kind: type[Record]) -> Record:
        arrays = self._load(annotation)
        names = {field.name for field in fields(kind)}
        if names != set(arrays):
            path = self._camera.folder / files.file_name(annotation, self.index)
            raise DatasetError(f"{path}: holds the arrays {sorted(arrays)}, not {sorted(names)}")
        return kind(**arrays)

    @property
    def rgb_path(self) -> Path:
        """The rendered PNG."""
        return self._place("rgb", ".png")

    @property
    def rgb(self) -> NDArray[np.uint8] | NDArray[np.uint16]:
        """(H, W, 3), display-referred sRGB."""
        return png.read(self.rgb_path)[..., :3]

    @property
    def linear(self) -> NDArray[np.float32]:
        """(H, W, 3) scene-linear radiance, Rec. 709 primaries."""
        path = self._place("linear", ".exr")
        channels = exr.read(path)
        if missing := {"R", "G", "B"} - set(channels):
            raise DatasetError(f"{path}: channel {min(missing)} is missing")
        return np.stack([channels[name] for name in "RGB"], -1).astype(np.float32)

    @property
    def depth(self) -> NDArray[np.float32]:
        """(H, W) metres along the optical axis; inf where the sky is."""
        return self._load("depth")

    @property
    def normal(self) -> NDArray[np.float32]:
        """(H, W, 3) unit vectors in camera axes, facing the camera; 0 where the sky is."""
        return self._load("normal")

    @property
    def instance(self) -> NDArray[np.uint16]:
        """(H, W) instance ids, 0 background."""
        return self._load("instance")

    @property
    def semantic(self) -> NDArray[np.uint16]:
        """(H, W) category ids, 0 background."""
        return self._load("semantic")

    @property
    def part(self) -> NDArray[np.uint16]:
        """(H, W) part ids, 0 background."""
        return self._load("part")

    @property
    def flow(self) -> NDArray[np.float32]:
        """(H, W, 2) pixels to where each pixel's surface point lies in frame `flow_target`."""
        return self._load("flow")

    @property
    def flow_state(self) -> NDArray[np.uint8]:
        """(H, W) index into `buildee.dataset.files.FLOW_STATES`."""
        return self._load("flow_state")

    @property
    def flow_target(self) -> int:
        """The frame that `flow` leads to."""
        return int(self._load("flow_target"))

    @property
    def flow_backward(self) -> NDArray[np.float32]:
        """(H, W, 2) pixels to where each pixel's surface point lies in frame `flow_backward_target`."""
        return self._load("flow_backward")

    @property
    def flow_backward_state(self) -> NDArray[np.uint8]:
        """(H, W) index into `buildee.dataset.files.FLOW_STATES`."""
        return self._load("flow_backward_state")

    @property
    def flow_backward_target(self) -> int:
        """The frame that `flow_backward` leads to."""
        return int(self._load("flow_backward_target"))

    @property
    def amodal(self) -> AmodalMasks:
        """The whole mask of every countable instance in view, hidden or not."""
        return self._record("amodal", AmodalMasks)

    @property
    def boxes(self) -> Boxes:
        """Boxes on the image and in space of every countable instance in view, hidden or not."""
        return self._record("boxes", Boxes)


class Frames(Sequence[Frame]):
    """The frames of a camera, in order."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera

    def __len__(self) -> int:
        return len(self._camera.world_from_camera)

    @overload
    def __getitem__(self, index: int) -> Frame: ...
    @overload
    def __getitem__(self, index: slice) -> list[Frame]: ...
    def __getitem__(self, index: int | slice) -> Frame | list[Frame]:
        numbers = range(len(self))[index]
        return [Frame(self._camera, n) for n in numbers] if isinstance(numbers, range) else Frame(self._camera, numbers)

    def __repr__(self) -> str:
        return f"<{len(self)} frames of {self._camera!r}>"


class Tracks(Mapping[str, NDArray]):
    """Track arrays by name, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> NDArray:
        if name not in self._names:
            raise KeyError(name)
        return files.read_npy(self._folder / f"{name}.npy")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _names(self) -> list[str]:
        return sorted(path.stem for path in self._folder.glob("*.npy"))

    def __repr__(self) -> str:
        return f"<Tracks: {', '.join(f'{name} {array.shape} {array.dtype}' for name, array in self.items())}>"


_CAMERA_ARRAYS = {
    "K": (None, 3, 3),
    "world_from_camera": (None, 4, 4),
    "width": (),
    "height": (),
    "fps": (),
    "clip": (2,),
}
"""What camera.npz holds; None is the number of frames."""


class Camera:
    """A camera of a scene.

    Attributes:
        name: its name.
        folder: where its files lie.
    """

    def __init__(self, folder: Path) -> None:
        self.name, self.folder = folder.name, folder

    @cached_property
    def _file(self) -> dict[str, NDArray]:
        path = self.folder / "camera.npz"
        arrays = files.read_npz(path)
        if missing := _CAMERA_ARRAYS.keys() - set(arrays):
            raise DatasetError(f"{path}: array {min(missing)!r} is missing")
        frames = len(np.atleast_1d(arrays["world_from_camera"]))
        for name, shape in _CAMERA_ARRAYS.items():
            wanted = tuple(frames if size is None else size for size in shape)
            if arrays[name].shape != wanted or arrays[name].dtype.kind not in "iuf":
                raise DatasetError(f"{path}: {name} is {arrays[name].shape} {arrays[name].dtype}, not {wanted} numbers")
        return arrays

    @property
    def K(self) -> NDArray[np.float64]:  # noqa: N802 - the matrix has this name everywhere
        """(T, 3, 3) intrinsics, pixels."""
        return self._file["K"]

    @property
    def world_from_camera(self) -> NDArray[np.float64]:
        """(T, 4, 4) metres, OpenCV axes."""
        return self._file["world_from_camera"]

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self._file["width"])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self._file["height"])

    @property
    def fps(self) -> float:
        """Frames a second."""
        return float(self._file["fps"])

    @property
    def clip(self) -> tuple[float, float]:
        """Near and far limits of what is rendered, metres."""
        near, far = self._file["clip"]
        return float(near), float(far)

    @property
    def frames(self) -> Frames:
        """The frames, in order."""
        return Frames(self)

    @cached_property
    def tracks(self) -> Tracks:
        """`xy` (T, N, 2), `depth`, `state`, `occluder` (T, N) of the scene's track points, seen from here."""
        return Tracks(self.folder / "tracks")

    def __repr__(self) -> str:
        return f"<Camera {self.name!r} {self.width}x{self.height}, {len(self.frames)} frames>"


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
    def _labels(self) -> tuple[dict[int, InstanceLabel], dict[int, PartLabel]]:
        path = self.folder / "instances.json"
        tables = files.read_json(path)
        try:
            instances = [InstanceLabel(**row) for row in tables["instances"]]
            parts = [PartLabel(**row) for row in tables["parts"]]
        except (TypeError, KeyError) as error:
            raise DatasetError(f"{path}: not a table of instances and parts ({error})") from error
        return {row.id: row for row in instances}, {row.id: row for row in parts}

    @property
    def instances(self) -> dict[int, InstanceLabel]:
        """What the values of `instance` mean."""
        return self._labels[0]

    @property
    def parts(self) -> dict[int, PartLabel]:
        """What the values of `part` mean."""
        return self._labels[1]

    @cached_property
    def tracks(self) -> Tracks:
        """`xyz` (T, N, 3) world, metres; `instance` (N,) of the scene's track points."""
        return Tracks(self.folder / "tracks")

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
