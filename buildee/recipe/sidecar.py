"""Sidecars: what the YAML beside a drop-in asset says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from buildee.recipe.check import Checker
from buildee.recipe.sampling import resolve
from buildee.recipe.schema import Family, knob, section_of, tagged
from buildee.recipe.seed import Seed
from buildee.recipe.source import read_text
from buildee.recipe.tree import Finding, Node, parse, place, refusal
from buildee.recipe.wording import unknown

BODY = "body"
"""The part that everything belongs to which no joint moves."""


@tagged("joint", "hinge")
@dataclass(frozen=True)
class HingeSpec:
    """Turns some objects of a file about an axis."""

    name: str
    parts: tuple[str, ...] = knob(
        MISSING, "Objects of the file that it moves; what hangs on them goes with them.", varies=False
    )
    axis: tuple[float, float, float] = knob(
        (0.0, 0.0, 1.0),
        "As the file is once Z is up; turns are counter-clockwise about it.",
        min=-1.0,
        max=1.0,
        varies=False,
    )
    origin: tuple[float, float, float] | None = knob(
        None,
        "A point on the axis in the file's own numbers, Z up; null is the origin of the first object.",
        min=-1e6,
        max=1e6,
        varies=False,
    )
    limits_deg: tuple[float, float] = knob(
        (0.0, 90.0), "How far it turns from where it is in the file.", min=-720.0, max=720.0, unit="deg", varies=False
    )
    parent: str | None = knob(None, "Joint whose parts carry it; null is the body.", varies=False)


@tagged("joint", "slider")
@dataclass(frozen=True)
class SliderSpec:
    """Moves some objects of a file along an axis."""

    name: str
    parts: tuple[str, ...] = knob(
        MISSING, "Objects of the file that it moves; what hangs on them goes with them.", varies=False
    )
    axis: tuple[float, float, float] = knob(
        (0.0, -1.0, 0.0), "As the file is once Z is up; a front faces -Y.", min=-1.0, max=1.0, varies=False
    )
    limits: tuple[float, float] = knob(
        (0.0, 0.3), "How far it slides from where it is in the file.", min=-100.0, max=100.0, unit="m", varies=False
    )
    parent: str | None = knob(None, "Joint whose parts carry it; null is the body.", varies=False)


JointSpec = HingeSpec | SliderSpec


@dataclass(frozen=True)
class Sidecar:
    """What is known of a model that was dropped in; all of it may be left out."""

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
    joints: tuple[Annotated[Any, Family("joint")], ...] = knob((), "How objects of the file move.", max=100)
    licence: str = knob("unknown", "SPDX identifier, such as CC0-1.0.", varies=False)
    source: str = knob("", "Who made it, and where it comes from.", varies=False)
    tags: tuple[str, ...] = knob((), "Words that worlds look for, such as crockery.", varies=False)


@dataclass(frozen=True)
class PictureSidecar:
    """What is known of a texture or a panorama that was dropped in; all of it may be left out."""

    title: str | None = knob(None, "For people; null takes the file's name.", varies=False)
    size: float | None = knob(
        None, "How wide a texture is on a surface; null takes 1 m.", min=1e-3, max=1000.0, unit="m", varies=False
    )
    licence: str = knob("unknown", "SPDX identifier, such as CC0-1.0.", varies=False)
    source: str = knob("", "Who made it, and where it comes from.", varies=False)
    tags: tuple[str, ...] = knob((), "Words for people and the Asset Browser.", varies=False)


Kind = TypeVar("Kind", Sidecar, PictureSidecar)


def load_sidecar(path: Path | None, kind: type[Kind] = Sidecar) -> Kind:
    """Reads a sidecar; None is one that says nothing.

    Raises:
        RecipeError: the file cannot be read, or anything in it is wrong; all problems are listed in file order.
    """
    if path is None:
        return kind()
    node, findings = parse(read_text(path), str(path), "a sidecar needs at least `licence:`")
    root = section_of(kind)
    checker = Checker(root)
    values = checker.section(root, node, "", MISSING)
    findings = [*findings, *checker.findings]
    if findings:
        raise refusal(findings)
    made = resolve(root, values, Seed(0), path.parent)
    if kind is Sidecar and made.joints:
        refuse(path, _wrong(made.joints), node)
    return made


def refuse(path: Path, wrong: Mapping[str, str], node: Node | None = None) -> None:
    """Raises RecipeError if anything is wrong with what a sidecar says.

    Args:
        path: the sidecar.
        wrong: messages by dotted paths of the fields.
        node: what was read from the file; None reads it.
    """
    if not wrong:
        return
    if node is None:
        node, _ = parse(read_text(path), str(path))
    raise refusal([Finding(place(node, field)[0] or node.mark, field, message) for field, message in wrong.items()])


def _wrong(joints: tuple[JointSpec, ...]) -> dict[str, str]:
    """Returns what is wrong with joints, by paths of the fields."""
    wrong: dict[str, str] = {}
    names = [joint.name for joint in joints]
    owner: dict[str, str] = {}
    for joint in joints:
        path = f"joints.{joint.name}"
        if joint.name == BODY:
            wrong[f"{path}.name"] = f"'{BODY}' is what no joint moves; choose another name"
        if not joint.parts:
            wrong[f"{path}.parts"] = "needs at least one object of the file"
        for part in joint.parts:
            if owner.setdefault(part, joint.name) != joint.name:
                wrong[f"{path}.parts"] = f"'{part}' already moves with '{owner[part]}'"
        if not any(joint.axis):
            wrong[f"{path}.axis"] = "has no direction"
        field = "limits_deg" if isinstance(joint, HingeSpec) else "limits"
        low, high = getattr(joint, field)
        if low > 0 or high < 0 or low == high:
            wrong[f"{path}.{field}"] = (
                "goes from the lowest value to the highest, with 0, as it is in the file, between"
            )
        if joint.parent is not None and joint.parent not in names:
            wrong[f"{path}.parent"] = unknown("joint", joint.parent, names)
        elif joint.parent in names[names.index(joint.name) :]:
            wrong[f"{path}.parent"] = f"list '{joint.parent}' before what it carries"
    return wrong
