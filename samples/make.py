"""Makes the pictures in this folder: `python samples/make.py [site] [seeds] [kitchens] [tabletops] [recipes]`.

All take an hour on two cores; `--quick` is for a look.

- site.jpg: two cameras of the default recipe and the ground truth of the first;
- seeds.jpg: the default recipe under 24 seeds, one row a seed, one column a camera;
- kitchens.jpg: the kitchen under 24 seeds, all cameras, two seeds a row;
- tabletops.jpg: the tabletop under 24 seeds, likewise;
- recipes.jpg: the other recipes of the construction site, one row a recipe, frames or scenes side by side.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from buildee.dataset.camera import Camera
from buildee.dataset.reader import Dataset
from buildee.preview import colors
from buildee.resources import shipped

HERE = Path(__file__).resolve().parent
CELL = (480, 360)
SMALL = (240, 180)
GAP = 4
HALF = (320, 240)
SEEDS = range(1, 25)
CAMERAS = """
  - {type: mast, name: cctv, target: site, lens_mm: 20, height: 8}
  - {type: orbit, name: drone, target: site, lens_mm: 24, height: 36}
"""
"""Cameras that the sheet of seeds shows beside those of the default recipe."""

RECIPES = ("site_drone_survey", "site_night", "site_after_rain", "site_cctv_timelapse", "site_tracks_long")
SIDE_BY_SIDE = 4


def main() -> None:
    """Renders, then composes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="*", choices=[[], *PICTURES], help="which; all without")
    parser.add_argument("--quick", action="store_true", help="a few samples a pixel only")
    options = parser.parse_args()
    for name in options.pictures or PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            PICTURES[name](Path(folder), "12" if options.quick else "24")


def site(folder: Path, samples: str) -> None:
    """Makes site.jpg."""
    base = rendered("construction_site", folder / "site", "--samples", samples, "--frames", "2")
    cameras = list(base.scenes[0].cameras.values())
    sheet([camera.frames[0].rgb for camera in cameras] + truth(base, cameras[0]), 4, CELL, HERE / "site.jpg")


def seeds(folder: Path, samples: str) -> None:
    """Makes seeds.jpg."""
    recipe = folder / "seeds.yaml"
    text = shipped("construction_site").read_text("utf-8")
    recipe.write_text(text.replace("\nscene:", f"{CAMERAS}\nscene:"), "utf-8")
    pictures = [picture for seed in SEEDS for picture in of_seed(recipe, seed, SMALL, samples, folder)]
    sheet(pictures, 4, SMALL, HERE / "seeds.jpg")


def kitchens(folder: Path, samples: str) -> None:
    """Makes kitchens.jpg."""
    indoors("kitchen", HALF, folder, samples)


def tabletops(folder: Path, samples: str) -> None:
    """Makes tabletops.jpg."""
    indoors("tabletop", SMALL, folder, samples)


def indoors(world: str, size: tuple[int, int], folder: Path, samples: str) -> None:
    """Makes the sheet of a world indoors, two seeds a row; light there asks for twice the samples."""
    recipe, twice = shipped(world), str(2 * int(samples))
    pictures = [picture for seed in SEEDS for picture in of_seed(recipe, seed, size, twice, folder)]
    sheet(pictures, 2 * len(pictures) // len(SEEDS), size, HERE / f"{world}s.jpg")


def of_seed(recipe: Path, seed: int, size: tuple[int, int], samples: str, folder: Path) -> list[np.ndarray]:
    """Returns the first picture of every camera under a seed."""
    file = folder / f"{seed}.npy"
    child = [sys.executable, "-c", ONE_SEED, str(recipe), str(seed), samples, str(file), *map(str, size)]
    subprocess.run(child, check=True, stdout=subprocess.DEVNULL)
    return list(np.load(file))


ONE_SEED = """
import os, sys
import bpy
import numpy as np
import buildee
bpy.ops.wm.read_factory_settings(use_empty=True)
size = int(sys.argv[5]), int(sys.argv[6])
recipe = buildee.load(sys.argv[1]).override(seed=int(sys.argv[2]), frames=1, resolution=size)
layout = buildee.plan(recipe, 0)
if layout.loose:
    from buildee.blender.settle import settle
    layout = settle(layout)
built = buildee.build(layout, bpy.context.scene)
shots = [buildee.picture(built, camera.name, 0, size, int(sys.argv[3])) for camera in layout.cameras]
np.save(sys.argv[4], shots)
os._exit(0)
"""
"""Pictures without ground truth; in a process of its own, so that memory stays flat."""


def recipes(folder: Path, samples: str) -> None:
    """Makes recipes.jpg."""
    pictures = []
    for name in RECIPES:
        series = name == "site_cctv_timelapse"
        flags = ["--samples", samples, "--resolution", *map(str, SMALL), "--frames", "1" if series else "4"]
        dataset = rendered(name, folder / name, *flags, *(("--scenes", "4") if series else ("--scenes", "1")))
        frames = [frame.rgb for scene in dataset.scenes for camera in scene.cameras.values() for frame in camera.frames]
        pictures += frames[:: max(1, len(frames) // SIDE_BY_SIDE)][:SIDE_BY_SIDE]
    sheet(pictures, SIDE_BY_SIDE, SMALL, HERE / "recipes.jpg")


PICTURES: dict[str, Callable[[Path, str], None]] = {
    "site": site,
    "seeds": seeds,
    "kitchens": kitchens,
    "tabletops": tabletops,
    "recipes": recipes,
}


def rendered(recipe: str, out: Path, *flags: str) -> Dataset:
    """Renders a recipe through the command line."""
    command = [sys.executable, "-m", "buildee", "render", recipe, "-o", str(out), "--no-preview", *flags]
    subprocess.run(command, check=True)
    return Dataset(out)


def truth(dataset: Dataset, camera: Camera) -> list[np.ndarray]:
    """Returns pictures of what stands beside the first frame of a camera."""
    frame = camera.frames[0]
    seen = frame.depth[np.isfinite(frame.depth)]
    span = (float(seen.min()), float(np.percentile(seen, 98)))
    palette = {row.id: row.color for row in dataset.categories.values()}
    reach = float(np.percentile(np.linalg.norm(frame.flow, axis=-1), 99))
    return [
        colors.depth_picture(frame.depth, span),
        colors.normal_picture(frame.normal),
        colors.semantic_picture(frame.semantic, palette),
        colors.id_picture(frame.instance),
        colors.id_picture(frame.part),
        colors.flow_picture(frame.flow, frame.flow_state, reach),
    ]


def sheet(pictures: list[np.ndarray], columns: int, cell: tuple[int, int], path: Path) -> None:
    """Lays pictures out in rows and saves them as JPEG."""
    rows = -(-len(pictures) // columns)
    size = (columns * (cell[0] + GAP) - GAP, rows * (cell[1] + GAP) - GAP)
    image = Image.new("RGB", size, "white")
    for number, picture in enumerate(pictures):
        one = Image.fromarray(np.ascontiguousarray(picture)).resize(cell, Image.Resampling.LANCZOS)
        image.paste(one, ((number % columns) * (cell[0] + GAP), (number // columns) * (cell[1] + GAP)))
    image.save(path, quality=88)


if __name__ == "__main__":
    main()
