"""What the add-on promises in numbers: `BUILDEE_APPLICATION=ROOT python tests/app/benchmark.py` prints them.

How long Generate takes in a window, against planning and building in the same application without one; how often
drawing a panel reads files, starts programs, plans or builds; how many property groups somebody wrote by hand. Exits
with 1 when one of them is above what is promised. ROOT is the folder of a chroot as `chroot.sh` makes it.

Both applications are up all the time and take turns, after a round that does not count, so that what else a machine
does disturbs both alike.
"""

from __future__ import annotations

import ast
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from application import Application, in_chroot  # noqa: E402
from display import Display, wait  # noqa: E402

from addon.build import build  # noqa: E402

PROMISED = 1.2
ROUNDS = 5

STILL = 2.0
"""Seconds in which a window draws the smooth edges of what it shows, and is still then."""

HEADLESS = """
import sys, time
import bpy
import buildee
recipe = buildee.load(buildee.shipped("construction_site"))
for _ in sys.stdin:
    bpy.ops.wm.read_homefile(use_empty=True)
    started = time.perf_counter()
    layout = buildee.plan(recipe, 0)
    buildee.build(layout, bpy.context.scene)
    print("SECONDS", time.perf_counter() - started, flush=True)
"""

LOAD = """
bpy.ops.buildee.load_recipe(filepath=__import__("buildee").shipped("construction_site").as_posix())
"""


@contextmanager
def headless(application: Application) -> Iterator[Callable[[], float]]:
    """Starts it without a window; gives what plans and builds once, and returns the seconds of that."""
    script = application.folder / "benchmark_headless.py"
    script.write_text(HEADLESS, "utf-8")
    command = application.command("-b", "--python-exit-code", 1, "--python", application.inside(script))
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def once() -> float:
        process.stdin.write("\n")
        process.stdin.flush()
        return next(float(line.split()[1]) for line in process.stdout if line.startswith("SECONDS"))

    try:
        yield once
    finally:
        process.communicate()


@contextmanager
def in_window(application: Application) -> Iterator[tuple[Display, Callable[[], float]]]:
    """Starts it in a window; gives that, and what clicks Generate and returns the seconds until the scene is there."""
    place = application.folder / "benchmark"
    place.mkdir()
    shutil.copy(HERE / "driver.py", place / "driver.py")
    display = Display(application.root, application.inside(place))

    def once() -> float:
        display.click("buildee.generate")
        wait(lambda: display.state()["layout"], "the scene", 600)
        took = display.state()["took"]
        display.do("bpy.ops.buildee.clear()")
        time.sleep(STILL)
        return took

    try:
        command = ["--window-geometry", "0", "0", "1400", "1000", "--python", application.inside(place / "driver.py")]
        display.start(application.command(*command, "--", application.inside(place)))
        display.do(LOAD)
        time.sleep(STILL)
        yield display, once
    finally:
        display.stop()


def main() -> int:
    """Prints the table and returns the exit status."""
    with tempfile.TemporaryDirectory() as scratch, in_chroot(build(Path(scratch))) as application:
        return measured(application)


def measured(application: Application) -> int:
    """Measures an application and prints the table; returns the exit status."""
    with headless(application) as plain, in_window(application) as (display, clicked):
        pairs = [(plain(), clicked()) for _ in range(ROUNDS + 1)][1:]
        panels, reads = display.state()["panels"], display.state()["reads"]
    base, took = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    ratios = sorted(second / first for first, second in pairs)
    ratio = statistics.median(ratios)
    print(f"headless plan + build   {base:6.2f} s")
    print(f"Generate in a window    {took:6.2f} s")
    print(f"ratio                   {ratio:6.2f}   promised <= {PROMISED}; {ratios[0]:.2f} to {ratios[-1]:.2f}")
    print(
        f"work in {len(panels)} panels' draw() {len(reads):4d}      promised 0{''.join(f'; {item}' for item in reads)}"
    )
    written = by_hand()
    print(f"groups written by hand  {len(written):4d}      promised 0{''.join(f'; {item}' for item in written)}")
    return 0 if ratio <= PROMISED and panels and not reads and not written else 1


def by_hand() -> list[str]:
    """Returns the property groups of the add-on that are written as classes, not made from the schema."""
    return [
        f"{path.name}: {node.name}"
        for path in sorted((HERE.parents[1] / "addon").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and any("PropertyGroup" in ast.unparse(base) for base in node.bases)
    ]


if __name__ == "__main__":
    sys.exit(main())
