"""Days that were no trading days, or not to their end."""

import numpy as np
import pandas as pd
import pytest

from eventstudy.prices.suspicions import notes
from eventstudy.prices.trading import missing_sessions
from tests.prices.made_up import frame, walk

SESSIONS = pd.bdate_range("2010-01-04", periods=300).as_unit("ns")
LACKING = pd.DatetimeIndex(["2010-01-06", "2010-01-07"])


def with_volume(volume):
    return frame(walk(), volume=volume)


def test_volumes_of_ordinary_days_need_no_word():
    rng = np.random.default_rng(3)
    assert notes(with_volume(rng.integers(100_000, 900_000, 60))) == ()


@pytest.mark.parametrize("volume", [np.zeros(60), np.full(60, np.nan)])
def test_series_without_any_volume_pass(volume):
    assert notes(with_volume(volume)) == ()


def test_days_without_volume_are_named():
    volume = np.full(60, 5000.0)
    volume[[2, 3, 9, 30]] = 0
    assert notes(with_volume(volume)) == (
        (
            "the volume is zero on 2010-01-06, 2010-01-07, 2010-01-15 and 1 more: the "
            "price of such a day may be a quote"
        ),
    )


def test_a_price_carried_forward_is_told_from_a_quote():
    close, volume = walk(), np.full(60, 5000.0)
    volume[[2, 9]] = 0
    close[9] = close[8]
    (note,) = notes(frame(close, volume=volume))
    assert note.startswith("the volume is zero on 2010-01-06, 2010-01-15; carried ")
    assert "forward on 2010-01-15, with the price of the day before" in note
    assert "NaN in its place" in note


def test_unknown_volumes_are_no_zeros():
    volume = np.full(60, 5000.0)
    volume[5:20] = np.nan
    assert notes(with_volume(volume)) == ()


@pytest.mark.parametrize(("last", "noted"), [(499, True), (501, False), (4000, False)])
def test_a_last_day_of_little_volume(last, noted):
    volume = np.full(60, 5000.0)
    volume[-1] = last
    found = notes(with_volume(volume))
    assert bool(found) is noted
    if noted:
        assert found == (
            (
                "the last day, 2010-03-26, looks unfinished: its volume is below 10 % "
                "of the usual"
            ),
        )


def test_a_short_history_has_no_usual_volume():
    assert notes(frame(walk(10), volume=[*[5000] * 9, 10])) == ()


def test_a_last_day_that_lacks_what_the_others_have():
    prices = frame(walk(), open=walk(), volume=np.full(60, 5000.0))
    prices.loc[prices.index[-1], ["adj_close", "volume"]] = np.nan
    assert notes(prices) == (
        "the last day, 2010-03-26, looks unfinished: it has no adj_close and no volume",
    )
    prices.loc[prices.index[-2], ["adj_close", "volume"]] = np.nan
    assert notes(prices) == ()  # they end earlier: that is another matter


def test_sessions_without_a_price_are_listed():
    assert missing_sessions(SESSIONS, SESSIONS) == ()
    assert missing_sessions(SESSIONS.drop(LACKING), SESSIONS) == (
        "no price on 2 of 300 sessions: 2010-01-06, 2010-01-07",
    )


def test_ten_are_listed_and_the_others_counted():
    (note,) = missing_sessions(SESSIONS.drop(SESSIONS[1:13]), SESSIONS)
    assert note.startswith("no price on 12 of 300 sessions: 2010-01-05, ")
    assert note.endswith("2010-01-18 and 2 more")


def test_only_days_between_the_first_and_the_last_count():
    assert missing_sessions(SESSIONS[20:200], SESSIONS) == ()
    early = pd.bdate_range("2009-12-01", "2010-03-01").as_unit("ns")
    assert missing_sessions(early, SESSIONS) == ()


@pytest.mark.parametrize(("foreign", "noted"), [(1, True), (2, False)])
def test_days_of_another_calendar_are_not_measured_by_this_one(foreign, noted):
    saturdays = pd.date_range("2010-01-09", periods=foreign, freq="7D")
    days = SESSIONS.drop(LACKING).union(saturdays)
    assert bool(missing_sessions(days, SESSIONS)) is noted


@pytest.mark.parametrize(
    ("days", "sessions"), [(SESSIONS[:0], SESSIONS), (SESSIONS, SESSIONS[:0])]
)
def test_nothing_lacks_of_nothing(days, sessions):
    assert missing_sessions(days, sessions) == ()
