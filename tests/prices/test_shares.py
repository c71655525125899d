"""The last share count before the event."""

import numpy as np
import pandas as pd
import pytest

from eventstudy._reasons import sentence
from eventstudy.errors import BadDataError
from eventstudy.prices.shares import shares_before


def day(text):
    return pd.Timestamp(text)


def test_the_founding_case():
    found = shares_before("IMGN", day("2010-08-26"))
    assert found.count == 67_944_000
    assert found.date == day("2010-08-20")
    assert found.basis.startswith("weighted average of the quarter")
    assert found.reason == ""
    assert found.count * 8.39 == pytest.approx(570.05e6, abs=5e3)


@pytest.mark.parametrize(
    ("asked", "count", "of"),
    [
        ("2010-08-20", 67_944_000, "2010-08-20"),
        ("2010-11-14", 67_944_000, "2010-08-20"),
        ("2010-11-15", 67_965_000, "2010-11-15"),
        ("2019-03-01", 149_409_825, "2019-02-19"),
        # 2021-04-30 is the last count: 400 days later it still holds.
        ("2022-06-04", 199_942_152, "2021-04-30"),
    ],
)
def test_bundled_counts(asked, count, of):
    found = shares_before("IMGN", day(asked))
    assert (found.count, found.date) == (count, day(of))


@pytest.mark.parametrize(
    ("ticker", "asked"),
    [
        ("IMGN", "2022-06-05"),
        ("IMGN", "2023-11-29"),
        ("XOM", "2010-08-26"),
    ],
)
def test_no_count_is_nan_with_its_reason(ticker, asked):
    found = shares_before(ticker, day(asked))
    assert np.isnan(found.count)
    assert found.date is None
    assert found.reason == "no_share_count"


def test_a_count_of_later_is_named_but_not_taken():
    found = shares_before("IMGN", day("2010-08-19"))
    assert np.isnan(found.count)
    assert found.date is None
    assert found.reason == "no_earlier_share_count|2010-08-20"
    assert sentence(found.reason) == (
        "no share count dated before the window, at most 400 days old, is known; "
        "the next one is of 2010-08-20"
    )


@pytest.mark.parametrize(
    "shares", [67_944_000, 67_944_000.0, np.int64(67_944_000), np.float64(67_944_000)]
)
def test_a_number(shares):
    found = shares_before("XOM", day("2010-08-26"), shares)
    assert (found.count, found.date) == (67_944_000.0, None)
    assert found.basis == "given as a number in shares="


def test_a_series_by_date():
    index = pd.DatetimeIndex(["2009-01-02", "2010-01-04", "2010-08-27"])
    shares = pd.Series([1.0, np.nan, 3.0], index.tz_localize("America/New_York"))
    found = shares_before("IMGN", day("2010-01-31"), shares)
    assert (found.count, found.date) == (1.0, day("2009-01-02"))
    assert shares_before("IMGN", day("2010-08-27"), shares).count == 3.0
    too_old = shares_before("IMGN", day("2010-08-26"), shares)
    assert too_old.reason == "no_earlier_share_count|2010-08-27"
    assert shares_before("IMGN", day("2012-08-27"), shares).reason == "no_share_count"


@pytest.mark.parametrize(
    "shares",
    [0, -5, float("nan"), float("inf"), True, "67944000", [1], {"a": 1}, 1j],
    ids=repr,
)
def test_what_is_no_number_of_shares(shares):
    with pytest.raises(BadDataError, match="shares"):
        shares_before("IMGN", day("2010-08-26"), shares)


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        ([1.0, -2.0], ["2009-01-02", "2010-01-04"]),
        ([1.0, 2.0], ["2010-01-04", "2009-01-02"]),
        ([1.0, 2.0], ["2010-01-04", "2010-01-04"]),
        (["1", "2"], ["2009-01-02", "2010-01-04"]),
        ([1.0, 2.0], [1, 2]),
    ],
    ids=["negative", "unsorted", "twice", "text", "no dates"],
)
def test_series_that_are_refused(values, dates):
    index = pd.DatetimeIndex(dates) if isinstance(dates[0], str) else dates
    with pytest.raises(BadDataError) as caught:
        shares_before("IMGN", day("2010-08-26"), pd.Series(values, index))
    assert caught.value.parameter == "shares"
