"""The errors a user can cause. The command line prints them without a traceback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


class BuildeeError(Exception):
    """Base of every error that is the input's fault, never the code's."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a recipe.

    Attributes:
        where: `file:line:column`, or the file alone when no line applies.
        path: dotted path of the field, such as `scene.storeys`; empty for the whole file.
        message: what is wrong and what to do.
    """

    where: str
    path: str
    message: str

    def __str__(self) -> str:
        return ": ".join(text for text in (self.where, self.path, self.message) if text)


class RecipeError(BuildeeError):
    """Everything wrong with a recipe, all at once.

    Attributes:
        problems: the problems in file order.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlacementError(BuildeeError):
    """A scene that cannot be laid out; says what, how many attempts, and which field to change.

    Fields are named by their dotted paths: `buildee.recipe.location` finds them in the recipe.
    """


class AssetError(BuildeeError):
    """An asset that the catalog or a .blend library lacks; names the closest one, and the field that asks for it."""


class OutputError(BuildeeError):
    """An output folder that cannot be written, or that holds something else."""


class AnnotationError(BuildeeError):
    """Ground truth that cannot be computed here, such as a missing ray caster."""


class DatasetError(BuildeeError):
    """A dataset, or a file in one, that is missing, damaged or something else; names the file."""


@dataclass
class Gathered:
    """Errors of things that do not hang on one another, so that all are told at once.

    found = Gathered()
    for thing in things:
        with found.kept():
            place(thing)
    found.tell()
    """

    errors: list[BuildeeError] = field(default_factory=list)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keeps an error of the user's for later and goes on behind the block."""
        try:
            yield
        except BuildeeError as error:
            self.errors.append(error)

    def tell(self) -> None:
        """Raises one error, of the first one's class, that says what all do; nothing was wrong if there are none."""
        if self.errors:
            raise type(self.errors[0])("\n".join(dict.fromkeys(map(str, self.errors))))
