"""Annotates a .blend of one's own: the parent's half, which starts a child process that opens the file."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from buildee.children import run_child
from buildee.dataset.folder import create_dataset
from buildee.errors import AnnotationError, OutputError
from buildee.recipe.labelling import Labelling, labelling_of
from buildee.recipe.source import read_text
from buildee.run import Outcome

CHILD = "_annotate"
"""The command that annotates a file, its job being on standard input; for `run_child` alone."""


@dataclass(frozen=True)
class FileJob:
    """A file to annotate, as it is told to a child process.

    Attributes:
        blend: path of the .blend.
        labels: text of the label table.
        labels_name: what messages call it.
        hash: of the file, the table and the flags: a dataset of the same hash is the same.
        out: the dataset's folder.
        flags: command-line values in place of the table's.
    """

    COMMAND: ClassVar[str] = CHILD

    blend: str
    labels: str
    labels_name: str
    hash: str
    out: str
    flags: dict[str, Any]

    def labelling(self) -> Labelling:
        """Returns the label table, flags put in place of its values."""
        return labelling_of(self.labels, self.labels_name, Path(self.labels_name).parent).override(**self.flags)


def annotate_file(
    blend: str | Path,
    labels: str | Path,
    out: str | Path,
    tell: Callable[[dict[str, Any]], None] = lambda message: None,
    **flags: Any,
) -> Outcome:
    """Writes a dataset of somebody's own .blend: ground truth, and pictures if wanted. The file is never changed.

    Args:
        blend: the file; its scripts do not run.
        labels: the label table (YAML).
        out: the dataset's folder: new, empty, or one of the very same file and table, which is kept.
        tell: receives the messages of the child: stages, steps done, errors.
        flags: in place of the table's values, as `Labelling.override` names them.

    Raises:
        RecipeError: if the label table is wrong.
        AnnotationError: if the file cannot be annotated; says why.
        OutputError: if the folder cannot be used.
    """
    blend, labels, out = Path(blend), Path(labels), Path(out)
    text = read_text(labels)
    labelling_of(text, str(labels)).override(**flags)
    if not blend.is_file():
        raise AnnotationError(f"{blend}: {'is a folder' if blend.is_dir() else 'no such file'}; name a .blend")
    job = FileJob(str(blend.resolve()), text, str(labels), _hash(blend, text, flags), str(out.resolve()), flags)
    if (out / "dataset.json").is_file():
        create_dataset(out, text, job.hash, [], 1)  # refuses a dataset of anything else
        if (out / "scenes" / "000000").is_dir():
            return Outcome(out, kept=1)
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"{out}: holds other files; choose a new or empty folder")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "000000.log"
        report = run_child(job, log, tell)
        if (out / "dataset.json").is_file():
            (out / "logs").mkdir(exist_ok=True)
            shutil.copyfile(log, out / "logs" / log.name)
        if report["event"] == "done":
            return Outcome(out, [0], reports={0: report})
        tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-12:])
    crashed = report["stage"] == "crash"
    raise AnnotationError(f"{blend}: Blender gave up; its last words were:\n{tail}" if crashed else report["reason"])


def _hash(blend: Path, text: str, flags: dict[str, Any]) -> str:
    """Returns 32 hexadecimal digits that change with the file, the table or the flags."""
    digest = hashlib.blake2b(json.dumps([text, flags], sort_keys=True).encode(), digest_size=16)
    with blend.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
