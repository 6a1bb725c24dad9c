"""The concrete members of a frame: ground slab, columns, core walls, stairs, slabs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.concrete import column_shaft, plate
from buildee.generators.construction_site.core import core_walls, stairs
from buildee.generators.construction_site.frame_plan import GROUND, FramePlan
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Instance, Part


def ground_slab(plan: FramePlan) -> Assembly:
    """Returns the ground slab on its edge beams, which go 0.8 m into the ground."""
    low, high = plan.outline + np.array([[-0.15], [0.15]])
    slab = plate((low, high), [], 0.25)
    key = f"{plan.name}/ground_slab"
    parts = [Part("slab", key, (plan.concrete,), rest=pose_at(z=GROUND), proxy=box_proxy(slab.bounds))]
    beam = plate((low, high), [np.stack([low + 0.5, high - 0.5])], 0.7)
    parts.append(Part("edge_beam", f"{plan.name}/edge_beam", (plan.concrete,), rest=pose_at(z=GROUND - 0.25)))
    shapes = {key: slab, f"{plan.name}/edge_beam": beam}
    return Assembly(shapes, (Instance(f"{plan.name}/slab_0", "slab", tuple(parts), np.eye(4)[None]),))


def storey(plan: FramePlan, number: int) -> Assembly:
    """Returns columns, core walls and stairs of a finished storey."""
    prefix = f"{plan.name}/storey_{number}"
    return Assembly.merged(
        [
            columns(plan, number, plan.columns),
            core_walls(prefix, plan.core, plan.level(number), plan.clear_height, plan.concrete),
            stairs_of(plan, number),
        ]
    )


def stairs_of(plan: FramePlan, storey: int) -> Assembly:
    """Returns the stairs of a storey; all storeys share their shapes."""
    one = stairs(plan.name, plan.core, plan.level(storey), plan.spec.slab, plan.concrete)
    (item,) = one.instances
    parts = item.parts
    if plan.spec.pitched and storey == plan.spec.storeys - 1:  # they lead to a loft whose cover is lower than a railing
        parts = tuple(part for part in parts if not part.name.startswith("handrail"))
    used = {part.shape: one.shapes[part.shape] for part in parts}
    return Assembly(used, (Instance(f"{plan.name}/storey_{storey}/stairs", "stairs", parts, item.poses),))


def columns(plan: FramePlan, storey: int, places: NDArray[np.float64], fresh: bool = False) -> Assembly:
    """Returns the columns of a storey at (N, 2) places; all share one shape."""
    mesh = column_shaft(plan.spec.column, plan.clear_height)
    key = f"frame/column_{plan.spec.column:.2f}x{plan.clear_height:.3f}"
    material = plan.fresh if fresh else plan.concrete
    return Assembly.merged(
        piece(
            f"{plan.name}/storey_{storey}/column_{index}",
            "column",
            (key, mesh),
            (material,),
            pose_at(x, y, plan.level(storey)),
        )
        for index, (x, y) in enumerate(places)
    )


def slab(plan: FramePlan, level: int, done: int) -> Assembly:
    """Returns the slab of a level."""
    openings = [plan.core.stair_opening, plan.core.lift_opening, *plan.service_holes]
    mesh = plate(plan.outline, openings, plan.spec.slab)
    material = plan.fresh if level == done else plan.concrete
    proxy = box_proxy(mesh.bounds)
    pose = pose_at(z=plan.level(level))
    return piece(f"{plan.name}/slab_{level}", "slab", (f"{plan.name}/slab", mesh), (material,), pose, proxy)
