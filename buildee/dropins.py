"""Folders of a user's own assets: what is in them, and a catalog of it that Blender makes once for each file."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from buildee import run
from buildee.errors import AssetError, RecipeError
from buildee.layout import catalog
from buildee.layout.catalog import Entry
from buildee.layout.categories import CATEGORIES
from buildee.layout.dropin import asset_id, guessed_category
from buildee.recipe.sidecar import load_sidecar
from buildee.recipe.wording import unknown

CHILD = "_dropin"
"""The command that brings files in, its job being on standard input; for `run_child` alone."""

READ = (".blend", ".glb", ".gltf", ".obj", ".fbx", ".usd", ".usda", ".usdc", ".usdz", ".stl", ".ply")
"""Endings of the files that are assets; what else lies in a folder belongs to them."""

CACHE = ".buildee"
"""Folder, inside that of the user's, that keeps the catalog and the meshes; it may be deleted at any time."""

FORMAT = 1
"""Goes up when what is kept would come out otherwise, so that files are read again."""

PICTURES = (".png", ".jpg", ".jpeg", ".tga", ".tif", ".tiff", ".exr", ".hdr", ".webp", ".bmp")


@dataclass(frozen=True)
class Dropped:
    """A file that was dropped in.

    Attributes:
        file: its path.
        id: what its asset is called.
        sidecar: the YAML beside it; None without one.
        category: from the sidecar, or from names.
        content: 32 hexadecimal digits that change with the file, its sidecar, and what lies beside it under its name.
        digest: others, that also change with the pictures in the folder and the way in which files are read.
    """

    file: str
    id: str
    sidecar: str | None
    category: str
    content: str
    digest: str


@dataclass(frozen=True)
class DropJob:
    """Files to bring in, as they are told to a child process.

    Attributes:
        files: fields of `Dropped`.
        cache: folder that receives a library for each.
    """

    COMMAND: ClassVar[str] = CHILD

    files: list[dict[str, Any]]
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
    found: dict[str, Entry] = {}
    for folder in folders:
        for id, entry in catalog.load(indexed(folder, tell)).items():
            if id in found:
                raise AssetError(f"{folder}: asset '{id}' is in {found[id].library.parent.parent} too; rename one file")
            found[id] = entry
    return found


def indexed(folder: Path, tell: Callable[[str], None] = warn) -> Path:
    """Returns the catalog of a folder, brought up to date; arguments and errors as for `entries`."""
    dropped = _found(folder)
    path = folder / CACHE / catalog.FILE
    kept = kept_fields(path)
    digests = {id: fields.get("digest") for id, fields in kept.items() if _library(path, fields).is_file()}
    stale = [item for item in dropped if digests.get(item.id) != item.digest]
    if not stale and len(kept) == len(dropped):
        return path
    try:
        path.parent.mkdir(exist_ok=True)
        fresh, problems = _brought_in(stale, path.parent) if stale else ({}, [])
        _write(path, {item.id: kept[item.id] for item in dropped if item not in stale} | fresh)
    except OSError as error:
        raise AssetError(f"{path.parent}: cannot be written ({error.strerror or error})") from error
    for fields in fresh.values():
        for message in fields["warnings"]:
            tell(f"{fields['file']}: {message}")
    if problems:
        raise AssetError("\n".join(problems))
    return path


def kept_fields(path: Path) -> dict[str, dict[str, Any]]:
    """Returns the fields of a folder's catalog by id; of one that is missing or damaged, none."""
    try:
        assets = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["assets"]
        return {id: fields for id, fields in assets.items() if isinstance(fields, dict)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError):
        return {}


def _found(folder: Path) -> list[Dropped]:
    """Returns the assets of a folder in the order of their ids; all that is wrong with them is told at once."""
    if not folder.is_dir():
        raise AssetError(f"{folder}: {'is a file' if folder.exists() else 'no such folder'}; `assets:` names folders")
    paths = [path for path in sorted(folder.rglob("*")) if not any(p[0] == "." for p in path.relative_to(folder).parts)]
    files = [path for path in paths if path.suffix.lower() in READ and path.is_file()]
    if not files:
        raise AssetError(f"{folder}: holds no asset; those end in {', '.join(READ)}")
    pictures = [(p.name, p.stat().st_size) for p in paths if p.suffix.lower() in PICTURES and p.is_file()]
    ids = Counter(asset_id(path.stem) for path in files)
    found, problems = [], []
    for path in files:
        id = asset_id(path.stem)
        if ids[id] > 1:
            problems.append(f"{path}: another file here is called '{id}' too; rename one")
        elif id in catalog.load():
            problems.append(f"{path}: an asset called '{id}' ships already; rename the file")
        try:
            found.append(_dropped(path, folder, id, pictures))
        except (AssetError, RecipeError) as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{path}: cannot be read ({error.strerror or error})")
    if problems:
        raise AssetError("\n".join(problems))
    return sorted(found, key=lambda item: item.id)


def _dropped(path: Path, folder: Path, id: str, pictures: Sequence[tuple[str, int]]) -> Dropped:
    """Reads the sidecar of a file and hashes both, and pictures by name and size alone: there may be gigabytes."""
    sidecar = next((item for item in (path.with_suffix(".yaml"), path.with_suffix(".yml")) if item.is_file()), None)
    category = load_sidecar(sidecar).category
    if category is None:
        category = guessed_category([path.stem, *path.relative_to(folder).parts[-2::-1]])
    if category not in CATEGORIES:
        raise AssetError(f"{sidecar}: {unknown('category', category, list(CATEGORIES))}")
    content = hashlib.blake2b(digest_size=16)
    for item in sorted(path.parent.glob("*")):  # such as the .mtl of an .obj, the .bin of a .gltf
        if item.stem == path.stem and item.is_file() and item.suffix.lower() not in PICTURES:
            with item.open("rb") as file:
                while piece := file.read(1 << 20):
                    content.update(piece)
    key = repr((FORMAT, id, category, pictures, content.hexdigest()))
    digest = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    beside = str(sidecar.resolve()) if sidecar else None
    return Dropped(str(path.resolve()), id, beside, category, content.hexdigest(), digest)


def _library(path: Path, fields: Mapping[str, Any]) -> Path:
    """Returns where the library of an asset of the catalog at `path` should be."""
    return path.parent / str(fields.get("library"))


def _brought_in(stale: Sequence[Dropped], cache: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
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
                problems.append(f"{message['file']}: {message['reason']}")

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        report = run.run_child(DropJob([asdict(item) for item in stale], str(cache.resolve())), log, hear)
        if report["event"] != "done":
            tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-6:])
            problems.append(f"{begun[0]}: Blender gave up reading it; its last words were:\n{tail}")
    return fresh, problems


def _write(path: Path, every: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes the catalog as `CatalogFile` reads it, whole or not at all, and removes libraries that it lacks."""
    blocks = [
        f"  {id}:\n{textwrap.indent(yaml.safe_dump(dict(every[id]), sort_keys=False, allow_unicode=True), '    ')}"
        for id in sorted(every)
    ]
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    partial.write_text(
        "# Made from the files in the folder above; may be deleted.\nassets:\n" + "".join(blocks), "utf-8"
    )
    partial.replace(path)
    named = {fields["library"] for fields in every.values()}
    for library in path.parent.glob("*.blend"):
        if library.name not in named:
            with suppress(OSError):
                library.unlink()
