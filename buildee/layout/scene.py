"""The decided scene: frozen, serialisable data that Blender only has to build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.layout.material import SILENT_DEFAULT, UNHASHED, Color, Material, Picture
from buildee.layout.mesh import Mesh

Pose = NDArray[np.float64]
"""(4, 4) float64 rigid transform `a_from_b`, metres."""


@dataclass(frozen=True)
class AssetMesh:
    """The mesh of one part of a catalog asset.

    Attributes:
        asset: id in the catalog.
        part: name of the part, which is also the mesh's name in the .blend library.
        library: the .blend file that holds it.
        licence: SPDX identifier of the asset's.
        scale: how many times as large as there it is.
    """

    asset: str
    part: str
    library: Path = field(compare=False, metadata=UNHASHED)
    licence: str = field(compare=False, metadata=UNHASHED)
    scale: float = field(default=1.0, metadata=SILENT_DEFAULT)


Shape = Mesh | AssetMesh


@dataclass(frozen=True, eq=False)
class Proxy:
    """Convex boxes that stand for a part in collision tests.

    Attributes:
        poses: (B, 4, 4) float64, `part_from_box`, metres.
        half: (B, 3) float64, half the size of each box, metres.
    """

    poses: NDArray[np.float64]
    half: NDArray[np.float64]


@dataclass(frozen=True)
class Loop:
    """The line that a crawler's shoes run round, in the XZ plane about the middle between its two axles.

    A straight run below, half a circle round each axle, and an upper run that hangs between carrier rollers.

    Attributes:
        reach: from axle to axle, metres.
        radius: of the chain's pins round the axles, metres.
        sag: of the upper run between its rollers, metres.
        bays: into how many the rollers part the upper run.
        start: where on the loop a part is while its joint is at zero, metres from below the rear axle forwards.
    """

    reach: float
    radius: float
    sag: float
    bays: int
    start: float = 0.0

    @property
    def length(self) -> float:
        """All the way round, metres."""
        return 2 * (self.reach + np.pi * self.radius)


@dataclass(frozen=True)
class Joint:
    """How a part moves against its parent: about or along an axis through its origin, or round a loop.

    Attributes:
        kind: "hinge" (radians), "slider" or "loop" (metres).
        axis: unit axis in the part's frame; that across a loop.
        limits: lowest and highest value.
        loop: what a "loop" runs round.
    """

    kind: Literal["hinge", "slider", "loop"]
    axis: tuple[float, float, float]
    limits: tuple[float, float] = (-np.inf, np.inf)
    loop: Loop | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True, eq=False)
class Part:
    """One rigid piece of an instance.

    Attributes:
        name: unique within the instance.
        shape: key into `Layout.shapes`.
        materials: one per material slot of the shape.
        parent: index of the parent part within the instance, always lower than its own; -1 hangs on
            the instance.
        rest: `parent_from_part` with the joint at zero.
        joint: None when fixed to the parent.
        proxy: None when the part takes no part in collision tests.
    """

    name: str
    shape: str
    materials: tuple[Material, ...]
    parent: int = -1
    rest: Pose = field(default_factory=lambda: np.eye(4))
    joint: Joint | None = None
    proxy: Proxy | None = None


@dataclass(frozen=True)
class Keypoint:
    """A marker that is annotated: a named place of a body, such as a joint, mostly inside it.

    Attributes:
        name: the same for the same place of every instance of a category.
        part: index of the part that it moves with.
        position: in the part's frame, metres.
        radius: how thick the body is around it, metres: the instance's own surface no farther than this before the
            keypoint shows it; what of the instance lies farther before it hides it.
    """

    name: str
    part: int
    position: tuple[float, float, float]
    radius: float


@dataclass(frozen=True, eq=False)
class Instance:
    """One thing: a tree of parts with a category.

    Attributes:
        name: unique within the layout.
        category: key of `buildee.layout.categories.CATEGORIES`.
        parts: parents before children.
        poses: (T, 4, 4) `world_from_instance` per frame, or (1, 4, 4) when it stands still.
        values: joint values by part name, each (T,) or (1,): radians or metres.
        keypoints: its annotated markers, in the same order for all instances of a category; None has none.
    """

    name: str
    category: str
    parts: tuple[Part, ...]
    poses: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    keypoints: tuple[Keypoint, ...] | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True, eq=False)
class Scatter:
    """Many copies of one shape that stand still.

    Attributes:
        name: unique within the layout.
        category: key of `CATEGORIES`.
        shape: key into `Layout.shapes`.
        materials: one per material slot of the shape.
        poses: (N, 4, 4) float64, `world_from_copy`; may scale.
        countable: True gives every copy an instance id of its own; False one id for all.
    """

    name: str
    category: str
    shape: str
    materials: tuple[Material, ...]
    poses: NDArray[np.float64]
    countable: bool = False


@dataclass(frozen=True)
class Lens:
    """How a camera that is no plain pinhole maps directions to its image.

    Attributes:
        model: name in `buildee.truth.lens.LENSES`.
        parameters: its numbers, in the order of that class's fields.
    """

    model: str
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera whose principal point is the image's centre.

    Attributes:
        name: unique, a valid folder name.
        width, height: pixels.
        focal: pixels for each unit of the lens's plane, a pinhole's focal length; pixels are square. An equirectangular
            image has none: it covers the whole sphere.
        poses: (T, 4, 4) `world_from_camera` per frame, OpenCV axes.
        clip: near and far limits of rendering, metres.
        lens: None is a pinhole.
    """

    name: str
    width: int
    height: int
    focal: float
    poses: NDArray[np.float64]
    clip: tuple[float, float] = (0.05, 2000.0)
    lens: Lens | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True)
class Sky:
    """Physical sky with a sun, or a picture of one.

    Attributes:
        sun_elevation: radians above the horizon; below it are twilight and night.
        sun_azimuth: radians, counter-clockwise from +X, where the sun stands.
        sun_size: angular diameter, radians; widens under haze.
        dust: 0 clean air to 10 thick haze.
        altitude: metres above the sea.
        strength: multiplier of the radiance.
        cloud: 0 clear to 1 overcast.
        visibility: how far dark things can just be told from the horizon, metres; inf is no haze.
        town: luminance of the clear night sky overhead that a town's lamps make, cd/m2.
        image: None, or a panorama (.hdr, .exr) that takes the place of sun, sky and clouds: a path, or the name of one
            that comes with Blender. It is built so bright that level ground receives what the sun at 45 degrees sheds.
        image_turn: radians that the panorama is turned, counter-clockwise from above.
        picture: the panorama itself where `image` is the id of one that the user brought.
    """

    sun_elevation: float
    sun_azimuth: float
    sun_size: float = 0.0095
    dust: float = 1.0
    altitude: float = 100.0
    strength: float = 1.0
    cloud: float = 0.0
    visibility: float = np.inf
    town: float = 0.0
    image: str | None = None
    image_turn: float = 0.0
    picture: Picture | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True, eq=False)
class Light:
    """A lamp.

    Attributes:
        name: unique.
        kind: "point", "spot" or "area"; a "portal" is an opening through which the sky shines, which gives no light but
            tells the renderer where to look for it.
        pose: `world_from_light`; shines along -Z.
        power: watts of radiant power, as Blender counts them: a spot sends out the share that its cone cuts out of a
            point's; `buildee.layout.exposure.lamp_power` makes it of lumens.
        size: radius or side of the emitter, metres; the width of a portal or of an area that is no square.
        color: linear RGB.
        angle: full cone of a spot, radians.
        height: of a portal or of an area that is no square, metres.
    """

    name: str
    kind: Literal["point", "spot", "area", "portal"]
    pose: Pose
    power: float
    size: float = 0.1
    color: Color = (1.0, 1.0, 1.0)
    angle: float = 1.0
    height: float | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True)
class Loose:
    """A thing that gravity has yet to put where it stays.

    Attributes:
        instance: its name; all its proxies together are one rigid body.
        frame: from which frame on it falls; None lets it come to rest before the clip begins.
    """

    instance: str
    frame: int | None = None


@dataclass(frozen=True, eq=False)
class Layout:
    """A scene, wholly decided.

    Attributes:
        world: name of the generator.
        frames: T, how many frames; every (T, ...) array agrees.
        fps: frames a second.
        shapes: meshes and asset meshes that parts and scatters refer to by key.
        instances, scatters, cameras, lights: the things in it. Row numbers of parts run over the
            instances' parts first, then the scatters (one row a copy when countable, else one).
        sky: None for indoor worlds lit by lamps alone.
        exposure: stops added by the camera before the view transform.
        facts: statistics worth showing people (storeys, machines, ...), plain JSON values.
        loose: what `buildee.blender.settle` lets fall before a scene is built; None is nothing.
    """

    world: str
    frames: int
    fps: float
    shapes: Mapping[str, Shape]
    instances: tuple[Instance, ...]
    scatters: tuple[Scatter, ...]
    cameras: tuple[Camera, ...]
    lights: tuple[Light, ...] = ()
    sky: Sky | None = None
    exposure: float = 0.0
    facts: Mapping[str, object] = field(default_factory=dict)
    loose: tuple[Loose, ...] | None = field(default=None, metadata=SILENT_DEFAULT)


@dataclass(frozen=True, eq=False)
class Model:
    """A prototype of an instance: what a catalog asset or a parametric generator gives to planning.

    Its frame: origin on the ground in the middle of the footprint, +X forward, +Z up.

    Attributes:
        category: key of `CATEGORIES`.
        shapes: the shapes its parts name; keys are unique in a layout, such as "fence/panel_3.5".
        parts: parents before children.
        markers: named points, `part_from_marker` (4, 4) under "part/marker".
        keypoints: those of them that are annotated.
    """

    category: str
    shapes: Mapping[str, Shape]
    parts: tuple[Part, ...]
    markers: Mapping[str, Pose] = field(default_factory=dict)
    keypoints: tuple[Keypoint, ...] = ()

    def placed(
        self, name: str, poses: NDArray[np.float64], values: Mapping[str, NDArray[np.float64]] | None = None
    ) -> Instance:
        """Returns an instance of the model.

        Args:
            name: unique in the layout.
            poses: (4, 4), or (T, 4, 4), `world_from_instance`.
            values: joint values by part name, each (T,) or (1,).
        """
        poses = np.asarray(poses, np.float64).reshape(-1, 4, 4)
        return Instance(name, self.category, self.parts, poses, values or {}, self.keypoints or None)


@dataclass(frozen=True, eq=False)
class Assembly:
    """A piece of a layout in a frame of its own: what generators hand to each other.

    Attributes:
        shapes: as in `Layout`.
        instances: as in `Layout`, poses relative to the assembly's frame.
        scatters: likewise.
    """

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    instances: tuple[Instance, ...] = ()
    scatters: tuple[Scatter, ...] = ()

    @staticmethod
    def merged(pieces: Iterable[Assembly]) -> Assembly:
        """Joins assemblies that share one frame; equal shape keys must mean the same shape."""
        pieces = list(pieces)
        return Assembly(
            {key: shape for piece in pieces for key, shape in piece.shapes.items()},
            tuple(instance for piece in pieces for instance in piece.instances),
            tuple(scatter for piece in pieces for scatter in piece.scatters),
        )

    def moved(self, pose: Pose) -> Assembly:
        """Returns the assembly carried by `world_from_assembly` (4, 4)."""
        return Assembly(
            self.shapes,
            tuple(replace(item, poses=pose @ item.poses) for item in self.instances),
            tuple(replace(item, poses=pose @ item.poses) for item in self.scatters),
        )
