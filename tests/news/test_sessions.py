"""Day 0: facts of the New York Stock Exchange and the rules of alignment."""

import warnings

import exchange_calendars
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news import Event, day_zero, exchange_sessions
from eventstudy.news.hours import exchange_hours

# Weekdays of late 2009 to 2012 on which New York did not trade, from its announcements.
CLOSED = [
    "2009-11-26", "2009-12-25", "2010-01-01", "2010-01-18", "2010-02-15", "2010-04-02",
    "2010-05-31", "2010-07-05", "2010-09-06", "2010-11-25", "2010-12-24", "2011-01-17",
    "2011-02-21", "2011-04-22", "2011-05-30", "2011-07-04", "2011-09-05", "2011-11-24",
    "2011-12-26", "2012-01-02", "2012-01-16", "2012-02-20", "2012-04-06", "2012-05-28",
    "2012-07-04", "2012-09-03", "2012-10-29", "2012-10-30", "2012-11-22", "2012-12-25",
]  # fmt: skip
MONDAY = "Monday 30 August 2010"
WEEKDAYS = pd.bdate_range("2009-11-02", "2012-12-31", unit="ns")
SESSIONS = WEEKDAYS.difference(pd.DatetimeIndex(CLOSED))


def zero(date, timing=None, sessions=SESSIONS, **options):
    return day_zero(Event.of("X", date, timing), sessions, **options)


@pytest.mark.parametrize(
    ("date", "timing", "session", "rule", "shifted"),
    [
        ("2010-08-27", None, "2010-08-27", "session", 0),
        ("2010-08-27", "before_open", "2010-08-27", "before_open", 0),
        ("2010-08-27", "during", "2010-08-27", "during", 0),
        ("2010-08-27", "after_close", "2010-08-30", "after_close", 3),
        ("2010-08-28", None, "2010-08-30", "rolled", 2),
        ("2010-08-29", "before_open", "2010-08-30", "rolled", 1),
        ("2010-08-28", "after_close", "2010-08-30", "rolled", 2),
        ("2010-09-06", None, "2010-09-07", "rolled", 1),
        ("2010-04-02", None, "2010-04-05", "rolled", 3),
        ("2010-04-01", "after_close", "2010-04-05", "after_close", 4),
        ("2012-10-27", None, "2012-10-31", "rolled", 4),
        ("2012-10-26", "after_close", "2012-10-31", "after_close", 5),
        ("2012-10-29", "during", "2012-10-31", "rolled", 2),
    ],
)
@pytest.mark.parametrize("exchange", [False, True])
def test_bare_dates(date, timing, session, rule, shifted, exchange):
    found = zero(date, timing, exchange=exchange)
    assert found.session == pd.Timestamp(session)
    assert (found.rule, found.shifted_days) == (rule, shifted)
    assert found.time_unknown is (timing is None)


@pytest.mark.parametrize(
    ("instant", "session", "rule"),
    [
        ("2010-08-27T07:30-04:00", "2010-08-27", "before_open"),
        ("2010-08-27T09:29:59-04:00", "2010-08-27", "before_open"),
        ("2010-08-27T09:30-04:00", "2010-08-27", "during"),
        ("2010-08-27T15:59-04:00", "2010-08-27", "during"),
        ("2010-08-27T15:59:59.999-04:00", "2010-08-27", "during"),
        ("2010-08-27T16:00-04:00", "2010-08-30", "after_close"),
        ("2010-08-27T23:59-04:00", "2010-08-30", "after_close"),
        ("2010-08-27T20:00Z", "2010-08-30", "after_close"),
        ("2010-08-28T03:59Z", "2010-08-30", "after_close"),
        ("2010-08-28T04:01Z", "2010-08-30", "rolled"),
        ("2010-08-27T04:00Z", "2010-08-27", "before_open"),
        # The day after Thanksgiving closes at 13:00.
        ("2010-11-26T12:59-05:00", "2010-11-26", "during"),
        ("2010-11-26T13:00-05:00", "2010-11-29", "after_close"),
        ("2010-11-25T10:00-05:00", "2010-11-26", "rolled"),
        # Hurricane Sandy.
        ("2012-10-29T10:00-04:00", "2012-10-31", "rolled"),
        ("2012-10-26T16:01-04:00", "2012-10-31", "after_close"),
        # Summer time begins on 2010-03-14.
        ("2010-03-12T21:00Z", "2010-03-15", "after_close"),
        ("2010-03-15T20:00Z", "2010-03-16", "after_close"),
    ],
)
def test_instants(instant, session, rule):
    found = zero(instant)
    assert found.session == pd.Timestamp(session)
    assert found.rule == rule
    assert found.time_unknown is False


@pytest.mark.parametrize(
    "closed", ["2012-10-29", "2012-10-30", "2018-12-05", "2025-01-09"]
)
def test_special_closures(closed):
    day = pd.Timestamp(closed)
    around = exchange_sessions("XNYS", day - pd.Timedelta(days=7), day)
    assert len(around) > 0
    assert day not in around


@pytest.mark.parametrize("opened", ["2010-08-27", "2021-06-18", "2012-10-31"])
def test_days_that_did_trade(opened):
    day = pd.Timestamp(opened)
    assert list(exchange_sessions("XNYS", day, day)) == [day]


def test_sentence_of_a_rolled_date():
    assert zero("2010-08-28").sentence == (
        "2010-08-28 is a Saturday without trading; "
        "day 0 is the next session, Monday 30 August 2010."
    )


def test_sentence_of_a_plain_date_says_that_the_time_is_unknown():
    assert zero("2010-08-27").sentence == (
        "2010-08-27 is a trading day: day 0 is Friday 27 August 2010; the time is "
        "unknown, and news after the close would act on day +1."
    )


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ("before_open", "before the open: day 0 is that day, Friday 27 August 2010."),
        ("after_close", f"after the close: day 0 is the next session, {MONDAY}."),
    ],
)
def test_sentences_of_timings(timing, words):
    assert zero("2010-08-27", timing).sentence == f"2010-08-27, {words}"


def test_sentence_of_a_naive_clock_time_names_the_assumed_zone():
    known, assumed = zero("2010-08-27T07:00-04:00"), zero("2010-08-27T07:00")
    assert known.sentence == (
        "2010-08-27 07:00 EDT lies before the open: day 0 is that day, "
        "Friday 27 August 2010."
    )
    words = " The clock time was read in the zone of XNYS."
    assert assumed.sentence == known.sentence + words


def test_another_exchange_has_other_hours():
    # Tokyo closed at 15:00 in 2010 and pauses at noon.
    tokyo = exchange_sessions(
        "XTKS", pd.Timestamp(2010, 8, 2), pd.Timestamp(2010, 9, 9)
    )
    noon = Event.of("7203", "2010-08-27T12:00+09:00")
    evening = Event.of("7203", "2010-08-27T15:00+09:00")
    assert day_zero(noon, tokyo, "XTKS").session == pd.Timestamp(2010, 8, 27)
    assert day_zero(noon, tokyo, "XTKS").rule == "during"
    assert day_zero(evening, tokyo, "XTKS").session == pd.Timestamp(2010, 8, 30)


@pytest.mark.parametrize(
    ("timing", "instant"),
    [
        ("during", "2010-08-27T07:00-04:00"),
        ("after_close", "2010-08-27T10:00-04:00"),
        ("before_open", "2010-08-27T16:00-04:00"),
    ],
)
def test_a_timing_that_contradicts_the_instant(timing, instant):
    event = Event.of("X", "2010-08-27", timing, announced_at=instant)
    with pytest.raises(EventDateError, match="lies") as caught:
        day_zero(event, SESSIONS)
    assert caught.value.parameter == "timing"


@pytest.mark.parametrize("timing", ["before_open", "during", "after_close"])
def test_no_timing_contradicts_a_day_without_trading(timing):
    event = Event.of("X", timing=timing, announced_at="2010-08-28T10:00-04:00")
    assert day_zero(event, SESSIONS).session == pd.Timestamp(2010, 8, 30)


@pytest.mark.parametrize("date", ["2009-11-01", "2009-11-01T10:00-05:00", "1990-01-02"])
def test_before_the_data(date):
    with pytest.raises(EventDateError, match=r"before the first day .* 2009-11-02"):
        zero(date)


@pytest.mark.parametrize("date", ["2013-01-01", "2013-01-02T10:00-05:00"])
def test_after_the_data(date):
    with pytest.raises(EventDateError, match=r"after the last day .* 2012-12-31"):
        zero(date)


@pytest.mark.parametrize(
    ("date", "timing"),
    [("2012-12-31", "after_close"), ("2012-12-31T16:30-05:00", None)],
)
@pytest.mark.parametrize("exchange", [False, True])
def test_day_zero_beyond_the_last_session(date, timing, exchange):
    with pytest.raises(EventDateError, match="day 0 would lie after the last day"):
        zero(date, timing, exchange=exchange)


def test_first_and_last_session_are_inside():
    assert zero("2009-11-02").session == SESSIONS[0]
    assert zero("2012-12-31").session == SESSIONS[-1]


@pytest.mark.parametrize(("gap", "allowed"), [(7, True), (8, False)])
def test_a_date_moves_by_a_week_at_most(gap, allowed):
    start = pd.Timestamp(2010, 1, 4)
    days = pd.DatetimeIndex([start, start + pd.Timedelta(days=gap + 1)])
    if allowed:
        assert zero("2010-01-05", sessions=days).shifted_days == gap
    else:
        with pytest.raises(EventDateError, match="comes 8 days later, more than 7"):
            zero("2010-01-05", sessions=days)


def test_data_of_their_own_calendar_ask_no_exchange():
    saturdays = pd.date_range("2010-01-02", periods=30, freq="7D", unit="ns")
    assert zero("2010-01-09", sessions=saturdays).rule == "session"


def test_a_session_that_the_data_lack_is_named():
    lacking = SESSIONS.drop(pd.Timestamp(2010, 8, 27))
    for options in ({"exchange": True}, {}):
        date = "2010-08-27" if options else "2010-08-27T10:00-04:00"
        with pytest.raises(EventDateError, match="XNYS traded on 2010-08-27"):
            zero(date, sessions=lacking, **options)


def test_no_data():
    with pytest.raises(EventDateError, match="no trading day"):
        zero("2010-08-27", sessions=SESSIONS[:0])


@pytest.mark.parametrize("clock", ["2010-03-14T02:30", "2010-11-07T01:30"])
def test_clock_times_that_exist_never_or_twice(clock):
    with pytest.raises(EventDateError, match="twice or never"):
        zero(clock)


def test_an_instant_before_the_calendar_is_known():
    days = pd.bdate_range("1985-01-01", "1991-01-01", unit="ns")
    with pytest.raises(EventDateError, match="known from 1990-01-02"):
        zero("1986-01-28T11:39-05:00", sessions=days)


@pytest.mark.parametrize("calendar", ["XNYX", "", "New York"])
def test_unknown_calendar(calendar):
    with pytest.raises(ArgumentError, match="no exchange has this key"):
        zero("2010-08-27T10:00", calendar=calendar)


@pytest.mark.parametrize("error", [ValueError, NotImplementedError])
def test_a_calendar_that_cannot_be_built(monkeypatch, error):
    def fail(*_, **__):
        raise error("special dates are not sessions")

    monkeypatch.setattr(exchange_calendars, "get_calendar", fail)
    with pytest.raises(ArgumentError, match="cannot build this calendar"):
        exchange_hours.__wrapped__("XLON")


def test_the_hours_are_built_once():
    assert exchange_hours("XNYS") is exchange_hours("XNYS")


@pytest.mark.parametrize(
    ("calendar", "first"), [("XTKS", "1997-01-06"), ("XBOM", "1997-01-01")]
)
def test_calendars_that_begin_late_begin_there(calendar, first):
    assert exchange_hours(calendar).sessions[0] == pd.Timestamp(first)


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(
        pd.Timestamp(2009, 11, 3).to_pydatetime(),
        pd.Timestamp(2012, 12, 30).to_pydatetime(),
    )
)
def test_agrees_with_the_minutes_of_exchange_calendars(moment):
    minute = pd.Timestamp(moment).floor("min").tz_localize("UTC")
    theirs = exchange_calendars.get_calendar("XNYS", start="1990-01-01")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of pandas
        expected = theirs.minute_to_session(minute, direction="next")
    ours, _ = exchange_hours("XNYS").place(minute.tz_convert("America/New_York"))
    assert ours == expected
