"""A camera of a scene, its frames and its tracks, read lazily."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import exr, files, png
from buildee.errors import DatasetError
from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes
from buildee.truth.lens import Lens, Pinhole, lens_of
from buildee.truth.relations import Relations, Visibility
from buildee.truth.surface import Camera as View

Record = TypeVar("Record", AmodalMasks, Boxes, Relations)


class Frame:
    """One picture and everything known about it. Each property reads its file anew; keep what you need.

    Attributes:
        index: number of the frame.
        K: (3, 3) float64, pixels, from the lens's plane.
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
    def camera(self) -> View:
        """The camera in this frame, for `buildee.camera.project` and its like."""
        camera = self._camera
        return View(self.K, self.world_from_camera, camera.width, camera.height, camera.clip, camera.lens)

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
        """(H, W) metres along the optical axis, or along the ray for panoramic lenses; inf where the sky is."""
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
    def shading_normal(self) -> NDArray[np.float32]:
        """(H, W, 3) unit normals of smooth shading in camera axes, on the side that is seen; 0 where the sky is."""
        return self._load("shading_normal")

    @property
    def material(self) -> NDArray[np.uint16]:
        """(H, W) material ids, 0 background or none."""
        return self._load("material")

    @property
    def uv(self) -> NDArray[np.float32]:
        """(H, W, 2) texture coordinates; NaN where there are none."""
        return self._load("uv")

    @property
    def nocs(self) -> NDArray[np.float32]:
        """(H, W, 3) places within the instances' boxes in space, 0 to 1; NaN on background and stuff."""
        return self._load("nocs")

    @property
    def boundary(self) -> NDArray[np.uint8]:
        """(H, W) bits of occlusion boundaries, 0 none; see `buildee.truth.boundaries.Boundary`."""
        return self._load("boundary")

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
    def source(self) -> NDArray[np.uint8]:
        """(H, W) of `buildee.truth.mend.Source`: where values come from; only in datasets made of annotated files."""
        return self._load("source")

    @property
    def flow_targets(self) -> tuple[int, ...]:
        """The frames that flow leads to from this one, ascending."""
        near = [int(self._load(f"{name}_target")) for name in ("flow", "flow_backward") if name in self.available]
        return tuple(sorted({*near, *self._camera.pairs("flow_pairs").get(self.index, ())}))

    def flow_to(self, target: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Returns the flow (H, W, 2), pixels, and its states (H, W) to another frame.

        Raises:
            DatasetError: when there is none to that frame.
        """
        for name in ("flow", "flow_backward"):
            if name in self.available and int(self._load(f"{name}_target")) == target:
                return self._load(name), self._load(f"{name}_state")
        arrays = files.load_pair(self._camera.folder / files.pair_name("flow_pairs", self.index, target), "flow_pairs")
        return arrays["flow"], arrays["state"]

    @property
    def scene_flow_targets(self) -> tuple[int, ...]:
        """The frames that scene flow leads to from this one, ascending."""
        return self._camera.pairs("scene_flow").get(self.index, ())

    def scene_flow_to(self, target: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Returns the scene flow (H, W, 3), metres, world axes, and its states (H, W) to another frame.

        `flow @ frame.world_from_camera[:3, :3]` has the camera's axes.

        Raises:
            DatasetError: when there is none to that frame.
        """
        arrays = files.load_pair(self._camera.folder / files.pair_name("scene_flow", self.index, target), "scene_flow")
        return arrays["scene_flow"], arrays["state"]

    @property
    def amodal(self) -> AmodalMasks:
        """The whole mask of every countable instance in view, hidden or not."""
        return self._record("amodal", AmodalMasks)

    @property
    def boxes(self) -> Boxes:
        """Boxes on the image and in space of every countable instance in view, hidden or not."""
        return self._record("boxes", Boxes)

    @property
    def relations(self) -> Relations:
        """Who hides whom, and in how many pixels."""
        return self._record("relations", Relations)


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
    """Track arrays by name, memory-mapped: of a scene, or of a camera that looks at the scene's points."""

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
        xyz = files.read_npy(self._camera.folder.parent / "tracks" / "xyz.npy")[frame]
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
