"""Day 0 on other exchanges, half days and days on which nobody traded.

Hours and closures are those that the exchanges announced.
"""

import warnings

import exchange_calendars
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.news import Event, day_zero, exchange_sessions
from eventstudy.news.hours import exchange_hours

NEAR = pd.Timedelta(days=30)


def zero(calendar, date, timing=None):
    event = Event.of("X", date, timing)
    stated = event.date if event.announced_at is None else event.announced_at
    day = stated.tz_localize(None).normalize()
    sessions = exchange_sessions(calendar, day - NEAR, day + NEAR)
    return day_zero(event, sessions, calendar)


def found(calendar, date, timing=None):
    answer = zero(calendar, date, timing)
    return str(answer.session.date()), answer.rule


@pytest.mark.parametrize(
    ("calendar", "instant", "session", "rule"),
    [
        # New York closes at 13:00 on some days before and after holidays.
        ("XNYS", "2012-07-03T12:59-04:00", "2012-07-03", "during"),
        ("XNYS", "2012-07-03T13:00-04:00", "2012-07-05", "after_close"),
        ("XNYS", "2012-12-24T13:30-05:00", "2012-12-26", "after_close"),
        ("XNYS", "2024-11-29T12:59-05:00", "2024-11-29", "during"),
        ("XNYS", "2024-11-29T13:00-05:00", "2024-12-02", "after_close"),
        # London to 12:30 on Christmas Eve, Hong Kong to 12:00.
        ("XLON", "2010-12-24T12:29Z", "2010-12-24", "during"),
        ("XLON", "2010-12-24T12:30Z", "2010-12-29", "after_close"),
        ("XHKG", "2019-12-24T11:59+08:00", "2019-12-24", "during"),
        ("XHKG", "2019-12-24T12:00+08:00", "2019-12-27", "after_close"),
    ],
)
def test_half_days(calendar, instant, session, rule):
    assert found(calendar, instant) == (session, rule)


@pytest.mark.parametrize(
    ("closed", "session"),
    [
        ("2001-09-11", "2001-09-17"),  # the attacks
        ("2012-10-29", "2012-10-31"),  # Hurricane Sandy
        ("2012-10-30", "2012-10-31"),
        ("2018-12-05", "2018-12-06"),  # mourning for G. H. W. Bush
        ("2025-01-09", "2025-01-10"),  # mourning for J. Carter
    ],
)
@pytest.mark.parametrize("clock", ["", "T10:00", "T17:00"])
def test_days_on_which_new_york_was_closed(closed, session, clock):
    assert found("XNYS", f"{closed}{clock}") == (session, "rolled")


@pytest.mark.parametrize(
    ("before", "session"),
    [
        ("2012-10-26", "2012-10-31"),
        ("2018-12-04", "2018-12-06"),
        ("2025-01-08", "2025-01-10"),
    ],
)
def test_news_after_the_close_before_such_a_day(before, session):
    assert found("XNYS", before, "after_close") == (session, "after_close")
    assert found("XNYS", f"{before}T16:05") == (session, "after_close")
    # The same moment as clocks show it elsewhere.
    instant = pd.Timestamp(f"{before}T16:05", tz="America/New_York")
    for zone in ("Europe/Berlin", "Asia/Tokyo", "UTC"):
        assert found("XNYS", instant.tz_convert(zone)) == (session, "after_close")


@pytest.mark.parametrize(
    ("calendar", "instant", "session", "rule"),
    [
        # London, where 30 August 2010 is a bank holiday.
        ("XLON", "2010-08-27T07:59+01:00", "2010-08-27", "before_open"),
        ("XLON", "2010-08-27T08:00+01:00", "2010-08-27", "during"),
        ("XLON", "2010-08-27T16:29+01:00", "2010-08-27", "during"),
        ("XLON", "2010-08-27T16:30+01:00", "2010-08-31", "after_close"),
        ("XLON", "2010-08-30T10:00+01:00", "2010-08-31", "rolled"),
        # Frankfurt.
        ("XETR", "2010-08-27T17:29+02:00", "2010-08-27", "during"),
        ("XETR", "2010-08-27T17:30+02:00", "2010-08-30", "after_close"),
        # Tokyo closed at 15:00 until 4 November 2024, a holiday, and at 15:30 since.
        ("XTKS", "2024-11-01T15:10+09:00", "2024-11-05", "after_close"),
        ("XTKS", "2024-11-06T15:10+09:00", "2024-11-06", "during"),
        # Hong Kong in a typhoon.
        ("XHKG", "2017-08-23T10:00+08:00", "2017-08-24", "rolled"),
        # Riyadh trades from Sunday to Thursday.
        ("XSAU", "2023-05-04T15:30+03:00", "2023-05-07", "after_close"),
        ("XSAU", "2023-05-05T11:00+03:00", "2023-05-07", "rolled"),
        ("XSAU", "2023-05-07T11:00+03:00", "2023-05-07", "during"),
    ],
)
def test_other_exchanges(calendar, instant, session, rule):
    assert found(calendar, instant) == (session, rule)
    utc = pd.Timestamp(instant).tz_convert("UTC")
    assert found(calendar, utc) == (session, rule)


def test_a_closure_that_the_calendar_does_not_know_is_met_in_the_data():
    # The typhoon of 1 September 2023, as exchange_calendars 4.13 has it: a session.
    days = exchange_sessions(
        "XHKG", pd.Timestamp(2023, 8, 1), pd.Timestamp(2023, 9, 29)
    )
    traded = days.drop(pd.Timestamp(2023, 9, 1), errors="ignore")
    event = Event.of("X", "2023-09-01", "during")
    assert day_zero(event, traded, "XHKG").session == pd.Timestamp(2023, 9, 4)
    if len(traded) < len(days):
        event = Event.of("X", "2023-09-01T10:00+08:00")
        with pytest.raises(es.EventDateError, match="by its calendar") as caught:
            day_zero(event, traded, "XHKG")
        assert "without a clock time" in caught.value.way_out


@pytest.mark.parametrize(
    ("calendar", "rule"), [("XNYS", "during"), ("XLON", "after_close")]
)
def test_a_clock_time_without_zone_is_read_in_that_of_the_exchange(calendar, rule):
    answer = zero(
        calendar, "2010-08-26T15:59" if rule == "during" else "2010-08-26T17:00"
    )
    assert answer.rule == rule
    assert f"read in the zone of {calendar}" in answer.sentence


def test_the_weeks_between_two_summer_times():
    # From 14 to 27 March 2010 New York is four hours behind London, not five.
    assert found("XNYS", "2010-03-15T20:00Z") == ("2010-03-16", "after_close")
    assert found("XNYS", "2010-03-12T20:00Z") == ("2010-03-12", "during")
    assert found("XLON", "2010-03-15T16:00-04:00") == ("2010-03-16", "after_close")
    assert found("XLON", "2010-03-15T12:29-04:00") == ("2010-03-15", "during")


@pytest.mark.parametrize(
    ("timing", "session", "rule"),
    [
        (None, "2010-08-27", "session"),
        ("before_open", "2010-08-27", "before_open"),
        ("during", "2010-08-27", "during"),
        ("after_close", "2010-08-31", "after_close"),
    ],
)
def test_timings_elsewhere(timing, session, rule):
    assert found("XLON", "2010-08-27", timing) == (session, rule)


def test_an_analysis_in_london():
    days = exchange_sessions(
        "XLON", pd.Timestamp(2009, 6, 1), pd.Timestamp(2010, 10, 29)
    )
    rng = np.random.default_rng(8)
    values = 50 * np.exp(np.cumsum(rng.normal(0, 0.01, (len(days), 2)), axis=0))
    prices = pd.DataFrame(values, days, ["F", "M"])
    result = es.analyze(
        "F", "2010-08-27T17:00", prices=prices, market="M", calendar="XLON"
    )
    assert result.day0 == pd.Timestamp("2010-08-31")
    assert not any("sessions" in words for words in result.warnings)


def minutes(calendar):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of pandas
        return exchange_calendars.get_calendar(
            calendar, start=str(exchange_hours(calendar).sessions[0].date())
        )


def agrees(calendar, moment):
    """Our session of a minute against that of exchange_calendars itself."""
    minute = pd.Timestamp(moment).floor("min").tz_localize("UTC")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = minutes(calendar).minute_to_session(minute, direction="next")
    hours = exchange_hours(calendar)
    ours, _ = hours.place(minute.tz_convert(hours.zone))
    return ours == theirs


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["XLON", "XSAU", "XETR"]),
    st.datetimes(
        pd.Timestamp(2021, 2, 1).to_pydatetime(),
        pd.Timestamp(2025, 12, 30).to_pydatetime(),
    ),
)
def test_minutes_elsewhere(calendar, moment):
    assert agrees(calendar, moment)


@pytest.mark.slow
@pytest.mark.parametrize(
    "calendar", exchange_calendars.get_calendar_names(include_aliases=False)
)
def test_every_calendar_or_a_word_that_it_cannot_be_had(calendar):
    if not can_be_built(calendar):
        with pytest.raises(ArgumentError, match="cannot build this calendar"):
            exchange_hours(calendar)
        return
    hours = exchange_hours(calendar)
    assert (hours.opens < hours.closes).all()
    rng = np.random.default_rng(0)
    for row in rng.integers(0, len(hours.sessions) - 1, 25):
        within = hours.opens[row] + rng.uniform(0.0, 0.999) * (
            hours.closes[row] - hours.opens[row]
        )
        local = within.tz_convert(hours.zone)
        assert hours.place(local) == (hours.sessions[row], "during")
        after, _ = hours.place(hours.closes[row].tz_convert(hours.zone))
        assert after == hours.sessions[row + 1]


def can_be_built(calendar):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exchange_calendars.get_calendar(calendar)
        except (ValueError, NotImplementedError):
            return False
    return True
