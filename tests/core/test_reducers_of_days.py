"""Portfolio days, placebo shifts and event variance against loops over events."""

import numpy as np
import pytest

from tests import many
from tests import oracles_correlation as oracle
from tests.correlation_cases import DATES, GAPS, WINDOWS, case, in_pieces, reduced

CLOSE = {"rtol": 1e-11, "atol": 1e-12}

every_case = [
    pytest.mark.parametrize("dates", DATES),
    pytest.mark.parametrize("gaps", GAPS),
]


def on_every_case(test):
    for mark in every_case:
        test = mark(test)
    return test


def windows_of(key, dates, gaps):
    """Window, what the reducer finds in one piece, and what in blocks."""
    given = case(dates, gaps)
    pieces = in_pieces(key, given, 3, np.random.default_rng(5))
    return zip(WINDOWS, reduced(key, given), pieces, strict=True)


@on_every_case
def test_placebo_shifts(dates, gaps):
    given = case(dates, gaps)
    for window, *both in windows_of("placebo_shifts", dates, gaps):
        right = oracle.placebo_shifts(given.found, window, given.design)
        assert len(right) == 60 - (window[1] - window[0])
        for found in both:
            number, total, squares = (
                [sum(s**power for s in sums) for sums in right] for power in (0, 1, 2)
            )
            np.testing.assert_array_equal(found["number"], number)
            np.testing.assert_allclose(found["sum"], total, **CLOSE)
            np.testing.assert_allclose(found["squares"], squares, **CLOSE)


@on_every_case
def test_portfolio_days(dates, gaps):
    given = case(dates, gaps)
    for window, *both in windows_of("portfolio_days", dates, gaps):
        mine = oracle.members(given.found, window, given.design)
        scale = [oracle.car(one, window, given.design)[1] for one in mine]
        right = oracle.portfolio(given.found, window, given.design)
        for found in both:
            np.testing.assert_allclose(found["aar"], right, rtol=1e-10, atol=1e-15)
            assert found["c_bar"] == pytest.approx(np.mean(scale), rel=1e-10)


@on_every_case
def test_event_variance(dates, gaps):
    given = case(dates, gaps)
    for window, *both in windows_of("event_variance", dates, gaps):
        ratio, p_value = oracle.event_variance(given.found, window, given.design)
        for found in both:
            assert found["ratio"] == pytest.approx(ratio, rel=1e-9, nan_ok=True)
            assert found["p_value"] == pytest.approx(p_value, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("n", [0, 4, 5])
def test_event_variance_needs_five_events(n):
    y = np.random.default_rng(1).normal(0, 0.02, (n, 71))
    found = many.run(y, windows=((0, 0),), reads=("event_variance",))[0]
    ratio = found.sums["event_variance"]
    assert np.isnan([ratio["ratio"], ratio["p_value"]]).all() == (n < 5)


def test_event_variance_sees_a_rise():
    rng = np.random.default_rng(2)
    y = rng.normal(0, 0.02, (40, 111))
    y[:, 105] *= 3.0
    quiet, risen = many.run(
        y, windows=((2, 4), (0, 0)), reads=("event_variance",), min_estimation=50
    )
    assert 0.5 < quiet.sums["event_variance"]["ratio"] < 1.5
    assert risen.sums["event_variance"]["ratio"] > 5.0
    assert risen.sums["event_variance"]["p_value"] == pytest.approx(1 / 101)


def test_a_slot_explained_by_its_own_regressors_is_left_out():
    # The market moves on one estimation day only: its residual is exactly nothing.
    rng = np.random.default_rng(3)
    market = np.zeros(71)
    market[[20, 65, 66]] = 0.02
    y = market + rng.normal(0, 0.02, (6, 71))
    found = many.run(y, market, windows=((0, 0),), reads=("placebo_shifts",))[0]
    number = found.sums["placebo_shifts"]["number"]
    assert number[20] == 0
    assert (np.delete(number, 20) == 6).all()
