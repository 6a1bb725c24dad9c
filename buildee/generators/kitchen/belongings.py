"""Which groups of things belong where, and how common each is."""

from __future__ import annotations

from buildee.generators.kitchen.groups import (
    Group,
    bottles,
    breakfast,
    chopping,
    coffee,
    cutlery,
    jars,
    sets,
    several,
    single,
    stacks,
)
from buildee.layout.trays import anywhere, in_front, near

Choice = tuple[tuple[float, Group], ...]
"""Groups, and how common each is beside the others."""

WORKTOP: Choice = (
    (2.0, single("kettle", yaw=(0.0, 0.5))),
    (1.6, single("toaster")),
    (1.3, coffee),
    (1.0, single("microwave", yaw=(0.0, 0.02))),
    (0.7, single("stand_mixer", "blender", yaw=(0.0, 0.3))),
    (1.4, single("knife_block", yaw=(0.0, 0.3))),
    (1.6, single("utensil_pot", yaw=(0.0, 1.5))),
    (1.5, chopping),
    (1.2, jars),
    (1.3, bottles),
    (1.0, single("paper_towel")),
    (1.2, several("apple", "orange", "lemon", "pear", "banana", "tomato", "avocado", least=2, most=6)),
    (0.8, breakfast),
    (1.0, single("plant", "flowers", "vase", yaw=(0.0, 1.5))),
    (0.7, single("book", yaw=(0.0, 0.3), place=anywhere)),
    (0.6, single("scales", "tray", "basket", "mixing_bowl", yaw=(0.0, 0.4), place=anywhere)),
    (0.8, several("mug", "cup", "drinking_glass", "bowl", "plate", least=1, most=3)),
    (0.7, several("packet", "carton", "tin", "egg_box", least=1, most=3, turn=0.4)),
)
"""What may stand on a worktop, and how common it is."""

BY_TOPIC: dict[str, Choice] = {
    "crockery": (
        (2.0, stacks("plate", least=4, most=9, piles=2)),
        (1.5, stacks("bowl", least=3, most=6, piles=2)),
        (1.0, sets("mug", 3, 6)),
        (1.0, stacks("saucer", least=3, most=6, piles=1)),
        (0.6, sets("drinking_glass", 3, 8)),
        (0.5, single("jug", "teapot", place=anywhere)),
    ),
    "glasses": ((2.0, sets("drinking_glass", 4, 8)), (1.5, sets("wine_glass", 3, 6)), (0.7, sets("mug", 2, 5))),
    "dry goods": (
        (2.0, several("packet", least=3, most=6, turn=0.1)),
        (1.5, several("jar", least=3, most=6, turn=1.0)),
        (1.5, several("tin", least=3, most=7)),
        (1.0, several("bottle", "carton", least=2, most=4)),
    ),
    "pans": (
        (1.5, stacks("cooking_pot", "saucepan", "casserole", least=1, most=1, piles=2)),
        (1.2, stacks("frying_pan", least=1, most=3, piles=1)),
        (1.0, stacks("mixing_bowl", "colander", least=1, most=2, piles=1)),
        (0.6, several("baking_tray", "lid", least=1, most=2, turn=0.1)),
    ),
    "utensils": (
        (
            1.0,
            several(
                "spatula",
                "ladle",
                "wooden_spoon",
                "whisk",
                "tongs",
                "peeler",
                "grater",
                "scissors",
                "corkscrew",
                "rolling_pin",
                least=5,
                most=9,
                turn=0.15,
            ),
        ),
    ),
    "textiles": (
        (1.0, stacks("towel", "napkin", "place_mat", least=2, most=4, piles=2)),
        (0.6, single("oven_glove", place=anywhere)),
    ),
    "chilled": (
        (1.5, several("carton", "bottle", least=2, most=4, turn=0.3)),
        (1.2, several("jar", "butter_dish", "cheese", "egg_box", least=2, most=4)),
        (1.2, several("tomato", "lettuce", "cucumber", "bell_pepper", "broccoli", "carrot", least=2, most=6)),
        (0.5, several("bowl", "tin", least=1, most=2)),
    ),
    "cleaning": ((1.0, several("washing_up_liquid", "bottle", "sponge", "brush", "storage_box", least=2, most=5)),),
    "wine": ((1.0, several("wine_bottle", least=1, most=1, turn=0.0)),),
    "cooking": (
        (
            1.0,
            single(
                "cooking_pot",
                "frying_pan",
                "saucepan",
                "casserole",
                "wok",
                "kettle",
                place=near(0, 0, 0.0),
                yaw=(0.0, 0.6),
            ),
        ),
    ),
    "cutlery": ((1.0, cutlery),),
    "": (
        (1.0, several("storage_box", "basket", "bowl", "tin", "jar", "packet", least=1, most=4, turn=0.2)),
        (0.8, stacks("plate", "bowl", least=2, most=6, piles=1)),
        (0.6, several("book", least=2, most=5, turn=0.05)),
        (0.6, single("plant", "vase", place=anywhere)),
    ),
}
"""What is kept where, by the topic of a support."""


TABLE: Choice = (
    (1.5, single("flowers", "vase", "plant", place=near(0, 0, 0.05))),
    (1.0, several("apple", "pear", "orange", "banana", least=1, most=3)),
    (0.8, single("candle", "jug", place=near(0.15, 0.0, 0.05))),
    (0.8, several("letter", "newspaper", "pen", "keys", "phone", least=1, most=3)),
    (0.5, single("laptop", place=in_front)),
    (0.6, several("mug", "drinking_glass", least=1, most=2)),
    (0.4, several("toy", least=1, most=2)),
)
"""What may stand on a dining table beside what is laid."""
