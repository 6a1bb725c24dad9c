"""The asset catalog: all that planning knows about the .blend libraries, without opening one."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import hypot
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from buildee.errors import AssetError
from buildee.layout.kinematics import loop_pose
from buildee.layout.material import Color, Material
from buildee.layout.resting import Carrier
from buildee.layout.scene import AssetMesh, Joint, Keypoint, Loop, Model, Part, Pose, Proxy
from buildee.resources import folder

FILE = "catalog.yaml"
"""Name of the catalog inside the asset folder; `blend_assets/bake.py` writes it."""

STANDING = "standing"
"""How every asset may rest: as it was modelled."""


@dataclass(frozen=True, eq=False)
class CatalogPart:
    """A part of an asset as the catalog lists it.

    Attributes:
        name: unique within the asset; the library's mesh is called "asset/name".
        parent: name of an earlier part; empty when the part hangs on the instance.
        rest: `parent_from_part` with the joint at zero.
        slots: names of the mesh's material slots, in order.
        joint: None when fixed to the parent.
        proxy: None when the part takes no part in collision tests.
        markers: `part_from_marker` (4, 4) by name.
        bounds: (2, 3) float64, lowest and highest corner of the mesh in the part's frame, metres.
        triangles: how many the mesh has.
        mesh: name of the part that the library's mesh is called after; several may share one.
        copies: how many of it run round the loop of its joint, evenly spaced; they are called "name_0", "name_1", ...
    """

    name: str
    parent: str
    rest: Pose
    slots: tuple[str, ...]
    joint: Joint | None
    proxy: Proxy | None
    markers: Mapping[str, Pose]
    bounds: NDArray[np.float64]
    triangles: int
    mesh: str
    copies: int


@dataclass(frozen=True, eq=False)
class CatalogSupport:
    """A level place in or on an asset that carries other things: a shelf of a refrigerator, the seat of a chair.

    Attributes:
        name: unique within the asset.
        part: that it moves with.
        kind: a `buildee.layout.resting.Carrier`.
        pose: `part_from_support` (4, 4), as in `buildee.layout.resting.Support`.
        size: along its X and Y, metres.
        headroom: free height above, metres; inf under the open sky.
        topic: what it is meant for; empty is anything.
    """

    name: str
    part: str
    kind: Carrier
    pose: Pose
    size: tuple[float, float]
    headroom: float = np.inf
    topic: str = ""


@dataclass(frozen=True, eq=False)
class Entry:
    """An asset of the catalog.

    Attributes:
        id: its key, and the first half of its meshes' names.
        title: for people.
        category: key of `buildee.layout.categories.CATEGORIES`.
        library: the .blend file that holds the meshes.
        size: (3,) float64, extents with all joints at zero, metres.
        slots: the material that each named slot has unless overridden.
        parts: parents before children.
        tags: words for the Asset Browser.
        licence: SPDX identifier.
        source: where the dimensions come from.
        keypoints: which markers are annotated, "part/marker" in order, and how thick the body is around each, metres.
        rests: how it may rest on a level place, `ground_from_asset` by name; "standing" is always among them.
        stack: how much higher the next one stands that is put on or into it, metres; 0 does not stack.
        supports: level places in or on it that carry other things.
    """

    id: str
    title: str
    category: str
    library: Path
    size: NDArray[np.float64]
    slots: Mapping[str, Material]
    parts: tuple[CatalogPart, ...]
    tags: tuple[str, ...]
    licence: str
    source: str
    keypoints: Mapping[str, float]
    rests: Mapping[str, Pose]
    stack: float
    supports: tuple[CatalogSupport, ...]


class Catalog(Mapping[str, Entry]):
    """Every asset by id.

    Args:
        entries: the assets.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, id: str) -> Entry:
        """Returns an asset.

        Raises:
            AssetError: the catalog lacks it; the message names the closest id.
        """
        if id not in self._entries:
            raise AssetError(f"asset '{id}': not in the catalog{_closest(id, self._entries)}")
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def model(
        self,
        id: str,
        colors: Mapping[str, Color] | None = None,
        wear: float = 1.0,
        dirt: float = 1.0,
        without: Collection[str] = (),
    ) -> Model:
        """Returns the prototype of an asset.

        Args:
            id: key of the catalog.
            colors: linear RGB by slot name, instead of the catalog's.
            wear: multiplies every slot's wear.
            dirt: multiplies every slot's dirt.
            without: names of parts to leave out, such as a truck's load; what hangs on them goes too.

        Raises:
            AssetError: unknown id, slot or part; the message names the closest one.
        """
        entry = self[id]
        colors = colors or {}
        known = {part.name for part in entry.parts}
        for word, name, names in [("slot", name, entry.slots) for name in colors] + [
            ("part", name, known) for name in without
        ]:
            if name not in names:
                raise AssetError(f"asset '{id}': no {word} '{name}'{_closest(name, names)}")
        materials = {
            name: replace(
                slot,
                color=colors.get(name, slot.color),
                wear=min(slot.wear * wear, 1.0),
                dirt=min(slot.dirt * dirt, 1.0),
            )
            for name, slot in entry.slots.items()
        }
        index = {"": -1}
        parts: list[Part] = []
        kept: list[CatalogPart] = []
        for part in entry.parts:
            if part.name in without or part.parent not in index:
                continue
            index[part.name] = len(parts)
            kept.append(part)
            slots, rests = tuple(materials[slot] for slot in part.slots), places(part.rest, part.joint, part.copies)
            for copy, rest in enumerate(rests):
                name, joint = part.name, part.joint
                if joint is not None and joint.loop is not None and part.copies > 1:
                    start = joint.loop.length * copy / part.copies
                    name, joint = f"{name}_{copy}", replace(joint, loop=replace(joint.loop, start=start))
                parts.append(Part(name, f"{id}/{part.mesh}", slots, index[part.parent], rest, joint, part.proxy))
        markers = {f"{part.name}/{marker}": pose for part in kept for marker, pose in part.markers.items()}
        return Model(
            entry.category,
            {f"{id}/{part.mesh}": AssetMesh(id, part.mesh) for part in kept},
            tuple(parts),
            markers,
            tuple(
                _keypoint(name, radius, markers, index) for name, radius in entry.keypoints.items() if name in markers
            ),
        )


def places(rest: Pose, joint: Joint | None, copies: int) -> NDArray[np.float64]:
    """Returns (copies, 4, 4) `parent_from_part` of a part's copies with their joints at zero.

    Args:
        rest: of the part; for one that runs round a loop, the middle of that.
        joint: of the part.
        copies: how many there are of it.
    """
    if joint is None or joint.loop is None:
        return rest[None]
    return rest @ loop_pose(joint.loop, joint.loop.length * np.arange(copies) / copies)


def _keypoint(name: str, radius: float, markers: Mapping[str, Pose], index: Mapping[str, int]) -> Keypoint:
    part, _, marker = name.partition("/")
    x, y, z = markers[name][:3, 3].tolist()
    return Keypoint(marker, index[part], (x, y, z), radius)


def _closest(name: str, names: Collection[str]) -> str:
    match = difflib.get_close_matches(name, list(names), 1, 0.4)
    return f", did you mean '{match[0]}'?" if match else f"; there are: {', '.join(sorted(names))}"


def load(path: Path | None = None) -> Catalog:
    """Reads a catalog.

    Args:
        path: the catalog file; None takes the one that ships with the package.

    Raises:
        AssetError: the file is missing or damaged.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Catalog:
    """Returns the catalog that ships with the package, read once a process."""
    return _read(folder("blend_assets") / FILE)


def _read(path: Path) -> Catalog:
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Catalog({id: _entry(id, fields, path.parent) for id, fields in tree["assets"].items()})
    except OSError as error:
        raise AssetError(f"{path}: {error.strerror}; bake the assets (blend_assets/README.md)") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise AssetError(f"{path}: damaged ({error}); bake the assets again (blend_assets/README.md)") from error


def _entry(id: str, fields: Mapping, base: Path) -> Entry:
    return Entry(
        id=id,
        title=fields["title"],
        category=fields["category"],
        library=base / fields["library"],
        size=np.array(fields["size"], np.float64),
        slots={name: Material(**{**slot, "color": tuple(slot["color"])}) for name, slot in fields["slots"].items()},
        parts=tuple(_part(part) for part in fields["parts"]),
        tags=tuple(fields["tags"]),
        licence=fields["licence"],
        source=fields["source"],
        keypoints=fields.get("keypoints", {}),
        rests={STANDING: np.eye(4)} | {name: _pose(rest) for name, rest in fields.get("rests", {}).items()},
        stack=fields.get("stack", 0.0),
        supports=tuple(_support(support) for support in fields.get("supports", ())),
    )


def _part(fields: Mapping) -> CatalogPart:
    joint, boxes = fields.get("joint"), fields.get("proxy")
    return CatalogPart(
        name=fields["name"],
        parent=fields.get("parent", ""),
        rest=_pose(fields["rest"]),
        slots=tuple(fields["slots"]),
        joint=_joint(joint) if joint else None,
        proxy=Proxy(np.stack([_pose(box) for box in boxes]), np.array([box["half"] for box in boxes], np.float64))
        if boxes
        else None,
        markers={name: _pose(marker) for name, marker in fields.get("markers", {}).items()},
        bounds=np.array(fields["bounds"], np.float64).reshape(2, 3),
        triangles=fields["triangles"],
        mesh=fields.get("like", fields["name"]),
        copies=fields.get("copies", 1),
    )


def _support(fields: Mapping) -> CatalogSupport:
    return CatalogSupport(
        name=fields["name"],
        part=fields["part"],
        kind=fields["kind"],
        pose=_pose(fields),
        size=tuple(fields["size"]),
        headroom=fields.get("headroom", np.inf),
        topic=fields.get("topic", ""),
    )


def _joint(fields: Mapping) -> Joint:
    loop = Loop(**fields["loop"]) if "loop" in fields else None
    return Joint(fields["kind"], tuple(fields["axis"]), tuple(fields["limits"]), loop)


def _pose(fields: Mapping) -> Pose:
    """Reads `position` and the optional `rotation`."""
    pose = np.eye(4)
    pose[:3, 3] = fields["position"]
    if "rotation" in fields:
        pose[:3, :3] = _rotation(fields["rotation"])
    return pose


def _rotation(quaternion: Sequence[float]) -> NDArray[np.float64]:
    """Returns the (3, 3) matrix of a quaternion (w, x, y, z)."""
    length = hypot(*quaternion)
    w, x, y, z = (float(value) / length for value in quaternion)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )
