"""The sections that every recipe has, whatever its world."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from typing import Annotated, Any, Literal

from buildee.recipe import kinds
from buildee.recipe.schema import Camera, knob
from buildee.recipe.tracks import MixedTracks, Tracks

Annotator = Literal[
    "depth",
    "normal",
    "shading_normal",
    "instance",
    "semantic",
    "part",
    "material",
    "uv",
    "nocs",
    "boundary",
    "flow",
    "flow_backward",
    "scene_flow",
    "tracks",
    "keypoints",
    "amodal",
    "boxes",
    "relations",
    "visibility",
]


@dataclass(frozen=True)
class Frames:
    """How long a scene lasts."""

    count: int = knob(24, "How many frames a scene has.", min=1, max=100_000, varies=False)
    fps: float = knob(24.0, "Frames a second.", min=0.1, max=1000.0, unit="fps", varies=False)


@dataclass(frozen=True)
class Render:
    """How pictures are made."""

    resolution: tuple[int, int] = knob((1280, 720), "Width and height.", min=16, max=8192, unit="px", varies=False)
    quality: Literal["draft", "standard", "high"] = knob(
        "standard", "How much care a picture gets: light bounces, samples and denoising.", varies=False
    )
    samples: int | None = knob(
        None, "Light paths a pixel; null leaves it to the quality.", min=1, max=65_536, varies=False
    )
    device: Literal["auto", "cpu", "gpu"] = knob(
        "auto", "Where to render; auto takes a GPU when there is one.", varies=False
    )
    view_transform: Literal["AgX", "Standard", "Filmic", "Khronos PBR Neutral"] = knob(
        "AgX", "How light becomes display colours, in Blender's words."
    )
    exposure: float | None = knob(
        None, "Added to the world's own exposure; null adds nothing.", min=-10.0, max=10.0, unit="stops"
    )
    f_number: float | None = knob(
        None, "Depth of field: focal length over the aperture's diameter; null keeps all sharp.", min=0.1, max=128.0
    )
    focus: float | None = knob(
        None,
        "Depth that is sharp, with an f_number; null takes what the middle of a camera's first picture shows.",
        min=0.01,
        max=100_000.0,
        unit="m",
    )
    shutter: float = knob(
        0.0, "Motion blur: how long the shutter is open around each frame; 0 is sharp.", min=0.0, max=1.0, unit="frames"
    )
    linear_exr: bool = knob(False, "Also keep the linear light of every picture as EXR.", varies=False)


@dataclass(frozen=True)
class Truth:
    """Which ground truth is written."""

    annotators: tuple[Annotator, ...] = knob(
        (
            "depth",
            "normal",
            "instance",
            "semantic",
            "part",
            "flow",
            "tracks",
            "keypoints",
            "amodal",
            "boxes",
            "relations",
            "visibility",
        ),
        "What is annotated.",
        varies=False,
    )
    flow_strides: tuple[int, ...] = knob(
        (1, -1),
        "How many frames later, or earlier if negative, the frames are that flow and scene flow lead to.",
        min=-100_000,
        max=100_000,
        varies=False,
    )
    flow_pairs: tuple[tuple[int, int], ...] = knob(
        (), "Further pairs of frames, from 0, that flow and scene flow lead between.", min=0, max=100_000, varies=False
    )
    glass: Literal["first_surface", "see_through"] = knob(
        "first_surface",
        "Whether glass counts as a surface, or all annotations hold what lies behind it.",
        varies=False,
    )
    cloud_points: int = knob(
        0, "How many surface points the point cloud of a scene has; 0 writes none.", min=0, max=10_000_000, varies=False
    )
    tracks: tuple[Tracks, ...] = knob(
        (MixedTracks("points"),), "Sets of surface points to follow, if tracks are annotated.", min=1, max=100
    )


@dataclass(frozen=True)
class Recipe:
    """A recipe whose every value is decided: what one scene is planned and rendered from."""

    world: str = knob(MISSING, "Which world to make.", varies=False)
    seed: int = knob(0, "Where all random draws come from.", min=0, max=2**63 - 1, varies=False)
    scenes: int = knob(1, "How many scenes to make.", min=1, max=100_000, varies=False)
    series: bool = knob(
        False,
        "Whether the scenes are one place at different times: all share the draws and cameras of one, and differ by "
        "sweep and cycle alone.",
        varies=False,
    )
    assets: tuple[str, ...] = knob(
        (),
        "Folders of assets of your own, from the recipe's folder; worlds use them beside those that ship.",
        varies=False,
    )
    frames: Frames = knob(Frames(), "How long a scene lasts.")
    render: Render = knob(Render(), "How pictures are made.")
    cameras: tuple[Camera, ...] = knob((), "Who looks on; at least one.", min=1, max=64)
    truth: Truth = knob(Truth(), "Which ground truth is written.")
    scene: Annotated[Any, kinds.WorldSlot()] = knob(MISSING, "What the world is like; its fields are the world's own.")

    @property
    def shot(self) -> Shot:
        """What planning needs to know about the pictures."""
        width, height = self.render.resolution
        return Shot(self.frames.count, self.frames.fps, width, height, self.cameras)


@dataclass(frozen=True)
class Shot:
    """What planning needs to know about the pictures to be taken.

    Attributes:
        frames: how many, T.
        fps: frames a second.
        width, height: pixels.
        cameras: instances of the registered camera types, in the recipe's order.
    """

    frames: int
    fps: float
    width: int
    height: int
    cameras: tuple[Camera, ...]
