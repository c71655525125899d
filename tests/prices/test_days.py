"""Days of an index: midnights keep their own day; everything doubtful is refused."""

import datetime as dt
import re

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import BadDataError
from eventstudy.prices.days import list_days, read_days

DAYS = pd.DatetimeIndex(["2010-03-11", "2010-03-12", "2010-03-15"]).as_unit("ns")
TEXT = ["2010-03-11", "2010-03-12", "2010-03-15"]


@pytest.mark.parametrize(
    "values",
    [
        DAYS,
        DAYS.as_unit("s"),
        DAYS.as_unit("us"),
        # Summer time begins in New York on 2010-03-14.
        DAYS.tz_localize("America/New_York"),
        DAYS.tz_localize("Asia/Tokyo"),
        DAYS.tz_localize("UTC").as_unit("s"),
        DAYS.to_period("D"),
        pd.Series(DAYS),
        pd.Index(TEXT),
        pd.Series(TEXT, dtype=object),
        pd.Index([dt.date(2010, 3, 11), dt.date(2010, 3, 12), dt.date(2010, 3, 15)]),
        pd.Index([dt.datetime(2010, 3, day) for day in (11, 12, 15)], dtype=object),
        [
            "2010-03-11 00:00:00-05:00",
            "2010-03-12T00:00-05:00",
            "2010-03-15 00:00-0400",
        ],
        ["2010-03-11 00:00:00", "2010-03-12 00:00", "2010-03-15T00:00:00.000"],
    ],
    ids=lambda values: f"{type(values).__name__} {getattr(values, 'dtype', '')}",
)
def test_days_in_any_form_are_the_same_days(values):
    days = read_days(values)
    assert days.equals(DAYS)
    assert days.dtype == np.dtype("datetime64[ns]")
    assert days.name == "date"


@pytest.mark.parametrize(
    ("values", "why", "way_out"),
    [
        (DAYS + pd.Timedelta(hours=16), "clock time", "normalize"),
        ((DAYS + pd.Timedelta(hours=9)).tz_localize("UTC"), "zone UTC", "normalize"),
        (DAYS.tz_localize("America/New_York").tz_convert("UTC"), "zone UTC", "zone of"),
        (DAYS[::-1], "not in the order", r"\.sort_index\(\)"),
        (DAYS[[0, 0, 1]], "more than once", "duplicated"),
        (DAYS[[1, 0, 0]], "more than once", "duplicated"),
        (pd.DatetimeIndex(["2010-03-11", "NaT"]), "row has no date", "Drop the row"),
        (pd.RangeIndex(3), "no dates", "to_datetime"),
        (pd.Index([20100311, 20100312]), "no dates", "to_datetime"),
        (pd.Index([20100311, "2010-03-12"], dtype=object), "type int", "to_datetime"),
        (pd.Index(["03/11/2010"]), "not an ISO date", "format="),
        (pd.Index(["2010-03-11 16:00"]), "not an ISO date", "format="),
        (pd.Index(["2010-02-30"]), "cannot be read", "to_datetime"),
        (pd.period_range("2010-01", periods=2, freq="M"), "periods", "daily"),
        (pd.Index(["2010-03-11", None], dtype=object), "no date|cannot be read", "."),
    ],
    ids=str,
)
def test_refused(values, why, way_out):
    with pytest.raises(BadDataError, match=why) as caught:
        read_days(values, "factors")
    assert caught.value.parameter == "factors"
    assert re.search(way_out, caught.value.way_out)


def test_repeated_days_are_named():
    with pytest.raises(BadDataError, match="'2010-03-11'"):
        read_days(DAYS[[0, 0, 1]])


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "2010-01-01"), (3, "2010-01-01, 2010-01-02, 2010-01-03")],
)
def test_short_lists_are_whole(count, text):
    assert list_days(pd.date_range("2010-01-01", periods=count)) == text


def test_long_lists_are_cut():
    days = pd.date_range("2010-01-01", periods=9)
    assert list_days(days) == "2010-01-01, 2010-01-02, 2010-01-03 and 6 more"


@pytest.mark.parametrize("far", ["2310-08-03", "1066-10-14"])
def test_years_that_no_exchange_saw(far):
    days = pd.DatetimeIndex(sorted(["2010-08-27", far])).as_unit("s")
    for values in (days, [str(day.date()) for day in days]):
        with pytest.raises(BadDataError, match="outside the years 1678 to 2261") as e:
            read_days(values)
        assert e.value.value == far
