"""What every test of many events keeps, new ones included: the registry is the list.

A test that breaks a law by design names it in ``laws``: ``gap`` (event days outside
the window count, as for ranks), ``counts`` (the statistic of mirrored returns is not
the negative one).
"""

import functools
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from eventstudy import passes
from eventstudy._reasons import REASONS
from eventstudy.core.residual_pass import REDUCERS
from eventstudy.inference._base import TESTS, find_test
from tests import many

SAMPLE = [test for test in TESTS.values() if test.kind == "sample"]
SHOWN = [
    version
    for test in SAMPLE
    for version in (test, *(test.using(**options) for options in test.variants))
]
WINDOWS = ((0, 0), (-1, 1), (-5, 5))
EVENTS, DAYS = 60, 130
LAYOUTS = {
    "apart": 300 * np.arange(EVENTS),
    "one_date": np.zeros(EVENTS, int),
    "eight_dates": 50 * (np.arange(EVENTS) % 8),
    "staggered": 4 * (np.arange(EVENTS) % 10),
}

every_test = pytest.mark.parametrize("test", SHOWN, ids=lambda test: test.key)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)
every_window = pytest.mark.parametrize("window", WINDOWS, ids=str)


def returns(layout, seed=7, missing=0.1):
    """Returns and market of some events that move together where they share days."""
    rng = np.random.default_rng(seed)
    day0 = LAYOUTS[layout] + DAYS + 5
    calendar = rng.normal(0.0004, 0.01, (2, day0.max() + 7))
    column = day0[:, None] + np.arange(-DAYS - 5, 6)
    market, common = calendar[0][column], calendar[1][column]
    sigma = rng.uniform(0.01, 0.03, (EVENTS, 1))
    noise = rng.standard_normal(column.shape) + 30.0 * common
    y = 0.0005 + rng.normal(1.0, 0.3, (EVENTS, 1)) * market + sigma * noise
    y[:, DAYS + 5] += rng.normal(0.02, 0.01, EVENTS)
    hole = rng.random(y.shape) < missing
    hole[:, DAYS + 5] = False
    return np.where(hole, np.nan, y), market, day0


def run(y, market, day0, windows=WINDOWS, **options):
    """Samples by window."""
    reads = [key for test in SAMPLE for key in test.reads]
    options = {"min_estimation": 50, "reads": tuple(dict.fromkeys(reads))} | options
    found = many.run(y, market, day0=day0, windows=windows, **options)
    return dict(zip(windows, found, strict=True))


@functools.cache
def plain(layout):
    return run(*returns(layout))


@functools.cache
def reordered(layout):
    y, market, day0 = returns(layout)
    order = np.random.default_rng(3).permutation(EVENTS)
    return run(y[order], market[order], day0[order], ids=order)


@functools.cache
def in_per_cent(layout):
    y, market, day0 = returns(layout)
    return run(100.0 * y, 100.0 * market, day0)


@functools.cache
def mirrored(layout):
    y, market, day0 = returns(layout)
    return run(-y, -market, day0)


HOPELESS = {
    "no return at all": np.s_[:],
    "no event day": np.s_[DAYS + 5],
    "too few estimation days": np.s_[: DAYS - 40],
}


@functools.cache
def with_hopeless_events(layout):
    """Events that are in no window, and the sample without them."""
    y, market, day0 = returns(layout)
    gone = np.array([2, 11, 29])
    for event, days in zip(gone, HOPELESS.values(), strict=True):
        y[event, days] = np.nan
    rest = np.delete(np.arange(EVENTS), gone)
    ids = np.arange(EVENTS) + 5
    without = run(y[rest], market[rest], day0[rest], ids=ids[rest])
    return run(y, market, day0, ids=ids), without


@functools.cache
def with_gap():
    """No return on a day outside the two shorter windows, and there is one."""
    y, market, day0 = returns("apart")
    y[:, DAYS + 9] = np.nan
    return run(y, market, day0)


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
    found = test(plain(layout)[window])
    assert found.statistic.value.shape == ()
    assert found.p_value.shape == ()
    assert found.valid.shape == ()
    assert found.reason.shape == ()
    check_reason(found)


@every_layout
@every_window
@every_test
def test_order_of_events(test, window, layout):
    same(test(reordered(layout)[window]), test(plain(layout)[window]))


@every_layout
@every_window
@every_test
def test_unit_of_returns(test, window, layout):
    found, expected = test(in_per_cent(layout)[window]), test(plain(layout)[window])
    same(found, expected, rtol=1e-9, atol=1e-10)


@every_layout
@every_window
@every_test
def test_sign(test, window, layout):
    found, expected = test(mirrored(layout)[window]), test(plain(layout)[window])
    if "counts" in test.laws:
        np.testing.assert_allclose(found.p_value, expected.p_value, rtol=1e-12)
    else:
        same(found, expected, sign=-1.0, rtol=1e-9, atol=1e-10)


@every_layout
@every_window
@every_test
def test_event_without_a_valid_car_equals_an_absent_one(test, window, layout):
    found, expected = (each[window] for each in with_hopeless_events(layout))
    assert found.n_events == EVENTS - len(HOPELESS)
    same(test(found), test(expected))


@pytest.mark.parametrize("window", WINDOWS[:2], ids=str)
@pytest.mark.parametrize(
    "test",
    [test for test in SHOWN if "gap" not in test.laws],
    ids=lambda test: test.key,
)
def test_gap_outside_the_window(test, window):
    same(test(with_gap()[window]), test(plain("apart")[window]))


@every_layout
@every_window
@every_test
def test_inputs_unchanged(test, window, layout):
    # An array that may not be written to raises when somebody tries.
    sample = plain(layout)[window]
    before = test(sample)
    same(test(many.read_only(sample)), before, rtol=0, atol=0)


@functools.cache
def few(n, layout):
    y, market, day0 = returns(layout)
    return run(y[:n], market[:n], day0[:n])


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 12])
@every_layout
@every_window
@every_test
def test_too_few_events(test, window, layout, n):
    found = test(few(n, layout)[window])
    check_reason(found)
    if n < test.min_events:
        assert not found.valid
    if n == 0:
        assert np.isnan(found.p_value)
    if n < test.min_events and not np.isnan(found.p_value):
        assert found.reason == "below_minimum"


def check_reason(found):
    """What an outcome owes its reader."""
    missing = bool(np.isnan(found.statistic.value))
    assert bool(np.isnan(found.p_value)) == missing
    assert missing or 0.0 <= found.p_value <= 1.0
    assert bool(found.valid) == (found.reason == "")
    assert not (missing and found.valid)
    assert str(found.reason) in {"", *REASONS}


@functools.cache
def ragged(seed, missing):
    rng = np.random.default_rng(seed)
    layout = rng.choice(list(LAYOUTS))
    y, market, day0 = returns(layout, seed, missing)
    n = int(rng.integers(3, EVENTS))
    return run(y[:n], market[:n], day0[:n], min_estimation=6)


@pytest.mark.parametrize("missing", [0.5, 0.9])
@pytest.mark.parametrize("seed", [1, 2, 3])
@every_window
@every_test
def test_every_missing_value_has_a_reason(test, window, seed, missing):
    check_reason(test(ragged(seed, missing)[window]))


@functools.cache
def equal_events():
    """The same event again and again: nothing differs between events."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:], market[:] = y[0], market[0]
    return run(y, market, day0)


@every_window
@every_test
def test_events_that_do_not_differ(test, window):
    check_reason(test(equal_events()[window]))


@functools.cache
def flat_residuals():
    """A firm that is its market: no residual to standardise by."""
    y, market, day0 = returns("apart", missing=0.0)
    y[4] = 0.001 + 1.5 * market[4]
    return run(y, market, day0)


@every_window
@every_test
def test_an_event_without_residuals_is_left_out(test, window):
    sample = flat_residuals()[window]
    assert sample.n_events == EVENTS - 1
    check_reason(test(sample))


@functools.cache
def louder_around_events():
    """Days of the event window with four times the variance."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:, DAYS:] = market[:, DAYS:] + 2.0 * (y[:, DAYS:] - market[:, DAYS:])
    return y, market, day0


@functools.cache
def skewed(n=40):
    """Errors of skewness 2."""
    rng = np.random.default_rng(8)
    _, market, day0 = returns("apart")
    y = market + 0.02 * (rng.exponential(1.0, market.shape) - 1.0)
    return y[:n], market[:n], day0[:n]


@functools.cache
def short():
    """Fifty estimation days."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:, : DAYS - 50] = np.nan
    return y, market, day0


@functools.cache
def one_large_date():
    y, market, _ = returns("apart")
    sizes = [EVENTS - 7, 1, 1, 1, 1, 1, 1, 1]
    day0 = 200 * np.repeat(np.arange(8), sizes)
    return y, market[:1].repeat(EVENTS, axis=0), day0 + DAYS + 5


@functools.cache
def four_dates():
    y, market, _ = returns("apart")
    day0 = 200 * (np.arange(EVENTS) % 4)
    return y, market[:1].repeat(EVENTS, axis=0), day0 + DAYS + 5


TROUBLED = {
    **{layout: functools.partial(returns, layout) for layout in LAYOUTS},
    "louder": louder_around_events, "skewed": skewed, "short": short,
    "one_large_date": one_large_date, "four_dates": four_dates,
}  # fmt: skip


@functools.cache
def troubled(name):
    """A sample that violates conditions of table 4.20."""
    return run(*TROUBLED[name]())


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
        str(test(troubled(name)[window]).reason)
        for name in TROUBLED
        for window in WINDOWS
    }
    assert reason in shown


@pytest.mark.parametrize("name", ["louder", "skewed"])
@every_test
def test_alone_it_says_what_it_says_in_company(test, name):
    # It reads all that its conditions ask.
    alone = run(*TROUBLED[name](), reads=tuple(test.reads))
    for window in WINDOWS:
        same(test(alone[window]), test(troubled(name)[window]), rtol=0, atol=0)


@every_window
@every_test
def test_a_window_in_company_equals_a_window_alone(test, window):
    alone = run(*returns("eight_dates"), windows=(window,))[window]
    same(test(alone), test(plain("eight_dates")[window]))


def test_an_executor_changes_no_bit(monkeypatch):
    # One leaf of 256 events is a unit of work, so that there are several.
    monkeypatch.setattr(passes, "LEAVES_IN_A_UNIT", 1)
    rng = np.random.default_rng(5)
    n = 700
    day0 = rng.integers(80, 400, n)
    market = rng.normal(0, 0.01, 500)[day0[:, None] + np.arange(-65, 6)]
    y = market + 0.02 * rng.standard_normal(market.shape)
    y[rng.random(y.shape) < 0.05] = np.nan
    options = {"windows": WINDOWS, "min_estimation": 20}
    serial = run(y, market, day0, **options)
    with ThreadPoolExecutor(2) as executor:
        threads = run(y, market, day0, executor=executor, **options)
    for window in WINDOWS:
        for test in SHOWN:
            same(test(threads[window]), test(serial[window]), rtol=0, atol=0)
