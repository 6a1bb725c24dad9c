"""Tracks stream: rows go to their place on disk, and memory does not grow with the frames."""

import subprocess
import sys

import box_world
import numpy as np
import pytest

from buildee.dataset.folder import create_dataset
from buildee.dataset.reader import Dataset
from buildee.dataset.stack import FrameStack
from buildee.dataset.writer import SceneWriter


@pytest.mark.parametrize("rows", [np.arange(6, dtype=np.float32).reshape(3, 2), np.arange(4, dtype=np.uint8)])
def test_a_stack_has_the_bytes_of_numpy(tmp_path, rows):
    whole = np.stack([rows, rows + 1, rows + 2])
    np.save(tmp_path / "whole.npy", whole)
    stack = FrameStack(tmp_path / "stack.npy", 3)
    for frame in (2, 0, 1):
        stack.write(frame, whole[frame])
    stack.close()
    assert (tmp_path / "stack.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()


def test_no_rows_and_slices_are_rows_too(tmp_path):
    stack = FrameStack(tmp_path / "stack.npy", 2)
    stack.write(0, np.zeros((0, 3), np.float32))
    stack.write(1, np.zeros((4, 3), np.float32)[:0])
    assert np.load(tmp_path / "stack.npy").shape == (2, 0, 3)
    stack = FrameStack(tmp_path / "other.npy", 1)
    stack.write(0, np.arange(12).reshape(3, 4)[:, ::2])
    np.testing.assert_array_equal(np.load(tmp_path / "other.npy")[0], [[0, 2], [4, 6], [8, 10]])


def test_frames_are_written_once_each_and_alike(tmp_path):
    stack = FrameStack(tmp_path / "stack.npy", 3)
    stack.write(1, np.zeros(2, np.float32))
    for frame, rows in ((1, np.zeros(2, np.float32)), (3, np.zeros(2, np.float32)), (-1, np.zeros(2, np.float32))):
        with pytest.raises(ValueError, match="is not one of 3, or was written already"):
            stack.write(frame, rows)
    for rows in (np.zeros(3, np.float32), np.zeros(2), np.zeros((2, 1), np.float32)):
        with pytest.raises(ValueError, match="rows are"):
            stack.write(2, rows)
    with pytest.raises(ValueError, match="frame 0 was never written"):
        stack.close()


def test_a_scene_that_lacks_rows_does_not_appear(tmp_path):
    create_dataset(tmp_path / "out", "", "hash", box_world.CATEGORIES, 1)
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.camera("eye", box_world.K, np.repeat(np.eye(4)[None], 3, 0), 96, 64, 24, (0.1, 10))
        writer.rows("tracks", 0, {"state": np.zeros(5, np.uint8)}, "eye")
        with pytest.raises(ValueError, match="frame 1 was never written"):
            writer.commit({})
    assert len(Dataset(tmp_path / "out")) == 0


PEAK = """
import resource, sys
from pathlib import Path
import numpy as np
from buildee.dataset.folder import create_dataset
from buildee.dataset.writer import SceneWriter

frames, points = int(sys.argv[2]), 100_000
create_dataset(sys.argv[1], "", "hash", [{"id": 0, "name": "background", "color": [0, 0, 0]}], 1)
rng = np.random.default_rng(0)
with SceneWriter(sys.argv[1], 0) as writer:
    writer.camera("eye", np.eye(3), np.repeat(np.eye(4)[None], frames, 0), 96, 64, 24, (0.1, 10))
    for frame in range(frames):
        writer.rows("tracks", frame, {"xyz": rng.random((points, 3), np.float32)})
        xy, depth = rng.random((points, 2), np.float32), rng.random(points, np.float32)
        state, occluder = np.full(points, 1, np.uint8), np.full(points, 7, np.uint16)
        writer.rows("tracks", frame, {"xy": xy, "depth": depth, "state": state, "occluder": occluder}, "eye")
    writer.commit({})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked in POSIX's way")
def test_memory_does_not_grow_with_the_frames(tmp_path):
    """100 000 points: 2.7 MB a frame, so 90 frames more would take 240 MB if they were kept."""
    peak = {}
    for frames in (10, 100):
        out = tmp_path / str(frames)
        command = [sys.executable, "-c", PEAK, str(out), str(frames)]
        peak[frames] = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        scene = Dataset(out)[0]
        assert scene.tracks["xyz"].shape == (frames, 100_000, 3)
        assert (scene.cameras["eye"].tracks["occluder"][-1] == 7).all()
    assert peak[100] - peak[10] < 8e6
