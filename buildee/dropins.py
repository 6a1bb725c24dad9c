"""Folders of a user's own assets: what is in them, and a catalog of it that Blender makes once for each file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from buildee.children import run_child
from buildee.drop_folder import Dropped, found, left_out
from buildee.errors import AssetError, Gathered
from buildee.layout import catalog
from buildee.layout.catalog import Entry
from buildee.layout.catalog_file import catalog_text, raw_fields

CHILD = "_dropin"
"""The command that brings files in, its job being on standard input; for `run_child` alone."""

CACHE = ".buildee"
"""Folder, inside that of the user's, that keeps the catalog and the meshes; it may be deleted at any time."""


@dataclass(frozen=True)
class DropJob:
    """Files to bring in, as they are told to a child process.

    Attributes:
        files: fields of `Dropped`.
        folder: the user's, out of which no file is read.
        cache: folder that receives a library for each.
    """

    COMMAND: ClassVar[str] = CHILD

    files: list[dict[str, Any]]
    folder: str
    cache: str


def warn(message: str) -> None:
    """Prints a warning."""
    print(f"warning: {message}", file=sys.stderr)


def entries(folders: Sequence[Path], tell: Callable[[str], None] = warn) -> dict[str, Entry]:
    """Returns the assets of some folders by id; files that are new or were changed are read by Blender first.

    Args:
        folders: each with assets, in folders of its own if there are many.
        tell: receives what was assumed of files that were read now.

    Raises:
        AssetError: names every file that cannot be used, and why.
    """
    known: dict[str, Entry] = {}
    homes: dict[str, Path] = {}
    wrong = Gathered()
    for folder in folders:
        with wrong.kept():
            for id, entry in catalog.load(indexed(folder, tell)).items():
                if id in known:
                    raise AssetError(f"{folder}: asset '{id}' is in {homes[id]} too; rename one file")
                known[id], homes[id] = entry, folder
    wrong.tell()
    return known


def indexed(folder: Path, tell: Callable[[str], None] = warn) -> Path:
    """Returns the catalog of a folder, brought up to date; arguments and errors as for `entries`."""
    dropped = found(folder)
    path = folder / CACHE / catalog.FILE
    kept = kept_fields(path)
    digests = {id: fields.get("digest") for id, fields in kept.items() if _library(path, fields).is_file()}
    stale = [item for item in dropped if digests.get(item.id) != item.digest]
    if not stale and len(kept) == len(dropped):
        return path
    try:
        path.parent.mkdir(exist_ok=True)
        fresh, problems = _brought_in(stale, folder) if stale else ({}, [])
        _write(path, {item.id: kept[item.id] for item in dropped if item not in stale} | fresh)
    except OSError as error:
        raise AssetError(f"{path.parent}: cannot be written ({error.strerror or error})") from error
    for message in left_out(folder) if stale else ():
        tell(message)
    for fields in fresh.values():
        for message in fields["warnings"]:
            tell(f"{fields['file']}: {message}")
    if problems:
        raise AssetError("\n".join(problems))
    return path


def kept_fields(path: Path) -> dict[str, dict[str, Any]]:
    """Returns the fields of a folder's catalog by id; of one that is missing or damaged, none."""
    try:
        return {id: fields for id, fields in raw_fields(path).items() if isinstance(fields, dict)}
    except AssetError:
        return {}


def _library(path: Path, fields: Mapping[str, Any]) -> Path:
    """Returns where the library of an asset of the catalog at `path` should be."""
    return path.parent / str(fields.get("library"))


def _brought_in(stale: Sequence[Dropped], home: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Lets a child read files; returns the catalog's fields by id, and what could not be read."""
    fresh: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    begun = [""]

    def hear(message: dict[str, Any]) -> None:
        match message["event"]:
            case "file":
                begun[0] = message["file"]
            case "asset":
                fresh[message["id"]] = message["fields"]
            case "unreadable":
                problems.append(message["reason"])

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        home = home.resolve()
        job = DropJob([asdict(item) for item in stale], str(home), str(home / CACHE))
        report = run_child(job, log, hear)
        if report["event"] != "done":
            tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-6:])
            problems.append(f"{begun[0]}: Blender gave up reading it; its last words were:\n{tail}")
    return fresh, problems


def _write(path: Path, every: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes the catalog, whole or not at all, and removes libraries that it lacks."""
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    partial.write_text(catalog_text("Made from the files in the folder above; may be deleted.", every), "utf-8")
    partial.replace(path)
    named = {fields["library"] for fields in every.values()}
    for library in path.parent.glob("*.blend"):
        if library.name not in named:
            with suppress(OSError):
                library.unlink()
