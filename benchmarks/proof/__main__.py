"""How far every annotation lies from closed forms, on small scenes of every kind.

    python -m benchmarks.proof [--write] [case ...]

Prints a table of residuals; `--write` keeps it in docs/proof.md and docs/proof.csv. Exits with 1 if a residual passes
its tolerance.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable

import bpy

from benchmarks.proof.cases import CASES
from benchmarks.proof.measure import measure
from benchmarks.proof.residual import Residual
from benchmarks.record import PROOF, keep, table

_HEAD = ("case", "annotation", "unit", "largest residual", "tolerance", "compared")


def main(arguments: list[str] | None = None) -> int:
    """Measures the cases and prints the table; the last line is the summary."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proof")
    parser.add_argument("case", nargs="*", help="names of cases; all of them if none is given")
    parser.add_argument("--write", action="store_true", help="keep the results in docs/")
    chosen = parser.parse_args(arguments)
    cases = [case for name, case in CASES.items() if not chosen.case or name in chosen.case]
    residuals = [row for case in cases for row in measure(case)]
    print(" ".join(f"{title:>16s}" for title in _HEAD))
    for row in residuals:
        mark = "" if row.ok else "  MISSED"
        print(f"{row.case:>38s} {row.annotation:>24s} {' '.join(f'{cell:>12s}' for cell in _cells(row))}{mark}")
    if chosen.write:
        _write(residuals)
    print(_summary(residuals))
    return int(not all(row.ok for row in residuals))


def _summary(residuals: list[Residual]) -> str:
    cases, values = len({row.case for row in residuals}), sum(row.compared for row in residuals)
    missed = sum(not row.ok for row in residuals)
    return f"{cases} cases, {values} values in {len(residuals)} comparisons, {missed} comparisons missed"


def _cells(row: Residual) -> tuple[str, ...]:
    number = "{:.0f}" if row.unit == "wrong" else "{:.2g}"
    return row.unit, number.format(row.largest), number.format(row.tolerance), str(row.compared)


def _write(residuals: list[Residual]) -> None:
    version = bpy.app.version_string
    with PROOF.with_suffix(".csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("blender", *_HEAD))
        writer.writerows((version, row.case, row.annotation, *_cells(row)) for row in residuals)
    text = (
        f"Blender {version}: {_summary(residuals)}. "
        "For each annotation, the case whose residual comes nearest to its tolerance:\n\n"
        + table(("annotation", *_HEAD[2:], "case"), _worst(residuals))
    )
    keep(PROOF, f"formulas {version.rsplit('.', 1)[0]}", text)


def _worst(residuals: Iterable[Residual]) -> list[tuple[str, ...]]:
    """One row an annotation: the case nearest to its tolerance, and how many values all cases compared."""
    groups: dict[str, list[Residual]] = {}
    for row in residuals:
        groups.setdefault(row.annotation, []).append(row)
    rows = []
    for annotation, group in groups.items():
        worst = max(group, key=lambda row: row.largest / row.tolerance if row.tolerance else row.largest)
        compared = str(sum(row.compared for row in group))
        case = "-" if worst.largest == 0 else worst.case
        rows.append((annotation, *_cells(worst)[:-1], compared, case))
    return rows


if __name__ == "__main__":
    sys.exit(main())
