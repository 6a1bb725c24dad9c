"""The one label table: category ids, colours and what other datasets call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from buildee.layout.categories_home import HOME


@dataclass(frozen=True)
class Category:
    """A class of things.

    Attributes:
        id: stable for ever; 0 is background (sky).
        name: snake_case.
        color: sRGB bytes for pictures.
        countable: False for "stuff", whose instances are regions rather than things.
        coco: id in the 80 COCO detection classes, or None.
        ade20k: index (1-based) in the 150 ADE20K scene-parsing classes, or None.
        cityscapes: Cityscapes label id, or None.
        nyu40: index (1-based) in the 40 classes of NYU Depth V2, or None.
        lvis: category name in LVIS v1, or None.
        mocs, soda, acid, aidcon: class of that name in the public datasets of building sites, or None; see `SITES`.
        parts: by the name of a part, its own class in those datasets, where they label parts of things.
    """

    id: int
    name: str
    color: tuple[int, int, int]
    countable: bool = True
    coco: int | None = None
    ade20k: int | None = None
    cityscapes: int | None = None
    nyu40: int | None = None
    lvis: str | None = None
    mocs: str | None = None
    soda: str | None = None
    acid: str | None = None
    aidcon: str | None = None
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


# COCO ids: cocodataset.org (91-id numbering). ADE20K: the 150-class SceneParsing list. Cityscapes: labels.py of
# cityscapesScripts ("id", not "trainId"). NYU40: Gupta, Arbelaez and Malik, "Perceptual organization and recognition of
# indoor scenes from RGB-D images", CVPR 2013. LVIS: names of the 1203 categories of release v1, lvisdataset.org;
# what they mean is defined there: `cone` directs traffic, `power_shovel` is "a machine for excavating".
_TABLE = (
    # id, name, colour, countable, coco, ade20k, cityscapes
    (0, "background", (0, 0, 0), False, None, 3, 23),
    (1, "ground", (121, 96, 72), False, None, 14, 22),
    (2, "road", (96, 96, 104), False, None, 7, 7),
    (3, "grass", (86, 140, 52), False, None, 10, 22),
    (4, "stockpile", (196, 160, 96), True, None, 14, 22),
    (5, "excavation", (110, 72, 48), False, None, 14, 22),
    (6, "column", (150, 150, 190), True, None, 43, 11),
    (7, "slab", (176, 176, 176), True, None, 4, 11),
    (8, "core_wall", (128, 136, 160), True, None, 1, 12),
    (9, "beam", (160, 120, 190), True, None, None, 11),
    (10, "starter_bar", (160, 70, 30), True, None, None, None),
    (11, "formwork", (214, 170, 80), True, None, None, None),
    (12, "formwork_prop", (230, 60, 60), True, None, None, 17),
    (13, "guardrail", (255, 200, 0), True, None, 39, 14),
    (14, "scaffold", (90, 160, 200), True, None, None, 13),
    (15, "tower_crane", (255, 150, 0), True, None, None, None),
    (16, "crane_load", (200, 120, 220), True, None, None, None),
    (17, "excavator", (255, 210, 0), True, None, None, None),
    (18, "dump_truck", (0, 110, 220), True, 8, 84, 27),
    (19, "worker", (220, 20, 60), True, 1, 13, 24),
    (20, "fence", (140, 170, 140), True, None, 33, 13),
    (21, "gate", (60, 120, 90), True, None, 33, 13),
    (22, "container", (0, 60, 140), True, None, None, None),
    (23, "site_office", (190, 210, 230), True, None, 2, 11),
    (24, "pallet", (180, 120, 60), True, None, None, None),
    (25, "block_stack", (150, 160, 150), True, None, None, None),
    (26, "brick_stack", (190, 80, 60), True, None, None, None),
    (27, "cement_bag", (200, 190, 160), True, None, 116, None),
    (28, "pipe", (240, 120, 40), True, None, None, None),
    (29, "rebar_bundle", (130, 60, 20), True, None, None, None),
    (30, "timber_stack", (210, 160, 100), True, None, None, None),
    (31, "plywood_stack", (170, 110, 50), True, None, None, None),
    (32, "traffic_cone", (255, 90, 0), True, None, None, None),
    (33, "barrier", (250, 60, 120), True, None, None, 14),
    (34, "sign", (250, 250, 60), True, None, 44, 20),
    (35, "portable_toilet", (40, 180, 200), True, None, None, None),
    (36, "skip", (200, 200, 40), True, None, None, None),
    (37, "wheelbarrow", (60, 200, 120), True, None, None, None),
    (38, "cable_drum", (150, 100, 150), True, None, None, None),
    (39, "lighting_tower", (230, 230, 160), True, None, None, None),
    (40, "generator", (80, 80, 200), True, None, None, None),
    (41, "barrel", (30, 90, 160), True, None, 112, None),
    (42, "debris", (120, 110, 100), False, None, None, 22),
    (43, "stone", (140, 130, 120), False, None, 35, 22),
    (44, "ladder", (200, 200, 220), True, None, None, None),
    (45, "tree", (20, 90, 20), True, None, 5, 21),
    (46, "building", (100, 80, 90), True, None, 2, 11),
    (47, "masonry_wall", (180, 100, 80), True, None, 1, 12),
    (48, "stairs", (190, 150, 170), True, None, 54, 11),
    (49, "light_pole", (220, 220, 120), True, None, 88, 17),
    (50, "kerb", (170, 170, 180), False, None, 12, 8),
    (51, "puddle", (60, 90, 120), False, None, 22, 6),
    (52, "van", (150, 190, 240), True, 3, 103, 26),
    (53, "wheel_loader", (255, 180, 60), True, None, None, None),
    (54, "concrete_mixer", (60, 140, 255), True, 8, 84, 27),
    (55, "telehandler", (255, 140, 100), True, None, None, None),
    (56, "footing", (140, 140, 120), True, None, None, None),
    (57, "rebar_cage", (190, 90, 50), True, None, None, None),
    (58, "sheet_pile", (110, 90, 120), True, None, 1, 12),
    (59, "blinding", (190, 190, 170), False, None, None, 22),
    (60, "window", (90, 200, 255), True, None, 9, None),
    (61, "facade_panel", (200, 200, 230), True, None, 1, 11),
    (62, "roof", (120, 70, 70), True, None, 2, 11),
    (63, "insulation", (250, 220, 120), True, None, None, None),
    (64, "scaffold_net", (60, 190, 170), True, None, None, None),
    (65, "door", (150, 90, 60), True, None, 15, None),
    (66, "hoarding", (90, 120, 200), True, None, 33, 13),
    (67, "water_tank", (70, 130, 160), True, None, 123, None),
    (68, "precast_unit", (170, 160, 180), True, None, None, None),
    (69, "scaffold_rack", (110, 170, 170), True, None, None, None),
    (70, "bucket", (60, 60, 60), True, None, None, None),
    (71, "gas_bottle", (200, 60, 60), True, None, None, None),
    (72, "tool", (240, 200, 160), True, None, None, None),
    (73, "car", (0, 0, 142), True, 3, 21, 26),
    (74, "street_furniture", (190, 150, 60), True, None, None, None),
    (75, "vegetation", (80, 150, 60), True, None, 18, 21),
    (76, "electric_box", (230, 130, 190), True, None, None, None),
    (77, "hopper", (160, 200, 70), True, None, None, None),
    (78, "banner", (255, 110, 110), True, None, None, None),
    (79, "cement_mixer", (220, 140, 30), True, None, None, None),
    (80, "roof_plant", (150, 160, 170), True, None, None, None),
    (81, "steel_section", (150, 70, 60), True, None, None, None),
    (82, "waste_bin", (60, 110, 60), True, None, 139, None),
)

SITES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mocs": (
            "Worker",
            "Static crane",
            "Hanging head",
            "Crane",
            "Roller",
            "Bulldozer",
            "Excavator",
            "Truck",
            "Loader",
            "Pump truck",
            "Concrete mixer",
            "Pile driving",
            "Other vehicle",
        ),
        "soda": (
            "person",
            "helmet",
            "vest",
            "board",
            "wood",
            "rebar",
            "brick",
            "scaffold",
            "handcart",
            "cutter",
            "ebox",
            "hopper",
            "hook",
            "fence",
            "slogan",
        ),
        "acid": (
            "excavator",
            "compactor",
            "dozer",
            "grader",
            "dump truck",
            "concrete mixer truck",
            "wheel loader",
            "backhoe loader",
            "tower crane",
            "mobile crane",
        ),
        "aidcon": (
            "dump truck",
            "excavator",
            "backhoe loader",
            "wheel loader",
            "compactor",
            "dozer",
            "grader",
            "car",
            "other",
        ),
    }
)
"""Every class of the public datasets of building sites, in their words: what is trained here can be tested there.

- MOCS: An, Zhou, Liu, Wang, Li and Li, "Dataset and benchmark for detecting moving objects in construction sites",
  Automation in Construction 122 (2021), 103482.
- SODA: Duan, Deng, Tian, Deng and Lin, "SODA: Site object detection dataset for deep learning in construction",
  arXiv:2202.09554 (2022).
- ACID: Xiao and Kang, "Development of an image data set of construction machines for deep learning object detection",
  Journal of Computing in Civil Engineering 35 (2021), 10.1061/(ASCE)CP.1943-5487.0000945.
- AIDCON: Ersoz, Pekcan and Akbas, "AIDCON: An aerial image dataset and benchmark for construction machinery", Remote
  Sensing 16 (2024), 3295.
"""

_NYU40_AND_LVIS: Mapping[str, tuple[int | None, str | None]] = {
    "core_wall": (1, None),
    "excavator": (None, "power_shovel"),
    "dump_truck": (None, "truck"),
    "worker": (31, "person"),
    "pipe": (None, "pipe"),
    "traffic_cone": (None, "cone"),
    "sign": (None, "signboard"),
    "skip": (None, "dumpster"),
    "wheelbarrow": (None, "barrow"),
    "generator": (None, "generator"),
    "barrel": (None, "barrel"),
    "ladder": (40, "ladder"),
    "masonry_wall": (1, None),
    "stairs": (38, None),
    "light_pole": (None, "streetlight"),
    "concrete_mixer": (None, "truck"),
    "telehandler": (None, "forklift"),
    "window": (9, None),
    "door": (8, None),
    "water_tank": (None, "tank_(storage_vessel)"),
    "bucket": (40, "bucket"),
    "gas_bottle": (None, "tank_(storage_vessel)"),
    "tool": (40, None),
    "car": (None, "car_(automobile)"),
    "banner": (None, "banner"),
    "waste_bin": (39, "trash_can"),
}

_ON_SITES = {
    "worker": {"mocs": "Worker", "soda": "person"},
    "tower_crane": {"mocs": "Static crane", "acid": "tower crane"},
    "excavator": {"mocs": "Excavator", "acid": "excavator", "aidcon": "excavator"},
    "dump_truck": {"mocs": "Truck", "acid": "dump truck", "aidcon": "dump truck"},
    "wheel_loader": {"mocs": "Loader", "acid": "wheel loader", "aidcon": "wheel loader"},
    "concrete_mixer": {"mocs": "Concrete mixer", "acid": "concrete mixer truck", "aidcon": "other"},
    "telehandler": {"mocs": "Other vehicle", "aidcon": "other"},
    "van": {"mocs": "Other vehicle", "aidcon": "car"},
    "car": {"mocs": "Other vehicle", "aidcon": "car"},
    "formwork": {"soda": "board"},
    "plywood_stack": {"soda": "board"},
    "timber_stack": {"soda": "wood"},
    "starter_bar": {"soda": "rebar"},
    "rebar_bundle": {"soda": "rebar"},
    "rebar_cage": {"soda": "rebar"},
    "brick_stack": {"soda": "brick"},
    "scaffold": {"soda": "scaffold"},
    "wheelbarrow": {"soda": "handcart"},
    "electric_box": {"soda": "ebox"},
    "hopper": {"soda": "hopper"},
    "fence": {"soda": "fence"},
    "banner": {"soda": "slogan"},
}

_PARTS_ON_SITES = {
    "tower_crane": {"hook": {"mocs": "Hanging head", "soda": "hook"}},
    "worker": {
        "helmet": {"soda": "helmet"},
        "vest_chest": {"soda": "vest"},
        "vest_waist": {"soda": "vest"},
    },
}


def _outdoors(row: tuple) -> Category:
    """Returns the category of a row of this module's table."""
    nyu40, lvis = _NYU40_AND_LVIS.get(row[1], (None, None))
    sites = _ON_SITES.get(row[1], {})
    return Category(*row, nyu40=nyu40, lvis=lvis, **sites, parts=_PARTS_ON_SITES.get(row[1], {}))


def _indoors(row: tuple) -> Category:
    """Returns the category of a row of the table of rooms."""
    *shared, nyu40, lvis = row
    return Category(*shared, nyu40=nyu40, lvis=lvis)


CATEGORIES: dict[str, Category] = {
    **{row[1]: _outdoors(row) for row in _TABLE},
    **{row[1]: _indoors(row) for row in HOME},
}
"""Every category by name. Ids are never reused; new worlds append."""
