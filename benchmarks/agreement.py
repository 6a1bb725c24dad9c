"""How well ground truth agrees with what Cycles renders: every recipe, the stress scene, and the scenes of the proof.

    python -m benchmarks.agreement [--write] [--size 640 480] [recipes | stress | proof ...]

Renders a few frames, and prints in how many pixels ids and depths agree, how many id disagreements there are, and how
many of them are left once rays 0.002 pixels beside the centre are allowed. `--write` keeps the table in docs/proof.md.
Exits with 1 if fewer than 99.9 % of ids or depths agree, or more than 1 in 100 000 ids stays unexplained.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from benchmarks import stress_scene
from benchmarks.proof.case import Case, construct
from benchmarks.proof.cases import CASES
from benchmarks.record import PROOF, keep, table
from buildee import recipe
from buildee.blender import cycles
from buildee.blender.build import PART, build
from buildee.blender.camera import read_camera
from buildee.blender.context import changed, fresh_scene
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.blender.visibility import as_rendered, follow
from buildee.run import plan
from buildee.truth.audit import DEPTHS_NEEDED, IDS_NEEDED, UNEXPLAINED, Audit, audit_frame, recaster
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels

_ROOT = Path(__file__).resolve().parents[1]
_HEAD = ("scene", "frames", "pixels", "ids agree", "depths agree", "beside edges", "id differs", "unexplained")


@dataclass(frozen=True, eq=False)
class Subject:
    """An open scene to be compared.

    Attributes:
        name: in the table.
        cameras: names of its camera objects.
        frames: Blender frame numbers.
        size: pixels; the cameras see as at this size.
        aspect: shape of a pixel, as Blender has it.
        pass_index: (R,) Object Index of each row of the label table.
        blunt: why the renderer itself is not exact here, if it is not; then it does not count.
    """

    name: str
    cameras: tuple[str, ...]
    frames: tuple[int, ...]
    size: tuple[int, int]
    pass_index: NDArray[np.int32]
    aspect: tuple[float, float] = (1.0, 1.0)
    blunt: str = ""


@dataclass(frozen=True)
class Agreement:
    """What the audits of a subject's pictures found together.

    Attributes:
        name: of the subject.
        frames: pictures.
        pixels: of all pictures.
        ids: share of pixels whose id agrees at the centre.
        raw_depths, depths: share of pixels whose depth agrees at the centre, and once edges are allowed for.
        differ: pixels whose id does not agree at the centre.
        unexplained: those of them that no edge explains.
        worst_depth: metres, see `buildee.truth.audit.Audit`.
        blunt: of the subject.
    """

    name: str
    frames: int
    pixels: int
    ids: float
    raw_depths: float
    depths: float
    differ: int
    unexplained: int
    worst_depth: float
    blunt: str

    @property
    def ok(self) -> bool:
        """Whether all shares are as good as they must be."""
        return self.ids >= IDS_NEEDED and self.depths >= DEPTHS_NEEDED and self.unexplained <= UNEXPLAINED * self.pixels


def recipes(size: tuple[int, int]) -> Iterator[Subject]:
    """Builds the first scene of every shipped recipe; first, middle and last frame."""
    for path in sorted((_ROOT / "recipes").glob("*.yaml")):
        layout = plan(recipe.load(path), 0)
        built = build(layout, fresh_scene())
        frames = tuple(sorted({1, (layout.frames + 1) // 2, layout.frames}))
        yield Subject(path.stem, built.cameras, frames, size, built.pass_index)


def stress(size: tuple[int, int]) -> Iterator[Subject]:
    """Builds the stress scene."""
    stress_scene.build_stress_scene()
    frames = 1, stress_scene.FRAMES // 2, stress_scene.FRAMES
    yield Subject("stress scene", (bpy.context.scene.camera.name,), frames, size, _numbered())


def proof(_: tuple[int, int]) -> Iterator[Subject]:
    """Builds the cases of the proof at their own size."""
    yield from map(proof_subject, CASES.values())


def proof_subject(case: Case) -> Subject:
    """Builds a case of the proof."""
    _, eye = construct(case)
    for thing in bpy.data.objects:
        thing.pass_index = thing.get(PART, -1) + 1
    index = np.zeros(len(case.labels.part_name), np.int32)
    for part in {thing[PART] for thing in bpy.data.objects if PART in thing}:
        index[part] = part + 1
    frames = tuple(range(1, case.frames + 1))
    return Subject(case.name, (eye.name,), frames, case.lens.pixels, index, case.lens.aspect, case.blunt)


SUBJECTS: dict[str, Callable[[tuple[int, int]], Iterator[Subject]]] = {
    "recipes": recipes,
    "stress": stress,
    "proof": proof,
}


def _numbered() -> NDArray[np.int32]:
    """Gives every object of the file a row of its own and the Object Index that goes with it."""
    for row, thing in enumerate(bpy.data.objects):
        thing[PART], thing.pass_index = row, row + 1
    return np.arange(1, len(bpy.data.objects) + 1, dtype=np.int32)


def compare(subject: Subject) -> Agreement:
    """Renders and audits the pictures of a subject, one sample a pixel: the passes come from the first."""
    scene = bpy.context.scene
    reader = SurfaceReader(scene.name, on_frame=follow)
    audits: list[Audit] = []
    device = cycles.choose_device("cpu")
    settings = cycles.settings(scene, device, 1, subject.size, "Standard")
    aspect = [(scene.render, f"pixel_aspect_{axis}", ratio) for axis, ratio in zip("xy", subject.aspect, strict=True)]
    with settings, changed(aspect), as_rendered(scene), CasterPool() as pool, tempfile.TemporaryDirectory() as folder:
        for frame in subject.frames:
            for name in subject.cameras:
                audits.append(_audit(scene, reader, pool, subject, name, frame, Path(folder)))
    pixels = subject.size[0] * subject.size[1]
    return Agreement(
        subject.name,
        len(audits),
        pixels * len(audits),
        float(np.mean([audit.raw_ids for audit in audits])),
        float(np.mean([audit.raw_depths for audit in audits])),
        float(np.mean([audit.depths for audit in audits])),
        round(sum((1 - audit.raw_ids) * pixels for audit in audits)),
        round(sum(audit.unexplained * pixels for audit in audits)),
        max(audit.worst_depth for audit in audits),
        subject.blunt,
    )


def _audit(
    scene: bpy.types.Scene,
    reader: SurfaceReader,
    pool: CasterPool,
    subject: Subject,
    name: str,
    frame: int,
    folder: Path,
) -> Audit:
    rendered = render_frame(scene, name, frame, folder / "rgb.png", folder)
    surface, camera = reader.read(frame), read_camera(scene, bpy.data.objects[name])
    index = np.append(0, subject.pass_index)[surface.copy_part + 1]
    with pool.caster(surface, camera.world_from_camera) as caster:
        hits = cast_pixels(caster, camera)
        again = recaster(caster, camera, index)
        return audit_frame(hits.depth, np.append(index, 0)[hits.copy], rendered.depth, rendered.index, again)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; the last line is the summary."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement")
    parser.add_argument("what", nargs="*", default=list(SUBJECTS), help=", ".join(SUBJECTS))
    parser.add_argument("--size", nargs=2, type=int, default=(640, 480), metavar=("W", "H"))
    parser.add_argument("--write", action="store_true", help="keep the results in docs/proof.md")
    chosen = parser.parse_args(arguments)
    found: list[Agreement] = []
    print(" ".join(_HEAD))
    for what in chosen.what:
        for subject in SUBJECTS[what](tuple(chosen.size)):
            found.append(compare(subject))
            mark = "" if found[-1].ok else f"  not counted: {subject.blunt}" if subject.blunt else "  MISSED"
            print(" ".join(f"{cell:>14s}" for cell in _cells(found[-1])), mark, flush=True)
    counted = [row for row in found if not row.blunt]
    missed = sum(not row.ok for row in counted)
    if chosen.write:
        _write(found)
    print(_summary(counted, missed))
    return int(bool(missed))


def _summary(counted: list[Agreement], missed: int) -> str:
    unexplained, pixels = sum(row.unexplained for row in counted), sum(row.pixels for row in counted)
    return f"{len(counted)} scenes, {missed} missed; {unexplained} of {pixels} pixels unexplained"


def _cells(row: Agreement) -> tuple[str, ...]:
    shares = (f"{share:.3%}" for share in (row.ids, row.raw_depths, row.depths))
    return row.name, f"{row.frames}", f"{row.pixels}", *shares, f"{row.differ}", f"{row.unexplained}"


def _write(found: list[Agreement]) -> None:
    version = bpy.app.version_string
    counted = [row for row in found if not row.blunt]
    parts = [
        f"Blender {version}, pictures of one sample a pixel on the CPU: "
        f"{_summary(counted, sum(not row.ok for row in counted))}.",
        table(_HEAD, map(_cells, counted)),
    ]
    if blunt := [row for row in found if row.blunt]:
        reasons = dict.fromkeys(
            f"- {', '.join(r.name for r in blunt if r.blunt == row.blunt)}: {row.blunt}." for row in blunt
        )
        parts += [
            "Not counted, because the renderer itself is not exact there:",
            "\n".join(reasons),
            table(_HEAD, map(_cells, blunt)),
        ]
    keep(PROOF, f"renderer {version.rsplit('.', 1)[0]}", "\n\n".join(parts))


if __name__ == "__main__":
    sys.exit(main())
