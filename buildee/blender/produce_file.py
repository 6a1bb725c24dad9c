"""Annotates a .blend from end to end; runs in a child process that owns its Blender file."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from buildee import __version__
from buildee.blend_file import FileJob
from buildee.blender import cycles
from buildee.blender.annotations import Annotations
from buildee.blender.clock import Clock
from buildee.blender.foreign import label_rows, notes, open_blend, take_of_file
from buildee.blender.glass import cleared
from buildee.blender.lens import NOTE
from buildee.blender.render import render_frame
from buildee.blender.take import Take
from buildee.blender.visibility import as_rendered
from buildee.children import emit
from buildee.dataset.folder import create_dataset
from buildee.dataset.writer import SceneWriter
from buildee.errors import AnnotationError, BuildeeError
from buildee.recipe import Seed
from buildee.recipe.labelling import Labelling
from buildee.truth.audit import unexplained
from buildee.truth.mend import Source, mend


def produce_file(job: FileJob) -> int:
    """Annotates a file and tells the parent how it went; returns the exit status. What fails leaves no folder."""
    out = Path(job.out)
    fresh = not out.exists()
    clock = Clock()
    try:
        with clock.stage("build"):
            labelling = job.labelling()
            open_blend(Path(job.blend))
            take = take_of_file(Path(job.blend), labelling)
            refuse_distorted(take.cameras.values())
            scene = bpy.data.scenes[take.scene]
            if labelling.pictures.resolution is not None:
                scene.render.resolution_x, scene.render.resolution_y = labelling.pictures.resolution
                scene.render.resolution_percentage = 100
        create_dataset(out, job.labels, job.hash, label_rows(take.subject.labeller), 1)
        with SceneWriter(out, 0) as writer, as_rendered(scene):
            scene_json = _write(job, labelling, take, writer, clock)
            writer.commit(scene_json)
    except BuildeeError as error:
        return _failed(out, fresh, "annotate", str(error))
    except Exception as error:
        traceback.print_exc()  # to the log; the parent's user gets one line
        return _failed(out, fresh, "crash", f"{type(error).__name__}: {error}")
    emit(event="done", summary={"text": _summary(take, clock, scene_json["notes"]), "timings": clock.seconds})
    return 0


def refuse_distorted(cameras: Iterable[str]) -> None:
    """Refuses camera objects that draw the wide picture of a distorted one: its pixels cannot be mended from a render.

    Raises:
        AnnotationError: there is one.
    """
    for name in cameras:
        if NOTE in bpy.data.objects[name].data:
            raise AnnotationError(
                f"camera '{name}': has a distorted lens, and exact renders through those do not exist; remove its "
                f"data's custom property '{NOTE}' to annotate the pinhole that Blender draws, or choose other cameras"
            )


def _failed(out: Path, fresh: bool, stage: str, reason: str) -> int:
    """Removes a dataset that was begun and tells the parent."""
    if fresh:
        shutil.rmtree(out, ignore_errors=True)
    emit(event="failed", stage=stage, reason=reason)
    return 1


def _write(job: FileJob, labelling: Labelling, take: Take, writer: SceneWriter, clock: Clock) -> dict[str, Any]:
    """Writes ground truth, holds it against exact renders, renders the pictures; returns scene.json."""
    scene = bpy.data.scenes[take.scene]
    device = cycles.choose_device(labelling.pictures.device)
    seed = Seed(labelling.seed).child("tracks")
    with Annotations(take, labelling.truth, seed, writer) as annotations:
        with clock.stage("truth"):
            annotations.write()
        take.subject.labeller.number_objects()
        seen_through = cleared(scene, take.subject.reader.cleared)
        with clock.stage("audit"), cycles.exact(scene, device), seen_through:
            checks, exceptions = _verify(take, annotations, writer)
    if labelling.pictures.rgb:
        with clock.stage("render"), cycles.as_in_file(scene, device, labelling.pictures.samples):
            _pictures(take, writer)
    writer.layout({"instances": [], "cameras": []})
    return {
        "seed": labelling.seed,
        "world": Path(job.blend).name,
        "frames": list(take.frames),
        "pictures": labelling.pictures.rgb,
        "versions": {"buildee": __version__, "blender": bpy.app.version_string, "numpy": np.__version__},
        "device": str(device),
        "notes": [*notes(take), *_said(exceptions)],
        "audit": {"worst": _worst(checks), "exceptions": exceptions, "frames": checks},
        "truth": annotations.facts,
        "facts": {},
        "timings": {name: round(value, 4) for name, value in clock.seconds.items()},
    }


def _verify(take: Take, annotations: Annotations, writer: SceneWriter) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Holds every stored frame against an exact render and mends what triangles got wrong.

    Returns:
        What was found frame by frame, and how many pixels of each instance come from the render over all frames.
    """
    scene = bpy.data.scenes[take.scene]
    rows, labels = take.subject.labeller.told_apart(), take.subject.labels()
    index_of_part = np.append(0, take.subject.pass_index())
    names = ("background", *labels.instance_name)
    checks, pixels = [], np.zeros(len(names), np.int64)
    with tempfile.TemporaryDirectory(dir=writer.folder) as scratch:
        for step, frame in enumerate(take.frames):
            for number, (camera, thing) in enumerate(take.cameras.items()):
                rendered = render_frame(scene, thing, frame, None, Path(scratch))
                maps = writer.stored_maps(camera, step)
                index = index_of_part[maps["part"]]
                with annotations.recast(annotations.camera(number, step), step) as recast:
                    bad = unexplained(maps["depth"], index, rendered.depth, rendered.index, recast)
                mended = mend(maps, bad, rendered.depth, rendered.index, rows, labels)
                writer.frame(camera, step, mended if bad.any() else {"source": mended["source"]})
                if bad.any():
                    writer.invalidate(camera, step, bad)
                pixels += np.bincount(mended.get("instance", maps["part"] * 0)[bad], minlength=len(names))
                told = [float((mended["source"] == kind).mean()) for kind in (Source.RENDER, Source.INVALID)]
                checks.append({"camera": camera, "frame": step, "ids": 1 - float(bad.mean())})
                checks[-1] |= {"from_render": told[0], "invalid": told[1]}
                emit(event="step", done=len(checks), of=len(take.frames) * len(take.cameras))
    return checks, {name: int(count) for name, count in zip(names, pixels, strict=True) if count}


def _said(exceptions: dict[str, int]) -> list[str]:
    """Returns which things are no triangles, in words."""
    if not exceptions:
        return []
    most = sorted(exceptions, key=lambda name: -exceptions[name])
    more = f" and {len(most) - 6} more" if len(most) > 6 else ""
    return [f"not described by triangles alone (see `source`): {', '.join(most[:6])}{more}"]


def _pictures(take: Take, writer: SceneWriter) -> None:
    """Renders every picture as the file says."""
    scene = bpy.data.scenes[take.scene]
    with tempfile.TemporaryDirectory(dir=writer.folder) as scratch:
        for step, frame in enumerate(take.frames):
            for camera, thing in take.cameras.items():
                rgb = Path(scratch) / "rgb.png"
                render_frame(scene, thing, frame, rgb, Path(scratch))
                writer.frame(camera, step, {}, rgb=rgb)


def _worst(checks: list[dict[str, Any]]) -> dict[str, float]:
    """Returns the largest shares of pixels that triangles did not describe."""
    return {
        "ids": min(check["ids"] for check in checks),
        "from_render": max(check["from_render"] for check in checks),
        "invalid": max(check["invalid"] for check in checks),
    }


def _summary(take: Take, clock: Clock, said: list[str]) -> str:
    total = sum(clock.seconds.values())
    count = len(take.subject.labels().instance_name)
    return "\n".join([f"{len(take.frames) * len(take.cameras)} frames, {count} instances in {total:.0f} s", *said])
