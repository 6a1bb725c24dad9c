"""Sets everything up on a fresh machine, then runs: `python3.11 -m buildee.bootstrap render|test ...`.

Needs nothing but the standard library. Works in a checkout only: the environment lives in `.venv`
beside this package, because Debian and Ubuntu refuse to install packages outside one.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

LIBRARIES = "libx11-6 libxrender1 libxfixes3 libxi6 libxkbcommon0 libsm6 libice6 libxext6 libgl1"
"""Debian's names of the shared libraries that bpy links against."""


def main(arguments: list[str] | None = None) -> int:
    """Prepares the environment if needed, runs `buildee` (or the tests, for `test`), returns its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if sys.version_info[:2] != (3, 11):
        return _stop(
            f"Python 3.11 is needed, because Blender's package is built for it; this is {sys.version.split()[0]}"
        )
    testing = arguments[:1] == ["test"]
    if testing:
        command = [str(PYTHON), "-m", "pytest", *(arguments[1:] or ["tests"])]
    else:
        command = [str(PYTHON), "-m", "buildee", *arguments]
    try:
        problem = _prepare(".[test,bpycv]" if testing else ".")
        if problem:
            return _stop(problem)
        return subprocess.run(command, cwd=ROOT if testing else None, check=False).returncode
    except KeyboardInterrupt:  # whatever was being set up is taken up again by the next call
        return 130


def _prepare(target: str) -> str | None:
    """Makes the environment, or does nothing if it holds the target already. Returns what is wrong, if anything.

    Args:
        target: what pip installs: this checkout, with or without extras.
    """
    files = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "requirements.lock"))
    wanted = f"{hashlib.sha256(files).hexdigest()} {target} {ROOT}\n"  # a folder that was moved is set up again
    stamp = ENVIRONMENT / "buildee.stamp"
    done = stamp.read_text("utf-8") if stamp.is_file() else ""
    if wanted in done and PYTHON.exists():  # a Python that was upgraded or removed leaves a dangling link
        return None
    print("setting up .venv (downloads Blender as a Python package, about 350 MB) ...", file=sys.stderr, flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except OSError as error:
        return f"cannot create {ENVIRONMENT}: {error.strerror or error}"
    except subprocess.CalledProcessError:
        return f"cannot put pip into {ENVIRONMENT}; on Debian and Ubuntu: sudo apt install python3.11-venv"
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--constraint", "requirements.lock", "--editable", target]
    if subprocess.run(install, cwd=ROOT, check=False).returncode:
        return "pip could not install the packages (see above); check the network and try again"
    found = subprocess.run([str(PYTHON), "-c", "import bpy"], capture_output=True, text=True, check=False)
    if found.returncode:
        reason = (found.stderr.strip().splitlines() or ["no reason given"])[-1]
        advice = f"on Debian and Ubuntu: sudo apt install {LIBRARIES}"
        if sys.platform == "win32":
            advice = "it needs Microsoft's Visual C++ Redistributable"
        return f"Blender's package does not load: {reason}\n{advice}"
    stamp.write_text(done + wanted, "utf-8")
    return None


def _stop(message: str) -> int:
    """Prints why nothing was run."""
    print(f"buildee: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
