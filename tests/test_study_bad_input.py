"""What users of studies get wrong: each a clear error, or a row with its reason."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es

DAYS = pd.bdate_range("2015-01-01", periods=420, unit="ns")
RNG = np.random.default_rng(6)
MARKET = RNG.normal(0, 0.01, 420)
RETURNS = pd.DataFrame(
    RNG.normal(0, 0.02, (420, 4)) + MARKET[:, None], DAYS, ["A", "B", "C", "D"]
).assign(M=MARKET)
PRICES = 50 * (1 + RETURNS).cumprod()
TABLE = pd.DataFrame({"ticker": ["A", "B", "C"], "date": DAYS[[300, 320, 340]]})


def run(table=TABLE, **given):
    settings = {"market": "M", "tests": ["bmp_adjusted"], **given}
    if "prices" not in settings:
        settings.setdefault("returns", RETURNS)
    return es.study(table, **settings)


def cell(value, column="B", row=5, frame=RETURNS):
    """The returns with one cell changed."""
    changed = frame.astype({column: object})
    changed.iloc[row, changed.columns.get_loc(column)] = value
    return changed


ROWS = {
    "an infinite return": (cell(np.inf), "B", "infinite"),
    "text among the returns": (cell("n/a"), "B", "holds no number on 2015-01-08"),
    "a whole column of text": (RETURNS.assign(B="x"), "B", "holds no number"),
    "a column that stands there twice": (
        pd.concat([RETURNS, RETURNS[["B"]]], axis=1), "B", "twice",
    ),
    "a firm in per cent": (RETURNS.assign(B=100 * RETURNS["B"]), "B", "everything"),
    "a firm without a return": (RETURNS.assign(B=np.nan), "B", "no value on any day"),
    "constant returns": (RETURNS.assign(B=0.001), "B", "do not vary"),
    "a firm that is not there": (RETURNS.drop(columns="B"), "B", "returns= holds"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_one_bad_firm_is_a_row_with_its_reason(name):
    returns, ticker, words = ROWS[name]
    study = run(returns=returns)
    assert list(study.excluded["ticker"]) == [ticker]
    assert words in study.excluded["reason"].iloc[0]
    assert list(study.events["ticker"]) == ["A", "C"]
    expected = run(TABLE[TABLE["ticker"] != "B"])
    np.testing.assert_array_equal(study.events["car[0,0]"], expected.events["car[0,0]"])


WHOLE = {
    "unsorted days": (RETURNS.iloc[::-1], "order of their days"),
    "a day twice": (
        pd.concat([RETURNS, RETURNS.iloc[[3]]]).sort_index(), "more than once",
    ),
    "clock times": (RETURNS.set_axis(DAYS + pd.Timedelta("9h")), "clock time"),
    "no day at all": (RETURNS.iloc[:0], "no returns"),
    "numbers for days": (RETURNS.reset_index(drop=True), "no dates"),
    "an infinite market": (RETURNS.assign(M=np.inf), "infinite"),
    "a constant market": (RETURNS.assign(M=0.001), "the same on every day"),
    "the market twice": (pd.concat([RETURNS, RETURNS[["M"]]], axis=1), "twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_what_spoils_all_events_is_an_error_of_its_own(name):
    returns, words = WHOLE[name]
    with pytest.raises(es.BadDataError, match=words) as caught:
        run(returns=returns)
    assert caught.value.parameter in ("returns", "market")
    assert caught.value.way_out.endswith(".")


def test_tests_of_one_event_alone_are_refused():
    with pytest.raises(es.ArgumentError, match="tests of one event") as caught:
        run(tests=["sq", "exact_t"])
    assert caught.value.parameter == "tests"
    assert len(run(tests=["sq", "bmp"]).tests(0)) == 1


def test_all_events_bad_quotes_reasons():
    with pytest.raises(es.InsufficientDataError) as caught:
        run(pd.DataFrame({"ticker": ["X", "A"], "date": ["2016-05-02", "1999-01-04"]}))
    assert "before the first day" in str(caught.value)
    with pytest.raises(es.InsufficientDataError, match="0 valid estimation days"):
        run(returns=RETURNS.assign(M=np.nan))


TABLES = {
    "no ticker": (TABLE.drop(columns="ticker"), "no column ticker"),
    "no date": (TABLE.drop(columns="date"), "no column date"),
    "neither": (pd.DataFrame({"firm": ["A"]}), "no column ticker and no column date"),
    "no row": (TABLE.iloc[:0], "no event"),
    "a column twice": (pd.concat([TABLE, TABLE[["date"]]], axis=1), "twice"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_none(name):
    table, words = TABLES[name]
    with pytest.raises(es.ArgumentError, match=words) as caught:
        run(table)
    assert caught.value.parameter == "events"


def test_rows_without_ticker_or_date_are_rows_with_a_reason():
    table = TABLE.astype(object)
    table.loc[0, "ticker"], table.loc[1, "date"] = None, pd.NaT
    study = run(table)
    assert list(study.events["ticker"]) == ["C"]
    assert list(study.excluded["reason"]) == [
        "ticker: a ticker is a text", "date: there is no date",
    ]  # fmt: skip


@pytest.mark.parametrize("form", [object, "Float64", np.float32])
def test_numbers_in_other_clothes_are_numbers(form):
    study = run(returns=RETURNS.astype(form), market=RETURNS["M"].rename("M"))
    plain = run(returns=RETURNS.astype(np.float32).astype(float)
                if form is np.float32 else RETURNS,
                market=RETURNS["M"].rename("M"))  # fmt: skip
    np.testing.assert_array_equal(study.events["car[0,0]"], plain.events["car[0,0]"])


def test_a_table_of_objects_is_a_table():
    study = run(TABLE.astype(object))
    pd.testing.assert_frame_equal(study.abnormal_returns, run().abnormal_returns)


def test_an_event_on_the_last_day_has_that_day():
    study = run(
        [("A", DAYS[-1].date()), ("B", DAYS[-1].date()), ("C", DAYS[300].date())]
    )
    assert study.excluded.empty
    assert study.caar(0).n == 3
    windows = study.abnormal_returns
    assert np.isnan(windows.iloc[:2].loc[:, 1:]).all(axis=None)
    assert np.isfinite(windows.iloc[:2].loc[:, :0]).all(axis=None)
    alone = es.analyze("A", DAYS[-1], returns=RETURNS, market="M")
    assert study.events["car[0,0]"].iloc[0] == alone.car(0).value


def test_windows_partly_beyond_the_data_at_either_end():
    study = run(
        [("A", DAYS[-5].date()), ("B", DAYS[150].date()), ("C", DAYS[60].date())]
    )
    assert list(study.events["n_estimation"]) == [250, 140]
    assert np.isnan(study.abnormal_returns.iloc[0].loc[5:]).all()
    assert list(study.excluded["ticker"]) == ["C"]
    assert "50 valid estimation days, needs 100" in study.excluded["reason"].iloc[0]


def test_a_firm_with_a_calendar_of_its_own_is_said():
    prices = {name: PRICES[name] for name in PRICES}
    prices["B"] = PRICES["B"].iloc[::2]
    saturday = pd.DatetimeIndex([DAYS[200] + pd.offsets.Week(weekday=5)])
    prices["C"] = pd.concat([PRICES["C"], pd.Series([50.0], saturday)]).sort_index()
    study = run(prices=prices)
    assert study.excluded.empty
    notes = " ".join(study.warnings)
    assert "C has 1 prices on days that are not in the market's calendar" in notes
    # A price every other day; the first return of a window reaches back before it.
    assert study.events.loc[study.events["ticker"] == "B", "n_estimation"].item() == 124
    days = study.result(study.events.index[1]).abnormal_returns
    assert days["abnormal"].isna().sum() == 10 + 1
