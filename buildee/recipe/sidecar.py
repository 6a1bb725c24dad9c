"""Sidecars: what the YAML beside a drop-in asset says of it."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Literal

from buildee.recipe.check import Checker
from buildee.recipe.sampling import resolve
from buildee.recipe.schema import knob, section_of
from buildee.recipe.seed import Seed
from buildee.recipe.source import read_text
from buildee.recipe.tree import parse, refusal


@dataclass(frozen=True)
class Sidecar:
    """What is known of a file that was dropped in; all of it may be left out."""

    title: str | None = knob(None, "For people; null takes the file's name.", varies=False)
    category: str | None = knob(
        None, "Of the label table; null looks for one in the names of the file and its folders.", varies=False
    )
    size: float | None = knob(
        None, "Its longest side; null takes the file's unit.", min=1e-4, max=1000.0, unit="m", varies=False
    )
    unit: Literal["m", "cm", "mm", "inch"] | None = knob(
        None, "What a number in the file stands for, where no size is given; null infers it.", varies=False
    )
    up: Literal["y", "z"] | None = knob(
        None, "Which axis points up in .obj, .stl and .ply; null is y for .obj and z for the others.", varies=False
    )
    front: Literal["-y", "x", "y", "-x"] = knob(
        "-y", "Where its front faces once Z is up, as Blender imports it.", varies=False
    )
    licence: str = knob("unknown", "SPDX identifier, such as CC0-1.0.", varies=False)
    source: str = knob("", "Who made it, and where it comes from.", varies=False)
    tags: tuple[str, ...] = knob((), "Words that worlds look for, such as crockery.", varies=False)


def load_sidecar(path: Path | None) -> Sidecar:
    """Reads a sidecar; None is one that says nothing.

    Raises:
        RecipeError: the file cannot be read, or anything in it is wrong; all problems are listed in file order.
    """
    if path is None:
        return Sidecar()
    node, findings = parse(read_text(path), str(path), "a sidecar needs at least `category:`")
    root = section_of(Sidecar)
    checker = Checker(root)
    values = checker.section(root, node, "", MISSING)
    findings = [*findings, *checker.findings]
    if findings:
        raise refusal(findings)
    return resolve(root, values, Seed(0), path.parent)
