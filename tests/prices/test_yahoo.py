"""The real yfinance against Yahoo's forms of answer on this machine."""

import contextlib
import datetime as dt
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import (
    BadDataError,
    EventStudyError,
    NoDataError,
    ProviderUnavailableError,
    RateLimitedError,
    UnknownTickerError,
)
from eventstudy.prices.quality import admit
from eventstudy.prices.yahoo import Yahoo
from tests.prices.yahoo_server import (
    YahooServer,
    counts,
    failure,
    history,
    no_counts,
    refusal,
    unknown,
)

DAYS = ["2020-03-02", "2020-03-03", "2020-03-04", "2020-03-05", "2020-03-06"]
# A dividend of 2 on the third day, before a close of 40: factor 1 - 2/40 = 0.95.
CLOSES = [38.0, 40.0, 39.0, 39.5, 41.0]
ADJUSTED = [36.1, 38.0, 39.0, 39.5, 41.0]
PAID = {"2020-03-04": 2.0}
NEW_YORK = "America/New_York"


@pytest.fixture
def yahoo():
    with YahooServer() as server:
        yield server


@pytest.fixture
def slept():
    return []


@pytest.fixture
def ask(slept):
    """A provider that never really waits."""

    def make(**options):
        return Yahoo(**{"sleep": slept.append, "timeout": 5.0} | options)

    return make


def plain(**options):
    return history(DAYS, CLOSES, ADJUSTED, dividends=PAID, **options)


def at(text, zone=NEW_YORK):
    """A clock that stands at a local time."""
    moment = pd.Timestamp(text, tz=zone).to_pydatetime()
    return lambda: moment


class TestHistory:
    """What a good answer becomes."""

    def test_split_and_dividend(self, yahoo, ask):
        split = {"2020-03-05": (2, 1)}
        yahoo.put("X", plain(splits=split, longName="X Corporation"))
        found = ask(clock=at("2020-06-01 12:00")).get("X")
        frame = found.frame
        assert list(frame.index) == list(pd.to_datetime(DAYS))
        assert frame.index.name == "date"
        assert frame.index.dtype == "datetime64[ns]"
        assert frame["close"].tolist() == CLOSES
        assert frame["adj_close"].tolist() == ADJUSTED
        assert frame["volume"].tolist() == [1000.0] * 5
        assert frame["dividends"].tolist() == [0, 0, 2, 0, 0]
        assert frame["splits"].tolist() == [0, 0, 0, 2, 0]
        assert frame["open"].tolist() == frame["high"].tolist() == CLOSES
        assert frame["low"].tolist() == CLOSES
        assert set(frame.dtypes) == {np.dtype("float64")}
        assert found.source == "Yahoo Finance (X Corporation)"
        assert (found.ticker, found.currency) == ("X", "USD")
        assert found.exchange_zone == NEW_YORK
        assert found.retrieved_at == "2020-06-01"
        assert found.notes == ()
        assert admit(found).notes == ()

    def test_asks_once_for_all_days(self, yahoo, ask):
        # Of a ticker of which yfinance has not kept the time zone.
        yahoo.put("ONCE", plain())
        ask().get("ONCE")
        assert yahoo.asked("ONCE") == 1

    def test_cookie_and_crumb_are_those_of_yahoo(self, yahoo, ask):
        yahoo.put("X", plain())
        ask().get("X")
        # The cookie of an earlier test may still be good.
        assert [path for path in yahoo.requests if path != "fc.yahoo.com/"] == [
            "query1.finance.yahoo.com/v1/test/getcrumb",
            "query2.finance.yahoo.com/v8/finance/chart/X",
        ]

    def test_no_dividend_and_equal_closes_are_right(self, yahoo, ask):
        yahoo.put("^GSPC", history(DAYS, CLOSES))
        frame = ask().get("^GSPC").frame
        assert frame["adj_close"].tolist() == CLOSES

    def test_a_session_that_lacks_stays_away(self, yahoo, ask):
        without = [day for day in DAYS if day != "2020-03-04"]
        yahoo.put("X", history(without, [38.0, 40.0, 39.5, 41.0]))
        frame = ask().get("X").frame
        assert list(frame.index) == list(pd.to_datetime(without))

    def test_a_bar_without_prices_is_none(self, yahoo, ask):
        closes = [38.0, None, 39.0, 39.5, 41.0]
        yahoo.put("X", history(DAYS, closes))
        frame = ask().get("X").frame
        assert frame["close"].tolist() == [38.0, 39.0, 39.5, 41.0]

    def test_a_dividend_on_a_day_without_prices_makes_no_price(self, yahoo, ask):
        closes, adjusted = [38.0, 40.0, None, 39.5, 41.0], [36.1, 38.0, None, 39.5, 41]
        yahoo.put("X", history(DAYS, closes, adjusted, dividends=PAID))
        assert ask().get("X").frame["adj_close"].tolist() == [36.1, 38.0, 39.5, 41.0]

    def test_two_answers_have_one_hash(self, yahoo, ask):
        yahoo.put("X", plain(), plain(), history(DAYS, [*CLOSES[:4], 42.0]))
        hashes = [ask().get("X").sha256 for _ in range(3)]
        assert hashes[0] == hashes[1] != hashes[2]


class TestZones:
    """A midnight elsewhere keeps its day; hundredths become their currency."""

    def test_tokyo(self, yahoo, ask):
        yahoo.put("7203.T", plain(zone="Asia/Tokyo", currency="JPY"))
        found = ask().get("7203.T")
        assert list(found.frame.index) == list(pd.to_datetime(DAYS))
        assert (found.exchange_zone, found.currency) == ("Asia/Tokyo", "JPY")

    def test_london_in_pence(self, yahoo, ask):
        yahoo.put("VOD.L", plain(zone="Europe/London", currency="GBp"))
        found = ask().get("VOD.L")
        frame = found.frame
        np.testing.assert_allclose(frame["close"], [0.38, 0.40, 0.39, 0.395, 0.41])
        np.testing.assert_allclose(frame["adj_close"], [0.361, 0.38, 0.39, 0.395, 0.41])
        np.testing.assert_allclose(frame["dividends"], [0, 0, 0.02, 0, 0])
        assert frame["volume"].tolist() == [1000.0] * 5
        assert (found.exchange_zone, found.currency) == ("Europe/London", "GBP")
        assert found.notes == ("quoted in hundredths (GBp); divided by 100",)

    def test_the_day_the_clocks_change(self, yahoo, ask):
        days = ["2020-03-06", "2020-03-09", "2020-10-30", "2020-11-02"]
        yahoo.put("X", history(days, [1.0, 2.0, 3.0, 4.0]))
        assert list(ask().get("X").frame.index) == list(pd.to_datetime(days))


class TestUnfinished:
    """A bar is a price once its session is over, by the exchange's clock."""

    SAID = ("the session of 2020-03-06 was not over and is left out",)

    @pytest.mark.parametrize("now", ["2020-03-06 11:00", "2020-03-06 16:59"])
    def test_left_out(self, yahoo, ask, now):
        yahoo.put("X", plain(live="11:00"))
        found = ask(clock=at(now)).get("X")
        assert found.frame["close"].tolist() == CLOSES[:-1]
        assert found.notes == self.SAID

    @pytest.mark.parametrize("now", ["2020-03-06 17:00", "2020-03-07 00:01"])
    def test_kept_an_hour_after_the_close(self, yahoo, ask, now):
        yahoo.put("X", plain())
        found = ask(clock=at(now)).get("X")
        assert (found.frame["close"].tolist(), found.notes) == (CLOSES, ())

    def test_by_the_clock_of_the_exchange(self, yahoo, ask):
        # Friday, 16:31 in Tokyo, is 02:31 in New York: over there, and not here.
        yahoo.put("T", plain(zone="Asia/Tokyo"))
        yahoo.put("N", plain())
        clock = at("2020-03-06 16:31", "Asia/Tokyo")
        assert ask(clock=clock).get("T").notes == ()
        assert ask(clock=clock).get("N").notes == self.SAID

    def test_without_hours_a_day_ends_at_midnight(self, yahoo, ask):
        yahoo.put("X", plain(currentTradingPeriod={}))
        assert ask(clock=at("2020-03-06 23:00")).get("X").notes == self.SAID
        assert ask(clock=at("2020-03-07 01:00")).get("X").notes == ()

    def test_the_hours_of_another_day_are_not_those_of_today(self, yahoo, ask):
        yahoo.put("X", plain())
        yahoo.put("Y", history([*DAYS, "2020-03-09"], [*CLOSES, 42.0]))
        monday = at("2020-03-09 12:00")
        assert ask(clock=monday).get("X").notes == ()
        assert len(ask(clock=monday).get("Y").frame) == 5

    def test_nothing_but_an_unfinished_bar(self, yahoo, ask):
        yahoo.put("X", history(["2020-03-06"], [41.0]))
        with pytest.raises(NoDataError, match="not one closing price"):
            ask(clock=at("2020-03-06 11:00")).get("X")


# What is answered first, and the error that it is if nobody asks again.
FAILURES = {
    "429": (failure(429), RateLimitedError, "asked less often"),
    "429 in Yahoo's form": (
        refusal(429, "Too Many Requests", "slow down"), RateLimitedError, "less often"
    ),
    "500": (failure(500), ProviderUnavailableError, "cannot be read"),
    "500 in Yahoo's form": (
        refusal(500, "internal-error", "Internal Server Error"),
        ProviderUnavailableError,
        "could not answer: Internal Server Error",
    ),
    "503, down": (
        failure(503, b"Will be right back"), ProviderUnavailableError, "cannot be read"
    ),
    "a page": (failure(200), ProviderUnavailableError, "JSONDecodeError"),
    "nothing": (failure(200, b""), ProviderUnavailableError, "cannot be read"),
    "half an answer": (plain(cut=300), ProviderUnavailableError, "JSONDecodeError"),
    "null": (failure(200, b"null"), NoDataError, "no daily prices"),
    "a list": (failure(200, b"[1]"), NoDataError, "no daily prices"),
    "no time zone": (
        plain(exchangeTimezoneName="Mars/Olympus"),
        ProviderUnavailableError,
        "cannot be read",
    ),
    "unknown": (unknown(), UnknownTickerError, "no such ticker"),
    "unknown, as a page": (failure(404), ProviderUnavailableError, "cannot be read"),
    "no days": (history(["1900-01-02"], [1.0]), NoDataError, "no daily prices"),
    "another range": (
        refusal(400, "Bad Request", "Data doesn't exist for startDate = 1"),
        NoDataError,
        "no daily prices",
    ),
    "no adjusted closes": (
        history(DAYS, CLOSES, None, dividends=PAID), BadDataError, "no adjusted closes"
    ),
    "adjusted closes of null": (
        history(DAYS, CLOSES, [None] * 5), BadDataError, "no adjusted closes"
    ),
    "late": (plain(delay=1.0), ProviderUnavailableError, "not answer in time"),
}  # fmt: skip
TRANSIENT = {
    "429": [10.0],
    "429 in Yahoo's form": [10.0],
    "500": [1.0],
    "500 in Yahoo's form": [1.0],
    "503, down": [1.0],
    "a page": [1.0],
    "nothing": [1.0],
    "half an answer": [1.0],
    "no time zone": [1.0],
    "unknown, as a page": [1.0],
}


def twice(answer):
    """yfinance itself asks again where the status is one of failure."""
    return [answer] * (2 if getattr(answer, "status", 200) >= 400 else 1)


class TestFailures:
    """Each is an error of ours; none is remembered; some are tried again."""

    @pytest.mark.parametrize("case", FAILURES)
    def test_typed_and_the_next_call_succeeds(self, yahoo, ask, slept, case):
        answer, error, words = FAILURES[case]
        yahoo.put("X", *twice(answer), plain())
        provider = ask(retries=0, timeout=0.3 if case == "late" else 5.0)
        with pytest.raises(error, match=words) as raised:
            provider.get("X")
        assert raised.type is error
        assert raised.value.parameter == "ticker"
        assert raised.value.value == "X"
        assert raised.value.way_out.endswith((".", "dividends."))
        assert slept == []
        assert provider.get("X").frame["close"].tolist() == CLOSES

    @pytest.mark.parametrize("case", FAILURES)
    def test_tried_again_where_that_may_help(self, yahoo, ask, slept, case):
        answer, error, _ = FAILURES[case]
        yahoo.put("X", *twice(answer), plain())
        provider = ask(timeout=0.3 if case == "late" else 5.0)
        if case in TRANSIENT:
            assert provider.get("X").frame["close"].tolist() == CLOSES
        else:
            with pytest.raises(error):
                provider.get("X")
        assert slept == TRANSIENT.get(case, [])

    def test_gives_up_after_as_many_tries_as_asked_for(self, yahoo, ask, slept):
        yahoo.put("X", failure(200))
        with pytest.raises(ProviderUnavailableError):
            ask(retries=3).get("X")
        assert slept == [1.0, 2.0, 4.0]
        assert yahoo.asked("X") == 4

    def test_a_plea_for_patience_is_heard_once(self, yahoo, ask, slept):
        yahoo.put("X", failure(429))
        with pytest.raises(RateLimitedError):
            ask(retries=5).get("X")
        assert slept == [10.0]

    def test_a_refused_connection(self, yahoo, ask, slept):
        yahoo.put("X", plain())
        yahoo.refuses = True
        with pytest.raises(ProviderUnavailableError, match="could not be reached"):
            ask().get("X")
        assert slept == [1.0, 2.0]
        yahoo.refuses = False
        assert len(ask().get("X").frame) == 5

    def test_a_network_that_comes_back(self, yahoo):
        yahoo.put("X", plain())
        yahoo.refuses = True

        def comes_back(_seconds):
            yahoo.refuses = False

        assert len(Yahoo(sleep=comes_back).get("X").frame) == 5

    def test_without_a_network(self, ask, network):
        with YahooServer():  # From here on yfinance keeps nothing at home.
            pass
        with pytest.raises(ProviderUnavailableError, match="could not be reached"):
            ask(retries=0).get("X")
        assert network
        network.clear()

    def test_the_first_and_the_fourth_unknown_ticker_are_alike(self, yahoo, ask):
        said = set()
        for number in range(4):
            with pytest.raises(UnknownTickerError) as raised:
                ask().get(f"NO{number}")
            said.add((raised.value.bound, raised.value.way_out))
            assert yahoo.asked(f"NO{number}") == 2  # Both by yfinance itself.
        assert len(said) == 1

    @pytest.mark.parametrize(
        ("ticker", "hint"), [("BRK.B", "'BRK-B'"), ("7203.T", ""), ("XOM", "")]
    )
    @pytest.mark.usefixtures("yahoo")
    def test_a_class_of_shares_has_a_hint(self, ask, ticker, hint):
        with pytest.raises(UnknownTickerError) as raised:
            ask().get(ticker)
        assert ("has a dash" in raised.value.way_out) == bool(hint)
        assert hint in raised.value.way_out

    @pytest.mark.parametrize("ticker", ["", "../../x", "A B", "A?b=1", "é", "X" * 300])
    def test_what_is_no_symbol_is_not_asked(self, yahoo, ask, ticker):
        with pytest.raises(UnknownTickerError, match="no such symbols"):
            ask().get(ticker)
        assert yahoo.requests == []

    @pytest.mark.parametrize("ticker", ["^GSPC", "BTC-USD", "EURUSD=X", "M&M.NS"])
    def test_odd_symbols_are(self, yahoo, ask, ticker):
        yahoo.put(ticker, plain())
        assert len(ask().get(ticker).frame) == 5


class TestShares:
    """Shares outstanding, whose splits are those of the closes."""

    def found(self, yahoo, ask, by_day, splits=None):
        yahoo.put("X", plain(splits=splits))
        yahoo.put_shares("X", counts(by_day))
        return ask(clock=at("2020-06-01 12:00")).shares("X")

    def test_dated(self, yahoo, ask):
        found = self.found(yahoo, ask, [("2020-03-06", 120.0), ("2020-03-02", 100.0)])
        assert found.counts.to_dict() == {
            pd.Timestamp("2020-03-02"): 100.0,
            pd.Timestamp("2020-03-06"): 120.0,
        }
        assert found.counts.index.dtype == "datetime64[ns]"
        assert (found.source, found.retrieved_at) == ("Yahoo Finance", "2020-06-01")
        assert found.notes == ()
        assert "adjusted for splits" in found.basis

    def test_one_of_several_a_day(self, yahoo, ask):
        several = [("2020-03-02", n) for n in (101.0, 100.0, 104.0, 102.0)]
        found = self.found(yahoo, ask, [*several, ("2020-03-03", 105.0)])
        assert found.counts.tolist() == [101.0, 105.0]

    def test_counts_far_apart_on_a_day_are_none(self, yahoo, ask):
        apart = [("2020-03-03", 100.0), ("2020-03-03", 200.0)]
        found = self.found(yahoo, ask, [("2020-03-02", 100.0), *apart])
        assert found.counts.tolist() == [100.0]
        assert found.notes == (
            "1 days with counts more than 10 % apart are left out: 2020-03-03",
        )

    def test_what_is_no_count_is_left_out(self, yahoo, ask):
        odd = [("2020-03-02", 0.0), ("2020-03-03", None), ("2020-03-04", 100.0)]
        assert self.found(yahoo, ask, odd).counts.tolist() == [100.0]

    @pytest.mark.parametrize("counted", ["2020-03-05", "2020-03-06", "2020-05-20"])
    def test_a_split_once_it_is_counted(self, yahoo, ask, counted):
        by_day = [("2020-03-02", 100.0), ("2020-03-04", 101.0), (counted, 404.0)]
        found = self.found(yahoo, ask, by_day, {"2020-03-05": (4, 1)})
        assert found.counts.tolist() == [400.0, 404.0, 404.0]
        assert found.notes == (
            "counts before the split of 2020-03-05 are multiplied by 4",
        )

    def test_a_split_counted_late(self, yahoo, ask):
        by_day = [("2020-03-02", 100.0), ("2020-03-06", 100.0), ("2020-04-01", 50.0)]
        found = self.found(yahoo, ask, by_day, {"2020-03-05": (1, 2)})
        assert found.counts.tolist() == [50.0, 50.0, 50.0]

    def test_a_split_between_counts_that_are_far_apart(self, yahoo, ask):
        by_day = [("2020-03-02", 100.0), ("2021-03-02", 210.0)]
        found = self.found(yahoo, ask, by_day, {"2020-03-05": (2, 1)})
        assert found.counts.tolist() == [200.0, 210.0]

    def test_a_split_that_is_not_counted_yet(self, yahoo, ask):
        found = self.found(yahoo, ask, [("2020-03-02", 100.0)], {"2020-03-05": (2, 1)})
        assert found.counts.tolist() == [200.0]

    def test_counts_that_know_of_the_split_already(self, yahoo, ask):
        by_day = [("2020-03-02", 400.0), ("2020-03-06", 401.0)]
        found = self.found(yahoo, ask, by_day, {"2020-03-05": (4, 1)})
        assert (found.counts.tolist(), found.notes) == ([400.0, 401.0], ())

    def test_two_splits(self, yahoo, ask):
        days = ["2018-03-01", "2019-03-01", "2020-03-02", "2020-03-05"]
        splits = {"2019-03-01": (3, 1), "2020-03-05": (2, 1)}
        yahoo.put("X", history(days, [10.0, 10.0, 10.0, 10.0], splits=splits))
        by_day = [("2018-06-01", 10.0), ("2019-06-01", 30.0), ("2020-04-01", 60.0)]
        yahoo.put_shares("X", counts(by_day))
        assert ask().shares("X").counts.tolist() == [60.0, 60.0, 60.0]

    @pytest.mark.parametrize(
        "nothing", [no_counts(), no_counts({}), counts([("2020-03-02", None)])]
    )
    def test_none_at_all(self, yahoo, ask, nothing):
        yahoo.put("X", plain())
        yahoo.put_shares("X", nothing)
        with pytest.raises(NoDataError, match="no share counts"):
            ask().shares("X")

    @pytest.mark.usefixtures("yahoo")
    def test_of_an_unknown_ticker(self, ask):
        with pytest.raises(UnknownTickerError):
            ask().shares("GONE")

    def test_a_failure_is_not_remembered(self, yahoo, ask):
        yahoo.put("X", plain())
        yahoo.put_shares("X", *twice(failure(500)), counts([("2020-03-02", 100.0)]))
        with pytest.raises(ProviderUnavailableError):
            ask(retries=0).shares("X")
        assert ask().shares("X").counts.tolist() == [100.0]


class TestTheWall:
    """Nothing is printed, changed or left behind."""

    def test_silence(self, yahoo, ask, capfd, caplog):
        caplog.set_level(logging.DEBUG)
        yahoo.put("X", plain())
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            ask().get("X")
            for answer in (unknown(), failure(500), failure(429)):
                yahoo.put("Y", answer)
                with pytest.raises(EventStudyError):
                    ask().get("Y")
        assert (warned, capfd.readouterr()) == ([], ("", ""))
        assert [r.name for r in caplog.records if r.name.startswith("yfinance")] == []

    def test_settings_of_the_user_are_as_before(self, yahoo, ask):
        import yfinance

        logger, debug = logging.getLogger("yfinance"), yfinance.config.debug
        debug.hide_exceptions = True
        before = (logger.level, debug.hide_exceptions)
        for answer in (plain(), failure(500)):
            yahoo.put("X", answer)
            with contextlib.suppress(ProviderUnavailableError):
                ask(retries=0).get("X")
            assert (logger.level, debug.hide_exceptions) == before

    def test_many_threads_get_their_own(self, yahoo, ask):
        names = [f"T{number}" for number in range(6)]
        for number, name in enumerate(names):
            yahoo.put(name, history(DAYS, [close + number for close in CLOSES]))
        found = {}

        def fetch(name):
            found[name] = ask().get(name).frame["close"].iloc[0]

        threads = [threading.Thread(target=fetch, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found[name] for name in names] == [38.0 + n for n in range(6)]

    def test_the_package_does_not_load_yfinance(self):
        code = (
            "import sys, eventstudy.prices.yahoo as y; y.Yahoo()\n"
            "sys.exit('yfinance' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    @pytest.mark.usefixtures("yahoo")
    def test_tests_leave_nothing_at_home(self):
        from yfinance import cache

        places = {
            manager.get_location()
            for manager in (cache._TzDBManager, cache._CookieDBManager)
        }
        assert len(places) == 1
        assert Path.home() not in Path(places.pop()).parents

    def test_the_clock_is_the_present_by_default(self):
        assert abs(Yahoo().clock() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
