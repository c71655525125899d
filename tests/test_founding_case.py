"""ImmunoGen, 27 August 2010, end to end: our figures against statsmodels and the issue.

The regression is done here anew from the shipped files: pandas for returns and
windows, statsmodels for estimates and prediction errors.
"""

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import eventstudy as es

DAY = pd.Timestamp("2010-08-27")
# Figures stated by the founders beforehand, to the digits given there.
STATED = {
    (0, 0): (-0.410879728, 0.0267420509, -15.36455564),
    (-1, 1): (-0.301847074, None, -6.513514372),
    (-10, 10): (-0.453749349, None, -3.574818205),
}


@pytest.fixture(scope="module")
def result():
    return es.analyze("IMGN", "2010-08-27")


def returns_of(*tickers):
    """Simple returns of bundled prices, by pandas."""
    frames = {}
    for ticker in tickers:
        prices = es.load_prices(ticker)
        column = "adj_close" if "adj_close" in prices else "close"
        frames[ticker] = prices[column].pct_change()
    return pd.DataFrame(frames)


def oracle(y, x, window):
    """CAR, its standard error and t by statsmodels' own prediction covariance."""
    day0 = y.index.get_loc(DAY)
    estimation = slice(day0 - 260, day0 - 10)
    event = slice(day0 + window[0], day0 + window[1] + 1)
    design = sm.add_constant(x)
    fit = sm.OLS(y.iloc[estimation], design.iloc[estimation]).fit()
    rows = design.iloc[event].to_numpy()
    total = rows.sum(axis=0)
    car = float((y.iloc[event] - rows @ fit.params.to_numpy()).sum())
    variance = len(rows) * fit.mse_resid + total @ fit.cov_params().to_numpy() @ total
    return car, float(np.sqrt(variance)), car / np.sqrt(variance), fit


@pytest.mark.parametrize("window", STATED)
def test_market_model(result, window):
    returns = returns_of("IMGN", "^GSPC")
    car, error, t, fit = oracle(returns["IMGN"], returns[["^GSPC"]], window)
    effect = result.car(window)
    assert effect.value == pytest.approx(car, abs=1e-8)
    assert effect.std_error == pytest.approx(error, abs=1e-8)
    assert effect.t == pytest.approx(t, abs=1e-8)
    assert effect.p_value == pytest.approx(2 * stats.t.sf(abs(t), 248), rel=1e-9)
    half = stats.t.ppf(0.975, 248) * error
    assert effect.ci_low == pytest.approx(car - half, abs=1e-8)
    assert effect.ci_high == pytest.approx(car + half, abs=1e-8)
    assert result.model.sigma == pytest.approx(np.sqrt(fit.mse_resid), abs=1e-8)
    stated_car, stated_error, stated_t = STATED[window]
    assert effect.value == pytest.approx(stated_car, abs=1e-9)
    assert effect.t == pytest.approx(stated_t, abs=1e-8)
    assert stated_error is None or effect.std_error == pytest.approx(
        stated_error, abs=1e-10
    )


def test_estimates(result):
    assert result.model.params["beta"] == pytest.approx(1.507593267, abs=1e-9)
    assert result.model.sigma == pytest.approx(0.0265902848, abs=1e-10)
    assert (result.model.nobs, result.model.df) == (250, 248)
    theirs = result.model.regression()
    np.testing.assert_allclose(theirs.params, result.model.params, rtol=1e-10)
    np.testing.assert_allclose(theirs.bse, result.model.std_errors, rtol=1e-10)
    assert theirs.rsquared == pytest.approx(result.model.r_squared, rel=1e-10)


def test_the_model_shows_itself_as_a_sentence(result):
    theirs = result.model.regression()
    alpha, beta = theirs.params
    errors = theirs.bse
    assert repr(result.model) == (
        f"Market model: alpha {alpha:.3%} a day (s.e. {errors.iloc[0]:.3%}), "
        f"beta {beta:.3f} (s.e. {errors.iloc[1]:.3f}), "
        f"residual s.d. {np.sqrt(theirs.mse_resid):.2%} a day, "
        f"R² {theirs.rsquared:.2f}; 250 estimation days, 248 degrees of freedom."
    ).replace("%", " %")
    bare = es.analyze("IMGN", "2010-08-27", model="market_adjusted").model
    assert repr(bare).startswith("Market-adjusted return: residual s.d. ")
    assert "R²" not in repr(bare)


def test_with_the_biotechnology_index():
    effect = es.analyze("IMGN", "2010-08-27", industry="IBB").car()
    returns = returns_of("IMGN", "^GSPC", "IBB")
    car, error, *_ = oracle(returns["IMGN"], returns[["^GSPC", "IBB"]], (0, 0))
    assert effect.value == pytest.approx(car, abs=1e-8)
    assert effect.std_error == pytest.approx(error, abs=1e-8)
    assert effect.value == pytest.approx(-0.412732241, abs=1e-9)
    assert effect.df == 247


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        ("fama_french_3", ["mkt_rf", "smb", "hml"]),
        ("carhart", ["mkt_rf", "smb", "hml", "mom"]),
        ("fama_french_5", ["mkt_rf", "smb", "hml", "rmw", "cma"]),
        ("fama_french_6", ["mkt_rf", "smb", "hml", "rmw", "cma", "mom"]),
    ],
)
def test_factor_models(model, columns):
    factors = es.load_factors()
    y = returns_of("IMGN")["IMGN"].reindex(factors.index) - factors["rf"]
    car, error, t, _ = oracle(y, factors[columns], (-1, 1))
    effect = es.analyze("IMGN", "2010-08-27", model=model).car(-1, 1)
    assert effect.value == pytest.approx(car, abs=1e-8)
    assert effect.std_error == pytest.approx(error, abs=1e-8)
    assert effect.t == pytest.approx(t, abs=1e-8)


def test_fama_french_three_factors_as_stated():
    effect = es.analyze("IMGN", "2010-08-27", model="fama_french_3").car()
    assert effect.value == pytest.approx(-0.427199410, abs=1e-9)


def test_rank_test_and_dollars(result):
    tests = result.tests().set_index("test")
    assert tests.loc["sq", "p_value"] == pytest.approx(1 / 251, rel=1e-12)
    before = result.market_value_before()
    assert before.value == pytest.approx(67_944_000 * 8.39, rel=1e-12)
    assert before.value == pytest.approx(570.05e6, abs=5e3)
    assert result.impact().value == pytest.approx(-234.2e6, abs=5e4)
    assert result.impact().value == pytest.approx(
        before.value * -0.410879728, abs=before.value * 1e-8
    )


def test_the_day_and_what_is_said_of_it(result):
    assert result.day0 == DAY
    day = result.abnormal_returns.loc[0]
    assert day["actual"] == pytest.approx(5.16 / 8.39 - 1, rel=1e-12)
    assert "before the open" in result.day_zero.sentence
    assert "Friday 27 August 2010" in result.day_zero.sentence
    assert repr(result.design) == "es.analyze('IMGN', '2010-08-27')"
    for said in ("−41.09 %", "−$234.2 million", "$570.05 million", "p = 0.004"):
        assert said in result.verdict
    assert "caused" not in result.verdict


def test_log_returns_are_one_kind_throughout():
    log_returns = np.log1p(returns_of("IMGN", "^GSPC"))
    car, error, *_ = oracle(log_returns["IMGN"], log_returns[["^GSPC"]], (-1, 1))
    effect = es.analyze("IMGN", "2010-08-27", return_kind="log").car(-1, 1)
    assert effect.value == pytest.approx(car, abs=1e-8)
    assert effect.std_error == pytest.approx(error, abs=1e-8)


def test_records(result, tmp_path):
    record = json.loads(result.to_json(tmp_path / "imgn.json"))
    assert record == json.loads((tmp_path / "imgn.json").read_text(encoding="utf-8"))
    assert record["windows"][0]["value"] == result.car().value
    assert record["windows"][-1]["empirical_p_value"] is None
    assert record["windows"][-1]["reason"] == "overlapping_over_rejects"
    pd.testing.assert_frame_equal(result.to_frame(), result.abnormal_returns)
    assert list(result.to_frame().columns) == [
        "date", "actual", "expected", "abnormal", "std_error", "t", "p_value",
        "ci_low", "ci_high", "car", "car_std_error", "bhar",
    ]  # fmt: skip


def test_the_same_again_to_the_byte(result):
    again = es.analyze("IMGN", "2010-08-27")
    assert again.to_json() == result.to_json()
    assert again.summary() == result.summary()
    assert again._repr_html_() == result._repr_html_()
    assert again.to_html() == result.to_html()


def test_nothing_that_is_handed_out_can_change_the_result(result):
    frame = result.abnormal_returns
    frame.loc[:, "abnormal"] = 0.0
    assert result.car().value == pytest.approx(-0.410879728, abs=1e-9)
    with pytest.raises(AttributeError):
        result.verdict = "nothing happened"
