"""Calendar-time portfolio: one return a day, of the events whose window it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.inference._base import (
    Condition,
    CrossSection,
    Golden,
    Statistic,
    register,
)
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._returns_by_date import ReturnsByDate, one_event_a_date

FEWEST_DAYS = 30
# In windows longer than a month a day needs several members.
LONG, MEMBERS_OF_LONG = 21, 10


class Portfolio(NamedTuple):
    """D days: members (D,), mean return (D,), constant and mean regressors (D, k)."""

    members: FloatArray
    y: FloatArray
    x: FloatArray


def _enough_days(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
    least = options.get("min_members", 0)
    return np.asarray(len(_portfolio(sample, "return", least).y) >= FEWEST_DAYS)


@register(
    "calendar_time",
    name="Calendar-time portfolio",
    null=(
        "The portfolio of the events in their windows earns no abnormal return on "
        "the average calendar day."
    ),
    reference=(
        "Jaffe (1974), J. Business 47, 410-428; Mandelker (1974), JFE 1, 303-335."
    ),
    kind="sample",
    min_events=3,
    reads=("returns_by_date",),
    conditions=(Condition("too_few_days", _enough_days),),
    golden=Golden(
        sample=lambda: one_event_a_date([1, -1, 1, -1], [3, 3, 1, 1]),
        value=np.sqrt(8.0),
        p_value=1 - 2 / np.sqrt(5.0),
        source=(
            "by hand: four days, intercept 2, slope 0, residuals 1, 1, -1, -1; HC1 "
            "variance (4 / 2) 4 / 16 = 1 / 2, t = 2 sqrt(2); with 2 df "
            "p = 1 - t / sqrt(2 + t^2)"
        ),
    ),
)
def calendar_time(
    sample: CrossSection,
    *,
    errors: Literal["hc1", "classical", "newey_west"] = "hc1",
    weighted: bool = False,
    on: Literal["return", "sar"] = "return",
    min_members: int = 0,
) -> Statistic:
    """Regress the mean return of the members of each calendar day on the factors.

    An event is a member on the days of its window that have a return.  The intercept
    is the mean abnormal return a day; times the window's length it is the effect.

    Parameters
    ----------
    sample : CrossSection
        Reads the sums of ``returns_by_date``.
    errors : {"hc1", "classical", "newey_west"}
        Standard errors; Newey and West's with 4 (D / 100)^(2/9) lags.
    weighted : bool
        Weigh a day by its members.
    on : {"return", "sar"}
        ``sar`` takes the mean standardised abnormal return, without factors.
    min_members : int
        Days with fewer are dropped: 1 up to 21 days, 10 for longer windows, unless
        said otherwise.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with D - k degrees of freedom, D days used
        and k coefficients.  NaN ``not_applicable`` for a model without a benchmark,
        ``too_few_days``, ``negative_variance``.
    """
    if sample.n_events and not ReturnsByDate.of(sample).benchmark and on == "return":
        return statistic(np.nan, "t", np.nan, reason="not_applicable")
    members, y, x = _portfolio(sample, on, min_members)
    days, k = x.shape
    if days <= k or np.linalg.matrix_rank(x) < k:
        return statistic(np.nan, "t", np.nan, reason="too_few_days")
    root = np.sqrt(members if weighted else np.ones(days))
    alpha, variance = _intercept(x * root[:, None], y * root, errors)
    if np.sqrt(variance) <= ROUNDING * np.abs(y).max():
        return statistic(np.nan, "t", days - k, reason="negative_variance")
    return statistic(alpha / np.sqrt(variance), "t", days - k)


def _intercept(x: FloatArray, y: FloatArray, errors: str) -> tuple[float, float]:
    """First coefficient of a regression, and its variance."""
    days, k = x.shape
    q, r = np.linalg.qr(x)
    influence = q @ np.linalg.inv(r)[0]
    residual = y - q @ (q.T @ y)
    if errors == "classical":
        variance = influence @ influence * (residual @ residual) / (days - k)
    else:
        lags = int(4.0 * (days / 100.0) ** (2 / 9)) if errors == "newey_west" else 0
        variance = _long_run(influence * residual, lags) * days / (days - k)
    return float(influence @ y), float(variance)


def _portfolio(sample: CrossSection, on: str, min_members: int) -> Portfolio:
    """The days with enough members, in the order of time."""
    if not sample.n_events:
        return Portfolio(np.zeros(0), np.zeros(0), np.zeros((0, 1)))
    found = ReturnsByDate.of(sample)
    day = found.dates[:, None] + sample.window[0] + np.arange(sample.days)
    days, which = np.unique(day, return_inverse=True)
    total = np.zeros((days.size, found.products.shape[3] + 1))
    values = np.concatenate([found.products[:, :, 0], found.sar[..., None]], axis=2)
    np.add.at(total, which.ravel(), values.reshape(-1, total.shape[1]))
    least = min_members or (1 if sample.days <= LONG else MEMBERS_OF_LONG)
    total = total[total[:, 0] >= least]
    mean = total / total[:, :1]
    if on == "sar":
        return Portfolio(total[:, 0], mean[:, -1], mean[:, :1])
    return Portfolio(total[:, 0], mean[:, -2], mean[:, :-2])


def _long_run(scores: FloatArray, lags: int) -> float:
    """Sum of the products of scores at most so many days apart, Bartlett's weights."""
    total = scores @ scores
    for lag in range(1, min(lags, scores.size - 1) + 1):
        weight = 1.0 - lag / (lags + 1.0)
        total += 2.0 * weight * (scores[lag:] @ scores[:-lag])
    return float(total)
