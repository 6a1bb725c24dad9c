"""The promises of the worlds, measured: `python -m benchmarks.worlds [WORLD ...] [--seeds N] [--built M] [--keep]`.

N seeds of each world are planned and inspected; M of them are built, or settled where things fall, and inspected again;
the time of planning, settling and building, and the memory of rendering, are measured beside the calibration step.
What each world promises: `benchmarks/site.py`, `benchmarks/kitchen.py`, `benchmarks/tabletop.py`.

The last line is the summary; exit 1 if a number is missed. `--keep` writes the results into docs/worlds/.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import kitchen, site, tabletop
from benchmarks.measure import report
from benchmarks.record import keep

WORLDS = {world.WORLD: world for world in (site, kitchen, tabletop)}
PAGES = Path(__file__).resolve().parents[1] / "docs" / "worlds"


def main() -> int:
    """Runs every measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("world", nargs="*", help=f"default: all of {', '.join(WORLDS)}")
    parser.add_argument("--seeds", type=int, default=20, help="scenes to inspect (default: %(default)s)")
    parser.add_argument(
        "--built", type=int, default=2, help="how many to build or settle as well (default: %(default)s)"
    )
    parser.add_argument("--keep", action="store_true", help="write the results into docs/worlds/")
    options = parser.parse_args()
    if unknown := set(options.world) - set(WORLDS):
        parser.error(f"no world {', '.join(sorted(unknown))}; there are: {', '.join(WORLDS)}")
    promises = []
    for name in options.world or WORLDS:
        measured = WORLDS[name].measured(options.seeds, options.built)
        if options.keep:
            keep(PAGES / f"{name}.md", "worlds", measured.text)
        promises += [replace(item, name=f"{name}: {item.name}") for item in measured.promises]
    return report("worlds", promises)


if __name__ == "__main__":
    sys.exit(main())
