"""Pictures inside HTML: small JPEGs where Pillow is there, PNGs where it is not, as in Blender applications."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray

from buildee.dataset import png as png_file

try:
    from PIL import Image
except ImportError:
    Image = None

_WIDTH = 640
"""At most so many pixels across are shown."""

Picture = NDArray[np.uint8] | NDArray[np.uint16]


def jpeg(picture: Picture) -> str:
    """Returns a picture whose shades matter as a URL."""
    if Image is None:
        return png(picture)
    return _url("jpeg", _encoded(_bytes(picture), Image.Resampling.LANCZOS, "JPEG", quality=86, subsampling=0))


def png(picture: Picture) -> str:
    """Returns a picture whose every pixel matters as a URL."""
    if Image is None:
        return _url("png", png_file.encode(_thinned(_bytes(picture))))
    return _url("png", _encoded(_bytes(picture), Image.Resampling.NEAREST, "PNG", optimize=True))


def _bytes(picture: Picture) -> NDArray[np.uint8]:
    return (picture >> 8).astype(np.uint8) if picture.dtype == np.uint16 else picture


def _thinned(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns the pixels nearest to those of a picture that is small enough."""
    height, width = picture.shape[:2]
    if width <= _WIDTH:
        return picture
    rows = round(height * _WIDTH / width)
    down = ((np.arange(rows) + 0.5) * height / rows).astype(int)
    across = ((np.arange(_WIDTH) + 0.5) * width / _WIDTH).astype(int)
    return np.ascontiguousarray(picture[down[:, None], across])


def _encoded(picture: NDArray[np.uint8], resampling: int, kind: str, **options: object) -> bytes:
    image = Image.fromarray(picture)
    if image.width > _WIDTH:
        image = image.resize((_WIDTH, round(image.height * _WIDTH / image.width)), resampling)
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def _url(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64," + base64.b64encode(data).decode()
