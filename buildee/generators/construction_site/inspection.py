"""What a site inspector looks for in a planned site: nothing in one place twice, nothing floating, ways kept clear."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.plant import TRUCK
from buildee.generators.construction_site.site import Plot
from buildee.layout.contact import boxes_in, interpenetration, unsupported
from buildee.layout.kinematics import reach_of
from buildee.layout.motion import smooth_path
from buildee.layout.placement import Footprint
from buildee.layout.scene import Instance, Layout

CONTACTS = frozenset({frozenset({"fence"}), frozenset({"hoarding"}), frozenset({"fence", "hoarding"})})
"""Categories whose things may touch each other: neighbouring fence panels share feet, posts and clamps."""

HANGING = ("crane_load",)
"""Categories that nothing on the ground holds up."""

MOBILE = ("dump_truck", "concrete_mixer", "wheel_loader", "telehandler", "excavator", "worker", "crane_load", "gate")
"""Categories that may be on a road: they move on, or open."""

HEADROOM = 4.2
"""Height that a lorry needs, metres: legal limits are 4.0 m in Europe (Directive 96/53/EC), and some air."""

LANE = TRUCK[1] + 0.4
"""Width that a lorry needs, metres."""

STEEPEST = 0.7
"""Rise over run of ground that people work on: about 35 degrees, the angle of repose of loose soil."""


def inspect(layout: Layout, plot: Plot, ground: Ground) -> list[str]:
    """Returns everything wrong with a site, one sentence each; nothing for a sound one.

    Args:
        layout: the planned site.
        plot: its zones.
        ground: what everything stands on.
    """
    findings = [
        f"{overlap.first} and {overlap.second} overlap by {1000 * overlap.depth:.1f} mm in frame {overlap.frame}"
        for overlap in interpenetration(layout, CONTACTS)
    ]
    findings += [f"{name} floats" for name in unsupported(layout, ground.height, HANGING)]
    return [*findings, *_blocked(layout, plot, ground), *_misplaced(layout, ground)]


def _blocked(layout: Layout, plot: Plot, ground: Ground) -> Iterator[str]:
    """Finds things that stand where lorries drive: from the street through the gate to the turning head."""
    boxes = boxes_in(layout, frames=1)
    drive = smooth_path(plot.road)
    middles, headings, _ = drive.at(np.arange(0.0, drive.length, 0.5))
    poses = boxes.poses[0]
    reach = reach_of(poses, boxes.half)
    low = poses[:, 2, 3] - reach[:, 2] - ground.height(poses[:, :2, 3])
    high = low + 2 * reach[:, 2]
    near = (low < HEADROOM) & (high > 0.25)
    found: set[str] = set()
    for index in np.flatnonzero(near):
        instance = layout.instances[boxes.owner[index]]
        if instance.category in MOBILE or instance.name in found:
            continue
        apart = np.hypot(*(middles - poses[index, :2, 3]).T)
        if apart.min() > np.hypot(*reach[index, :2]) + LANE:
            continue
        about = _plan_of(poses[index], boxes.half[index])
        lanes = (
            Footprint(*middle, float(heading), 0.5, LANE) for middle, heading in zip(middles, headings, strict=True)
        )
        if any(about.separation(lane) < 0 for lane in lanes):
            found.add(instance.name)
            yield f"{instance.name} stands on the haul road"


def _plan_of(pose: NDArray[np.float64], half: NDArray[np.float64]) -> Footprint:
    """Returns the plan of a box that is upright, or of its upright bounds."""
    axis = pose[:2, 0]
    if np.hypot(*axis) < 0.9:
        reach = (np.abs(pose[:3, :3]) * half).sum(-1)
        return Footprint(*pose[:2, 3], 0.0, *(2 * reach[:2]))
    yaw = float(np.arctan2(axis[1], axis[0]))
    return Footprint(*pose[:2, 3], yaw, 2 * half[0], 2 * half[1])


def _misplaced(layout: Layout, ground: Ground) -> Iterator[str]:
    """Finds workers on ground too steep to stand on."""
    for instance in layout.instances:
        if instance.category == "worker" and (slope := _slope(instance, ground)) > STEEPEST:
            yield f"{instance.name} stands on a slope of {np.degrees(np.arctan(slope)):.0f} degrees"


def _slope(worker: Instance, ground: Ground) -> float:
    """Returns the steepest rise over run under a worker who is on the ground, 0 for one who is on a floor."""
    places = worker.poses[:, :3, 3]
    on_ground = np.abs(places[:, 2] - ground.height(places[:, :2])) < 0.3
    if not on_ground.any():
        return 0.0
    normal = ground.normal(places[on_ground, :2])
    return float((np.hypot(normal[:, 0], normal[:, 1]) / normal[:, 2]).max())
