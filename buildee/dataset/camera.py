"""A camera of a scene, its frames and its tracks, read lazily."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import files
from buildee.dataset.frame import Frame
from buildee.errors import DatasetError
from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes
from buildee.truth.lens import Lens, Pinhole, lens_of
from buildee.truth.relations import Relations, Visibility

Record = TypeVar("Record", AmodalMasks, Boxes, Relations)


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
    """Arrays of points by name, memory-mapped: of a scene, or of a camera that looks at the scene's points."""

    def __init__(self, folder: Path, camera: Camera | None = None) -> None:
        self._folder, self._camera = folder, camera

    def __getitem__(self, name: str) -> NDArray:
        if name not in self._names:
            raise KeyError(name)
        return files.read_npy(self._folder / f"{name}.npy")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def xyz_camera(self, frame: int) -> NDArray[np.float64]:
        """(N, 3) metres, a camera's axes (x right, y down, z forward), not a number where absent.

        `(xyz - position) @ rotation` of the scene's `xyz` and `world_from_camera`, so as exact as that float32 `xyz`.

        Raises:
            DatasetError: these are the scene's own tracks, which have no camera.
        """
        if self._camera is None:
            raise DatasetError(f"{self._folder}: has no camera; ask a camera's tracks")
        pose = self._camera.world_from_camera[frame]
        xyz = files.read_npy(self._camera.folder.parent / self._folder.name / "xyz.npy")[frame]
        return (xyz.astype(np.float64) - pose[:3, 3]) @ pose[:3, :3]

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
"""What camera.npz holds besides its lens; None is the number of frames."""


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

    @cached_property
    def lens(self) -> Lens:
        """How directions map to the plane of K; a pinhole where the file does not say."""
        if "lens" not in self._file:
            return Pinhole()
        name, parameters = self._file["lens"], np.atleast_1d(self._file.get("lens_parameters", np.zeros(0)))
        try:
            if not np.isfinite(parameters.astype(np.float64)).all():
                raise ValueError("a parameter of its lens is not finite")
            return lens_of(str(name), parameters.astype(np.float64))
        except ValueError as error:
            raise DatasetError(f"{self.folder / 'camera.npz'}: {error}") from error

    def pairs(self, folder: str) -> dict[int, tuple[int, ...]]:
        """Returns the frames, ascending, that each frame has a file to in `flow_pairs` or `scene_flow`."""
        named = sorted(filter(None, map(files.pair_of, (self.folder / folder).glob("*"))))
        return {start: tuple(end for first, end in named if first == start) for start, _ in named}

    @property
    def frames(self) -> Frames:
        """The frames, in order."""
        return Frames(self)

    @cached_property
    def tracks(self) -> Tracks:
        """`xy` (T, N, 2), `depth`, `state`, `occluder` (T, N) of the scene's track points, seen from here."""
        return Tracks(self.folder / "tracks", self)

    @cached_property
    def keypoints(self) -> Tracks:
        """`xy` (T, J, 2), `depth`, `state`, `occluder` (T, J) of the scene's keypoints, seen from here."""
        return Tracks(self.folder / "keypoints", self)

    @cached_property
    def visibility(self) -> Visibility:
        """How much is seen of every instance: (T, I) arrays, column by instance id - 1, memory-mapped."""
        folder = self.folder / "visibility"
        return Visibility(**{field.name: files.read_npy(folder / f"{field.name}.npy") for field in fields(Visibility)})

    @cached_property
    def cloud(self) -> Tracks:
        """`seen` (T, N) bool: which points of the scene's cloud this camera sees in each frame."""
        return Tracks(self.folder / "cloud")

    def __repr__(self) -> str:
        return f"<Camera {self.name!r} {self.width}x{self.height}, {len(self.frames)} frames>"
