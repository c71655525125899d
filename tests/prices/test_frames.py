"""Frames as analysts hold them: whatever the shape, the same series."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventstudy.errors import BadDataError, UnknownTickerError
from eventstudy.prices.chain import find_series
from eventstudy.prices.frames import fingerprint
from eventstudy.prices.layouts import held_tickers, layout_of

DAYS = pd.DatetimeIndex(
    ["2010-08-25", "2010-08-26", "2010-08-27", "2010-08-30"], name="Date"
)
CLOSE = np.array([8.56, 8.39, 5.16, 5.66])
OTHER = np.array([90.0, 91.0, 92.0, 93.0])


def history(close=CLOSE, **more):
    """yfinance's Ticker.history(auto_adjust=False): seconds, zone of the exchange."""
    frame = pd.DataFrame(
        {
            "Open": close + 0.01,
            "High": close + 0.02,
            "Low": close - 0.02,
            "Close": close,
            "Adj Close": close / 2,
            "Volume": np.array([287500, 265900, 7337500, 3541900]),
            "Dividends": 0.0,
            "Stock Splits": 0.0,
        },
        index=DAYS.tz_localize("America/New_York").as_unit("s"),
    )
    return frame.assign(**more)


def download(level=0):
    """yfinance's download() of two tickers, either way round."""
    frames = {
        "IMGN": history().tz_localize(None),
        "MSFT": history(OTHER).tz_localize(None),
    }
    both = pd.concat(frames, axis=1, names=["Ticker", "Price"])
    return both if level else both.swaplevel(axis=1).sort_index(axis=1)


def long():
    frames = [history().assign(Ticker="IMGN"), history(OTHER).assign(Ticker="MSFT")]
    return pd.concat(frames).reset_index()


SHAPES = {
    "history": history,
    "history without index": lambda: history().reset_index(),
    "download, field first": download,
    "download, ticker first": lambda: download(1),
    "download of one": lambda: download()[[("Adj Close", "IMGN"), ("Close", "IMGN")]],
    "snake case": lambda: history().rename(columns={"Adj Close": "adj_close"}),
    "camel case": lambda: history().rename(columns={"Adj Close": "AdjClose"}),
    "long": long,
    "long by date": lambda: long().sort_values(["Date", "Ticker"]),
    "long with date index": lambda: long().set_index("Date"),
    "long with symbol": lambda: long().rename(columns={"Ticker": "Symbol"}),
    "two row levels": lambda: long().set_index(["Date", "Ticker"]),
    "two row levels reversed": lambda: long().set_index(["Ticker", "Date"]),
    "dict of frames": lambda: {"IMGN": history(), "MSFT": history(OTHER)},
    "periods": lambda: history().tz_localize(None).to_period("D"),
    "text dates": lambda: history().set_axis(DAYS.strftime("%Y-%m-%d")),
    "nullable floats": lambda: history().astype("Float64"),
    "categorical ticker": lambda: long().astype({"Ticker": "category"}),
}
ADJUSTED_CLOSES = {
    "wide": lambda: pd.DataFrame({"IMGN": CLOSE, "MSFT": OTHER}, index=DAYS),
    "wide from download": lambda: download(0)["Close"],
    "wide with date column": lambda: pd.DataFrame(
        {"Date": DAYS, "IMGN": CLOSE, "MSFT": OTHER}
    ),
    "Series": lambda: pd.Series(CLOSE, DAYS),
    "Series of that name": lambda: pd.Series(CLOSE, DAYS, name="IMGN"),
    "Series named Close": lambda: history()["Close"],
    "dict of Series": lambda: {"IMGN": pd.Series(CLOSE, DAYS, name="anything")},
    "only close": lambda: pd.DataFrame({"close": CLOSE}, index=DAYS),
    "missing objects": lambda: pd.Series(
        [*CLOSE, None, pd.NA, pd.NaT],
        DAYS.append(pd.date_range("2010-09-01", periods=3)),
        dtype=object,
    ),
    "number objects": lambda: pd.Series([Decimal(str(x)) for x in CLOSE], DAYS),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_frames_with_adjusted_closes(shape):
    series = find_series("IMGN", SHAPES[shape]())
    assert series.frame.index.equals(DAYS.as_unit("ns"))
    assert series.adjusted.to_list() == list(CLOSE / 2)
    assert series.close.to_list() == list(CLOSE)
    assert series.notes == ()
    assert series.adjusted.name == "IMGN"
    assert (series.retrieved_at, series.currency) == (None, None)


@pytest.mark.parametrize("shape", ADJUSTED_CLOSES)
def test_closes_alone(shape):
    series = find_series("IMGN", ADJUSTED_CLOSES[shape]())
    assert series.frame.index.equals(DAYS.as_unit("ns"))
    assert series.adjusted.to_list() == list(CLOSE)
    assert series.notes == ("close taken as adjusted",)


def test_the_second_ticker_is_found_as_well():
    for shape in ("download, field first", "long", "dict of frames"):
        assert find_series("MSFT", SHAPES[shape]()).close.to_list() == list(OTHER)


def test_auto_adjusted_history_has_no_unadjusted_close():
    series = find_series("IMGN", history().drop(columns="Adj Close"))
    assert series.adjusted.to_list() == list(CLOSE)
    assert series.close.isna().all()
    assert "auto-adjusted" in series.notes[0]


def test_only_adjusted_closes():
    frame = history()[["Adj Close"]]
    series = find_series("IMGN", frame)
    assert series.adjusted.to_list() == list(CLOSE / 2)
    assert series.close.isna().all()


def test_tickers_that_are_also_words_for_prices():
    frame = pd.DataFrame({"LOW": CLOSE, "OPEN": OTHER}, index=DAYS)
    assert layout_of(frame) == "wide"
    assert find_series("LOW", frame).adjusted.to_list() == list(CLOSE)


def test_numbers_as_column_names():
    frame = pd.DataFrame({7203: CLOSE, 6758: OTHER}, index=DAYS)
    assert find_series("7203", frame).adjusted.to_list() == list(CLOSE)


def test_missing_prices_are_missing_days():
    frame = pd.DataFrame({"IMGN": [8.56, np.nan, 5.16, None]}, index=DAYS)
    series = find_series("IMGN", frame)
    assert list(series.frame.index.day) == [25, 27]


def test_a_day_with_only_one_of_the_two_closes_stays():
    frame = history(**{"Adj Close": [1.0, np.nan, 2.0, 3.0]})
    assert len(find_series("IMGN", frame).frame) == 4


@pytest.mark.parametrize("shape", [*SHAPES, *ADJUSTED_CLOSES])
def test_input_is_not_changed(shape):
    prices = (SHAPES | ADJUSTED_CLOSES)[shape]()
    before = prices.copy() if not isinstance(prices, dict) else None
    series = find_series("IMGN", prices)
    series.frame.iloc[:, :] = -1.0
    if before is None:
        assert next(iter(prices.values())).iloc[0].max() > 0
    elif isinstance(before, pd.Series):
        pd.testing.assert_series_equal(prices, before)
    else:
        pd.testing.assert_frame_equal(prices, before)


@pytest.mark.parametrize(
    ("shape", "held"),
    [
        ("long", ["IMGN", "MSFT"]),
        ("download, field first", ["IMGN", "MSFT"]),
        ("two row levels", ["IMGN", "MSFT"]),
        ("dict of frames", ["IMGN", "MSFT"]),
        ("history", []),
    ],
)
def test_held_tickers(shape, held):
    assert held_tickers(SHAPES[shape]()) == held


@pytest.mark.parametrize(
    "prices",
    [
        pd.DataFrame({"MSFT": OTHER, "AAPL": OTHER}, index=DAYS),
        {"MSFT": pd.Series(OTHER, DAYS), "AAPL": pd.Series(OTHER, DAYS)},
        long().replace({"IMGN": "AAPL"}),
    ],
    ids=["wide", "dict", "long"],
)
def test_a_firm_that_is_not_there_is_never_fetched(prices):
    with pytest.raises(
        UnknownTickerError, match=r"prices= holds (MSFT, AAPL|AAPL, MSFT)"
    ):
        find_series("IMGN", prices)


def test_a_series_of_another_name_is_not_taken():
    with pytest.raises(UnknownTickerError, match="holds MSFT"):
        find_series("IMGN", pd.Series(CLOSE, DAYS, name="MSFT"))


def test_many_held_tickers_are_not_all_listed():
    frame = pd.DataFrame(
        np.ones((4, 500)), index=DAYS, columns=[f"T{i}" for i in range(500)]
    )
    with pytest.raises(UnknownTickerError, match="T7 and 492 more"):
        find_series("IMGN", frame)


@pytest.mark.parametrize(
    ("frame", "value", "why"),
    [
        (
            history(Close=["8.56", "8.39", "5.16", "5.66"]),
            "8.56",
            "'Close'.*2010-08-25",
        ),
        (history(Close=[8.56, "1,234", 5.16, 5.66]), "1,234", "'Close'.*2010-08-26"),
        (history(**{"Adj Close": [1.0, 2.0, "n/a", 1.0]}), "n/a", "'Adj Close'.*08-27"),
        (history(Volume=["1M", "2M", "3M", "4M"]), "1M", "'Volume'"),
        (history(Close=[True, False, True, True]), True, "'Close'"),
        (history(Close=DAYS), DAYS[0], "'Close'"),
        (history(Close=[1j, 1j, 1j, 1j]), 1j, "'Close'"),
    ],
    ids=["text", "thousands", "na", "volume", "bool", "dates", "complex"],
)
def test_text_is_refused_with_column_value_and_day(frame, value, why):
    with pytest.raises(BadDataError, match=why) as caught:
        find_series("IMGN", frame)
    assert caught.value.value == value
    assert "pd.to_numeric" in caught.value.way_out


def test_tickers_that_cannot_be_hashed_are_only_unknown():
    frame = long().astype({"Ticker": object})
    frame["Ticker"] = [[1], {}, "MSFT", None] * 2
    with pytest.raises(UnknownTickerError):
        find_series("IMGN", frame)


def test_a_single_day():
    assert len(find_series("IMGN", history().iloc[:1]).frame) == 1


def test_other_columns_may_hold_text():
    assert len(find_series("IMGN", history(Name="ImmunoGen")).frame) == 4


@pytest.mark.parametrize(
    ("prices", "why"),
    [
        (pd.DataFrame(), "empty"),
        (pd.DataFrame(columns=["close"]), "empty"),
        (pd.Series(dtype=float), "empty"),
        ({}, "empty"),
        (pd.Series(np.nan, DAYS), "not one closing price"),
        (pd.DataFrame({"IMGN": np.nan}, index=DAYS), "not one closing price"),
        (pd.Series(CLOSE), "no dates"),
        (history().reset_index(drop=True), "no dates"),
        (history().tz_convert("UTC"), "clock time in the zone UTC"),
        (history().iloc[::-1], "not in the order"),
        (history().iloc[[0, 1, 1, 2]], "'2010-08-26'.*more than once"),
        (pd.DataFrame(np.c_[CLOSE, CLOSE], DAYS, ["Close", "close"]), "more than one"),
        (pd.DataFrame(np.c_[CLOSE, CLOSE], DAYS, ["IMGN", "IMGN"]), "more than one"),
        ({"IMGN": [1.0, 2.0]}, "no frame and no Series"),
        (download()[[("Open", "IMGN"), ("Close", "MSFT")]], "no closing price"),
        # What random frames brought to light.
        (long().set_index(["Date", "Ticker"]).assign(Ticker="IMGN"), "share a name"),
        (long().assign(date=1), "more than one column for the date"),
        (long().assign(Symbol="IMGN"), "more than one column for the ticker"),
        (pd.Series(CLOSE, pd.timedelta_range("1D", periods=4)), "type Timedelta"),
        (pd.Series(CLOSE[:1], pd.Index([{}], dtype=object)), "type dict"),
        (
            pd.Series([10**400, 1], DAYS[:2], dtype=object),
            "holds no number on 2010-08-25",
        ),
    ],
    ids=str,
)
def test_refused(prices, why):
    with pytest.raises(BadDataError, match=why) as caught:
        find_series("IMGN", prices)
    assert caught.value.parameter == "prices"
    assert caught.value.way_out


def test_the_fingerprint_depends_on_every_number_and_day():
    frame = pd.DataFrame({"close": CLOSE}, index=DAYS.as_unit("ns"))
    same = fingerprint(frame.copy())
    assert fingerprint(frame) == same
    assert len(same) == 64
    changed = (frame + 1e-15 * CLOSE.max() * 10, frame.rename(columns=str.upper))
    shifted = frame.set_axis(frame.index + pd.Timedelta(days=1))
    assert len({same, shifted.pipe(fingerprint), *map(fingerprint, changed)}) == 4


prices_of_days = st.lists(
    st.one_of(st.none(), st.floats(1.0, 40.0)), min_size=2, max_size=30
).filter(lambda prices: any(price is not None for price in prices))


@settings(max_examples=60, deadline=None)
@given(prices_of_days, st.sampled_from(["s", "us", "ns"]))
def test_any_shape_gives_the_same_series(prices, unit):
    days = pd.bdate_range("2012-01-02", periods=len(prices)).as_unit(unit)
    values = np.array([np.nan if price is None else price for price in prices])
    wide = pd.DataFrame({"A": values, "B": 1.0}, index=days)
    tall = wide.rename_axis("date").reset_index()
    tall = tall.melt("date", var_name="ticker", value_name="close").dropna()
    shapes = [
        wide["A"],
        wide,
        wide.tz_localize("Asia/Tokyo"),
        wide.reset_index(names="Date"),
        tall,
        tall.set_index(["ticker", "date"]),
        {"A": wide["A"].rename("x")},
        {"A": wide[["A"]].rename(columns={"A": "Close"})},
        pd.concat({"Close": wide}, axis=1),
        pd.concat({"Close": wide}, axis=1).swaplevel(axis=1),
        wide["A"].rename("Close").to_frame(),
    ]
    expected = pd.Series(values, days.as_unit("ns")).dropna()
    for shape in shapes:
        series = find_series("A", shape)
        np.testing.assert_array_equal(series.adjusted.to_numpy(), expected.to_numpy())
        assert list(series.frame.index) == list(expected.index)
    assert len({find_series("A", shape).sha256 for shape in shapes}) == 1
