"""Days without a price: what each treatment makes of them."""

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.prices.returns import filled, returns_on


def test_by_hand():
    days = pd.bdate_range("2020-01-06", periods=6)
    prices = pd.Series([10.0, 11.0, np.nan, np.nan, 13.2, 12.0], days)
    returns, spans = (one[None].astype(float) for one in returns_on(days, prices))
    lumped, ones = filled(returns, spans, "lumped")
    np.testing.assert_allclose(
        lumped, [[np.nan, 0.1, 0.0, 0.0, 0.2, 12 / 13.2 - 1]], rtol=1e-12
    )
    np.testing.assert_array_equal(ones, [[0, 1, 1, 1, 1, 1]])
    uniform, ones = filled(returns, spans, "uniform")
    np.testing.assert_allclose(
        uniform, [[np.nan, 0.1, 0.2 / 3, 0.2 / 3, 0.2 / 3, 12 / 13.2 - 1]], rtol=1e-12
    )
    np.testing.assert_array_equal(ones, [[0, 1, 1, 1, 1, 1]])


def prices():
    rng = np.random.default_rng(1)
    days = pd.bdate_range("2018-01-01", periods=600)
    market = rng.normal(0, 0.01, 600)
    firm = market + rng.normal(0, 0.02, 600)
    frame = pd.DataFrame({"F": firm, "M": market}, days)
    levels = 50 * np.exp(frame.cumsum())
    levels.loc[levels.index[::4], "F"] = np.nan
    return levels


@pytest.mark.parametrize("missing", ["lumped", "uniform"])
def test_equals_the_analysis_of_returns_filled_by_hand(missing):
    levels = prices()
    known = levels["F"].dropna()
    rows, before = levels.index.get_indexer(known.index), None
    own = pd.Series(np.nan, levels.index)
    for row in rows:
        if before is not None:
            days = row - before
            whole = levels["F"].iloc[row] / levels["F"].iloc[before] - 1
            part = whole / days if missing == "uniform" else 0.0
            own.iloc[before + 1 : row + 1] = part
            own.iloc[row] = part if missing == "uniform" else whole
        before = row
    returns = pd.DataFrame({"F": own, "M": levels["M"].pct_change()})
    event = ("F", str(levels.index[450].date()))
    found = es.analyze(*event, prices=levels, market="M", missing=missing)
    expected = es.analyze(*event, returns=returns, market="M")
    for window in [(0, 0), (-1, 1), (-10, 10)]:
        a, b = found.car(*window), expected.car(*window)
        np.testing.assert_allclose(
            [a.value, a.std_error, a.df], [b.value, b.std_error, b.df], rtol=1e-11
        )
    assert any(f"missing='{missing}'" in words for words in found.warnings)


def test_where_nothing_is_missing_all_are_one():
    case = ("IMGN", "2010-08-27")
    first = es.analyze(*case)
    for missing in ("available", "lumped", "uniform"):
        other = es.analyze(*case, missing=missing)
        pd.testing.assert_frame_equal(other.abnormal_returns, first.abnormal_returns)


def test_returns_cannot_be_filled():
    returns = prices().pct_change(fill_method=None)
    with pytest.raises(ArgumentError, match="Pass prices="):
        es.analyze("F", "2019-09-02", returns=returns, market="M", missing="lumped")


@pytest.mark.slow
@pytest.mark.parametrize("trades", [0.4, 0.7])
def test_trade_to_trade_holds_its_level(trades):
    """Size at 5 % of the exact t of CAR(-1, 1), methods 1.5: 4.4 to 5.7 %."""
    replications, days = 2000, 300
    rng = np.random.default_rng(15)
    index = pd.bdate_range("2018-01-01", periods=days)
    market = rng.normal(0.0003, 0.01, days)
    firm = 1.2 * market + rng.normal(0, 0.02, (replications, days))
    levels = 30 * np.exp(np.cumsum(firm, axis=1))
    silent = rng.random(levels.shape) > trades
    silent[:, [0, 280]] = False
    levels[silent] = np.nan
    names = [f"f{i:04}" for i in range(replications)]
    frame = pd.DataFrame(levels.T, index, names)
    frame["M"] = 100 * np.exp(np.cumsum(market))
    events = pd.DataFrame({"ticker": names, "date": index[280]})
    study = es.study(
        events, prices=frame, market="M", windows=[(-1, 1)], return_kind="log",
        tests=["cross_sectional_t"], min_estimation=60,
    )  # fmt: skip
    p = study.cars(-1, 1)["p_value"].dropna()
    assert len(p) > 0.4 * replications
    error = np.sqrt(0.05 * 0.95 / len(p))
    assert abs((p < 0.05).mean() - 0.05) < 4 * error
