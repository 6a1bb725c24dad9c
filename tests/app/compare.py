"""What the tests of the add-on ask of what `headless.py` wrote."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from buildee.dataset.reader import Dataset

MAPS = ("instance", "semantic", "part", "depth", "normal")


def told(folder: Path) -> dict:
    """Returns what the script told."""
    return json.loads((folder / "told.json").read_text("utf-8"))


def assert_sound(folder: Path) -> None:
    """Asserts all that holds in any Blender."""
    found = told(folder)
    for name in (
        "round_trip",
        "again",
        "another",
        "settled",
        "locked",
        "cleared",
        "own",
        "gallery",
        "preset",
        "reopened",
        "library",
        "back",
    ):
        assert found[name], name
    assert found["left"] == []
    assert found["refused"].count("\n") <= 1 and "'../mine' cannot name a file" in found["refused"]
    assert found["hidden"] == found["nothing"] == {} and found["drawn"] == ["LINES", "POINTS"]
    assert "generate again" in found["note"]
    assert found["appended"] == [True] * 3
    assert found["counts"] == {"box": 1}
    assert found["problems"] == ["Take Camera", "Use the home folder", "Select"]
    assert found["remaining"] == ["Select"] and found["selected"] == ["Light"]
    assert found["asset"] == [".buildee", "Block.blend", "Block.yaml"]
    assert {"box"} == {row.category for row in Dataset(folder / "own").scenes[0].instances.values()}
    assert agreement(folder / "frame", folder / "dataset", ahead=1) == dict.fromkeys(MAPS, 1.0)
    tracks = Dataset(folder / "dataset").scenes[0].tracks["xyz"]
    np.testing.assert_allclose(np.load(folder / "trails.npy"), tracks, atol=1e-5)


def agreement(one: Path, two: Path, ahead: int = 0) -> dict[str, float]:
    """Returns the share of equal pixels by map, in the cameras that both datasets have, `ahead` frames later in two."""
    first, second = Dataset(one).scenes[0], Dataset(two).scenes[0]
    shared = [name for name in first.cameras if name in second.cameras]
    assert shared
    shares: dict[str, list[float]] = {name: [] for name in MAPS}
    for camera in shared:
        for frame in first.cameras[camera].frames:
            other = second.cameras[camera].frames[frame.index + ahead]
            for name in MAPS:
                shares[name].append(float(np.mean(getattr(frame, name) == getattr(other, name))))
    return {name: float(np.mean(values)) for name, values in shares.items()}
