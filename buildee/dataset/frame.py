"""One frame of one camera of a dataset; every annotation is read when it is asked for."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import exr, files, png
from buildee.errors import DatasetError
from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes
from buildee.truth.relations import Relations
from buildee.truth.surface import Camera as View

if TYPE_CHECKING:
    from buildee.dataset.camera import Camera

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
