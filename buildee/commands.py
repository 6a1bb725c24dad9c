"""What the commands of the command line do; each takes the parsed options and returns the exit status."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from buildee import doctor as diagnosis
from buildee import run
from buildee.errors import OutputError
from buildee.generators import WORLDS
from buildee.layout.canonical import layout_hash
from buildee.layout.rows import rows
from buildee.recipe import LoadedRecipe, load
from buildee.resources import folder, shipped
from buildee.status import Status


def init(options: argparse.Namespace) -> int:
    """Writes a copy of the shipped recipe of a world."""
    source = shipped(options.world)
    if options.path.exists():
        raise OutputError(f"{options.path}: exists already and is kept; name another file")
    if not options.path.parent.is_dir():
        raise OutputError(f"{options.path}: the folder {options.path.parent} does not exist")
    schema = (folder("recipes") / "schema" / f"{options.world}.json").resolve()
    text = source.read_text("utf-8").replace(f"$schema=schema/{options.world}.json", f"$schema={schema.as_uri()}")
    options.path.write_text(text, "utf-8")
    print(f"wrote {options.path}; next: buildee render {options.path} -o out")
    return 0


def validate(options: argparse.Namespace) -> int:
    """Checks a recipe; all problems are listed at once."""
    recipe = _recipe(options)
    told = {"ok": True, "world": recipe.world, "scenes": recipe.scenes, "seed": recipe.seed, "hash": recipe.hash}
    _say(options, told, f"ok: {recipe.world}, {recipe.scenes} scene(s), seed {recipe.seed}, hash {recipe.hash}")
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
    _say(options, told, "\n".join(lines))
    return 0


def build(options: argparse.Namespace) -> int:
    """Builds a scene and saves it as a .blend."""
    recipe = _recipe(options)
    if options.output.suffix != ".blend":
        raise OutputError(f"{options.output}: name a file that ends in .blend")
    if options.output.exists():
        raise OutputError(f"{options.output}: exists already and is kept; name another file")
    if not options.output.parent.is_dir():
        raise OutputError(f"{options.output}: the folder {options.output.parent} does not exist")
    layout = run.plan(recipe, options.scene)
    from buildee.blender.produce import save_blend

    save_blend(layout, recipe.resolve(options.scene), options.output)
    print(f"wrote {options.output}: open it in Blender")
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
        told["gallery"] = str(_gallery(outcome.out))
        lines.append(f"pictures: {told['gallery']}")
    _say(options, told, "\n".join(lines))
    return 3 if outcome.failed else 0


def preview(options: argparse.Namespace) -> int:
    """Writes the gallery of a dataset."""
    print(_gallery(options.dataset))
    return 0


def check(options: argparse.Namespace) -> int:
    """Validates a dataset; the last line is the verdict."""
    from buildee.dataset.check import check as checked

    report = checked(options.dataset)
    _say(options, report.plain(), str(report))
    return 0 if report.ok else 1


def describe(options: argparse.Namespace) -> int:
    """Explains a world or a field."""
    from buildee.recipe.document import describe as described

    first, _, rest = (options.topic or "").partition(".")
    text = described(rest, first) if first in WORLDS else described(options.topic or "")
    _say(options, {"topic": options.topic, "text": text}, text)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Says whether this machine can render; exit 1 when it cannot."""
    findings = diagnosis.examine()
    told = {"ok": all(finding.ok for finding in findings), "findings": [vars(finding) for finding in findings]}
    _say(options, told, "\n".join(str(finding) for finding in findings))
    return 0 if told["ok"] else 1


def scene(options: argparse.Namespace) -> int:
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


def _gallery(dataset: Path) -> Path:
    """Writes the gallery, which needs Pillow."""
    try:
        from buildee.preview import gallery
    except ImportError as error:
        raise OutputError(
            f"the gallery needs Pillow ({error}); add --no-preview, or run `buildee preview` in Python"
        ) from error
    return gallery(dataset)


def _say(options: argparse.Namespace, told: dict[str, Any], text: str) -> None:
    """Prints JSON when programs read, prose when people do."""
    print(json.dumps(told, indent=1) if getattr(options, "json", False) else text)
