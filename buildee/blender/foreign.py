"""Annotates a .blend that no generator made: opens it with scripts off, reads it as it renders, checks every frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.labelled import Labeller
from buildee.blender.surface import SurfaceReader
from buildee.blender.take import Take
from buildee.blender.visibility import follow
from buildee.errors import AnnotationError
from buildee.recipe.labelling import Labelling, matches, unused
from buildee.recipe.wording import unknown
from buildee.truth.keypoints import NO_KEYPOINTS, Keypoints
from buildee.truth.surface import LabelTable, Surface


def open_blend(path: Path) -> None:
    """Opens a file in this process; neither its scripts nor its Python drivers run.

    Raises:
        AnnotationError: it is no .blend that this Blender reads, or a library that it links is missing.
    """
    try:
        bpy.ops.wm.open_mainfile(filepath=str(path), load_ui=False, use_scripts=False)
    except RuntimeError as error:
        reason = str(error).strip().removeprefix("Error: ").splitlines()[0]
        raise AnnotationError(f"{path}: cannot be opened by Blender {bpy.app.version_string} ({reason})") from error
    lost = [
        library.filepath
        for library in bpy.data.libraries
        if not Path(bpy.path.abspath(library.filepath, library=library.parent)).is_file()
    ]
    if lost:
        raise AnnotationError(
            f"{path}: links {lost[0]}, which is not there{_more(lost)}; put it back, or make the file's data local"
        )


def take_of_file(path: Path, labelling: Labelling) -> Take:
    """Returns what a label table asks for of the file that is open.

    Args:
        path: of the file, for messages.
        labelling: the label table.

    Raises:
        AnnotationError: no such scene, no camera, frames outside the scene's range, or labels that match nothing.
    """
    scene = _scene(path, labelling.scene)
    first, last = scene.frame_start, scene.frame_end
    wanted = labelling.frames
    begin = first if wanted.first is None else wanted.first
    end = last if wanted.last is None else wanted.last
    if begin > end or begin < first or end > last:
        raise AnnotationError(f"{path}: frames {begin} to {end} are not within the scene's {first} to {last}")
    subject = Labelled(scene.name, Labeller(labelling))
    if not subject.labeller.used:
        some = [thing.name for thing in scene.objects if thing.type == "MESH"][:8]
        collections = [item.name for item in bpy.data.collections][:8]
        raise AnnotationError(
            f"{path}: no label matches anything; objects are {', '.join(some) or 'none'}, "
            f"collections {', '.join(collections) or 'none'}"
        )
    fps = scene.render.fps / scene.render.fps_base / wanted.step
    frames = tuple(range(begin, end + 1, wanted.step))
    return Take(scene.name, cameras_of(path, scene, labelling.cameras), frames, fps, subject)


@dataclass(frozen=True, eq=False)
class Labelled:
    """A subject whose objects a label table names; see `Subject`."""

    scene: str
    labeller: Labeller

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", SurfaceReader(self.scene, self.labeller.part, self._on_frame))

    def _on_frame(self) -> None:
        follow()
        self.labeller.begin_frame()

    def labels(self) -> LabelTable:
        return self.labeller.table()

    def poses(self, step: int) -> NDArray[np.float64]:
        return self.labeller.poses()

    def keypoints(self, step: int) -> Keypoints:
        return NO_KEYPOINTS

    def pass_index(self) -> NDArray[np.int32]:
        return self.labeller.pass_index()

    def deviation(self, surface: Surface, step: int) -> float:
        return 0.0


def label_rows(labeller: Labeller) -> list[dict[str, object]]:
    """Returns the rows of labels.json: background and every category, with colours as different as can be."""
    rows: list[dict[str, object]] = [{"id": 0, "name": "background", "color": [0, 0, 0]}]
    for number, name in enumerate(labeller.categories, 1):
        rows.append({"id": number, "name": name, "color": _color(number)})
    return rows


def notes(take: Take) -> list[str]:
    """Returns what the user should know: labels that matched nothing, and volumes, which no annotation shows."""
    labeller = take.subject.labeller
    told = [f"label {name!r} matched nothing" for name in unused(labeller.labelling, labeller.used)]
    volumes = [thing.name for thing in bpy.data.scenes[take.scene].objects if _is_volume(thing)]
    if volumes:
        told.append(f"volumes are seen through: {', '.join(sorted(volumes)[:6])}{_more(volumes[5:])}")
    return told


def _is_volume(thing: bpy.types.Object) -> bool:
    """Returns whether an object renders as smoke or fog, by its kind or by the material of any of its slots."""
    if thing.hide_render:
        return False
    return thing.type == "VOLUME" or any(_has_volume(slot.material) for slot in thing.material_slots if slot.material)


def _has_volume(material: bpy.types.Material) -> bool:
    """Returns whether something is plugged into the volume socket of a material's output."""
    if material.node_tree is None:
        return False
    outputs = [node for node in material.node_tree.nodes if node.type == "OUTPUT_MATERIAL" and node.is_active_output]
    return any(node.inputs["Volume"].is_linked for node in outputs)


def _scene(path: Path, name: str | None) -> bpy.types.Scene:
    if name is None:
        return bpy.context.scene
    if name not in bpy.data.scenes:
        raise AnnotationError(f"{path}: {unknown('scene', name, [scene.name for scene in bpy.data.scenes])}")
    return bpy.data.scenes[name]


def cameras_of(path: Path, scene: bpy.types.Scene, pattern: str | None) -> Mapping[str, str]:
    """Returns the camera objects that look on, by the name that their folders get.

    Args:
        path: of the file, for messages.
        scene: whose cameras.
        pattern: of their names; None takes the scene's own.

    Raises:
        AnnotationError: there is none.
    """
    there = [thing.name for thing in scene.objects if thing.type == "CAMERA"]
    if pattern is None:
        chosen = [scene.camera.name] if scene.camera is not None else []
        advice = "set the scene's camera, or name cameras in the label table (cameras: 'Cam*')"
    else:
        chosen = [name for name in there if matches(name, pattern)]
        advice = f"cameras there are: {', '.join(there) or 'none'}"
    if not chosen:
        raise AnnotationError(f"{path}: no camera to look through; {advice}")
    folders: dict[str, str] = {}
    for name in chosen:
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:56] or "camera"
        while plain.lower() in {taken.lower() for taken in folders}:
            plain += "x"
        folders[plain] = name
    return folders


def _color(number: int) -> list[int]:
    """Returns sRGB bytes; hues a golden section apart stay different however many there are."""
    hue = (number * 0.618033988749895) % 1.0
    value = (0.95, 0.75, 0.6)[number % 3]
    wheel = np.clip(np.abs((hue + np.array([0.0, 2 / 3, 1 / 3])) % 1.0 * 6 - 3) - 1, 0, 1)
    return [int(255 * value * (0.35 + 0.65 * channel)) for channel in wheel]


def _more(items: list[str]) -> str:
    return f" (and {len(items) - 1} more)" if len(items) > 1 else ""
