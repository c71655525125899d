"""Events: dates told from instants, contradictions refused."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news import Event

NEW_YORK = "America/New_York"
DAY = pd.Timestamp(2010, 8, 27)


@pytest.mark.parametrize(
    "value",
    [
        "2010-08-27",
        "2010-08-27T00:00",
        "2010-08-27T00:00-04:00",
        pd.Timestamp("2010-08-27", tz=NEW_YORK),
    ],
    ids=str,
)
def test_dates_and_midnights_of_the_exchange_are_bare_dates(value):
    event = Event.of("IMGN", value)
    assert event.date == DAY
    assert event.announced_at is None


@pytest.mark.parametrize(
    "value",
    [
        "2010-08-27T07:00",
        "2010-08-27T00:00Z",
        "2010-08-27T04:00Z",
        "2010-08-27T00:00+09:00",
        "2010-08-27T00:00-05:00",
        pd.Timestamp("2010-08-27", tz="Asia/Tokyo"),
    ],
    ids=str,
)
def test_any_other_time_is_an_instant(value):
    event = Event.of("IMGN", value)
    assert event.date is None
    assert event.announced_at == pd.Timestamp(value)


def test_the_calendar_decides_which_midnight_is_a_date():
    tokyo = pd.Timestamp("2010-08-27", tz="Asia/Tokyo")
    assert Event.of("7203", tokyo, calendar="XTKS").date == DAY


def test_facts_are_kept():
    event = Event.of("IMGN", "2010-08-27", "before_open", headline="RTF", id="a")
    assert (event.timing, event.headline, event.id) == ("before_open", "RTF", "a")


def test_an_instant_beside_timing_is_refused():
    with pytest.raises(EventDateError, match="says it already") as caught:
        Event.of("IMGN", "2010-08-27T07:00", "before_open")
    assert caught.value.parameter == "timing"


def test_a_table_row_may_have_both():
    event = Event.of(
        "IMGN", "2010-10-11", "before_open", announced_at="2010-10-11T07:33-04:00"
    )
    assert event.date == pd.Timestamp(2010, 10, 11)
    assert event.announced_at == pd.Timestamp("2010-10-11T11:33Z")


def test_an_announced_date_without_a_time_wins_over_the_date():
    event = Event.of("IMGN", "2010-10-11", announced_at="2010-10-12")
    assert event.date == pd.Timestamp(2010, 10, 12)
    assert event.announced_at is None


@pytest.mark.parametrize("timing", ["bmo", "AMC", "before open", 5, True, pd.NA])
def test_unknown_timing_lists_what_is_allowed(timing):
    with pytest.raises(ArgumentError, match="before_open, during, after_close"):
        Event.of("IMGN", "2010-08-27", timing)


@pytest.mark.parametrize(("short", "ours"), [("bmo", "before_open"), ("AMC", "after_")])
def test_usual_abbreviations_get_a_hint(short, ours):
    with pytest.raises(ArgumentError, match=f"Did you mean '{ours}"):
        Event.of("IMGN", "2010-08-27", short)


@pytest.mark.parametrize("ticker", ["", "  ", None, 5, ["IMGN"]])
def test_a_ticker_is_text(ticker):
    with pytest.raises(ArgumentError, match="a ticker is a text"):
        Event.of(ticker, "2010-08-27")


def test_no_date_at_all():
    with pytest.raises(EventDateError, match="there is no date"):
        Event.of("IMGN")


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "2010-08-27"},
        {"announced_at": "2010-08-27"},
        {"date": pd.Timestamp("2010-08-27 07:00")},
        {"date": pd.Timestamp("2010-08-27", tz="UTC")},
    ],
    ids=str,
)
def test_the_plain_constructor_takes_timestamps_only(wrong):
    with pytest.raises(EventDateError, match=r"Event\.of"):
        Event("IMGN", **wrong)


def test_an_event_is_frozen():
    event = Event.of("IMGN", "2010-08-27")
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.ticker = "X"
    assert event == Event.of("IMGN", "2010-08-27")


def test_rows_leave_blanks_and_foreign_columns_out():
    event = Event.from_row(
        {
            "ticker": "IMGN",
            "date": DAY,
            "announced_at": np.nan,
            "timing": "",
            "headline": None,
            "source": pd.NA,
            "weight": 3,
        }
    )
    assert event == Event.of("IMGN", "2010-08-27")


def test_a_row_without_ticker_is_refused():
    with pytest.raises(ArgumentError, match="ticker"):
        Event.from_row({"date": "2010-08-27"})
