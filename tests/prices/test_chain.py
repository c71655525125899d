"""Where prices are looked for: what the caller passes, then what is shipped."""

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import (
    ArgumentError,
    BadDataError,
    NoDataError,
    UnknownTickerError,
)
from eventstudy.prices._base import PriceProvider, PriceSeries
from eventstudy.prices.bundled import Bundled
from eventstudy.prices.chain import find_series, market_series

DAYS = pd.DatetimeIndex(["2010-08-26", "2010-08-27"], name="date").as_unit("ns")
FIRM = pd.Series([8.0, 6.0], DAYS)


class Own:
    """A user's provider that knows one ticker."""

    def __init__(self, answer, error=KeyError):
        self.answer, self.error = answer, error

    def get(self, ticker):
        if ticker == "X":
            return self.answer
        raise self.error(ticker)


def unknown(ticker):
    return UnknownTickerError("ticker", ticker, "mine does not hold it", "Ask others.")


SERIES = PriceSeries("X", pd.DataFrame({"close": FIRM}), "my database", currency="EUR")


def test_default_is_the_bundle():
    series = find_series("IMGN")
    assert series.source.startswith("bundled data/prices/IMGN.csv")
    assert series.close["2010-08-27"] == 5.16


@pytest.mark.parametrize(
    "answer",
    [FIRM, FIRM.rename("Close").to_frame(), SERIES],
    ids=["Series", "frame", "own"],
)
def test_a_users_provider(answer):
    series = find_series("X", Own(answer))
    assert series.adjusted.to_list() == [8.0, 6.0]
    assert "close taken as adjusted" in series.notes


def test_a_providers_facts_are_kept():
    series = find_series("X", Own(SERIES))
    assert (series.source, series.currency) == ("my database", "EUR")
    assert isinstance(Own(SERIES), PriceProvider)


def test_a_providers_own_error_reaches_the_caller():
    with pytest.raises(UnknownTickerError, match="mine does not hold it"):
        find_series("Y", Own(FIRM, unknown))


@pytest.mark.parametrize("provider", [Own(FIRM), Own(None)])
def test_a_provider_that_does_not_know(provider):
    ticker = "X" if provider.answer is None else "Y"
    with pytest.raises(UnknownTickerError, match="does not hold it"):
        find_series(ticker, provider)


@pytest.mark.parametrize(
    "index",
    [DAYS.tz_localize("UTC"), DAYS.as_unit("s"), DAYS.to_period("D"), DAYS[::-1]],
    ids=["zone", "seconds", "periods", "order"],
)
def test_a_providers_frame_passes_the_gate(index):
    bad = PriceSeries("X", pd.DataFrame({"close": [8.0, 6.0]}, index=index), "mine")
    with pytest.raises(BadDataError):
        find_series("X", Own(bad))


def test_a_bundled_provider_can_be_passed():
    assert find_series("IMGN", Bundled()).close["2010-08-26"] == 8.39


@pytest.mark.parametrize(
    "prices", [FIRM, {"IMGN": FIRM}, Own(FIRM), Own(FIRM, unknown)]
)
def test_a_market_that_is_not_in_prices_comes_from_the_chain_and_says_so(prices):
    series = market_series("^GSPC", prices)
    assert series.close["2010-08-27"] == 1064.59
    assert series.notes[-1].startswith("^GSPC is not in prices=; taken from bundled")


def test_a_market_that_is_there_is_taken_from_there():
    frame = pd.DataFrame({"IMGN": FIRM, "^GSPC": [3.0, 4.0]})
    assert market_series("^GSPC", frame).adjusted.to_list() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("market", "ticker"),
    [
        (FIRM, "market"),
        (FIRM.rename("MSCI"), "MSCI"),
        (FIRM.rename("Adj Close"), "market"),
        (FIRM.rename("Close").to_frame(), "market"),
        (FIRM.rename("MSCI").to_frame(), "MSCI"),
        (SERIES, "X"),
    ],
)
def test_a_market_may_be_prices(market, ticker):
    series = market_series(market)
    assert series.adjusted.to_list() == [8.0, 6.0]
    assert series.ticker == ticker


def test_negative_values_are_sent_to_returns():
    with pytest.raises(BadDataError, match="returns=") as caught:
        market_series(pd.Series([0.01, -0.02], DAYS))
    assert caught.value.parameter == "market"


def test_a_frame_without_prices_is_no_market():
    with pytest.raises(BadDataError, match="holds no prices"):
        market_series(pd.DataFrame({"Date": DAYS}))


def test_several_columns_are_no_market():
    frame = pd.DataFrame({"A": FIRM, "B": FIRM})
    with pytest.raises(ArgumentError, match="more than one series"):
        market_series(frame, parameter="industry")


@pytest.mark.parametrize("find", [find_series, market_series])
@pytest.mark.parametrize("ticker", [None, 5, "", "  ", ["IMGN"], np.nan])
def test_a_ticker_is_text(find, ticker):
    with pytest.raises(ArgumentError, match="a ticker is a text"):
        find(ticker)


@pytest.mark.parametrize("prices", [5, [1, 2], np.ones(3), object(), Own, True])
def test_what_holds_no_prices(prices):
    with pytest.raises(ArgumentError, match="holds no prices") as caught:
        find_series("IMGN", prices)
    assert "CSV" in caught.value.way_out


@pytest.mark.parametrize("parameter", ["ticker", "market", "industry"])
def test_a_ticker_nobody_holds(parameter):
    with pytest.raises(NoDataError) as caught:
        find_series("XOM", parameter=parameter)
    message = str(caught.value)
    assert message.startswith(f"{parameter}='XOM'")
    assert "IBB, IMGN, ^GSPC" in message
    assert "Yahoo Finance was not asked (offline)" in message
    assert "analyze('XOM', date, prices='prices.csv')" in message
    assert isinstance(caught.value, LookupError)


def test_another_case_gets_a_hint():
    with pytest.raises(UnknownTickerError, match="Did you mean 'IMGN'"):
        find_series("imgn")


def test_provenance_is_plain():
    facts = find_series("X", FIRM.rename("X")).provenance()
    assert facts["first"] == "2010-08-26"
    assert facts["last"] == "2010-08-27"
    assert facts["rows"] == 2
    assert facts["source"] == "prices= (a Series)"
    assert facts["retrieved_at"] is None
    assert facts["notes"] == ["close taken as adjusted"]
