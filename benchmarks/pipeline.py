"""The promises of the whole pipeline, measured: `python -m benchmarks.pipeline [--frames N]`.

- all annotators of one 640x480 frame of the stress scene: <= 1.0 s on one core and <= 5 calibration steps,
  growing no faster than pixels and points;
- the default recipe is planned in <= 1 s by a fresh process, the best of five;
- 2 000 parts build in <= 3 s;
- default recipe at standard quality, steady state: <= 15 % of the wall outside Blender's render operator;
- the same seed in two processes with different PYTHONHASHSEED: the same layout hash, the same bytes.

The last line is the summary; exit 1 if a number is missed. Standard quality takes a while on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import annotators
from benchmarks.calibration import calibration_step
from buildee.blender.build import build
from buildee.blender.context import fresh_scene
from buildee.layout import solids
from buildee.layout.kinematics import translation
from buildee.layout.material import Material
from buildee.layout.scene import Instance, Layout, Part

PLAN_SECONDS = 1.0
PARTS, BUILD_SECONDS = 2000, 3.0
OUTSIDE_SHARE = 0.15
ONE_TIME = ("plan", "build", "first_gather")


def main() -> int:
    """Runs every measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=3, help="frames of the default recipe (default: %(default)s)")
    frames = parser.parse_args().frames
    missed = []
    if annotators.main():
        missed.append("annotators")
    step = calibration_step()
    seconds = plan_seconds()
    print(f"plan of the default recipe {seconds:.2f} s = {seconds / step:.1f} calibration steps")
    if seconds > PLAN_SECONDS:
        missed.append("plan")
    seconds = build_seconds()
    print(f"build of {PARTS} parts {seconds:.2f} s = {seconds / step:.1f} calibration steps")
    if seconds > BUILD_SECONDS:
        missed.append("build")
    with tempfile.TemporaryDirectory() as folder:
        share = outside_share(Path(folder) / "standard", frames, step)
        if share > OUTSIDE_SHARE:
            missed.append("time outside rendering")
        if not same_bytes(Path(folder)):
            missed.append("reproducibility")
    print(f"pipeline: {'all promises kept' if not missed else 'MISSED: ' + ', '.join(missed)}")
    return int(bool(missed))


def plan_seconds() -> float:
    """Returns how long a fresh process takes to plan the default recipe, the best of five."""
    command = [sys.executable, "-m", "buildee", "plan", "construction_site", "--json"]
    runs = (subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(5))
    return min(json.loads(run.stdout)["plan_seconds"] for run in runs)


def build_seconds() -> float:
    """Returns how long building 2 000 parts takes: 50 shapes, 10 materials, half of the parts moving over 12 frames."""
    materials = [(Material("concrete", (0.1 * index, 0.4, 0.4)),) for index in range(10)]
    shapes = {f"box{index}": solids.box((1, 1, 1 + 0.1 * index), chamfer=0.02) for index in range(50)}
    travel = translation(np.linspace((0.0, 0.0, 0.0), (1.0, 2.0, 0.0), 12))
    things = tuple(
        Instance(
            f"thing{index}",
            "column",
            (Part("whole", f"box{index % 50}", materials[index % 10]),),
            translation((2.0 * (index % 50), 2.0 * (index // 50), 0.0)) @ (travel if index % 2 else travel[:1]),
        )
        for index in range(PARTS)
    )
    scene = fresh_scene()
    started = time.perf_counter()
    build(Layout("toy", 12, 24.0, shapes, things, (), ()), scene)
    return time.perf_counter() - started


def outside_share(out: Path, frames: int, step: float) -> float:
    """Renders the default recipe at standard quality; returns the share of the steady state outside Cycles."""
    render(out, "--frames", str(frames), "--quality", "standard")
    timings = json.loads((out / "scenes" / "000000" / "scene.json").read_text())["timings"]
    for name in ONE_TIME:
        print(f"once: {name:14s}{timings[name]:8.2f} s = {timings[name] / step:.1f} calibration steps")
    steady = timings["truth"] - timings["first_gather"] + timings["render"]
    share = 1 - timings["cycles"] / steady
    each = steady / (2 * frames)
    print(
        f"steady state {each:.2f} s a picture = {each / step:.1f} calibration steps, {share:.1%} of it outside Cycles"
    )
    return share


def same_bytes(folder: Path) -> bool:
    """Renders the same scene in two processes; returns whether all labels are the same to the last bit."""
    digests = []
    for number in ("1", "2"):
        out = folder / f"hash{number}"
        render(out, "--frames", "2", "--resolution", "160", "120", "--samples", "1", hash_seed=number)
        digest = hashlib.sha256()
        scene = out / "scenes" / "000000"
        for path in sorted(scene.rglob("*")):
            if path.is_file() and path.name != "scene.json":
                digest.update(str(path.relative_to(scene)).encode() + path.read_bytes())
        layout = json.loads((scene / "scene.json").read_text())["layout_hash"]
        digests.append((layout, digest.hexdigest()))
        print(f"PYTHONHASHSEED={number}: layout {layout}, files {digest.hexdigest()[:16]}")
    return digests[0] == digests[1]


def render(out: Path, *flags: str, hash_seed: str = "0") -> None:
    """Renders the default recipe through the command line."""
    command = [sys.executable, "-m", "buildee", "render", "construction_site", "-o", str(out), "--no-preview", *flags]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": hash_seed})


if __name__ == "__main__":
    sys.exit(main())
