"""Still solids: planes, round things, boxes before boxes, thin plates, near and far."""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.case import Case, animate, body, new_object, place
from benchmarks.proof.solids import at, box, globe, looking, prism, sheet, turned
from benchmarks.proof.world import Lens

_FAR_OUT = "Cycles adds up positions in the world by float32, which is millimetres out there"
_FRONT = looking((0, -6, 0), (0, 0, 0))


def tilted_plane() -> Case:
    return Case(
        "tilted plane",
        (body(sheet(40, 40), at(0.1, 2, -0.3) @ turned((1, 0.3, 0.2), 1.1), 0),),
        looking((0.3, -6, 0.7), (0, 0, 0.2), roll=0.2),
    )


def ball() -> Case:
    radius, meridians, bands = 1.5, 40, 20

    def smooth(rays: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sagitta = radius * (1 - np.cos(np.pi / meridians) * np.cos(np.pi / (2 * bands)))
        return _round_depth(rays, np.array([0, -6.0, 0]), radius, sagitta)

    solid = globe(radius, meridians, bands)
    return Case("sphere", (body(solid, turned((1, 0.2, 0.4), 0.7), 0),), _FRONT, smooth=smooth)


def cylinder() -> Case:
    radius, sides = 1.2, 48

    def smooth(rays: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        flat = rays * (1, 1, 0)  # the cylinder stands upright: only the horizontal part of a ray matters to its side
        depth, bound = _round_depth(flat, np.array([0, -6.0, 0]), radius, radius * (1 - np.cos(np.pi / sides)))
        beyond = np.abs(rays[..., 2] * np.where(np.isfinite(depth), depth, np.inf)) > 1.2
        return np.where(beyond, np.nan, depth), bound

    return Case("cylinder", (body(prism(radius, 3.0, sides), np.eye(4), 0),), _FRONT, smooth=smooth)


def _round_depth(
    rays: NDArray[np.float64], eye: NDArray[np.float64], radius: float, sagitta: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Depth of a sphere around the origin (or a circle, for flat rays), and how much farther its facets may lie.

    Facets lie between the sphere and one smaller by the sagitta, so depth lies between theirs. Not a number beyond the
    smaller one's outline.
    """
    a, b = (rays**2).sum(-1), -(rays @ eye)
    reach = eye @ eye
    with np.errstate(invalid="ignore"):
        outer, inner = ((b - np.sqrt(b**2 - a * (reach - r**2))) / a for r in (radius, radius - sagitta))
    return outer, inner - outer


def box_behind_box() -> Case:
    return Case(
        "box behind box",
        (
            body(box(2, 1, 2), at(0.3, 1.5, 0.2) @ turned((0, 0, 1), 0.4), 0),
            body(box(1.2, 0.5, 2.4), at(-0.35, -0.5, 0.1) @ turned((0, 0, 1), -0.2), 1),
            body(sheet(30, 30), at(0, 9, 0) @ turned((1, 0, 0), np.pi / 2), 2),
            body(box(0.4, 0.4, 0.4), at(0.9, -1.5, -0.7), -1),
        ),
        looking((0, -6, 0.9), (0, 0, 0)),
        reach=30,
    )


def extruded_curve() -> Case:
    """A curve object that is filled and extruded into a box."""
    size, wall = (1.4, 1.0, 1.2), body(sheet(30, 30), at(0, 7, 0) @ turned((1, 0, 0), np.pi / 2), 1)
    item = body(box(*size), at(0.2, 0, 0.1) @ turned((0, 0.3, 1), 0.5), 0)

    def build(case: Case) -> None:
        place("wall", wall)
        data = bpy.data.curves.new("outline", "CURVE")
        data.dimensions, data.fill_mode, data.extrude = "2D", "BOTH", size[2] / 2
        line = data.splines.new("POLY")
        line.points.add(3)
        line.use_cyclic_u = True
        for point, (x, y) in zip(line.points, ((-1, -1), (1, -1), (1, 1), (-1, 1)), strict=True):
            point.co = x * size[0] / 2, y * size[1] / 2, 0, 1
        animate(new_object("curve", data, 0), item.poses)

    return Case("extruded curve", (item, wall), looking((0.2, -6, 1.2), (0, 0, 0)), build, reach=30, own_shading=True)


def upright_boxes() -> Case:
    return Case(
        "upright boxes",
        (
            body(box(3, 1, 0.5), at(-0.4, 1, 0.1) @ turned((0, 0, 1), 0.5), 0),
            body(box(0.5, 1.7, 1), at(0.8, -1, 0.3) @ turned((0, 0, 1), 1.2), 1),
        ),
        looking((0, -6, 2), (0, 0, 0)),
        upright=True,
    )


def thin_plate_near() -> Case:
    return _thin_plate("2 mm plate at 2 m", 2.0, 35.0)


def thin_plate_far() -> Case:
    return _thin_plate("2 mm plate at 200 m", 200.0, 3500.0)


def _thin_plate(name: str, distance: float, focal: float) -> Case:
    """A 2 mm plate, a sheet 0.1 mm behind its back, and a sheet 1 mm before its front that covers half of it."""
    tilt = at(0, distance, 0) @ turned((1, 0, 0.1), np.pi / 2 + 0.4)
    return Case(
        name,
        (
            body(box(1.5, 1.2, 0.002), tilt, 0),
            body(sheet(0.9, 1.0), tilt @ at(0, 0, -0.0011), 1),
            body(sheet(0.5, 0.9), tilt @ at(0.3, 0, 0.002), 2),
        ),
        looking((0, 0, 0), (0, distance, 0)),
        lens=Lens(focal=focal, sensor=(36, 24)),
        reach=distance,
    )


def inside_a_box() -> Case:
    return Case(
        "camera inside a box",
        (
            body(box(4, 5, 3), at(0.2, 0.1, 0.3) @ turned((0, 0, 1), 0.3), 0),
            body(box(0.6, 0.6, 0.6), at(0.4, 1.6, 0.2) @ turned((1, 1, 0), 0.6), 1),
        ),
        looking((0, -1, 0.2), (0.1, 2, 0)),
        lens=Lens(focal=18),
    )


def very_near() -> Case:
    return Case(
        "a millimetre away",
        (
            body(box(0.002, 0.002, 0.002), at(0.0003, 0.006, 0.0002) @ turned((1, 2, 0), 0.5), 0),
            body(sheet(0.1, 0.1), at(0, 0.02, 0) @ turned((1, 0, 0.2), 1.3), 1),
        ),
        looking((0, 0, 0), (0, 1, 0)),
        lens=Lens(clip=(0.001, 1.0)),
        reach=0.02,
    )


def very_far() -> Case:
    return Case(
        "5 km away",
        (
            body(box(600, 400, 500), at(200, 5000, 30) @ turned((0, 0.2, 1), 0.6), 0),
            body(box(2, 2, 2), at(-1, 12, 0.5) @ turned((0, 0.2, 1), 0.6), 1),
            body(sheet(40000, 40000), at(0, 0, -300), 2),
        ),
        looking((0, 0, 0), (0, 1, 0.02)),
        lens=Lens(clip=(0.1, 20000)),
        reach=20000,
        blunt="Cycles loses up to half a metre on a triangle of 28 km seen edge-on",
    )


def beyond_the_clip_limits() -> Case:
    return Case(
        "clip limits",
        (
            body(box(2, 2, 2), at(-1, 0.2, 0.1) @ turned((0, 0, 1), 0.5), 0),
            body(sheet(60, 60), at(0, 0, -1), 1),
            body(box(1, 1, 4), at(1.2, -1.5, 0) @ turned((0, 1, 1), 0.3), 2),
        ),
        looking((0, -6, 1), (0, 0, 0)),
        lens=Lens(clip=(4.0, 9.0)),
        reach=60,
    )


def ten_kilometres_out() -> Case:
    return _moved_out("10 km from the origin", 10240.0)


def million_metres_out() -> Case:
    return _moved_out("1000 km from the origin", 1048576.0)


def _moved_out(name: str, far: float) -> Case:
    """Positions are multiples of an eighth of a metre, which float32 holds even out there."""
    place = np.array([far, -far, far])
    pose = looking((0, 0, 0), (0.1, 1, -0.1))
    pose[:3, 3] = place

    def out(*offset: float) -> NDArray[np.float64]:
        return at(*np.add(place, offset))

    return Case(
        name,
        (
            body(box(2, 1, 1.5), out(0.25, 6, -0.5) @ turned((1, 1, 0.3), 0.8), 0),
            body(box(1, 0.4, 1), out(-0.25, 4.5, 0) @ turned((0, 1, 1), 0.5), 1),
            body(sheet(40, 40), out(0, 0, -2), 2),
        ),
        pose,
        origin=2 * far,
        blunt=_FAR_OUT,
        reach=40,
    )


CASES = (
    tilted_plane,
    ball,
    cylinder,
    box_behind_box,
    extruded_curve,
    upright_boxes,
    thin_plate_near,
    thin_plate_far,
    inside_a_box,
    very_near,
    very_far,
    beyond_the_clip_limits,
    ten_kilometres_out,
    million_metres_out,
)
