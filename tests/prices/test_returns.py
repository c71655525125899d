"""Returns and their spans, against a plain loop and by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventstudy.errors import ArgumentError, BadDataError
from eventstudy.prices.returns import read_returns, returns_on

CALENDAR = pd.bdate_range("2010-08-23", periods=6, name="date").as_unit("ns")


def on(values, kind="simple"):
    return returns_on(CALENDAR, pd.Series(values, CALENDAR, dtype=float), kind)


def test_by_hand():
    returns, spans = on([10, 11, np.nan, np.nan, 22, 11])
    np.testing.assert_allclose(returns, [np.nan, 0.1, np.nan, np.nan, 1.0, -0.5])
    assert spans.tolist() == [0, 1, 0, 0, 3, 1]


def test_logs_by_hand():
    returns, spans = on([10, 20, np.nan, 10, 10, 10], "log")
    half = math.log(2)
    np.testing.assert_allclose(returns, [np.nan, half, np.nan, -half, 0, 0], atol=1e-16)
    assert spans.tolist() == [0, 1, 0, 2, 1, 1]


def test_the_founding_case():
    prices = pd.Series([8.39, 5.16], CALENDAR[3:5])
    returns, _ = returns_on(CALENDAR, prices)
    # 5.16 / 8.39 - 1 in exact decimal arithmetic.
    assert returns[4] == pytest.approx(-0.38498212157330154946, rel=1e-15)
    assert np.isnan(np.delete(returns, 4)).all()


def test_listed_late_and_gone_early():
    returns, spans = on([np.nan, np.nan, 10, 11, np.nan, np.nan])
    assert np.flatnonzero(np.isfinite(returns)).tolist() == [3]
    assert spans.tolist() == [0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("values", [[np.nan] * 6, [np.nan, 3, *[np.nan] * 4]])
def test_too_few_prices_for_a_return(values):
    returns, spans = on(values)
    assert np.isnan(returns).all()
    assert not spans.any()


def test_days_outside_the_calendar_do_not_count():
    prices = pd.Series([10.0, 99.0, 20.0], CALENDAR[:1].append(CALENDAR[2:4]))
    calendar = CALENDAR.drop(CALENDAR[2])
    returns, spans = returns_on(calendar, prices)
    assert returns[2] == 1.0
    assert spans[2] == 2


def test_an_empty_calendar():
    returns, spans = returns_on(CALENDAR[:0], pd.Series([1.0], CALENDAR[:1]))
    assert returns.shape == spans.shape == (0,)


@pytest.mark.parametrize("kind", ["Simple", "arithmetic", "", None, 3])
def test_unknown_kind(kind):
    with pytest.raises(ArgumentError, match="allowed are simple, log"):
        on([1] * 6, kind)


def loop(prices, kind):
    """One day after the other."""
    returns, spans, last = [], [], None
    for day, price in enumerate(prices):
        if price is None or last is None:
            returns.append(math.nan)
            spans.append(0)
        else:
            ratio = price / prices[last]
            returns.append(ratio - 1.0 if kind == "simple" else math.log(ratio))
            spans.append(day - last)
        last = last if price is None else day
    return returns, spans


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(1e-3, 1e5)), max_size=40),
    st.sampled_from(["simple", "log"]),
)
def test_agrees_with_a_loop(prices, kind):
    calendar = pd.bdate_range("2000-01-03", periods=len(prices)).as_unit("ns")
    values = [np.nan if price is None else price for price in prices]
    returns, spans = returns_on(
        calendar, pd.Series(values, calendar, dtype=float), kind
    )
    expected, expected_spans = loop(prices, kind)
    np.testing.assert_allclose(returns, expected, rtol=1e-13, atol=1e-15)
    assert spans.tolist() == expected_spans


@given(st.lists(st.one_of(st.none(), st.floats(0.1, 100)), min_size=2, max_size=30))
def test_returns_compound_to_the_last_price_and_spans_add_up(prices):
    calendar = pd.bdate_range("2000-01-03", periods=len(prices)).as_unit("ns")
    values = np.array([np.nan if price is None else price for price in prices])
    returns, spans = returns_on(calendar, pd.Series(values, calendar))
    known = np.flatnonzero(np.isfinite(values))
    if len(known) > 1:
        ratio = values[known[-1]] / values[known[0]]
        np.testing.assert_allclose(np.nanprod(1 + returns), ratio, rtol=1e-12)
        assert spans.sum() == known[-1] - known[0]


def test_given_returns_are_read_like_prices():
    days = CALENDAR.tz_localize("America/New_York").as_unit("s")
    frame = pd.DataFrame({"A": [0.1, np.nan, 0, -0.1, 0, 0], 7: 0.0}, index=days)
    read = read_returns(frame)
    assert read.index.equals(CALENDAR)
    assert list(read.columns) == ["A", "7"]
    np.testing.assert_array_equal(read["A"], frame["A"])
    assert read_returns({"A": frame["A"]})["A"].equals(read["A"])
    assert read_returns(frame["A"])["A"].equals(read["A"])


@pytest.mark.parametrize(
    ("values", "kind", "why"),
    [
        ([0.1, np.inf], "simple", "on 2010-08-24 is infinite"),
        ([0.1, -np.inf], "log", "on 2010-08-24 is infinite"),
        ([0.1, -38.5], "simple", "loses more than everything"),
        ([0.1, "0.2"], "simple", "no number"),
    ],
)
def test_given_returns_that_are_none(values, kind, why):
    frame = pd.DataFrame({"A": values}, index=CALENDAR[:2])
    with pytest.raises(BadDataError, match=why) as caught:
        read_returns(frame, kind)
    assert caught.value.parameter == "returns"


def test_a_log_return_may_lie_below_minus_one():
    assert (
        read_returns(pd.Series([-1.5], CALENDAR[:1], name="A"), "log").iloc[0, 0]
        == -1.5
    )


@pytest.mark.parametrize(
    "wrong",
    [5, [0.1], pd.DataFrame(), {}, pd.DataFrame({"A": [0.1]})],
    ids=["number", "list", "empty", "no key", "no dates"],
)
def test_no_returns(wrong):
    with pytest.raises(BadDataError, match=r"no returns|no dates"):
        read_returns(wrong)


def test_a_ticker_twice():
    frame = pd.DataFrame([[0.1, 0.2]], CALENDAR[:1], ["A", "A"])
    with pytest.raises(BadDataError, match="twice"):
        read_returns(frame)
