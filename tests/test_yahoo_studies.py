"""Studies of tickers that only Yahoo has, through the real yfinance, then offline."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.errors import (
    ArgumentError,
    EventDateError,
    NoDataError,
    RateLimitedError,
    UnknownTickerError,
)
from eventstudy.news.hours import exchange_sessions
from eventstudy.prices._base import ShareSeries
from eventstudy.prices._patience import Patience
from eventstudy.prices.bundled import load_prices
from eventstudy.prices.cache import Cached
from eventstudy.prices.search import Search
from eventstudy.prices.share_counts import share_counts
from eventstudy.prices.yahoo import Yahoo
from tests.prices.yahoo_server import (
    YahooServer,
    counts,
    failure,
    history,
    no_counts,
    unknown,
)

EVENT = "2012-03-01"
LACKS = "2011-11-21"


def listing(first, last, lacks=(), **options):
    """Prices that follow the shipped index at twice its return, day by day."""
    days = exchange_sessions("XNYS", pd.Timestamp(first), pd.Timestamp(last))
    days = days.drop([pd.Timestamp(day) for day in lacks])
    moves = load_prices("^GSPC")["close"].reindex(days).pct_change().fillna(0.0)
    noise = np.random.default_rng(5).normal(0.0, 0.004, len(days))
    closes = np.round(20.0 * np.cumprod(1.0 + 2.0 * moves + noise), 6)
    return history([str(day.date()) for day in days], closes.tolist(), **options)


@pytest.fixture
def yahoo(monkeypatch, tmp_path):
    monkeypatch.delenv("EVENTSTUDY_OFFLINE")
    monkeypatch.setenv("EVENTSTUDY_CACHE", str(tmp_path))
    with YahooServer() as server:
        server.put(
            "XOM",
            listing("2010-06-01", "2012-12-31", [LACKS], longName="Exxon Mobil"),
        )
        server.put_shares("XOM", counts([("2011-06-01", 5e9), ("2012-02-27", 4e9)]))
        server.put("DEAD", listing("2010-06-01", "2011-06-30"))
        server.put("REUSED", listing("2012-05-01", "2012-12-31"))
        yield server


def test_online_then_offline_with_its_origin(yahoo):
    new = es.analyze("XOM", EVENT)
    asked = len(yahoo.requests)
    yahoo.refuses = True
    kept = es.analyze("XOM", EVENT, offline=True)
    assert len(yahoo.requests) == asked
    assert kept.to_json() == new.to_json().replace(
        "es.analyze('XOM', '2012-03-01')",
        "es.analyze('XOM', '2012-03-01', offline=True)",
    )
    firm = kept.provenance["firm"]
    assert firm["source"] == "Yahoo Finance (Exxon Mobil)"
    assert firm["retrieved_at"] == new.provenance["firm"]["retrieved_at"]
    assert (firm["first"], firm["last"]) == ("2010-06-01", "2012-12-31")
    assert kept.model.params["beta"] == pytest.approx(2.0, abs=0.1)
    assert any(LACKS in said for said in kept.warnings)


def test_dollars_are_those_of_yahoos_shares(yahoo):
    result = es.analyze("XOM", EVENT)
    value = result.market_value_before(0)
    close = yahoo.charts["XOM"][0].quote["close"]
    day = yahoo.charts["XOM"][0].stamps
    before = max(n for n, at in enumerate(day) if at < pd.Timestamp(EVENT).timestamp())
    assert value.shares == 4e9
    assert value.shares_date == pd.Timestamp("2012-02-27")
    assert value.value == pytest.approx(4e9 * close[before])
    assert any("share counts from Yahoo Finance" in said for said in result.warnings)


@pytest.mark.parametrize("answer", [no_counts(), counts([("2010-07-01", 5e9)])])
def test_shares_that_cannot_be_had_do_no_harm(yahoo, answer):
    yahoo.put_shares("XOM", answer)
    result = es.analyze("XOM", EVENT)
    assert np.isnan(result.impact().value)
    assert "no_share_count" in result.impact().reason
    assert result.car(0).reason == ""


def test_why_there_are_no_shares_is_said(yahoo):
    yahoo.put("XOM", *yahoo.charts["XOM"], unknown())
    result = es.analyze("XOM", EVENT)
    said = "XOM: no share count: Yahoo Finance knows no such ticker."
    assert said in result.warnings


def test_shares_of_a_provider(yahoo):
    class Counts:
        def shares(self, ticker):
            days = pd.DatetimeIndex(["2012-01-31"])
            return ShareSeries(ticker, pd.Series([7e9], days), "me", basis="a count")

    value = es.analyze("XOM", EVENT, shares=Counts()).market_value_before(0)
    assert (value.shares, value.basis) == (7e9, "a count")
    assert not any("timeseries" in path for path in yahoo.requests)


@pytest.mark.usefixtures("yahoo")
def test_a_saved_study_keeps_the_counts(tmp_path):
    result = es.analyze("XOM", EVENT)
    again = es.replay(result.save(tmp_path / "xom.zip"))
    assert again.to_json() == result.to_json()
    assert again.market_value_before(0) == result.market_value_before(0)


def test_shipped_firms_ask_nobody(yahoo):
    es.analyze("IMGN", "2010-08-27")
    assert yahoo.requests == []


@pytest.mark.parametrize(
    ("ticker", "error", "words", "way_out"),
    [
        ("DEAD", EventDateError, "the last day of the data, 2011-06-30", "no longer"),
        ("REUSED", EventDateError, "first day of the data, 2012-05-01", "another firm"),
        ("GONE", UnknownTickerError, "no such ticker", "prices="),
    ],
)
@pytest.mark.usefixtures("yahoo")
def test_dead_and_reused_tickers_are_refused(ticker, error, words, way_out):
    with pytest.raises(error, match=words) as raised:
        es.analyze(ticker, EVENT)
    assert way_out in raised.value.way_out
    assert "prices=" in raised.value.way_out


@pytest.mark.usefixtures("yahoo")
def test_a_study_keeps_what_can_be_had():
    firms = ("XOM", "DEAD", "REUSED", "GONE")
    result = es.study([(firm, EVENT) for firm in firms])
    assert list(result.events["ticker"]) == ["XOM"]
    reasons = dict(
        zip(result.excluded["ticker"], result.excluded["reason"], strict=True)
    )
    assert "2011-06-30" in reasons["DEAD"]
    assert "2012-05-01" in reasons["REUSED"]
    assert "no such ticker" in reasons["GONE"]


FIVE = [f"T{n}" for n in range(5)]


@pytest.fixture
def waited(monkeypatch):
    """The seconds that were waited, without waiting."""
    seconds = []
    monkeypatch.setitem(Yahoo.__init__.__kwdefaults__, "sleep", seconds.append)
    return seconds


def listed(yahoo, refuses, times=99):
    """Five firms; from one of them on Yahoo refuses so many requests of each."""
    for n, name in enumerate(FIVE):
        lines = [listing("2010-06-01", "2012-12-31")]
        yahoo.put(name, *[failure(429)] * (times if n >= refuses else 0), *lines)


def test_a_refusal_ends_the_questions_of_a_study(yahoo, waited):
    listed(yahoo, refuses=2)
    result = es.study([(name, EVENT) for name in FIVE])
    assert list(result.events["ticker"]) == FIVE[:2]
    assert waited == [10.0]
    assert [yahoo.asked(name) > 0 for name in FIVE] == [True] * 3 + [False] * 2
    said = dict(zip(result.excluded["ticker"], result.excluded["reason"], strict=True))
    assert list(said) == FIVE[2:]
    assert "Yahoo Finance asks to be asked less often (429)" in said["T2"]
    for name in FIVE[3:]:
        assert "was not asked for it, because" in said[name]
        assert said[name].endswith("asked less often (429) at T2")
    assert any("3 events are left out" in words for words in result.warnings)


def test_one_wait_serves_all(yahoo, waited):
    # yfinance asks twice by itself; the second firm is refused after the one wait.
    listed(yahoo, refuses=1, times=2)
    result = es.study([(name, EVENT) for name in FIVE])
    assert list(result.events["ticker"]) == FIVE[:2]
    assert waited == [10.0]
    assert [yahoo.asked(name) > 0 for name in FIVE] == [True] * 3 + [False] * 2
    # Another call begins anew; what was fetched is in the cache.
    before = [yahoo.asked(name) for name in FIVE]
    again = es.study([(name, EVENT) for name in FIVE])
    assert list(again.events["ticker"]) == FIVE[:4]
    assert [yahoo.asked(name) for name in FIVE[:2]] == before[:2]


def test_copies_ask_nobody(yahoo, waited):
    listed(yahoo, refuses=9)
    events = [(name, EVENT) for name in FIVE]
    first = es.study(events)
    listed(yahoo, refuses=0)
    asked = len(yahoo.requests)
    again = es.study(events)
    assert len(yahoo.requests) == asked
    pd.testing.assert_frame_equal(again.events, first.events)
    assert waited == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_provider_of_the_callers_rests_as_well(yahoo, waited, kept):
    listed(yahoo, refuses=1)
    provider = Cached(Yahoo()) if kept else Yahoo()
    market = load_prices("^GSPC")["close"]
    result = es.study([(name, EVENT) for name in FIVE], prices=provider, market=market)
    assert list(result.events["ticker"]) == FIVE[:1]
    assert waited == [10.0]
    assert [yahoo.asked(name) > 0 for name in FIVE] == [True] * 2 + [False] * 3


def test_share_counts_share_the_patience(yahoo, waited):
    yahoo.put_shares("XOM", failure(429))
    listed(yahoo, refuses=9)
    yahoo.put_shares("T0", counts([("2011-06-01", 5e9)]))
    study = es.study([("XOM", EVENT), ("T0", EVENT)])
    assert waited == []
    first, second = (study.result(name) for name in study.events.index)
    assert waited == [10.0]
    assert any("asks to be asked less often" in words for words in first.warnings)
    assert any("was not asked for it" in words for words in second.warnings)
    assert not any("T0" in path and "timeseries" in path for path in yahoo.requests)
    assert np.isnan(second.impact().value)
    assert second.car(0).reason == ""


def test_patience_returns_with_time():
    now = [0.0]
    patience = Patience(lambda: now[0])
    assert (patience.pause(10.0), patience.pause(10.0)) == (10.0, None)
    patience.heed(RateLimitedError("ticker", "A", "less", "Later."))
    patience.heed(UnknownTickerError("ticker", "B", "none", "Other."))
    patience.require("A", "Yahoo")
    with pytest.raises(RateLimitedError, match=r"Yahoo was not asked .* at A"):
        patience.require("C", "Yahoo")
    now[0] = 61.0
    patience.require("C", "Yahoo")
    assert patience.pause(10.0) is None
    now[0] = 700.0
    assert patience.pause(10.0) == 10.0


def test_shipped_counts_are_taken_beside_yahoos_prices(yahoo):
    closes = load_prices("IMGN")["close"]
    found = share_counts("IMGN", None, "Yahoo Finance (ImmunoGen)", Search(), closes)
    assert found == (None, ())
    assert yahoo.requests == []


def test_own_prices_ask_nobody_for_shares(yahoo):
    own = load_prices("IMGN")["close"].rename("OWN")
    result = es.analyze("OWN", "2010-08-27", prices=own.to_frame())
    assert np.isnan(result.impact().value)
    assert yahoo.requests == []


def test_offline_without_a_copy(yahoo):
    with pytest.raises(NoDataError, match="not in the cache"):
        es.analyze("XOM", EVENT, offline=True)
    assert yahoo.requests == []


def test_placebo_studies_online_then_offline(yahoo, tmp_path):
    def rates(**given):
        return es.size_and_power(
            ["XOM"],
            replications=5,
            n_events=5,
            tests=["bmp"],
            windows=[(0, 0)],
            **given,
        )

    with pytest.raises(ArgumentError, match="offline") as caught:
        rates(offline=True)
    assert (caught.value.parameter, caught.value.value) == ("firms", "XOM")
    assert not yahoo.requests
    new = rates()
    asked = len(yahoo.requests)
    assert asked
    kept = rates(offline=True)
    pd.testing.assert_frame_equal(kept.table, new.table)
    assert len(yahoo.requests) == asked
    rates(refresh=True)
    assert len(yahoo.requests) > asked
    own = tmp_path / "own"
    asked = len(yahoo.requests)
    rates(cache=own)
    assert len(yahoo.requests) > asked
    assert any(own.rglob("*.csv"))
