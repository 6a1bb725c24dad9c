"""The text of a recipe or label table, read with care: whatever the path leads to, there is one clear message."""

from __future__ import annotations

from pathlib import Path

from buildee.errors import Problem, RecipeError
from buildee.recipe.tree import MAX_CHARACTERS
from buildee.recipe.wording import closest


def read_text(path: Path) -> str:
    """Returns a file's text.

    Raises:
        RecipeError: it is missing, no text, too long or cannot be read; one clear message.
    """

    def refuse(message: str) -> RecipeError:
        return RecipeError([Problem(str(path), "", message)])

    try:
        if path.is_dir():
            raise refuse("is a folder; name a recipe file, such as one ending in .yaml")
        if not path.exists():
            siblings = [item.stem for item in path.parent.glob("*.yaml")] if path.parent.is_dir() else []
            near = closest(path.stem, siblings)
            raise refuse(f"no such file, did you mean {near + '.yaml'!r}?" if near else "no such file")
        if not path.is_file():
            raise refuse("is not a regular file")
        if path.stat().st_size > 4 * MAX_CHARACTERS:
            raise refuse(f"is longer than a recipe may be ({MAX_CHARACTERS // 1024} KiB)")
        data = path.read_bytes()
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise refuse(f"is no usable path: {error}") from None
    if b"\0" in data:
        raise refuse("is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(f"is not UTF-8 text (line {line}); save it as UTF-8") from None
