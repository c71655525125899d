"""The gate: what is refused, what is noted, what passes in silence."""

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import BadDataError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.quality import admit, check_benchmark
from eventstudy.prices.suspicions import notes
from tests.prices.made_up import frame, walk


def passed(prices):
    return admit(PriceSeries("X", prices, "test"))


def test_ordinary_prices_pass_in_silence():
    assert passed(frame(walk())).notes == ()


@pytest.mark.parametrize("column", ["close", "adj_close"])
@pytest.mark.parametrize(
    ("value", "why", "way_out"),
    [
        (np.inf, "infinite", "NaN"),
        (-np.inf, "infinite", "NaN"),
        (0.0, "zero", "NaN"),
        (-5.16, "negative", r".abs()"),
    ],
)
def test_impossible_prices(column, value, why, way_out):
    prices = frame(walk())
    prices.loc["2010-01-12", column] = value
    with pytest.raises(
        BadDataError, match=f"{why} in {column} on 2010-01-12"
    ) as caught:
        passed(prices)
    assert way_out in caught.value.way_out
    assert caught.value.value == value


def test_three_days_are_listed_and_the_others_counted():
    with pytest.raises(BadDataError, match="2010-01-06 and 57 more"):
        passed(frame(-walk()))


@pytest.mark.parametrize("column", ["open", "high", "low", "volume"])
def test_columns_that_no_result_reads_may_be_odd(column):
    assert passed(frame(walk(), **{column: np.zeros(60)})).notes == ()


@pytest.mark.parametrize("factor", [100.0, 0.01])
@pytest.mark.parametrize("length", [1, 5])
def test_a_unit_that_jumps_and_comes_back(factor, length):
    close = walk()
    close[20 : 20 + length] *= factor
    with pytest.raises(BadDataError, match=r"2010-02-01 and back"):
        passed(frame(close))


@pytest.mark.parametrize("factor", [100.0, 0.01])
def test_a_lasting_jump_is_noted(factor):
    close = walk()
    close[20:] *= factor
    (note,) = passed(frame(close)).notes
    assert "factor of 50 or more on 2010-02-01" in note


@pytest.mark.parametrize("factor", [17.0, 1 / 17])
def test_great_moves_are_no_unit_jumps(factor):
    close = walk()
    close[20:] *= factor
    assert passed(frame(close)).notes == ()


@pytest.mark.parametrize(("equal", "noted"), [(4, False), (5, True), (9, True)])
def test_stale_runs(equal, noted):
    close = walk()
    close[20 : 20 + equal] = close[20]
    found = passed(frame(close)).notes
    assert bool(found) is noted
    if noted:
        assert "1 runs of 5 or more equal prices" in found[0]
        assert f"longest of {equal}" in found[0]
        assert "2010-02-01" in found[0]


def test_a_constant_price_is_one_stale_run():
    (note,) = passed(frame(np.full(60, 7.0))).notes
    assert "longest of 60" in note


@pytest.mark.parametrize(("days", "noted"), [(7, False), (8, True)])
def test_gaps_longer_than_a_week(days, noted):
    prices = frame(walk(3))
    start = pd.Timestamp(2001, 9, 10)
    later = start + pd.Timedelta(days=days)
    prices.index = pd.DatetimeIndex([start, later, later + pd.Timedelta(days=1)])
    found = notes(prices.set_axis(prices.index.as_unit("ns")))
    assert bool(found) is noted
    if noted:
        assert found == ("no price for more than 7 days: 2001-09-10 to 2001-09-18",)


def test_many_gaps_are_counted():
    prices = frame(walk(6)).set_axis(pd.date_range("2010-01-01", periods=6, freq="MS"))
    (note,) = notes(prices)
    assert note.endswith("2010-03-01 to 2010-04-01, 2 more")


def test_missing_prices_are_gaps_too():
    prices = frame(walk())
    prices.iloc[10:20] = np.nan
    assert "2010-01-15 to 2010-02-01" in passed(prices).notes[0]


def test_dividends_and_a_split_are_told_from_noise():
    close = walk(200)
    quarterly = np.ones(200)
    quarterly[:60] *= 0.99
    quarterly[:120] *= 0.99
    assert notes(frame(close, close * quarterly)) == ()


def test_a_split_in_the_raw_close_is_noted():
    raw = walk()
    raw[:30] *= 7
    adjusted = raw.copy()
    adjusted[:30] /= 7
    (note,) = notes(frame(raw, adjusted))
    assert note == "raw and adjusted close part on 2010-02-15: a split or an error"


def test_columns_of_two_firms_do_not_move_together():
    found = notes(frame(walk(seed=1), walk(seed=2)))
    assert "raw and adjusted close differ on more than 5 days in 100" in found


def test_close_alone_says_so():
    assert passed(frame(walk())[["close"]]).notes == ("close taken as adjusted",)


def test_notes_of_the_provider_come_first_and_once():
    prices = frame(walk())[["close"]]
    series = PriceSeries("X", prices, "test", notes=("a", "close taken as adjusted"))
    assert admit(series).notes == ("a", "close taken as adjusted")
    assert admit(admit(series)).notes == ("a", "close taken as adjusted")


@pytest.mark.parametrize("columns", [["open"], []])
def test_no_closing_price(columns):
    prices = frame(walk(), open=walk())[columns]
    with pytest.raises(BadDataError, match="not one closing price"):
        passed(prices)


def test_market_that_never_moves():
    firm = np.array([0.01, -0.02, 0.03, np.nan])
    for still in (0.0, 0.001):
        market = np.array([still, still, still, np.nan])
        with pytest.raises(BadDataError, match="same on every day") as caught:
            check_benchmark(firm, market, "industry")
        assert caught.value.parameter == "industry"


@pytest.mark.parametrize("noise", [0.0, 1e-15])
def test_market_that_is_the_firm(noise):
    firm = np.array([0.01, -0.02, 0.03, np.nan, 0.01])
    market = firm + noise
    market[4] = np.nan
    with pytest.raises(BadDataError, match="those of the firm"):
        check_benchmark(firm, market)


def test_other_markets_pass():
    firm = np.array([0.01, -0.02, 0.03, np.nan])
    check_benchmark(firm, np.array([0.01, -0.02, 0.02, 0.01]))
    check_benchmark(firm, 2 * firm)
    check_benchmark(firm, np.full(4, np.nan))


@pytest.mark.parametrize(("every", "noted"), [(4, True), (5, False), (6, False)])
def test_a_price_that_often_stands_still(every, noted):
    close = walk()
    close[every - 1 :: every] = close[every - 2 :: every][
        : len(close[every - 1 :: every])
    ]
    found = notes(frame(close))
    assert bool(found) is noted
    if noted:
        assert found == (
            (
                "thin trading: the price is that of the day before on 25 % of the days "
                "(2010-01-07, 2010-01-13, 2010-01-19 and 12 more)"
            ),
        )
