"""What public label sets call the classes whose numbers `buildee.layout.categories` gives."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from buildee.layout.categories import Category


def _numbered(names: str) -> Mapping[int, str]:
    """Returns names by number, from 1; a dash stands for a number that no class has."""
    words = (" ".join(name.split()) for name in names.split(","))
    return MappingProxyType({number: word for number, word in enumerate(words, 1) if word != "-"})


COCO = _numbered(
    """person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire hydrant, -, stop
    sign, parking meter, bench, bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe, -, backpack,
    umbrella, -, -, handbag, tie, suitcase, frisbee, skis, snowboard, sports ball, kite, baseball bat, baseball
    glove, skateboard, surfboard, tennis racket, bottle, -, wine glass, cup, fork, knife, spoon, bowl, banana,
    apple, sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake, chair, couch, potted plant, bed, -,
    dining table, -, -, toilet, -, tv, laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster, sink,
    refrigerator, -, book, clock, vase, scissors, teddy bear, hair drier, toothbrush""",
)
"""The 80 classes of detection by id: Lin et al., "Microsoft COCO: Common objects in context", ECCV 2014."""

ADE20K = _numbered(
    """wall, building, sky, floor, tree, ceiling, road, bed, windowpane, grass, cabinet, sidewalk, person, earth,
    door, table, mountain, plant, curtain, chair, car, water, painting, sofa, shelf, house, sea, mirror, rug, field,
    armchair, seat, fence, desk, rock, wardrobe, lamp, bathtub, railing, cushion, base, box, column, signboard,
    chest of drawers, counter, sand, sink, skyscraper, fireplace, refrigerator, grandstand, path, stairs, runway,
    case, pool table, pillow, screen door, stairway, river, bridge, bookcase, blind, coffee table, toilet, flower,
    book, hill, bench, countertop, stove, palm, kitchen island, computer, swivel chair, boat, bar, arcade machine,
    hovel, bus, towel, light, truck, tower, chandelier, awning, streetlight, booth, television receiver, airplane,
    dirt track, apparel, pole, land, bannister, escalator, ottoman, bottle, buffet, poster, stage, van, ship,
    fountain, conveyer belt, canopy, washer, plaything, swimming pool, stool, barrel, basket, waterfall, tent, bag,
    minibike, cradle, oven, ball, food, step, tank, trade name, microwave, pot, animal, bicycle, lake, dishwasher,
    screen, blanket, sculpture, hood, sconce, vase, traffic light, tray, ashcan, fan, pier, crt screen, plate,
    monitor, bulletin board, shower, radiator, glass, clock, flag""",
)
"""The 150 classes of scene parsing by index, the first of each one's names: Zhou et al., "Scene parsing through ADE20K
dataset", CVPR 2017. 126 is `pot, flowerpot`, for plants; 86 is `chandelier, pendant`."""

NYU40 = _numbered(
    """wall, floor, cabinet, bed, chair, sofa, table, door, window, bookshelf, picture, counter, blinds, desk,
    shelves, curtain, dresser, pillow, mirror, floor mat, clothes, ceiling, books, refridgerator, television, paper,
    towel, shower curtain, box, whiteboard, person, night stand, toilet, sink, lamp, bathtub, bag, otherstructure,
    otherfurniture, otherprop""",
)
"""The 40 classes by index, spelt as there: Gupta, Arbelaez and Malik, "Perceptual organization and recognition of
indoor scenes from RGB-D images", CVPR 2013."""

NUMBERED: Mapping[str, Mapping[int, str]] = MappingProxyType({"coco": COCO, "ade20k": ADE20K, "nyu40": NYU40})
"""The label sets that categories refer to by number; of LVIS they give the name itself."""


def public_names(category: Category) -> dict[str, str | None]:
    """Returns the names behind a category's numbers, as `coco_name` and so on; None where a set has no such class."""
    return {f"{label_set}_name": names.get(getattr(category, label_set)) for label_set, names in NUMBERED.items()}
