"""The wheel, installed away from the checkout, finds its recipes and assets and renders."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import buildee

ROOT = Path(buildee.__file__).resolve().parent.parent


def test_an_installed_wheel_renders(tmp_path):
    # setuptools leaves a build folder in its source, so the wheel is made from a copy of what git would ship.
    source = tmp_path / "source"
    source.mkdir()
    for name in ("buildee", "blend_assets", "recipes", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).symlink_to(ROOT / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, source]
    made = subprocess.run(build, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    wheel = next(tmp_path.glob("buildee-*.whl"))

    place = tmp_path / "elsewhere"
    venv.create(place, symlinks=sys.platform != "win32")
    python = next(path for path in (place / "bin" / "python", place / "Scripts" / "python.exe") if path.exists())
    scheme = {"base": str(place), "platbase": str(place)}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    install = [*pip, "install", "--quiet", "--no-deps", "--target", packages, wheel]
    subprocess.run(install, capture_output=True, text=True, check=True)
    # Blender's package weighs a gigabyte: it is borrowed from here. A .pth line adds no editable checkout.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")

    small = ["--frames", "1", "--resolution", "64", "48", "--samples", "1", "--no-preview"]
    command = [python, "-m", "buildee", "render", "construction_site", "-o", "out", *small]
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ran = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (tmp_path / "out" / "scenes" / "000000" / "scene.json").is_file()
    where = subprocess.run(
        [python, "-c", "import buildee; print(buildee.__file__)"],
        cwd=tmp_path,
        env=clean,
        **{"capture_output": True, "text": True},
    )
    assert str(packages) in where.stdout
