"""Installs the add-on into a real application, once."""

import shutil
from pathlib import Path

import pytest
from application import OLDEST, Application, executable, folder_in

from addon.build import build

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """The add-on's zip."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def application(tmp_path_factory):
    """A real application with user resources of its own, empty."""
    root, program = executable()
    if program is None:
        pytest.skip("no Blender application: set BUILDEE_APPLICATION, or put blender on the PATH")
    folder = tmp_path_factory.mktemp("application") if root is None else folder_in(root)
    found = Application(root, program, folder)
    if found.version() < OLDEST:
        pytest.skip(f"{program} is Blender {found.version()}; {OLDEST} or newer is needed")
    yield found
    if root is not None:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def installed(application, archive):
    """The application, the add-on installed and enabled."""
    application.install(archive)
    for script in ("headless.py", "driver.py"):
        shutil.copy(HERE / script, application.folder / script)
    return application


@pytest.fixture(scope="session")
def used(installed):
    """A folder with what every operator made in the application."""
    place = installed.folder / "used"
    place.mkdir()
    script, inside = installed.inside(installed.folder / "headless.py"), installed.inside(place)
    ran = installed.run("-b", "--python-exit-code", 1, "--python", script, "--", inside)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return place
