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

LOOK = 0.05
"""Seconds between two looks at what is waited for."""


class Display:
    """Xvfb in a chroot, and a Blender on it that `driver.py` reports on.

    Args:
        root: of the chroot.
        folder: as seen from inside, for the driver; empty.
    """

    def __init__(self, root: Path, folder: str) -> None:
        self.root, self.folder = root, folder
        self.host = root / folder.lstrip("/")
        (self.host / "frame").mkdir(parents=True, exist_ok=True)
        told, tell = os.pipe()
        command = ["chroot", root, "Xvfb", "-displayfd", str(tell), "-fbdir", f"{folder}/frame", "-nolisten", "tcp"]
        command += ["-screen", "0", "1400x1000x24"]
        self._server = subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL)
        os.close(tell)
        with os.fdopen(told) as numbers:
            self.name = f":{int(numbers.readline())}"  # one that no other display has
        self._blender: subprocess.Popen | None = None
        self._found: dict[str, int] = {}  # how far down the sidebar a command's button was

    def start(self, command: list[str], **settings: str) -> None:
        """Starts Blender, a command from outside, and waits until the driver has told of it five times.

        Args:
            command: what to start.
            settings: environment variables that it gets besides.
        """
        environment = {**os.environ, "DISPLAY": self.name, "LIBGL_ALWAYS_SOFTWARE": "1", **settings}
        log = self.host / "blender.log"
        with log.open("w") as noise:
            self._blender = subprocess.Popen(command, env=environment, stdout=noise, stderr=subprocess.STDOUT)
        try:
            wait(lambda: self.state().get("tick", 0) > 5, "Blender's window", 180, self._blender)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{log.read_text('utf-8', 'replace')[-4000:]}") from None

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

    def click(self, command: str, right: int | None = None) -> None:
        """Moves the mouse down the sidebar until a button of this Python command is under it, and clicks that.

        Args:
            command: a part of it.
            right: pixels from the sidebar's right end to the button; None for one that reaches to the middle.
        """
        x, y, width, height = self.state()["sidebar"]
        top = self.state()["height"] - y - height
        across = x + width * 2 // 5 if right is None else x + width - right
        last = self._found.get(command, 0)
        for down in sorted(range(12, height, 10), key=lambda down: abs(down - last)):
            self.mouse("mousemove", across, top + down)
            seen = self.state()["tick"]
            wait(lambda seen=seen: self.state()["tick"] > seen + 1, "the driver", 300, self._blender)
            if command in self.state()["under"]:
                self._found[command] = down
                return self.mouse("click", 1)
        raise AssertionError(f"the sidebar shows no button for {command}")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drags with the left button, slowly enough for Blender to see the mouse on its way, most so at the start."""
        words = ["mousemove", *start, "sleep", 0.5, "mousedown", 1, "sleep", 0.3]
        way = np.linspace(0.0, 1.0, 20)[:, None] ** 3  # what is dragged has to notice before the mouse has left it
        for x, y in np.rint(start + way * np.subtract(end, start)).astype(int):
            words += ["mousemove", x, y, "sleep", 0.1]
        self.mouse(*words, "sleep", 0.5, "mouseup", 1)

    def corner(self, kind: str) -> tuple[int, int]:
        """Returns the top-left pixel of what an editor shows, one of this `ui_type`."""
        x, y, _, height = self.state()["editors"][kind]
        return x, self.state()["height"] - y - height

    def take(self, asset: str, end: tuple[int, int]) -> None:
        """Drags an asset out of the asset browser that is open, and lets it fall at a pixel."""
        self.do(f"""
shown = next(one for one in window.screen.areas if one.ui_type == "ASSETS").spaces.active.params
shown.filter_search = {asset!r}
""")
        x, y = self.corner("ASSETS")
        place = x + 55, y + 55  # the middle of the first picture

        def found() -> bool:
            self.mouse("mousemove", *place, "click", 1, "sleep", 1)
            return self.state()["asset"] == asset

        wait(found, asset, 3, self._blender)
        self.drag(place, end)

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
    """Waits until something is so, or fails. Time in which all of it stands still does not count."""
    for _ in range(round(seconds / LOOK)):
        if reached():
            return
        assert process is None or process.poll() is None, f"Blender ended while waiting for {what}"
        time.sleep(LOOK)
    raise AssertionError(f"{what} did not come within {seconds} s")
