"""What was fetched once: when it serves, what is said of it, and what refuses it."""

import datetime as dt
import hashlib
import json

import pandas as pd
import pytest

from eventstudy.errors import (
    ArgumentError,
    BadDataError,
    NoDataError,
    ProviderUnavailableError,
    RateLimitedError,
    UnknownTickerError,
)
from eventstudy.prices._cache_files import seal
from eventstudy.prices.bundled import Bundled
from eventstudy.prices.cache import Cached, cache_folder, cache_info, clear_cache
from tests.prices.cached_prices import Counting, prices, unknown

MONDAY = dt.datetime(2020, 4, 6, 12, tzinfo=dt.UTC)
DOWN = ProviderUnavailableError("ticker", "X", "it could not be reached", "Later.")
EMPTY = NoDataError("ticker", "X", "it has no prices of it", "Pass prices=.")
SLOW = RateLimitedError("ticker", "X", "it asks for patience", "Later.")


def day(text):
    return pd.Timestamp(text)


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now=MONDAY):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def provider():
    return Counting()


@pytest.fixture
def cached(provider, tmp_path, clock):
    def make(**options):
        return Cached(provider, tmp_path, clock=clock, **options)

    return make


def only(folder, suffix):
    (path,) = folder.rglob(f"*{suffix}")
    return path


def rewrite(path, change):
    """A sidecar as a hostile hand leaves it: changed, and sealed again."""
    facts = json.loads(path.read_text()) | change
    del facts["seal"]
    path.write_text(json.dumps(facts | {"seal": seal(facts)}))


class TestWhatIsKept:
    """The same numbers and the same facts, whether new or kept."""

    def test_to_the_bit_and_with_its_facts(self, cached, provider, tmp_path):
        new = cached().get("X")
        kept = cached(offline=True).get("X")
        assert provider.asked == ["X"]
        assert new.frame.equals(prices(11.0))
        assert new.provenance() == kept.provenance()
        assert kept.provenance() == {
            "ticker": "X",
            "source": "The exchange",
            "retrieved_at": "2020-04-06",
            "sha256": hashlib.sha256(only(tmp_path, ".csv").read_bytes()).hexdigest(),
            "currency": "EUR",
            "first": "2020-01-02",
            "last": "2020-03-25",
            "rows": 60,
            "notes": ["mine"],
        }
        assert kept.frame.index.dtype == "datetime64[ns]"
        assert kept.frame.equals(new.frame)

    def test_unknown_prices_and_whole_numbers(self, tmp_path):
        series = Bundled().get("IMGN")
        kept = Cached(Bundled(), tmp_path).get("IMGN")
        pd.testing.assert_frame_equal(kept.frame, series.frame, check_exact=True)

    def test_the_sidecar_says_it_all(self, cached, tmp_path):
        cached().get("^GSPC")
        facts = json.loads(only(tmp_path, ".json").read_text())
        assert facts["symbol"] == facts["ticker"] == "^GSPC"
        assert facts["retrieved_at"] == "2020-04-06T12:00:00+00:00"
        assert facts["cached_from"] == "The exchange"
        assert {"versions", "schema", "file", "first", "last", "rows"} <= facts.keys()

    def test_what_a_users_own_object_answers(self, tmp_path):
        class Own:
            def get(self, ticker):
                return {"X": prices(7.0)["close"]}[ticker]

        kept = Cached(Own(), tmp_path).get("X")
        assert kept.frame["close"].to_list() == prices(7.0)["close"].to_list()
        with pytest.raises(UnknownTickerError, match="Own does not hold it"):
            Cached(Own(), tmp_path).get("Y")

    def test_what_would_falsify_is_not_kept(self, tmp_path):
        class Negative(Counting):
            def get(self, ticker):
                series = super().get(ticker)
                series.frame.iloc[3] *= -1.0
                return series

        with pytest.raises(BadDataError, match="negative"):
            Cached(Negative(), tmp_path).get("X")
        assert cache_info(tmp_path).empty

    def test_two_providers_of_one_name_do_not_meet(self, tmp_path):
        namesake = type("Bundled", (Counting,), {})
        Cached(Bundled(), tmp_path).get("IBB")
        assert Cached(namesake(), tmp_path).get("IBB").currency == "EUR"
        assert Cached(Bundled(), tmp_path, offline=True).get("IBB").currency == "USD"


class TestHowLong:
    """When the source is asked again."""

    @pytest.mark.parametrize(
        ("last", "hours", "asked"),
        [
            (None, 23, 1),
            (None, 25, 2),
            ("2020-04-06", 23, 1),
            ("2020-04-06", 25, 2),
            ("2020-03-30", 25, 2),  # seven days before: still among the last sessions
            ("2020-03-29", 25, 1),
            ("2020-01-10", 24 * 3650, 1),
        ],
    )
    def test_prices(self, cached, provider, clock, last, hours, asked):
        last = last and day(last)
        cached().get("X", last)
        clock.move(hours=hours)
        cached().get("X", last)
        assert len(provider.asked) == asked

    def test_a_copy_of_later_days_is_not_old_for_earlier_ones(self, cached, provider):
        cached().get("X", day("2020-04-06"))
        cached().get("X", day("2020-01-10"))
        assert provider.asked == ["X"]

    def test_refresh_asks_whatever_is_kept(self, cached):
        assert cached().get("X").frame["close"].iloc[0] == 11.0
        assert cached(refresh=True).get("X").frame["close"].iloc[0] == 12.0
        assert cached().get("X").frame["close"].iloc[0] == 12.0

    def test_a_whole_history_replaces_the_older_one(self, cached, clock, tmp_path):
        cached().get("X")
        clock.move(days=2)
        assert cached().get("X").frame.equals(prices(12.0))
        assert len(cache_info(tmp_path)) == 1

    def test_a_copy_from_the_future_is_not_trusted(self, cached, provider, clock):
        cached().get("X")
        clock.move(hours=-2)
        cached().get("X")
        assert provider.asked == ["X", "X"]

    @pytest.mark.parametrize(("hours", "asked"), [(23, 1), (25, 2)])
    def test_a_source_that_has_nothing_of_it(
        self, cached, provider, clock, hours, asked
    ):
        provider.error = EMPTY
        for _ in range(2):
            with pytest.raises(NoDataError, match="it has no prices of it"):
                cached().get("X")
            clock.move(hours=hours)
        assert len(provider.asked) == asked

    @pytest.mark.parametrize(("days", "asked"), [(6, 1), (8, 2)])
    def test_an_unknown_ticker(self, cached, provider, clock, days, asked):
        provider.error = unknown("GONE")
        for _ in range(2):
            with pytest.raises(UnknownTickerError, match="no such listing") as caught:
                cached().get("GONE")
            clock.move(days=days)
        assert len(provider.asked) == asked
        if asked == 1:
            assert "asked on 2020-04-06" in str(caught.value)
            assert "refresh=True" in caught.value.way_out
        provider.error = None
        assert len(cached(refresh=True).get("GONE").frame) == 60
        assert len(cached(offline=True).get("GONE").frame) == 60


class TestWithoutTheSource:
    """An older copy is better than none, and its age is said."""

    @pytest.mark.parametrize("error", [DOWN, SLOW, EMPTY, unknown("X")], ids=repr)
    def test_an_older_copy_and_its_age(self, cached, provider, clock, error):
        cached().get("X")
        clock.move(days=5)
        provider.error = error
        found = cached().get("X")
        assert found.frame.equals(prices(11.0))
        assert found.notes == (
            "mine",
            f"a copy of 2020-04-06, 5 days old, was taken: The exchange: {error.bound}",
        )
        provider.error = None
        assert cached().get("X").notes == ("mine",)

    @pytest.mark.parametrize("error", [DOWN, SLOW, EMPTY], ids=repr)
    def test_nothing_kept(self, cached, provider, error):
        provider.error = error
        with pytest.raises(type(error), match=error.bound):
            cached().get("X")
        provider.error = None
        renew = error is EMPTY  # What the source has nothing of is kept in mind.
        assert len(cached(refresh=renew).get("X").frame) == 60

    def test_who_asks_for_new_prices_gets_no_old_ones(self, cached, provider):
        cached().get("X")
        provider.error = DOWN
        with pytest.raises(ProviderUnavailableError):
            cached(refresh=True).get("X")
        provider.error = unknown("X")
        with pytest.raises(UnknownTickerError):
            cached(refresh=True).get("X")
        assert cached(offline=True).get("X").frame.equals(prices(11.0))

    def test_offline_asks_nobody(self, cached, provider, clock):
        with pytest.raises(NoDataError, match=r"not in the cache.*was not asked"):
            cached(offline=True).get("X")
        assert provider.asked == []
        cached().get("X")
        clock.move(days=1, hours=1)
        (_, note) = cached(offline=True).get("X").notes
        assert note == (
            "a copy of 2020-04-06, 1 day old, was taken: the network is switched off "
            "(offline)"
        )
        assert provider.asked == ["X"]

    def test_offline_an_unknown_ticker_stays_unknown(self, cached, provider, clock):
        provider.error = unknown("GONE")
        with pytest.raises(UnknownTickerError):
            cached().get("GONE")
        clock.move(days=100)
        with pytest.raises(UnknownTickerError, match="asked on 2020-04-06"):
            cached(offline=True).get("GONE")

    def test_new_prices_without_a_network(self, cached):
        with pytest.raises(ArgumentError, match="refresh"):
            cached(offline=True, refresh=True)


class TestDamage:
    """Nothing that was harmed is read; the source is asked instead."""

    @pytest.mark.parametrize("suffix", [".csv", ".json"])
    @pytest.mark.parametrize(
        "harm",
        [
            lambda content: content[: len(content) // 2],
            lambda _: b"",
            lambda content: content.replace(b"1", b"2", 1),
            lambda content: content + b"2020-03-26,1,1\n",
            lambda content: b"\x00" * len(content),
            lambda _: b"[]",
            lambda _: b"{}",
        ],
        ids=["cut", "empty", "digit", "row", "zeros", "list", "nothing"],
    )
    def test_it_is_fetched_anew(self, cached, tmp_path, suffix, harm):
        cached().get("X")
        path = only(tmp_path, suffix)
        path.write_bytes(harm(path.read_bytes()))
        again = cached().get("X").frame
        assert again.equals(prices(11.0)) or again.equals(prices(12.0))
        assert cached(offline=True).get("X").frame.equals(again)

    def test_a_table_that_is_gone(self, cached, tmp_path):
        cached().get("X")
        only(tmp_path, ".csv").unlink()
        assert cached().get("X").frame.equals(prices(12.0))

    @pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "", 5, "x.csv"])
    def test_a_sidecar_never_leads_out_of_the_folder(self, cached, tmp_path, name):
        cached().get("X")
        secret = only(tmp_path, ".csv").rename(tmp_path / "secret.csv")
        path = only(tmp_path, ".json")
        digest = hashlib.sha256(secret.read_bytes()).hexdigest()
        rewrite(path, {"file": name, "sha256": digest})
        with pytest.raises(NoDataError):
            cached(offline=True).get("X")

    def test_a_sidecar_that_was_changed(self, cached, tmp_path):
        cached().get("X")
        path = only(tmp_path, ".json")
        path.write_text(path.read_text().replace("EUR", "USD"))
        with pytest.raises(NoDataError):
            cached(offline=True).get("X")

    @pytest.mark.parametrize(
        "change",
        [{"schema": 99}, {"symbol": "Y"}, {"symbol": 5}, {"retrieved_at": "soon"},
         {"retrieved_at": "2020-04-06T12:00:00"}, {"file": None}],
        ids=str,
    )  # fmt: skip
    def test_a_sidecar_that_cannot_be_believed(self, cached, tmp_path, change):
        cached().get("X")
        rewrite(only(tmp_path, ".json"), change)
        with pytest.raises((NoDataError, UnknownTickerError)):
            cached(offline=True).get("X")

    def test_a_folder_that_cannot_be_written(self, provider, tmp_path):
        (tmp_path / "file").write_text("in the way")
        found = Cached(provider, tmp_path / "file").get("X")
        assert found.frame.equals(prices(11.0))
        assert found.notes[-1].startswith("no copy could be kept (")
        provider.error = unknown("GONE")
        with pytest.raises(UnknownTickerError):
            Cached(provider, tmp_path / "file").get("GONE")


class TestFolder:
    """Where it is, what it holds, and how it is emptied."""

    def test_argument_then_environment_then_the_systems_own(self, monkeypatch):
        monkeypatch.setenv("EVENTSTUDY_CACHE", "/there")
        assert str(cache_folder("/here")) == "/here"
        assert str(cache_folder()) == "/there"
        monkeypatch.delenv("EVENTSTUDY_CACHE")
        assert cache_folder().parts[-1] == "eventstudy"
        monkeypatch.setenv("XDG_CACHE_HOME", "/home/me/.own")
        assert cache_folder().parts[-1] == "eventstudy"

    def test_what_it_holds(self, cached, provider, tmp_path):
        assert cache_info(tmp_path / "none").empty
        cached().get("X")
        provider.error = unknown("GONE")
        with pytest.raises(UnknownTickerError):
            cached().get("GONE")
        held = cache_info(tmp_path).set_index("symbol")
        assert held.loc["X", "rows"] == 60
        assert held.loc["X", "bytes"] == only(tmp_path, ".csv").stat().st_size
        assert held.loc["X", ["first", "last"]].to_list() == [
            "2020-01-02",
            "2020-03-25",
        ]
        assert held.loc["GONE", "rows"] == 0
        assert set(held["source"]) == {"The exchange"}

    def test_emptied_of_its_own_files_alone(self, cached, tmp_path):
        cached().get("X")
        mine = tmp_path / "mine.csv"
        beside = only(tmp_path, ".json").with_name("notes.txt")
        for path in (mine, beside):
            path.write_text("my own")
        assert clear_cache(tmp_path) == 1
        assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted(
            [mine, beside]
        )
        beside.unlink()
        assert clear_cache(tmp_path) == 0
