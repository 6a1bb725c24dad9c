"""Makes one scene from end to end; runs in a child process that owns its Blender file."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from buildee import __version__
from buildee.blender import cycles
from buildee.blender.annotations import Annotations
from buildee.blender.build import build
from buildee.blender.clock import Clock
from buildee.blender.context import fresh_scene
from buildee.blender.pictures import Pictures, exposure_of, samples_of
from buildee.blender.settle import settle
from buildee.blender.take import Take, take_of
from buildee.blender.tracks import stream
from buildee.children import emit
from buildee.dataset.folder import record_failure
from buildee.dataset.writer import SceneWriter
from buildee.errors import BuildeeError
from buildee.generators import WORLDS
from buildee.layout.canonical import layout_hash, layout_json
from buildee.layout.scene import Layout
from buildee.recipe import Recipe, Seed, load, resolved_values
from buildee.recipe.location import locating
from buildee.run import Job, licences, plan


class AuditError(BuildeeError):
    """Ground truth and pictures that disagree."""


def produce(job: Job) -> int:
    """Makes a scene and tells the parent how it went; returns the exit status."""
    clock = Clock()
    try:
        with clock.stage("read"):
            recipe = load(job.recipe).override(**job.overrides)
            if recipe.hash != job.hash:
                raise BuildeeError(f"{job.recipe}: was changed during the run; start again with a new output folder")
            resolved = recipe.resolve(job.index)
            WORLDS[recipe.world]  # its modules are imported, and not counted as planning
        with clock.stage("plan"):
            layout = plan(recipe, job.index)
        with locating(recipe):
            if layout.loose:
                with clock.stage("settle"):
                    layout = settle(layout)
            scene_json = _write(job, resolved, layout, clock)
    except AuditError as error:
        return _failed(job, "audit", str(error))
    except BuildeeError as error:
        return _failed(job, "plan" if {*clock.seconds} <= {"read", "plan"} else "build", str(error))
    except Exception as error:
        traceback.print_exc()  # to the log; the parent's user gets one line
        return _failed(job, "render", f"{type(error).__name__}: {error}; logs/{job.index:06d}.log says more")
    emit(event="done", summary=summary(scene_json))
    return 0


def _failed(job: Job, stage: Any, reason: str) -> int:
    """Notes a failure in the dataset and tells the parent."""
    with suppress(OSError):  # a disk that is full cannot keep the reason; the parent tells it
        record_failure(job.out, job.index, stage, reason)
    emit(event="failed", stage=stage, reason=reason)
    return 1


def _write(job: Job, resolved: Recipe, layout: Layout, clock: Clock) -> dict[str, Any]:
    """Builds, annotates, renders and audits a scene, and commits it; returns its scene.json."""
    with SceneWriter(job.out, job.index) as writer:
        with clock.stage("build"):
            scene = fresh_scene()
            built = build(layout, scene)
            scene.render.resolution_x, scene.render.resolution_y = resolved.render.resolution
        scene_json = film(take_of(layout, built), layout, resolved, stream(resolved, job.index), writer, clock)
        writer.commit(scene_json)
    return scene_json


def film(take: Take, layout: Layout, resolved: Recipe, seed: Seed, writer: SceneWriter, clock: Clock) -> dict[str, Any]:
    """Annotates, renders and audits what stands in the open file; returns its scene.json.

    Args:
        take: what to film.
        layout: what was built.
        resolved: the recipe of the scene.
        seed: of the tracked points.
        writer: receives all but the scene.json.
        clock: measures the stages.

    Raises:
        AuditError: pictures and ground truth disagree.
    """
    scene, render = bpy.data.scenes[take.scene], resolved.render
    device = cycles.choose_device(render.device)
    writer.layout(layout_json(layout))
    with Annotations(take, resolved.truth, seed, writer) as annotations:
        with clock.stage("truth"):
            annotations.write()
        clock.add("first_gather", annotations.first_gather)
        with clock.stage("render"):
            scene.view_settings.exposure = exposure_of(layout, resolved)
            settings = cycles.settings(scene, device, samples_of(resolved), render.resolution, render.view_transform)
            pictures = Pictures(take, settings, render, writer, annotations, clock)
            audits = pictures.write()
    bad = [audit for audit in audits if not audit["ok"]]
    if bad:
        raise AuditError(f"camera {bad[0]['camera']}, frame {bad[0]['frame']}: {bad[0]['reason']}")
    return {
        "seed": resolved.seed,
        "world": resolved.world,
        "values": resolved_values(resolved),
        "layout_hash": layout_hash(layout),
        "versions": {"buildee": __version__, "blender": bpy.app.version_string, "numpy": np.__version__},
        "device": str(device),
        "samples": samples_of(resolved),
        "denoised": cycles.CAN_DENOISE,
        "view_transform": render.view_transform,
        "look": cycles.LOOKS.get(render.view_transform, "None"),
        "exposure": exposure_of(layout, resolved),
        **({"focus": pictures.focus} if render.f_number is not None else {}),
        "pose_error": annotations.pose_error,
        "truth": annotations.facts,
        "audit": {"worst": worst_audit(audits), "frames": audits},
        "facts": dict(layout.facts),
        "licences": licences(layout),
        "timings": {name: round(value, 4) for name, value in clock.seconds.items()} | {"total": round(clock.total, 4)},
    }


def worst_audit(audits: list[dict[str, Any]]) -> dict[str, float]:
    """Returns the lowest agreements of a scene's frames, the unexplained share of all ids, and the worst depth left."""
    return {
        "ids": min(audit["ids"] for audit in audits),
        "depths": min(audit["depths"] for audit in audits),
        "unexplained": sum(audit["unexplained"] for audit in audits) / len(audits),
        "worst_depth": max(audit["worst_depth"] for audit in audits),
    }


def summary(scene_json: dict[str, Any]) -> dict[str, Any]:
    """Returns what the user is told of a finished scene."""
    worst, timings = scene_json["audit"]["worst"], scene_json["timings"]
    pictures = len(scene_json["audit"]["frames"])
    text = (
        f"{pictures} pictures in {timings['total']:.0f} s on {scene_json['device']}; "
        f"audit: ids {worst['ids']:.3%}, depth {worst['depths']:.3%} of the pixels agree with Cycles"
    )
    return {"text": text, "audit": worst, "timings": timings, "layout_hash": scene_json["layout_hash"]}


def save_blend(layout: Layout, resolved: Recipe, path: Path) -> None:
    """Settles a layout, builds it into an empty file and saves it, ready to render."""
    layout = settle(layout)
    scene = fresh_scene()
    build(layout, scene)
    device = cycles.choose_device("cpu")
    settings = cycles.settings(
        scene, device, samples_of(resolved), resolved.render.resolution, resolved.render.view_transform
    )
    with settings:
        bpy.ops.wm.save_as_mainfile(filepath=str(path.resolve()), compress=True, check_existing=False)
