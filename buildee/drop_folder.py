"""What is in a folder of the user's: which files are assets, what sidecars say of them, and what cannot be used."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from buildee import picture_files
from buildee.errors import AssetError, RecipeError
from buildee.layout import catalog
from buildee.layout.categories import CATEGORIES
from buildee.layout.dropin import asset_id, guessed_category
from buildee.layout.pictures import PANORAMA, TEXTURE
from buildee.picture_files import PictureSet, picture_sets, problems_of
from buildee.recipe.sidecar import PictureSidecar, load_sidecar, refuse
from buildee.recipe.wording import unknown

READ = (".blend", ".glb", ".gltf", ".obj", ".fbx", ".usd", ".usda", ".usdc", ".usdz", ".stl", ".ply")
"""Endings of the files that are models; pictures beside them belong to them."""

FORMAT = 3
"""Goes up when what is kept would come out otherwise, so that files are read again."""

PICTURES = (".png", ".jpg", ".jpeg", ".tga", ".tif", ".tiff", ".exr", ".hdr", ".webp", ".bmp")


@dataclass(frozen=True)
class Dropped:
    """A file that was dropped in.

    Attributes:
        file: its path; of a texture, that of its colour.
        id: what its asset is called.
        sidecar: the YAML beside it; None without one.
        category: of a model from the sidecar, or from names; else what kind of picture it is.
        content: 32 hexadecimal digits that change with the file, its sidecar, and what lies beside it under its name.
        digest: others, that also change with the pictures in a model's folder and the way in which files are read.
        maps: files of a texture or panorama, by what they are of.
    """

    file: str
    id: str
    sidecar: str | None
    category: str
    content: str
    digest: str
    maps: dict[str, str] = field(default_factory=dict)


def found(folder: Path) -> list[Dropped]:
    """Returns the assets of a folder in the order of their ids; all that is wrong with them is told at once."""
    models, pictures = _files(folder)
    loose, _ = _loose_sets(pictures, models)
    if not models and not loose:
        raise AssetError(
            f"{folder}: holds no asset, as `assets:` wants; those end in {', '.join((*READ, *picture_files.READ))}"
        )
    sizes = [(path.name, path.stat().st_size) for path in pictures]
    names = [(path, path.stem, path) for path in models] + [(one.leading, one.name, one) for one in loose]
    ids = Counter(asset_id(name) for _, name, _ in names)
    dropped, problems = [], []
    for path, name, what in names:
        id = asset_id(name)
        if ids[id] > 1:
            problems.append(f"{path}: another file here is called '{id}' too; rename one")
        elif id in catalog.load():
            problems.append(f"{path}: an asset called '{id}' ships already; rename the file")
        try:
            if isinstance(what, Path):
                dropped.append(_model(what, folder, id, sizes))
            else:
                dropped.append(_picture(what, folder, id))
        except (AssetError, RecipeError) as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{path}: cannot be read ({error.strerror or error})")
    if problems:
        raise AssetError("\n".join(problems))
    return sorted(dropped, key=lambda item: item.id)


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Returns the models and the pictures in a folder and in those within, without what is hidden."""
    if not folder.is_dir():
        raise AssetError(f"{folder}: {'is a file' if folder.exists() else 'no such folder'}; `assets:` names folders")
    paths = [path for path in sorted(folder.rglob("*")) if not any(p[0] == "." for p in path.relative_to(folder).parts)]
    models, pictures = (
        [path for path in paths if path.suffix.lower() in kinds and path.is_file()] for kinds in (READ, PICTURES)
    )
    return models, pictures


def _loose_sets(pictures: Sequence[Path], models: Sequence[Path]) -> tuple[list[PictureSet], list[PictureSet]]:
    """Returns the textures and skies among pictures, and what else may be textures but lies beside a model.

    Without a sidecar such pictures are taken for the model's own.
    """
    homes = {path.parent for path in models}
    taken = {path.with_suffix("") for path in models}
    found, left = [], []
    for home in sorted({path.parent for path in pictures}):
        readable = [path for path in pictures if path.parent == home and path.suffix.lower() in picture_files.READ]
        beside = home in homes or (home.name.lower() == "textures" and home.parent in homes)
        for one in picture_sets(readable):
            sidecar = _sidecar(one.leading, one.name)
            own = sidecar is not None and sidecar.with_suffix("") not in taken
            (found if own or one.panorama or not beside else left).append(one)
    return found, left


def _sidecar(path: Path, name: str) -> Path | None:
    """Returns the YAML beside a file that is called after it, or after the set that it belongs to."""
    options = [path.with_name(stem + ending) for stem in (path.stem, name) for ending in (".yaml", ".yml")]
    return next((option for option in options if option.is_file()), None)


def _model(path: Path, folder: Path, id: str, pictures: Sequence[tuple[str, int]]) -> Dropped:
    """Reads the sidecar of a model and hashes both, and pictures by name and size alone: there may be gigabytes."""
    sidecar = _sidecar(path, path.stem)
    # Such as the .mtl of an .obj, the .bin of a .gltf.
    with_it = [p for p in sorted(path.parent.glob("*")) if p.stem == path.stem and p.suffix.lower() not in PICTURES]
    content = _content(with_it, folder)
    category = load_sidecar(sidecar).category
    if category is None:
        category = guessed_category([path.stem, *path.relative_to(folder).parts[-2::-1]])
    if category not in CATEGORIES:
        refuse(sidecar, {"category": unknown("category", category, list(CATEGORIES))})
    digest = _digest(FORMAT, id, category, pictures, content)
    return Dropped(str(path.resolve()), id, _told(sidecar), category, content, digest)


def _picture(pictures: PictureSet, folder: Path, id: str) -> Dropped:
    """Reads the sidecar of a texture or panorama and hashes it and its files."""
    sidecar = _sidecar(pictures.leading, pictures.name)
    content = _content([*pictures.maps.values(), *([sidecar] if sidecar else [])], folder)
    problems = problems_of(pictures)
    try:
        load_sidecar(sidecar, PictureSidecar)
    except RecipeError as error:
        problems.append(str(error))
    if problems:
        raise AssetError("\n".join(problems))
    category = PANORAMA if pictures.panorama else TEXTURE
    maps = {kind: str(path.resolve()) for kind, path in pictures.maps.items()}
    digest = _digest(FORMAT, id, category, sorted(pictures.maps), content)
    return Dropped(str(pictures.leading.resolve()), id, _told(sidecar), category, content, digest, maps)


def _content(files: Sequence[Path], folder: Path) -> str:
    """Returns a digest of what is in some files.

    Raises:
        AssetError: one of them is a link out of the folder.
    """
    content = hashlib.blake2b(digest_size=16)
    for path in files:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise AssetError(f"{path}: leads out of the folder; put a copy in its place")
        if path.is_file():
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    content.update(piece)
    return content.hexdigest()


def _digest(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def _told(sidecar: Path | None) -> str | None:
    return str(sidecar.resolve()) if sidecar else None


def left_out(folder: Path) -> list[str]:
    """Returns a line about the pictures in a folder that are taken for those of models, if there are any."""
    names = sorted(one.leading.name for one in _loose_sets(*_files(folder)[::-1])[1])
    if not names:
        return []
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return [f"{folder}: {', '.join(names[:4])}{more} taken for a model's own; a sidecar makes one a texture by itself"]
