"""Reading recipes: from a file to something that can be resolved scene by scene."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, replace
from pathlib import Path
from typing import Any

from buildee import generators
from buildee.errors import Problem, RecipeError
from buildee.recipe import kinds
from buildee.recipe.check import Checker
from buildee.recipe.distributions import Drawn, Numbered
from buildee.recipe.sampling import resolve
from buildee.recipe.schema import plain, section_of
from buildee.recipe.sections import Recipe
from buildee.recipe.seed import Seed
from buildee.recipe.source import read_text
from buildee.recipe.tracks import conflicts
from buildee.recipe.tree import Finding, MappingNode, Mark, Node, ScalarNode, node_of, parse, place, refusal
from buildee.recipe.wording import unknown

FLAGS = {
    "frames": ("frames", "count"),
    "resolution": ("render", "resolution"),
    "quality": ("render", "quality"),
    "samples": ("render", "samples"),
    "seed": ("seed",),
    "scenes": ("scenes",),
}
"""The fields that flags of the command line replace."""


@dataclass(frozen=True)
class LoadedRecipe:
    """A recipe that has been read and found right; its values may still be distributions.

    Attributes:
        text: what was read, comments included.
        name: what messages call it.
        path: the file, or None when it came as text.
        values: the checked tree, with all defaults filled in.
        overrides: what the command line put in place of the text's values, by flag.
    """

    text: str
    name: str
    path: Path | None
    values: Mapping[str, Any] = field(repr=False)
    overrides: Mapping[str, Any] = field(default_factory=dict)

    @property
    def world(self) -> str:
        """The world's name."""
        return self.values["world"]

    @property
    def seed(self) -> int:
        """The root of all draws."""
        return self.values["seed"]

    @property
    def scenes(self) -> int:
        """How many scenes the recipe asks for."""
        return self.values["scenes"]

    @property
    def hash(self) -> str:
        """32 hexadecimal digits that change when a value does; comments, order of keys and spacing do not count."""
        text = json.dumps(self.plain, sort_keys=True, ensure_ascii=True, allow_nan=False)
        return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()

    @property
    def plain(self) -> dict[str, Any]:
        """All values as JSON values, defaults filled in, distributions as a recipe writes them."""
        return _canonical(self.values)

    @property
    def series(self) -> bool:
        """Whether the scenes are one place at different times."""
        return self.values["series"]

    def scene_seed(self, index: int, seed: int | None = None) -> Seed:
        """Returns the streams of scene `index` (from 0), in a series those of the first; `seed` replaces the own."""
        return Seed(self.seed if seed is None else seed).child("scene").child(0 if self.series else index)

    def resolve(self, index: int, seed: int | None = None) -> Recipe:
        """Returns the recipe of scene `index` (from 0) with every distribution drawn.

        Args:
            index: which scene.
            seed: replaces the recipe's own.

        Raises:
            RecipeError: there is no such scene, or the seed is out of range.
        """
        if seed is not None:
            return self.override(seed=seed).resolve(index)
        if not 0 <= index < self.scenes:
            message = f"there is no scene {index}; they are 0 to {self.scenes - 1}"
            raise RecipeError([Problem(self.name, "scenes", message)])
        streams = self.scene_seed(index).child("recipe")
        folder = self.path.parent if self.path else None
        return resolve(recipe_section(self.world), self.values, streams, folder, (index, self.scenes))

    def override(
        self,
        *,
        frames: int | None = None,
        resolution: tuple[int, int] | None = None,
        quality: str | None = None,
        samples: int | None = None,
        seed: int | None = None,
        scenes: int | None = None,
    ) -> LoadedRecipe:
        """Returns the recipe with command-line flags in place of its values; None leaves a value alone.

        Raises:
            RecipeError: a flag breaks its field's type or limits; every such flag is listed.
        """
        flags = {
            "frames": frames,
            "resolution": resolution,
            "quality": quality,
            "samples": samples,
            "seed": seed,
            "scenes": scenes,
        }
        given = {flag: value for flag, value in flags.items() if value is not None}
        root = recipe_section(self.world)
        checker = Checker(root)
        values: dict[str, Any] = dict(self.values)
        for flag, value in given.items():
            *outer, last = FLAGS[flag]
            section, target = root, values
            for name in outer:
                section = section.field(name).type
                target[name] = dict(target[name])
                target = target[name]
            node = node_of(value, Mark(0, 0, f"--{flag}"))
            target[last] = checker.field(section.field(last), node, ".".join(FLAGS[flag]))
        if not checker.findings:
            for path, message in conflicts(values, self.path.parent if self.path else None):
                checker.find(Mark(0, 0, "--frames"), path, message)
        if checker.findings:
            raise refusal(checker.findings)
        return replace(self, values=values, overrides={**self.overrides, **given})


def load(path: str | Path) -> LoadedRecipe:
    """Reads a recipe file.

    Raises:
        RecipeError: the file cannot be read, or anything in it is wrong; all problems are listed in file order.
    """
    path = Path(path)
    return _checked(read_text(path), str(path), path)


def loads(text: str, name: str = "recipe") -> LoadedRecipe:
    """Reads a recipe from text; `name` is what messages call it.

    Raises:
        RecipeError: anything in it is wrong; all problems are listed in file order.
    """
    return _checked(text, name, None)


def resolved_values(recipe: Recipe) -> dict[str, Any]:
    """Returns a resolved recipe as JSON values, to be kept with the scene."""
    return plain(recipe_section(recipe.world), recipe)


def recipe_section(world: str | None) -> kinds.Section:
    """Returns the schema of whole recipes of a world; with None, all of it but the scene."""
    root = section_of(Recipe)
    if world is None:
        return replace(root, fields=tuple(item for item in root.fields if not isinstance(item.type, kinds.WorldSlot)))
    schema = section_of(generators.WORLDS[world].schema)
    complete = all(item.default is not MISSING for item in schema.fields)
    default = schema.cls() if complete else MISSING
    fields = (
        replace(item, type=schema, default=default) if isinstance(item.type, kinds.WorldSlot) else item
        for item in root.fields
    )
    return replace(root, fields=tuple(fields))


def _checked(text: str, name: str, path: Path | None) -> LoadedRecipe:
    node, findings = parse(text, name)
    world = _known_world(node)
    root = recipe_section(world)
    checker = Checker(root)
    ignored = () if world else ("world", "scene")
    values = checker.section(root, node, "", MISSING, ignored)
    if world is None and isinstance(node, MappingNode):
        _refuse_world(checker, node)
    findings = [*findings, *checker.findings]
    if not findings:
        for field_path, message in conflicts(values, path.parent if path else None):
            findings.append(Finding(place(node, field_path)[0] or node.mark, field_path, message))
    if findings:
        raise refusal(findings)
    return LoadedRecipe(text, name, path, values)


def _known_world(node: Node) -> str | None:
    given = node.get("world") if isinstance(node, MappingNode) else None
    name = given.value if isinstance(given, ScalarNode) else None
    # Looked up even without a name: messages need what the worlds register.
    return name if name in generators.WORLDS and isinstance(name, str) else None


def _refuse_world(checker: Checker, node: MappingNode) -> None:
    known = list(generators.WORLDS)
    given = node.get("world")
    if given is None:
        checker.find(node.mark, "world", f"is required; there are: {', '.join(known) or 'none'}")
    elif isinstance(given, ScalarNode) and isinstance(given.value, str):
        checker.find(given.mark, "world", unknown("world", given.value, known))
    else:
        checker.find(given.mark, "world", f"expected the name of a world; there are: {', '.join(known) or 'none'}")


def _canonical(value: Any) -> Any:
    """Returns checked values as JSON values, distributions as a recipe writes them."""
    if isinstance(value, Drawn | Numbered):
        return value.plain()
    if isinstance(value, Mapping):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]
    return value
