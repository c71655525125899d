"""CSV files: one ticker, wide, long, and yfinance's own; what is wrong is said."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import BadDataError, NoDataError, UnknownTickerError
from eventstudy.prices.chain import find_series, market_series

ONE = """date,close,adj_close
2010-08-26,8.39,4.1
2010-08-27,5.16,2.5
"""
WIDE = """date,IMGN,^GSPC
2010-08-26,8.39,1047.22
2010-08-27,5.16,1064.59
"""
LONG = """ticker,date,close
IMGN,2010-08-26,8.39
IMGN,2010-08-27,5.16
NA,2010-08-26,1.5
TRUE,2010-08-26,2.5
"""
HISTORY = """Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits
2010-03-12 00:00:00-05:00,1,1,1,8.39,4.1,100,0.0,0.0
2010-03-15 00:00:00-04:00,1,1,1,5.16,2.5,100,0.0,0.0
"""
DOWNLOAD = """Price,Close,Close,Volume,Volume
Ticker,IMGN,MSFT,IMGN,MSFT
Date,,,,
2010-08-26,8.39,23.8,1,2
2010-08-27,5.16,23.9,3,4
"""
NO_NAME = """,close
2010-08-26,8.39
2010-08-27,5.16
"""


@pytest.fixture
def write(tmp_path):
    def to_file(text, name="prices.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return to_file


@pytest.mark.parametrize("text", [ONE, WIDE, LONG, HISTORY, DOWNLOAD, NO_NAME])
@pytest.mark.parametrize("as_text", [False, True])
def test_layouts(write, text, as_text):
    path = write(text)
    series = find_series("IMGN", str(path) if as_text else path)
    assert series.close.to_list() == [8.39, 5.16]
    assert series.source == "file prices.csv"
    assert series.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "text", [ONE.replace("\n", "\r\n"), "\ufeff" + ONE, ONE.rstrip("\n")]
)
def test_line_ends_and_byte_order_marks(write, text):
    assert find_series("IMGN", write(text)).close.to_list() == [8.39, 5.16]


@pytest.mark.parametrize(("ticker", "close"), [("NA", 1.5), ("TRUE", 2.5)])
def test_tickers_that_look_like_blanks_or_truths(write, ticker, close):
    assert find_series(ticker, write(LONG)).close.to_list() == [close]


@pytest.mark.parametrize("blank", ["", "NA", "NaN", "null", "#N/A"])
def test_blanks_are_missing_days(write, blank):
    series = find_series("IMGN", write(WIDE + f"2010-08-30,{blank},1048.92\n"))
    assert len(series.frame) == 2


def test_numbers_are_read_as_printed(write):
    rng = np.random.default_rng(0)
    values = rng.lognormal(size=200)
    days = pd.bdate_range("2010-01-04", periods=200).as_unit("ns")
    frame = pd.DataFrame({"close": values}, index=days.rename("date"))
    series = find_series("X", write(frame.to_csv(float_format="%.17g")))
    np.testing.assert_array_equal(series.close.to_numpy(), values)


def test_the_market_of_a_wide_file(write):
    assert market_series("^GSPC", write(WIDE)).close.to_list() == [1047.22, 1064.59]


def test_a_ticker_that_the_file_lacks(write):
    with pytest.raises(UnknownTickerError, match=r"holds IMGN, \^GSPC"):
        find_series("XOM", write(WIDE))


def test_no_such_file(tmp_path):
    with pytest.raises(NoDataError, match="there is no such file"):
        find_series("IMGN", tmp_path / "none.csv")


@pytest.mark.parametrize("path", [".", "a" * 5000, "a\0b", ""])
def test_what_is_no_file_at_all(path):
    with pytest.raises(NoDataError, match="cannot be read"):
        find_series("IMGN", path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("Price,Close", "not one closing price|no dates"),
        ("Price,Close\nTicker,IMGN\nDate,\n" + "9" * 400 + ",1\n", "not a"),
        ("\n\n", "empty"),
        ("date,close\n2010-08-27,5.16\n2010-08-28,5.2,9\n", "not a table"),
        ("date;close\n2010-08-27;5,16\n", "not separated by commas"),
        ("date,close\n2010-08-27,5.16,3,4\n2010-08-28,1\n", "not a table"),
        ("date,close\n27/08/2010,5.16\n", "'27/08/2010'.*not an ISO date"),
        ("date,close\n20100827,5.16\n", "no dates"),
        ('date,close\n2010-08-27,"1,234.5"\n', "'1,234.5'.*no number"),
        ("date,close\n2010-08-27,abc\n", "'abc'.*no number"),
        ("date,close\n", "not one closing price"),
        ("date,close\n2010-08-27,5\n2010-08-26,4\n", "not in the order"),
    ],
)
def test_refused(write, text, why):
    with pytest.raises(BadDataError, match=why):
        find_series("IMGN", write(text))


def test_other_encodings_are_named(write):
    path = write("date,close,note\n2010-08-27,5.16,é\n", encoding="latin-1")
    with pytest.raises(BadDataError, match="not UTF-8"):
        find_series("IMGN", path)
