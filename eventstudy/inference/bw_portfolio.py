"""Portfolio test: the events as one portfolio, its spread from its own history."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import statistic
from eventstudy.inference._sample_conditions import (
    estimation_days,
    same_dates_only,
    steady_variance,
)


@register(
    "bw_portfolio",
    name="Portfolio (crude dependence adjustment)",
    null=(
        "The mean effect is zero and the portfolio's variance is that of the "
        "estimation window; events may share their dates exactly."
    ),
    reference=(
        "Brown & Warner (1980), J. Financial Economics 8, 205-258; Brown & Warner "
        "(1985), J. Financial Economics 14, 3-31."
    ),
    kind="sample",
    min_events=3,
    reads=("portfolio_days",),
    conditions=(same_dates_only, steady_variance, estimation_days(60)),
    variants=({"published": True},),
    golden=Golden(
        sample=lambda: cross_section(
            [2, 4, 6],
            sums={"portfolio_days": {"aar": np.array([1.0, -1, 1, -1]), "c_bar": 2.0}},
        ),
        value=2.0,
        p_value=1 - np.sqrt(2 / 3),
        source=(
            "by hand: mean 4; s_p^2 = 4 / (4 - 2), times c = 2: sd 2, t = 2; with "
            "2 df p = 1 - t / sqrt(2 + t^2)"
        ),
    ),
)
def bw_portfolio(
    sample: CrossSection, *, published: bool = False, autocovariance: bool = False
) -> Statistic:
    """Divide the mean CAR by the spread of the portfolio's own abnormal returns.

    What events of one date share is in that spread.  Dates some days apart, and a
    variance that the events raise, are not.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,), the portfolio's abnormal returns on the estimation days
        and the mean of the CARs' variances over sigma^2.
    published : bool
        As it stands in the literature: the root of the window's days in place of the
        mean variance with parameter error, and M - 1 for the degrees of freedom.
    autocovariance : bool
        The published form with the autocovariances of the portfolio's returns up to
        the length of the window.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with M - k degrees of freedom, M days of
        the portfolio.  NaN ``needs_more_events`` without events, ``too_few_days``
        and ``zero_variance`` where the portfolio has too few or does not vary.
    """
    found = sample.sums["portfolio_days"]
    aar = np.asarray(found["aar"])
    days = int(np.isfinite(aar).sum())
    literature = published or autocovariance
    df = days - (1 if literature else max(1, sample.parameters))
    reason = "needs_more_events" if sample.n_events == 0 else ""
    if not reason and df < 1:
        reason = "too_few_days"
    if reason:
        return statistic(np.nan, "t", df, reason=reason)
    lags = sample.days if autocovariance else 1
    own, *joint = _autocovariances(aar, df, lags)
    scale = float(sample.days) if literature else float(found["c_bar"])
    # Weights that fall in a straight line keep the sum positive.
    variance = own * scale + 2.0 * np.arange(lags - 1, 0, -1) @ joint
    if not own > 0:
        return statistic(np.nan, "t", df, reason="zero_variance")
    return statistic(sample.car.mean() / np.sqrt(variance), "t", df)


def _autocovariances(aar: FloatArray, df: int, lags: int) -> FloatArray:
    """Products of deviations of days 0, 1, ... lags - 1 apart over df, (lags,)."""
    known = np.isfinite(aar)
    deviation = np.where(known, aar - aar[known].mean(), 0.0)
    return np.array(
        [deviation[lag:] @ deviation[: max(0, aar.size - lag)] for lag in range(lags)]
    ) / df  # fmt: skip
