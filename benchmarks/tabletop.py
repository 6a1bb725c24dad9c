"""The promises of the tabletop.

- N seeds of the default recipe are planned, settled and inspected: none is refused, proxies of what fell lie no deeper
  than 2 mm in anything, of what was put there 1 mm, and every thing stands on something (5 mm);
- 30 things are planned, settled and built in <= 2 s, the first scene of a process.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.inspected import Inspected, Measured, in_steps, inspected, processor_seconds, sound
from benchmarks.measure import Promise
from buildee.errors import PlacementError
from buildee.generators.tabletop import plan
from buildee.generators.tabletop.inspection import inspect
from buildee.recipe import load
from buildee.resources import shipped

WORLD = "tabletop"
THINGS = 30
"""So many the timed table holds."""

ARRANGEMENTS = ("pile", "scattered", "grid")


def measured(seeds: int, built: int) -> Measured:
    """Runs every measurement; every seed is settled, so `built` asks for nothing more."""
    del built
    rows = inspected(_inspected, {WORLD: seeds})
    return Measured(rows, [sound(rows), *speed()])


def _inspected(name: str, seed: int) -> Inspected:
    """Plans, settles and inspects a tabletop: half of the seeds heaps, a quarter each of the other arrangements."""
    from buildee.blender.settle import settle

    recipe = load(shipped(name)).override(seed=seed, frames=1)
    resolved = recipe.resolve(0)
    arrangement = ARRANGEMENTS[max(seed % 4 - 1, 0)]
    scene = replace(resolved.scene, objects=replace(resolved.scene.objects, arrangement=arrangement))
    started = processor_seconds()
    try:
        layout = plan(scene, resolved.shot, recipe.scene_seed(0).child("plan"))
        took = processor_seconds() - started
        settled = settle(layout)
    except PlacementError as error:
        return [f"refused: {error}"], None
    return inspect(settled, {item.instance for item in layout.loose or ()}), took


def speed() -> list[Promise]:
    """Makes one scene ready to render in a process of its own; returns its promises."""
    from benchmarks.inspected import alone

    timings = alone("benchmarks.tabletop:ready")
    in_steps(timings, tuple(timings))
    return [Promise(f"seed to ready to render, {THINGS} things", sum(timings.values()), 2.0, "s")]


def ready() -> dict[str, float]:
    """Plans, settles and builds a heap; returns the processor time of each, seconds."""
    from buildee.blender.build import build
    from buildee.blender.context import fresh_scene
    from buildee.blender.settle import settle

    recipe = load(shipped(WORLD))
    resolved = recipe.resolve(0)
    scene = replace(resolved.scene, objects=replace(resolved.scene.objects, count=THINGS, arrangement="pile"))
    marks = [processor_seconds()]
    layout = plan(scene, resolved.shot, recipe.scene_seed(0).child("plan"))
    marks.append(processor_seconds())
    layout = settle(layout)
    marks.append(processor_seconds())
    build(layout, fresh_scene())
    marks.append(processor_seconds())
    return {name: marks[at + 1] - marks[at] for at, name in enumerate(("plan", "settle", "build"))}
