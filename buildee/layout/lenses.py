"""Lenses, stereo pairs and rigs that a recipe can ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from buildee.errors import PlacementError
from buildee.layout.kinematics import rotation
from buildee.layout.scene import Camera, Lens
from buildee.recipe.schema import knob

SENSOR_WIDTH = 36.0
"""Millimetres: 35 mm film, what polynomials of a fisheye count on."""


@dataclass(frozen=True)
class LensSpec:
    """How a camera maps directions to its picture. Places are chosen as for a pinhole of the camera's focal length."""

    model: Literal["pinhole", "brown_conrady", "fisheye", "fisheye_polynomial", "equirectangular"] = knob(
        "pinhole",
        "Pinhole keeps straight lines straight, brown_conrady bends them; fisheye is equidistant, fisheye_polynomial "
        "what its terms say; equirectangular sees all around.",
        varies=False,
    )
    fov_deg: float = knob(
        180.0, "Fisheye: the angle that it sees; nothing is outside.", min=10.0, max=360.0, unit="deg"
    )
    across: Literal["shorter_side", "longer_side", "diagonal"] = knob(
        "shorter_side", "Fisheye: what that angle spans; with the diagonal no corner stays black."
    )
    k1: float = knob(
        0.0,
        "Brown-Conrady: radial distortion, negative is a barrel. Polynomial fisheye: at the share s of the way from "
        "the middle to the edge, the angle grows as s (1 + k1 s + k2 s^2 + k3 s^3).",
        min=-2.0,
        max=2.0,
    )
    k2: float = knob(0.0, "As k1: fourth power; polynomial fisheye: third.", min=-2.0, max=2.0)
    k3: float = knob(0.0, "As k1: sixth power; polynomial fisheye: fourth.", min=-2.0, max=2.0)
    p1: float = knob(0.0, "Brown-Conrady: tangential distortion, vertical.", min=-0.2, max=0.2)
    p2: float = knob(0.0, "Brown-Conrady: tangential distortion, horizontal.", min=-0.2, max=0.2)


@dataclass(frozen=True)
class Stereo:
    """Two cameras for one."""

    baseline: float = knob(
        0.0,
        "Distance between two parallel cameras, NAME_left and NAME_right, side by side; 0 is one camera.",
        min=0.0,
        max=10.0,
        unit="m",
    )


@dataclass(frozen=True)
class Rig:
    """A ring of cameras that look outwards, as on cars and robots."""

    count: int = knob(
        1,
        "How many cameras stand in a ring, looking outwards, NAME_0 (where one camera would look) to NAME_N, "
        "counter-clockwise; 1 is one camera.",
        min=1,
        max=32,
        varies=False,
    )
    radius: float = knob(0.1, "From the middle of the ring to each camera.", min=0.0, max=10.0, unit="m")


LENS = knob(LensSpec(), "How directions map to the picture.")
STEREO = knob(Stereo(), "Two cameras for one.")
RIG = knob(Rig(), "A ring of cameras for one.")


def with_lens(camera: Camera, spec: LensSpec) -> Camera:
    """Returns a pinhole camera with another lens."""
    if spec.model == "equirectangular":
        return replace(camera, focal=camera.width / (2 * np.pi), lens=Lens("equirectangular", (0.0,)))
    if spec.model.startswith("fisheye"):
        sides = sorted((camera.width, camera.height))
        spans = {"shorter_side": sides[0], "longer_side": sides[1], "diagonal": np.hypot(*sides)}
        fov, span = float(np.deg2rad(spec.fov_deg)), float(spans[spec.across])
        if spec.model == "fisheye_polynomial":
            return _polynomial(camera, spec, fov, span)
        return replace(camera, focal=span / fov, lens=Lens("fisheye_equidistant", (fov,)))
    if spec.model == "brown_conrady":
        return replace(camera, lens=Lens("brown_conrady", (spec.k1, spec.k2, spec.p1, spec.p2, spec.k3)))
    return camera


def _polynomial(camera: Camera, spec: LensSpec, fov: float, span: float) -> Camera:
    """Returns a camera with a polynomial fisheye whose angle is half of `fov` (radians) at half of `span` (pixels)."""
    terms = np.array([1.0, spec.k1, spec.k2, spec.k3])
    share = np.linspace(0, 1, 1001)[:, None]
    if (share ** np.arange(4) @ (terms * np.arange(1, 5)) <= 1e-6).any():
        raise PlacementError(
            f"cameras.{camera.name}.lens: with k1 {spec.k1:g}, k2 {spec.k2:g} and k3 {spec.k3:g} the angle does not "
            "grow all the way to the edge; take them nearer to 0"
        )
    scale = camera.width / SENSOR_WIDTH
    edge = span / 2 / scale
    powers = fov / 2 / terms.sum() * terms / edge ** np.arange(1, 5)
    # Blender's sign: the angle is minus the polynomial of millimetres on the sensor.
    return replace(camera, focal=scale, lens=Lens("fisheye_polynomial", (0.0, *(-powers).tolist(), fov)))


def ring(camera: Camera, rig: Rig) -> list[Camera]:
    """Returns a ring of cameras about the upright line through a camera, each turned further to the left."""
    if rig.count == 1:
        return [camera]
    cameras = []
    for number in range(rig.count):
        poses = camera.poses.copy()
        poses[:, :3, :3] = rotation((0.0, 0.0, 1.0), number * 2 * np.pi / rig.count)[:3, :3] @ poses[:, :3, :3]
        ahead = poses[:, :2, 2] / np.maximum(np.linalg.norm(poses[:, :2, 2], axis=-1, keepdims=True), 1e-9)
        poses[:, :2, 3] += rig.radius * ahead
        cameras.append(replace(camera, name=f"{camera.name}_{number}", poses=poses))
    return cameras


def pair(camera: Camera, baseline: float) -> list[Camera]:
    """Returns a rectified pair: two parallel cameras, half a baseline (metres) to the left and right along x."""
    half = camera.poses[:, :3, 0] * (baseline / 2)
    cameras = []
    for side, step in (("left", -half), ("right", half)):
        poses = camera.poses.copy()
        poses[:, :3, 3] += step
        cameras.append(replace(camera, name=f"{camera.name}_{side}", poses=poses))
    return cameras
