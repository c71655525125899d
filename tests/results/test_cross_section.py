"""Groups, regressions, weighted means of a study: by statsmodels, scipy and loops."""

import dataclasses
import functools
import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import eventstudy as es
from eventstudy._reasons import REASONS
from eventstudy._windows import Window
from eventstudy.core.multiple import benjamini_hochberg, holm
from eventstudy.errors import (
    ArgumentError,
    CollinearFactorsError,
    InsufficientDataError,
)
from eventstudy.results.cross_section import (
    by,
    compare,
    regress,
    weighted_mean,
    with_adjusted,
)

REFERENCE = Path(__file__).parents[1] / "references" / "worked_examples_2_3.json"
EXAMPLE = json.loads(REFERENCE.read_text())["example_3"]
EXPECTED = EXAMPLE["expected"]["cross_section"]
W = Window(-1, 1)
METHODS = ("hc3", "hc1", "by_date", "wls", "wls_tau", "portfolio")


@functools.cache
def example():
    """Six events on three dates; each date a stretch of the calendar."""
    days = pd.bdate_range("2020-01-01", periods=51, unit="ns")
    frame, rows = pd.DataFrame(index=days), []
    for number, event in enumerate(EXAMPLE["inputs"]["events"]):
        start = 17 * (event["date_cluster"] - 1)
        for name in ("market", "firm"):
            column = "M" if name == "market" else f"F{number}"
            values = event[f"{name}_estimation"] + event[f"{name}_event"]
            frame.loc[days[start : start + 17], column] = np.array(values, float)
        rows.append((f"F{number}", days[start + 15], event["size"], number < 3))
    table = pd.DataFrame(rows, columns=["ticker", "date", "size", "first"])
    return es.study(
        table, returns=frame, market="M", event_window=(-1, 1), windows=[(-1, 1)],
        estimation_window=(-15, -2), min_estimation=5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "coefficients", "errors"),
    [
        ("hc3", "ols_coef", "hc3_se"),
        ("hc1", "ols_coef", "hc1_se"),
        ("by_date", "ols_coef", "cluster_date_se"),
        ("wls", "wls_coef", "wls_se"),
    ],
)
def test_worked_regression(method, coefficients, errors):
    found = regress(example(), "size", W, method=method, min_clusters=2)
    frame = found.frame
    np.testing.assert_allclose(frame.coefficient, EXPECTED[coefficients], rtol=1e-9)
    np.testing.assert_allclose(frame.std_error, EXPECTED[errors], rtol=1e-9)
    assert found.n == 6
    assert set(frame.df) == {2.0 if method == "by_date" else 4.0}


def test_worked_groups():
    found = compare(example(), "first", W).set_index("test")
    welch, ranks = found.loc["welch_t"], found.loc["mann_whitney"]
    assert welch.groups == "True − False"
    assert welch.statistic == pytest.approx(EXPECTED["welch_t"], rel=1e-9)
    assert welch.df == pytest.approx(EXPECTED["welch_df"], rel=1e-9)
    assert welch.p_value == pytest.approx(EXPECTED["welch_p"], rel=1e-9)
    assert ranks.statistic == EXPECTED["mannwhitney_U"]
    assert ranks.p_value == pytest.approx(EXPECTED["mannwhitney_exact_p"], rel=1e-9)


def test_worked_families():
    p = np.array([0.001, 0.010, 0.020, 0.040, 0.300])
    np.testing.assert_allclose(holm(p), EXPECTED["holm"], rtol=1e-9)
    expected = EXPECTED["benjamini_hochberg"]
    np.testing.assert_allclose(benjamini_hochberg(p), expected, rtol=1e-9)


# Studies of many firms on one calendar.

DAYS = pd.bdate_range("2012-01-02", periods=700, unit="ns")
FIRMS = 48
LAYOUTS = {
    "apart": 130 + 11 * np.arange(FIRMS),
    "dates": 130 + 40 * (np.arange(FIRMS) % 12),
    "unbalanced": 130 + 30 * np.maximum(np.arange(FIRMS) - 30, 0),
    "one_date": np.full(FIRMS, 300),
    "staggered": 130 + 2 * np.arange(FIRMS),
}


@functools.cache
def study(layout, seed=1, missing=0.0, **options):
    """Returns that move together; effects grow with ``size``."""
    rng = np.random.default_rng(seed)
    market, common = rng.normal(0, 0.01, (2, DAYS.size))
    sigma = rng.uniform(0.01, 0.04, FIRMS)
    size, leverage = rng.normal(10, 2, FIRMS), rng.random(FIRMS)
    premium = rng.normal(0, 0.02, (DAYS.size, 1)) * (leverage - 0.5)
    noise = sigma * rng.standard_normal((DAYS.size, FIRMS))
    returns = market[:, None] + 0.5 * common[:, None] + premium + noise
    at = LAYOUTS[layout]
    returns[at, np.arange(FIRMS)] += 0.01 + 0.004 * (size - 10)
    hole = rng.random(returns.shape) < missing
    hole[at, np.arange(FIRMS)] = False
    frame = pd.DataFrame(np.where(hole, np.nan, returns), DAYS)
    frame.columns = [f"F{i}" for i in range(FIRMS)]
    sector = np.array(["bio", "tech", "bank"])[np.arange(FIRMS) // 16]
    table = pd.DataFrame(
        {
            "ticker": frame.columns, "date": DAYS[at], "size": size, "sector": sector,
            "half": np.arange(FIRMS) % 2 == 0, "pair": np.arange(FIRMS) // 2,
            "value": rng.lognormal(3, 1, FIRMS), "leverage": leverage,
        }
    )  # fmt: skip
    return es.study(
        table, returns=frame.assign(M=market), market="M", event_window=(-2, 2),
        windows=[(0, 0), (-1, 1)], estimation_window=(-102, -3), min_estimation=50,
        **options,
    )  # fmt: skip


def cars(s, window=W):
    return s.cars(window)["value"].to_numpy()


def design(s, *columns):
    return sm.add_constant(s.events[list(columns)].to_numpy(float))


def variances(s):
    return s.cars(W)["std_error"].to_numpy() ** 2


@pytest.mark.parametrize("method", METHODS[:4])
@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_regression_against_statsmodels(method, missing):
    s = study("dates", missing=missing)
    x, y = design(s, "size", "leverage"), cars(s)
    date = s.events["day0"].to_numpy()
    fit = {
        "hc3": lambda: sm.OLS(y, x).fit(cov_type="HC3", use_t=True),
        "hc1": lambda: sm.OLS(y, x).fit(cov_type="HC1", use_t=True),
        "by_date": lambda: sm.OLS(y, x).fit(
            cov_type="cluster", cov_kwds={"groups": pd.factorize(date)[0]}, use_t=True
        ),
        "wls": lambda: sm.WLS(y, x, weights=1 / variances(s)).fit(),
    }[method]()
    found = regress(s, ["size", "leverage"], W, method=method)
    frame = found.frame
    assert list(frame.index) == ["constant", "size", "leverage"]
    np.testing.assert_allclose(frame.coefficient, fit.params, rtol=1e-9)
    np.testing.assert_allclose(frame.std_error, fit.bse, rtol=1e-9)
    np.testing.assert_allclose(frame.t, fit.tvalues, rtol=1e-9)
    np.testing.assert_allclose(frame.p_value, fit.pvalues, rtol=1e-8)
    np.testing.assert_allclose(frame.holm[1:], holm(fit.pvalues[1:]), rtol=1e-8)
    assert np.isnan(frame.holm.iloc[0])
    assert found.r_squared == pytest.approx(fit.rsquared, rel=1e-9)
    unit = x / np.sqrt((x**2).sum(axis=0))
    assert found.condition == pytest.approx(np.linalg.cond(unit), rel=1e-9)
    assert found.valid == (method == "by_date")
    assert found.reason == ("" if found.valid else "clustered")


@pytest.mark.parametrize("layout", ["apart", "unbalanced"])
def test_tau_by_the_formula(layout):
    s = study(layout)
    x, y, v = design(s, "size"), cars(s), variances(s)
    w = np.diag(1 / v)
    inverse = np.linalg.inv(x.T @ w @ x)
    residual = y - x @ (inverse @ x.T @ w @ y)
    c = np.trace(w) - np.trace(inverse @ x.T @ w @ w @ x)
    tau2 = max(0.0, (residual @ w @ residual - (len(y) - 2)) / c)
    fit = sm.WLS(y, x, weights=1 / (v + tau2)).fit()
    found = regress(s, "size", W, method="wls_tau")
    assert found.tau == pytest.approx(np.sqrt(tau2), rel=1e-9)
    np.testing.assert_allclose(found.frame.coefficient, fit.params, rtol=1e-9)
    np.testing.assert_allclose(found.frame.std_error, fit.bse, rtol=1e-9)
    plain = sm.WLS(y, x, weights=1 / v).fit()
    assert (tau2 > 0) == (abs(fit.params[1] - plain.params[1]) > 1e-9)


def residuals(s):
    """Residuals of each event by statsmodels, (N, M)."""
    panel = s._passes.source.panel
    rows = []
    for firm, day0 in zip(
        s._passes.source.events.firm, s._passes.source.events.day0, strict=True
    ):
        days = np.arange(day0 - 102, day0 - 2)
        y = panel.returns[firm, days]
        x = sm.add_constant(panel.benchmarks[0]["market"][days])
        known = np.isfinite(y)
        row = np.full(days.size, np.nan)
        row[known] = sm.OLS(y[known], x[known]).fit().resid
        rows.append(row)
    return np.array(rows)


def mean_scale(s):
    sigma = s.events["sigma"].to_numpy()
    return np.mean(variances(s) / sigma**2)


def test_portfolio_method_on_one_date():
    s = study("one_date")
    x, y = design(s, "size", "leverage"), cars(s)
    b = np.linalg.inv(x.T @ x) @ x.T
    series = b @ residuals(s)
    m = series.shape[1]
    assert m == 100
    squares = ((series - series.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    error = np.sqrt(squares / (m - 2) * mean_scale(s))
    found = regress(s, ["size", "leverage"], W, method="portfolio")
    np.testing.assert_allclose(found.frame.coefficient, b @ y, rtol=1e-9)
    np.testing.assert_allclose(found.frame.std_error, error, rtol=1e-9)
    t = b @ y / error
    np.testing.assert_allclose(
        found.frame.p_value, 2 * stats.t.sf(np.abs(t), m - 2), rtol=1e-8
    )
    assert set(found.frame.df) == {98.0}


def test_portfolio_method_with_missing_days():
    s = study("one_date", missing=0.15)
    x, e = design(s, "size"), residuals(s)
    series = []
    for day in e.T:
        known = np.isfinite(day)
        series.append(np.linalg.lstsq(x[known], day[known], rcond=None)[0])
    error = np.std(series, axis=0, ddof=2) * np.sqrt(mean_scale(s))
    found = regress(s, "size", W, method="portfolio")
    np.testing.assert_allclose(found.frame.std_error, error, rtol=1e-8)


def test_one_date_shows_both_methods():
    s = study("one_date")
    found = regress(s, "size", W)
    other = regress(s, "size", W, method="portfolio")
    assert found.reason == "clustered"
    assert (found.method, found.beside.method) == ("hc3", "portfolio")
    pd.testing.assert_frame_equal(found.beside.frame, other.frame)
    pd.testing.assert_frame_equal(other.beside.frame, found.frame)
    p = [f.frame.p_value["size"] for f in (found, other)]
    differ = (p[0] <= 0.05) != (p[1] <= 0.05)
    assert ("neither is decisive" in found.notes[-1]) == differ
    assert regress(study("apart"), "size", W).beside is None


def test_methods_that_disagree_are_said_to():
    for seed in range(2, 30):
        s = study("one_date", seed)
        found = regress(s, "leverage", W)
        p = [f.frame.p_value["leverage"] for f in (found, found.beside)]
        if (p[0] <= 0.05) != (p[1] <= 0.05):
            assert "neither is decisive" in found.notes[-1]
            return
    pytest.fail("no such study")


def test_the_portfolio_method_is_for_one_date():
    found = regress(study("dates"), "size", W, method="portfolio")
    assert found.reason == "several_dates"
    assert found.frame.std_error.isna().all()
    assert found.frame.coefficient.notna().all()


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        ("dates", ""),
        ("unbalanced", "unbalanced_clusters"),
        ("one_date", "few_clusters"),
    ],
)
def test_errors_by_date_need_many_balanced_dates(layout, reason):
    found = regress(study(layout), "size", W, method="by_date")
    assert found.reason == reason
    assert found.valid == (reason == "")
    assert found.frame.p_value.isna().all() == bool(reason)
    assert found.frame.coefficient.notna().all()
    assert reason in {"", *REASONS}


def test_staggered_windows_are_one_cluster():
    s = study("staggered")
    found = regress(s, "size", W, method="by_date")
    assert found.reason == "few_clusters"
    assert regress(s, "size", Window(0, 0), method="by_date").valid


def test_characteristics_of_every_sort():
    s = study("apart")
    found = regress(s, ["sector", "half", "size"], W)
    names = ["constant", "sector[bio]", "sector[tech]", "half", "size"]
    assert list(found.frame.index) == names
    assert any("sector is compared with bank" in note.lower() for note in found.notes)
    events = s.events
    x = np.column_stack([
        np.ones(FIRMS), events.sector == "bio", events.sector == "tech", events.half,
        events["size"],
    ]).astype(float)  # fmt: skip
    fit = sm.OLS(cars(s), x).fit(cov_type="HC3", use_t=True)
    np.testing.assert_allclose(found.frame.t, fit.tvalues, rtol=1e-9)
    family = fit.pvalues[1:]
    np.testing.assert_allclose(found.frame.holm[1:], holm(family), rtol=1e-8)


def test_events_without_a_characteristic_are_left_out():
    s = study("apart")
    table = s.events.copy()
    gaps = table["size"].mask(np.arange(FIRMS) % 8 == 3)
    columns = s._columns.assign(gaps=gaps.to_numpy(), odd=[None, "a", "b"] * 16)
    with_gaps = dataclasses.replace(s, _columns=columns)
    found = regress(with_gaps, "gaps", W)
    assert found.n == FIRMS - 6
    assert found.notes == ("6 of 48 events lack gaps and are left out.",)
    known = gaps.notna().to_numpy()
    fit = sm.OLS(cars(s)[known], design(s, "size")[known]).fit(
        cov_type="HC3", use_t=True
    )
    np.testing.assert_allclose(found.frame.t, fit.tvalues, rtol=1e-9)
    both = known & (np.arange(FIRMS) % 3 > 0)
    assert regress(with_gaps, ["gaps", "odd"], W).n == both.sum()


def test_a_kind_with_one_event_has_no_hc3():
    s = study("apart")
    alone = np.arange(FIRMS) == 7
    lone = dataclasses.replace(s, _columns=s._columns.assign(alone=alone))
    found = regress(lone, "alone", W)
    assert found.reason == "lone_event"
    assert found.frame.p_value.isna().all()
    assert regress(lone, "alone", W, method="hc1").valid


def test_bad_columns():
    s = study("apart")
    with pytest.raises(ArgumentError, match="not a column"):
        regress(s, "height", W)
    with pytest.raises(ArgumentError, match="date"):
        regress(s, "day0", W)
    with pytest.raises(ArgumentError, match="method"):
        regress(s, "size", W, method="ols")
    with pytest.raises(CollinearFactorsError):
        regress(s, ["size", "size"], W)
    few = s[list(s.events.index[:2])]
    with pytest.raises(InsufficientDataError):
        regress(few, ["size"], W)
    same = s[s.events["sector"] == "bio"]
    with pytest.raises(ArgumentError, match="1 different values"):
        regress(same, "sector", W)


# Groups.


@pytest.mark.parametrize("on", ["car", "scar"])
def test_two_groups_against_scipy(on):
    s = study("apart")
    x, half = cars(s), s.events["half"].to_numpy()
    if on == "scar":
        x = x / np.sqrt(variances(s))
    found = compare(s, "half", W, on=on).set_index("test")
    assert list(found.index) == ["welch_t", "mann_whitney"]
    welch = stats.ttest_ind(x[half], x[~half], equal_var=False)
    assert found.statistic["welch_t"] == pytest.approx(welch.statistic, rel=1e-9)
    assert found.p_value["welch_t"] == pytest.approx(welch.pvalue, rel=1e-8)
    assert found.df["welch_t"] == pytest.approx(welch.df, rel=1e-9)
    difference = x[half].mean() - x[~half].mean()
    assert found.difference["welch_t"] == pytest.approx(difference, rel=1e-9)
    # The normal form without a correction, out of the ranks.
    rank = stats.rankdata(x)
    u = rank[half].sum() - 24 * 25 / 2
    z = (u - 24 * 24 / 2) / np.sqrt(24 * 24 * 49 / 12)
    assert found.statistic["mann_whitney"] == u
    expected = 2 * stats.norm.sf(abs(z))
    assert found.p_value["mann_whitney"] == pytest.approx(expected, rel=1e-9)
    assert found.valid.all()


def test_orders_of_few_events_are_counted():
    s = study("apart")
    few = s[list(s.events.index[:9])]
    x, half = cars(few), few.events["half"].to_numpy()
    u = [
        sum(x[i] > x[j] for i in chosen for j in range(9) if j not in chosen)
        for chosen in itertools.combinations(range(9), 5)
    ]
    mine = sum(a > b for a in x[half] for b in x[~half])
    tail = min(np.mean(np.array(u) <= mine), np.mean(np.array(u) >= mine))
    found = compare(few, "half", W).set_index("test").p_value["mann_whitney"]
    assert found == pytest.approx(min(1, 2 * tail), rel=1e-12)


def test_three_groups():
    s = study("apart")
    found = compare(s, "sector", W).set_index("test")
    assert list(found.index) == ["welch_anova", "kruskal_wallis"]
    groups = [x.to_numpy() for _, x in pd.Series(cars(s)).groupby(
        s.events["sector"].to_numpy())]  # fmt: skip
    h = stats.kruskal(*groups)
    assert found.statistic["kruskal_wallis"] == pytest.approx(h.statistic, rel=1e-9)
    assert found.p_value["kruskal_wallis"] == pytest.approx(h.pvalue, rel=1e-9)
    # Welch (1951), by the formula.
    n, mean = np.array([len(g) for g in groups]), np.array([g.mean() for g in groups])
    w = n / np.array([g.var(ddof=1) for g in groups])
    grand, k = w @ mean / w.sum(), len(groups)
    a = w @ (mean - grand) ** 2 / (k - 1)
    spread = ((1 - w / w.sum()) ** 2 / (n - 1)).sum()
    f = a / (1 + 2 * (k - 2) / (k**2 - 1) * spread)
    df = (k - 1, (k**2 - 1) / 3 / spread)
    assert found.statistic["welch_anova"] == pytest.approx(f, rel=1e-9)
    assert found.df["welch_anova"] == pytest.approx(df, rel=1e-9)
    assert found.p_value["welch_anova"] == pytest.approx(stats.f.sf(f, *df), rel=1e-9)
    assert found.groups.iloc[0] == "bio, tech, bank"
    assert found.difference.isna().all()


@pytest.mark.parametrize("layout", ["one_date", "dates"])
@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_difference_of_portfolios(layout, missing):
    s = study(layout, missing=missing)
    half, e = s.events["half"].to_numpy(), residuals(s)
    series = np.nanmean(e[half], axis=0) - np.nanmean(e[~half], axis=0)
    x = cars(s)
    value = x[half].mean() - x[~half].mean()
    t = value / (np.std(series, ddof=2) * np.sqrt(mean_scale(s)))
    found = compare(s, "half", W).set_index("test")
    assert found.statistic["portfolio_difference"] == pytest.approx(t, rel=1e-8)
    assert found.df["portfolio_difference"] == 98
    expected = 2 * stats.t.sf(abs(t), 98)
    assert found.p_value["portfolio_difference"] == pytest.approx(expected, rel=1e-8)
    assert (found.reason[["welch_t", "mann_whitney"]] == "clustered").all()
    assert found.reason["portfolio_difference"] in {"", "event_variance"}


def test_portfolios_of_staggered_events():
    found = compare(study("staggered"), "half", W).set_index("test")
    assert found.reason["portfolio_difference"] == "staggered"


def test_matched_pairs():
    s = study("apart")
    x = cars(s)
    found = compare(s, "half", W, pairs="pair").iloc[0]
    expected = stats.ttest_1samp(x[::2] - x[1::2], 0.0)
    assert found.test == "matched_pairs"
    assert found.statistic == pytest.approx(expected.statistic, rel=1e-9)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-8)
    assert found.difference == pytest.approx(np.mean(x[::2] - x[1::2]), rel=1e-9)
    assert found.valid
    # One event is missing: its pair is none.
    fewer = compare(s[s.events.index[1:]], "half", W, pairs="pair").iloc[0]
    assert fewer.df == 22
    clustered = compare(study("one_date"), "half", W, pairs="pair").iloc[0]
    assert clustered.reason == "clustered"


def test_pairs_on_one_day_are_no_cluster():
    s = study("apart")
    pair = (np.arange(FIRMS) + 1) // 2
    near = dataclasses.replace(s, _columns=s._columns.assign(pair=pair))
    assert compare(near, "half", W, pairs="pair").iloc[0].valid


def test_bad_groups():
    s = study("apart")
    with pytest.raises(ArgumentError, match="not a column"):
        compare(s, "sektor", W)
    with pytest.raises(ArgumentError, match="same value"):
        compare(s[s.events["half"]], "half", W)
    with pytest.raises(ArgumentError, match="two groups"):
        compare(s, "sector", W, pairs="pair")
    with pytest.raises(ArgumentError, match="events have the same value"):
        compare(s, "half", W, pairs="sector")
    by_two = s.events.index[s.events["half"]]
    with pytest.raises(ArgumentError):
        by(s[list(by_two)], "height")


def test_lone_members():
    s = study("apart")
    few = s[list(s.events.index[[0, 1, 2, 4]])]
    found = compare(few, "half", W).set_index("test")
    assert found.reason["welch_t"] == "needs_more_events"
    assert np.isnan(found.p_value["welch_t"])
    assert 0 < found.p_value["mann_whitney"] <= 1


@pytest.mark.parametrize("layout", ["apart", "dates"])
def test_by_group_is_the_study_of_the_group(layout):
    s = study(layout)
    frame = by(s, "sector")
    assert list(frame.group) == ["bio", "bio", "tech", "tech", "bank", "bank"]
    for row in frame.itertuples():
        alone = s[s.events["sector"] == row.group].caar(row.start, row.end)
        for name, value in alone.to_dict().items():
            if name not in {"label", "unit"}:
                found = getattr(row, name)
                same = found == value or (found != found and value != value)
                assert same, name
    p = frame.p_value.to_numpy()
    np.testing.assert_array_equal(frame.holm, holm(p))
    np.testing.assert_array_equal(frame.benjamini_hochberg, benjamini_hochberg(p))
    assert (frame.romano_wolf >= 1 / 2000).all()
    order = np.argsort(-np.abs(frame.t.to_numpy()))
    assert (np.diff(frame.romano_wolf.to_numpy()[order]) >= 0).all()
    # The draws know the dependence: never much above Holm's bound.
    assert (frame.romano_wolf <= frame.holm + 0.02).all()


def test_events_in_no_group():
    s = study("apart")
    odd = dataclasses.replace(s, _columns=s._columns.assign(odd=["a", "b", None] * 16))
    assert list(by(odd, "odd").group.unique()) == ["a", "b"]
    ordered = pd.Categorical(["y", "x", None] * 16, categories=["x", "y", "z"])
    odd = dataclasses.replace(s, _columns=s._columns.assign(odd=ordered))
    assert list(by(odd, "odd").group.unique()) == ["x", "y"]


def test_a_group_of_one_is_a_row_with_a_reason():
    s = study("apart")
    few = s[list(s.events.index[[0, 1, 3, 4, 16, 17, 19, 33]])]
    frame = by(few, "sector").set_index(["group", "window"])
    assert frame.loc[("bank", "[-1,+1]"), "reason"] == "needs_more_events"
    assert np.isnan(frame.loc[("bank", "[-1,+1]"), "romano_wolf"])
    assert np.isfinite(frame.loc[("bio", "[-1,+1]"), "holm"])


# Families of windows and days.


def test_romano_wolf_of_windows_one_draw_at_a_time():
    s = study("apart")
    few = s[list(s.events.index[:11])]
    windows = [Window(0, 0), Window(1, 1), W]
    effects = [few.caar(w) for w in windows]
    frame = with_adjusted(few, pd.DataFrame([e.to_dict() for e in effects]), windows)
    x = np.column_stack([cars(few, w) for w in windows])
    mine = np.array([stats.ttest_1samp(column, 0.0).statistic for column in x.T])
    t = [e.t for e in effects]
    np.testing.assert_allclose(mine, t, rtol=1e-9)  # events apart: nothing to adjust
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=11)))
    drawn = np.stack([
        [stats.ttest_1samp(column, 0.0).statistic for column in (x * w[:, None]).T]
        for w in signs
    ])  # fmt: skip
    largest, last, expected = np.argsort(-np.abs(mine)), 0.0, np.zeros(3)
    for rank, j in enumerate(largest):
        top = np.abs(drawn[:, largest[rank:]]).max(axis=1)
        last = expected[j] = max(last, np.mean(top >= abs(mine[j]) * (1 - 1e-10)))
    np.testing.assert_array_equal(frame.romano_wolf, expected)
    p = np.array([e.p_value for e in effects])
    np.testing.assert_allclose(frame.holm, holm(p), rtol=1e-12)


def test_romano_wolf_hangs_on_ids():
    s = study("apart")
    windows = [Window(0, 0), W]
    frame = pd.DataFrame([s.caar(w).to_dict() for w in windows])
    mixed = s[list(s.events.index[np.random.default_rng(2).permutation(FIRMS)])]
    ours, theirs = (with_adjusted(each, frame, windows) for each in (s, mixed))
    np.testing.assert_array_equal(ours.romano_wolf, theirs.romano_wolf)


def test_romano_wolf_needs_six_dates_where_they_are_shared():
    windows = [Window(0, 0), W]
    for layout, there in (("one_date", False), ("dates", True), ("staggered", False)):
        s = study(layout)
        frame = pd.DataFrame([s.caar(w).to_dict() for w in windows])
        found = with_adjusted(s, frame, windows).romano_wolf
        assert found.notna().all() == there


@pytest.mark.slow
def test_chance_of_any_false_star():
    # Twelve dates with four events each: five days tested at once.
    hits, replications = np.zeros(3), 200
    windows = [Window(day, day) for day in range(-2, 3)]
    for seed in range(replications):
        s = quiet(seed)
        frame = pd.DataFrame([s.caar(w).to_dict() for w in windows])
        found = with_adjusted(s, frame, windows)
        hits += [
            (found[name] <= 0.05).any() for name in ("p_value", "romano_wolf", "holm")
        ]
    plain, joint, bound = hits / replications
    error = np.sqrt(0.05 * 0.95 / replications)
    assert plain > 0.15
    assert abs(joint - 0.05) <= 4 * error
    assert bound <= 0.05 + 4 * error


def quiet(seed):
    """A study in which nothing happens."""
    rng = np.random.default_rng(seed)
    market, common = rng.normal(0, 0.01, (2, DAYS.size))
    noise = 0.02 * rng.standard_normal((DAYS.size, FIRMS))
    frame = pd.DataFrame(market[:, None] + common[:, None] + noise, DAYS)
    frame.columns = [f"F{i}" for i in range(FIRMS)]
    table = pd.DataFrame({"ticker": frame.columns, "date": DAYS[LAYOUTS["dates"]]})
    return es.study(
        table, returns=frame.assign(M=market), market="M", event_window=(-2, 2),
        windows=[(0, 0)], estimation_window=(-102, -3), min_estimation=50,
        tests=["cross_sectional_adjusted"],
    )  # fmt: skip


# Weighted means.


def test_precision_weights():
    s = study("apart")
    x, v = cars(s), variances(s)
    fit = sm.WLS(x, np.ones(FIRMS), weights=1 / v).fit()
    found = weighted_mean(s, W)
    assert found.value == pytest.approx(fit.params[0], rel=1e-12)
    assert found.std_error == pytest.approx(fit.bse[0], rel=1e-9)
    assert found.p_value == pytest.approx(fit.pvalues[0], rel=1e-8)
    assert (found.ci_low, found.ci_high) == pytest.approx(fit.conf_int()[0], rel=1e-8)


@pytest.mark.parametrize("layout", ["apart", "dates", "one_date", "staggered"])
def test_equal_weights_are_the_caar(layout):
    s = study(layout)
    equal = dataclasses.replace(s, _columns=s._columns.assign(one=3.0))
    found, plain = weighted_mean(equal, W, "one").to_dict(), s.caar(W).to_dict()
    for name in (
        "value",
        "std_error",
        "t",
        "df",
        "p_value",
        "ci_low",
        "ci_high",
        "mde",
    ):
        assert found[name] == pytest.approx(plain[name], rel=1e-9), name
    if layout != "apart":
        naive = cars(s).std(ddof=1) / np.sqrt(FIRMS)
        assert abs(found["std_error"] / naive - 1) > 0.003


def test_value_weights():
    s = study("apart")
    w, x = s.events["value"].to_numpy(), cars(s)
    found = weighted_mean(s, W, "value")
    mean = np.average(x, weights=w)
    assert found.value == pytest.approx(mean, rel=1e-12)
    assert found.df == pytest.approx(w.sum() ** 2 / (w**2).sum() - 1, rel=1e-12)
    # The jackknife of a weighted mean leaves each event out in turn.
    left = [np.average(np.delete(x, i), weights=np.delete(w, i)) for i in range(FIRMS)]
    share = w / w.sum()
    jackknife = np.sqrt((((1 - share) * (np.array(left) - mean)) ** 2).sum())
    assert found.std_error == pytest.approx(jackknife, rel=0.1)


def test_variance_of_the_weighted_mean_is_right_on_average():
    from eventstudy.results.weighted_means import _own

    rng = np.random.default_rng(4)
    w = rng.lognormal(0, 1.2, 20)
    x = rng.standard_normal((20_000, 20))
    means = x @ w / w.sum()
    estimates = np.array([_own(row, w)[0] ** 2 for row in x])
    error = estimates.std() / np.sqrt(len(x))
    exact = (w**2).sum() / w.sum() ** 2
    assert estimates.mean() == pytest.approx(exact, abs=4 * error)
    assert means.var() == pytest.approx(exact, rel=0.05)


def test_events_without_a_weight():
    s = study("apart")
    gaps = s.events["value"].mask(np.arange(FIRMS) % 5 == 0).to_numpy()
    found = weighted_mean(
        dataclasses.replace(s, _columns=s._columns.assign(w=gaps)), W, "w"
    )
    known = np.isfinite(gaps)
    assert found.n == known.sum()
    expected = np.average(cars(s)[known], weights=gaps[known])
    assert found.value == pytest.approx(expected, rel=1e-12)


def test_bad_weights():
    s = study("apart")
    for column in ("sector", "height"):
        with pytest.raises(ArgumentError):
            weighted_mean(s, W, column)
    negative = dataclasses.replace(s, _columns=s._columns.assign(w=-1.0))
    with pytest.raises(ArgumentError, match="0 or more"):
        weighted_mean(negative, W, "w")
    one = weighted_mean(s[[s.events.index[0]]], W, "value")
    assert one.reason == "needs_more_events"
    assert np.isfinite(one.value)


def test_nothing_is_changed_by_asking():
    s = study("apart")
    before = s.events
    found = regress(s, "size", W)
    mine = found.frame
    mine.loc["size", "t"] = 0.0
    assert found.frame.loc["size", "t"] != 0.0
    by(s, "sector")
    pd.testing.assert_frame_equal(s.events, before)
    assert "N = 48" in repr(found)
    assert "hc3" in repr(found)


def test_too_many_groups(monkeypatch):
    monkeypatch.setattr("eventstudy.results.characteristics.MOST_GROUPS", 10)
    s = study("apart")
    for ask in (by, functools.partial(compare, window=W)):
        with pytest.raises(ArgumentError, match="48 different values"):
            ask(s, "size")
    with pytest.raises(ArgumentError, match="48 different values"):
        regress(s, "ticker", W)


@pytest.mark.slow
def test_size_of_a_slope_on_one_date():
    # Methods 8.8: a characteristic whose premium is common to all firms of the day.
    hits, replications = np.zeros(2), 400
    for seed in range(replications):
        rng = np.random.default_rng(seed)
        market, premium = rng.normal(0, 0.01, (2, 260))
        z = rng.standard_normal(30)
        noise = 0.02 * rng.standard_normal((260, 30))
        frame = pd.DataFrame(market[:, None] + premium[:, None] * z + noise, DAYS[:260])
        frame.columns = [f"F{i}" for i in range(30)]
        table = pd.DataFrame({"ticker": frame.columns, "date": DAYS[253], "z": z})
        s = es.study(
            table, returns=frame.assign(M=market), market="M", event_window=(-1, 1),
            windows=[(-1, 1)], estimation_window=(-251, -2),
            tests=["cross_sectional_adjusted"],
        )  # fmt: skip
        found = regress(s, "z", W)
        p = [each.frame.p_value["z"] for each in (found, found.beside)]
        hits += np.array(p) <= 0.05
    hc3, portfolio = hits / replications
    assert hc3 > 0.2
    assert portfolio == pytest.approx(
        0.053, abs=4 * np.sqrt(0.05 * 0.95 / replications)
    )
