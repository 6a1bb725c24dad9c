"""How each annotation of a frame is stored: one small table that the writer, the reader and the checker share.

Everything opens with numpy and Pillow alone. Id maps are 16-bit grey PNG, which Pillow reads exactly. Pillow cannot
read 16-bit colour, so the rest are .npz archives, deflated at level 1: a 720p depth map of 400 slabs shrank from
3.7 to 1.4 MB in 41 ms, and level 6 took twice as long for nothing.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import png
from buildee.errors import DatasetError

FLOW_STATES = ("invalid", "visible", "occluded", "out_of_frame")
"""What the values 0.. of a flow state mean: `invalid` is sky, or a frame without a partner."""

TRACK_STATES = ("absent", "visible", "occluded", "self_occluded", "out_of_frame", "behind")
"""What the values 0.. of a track state mean: `absent` from that frame's surface; `behind` the camera's near limit."""

FINE_STEP = 1 / 65536
"""Scene flow is rounded to multiples of this many metres, 8 micrometres at most, for the same reason; texture and
object coordinates to multiples of this much."""

NORMALS = ("normal", "shading_normal")
"""Arrays that are stored as int16."""

NORMAL_SCALE = 32767
"""Normals are stored as int16 of this many steps a unit: 0.0014 degrees at most (float16 would be 0.018)."""

FLOW_STEP = 1 / 1024
"""Flow is rounded to multiples of this many pixels, which nearly halves its files: 0.0005 px at most, which is as
close as Cycles' own samples lie to the pixel centres."""

STEPS = {"flow": FLOW_STEP, "flow_backward": FLOW_STEP, "scene_flow": FINE_STEP, "uv": FINE_STEP, "nocs": FINE_STEP}
"""What arrays are rounded to multiples of."""


@dataclass(frozen=True)
class Kind:
    """One folder of per-frame files.

    Attributes:
        suffix: ".png" for id maps, ".npz" for everything else.
        members: annotation name -> array in the .npz; empty when the annotation is itself a record of arrays.
        meaning: one line for people, copied to dataset.json.
    """

    suffix: str
    members: Mapping[str, str]
    meaning: str


_FLOW = (
    "float32 (H, W, 2) pixels x, y, a multiple of 1/1024; state uint8 (H, W): "
    + ", ".join(f"{code} {name}" for code, name in enumerate(FLOW_STATES))
    + "; target: the partner's frame"
)

KINDS: dict[str, Kind] = {
    "depth": Kind(
        ".npz",
        {"depth": "depth"},
        "depth float32 (H, W) metres along the optical axis (along the ray if the lens is panoramic), inf is sky",
    ),
    "normal": Kind(
        ".npz",
        {"normal": "normal"},
        f"normal int16 (H, W, 3), divide by {NORMAL_SCALE}: unit vector in camera axes (x right, y down, z forward), "
        "facing the camera; 0 is sky",
    ),
    "instance": Kind(".png", {"instance": "instance"}, "uint16 (H, W) ids of instances.json, 0 is background"),
    "semantic": Kind(".png", {"semantic": "semantic"}, "uint16 (H, W) ids of labels.json, 0 is background"),
    "shading_normal": Kind(
        ".npz", {"shading_normal": "normal"}, "as normal, but interpolated from the corners, as smooth shading has it"
    ),
    "material": Kind(
        ".png", {"material": "material"}, "uint16 (H, W) material ids of instances.json, 0 is background or none"
    ),
    "uv": Kind(
        ".npz",
        {"uv": "uv"},
        "uv float32 (H, W, 2) texture coordinates, a multiple of 1/65536; NaN where there are none",
    ),
    "nocs": Kind(
        ".npz",
        {"nocs": "nocs"},
        "nocs float32 (H, W, 3), a multiple of 1/65536: place within the instance's box in space, from 0 to 1 along "
        "its axes; NaN on background and stuff",
    ),
    "boundary": Kind(
        ".png",
        {"boundary": "boundary"},
        "uint8 (H, W) occlusion boundaries: bits 1, 2, 4, 8 in front of the right, lower, left, upper neighbour, "
        "16, 32, 64, 128 behind it",
    ),
    "part": Kind(".png", {"part": "part"}, "uint16 (H, W) part ids of instances.json, 0 is background"),
    "flow": Kind(
        ".npz",
        {"flow": "flow", "flow_state": "state", "flow_target": "target"},
        f"flow to a later frame: {_FLOW}",
    ),
    "flow_backward": Kind(
        ".npz",
        {"flow_backward": "flow", "flow_backward_state": "state", "flow_backward_target": "target"},
        f"flow to an earlier frame: {_FLOW}",
    ),
    "source": Kind(
        ".png",
        {"source": "source"},
        "uint8 (H, W), of annotated files: 0 nothing seen, 1 from triangles, 2 depth and ids from an exact render, 3 "
        "depth alone from it; maps that need a triangle are invalid in 2 and 3",
    ),
    "amodal": Kind(
        ".npz",
        {},
        "a row a countable instance in view, hidden or not: instance ids; box int32 (A, 4) pixels x0, y0, x1, y1, ends "
        "exclusive; bits from start[row] to start[row + 1]: numpy.unpackbits gives the whole mask in its box, row by "
        "row; pixels of the mask; occluded share of them",
    ),
    "boxes": Kind(
        ".npz",
        {},
        "a row a countable instance in view, hidden or not: instance ids; visible_box int32 and amodal_box float32 "
        "(B, 4) pixels x0, y0, x1, y1; visible_pixels; truncation share outside the image; center (B, 3), full extent "
        "(B, 3), metres, and rotation (B, 3, 3) world_from_box of the box in space",
    ),
    "relations": Kind(
        ".npz",
        {},
        "a row a pair of which one hides part of the other: occluded and occluder instance ids, pixels of occluded's "
        "whole mask that show occluder; occluder 0 is unlabelled",
    ),
}
"""Every annotation folder of a camera by name."""

PAIRS: dict[str, Kind] = {
    "flow_pairs": Kind(".npz", {"flow": "flow", "state": "state"}, f"flow to a frame that is no neighbour: {_FLOW}"),
    "scene_flow": Kind(
        ".npz",
        {"scene_flow": "scene_flow", "state": "state"},
        "motion to another frame in space: scene_flow float32 (H, W, 3) metres, world axes, a multiple of 1/65536; "
        "state and target as in flow",
    ),
}
"""Every folder of a camera with a file for a pair of frames, such as `flow_pairs/000003_to_000007.npz`."""

FOLDER_OF: dict[str, str] = {
    annotation: folder for folder, kind in KINDS.items() for annotation in (kind.members or {folder: folder})
}
"""Annotation name -> the folder that holds it."""

SHAPES: dict[str, tuple[type, tuple[int, ...]]] = {
    "depth": (np.float32, ()),
    "normal": (np.float32, (3,)),
    "instance": (np.uint16, ()),
    "semantic": (np.uint16, ()),
    "part": (np.uint16, ()),
    "shading_normal": (np.float32, (3,)),
    "material": (np.uint16, ()),
    "uv": (np.float32, (2,)),
    "nocs": (np.float32, (3,)),
    "boundary": (np.uint8, ()),
    "flow": (np.float32, (2,)),
    "flow_state": (np.uint8, ()),
    "flow_backward": (np.float32, (2,)),
    "flow_backward_state": (np.uint8, ()),
    "source": (np.uint8, ()),
    "scene_flow": (np.float32, (3,)),
    "state": (np.uint8, ()),
}
"""Annotation name -> type, and shape after (H, W), once read."""


def file_name(folder: str, frame: int) -> str:
    """Returns a frame's path within its camera's folder, such as `depth/000007.npz`."""
    return f"{folder}/{frame:06d}{KINDS[folder].suffix}"


def pair_name(folder: str, frame: int, target: int) -> str:
    """Returns a pair's path within its camera's folder, such as `flow_pairs/000003_to_000007.npz`."""
    return f"{folder}/{frame:06d}_to_{target:06d}{PAIRS[folder].suffix}"


def pair_of(path: Path) -> tuple[int, int] | None:
    """Returns the frames that the name of a pair's file names; None for any other name."""
    match = re.fullmatch(r"(\d{6,})_to_(\d{6,})", path.stem)
    return (int(match[1]), int(match[2])) if match else None


def save(camera_folder: Path, frame: int, annotations: Mapping[str, object], size: tuple[int, int]) -> None:
    """Writes the annotations of one frame of one camera.

    Args:
        camera_folder: the camera's folder.
        frame: the frame's number.
        annotations: annotation name -> array; a mapping of arrays for `amodal`, `boxes` and `relations`.
        size: (H, W) of the camera.

    Raises:
        ValueError: for an unknown annotation, or an array of another shape or type.
    """
    archives: dict[str, dict[str, NDArray]] = {}
    for name, value in annotations.items():
        if name not in FOLDER_OF:
            raise ValueError(f"unknown annotation {name!r}")
        folder = FOLDER_OF[name]
        kind = KINDS[folder]
        if kind.members:
            archives.setdefault(folder, {})[kind.members[name]] = _encoded(name, np.asarray(value), size)
        else:
            archives[folder] = dict(value)
    for folder, arrays in archives.items():
        path = camera_folder / file_name(folder, frame)
        path.parent.mkdir(exist_ok=True)
        if KINDS[folder].suffix == ".png":
            png.write(path, arrays[folder])
        else:
            write_npz(path, arrays)


def _encoded(name: str, array: NDArray, size: tuple[int, int]) -> NDArray:
    if name in SHAPES:
        dtype, rest = SHAPES[name]
        if array.dtype != dtype or array.shape != (*size, *rest):
            raise ValueError(f"{name} is {array.shape} {array.dtype}, not {(*size, *rest)} {np.dtype(dtype)}")
    if name in NORMALS:
        return np.rint(array * NORMAL_SCALE).astype(np.int16)
    if name in STEPS:
        return np.rint(array / np.float32(STEPS[name])) * np.float32(STEPS[name])
    return array


def save_pair(
    camera_folder: Path, folder: str, frame: int, target: int, arrays: Mapping[str, NDArray], size: tuple[int, int]
) -> None:
    """Writes what leads from one frame of a camera to another.

    Args:
        camera_folder: the camera's folder.
        folder: one of `PAIRS`.
        frame, target: the frames' numbers.
        arrays: member -> array; `target` is added.
        size: (H, W) of the camera.

    Raises:
        ValueError: for other members, or an array of another shape or type.
    """
    if set(arrays) != set(PAIRS[folder].members):
        raise ValueError(f"{folder} holds {sorted(PAIRS[folder].members)}, not {sorted(arrays)}")
    path = camera_folder / pair_name(folder, frame, target)
    path.parent.mkdir(exist_ok=True)
    encoded = {name: _encoded(name, np.asarray(array), size) for name, array in arrays.items()}
    write_npz(path, encoded | {"target": np.int64(target)})


def load_pair(path: Path, folder: str) -> dict[str, NDArray]:
    """Reads what leads from one frame to another; DatasetError when the file is missing, damaged or of another pair."""
    arrays = read_npz(path)
    for name in PAIRS[folder].members:
        if name not in arrays:
            raise DatasetError(f"{path}: array {name!r} is missing")
        dtype, rest = SHAPES[name]
        array = arrays[name]
        if array.dtype != dtype or array.ndim != 2 + len(rest) or array.shape[2:] != rest:
            raise DatasetError(f"{path}: {name} is {array.shape} {array.dtype}, not {('H', 'W', *rest)}")
    target, pair = arrays.get("target"), pair_of(path)
    if target is None or target.shape != () or target.dtype.kind not in "iu" or pair is None or pair[1] != target:
        raise DatasetError(f"{path}: target is not the frame that the name says")
    return arrays


def load(camera_folder: Path, frame: int, annotation: str) -> NDArray | dict[str, NDArray]:
    """Reads one annotation of one frame, decoded: the array, or the arrays by name of `amodal`, `boxes` and
    `relations`.

    Raises:
        DatasetError: when the file is missing or damaged.
    """
    folder = FOLDER_OF[annotation]
    kind = KINDS[folder]
    path = camera_folder / file_name(folder, frame)
    if kind.suffix == ".png":
        return png.read(path)
    arrays = read_npz(path)
    if not kind.members:
        return arrays
    member = kind.members[annotation]
    if member not in arrays:
        raise DatasetError(f"{path}: array {member!r} is missing")
    array = arrays[member]
    if annotation in NORMALS:
        if array.dtype != np.int16:
            raise DatasetError(f"{path}: is {array.dtype}, not int16")
        return array.astype(np.float32) / np.float32(NORMAL_SCALE)
    if member == "target" and (array.shape != () or array.dtype.kind not in "iu"):
        raise DatasetError(f"{path}: target is {array.shape} {array.dtype}, not one integer")
    return array


def write_npz(path: Path, arrays: Mapping[str, NDArray]) -> None:
    """Writes arrays as `numpy.savez_compressed` does, but three times as fast and the same bytes every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)


def read_npz(path: Path) -> dict[str, NDArray]:
    """Reads every array of a .npz; DatasetError when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (ValueError, EOFError, KeyError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        raise DatasetError(f"{path}: not a readable .npz ({error})") from error


def read_npy(path: Path) -> NDArray:
    """Memory-maps a .npy; DatasetError when it is missing or damaged."""
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (ValueError, EOFError) as error:
        raise DatasetError(f"{path}: not a readable .npy ({error})") from error


def write_json(path: Path, value: object) -> None:
    """Writes JSON that appears whole or not at all; numpy numbers and arrays become plain ones, NaN is refused."""
    text = json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False, default=_plain)
    draft = path.with_name(f".{path.name}.partial")
    draft.write_text(text + "\n", "utf-8")
    draft.replace(path)


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} does not go into JSON")


def read_json(path: Path) -> object:
    """Reads JSON; DatasetError when it is missing or damaged."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise DatasetError(f"{path}: not readable JSON ({error})") from error
