"""How hands leave taps, knobs, valves and lids: turned, tipped or open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from buildee.generators.kitchen.movement import Boxes, farthest
from buildee.layout.scene import Instance, Part
from buildee.recipe.seed import Seed

NEAR = 0.8
"""Things with their origins farther away than this are not met by what turns or opens, metres."""


@dataclass(frozen=True)
class Habit:
    """How the joints of some parts are left.

    Attributes:
        category: of the thing.
        part: what the part's name begins with.
        chance: that it is not at zero; None is that of doors and drawers to be open.
        low, high: between which shares of the farther limit it then is; below zero on the other side.
        kind: of the joint; lids that are lifted off do not stay in the air.
    """

    category: str
    part: str
    chance: float | None
    low: float
    high: float
    kind: str = "hinge"


HABITS = (
    Habit("tap", "spout", 0.8, -0.8, 0.8),
    Habit("tap", "lever", 0.8, -0.6, 0.6),  # about its axis a side lever mixes hot and cold; no water runs
    Habit("tap", "head", 0.8, 0.0, 0.1),  # shut, each as tight as it was turned
    Habit("hob", "knob", 0.1, 0.15, 1.0),
    Habit("oven", "knob", 0.15, 0.15, 1.0),
    Habit("toaster", "knob", 1.0, 0.2, 0.8),
    Habit("microwave", "knob", 0.6, 0.1, 1.0),
    Habit("washing_machine", "knob", 0.7, 0.05, 1.0),
    Habit("coffee_machine", "steam_wand", 0.5, 0.2, 1.0),
    Habit("coffee_machine", "lid", None, 0.8, 1.0),
    Habit("cooker_hood", "visor", 0.2, 0.6, 1.0, "slider"),
    Habit("stand_mixer", "head", None, 1.0, 1.0),
    Habit("kettle", "lid", None, 0.7, 1.0),
    Habit("kettle", "bail", 0.7, -1.0, 1.0),
    Habit("waste_bin", "lid", None, 0.9, 1.0),
    Habit("jar", "lid", None, 0.4, 1.0),
    Habit("bottle", "cap", None, 0.1, 1.0),
    Habit("carton", "cap", None, 0.1, 1.0),
    Habit("egg_box", "lid", 0.5, 1.0, 1.0),  # modelled open
    Habit("pepper_mill", "top", 1.0, -1.0, 1.0),
    Habit("washing_up_liquid", "cap", 0.3, 1.0, 1.0, "slider"),
    Habit("laptop", "lid", 1.0, -0.12, 0.15),
    Habit("radiator", "valve", 1.0, 0.1, 0.9),
    Habit("toy", "wheel", 1.0, -1.0, 1.0),
)
"""By category and part; what is missing here, as keys and switches that spring back, is found at rest."""

_BY_CATEGORY = {item.category: [each for each in HABITS if each.category == item.category] for item in HABITS}


def handled(items: Sequence[Instance], built: int, share: float, seed: Seed) -> tuple[Instance, ...]:
    """Returns all things, some of their joints as hands left them, where nothing is in the way.

    Every thing draws from a stream of its own.

    Args:
        items: everything in the room; their order is kept.
        built: how many of them, the first, are the room and its furniture, which reach far from their origins.
        share: chance that a lid stands open.
        seed: of the draws.
    """
    made, wanted = list(items), {}
    for index, item in enumerate(items):
        habits = _BY_CATEGORY.get(item.category)
        if habits and (values := _left(item, habits, share, seed.child(item.name).rng())):
            wanted[index] = values
    if not wanted:
        return tuple(made)
    spots = np.array([items[index].poses[0, :3, 3] for index in wanted])
    places = np.array([item.poses[0, :3, 3] for item in items])
    near = (np.abs(places[:, None] - spots) < NEAR).all(-1).any(1)
    near[:built] = True
    numbers = np.flatnonzero(near).tolist()
    room = Boxes([items[number] for number in numbers])
    for index, values in wanted.items():
        place = numbers.index(index)
        for name, value in values.items():
            for reach in (value, 0.5 * value):
                moved = replace(made[index], values={**made[index].values, name: np.array([reach])})
                if room.is_free(place, moved):
                    made[index] = moved
                    room.take(place, moved)
                    break
    return tuple(made)


def _left(item: Instance, habits: Sequence[Habit], share: float, rng: np.random.Generator) -> dict[str, float]:
    """Returns how the parts of a thing are left that are not at zero, radians or metres by name."""
    found = {}
    for part in item.parts:
        habit = next((each for each in habits if _is_of(part, each)), None)
        if habit is None or part.name in item.values:
            continue
        chance, value = rng.random(), farthest(part) * float(rng.uniform(habit.low, habit.high))
        if chance < (share if habit.chance is None else habit.chance):
            found[part.name] = float(np.clip(value, *part.joint.limits))
    return found


def _is_of(part: Part, habit: Habit) -> bool:
    return part.joint is not None and part.joint.kind == habit.kind and part.name.startswith(habit.part)
