"""A steel frame around a concrete core, at any stage of its erection.

The core is cast ahead; columns go up in shafts of two storeys, beams follow bay by bay, then decking, studs and mesh,
then concrete: the newest cast floor lies two storeys below the steel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.concrete import plate
from buildee.generators.construction_site.core import core_walls
from buildee.generators.construction_site.frame_core import core_cages, core_forms, wall_bars
from buildee.generators.construction_site.frame_decking import beamed, deck_cells, decked, decks
from buildee.generators.construction_site.frame_members import stairs_of
from buildee.generators.construction_site.frame_plan import Frame, FramePlan
from buildee.generators.construction_site.reinforcement import LAP
from buildee.generators.construction_site.safety_nets import safety_nets
from buildee.generators.construction_site.steel_deck import RIB, ZINC, edge_trim, floor_deck
from buildee.generators.construction_site.steel_layout import Span, SteelLayout
from buildee.generators.construction_site.steel_members import (
    BASE,
    GROUT,
    SPLICE,
    base_half,
    beam,
    brace_proxy,
    column,
    cross_brace,
)
from buildee.layout.material import Color, Material
from buildee.layout.pieces import box_proxy, piece, pose_at, ring_proxy
from buildee.layout.scene import Assembly, Instance, Part, Proxy

TIER = 2
"""Storeys of a column's shaft: about as long as a lorry and a crane like them."""

LEAD = 2.0
"""Storeys that the steel is ahead of the concrete."""

PRIMERS: tuple[Color, ...] = ((0.115, 0.038, 0.028), (0.15, 0.052, 0.036), (0.22, 0.23, 0.23), (0.34, 0.35, 0.34))
"""Workshop primers: red oxide (RAL 3009, 3013), greys (RAL 7005, 7042)."""

INTUMESCENT = Material("painted_metal", (0.64, 0.62, 0.57), wear=0.08, dirt=0.25)
"""Fire protection on finished storeys: off-white intumescent coating."""

LANDING = 0.2
"""Thickness of the slabs inside the core, metres."""


def beam_depth(plan: FramePlan) -> float:
    """Returns the height of the deepest beams, metres."""
    return SteelLayout(plan).primary.height


def steel_frame(plan: FramePlan, enclosed: float, rng: np.random.Generator) -> Frame:
    """Returns all that stands on the ground slab.

    Args:
        plan: the frame's.
        enclosed: storeys with their façade closed: temporary braces are gone there.
        rng: decides primer, fire protection and where bundles lie.
    """
    layout = SteelLayout(plan)
    primer = Material("painted_metal", PRIMERS[rng.integers(len(PRIMERS))], wear=0.4, dirt=0.45)
    protected_from = plan.done - 1 if rng.random() < 0.6 else 0
    paints = [INTUMESCENT if number < protected_from else primer for number in range(plan.spec.storeys + 1)]
    stage = plan.spec.storeys_done
    erected = min(plan.spec.storeys, stage + LEAD, 0.4 + 3.0 * stage)
    pieces, top = [], plan.level(plan.done)
    for number in range(int(np.ceil(erected))):
        bays = beamed(plan, number + 1, erected)
        if number % TIER == 0:
            lines = round(min((erected - number) / 0.45, 1.0) * len(plan.lines_x))
            shafts, reach = _shafts(layout, number, lines, paints)
            pieces.append(shafts)
            top = max(top, reach)
        pieces += [_beams(layout, number + 1, bays, paints[number]), _floor(layout, number + 1, bays)]
        # A railing across half a deck leaves no room for braces in its bay.
        whole = number <= plan.done or decked(plan, number, erected) in (0, plan.spec.bays_x)
        if bays == plan.spec.bays_x and whole and number >= enclosed and not plan.topped_out:
            pieces.append(_braces(layout, number, primer))
    deck, laid = decks(layout, erected, rng)
    core, reach = _core(plan, erected, rng)
    nets = safety_nets(layout, erected, np.random.default_rng(int(rng.integers(2**31))))
    return Frame(Assembly.merged([*pieces, deck, core, nets]), laid, max(top, reach))


def _shafts(layout: SteelLayout, storey: int, lines: int, paints: list[Material]) -> tuple[Assembly, float]:
    """Returns the columns that start in a storey, on the first lines along X, and how high they reach."""
    plan, section = layout.plan, layout.column
    last = min(storey + TIER, plan.spec.storeys)
    ends = last == plan.spec.storeys
    rise = plan.level(last) - plan.level(storey) + (-plan.spec.slab - 0.01 if ends else SPLICE)
    low = 0.0 if storey == 0 else SPLICE
    mesh = column(section, low, rise, "cap" if ends else "splice")
    shape = (f"steel/{section.name}_{low:.2f}-{rise:.3f}_{'cap' if ends else 'splice'}", mesh)
    proxy = _shaft_proxy(layout, storey, last, low, rise)
    standing = plan.columns[plan.columns[:, 0] < [*plan.lines_x, np.inf][lines] - 1e-6]
    shafts = [
        piece(
            f"{plan.name}/storey_{storey}/column_{index}",
            "column",
            shape,
            (paints[storey], plan.concrete),
            pose_at(*place, plan.level(storey)),
            proxy,
        )
        for index, place in enumerate(standing)
    ]
    return Assembly.merged(shafts), plan.level(storey) + rise + 0.25


def _shaft_proxy(layout: SteelLayout, storey: int, last: int, low: float, rise: float) -> Proxy:
    """Returns boxes of a shaft between the floors that are cast around it."""
    plan, half = layout.plan, np.array([layout.column.height, layout.column.width]) / 2
    height, slab = plan.spec.storey_height, plan.spec.slab
    bounds = []
    for step in range(last - storey + 1):
        start, end = max(low, step * height), min(rise, (step + 1) * height - slab)
        if end > start + 0.01:
            bounds.append(((*-half, start), (*half, end)))
    if low == 0:
        base = np.array(base_half(layout.column))
        bounds.append(((*-base, 0.0), (*base, GROUT + BASE)))
    return box_proxy(*bounds)


def _beams(layout: SteelLayout, level: int, bays: int, paint: Material) -> Assembly:
    """Returns the beams of a level in its first bays along X."""
    plan = layout.plan
    top = pose_at(z=plan.level(level) - plan.spec.slab)
    made = []
    for number, span in enumerate(layout.spans):
        if span.bay < bays:
            made.append(_beam(f"{plan.name}/level_{level}/beam_{number}", span, top, paint))
    return Assembly.merged(made)


def _beam(name: str, span: Span, top: NDArray[np.float64], paint: Material) -> Assembly:
    """Returns a beam with its connections; its proxy ends where its support begins."""
    section, (low, high) = span.section, span.ends
    length = round(span.high - span.low, 4)
    key = f"steel/{section.name}_{length:.4f}_{low.kind}{low.reach:.4f}_{high.kind}{high.reach:.4f}"
    half = section.width / 2
    proxy = box_proxy(((low.clear, -half, -section.height), (length - high.clear, half, 0.0)))
    return piece(name, "beam", (key, beam(section, length, low, high)), (paint,), top @ span.pose, proxy)


def _floor(layout: SteelLayout, level: int, bays: int) -> Assembly:
    """Returns the floor of a level: concrete on decking where it is cast."""
    plan = layout.plan
    if level > plan.done or bays < plan.spec.bays_x:
        return Assembly()
    under, core = pose_at(z=-plan.spec.slab), plan.core.outside
    inside = plan.outline + np.array([[0.002], [-0.002]])
    shapes = {
        f"{plan.name}/topping": plate(inside, [core, *plan.service_holes], plan.spec.slab - RIB),
        f"{plan.name}/decking": floor_deck(deck_cells(plan, plan.outline)),
        f"{plan.name}/trim": edge_trim(plan.outline, plan.spec.slab, closed=True),
    }
    concrete = plan.fresh if level == plan.done else plan.concrete
    proxy = ring_proxy(plan.outline, core, -plan.spec.slab, 0.0)
    parts = [
        Part("concrete", f"{plan.name}/topping", (concrete,), proxy=proxy),
        Part("decking", f"{plan.name}/decking", (ZINC,), rest=under),
        Part("trim", f"{plan.name}/trim", (ZINC,), rest=under),
    ]
    for number, ((x0, y0), (x1, y1)) in enumerate(_landings(plan)):
        key = f"{plan.name}/core_slab_{number}"
        shapes[key] = plate(((x0, y0), (x1, y1)), [], LANDING)
        parts.append(Part(f"core_{number}", key, (concrete,), proxy=box_proxy(shapes[key].bounds)))
    item = Instance(f"{plan.name}/slab_{level}", "slab", tuple(parts), pose_at(z=plan.level(level))[None])
    return Assembly.merged([Assembly(shapes, (item,)), stairs_of(plan, level - 1)])


def _landings(plan: FramePlan) -> list[NDArray[np.float64]]:
    """Returns the (2, 2) slabs inside the core: the floor landing and the service room."""
    stair, (_, service) = plan.core.stair_opening, plan.core.rooms
    return [np.array([(stair[0, 0], plan.core.y + plan.core.wall), (stair[1, 0], stair[0, 1])]), service]


def _braces(layout: SteelLayout, storey: int, paint: Material) -> Assembly:
    """Returns temporary crossed braces in one outer bay of each façade, until floors and core hold the frame."""
    plan, section = layout.plan, layout.column
    foot = 0.12  # over base plates
    made = []
    for axis, lines, other in ((0, plan.lines_x, plan.lines_y), (1, plan.lines_y, plan.lines_x)):
        face = (section.height if axis == 0 else section.web) / 2
        depth = (layout.primary if axis == 0 else layout.secondary).height
        height = plan.clear_height - depth - 0.02 - foot
        clear = (section.height if axis == 0 else section.width) / 2
        width, recess = plan.spec.bay - 2 * clear, clear - face + 0.001
        key = f"steel/brace_{width:.3f}x{height:.3f}_{recess:.4f}"
        shape = (key, cross_brace(width, height, recess))
        proxy = brace_proxy(width, height)
        for side, place in enumerate((other[0], other[-1])):
            bay = (len(lines) - 1) // 2
            at = lines[bay] + clear
            pose = pose_at(at, place) if axis == 0 else pose_at(place, at, yaw=np.pi / 2)
            standing = pose_at(z=plan.level(storey) + foot) @ pose
            name = f"{plan.name}/storey_{storey}/brace_{axis}_{side}"
            made.append(piece(name, "steel_section", shape, (paint,), standing, proxy))
    return Assembly.merged(made)


def _core(plan: FramePlan, erected: float, rng: np.random.Generator) -> tuple[Assembly, float]:
    """Returns the core, a storey or more ahead of the steel, and how high it reaches."""
    storeys = min(plan.spec.storeys, int(np.ceil(erected)) + 1)
    pieces = []
    for number in range(storeys):
        concrete = plan.fresh if number >= erected else plan.concrete
        prefix = f"{plan.name}/storey_{number}"
        pieces.append(core_walls(prefix, plan.core, plan.level(number), plan.spec.storey_height, concrete))
    head = plan.level(storeys)
    if plan.topped_out:
        return Assembly.merged(pieces), head
    name, lift = f"{plan.name}/core", plan.spec.storey_height
    if storeys == plan.spec.storeys:
        return Assembly.merged([*pieces, wall_bars(plan, name, head, False, rng)]), head + LAP
    forms = [core_cages(plan, name, head, lift), core_forms(plan, name, head, lift, climbing=True)]
    return Assembly.merged([*pieces, *forms]), head + lift + LAP
