"""What is worth photographing on a site, and where a camera may stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.operators import SUFFIX
from buildee.generators.construction_site.site import Plot
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.placement import all_boxes, boxes_of
from buildee.layout.scene import Assembly, Instance, Sky
from buildee.layout.staging import sizes_of, swept
from buildee.layout.views import Stage, Subject

SMALLEST = 0.6
"""Boxes whose largest side covers less than four times this hide nothing worth counting, square metres."""

DIGGER = 4.0
"""How far an excavator with its boom reaches about, for its picture to hold it, metres."""


def stage(plot: Plot, ground: Ground, things: Assembly, top: float, sky: Sky) -> Stage:
    """Returns the stage for the site's cameras.

    Args:
        plot: the zones.
        ground: what things stand on.
        things: everything solid.
        top: highest point of the building, metres.
        sky: where the sun stands.
    """
    instances = things.instances
    still = all_boxes(instances)
    collected = [still[:2], *map(swept, instances), *_street_furniture(things)]
    boxes, half = map(np.concatenate, zip(*collected, strict=True))
    sides = np.sort(half, axis=1)
    large = sides[:, 1] * sides[:, 2] > SMALLEST
    building = _column(plot.building.corners, ground, top)
    machines = _middles(instances, ("excavator", "dump_truck", "wheel_loader", "concrete_mixer", "telehandler"), 1.7)
    diggers = _middles(instances, ("excavator",), 1.0)
    whole = [building, diggers - np.array([DIGGER, 0, 0]), diggers + np.array([DIGGER, 0, 0])]
    subjects = {"building": Subject(building, 2.2)}
    if len(machines):
        subjects["machines"] = Subject(machines, 1.2, 3.2, 0.35)
    cranes = [boxes_of(item) for item in instances if item.category == "tower_crane"]
    if cranes:
        apex = np.concatenate([poses[:, 2, 3] + sizes.max(1) for poses, sizes in cranes]).max()
        foot = float(ground.height(plot.crane))
        mast = np.array([(*plot.crane, foot + share * (apex - foot)) for share in (0.2, 0.4, 0.6, 1.0)])
        subjects["crane"] = Subject(mast, 0.7)
        whole.append(mast)
    crew = _middles(instances, ("worker",), 0.95)
    if len(crew):
        subjects["crew"] = Subject(crew, 1.5, 1.8, 2.0)
    subjects["site"] = Subject(np.concatenate(whole), 0.3)

    def is_open(points: NDArray[np.float64]) -> NDArray[np.bool_]:
        clear = plot.lot.distance(points) < -2.0
        clear &= plot.building.distance(points) > 3.0
        return clear & (plot.pit.distance(points) > 1.0 if plot.pit else True)

    kerb = np.array(plot.kerb) + plot.street_width
    sun = np.array([np.cos(sky.sun_azimuth), np.sin(sky.sun_azimuth)])
    extent = np.stack([-kerb, kerb])
    sizes = sizes_of(instances, still, without=("building",))
    return Stage(subjects, boxes, half, large, ground.height, is_open, extent, sun, sizes, seats(instances))


def seats(instances: Sequence[Instance]) -> dict[str, list[NDArray[np.float64]]]:
    """Returns by category where a camera is fixed on the cabs of its machines: over the front edge of the roof."""
    found: dict[str, list[NDArray[np.float64]]] = {}
    for instance in instances:
        for index, part in enumerate(instance.parts):
            if part.name == "cab" and part.proxy is not None:
                reach = (np.abs(part.proxy.poses[:, :3, :3]) * part.proxy.half[:, None]).sum(-1)
                low, high = (part.proxy.poses[:, :3, 3] - reach).min(0), (part.proxy.poses[:, :3, 3] + reach).max(0)
                mount = translation((high[0] + 0.12, (low[1] + high[1]) / 2, high[2] + 0.1))
                found.setdefault(instance.category, []).append(part_poses(instance)[:, index] @ mount)
    return found


def _street_furniture(things: Assembly) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Returns boxes around trees and lamp posts: poses (B, 4, 4) and half extents (B, 3) of each kind."""
    boxes = []
    for scatter in things.scatters:
        if scatter.category in ("tree", "light_pole"):
            low, high = things.shapes[scatter.shape].bounds
            scale = np.linalg.norm(scatter.poses[:, :3, 0], axis=1)
            poses = scatter.poses @ translation((low + high) / 2)
            poses[:, :3, :3] /= scale[:, None, None]
            boxes.append((poses, scale[:, None] * (high - low) / 2))
    return boxes


def _column(corners: NDArray[np.float64], ground: Ground, top: float) -> NDArray[np.float64]:
    """Returns points over the faces of a building from its foot to its top."""
    foot = ground.height(corners)
    edges = np.concatenate([corners, (corners + np.roll(corners, -1, 0)) / 2])
    low = np.concatenate([foot, (foot + np.roll(foot, -1)) / 2])
    return np.concatenate(
        [np.column_stack([edges, low + share * (top + 0.8 - low)]) for share in (0.0, 0.35, 0.7, 1.0)]
    )


def _stands_out(item: Instance, categories: tuple[str, ...]) -> bool:
    """Returns whether a thing is of some category; those who sit in cabs are not seen as people."""
    return item.category in categories and not item.name.endswith(SUFFIX)


def _middles(instances: Sequence[Instance], categories: tuple[str, ...], height: float) -> NDArray[np.float64]:
    """Returns (N, 3) where things of some categories are half way through the scene, `height` metres above foot."""
    found = [item.poses[len(item.poses) // 2, :3, 3] for item in instances if _stands_out(item, categories)]
    return np.array(found).reshape(-1, 3) + np.array([0, 0, height])
