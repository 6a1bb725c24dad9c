"""What the commands of the command line do; each takes the parsed options and returns the exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from buildee import doctor as diagnosis
from buildee import run
from buildee.blend_file import FileJob, annotate_file
from buildee.built_file import FrameJob
from buildee.errors import AssetError, BuildeeError, OutputError
from buildee.generators import WORLDS
from buildee.layout.canonical import layout_hash
from buildee.layout.rows import rows
from buildee.recipe import LoadedRecipe, load
from buildee.recipe.location import locating
from buildee.recipe.wording import closest, unknown
from buildee.resources import folder, shipped
from buildee.status import Status


def init(options: argparse.Namespace) -> int:
    """Writes a copy of the shipped recipe of a world."""
    if options.world not in WORLDS:
        raise AssetError(unknown("world", options.world, list(WORLDS)))
    source = shipped(options.world)
    _refuse_taken(options.path)
    schema = (folder("recipes") / "schema" / f"{options.world}.json").resolve()
    text = source.read_text("utf-8").replace(f"$schema=schema/{options.world}.json", f"$schema={schema.as_uri()}")
    options.path.write_text(text, "utf-8")
    _print(f"wrote {options.path}; next: buildee render {options.path} -o out")
    return 0


def validate(options: argparse.Namespace) -> int:
    """Checks a recipe; all problems are listed at once."""
    recipe = _recipe(options)
    told = {"ok": True, "world": recipe.world, "scenes": recipe.scenes, "seed": recipe.seed, "hash": recipe.hash}
    say(options, told, f"ok: {recipe.world}, {recipe.scenes} scene(s), seed {recipe.seed}, hash {recipe.hash}")
    return 0


def plan(options: argparse.Namespace) -> int:
    """Decides a scene without rendering and says what it would cost."""
    recipe = _recipe(options)
    resolved = recipe.resolve(options.scene)
    started = time.perf_counter()
    layout = run.plan(recipe, options.scene)
    seconds = time.perf_counter() - started
    numbered = rows(layout)
    counts = Counter(numbered.instance_category)
    told = {
        "hash": layout_hash(layout),
        "plan_seconds": round(seconds, 3),
        "parts": len(numbered.part_name),
        "instances": len(numbered.instance_name),
        "copies": sum(len(scatter.poses) for scatter in layout.scatters),
        "categories": dict(sorted(counts.items())),
        "frames": layout.frames * len(layout.cameras),
        "bytes": run.predicted_bytes(resolved, layout),
        "render_seconds": round(run.predicted_seconds(resolved, layout)),
        "facts": dict(layout.facts),
    }
    lines = [
        f"layout {told['hash']} (planned in {seconds:.2f} s)",
        f"{told['instances']} instances of {len(counts)} categories, {told['parts']} parts, {told['copies']} scattered",
        ", ".join(f"{count} {name}" for name, count in counts.most_common()),
        f"{told['frames']} pictures, about {told['bytes'] / 1e6:.0f} MB and {told['render_seconds']} s a scene",
    ]
    say(options, told, "\n".join(lines))
    return 0


def build(options: argparse.Namespace) -> int:
    """Builds a scene and saves it as a .blend."""
    recipe = _recipe(options)
    if options.output.suffix != ".blend":
        raise OutputError(f"{options.output}: name a file that ends in .blend")
    _refuse_taken(options.output)
    layout = run.plan(recipe, options.scene)
    from buildee.blender.produce import save_blend

    try:
        with locating(recipe):
            save_blend(layout, recipe.resolve(options.scene), options.output)
    except RuntimeError as error:  # how Blender says that a file cannot be written
        raise OutputError(f"{options.output}: cannot be written ({str(error).strip()})") from error
    _print(f"wrote {options.output}: open it in Blender")
    return 0


def render(options: argparse.Namespace) -> int:
    """Renders the scenes that the dataset lacks, then writes the gallery."""
    recipe = _recipe(options)
    with Status() as status:
        outcome = run.render(recipe, options.output, status.tell)
    told: dict[str, Any] = {
        "output": str(outcome.out),
        "made": outcome.made,
        "kept": outcome.kept,
        "failed": {str(index): reason for index, reason in outcome.failed.items()},
        "scenes": {str(index): report["summary"] for index, report in outcome.reports.items()},
    }
    lines = [f"scene {index}: {report['summary']['text']}" for index, report in outcome.reports.items()]
    lines += [f"scene {index} FAILED: {reason}" for index, reason in outcome.failed.items()]
    lines.append(f"{len(outcome.made)} scene(s) rendered, {outcome.kept} kept, {len(outcome.failed)} failed")
    if not options.no_preview and (outcome.made or outcome.kept):
        _add_gallery(outcome.out, told, lines)
    say(options, told, "\n".join(lines))
    return 3 if outcome.failed else 0


def preview(options: argparse.Namespace) -> int:
    """Writes the gallery of a dataset."""
    _print(str(_gallery(options.dataset)))
    return 0


def check(options: argparse.Namespace) -> int:
    """Validates a dataset; the last line is the verdict."""
    from buildee.dataset.check import check as checked

    report = checked(options.dataset)
    say(options, report.plain(), str(report))
    return 0 if report.ok else 1


def describe(options: argparse.Namespace) -> int:
    """Explains a world or a field."""
    from buildee.recipe.document import describe as described

    topic = options.topic or ""
    first, _, rest = topic.partition(".")
    if first in WORLDS:
        text = described(rest, first)
    elif (world := closest(first, WORLDS)) is not None:
        raise AssetError(f"unknown world {first!r}, did you mean {world!r}?")
    else:
        text = described(topic)
    if not rest and (not topic or first in WORLDS):
        text += "\n" + "\n".join(f"world {name}: {WORLDS[name].description}" for name in ([first] if first else WORLDS))
    say(options, {"topic": options.topic, "text": text}, text)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Says whether this machine can render; exit 1 when it cannot."""
    findings = diagnosis.examine()
    told = {"ok": all(finding.ok for finding in findings), "findings": [vars(finding) for finding in findings]}
    say(options, told, "\n".join(str(finding) for finding in findings))
    return 0 if told["ok"] else 1


def annotate(options: argparse.Namespace) -> int:
    """Annotates a .blend of the user's own, then writes the gallery."""
    flags = {
        "frames": tuple(options.frames) if options.frames else None,
        "resolution": tuple(options.resolution) if options.resolution else None,
        "samples": options.samples,
        "rgb": False if options.no_rgb else None,
    }
    with Status() as status:
        outcome = annotate_file(options.blend, options.labels, options.output, status.tell, **flags)
    told: dict[str, Any] = {"output": str(outcome.out), "made": outcome.made, "kept": outcome.kept}
    lines = [report["summary"]["text"] for report in outcome.reports.values()] or ["was annotated already"]
    told["summary"] = lines[0]
    if not options.no_preview:
        _add_gallery(outcome.out, told, lines)
    say(options, told, "\n".join(lines))
    return 0


def annotate_child() -> int:
    """Annotates a file as the child of `annotate`; the job comes on standard input as JSON."""
    from buildee.blender.produce_file import produce_file

    return produce_file(FileJob(**json.load(sys.stdin)))


def frame_child() -> int:
    """Films a frame of a file; the job comes on standard input as JSON."""
    from buildee.blender.produce_frame import produce_frame

    return produce_frame(FrameJob(**json.load(sys.stdin)))


def scene() -> int:
    """Makes one scene as the child of a rendering run; the job comes on standard input as JSON."""
    from buildee.blender.produce import produce

    return produce(run.Job(**json.load(sys.stdin)))


def _recipe(options: argparse.Namespace) -> LoadedRecipe:
    """Reads the recipe that the options name and puts their values in place of its own."""
    path = options.recipe
    if not path.exists() and path.suffix == "" and path.parent == Path():
        path = shipped(path.name)
    flags = {name: getattr(options, name) for name in ("frames", "quality", "samples", "seed", "scenes")}
    size = tuple(options.resolution) if options.resolution else None
    return load(path).override(resolution=size, **flags)


def _add_gallery(out: Path, told: dict[str, Any], lines: list[str]) -> None:
    """Writes the gallery and says where it is, or why it could not be written."""
    try:
        told["gallery"] = str(_gallery(out))
        lines.append(f"pictures: {told['gallery']}")
    except (BuildeeError, OSError) as error:  # the dataset is there all the same
        told["gallery_error"] = str(error)
        lines.append(f"no gallery: {error}")


def _gallery(dataset: Path) -> Path:
    """Writes the gallery."""
    from buildee.preview import gallery

    return gallery(dataset)


def say(options: argparse.Namespace, told: dict[str, Any], text: str) -> None:
    """Prints JSON when programs read, prose when people do."""
    _print(json.dumps(told, indent=1) if getattr(options, "json", False) else text)


def _print(text: str) -> None:
    """Prints to standard output; nobody reading it any more, as behind `| head -1`, is no failure."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python flushes once more when it ends and would complain then (docs.python.org/3/library/signal.html).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_taken(path: Path) -> None:
    """Refuses a file that exists, or whose folder does not or cannot be written."""
    if path.exists():
        raise OutputError(f"{path}: exists already and is kept; name another file")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputError(f"{path}: the folder {path.parent} cannot be written; name another")
