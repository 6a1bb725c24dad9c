"""The one progress bar: on stderr, only on a terminal, and silent where tqdm is not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def progress(items: Sequence[Item], label: str) -> Iterable[Item]:
    """Returns `items`, shown as a tqdm bar while they are walked.

    Args:
        items: what to walk.
        label: a word or two in front of the bar.
    """
    if not sys.stderr.isatty():
        return items
    try:
        from tqdm import tqdm
    except ImportError:  # Blender applications bring no tqdm
        return items
    return tqdm(items, desc=label, file=sys.stderr, leave=False)
