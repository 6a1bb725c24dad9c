"""Streams and distributions."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest

from buildee.recipe.distributions import Choice, LogUniform, Normal, Uniform
from buildee.recipe.seed import Seed


def draws(distribution, count=2000):
    rng = Seed(0).rng()
    return [distribution.draw(rng) for _ in range(count)]


def test_streams_are_repeatable_and_apart():
    first = Seed(7).child("crane").child(3).rng().random(4)
    assert np.array_equal(first, Seed(7).child("crane").child(3).rng().random(4))
    others = [
        Seed(7),
        Seed(7).child("crane"),
        Seed(8).child("crane").child(3),
        Seed(7).child("crane").child("3"),
        Seed(7).child("crane3"),
        Seed(7).child("cran").child("e3"),
    ]
    assert all(not np.array_equal(first, other.rng().random(4)) for other in others)


def test_zero_is_a_seed():
    assert np.array_equal(Seed(0).rng().random(3), Seed(0).rng().random(3))


def test_numpy_integers_name_the_same_stream():
    assert Seed(1).child(np.int64(3)) == Seed(1).child(3)


def test_the_stream_never_changes():
    """Published recipes depend on it."""
    assert Seed(7).child("crane").child(3).rng().integers(1_000_000, size=3).tolist() == STREAM


STREAM = [81481, 739381, 397349]


@pytest.mark.parametrize("root", [-1, 1.5, True, "7"])
def test_bad_seeds(root):
    with pytest.raises(ValueError, match="whole number"):
        Seed(root)


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_streams_do_not_depend_on_the_process(hash_seed):
    code = "from buildee.recipe.seed import Seed; print(Seed(3).child('a').child(1).rng().random(5).tolist())"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    printed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == str(Seed(3).child("a").child(1).rng().random(5).tolist())


def test_whole_uniform_includes_both_ends_evenly():
    values = draws(Uniform(3, 6, whole=True), 8000)
    assert set(values) == {3, 4, 5, 6} and all(type(value) is int for value in values)
    assert all(abs(values.count(value) - 2000) < 200 for value in range(3, 7))


def test_uniform_fills_its_range():
    values = draws(Uniform(-2.0, 3.0, whole=False))
    assert -2 <= min(values) < -1.9 and 2.9 < max(values) <= 3
    assert abs(np.mean(values) - 0.5) < 0.1


def test_log_uniform_halves_at_the_geometric_mean():
    values = draws(LogUniform(0.01, 100.0, whole=False))
    assert min(values) >= 0.01 and max(values) <= 100
    assert abs(np.mean(np.array(values) < 1) - 0.5) < 0.04


def test_whole_log_uniform_reaches_both_ends():
    assert set(draws(LogUniform(1, 4, whole=True))) == {1, 2, 3, 4}


def test_normal_is_cut_off_rather_than_piled_up():
    values = np.array(draws(Normal(5.0, 2.0, 4.0, 9.0, whole=False)))
    assert values.min() >= 4 and values.max() <= 9
    assert (values == 4).mean() < 0.01
    alpha, beta = -0.5, 2.0
    density = [math.exp(-x * x / 2) / math.sqrt(2 * math.pi) for x in (alpha, beta)]
    mass = 0.5 * (math.erf(beta / math.sqrt(2)) - math.erf(alpha / math.sqrt(2)))
    assert abs(values.mean() - (5 + 2 * (density[0] - density[1]) / mass)) < 0.1  # mean of a truncated normal


def test_whole_normal_reaches_both_ends():
    assert set(draws(Normal(2.0, 1.5, 1, 3, whole=True))) == {1, 2, 3}


def test_choice_follows_its_weights():
    values = draws(Choice(("a", "b", "c"), (0.75, 0.25, 0.0)), 4000)
    assert "c" not in values
    assert abs(values.count("a") / 4000 - 0.75) < 0.03


def test_draws_keep_twelve_digits():
    assert all(value == float(f"{value:.12g}") for value in draws(Uniform(0.0, 1.0, whole=False), 200))
