"""Doors, flaps and drawer fronts: leaves in four manners, glazed or not, with handles and hinges.

A leaf's frame: x from 0 to its width, z from 0 to its height, its face at y = 0 and its back at y = FRONT.
Frames are 65 mm wide; concealed hinges sit in cups of 35 mm whose middle is 22.5 mm from the door's edge; a door up to
0.9 m high has two, up to 1.6 m three, then four (as makers of hinges ask for doors of 20 mm board).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.cabinetry import BUFFER, FRONT, GLASS, HARDWARE, METAL, raised, shared
from buildee.generators.kitchen.handles import OUT, REACH, UPRIGHT, bounds_of, edge_profile, handle, length_of
from buildee.generators.kitchen.style import Style
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Proxy
from buildee.layout.solids import box, boxes, cylinder, loft, prism

FRAME = 0.065
"""Width of stiles and rails."""
PLAIN = 0.19
"""Fronts lower than this are plain boards where taller ones have frames."""
BOARDS = 0.085
"""Width of the boards of beaded fronts."""
EDGE = 0.0012
"""How far the edges of fronts are broken."""

MIRROR = np.diag((-1.0, 1.0, 1.0, 1.0))


@dataclass(frozen=True)
class Leaf:
    """A front before it gets its joint.

    Attributes:
        manner: as `Style.front`.
        width, height: metres.
        glazed: whether it holds a pane.
        handle: as `Style.handle`.
        x, z: the middle of the handle, metres.
        upright: whether the handle stands.
        long: whether it is the long kind.
        hinges: heights of its hinges over its lower edge, metres; none on drawers and flaps.
        mirrored: whether it hangs on the right: then x runs from -width to 0.
    """

    manner: str
    width: float
    height: float
    glazed: bool = False
    handle: str = "none"
    x: float = 0.0
    z: float = 0.0
    upright: bool = False
    long: bool = False
    hinges: tuple[float, ...] = ()
    mirrored: bool = False

    @property
    def values(self) -> tuple[object, ...]:
        """What its mesh is made of."""
        return (
            *(self.manner, self.width, self.height, self.glazed),
            *(self.handle, self.x, self.z, self.upright, self.long, self.hinges),
        )

    @property
    def shape(self) -> tuple[str, Mesh]:
        """Its key and mesh."""
        return (mirrored_front if self.mirrored else front)(*self.values)

    @property
    def grip(self) -> tuple[float, float, float, float]:
        """The mesh's paint, which says where hands take hold, metres: x and z of the middle, then half the length.

        The length is negative where the handle stands; the last is 0. Drawers without a handle are held at the top.
        """
        if self.handle == "edge":
            return self.width / 2, self.height, 0.3 * self.width, 0.0
        half = max(length_of(self.handle, self.long) / 2, 0.02)
        z = self.height - 0.01 if self.handle == "none" and not self.hinges else self.z
        return self.x, z, -half if self.upright else half, 0.0

    @property
    def boxes(self) -> list[NDArray[np.float64]]:
        """(2, 3) lowest and highest corner of the boxes round the leaf and its handle, metres."""
        found = [np.array([(0.0, 0.0, 0.0), (self.width, FRONT, self.height)])]
        if self.handle == "edge":
            lip = np.array([(-0.4 * self.width, -REACH["edge"], -0.012), (0.4 * self.width, 0.0, 0.0017)])
            found.append(lip + np.array((self.width / 2, 0.0, self.height)))
        elif self.handle != "none":
            found.append(bounds_of(self.handle, self.long, self.upright) + np.array((self.x, 0.0, self.z)))
        if self.mirrored:
            return [np.sort(bounds * (-1, 1, 1), axis=0) for bounds in found]
        return found

    @property
    def proxy(self) -> Proxy:
        """Its collision boxes."""
        return box_proxy(*self.boxes)


def door_leaf(style: Style, width: float, height: float, grip: str, glazed: bool = False, mid: float = 0.0) -> Leaf:
    """Returns the leaf of a door that hangs on the left: its handle is on the right.

    Args:
        style: of the kitchen.
        width, height: metres.
        grip: where one takes it: "top" of base units, "bottom" of wall units, "middle" of tall ones.
        glazed: whether it has a pane.
        mid: height of the handle's middle of tall ones over the door's lower edge, metres.
    """
    kind = "knob" if style.handle == "cup" else style.handle  # cups are for drawers; doors beside them get knobs
    if kind == "edge" and grip != "top":
        kind = "none"
    half = length_of(kind) / 2
    inward = FRAME / 2 if style.front != "slab" else 0.045
    ends = inward if kind == "knob" else half + 0.045
    z = {"top": height - ends, "bottom": ends}.get(grip, float(np.clip(mid, ends, height - ends)))
    return Leaf(style.front, width, height, glazed, kind, width - inward, z, True, hinges=hinge_heights(height))


def drawer_leaf(style: Style, width: float, height: float) -> Leaf:
    """Returns the front of a drawer; its handle lies."""
    manner = "slab" if height < PLAIN else style.front
    high = style.handle in ("bar", "bow") and height >= PLAIN
    z = height - (0.06 if manner == "slab" else FRAME / 2) if high else height / 2
    long = width >= 0.55
    return Leaf(manner, width, height, False, style.handle, width / 2, z, False, long)


def hinge_heights(height: float) -> tuple[float, ...]:
    """Returns where a door's hinges sit over its lower edge, metres."""
    count = 2 if height <= 0.9 else 3 if height <= 1.6 else 4
    return tuple(np.linspace(0.1, height - 0.1, count).tolist())


@shared
def front(
    manner: str,
    width: float,
    height: float,
    glazed: bool,
    grip: str,
    x: float,
    z: float,
    upright: bool,
    long: bool,
    hinges: tuple[float, ...],
) -> Mesh:
    """Returns the mesh of a `Leaf`."""
    parts = [leaf(manner, width, height, glazed)]
    if grip == "edge":
        parts.append(edge_profile(0.8 * width).with_slot(METAL).moved(width / 2, 0.0, height))
    elif grip != "none":
        pull = handle(grip, long).with_slot(METAL)
        parts.append((pull.transformed(UPRIGHT) if upright else pull).moved(x, 0.0, z))
    parts += [_cup.moved(0.0225, FRONT, at) for at in hinges]
    if hinges:
        parts.append(_buffers(width, height))
    whole = Mesh.merged(parts)
    touched = Leaf(manner, width, height, glazed, grip, x, z, upright, long, hinges).grip
    return replace(whole, paint=np.tile(touched, (len(whole.vertices), 1)))


@shared
def mirrored_front(*values: object) -> Mesh:
    """Returns `front` of the same values for a door that hangs on the right: x from -width to 0."""
    made = front(*values)[1].transformed(MIRROR)
    return replace(made, paint=made.paint * (-1, 1, 1, 1))


@shared
def lifted_front(*values: object) -> Mesh:
    """Returns `front` of the same values for a flap that hangs on its upper edge: z from -height to 0."""
    made = front(*values)[1].moved(z=-values[2])
    return replace(made, paint=made.paint - (0, values[2], 0, 0))


def _hinge_cup() -> Mesh:
    """Returns a hinge's cup and arm; origin in the cup's middle on the door's back."""
    cup = cylinder(0.0175, 0.0014, 10).transformed(np.linalg.inv(OUT))
    arm = box((0.013, 0.034, 0.016), (0.003, 0.017, 0.0))
    return Mesh.merged([cup, arm]).with_slot(HARDWARE)


_cup = _hinge_cup()


def _buffers(width: float, height: float) -> Mesh:
    """Returns the two soft dots that a door closes against, on its back at the free edge."""
    poses = np.tile(np.eye(4), (2, 1, 1))
    poses[:, :3, 3] = [(width - 0.009, FRONT + BUFFER / 2 - 0.0002, z) for z in (0.03, height - 0.03)]
    return boxes([(0.008, BUFFER - 0.0004, 0.008)] * 2, poses).with_slot(HARDWARE)


def leaf(manner: str, width: float, height: float, glazed: bool = False) -> Mesh:
    """Returns a leaf without handle and hinges."""
    if manner == "slab" and not glazed:
        return box((width, FRONT, height), (width / 2, FRONT / 2, height / 2), EDGE)
    rim = min(0.05 if manner == "slab" else FRAME, width / 4, height / 4)
    opening = width - 2 * rim, height - 2 * rim
    inner = _pane(*opening, manner != "slab") if glazed else _FILLINGS[manner](*opening)
    parts = [_frame(width, height, rim), inner.moved(rim, 0.0, rim)]
    if manner == "framed":
        parts.append(_moulding(*opening).moved(rim, 0.0, rim))
    return Mesh.merged(parts)


def _frame(width: float, height: float, rim: float) -> Mesh:
    """Returns two stiles over the whole height and two rails between them."""
    bars = [(rim, height, rim / 2, height / 2), (rim, height, width - rim / 2, height / 2)]
    bars += [(width - 2 * rim, rim, width / 2, z) for z in (rim / 2, height - rim / 2)]
    poses = np.tile(np.eye(4), (4, 1, 1))
    poses[:, :3, 3] = [(x, FRONT / 2, z) for _, _, x, z in bars]
    return boxes([(w, FRONT, h) for w, h, _, _ in bars], poses, EDGE)


def _flat_panel(width: float, height: float) -> Mesh:
    """Returns a panel of 9 mm, 8 mm behind the face."""
    return box((width, 0.009, height), (width / 2, 0.0125, height / 2))


def _raised_panel(width: float, height: float) -> Mesh:
    """Returns a panel with a raised field."""
    slope = min(0.045, width / 5, height / 5)
    return raised(width, height, [(0, 0.017), (0, 0.009), (0.012, 0.009), (slope, 0.004), (slope + 0.002, 0.0028)])


def _moulding(width: float, height: float) -> Mesh:
    """Returns an ovolo along the inside of a frame."""
    steps = [(0, 0.011), (0, 0.0015), (0.003, 0.002), (0.007, 0.0045), (0.009, 0.008), (0.011, 0.0085), (0.011, 0.011)]
    inset, y = np.array(steps).T
    rings = np.empty((len(steps), 4, 3))
    rings[..., 1] = y[:, None]
    rings[:, (0, 3), 0], rings[:, (1, 2), 0] = inset[:, None], width - inset[:, None]
    rings[:, (0, 1), 2], rings[:, (2, 3), 2] = inset[:, None], height - inset[:, None]
    return loft(rings, closed=True)


def _boarded_panel(width: float, height: float) -> Mesh:
    """Returns upright boards with a groove of 3 mm between them."""
    count = max(2, round(width / BOARDS))
    edges = np.linspace(0, width, count + 1)[1:-1]
    grooves = [point for x in edges for point in ((x - 0.0025, 0.007), (x, 0.0105), (x + 0.0025, 0.007))]
    outline = np.array([(0.0, 0.007), *grooves, (width, 0.007), (width, 0.017), (0.0, 0.017)])
    return prism(outline, height)


def _pane(width: float, height: float, barred: bool) -> Mesh:
    """Returns a pane, with glazing bars where frames are joined. It is one sheet, as the material expects of panes."""
    corners = [(0.0, 0.012, 0.0), (width, 0.012, 0.0), (width, 0.012, height), (0.0, 0.012, height)]
    pane = Mesh.from_faces(corners, [(0, 1, 2, 3)], GLASS)
    if not barred:
        return pane
    rows, columns = max(1, round(height / 0.24)), max(1, round(width / 0.2))
    bars = [((0.02, 0.012, height), (width * i / columns, 0.008, height / 2)) for i in range(1, columns)]
    bars += [((width, 0.0115, 0.02), (width / 2, 0.008, height * i / rows)) for i in range(1, rows)]
    return Mesh.merged([pane, *(box(size, center) for size, center in bars)])


_FILLINGS = {"shaker": _flat_panel, "framed": _raised_panel, "beaded": _boarded_panel}
