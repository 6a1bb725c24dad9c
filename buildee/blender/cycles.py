"""Cycles settings of a render: quality presets, device, passes."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass

import _cycles
import bpy

from buildee.blender.context import changed
from buildee.errors import BuildeeError

LOOKS = {"AgX": "AgX - High Contrast"}
"""The look that goes with a view transform; AgX alone is flatter than any photograph."""

BACKENDS = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")
TESTED = ("CPU",)
"""Backends that this project has rendered on; the others are reported as untested."""

CAN_DENOISE = bool(_cycles.with_openimagedenoise)
"""Whether this Blender carries Open Image Denoise; some distributions build theirs without, and pictures stay noisy."""

FEW_LAMPS = 4
"""Lights up to which every one of them is equally likely to be sampled."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Device:
    """What renders.

    Attributes:
        backend: "CPU" or one of `BACKENDS`.
        names: the devices in use.
    """

    backend: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        untested = "" if self.backend in TESTED else " (untested)"
        return f"{self.backend}{untested}: {', '.join(self.names)}"


def choose_device(wanted: str) -> Device:
    """Selects the render device in Blender's preferences.

    Args:
        wanted: "auto" takes a GPU where there is one, "cpu" never, "gpu" insists.

    Raises:
        BuildeeError: if "gpu" was asked for and there is none.
    """
    preferences = bpy.context.preferences.addons["cycles"].preferences
    backends = () if wanted == "cpu" else BACKENDS
    for backend in backends:
        try:
            preferences.compute_device_type = backend
        except TypeError:  # this build of Blender has no such backend
            continue
        preferences.refresh_devices()
        found = [device for device in preferences.devices if device.type == backend]
        if found:
            for device in preferences.devices:
                device.use = device.type == backend
            return Device(backend, tuple(device.name for device in found))
    if wanted == "gpu":
        raise BuildeeError("render.device: is gpu, but Cycles finds none here; use auto or cpu")
    preferences.compute_device_type = "NONE"
    preferences.refresh_devices()
    names = tuple(device.name for device in preferences.devices if device.type == "CPU")
    return Device("CPU", names[:1] or ("processor",))


def exact(scene: bpy.types.Scene, device: Device) -> AbstractContextManager[None]:
    """Returns a context in which one sample a pixel, at its very centre, says what the camera sees.

    No blur of any kind, no light: Depth and Object Index alone matter. What lets more than half of the light straight
    through, as the holes of a leaf's picture do, is not there.

    Args:
        scene: the scene to render, at its own size.
        device: from `choose_device`.
    """
    cycles, layer = scene.cycles, scene.view_layers[0]
    sharp = [(thing.data.dof, "use_dof", False) for thing in scene.objects if thing.type == "CAMERA"]
    return changed(
        [
            *_plain(scene, device),
            (cycles, "samples", 1),
            (cycles, "use_adaptive_sampling", False),
            (cycles, "use_denoising", False),
            (cycles, "seed", 0),
            # BOX ignores the width; this filter at this width puts the sample within 0.001 px of the centre.
            (cycles, "pixel_filter_type", "BLACKMAN_HARRIS"),
            (cycles, "filter_width", 0.01),
            (cycles, "max_bounces", 0),
            (scene.render, "use_motion_blur", False),
            (layer, "pass_alpha_threshold", 0.5),
            *sharp,
        ]
    )


def as_in_file(scene: bpy.types.Scene, device: Device, samples: int | None) -> AbstractContextManager[None]:
    """Returns a context in which a scene renders as its file says, by Cycles; not denoised where Blender cannot.

    Args:
        scene: the scene to render, at its own size.
        device: from `choose_device`.
        samples: per pixel; None leaves them to the file.
    """
    wanted = [] if samples is None else [(scene.cycles, "samples", samples)]
    noisy = [] if CAN_DENOISE else [(scene.cycles, "use_denoising", False)]
    return changed([*_plain(scene, device), *wanted, *noisy])


def _plain(scene: bpy.types.Scene, device: Device) -> list[tuple[object, str, object]]:
    """Returns what every render of somebody else's scene needs: Cycles, the audit's passes, nothing behind them."""
    render, layer = scene.render, scene.view_layers[0]
    return [
        (render, "engine", "CYCLES"),
        (scene.cycles, "device", "CPU" if device.backend == "CPU" else "GPU"),
        (render, "use_persistent_data", True),
        (render, "use_compositing", False),
        (render, "use_sequencer", False),
        (render, "use_multiview", False),
        (render, "use_border", False),
        (render, "use_file_extension", True),
        (layer, "use_pass_z", True),
        (layer, "use_pass_object_index", True),
    ]


def settings(
    scene: bpy.types.Scene, device: Device, samples: int, size: tuple[int, int], view_transform: str
) -> AbstractContextManager[None]:
    """Returns a context in which the scene renders with our settings; the caller's come back after it.

    Args:
        scene: the scene to render.
        device: from `choose_device`.
        samples: per pixel.
        size: width and height, pixels.
        view_transform: such as "AgX".
    """
    cycles, render, layer = scene.cycles, scene.render, scene.view_layers[0]
    denoiser = [
        (cycles, "denoiser", "OPENIMAGEDENOISE"),
        (cycles, "denoising_input_passes", "RGB_ALBEDO_NORMAL"),
        # Guides that are cleaned first keep grain, print and rims at few samples, for a fiftieth of the time.
        (cycles, "denoising_prefilter", "ACCURATE"),
    ]
    return changed(
        [
            (render, "engine", "CYCLES"),
            (cycles, "device", "CPU" if device.backend == "CPU" else "GPU"),
            (cycles, "samples", samples),
            (cycles, "use_adaptive_sampling", True),
            # A little narrower than Blender's 1.5 pixels: what the denoiser gets is sharper, and does not yet alias.
            (cycles, "pixel_filter_type", "BLACKMAN_HARRIS"),
            (cycles, "filter_width", 1.2),
            (cycles, "use_denoising", CAN_DENOISE),
            *(denoiser if CAN_DENOISE else ()),
            *_light(scene),
            (render, "use_persistent_data", True),
            (render, "use_motion_blur", False),
            (render, "use_compositing", False),
            (render, "use_sequencer", False),
            (render, "film_transparent", False),
            (render, "resolution_x", size[0]),
            (render, "resolution_y", size[1]),
            (render, "resolution_percentage", 100),
            (render, "pixel_aspect_x", 1.0),
            (render, "pixel_aspect_y", 1.0),
            (render, "use_border", False),
            (render, "use_file_extension", True),
            (layer, "pass_alpha_threshold", 0.0),  # see-through glass is the first surface, as in ground truth
            (layer, "use_pass_z", True),
            (layer, "use_pass_object_index", True),
            (scene.view_settings, "view_transform", view_transform),
            (scene.view_settings, "look", LOOKS.get(view_transform, "None")),
        ]
    )


def _light(scene: bpy.types.Scene) -> list[tuple[object, str, object]]:
    """Returns how light is followed: in rooms through more walls and glasses than out of doors."""
    cycles = scene.cycles
    # Cycles' limits are radiances, made for scenes that need no exposure; at night a lamp-lit wall is 0.0005.
    brighter = 2.0**scene.view_settings.exposure
    lamps = sum(thing.type == "LIGHT" for thing in scene.objects)
    indoors = any(thing.type == "LIGHT" and thing.data.cycles.is_portal for thing in scene.objects)
    return [
        (cycles, "adaptive_threshold", 0.02 / brighter**0.5),  # noise is measured against the root of the radiance
        (cycles, "light_sampling_threshold", 0.01 / brighter),
        # Among a sun and a few lamps out of doors, choosing costs more than it saves.
        (cycles, "use_light_tree", indoors or lamps > FEW_LAMPS),
        (cycles, "seed", 0),
        # In a room most light has met several walls, and one sees through glasses, jars and oven doors.
        (cycles, "max_bounces", 12 if indoors else 6),
        (cycles, "diffuse_bounces", 6 if indoors else 3),
        (cycles, "glossy_bounces", 4 if indoors else 3),
        (cycles, "transmission_bounces", 12 if indoors else 4),
        (cycles, "transparent_max_bounces", 24 if indoors else 8),
        (cycles, "caustics_reflective", False),
        (cycles, "caustics_refractive", False),
        # The sun's patch on a floor lights a whole room, and windows are mirrored in glasses: clamped at 5, a part
        # of the former and nearly all of the latter is lost.
        (cycles, "sample_clamp_indirect", (25.0 if indoors else 5.0) / brighter),
    ]
