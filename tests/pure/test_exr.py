"""buildee.dataset.exr against the OpenEXR library, both ways."""

import numpy as np
import OpenEXR
import pytest

from buildee.dataset import exr
from buildee.errors import DatasetError

CODECS = {"none": OpenEXR.NO_COMPRESSION, "zips": OpenEXR.ZIPS_COMPRESSION, "zip": OpenEXR.ZIP_COMPRESSION}


def channels(height=37, width=23, seed=1):
    rng = np.random.default_rng(seed)
    smooth = np.add.outer(np.linspace(0, 1, height), np.linspace(0, 3, width))
    return {
        "L.Combined.R": smooth.astype(np.float16),
        "L.Depth.Z": rng.normal(size=(height, width)).astype(np.float32),
        "L.Index.X": rng.integers(0, 2**32, (height, width), dtype=np.uint32),
        "L.Flat.V": np.full((height, width), 7.5, np.float32),
    }


def header(codec):
    return {"compression": CODECS[codec], "type": OpenEXR.scanlineimage}


def assert_same(got, expected):
    assert set(got) == set(expected)
    for name, values in expected.items():
        assert got[name].dtype == values.dtype
        np.testing.assert_array_equal(got[name], values)


@pytest.mark.parametrize("codec", CODECS)
def test_single_part(tmp_path, codec):
    path = str(tmp_path / "a.exr")
    OpenEXR.File(header(codec), channels()).write(path)
    assert_same(exr.read(path), channels())


@pytest.mark.parametrize("codec", CODECS)
def test_multi_part_names_channels_by_part(tmp_path, codec):
    path = str(tmp_path / "a.exr")
    first, second = channels(seed=1), {"Z": channels(seed=2)["L.Depth.Z"]}
    OpenEXR.File([OpenEXR.Part(header(codec), first, "L"), OpenEXR.Part(header(codec), second, "Other")]).write(path)
    assert_same(exr.read(path), channels(seed=1) | {"Other.Z": channels(seed=2)["L.Depth.Z"]})


def test_only_wanted_channels_are_read(tmp_path):
    path = str(tmp_path / "a.exr")
    OpenEXR.File(header("none"), channels()).write(path)
    assert set(exr.read(path, lambda name: name.endswith(".Z"))) == {"L.Depth.Z"}


@pytest.mark.parametrize("compression", ["none", "zip"])
@pytest.mark.parametrize("size", [(37, 23), (1, 1), (16, 5), (1, 40)])
def test_what_is_written_is_read_by_the_library_and_here(tmp_path, compression, size):
    path = str(tmp_path / "a.exr")
    exr.write(path, channels(*size), compression)
    assert_same(exr.read(path), channels(*size))
    with OpenEXR.File(path, separate_channels=True) as file:
        assert_same({name: channel.pixels for name, channel in file.channels().items()}, channels(*size))


def test_rows_in_any_order_are_put_in_place(tmp_path):
    path = tmp_path / "a.exr"
    exr.write(path, {"Z": channels()["L.Depth.Z"]}, "none")
    data = bytearray(path.read_bytes())
    chunk = 8 + 4 * 23
    table = len(data) - 37 * (chunk + 8)
    body = table + 37 * 8
    rows = [bytes(data[body + k * chunk : body + (k + 1) * chunk]) for k in range(37)]
    order = np.random.default_rng(0).permutation(37)
    data[body:] = b"".join(rows[k] for k in order)
    data[table:body] = (body + chunk * np.argsort(order)).astype("<u8").tobytes()
    path.write_bytes(data)
    np.testing.assert_array_equal(exr.read(path)["Z"], channels()["L.Depth.Z"])


@pytest.mark.parametrize(
    "codec, kind", [("PIZ_COMPRESSION", OpenEXR.scanlineimage), ("NO_COMPRESSION", OpenEXR.tiledimage)]
)
def test_other_kinds_are_refused(tmp_path, codec, kind):
    path = str(tmp_path / "a.exr")
    head = {"compression": getattr(OpenEXR, codec), "type": kind, "tiles": OpenEXR.TileDescription()}
    if kind == OpenEXR.scanlineimage:
        del head["tiles"]
    OpenEXR.File(head, channels()).write(path)
    with pytest.raises(DatasetError, match="not supported"):
        exr.read(path)


@pytest.mark.parametrize("compression", ["none", "zip"])
def test_a_cut_file_is_one_clear_error(tmp_path, compression):
    path = tmp_path / "a.exr"
    exr.write(path, channels(), compression)
    data = path.read_bytes()
    for length in [*range(0, 600, 7), len(data) // 2, len(data) - 1]:
        path.write_bytes(data[:length])
        with pytest.raises(DatasetError, match=r"a\.exr: not a readable EXR"):
            exr.read(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read"):
        exr.read(tmp_path / "none.exr")


def test_what_exr_cannot_hold_is_refused(tmp_path):
    with pytest.raises(ValueError, match="one size"):
        exr.write(tmp_path / "a.exr", {"R": np.zeros((2, 2), np.float32), "G": np.zeros((2, 3), np.float32)})
    with pytest.raises(ValueError, match="float64"):
        exr.write(tmp_path / "a.exr", {"R": np.zeros((2, 2))})
