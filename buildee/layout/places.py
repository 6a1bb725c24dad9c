"""Where things may stand in and on furniture whose parts move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from buildee.layout.kinematics import bounds_of, inverse, part_poses, translation
from buildee.layout.resting import Place, Support
from buildee.layout.scene import Instance

TALL = 0.25
"""Height over a place that doors leave free, where its headroom is not less, metres."""

SHALLOW = 0.1
"""Places that are less deep carry nothing, metres."""


def supports_of(instance: Instance, places: Iterable[Place]) -> tuple[Support, ...]:
    """Returns the supports on an instance, where its joint values take them.

    Args:
        instance: with its values.
        places: on its parts.
    """
    parts = part_poses(instance)
    number = {part.name: index for index, part in enumerate(instance.parts)}
    still = np.ptp(parts, axis=0).max(axis=(1, 2)) == 0
    return tuple(
        Support(
            f"{instance.name}/{place.name}",
            place.kind,
            (parts[:1] if still[number[place.part]] else parts)[:, number[place.part]] @ place.pose,
            np.array(place.size),
            place.headroom,
            place.topic,
            place.wall,
        )
        for place in places
    )


def clear_of_doors(instance: Instance, places: Iterable[Place]) -> list[Place]:
    """Returns places in an appliance without what its doors, and the bins on them, take at their fronts when shut."""
    shut = replace(instance, values={}, poses=instance.poses[:1])
    world, doors = part_poses(shut)[0], set()
    boxes = [(np.zeros((0, 4, 4)), np.zeros((0, 3)))]
    for index, part in enumerate(instance.parts):
        if part.name.startswith("door") or part.parent in doors:
            doors.add(index)
            if part.proxy is not None:
                boxes.append((world[index] @ part.proxy.poses, part.proxy.half))
    poses, half = (np.concatenate(item) for item in zip(*boxes, strict=True))
    names = {instance.parts[index].name for index in doors}
    kept = []
    for place in places:
        local = inverse(supports_of(shut, [place])[0].poses[0]) @ poses
        low, high = bounds_of(local, half)
        wide, deep = place.size
        before = (low[:, 0] < wide / 2) & (high[:, 0] > -wide / 2) & (local[:, 1, 3] < 0.0)
        before &= (high[:, 2] > 0.0) & (low[:, 2] < min(place.headroom, TALL)) & (place.part not in names)
        front = max(-deep / 2, *high[before, 1], -deep)
        if deep / 2 - front > SHALLOW:
            pose = place.pose @ translation((0.0, (front + deep / 2) / 2, 0.0))
            kept.append(replace(place, pose=pose, size=(wide, deep / 2 - front)))
    return kept
