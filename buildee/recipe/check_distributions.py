"""Holds the distributions of a recipe against the schema."""

from __future__ import annotations

import math
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

from buildee.recipe import kinds
from buildee.recipe.distributions import Choice, Cycle, LogUniform, Normal, Sweep, Uniform
from buildee.recipe.tree import MappingNode, Node, ScalarNode, SequenceNode
from buildee.recipe.wording import number, said, unknown, wanted

if TYPE_CHECKING:
    from buildee.recipe.check import Checker

DISTRIBUTIONS = ("uniform", "log_uniform", "normal", "choice", "sweep", "cycle")

WRONG = object()
"""Stands for a value that is wrong."""


def distribution(checker: Checker, field: kinds.Field, kind: kinds.Kind, node: MappingNode, path: str) -> Any:
    """Checks `{uniform: [a, b]}` and its like."""
    if not field.varies:
        message = f"must be the same in every scene: expected {wanted(kind)}, not a distribution"
        return checker.find(node.mark, path, message)
    words = [key for key, _, _ in node.entries]
    name = next((word for word in words if word in DISTRIBUTIONS), None)
    if name is None:
        why = unknown("distribution", words[0], DISTRIBUTIONS) if words else "the block is empty"
        return checker.find(node.mark, path, f"expected {wanted(kind)} or a distribution: {why}")
    allowed = ("choice", "weights") if name == "choice" else (name,)
    for key, mark, _ in node.entries:
        if key not in allowed:
            checker.find(mark, path, f"{key!r} has no place beside {name!r}")
    if name == "choice":
        return _choice(checker, field, kind, node, path)
    if name == "cycle":
        return _cycle(checker, field, kind, node.get(name), path)
    if not isinstance(kind, kinds.Scalar) or kind.kind not in ("int", "float"):
        other = "cycle" if name == "sweep" else "choice"
        return checker.find(node.mark, path, f"{name} gives numbers; use {other} for {wanted(kind)}")
    if name == "normal":
        return _normal(checker, field, kind, node.get(name), path)
    return _range(checker, field, kind, name, node.get(name), path)


def _range(checker: Checker, field: kinds.Field, kind: kinds.Scalar, name: str, node: Node, path: str) -> Any:
    if not isinstance(node, SequenceNode) or len(node.items) != 2:
        ends = "[first, last]" if name == "sweep" else "[lowest, highest]"
        return checker.find(node.mark, path, f"write {{{name}: {ends}}}, got {said(node)}")
    low, high = (checker.value(field, kind, item, path, drawn=True) for item in node.items)
    if low is WRONG or high is WRONG:
        return WRONG
    if name == "sweep":
        return Sweep(low, high, kind.kind == "int")
    if low > high:
        return checker.find(node.mark, path, f"{name}: {number(low)} is above {number(high)}; put the lower one first")
    if name == "uniform":
        return Uniform(low, high, kind.kind == "int")
    if low <= 0:
        return checker.find(node.mark, path, f"log_uniform needs limits above 0, got {number(low)}")
    return LogUniform(low, high, kind.kind == "int")


def _normal(checker: Checker, field: kinds.Field, kind: kinds.Scalar, node: Node, path: str) -> Any:
    keys = {key for key, _, _ in node.entries} if isinstance(node, MappingNode) else set()
    if keys != {"mean", "std", "min", "max"}:
        message = "write {normal: {mean: , std: , min: , max: }}; min and max keep draws within the field's limits"
        return checker.find(node.mark, path, message)
    free = kinds.Field("", kinds.Scalar("float"), False, MISSING, "", None, None, None, False)
    mean, std = (checker.value(free, free.type, node.get(key), f"{path}.{key}") for key in ("mean", "std"))
    low, high = (checker.value(field, kind, node.get(key), path, drawn=True) for key in ("min", "max"))
    if WRONG in (mean, std, low, high):
        return WRONG
    if std <= 0:
        return checker.find(node.get("std").mark, path, f"std must be above 0, got {number(std)}")
    if low >= high:
        return checker.find(node.mark, path, f"min {number(low)} must be below max {number(high)}")
    normal = Normal(mean, std, low, high, kind.kind == "int")
    if normal.mass < 1e-9:
        return checker.find(node.mark, path, f"{number(low)}..{number(high)} lies too far from the mean {number(mean)}")
    return normal


def _choice(checker: Checker, field: kinds.Field, kind: kinds.Kind, node: MappingNode, path: str) -> Any:
    listed, weights = node.get("choice"), node.get("weights")
    if not isinstance(listed, SequenceNode) or not listed.items:
        return checker.find(listed.mark, path, f"write {{choice: [one, another]}}, got {said(listed)}")
    values = [_chosen(checker, field, kind, item, path) for item in listed.items]
    count = len(values)
    if weights is None:
        shares = [1.0] * count
    elif isinstance(weights, SequenceNode) and len(weights.items) == count:
        share = kinds.Field("", kinds.Scalar("float"), False, MISSING, "", 0, 1e12, None, False)
        shares = [checker.value(share, share.type, item, f"{path}.weights") for item in weights.items]
    else:
        return checker.find(weights.mark, path, f"needs one weight for each of the {count} choices")
    if any(value is WRONG for value in [*values, *shares]):
        return WRONG
    total = math.fsum(shares)
    if total <= 0:
        return checker.find(weights.mark, path, "one weight at least must be above 0")
    if abs(total - 1.0) > 1e-9:  # what was divided once stays as it is, however it was rounded
        shares = [share / total for share in shares]
    return Choice(tuple(values), tuple(map(float, shares)))


def _cycle(checker: Checker, field: kinds.Field, kind: kinds.Kind, node: Node, path: str) -> Any:
    if not isinstance(node, SequenceNode) or not node.items:
        return checker.find(node.mark, path, f"write {{cycle: [first, second, ...]}}, got {said(node)}")
    values = tuple(_chosen(checker, field, kind, item, path) for item in node.items)
    return WRONG if any(value is WRONG for value in values) else Cycle(values)


def _chosen(checker: Checker, field: kinds.Field, kind: kinds.Kind, node: Node, path: str) -> Any:
    if isinstance(node, ScalarNode) and node.value is None and field.optional and kind == field.type:
        return None
    return checker.value(field, kind, node, path, drawn=True)
