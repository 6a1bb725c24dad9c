"""Names and numbers that are written on things: invented firms, fleet and plate numbers, container numbers."""

from __future__ import annotations

import numpy as np

_HEADS = (
    "BAL",
    "KES",
    "MAR",
    "TOL",
    "HAL",
    "VEN",
    "DOR",
    "LIN",
    "OST",
    "RAV",
    "SEL",
    "WIN",
    "ARD",
    "COR",
    "FEN",
    "GRA",
)
_TAILS = ("TREY", "VORN", "LOCK", "MONT", "WICK", "DALE", "BERG", "STOW", "MERE", "TON", "FORD", "GARD", "HOLT", "LUND")
_TRADES = ("BUILD", "CIVILS", "CONSTRUCTION", "PROJECTS", "& SONS", "GROUP", "CONTRACTORS", "GROUNDWORKS", "HOMES")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_WORTH = dict(zip(_LETTERS, [value for value in range(10, 39) if value % 11], strict=True))
"""What letters count in the check digit of a container number: 10 to 38 without the multiples of 11 (ISO 6346)."""


def _pick(rng: np.random.Generator, words: tuple[str, ...] | str) -> str:
    return words[int(rng.integers(len(words)))]


def firm(rng: np.random.Generator) -> str:
    """Draws a made-up family name for a firm, such as "HALVORN"."""
    return _pick(rng, _HEADS) + _pick(rng, _TAILS)


def company(rng: np.random.Generator) -> str:
    """Draws a made-up firm in full, such as "HALVORN CIVILS"."""
    return f"{firm(rng)} {_pick(rng, _TRADES)}"


def fleet_number(rng: np.random.Generator) -> str:
    """Draws what a hirer paints on a machine, such as "EX 417"."""
    return f"{_pick(rng, _LETTERS)}{_pick(rng, _LETTERS)} {int(rng.integers(10, 999)):03d}"


def plate(rng: np.random.Generator) -> str:
    """Draws a registration of no country, such as "KR 4071 B"."""
    return f"{_pick(rng, _LETTERS)}{_pick(rng, _LETTERS)} {int(rng.integers(1000, 9999))} {_pick(rng, _LETTERS)}"


def telephone(rng: np.random.Generator) -> str:
    """Draws a number that rings nowhere: 555 0100 to 555 0199 are kept for fiction."""
    return f"555 01{int(rng.integers(100)):02d}"


def container_number(rng: np.random.Generator) -> str:
    """Draws a container's owner code, serial number and check digit, such as "KETU 402913 0" (ISO 6346)."""
    stem = "".join(_pick(rng, _LETTERS) for _ in range(3)) + "U" + f"{int(rng.integers(1_000_000)):06d}"
    return f"{stem[:4]} {stem[4:]} {check_digit(stem)}"


def check_digit(stem: str) -> int:
    """Returns the check digit of four letters and six digits: their values times 2^place, modulo 11, ten as 0."""
    return sum((_WORTH.get(sign) or int(sign)) * 2**place for place, sign in enumerate(stem)) % 11 % 10
