"""Results kept in the documentation: each command owns a section of a page and replaces it alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

PROOF = Path(__file__).resolve().parents[1] / "docs" / "proof.md"
"""The page that holds what the proof and the comparison with the renderer measured."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Returns a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def keep(page: Path, section: str, text: str) -> None:
    """Replaces a section of a page, or adds it at its end.

    Args:
        page: a Markdown file in which each kept section stands between `<!-- name -->` and `<!-- end name -->`.
        section: its name.
        text: the new content.
    """
    start, end = f"<!-- {section} -->", f"<!-- end {section} -->"
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    block = f"{start}\n\n{text.strip()}\n\n{end}"
    if start in old:
        head, rest = old.split(start)
        new = head + block + rest.split(end)[1]
    else:
        new = f"{old.rstrip()}\n\n{block}\n".lstrip()
    page.write_text(new, encoding="utf-8", newline="\n")
