"""Examines a machine: can it render, and with what?"""

from __future__ import annotations

import importlib
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from buildee.bootstrap import LIBRARIES
from buildee.errors import BuildeeError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        ok: whether it is as it should be.
        what: what was looked at.
        says: what was found, and what to do when it is not ok.
    """

    ok: bool
    what: str
    says: str

    def __str__(self) -> str:
        return f"{'ok ' if self.ok else 'BAD'} {self.what}: {self.says}"


def examine() -> list[Finding]:
    """Returns what there is to say about this machine; importing Blender takes a second."""
    findings = [Finding(True, "python", f"{platform.python_version()} on {platform.platform()}")]
    findings += [_module(name) for name in ("numpy", "yaml", "PIL", "tqdm")]
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    findings.append(Finding(free > 1, "disk", f"{free:.0f} GB free here"))
    try:
        import bpy
    except ImportError as error:
        advice = f"{error}; on Debian and Ubuntu: sudo apt install {LIBRARIES}"
        return [
            *findings,
            Finding(False, "bpy", advice if "cannot open" in str(error) else f"{error}; pip install bpy"),
        ]
    known = (4, 2) <= bpy.app.version[:2] <= (5, 2)
    findings.append(
        Finding(known, "blender", f"{bpy.app.version_string}" + ("" if known else "; 4.2 to 5.2 are known to work"))
    )
    from buildee.blender.cycles import CAN_DENOISE, choose_device

    findings.append(Finding(True, "device", str(choose_device("auto"))))
    without = "this Blender was built without Open Image Denoise: ask for more samples, or use Blender's own download"
    findings.append(Finding(True, "denoiser", "Open Image Denoise" if CAN_DENOISE else without))
    findings.append(_caster())
    return findings


def _module(name: str) -> Finding:
    """Looks at a package. Blender applications bring neither Pillow nor tqdm and can do without."""
    try:
        found = importlib.import_module(name)
    except ImportError as error:
        optional = name in ("PIL", "tqdm") and "bpy" in sys.modules
        return Finding(optional, name, f"missing ({error})")
    return Finding(True, name, str(getattr(found, "__version__", "found")))


def _caster() -> Finding:
    """Looks for the ray caster that ground truth needs."""
    from buildee.truth.embree import CasterPool

    try:
        with CasterPool() as pool:
            return Finding(True, "rays", pool.name)
    except BuildeeError as error:
        return Finding(False, "rays", str(error))
