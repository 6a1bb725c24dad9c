"""What one looks for on a table before it is used for grasping: nothing in anything else, nothing in the air."""

from __future__ import annotations

from collections.abc import Collection

from buildee.generators.tabletop.backdrop import AROUND
from buildee.layout.contact import carriers, interpenetration
from buildee.layout.scene import Layout

STANDS, FELL = 1e-3, 2e-3
"""Overlap of proxies that does not count, metres: of what was put somewhere, and of what fell there."""

GAP = 5e-3
"""How far things may be from what carries them, metres."""

BUILT = ("table", "floor", "wall", "ceiling", "skirting", "ground")
"""Categories of what is no thing on the table, beside what stands along the walls."""


def inspect(layout: Layout, fell: Collection[str] = ()) -> list[str]:
    """Returns everything wrong with a tabletop at rest, one sentence each; nothing for a sound one.

    Args:
        layout: settled, if anything in it was loose.
        fell: names of what was.
    """
    things = {item.name for item in layout.instances if item.category not in BUILT and not item.name.startswith(AROUND)}
    findings = []
    for overlap in interpenetration(layout, tolerance=STANDS):
        names = {overlap.first.rsplit("/", 1)[0], overlap.second.rsplit("/", 1)[0]}
        if names & things and overlap.depth > (FELL if names & set(fell) else STANDS):
            findings.append(f"{overlap.first} and {overlap.second} overlap by {1000 * overlap.depth:.1f} mm")
    held = carriers(layout, things, GAP)
    findings += [f"{name} stands on nothing" for name in sorted(things - set(held))]
    return findings
