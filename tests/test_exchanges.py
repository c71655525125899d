"""Firm, market and calendar are of one exchange, or the study is refused."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.alignment.exchanges import EXCHANGES, require_exchange, same_zone
from eventstudy.errors import ArgumentError
from eventstudy.news.hours import exchange_hours
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.track import Track

DAYS = pd.bdate_range("2018-01-02", periods=400, name="date").as_unit("ns")
EVENT = "2019-04-01"


class Listings:
    """Prices with a zone and a currency by ticker."""

    def __init__(self, **facts):
        self.facts = facts

    def get(self, ticker):
        if ticker not in self.facts:
            raise KeyError(ticker)
        zone, currency = self.facts[ticker]
        steps = np.random.default_rng(len(ticker)).normal(0.0, 0.01, len(DAYS))
        frame = pd.DataFrame({"adj_close": 50 * np.exp(steps.cumsum())}, index=DAYS)
        return PriceSeries(ticker, frame, "mine", currency=currency, exchange_zone=zone)


TOKYO, LONDON, NEW_YORK = "Asia/Tokyo", "Europe/London", "America/New_York"
HELD = Listings(
    FIRM=(TOKYO, "JPY"),
    INDEX_T=(TOKYO, "JPY"),
    INDEX_L=(LONDON, "GBP"),
    DOLLARS=(LONDON, "USD"),
    PLAIN=(None, None),
    US=(NEW_YORK, "USD"),
)


def ask(ticker, **options):
    return es.analyze(ticker, EVENT, prices=HELD, **options)


def test_one_exchange_is_measured():
    result = ask("FIRM", market="INDEX_T", calendar="XTKS")
    assert result.currency == "JPY"


def test_a_firm_of_another_zone_names_what_fits():
    with pytest.raises(ArgumentError, match="Asia/Tokyo") as raised:
        ask("FIRM", market="INDEX_T")
    assert raised.value.parameter == "ticker"
    assert raised.value.way_out == "Use market='^N225' and calendar='XTKS'."


@pytest.mark.parametrize("role", ["market", "industry"])
def test_a_benchmark_of_another_zone_names_what_fits(role):
    rest = {"market": "INDEX_T"} | {role: "INDEX_L"}
    with pytest.raises(ArgumentError, match="Europe/London") as raised:
        ask("FIRM", calendar="XTKS", **rest)
    assert (raised.value.parameter, raised.value.value) == (role, "INDEX_L")
    assert f"{role}='^N225'" in raised.value.way_out


def test_the_shipped_index_is_of_new_york():
    with pytest.raises(ArgumentError, match="America/New_York"):
        ask("FIRM", calendar="XTKS")
    with pytest.raises(ArgumentError, match="America/New_York"):
        es.analyze("IMGN", "2010-08-27", calendar="XLON")


def test_two_currencies_of_one_exchange():
    with pytest.raises(ArgumentError, match="exchange rate") as raised:
        ask("DOLLARS", market="INDEX_L", calendar="XLON")
    assert raised.value.parameter == "market"


def test_what_is_unknown_is_not_judged():
    assert ask("PLAIN", market="INDEX_T", calendar="XTKS").currency == ""
    assert ask("US").currency == "USD"


def test_a_study_excludes_the_foreign_firm():
    result = es.study([("US", EVENT), ("FIRM", EVENT), ("PLAIN", EVENT)], prices=HELD)
    assert list(result.excluded["ticker"]) == ["FIRM"]
    assert "Asia/Tokyo" in result.excluded["reason"].iloc[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NEW_YORK, NEW_YORK, True),
        ("US/Eastern", NEW_YORK, True),
        ("Asia/Calcutta", "Asia/Kolkata", True),
        ("America/Toronto", NEW_YORK, False),
        ("Europe/Berlin", "Europe/Paris", False),
        (LONDON, "Europe/Lisbon", False),
        ("Nowhere/Else", NEW_YORK, False),
    ],
)
def test_names_of_zones(one, other, same):
    assert same_zone(one, other) is same


@pytest.mark.parametrize("zone", [NEW_YORK, LONDON, TOKYO])
def test_the_table_agrees_with_the_calendars(zone):
    assert same_zone(zone, str(exchange_hours(EXCHANGES[zone][0]).zone))


def test_a_calendar_that_is_not_in_the_table_is_asked():
    track = Track.of_prices(HELD.get("US"))
    assert require_exchange(track, "ticker", "XNAS") is track
    with pytest.raises(ArgumentError, match="Europe/Dublin"):
        require_exchange(track, "ticker", "XDUB")
