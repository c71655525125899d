"""A stand-in for the result of a study, of any number of events.

Abnormal returns are simulated; means, errors and intervals are those of scipy on them,
not of this package.  Outcomes of the tests are set by hand, around the t of scipy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

HEADLINES = (
    "FDA refuses to file the application; new filing expected",
    "Public offering of 9.0m shares priced at $8.00 (option 1.35m)",
    "First-line Phase II shows higher response & fewer side effects",
    "Upfront payment of $45m for rights; loss forecast widened",
)
NAMES = {
    "bmp_adjusted": "BMP, adjusted for shared dates",
    "placebo_in_time": "Placebo in time",
    "cross_sectional_adjusted": "Cross-sectional t, adjusted for shared dates",
    "bmp": "BMP",
    "bmp_adjusted_fixed_cov": "BMP, adjusted, covariances as before",
    "cross_sectional_t": "Cross-sectional t",
    "bw_independence": "Time-series test, independence",
    "independence_exact": "Time-series test, independence, exact variance",
    "bw_portfolio": "Portfolio test",
    "patell": "Patell",
    "patell_sum_of_sar": "Patell, sum of daily scores",
    "patell_adjusted": "Patell, adjusted for shared dates",
    "johnson": "Johnson, skewness-adjusted",
    "hall": "Hall, skewness-adjusted",
    "corrado": "Corrado rank",
    "corrado_zivney_rank": "Corrado-Zivney rank",
    "corrado_zivney_sign": "Corrado-Zivney sign",
    "grank_t": "GRANK-T",
    "grank_z": "GRANK-Z",
    "sign_gsar_t": "Sign of GSAR, t",
    "generalized_sign": "Generalised sign",
    "sign": "Sign",
    "wilcoxon": "Wilcoxon signed rank",
    "cluster_by_date": "Clustered by date",
    "date_means": "Date means",
    "jackknife": "Jackknife",
    "bootstrap_t": "Event bootstrap-t",
    "wild_bootstrap": "Wild bootstrap",
    "wild_bootstrap_by_date": "Wild bootstrap by date",
    "calendar_time": "Calendar-time portfolio",
    "rats": "RATS",
}
NOT_VALID = {
    "bw_independence": "event_variance",
    "independence_exact": "event_variance",
    "bw_portfolio": "event_variance",
    "patell": "event_variance",
    "patell_sum_of_sar": "event_variance",
    "patell_adjusted": "event_variance",
    "cross_sectional_t": "clustered",
    "grank_z": "clustered",
    "sign": "skewed",
    "wilcoxon": "skewed",
}
NOT_COMPUTED = {"rats": "few_dates"}
MINIMA = {"bmp_adjusted": 3, "placebo_in_time": 3, "bmp": 3}
WINDOWS = ((0, 0), (-1, 1), (0, 1), (-5, 5), (-10, 10))
PROVENANCE = {
    "firm": {
        "ticker": "F000",
        "source": "Yahoo Finance history, as stored in public repositories",
        "retrieved_at": "2026-11-02",
        "sha256": "ad672f934957" + 52 * "c",
        "first": "2009-01-02",
        "last": "2024-01-05",
    },
    "market": {
        "ticker": "^GSPC",
        "source": "Yahoo Finance history, as stored in public repositories",
        "retrieved_at": "2026-11-02",
        "sha256": "5f558391d51c" + 52 * "3",
        "first": "2009-01-02",
        "last": "2024-01-05",
    },
    "versions": {"eventstudy": "0.1.0", "numpy": "2.4.6"},
}


@dataclass(frozen=True)
class StudyDesign:
    """Settings, and the line that reproduces the result."""

    event_window: tuple[int, int] = (-10, 10)
    estimation_window: tuple[int, int] = (-260, -11)
    windows: tuple[tuple[int, int], ...] = WINDOWS
    return_kind: str = "simple"
    missing: str = "trade_to_trade"
    boundary: str = "exclude"
    confidence: float = 0.95
    model: Any = field(
        default_factory=lambda: SimpleNamespace(
            key="market_model", name="Market model", reference="Sharpe (1963)."
        )
    )
    call: str = "es.study('events.csv', prices='prices.csv')"

    def __repr__(self) -> str:
        return self.call


@dataclass(frozen=True)
class StudyStandIn:
    """What the reports read of a study."""

    returns: pd.DataFrame
    sigma: pd.Series
    tickers: tuple[str, ...]
    dates: pd.DatetimeIndex
    design: StudyDesign = StudyDesign()
    excluded: pd.DataFrame = field(default_factory=lambda: left_out(0))
    verdict: str = (
        "Over the events the mean abnormal return of day 0 is what the table says. By "
        "the headline test fixed by the design that is more than chance explains at "
        "5 %."
    )
    warnings: tuple[str, ...] = (
        (
            "Returns vary 1.8 times as much around the events as before; tests that "
            "assume an unchanged variance are not valid."
        ),
    )
    provenance: Any = field(default_factory=lambda: PROVENANCE)
    headlines: bool = True
    keys: tuple[str, str] | None = None
    own: Any = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.returns)

    @property
    def events(self) -> pd.DataFrame:
        frame = pd.DataFrame(
            {
                "ticker": self.tickers,
                "day0": self.dates,
                "n_estimation": 250 - np.arange(len(self)) % 7,
                "sigma": self.sigma,
            },
            index=self.returns.index,
        )
        if self.headlines:
            frame["headline"] = [HEADLINES[i % 4] for i in range(len(self))]
        return frame.assign(**self.own)

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        return self.returns.copy()

    @property
    def aar(self) -> pd.DataFrame:
        rows = {day: self._mean(day, day) for day in self.returns}
        return self._days(rows, "aar")

    @property
    def caar_path(self) -> pd.DataFrame:
        first = self.design.event_window[0]
        rows = {day: self._mean(first, day) for day in self.returns}
        return self._days(rows, "caar")

    @property
    def windows(self) -> pd.DataFrame:
        rows = [
            {"window": f"[{a:+d},{b:+d}]", "start": a, "end": b, **self._mean(a, b)}
            for a, b in self.design.windows
        ]
        return pd.DataFrame(rows)

    def caar(self, start: int = 0, end: int | None = None) -> SimpleNamespace:
        return SimpleNamespace(**self._mean(start, start if end is None else end))

    def cars(self, start: int = 0, end: int | None = None) -> pd.DataFrame:
        end = start if end is None else end
        value = self._car(start, end)
        error = self.sigma * math.sqrt(end - start + 1) * 1.01
        margin = stats.t.ppf((1 + self.design.confidence) / 2, 248) * error
        p = pd.Series(2 * stats.t.sf(np.abs(value / error), 248), value.index)
        return pd.DataFrame(
            {
                "ticker": self.tickers, "day0": self.dates, "value": value,
                "std_error": error, "t": value / error, "df": 248.0, "p_value": p,
                "ci_low": value - margin, "ci_high": value + margin,
                "holm": pd.Series(adjusted(p.dropna()), p.dropna().index),
            },
            index=self.returns.index,
        )  # fmt: skip

    def tests(self, start: int = 0, end: int | None = None) -> pd.DataFrame:
        mean = self._mean(start, start if end is None else end)
        wobble = np.random.default_rng(7).normal(1.0, 0.16, len(NAMES))
        rows = [
            self._test(key, mean["t"] * factor, mean["df"])
            for key, factor in zip(NAMES, wobble, strict=True)
        ]
        return pd.DataFrame(rows)

    def headline(self, start: int = 0, end: int | None = None) -> tuple[str, str]:  # noqa: ARG002 - one for all windows
        if self.keys is not None:
            return self.keys
        if len(self) < 3:
            return "", ""
        few = ("placebo_in_time", "bmp_adjusted")
        return few if len(self) < 10 else ("bmp_adjusted", "placebo_in_time")

    def test_name(self, key: str) -> str:
        return NAMES[key]

    def test_reference(self, key: str) -> str:
        return f"{NAMES[key].split(',')[0].split(' ')[0].title()} (1999), a test."

    def _car(self, start: int, end: int) -> pd.Series:
        days = self.returns.loc[:, start:end]
        return days.sum(axis=1, min_count=1)

    def _mean(self, start: int, end: int) -> dict[str, Any]:
        car = self._car(start, end).dropna().to_numpy()
        missing = {"std_error": math.nan, "t": math.nan, "df": math.nan,
                   "p_value": math.nan, "ci_low": math.nan, "ci_high": math.nan,
                   "empirical_p_value": math.nan, "empirical_test": "",
                   "n": car.size}  # fmt: skip
        if not car.size:
            return {"value": math.nan, **missing, "reason": "no_abnormal_return"}
        if car.size < 2:
            return {"value": car.mean(), **missing, "reason": "needs_more_events"}
        found = stats.ttest_1samp(car, 0.0)
        low, high = found.confidence_interval(self.design.confidence)
        return {
            "value": car.mean(), "std_error": stats.sem(car), "t": found.statistic,
            "df": float(found.df), "p_value": found.pvalue, "ci_low": low,
            "ci_high": high, "n": car.size, "reason": "",
            "empirical_p_value": max(round(found.pvalue * 251), 1) / 251,
            "empirical_test": "placebo",
        }  # fmt: skip

    def _test(self, key: str, t: float, df: float) -> dict[str, Any]:
        few = len(self) < MINIMA.get(key, 10)
        missing = key in NOT_COMPUTED or math.isnan(t)
        reason = NOT_COMPUTED.get(key, "needs_more_events") if missing else (
            "below_minimum" if few else NOT_VALID.get(key, "")
        )  # fmt: skip
        rank = key == "placebo_in_time"
        p = math.nan if missing else 2 * stats.t.sf(abs(t), df)
        return {
            "test": key,
            "statistic": math.nan if missing else t,
            "df": math.nan if rank or missing else df,
            "p_value": max(round(p * 251), 1) / 251 if rank and not missing else p,
            "null": "The mean abnormal return of the window is zero.",
            "valid": not reason,
            "reason": reason,
        }

    def _days(self, rows: dict[int, dict[str, Any]], name: str) -> pd.DataFrame:
        index = pd.Index(list(rows), name="event_day")
        return pd.DataFrame(list(rows.values()), index).rename(columns={"value": name})


def adjusted(p: pd.Series) -> Any:
    """P-values by Holm's rule, of statsmodels."""
    return multipletests(p, method="holm")[1] if len(p) else p.to_numpy()


def left_out(number: int) -> pd.DataFrame:
    """Events that cannot be studied."""
    reasons = ("prices: no prices are known", "only 71 of 250 estimation days")
    return pd.DataFrame(
        {
            "ticker": [f"X{i:03d}" for i in range(number)],
            "date": [f"2015-03-{i % 28 + 1:02d}" for i in range(number)],
            "reason": [reasons[i % 2] for i in range(number)],
        },
        index=pd.Index([f"X{i:03d}-2015-03-{i % 28 + 1:02d}" for i in range(number)],
                       name="id"),
        dtype=object,
    )  # fmt: skip


@cache
def simulated(
    number: int, mean: float = -0.02, event_window: tuple[int, int] = (-10, 10)
) -> tuple[pd.DataFrame, pd.Series, tuple[str, ...], pd.DatetimeIndex]:
    """Abnormal returns with fat tails, a mean on day 0, and firms that differ."""
    rng = np.random.default_rng(20100827 + number)
    days = np.arange(event_window[0], event_window[1] + 1)
    sigma = 0.022 * np.exp(0.4 * rng.standard_normal(number))
    noise = rng.standard_t(5, (number, days.size)) * math.sqrt(3 / 5)
    values = sigma[:, None] * noise
    shock = mean + 0.045 * rng.standard_t(4, number)
    values[:, days == 0] += shock[:, None]
    firms = rng.integers(0, max(number // 7, 1), number)
    tickers = tuple(f"F{firm:03d}" for firm in firms)
    dates = pd.bdate_range("2010-01-04", "2023-12-29")
    chosen = dates[np.sort(rng.integers(0, dates.size, number))]
    ids = [f"{t}-{d:%Y-%m-%d}-{i}" if number > 100 else f"{t}-{d:%Y-%m-%d}"
           for i, (t, d) in enumerate(zip(tickers, chosen, strict=True))]  # fmt: skip
    index = pd.Index(ids, name="id")
    frame = pd.DataFrame(values, index, pd.Index(days, name="event_day"))
    return frame, pd.Series(sigma, index), tickers, chosen


def study_of(
    number: int,
    *,
    mean: float = -0.02,
    windows: Sequence[tuple[int, int]] = WINDOWS,
    event_window: tuple[int, int] = (-10, 10),
    missing: int = 0,
    **other: Any,
) -> StudyStandIn:
    """A study of so many events; ``missing`` events have no return on day 0."""
    returns, sigma, tickers, dates = simulated(number, mean, event_window)
    returns = returns.copy()
    if missing:
        returns.loc[returns.index[:missing], 0] = math.nan
    design = other.pop("design", None) or StudyDesign(
        event_window=event_window, windows=tuple(windows)
    )
    return StudyStandIn(returns, sigma, tickers, dates, design=design, **other)
