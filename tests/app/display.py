"""A display without a screen, for an application in a chroot: pictures of it, and a real mouse."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import time
from pathlib import Path

import numpy as np

from buildee.dataset import png


class Display:
    """Xvfb in a chroot, and a Blender on it that `driver.py` reports on.

    Args:
        root: of the chroot.
        folder: as seen from inside, for the driver; empty.
        number: of the display; None takes one of this process's own, because chroots share their sockets.
    """

    def __init__(self, root: Path, folder: str, number: int | None = None) -> None:
        self.root, self.folder, self.name = root, folder, f":{number or 100 + os.getpid() % 900}"
        self.host = root / folder.lstrip("/")
        (self.host / "frame").mkdir(parents=True, exist_ok=True)
        screen = ["-screen", "0", "1400x1000x24", "-fbdir", f"{folder}/frame", "-nolisten", "tcp"]
        self._server = subprocess.Popen(["chroot", root, "Xvfb", self.name, *screen], stderr=subprocess.DEVNULL)
        self._blender: subprocess.Popen | None = None

    def start(self, command: list[str]) -> None:
        """Starts Blender, a command from outside, and waits until the driver has told of it five times."""
        environment = {**os.environ, "DISPLAY": self.name, "LIBGL_ALWAYS_SOFTWARE": "1"}
        wait(lambda: (self.root / "tmp/.X11-unix" / f"X{self.name[1:]}").exists(), "the display")
        log = (self.host / "blender.log").open("w")
        self._blender = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        wait(lambda: self.state().get("tick", 0) > 5, "Blender's window", 180, self._blender)

    def stop(self) -> None:
        """Ends Blender and the display."""
        for process in (self._blender, self._server):
            if process is not None:
                process.terminate()
                process.wait()

    def state(self) -> dict:
        """Returns what the driver told last."""
        try:
            return json.loads((self.host / "state.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}

    def do(self, text: str) -> None:
        """Runs Python inside Blender; `bpy`, `window`, `area` and `sidebar` are there."""
        done = self.state().get("did", 0)
        (self.host / "do.partial").write_text(text, "utf-8")
        (self.host / "do.partial").rename(self.host / "do.py")
        wait(lambda: self.state().get("did", 0) > done, "the driver", 120, self._blender)
        if self.state().get("error"):
            raise AssertionError(self.state()["error"])

    def mouse(self, *words: object) -> None:
        """Runs xdotool, whose pixels count from the top-left corner."""
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["chroot", self.root, "xdotool", *map(str, words)], check=True, env=environment)

    def click(self, command: str) -> None:
        """Moves the mouse down the sidebar until a button of this Python command is under it, and clicks that."""
        x, y, width, height = self.state()["sidebar"]
        top = self.state()["height"] - y - height
        for down in range(12, height, 10):
            self.mouse("mousemove", x + width * 2 // 5, top + down)
            seen = self.state()["tick"]
            wait(lambda seen=seen: self.state()["tick"] > seen + 1, "the driver", 60, self._blender)
            if command in self.state()["under"]:
                return self.mouse("click", 1)
        raise AssertionError(f"the sidebar shows no button for {command}")

    def picture(self) -> np.ndarray:
        """Returns (H, W, 3) uint8 of what the display shows."""
        data = (self.host / "frame" / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", data[:100])  # see X11/XWDFile.h
        size, width, height, row, colors = head[0], head[4], head[5], head[12], head[19]
        pixels = np.frombuffer(data, np.uint8, row * height, size + 12 * colors).reshape(height, row)
        return pixels[:, : 4 * width].reshape(height, width, 4)[..., 2::-1].copy()

    def save(self, path: Path) -> None:
        """Writes a picture of the display."""
        png.write(path, self.picture())


def wait(reached, what: str, seconds: float = 30, process: subprocess.Popen | None = None) -> None:
    """Waits until something is so, or fails."""
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, f"{what} did not come within {seconds} s"
        assert process is None or process.poll() is None, f"Blender ended while waiting for {what}"
        time.sleep(0.05)
