"""Taps: a mixer with a lever at its side, or a bridge with two cross heads.

Frame: origin on what it stands on, -Y towards the user. Swan necks reach 200 mm out and leave 200 mm under the outlet,
as kitchen taps do.
"""

from __future__ import annotations

import numpy as np

from buildee.generators.kitchen.cabinetry import shared
from buildee.generators.kitchen.style import Style
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Instance, Joint, Model, Part, Pose, Proxy, Shape
from buildee.layout.solids import cylinder, revolve, tube

TURN = float(np.deg2rad(70))
"""How far a spout swivels to either side."""
UPWARDS = (0.0, 0.0, 1.0)
BRIDGE = 0.09
"""From a bridge tap's middle to its valves, metres."""


@shared
def column() -> Mesh:
    """Returns the body of a mixer: a rose on the worktop and a column, with the lever's socket on the right."""
    profile = [
        (0.026, 0),
        (0.026, 0.004),
        (0.0245, 0.006),
        (0.02, 0.007),
        (0.019, 0.012),
        (0.019, 0.118),
        (0.017, 0.12),
    ]
    across = rotation((0.0, 1.0, 0.0), np.pi / 2)
    socket = cylinder(0.016, 0.03, 16, 0.0015).transformed(across).moved(0.008, 0.0, 0.08)
    return Mesh.merged([revolve(profile, 20), socket])


@shared
def swan_neck(rise: float, reach: float, drop: float, radius: float) -> Mesh:
    """Returns a spout that rises, bends over and ends above the bowl; origin at its foot."""
    bend = reach / 2
    angle = np.linspace(0, np.pi, 11)
    arc = np.column_stack([np.zeros(11), bend * (np.cos(angle) - 1), rise + bend * np.sin(angle)])
    path = np.array([(0, 0, 0), *arc, (0, -reach, rise - drop)])
    ring = revolve([(radius * 1.3, 0), (radius * 1.3, 0.008), (radius, 0.01)], 16)
    end = cylinder(radius * 1.12, 0.014, 12, 0.001).moved(0, -reach, rise - drop - 0.002)
    return Mesh.merged([tube(path, radius, 12), ring, end])


@shared
def lever() -> Mesh:
    """Returns a lever that turns about +X: origin in its socket's mouth."""
    across = rotation((0.0, 1.0, 0.0), np.pi / 2)
    cap = cylinder(0.015, 0.014, 16, 0.002).transformed(across)
    pin = tube([(0.008, 0, 0.008), (0.012, 0, 0.05), (0.02, 0, 0.095)], 0.0042, 8)
    return Mesh.merged([cap, pin])


@shared
def bridge() -> Mesh:
    """Returns two legs and the tube between them."""
    leg = [(0.025, 0), (0.025, 0.004), (0.015, 0.01), (0.011, 0.02), (0.011, 0.05), (0.016, 0.056), (0.016, 0.076)]
    leg += [(0.011, 0.082), (0.009, 0.094)]
    legs = [revolve(leg, 16).moved(x) for x in (-BRIDGE, BRIDGE)]
    pipe = tube([(-BRIDGE, 0, 0.066), (BRIDGE, 0, 0.066)], 0.009, 12)
    hub = revolve([(0.012, 0.05), (0.016, 0.054), (0.016, 0.08), (0.013, 0.086)], 16)
    return Mesh.merged([*legs, pipe, hub])


@shared
def cross_head() -> Mesh:
    """Returns a head with four arms; it turns about +Z, origin at its foot."""
    hub = revolve([(0.009, 0), (0.0095, 0.012), (0.013, 0.016), (0.011, 0.022), (0.004, 0.024)], 12)
    arms = [
        tube([(0, 0, 0.011), (0.03, 0, 0.011)], 0.0038, 8).transformed(pose_at(yaw=k * np.pi / 2)) for k in range(4)
    ]
    knobs = [
        cylinder(0.006, 0.012, 8, 0.002).moved(0.03, 0, 0.005).transformed(pose_at(yaw=k * np.pi / 2)) for k in range(4)
    ]
    return Mesh.merged([hub, *arms, *knobs])


def tap(name: str, style: Style, pose: Pose) -> tuple[Instance, dict[str, Shape]]:
    """Returns a tap of the style's family at `kitchen_from_tap`, and its shapes."""
    model = _bridge_tap(style) if style.family in ("country", "classic") else _mixer(style)
    return model.placed(name, pose), dict(model.shapes)


def _mixer(style: Style) -> Model:
    """Returns a mixer: its spout swivels, its lever tips forwards and back."""
    body, neck, handle = column(), swan_neck(0.16, 0.2, 0.05, 0.0115), lever()
    metal = (style.metal,)
    parts = (
        Part("body", body[0], metal, proxy=box_proxy(((-0.02, -0.02, 0.0), (0.038, 0.02, 0.12)))),
        Part(
            "spout",
            neck[0],
            metal,
            0,
            pose_at(z=0.12),
            Joint("hinge", UPWARDS, (-TURN, TURN)),
            _neck_proxy(0.16, 0.2, 0.05),
        ),
        Part(
            *("lever", handle[0], metal, 0, pose_at(0.038, 0.0, 0.08)),
            Joint("hinge", (1.0, 0.0, 0.0), (-0.45, 0.35)),
            box_proxy(((0.0, -0.015, -0.015), (0.026, 0.015, 0.1))),
        ),
    )
    return Model("tap", dict([body, neck, handle]), parts)


def _bridge_tap(style: Style) -> Model:
    """Returns a bridge tap: its spout swivels, its heads turn."""
    body, neck, head = bridge(), swan_neck(0.14, 0.18, 0.045, 0.01), cross_head()
    metal = (style.metal,)
    quarter = Joint("hinge", UPWARDS, (0.0, float(np.pi)))
    cross = box_proxy(((-0.036, -0.036, 0.0), (0.036, 0.036, 0.024)))
    legs = [((x - 0.018, -0.018, 0.0), (x + 0.018, 0.018, 0.094)) for x in (-BRIDGE, BRIDGE)]
    parts = [
        Part("body", body[0], metal, proxy=box_proxy(*legs, ((-BRIDGE, -0.016, 0.05), (BRIDGE, 0.016, 0.086)))),
        Part(
            "spout",
            neck[0],
            metal,
            0,
            pose_at(z=0.086),
            Joint("hinge", UPWARDS, (-TURN, TURN)),
            _neck_proxy(0.14, 0.18, 0.045),
        ),
    ]
    for side, x in (("left", -BRIDGE), ("right", BRIDGE)):
        parts.append(Part(f"head_{side}", head[0], metal, 0, pose_at(x, 0.0, 0.094, 0.3), quarter, cross))
    return Model("tap", dict([body, neck, head]), tuple(parts))


def _neck_proxy(rise: float, reach: float, drop: float) -> Proxy:
    """Returns boxes round a swan neck: what rises, the bend, what falls."""
    r, top = 0.014, rise + reach / 2
    return box_proxy(
        ((-r, -r - 0.01, 0.0), (r, r, rise + 0.05)),
        ((-r, -reach, rise + 0.05), (r, 0.0, top + r)),
        ((-r, -reach - r, rise - drop), (r, -reach + r + 0.01, rise + 0.05)),
    )
