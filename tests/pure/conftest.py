"""A closed-form dataset, and copies of it to break."""

import shutil

import box_world
import pytest


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    return box_world.write_dataset(tmp_path_factory.mktemp("data") / "out")


@pytest.fixture
def root(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "out")
