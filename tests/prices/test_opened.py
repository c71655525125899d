"""Prices and returns that are looked through once find what a fresh look finds."""

import hashlib

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.prices.chain import find_series
from eventstudy.prices.layouts import find_frame
from eventstudy.prices.opened import open_prices
from eventstudy.prices.wide_returns import WideReturns

DAYS = pd.bdate_range("2015-01-01", periods=40, unit="ns", name="date")
RNG = np.random.default_rng(2)
WIDE = pd.DataFrame(
    50 * np.exp(np.cumsum(RNG.normal(0, 0.02, (40, 3)), axis=0)), DAYS, ["B", "A", "C"]
)
LONG = WIDE.reset_index().melt("date", var_name="ticker", value_name="close")
FIELDS = pd.concat({"Close": WIDE, "Volume": 0 * WIDE}, axis=1)
LAYOUTS = {
    "wide": WIDE,
    "wide with a date column": WIDE.reset_index(),
    "long": LONG,
    "long, days first": LONG.sort_values("date", kind="stable"),
    "long, a row without a ticker": LONG.assign(
        ticker=LONG["ticker"].where(LONG.index != 7)
    ),
    "long by rows": LONG.set_index(["ticker", "date"]),
    "by field and ticker": FIELDS,
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_ticker_is_found_as_in_the_frame_itself(name):
    frame = LAYOUTS[name]
    prices = open_prices(frame)
    for ticker in ("A", "B", "C"):
        found = prices.pick(ticker, alone=True)
        wanted = find_frame(frame, ticker, alone=True)
        pd.testing.assert_frame_equal(found, wanted)
    assert prices.pick("D", alone=True) is None
    assert set(prices.tickers) >= {"A", "B", "C"}


def test_one_ticker_alone_stays_one():
    frame = WIDE[["A"]].set_axis(["close"], axis=1)
    prices = open_prices(frame)
    assert prices.pick("X", alone=True) is not None
    assert prices.pick("X", alone=False) is None


def test_a_file_is_read_when_it_is_opened_and_never_again(tmp_path):
    path = tmp_path / "prices.csv"
    WIDE.to_csv(path)
    prices = open_prices(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    series = find_series("A", prices)
    assert series.sha256 == digest
    assert series.source == "file prices.csv"
    np.testing.assert_array_equal(series.frame["close"], WIDE["A"])


def test_a_column_that_stands_there_twice_is_refused():
    twice = pd.concat([WIDE, WIDE[["A"]]], axis=1)
    with pytest.raises(es.BadDataError, match="more than one column"):
        find_series("A", open_prices(twice))
    returns = WideReturns.of(twice.pct_change())
    with pytest.raises(es.BadDataError, match="twice"):
        returns.track("A", "simple")
    assert returns.track("B", "simple").ticker == "B"


def test_a_column_of_returns_has_the_digest_of_its_days_name_and_numbers():
    returns = WIDE.pct_change()
    facts = WideReturns.of(returns).track("C", "simple").provenance
    content = DAYS.to_numpy().astype("<i8").tobytes() + b"C"
    wanted = hashlib.sha256(content + returns["C"].to_numpy("<f8").tobytes())
    assert facts["sha256"] == wanted.hexdigest()
    assert facts["rows"] == 40


@pytest.mark.parametrize(
    ("returns", "error", "said"),
    [
        (WIDE.iloc[:0], es.BadDataError, "no returns"),
        ({"A": WIDE["A"]}, es.ArgumentError, "no frame"),
        (WIDE.iloc[::-1], es.BadDataError, "order of their days"),
        (pd.concat([WIDE, WIDE]).sort_index(), es.BadDataError, "more than once"),
    ],
)
def test_what_is_no_frame_of_returns_is_said_once(returns, error, said):
    with pytest.raises(error, match=said) as caught:
        es.study([("A", "2015-02-02")], returns=returns, market="B")
    assert caught.value.parameter == "returns"
