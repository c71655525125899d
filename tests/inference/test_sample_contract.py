"""What every test of many events keeps, new ones included: the registry is the list.

A test that breaks a law by design names it in ``laws``: ``gap`` (event days outside
the window count, as for ranks), ``counts`` (the statistic of mirrored returns is not
the negative one).
"""

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from eventstudy._reasons import REASONS
from eventstudy.core.residual_pass import REDUCERS
from eventstudy.inference._base import find_test
from eventstudy.passes import executors
from tests import many, studies
from tests.studies import EVENTS, HOPELESS, LAYOUTS, SAMPLE, TROUBLED, WINDOWS

SHOWN = [
    version
    for test in SAMPLE
    for version in (test, *(test.using(**options) for options in test.variants))
]

every_test = pytest.mark.parametrize("test", SHOWN, ids=lambda test: test.key)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)
every_window = pytest.mark.parametrize("window", WINDOWS, ids=str)


def same(found, expected, sign=1.0, **tolerance):
    """Two outcomes agree."""
    tolerance = {"rtol": 1e-12, "atol": 1e-13} | tolerance
    value, theirs = found.statistic.value, sign * expected.statistic.value
    np.testing.assert_allclose(value, theirs, **tolerance)
    np.testing.assert_allclose(found.p_value, expected.p_value, **tolerance)
    assert found.valid == expected.valid
    assert found.reason == expected.reason


@pytest.mark.parametrize("test", SAMPLE, ids=lambda test: test.key)
def test_golden_example(test):
    found = test(test.golden.sample())
    np.testing.assert_allclose(
        found.statistic.value, test.golden.value, rtol=1e-13, atol=1e-15
    )
    np.testing.assert_allclose(found.p_value, test.golden.p_value, rtol=1e-12)
    assert test.golden.source.startswith("by hand")


@pytest.mark.parametrize("test", SAMPLE, ids=lambda test: test.key)
def test_says_what_it_is(test):
    assert test.null.endswith(".")
    assert re.search(r"\((18|19|20)\d\d\)", test.reference)
    assert test.reference in test.compute.__doc__
    assert find_test(test.key) is test
    assert test.min_events >= 3
    assert set(test.reads) <= set(REDUCERS)
    assert {condition.reason for condition in test.conditions} <= set(REASONS)


@every_layout
@every_window
@every_test
def test_shapes(test, window, layout):
    found = test(studies.plain(layout)[window])
    assert found.statistic.value.shape == ()
    assert found.p_value.shape == ()
    assert found.valid.shape == ()
    assert found.reason.shape == ()
    check_reason(found)


@every_layout
@every_window
@every_test
def test_order_of_events(test, window, layout):
    same(test(studies.reordered(layout)[window]), test(studies.plain(layout)[window]))


@every_layout
@every_window
@every_test
def test_unit_of_returns(test, window, layout):
    found, expected = (
        test(studies.in_per_cent(layout)[window]),
        test(studies.plain(layout)[window]),
    )
    same(found, expected, rtol=1e-9, atol=1e-10)


@every_layout
@every_window
@every_test
def test_sign(test, window, layout):
    found, expected = (
        test(studies.mirrored(layout)[window]),
        test(studies.plain(layout)[window]),
    )
    if "counts" in test.laws:
        np.testing.assert_allclose(found.p_value, expected.p_value, rtol=1e-12)
    else:
        same(found, expected, sign=-1.0, rtol=1e-9, atol=1e-10)


@every_layout
@every_window
@every_test
def test_event_without_a_valid_car_equals_an_absent_one(test, window, layout):
    found, expected = (each[window] for each in studies.with_hopeless_events(layout))
    assert found.n_events == EVENTS - len(HOPELESS)
    same(test(found), test(expected))


@pytest.mark.parametrize("window", WINDOWS[:2], ids=str)
@pytest.mark.parametrize(
    "test",
    [test for test in SHOWN if "gap" not in test.laws],
    ids=lambda test: test.key,
)
def test_gap_outside_the_window(test, window):
    same(test(studies.with_gap()[window]), test(studies.plain("apart")[window]))


@every_layout
@every_window
@every_test
def test_inputs_unchanged(test, window, layout):
    # An array that may not be written to raises when somebody tries.
    sample = studies.plain(layout)[window]
    before = test(sample)
    same(test(many.read_only(sample)), before, rtol=0, atol=0)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 12])
@every_test
def test_too_few_events(test, n):
    for layout in LAYOUTS:
        for window in WINDOWS:
            found = test(studies.few(n, layout)[window])
            check_reason(found)
            there = not np.isnan(found.p_value)
            if n == 0:
                assert not there
            if n < test.min_events:
                assert not found.valid
                assert not there or found.reason == "below_minimum"


def check_reason(found):
    """What an outcome owes its reader."""
    missing = bool(np.isnan(found.statistic.value))
    assert bool(np.isnan(found.p_value)) == missing
    assert missing or 0.0 <= found.p_value <= 1.0
    assert bool(found.valid) == (found.reason == "")
    assert not (missing and found.valid)
    assert str(found.reason) in {"", *REASONS}


@pytest.mark.parametrize("missing", [0.5, 0.9])
@pytest.mark.parametrize("seed", [1, 2, 3])
@every_window
@every_test
def test_every_missing_value_has_a_reason(test, window, seed, missing):
    check_reason(test(studies.ragged(seed, missing)[window]))


@every_window
@every_test
def test_events_that_do_not_differ(test, window):
    check_reason(test(studies.equal_events()[window]))


@every_window
@every_test
def test_an_event_without_residuals_is_left_out(test, window):
    sample = studies.flat_residuals()[window]
    assert sample.n_events == EVENTS - 1
    check_reason(test(sample))


CONDITIONS = [
    pytest.param(test, condition.reason, id=f"{test.key}-{condition.reason}")
    for test in SHOWN
    for condition in test.conditions
]


@pytest.mark.parametrize(("test", "reason"), CONDITIONS)
def test_every_not_valid_here_is_shown(test, reason):
    if reason.endswith("clusters") and test.key == "jackknife":
        test = test.using(by_date=True)
    if reason == "one_day_only" and test.key == "generalized_sign":
        test = test.using(daily_p=True)
    shown = {
        str(test(studies.troubled(name)[window]).reason)
        for name in TROUBLED
        for window in WINDOWS
    }
    assert reason in shown


@pytest.mark.parametrize("name", ["louder", "skewed"])
@every_test
def test_alone_it_says_what_it_says_in_company(test, name):
    # It reads all that its conditions ask.
    alone = studies.run(*TROUBLED[name](), reads=tuple(test.reads))
    for window in WINDOWS:
        same(test(alone[window]), test(studies.troubled(name)[window]), rtol=0, atol=0)


@every_window
@every_test
def test_a_window_in_company_equals_a_window_alone(test, window):
    alone = studies.run(*studies.returns("eight_dates"), windows=(window,))[window]
    same(test(alone), test(studies.plain("eight_dates")[window]))


def test_an_executor_changes_no_bit(monkeypatch):
    # One leaf of 256 events is a unit of work, so that there are several.
    monkeypatch.setattr(executors, "LEAVES_IN_A_UNIT", 1)
    rng = np.random.default_rng(5)
    n = 700
    day0 = rng.integers(80, 400, n)
    market = rng.normal(0, 0.01, 500)[day0[:, None] + np.arange(-65, 6)]
    y = market + 0.02 * rng.standard_normal(market.shape)
    y[rng.random(y.shape) < 0.05] = np.nan
    options = {"windows": WINDOWS, "min_estimation": 20}
    serial = studies.run(y, market, day0, **options)
    with ThreadPoolExecutor(2) as executor:
        threads = studies.run(y, market, day0, executor=executor, **options)
    for window in WINDOWS:
        for test in SHOWN:
            same(test(threads[window]), test(serial[window]), rtol=0, atol=0)
