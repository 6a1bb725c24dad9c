"""The promises of ground truth, measured in one run: `python -m benchmarks.truth`.

- occlusion casts: >= 10 times as fast as a loop over mathutils' BVH tree;
- points end to end (transform, project, cull, cast, classify): >= 6 times as fast as the same work with mathutils, and
  >= 55 % of the speed of a bare `rtcIntersect16` loop over full packets;
- visibility disagrees with a float64 test of every triangle only where that test's own margin is below the documented
  tolerance;
- all annotators of one 640x480 frame with 2 048 tracks: <= 1.0 s on one core, growing no faster than pixels and points;
- reading 50 000 scattered copies: <= 0.7 s a frame, <= 0.1 s where the scatter has not changed;
- less than half of what a second annotation render by bpycv costs.

Times are the least of a few. The last line is the summary; exit 1 if a number is missed.
"""

from __future__ import annotations

import sys

from benchmarks import annotators, casting, oracle, reading, second_render
from benchmarks.calibration import calibration_step
from benchmarks.measure import report
from benchmarks.stress_scene import FRAMES, build_stress_scene


def main() -> int:
    """Runs every measurement."""
    step = calibration_step()
    print(f"calibration step {step:.3f} s")
    promises = oracle.promises()
    build_stress_scene()
    middle = FRAMES // 2
    views = annotators.read_views(range(middle - 2, middle + 2))
    labels = annotators.copy_labels(views[0].surface)
    promises += casting.promises(views[2], labels)
    promises += annotators.promises(views, labels, step)
    promises += second_render.promises()
    promises += reading.promises()
    return report("truth", promises)


if __name__ == "__main__":
    sys.exit(main())
