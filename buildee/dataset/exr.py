"""OpenEXR scanline images: the reader for what Cycles writes, and a writer of a few channels.

Applications of Blender bring no reader of multilayer EXR. Follows "OpenEXR File Layout" (openexr.com): scanline parts,
single or several in a file, half, float and uint channels at full resolution, uncompressed or ZIP/ZIPS. Uncompressed
files, which rendering asks for, are gathered straight from a memory map.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.errors import DatasetError

_MAGIC = 20000630
_TILED, _DEEP, _MULTIPART = 0x200, 0x800, 0x1000
_TYPES = (np.dtype("<u4"), np.dtype("<f2"), np.dtype("<f4"))
_CODES = {np.dtype(np.uint32): 0, np.dtype(np.float16): 1, np.dtype(np.float32): 2}
_UNCOMPRESSED, _ZIPS, _ZIP = 0, 2, 3
_LINES = {_UNCOMPRESSED: 1, _ZIPS: 1, _ZIP: 16}
"""Rows a chunk, by compression code."""


@dataclass(frozen=True)
class _Part:
    """One part of a file: where its rows lie and which channels a row holds, one after the other."""

    name: str
    channels: tuple[tuple[str, np.dtype], ...]
    width: int
    height: int
    top: int
    compression: int
    chunks: int

    @property
    def row(self) -> np.dtype:
        """A row of pixels: each channel's samples side by side."""
        return np.dtype([(name, kind, (self.width,)) for name, kind in self.channels])


def read(path: str | Path, wanted: Callable[[str], bool] | None = None) -> dict[str, NDArray]:
    """Reads the channels of a scanline EXR.

    Args:
        path: the file.
        wanted: says by channel name which channels to read; all when None. Others cost nothing when uncompressed.

    Returns:
        Channel name -> (H, W) float16, float32 or uint32 array, over the data window. In a file of several parts the
        name is `part.channel`, unless the channel's own name begins with its part's, so that
        `ViewLayer.Depth.Z` is called the same in single- and multi-part files of Blender.

    Raises:
        DatasetError: when the file is missing, damaged, or of a kind not read here (tiled, deep, other compression).
    """
    try:
        data = np.memmap(path, np.uint8, "r")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise DatasetError(f"{path}: not a readable EXR (the file is empty)") from error
    try:
        return _decode(data, wanted or (lambda name: True))
    except (ValueError, IndexError, KeyError, struct.error, zlib.error) as error:
        raise DatasetError(f"{path}: not a readable EXR ({error})") from error


def _decode(data: NDArray[np.uint8], wanted: Callable[[str], bool]) -> dict[str, NDArray]:
    magic, version = struct.unpack_from("<II", data)
    if magic != _MAGIC:
        raise ValueError("the signature is not OpenEXR's")
    multipart = bool(version & _MULTIPART)
    if version & (_TILED | _DEEP):
        raise ValueError("tiled and deep images are not supported")
    parts, position = _headers(data, 8, multipart)
    images: dict[str, NDArray] = {}
    for part in parts:
        offsets = np.frombuffer(data, "<u8", part.chunks, position).astype(np.int64)
        position += 8 * part.chunks
        names = {name: _full_name(part.name, name) for name, _ in part.channels}
        chosen = {name: full for name, full in names.items() if wanted(full)}
        if not chosen:
            continue
        rows = _rows(data, part, offsets, 4 if multipart else 0)
        images |= {full: np.ascontiguousarray(rows[name]) for name, full in chosen.items()}
    return images


def _full_name(part: str, channel: str) -> str:
    return channel if not part or channel.startswith(part + ".") else f"{part}.{channel}"


def _headers(data: NDArray[np.uint8], position: int, multipart: bool) -> tuple[list[_Part], int]:
    """Returns the parts and the position of the first chunk table."""
    parts = []
    while True:
        attributes: dict[str, bytes] = {}
        while name := (text := _text(data, position)):
            position += len(text) + 1
            position += len(_text(data, position)) + 1
            (size,) = struct.unpack_from("<I", data, position)
            attributes[name.decode()] = data[position + 4 : position + 4 + size].tobytes()
            position += 4 + size
        position += 1
        if not attributes:
            return parts, position
        parts.append(_part(attributes))
        if not multipart:
            return parts, position


def _text(data: NDArray[np.uint8], position: int) -> bytes:
    window = data[position : position + 256].tobytes()
    return window[: window.index(b"\0")]


def _part(attributes: Mapping[str, bytes]) -> _Part:
    left, top, right, bottom = struct.unpack("<4i", attributes["dataWindow"])
    compression = attributes["compression"][0]
    if compression not in _LINES:
        raise ValueError(f"compression {compression} is not supported; write it uncompressed or as ZIP")
    height = bottom - top + 1
    chunks = -(-height // _LINES[compression])
    # A multi-part file's name; Blender names its views "", never None.
    name = attributes.get("name", b"").decode()
    return _Part(name, _channels(attributes["channels"]), right - left + 1, height, top, compression, chunks)


def _channels(raw: bytes) -> tuple[tuple[str, np.dtype], ...]:
    channels, position = [], 0
    while raw[position]:
        end = raw.index(b"\0", position)
        kind, _, x_step, y_step = struct.unpack_from("<iB3xii", raw, end + 1)
        if (x_step, y_step) != (1, 1):
            raise ValueError("subsampled channels are not supported")
        channels.append((raw[position:end].decode(), _TYPES[kind]))
        position = end + 17
    return tuple(channels)


def _rows(data: NDArray[np.uint8], part: _Part, offsets: NDArray[np.int64], prefix: int) -> NDArray:
    """Returns (H,) rows of `part.row`; a view of the file when its chunks are uncompressed and evenly spaced."""
    head = prefix + 8
    row = part.row
    if offsets.min(initial=0) < 0 or offsets.max(initial=0) + head > data.size:
        raise ValueError("a chunk lies outside the file")
    if part.compression != _UNCOMPRESSED:
        return _inflated(data, part, offsets, prefix)
    if offsets.max() + head + row.itemsize > data.size:
        raise ValueError("the last rows are missing")
    steps = np.diff(offsets)
    if steps.size and (steps == steps[0]).all() and steps[0] > 0:
        return np.ndarray((part.height,), row, data, int(offsets[0]) + head, (int(steps[0]),))
    rows = np.empty(part.height, row)
    for line, offset in enumerate(offsets):
        rows[line] = np.ndarray((), row, data, int(offset) + head)
    return rows


def _inflated(data: NDArray[np.uint8], part: _Part, offsets: NDArray[np.int64], prefix: int) -> NDArray:
    """Undoes ZIP: inflate, sum up the differences, and weave the even and odd bytes together again."""
    rows = np.empty(part.height, part.row)
    lines = _LINES[part.compression]
    for chunk, offset in enumerate(offsets):
        (size,) = struct.unpack_from("<I", data, int(offset) + prefix + 4)
        packed = data[int(offset) + prefix + 8 :][:size]
        block = rows[chunk * lines : (chunk + 1) * lines].view(np.uint8)
        if size == block.size:
            block[:] = packed
            continue
        raw = np.frombuffer(zlib.decompress(packed), np.uint8)
        if raw.size != block.size:
            raise ValueError("a chunk does not fill its rows")
        # Each byte is stored as its difference to the one before, plus 128.
        summed = np.add.accumulate(
            raw - np.concatenate([[0], np.full(raw.size - 1, 128)]).astype(np.uint8), dtype=np.uint8
        )
        half = (raw.size + 1) // 2
        block[0::2], block[1::2] = summed[:half], summed[half:]
    return rows


def write(path: str | Path, channels: Mapping[str, NDArray], compression: Literal["none", "zip"] = "zip") -> None:
    """Writes a single-part scanline EXR; equal arrays give equal bytes.

    Args:
        path: the file; its folder exists.
        channels: name -> (H, W) float16, float32 or uint32, all of one size. `R`, `G`, `B` make a colour image.
        compression: "zip" (lossless) or "none".

    Raises:
        ValueError: for other shapes or types.
    """
    names = sorted(channels)
    shapes = {channels[name].shape for name in names}
    if len(shapes) != 1 or len(shape := shapes.pop()) != 2 or 0 in shape:
        raise ValueError("an EXR holds one or more (H, W) channels of one size")
    if unknown := [name for name in names if channels[name].dtype not in _CODES]:
        raise ValueError(f"channel {unknown[0]} is {channels[unknown[0]].dtype}, not float16, float32 or uint32")
    height, width = shape
    rows = np.empty(height, [(name, channels[name].dtype.newbyteorder("<"), (width,)) for name in names])
    for name in names:
        rows[name] = channels[name]
    code = _ZIP if compression == "zip" else _UNCOMPRESSED
    lines = _LINES[code]
    blocks = [_block(rows[top : top + lines], code) for top in range(0, height, lines)]
    header = _header([(name, channels[name].dtype) for name in names], width, height, code)
    sizes = [8 + len(block) for block in blocks]
    first = len(header) + 8 * len(blocks)
    table = (first + np.cumsum([0, *sizes[:-1]])).astype("<u8").tobytes()
    with Path(path).open("wb") as file:
        file.write(header + table)
        for index, block in enumerate(blocks):
            file.write(struct.pack("<iI", index * lines, len(block)) + block)


def _block(rows: NDArray, code: int) -> bytes:
    raw = rows.view(np.uint8)
    if code == _UNCOMPRESSED:
        return raw.tobytes()
    woven = np.concatenate([raw[0::2], raw[1::2]])
    woven[1:] = woven[1:] - woven[:-1] + np.uint8(128)
    packed = zlib.compress(woven, 4)
    # The format stores a chunk as it is when deflating does not make it smaller.
    return packed if len(packed) < raw.size else raw.tobytes()


def _header(channels: list[tuple[str, np.dtype]], width: int, height: int, code: int) -> bytes:
    listed = b"".join(name.encode() + struct.pack("<xiB3xii", _CODES[kind], 0, 1, 1) for name, kind in channels)
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    attributes = (
        ("channels", "chlist", listed + b"\0"),
        ("compression", "compression", bytes([code])),
        ("dataWindow", "box2i", window),
        ("displayWindow", "box2i", window),
        ("lineOrder", "lineOrder", b"\0"),
        ("pixelAspectRatio", "float", struct.pack("<f", 1)),
        ("screenWindowCenter", "v2f", struct.pack("<2f", 0, 0)),
        ("screenWindowWidth", "float", struct.pack("<f", 1)),
    )
    # Bit 0x400 allows names of up to 255 bytes.
    flags = 0x400 if any(len(name) > 31 for name, _ in channels) else 0
    body = b"".join(
        f"{name}\0{kind}\0".encode() + struct.pack("<I", len(value)) + value for name, kind, value in attributes
    )
    return struct.pack("<II", _MAGIC, 2 | flags) + body + b"\0"
