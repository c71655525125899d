"""What users get wrong: each an error of our family that says what and what to do."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

DAYS = pd.bdate_range("2015-01-01", periods=500, unit="ns")


def synthetic(seed=0):
    """Two years of prices of a firm F and a market M on days of their own."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0, 0.01, DAYS.size)
    firm = market + rng.normal(0, 0.02, DAYS.size)
    return pd.DataFrame(
        {"F": 50 * np.cumprod(1 + firm), "M": 1000 * np.cumprod(1 + market)}, DAYS
    )


PRICES = synthetic()
DAY = DAYS[400].date().isoformat()


def ask(ticker="F", date=DAY, **given):
    return es.analyze(ticker, date, **{"prices": PRICES, "market": "M", **given})


def changed(**columns):
    return PRICES.assign(**columns)


def one(value, at=300):
    column = PRICES["F"].copy()
    column.iloc[at] = value
    return column


CASES = {
    # tickers and dates
    "unknown ticker": (
        lambda: es.analyze("imgn", DAY),
        es.UnknownTickerError,
        "ticker",
    ),
    "no source that may be asked": (
        lambda: es.analyze("NOPE", DAY, offline=True),
        es.NoDataError,
        "ticker",
    ),
    "offline is no word": (
        lambda: es.analyze("IMGN", DAY, offline="yes"),
        es.ArgumentError,
        "offline",
    ),
    "new data without a network": (
        lambda: es.analyze("IMGN", DAY, offline=True, refresh=True),
        es.ArgumentError,
        "refresh",
    ),
    "cache is a number": (
        lambda: es.analyze("IMGN", DAY, cache=5),
        es.ArgumentError,
        "cache",
    ),
    "ticker not in prices": (lambda: ask("G"), es.UnknownTickerError, "ticker"),
    "ticker is a number": (lambda: ask(3), es.ArgumentError, "ticker"),
    "no date": (lambda: es.analyze("IMGN"), es.EventDateError, "date"),
    "date before the data": (lambda: ask(date="2014-06-02"), es.EventDateError, "date"),
    "date after the data": (lambda: ask(date="2019-06-03"), es.EventDateError, "date"),
    "too early in the history": (
        lambda: ask(date=DAYS[60].date().isoformat()),
        es.InsufficientDataError,
        "estimation_window",
    ),
    "ambiguous date": (lambda: ask(date="08/09/2016"), es.EventDateError, "date"),
    "date is a number": (lambda: ask(date=20160801), es.EventDateError, "date"),
    "no such day": (lambda: ask(date="2016-02-30"), es.EventDateError, "date"),
    "an event with a date beside it": (
        lambda: ask(es.Event.of("F", DAY)),
        es.EventDateError,
        "date",
    ),
    "an instant beside timing": (
        lambda: ask(date=f"{DAY}T07:00", timing="before_open"),
        es.EventDateError,
        "timing",
    ),
    # windows
    "reversed": (lambda: ask(event_window=(5, -5)), es.WindowError, "event_window"),
    "text": (lambda: ask(event_window="-5,5"), es.WindowError, "event_window"),
    "halves": (lambda: ask(event_window=(-0.5, 5)), es.WindowError, "event_window"),
    "three numbers": (
        lambda: ask(event_window=(-1, 0, 1)),
        es.WindowError,
        "event_window",
    ),
    "overlap": (
        lambda: ask(estimation_window=(-200, -10)),
        es.WindowError,
        "estimation_window",
    ),
    "no windows": (lambda: ask(windows=[]), es.WindowError, "windows"),
    "a pair for a list": (lambda: ask(windows=(-1, 1)), es.WindowError, "windows"),
    "outside": (lambda: ask(windows=[(-20, 0)]), es.WindowError, "windows"),
    "car outside": (lambda: ask().car(-30, 0), es.WindowError, "window"),
    "short estimation": (
        lambda: ask(estimation_window=50),
        es.InsufficientDataError,
        "estimation_window",
    ),
    # plain arguments
    "unknown model": (lambda: ask(model="capm3"), es.ArgumentError, "model"),
    "model of no kind": (lambda: ask(model=3), es.ArgumentError, "model"),
    "return kind": (lambda: ask(return_kind="ln"), es.ArgumentError, "return_kind"),
    "missing": (lambda: ask(missing="zero"), es.ArgumentError, "missing"),
    "timing": (lambda: ask(timing="bmo"), es.ArgumentError, "timing"),
    "calendar": (
        lambda: ask(date=f"{DAY}T07:00", calendar="MOON"),
        es.ArgumentError,
        "calendar",
    ),
    "confidence": (lambda: ask(confidence=95), es.ArgumentError, "confidence"),
    "confidence as text": (
        lambda: ask(confidence="95%"),
        es.ArgumentError,
        "confidence",
    ),
    "seed": (lambda: ask(seed=-1), es.ArgumentError, "seed"),
    "min_estimation": (
        lambda: ask(min_estimation=2),
        es.ArgumentError,
        "min_estimation",
    ),
    "unknown test": (lambda: ask(tests=["t"]), es.ArgumentError, "tests"),
    "unknown option": (lambda: ask(tests=["sq|fast"]), es.ArgumentError, "tests"),
    "test of many": (lambda: ask(tests=["sq", "bmp"]), es.ArgumentError, "tests"),
    "weight": (
        lambda: ask(industry_weight=2),
        es.ArgumentError,
        "industry_weight",
    ),
    "shares as text": (lambda: ask(shares="many").impact(), es.BadDataError, "shares"),
    "negative shares": (lambda: ask(shares=-5).impact(), es.BadDataError, "shares"),
    # prices
    "infinite": (lambda: ask(prices=changed(F=one(np.inf))), es.BadDataError, "prices"),
    "zero": (lambda: ask(prices=changed(F=one(0.0))), es.BadDataError, "prices"),
    "negative": (lambda: ask(prices=changed(F=one(-50.0))), es.BadDataError, "prices"),
    "text price": (
        lambda: ask(
            prices=changed(F=PRICES["F"].astype(object).where(DAYS[9] != DAYS, "1,234"))
        ),
        es.BadDataError,
        "prices",
    ),
    "a unit jump": (
        lambda: ask(prices=changed(F=one(5000.0))),
        es.BadDataError,
        "prices",
    ),
    "unsorted": (lambda: ask(prices=PRICES.iloc[::-1]), es.BadDataError, "prices"),
    "duplicates": (
        lambda: ask(prices=pd.concat([PRICES, PRICES.iloc[[7]]]).sort_index()),
        es.BadDataError,
        "prices",
    ),
    "clock times with a zone": (
        lambda: ask(
            prices=PRICES.set_axis((DAYS + pd.Timedelta("9h30min")).tz_localize("UTC"))
        ),
        es.BadDataError,
        "prices",
    ),
    "no dates": (
        lambda: ask(prices=PRICES.reset_index(drop=True)),
        es.BadDataError,
        "prices",
    ),
    "no frame": (lambda: ask(prices=3), es.ArgumentError, "prices"),
    "empty": (lambda: ask(prices=PRICES.iloc[:0]), es.EventStudyError, None),
    "all NaN": (lambda: ask(prices=changed(F=np.nan)), es.BadDataError, "prices"),
    "no such file": (lambda: ask(prices="nowhere.csv"), es.EventStudyError, "prices"),
    # benchmarks and factors
    "constant market": (lambda: ask(prices=changed(M=1.0)), es.BadDataError, "market"),
    "market is the firm": (lambda: ask(market="F"), es.ArgumentError, "market"),
    "market equals the firm": (
        lambda: ask(prices=changed(M=PRICES["F"])),
        es.BadDataError,
        "market",
    ),
    "market of returns": (
        lambda: ask(market=PRICES["M"].pct_change().dropna()),
        es.BadDataError,
        "market",
    ),
    "industry equals the market": (
        lambda: ask(industry="M"),
        es.CollinearFactorsError,
        "model",
    ),
    "industry without a market": (
        lambda: ask(model="constant_mean", industry="M"),
        es.ArgumentError,
        "industry",
    ),
    "factors that do not reach": (
        lambda: es.analyze("IMGN", "2012-08-27", model="carhart"),
        es.NoDataError,
        "factors",
    ),
    "factors in per cent": (
        lambda: es.analyze(
            "IMGN", "2010-08-27", model="fama_french_3", factors=es.load_factors() * 100
        ),
        es.BadDataError,
        "factors",
    ),
    "a factor lacks": (
        lambda: es.analyze(
            "IMGN",
            "2010-08-27",
            model="carhart",
            factors=es.load_factors().drop(columns="mom"),
        ),
        es.ArgumentError,
        "factors",
    ),
    # what is asked beside prices
    "infinite return": (
        lambda: ask(
            prices=None, returns=changed(F=one(np.nan)).pct_change().fillna(np.inf)
        ),
        es.BadDataError,
        "returns",
    ),
    "returns in per cent": (
        lambda: ask(prices=None, returns=PRICES.pct_change() * 100),
        es.BadDataError,
        "returns",
    ),
    "ticker not in returns": (
        lambda: ask("G", prices=None, returns=PRICES.pct_change()),
        es.UnknownTickerError,
        "ticker",
    ),
    "known events without dates": (
        lambda: ask(events=pd.DataFrame({"headline": ["news"]})),
        es.ArgumentError,
        "events",
    ),
    "unknown figure": (lambda: ask().plot(kind="pie"), es.ArgumentError, "kind"),
}


@pytest.mark.parametrize("name", CASES)
def test_says_what_is_wrong_and_what_to_do(name):
    act, error, parameter = CASES[name]
    with pytest.raises(error) as caught:
        act()
    problem = caught.value
    assert isinstance(problem, es.EventStudyError)
    assert parameter is None or problem.parameter == parameter
    assert problem.bound
    assert problem.way_out[0].isupper()
    assert problem.way_out.endswith((".", "?"))
    assert str(problem).count("\n") == 0


def test_what_analysts_hold_is_taken():
    plain = float(ask().car())
    zoned = PRICES.tz_localize("America/New_York")
    history = pd.DataFrame(
        {
            "Open": zoned["F"], "High": zoned["F"], "Low": zoned["F"],
            "Close": zoned["F"], "Adj Close": zoned["F"], "Volume": 100,
            "Dividends": 0.0, "Stock Splits": 0.0,
        }
    )  # fmt: skip
    history.index = history.index.as_unit("s")
    download = pd.concat(
        {"F": PRICES[["F"]].set_axis(["Close"], axis=1),
         "M": PRICES[["M"]].set_axis(["Close"], axis=1)}, axis=1
    )  # fmt: skip
    other_way = download.swaplevel(axis=1).sort_index(axis=1)
    for frame in (download, other_way):
        assert float(ask(prices=frame).car()) == plain
    assert float(ask(prices=history, market=PRICES["M"]).car()) == plain
    long = (
        PRICES.rename_axis("date")
        .reset_index()
        .melt("date", var_name="ticker", value_name="close")
    )
    assert float(ask(prices=long).car()) == plain


def test_dates_in_any_form():
    wanted = float(ask().car())
    day = dt.date.fromisoformat(DAY)
    for date in (
        day,
        dt.datetime(day.year, day.month, day.day),
        pd.Timestamp(day),
        np.datetime64(DAY),
    ):
        assert float(ask(date=date).car()) == wanted


def test_inputs_are_not_changed():
    before = PRICES.copy(deep=True)
    ask(industry_weight=0.0)
    pd.testing.assert_frame_equal(PRICES, before)


def test_missing_days_are_said_not_filled():
    gap = changed(F=PRICES["F"].where(DAYS[400] != DAYS))
    result = ask(prices=gap, missing="available")
    assert np.isnan(result.abnormal_returns.loc[0, "abnormal"])
    effect = result.car()
    assert np.isnan(effect.value)
    assert effect.reason == "no_abnormal_return"
    assert "not available" in repr(effect) or "no valid" in repr(effect)
    assert np.isnan(result.car(-1, 1).value)
    assert result.car(-1, 1).reason == "no_event_day_return"
    together = ask(prices=gap).car(0, 1)
    assert together.n == 1
