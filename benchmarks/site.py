"""The promises of the construction site.

- N seeds of the default recipe, and a sixth as many of every other of the world, are planned and inspected: no
  interpenetration of proxies beyond 1 mm, nothing floats (5 mm), the road from the gate is free, people stand on
  walkable ground;
- M of them are built and inspected again on the evaluated triangles;
- planned in <= 1 s (the first scene of a process, its modules imported) and built in <= 6 s, with >= 3 000 parts and
  >= 2 million triangles; <= 2.5 GB when rendering;
- planning and building take <= 20 % of the time of rendering the default clip at standard quality;
- the time of planning grows in proportion to the number of parts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from benchmarks.inspected import (
    Inspected,
    Measured,
    Row,
    alone,
    in_steps,
    inspected,
    processor_seconds,
    rendered,
    sound,
)
from benchmarks.measure import Promise
from buildee.errors import PlacementError
from buildee.generators.construction_site import decide
from buildee.generators.construction_site.inspection import HANGING, inspect
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


def measured(seeds: int, built: int) -> Measured:
    """Runs every measurement."""
    rows = soundness(seeds)
    triangles = Promise(f"findings on the triangles of {built} sites", built_findings(built), 0)
    return Measured(rows, [sound(rows), triangles, *speed(), growth()])


def soundness(seeds: int) -> list[Row]:
    """Plans and inspects sites of all recipes."""
    return inspected(_inspected, {name: seeds if name == WORLD else -(-seeds // OTHERS) for name in RECIPES})


def _inspected(name: str, seed: int) -> Inspected:
    """Plans and inspects a site."""
    recipe = load(shipped(name)).override(seed=seed)
    index = seed % recipe.scenes  # a series shows its phases in turn
    resolved = recipe.resolve(index)
    shot = replace(resolved.shot, frames=min(resolved.frames.count, FRAMES))
    started = processor_seconds()
    try:
        site = decide(resolved.scene, shot, recipe.scene_seed(index).child("plan"))
    except PlacementError as error:
        return [f"refused: {error}"], None
    took = processor_seconds() - started
    return inspect(site.layout, site.plot, site.ground), took


def built_findings(count: int) -> int:
    """Builds sites and returns how many findings their evaluated triangles give."""
    total = 0
    for seed in range(count):
        found = alone("benchmarks.site:on_triangles", seed)
        for finding in found:
            print(f"{WORLD}, seed {seed}, built: {finding}")
        total += len(found)
    return total


def on_triangles(seed: int) -> list[str]:
    """Builds a site; returns what its evaluated triangles show to be wrong."""
    from benchmarks.evaluated import findings
    from buildee import plan

    return findings(plan(load(shipped(WORLD)).override(seed=seed, frames=1), 0), EMBEDDED, HANGING, CUT)


def speed() -> list[Promise]:
    """Renders two frames of the default recipe at standard quality; returns its promises."""
    recipe = load(shipped(WORLD)).resolve(0)
    scene, memory = rendered(WORLD, "--frames", "2", "--quality", "standard")
    timings = scene["timings"]
    clip = timings["cycles"] / len(scene["audit"]["frames"]) * recipe.frames.count * len(recipe.cameras)
    in_steps(timings, ("plan", "build"))
    rows, triangles = alone("benchmarks.site:size")
    return [
        Promise("parts of the default site", rows, 3000, at_least=True),
        Promise("triangles of the default site", triangles / 1e6, 2.0, "million", at_least=True),
        Promise("plan", timings["plan"], 1.0, "s"),
        Promise("build", timings["build"], 6.0, "s"),
        Promise("plan and build over rendering the default clip", (timings["plan"] + timings["build"]) / clip, 0.2),
        Promise("largest process when rendering", memory, 2.5, "GB"),
    ]


def size() -> list[int]:
    """Returns how many parts and evaluated triangles the default site has, copies counted each."""
    from buildee import build, plan
    from buildee.blender.context import fresh_scene
    from buildee.blender.surface import SurfaceReader

    built = build(plan(load(shipped(WORLD)).override(frames=1), 0), fresh_scene())
    surface = SurfaceReader(built.scene).read(1)
    triangles = np.array([len(mesh.triangles) for mesh in surface.meshes])
    return [len(built.rows.part_name), int(triangles[surface.copy_mesh].sum())]


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
            started = processor_seconds()
            site = decide(larger, shot, recipe.scene_seed(0).child("plan"))
            best = min(best, processor_seconds() - started)
        count = Counter(len(item.parts) for item in site.layout.instances)
        parts.append(sum(size * times for size, times in count.items()))
        seconds.append(best)
        print(f"{storeys} storeys: {parts[-1]} parts of instances planned in {best:.2f} s")
    slope = np.polyfit(np.log(parts), np.log(seconds), 1)[0]
    return Promise("growth of planning time with parts (1 is linear)", float(slope), 1.1)
