"""How far every annotation lies from closed forms, on small scenes of every kind.

    python -m benchmarks.proof [--write] [case ...]

Prints a table of residuals; `--write` keeps it in docs/proof.md and docs/proof.csv. Exits with 1 if a residual passes
its tolerance where that is not known already.
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
    known = {case.name: case.known for case in cases if case.known}
    residuals = [row for case in cases for row in measure(case)]
    print(" ".join(f"{title:>16s}" for title in _HEAD))
    for row in residuals:
        mark = "" if row.ok else "  known" if row.case in known else "  MISSED"
        print(f"{row.case:>38s} {row.annotation:>24s} {' '.join(f'{cell:>12s}' for cell in _cells(row))}{mark}")
    missed = [row for row in residuals if not row.ok and row.case not in known]
    if chosen.write:
        _write(residuals, known)
    print(_summary(residuals, len(cases), len(missed)))
    return int(bool(missed))


def _summary(residuals: list[Residual], cases: int, missed: int) -> str:
    values = sum(row.compared for row in residuals)
    return f"{cases} cases, {values} values in {len(residuals)} comparisons, {missed} comparisons missed"


def _cells(row: Residual) -> tuple[str, ...]:
    number = "{:.0f}" if row.unit == "wrong" else "{:.2g}"
    return row.unit, number.format(row.largest), number.format(row.tolerance), str(row.compared)


def _write(residuals: list[Residual], known: dict[str, str]) -> None:
    good = [row for row in residuals if row.case not in known]
    with PROOF.with_suffix(".csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("blender", *_HEAD))
        writer.writerows((bpy.app.version_string, row.case, row.annotation, *_cells(row)) for row in residuals)
    cases = len({row.case for row in residuals})
    parts = [
        f"Blender {bpy.app.version_string}: {_summary(good, cases - len(known), sum(not row.ok for row in good))}. "
        "For each annotation, the case whose residual comes nearest to its tolerance:",
        table(("annotation", *_HEAD[2:], "case"), _worst(good)),
    ]
    if known:
        lines = [f"- {case}: {reason}." for case, reason in known.items()]
        parts += ["Known to fail, and not counted above:", "\n".join(lines)]
    keep(PROOF, f"formulas {bpy.app.version_string.rsplit('.', 1)[0]}", "\n\n".join(parts))


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
