"""One canonical form of a layout: what is hashed, and what layout.json tells people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np

from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Layout, Proxy

DECIMALS = 6
"""Layouts count as equal when they agree to this many decimals (a micrometre), which absorbs the
last-bit differences of sin, exp and matmul between numpy builds and processors."""


LARGEST = 2.0**62
"""Largest size of a scaled number; what exceeds it, such as an infinity, counts as this."""


def layout_hash(layout: Layout) -> str:
    """Returns the hash of everything in a layout: 32 hexadecimal digits, the same on every machine."""
    return _digest(layout)


def _digest(value: object) -> str:
    digest = hashlib.blake2b(digest_size=16)
    _feed(digest.update, value, {})
    return digest.hexdigest()


def _feed(update: Callable[[bytes], object], value: object, known: dict[int, bytes]) -> None:
    """Feeds a value and its type into a digest, so that no two different layouts share a stream.

    Args:
        update: takes bytes of the stream.
        value: what is fed.
        known: what was fed for a material or proxy, by `id`: a scene shows each many times.
    """
    match value:
        case float() | np.floating():
            update(round(min(LARGEST, max(-LARGEST, float(value) * 10.0**DECIMALS))).to_bytes(8, "little", signed=True))
        case str() | int() | None:
            update(f"{value!r};".encode())
        case np.integer():
            update(f"{int(value)!r};".encode())
        case np.ndarray():
            update(f"<{value.shape}".encode())
            update(rounded(value).tobytes())
        case tuple() | list():
            update(f"[{len(value)}".encode())
            for item in value:
                _feed(update, item, known)
        case Mapping():
            for key in sorted(value):
                update(f"{key!r}:".encode())
                _feed(update, value[key], known)
        case Material() | Proxy():
            if id(value) not in known:
                pieces: list[bytes] = []
                _feed_fields(pieces.append, value, known)
                known[id(value)] = b"".join(pieces)
            update(known[id(value)])
        case _ if is_dataclass(value):
            _feed_fields(update, value, known)
        case _:
            raise TypeError(f"a layout cannot hold a {type(value).__name__}")


def _feed_fields(update: Callable[[bytes], object], value: object, known: dict[int, bytes]) -> None:
    """Feeds a dataclass."""
    update(f"({type(value).__name__}".encode())
    for name, silent in _told(type(value)):
        item = getattr(value, name)
        if item is None and silent:
            continue
        update(f".{name}=".encode())
        _feed(update, item, known)
    update(b")")


@cache
def _told(kind: type) -> tuple[tuple[str, bool], ...]:
    """Returns the fields of a dataclass that say something of the scene, and whether each is silent while None."""
    return tuple(
        (item.name, item.metadata.get("silent_default", False))
        for item in fields(kind)
        if not item.metadata.get("unhashed")
    )


def rounded(values: np.ndarray) -> np.ndarray:
    """Returns integers that are equal where values agree to `DECIMALS`; infinities keep their sign."""
    if values.dtype.kind in "bui":
        return values.astype(np.int64)
    scaled = np.asarray(values, np.float64) * 10.0**DECIMALS
    np.minimum(np.maximum(scaled, -LARGEST, out=scaled), LARGEST, out=scaled)
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
        return {
            "vertices": len(value.vertices),
            "triangles": value.triangle_count,
            "bounds": _plain(value.bounds),
            "digest": _digest(value),
        }
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name, _ in _told(type(value))}
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
