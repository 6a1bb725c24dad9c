"""The real Blender application that tests run in.

BUILDEE_APPLICATION names a chroot that `chroot.sh` made, or an executable; else it is blender on the PATH.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST = (4, 2)


@dataclass(frozen=True)
class Application:
    """An application and a folder that it sees.

    Attributes:
        root: of its chroot; None when it runs here.
        program: the executable, as seen from inside.
        folder: for all that is exchanged, as seen from here.
    """

    root: Path | None
    program: str
    folder: Path

    def inside(self, path: Path) -> str:
        """Returns a path as the application sees it."""
        return str(path) if self.root is None else f"/{path.relative_to(self.root)}"

    def command(self, *arguments: object) -> list[str]:
        """Returns the command line that runs it with these arguments, its user resources in the folder."""
        settings = [f"BLENDER_USER_RESOURCES={self.inside(self.folder / 'user')}"]
        if self.root is None:
            return ["env", *settings, self.program, *map(str, arguments)]
        return ["chroot", str(self.root), "env", "HOME=/root", *settings, self.program, *map(str, arguments)]

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Runs it and returns what it printed."""
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)

    def install(self, archive: Path) -> None:
        """Puts the add-on's zip into it and enables it."""
        place = self.inside(Path(shutil.copy(archive, self.folder)))
        ran = self.run("--command", "extension", "install-file", "--repo", "user_default", "--enable", place)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def version(self) -> tuple[int, int]:
        """Returns its major and minor version."""
        said = self.run("--version").stdout
        found = re.search(r"Blender (\d+)\.(\d+)", said)
        return (int(found[1]), int(found[2])) if found else (0, 0)


def folder_in(root: Path) -> Path:
    """Makes a new folder in a chroot for what is exchanged with it; whoever asks removes it."""
    return Path(tempfile.mkdtemp(prefix="buildee-", dir=root / "srv"))


@cache
def executable() -> tuple[Path | None, str | None]:
    """Returns the chroot, if there is one, and the program; no program where there is no application."""
    named = os.environ.get("BUILDEE_APPLICATION")
    if named and Path(named).is_dir():
        return Path(named), "blender"
    return None, named or shutil.which("blender")


@contextmanager
def in_chroot(archive: Path) -> Iterator[Application]:
    """Installs the add-on's zip into the application of a chroot, with a folder of its own, which goes at the end.

    Raises:
        SystemExit: BUILDEE_APPLICATION names none.
    """
    root, program = executable()
    if root is None:
        raise SystemExit("set BUILDEE_APPLICATION to a chroot made by tests/app/chroot.sh")
    application = Application(root, program, folder_in(root))
    try:
        application.install(archive)
        yield application
    finally:
        shutil.rmtree(application.folder)
