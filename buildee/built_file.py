"""Films one frame of a generated scene as it stands in a file, edits included: the parent's half."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from buildee.children import run_child
from buildee.dataset.folder import create_dataset
from buildee.errors import AnnotationError
from buildee.layout.categories import CATEGORIES
from buildee.recipe import loads
from buildee.run import Outcome

CHILD = "_frame"
"""The command that films a frame, its job being on standard input; for `run_child` alone."""


@dataclass(frozen=True)
class FrameJob:
    """A frame to film, as it is told to a child process.

    Attributes:
        blend: path of the .blend that holds the generated scene.
        scene: name of the scene.
        recipe: what it was generated from, as YAML; its paths are absolute.
        index: which scene of the recipe.
        frame: Blender's number of the frame.
        out: the dataset's folder.
    """

    COMMAND: ClassVar[str] = CHILD

    blend: str
    scene: str
    recipe: str
    index: int
    frame: int
    out: str


def film_frame(job: FrameJob, tell: Callable[[dict[str, Any]], None] = lambda message: None) -> Outcome:
    """Writes a dataset of a single frame, seen by the scene's camera: things are where they stand in the file.

    Args:
        job: what to film.
        tell: receives the messages of the child: stages, steps done, errors.

    Raises:
        OutputError: if the folder cannot be used.
        AnnotationError: if the frame cannot be filmed; says why.
    """
    out = Path(job.out)
    create_dataset(out, job.recipe, loads(job.recipe).hash, [asdict(row) for row in CATEGORIES.values()], 1)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        report = run_child(job, log, tell)
        tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-12:])
    if report["event"] == "done":
        return Outcome(out, [0], reports={0: report})
    raise AnnotationError(f"{report['reason']}\n{tail}" if report["stage"] == "crash" else report["reason"])
