"""What the commands `buildee assets ...` do; each takes the parsed options and returns the exit status."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from buildee import dropins
from buildee.children import emit, run_child
from buildee.commands import say
from buildee.drop_folder import left_out
from buildee.errors import AssetError
from buildee.layout import catalog
from buildee.layout.catalog import Catalog, CatalogPart, Entry
from buildee.layout.categories import CATEGORIES
from buildee.layout.pictures import PANORAMA, TEXTURE
from buildee.recipe.wording import unknown
from buildee.resources import folder

CHILD = "_inspect"
"""The command that opens libraries, its job being on standard input; for `run_child` alone."""


KINDS = (*CATEGORIES, TEXTURE, PANORAMA)
"""Categories of what can be listed."""


@dataclass(frozen=True)
class InspectJob:
    """A catalog to hold against its libraries, as it is told to a child process."""

    COMMAND: ClassVar[str] = CHILD

    catalog: str


def list_assets(options: argparse.Namespace) -> int:
    """Prints a line for every asset, textures and panoramas among them."""
    known = _catalog(options.folder)
    if options.category is not None and options.category not in KINDS:
        raise AssetError(unknown("category", options.category, KINDS))
    chosen = [entry for entry in known.values() if options.category in (None, entry.category)]
    rows = [
        (entry.id, entry.category, _size(_extents(entry)), f"{triangles(entry)}", entry.licence)
        for entry in sorted(chosen, key=lambda entry: (entry.category, entry.id))
    ]
    head = ("id", "category", "size (m)", "triangles", "licence")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in [head, *rows]]
    told = {
        entry.id: {
            "category": entry.category,
            "size": entry.size.tolist(),
            "triangles": triangles(entry),
            "licence": entry.licence,
        }
        for entry in chosen
    }
    say(options, told, "\n".join(line.rstrip() for line in lines))
    return 0


def show(options: argparse.Namespace) -> int:
    """Prints all that the catalog says of an asset."""
    entry = _catalog(options.folder)[options.id]
    lines = [f"{entry.id}: {entry.title}", f"category  {entry.category}"]
    lines += [f"size      {_size(_extents(entry))} m"] if _extents(entry) else []
    lines += [f"licence   {entry.licence}", f"source    {entry.source}", f"library   {entry.library}"]
    lines += [f"tags      {', '.join(entry.tags)}"] if entry.tags else []
    lines += [f"rests     {', '.join(entry.rests)}"] if entry.parts else []
    lines += [f"stack     {entry.stack:g} m"] if entry.stack else []
    lines += ["slots"] + [f"  {name}: {slot.kind} {_size(slot.color, ' ')}" for name, slot in entry.slots.items()]
    lines += ["parts"] if entry.parts else []
    lines += [f"  {_part(part)}" for part in entry.parts]
    lines += ["supports"] if entry.supports else []
    lines += [f"  {place.name}: {place.kind} on {place.part}, {_size(place.size)} m" for place in entry.supports]
    told = {
        **{name: getattr(entry, name) for name in ("id", "title", "category", "licence", "source", "stack")},
        "library": str(entry.library),
        "size": entry.size.tolist(),
        "tags": list(entry.tags),
        "rests": list(entry.rests),
        "slots": {name: asdict(slot) for name, slot in entry.slots.items()},
        "parts": [_told(part) for part in entry.parts],
        "supports": [{"name": item.name, "kind": item.kind, "part": item.part} for item in entry.supports],
    }
    say(options, told, "\n".join(lines))
    return 0


def check(options: argparse.Namespace) -> int:
    """Holds a catalog against its libraries; the last line is the verdict, exit 1 when something is wrong."""
    warnings: list[str] = []
    if options.folder is None:
        path = folder("blend_assets") / catalog.FILE
    else:
        path = dropins.indexed(options.folder, lambda message: None)
        kept = dropins.kept_fields(path)
        warnings = left_out(options.folder)
        warnings += [f"{fields['file']}: {text}" for fields in kept.values() for text in fields["warnings"]]
    known = catalog.load(path)
    faults = [fault for entry in known.values() for fault in _faults(entry, shipped=options.folder is None)]
    warnings += [f"{id}: licence unknown" for id, entry in known.items() if entry.licence == "unknown"]
    with tempfile.TemporaryDirectory() as scratch:
        report = run_child(InspectJob(str(path.resolve())), Path(scratch) / "log", lambda message: None)
    faults += report["faults"] if report["event"] == "done" else [report["reason"]]
    verdict = f"{'BAD' if faults else 'OK'}: {len(known)} asset(s), {len(faults)} fault(s), {len(warnings)} warning(s)"
    lines = [*(f"warning: {text}" for text in warnings), *faults, verdict]
    say(options, {"ok": not faults, "assets": len(known), "faults": faults, "warnings": warnings}, "\n".join(lines))
    return 1 if faults else 0


def dropin_child() -> int:
    """Brings files in as the child of whatever needs them; the job comes on standard input as JSON."""
    from buildee.blender.dropin import bring_in

    return bring_in(dropins.DropJob(**json.load(sys.stdin)))


def inspect_child() -> int:
    """Opens libraries as the child of `check`; the job comes on standard input as JSON."""
    from buildee.blender.assets import differences

    job = InspectJob(**json.load(sys.stdin))
    emit(event="done", faults=differences(catalog.load(Path(job.catalog)).values()))
    return 0


def triangles(entry: Entry) -> int:
    """Returns how many triangles an asset has, all copies of its parts counted."""
    return sum(part.triangles * part.copies for part in entry.parts)


def _catalog(own: Path | None) -> Catalog:
    """Returns the catalog of a folder, or the one that ships."""
    return catalog.load() if own is None else catalog.load(dropins.indexed(own))


def _faults(entry: Entry, shipped: bool) -> list[str]:
    """Returns what is wrong with an asset as far as files tell without Blender."""
    faults = []
    if entry.category not in KINDS:
        faults.append(f"{entry.id}: {unknown('category', entry.category, KINDS)}")
    if not entry.library.is_file():
        faults.append(f"{entry.id}: its library {entry.library} is missing")
    if shipped and not (folder("blend_assets") / "licenses" / f"{entry.licence}.txt").is_file():
        faults.append(f"{entry.id}: the text of its licence {entry.licence} is missing")
    return faults


def _part(part: CatalogPart) -> str:
    """Returns a line about a part: what it hangs on and how it moves."""
    hung = f" on {part.parent}" if part.parent else ""
    copies = f" x{part.copies}" if part.copies > 1 else ""
    text = f"{part.name}{copies}{hung}: {part.triangles} triangles"
    if part.joint is None:
        return text
    low, high = part.joint.limits
    if part.joint.kind == "hinge":
        return f"{text}, hinge {np.rad2deg(low):.0f} to {np.rad2deg(high):.0f} deg"
    return f"{text}, {part.joint.kind} {low:.3f} to {high:.3f} m"


def _told(part: CatalogPart) -> dict[str, Any]:
    """Returns a part as JSON values; limits that there are none of are null."""
    joint = part.joint
    limits = [value if np.isfinite(value) else None for value in joint.limits] if joint else []
    moving = {"joint": {"kind": joint.kind, "axis": list(joint.axis), "limits": limits}} if joint else {}
    return {"name": part.name, "parent": part.parent, "triangles": part.triangles, "slots": list(part.slots)} | moving


def _extents(entry: Entry) -> list[float]:
    """Returns the sides of an asset, metres: three of a model, two of a texture, none of a panorama."""
    return entry.size[: {TEXTURE: 2, PANORAMA: 0}.get(entry.category, 3)].tolist()


def _size(values: Any, between: str = " x ") -> str:
    return between.join(f"{value:.3f}" for value in values)
