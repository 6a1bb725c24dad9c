"""The file of the asset catalog: YAML 1.2 whose assets are JSON, which Python reads twenty times as fast."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AssetError
from buildee.layout.catalog_entry import CatalogPart, Entry
from buildee.layout.material import Material
from buildee.layout.resting import STANDING, Place
from buildee.layout.scene import Joint, Loop, Pose, Proxy

_HEAD = re.compile(r"(?:#.*\n)*assets:\n(?=  \S)")
"""What comes before the first asset."""

_ASSET = re.compile(r"^  (\S[^:\n]*):\n((?:    .*\n|\n)+)", re.MULTILINE)
"""The id of an asset and the lines of its fields, as `catalog_text` writes them."""


def catalog_text(note: str, assets: Mapping[str, Mapping[str, Any]]) -> str:
    """Returns the text of a catalog.

    Args:
        note: a comment at its top.
        assets: fields by id, plain finite values.
    """
    blocks = (f"  {id}:\n{_asset_text(assets[id])}" for id in sorted(assets))
    return f"# {note}\nassets:\n{''.join(blocks)}"


def _asset_text(fields: Mapping[str, Any]) -> str:
    """Returns an asset's fields as JSON, a line for each field, slot and part."""
    lines = ",\n".join(f"      {_json(name)}: {_rows(value)}" for name, value in fields.items())
    return f"    {{\n{lines}\n    }}\n"


def _rows(value: Any) -> str:
    """Returns a field as JSON; of one that holds mappings, each has a line."""
    match value:
        case dict() if value and all(isinstance(row, dict) for row in value.values()):
            first, last, rows = "{", "}", [f"{_json(name)}: {_json(row)}" for name, row in value.items()]
        case list() if value and all(isinstance(row, dict) for row in value):
            first, last, rows = "[", "]", [_json(row) for row in value]
        case _:
            return _json(value)
    return f"{first}\n        " + ",\n        ".join(rows) + f"\n      {last}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def raw_fields(path: Path) -> dict[str, Any]:
    """Returns the fields of every asset of a catalog by id, as they are in the file.

    Raises:
        AssetError: the file is missing or damaged.
    """
    try:
        return {id: json.loads(text) for id, text in _blocks(path).items()}
    except ValueError as error:
        raise _damaged(path, str(error)) from error


class CatalogFile(Mapping[str, Entry]):
    """The assets of a catalog by id, each parsed when it is first asked for.

    Args:
        path: the file.

    Raises:
        AssetError: the file is missing or damaged; when an asset is asked for, also if its fields are.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts = _blocks(path)
        self._entries: dict[str, Entry] = {}

    def __getitem__(self, id: str) -> Entry:
        if id not in self._entries:
            self._entries[id] = self._parsed(id)
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def _parsed(self, id: str) -> Entry:
        try:
            return _entry(id, json.loads(self._texts[id]), self._path.parent)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _damaged(self._path, f"asset '{id}': {error}") from error


def _blocks(path: Path) -> dict[str, str]:
    """Returns the text of every asset's fields by id."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise AssetError(f"{path}: {error.strerror}; bake the assets (blend_assets/README.md)") from error
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    head = _HEAD.match(text)
    at, blocks = head.end() if head else 0, {}
    while head and (found := _ASSET.match(text, at)):
        blocks[found[1]], at = found[2], found.end()
    if not blocks or at < len(text):
        raise _damaged(path, f"line {text.count(chr(10), 0, at) + 1} is not where an asset begins")
    return blocks


def _damaged(path: Path, reason: str) -> AssetError:
    return AssetError(f"{path}: damaged ({reason}); bake the assets again (blend_assets/README.md)")


def _entry(id: str, fields: Mapping, base: Path) -> Entry:
    return Entry(
        id=id,
        title=fields["title"],
        category=fields["category"],
        library=base / fields["library"],
        size=np.array(fields["size"], np.float64),
        slots={name: Material(**{**slot, "color": tuple(slot["color"])}) for name, slot in fields["slots"].items()},
        parts=tuple(_part(part) for part in fields["parts"]),
        tags=tuple(fields["tags"]),
        licence=fields["licence"],
        source=fields["source"],
        keypoints=fields.get("keypoints", {}),
        rests={STANDING: np.eye(4)} | {name: _pose(rest) for name, rest in fields.get("rests", {}).items()},
        stack=fields.get("stack", 0.0),
        supports=tuple(_support(support) for support in fields.get("supports", ())),
    )


def _part(fields: Mapping) -> CatalogPart:
    joint, boxes = fields.get("joint"), fields.get("proxy")
    return CatalogPart(
        name=fields["name"],
        parent=fields.get("parent", ""),
        rest=_pose(fields["rest"]),
        slots=tuple(fields["slots"]),
        joint=_joint(joint) if joint else None,
        proxy=Proxy(np.stack([_pose(box) for box in boxes]), np.array([box["half"] for box in boxes], np.float64))
        if boxes
        else None,
        markers={name: _pose(marker) for name, marker in fields.get("markers", {}).items()},
        bounds=np.array(fields["bounds"], np.float64).reshape(2, 3),
        triangles=fields["triangles"],
        mesh=fields.get("like", fields["name"]),
        copies=fields.get("copies", 1),
    )


def _support(fields: Mapping) -> Place:
    return Place(
        name=fields["name"],
        part=fields["part"],
        kind=fields["kind"],
        pose=_pose(fields),
        size=tuple(fields["size"]),
        headroom=fields.get("headroom", np.inf),
        topic=fields.get("topic", ""),
    )


def _joint(fields: Mapping) -> Joint:
    loop = Loop(**fields["loop"]) if "loop" in fields else None
    return Joint(fields["kind"], tuple(fields["axis"]), tuple(fields.get("limits", (-np.inf, np.inf))), loop)


def _pose(fields: Mapping) -> Pose:
    """Reads `position` and the optional `rotation`."""
    pose = np.eye(4)
    pose[:3, 3] = fields["position"]
    if "rotation" in fields:
        pose[:3, :3] = _rotation(fields["rotation"])
    return pose


def _rotation(quaternion: Sequence[float]) -> NDArray[np.float64]:
    """Returns the (3, 3) matrix of a quaternion (w, x, y, z)."""
    length = hypot(*quaternion)
    w, x, y, z = (float(value) / length for value in quaternion)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )
