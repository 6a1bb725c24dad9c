"""The folders of a dataset: where scenes lie, and what is there when one is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from buildee.dataset import files
from buildee.errors import OutputError

FORMAT = "buildee-dataset"
VERSION = 1
"""Grows when files change meaning; the reader refuses newer ones."""


def create_dataset(
    path: str | Path, recipe_text: str, recipe_hash: str, labels: Iterable[Mapping[str, object]], scenes: int
) -> list[int]:
    """Creates a dataset without scenes, or finds what is left to do in one that was begun.

    Args:
        path: the output folder: new, empty, or a dataset of the same recipe. Its parent exists.
        recipe_text: what the user wrote, kept as recipe.yaml.
        recipe_hash: identifies the recipe; a dataset of the same hash is continued.
        labels: a row a category, for labels.json: `id`, `name`, `color` and what else there is to say.
        scenes: how many scenes the dataset shall hold, numbered from 0.

    Returns:
        The numbers of the scenes that are missing, ascending. Scenes that failed earlier count as missing: asking
        again means trying again.

    Raises:
        OutputError: when the folder cannot be created or holds something else. Nothing was written then.
    """
    root = Path(path)
    if (root / "dataset.json").is_file():
        _refuse_another(root, recipe_hash)
        return [index for index in range(scenes) if not scene_folder(root, index).exists()]
    _refuse_unusable(root)
    draft = root.parent.resolve() / f".{root.resolve().name}.partial"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "scenes").mkdir(parents=True)
        (draft / "recipe.yaml").write_text(recipe_text, "utf-8")
        files.write_json(draft / "labels.json", list(labels))
        meanings = {
            folder: f"{kind.suffix[1:]}: {kind.meaning}" for folder, kind in (files.KINDS | files.PAIRS).items()
        }
        about = {"format": FORMAT, "version": VERSION, "recipe_hash": recipe_hash, "scenes": scenes, "files": meanings}
        files.write_json(draft / "dataset.json", about)
        if root.exists():
            root.rmdir()
        draft.rename(root)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise OutputError(f"{root}: cannot be written ({error.strerror or error}); choose another folder") from error
    return list(range(scenes))


def _refuse_another(root: Path, recipe_hash: str) -> None:
    about = files.read_json(root / "dataset.json")
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise OutputError(f"{root}: holds a dataset.json of something else; choose another folder")
    if about.get("recipe_hash") != recipe_hash:
        raise OutputError(f"{root}: holds a dataset of another recipe or seed; choose another folder or delete it")
    if about.get("version") != VERSION:
        raise OutputError(f"{root}: was written by another version of buildee; choose another folder or delete it")
    if not os.access(root / "scenes", os.W_OK | os.X_OK):
        raise OutputError(f"{root}: cannot be written; check its permissions or choose another folder")


def _refuse_unusable(root: Path) -> None:
    parent = root.resolve().parent
    if not parent.is_dir():
        what = "is not a folder" if parent.exists() else "does not exist"
        raise OutputError(f"{root}: its parent {parent} {what}; create it first or choose another folder")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        what = "holds other files" if root.is_dir() else "is a file"
        raise OutputError(f"{root}: {what}; choose a new or empty folder")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputError(f"{root}: {parent} cannot be written; check its permissions or choose another folder")


def scene_folder(root: str | Path, index: int) -> Path:
    """Returns where scene `index` lies, such as `scenes/000123`."""
    return Path(root) / "scenes" / f"{index:06d}"


def draft_folder(root: str | Path, index: int) -> Path:
    """Returns where scene `index` is written before it appears."""
    return Path(root) / "scenes" / f".{index:06d}.partial"


def abandon(root: str | Path, index: int) -> None:
    """Removes what was written of a scene that never appeared, as after an interruption."""
    shutil.rmtree(draft_folder(root, index), ignore_errors=True)


def failure_file(root: str | Path, index: int) -> Path:
    """Returns the file that says why scene `index` is missing."""
    return Path(root) / "scenes" / f"{index:06d}.failed.json"


def record_failure(
    root: str | Path,
    index: int,
    stage: Literal["plan", "build", "render", "audit"],
    reason: str,
    details: Mapping[str, object] | None = None,
) -> None:
    """Notes why a scene is missing, in `scenes/000123.failed.json`, and removes what was written of it.

    A scene fails when planning or building raises, when its process dies while rendering, or when the audit finds that
    its ground truth and its pictures disagree: a scene with wrong labels never becomes part of a dataset.

    Args:
        root: the dataset.
        index: the scene.
        stage: what failed.
        reason: one sentence for people.
        details: plain JSON values, such as the audit's numbers or the end of a crash log.
    """
    abandon(root, index)
    record = {"scene": index, "stage": stage, "reason": reason, "details": dict(details or {})}
    files.write_json(failure_file(root, index), record)
