"""One canonical form of a layout: what is hashed, and what layout.json tells people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any

import numpy as np

from buildee.layout.mesh import Mesh
from buildee.layout.scene import Layout

DECIMALS = 6
"""Layouts count as equal when they agree to this many decimals (a micrometre), which absorbs the
last-bit differences of sin, exp and matmul between numpy builds and processors."""


def layout_hash(layout: Layout) -> str:
    """Returns the hash of everything in a layout: 32 hexadecimal digits, the same on every machine."""
    digest = hashlib.blake2b(digest_size=16)
    _feed(digest, layout)
    return digest.hexdigest()


def _feed(digest: hashlib.blake2b, value: object) -> None:
    """Feeds a value and its type into a digest, so that no two different layouts share a stream."""
    if is_dataclass(value):
        digest.update(f"({type(value).__name__}".encode())
        for item in _told(value):
            if item.metadata.get("silent_default") and getattr(value, item.name) is None:
                continue
            digest.update(f".{item.name}=".encode())
            _feed(digest, getattr(value, item.name))
        digest.update(b")")
    elif isinstance(value, np.ndarray):
        digest.update(f"<{value.shape}".encode())
        digest.update(rounded(value).tobytes())
    elif isinstance(value, Mapping):
        for key in sorted(value):
            digest.update(f"{key!r}:".encode())
            _feed(digest, value[key])
    elif isinstance(value, (tuple, list)):
        digest.update(f"[{len(value)}".encode())
        for item in value:
            _feed(digest, item)
    elif isinstance(value, (float, np.floating)):
        digest.update(rounded(np.array([value])).tobytes())
    elif isinstance(value, (str, int, bool, np.integer, type(None))):
        digest.update(f"{value!r};".encode())
    else:
        raise TypeError(f"a layout cannot hold a {type(value).__name__}")


def _told(value: Any) -> list[Field]:
    """Returns the fields of a dataclass that say something of the scene."""
    return [item for item in fields(value) if not item.metadata.get("unhashed")]


def rounded(values: np.ndarray) -> np.ndarray:
    """Returns integers that are equal where values agree to `DECIMALS`; infinities keep their sign."""
    if values.dtype.kind in "bui":
        return values.astype(np.int64)
    scaled = np.asarray(values, np.float64) * 10.0**DECIMALS
    np.clip(scaled, -(2.0**62), 2.0**62, out=scaled)
    return np.rint(scaled, out=scaled).astype(np.int64)


def layout_json(layout: Layout) -> dict[str, object]:
    """Returns a layout as plain JSON values.

    Meshes and scatter poses are told by their counts, bounds and digest: the recipe and the seed
    bring the numbers back, and a file of a hundred megabytes would help nobody.
    """
    plain = {
        item.name: _plain(getattr(layout, item.name))
        for item in fields(layout)
        if item.name not in ("shapes", "scatters")
    }
    plain["hash"] = layout_hash(layout)
    plain["shapes"] = {key: _plain(shape) for key, shape in layout.shapes.items()}
    plain["scatters"] = [
        {
            "name": scatter.name,
            "category": scatter.category,
            "shape": scatter.shape,
            "countable": scatter.countable,
            "materials": _plain(scatter.materials),
            "count": len(scatter.poses),
            "bounds": _plain(np.stack([scatter.poses[:, :3, 3].min(0), scatter.poses[:, :3, 3].max(0)]))
            if len(scatter.poses)
            else None,
        }
        for scatter in layout.scatters
    ]
    return plain


def _plain(value: object) -> object:
    """Returns JSON values: arrays as rounded lists, infinities as null."""
    if isinstance(value, Mesh):
        digest = hashlib.blake2b(digest_size=16)
        _feed(digest, value)
        return {
            "vertices": len(value.vertices),
            "triangles": value.triangle_count,
            "bounds": _plain(value.bounds),
            "digest": digest.hexdigest(),
        }
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in _told(value)}
    if isinstance(value, np.ndarray):
        return _plain(np.round(value, DECIMALS).tolist())
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return round(float(value), DECIMALS) if np.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value
