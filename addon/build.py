"""Builds the extension: `python -m addon.build [FOLDER]` writes FOLDER/buildee-VERSION.zip, by default into dist/.

The zip holds this package, and as wheels what Blender's Python lacks: buildee itself and PyYAML, both without compiled
parts, so that one file serves every system and version.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

from buildee import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

SOURCES = ("buildee", "blend_assets", "recipes", "pyproject.toml", "README.md", "LICENSE")
"""What the wheel of buildee is made from."""

LEFT_OUT = frozenset({"build.py", "blender_manifest.toml"})
"""Files here that the zip does not hold as they are."""

EPOCH = (2020, 1, 1, 0, 0, 0)
"""Date of every file in the zip, so that equal sources make equal zips."""


def build(folder: Path) -> Path:
    """Builds the extension and returns the path of the zip.

    Args:
        folder: where it goes; is created.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"buildee-{__version__}.zip"
    with tempfile.TemporaryDirectory() as scratch:
        wheels = [_own_wheel(Path(scratch)), _yaml_wheel(Path(scratch))]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "blender_manifest.toml", manifest([wheel.name for wheel in wheels]).encode())
            _add(archive, "LICENSE", (ROOT / "LICENSE").read_bytes())
            for path in sorted(HERE.rglob("*")):
                if path.is_file() and path.name not in LEFT_OUT and "__pycache__" not in path.parts:
                    _add(archive, path.relative_to(HERE).as_posix(), path.read_bytes())
            for wheel in wheels:
                _add(archive, f"wheels/{wheel.name}", wheel.read_bytes())
    return target


def manifest(wheels: list[str]) -> str:
    """Returns the manifest of a zip that holds these wheels."""
    text = (HERE / "blender_manifest.toml").read_text("utf-8").split("\n", 1)[1]  # less the comment
    listed = "".join(f'  "./wheels/{name}",\n' for name in wheels)
    added = f'version = "{__version__}"\nwheels = [\n{listed}]\n'
    return text.replace("\n[permissions]", f"{added}\n[permissions]")


def _own_wheel(scratch: Path) -> Path:
    """Makes the wheel of buildee. setuptools leaves a build folder in its source, so the source is one of links."""
    source = scratch / "source"
    source.mkdir()
    for name in SOURCES:
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "-w", str(scratch), str(source)], check=True)
    (made,) = scratch.glob("buildee-*-py3-none-any.whl")
    return made


def _yaml_wheel(scratch: Path) -> Path:
    """Makes a wheel of the PyYAML that is installed here, without its compiled half, which it does without."""
    there = metadata.distribution("pyyaml")
    about = f"pyyaml-{there.version}.dist-info"
    texts = {file.as_posix(): file for file in there.files if file.parts[0] == "yaml" and file.suffix == ".py"}
    texts |= {
        f"{about}/{file.name}": file for file in there.files if file.name in ("METADATA", "LICENSE", "top_level.txt")
    }
    contents = {name: file.locate().read_bytes() for name, file in texts.items()}
    wheel = "Wheel-Version: 1.0\nGenerator: buildee\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    contents[f"{about}/WHEEL"] = wheel.encode()
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in contents.items())
    contents[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n".encode()
    target = scratch / f"pyyaml-{there.version}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents.items():
            _add(archive, name, data)
    return target


def _digest(data: bytes) -> str:
    """Returns a hash as wheels record it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))
