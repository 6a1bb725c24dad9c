"""Worlds: each is a package here whose `plan` function carries the `@world` decorator."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from buildee.recipe.schema import section_of

if TYPE_CHECKING:
    from buildee.layout.scene import Layout
    from buildee.recipe.sections import Shot
    from buildee.recipe.seed import Seed


class Plan(Protocol):
    """Decides a scene. `scene` is an instance of the world's schema; all draws come from `seed`."""

    def __call__(self, scene: Any, shot: Shot, seed: Seed) -> Layout: ...


@dataclass(frozen=True)
class World:
    """A registered generator.

    Attributes:
        name: what recipes call it.
        description: one sentence for people.
        schema: the frozen dataclass behind a recipe's `scene`.
        plan: the function from its section to a layout.
    """

    name: str
    description: str
    schema: type
    plan: Plan


class _Worlds(Mapping[str, World]):
    """Every world by name, which is also its package's: it is imported when it is asked for, all when all are."""

    def __init__(self) -> None:
        self._known: dict[str, World] = {}
        self._searched = False

    def _all(self) -> dict[str, World]:
        if not self._searched:
            for module in pkgutil.iter_modules(__path__):
                if module.ispkg:
                    importlib.import_module(f"{__name__}.{module.name}")
            self._searched = True
        return self._known

    def __getitem__(self, name: str) -> World:
        if name not in self._known and name in (module.name for module in pkgutil.iter_modules(__path__)):
            importlib.import_module(f"{__name__}.{name}")
        return (self._known if name in self._known else self._all())[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all()))

    def __len__(self) -> int:
        return len(self._all())


WORLDS = _Worlds()
"""The registered worlds by name."""


def world(name: str, description: str, schema: type) -> Callable[[Plan], Plan]:
    """Registers a plan function as a world.

    Raises:
        TypeError: the schema is not a frozen dataclass of knobs, or the name is taken.
    """

    def register(plan: Plan) -> Plan:
        section_of(schema)
        taken = WORLDS._known.get(name)
        if taken is not None and taken.plan.__module__ != plan.__module__:
            raise TypeError(f"world {name!r} is already registered by {taken.plan.__module__}")
        WORLDS._known[name] = World(name, description, schema, plan)
        return plan

    return register
