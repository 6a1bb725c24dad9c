"""The lines of four common cars. Metres.

Proportions: a supermini hatchback 4.05 m long (wheelbase 2.55), a saloon and an estate 4.7 m (2.8), a compact SUV 4.4 m
(2.65) and 1.64 m high; tyres 0.62 to 0.7 m (195/65 R15, 235/60 R17).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Body:
    """The lines of a car, x forward from the middle. Lines are (x, z) or (x, y) corners from rear to front.

    Attributes:
        name: of the kind.
        width: of the body without mirrors, metres.
        axles: x of rear and front axle.
        wheel: radius of the tyres, metres.
        sill: height of the underside, metres.
        top: the line of boot, roof and bonnet along the middle.
        belt: the shoulder below the windows.
        plan: half the width.
        screens: x of the rear window's foot and head, of the windscreen's head and foot.
        pillars: x of the pillars between the side windows.
        rear_glass: x where the last side window ends.
    """

    name: str
    width: float
    axles: tuple[float, float]
    wheel: float
    sill: float
    top: tuple[tuple[float, float], ...]
    belt: tuple[tuple[float, float], ...]
    plan: tuple[tuple[float, float], ...]
    screens: tuple[float, float, float, float]
    pillars: tuple[float, ...]
    rear_glass: float

    @property
    def ends(self) -> tuple[float, float]:
        """x of the tail and of the nose, metres."""
        return self.top[0][0], self.top[-1][0]

    @property
    def height(self) -> float:
        """Of the roof, metres."""
        return max(z for _, z in self.top) + 0.005


HATCHBACK = Body(
    "hatchback",
    1.76,
    (-1.27, 1.28),
    0.31,
    0.19,
    ((-2.02, 0.72), (-1.98, 0.92), (-1.9, 1.02), (-1.52, 1.37), (-1.3, 1.42), (-0.4, 1.475), (0.1, 1.45), (0.35, 1.38),
     (1.05, 0.99), (1.5, 0.9), (1.8, 0.81), (1.95, 0.7), (2.02, 0.55)),
    ((-2.02, 0.62), (-1.9, 0.9), (-1.5, 0.96), (0.0, 0.91), (1.0, 0.87), (1.6, 0.78), (1.9, 0.64), (2.02, 0.48)),
    ((-2.02, 0.66), (-1.95, 0.78), (-1.75, 0.85), (-1.2, 0.88), (1.2, 0.88), (1.6, 0.85), (1.85, 0.74), (2.02, 0.52)),
    (-1.9, -1.5, 0.35, 1.05),
    (-0.28,),
    -1.3,
)  # fmt: skip
_SALOON = Body(
    "saloon",
    1.82,
    (-1.42, 1.4),
    0.325,
    0.17,
    ((-2.35, 0.7), (-2.31, 0.95), (-2.2, 1.02), (-1.75, 1.06), (-1.05, 1.37), (-0.8, 1.425), (-0.2, 1.455), (0.2, 1.42),
     (0.42, 1.35), (1.2, 0.97), (1.75, 0.88), (2.1, 0.79), (2.28, 0.68), (2.35, 0.52)),
    ((-2.35, 0.6), (-2.2, 0.92), (-1.6, 0.97), (0.0, 0.92), (1.2, 0.87), (1.8, 0.78), (2.2, 0.64), (2.35, 0.46)),
    ((-2.35, 0.68), (-2.27, 0.8), (-2.0, 0.88), (-1.3, 0.91), (1.3, 0.91), (1.85, 0.88), (2.15, 0.77), (2.35, 0.55)),
    (-1.75, -1.05, 0.42, 1.2),
    (-0.38,),
    -1.2,
)  # fmt: skip
_ESTATE = replace(
    _SALOON,
    name="estate",
    top=((-2.35, 0.7), (-2.32, 0.95), (-2.26, 1.05), (-2.02, 1.36), (-1.85, 1.42), (-1.0, 1.465), (-0.2, 1.475),
         (0.2, 1.435), (0.42, 1.36), (1.2, 0.97), (1.75, 0.88), (2.1, 0.79), (2.28, 0.68), (2.35, 0.52)),
    screens=(-2.26, -2.0, 0.42, 1.2),
    pillars=(-0.38, -1.25),
    rear_glass=-1.85,
)  # fmt: skip
_SUV = Body(
    "suv",
    1.84,
    (-1.33, 1.34),
    0.35,
    0.24,
    ((-2.2, 0.78), (-2.17, 1.02), (-2.1, 1.12), (-1.78, 1.53), (-1.6, 1.58), (-0.5, 1.64), (0.1, 1.61), (0.35, 1.54),
     (1.0, 1.14), (1.5, 1.07), (1.9, 0.98), (2.1, 0.84), (2.2, 0.62)),
    ((-2.2, 0.7), (-2.05, 1.0), (-1.5, 1.08), (0.0, 1.03), (1.0, 1.02), (1.7, 0.95), (2.05, 0.78), (2.2, 0.55)),
    ((-2.2, 0.7), (-2.12, 0.83), (-1.9, 0.89), (-1.2, 0.92), (1.2, 0.92), (1.75, 0.89), (2.05, 0.79), (2.2, 0.58)),
    (-2.1, -1.77, 0.35, 1.0),
    (-0.3, -1.15),
    -1.68,
)  # fmt: skip

BODIES: tuple[tuple[Body, float], ...] = ((HATCHBACK, 0.36), (_SALOON, 0.14), (_ESTATE, 0.18), (_SUV, 0.32))
"""Bodies and about how common they are."""
