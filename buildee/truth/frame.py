"""Everything that the annotators of one frame share."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from buildee.truth.amodal import AmodalMasks, amodal_masks
from buildee.truth.boxes import Boxes, instance_boxes
from buildee.truth.embree import Caster, CasterPool
from buildee.truth.extents import Extents, image_extents
from buildee.truth.flow import Followed, follow
from buildee.truth.hits import Hits, cast_pixels
from buildee.truth.keypoints import NO_KEYPOINTS, Keypoints
from buildee.truth.maps import instance_map
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.tracks import TrackPoints


@dataclass(frozen=True, eq=False)
class View:
    """A surface and the camera that looks at it, in one frame."""

    surface: Surface
    camera: Camera


class Frame:
    """Everything about one frame of one camera that annotators share, computed when first asked for.

    A context manager: it closes the casters that it made.

    Args:
        pool: where casters come from, kept over all frames.
        labels: what the copies are.
        current: the frame itself.
        previous, following: the frames that flow leads to; None at the ends of a sequence.
        points: the points to track.
        world_from_instance: (I, 4, 4) pose of each instance in this frame, for boxes in space; see `instance_boxes`.
        keypoints: where the keypoints are in this frame.
    """

    def __init__(
        self,
        pool: CasterPool,
        labels: LabelTable,
        current: View,
        previous: View | None = None,
        following: View | None = None,
        points: TrackPoints | None = None,
        world_from_instance: NDArray[np.float64] | None = None,
        keypoints: Keypoints = NO_KEYPOINTS,
    ) -> None:
        self.labels, self.current, self.previous, self.following = labels, current, previous, following
        self.points, self.world_from_instance, self.keypoints = points, world_from_instance, keypoints
        self._pool, self._open = pool, ExitStack()
        self._followed: dict[View, Followed] = {}

    def __enter__(self) -> Frame:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def caster_of(self, view: View) -> Caster:
        """Makes a caster at a view's camera that is closed with the frame."""
        return self._open.enter_context(self._pool.caster(view.surface, view.camera.world_from_camera))

    @cached_property
    def caster(self) -> Caster:
        """Caster at the camera."""
        return self.caster_of(self.current)

    @cached_property
    def hits(self) -> Hits:
        """What each pixel sees."""
        return cast_pixels(self.caster, self.current.camera)

    def followed(self, other: View) -> Followed:
        """Follows what the pixels see to another frame; remembered for the neighbours alone, others being many."""
        if other in self._followed:
            return self._followed[other]
        with self._pool.caster(other.surface, other.camera.world_from_camera) as caster:
            followed = follow(self.hits, self.current.surface, caster, other.camera)
        if other is self.previous or other is self.following:
            self._followed[other] = followed
        return followed

    @cached_property
    def instances(self) -> NDArray[np.uint16]:
        """(H, W) uint16 instance ids."""
        return instance_map(self.hits, self.current.surface, self.labels)

    @cached_property
    def masks(self) -> AmodalMasks:
        """The whole mask of every countable instance."""
        return amodal_masks(self.hits, self.instances, self.extents, self.caster, self.current.camera)

    @cached_property
    def boxes(self) -> Boxes:
        """Boxes of each countable instance that projects into the image."""
        return instance_boxes(self.instances, self.extents, self.caster, self.current.camera, self.world_from_instance)

    @cached_property
    def extents(self) -> Extents:
        """How far each instance reaches."""
        return image_extents(self.caster, self.current.camera, self.labels)
