"""Which days are needed, and whether a series has them."""

import pandas as pd
import pytest

import eventstudy as es
from eventstudy.alignment import Inputs, Sources
from eventstudy.alignment.benchmarks import benchmark_track
from eventstudy.alignment.firms import firm_tracks
from eventstudy.design import Design
from eventstudy.news.event import Event
from eventstudy.news.event_days import day_span, day_spans
from eventstudy.news.tables import event_table
from eventstudy.prices.search import DaysNeeded, Search

DAYS = pd.bdate_range("2020-01-01", periods=100, unit="ns")


def needed(first, last=None, before=5, after=2, within=None):
    last = first if last is None else last
    days = DAYS if within is None else DAYS[list(within)]
    return DaysNeeded(
        DAYS[first], DAYS[last], before, after,
        None if within is None else (days[0], days[1]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "there"),
    [
        (needed(5), True),
        (needed(4), False),
        (needed(97), True),
        (needed(98), False),
        (needed(5, 97), True),
        (needed(4, within=(0, 99)), True),
        (needed(98, within=(0, 99)), True),
        (DaysNeeded(DAYS[0] - pd.Timedelta(days=400), DAYS[50], 5, 2), False),
        (DaysNeeded(DAYS[50], DAYS[99] + pd.Timedelta(days=400), 5, 2), False),
    ],
)
def test_days_that_are_there(days, there):
    assert days.are_in(DAYS) is there


def test_what_the_firm_lacks_is_not_asked_of_the_market():
    younger = DAYS[20:]
    assert needed(22, within=(20, 99)).are_in(younger)
    assert not needed(22, within=(10, 99)).are_in(younger)


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [(0, 4, False), (0, 5, True), (97, 99, True), (98, 99, False), (0, 99, True)],
)
def test_days_of_which_some_are_there(first, last, some):
    assert needed(first, last).overlap(DAYS) is some


def test_when_all_have_passed():
    assert needed(10, after=10).over >= DAYS[20]
    assert Search().last is None


@pytest.mark.parametrize(
    ("event", "last"),
    [
        (Event.of("X", "2020-01-08"), "2020-01-08"),
        (Event.of("X", "2020-01-08", "before_open"), "2020-01-08"),
        (Event.of("X", "2020-01-08", "after_close"), "2020-01-09"),
        (Event.of("X", "2020-01-08T16:30-05:00"), "2020-01-09"),
    ],
)
def test_the_days_of_an_event(event, last):
    assert day_span(event) == (pd.Timestamp("2020-01-08"), pd.Timestamp(last))


def test_the_days_of_a_table():
    table = event_table(
        pd.DataFrame(
            {
                "ticker": ["X", "Y", "X", "X", None],
                "date": ["2020-01-08", "2020-02-03", "2019-05-06", "soon", ""],
                "timing": ["after_close", None, None, None, None],
            }
        )
    )  # fmt: skip
    assert day_spans(table) == {
        "X": (pd.Timestamp("2019-05-06"), pd.Timestamp("2020-01-09")),
        "Y": (pd.Timestamp("2020-02-03"), pd.Timestamp("2020-02-03")),
    }
    plain = event_table([("X", "2020-01-08"), ("X", "2020-01-07")])
    assert day_spans(plain) == {
        "X": (pd.Timestamp("2020-01-07"), pd.Timestamp("2020-01-08"))
    }


class TestTheShippedSeries:
    """Each is used for the days that it covers, and nobody is asked for those."""

    def find(self, ticker, *days):
        span = pd.Timestamp(days[0]), pd.Timestamp(days[-1])
        inputs = Inputs(sources=Sources({ticker: span}, offline=True))
        design = Design.of()
        firm = firm_tracks(inputs, design)(ticker)
        return firm, benchmark_track("market", [firm], inputs, design)

    @pytest.mark.parametrize("day", ["2009-06-15", "2010-08-27", "2023-12-19"])
    def test_inside(self, day):
        firm, market = self.find("IMGN", day)
        assert firm.bundled
        assert market.bundled
        assert not [note for note in firm.notes if "not reach" in note]

    @pytest.mark.parametrize("day", ["2009-01-20", "2024-01-05", "2030-01-01"])
    def test_a_firm_beyond_them_without_another_source_says_so(self, day):
        firm, _ = self.find("IMGN", day)
        assert firm.bundled
        assert (
            "the shipped prices are taken, though they do not reach" in firm.notes[-1]
        )

    def test_a_market_for_a_firm_with_other_days_is_looked_for_elsewhere(self):
        prices = pd.DataFrame({"X": 10.0 + (DAYS.day % 3)}, DAYS)
        days = pd.Timestamp("2024-02-02"), pd.Timestamp("2024-02-02")
        longer = prices.set_axis(pd.bdate_range(end="2024-03-01", periods=100))
        inputs = Inputs(prices=longer, sources=Sources({"X": days}, offline=True))
        design = Design.of(estimation_window=40, min_estimation=20)
        firm = firm_tracks(inputs, design)("X")
        with pytest.raises(es.NoDataError, match="2009-01-02 to 2024-01-05") as caught:
            benchmark_track("market", [firm], inputs, design)
        assert caught.value.parameter == "market"

    def test_the_shipped_study_asks_nobody(self):
        result = es.study(es.list_events("IMGN"))
        assert not [words for words in result.warnings if "not reach" in str(words)]
