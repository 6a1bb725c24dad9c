"""What may lie on the table: things of the catalogue and random solids, in their own materials or in random ones."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.tabletop.rough_solids import solid
from buildee.generators.tabletop.section import Objects
from buildee.layout.catalog import Catalog, Entry, refuse_unknown_names
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.resized import farther, resized
from buildee.layout.scene import Model, Part, Pose, Shape
from buildee.layout.trays import Thing

UNFIT: dict[str, str] = {
    "clock": "hangs on a wall",
    "cooker_hood": "hangs on a wall",
    "curtain": "hangs on a rail",
    "dishwasher": "is built in",
    "hob": "is built in",
    "oven": "is built in",
    "refrigerator": "stands on the floor",
    "washing_machine": "stands on the floor",
    "waste_bin": "stands on the floor",
    "plant": "would lose its earth",
    "flowers": "would lose their water",
    "candle": "burns",
    "towel": "is cloth, which folds when it falls",
    "dishcloth": "is cloth, which folds when it falls",
    "napkin": "is cloth, which folds when it falls",
    "oven_glove": "is cloth, which folds when it falls",
    "newspaper": "is paper, which bends when it falls",
    "letter": "is paper, which bends when it falls",
    "place_mat": "bends when it falls",
    "crumbs": "lies there anyway",
    "tap": "is part of a sink",
    "sink": "is built in",
    "worker": "is somebody",
}
"""Categories of the catalogue that are not put on the table, and why."""

FRAGILE: dict[str, str] = {
    "utensil_pot": "the things in it would fall out",
    "knife_block": "the knives in it would fall out",
    "dish_rack": "is larger than its boxes tell",
    "basket": "its contents would fall out",
    "laptop": "its lid would fall shut",
}
"""Categories that stand on tables, but are not dropped on a heap, and why."""

NATURAL = frozenset(
    (
        *("apple", "pear", "banana", "orange", "lemon", "lime", "peach", "grapes", "strawberry", "avocado", "tomato"),
        *("potato", "onion", "garlic", "carrot", "cucumber", "courgette", "aubergine", "bell_pepper", "broccoli"),
        *("mushroom", "lettuce", "pumpkin", "bread", "baguette", "bread_roll", "croissant", "cheese", "egg", "cake"),
        *("biscuit", "sausage"),
    )
)
"""Categories that grew or were baked: random materials shift their colours no more than nature and ovens do."""

RIPENESS = 0.12
"""Standard deviation of the logarithm of those shifts, of brightness and again of each channel by a third."""

SIGMAS = 2.0
"""Sizes that are drawn lie no farther from true ones, standard deviations."""

LEANING = "leaning"
"""The rest that needs a wall."""

DROPPED_LIBRARIES = ("kitchen", "food")
"""Libraries whose things one holds in a hand; those of building sites and appliances are not among them."""

FINISHES: tuple[tuple[str, float], ...] = (
    ("plastic", 4.0),
    ("lacquer", 3.0),
    ("glazed", 2.0),
    ("veneer", 2.0),
    ("rubber", 1.0),
    ("brushed_metal", 1.5),
    ("painted_metal", 2.5),
    ("cast_iron", 0.5),
    ("stone", 1.0),
    ("wax", 0.7),
    ("paper", 1.0),
    ("fabric", 0.7),
)
"""Kinds of material that random things get, and how often."""

METALS: tuple[Color, ...] = ((0.62, 0.61, 0.6), (0.78, 0.6, 0.28), (0.72, 0.43, 0.3), (0.35, 0.35, 0.37))
"""Steel, brass, copper and dark steel, linear RGB."""

WOODS: tuple[Color, ...] = ((0.42, 0.25, 0.12), (0.6, 0.42, 0.24), (0.22, 0.11, 0.06), (0.68, 0.5, 0.32))
"""Oak, ash, walnut and beech, linear RGB."""


QUIET: tuple[Color, ...] = (
    *((0.76, 0.75, 0.73), (0.62, 0.6, 0.56), (0.34, 0.34, 0.34), (0.05, 0.05, 0.055), (0.55, 0.47, 0.36)),
    *((0.3, 0.36, 0.3), (0.22, 0.3, 0.4), (0.46, 0.26, 0.18), (0.14, 0.15, 0.18)),
)
"""White, pale grey, grey, black, sand, sage, denim, terracotta and anthracite, linear RGB."""

LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Of linear RGB (Rec. 709)."""


@dataclass(frozen=True, eq=False)
class Prototype:
    """Something that may be put on the table.

    Attributes:
        id: names it.
        model: what is built.
        points: (N, 3) that span it, in its own frame with its joints at zero, metres.
        rests: (4, 4) poses in which it rests on z = 0.
    """

    id: str
    model: Model
    points: NDArray[np.float64]
    rests: tuple[Pose, ...]

    def span(self, pose: Pose) -> NDArray[np.float64]:
        """Returns (2, 3) lowest and highest corner at a pose, metres."""
        moved = self.points @ pose[:3, :3].T + pose[:3, 3]
        return np.stack([moved.min(0), moved.max(0)])

    def resting(self, number: int) -> Thing:
        """Returns it in one of its rests."""
        pose = self.rests[number].copy()
        low, high = self.span(pose)
        pose[:2, 3] -= (low + high)[:2] / 2
        return Thing(self.id, str(number), pose, high - low)


@dataclass(eq=False)
class Supply:
    """Draws what is put on the table.

    Attributes:
        catalog: all that there is.
        section: of the recipe.
        rng: makes the draws.
    """

    catalog: Catalog
    section: Objects
    rng: np.random.Generator
    _ids: dict[bool, list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sizes = self.rng.spawn(1)[0]
        refuse_unknown_names(self.catalog, "scene.objects", self.section.only, self.section.without)
        for dropped in (False, True):
            groups: dict[str, list[str]] = {}
            for id, entry in self.catalog.items():
                if self._may(entry, dropped):
                    groups.setdefault(entry.category, []).append(id)
            self._ids[dropped] = [groups[name] for name in sorted(groups)]
            if self.section.source == "catalogue" and not groups:
                raise PlacementError(
                    "scene.objects: only, without and largest leave nothing of the catalogue that can lie on a table"
                    + (" or be dropped on a heap" if dropped else "")
                )

    def one(self, dropped: bool) -> Prototype:
        """Draws a thing: first its category, so that many plates make no table of plates.

        Args:
            dropped: whether it will fall on a heap, which some things do not survive.
        """
        groups = self._ids[dropped]
        solids = {"catalogue": 0.0, "solids": 1.0, "both": 0.4}[self.section.source]
        if self.rng.random() < solids or not groups:
            return self._solid()
        ids = groups[int(self.rng.integers(len(groups)))]
        entry = self.catalog[ids[int(self.rng.integers(len(ids)))]]
        model = self.catalog.model(entry.id)
        if self.rng.random() < self.section.random_materials:
            model = self._repainted(model)
        scale = self._scale(float(entry.size.max()))
        rests = tuple(farther(pose, scale) for name, pose in entry.rests.items() if name != LEANING)
        return Prototype(entry.id, resized(model, scale), scale * _points(entry), rests)

    def _scale(self, longest: float) -> float:
        """Draws how many times as large as it is a thing becomes, in steps of 1 %, from a stream of its own."""
        spread = self.section.scale_spread
        if not spread:
            return 1.0
        drawn = float(np.exp(np.clip(self._sizes.normal(), -SIGMAS, SIGMAS) * spread))
        return round(max(min(drawn, self.section.largest / longest), 0.01), 2)

    def _may(self, entry: Entry, dropped: bool) -> bool:
        """Returns whether a thing of the catalogue is allowed and fit."""
        names = {entry.id, entry.category}
        if names & set(self.section.without) or (self.section.only and not names & set(self.section.only)):
            return False
        elsewhere = entry.library.stem not in DROPPED_LIBRARIES and entry.shipped
        if elsewhere or float(entry.size.max()) > self.section.largest:
            return False
        if entry.category in UNFIT or (dropped and entry.category in FRAGILE):
            return False
        return any(part.proxy is not None for part in entry.parts)

    def _solid(self) -> Prototype:
        """Draws a solid in a random material."""
        made = solid(self.rng, self.section.largest)
        looks = printed(self.rng) if made.printed else dressed(self.rng)
        part = Part("body", made.key, looks, proxy=made.proxy)
        model = Model(made.category, {made.key: made.mesh}, (part,))
        return Prototype(made.key, model, made.mesh.vertices, tuple(_lowered(pose, made.mesh) for pose in made.rests))

    def _repainted(self, model: Model) -> Model:
        """Returns a model with random materials, one for each that it has; what is clear stays so, food keeps to its
        own colours."""
        ripe = np.exp(RIPENESS * (self.rng.standard_normal() + self.rng.standard_normal(3) / 3))
        new: dict[Material, Material] = {}
        for part in model.parts:
            for old in part.materials:
                if model.category in NATURAL:
                    red, green, blue = np.minimum(old.color * ripe, 1.0).round(4).tolist()
                    new[old] = replace(old, color=(red, green, blue))
                elif old not in new:
                    new[old] = old if old.kind in ("glassware", "glass", "liquid", "emissive") else finish(self.rng)
        shapes: dict[str, Shape] = dict(model.shapes)
        parts = tuple(replace(part, materials=tuple(new[item] for item in part.materials)) for part in model.parts)
        return replace(model, shapes=shapes, parts=parts)


def finish(rng: np.random.Generator) -> Material:
    """Draws a material for a thing of any shape."""
    weights = np.array([weight for _, weight in FINISHES])
    kind = FINISHES[int(rng.choice(len(FINISHES), p=weights / weights.sum()))][0]
    if kind == "brushed_metal":
        color = METALS[int(rng.integers(len(METALS)))]
    elif kind == "veneer":
        color = WOODS[int(rng.integers(len(WOODS)))]
    elif kind == "cast_iron":
        color = (0.03, 0.03, 0.032)
    elif kind == "rubber":
        grey = float(rng.uniform(0.02, 0.1))
        color = (grey, grey, grey)
    else:
        color = tint(rng)
    return Material(kind, color, wear=float(rng.uniform(0.1, 0.9)), dirt=float(rng.uniform(0.0, 0.35)))


def dressed(rng: np.random.Generator) -> tuple[Material, Material, Material]:
    """Draws what a solid is made of, its second colour, and ink, which is also the dark of its holes."""
    body = finish(rng)
    kind = ("paint", "plastic", "paper", "brushed_metal")[int(rng.integers(4))]
    color = METALS[int(rng.integers(len(METALS)))] if kind == "brushed_metal" else muted(rng)
    bright = max(float(np.dot(each, LUMINANCE)) for each in (body.color, color)) > 0.08
    ink = (0.015, 0.015, 0.018) if bright else (0.6, 0.58, 0.55)
    return body, Material(kind, color, body.wear, 0.1), Material("paint", ink, 0.2, 0.1)


def printed(rng: np.random.Generator) -> tuple[Material, Material, Material]:
    """Draws what a printed packet or tin is made of, its colour and its ink, which shows on the brighter of both."""
    kind = ("paper", "paper", "plastic", "painted_metal")[int(rng.integers(4))]
    plain = ((0.8, 0.78, 0.74), (0.42, 0.28, 0.16), tint(rng))
    body = plain[int(rng.integers(3))]
    color = tint(rng)
    bright = max(float(np.dot(each, LUMINANCE)) for each in (body, color)) > 0.25
    ink = (0.02, 0.02, 0.025) if bright else (0.82, 0.81, 0.78)
    wear = float(rng.uniform(0.0, 0.4))
    return Material(kind, body, wear, 0.05), Material("paper", color, wear, 0.05), Material("paper", ink, 0.0, 0.0)


def muted(rng: np.random.Generator) -> Color:
    """Draws a colour as walls, tables and cloths have it: white, grey or earthy more often than strong."""
    if rng.random() < 0.35:
        return tint(rng)
    red, green, blue = QUIET[int(rng.integers(len(QUIET)))]
    level = float(rng.uniform(0.75, 1.1))
    return (round(red * level, 4), round(green * level, 4), round(blue * level, 4))


def tint(rng: np.random.Generator) -> Color:
    """Draws a colour, linear RGB: any hue, from grey to strong, from dark to light."""
    hue, strength = float(rng.uniform(0, 1)), float(rng.uniform(0, 0.95))
    level = 0.04 + 0.66 * float(rng.uniform(0, 1)) ** 1.3
    red, green, blue = colorsys.hsv_to_rgb(hue, strength, level)
    return (round(red, 4), round(green, 4), round(blue, 4))


def _lowered(turn: Pose, mesh: Mesh) -> Pose:
    """Returns a turn with the lowest point of what it turns on z = 0."""
    pose = turn.copy()
    pose[2, 3] -= (mesh.vertices @ turn[2, :3] + turn[2, 3]).min()
    return pose


def _points(entry: Entry) -> NDArray[np.float64]:
    """Returns the corners of the bounds of an asset's parts, in its frame."""
    world: dict[str, Pose] = {"": np.eye(4)}
    corners = []
    for part in entry.parts:
        world[part.name] = world[part.parent] @ part.rest
        if part.triangles:
            box = np.stack(np.meshgrid(*part.bounds.T, indexing="ij"), -1).reshape(-1, 3)
            corners.append(box @ world[part.name][:3, :3].T + world[part.name][:3, 3])
    return np.concatenate(corners)
