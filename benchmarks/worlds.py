"""The promises of the construction site, measured: `python -m benchmarks.worlds [--seeds N] [--built M] [--keep]`.

- N seeds of the default recipe, and a sixth as many of every other of the world, are planned and inspected: no
  interpenetration of proxies beyond 1 mm, nothing floats (5 mm), the road from the gate is free, people stand on
  walkable ground;
- M of them are built and inspected again on the evaluated triangles;
- planned in <= 1 s and built in <= 6 s, with >= 3 000 parts and >= 2 million triangles; <= 2.5 GB when rendering;
- planning and building take <= 20 % of the time of rendering the default clip at standard quality;
- the time of planning grows in proportion to the number of parts.

The last line is the summary; exit 1 if a number is missed. `--keep` writes the result into docs/worlds/.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measure import Promise, report
from benchmarks.record import keep, table
from buildee.errors import PlacementError
from buildee.generators.construction_site import decide
from buildee.generators.construction_site.inspection import inspect
from buildee.recipe import load
from buildee.resources import shipped

WORLD = "construction_site"
RECIPES = (
    "construction_site",
    "site_drone_survey",
    "site_night",
    "site_after_rain",
    "site_cctv_timelapse",
    "site_tracks_long",
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "worlds" / f"{WORLD}.md"
OTHERS = 6
"""Of the other recipes, which vary the same site, a site is inspected for so many of the default one."""

FRAMES = 3
"""So many frames of every clip are inspected: its motion at the start."""

EMBEDDED = frozenset(
    frozenset(pair)
    for pair in (
        ("starter_bar", "column"),
        ("starter_bar", "core_wall"),
        ("starter_bar", "slab"),
        ("starter_bar", "footing"),
        ("formwork", "formwork_prop"),
        ("column",),
        ("column", "beam"),
        ("column", "slab"),
        ("column", "steel_section"),
        ("column", "formwork"),
        ("slab", "stairs"),
        ("rebar_cage",),
        ("formwork", "steel_section"),
        ("sheet_pile", "steel_section"),
        ("worker", "tool"),
        ("worker", "bucket"),
        ("worker", "pipe"),
        ("worker", "timber_stack"),
        ("worker", "excavator"),
        ("worker", "dump_truck"),
        ("worker", "wheel_loader"),
        ("worker", "concrete_mixer"),
        ("worker", "telehandler"),
        ("scaffold", "insulation"),
        ("scaffold", "facade_panel"),
        ("scaffold", "masonry_wall"),
        ("worker", "wheelbarrow"),
        ("fence",),
        ("fence", "hoarding"),
        ("fence", "sign"),
        ("hoarding",),
        ("building",),
    )
)
"""What lies in each other by nature: bars in concrete and bars tied to bars, stairs cast with slabs, bolts in flanges,
gussets on steel columns and decking notched around them, studs through decking, angles over sheet piles, forkheads
around beams, hands around tools and boards, operators in their seats, scaffold ties in walls, clamps around fences,
posts shared by panels of a hoarding, party walls."""

CUT = 5e-3
"""How deep evaluated triangles may lie in another thing, metres: rounded edges and rough surfaces touch no flatter."""


def main() -> int:
    """Runs every measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="sites to inspect (default: %(default)s)")
    parser.add_argument("--built", type=int, default=2, help="how many of them to build as well (default: %(default)s)")
    parser.add_argument("--keep", action="store_true", help="write the result into docs/worlds/")
    options = parser.parse_args()
    sound, promises = soundness(options.seeds), []
    wrong = sum(row[2] + row[3] for row in sound)
    planned = sum(row[1] for row in sound)
    promises.append(Promise(f"findings on {planned} sites of {len(sound)} recipes", wrong, 0))
    promises.append(Promise(f"findings on the triangles of {options.built} sites", built_findings(options.built), 0))
    promises += [*speed(), growth()]
    if options.keep:
        _keep(sound, promises)
    return report("worlds", promises)


def soundness(seeds: int) -> list[tuple[str, int, int, int, float]]:
    """Plans and inspects; returns a row a recipe: name, seeds, refused, findings, median plan time in seconds."""
    rows = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for recipe in RECIPES:
            refused, findings, seconds = 0, 0, []
            count = seeds if recipe == WORLD else -(-seeds // OTHERS)
            for seed, (found, took) in enumerate(pool.map(_inspected, [recipe] * count, range(count), chunksize=4)):
                for finding in found:
                    print(f"{recipe}, seed {seed}: {finding}")
                refused += took is None
                findings += len(found) if took is not None else 0
                seconds += [] if took is None else [took]
            rows.append((recipe, count, refused, findings, float(np.median(seconds))))
            print(f"{recipe}: {count} seeds, {refused} refused, {findings} findings, plan {rows[-1][4]:.2f} s")
    return rows


def _inspected(name: str, seed: int) -> tuple[list[str], float | None]:
    """Returns what is wrong with a site, and how long planning took; None when it was refused."""
    recipe = load(shipped(name)).override(seed=seed)
    index = seed % recipe.scenes  # a series shows its phases in turn
    resolved = recipe.resolve(index)
    shot = replace(resolved.shot, frames=min(resolved.frames.count, FRAMES))
    started = _processor_seconds()
    try:
        site = decide(resolved.scene, shot, recipe.scene_seed(index).child("plan"))
    except PlacementError as error:
        return [f"refused: {error}"], None
    took = _processor_seconds() - started
    return inspect(site.layout, site.plot, site.ground), took


def built_findings(count: int) -> int:
    """Builds sites and returns how many findings their evaluated triangles give."""
    total = 0
    for seed in range(count):
        command = [sys.executable, "-c", _BUILT.format(seed=seed, cut=CUT)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(run.stdout.splitlines()[-1])
        for finding in found:
            print(f"{WORLD}, seed {seed}, built: {finding}")
        total += len(found)
    return total


_BUILT = """
import json, os
from benchmarks.evaluated import findings
from benchmarks.worlds import EMBEDDED
from buildee import load, plan, shipped
from buildee.generators.construction_site.inspection import HANGING
layout = plan(load(shipped("construction_site")).override(seed={seed}, frames=1), 0)
found = findings(layout, EMBEDDED, HANGING, {cut})
print(json.dumps(found), flush=True)
os._exit(0)
"""


def speed() -> list[Promise]:
    """Renders two frames of the default recipe at standard quality; returns its promises."""
    from benchmarks.calibration import calibration_step  # Blender stays out of the processes that plan

    recipe = load(shipped(WORLD))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        command = [sys.executable, "-m", "buildee", "render", WORLD, "-o", str(out), "--no-preview"]
        subprocess.run([*command, "--frames", "2", "--quality", "standard"], check=True, stdout=subprocess.DEVNULL)
        scene = json.loads((out / "scenes" / "000000" / "scene.json").read_text())
    timings, resolved = scene["timings"], recipe.resolve(0)
    pictures = resolved.frames.count * len(resolved.cameras)
    clip = timings["cycles"] / len(scene["audit"]["frames"]) * pictures
    step = calibration_step()
    print(
        f"calibration step {step:.3f} s: plan {timings['plan'] / step:.1f}, build {timings['build'] / step:.1f} steps"
    )
    rows, triangles = _size()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9
    return [
        Promise("parts of the default site", rows, 3000, at_least=True),
        Promise("triangles of the default site", triangles / 1e6, 2.0, "million", at_least=True),
        Promise("plan", timings["plan"], 1.0, "s"),
        Promise("build", timings["build"], 6.0, "s"),
        Promise("plan and build over rendering the default clip", (timings["plan"] + timings["build"]) / clip, 0.2),
        Promise("largest process when rendering", memory, 2.5, "GB"),
    ]


def _size() -> tuple[int, int]:
    """Returns how many parts and evaluated triangles the default site has, copies counted each."""
    code = """
import json, os
import numpy as np
from buildee import build, load, plan, shipped
from buildee.blender.context import fresh_scene
from buildee.blender.surface import SurfaceReader
layout = plan(load(shipped("construction_site")).override(frames=1), 0)
built = build(layout, fresh_scene())
surface = SurfaceReader(built.scene).read(1)
size = np.array([len(mesh.triangles) for mesh in surface.meshes])
print(json.dumps([len(built.rows.part_name), int(size[surface.copy_mesh].sum())]), flush=True)
os._exit(0)
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    rows, triangles = json.loads(run.stdout.splitlines()[-1])
    return rows, triangles


def growth() -> Promise:
    """Plans sites of growing size; returns the exponent with which time grows with the number of parts."""
    recipe = load(shipped(WORLD))
    resolved = recipe.resolve(0)
    shot, scene = replace(resolved.shot, frames=2, cameras=()), resolved.scene
    parts, seconds = [], []
    for storeys in (4, 8, 16):
        larger = replace(scene, building=replace(scene.building, storeys=storeys, system="concrete", progress=0.65))
        best = np.inf
        for _ in range(3):
            started = _processor_seconds()
            site = decide(larger, shot, recipe.scene_seed(0).child("plan"))
            best = min(best, _processor_seconds() - started)
        count = Counter(len(item.parts) for item in site.layout.instances)
        parts.append(sum(size * times for size, times in count.items()))
        seconds.append(best)
        print(f"{storeys} storeys: {parts[-1]} parts of instances planned in {best:.2f} s")
    slope = np.polyfit(np.log(parts), np.log(seconds), 1)[0]
    return Promise("growth of planning time with parts (1 is linear)", float(slope), 1.1)


def _processor_seconds() -> float:
    """Returns the processor time of this process, which other work on the machine does not change."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _keep(sound: list[tuple[str, int, int, int, float]], promises: list[Promise]) -> None:
    """Writes the result into the world's page."""
    rows = [(name, seeds, refused, findings, f"{seconds:.2f} s") for name, seeds, refused, findings, seconds in sound]
    text = table(("Recipe", "Seeds", "Refused", "Findings", "Median time to plan"), rows)
    kept = [(promise.name, f"{promise.value:.3g} {promise.unit}".strip(), _limit(promise)) for promise in promises]
    keep(PAGE, "worlds", f"{text}\n\n{table(('Number', 'Measured', 'Promised'), kept)}")


def _limit(promise: Promise) -> str:
    return f"{'at least' if promise.at_least else 'at most'} {promise.limit:g} {promise.unit}".strip()


if __name__ == "__main__":
    sys.exit(main())
