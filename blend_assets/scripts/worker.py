"""A construction worker: rigid parts on hinges, dressed for the site. `worker_a`, `worker_b`, ... are its styles.

Every part hangs on one hinge, so joints that turn about several axes are chains: those in between have no mesh.
Positive values bend the way anatomists count: hip, elbow, knee and shoulder flexion, abduction, outward turn of the
leg, inward turn of arm and hand, toes up. Segment lengths are `buildee.layout.body.Body`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts import worker_clothes as clothes
from blend_assets.scripts import worker_extremities as extremities
from blend_assets.scripts import worker_gear as gear
from blend_assets.scripts import worker_head as head
from blend_assets.scripts.model import Asset, AssetPart, at, boxes
from blend_assets.scripts.worker_style import SLOTS, Style, materials
from buildee.layout.body import LIMITS, Body
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Proxy
from buildee.truth.keypoints import PERSON

MODELLED = 1.75
"""The stature, metres, that the meshes are modelled at; others are scaled."""

WAIST, CHEST, NECK, HEAD = 1.05, 1.2075, 1.497, 1.622
"""Heights of the trunk's joints above the ground in boots, metres, at the modelled stature."""

SHOULDER = (-0.022, 0.184, 1.430)
"""Left shoulder joint, metres, at the modelled stature."""

_AXES: dict[str, tuple[float, float, float]] = {
    "hips": (0, 1, 0),
    "abdomen": (0, 1, 0),
    "torso": (0, 0, 1),
    "neck": (0, 1, 0),
    "head": (0, 0, 1),
    "shoulder": (0, -1, 0),
    "upper_arm": (1, 0, 0),
    "elbow": (0, 0, -1),
    "forearm": (0, -1, 0),
    "wrist": (0, 0, -1),
    "hand": (-1, 0, 0),
    "hip": (0, 0, 1),
    "groin": (1, 0, 0),
    "thigh": (0, -1, 0),
    "shin": (0, 1, 0),
    "ankle": (0, -1, 0),
    "foot": (1, 0, 0),
    "toes": (0, -1, 0),
}
"""Hinge axes; those of limbs are the left side's and mirror on the right."""

_EMPTY = Mesh.merged([])

WORN = {
    "head": ("helmet", ("helmet", "helmet_harness")),
    "torso": ("vest_chest", ("vest", "band", "piping")),
    "abdomen": ("vest_waist", ("vest", "band", "piping")),
}
"""What people are told to wear is a part of its own: by the part that it sits on, its name and its material slots."""

_THICKNESS = {
    "nose": 0.030,
    "eye": 0.030,
    "ear": 0.050,
    "shoulder": 0.110,
    "elbow": 0.085,
    "wrist": 0.065,
    "hip": 0.160,
    "knee": 0.100,
    "ankle": 0.130,
}
"""How thick the clothed body is around each keypoint, metres, at the modelled stature."""

_CARRIERS = {"nose": "head", "eye": "head", "ear": "head", "knee": "shin"}
"""Parts that carry a keypoint but have another name; those of limbs have their side behind it."""


def worker(style: Style) -> Asset:
    """Returns the asset of one style."""
    rng = np.random.default_rng(style.seed)
    shoulder = (SHOULDER[0], SHOULDER[1] * style.shoulders, SHOULDER[2])
    arm = [clothes.upper_arm(style, rng), clothes.forearm(style, rng), extremities.hand(rng)]
    leg = [clothes.thigh(style, rng), gear.bare_shin(style) if style.shorts else clothes.shin(style, rng)]
    leg += [extremities.ankle(rng), extremities.foot(rng), extremities.toes(rng)]
    parts = _trunk(style, rng)
    for side in ("left", "right"):
        parts += _arm(side, shoulder, arm) + _leg(side, leg)
    parts = [piece for part in parts for piece in _undressed(part)]
    size = style.stature / MODELLED * max(1.0, style.trunk, style.limbs)
    return Asset(
        id=style.id,
        title=style.title,
        category="worker",
        library="workers",
        slots=materials(style),
        parts=tuple(_scaled(part, style.stature / MODELLED) for part in parts),
        tags=("person", "worker", "construction"),
        keypoints={_marker(name): _THICKNESS[name.split("_")[-1]] * size for name in PERSON},
        source="Segments: Winter 2009, fig. 4.1; girths: ISO 7250-1, ANSUR II; clothing: EN ISO 20471, EN 397, 20345",
    )


def _undressed(part: AssetPart) -> list[AssetPart]:
    """Returns a part and, fixed to it, what of `WORN` sits on it."""
    if part.name not in WORN:
        return [part]
    name, slots = WORN[part.name]
    worn = np.isin(part.mesh.slots, [SLOTS.index(slot) for slot in slots])
    clad = part.name == "torso"  # a vest hides the chest, so it is what others bump into
    body = replace(part, mesh=_faces(part.mesh, ~worn), proxy=None if clad else part.proxy)
    return [body, AssetPart(name, _faces(part.mesh, worn), part.name, proxy=part.proxy if clad else None)]


def _faces(mesh: Mesh, keep: NDArray[np.bool_]) -> Mesh:
    """Returns some faces of a mesh."""
    used, corners = np.unique(mesh.corners[np.repeat(keep, mesh.sizes)], return_inverse=True)
    return Mesh(mesh.vertices[used], corners.astype(np.int32), mesh.sizes[keep], mesh.slots[keep], mesh.smooth[keep])


def _marker(keypoint: str) -> str:
    """Returns the marker, "part/marker", that is a keypoint of a person."""
    side, _, place = keypoint.rpartition("_")
    part = _CARRIERS.get(place, place)
    return f"{part}/{keypoint}" if part == "head" else f"{part}_{side}/{keypoint}"


def _part(name: str, parent: str, position: Sequence[float], mesh: Mesh = _EMPTY, **more: object) -> AssetPart:
    base = name.removesuffix("_left").removesuffix("_right")
    mirrored = name.endswith("_right")
    x, y, z = _AXES[base]
    # A mirror image turns the other way, except about the axis across the mirror.
    axis = (-x, y, -z) if mirrored else (x, y, z)
    joint = Joint("hinge", tuple(value + 0.0 for value in axis), LIMITS[base])
    return AssetPart(name, mesh, parent, at(*position), joint, **more)


def _trunk(style: Style, rng: np.random.Generator) -> list[AssetPart]:
    body = Body(MODELLED)
    pelvis = AssetPart("pelvis", _EMPTY, rest=at(z=body.hip), joint=Joint("slider", (0.0, 0.0, 1.0), LIMITS["pelvis"]))
    face = {
        "nose": at(0.116, 0, 0.008),
        "left_eye": at(0.084, 0.0325, 0.0445),
        "right_eye": at(0.084, -0.0325, 0.0445),
        "left_ear": at(-0.006, 0.080, 0.030),
        "right_ear": at(-0.006, -0.080, 0.030),
    }
    hips = boxes([(-0.14, -0.18, -0.12), (0.12, 0.18, 0.10)])
    chest = boxes([(-0.15, -0.20, -0.16), (0.14, 0.20, 0.30)])
    skull = boxes([(-0.14, -0.12, -0.08), (0.18, 0.12, 0.21)])
    return [
        pelvis,
        _part("hips", "pelvis", (0, 0, 0), clothes.seat(style, rng), proxy=hips),
        _part("abdomen", "hips", (0, 0, WAIST - body.hip), clothes.abdomen(style, rng)),
        _part("torso", "abdomen", (0, 0, CHEST - WAIST), gear.worn(style, clothes.torso(style, rng)), proxy=chest),
        _part("neck", "torso", (-0.020, 0, NECK - CHEST), head.neck(style)),
        _part("head", "neck", (0.025, 0, HEAD - NECK), head.head(style, rng), proxy=skull, markers=face),
    ]


def _arm(side: str, shoulder: tuple[float, float, float], meshes: Sequence[Mesh]) -> list[AssetPart]:
    """Returns the chain shoulder (flexion), upper_arm (abduction), elbow (turn), forearm, wrist (turn), hand."""
    body = Body(MODELLED)
    sign, (upper, fore, hand) = _side(side, meshes)
    x, y, z = shoulder
    lengths = (body.upper_arm, body.forearm)
    limbs = [boxes([(-0.05, -0.05, -length), (0.05, 0.05, 0.0)]) for length in lengths]
    palm = boxes([(-0.05, -0.04, -0.17), (0.06, 0.04, 0.0)])
    return [
        _part(f"shoulder_{side}", "torso", (x, sign * y, z - CHEST), markers={f"{side}_shoulder": at()}),
        _part(f"upper_arm_{side}", f"shoulder_{side}", (0, 0, 0), upper, proxy=limbs[0]),
        _part(f"elbow_{side}", f"upper_arm_{side}", (0, 0, -lengths[0]), markers={f"{side}_elbow": at()}),
        _part(f"forearm_{side}", f"elbow_{side}", (0, 0, 0), fore, proxy=limbs[1]),
        _part(f"wrist_{side}", f"forearm_{side}", (0, 0, -lengths[1]), markers={f"{side}_wrist": at()}),
        _part(
            f"hand_{side}",
            f"wrist_{side}",
            (0, 0, 0),
            hand,
            proxy=palm,
            markers={"grip": at(0.01, -sign * 0.035, -0.085)},
        ),
    ]


def _leg(side: str, meshes: Sequence[Mesh]) -> list[AssetPart]:
    """Returns the chain hip (turn), groin (abduction), thigh, shin, ankle (pitch), foot (roll), toes."""
    body = Body(MODELLED)
    sign, (thigh, shin, ankle, foot, toes) = _side(side, meshes)
    ahead, height = body.ball
    limbs = [
        boxes([(-half, -half, -length), (half, half, 0)]) for half, length in ((0.08, body.thigh), (0.065, body.shin))
    ]
    sole = boxes([(-0.09, -0.05, -body.ankle), (ahead, 0.05, 0.02)])
    cap = boxes([(0.0, -0.05, -height), (0.09, 0.05, 0.04)])
    return [
        _part(f"hip_{side}", "hips", (0, sign * body.hip_half, 0), markers={f"{side}_hip": at()}),
        _part(f"groin_{side}", f"hip_{side}", (0, 0, 0)),
        _part(f"thigh_{side}", f"groin_{side}", (0, 0, 0), thigh, proxy=limbs[0]),
        _part(
            f"shin_{side}", f"thigh_{side}", (0, 0, -body.thigh), shin, proxy=limbs[1], markers={f"{side}_knee": at()}
        ),
        _part(f"ankle_{side}", f"shin_{side}", (0, 0, -body.shin), ankle, markers={f"{side}_ankle": at()}),
        _part(f"foot_{side}", f"ankle_{side}", (0, 0, 0), foot, proxy=sole),
        _part(f"toes_{side}", f"foot_{side}", (ahead, 0, height - body.ankle), toes, proxy=cap),
    ]


def _side(side: str, meshes: Sequence[Mesh]) -> tuple[int, list[Mesh]]:
    """Returns the sign of y and the meshes of the left side, mirrored for the right."""
    sign = 1 if side == "left" else -1
    mirror = np.diag([1.0, sign, 1.0, 1.0])
    return sign, [mesh.transformed(mirror) for mesh in meshes]


def _scaled(part: AssetPart, factor: float) -> AssetPart:
    """Returns the part of a taller or shorter person."""
    size = np.diag([factor, factor, factor, 1.0])
    proxy = part.proxy and Proxy(_stretched(part.proxy.poses, factor), part.proxy.half * factor)
    return replace(
        part,
        mesh=part.mesh.transformed(size),
        rest=_stretched(part.rest, factor),
        proxy=proxy,
        markers={name: _stretched(pose, factor) for name, pose in part.markers.items()},
    )


def _stretched(poses: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    scaled = poses.copy()
    scaled[..., :3, 3] *= factor
    return scaled
