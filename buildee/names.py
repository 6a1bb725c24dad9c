"""Names that become folders on any system."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

# `tracks` and `cloud` are a scene's own; the others are devices on Windows, whatever their case.
RESERVED = frozenset(
    {"tracks", "cloud", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
