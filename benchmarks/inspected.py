"""What all worlds are measured by: many seeds planned and inspected, a clip rendered, its processes weighed."""

from __future__ import annotations

import compileall
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

import buildee
from benchmarks.measure import Promise
from benchmarks.record import table


@dataclass(frozen=True)
class Row:
    """What came of a recipe's seeds.

    Attributes:
        recipe: its name.
        seeds: how many were planned.
        refused: how many of them held nothing.
        findings: what was wrong with the others.
        seconds: median processor time of planning one.
    """

    recipe: str
    seeds: int
    refused: int
    findings: int
    seconds: float


@dataclass(frozen=True)
class Measured:
    """What a world was measured at.

    Attributes:
        rows: of its recipes.
        promises: its numbers.
    """

    rows: Sequence[Row]
    promises: Sequence[Promise]

    @property
    def text(self) -> str:
        """Both, as tables of the world's page."""
        head = "Recipe", "Seeds", "Refused", "Findings", "Median time to plan"
        rows = [(row.recipe, row.seeds, row.refused, row.findings, f"{row.seconds:.2f} s") for row in self.rows]
        kept = [(item.name, f"{item.value:.3g} {item.unit}".strip(), _limit(item)) for item in self.promises]
        return f"{table(head, rows)}\n\n{table(('Number', 'Measured', 'Promised'), kept)}"


def _limit(promise: Promise) -> str:
    return f"{'at least' if promise.at_least else 'at most'} {promise.limit:g} {promise.unit}".strip()


Inspected = tuple[list[str], float | None]
"""What is wrong with a scene, and the processor time of planning it, seconds; None when it was refused."""


def inspected(inspect: Callable[[str, int], Inspected], counts: Mapping[str, int]) -> list[Row]:
    """Plans and inspects scenes on all cores.

    Args:
        inspect: what is done with a recipe's name and a seed; a function of a module.
        counts: how many seeds of each recipe.
    """
    rows = []
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:  # Blender's threads do not survive forks
        for recipe, count in counts.items():
            refused, findings, seconds = 0, 0, []
            for seed, (found, took) in enumerate(pool.map(inspect, [recipe] * count, range(count), chunksize=4)):
                for finding in found:
                    print(f"{recipe}, seed {seed}: {finding}")
                refused += took is None
                findings += len(found) if took is not None else 0
                seconds += [] if took is None else [took]
            rows.append(Row(recipe, count, refused, findings, float(np.median(seconds)) if seconds else np.nan))
            print(f"{recipe}: {count} seeds, {refused} refused, {findings} findings, plan {rows[-1].seconds:.2f} s")
    return rows


def sound(rows: Sequence[Row]) -> Promise:
    """Returns the promise that nothing was wrong or refused."""
    wrong = sum(row.refused + row.findings for row in rows)
    return Promise(f"findings on {sum(row.seeds for row in rows)} scenes of {len(rows)} recipes", wrong, 0)


def alone(call: str, *values: object) -> object:
    """Returns what a function, given as "module:name", answers in a process of its own, which Blender may crash.

    Raises:
        CalledProcessError: it did.
    """
    module, name = call.split(":")
    _compile()
    code = (
        f"import json, os\nfrom {module} import {name}\nprint(json.dumps({name}(*{values!r})), flush=True)\nos._exit(0)"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def _compile() -> None:
    """Compiles the modules, as Python does once and for all when a package is installed or first run."""
    compileall.compile_dir(Path(buildee.__file__).parent, quiet=1)


def rendered(recipe: str, *options: str) -> tuple[dict, float]:
    """Renders a scene as users do; returns its scene.json, and the memory of the largest process so far, GB."""
    _compile()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scene"
        command = [sys.executable, "-m", "buildee", "render", recipe, "-o", str(out), "--no-preview", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        scene = json.loads((out / "scenes" / "000000" / "scene.json").read_text())
    return scene, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9


def in_steps(timings: Mapping[str, float], names: Sequence[str]) -> None:
    """Prints times in seconds and in steps of the calibration, by which other machines compare."""
    from benchmarks.calibration import calibration_step  # Blender stays out of the processes that plan

    step = calibration_step()
    parts = ", ".join(f"{name} {timings[name]:.2f} s or {timings[name] / step:.1f} steps" for name in names)
    print(f"calibration step {step:.3f} s: {parts}")


def processor_seconds() -> float:
    """Returns the processor time of this process, which other work on the machine does not change."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
