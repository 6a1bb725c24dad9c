"""Pictures in a folder of the user's: which of them make up a texture, which are skies, and how large they are."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from buildee.errors import AssetError

READ = (".png", ".jpg", ".jpeg", ".exr", ".hdr")
"""Endings of pictures that can be textures or skies."""

WORDS = {
    "color": ("basecolor", "base_color", "albedo", "diffuse", "colour", "color", "diff", "col"),
    "roughness": ("roughness", "rough"),
    "metallic": ("metallic", "metalness", "metal"),
    "normal": ("normalgl", "normal_gl", "nor_gl", "normal", "nor"),
    "height": ("displacement", "height", "disp"),
    "unused": (
        "normaldx",
        "normal_dx",
        "nor_dx",
        "ambientocclusion",
        "ao",
        "arm",
        "opacity",
        "mask",
        "specular",
        "spec",
    ),
}
"""What maps are called at the end of their files' names, as ambientCG and Poly Haven do among others."""

MOST_PIXELS = 2**27
"""Of a picture: 16 384 by 8 192."""

_MAP_OF = {word: name for name, words in WORDS.items() for word in words}
_NAMED = re.compile(rf"(.+?)[ _-]+({'|'.join(sorted(_MAP_OF, key=len, reverse=True))})(?:[ _-]+\d+k)?", re.IGNORECASE)
_RESOLUTION = re.compile(r"[ _-]+\d+k([ _-]+(png|jpg|exr))?$", re.IGNORECASE)


@dataclass(eq=False)
class PictureSet:
    """Pictures that belong together.

    Attributes:
        name: what their files' names have in common.
        maps: file by what it is of: a key of `WORDS` but "unused", or "panorama" alone.
        twice: files for which another one was already there.
    """

    name: str
    maps: dict[str, Path] = field(default_factory=dict)
    twice: list[Path] = field(default_factory=list)

    @property
    def leading(self) -> Path:
        """The file that stands for the set in messages."""
        return self.maps.get("panorama") or self.maps.get("color") or next(iter(self.maps.values()))

    @property
    def panorama(self) -> bool:
        """Whether it is a sky."""
        return "panorama" in self.maps


def picture_sets(paths: Iterable[Path]) -> list[PictureSet]:
    """Returns the textures and skies among the pictures of a folder; previews and maps that nothing uses are left."""
    sets: dict[str, PictureSet] = {}
    plain = []
    for path in sorted(paths):
        found = None if path.suffix.lower() == ".hdr" else _NAMED.fullmatch(path.stem)
        if found is None:
            plain.append(path)
            continue
        name, kind = _RESOLUTION.sub("", found[1]), _MAP_OF[found[2].lower()]
        if kind == "unused":
            continue
        one = sets.setdefault(name.lower(), PictureSet(name))
        if kind in one.maps:
            one.twice.append(path)
        one.maps.setdefault(kind, path)
    for path in plain:
        if is_panorama(path):
            sets[f"{path.stem.lower()} sky"] = PictureSet(path.stem, {"panorama": path})
        else:
            name = _RESOLUTION.sub("", path.stem)
            sets.setdefault(name.lower(), PictureSet(name)).maps.setdefault("color", path)
    return list(sets.values())


def is_panorama(path: Path) -> bool:
    """Returns whether a picture that is called after no map is a sky: light without limits, twice as wide as high."""
    if path.suffix.lower() != ".exr":
        return path.suffix.lower() == ".hdr"
    try:
        width, height = pixels(path)
    except AssetError:  # `problems_of` tells
        return False
    return width == 2 * height


def problems_of(pictures: PictureSet) -> list[str]:
    """Returns what is wrong with a set as far as names and heads of files tell."""
    found = [f"{path}: another picture here is the same map of '{pictures.name}'; keep one" for path in pictures.twice]
    if not {"color", "panorama"} & pictures.maps.keys():
        (kind, path), *_ = pictures.maps.items()
        found.append(
            f"{path}: is taken for the {kind} map of '{pictures.name}', of which there is no {pictures.name}_color"
        )
    for kind, path in pictures.maps.items():
        try:
            width, height = pixels(path)
        except AssetError as error:
            found.append(str(error))
            continue
        if kind == "panorama" and width != 2 * height:
            found.append(f"{path}: is {width} x {height} pixels; a panorama is twice as wide as high")
    return found


def pixels(path: Path) -> tuple[int, int]:
    """Returns the width and height of a picture from its head, without unpacking what may be a bomb.

    Raises:
        AssetError: it is no picture of the kind that its name says, or has more than `MOST_PIXELS`.
    """
    try:
        with path.open("rb") as file:
            size = _READERS.get(path.suffix.lower(), _jpeg)(file)
    except (OSError, ValueError, struct.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "is damaged, or no such picture"
        raise AssetError(f"{path}: cannot be read as {path.suffix.lower()[1:]} ({reason})") from error
    if reason := too_large(*size):
        raise AssetError(f"{path}: {reason}")
    return size


def too_large(width: int, height: int) -> str | None:
    """Returns why a picture of some size is not taken, or None."""
    if width >= 1 and height >= 1 and width * height <= MOST_PIXELS:
        return None
    return f"is {width} x {height} pixels; at most {MOST_PIXELS / 1e6:.0f} million are taken"


def packed_pixels(data: bytes) -> tuple[int, int] | None:
    """Returns the width and height of a picture that is packed into a model's file; None for a kind unknown.

    Raises:
        ValueError, struct.error: it is damaged.
    """
    reader = next((reader for magic, reader in _MAGIC.items() if data.startswith(magic)), None)
    return reader(BytesIO(data)) if reader else None


def _png(file: BinaryIO) -> tuple[int, int]:
    head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n" or head[12:16] != b"IHDR":
        raise ValueError
    return struct.unpack(">II", head[16:24])


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    """Walks the segments up to the frame's."""
    if file.read(2) != b"\xff\xd8":
        raise ValueError
    while True:
        mark, kind, length = struct.unpack(">BBH", file.read(4))
        if mark != 0xFF or length < 2:
            raise ValueError
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)


def _exr(file: BinaryIO) -> tuple[int, int]:
    """Looks for the attribute `dataWindow` in the head."""
    head = file.read(1 << 16)
    at = head.find(b"dataWindow\0box2i\0")
    if head[:4] != b"\x76\x2f\x31\x01" or at < 0:
        raise ValueError
    left, top, right, bottom = struct.unpack_from("<4i", head, at + 21)
    return right - left + 1, bottom - top + 1


def _hdr(file: BinaryIO) -> tuple[int, int]:
    """Reads the line that comes after the empty one."""
    head = file.read(1 << 16)
    found = re.search(rb"\n\n-Y (\d{1,9}) \+X (\d{1,9})\n", head)
    if head[:2] != b"#?" or found is None:
        raise ValueError
    return int(found[2]), int(found[1])


def _webp(file: BinaryIO) -> tuple[int, int]:
    """Reads the first chunk, of one of the three kinds of RFC 9649."""
    head = file.read(30)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        raise ValueError
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


_READERS = {".png": _png, ".exr": _exr, ".hdr": _hdr}

_MAGIC = {b"\x89PNG": _png, b"\xff\xd8": _jpeg, b"\x76\x2f\x31\x01": _exr, b"#?": _hdr, b"RIFF": _webp}
