"""Writes datasets: a scene appears whole or not at all, and nothing is ever written outside the output folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.dataset import files
from buildee.dataset.folder import draft_folder, failure_file, scene_folder
from buildee.dataset.stack import FrameStack
from buildee.errors import OutputError
from buildee.names import NAME, RESERVED
from buildee.truth.lens import Lens, Pinhole, lens_parameters
from buildee.truth.surface import LabelTable


class SceneWriter:
    """Writes one scene into a hidden folder beside its place; `commit` makes it appear.

    As a context manager it discards the scene unless `commit` was reached. What a crashed run left of the same scene is
    removed first; two processes must not write one scene at a time.

    Attributes:
        folder: where the scene is being written.
    """

    def __init__(self, root: str | Path, index: int) -> None:
        """Opens scene `index` of the dataset at `root`; OutputError when it exists or cannot be written."""
        self._root, self._index = Path(root), index
        self._sizes: dict[str, tuple[int, int]] = {}
        self._frames = 0
        self._stacks: dict[Path, FrameStack] = {}
        self.folder = draft_folder(root, index)
        if scene_folder(root, index).exists():
            raise OutputError(f"{scene_folder(root, index)}: exists already; delete it to render it again")
        if not self.folder.parent.is_dir():
            raise OutputError(f"{root}: is not a dataset; create it first")
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
        except OSError as error:
            raise OutputError(f"{self.folder}: cannot be written ({error.strerror or error})") from error

    def __enter__(self) -> SceneWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def layout(self, layout: Mapping[str, object]) -> None:
        """Writes layout.json: the decided scene as plain JSON values."""
        files.write_json(self.folder / "layout.json", layout)

    def labels(self, table: LabelTable, moving: ArrayLike, materials: Iterable[str] = ()) -> None:
        """Writes instances.json: what the instance, part and material ids of this scene mean.

        Args:
            table: the labels.
            moving: (I,) bool, whether anything of each instance moves or deforms during the scene. The checker holds
                the flow of the others against depth and poses.
            materials: names; material id = index + 1.
        """
        moves = np.broadcast_to(np.asarray(moving, bool), len(table.instance_name)).tolist()
        rows = zip(table.instance_name, table.instance_category, table.countable, moves, strict=True)
        instances = [
            {"id": index, "name": name, "category": table.categories[int(category)], "category_id": int(category)}
            | {"countable": bool(countable), "moving": moves}
            for index, (name, category, countable, moves) in enumerate(rows, 1)
        ]
        owners = zip(table.part_name, table.part_instance, strict=True)
        parts = [{"id": index, "name": name, "instance": int(owner)} for index, (name, owner) in enumerate(owners, 1)]
        named = [{"id": index, "name": name} for index, name in enumerate(materials, 1)]
        tables = {"instances": instances, "parts": parts, "materials": named}
        files.write_json(self.folder / "instances.json", tables)

    def camera(
        self,
        name: str,
        K: ArrayLike,
        world_from_camera: ArrayLike,
        width: int,
        height: int,
        fps: float,
        clip: tuple[float, float],
        lens: Lens | None = None,
    ) -> None:
        """Adds a camera and writes its camera.npz.

        Args:
            name: a plain name: letters, digits, `_` and `-`.
            K: (T, 3, 3) intrinsics, pixels, from the lens's plane; (3, 3) for all frames alike.
            world_from_camera: (T, 4, 4), metres, OpenCV axes.
            width, height: pixels.
            fps: frames a second.
            clip: near and far limits of what is rendered, metres.
            lens: the same in all frames; None is a pinhole.

        Raises:
            OutputError: for a name that is not plain, reserved, or taken (case aside).
            ValueError: for arrays of another shape.
        """
        if not NAME.fullmatch(name) or name.lower() in RESERVED:
            raise OutputError(f"camera {name!r}: not usable as a folder; use letters, digits, '_' and '-'")
        if name.lower() in {taken.lower() for taken in self._sizes}:
            raise OutputError(f"camera {name!r}: another camera has this name")
        poses = np.asarray(world_from_camera, np.float64)
        if poses.ndim != 3 or poses.shape[1:] != (4, 4):
            raise ValueError(f"world_from_camera is {poses.shape}, not (T, 4, 4)")
        intrinsics = np.broadcast_to(np.asarray(K, np.float64), (len(poses), 3, 3))
        self._sizes[name], self._frames = (height, width), len(poses)
        (self.folder / name).mkdir()
        arrays = {
            "K": intrinsics,
            "world_from_camera": poses,
            "width": np.int64(width),
            "height": np.int64(height),
            "fps": np.float64(fps),
            "clip": np.array(clip, np.float64),
            "lens": np.array((lens or Pinhole()).name),
            "lens_parameters": np.array(lens_parameters(lens or Pinhole()), np.float64),
        }
        files.write_npz(self.folder / name / "camera.npz", arrays)

    def frame(
        self,
        camera: str,
        frame: int,
        annotations: Mapping[str, object],
        rgb: str | Path | None = None,
        linear: str | Path | None = None,
    ) -> None:
        """Adds to one frame of a camera; may be called several times, as for truth first and pictures later.

        Args:
            camera: the camera's name.
            frame: the frame's number, from 0.
            annotations: name -> array, as `buildee.dataset.files` names them; `amodal`, `boxes` and `relations` are
                mappings of arrays, the members of truth's records. `flow_target` and `flow_backward_target` default to
                the following and the previous frame.
            rgb: a rendered PNG, moved to `rgb/000000.png`.
            linear: a rendered EXR of scene-linear R, G, B, moved to `linear/000000.exr`.

        Raises:
            ValueError: for an unknown annotation, or an array of another shape or type.
        """
        folder = self.folder / camera
        targets = {"flow": frame + 1, "flow_backward": frame - 1}
        filled = {f"{name}_target": np.int64(target) for name, target in targets.items() if name in annotations}
        files.save(folder, frame, filled | dict(annotations), self._sizes[camera])
        for source, place in ((rgb, "rgb/{:06d}.png"), (linear, "linear/{:06d}.exr")):
            if source is not None:
                target = folder / place.format(frame)
                target.parent.mkdir(exist_ok=True)
                shutil.move(source, target)

    def pair(self, camera: str, folder: str, frame: int, target: int, arrays: Mapping[str, NDArray]) -> None:
        """Writes what leads from one frame of a camera to another.

        Args:
            camera: the camera's name.
            folder: `flow_pairs` or `scene_flow`.
            frame, target: the frames' numbers, from 0.
            arrays: `flow` or `scene_flow`, and `state`.

        Raises:
            ValueError: for other arrays, or one of another shape or type.
        """
        files.save_pair(self.folder / camera, folder, frame, target, arrays, self._sizes[camera])

    def invalidate(self, camera: str, frame: int, bad: NDArray[np.bool_]) -> None:
        """Marks pixels (H, W) of a frame as invalid in all that `pair` wrote of it."""
        for folder in files.PAIRS:
            for path in sorted((self.folder / camera / folder).glob(f"{frame:06d}_to_*")):
                arrays = files.load_pair(path, folder)
                target = int(arrays.pop("target"))
                for array in arrays.values():
                    array[bad] = 0
                self.pair(camera, folder, frame, target, arrays)

    def poses(self, world_from_instance: NDArray[np.float64]) -> None:
        """Writes poses.npy: (T, I, 4, 4) `world_from_instance` by frame and instance id - 1."""
        np.save(self.folder / "poses.npy", world_from_instance, allow_pickle=False)

    def stored(self, camera: str, frame: int, annotation: str) -> NDArray:
        """Reads back an annotation as it lies on disk, such as "depth"; DatasetError when it is missing."""
        return files.load(self.folder / camera, frame, annotation)

    def stored_maps(self, camera: str, frame: int) -> dict[str, NDArray]:
        """Reads back every map of a frame that lies on disk, by annotation name."""
        folder = self.folder / camera
        there = [name for name, kind in files.FOLDER_OF.items() if (folder / files.file_name(kind, frame)).is_file()]
        return {name: files.load(folder, frame, name) for name in there if name in files.SHAPES}

    def tracks(self, arrays: Mapping[str, NDArray], camera: str | None = None) -> None:
        """Writes whole track arrays as .npy files; see `rows` for writing them frame by frame.

        Args:
            arrays: name -> (T, N, ...) or (N,) array: `xyz`, `instance`, `set`, `query_frame` of the scene; `xy`,
                `depth`, `state`, `occluder` of a camera.
            camera: the camera that they belong to; None for the scene's own.
        """
        self._save("tracks", arrays, camera)

    def rows(self, folder: str, frame: int, arrays: Mapping[str, NDArray], camera: str | None = None) -> None:
        """Writes one frame's rows of arrays that hold all frames, straight to their place on disk.

        Args:
            folder: `tracks`, `keypoints` or `visibility`.
            frame: its number, from 0; any order, each once. `commit` refuses a scene that lacks one.
            arrays: name -> what belongs to the frame: (N, ...) becomes a row of `folder/name.npy`, (T, N, ...), where
                T is the frames of the cameras added before.
            camera: the camera that they belong to; None for the scene's own.
        """
        for name, array in arrays.items():
            path = self._owner(camera) / folder / f"{name}.npy"
            self._stacks.setdefault(path, FrameStack(path, self._frames)).write(frame, array)

    def _owner(self, camera: str | None) -> Path:
        """Returns the folder of a camera, or the scene's own."""
        return self.folder if camera is None else self.folder / camera

    def cloud(self, arrays: Mapping[str, NDArray], camera: str | None = None) -> None:
        """Writes arrays of the point cloud as .npy files.

        Args:
            arrays: name -> array: `xyz`, `normal`, `instance`, `category`, `part`, `copy`, `triangle`,
                `barycentrics` of the scene; `seen` (T, N) of a camera.
            camera: the camera that they belong to; None for the scene's own.
        """
        self._save("cloud", arrays, camera)

    def keypoints(self, arrays: Mapping[str, NDArray], camera: str | None = None) -> None:
        """Writes whole arrays of the keypoints as .npy files; see `rows` for writing them frame by frame.

        Args:
            arrays: name -> array: `name`, `instance`, `part`, `radius` (J,), `xyz` (T, J, 3) of the scene; `xy`
                (T, J, 2), `depth`, `state`, `occluder` (T, J) of a camera.
            camera: the camera that they belong to; None for the scene's own.
        """
        self._save("keypoints", arrays, camera)

    def _save(self, name: str, arrays: Mapping[str, NDArray], camera: str | None) -> None:
        """Writes arrays into a folder of the scene or a camera."""
        folder = self._owner(camera) / name
        folder.mkdir(exist_ok=True)
        for member, array in arrays.items():
            np.save(folder / f"{member}.npy", array, allow_pickle=False)

    def commit(self, scene: Mapping[str, object]) -> Path:
        """Writes scene.json and makes the scene appear; returns its folder.

        Args:
            scene: plain JSON values: seed, resolved recipe values, versions, hashes, audit, timings, facts. Added
                are `index`, `cameras` and `written`, the folders that every camera has.
        """
        for stack in self._stacks.values():
            stack.close()
        written = sorted(
            {path.name for name in self._sizes for path in (self.folder / name).iterdir() if path.is_dir()}
        )
        about = {"index": self._index, "cameras": list(self._sizes), "written": written}
        files.write_json(self.folder / "scene.json", about | dict(scene))
        place = scene_folder(self._root, self._index)
        self.folder.rename(place)
        failure_file(self._root, self._index).unlink(missing_ok=True)
        return place

    def discard(self) -> None:
        """Removes what was written, unless it was committed."""
        shutil.rmtree(self.folder, ignore_errors=True)
