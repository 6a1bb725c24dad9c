"""Makes the pictures in this folder: `python samples/make.py` (ten minutes on two cores; `--quick` for a look).

- site.jpg: two cameras of the default recipe and the ground truth of the first;
- seeds.jpg: the default recipe under other seeds, one row a seed, one column a camera.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from buildee.dataset.camera import Camera
from buildee.dataset.reader import Dataset
from buildee.preview import colors

HERE = Path(__file__).resolve().parent
CELL = (480, 360)
GAP = 4
SEEDS = (2, 3, 4, 7)


def main() -> None:
    """Renders, then composes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few samples a pixel only")
    samples = "8" if parser.parse_args().quick else "48"
    with tempfile.TemporaryDirectory() as folder:
        base = rendered(Path(folder) / "site", "--samples", samples, "--frames", "2")
        cameras = list(base.scenes[0].cameras.values())
        sheet([camera.frames[0].rgb for camera in cameras] + truth(base, cameras[0]), 4, HERE / "site.jpg")
        pictures = []
        for seed in SEEDS:
            flags = ("--seed", str(seed), "--samples", samples, "--frames", "1", "--resolution", *map(str, CELL))
            dataset = rendered(Path(folder) / f"seed{seed}", *flags)
            pictures += [camera.frames[0].rgb for camera in dataset.scenes[0].cameras.values()]
        sheet(pictures, 2, HERE / "seeds.jpg")


def rendered(out: Path, *flags: str) -> Dataset:
    """Renders the default recipe through the command line."""
    command = [sys.executable, "-m", "buildee", "render", "construction_site", "-o", str(out), "--no-preview", *flags]
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


def sheet(pictures: list[np.ndarray], columns: int, path: Path) -> None:
    """Lays pictures out in rows and saves them as JPEG."""
    rows = -(-len(pictures) // columns)
    size = (columns * (CELL[0] + GAP) - GAP, rows * (CELL[1] + GAP) - GAP)
    image = Image.new("RGB", size, "white")
    for number, picture in enumerate(pictures):
        cell = Image.fromarray(np.ascontiguousarray(picture)).resize(CELL, Image.Resampling.LANCZOS)
        image.paste(cell, ((number % columns) * (CELL[0] + GAP), (number // columns) * (CELL[1] + GAP)))
    image.save(path, quality=88)


if __name__ == "__main__":
    main()
