"""A toy layout with one of everything that building knows."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.layout import solids
from buildee.layout.kinematics import rotation, translation
from buildee.layout.material import Material
from buildee.layout.scene import Camera, Instance, Joint, Layout, Light, Part, Scatter, Sky

CONCRETE = (Material("concrete"),)
FRAMES = 3


def looking_at(eye, target):
    """Returns `world_from_camera` (OpenCV axes) of an upright camera."""
    forward = np.subtract(target, eye) / np.linalg.norm(np.subtract(target, eye))
    right = np.cross(forward, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([right, np.cross(forward, right), forward])
    pose[:3, 3] = eye
    return pose


def make_toy_layout() -> Layout:
    """Ground, a still column, a two-part arm that turns and slides along, and two kinds of scatter."""
    travel = translation(np.column_stack([np.linspace(-1, 1, FRAMES), np.full(FRAMES, -1.0), np.full(FRAMES, 0.5)]))
    arm = (
        Part("base", "cube", (Material("painted_metal", (0.8, 0.5, 0.0)),)),
        Part("bar", "bar", CONCRETE, 0, translation((0, 0, 0.5)), Joint("hinge", (0.0, 0.0, 1.0))),
    )
    stones = translation(np.column_stack([np.linspace(-3, 3, 7), np.full(7, 2.5), np.full(7, 0.1)]))
    stones[:, :3, :3] *= 0.3
    stones[3, 0, 0] *= -1  # one mirrored copy
    gravel = translation(np.column_stack([np.linspace(-3, 3, 9), np.full(9, -3.0), np.full(9, 0.05)]))
    gravel[:, :3, :3] *= 0.1
    still = np.eye(4)[None]
    eyes = [looking_at((-6 + 0.2 * frame, -7, 4), (0, 0, 0.5)) for frame in range(FRAMES)]
    return Layout(
        "toy",
        FRAMES,
        3.0,
        {
            "ground": solids.box((12, 12, 0.2), (0, 0, -0.1)),
            "cube": solids.box((1, 1, 1), chamfer=0.05),
            "bar": solids.box((2.0, 0.3, 0.3), (1.0, 0, 0.15)),
            "ball": solids.sphere(1.0, 12, 8),
        },
        (
            Instance("ground", "ground", (Part("slab", "ground", CONCRETE),), still),
            Instance("column", "column", (Part("shaft", "cube", CONCRETE),), translation((2.0, 1.0, 0.5))[None]),
            Instance("arm", "excavator", arm, travel, {"bar": np.linspace(0, 1.2, FRAMES)}),
        ),
        (
            Scatter("stones", "traffic_cone", "ball", CONCRETE, stones, countable=True),
            Scatter("gravel", "stone", "ball", CONCRETE, gravel),
        ),
        (
            Camera("front", 96, 64, 90.0, np.stack(eyes)),
            Camera("side", 96, 64, 80.0, looking_at((7, -4, 3), (0, 0, 0.3))[None].repeat(FRAMES, 0)),
        ),
        (Light("lamp", "point", translation((0, 0, 5)) @ rotation((1.0, 0, 0), 0.1), 500.0),),
        Sky(0.8, 1.0),
    )


@pytest.fixture
def toy_layout() -> Layout:
    return make_toy_layout()


@pytest.fixture
def scene():
    """An empty Blender file's scene."""
    from buildee.blender.context import fresh_scene

    return fresh_scene()
