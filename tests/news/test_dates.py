"""Which strings and objects are dates, and what the refused ones are told."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventstudy.errors import EventDateError
from eventstudy.news.dates import in_words, is_midnight, read_stamp

DAY = pd.Timestamp(2010, 8, 27)


@pytest.mark.parametrize(
    "value",
    [
        "2010-08-27",
        " 2010-08-27 ",
        "20100827",
        "2010-08-27T00:00",
        "2010-08-27 00:00:00",
        dt.date(2010, 8, 27),
        dt.datetime(2010, 8, 27),
        pd.Timestamp("2010-08-27"),
        np.datetime64("2010-08-27"),
        np.datetime64("2010-08-27T00:00:00"),
    ],
    ids=repr,
)
def test_bare_dates(value):
    stamp = read_stamp(value)
    assert stamp == DAY
    assert stamp.tzinfo is None
    assert stamp.unit == "ns"


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("2010-08-27T07:00-04:00", "2010-08-27 11:00"),
        ("2010-08-27 07:00 -04:00", "2010-08-27 11:00"),
        ("2010-08-27T07:00:00-0400", "2010-08-27 11:00"),
        ("2010-08-27T07:00-04", "2010-08-27 11:00"),
        ("2010-08-27T11:00Z", "2010-08-27 11:00"),
        ("2010-08-27T11:00:00.5Z", "2010-08-27 11:00:00.5"),
        ("2010-08-27T11:00:00,5Z", "2010-08-27 11:00:00.5"),
        (
            dt.datetime(2010, 8, 27, 11, tzinfo=dt.UTC),
            "2010-08-27 11:00",
        ),
        (pd.Timestamp("2010-08-27 07:00", tz="America/New_York"), "2010-08-27 11:00"),
    ],
    ids=repr,
)
def test_instants_keep_their_moment(value, utc):
    assert read_stamp(value).tz_convert("UTC") == pd.Timestamp(utc, tz="UTC")


def test_a_clock_time_without_zone_gets_none():
    stamp = read_stamp("2010-08-27T07:00")
    assert stamp == pd.Timestamp(2010, 8, 27, 7)
    assert stamp.tzinfo is None


def test_ambiguous_string_names_both_readings_and_both_ways_out():
    with pytest.raises(EventDateError) as caught:
        read_stamp("08/09/2010")
    message = str(caught.value)
    assert "8 September 2010 (day first)" in message
    assert "August 9, 2010 (month first)" in message
    assert "'2010-09-08' or '2010-08-09'" in message


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("27/08/2010", "2010-08-27"),
        ("08/27/2010", "2010-08-27"),
        ("8/27/2010", "2010-08-27"),
        ("27.8.2010", "2010-08-27"),
        ("27-08-2010", "2010-08-27"),
        ("08/08/2010", "2010-08-08"),
        ("2010/08/27", "2010-08-27"),
        ("2010-8-27", "2010-08-27"),
        ("2010.08.27", "2010-08-27"),
        ("29/02/2012", "2012-02-29"),
        ("27/08/2010 07:00", "2010-08-27"),
    ],
)
def test_one_reading_is_refused_with_its_iso_spelling(text, iso):
    with pytest.raises(EventDateError, match="not ISO 8601") as caught:
        read_stamp(text)
    assert caught.value.way_out == f"Write '{iso}'."


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("nope", "not an ISO 8601 date"),
        ("Aug 27, 2010", "not an ISO 8601 date"),
        ("2010-W34-5", "not an ISO 8601 date"),
        ("8/9/10", "not an ISO 8601 date"),
        ("31/31/2010", "not an ISO 8601 date"),
        ("30/02/2010", "not an ISO 8601 date"),
        ("2010-02-30", "no such day"),
        ("2010-13-01", "no such day"),
        ("2011-02-29", "no such day"),
        ("20100230", "no such day"),
        ("2010-08-27T25:00", "no such day or clock time"),
        ("2010-08-27T07:00 EDT", "a zone is an offset"),
        ("2010-08-27 7am", "a zone is an offset"),
        ("0001-01-01", "1678"),
        ("9999-12-31", "2261"),
        (None, "there is no date"),
        (pd.NaT, "there is no date"),
        (pd.NA, "there is no date"),
        (np.datetime64("NaT", "ns"), "there is no date"),
        (20100827, "a number is not a date"),
        (1282867200.0, "a number is not a date"),
        (float("nan"), "a number is not a date"),
        (True, "a number is not a date"),
        (np.int64(3), "a number is not a date"),
        (np.datetime64("2010-08"), "longer time than a day"),
        (np.datetime64("2010"), "longer time than a day"),
        (["2010-08-27"], "not one date"),
        (pd.DatetimeIndex(["2010-08-27"]), "not one date"),
        (b"2010-08-27", "not one date"),
    ],
    ids=repr,
)
def test_refused(value, why):
    with pytest.raises(EventDateError, match=why) as caught:
        read_stamp(value, "date")
    assert caught.value.parameter == "date"
    assert caught.value.way_out


@given(st.dates(dt.date(1700, 1, 1), dt.date(2200, 12, 31)))
def test_every_iso_day_is_read_as_itself(day):
    assert read_stamp(day.isoformat()).date() == day
    assert read_stamp(day).date() == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_our_own_error(text):
    try:
        stamp = read_stamp(text)
    except EventDateError:
        return
    assert isinstance(stamp, pd.Timestamp)


def test_midnights_and_words():
    assert is_midnight(DAY)
    assert not is_midnight(DAY + pd.Timedelta(1, "ns"))
    assert in_words(pd.Timestamp(2010, 8, 30)) == "Monday 30 August 2010"
