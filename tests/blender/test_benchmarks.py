"""What the benchmarks promise of exactness, at a size for tests; and that a miss is noticed."""

import pytest

from benchmarks import oracle
from benchmarks.measure import Promise, report
from buildee.truth import visibility


def test_visibility_agrees_with_a_float64_test_of_every_triangle():
    (promise,) = oracle.promises(2000)
    assert promise.kept


@pytest.mark.parametrize(("name", "value"), [("_ROUNDING_STEPS", 4000.0), ("_OVERSHOOT", -1e-3)])
def test_the_oracle_notices_what_shines_through(monkeypatch, name, value):
    monkeypatch.setattr(visibility, name, value)
    (promise,) = oracle.promises(2000)
    assert not promise.kept


def test_a_missed_promise_is_named_last(capsys):
    assert report("toy", [Promise("speed", 3, 2, at_least=True), Promise("time", 1, 2, "s")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "toy: all promises kept"
    assert report("toy", [Promise("speed", 1, 2, at_least=True), Promise("time", 3, 2, "s")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "toy: MISSED: speed; time"
