"""Which groups of things belong where, and how common each is."""

from __future__ import annotations

from buildee.generators.kitchen import cooking, counter, meals
from buildee.generators.kitchen.groups import Group, several, single
from buildee.generators.kitchen.shelving import Kept
from buildee.layout.trays import anywhere, at_back, in_front, near

Choice = tuple[tuple[float, Group], ...]
"""Groups, and how common each is beside the others."""

WORKTOP: Choice = (
    (3.0, counter.tea),
    (2.4, counter.toast),
    (2.6, counter.coffee),
    (2.0, cooking.chopping),
    (1.6, cooking.fruit),
    (1.3, cooking.bread),
    (1.2, meals.breakfast),
    (0.5, meals.drinks),
    (1.2, cooking.jars),
    (1.0, cooking.tools),
    (1.0, cooking.machine),
    (0.9, cooking.baking),
    (0.9, counter.leftovers),
    (0.9, counter.mail),
    (0.8, counter.shopping),
    (0.7, cooking.roots),
    (0.7, cooking.vegetables),
    (0.8, counter.books),
    (0.5, counter.plants),
    (0.4, counter.cut_flowers),
    (1.0, counter.paper),
)
"""What goes on along a worktop, and how common it is."""

ISLAND: Choice = tuple(
    (weight, group)
    for weight, group in WORKTOP
    if group not in (counter.tea, counter.toast, counter.coffee, cooking.jars, cooking.tools, cooking.machine)
)
"""What goes on where there is no wall behind and no socket."""

AT_HOB: Choice = ((1.5, cooking.tools), (1.0, cooking.chopping), (0.6, counter.paper))
AT_SINK: Choice = ((1.0, counter.dirty), (0.8, counter.leftovers), (0.6, counter.plants), (0.6, cooking.chopping))
"""What goes on on the other side of a hob, and of a sink, than that with oil and spices, or soap and rack."""

STAPLES: Choice = ((1.6, cooking.chopping), (1.0, cooking.fruit), (0.8, cooking.bread), (0.6, meals.breakfast))
"""What a kitchen that has food at all has some of in view."""

PACKETS = several("packet", "carton", "tin", "jar", least=1, most=3)

BACKDROP: Choice = (
    (1.2, counter.bowls),
    (0.9, counter.plates),
    (0.8, cooking.jars),
    (0.8, counter.plants),
    (0.8, single("mixing_bowl", "colander", "casserole", "cooking_pot", yaw=(0.0, 0.4))),
    (0.8, several("packet", "tin", least=2, most=4)),
    (0.7, several("bottle", "jar", least=2, most=3)),
    (0.7, several("storage_box", least=1, most=2)),
    (0.6, several("mug", least=2, most=4, turn=1.5)),
    (0.6, single("jug", "measuring_jug", "vase", "candle", "utensil_pot", yaw=(0.0, 1.5))),
    (0.6, single("teapot", "scales", "butter_dish", "egg_box", "grater", "pepper_mill")),
    (0.6, counter.books),
    (0.5, single("bread", "cake", "cheese", "pumpkin", "broccoli", "lettuce", yaw=(0.0, 0.8))),
    (0.5, cooking.roots),
    (0.4, counter.glasses),
    (0.4, counter.paper),
    (0.3, single("wine_bottle")),
)
"""What lives along the wall, in every gap that what goes on leaves."""

FRESH = ("lemon", "lime", "onion", "garlic", "tomato", "apple", "avocado", "bell_pepper", "banana")

ABOUT: Choice = (
    (1.0, several(*FRESH, least=2, most=4, turn=1.5)),
    (0.7, single("mug", "cup", "bowl", "plate", place=anywhere, yaw=(0.0, 1.5))),
    (0.5, counter.bowls),
    (0.4, counter.plates),
    (0.6, single("napkin", "towel", "place_mat", "newspaper", place=anywhere, yaw=(0.0, 0.4))),
    (0.6, single("jug", "vase", "candle", "teapot", place=anywhere, yaw=(0.0, 1.5))),
    (0.5, PACKETS),
)
"""What lies and stands about where people come to from all sides."""

PASSING: Choice = (
    (1.0, counter.mug),
    (0.5, counter.cup_on_saucer),
    (0.8, single("paper_towel", "candle", "vase", "jar", "bottle")),
    (0.4, counter.glasses),
    (1.0, PACKETS),
    (0.5, single("dishcloth", "oven_glove", "towel", "napkin")),
    (0.5, counter.dirty),
    (0.5, single("storage_box", "butter_dish", "egg_box", "teapot", "tray", place=at_back)),
    (0.5, several(*FRESH, least=1, most=3, turn=1.5)),
    (0.3, single("phone", "keys", "pen", "scissors", "peeler", "corkscrew", "remote_control", place=in_front)),
)
"""Small things between all that, put to what stands there."""

ELECTRIC = frozenset((counter.tea, counter.toast, counter.coffee, cooking.machine))
"""Groups that need a socket."""

ONCE = ELECTRIC | {
    counter.mail,
    counter.books,
    counter.paper,
    counter.plants,
    meals.breakfast,
    meals.drinks,
    cooking.baking,
    cooking.bread,
    cooking.jars,
    cooking.tools,
}
"""Groups that a kitchen has no more than one of."""

EDIBLE = frozenset(
    (cooking.fruit, cooking.roots, cooking.vegetables, cooking.bread, counter.shopping, PACKETS, meals.breakfast)
)
"""Groups that are the commoner, the more food there is."""

CROCKERY = (
    Kept(2.0, ("plate",), stack=9),
    Kept(1.6, ("bowl",), stack=6),
    Kept(1.0, ("mug",), alike=0.6, tints=4),
    Kept(0.8, ("saucer",), stack=6),
    Kept(0.5, ("cup",)),
    Kept(0.5, ("drinking_glass",), stack=2),
    Kept(0.3, ("jug", "teapot"), alike=0.3),
)
GLASSES = (
    Kept(2.0, ("drinking_glass",), stack=2),
    Kept(1.4, ("wine_glass",)),
    Kept(0.7, ("mug",), tints=4),
    Kept(0.3, ("jug", "vase"), alike=0.2),
)
DRY = (
    Kept(2.0, ("packet",), alike=0.6, tints=3),
    Kept(1.6, ("jar",), stack=2, alike=0.7, tints=3),
    Kept(1.6, ("tin",), stack=2, tints=3),
    Kept(1.0, ("bottle", "carton"), alike=0.4),
    Kept(0.5, ("storage_box",), stack=2),
)
TOOLS = (
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
)

BY_TOPIC: dict[str, tuple[Kept, ...]] = {
    "crockery": CROCKERY,
    "glasses": GLASSES,
    "dry goods": DRY,
    "baking": (
        Kept(1.5, ("packet",), alike=0.6),
        Kept(1.0, ("mixing_bowl", "measuring_jug", "baking_tray"), stack=2, alike=0.3),
        Kept(1.0, ("jar", "storage_box"), stack=2, alike=0.6),
        Kept(0.4, ("scales", "rolling_pin", "whisk"), alike=0.2),
    ),
    "pans": (
        Kept(1.5, ("cooking_pot", "saucepan", "casserole"), alike=0.2),
        Kept(1.2, ("frying_pan", "wok"), stack=3),
        Kept(1.0, ("mixing_bowl", "colander"), stack=3, alike=0.3),
        Kept(0.8, ("lid",), alike=0.3),
        Kept(0.6, ("bowl", "measuring_jug", "storage_box"), stack=4, alike=0.5),
        Kept(0.4, ("baking_tray",), stack=3),
    ),
    "utensils": (Kept(1.0, TOOLS, alike=0.3), Kept(0.4, ("fork", "knife", "spoon", "kitchen_knife", "pen"), alike=0.5)),
    "linen": (
        Kept(1.0, ("towel", "dishcloth"), stack=6, alike=0.6),
        Kept(0.8, ("napkin", "place_mat"), stack=8, alike=0.6),
    ),
    "chilled": (
        Kept(1.5, ("carton", "bottle"), alike=0.4),
        Kept(1.2, ("jar", "butter_dish", "cheese", "egg_box"), stack=2, alike=0.3),
        Kept(1.2, ("tomato", "lettuce", "cucumber", "bell_pepper", "broccoli", "carrot", "lemon"), alike=0.6),
        Kept(0.6, ("bowl", "tin", "storage_box", "sausage"), alike=0.4),
    ),
    "frozen": (
        Kept(1.5, ("packet",), rest="lying", alike=0.5),
        Kept(1.0, ("storage_box", "bread"), stack=2, alike=0.5),
    ),
    "cleaning": (
        Kept(1.0, ("washing_up_liquid", "bottle"), alike=0.5),
        Kept(0.7, ("sponge", "brush", "dishcloth"), alike=0.5),
        Kept(0.7, ("storage_box",), stack=2, alike=0.5),
    ),
    "wine": (Kept(1.0, ("wine_bottle",), rest="lying"),),
    "heating": (Kept(1.0, ("bowl", "plate"), tints=3),),
    "draining": (
        Kept(1.0, ("mug", "cup", "drinking_glass", "bowl"), rest="upside_down", alike=0.3, tints=4),
        Kept(0.7, ("plate", "saucepan", "colander"), rest="upside_down", alike=0.3),
    ),
    "": (
        Kept(1.0, ("storage_box", "basket", "tin", "jar", "packet"), stack=2, alike=0.6),
        Kept(0.8, ("plate", "bowl", "saucer"), stack=6),
        Kept(0.7, ("book",), rest="upright", alike=0.2),
        Kept(0.6, ("drinking_glass", "wine_glass", "mug"), tints=3),
        Kept(0.4, ("vase", "candle"), alike=0.1),
    ),
}
"""What is kept where, by the topic of a support."""

DISHES = (
    Kept(1.5, ("plate",), rest="leaning"),
    Kept(1.0, ("bowl", "mug", "cup", "drinking_glass"), rest="upside_down", alike=0.4, tints=4),
)
"""What stands in the racks of a dishwasher."""

IN_OVEN = ("baking_tray", "casserole")
"""What stands in an oven."""

CUTLERY = ("fork", "knife", "spoon", "spoon")
"""What lies in the lanes of a cutlery tray."""

SILL: Choice = (
    (2.0, counter.potted),
    (0.6, counter.cut_flowers),
    (0.6, single("vase", "candle", "jar", place=anywhere)),
    (0.4, several("bottle", "jar", least=1, most=2)),
)
"""What stands on window sills."""

TABLE: Choice = (
    (1.2, counter.cut_flowers),
    (0.3, single("vase", place=near(0, 0, 0.05))),
    (0.6, counter.plants),
    (1.2, cooking.fruit),
    (0.8, single("candle", "jug", place=near(0.15, 0.0, 0.05))),
    (1.0, meals.breakfast),
    (0.8, meals.drinks),
    (0.8, several("salt_shaker", "pepper_mill", "butter_dish", "bottle", "jar", least=2, most=4)),
    (0.7, single("newspaper", place=anywhere, yaw=(0.0, 0.4))),
    (0.8, counter.mail),
    (0.7, counter.leftovers),
    (0.5, single("laptop", place=in_front)),
    (0.6, several("mug", "drinking_glass", least=1, most=2)),
    (0.5, cooking.bread),
    (0.4, several("toy", least=1, most=4)),
)
"""What may stand on a dining table beside what is laid."""
