"""The promises of the kitchen.

- N seeds of the default recipe are planned and inspected: no interpenetration of proxies beyond 1 mm, nothing floats
  (5 mm), doors and drawers open with what they hold, aisles are as wide as the rules ask and one gets to everything;
- M of them are settled and inspected again: what fell lies no deeper than 2 mm in anything, and on something;
- planned in <= 1 s (the first scene of a process, its modules imported), settled in <= 3 s and built in <= 4 s, with
  >= 800 parts; <= 2.5 GB when rendering.
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.inspected import Inspected, Measured, alone, in_steps, inspected, processor_seconds, rendered, sound
from benchmarks.measure import Promise
from buildee.errors import PlacementError
from buildee.generators.kitchen import Household, decide
from buildee.generators.kitchen.inspection import inspect, inspect_settled
from buildee.recipe import load
from buildee.resources import shipped

WORLD = "kitchen"


def measured(seeds: int, built: int) -> Measured:
    """Runs every measurement."""
    rows = inspected(_inspected, {WORLD: seeds})
    return Measured(rows, [sound(rows), *settled_kitchens(built), *speed()])


def _inspected(name: str, seed: int) -> Inspected:
    """Plans and inspects a kitchen."""
    started = processor_seconds()
    try:
        household = _household(name, seed)
    except PlacementError as error:
        return [f"refused: {error}"], None
    took = processor_seconds() - started
    return inspect(household), took


def _household(name: str, seed: int) -> Household:
    recipe = load(shipped(name)).override(seed=seed)
    resolved = recipe.resolve(0)
    return decide(resolved.scene, resolved.shot, recipe.scene_seed(0).child("plan"))


def settled_kitchens(count: int) -> list[Promise]:
    """Plans and settles whole clips, each in a process of its own; returns what that promises."""
    total, plans, settles = 0, [], []
    for seed in range(max(count, 1)):
        found, planned, took = alone("benchmarks.kitchen:settled", seed)
        for finding in found:
            print(f"{WORLD}, seed {seed}, settled: {finding}")
        total += len(found)
        plans.append(planned)
        settles.append(took)
    return [
        Promise(f"findings on {len(plans)} kitchens when settled", total, 0),
        Promise(f"plan, median of {len(plans)}", float(np.median(plans)), 1.0, "s"),
        Promise(f"settle, longest of {len(plans)}", max(settles), 3.0, "s"),
    ]


def settled(seed: int) -> tuple[list[str], float, float]:
    """Settles a kitchen; returns what is wrong with what fell, and the seconds of planning and of settling."""
    from buildee.blender.settle import settle

    started = time.perf_counter()
    layout = _household(WORLD, seed).layout
    planned = time.perf_counter()
    try:
        rested = settle(layout) if layout.loose else layout
    except PlacementError as error:
        return [f"refused: {error}"], planned - started, time.perf_counter() - planned
    took = time.perf_counter() - planned
    return inspect_settled(rested, {item.instance for item in layout.loose or ()}), planned - started, took


def speed() -> list[Promise]:
    """Renders a frame of the default recipe; returns its promises."""
    scene, memory = rendered(WORLD, "--frames", "1", "--samples", "16")
    in_steps(scene["timings"], ("plan", "build"))
    parts = sum(len(item.parts) for item in _household(WORLD, load(shipped(WORLD)).seed).layout.instances)
    return [
        Promise("parts of the default kitchen", parts, 800, at_least=True),
        Promise("build", scene["timings"]["build"], 4.0, "s"),
        Promise("largest process when rendering", memory, 2.5, "GB"),
    ]
