"""Those who sit in machines at work, hands on the levers or the wheel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.crew_looks import cast
from buildee.generators.construction_site.section import Crew
from buildee.layout.catalog import Catalog
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.scene import Assembly, Instance
from buildee.recipe.seed import Seed

SUFFIX = ".operator"
"""Of their names, after that of the machine."""

FLOORS = {"excavator": 1.18, "dump_truck": 1.42, "concrete_mixer": 1.42, "wheel_loader": 1.77, "telehandler": 0.91}
"""Height of the cabs' floors in the frames of the cabs, metres."""

LEVERS = ("excavator",)
"""Machines that are steered by a lever in either hand; the others have a wheel."""

HIP = (-0.10, 0.0, -0.65)
"""From the eyes of somebody 1.75 m tall who sits upright to the middle of the hips, metres."""

STANDING_HIP, THIGH, SHIN = 0.957, 0.429, 0.528
"""Of the same: height of the hips standing; from hip to knee, from knee to sole, metres."""

LEAN = np.deg2rad(20.0)
"""How far the shins reach forward."""


def seated(machines: Iterable[Instance], spec: Crew, catalog: Catalog, seed: Seed) -> Assembly:
    """Returns an operator for every machine, riding in its cab. The cab stands for both in collision tests.

    Args:
        machines: placed, of categories in `FLOORS`.
        spec: the section of the recipe that dresses them.
        catalog: of people and machines.
        seed: of who they are and how they sit.
    """
    machines = list(machines)
    people = cast(spec, len(machines), seed.child("cast").rng())
    pieces = []
    for machine, person in zip(machines, people, strict=True):
        rng = seed.child(machine.name).rng()
        scale = person.stature / 1.75
        names = [part.name for part in machine.parts]
        cab = part_poses(machine)[:, names.index("cab")]
        hip = _eye(catalog, machine.category) + np.array(HIP) * (1.0, 1.0, scale)
        body = person.model(catalog)
        body = replace(body, parts=tuple(replace(part, proxy=None) for part in body.parts))
        values = posture(float(hip[2]) - FLOORS[machine.category], scale, machine.category in LEVERS, rng)
        foot = translation(hip - np.array([0.0, 0.0, STANDING_HIP * scale]))
        pieces.append(Assembly(body.shapes, (body.placed(machine.name + SUFFIX, cab @ foot, values),)))
    return Assembly.merged(pieces)


def _eye(catalog: Catalog, asset: str) -> NDArray[np.float64]:
    """Returns (3,) where the eyes of a machine's operator are, in the frame of its cab, metres."""
    return next(part for part in catalog[asset].parts if part.name == "cab").markers["eye"][:3, 3]


def posture(rise: float, scale: float, levers: bool, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Returns the joint values of sitting with the hips `rise` metres over the floor.

    Args:
        rise: metres.
        scale: of the body against 1.75 m.
        levers: whether the hands are on levers beside the seat, or on a wheel ahead.
        rng: of small differences.
    """
    climb = np.arcsin(np.clip((SHIN * np.cos(LEAN) - rise / scale) / THIGH, -0.7, 0.5))
    thigh = np.pi / 2 + climb
    arm, elbow, out = (0.44, 1.13, 0.30) if levers else (0.78, 0.45, 0.06)
    values = {"head": rng.uniform(-0.35, 0.35), "neck": 0.1 + rng.uniform(-0.08, 0.1), "abdomen": -0.06}
    for side in ("left", "right"):
        values[f"thigh_{side}"], values[f"shin_{side}"] = thigh, thigh - LEAN
        values[f"ankle_{side}"] = -0.5 * LEAN
        values[f"groin_{side}"] = 0.09
        values[f"shoulder_{side}"] = arm + rng.uniform(-0.05, 0.05)
        values[f"forearm_{side}"] = elbow + rng.uniform(-0.08, 0.08)
        values[f"upper_arm_{side}"] = out
    return {name: np.array([value]) for name, value in values.items()}
