"""Makes the pictures of docs/ground_truth.md: `python docs/pictures/make.py` (a quarter of an hour on two cores).

They show the site of site.yaml, through its three cameras, and the scene of still.py. `--datasets FOLDER` keeps both
datasets there, so that drawing anew takes seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from raster import drawn_over
from still import write_still

from buildee.dataset.camera import Camera, Frame
from buildee.dataset.reader import Dataset, Scene
from buildee.preview import colors, legends, overlays
from buildee.preview.relations import relation_overlay
from buildee.truth.amodal import AmodalMasks
from buildee.truth.camera import project
from buildee.truth.relations import Relations

HERE = Path(__file__).resolve().parent
LARGEST = 50_000
"""Bytes of a picture."""
FRAME, LAST = 1, 3
STATES = np.array([colors.NOTHING, (96, 200, 110), (245, 150, 40), (80, 140, 255)])
SOURCES = np.array([colors.NOTHING, (96, 200, 110), (245, 150, 40), (225, 80, 160)])

NEAR = 45.0
"""Metres."""

Picture = NDArray[np.uint8]


def main() -> None:
    """Renders what is not there yet, then draws."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", type=Path, metavar="FOLDER", help="keep the datasets here")
    folder = parser.parse_args().datasets
    with tempfile.TemporaryDirectory() as passing:
        site, still = datasets(folder or Path(passing))
        machines = site.scenes[0].cameras["machines"]
        pictures = map_pictures(site, machines.frames[FRAME]) | motion_pictures(machines)
        pictures |= thing_pictures(site, machines) | lens_pictures(site) | still_pictures(still)
        for name, picture in pictures.items():
            save(picture, HERE / f"{name}.jpg")


def datasets(folder: Path) -> tuple[Dataset, Dataset]:
    """Makes both datasets, or finds them made."""
    folder.mkdir(parents=True, exist_ok=True)
    blend = folder / "still.blend"
    if not blend.is_file():
        write_still(blend)
    buildee("render", HERE / "site.yaml", "-o", folder / "site")
    buildee("annotate", blend, "--labels", HERE / "still.yaml", "-o", folder / "still")
    return Dataset(folder / "site"), Dataset(folder / "still")


def buildee(*arguments: str | Path) -> None:
    """Runs the command line."""
    subprocess.run([sys.executable, "-m", "buildee", *map(str, arguments), "--no-preview"], check=True)


def map_pictures(dataset: Dataset, frame: Frame) -> dict[str, Picture]:
    """The maps of a frame."""
    palette = {row.id: row.color for row in dataset.categories.values()}
    return {
        "rgb": frame.rgb,
        "depth": depth_picture(frame),
        "normal": colors.normal_picture(frame.normal),
        "instance": colors.id_picture(frame.instance),
        "semantic": colors.semantic_picture(frame.semantic, palette),
        "part": colors.id_picture(frame.part),
        "material": colors.id_picture(frame.material),
        "nocs": colors.nocs_picture(frame.nocs),
        "boundary": enlarged(colors.boundary_picture(frame.boundary)),
    }


def motion_pictures(camera: Camera) -> dict[str, Picture]:
    """Where the pixels of the first frame go until the last, and where the points of the last come from."""
    first, last = camera.frames[0], camera.frames[LAST]
    flow, state = first.flow_to(LAST)
    away, away_state = first.scene_flow_to(LAST)
    return {
        "flow": colors.flow_picture(flow, state, reach(flow)),
        "flow_state": tinted(first.rgb, STATES[state]),
        "scene_flow": colors.scene_flow_picture(away, away_state, reach(away)),
        "tracks": drawn_over(faded(last.rgb), overlays.track_overlay(camera.tracks, LAST, last.camera)),
    }


def thing_pictures(dataset: Dataset, camera: Camera) -> dict[str, Picture]:
    """What is known of each thing, whatever hides it."""
    scene, frame = dataset.scenes[0], camera.frames[FRAME]
    palette = {row.id: row.color for row in dataset.categories.values()}
    names = {row.id: row.category for row in scene.instances.values()}
    paint = {row.id: legends.css(palette[row.category_id]) for row in scene.instances.values()}
    flat, solid = (overlays.box_overlay(frame.boxes, names, paint, frame.camera, solid) for solid in (False, True))
    masks, relations = near_things(frame)
    graph = relation_overlay(relations, masks, frame.instance)
    fraction = np.append(np.nan, camera.visibility.visible_fraction[FRAME])
    share = np.where(np.isnan(fraction)[:, None], colors.NOTHING, colors.viridis(np.nan_to_num(fraction)))
    return {
        "keypoints": nearest_person(scene, camera),
        "cloud": cloud_picture(scene, camera, palette),
        "amodal": pasted(faded(frame.rgb), overlays.hidden_overlay(masks, frame.instance)),
        "relations": drawn_over(faded(frame.rgb), graph),
        "visibility": tinted(frame.rgb, share[frame.instance]),
        "boxes": drawn_over(frame.rgb, flat),
        "solids": drawn_over(frame.rgb, solid),
        "poses": drawn_over(faded(frame.rgb), pose_overlay(scene, frame)),
    }


def nearest_person(scene: Scene, camera: Camera) -> Picture:
    """The part of a picture around the largest person who is seen well, with all keypoints, twice as large."""
    frame, (_, _, columns) = camera.frames[FRAME], scene.keypoint_columns("worker")
    xy, state = camera.keypoints["xy"][FRAME], camera.keypoints["state"][FRAME]
    well = (state[columns] == 1).sum(1) > 8
    person = columns[np.argmax(np.where(well, np.ptp(xy[columns], axis=1).max(1), 0))]
    drawn = drawn_over(frame.rgb, overlays.keypoint_overlay(scene.keypoints, camera.keypoints, FRAME, frame.camera))
    height, width = frame.rgb.shape[0] // 2, frame.rgb.shape[1] // 2
    left, top = (xy[person].mean(0) - (width / 2, height / 2)).clip(0, (width, height)).astype(int)
    return drawn[top : top + height, left : left + width].repeat(2, 0).repeat(2, 1)


def near_things(frame: Frame) -> tuple[AmodalMasks, Relations]:
    """Masks and relations of which only those of things near the camera are drawn: what is hidden of others is 0."""
    away = np.linalg.norm(frame.boxes.center - frame.world_from_camera[:3, 3], axis=-1)
    near = frame.boxes.instance[away < NEAR]
    masks, relations = frame.amodal, frame.relations
    return (
        replace(masks, occluded=masks.occluded * np.isin(masks.instance, near)),
        replace(relations, pixels=relations.pixels * np.isin(relations.occluded, near)),
    )


def pose_overlay(scene: Scene, frame: Frame, length: float = 1.5) -> str:
    """The axes of every pose that is seen, as SVG: red, green and blue along x, y and z."""
    lines = []
    for number in frame.boxes.instance[frame.boxes.visible_pixels > 60]:
        pose = scene.poses[frame.index, number - 1]
        ends = pose[:3, 3] + np.vstack([np.zeros(3), length * pose[:3, :3].T])
        pixels, depth = project(frame.camera, ends)
        if not (np.isfinite(pixels).all() and (depth > 1).all()):
            continue
        for (x, y), color in zip(pixels[1:], ("#ff5050", "#50e050", "#60a0ff"), strict=True):
            x0, y0 = pixels[0]
            lines.append(f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{color}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g stroke-width="2">{"".join(lines)}</g></svg>'


def lens_pictures(dataset: Dataset) -> dict[str, Picture]:
    """A fisheye and a whole panorama, each beside its depth."""
    pictures = {}
    for name in ("fisheye", "panorama"):
        frame = dataset.scenes[0].cameras[name].frames[0]
        pair = np.concatenate([frame.rgb, depth_picture(frame)], 1)
        pictures[name] = pair if name == "fisheye" else np.asarray(Image.fromarray(pair).resize((960, 240)))
    return pictures


def still_pictures(dataset: Dataset) -> dict[str, Picture]:
    """What the site has not: texture coordinates, and things that no triangles describe."""
    frame = dataset.scenes[0].cameras["Camera"].frames[0]
    normals = frame.normal, frame.shading_normal
    return {
        "shading_normal": np.concatenate([colors.normal_picture(normal) for normal in normals], 1),
        "uv": np.concatenate([frame.rgb, colors.uv_picture(frame.uv)], 1),
        "source": np.concatenate([colors.id_picture(frame.instance), tinted(frame.rgb, SOURCES[frame.source])], 1),
    }


def depth_picture(frame: Frame) -> Picture:
    """Depth from the nearest thing to the farthest but few."""
    seen = frame.depth[np.isfinite(frame.depth)]
    return colors.depth_picture(frame.depth, (float(seen.min()), float(np.percentile(seen, 98))))


def cloud_picture(scene: Scene, camera: Camera, palette: dict[int, tuple[int, int, int]]) -> Picture:
    """The points of the cloud that the camera sees, each with the colour of its category."""
    shown = np.asarray(camera.cloud["seen"][0])
    pixels, _ = project(camera.frames[0].camera, scene.cloud["xyz"][shown])
    paint = np.array([palette.get(int(number), (255, 255, 255)) for number in scene.cloud["category"][shown]], np.uint8)
    drawn = colors.cloud_picture((camera.height, camera.width), np.floor(pixels).astype(int), paint)
    return np.where((drawn == colors.NOTHING).all(-1, keepdims=True), faded(camera.frames[0].rgb), drawn)


def reach(vectors: NDArray[np.float32]) -> float:
    """The length that nearly all vectors that move at all stay below."""
    length = np.linalg.norm(vectors, axis=-1)
    return float(np.quantile(length[length > 0], 0.98))


def enlarged(picture: Picture) -> Picture:
    """The middle of a picture, twice as large."""
    height, width = picture.shape[0] // 4, picture.shape[1] // 4
    middle = picture[height : height + 2 * height, width : width + 2 * width]
    return middle.repeat(2, 0).repeat(2, 1)


def faded(picture: Picture) -> Picture:
    """A darker, greyer picture, to draw upon."""
    grey = picture.mean(-1, keepdims=True)
    return (0.75 * (0.6 * grey + 0.4 * picture)).astype(np.uint8)


def tinted(picture: Picture, color: NDArray) -> Picture:
    """Colours (H, W, 3) with the light and shade of a picture."""
    return (color * (0.5 + 0.6 * picture.mean(-1, keepdims=True) / 255)).clip(0, 255).astype(np.uint8)


def pasted(picture: Picture, over: NDArray[np.uint8]) -> Picture:
    """A picture with another, (H, W, 4), upon it."""
    share = over[..., 3:] / 255
    return (picture * (1 - share) + over[..., :3] * share).astype(np.uint8)


def save(picture: Picture, path: Path) -> None:
    """Saves the best JPEG that is small enough."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    for quality in range(88, 30, -6):
        image.save(path, quality=quality, optimize=True, subsampling=0 if quality > 60 else 2)
        if path.stat().st_size <= LARGEST:
            return
    raise SystemExit(f"{path.name} takes {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
