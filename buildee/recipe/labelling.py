"""Label tables: what the objects of somebody else's .blend are, and how the file shall be annotated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal

from buildee.errors import AnnotationError
from buildee.recipe.check import Checker
from buildee.recipe.sampling import resolve
from buildee.recipe.schema import Family, knob, section_of, tagged
from buildee.recipe.sections import Truth
from buildee.recipe.seed import Seed
from buildee.recipe.source import read_text
from buildee.recipe.tree import Mark, node_of, parse, refusal

_CATEGORY = "Category of what matches; null takes the item's name."
_INSTANCE = (
    "What one instance is: each object, each object with all that hangs on the top of its hierarchy, or everything "
    "that matches."
)
_COUNTABLE = "False for stuff such as ground or walls: no amodal masks, no boxes."


@dataclass(frozen=True)
class ObjectLabel:
    """Labels objects by their name."""

    name: str
    match: str | None = knob(
        None, "Pattern of object names: * and ?, alternatives behind |; null: the item's name.", varies=False
    )
    category: str | None = knob(None, _CATEGORY, varies=False)
    instance: Literal["object", "root", "all"] = knob("object", _INSTANCE, varies=False)
    countable: bool = knob(True, _COUNTABLE, varies=False)


@dataclass(frozen=True)
class CollectionLabel:
    """Labels what lies in a collection, or in one within it."""

    name: str
    match: str | None = knob(
        None, "Pattern of collection names: * and ?, alternatives behind |; null: the item's name."
    )
    category: str | None = knob(None, _CATEGORY, varies=False)
    instance: Literal["object", "root", "collection", "all"] = knob(
        "object", _INSTANCE.replace("or everything", "each matching collection, or everything"), varies=False
    )
    countable: bool = knob(True, _COUNTABLE, varies=False)


@dataclass(frozen=True)
class PropertyLabel:
    """Labels objects by a custom property, whose value names the category."""

    name: str
    match: str | None = knob(None, "Name of the custom property of objects; null: the item's name.", varies=False)
    category: str | None = knob(
        None, "Category of what has the property; null takes the property's value.", varies=False
    )
    instance: Literal["object", "root", "all"] = knob("object", _INSTANCE, varies=False)
    countable: bool = knob(True, _COUNTABLE, varies=False)


Label = ObjectLabel | CollectionLabel | PropertyLabel

tagged("label", "object")(ObjectLabel)
tagged("label", "collection")(CollectionLabel)
tagged("label", "property")(PropertyLabel)


@dataclass(frozen=True)
class FrameRange:
    """Which frames of the file are annotated."""

    first: int | None = knob(None, "First frame; null takes the scene's.", min=-1_048_574, max=1_048_574, varies=False)
    last: int | None = knob(None, "Last frame; null takes the scene's.", min=-1_048_574, max=1_048_574, varies=False)
    step: int = knob(1, "From one frame to the next.", min=1, max=100_000, varies=False)


@dataclass(frozen=True)
class Pictures:
    """The pictures beside the ground truth."""

    rgb: bool = knob(True, "Whether pictures are rendered; ground truth alone is much faster.", varies=False)
    resolution: tuple[int, int] | None = knob(
        None, "Width and height; null takes the file's.", min=16, max=8192, unit="px", varies=False
    )
    samples: int | None = knob(
        None, "Light paths a pixel; null leaves them to the file.", min=1, max=65_536, varies=False
    )
    device: Literal["auto", "cpu", "gpu"] = knob("auto", "Where to render.", varies=False)


@dataclass(frozen=True)
class Labelling:
    """A label table, and what else annotating a file needs to know."""

    labels: tuple[Annotated[Any, Family("label")], ...] = knob(
        (), "What things are; the first item that matches an object decides.", min=1, max=10_000
    )
    cameras: str | None = knob(
        None, "Pattern of names of the cameras that look on; null takes the scene's own.", varies=False
    )
    scene: str | None = knob(None, "Name of the scene; null takes the one that the file opens with.", varies=False)
    frames: FrameRange = knob(FrameRange(), "Which frames are annotated.")
    pictures: Pictures = knob(Pictures(), "The pictures beside the ground truth.")
    truth: Truth = knob(Truth(), "Which ground truth is written.")
    seed: int = knob(0, "Of the choice of tracked points.", min=0, max=2**63 - 1, varies=False)

    def override(
        self,
        *,
        frames: tuple[int, int] | None = None,
        resolution: tuple[int, int] | None = None,
        samples: int | None = None,
        rgb: bool | None = None,
    ) -> Labelling:
        """Returns the table with command-line flags in place of its values; None leaves a value alone.

        Args:
            frames: first and last frame.
            resolution: width and height, pixels.
            samples: light paths a pixel.
            rgb: whether pictures are rendered.

        Raises:
            RecipeError: a flag breaks its field's limits; every such flag is listed.
        """
        first, last = frames or (None, None)
        given = {"resolution": resolution, "samples": samples, "rgb": rgb}
        result = self
        for section, values in (("frames", {"first": first, "last": last}), ("pictures", given)):
            values = {name: value for name, value in values.items() if value is not None}
            checker = Checker(section_of(Labelling))
            kind = section_of(type(getattr(self, section)))
            for name, value in values.items():
                flag = f"--{'frames' if section == 'frames' else name}"
                node = node_of(list(value) if isinstance(value, tuple) else value, Mark(0, 0, flag))
                checker.field(kind.field(name), node, f"{section}.{name}")
            if checker.findings:
                raise refusal(checker.findings)
            plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
            result = replace(result, **{section: replace(getattr(result, section), **plain)})
        return result


@dataclass(frozen=True)
class Candidate:
    """An object that labels are tried on.

    Attributes:
        name: of the object.
        collections: names of the collections that hold it, directly or not, innermost first.
        properties: custom properties by name.
    """

    name: str
    collections: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Match:
    """What a label says of an object.

    Attributes:
        label: the item that decided.
        category: name.
        collection: the matching collection; None for other kinds of label.
    """

    label: Label
    category: str
    collection: str | None = None


def load_labelling(path: str | Path) -> Labelling:
    """Reads a label table.

    Raises:
        RecipeError: the file cannot be read, or anything in it is wrong; all problems are listed in file order.
    """
    path = Path(path)
    return labelling_of(read_text(path), str(path), path.parent)


def labelling_of(text: str, name: str = "labels", folder: Path | None = None) -> Labelling:
    """Reads a label table from text.

    Args:
        text: the table.
        name: what messages call it.
        folder: what relative paths start from; None leaves them as written.

    Raises:
        RecipeError: as `load_labelling` does.
    """
    node, findings = parse(text, name, "a label table needs at least `labels:`")
    root = section_of(Labelling)
    checker = Checker(root)
    values = checker.section(root, node, "", MISSING)
    findings = [*findings, *checker.findings]
    if findings:
        raise refusal(findings)
    return resolve(root, values, Seed(0), folder)


def match(labelling: Labelling, candidate: Candidate) -> Match | None:
    """Returns what the first label that matches says of an object, None if none does.

    Raises:
        AnnotationError: a property that should name a category holds something else than text or a whole number.
    """
    for label in labelling.labels:
        pattern = label.match or label.name
        if isinstance(label, ObjectLabel):
            if matches(candidate.name, pattern):
                return Match(label, label.category or label.name)
        elif isinstance(label, CollectionLabel):
            inside = next((name for name in candidate.collections if matches(name, pattern)), None)
            if inside is not None:
                return Match(label, label.category or label.name, inside)
        elif pattern in candidate.properties:
            return Match(label, label.category or _named(candidate, pattern))
    return None


def _named(candidate: Candidate, name: str) -> str:
    value = candidate.properties[name]
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
        return str(value).strip()
    raise AnnotationError(
        f"object {candidate.name!r}: its property {name!r} should name a category, but is {value!r}; "
        "give the label a category of its own, or make the property text"
    )


def matches(name: str, pattern: str) -> bool:
    """Returns whether a name fits a pattern: * and ?, alternatives behind |; upper and lower case differ."""
    return any(fnmatchcase(name, part.strip()) for part in pattern.split("|"))


def unused(labelling: Labelling, used: Collection[str]) -> list[str]:
    """Returns the names of the labels that matched nothing, in the table's order."""
    return [label.name for label in labelling.labels if label.name not in used]
