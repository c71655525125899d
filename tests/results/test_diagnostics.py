"""The table of checks: values of the founding case, and when each row flags."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import OLS
from statsmodels.stats import diagnostic as sm_diagnostic
from statsmodels.stats.outliers_influence import OLSInfluence
from statsmodels.stats.stattools import durbin_watson, jarque_bera

from eventstudy.report.text import MINUS
from eventstudy.results.diagnostics import CHECKS, diagnose
from eventstudy.results.effect import Effect

INFORMATION = {"Durbin-Watson", "Jarque-Bera p", "largest outlier"}


@pytest.fixture
def clean(inputs):
    """Inputs of a well-behaved share; the builder for changed ones."""
    rng = np.random.default_rng(20)
    x = 0.01 * rng.standard_normal(271)
    x[-21:] = np.clip(x[-21:], -0.01, 0.01)
    y = 0.0005 + 1.2 * x + 0.02 * rng.standard_normal(271)
    dates = pd.bdate_range("2020-01-01", periods=271)

    def build(change=None, **facts):
        changed_y, changed_x = y.copy(), x.copy()
        if change:
            change(changed_y, changed_x)
        return inputs(changed_y, changed_x, dates, **facts)

    return build


def row(given, check):
    frame = diagnose(given).set_index("check")
    return frame.loc[check]


def test_columns_and_types(clean):
    frame = diagnose(clean())
    assert list(frame.columns) == [
        "check", "value", "threshold", "flags_when", "flag", "advice"
    ]  # fmt: skip
    assert frame["check"].is_unique
    assert len(frame) == len(CHECKS)
    assert frame["flag"].dtype == bool
    assert frame[["value", "threshold"]].dtypes.eq(float).all()


def test_a_clean_share_raises_no_flag(clean):
    assert not diagnose(clean())["flag"].any()


WHEN = {
    "serial correlation": "outside",
    "Durbin-Watson": "never (information)",
    "Ljung-Box p": "below",
    "ARCH-LM p": "below",
    "Jarque-Bera p": "never (information)",
    "Chow p": "below",
    "CUSUM": "above",
    "largest outlier": "never (information)",
    "extrapolation": "above",
    "extreme regressor": "above",
    "thin trading": "above",
    "longest run of equal prices": "above",
    "beta": "outside",
    "R squared": "below",
    "confounding events": "above",
    "variance rank p": "below",
    "run-up p": "below",
}


def test_the_side_of_the_threshold_is_said(clean):
    assert diagnose(clean()).set_index("check")["flags_when"].to_dict() == WHEN


def test_a_flag_lies_on_the_side_that_is_said(clean):
    changes = [
        add_momentum, add_clusters, change_beta, drift, extrapolate, shake,
        invert_beta, steepen_beta, forget_the_market,
    ]  # fmt: skip
    flagged = set()
    for change in changes:
        frame = diagnose(clean(change, run_up=Effect(0.08, p_value=0.01)))
        for check in frame[frame["flag"]].itertuples():
            flagged.add(check.flags_when)
            if check.flags_when == "below":
                assert check.value <= check.threshold
            elif check.flags_when == "above":
                assert check.value >= check.threshold
            else:
                beyond = abs(check.value) - abs(check.threshold)
                assert beyond > 0
    assert flagged == {"below", "above", "outside"}


def test_every_advice_is_a_sentence(clean):
    for advice in diagnose(clean())["advice"]:
        assert advice[0].isupper() or advice[0].isdigit()
        assert advice.endswith(".")


def test_founding_case_against_statsmodels(founding_case, inputs):
    (y, x), dates = founding_case
    fit = OLS(y[:250], np.column_stack([np.ones(250), x[:250]])).fit()
    e = fit.resid
    run_up = Effect(-0.12, p_value=0.3)
    values = diagnose(inputs(y, x, dates, run_up=run_up)).set_index("check")["value"]
    outliers = OLSInfluence(fit).resid_studentized_external
    expected = {
        "serial correlation": (e[1:] * e[:-1]).sum() / (e**2).sum(),
        "Durbin-Watson": durbin_watson(e),
        "Ljung-Box p": sm_diagnostic.acorr_ljungbox(e, [10]).iloc[0, 1],
        "ARCH-LM p": sm_diagnostic.het_arch(e, nlags=5, result_object=True)[1],
        "Jarque-Bera p": jarque_bera(e)[1],
        "largest outlier": np.abs(outliers).max(),
        "extreme regressor": abs(x[260] - x[:250].mean()) / x[:250].std(ddof=1),
        "thin trading": (np.abs(y[:250]) < 1e-14).mean(),
        "beta": 1.507593267,
        "R squared": fit.rsquared,
        "confounding events": 0.0,
        "run-up p": 0.3,
    }
    for check, value in expected.items():
        assert values[check] == pytest.approx(value, rel=1e-7), check


def test_the_outlier_of_the_founding_case_is_dated(founding_case, inputs):
    (y, x), dates = founding_case
    found = row(inputs(y, x, dates), "largest outlier")
    assert "16 April 2010 (5.0)" in found["advice"]
    assert not found["flag"]


def add_momentum(y, _x):
    e = np.random.default_rng(4).standard_normal(y.size)
    for t in range(1, y.size):
        e[t] += 0.5 * e[t - 1]
    y[:] = 0.02 * e


def add_clusters(y, _x):
    rng = np.random.default_rng(4)
    e, variance = np.zeros(y.size), 1.0
    for t in range(1, y.size):
        variance = 0.2 + 0.8 * e[t - 1] ** 2
        e[t] = math.sqrt(variance) * rng.standard_normal()
    y[:] = 0.02 * e


def change_beta(y, x):
    y[:125] += 2.0 * x[:125]


def drift(y, _x):
    y[100:250] += 0.03


def extrapolate(_y, x):
    x[260] = 0.06


def shake(y, _x):
    days = np.r_[250:258, 262:271]
    y[days] += np.where(days % 2 == 0, 0.12, -0.12)


def invert_beta(y, x):
    y -= 3.0 * x


def steepen_beta(y, x):
    y += 3.0 * x


def forget_the_market(y, _x):
    y[:] = 0.02 * np.random.default_rng(9).standard_normal(y.size)


@pytest.mark.parametrize(
    ("change", "check", "word"),
    [
        (add_momentum, "serial correlation", "serial_t"),
        (add_momentum, "Ljung-Box p", "10 days"),
        (add_clusters, "ARCH-LM p", "clusters"),
        (change_beta, "Chow p", "halves"),
        (drift, "CUSUM", "drift"),
        (extrapolate, "extrapolation", "constant_mean"),
        (extrapolate, "extreme regressor", "market lies"),
        (shake, "variance rank p", "high around the event"),
        (invert_beta, "beta", "rare"),
        (steepen_beta, "beta", "rare"),
        (forget_the_market, "R squared", "next to nothing"),
    ],
)
def test_a_fault_is_flagged_with_what_to_do(clean, change, check, word):
    found = row(clean(change), check)
    assert found["flag"]
    assert word in found["advice"]


def test_the_extreme_regressor_is_dated(clean):
    advice = row(clean(extrapolate), "extreme regressor")["advice"]
    assert "30 December 2020" in advice  # the 261st weekday of 2020 from 1 January


@pytest.mark.parametrize(
    ("share", "flag", "word"),
    [(0.08, False, "nearly every day"), (0.12, True, "compare"), (0.24, True, ": use")],
)
def test_thin_trading(clean, share, flag, word):
    returns = np.full(250, 0.01)
    returns[: int(250 * share)] = [0.0, np.nan] * int(125 * share)
    found = row(clean(firm_returns_estimation=returns), "thin trading")
    assert found["value"] == pytest.approx(share)
    assert found["flag"] == flag
    assert word in found["advice"]


@pytest.mark.parametrize(("run", "flag"), [(4, False), (5, True)])
def test_stale_prices(clean, run, flag):
    closes = np.arange(250.0) + 1.0
    closes[40 : 40 + run] = 41.0
    found = row(clean(closes_estimation=closes), "longest run of equal prices")
    assert (found["value"], found["flag"]) == (run, flag)


@pytest.mark.parametrize(("p", "flag"), [(0.049, True), (0.05, True), (0.051, False)])
def test_run_up(clean, p, flag):
    found = row(clean(run_up=Effect(0.08, p_value=p)), "run-up p")
    assert found["flag"] == flag
    assert "8.00 %" in found["advice"]


def test_a_run_up_among_other_news_is_no_leak(clean):
    effect, news = Effect(-0.27, p_value=0.0001), ("26 October 2012, “Earnings”",)
    found = row(clean(run_up=effect, run_up_news=news), "run-up p")
    assert found["flag"]
    assert found["advice"] == (
        f"The abnormal returns before the event add up to {MINUS}27.00 %, p < 0.001, "
        "but other news lies in these days (26 October 2012, “Earnings”)."
    )
    assert "leaked" in row(clean(run_up=effect), "run-up p")["advice"]
    calm = row(clean(run_up=Effect(0.01, p_value=0.4), run_up_news=news), "run-up p")
    assert calm["advice"] == "No run-up before the event (1.00 %, p = 0.400)."


def test_confounders_are_counted(clean):
    found = row(clean(confounders=1), "confounding events")
    assert (found["value"], found["flag"]) == (1.0, True)
    assert found["advice"] == (
        "1 other known event of the firm in the windows: see confounders, and the "
        "headline figure without day −1 to +1 of each."
    )


def test_information_never_flags(clean):
    def fatten(y, _x):
        y[:5] += 0.4

    frame = diagnose(clean(fatten)).set_index("check")
    assert frame.loc["Jarque-Bera p", "value"] < 1e-10
    assert frame.loc["largest outlier", "value"] > 4
    assert not frame.loc[list(INFORMATION), "flag"].any()


def test_variance_rank_by_its_definition(clean):
    given = clean()
    head, event = given.headline, given.event_window
    h = (head.residual_rows[0] ** 2).sum(axis=1)
    history = (head.residuals[0] / (head.sigma[0] * np.sqrt(1 - h))) ** 2
    error = head.sigma[0] * np.sqrt(1 + (event.rows[0] ** 2).sum(axis=1))
    squares = (event.abnormal_returns[0] / error) ** 2
    asked = np.r_[squares[:9], squares[12:]].mean()  # without days -1, 0, +1
    runs = [history[i : i + 18].mean() for i in range(250 - 18 + 1)]
    expected = (1 + sum(run >= asked for run in runs)) / (1 + len(runs))
    assert row(given, "variance rank p")["value"] == pytest.approx(expected, rel=1e-12)


def test_the_headline_window_is_left_out_of_the_variance_rank(clean):
    wide = clean(window=(-8, 8))  # four days are left: too few
    found = row(wide, "variance rank p")
    assert math.isnan(found["value"])
    assert "fewer than 8 days" in found["advice"]


def test_what_does_not_exist_is_nan_with_a_sentence(clean):
    given = clean(
        params=pd.Series([0.001], ["alpha"]),
        regressors=(),
        factors_estimation=np.zeros((250, 0)),
        factors_event=np.zeros((21, 0)),
        closes_estimation=None,
    )
    constant = given.headline.residual_rows[..., :1]
    head = dataclasses.replace(
        given.headline, rows=given.headline.rows[..., :1], residual_rows=constant
    )
    frame = diagnose(dataclasses.replace(given, headline=head)).set_index("check")
    for check in (
        "extrapolation",
        "extreme regressor",
        "longest run of equal prices",
        "beta",
        "R squared",
        "run-up p",
    ):
        assert math.isnan(frame.loc[check, "value"]), check
        assert not frame.loc[check, "flag"]
        assert frame.loc[check, "advice"].startswith("Not computed: ")


def test_residuals_that_do_not_vary(clean):
    given = clean()
    flat = dataclasses.replace(
        given.headline,
        residuals=np.zeros((1, 250)),
        sigma=np.array([np.nan]),
    )
    frame = diagnose(dataclasses.replace(given, headline=flat)).set_index("check")
    for check in ("Durbin-Watson", "Ljung-Box p", "Chow p", "CUSUM", "largest outlier"):
        assert math.isnan(frame.loc[check, "value"]), check
        assert "do not vary" in frame.loc[check, "advice"]
    assert not frame["flag"].any()
