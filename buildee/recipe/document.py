"""The schema in words: `describe` for the command line, docs/recipes.md and the editors' JSON Schemas.

`python -m buildee.recipe.document [FOLDER]` writes the files that ship, under FOLDER (the working folder by default).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import MISSING
from pathlib import Path
from typing import Any

from buildee.errors import Problem, RecipeError
from buildee.generators import WORLDS
from buildee.layout.categories import CATEGORIES
from buildee.layout.public_labels import NUMBERED, public_names
from buildee.recipe import kinds
from buildee.recipe.editor import json_schema, labels_schema
from buildee.recipe.labelling import Labelling
from buildee.recipe.load import recipe_section
from buildee.recipe.schema import plain, section_of, tagged_types
from buildee.recipe.wording import number, summary, unknown, unknown_field, wanted

__all__ = ["describe", "json_schema", "main", "markdown"]


def describe(path: str = "", world: str | None = None) -> str:
    """Returns what a recipe may say at a dotted path, such as `scene.building.storeys` or `cameras.orbit`.

    Args:
        path: empty lists the top level; a family of items is followed by one of its types.
        world: whose `scene` is meant; None takes the first registered world that has the path.

    Raises:
        RecipeError: there is no such field or world; the closest one is named.
    """
    if world is not None and world not in WORLDS:
        raise RecipeError([Problem("", path, unknown("world", world, WORLDS))])
    problem: RecipeError | None = None
    for name in [world] if world else [*WORLDS] or [None]:
        try:
            return _described(recipe_section(name), path)
        except RecipeError as error:
            problem = problem or error
    raise problem


def _described(root: kinds.Section, path: str) -> str:
    here: kinds.Field | kinds.Section = root
    walked: list[str] = []
    for word in path.split(".") if path else []:
        kind = here.type if isinstance(here, kinds.Field) else here
        if isinstance(kind, kinds.Items):
            options = tagged_types(kind.family)
            found = section_of(options[word]) if word in options else None
        else:
            fields = kind.fields if isinstance(kind, kinds.Section) else ()
            options = {field.name: field for field in fields}
            found = options.get(word)
        if found is None:
            raise RecipeError([Problem("", ".".join([*walked, word]), unknown_field(word, options, root))])
        walked.append(word)
        here = found
    return "\n".join(_lines(path or "recipe", here))


def _lines(path: str, here: kinds.Field | kinds.Section) -> Iterator[str]:
    kind = here.type if isinstance(here, kinds.Field) else here
    yield f"{path}: {here.description if isinstance(here, kinds.Field) else summary(here.cls)}"
    if isinstance(kind, kinds.Section):
        for field in kind.fields:
            yield f"  {field.name}: {field.description} {_facts(field)}".rstrip()
    elif isinstance(kind, kinds.Items):
        yield "  a list of items, each with a unique `name` and one of these as `type`:"
        for tag, cls in sorted(tagged_types(kind.family).items()):
            yield f"  {tag}: {summary(cls)}"
    elif isinstance(here, kinds.Field):
        yield f"  {_accepted(here)} {_facts(here)}"
        if here.varies:
            yield f"  or a distribution: {_distributions(here)}"


def _accepted(field: kinds.Field) -> str:
    return wanted(field.type) + (" or null" if field.optional else "")


def _facts(field: kinds.Field) -> str:
    """Returns default and limits in brackets, or nothing for sections and lists."""
    if isinstance(field.type, kinds.Section | kinds.Items):
        return ""
    limits = _limits(field)
    default = "required" if field.default is MISSING else f"default {_default(field)}"
    return f"({default}{'; ' + limits if limits else ''})"


def _limits(field: kinds.Field) -> str:
    unit = f" {field.unit}" if field.unit else ""
    if field.min is not None and field.max is not None:
        return f"{number(field.min)} to {number(field.max)}{unit}"
    if field.min is not None:
        return f"at least {number(field.min)}{unit}"
    return f"at most {number(field.max)}{unit}" if field.max is not None else unit.strip()


def _default(field: kinds.Field) -> str:
    value = plain(field.type, field.default)
    if isinstance(value, list):
        return f"[{', '.join(str(item) for item in value)}]"
    return value if isinstance(value, str) and value else json.dumps(value)


def _distributions(field: kinds.Field) -> str:
    singles = field.type.items if isinstance(field.type, kinds.Tuple) else (field.type,)
    numbers = any(isinstance(kind, kinds.Scalar) and kind.kind in ("int", "float") for kind in singles)
    return "uniform, log_uniform, normal, choice, sweep, cycle" if numbers else "choice, cycle"


def _items_default(field: kinds.Field) -> str:
    """Returns a list of items as a recipe writes it, less what is the items' own default."""
    items = plain(field.type, field.default)
    return "[" + ", ".join(f"{{type: {item['type']}, name: {item['name']}}}" for item in items) + "]"


_INTRODUCTION = """# Recipes

<!-- Written by `python -m buildee.recipe.document`; change the schema, not this file. -->

A recipe is a YAML file that says what to make. This is a whole one:

```yaml
{example}```

Every field has a default, unless its table says *required*. Text follows YAML 1.2: `no` is a word, `1e-3` a number.
All mistakes are reported at once, each with its line and column.

## Values that vary

A value may be drawn anew for every scene, unless its table says *fixed*:

| Write | Draws |
|---|---|
| `{{uniform: [3, 9]}}` | anything from 3 to 9, all equally likely; for whole numbers both ends count |
| `{{log_uniform: [0.1, 10]}}` | all orders of magnitude from 0.1 to 10 equally likely |
| `{{normal: {{mean: 5, std: 2, min: 1, max: 9}}}}` | a normal distribution cut off at `min` and `max` |
| `{{choice: [clear, rain], weights: [3, 1]}}` | one of the list; without `weights` all equally likely |
| `{{sweep: [0.0, 1.0]}}` | nothing: even steps from 0 in the first scene to 1 in the last, also downwards |
| `{{cycle: [8, 12, 16]}}` | nothing: the first scene takes the first value, the next scene the next, and so on around |

A distribution may not reach beyond the field's own limits. Each draw depends on the seed, the number of the scene and
the field's path alone (in lists, the item's `name`): changing, adding or moving one field never shifts another's draw.

With `series: true` the scenes are one place at different times: they share all draws, the plan and the cameras (those
that suit the scene in the middle), and differ by `sweep` and `cycle` alone, as a site does from week to week.
"""


_LABELS_INTRODUCTION = """# Label tables

<!-- Written by `python -m buildee.recipe.document`; change the schema, not this file. -->

`buildee annotate FILE.blend --labels table.yaml -o out` writes ground truth, and pictures, of a .blend of your own. The
table says what the objects are:

```yaml
# yaml-language-server: $schema=recipes/schema/labels.json
labels:
  - {type: collection, name: chair, match: "Chairs", instance: root}
  - {type: object, name: floor, match: "Floor*|Ground", countable: false}
  - {type: property, name: others, match: category}    # the value of the property names the category
cameras: "Cam*"
frames: {first: 1, last: 48, step: 2}
```

- The first label that matches an object decides. An object that none matches takes the label of the object that it is
  parented to, and is background without one; background still hides what is behind it.
- An empty that instances a collection is asked first: if a label matches it, all that it brings is one instance.
  Otherwise every copy of a labelled object, by geometry nodes, particles or empties, is an instance of its own.
- The file is evaluated as it renders: render levels of modifiers, render visibility, whatever the viewport shows.
- Its scripts and Python drivers do not run, and it is never changed.
- Every frame is compared with an exact render, one sample a pixel. Where it shows something else than triangles (hair,
  cut-outs, displacement by a shader), depth and ids come from it, and the map `source` says so: see
  [ground truth](ground_truth.md#files-of-your-own). Volumes are seen through, glass counts with its first surface
  unless `truth.glass` is `see_through`: see [glass](ground_truth.md#glass-and-mirrors).
- Depth of field and motion blur of the file are in the pictures, never in the truth.
"""


def markdown() -> str:
    """Returns docs/recipes.md: every field of every registered world."""
    root = recipe_section(None)
    parts = [_INTRODUCTION.format(example=_example()), "## Every recipe\n", _table(root, ""), *_families(root)]
    for name, world in WORLDS.items():
        parts.append(f"## World `{name}`\n\n{world.description}\n\n{_table(section_of(world.schema), 'scene')}")
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def labels_markdown() -> str:
    """Returns docs/labels.md: every field of label tables, and the categories that the worlds have."""
    root = section_of(Labelling)
    parts = [_LABELS_INTRODUCTION, "## Every label table\n", _table(root, ""), *_families(root), _categories()]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts).replace(" *Fixed.*", "")


_CATEGORIES_INTRODUCTION = """## Categories of the worlds

What the generators make has these categories, which `labels.json` beside every dataset lists with all that is known of
them: the ids of COCO, ADE20K, NYU40 and Cityscapes, the names behind them, and the names of LVIS and of datasets of
building sites. A cell is empty where a label set has no such class. COCO: the 80 classes of detection, by their ids up
to 90. ADE20K: the 150 of scene parsing, 1 is wall. NYU40: those of Gupta et al. (2013), spelt as there. LVIS: v1.
"""


def _categories() -> str:
    """Returns a table of every category, and what public label sets call it."""
    rows = ["| Id | Category | COCO | ADE20K | NYU40 | LVIS |", "|---|---|---|---|---|---|"]
    for category in sorted(CATEGORIES.values(), key=lambda item: item.id):
        names = public_names(category)
        numbered = [
            f"{getattr(category, label_set)} {names[f'{label_set}_name']}" if names[f"{label_set}_name"] else ""
            for label_set in NUMBERED
        ]
        cells = (str(category.id), f"`{category.name}`", *numbered, f"`{category.lvis}`" if category.lvis else "")
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([_CATEGORIES_INTRODUCTION, *rows]) + "\n"


def _families(root: kinds.Section) -> Iterator[str]:
    """Yields what the items of every list may be."""
    for field in _lists(root):
        yield f"## {field.name.capitalize()}\n\n{field.description}\n"
        yield "Every item has one of these as `type`.\n"
        for tag, cls in sorted(tagged_types(field.type.family).items()):
            yield f"### `type: {tag}`\n\n{summary(cls)}\n\n{_table(section_of(cls), '')}"


def _lists(kind: kinds.Section) -> Iterator[kinds.Field]:
    """Yields the fields that list items of a family, nested ones included."""
    for field in kind.fields:
        if isinstance(field.type, kinds.Items):
            yield field
        elif isinstance(field.type, kinds.Section):
            yield from _lists(field.type)


def _example() -> str:
    world = next(iter(WORLDS), "")
    camera = next(iter(sorted(tagged_types("camera"))), "")
    return f"world: {world}\nseed: 7\nscenes: 10\nframes: {{count: 48}}\ncameras:\n  - {{type: {camera}, name: main}}\n"


def _table(kind: kinds.Section, prefix: str) -> str:
    rows = ["| Field | Value | Default | Limits | Meaning |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *_rows(kind, prefix)]) + "\n"


def _rows(kind: kinds.Section, prefix: str) -> Iterator[str]:
    for field in kind.fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        if isinstance(field.type, kinds.Section):
            yield from _rows(field.type, path)
            continue
        default, value = "*required*", "a list of items"
        if isinstance(field.type, kinds.Items):
            if field.default is not MISSING and len(field.default) >= (field.min or 0):
                default = f"`{_items_default(field)}`"
        else:
            value = _accepted(field)
            default = default if field.default is MISSING else f"`{_default(field)}`"
        fixed = "" if field.varies else " *Fixed.*"
        cells = (f"`{path}`", value, default, _limits(field), field.description + fixed)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def files() -> dict[str, str]:
    """Returns the text of every file that ships, by path from the repository's root."""
    schemas: dict[str, Any] = {f"recipes/schema/{name}.json": json_schema(name) for name in WORLDS}
    schemas["recipes/schema/labels.json"] = labels_schema()
    texts = {path: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for path, schema in schemas.items()}
    return {"docs/recipes.md": markdown(), "docs/labels.md": labels_markdown(), **texts}


def main(arguments: Sequence[str]) -> None:
    """Writes the files that ship under the folder given, or the working folder."""
    root = Path(arguments[0] if arguments else ".")
    for path, text in files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
