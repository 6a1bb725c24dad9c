"""A top-slewing tower crane with a saddle jib and an A-frame top.

Dimensions are those of the 140 tonne-metre class (such as Liebherr's EC-H series): jib up to 60 m, 6 to 8 t at short
radius, mast sections about 1.9 m square and 4.1 m high, counter-jib about 13 m, tower top about 8 m. Slewing about
0.7 revolutions a minute, trolley about 60 m/min, hoist about 60 m/min with part loads.

The hoist rope has to change its length while every part is rigid. It is a telescope: `rope_1` ... `rope_n` are equal
straight pieces, each 0.1 mm thinner in radius than the one above it, sliding out of one another in equal shares of the
hook's travel. What is slack at the top is hidden inside the outermost piece. `hook_values` couples them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site import crane_hook, crane_mast, crane_top
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Joint, Model, Part, Proxy

GALVANIZED = Material("galvanized", (0.45, 0.46, 0.47), wear=0.5, dirt=0.4)
CONCRETE = Material("concrete", (0.42, 0.41, 0.38), wear=0.4, dirt=0.4)
GLASS = Material("glass", (0.75, 0.85, 0.85), wear=0.1, dirt=0.3)
STEEL = Material("bare_metal", (0.35, 0.34, 0.33), wear=0.6, dirt=0.5)
ROPE = Material("bare_metal", (0.16, 0.155, 0.15), wear=0.6, dirt=0.6)
DARK = Material("painted_metal", (0.03, 0.03, 0.032), wear=0.4, dirt=0.4)
LAMP = Material("emissive", (0.9, 0.03, 0.02), wear=0.0, dirt=0.1)
SIGNAL = Material("painted_metal", (0.75, 0.42, 0.01), wear=0.5, dirt=0.4)

SLACK = 2.4
"""From the trolley's sheaves to the hook block at its highest, metres."""

OVERLAP = 0.06
"""How far the pieces of the hoist rope stay inside one another, metres."""


@dataclass(frozen=True)
class CraneSpec:
    """A tower crane.

    Attributes:
        height: of the jib's lower chords above the ground, metres, 18 to 70.
        jib: greatest radius of the hook, metres, 25 to 60.
        color: of the steelwork, linear RGB.
        wear: of its paint, 0 to 1.
    """

    height: float = 36.0
    jib: float = 50.0
    color: Color = (0.72, 0.42, 0.015)
    wear: float = 0.4

    @property
    def mast_top(self) -> float:
        """Top of the mast and foot of the slewing ring, metres."""
        return self.height - crane_top.JIB_FOOT - crane_mast.RING

    @property
    def radius(self) -> tuple[float, float]:
        """Nearest and farthest hook position from the mast axis, metres."""
        return 3.6, self.jib

    @property
    def drop(self) -> float:
        """Travel of the hook, metres: at the bottom it hangs 0.3 m above the ground."""
        return self.height + crane_hook.SHEAVE - SLACK - crane_hook.HOOK - 0.3

    @property
    def highest_hook(self) -> float:
        """Height of the hook's bowl above the ground at the top of its travel, metres."""
        return self.drop + 0.3

    @property
    def tail(self) -> float:
        """Radius swept by the counterweight, metres."""
        return crane_top.COUNTER_JIB + 0.6

    @property
    def ropes(self) -> int:
        """Sliding pieces of the hoist rope."""
        return int(np.ceil(self.drop / (SLACK - 2 * OVERLAP)))


def tower_crane(spec: CraneSpec) -> Model:
    """Returns the crane; joints "slew" (radians), "trolley" (radius, metres), "hook" and "rope_*" (see `hook_values`).

    Origin on the ground under the mast, jib along +X at slew 0. Marker "hook/load" lies in the hook's
    bowl, "slew/eye" at the operator's eyes.

    Raises:
        PlacementError: for sizes outside the class.
    """
    for field, low, high in (("height", 18.0, 70.0), ("jib", 25.0, 60.0)):
        if not low <= getattr(spec, field) <= high:
            raise PlacementError(f"tower crane: {field} is {getattr(spec, field)}; it must lie in {low} to {high} m")
    paint = Material("painted_metal", spec.color, wear=spec.wear, dirt=0.35)
    shapes: dict[str, Mesh] = {}
    parts: list[Part] = []

    def add(name: str, mesh: Mesh, materials: tuple[Material, ...], key: str = "", **more) -> int:
        key = f"tower_crane/{key or name}"
        shapes.setdefault(key, mesh)
        parts.append(Part(name, key, materials, **more))
        return len(parts) - 1

    _add_mast(add, spec, paint)
    slew = _add_upper_works(add, spec, paint)
    _add_hoist(add, spec, slew)
    markers = {"hook/load": pose_at(z=-crane_hook.HOOK), "slew/eye": crane_top.EYE}
    return Model("tower_crane", shapes, tuple(parts), markers)


def _add_mast(add, spec: CraneSpec, paint: Material) -> None:
    """Adds foundation, mast sections, climbing collar and the fixed half of the slewing ring."""
    block = crane_mast.foundation()
    add("foundation", block, (CONCRETE, GALVANIZED), proxy=box_proxy(((-3, -3, -1.2), (3, 3, crane_mast.PLINTH))))
    count = round((spec.mast_top - crane_mast.PLINTH) / 4.14)
    height = (spec.mast_top - crane_mast.PLINTH) / count
    half = crane_mast.WIDTH / 2
    proxy = box_proxy(((-half, -half, 0), (half, half, height)))
    section = crane_mast.section(height)
    for index in range(count):
        rest = pose_at(z=crane_mast.PLINTH + index * height)
        key = f"mast_{height:.4f}"
        add(f"mast_{index}", section, (paint, GALVANIZED), key, rest=rest, proxy=proxy)
    collar = crane_mast.collar()
    add("collar", collar, (paint, GALVANIZED), rest=pose_at(z=spec.mast_top - crane_mast.COLLAR), proxy=_bounds(collar))
    add("ring", crane_mast.ring(), (paint, STEEL), rest=pose_at(z=spec.mast_top))


def _bounds(mesh: Mesh) -> Proxy:
    """Returns the bounding box of a mesh as its proxy."""
    return box_proxy(mesh.bounds)


def _add_upper_works(add, spec: CraneSpec, paint: Material) -> int:
    """Adds what slews: turntable, top, cab, jib, counter-jib; returns the index of the slewing part."""
    top = crane_top
    hinge = Joint("hinge", (0.0, 0.0, 1.0))
    rest = pose_at(z=spec.mast_top + crane_mast.RING)
    slew = add("slew", top.turntable(), (paint, STEEL, GALVANIZED), rest=rest, joint=hinge)
    jib = pose_at(z=top.JIB_FOOT)
    head = top.tower_top()
    add("top", head, (paint, GALVANIZED, LAMP), parent=slew, rest=jib, proxy=_bounds(head))
    cab = top.cab()
    add("cab", cab, (Material("painted_metal", (0.7, 0.7, 0.68), wear=0.3, dirt=0.3), GLASS, DARK), parent=slew)
    count = round((spec.jib + 0.8 - top.JIB_START) / 5.0)
    length = (spec.jib + 0.8 - top.JIB_START) / count
    section = top.jib_section(length)
    for index in range(count):
        place = jib @ pose_at(top.JIB_START + index * length)
        key = f"jib_{length:.4f}"
        add(f"jib_{index}", section, (paint, GALVANIZED), key, parent=slew, rest=place, proxy=_bounds(section))
    tip = jib @ pose_at(top.JIB_START + count * length)
    add("tip", top.jib_tip(), (paint, STEEL, LAMP), parent=slew, rest=tip)
    lines = top.jib_lines(spec.jib)
    add("lines", lines, (paint, ROPE), f"lines_{spec.jib:.3f}", parent=slew, rest=jib)
    tail = top.counter_jib()
    add("counter_jib", tail, (paint, GALVANIZED, DARK, LAMP), parent=slew, rest=jib, proxy=_bounds(tail))
    ballast = top.counterweight()
    for index in range(top.BALLAST):
        place = jib @ pose_at(-top.COUNTER_JIB + 0.25 + 0.44 * index)
        add(
            f"counterweight_{index}",
            ballast,
            (CONCRETE, STEEL),
            "counterweight",
            parent=slew,
            rest=place,
            proxy=_bounds(ballast),
        )
    return slew


def _add_hoist(add, spec: CraneSpec, slew: int) -> None:
    """Adds trolley, hook block and the telescoping pieces of the hoist rope."""
    top = crane_top
    slide = Joint("slider", (1.0, 0.0, 0.0), spec.radius)
    trolley = add(
        "trolley", crane_hook.trolley(), (GALVANIZED, DARK), parent=slew, rest=pose_at(z=top.JIB_FOOT), joint=slide
    )
    hang = Joint("slider", (0.0, 0.0, -1.0), (0.0, spec.drop))
    block = crane_hook.hook_block()
    rest = pose_at(z=crane_hook.SHEAVE - SLACK)
    add("hook", block, (SIGNAL, STEEL, DARK), parent=trolley, rest=rest, joint=hang, proxy=_bounds(block))
    for index in range(spec.ropes + 1):
        mesh = crane_hook.falls(SLACK + OVERLAP / 2, 0.0105 - 0.0001 * index)
        joint = Joint("slider", (0.0, 0.0, -1.0), (0.0, spec.drop * index / spec.ropes)) if index else None
        add(f"rope_{index}", mesh, (ROPE,), parent=trolley, rest=pose_at(z=crane_hook.SHEAVE), joint=joint)


def hook_values(
    spec: CraneSpec, slew: ArrayLike, radius: ArrayLike, height: ArrayLike
) -> Mapping[str, NDArray[np.float64]]:
    """Returns the joint values that bring the hook somewhere.

    Args:
        spec: the crane's.
        slew: (T,) angle of the jib, radians.
        radius: (T,) distance of the hook from the mast's axis, metres.
        height: (T,) of the hook's bowl above the crane's ground, metres.

    Raises:
        PlacementError: if the hook cannot get there.
    """
    slew, radius, height = (
        np.atleast_1d(np.asarray(value, np.float64)) for value in np.broadcast_arrays(slew, radius, height)
    )
    lowered = spec.highest_hook - height
    near, far = spec.radius
    if radius.min() < near - 1e-6 or radius.max() > far + 1e-6:
        raise PlacementError(
            f"tower crane: radius {radius.min():.1f} to {radius.max():.1f} m; the hook reaches {near} to {far} m"
        )
    if lowered.min() < -1e-6 or lowered.max() > spec.drop + 1e-6:
        raise PlacementError(
            f"tower crane: hook height {height.min():.1f} to {height.max():.1f} m; "
            f"it reaches 0.3 to {spec.highest_hook:.1f} m; change the crane's height"
        )
    ropes = {f"rope_{index}": lowered * index / spec.ropes for index in range(1, spec.ropes + 1)}
    return {"slew": slew, "trolley": radius, "hook": lowered, **ropes}
