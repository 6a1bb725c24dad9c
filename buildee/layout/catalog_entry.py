"""What the asset catalog says of an asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from buildee.layout.material import Material
from buildee.layout.resting import Place
from buildee.layout.scene import Joint, Pose, Proxy
from buildee.resources import folder


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
    supports: tuple[Place, ...]

    @property
    def shipped(self) -> bool:
        """Whether it comes with the package; else it is the user's."""
        return self.library.parent == folder("blend_assets")
