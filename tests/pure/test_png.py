"""buildee.dataset.png against Pillow, and all five filters against the specification."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from buildee.dataset import png
from buildee.errors import DatasetError

SHAPES = [(7, 5), (7, 5, 2), (7, 5, 3), (7, 5, 4), (1, 1), (1, 300, 3), (200, 1)]


def image(shape, dtype, seed=3):
    return np.random.default_rng(seed).integers(0, np.iinfo(dtype).max, shape, dtype=dtype, endpoint=True)


def filtered_png(pixels, filters):
    """A PNG of (H, W, C) pixels whose rows use the given filters, byte by byte as the specification says."""
    bits = 8 * pixels.dtype.itemsize
    height, width, channels = pixels.shape
    step = channels * bits // 8
    rows = [line.astype(">u2" if bits == 16 else np.uint8).tobytes() for line in pixels]
    out, above = b"", bytes(len(rows[0]))
    for line, code in zip(rows, filters, strict=True):
        out += bytes([code])
        for i, value in enumerate(line):
            a = line[i - step] if i >= step else 0
            b, c = above[i], above[i - step] if i >= step else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            out += bytes([(value - (0, a, b, (a + b) // 2, nearest)[code]) % 256])
        above = line
    header = struct.pack(">IIBBBBB", width, height, bits, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    chunks = [(b"IHDR", header), (b"tEXt", b"a\0b"), (b"IDAT", zlib.compress(out)), (b"IEND", b"")]
    body = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_written_is_read(tmp_path, shape, dtype):
    pixels = image(shape, dtype)
    png.write(tmp_path / "a.png", pixels)
    back = png.read(tmp_path / "a.png")
    assert back.dtype == dtype
    np.testing.assert_array_equal(back, pixels)


@pytest.mark.parametrize("shape, dtype", [(s, np.uint8) for s in SHAPES] + [((40, 30), np.uint16)])
def test_pillow_reads_the_same(tmp_path, shape, dtype):
    pixels = image(shape, dtype)
    png.write(tmp_path / "a.png", pixels)
    with Image.open(tmp_path / "a.png") as opened:
        np.testing.assert_array_equal(np.asarray(opened), pixels)


@pytest.mark.parametrize("mode, channels", [("L", 1), ("LA", 2), ("RGB", 3), ("RGBA", 4)])
def test_what_pillow_writes_is_read(tmp_path, mode, channels):
    ramp = np.add.outer(np.arange(60), 3 * np.arange(50)).astype(np.uint8)
    pixels = np.stack([ramp + 31 * k for k in range(channels)], -1)
    pixels = pixels[..., 0] if channels == 1 else pixels
    Image.fromarray(pixels, mode).save(tmp_path / "a.png", optimize=True)
    np.testing.assert_array_equal(png.read(tmp_path / "a.png"), pixels)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "filters", [[k] * 9 for k in range(5)] + [[4, 0, 3, 1, 2, 2, 1, 3, 4], [2, 1, 0, 1, 2, 0, 2, 2, 1]]
)
def test_every_filter(tmp_path, dtype, channels, filters):
    pixels = image((9, 6, channels), dtype)
    (tmp_path / "a.png").write_bytes(filtered_png(pixels, filters))
    np.testing.assert_array_equal(png.read(tmp_path / "a.png").reshape(pixels.shape), pixels)


def test_bytes_are_reproducible():
    assert png.encode(image((50, 40), np.uint16)) == png.encode(image((50, 40), np.uint16))


@pytest.mark.parametrize(
    "pixels", [np.zeros((4, 4), np.float32), np.zeros((4, 4, 5), np.uint8), np.zeros((0, 4), np.uint8)]
)
def test_what_png_cannot_hold_is_refused(pixels):
    with pytest.raises(ValueError, match="a PNG holds"):
        png.encode(pixels)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"GIF89a" + data,
        lambda data: data.replace(b"IHDR", b"JHDR"),
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    ],
)
def test_a_damaged_file_is_one_clear_error(tmp_path, damage):
    path = tmp_path / "a.png"
    path.write_bytes(damage(png.encode(image((30, 30), np.uint8))))
    with pytest.raises(DatasetError, match=r"a\.png: not a readable PNG"):
        png.read(path)


def test_a_missing_file_and_a_palette_are_refused(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read"):
        png.read(tmp_path / "none.png")
    Image.fromarray(image((4, 4), np.uint8)).convert("P").save(tmp_path / "p.png")
    with pytest.raises(DatasetError, match="colour type 3"):
        png.read(tmp_path / "p.png")


def test_what_a_renderer_notes_beside_the_pixels_is_taken_out(tmp_path):
    image = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    plain = png.encode(image)
    text = b"Date\x002026/11/23"
    note = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    path = tmp_path / "noted.png"
    path.write_bytes(plain[:33] + note + plain[33:])  # behind the signature and IHDR
    png.keep_pixels(path)
    assert path.read_bytes() == plain
