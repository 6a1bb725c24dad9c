"""Cameras for users of datasets and of ground truth: lens models, projection and its inverse, in numpy alone.

    from buildee.camera import project, unproject
    frame = buildee.Dataset("out")[0].cameras["mast"].frames[0]
    pixels, depth = project(frame.camera, points_in_the_world)

Every function takes arrays of any leading shape and is exact to float64 rounding for every lens.
"""

from buildee.truth.camera import depths, image_points, in_frame, pixel_directions, pixel_rays, project, unproject
from buildee.truth.lens import (
    LENSES,
    BrownConrady,
    Equirectangular,
    FisheyeEquidistant,
    FisheyeEquisolid,
    FisheyePolynomial,
    Lens,
    Pinhole,
    lens_of,
    lens_parameters,
)
from buildee.truth.surface import Camera

__all__ = [
    "LENSES",
    "BrownConrady",
    "Camera",
    "Equirectangular",
    "FisheyeEquidistant",
    "FisheyeEquisolid",
    "FisheyePolynomial",
    "Lens",
    "Pinhole",
    "depths",
    "image_points",
    "in_frame",
    "lens_of",
    "lens_parameters",
    "pixel_directions",
    "pixel_rays",
    "project",
    "unproject",
]
