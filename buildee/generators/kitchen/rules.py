"""The rules by which kitchens are planned, as numbers with their sources.

NKBA: "Kitchen Planning Guidelines with Access Standards", National Kitchen and Bath Association, whose inches are given
here in metres. EN 1116: "Kitchen furniture - Co-ordinating sizes for kitchen furniture and kitchen appliances".
"""

from __future__ import annotations

AISLE = 1.067
"""Between opposite fronts, and between a front and an island: 42 in, one cook (NKBA 6)."""

WALKWAY = 0.914
"""Where one only passes: 36 in (NKBA 7)."""

TRIANGLE = 7.92
"""At most from sink to hob to refrigerator and back: 26 ft (NKBA 3)."""

LEG = (0.9, 2.743)
"""Each side of that triangle: at most 9 ft, and NKBA 3 wants 4 ft at least, which small European kitchens miss."""

LANDING_SINK = (0.45, 0.3)
"""Worktop on the one and the other side of a sink. NKBA 11 asks for 24 and 18 in; EN 1116 kitchens live with these."""

LANDING_HOB = (0.3, 0.3)
"""Worktop beside a hob: 12 and 15 in (NKBA 17), measured here by whole modules. No hob stands below a window (NKBA 20)
and no tall unit between two work centres (NKBA 4): hobs keep off openings, tall units take the ends of runs."""

LANDING_TALL = (0.38, 1.22)
"""Worktop where what comes out of a refrigerator or an oven is put down: 15 in wide, no farther off than 48 in
(NKBA 16 and 23)."""

DISHWASHER = 0.914
"""From a sink's edge to the near edge of the dishwasher: 36 in at most (NKBA 13). Sinks go below a window, as most
households have them, where a run passes one."""

HOOD = 0.65
"""From a hob to the hood over it: 24 in for a protected surface (NKBA 18), 650 mm over gas by common instructions."""

MODULES = (0.9, 0.8, 0.6, 0.5, 0.45, 0.4, 0.3)
"""Widths of cabinets: EN 1116's multiples of 100 mm, and 450 for slim appliances."""

TALLS = {"refrigerator": 0.68, "oven": 0.636, "larder": 0.6}
"""Widths of tall units, metres: between carcass sides and end panels there is room for a free-standing refrigerator of
600 mm, and for an oven's niche of 560 mm (EN 60335-2-6)."""

CORNER = 0.9
"""Outer size of an L-shaped corner base unit along both walls (catalogues of fitted kitchens)."""

CORNER_ABOVE = 0.6
"""The same of a corner wall unit."""

FILLER = 0.12
"""The widest strip that closes a gap in a run: makers sell filler panels up to 150 mm, to be cut on the spot."""

JAMB = 0.09
"""What a run keeps from a door's or passage's opening: an architrave of 70 mm (BS 1186-3 profiles) and some air, so
that no entry door meets an appliance (NKBA 2)."""

SIDE = 0.05
"""Strip between a side wall and the first front, metres: drawers and handles pass skirting and sockets there. Makers
of fitted furniture ask for a filler of 50 mm beside walls."""

BETWEEN = 0.5
"""From the worktop to the wall units: EN 1116's usual 500 mm."""

ABOVE = (0.72, 0.33)
"""Height and depth of wall units: catalogues list 720 mm on 320 to 370 mm."""

STOOL = 0.61
"""Width of a place at an island: 24 in (NKBA 9)."""
