"""Lenses and stereo pairs that a recipe can ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from buildee.layout.scene import Camera, Lens
from buildee.recipe.schema import knob


@dataclass(frozen=True)
class LensSpec:
    """How a camera maps directions to its picture. Places are chosen as for a pinhole of the camera's focal length."""

    model: Literal["pinhole", "brown_conrady", "fisheye", "equirectangular"] = knob(
        "pinhole",
        "Pinhole keeps straight lines straight, brown_conrady bends them; fisheye is equidistant; equirectangular sees "
        "all around.",
        varies=False,
    )
    fov_deg: float = knob(
        180.0, "Fisheye: the angle that it sees; nothing is outside.", min=10.0, max=360.0, unit="deg"
    )
    across: Literal["shorter_side", "longer_side", "diagonal"] = knob(
        "shorter_side", "Fisheye: what that angle spans; with the diagonal no corner stays black."
    )
    k1: float = knob(0.0, "Brown-Conrady: radial distortion, negative is a barrel.", min=-2.0, max=2.0)
    k2: float = knob(0.0, "Brown-Conrady: radial distortion, fourth power.", min=-2.0, max=2.0)
    k3: float = knob(0.0, "Brown-Conrady: radial distortion, sixth power.", min=-2.0, max=2.0)
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


LENS = knob(LensSpec(), "How directions map to the picture.")
STEREO = knob(Stereo(), "Two cameras for one.")


def with_lens(camera: Camera, spec: LensSpec) -> Camera:
    """Returns a pinhole camera with another lens."""
    if spec.model == "equirectangular":
        return replace(camera, focal=camera.width / (2 * np.pi), lens=Lens("equirectangular", (0.0,)))
    if spec.model == "fisheye":
        sides = sorted((camera.width, camera.height))
        spans = {"shorter_side": sides[0], "longer_side": sides[1], "diagonal": np.hypot(*sides)}
        fov = float(np.deg2rad(spec.fov_deg))
        return replace(camera, focal=float(spans[spec.across] / fov), lens=Lens("fisheye_equidistant", (fov,)))
    if spec.model == "brown_conrady":
        return replace(camera, lens=Lens("brown_conrady", (spec.k1, spec.k2, spec.p1, spec.p2, spec.k3)))
    return camera


def pair(camera: Camera, baseline: float) -> list[Camera]:
    """Returns a rectified pair: two parallel cameras, half a baseline (metres) to the left and right along x."""
    half = camera.poses[:, :3, 0] * (baseline / 2)
    cameras = []
    for side, step in (("left", -half), ("right", half)):
        poses = camera.poses.copy()
        poses[:, :3, 3] += step
        cameras.append(replace(camera, name=f"{camera.name}_{side}", poses=poses))
    return cameras
