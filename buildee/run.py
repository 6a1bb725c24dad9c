"""Renders a recipe: every scene in a child process of its own, so that a crash costs one scene."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from buildee import dropins
from buildee.children import run_child
from buildee.dataset.folder import abandon, create_dataset, record_failure
from buildee.errors import AssetError, Problem, RecipeError
from buildee.generators import WORLDS
from buildee.layout import catalog
from buildee.layout.catalog import Entry
from buildee.layout.categories import CATEGORIES
from buildee.layout.material import Picture
from buildee.layout.pictures import textures
from buildee.layout.public_labels import public_names
from buildee.layout.scene import AssetMesh, Layout
from buildee.recipe import LoadedRecipe, Recipe
from buildee.recipe.location import locating
from buildee.recipe.tracks import most_points
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, complete
from buildee.truth.flow import flow_plan

CHILD = "_scene"
"""The command that makes one scene, its job being on standard input; for `run_child` alone."""

SAMPLES = {"draft": 16, "standard": 64, "high": 256}
"""Samples per pixel of the quality presets. OIDN at 16 is as good as about 45 raw."""

COMPRESSION = 0.67
"""Stored over raw bytes of annotations, measured on the default recipe."""

CLOUD_POINT = 50
"""Bytes of a point of the cloud; each camera adds one a frame."""

PIXEL_SAMPLES_PER_SECOND = 0.18e6
"""Cycles on two cores, measured on the default recipe."""


@dataclass(frozen=True)
class Job:
    """One scene to make, as it is told to a child process.

    Attributes:
        recipe: path of the recipe file.
        overrides: command-line values in place of the recipe's.
        hash: what the recipe must still hash to when the child reads it.
        index: number of the scene.
        out: the dataset's folder.
    """

    COMMAND: ClassVar[str] = CHILD

    recipe: str
    overrides: dict[str, Any]
    hash: str
    index: int
    out: str

    @staticmethod
    def of(recipe: LoadedRecipe, index: int, out: Path) -> Job:
        """Returns the job of one scene of a recipe that was read from a file."""
        return Job(str(Path(recipe.path).resolve()), dict(recipe.overrides), recipe.hash, index, str(out.resolve()))


@dataclass
class Outcome:
    """What came of a run.

    Attributes:
        out: the dataset's folder.
        made: scenes made in this run.
        failed: reason by scene.
        kept: how many scenes were there before.
        reports: what each made scene says of itself (timings, audit, device).
    """

    out: Path
    made: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    kept: int = 0
    reports: dict[int, dict[str, Any]] = field(default_factory=dict)


def render(
    recipe: LoadedRecipe, out: str | Path, tell: Callable[[dict[str, Any]], None] = lambda message: None
) -> Outcome:
    """Renders the scenes of a recipe that a dataset still lacks.

    Args:
        recipe: a recipe read from a file.
        out: the dataset's folder; new, empty, or begun with the same recipe.
        tell: receives the messages of the children: stages, steps done, errors.

    Raises:
        OutputError: if the folder cannot be used.
        RecipeError: if the recipe was read from text.
        PlacementError, AssetError: if the first scene cannot even be planned, or a library of its assets is missing.
    """
    out = Path(out)
    if recipe.path is None:
        raise RecipeError([Problem(recipe.name, "", "was read from text; write it to a file, which the children read")])
    _refuse_missing_assets(plan(recipe, 0))  # what cannot be made is refused before anything is written
    missing = create_dataset(out, recipe.text, recipe.hash, _label_rows(), recipe.scenes)
    outcome = Outcome(out, kept=recipe.scenes - len(missing))
    logs = out / "logs"
    logs.mkdir(exist_ok=True)
    for index in missing:
        tell({"event": "scene", "index": index, "of": recipe.scenes})
        try:
            report = run_child(Job.of(recipe, index, out), logs / f"{index:06d}.log", tell)
        except OSError as error:  # such as a log that no longer fits on the disk
            abandon(out, index)
            report = {"event": "failed", "stage": "crash", "reason": f"{error.strerror or error}"}
        except BaseException:
            abandon(out, index)
            raise
        if report["event"] == "done":
            outcome.made.append(index)
            outcome.reports[index] = report
        else:
            outcome.failed[index] = report["reason"]
            if report["stage"] == "crash":
                with suppress(OSError):  # a disk that is full cannot keep the reason; the caller has it
                    record_failure(out, index, "render", report["reason"])
    return outcome


def predicted_bytes(resolved: Recipe, layout: Layout) -> int:
    """Estimates the size of a scene on disk; maps compress to two thirds, pictures take about 1.5 bytes a pixel."""
    width, height = resolved.render.resolution
    countable = sum(len(scatter.poses) for scatter in layout.scatters if scatter.countable) + len(layout.instances)
    truth = resolved.truth
    names = {*complete(truth.annotators), "depth", "part"} & ANNOTATORS.keys() - {"flow", "flow_backward"}
    points = most_points(truth.tracks, width, height, countable)
    keypoints = sum(len(instance.keypoints or ()) for instance in layout.instances)
    frame = sum(ANNOTATORS[name].bytes_per_frame(width, height, points, countable, keypoints) for name in names)
    plan = flow_plan(truth.annotators, layout.frames, truth.flow_strides, truth.flow_pairs)
    folders = [folder for ends in plan for folders in ends.values() for folder in folders]
    flow, scene_flow = (PAIR_ANNOTATORS[name].bytes_per_pair(width, height) for name in ("flow_pairs", "scene_flow"))
    pairs = sum(scene_flow if folder == "scene_flow" else flow for folder in folders)
    pictures = layout.frames * (frame * COMPRESSION + 1.5 * width * height)
    cloud = truth.cloud_points * (CLOUD_POINT + len(layout.cameras) * layout.frames)
    return int(len(layout.cameras) * (pictures + pairs * COMPRESSION) + cloud)


def predicted_seconds(resolved: Recipe, layout: Layout) -> float:
    """Estimates the time of a scene on two processor cores; a GPU is many times faster."""
    width, height = resolved.render.resolution
    samples = resolved.render.samples or SAMPLES[resolved.render.quality]
    pictures = layout.frames * len(layout.cameras)
    return 15.0 + pictures * (1.0 + width * height * samples / PIXEL_SAMPLES_PER_SECOND)


def plan(recipe: LoadedRecipe, index: int) -> Layout:
    """Decides one scene of a recipe, without Blender.

    Raises:
        PlacementError: if the scene cannot be laid out; says where in the recipe.
        AssetError: if the catalog lacks an asset.
    """
    if not recipe.series:
        return _planned(recipe, index)
    middle = _planned(recipe, recipe.scenes // 2)
    return replace(_planned(recipe, index, with_cameras=False), cameras=middle.cameras)


def _planned(recipe: LoadedRecipe, index: int, with_cameras: bool = True) -> Layout:
    """Decides one scene by itself."""
    resolved = recipe.resolve(index)
    shot = resolved.shot if with_cameras else replace(resolved.shot, cameras=())
    _keep_freed_memory()
    with locating(recipe), _collection_paused(), catalog.extended(_dropped_in(recipe)):
        return WORLDS[recipe.world].plan(resolved.scene, shot, recipe.scene_seed(index).child("plan"))


def _dropped_in(recipe: LoadedRecipe) -> Mapping[str, Entry]:
    """Returns the assets in the folders that a recipe names, read by Blender if they are new."""
    if not recipe.values["assets"]:
        return {}
    base = recipe.path.parent if recipe.path else Path()
    return dropins.entries([base / name for name in recipe.values["assets"]])


def _keep_freed_memory() -> None:
    """Has glibc keep the memory of arrays that are freed for those that follow.

    It takes blocks as large as the largest one freed so far, 32 MiB at most, from its heap and not from the system, and
    gives nothing back below twice that. New pages cost more than most of what planning does with them.
    """
    np.empty(31 * 2**20, np.uint8)  # freed at once, and never touched


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Keeps Python from searching for cyclic garbage: planning makes a great many objects and next to no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _refuse_missing_assets(layout: Layout) -> None:
    """Raises AssetError if a .blend library that the layout needs is not there."""
    for library, asset in sorted({(item.library, item.asset) for item in _brought_by_assets(layout)}):
        if not library.is_file():
            raise AssetError(f"{library}: the library of asset '{asset}' is missing; get it again, or bake it")


def licences(layout: Layout) -> dict[str, list[str]]:
    """Returns the ids of the assets in a layout by the licence under which they may be used."""
    assets = sorted({(item.licence, item.asset) for item in _brought_by_assets(layout)})
    return {licence: [asset for _, asset in group] for licence, group in groupby(assets, itemgetter(0))}


def _brought_by_assets(layout: Layout) -> list[AssetMesh | Picture]:
    """Returns the meshes and pictures of assets that a layout needs."""
    sky = layout.sky.picture if layout.sky is not None else None
    meshes = [shape for shape in layout.shapes.values() if isinstance(shape, AssetMesh)]
    return [*meshes, *textures(layout), *([sky] if sky is not None else [])]


def _label_rows() -> list[dict[str, object]]:
    """Returns the category table as rows for labels.json."""
    rows = sorted(CATEGORIES.values(), key=lambda item: item.id)
    return [asdict(category) | public_names(category) for category in rows]
