"""Where people are on the floors of the building, and how many of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame import Building, Floor
from buildee.generators.construction_site.section import Crew
from buildee.layout.kinematics import bounds_of
from buildee.layout.placement import boxes_of
from buildee.recipe.seed import Seed

STRADDLE = 0.5
"""How far from the middle between their feet people may step, metres."""

ELBOW = 0.95
"""From the middle between somebody's feet to props, metres: elbows and tripods stick out."""

APART = 1.7
"""Between two people, metres: one who kneels or reaches ahead takes more than a metre."""

DECK_END = np.array([[0.0, 0.0], [0.5, 0.0]])
"""How much sooner the room for people ends on a deck under way than on a floor, metres: it ends at a railing."""


def upstairs(spec: Crew, count: int, building: Building) -> int:
    """Returns how many of some people are on the floors."""
    return round(spec.upstairs * count) if _open_floors(building) else 0


def _open_floors(building: Building) -> list[Floor]:
    """Returns the floors that people can be on, the newest first."""
    return [floor for floor in building.floors[::-1] if floor.state != "propped" and len(floor.free)]


def _mats(building: Building) -> NDArray[np.float64]:
    """Returns (M, 6) mats of reinforcement on the deck: low x, y, high x, y, underside and top, metres."""
    rows = []
    for item in building.assembly.instances:
        if item.category == "rebar_cage" and building.deck is not None:
            poses, half = boxes_of(item)
            low, high = bounds_of(poses, half)
            low, high = low.min(0), high.max(0)
            if abs(low[2] - building.deck) < 0.2 and high[2] - low[2] < 0.2:
                rows.append((*low[:2], *high[:2], item.poses[0, 2, 3], high[2]))
    return np.array(rows).reshape(-1, 6)


def _props(building: Building) -> NDArray[np.float64]:
    """Returns (P, 3) feet of the props under decks and young slabs, metres."""
    feet = [item.poses[:, :3, 3] for item in building.assembly.scatters if item.category == "formwork_prop"]
    return np.concatenate([np.zeros((0, 3)), *feet])


def _on_mats(x: float, y: float, mats: NDArray[np.float64]) -> float | None:
    """Returns the height to stand at on a deck with mats, metres; None across the edge of one."""
    inside = (mats[:, :2] + STRADDLE <= (x, y)).all(1) & (mats[:, 2:4] - STRADDLE >= (x, y)).all(1)
    near = (mats[:, :2] - STRADDLE <= (x, y)).all(1) & (mats[:, 2:4] + STRADDLE >= (x, y)).all(1)
    if inside.any():
        return float(mats[inside, 5].max())
    return None if near.any() else float(mats[:, 4].min())


def floor_spots(count: int, building: Building, seed: Seed) -> list[tuple[float, float, float]]:
    """Returns places on the building, metres in its frame: the formwork's edge, the newest floor, then the others."""
    rng = seed.rng()
    floors = _open_floors(building)
    mats, props = _mats(building), _props(building)
    spots: list[tuple[float, float, float]] = []
    for number in range(count if floors else 0):
        floor = floors[0] if number % 3 < 2 else floors[number % len(floors)]
        panels, height = floor.free, floor.height
        laid = panels[panels[:, 0, 0] < building.columns[:, 0].min() + building.spec.bay / 2]  # the first bay along X
        on_deck = building.deck is not None and number % 2 == 0 and len(laid) > 0  # the core may fill that bay
        if on_deck:
            panels, height = laid - DECK_END, building.deck
        front = panels[panels[:, 0, 1] < panels[:, 0, 1].min() + 0.5]  # the façade that people see
        for _ in range(60):
            seen = rng.random() < 0.75
            low, high = (front if seen else panels)[rng.integers(len(front if seen else panels))]
            share = rng.random(2) * (1.0, 0.3 if seen else 1.0)
            x, y = low + 0.4 + share * np.maximum(high - low - 0.8, 0)
            z = _on_mats(x, y, mats) if on_deck and len(mats) else height
            if z is None or ((np.hypot(*(props[:, :2] - (x, y)).T) < ELBOW) & (np.abs(props[:, 2] - z) < 1)).any():
                continue
            if all(np.hypot(x - a, y - b) > APART or abs(z - c) > 1 for a, b, c in spots):
                spots.append((float(x), float(y), z))
                break
    return spots
