"""Datasets made beside the interface: of the recipe, of the frame in view, of a file of the user's own."""

from __future__ import annotations

import shutil
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import bpy

from buildee import run
from buildee.blend_file import annotate_file
from buildee.built_file import FrameJob, film_frame
from buildee.errors import OutputError
from buildee.preview import gallery
from buildee.recipe import load

from . import jobs
from .generate import recipe_of
from .recipes import labels_text

Work = Callable[[Path, jobs.Tell], run.Outcome]
"""What a job does with a scratch folder."""


def output(scene: bpy.types.Scene) -> Path:
    """Returns the folder of the dataset.

    Raises:
        OutputError: it hangs on the place of a file that has none yet.
    """
    given = scene.buildee.output
    if given.startswith("//") and not bpy.data.filepath:
        raise OutputError("output: is relative to this file, which was never saved; save it, or choose another folder")
    return Path(bpy.path.abspath(given))


def render_frame(scene: bpy.types.Scene) -> threading.Thread:
    """Starts rendering the current frame as it is, edits included; returns the thread that waits for it.

    What was not generated is annotated by the label table.
    """
    state, frame, out = scene.buildee, scene.frame_current, output(scene)
    if state.collection is None:
        return annotate(scene, frame)
    copy = _copy()
    job = FrameJob(str(copy), scene.name, state.made_from, state.made_index, frame, str(out))

    def work(scratch: Path, tell: jobs.Tell) -> run.Outcome:
        try:
            return film_frame(job, tell)
        finally:
            shutil.rmtree(copy.parent, ignore_errors=True)

    return _start("The frame", out, work)


def render_recipe(scene: bpy.types.Scene) -> threading.Thread:
    """Starts rendering all scenes of the recipe; returns the thread that waits for it."""
    text, out = recipe_of(scene).text, output(scene)

    def work(scratch: Path, tell: jobs.Tell) -> run.Outcome:
        path = scratch / "recipe.yaml"
        path.write_text(text, "utf-8")
        return run.render(load(path), out, tell)

    return _start("The dataset", out, work)


def annotate(scene: bpy.types.Scene, frame: int | None = None) -> threading.Thread:
    """Starts annotating this file by its label table; returns the thread that waits for it.

    Args:
        scene: the scene with the table.
        frame: the only one; None takes those of the table.
    """
    text, out = labels_text(scene.buildee), output(scene)
    frames = {} if frame is None else {"frames": (frame, frame)}
    copy = _copy()

    def work(scratch: Path, tell: jobs.Tell) -> run.Outcome:
        (scratch / "labels.yaml").write_text(text, "utf-8")
        try:
            return annotate_file(copy, scratch / "labels.yaml", out, tell, **frames)
        finally:
            shutil.rmtree(copy.parent, ignore_errors=True)

    return _start("The annotation", out, work)


def _copy() -> Path:
    """Writes the file as it is now to a temporary place, and returns that."""
    path = Path(tempfile.mkdtemp(prefix="buildee-")) / "scene.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True, check_existing=False)
    return path


def _start(title: str, out: Path, work: Work) -> threading.Thread:
    """Starts a job that has a scratch folder while it runs."""

    def whole(tell: jobs.Tell) -> run.Outcome:
        with tempfile.TemporaryDirectory(prefix="buildee-") as scratch:
            outcome = work(Path(scratch), tell)
        tell({"event": "stage", "name": "gallery"})
        gallery(out)
        return outcome

    return jobs.start(title, out, whole)


def show(out: Path) -> None:
    """Opens the gallery of a dataset, or its folder where there is none."""
    page = out / "gallery.html"
    webbrowser.open((page if page.is_file() else out).resolve().as_uri())
