"""Keypoints: named places of bodies, mostly inside them, such as joints; and whether a camera sees the body there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import camera_points, depths
from buildee.truth.embree import Caster
from buildee.truth.maps import copy_instances
from buildee.truth.surface import Camera, LabelTable
from buildee.truth.tracks import TrackFrame, TrackState, image_state

PERSON = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)
"""The keypoints of a person in the order of COCO (Lin et al. 2014, cocodataset.org, person_keypoints_train2017)."""

LIMBS = (
    ("left_ankle", "left_knee"),
    ("left_knee", "left_hip"),
    ("right_ankle", "right_knee"),
    ("right_knee", "right_hip"),
    ("left_hip", "right_hip"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
    ("left_shoulder", "right_shoulder"),
    ("left_shoulder", "left_elbow"),
    ("right_shoulder", "right_elbow"),
    ("left_elbow", "left_wrist"),
    ("right_elbow", "right_wrist"),
    ("left_eye", "right_eye"),
    ("nose", "left_eye"),
    ("nose", "right_eye"),
    ("left_eye", "left_ear"),
    ("right_eye", "right_ear"),
    ("left_ear", "left_shoulder"),
    ("right_ear", "right_shoulder"),
)
"""Which keypoints of a person lines join, by the same file's `skeleton`."""

COCO_VISIBILITY = np.array([0, 2, 1, 1, 0, 0], np.uint8)
"""COCO's v by `TrackState`: 0 not in the picture, 1 hidden by something or by the body itself, 2 visible."""


@dataclass(frozen=True, eq=False)
class Keypoints:
    """J keypoints of all instances in one frame.

    Attributes:
        name: (J,) what each of them is.
        part: (J,) int32, row of the label table that each moves with.
        radius: (J,) float64, metres: how thick the body is around it.
        xyz: (J, 3) float64, world, metres.
    """

    name: tuple[str, ...]
    part: NDArray[np.int32]
    radius: NDArray[np.float64]
    xyz: NDArray[np.float64]


NO_KEYPOINTS = Keypoints((), np.zeros(0, np.int32), np.zeros(0), np.zeros((0, 3)))
"""Of a frame that has none."""


def observe_keypoints(points: Keypoints, labels: LabelTable, caster: Caster, camera: Camera) -> TrackFrame:
    """Says what a camera sees of keypoints in one frame.

    A keypoint lies inside its body, so it is the body around it that can be seen. What counts is the first thing on the
    way from the camera to the keypoint: nothing, or the keypoint's own instance no farther than the keypoint's radius
    before it, makes it visible; its own instance farther before it, self-occluded; any other thing, occluded.

    Args:
        points: the keypoints.
        labels: what the copies are.
        caster: of the frame's surface, made at the camera's pose.
        camera: the camera.
    """
    local = camera_points(camera, points.xyz)
    pixels, state = image_state(camera, local)
    away = depths(camera, local)
    own = labels.part_instance[points.part]
    occluder = np.zeros(len(own), np.uint16)
    ask = np.flatnonzero(state == TrackState.VISIBLE)
    found = caster.first_hits(local[ask] / away[ask, None], camera.clip[0], away[ask])
    hit = found.copy >= 0
    ask, by = ask[hit], copy_instances(caster.surface, labels)[found.copy[hit]]
    before = (1 - found.t[hit] / away[ask]) * np.linalg.norm(local[ask], axis=-1)
    same = by == own[ask]
    hides = ~same | (before > points.radius[ask])
    state[ask[hides]] = np.where(same, TrackState.SELF_OCCLUDED, TrackState.OCCLUDED)[hides]
    occluder[ask[hides]] = by[hides]
    return TrackFrame(pixels.astype(np.float32), away.astype(np.float32), state, occluder)
