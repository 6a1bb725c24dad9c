"""What is worth photographing on a site, and where a camera may stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.site import Plot
from buildee.layout.cameras import Stage, Subject
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Instance, Sky

SMALLEST = 0.6
"""Boxes whose largest side covers less than four times this hide nothing worth counting, square metres."""


def stage(plot: Plot, ground: Ground, instances: Sequence[Instance], top: float, sky: Sky) -> Stage:
    """Returns the stage for the site's cameras.

    Args:
        plot: the zones.
        ground: what things stand on.
        instances: everything solid.
        top: highest point of the building, metres.
        sky: where the sun stands.
    """
    collected = [boxes_of(instance) for instance in instances]
    boxes = np.concatenate([np.zeros((0, 4, 4)), *(poses for poses, _ in collected)])
    half = np.concatenate([np.zeros((0, 3)), *(sizes for _, sizes in collected)])
    sides = np.sort(half, axis=1)
    large = sides[:, 1] * sides[:, 2] > SMALLEST
    machines = [item for item in instances if item.category in ("excavator", "dump_truck")]
    subjects = {"building": Subject(_column(plot.building.corners, ground, top), 1.0)}
    if machines:
        places = np.stack([item.poses[0, :3, 3] for item in machines])
        subjects["machines"] = Subject(
            np.concatenate([places + np.array([0, 0, 0.5]), places + np.array([0, 0, 3.0])]), 1.0
        )
    subjects["site"] = Subject(np.concatenate([subject.points for subject in subjects.values()]), 0.5)
    crew = [item.poses[0, :3, 3] for item in instances if item.category == "worker"]
    if crew:
        subjects["crew"] = Subject(np.stack(crew) + np.array([0, 0, 1.2]), 1.5)

    def is_open(points: NDArray[np.float64]) -> NDArray[np.bool_]:
        clear = plot.lot.distance(points) < -2.0
        clear &= plot.building.distance(points) > 3.0
        return clear & (plot.pit.distance(points) > 1.0 if plot.pit else True)

    kerb = np.array(plot.kerb) + plot.street_width
    sun = np.array([np.cos(sky.sun_azimuth), np.sin(sky.sun_azimuth)])
    return Stage(subjects, boxes, half, large, ground.height, is_open, np.stack([-kerb, kerb]), sun)


def _column(corners: NDArray[np.float64], ground: Ground, top: float) -> NDArray[np.float64]:
    """Returns points over the faces of a building from its foot to its top."""
    foot = ground.height(corners)
    edges = np.concatenate([corners, (corners + np.roll(corners, -1, 0)) / 2])
    low = np.concatenate([foot, (foot + np.roll(foot, -1)) / 2])
    return np.concatenate(
        [np.column_stack([edges, low + share * (top + 0.8 - low)]) for share in (0.0, 0.35, 0.7, 1.0)]
    )
