"""Checks what one frame of a dataset holds: pictures, maps, masks and boxes, each against the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import agreement, dense, files
from buildee.dataset.agreement import Tables
from buildee.dataset.camera import Camera
from buildee.dataset.frame import Frame
from buildee.dataset.report import Report
from buildee.errors import DatasetError
from buildee.truth.mend import EMPTY, Source
from buildee.truth.relations import Visibility
from buildee.truth.surface import Camera as View


def load_maps(camera: Camera, index: int, present: set[str], report: Report) -> dict[str, NDArray]:
    """Reads the dense annotations of a frame, leaving out what is broken; `frame` is its number."""
    maps: dict[str, NDArray] = {"frame": np.array(index)}
    size = camera.height, camera.width
    for folder in sorted(present):
        if not (camera.folder / files.file_name(folder, index)).is_file():
            continue
        for annotation in files.KINDS[folder].members:
            with report.guarding():
                array = files.load(camera.folder, index, annotation)
                if annotation in files.SHAPES:
                    dtype, rest = files.SHAPES[annotation]
                    if array.dtype != dtype or array.shape != (*size, *rest):
                        where = camera.folder / files.file_name(folder, index)
                        raise DatasetError(
                            f"{where}: {annotation} is {array.shape} {array.dtype}, not {(*size, *rest)}"
                        )
                maps[annotation] = array
        if folder.startswith("flow") and not _complete_flow(maps, folder, len(camera.frames)):
            for annotation in files.KINDS[folder].members:
                maps.pop(annotation, None)
            report.problem(camera.folder / files.file_name(folder, index), "leads to no frame, or lacks an array")
    _blank_exceptions(maps)
    return maps


def _blank_exceptions(maps: dict[str, NDArray]) -> None:
    """Makes background of pixels that no triangle describes: nothing can be reprojected through them."""
    if "source" not in maps:
        return
    exceptions = maps["source"] > Source.TRIANGLES
    if exceptions.any():
        maps.pop("boundary", None)  # of triangles alone
    for name, array in maps.items():
        if name != "source" and array.shape[:2] == exceptions.shape:
            array[exceptions] = np.inf if name == "depth" else EMPTY.get(name, 0)


def _complete_flow(maps: Mapping[str, NDArray], folder: str, frames: int) -> bool:
    if not set(files.KINDS[folder].members) <= set(maps):
        return False
    return 0 <= int(maps[f"{folder}_target"]) < frames


def check_pictures(frame: Frame, size: tuple[int, int], report: Report) -> None:
    """Checks that the pictures of a frame are of the size (H, W)."""
    available = frame.available
    if "rgb" in available:
        with report.guarding():
            if frame.rgb.shape != (*size, 3):
                report.problem(frame.rgb_path, f"is {frame.rgb.shape}, not {(*size, 3)}")
    if "linear" in available:
        with report.guarding():
            if frame.linear.shape != (*size, 3) or not np.isfinite(frame.linear).all():
                report.problem(
                    frame.rgb_path.parent.parent / "linear", f"frame {frame.index} has another size or is not finite"
                )


def check_maps(
    frame: Frame,
    maps: Mapping[str, NDArray],
    present: set[str],
    camera: View,
    tables: Tables,
    table: Visibility | None,
    report: Report,
) -> None:
    folder = frame.rgb_path.parent.parent
    before = len(report.problems)

    def tell(name: str, problems: object) -> None:
        for problem in problems:
            report.problem(folder / files.file_name(name, frame.index), problem)

    if "depth" in maps:
        tell("depth", agreement.depth_problems(maps, camera))
    if ids := [name for name in agreement.IDS if name in maps]:
        tell(ids[0], agreement.id_problems(maps, tables))
    if len(report.problems) > before:
        # What follows looks ids up and measures depths.
        for name in ("depth", *agreement.IDS):
            maps.pop(name, None)
    if "normal" in maps:
        tell("normal", agreement.normal_problems(maps, camera))
    for name, judge in dense.JUDGES.items():
        if name in maps:
            tell(name, judge(maps, camera, report.measure))
    if "source" in maps and (maps["source"] > Source.TRIANGLES).any():
        return  # masks and boxes are of triangles alone, what is seen is not
    records = {}
    for name, judge in (("amodal", agreement.amodal_problems), ("boxes", agreement.box_problems)):
        if name in present and (folder / files.file_name(name, frame.index)).is_file():
            with report.guarding():
                record = getattr(frame, name)
                wrong = list(judge(record, maps, tables, camera))
                tell(name, wrong)
                if not wrong:
                    records[name] = record
    if {"nocs", "instance"} <= set(maps):
        with report.guarding():
            tell("nocs", dense.nocs_problems(maps, tables, camera, records.get("boxes"), report.measure))
    if "relations" in present and (folder / files.file_name("relations", frame.index)).is_file():
        with report.guarding():
            tell("relations", agreement.relation_problems(frame.relations, maps, tables, records.get("amodal")))
    if table is not None:
        row = Visibility(**{field.name: getattr(table, field.name)[frame.index] for field in fields(Visibility)})
        for problem in agreement.visibility_problems(row, maps, tables, records.get("amodal"), records.get("boxes")):
            report.problem(folder / "visibility", f"frame {frame.index}: {problem}")
