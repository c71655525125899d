"""Abnormal volatility of one event: its squared SARs against those of placebo runs."""

from __future__ import annotations

import numpy as np

from eventstudy.core.pvalues import exceedances
from eventstudy.inference._base import Golden, Sample, Statistic, register
from eventstudy.inference._by_hand import constant_mean
from eventstudy.inference._placebo_runs import (
    PLACEBO_CONDITIONS,
    missing_reason,
    run_totals,
)


@register(
    "squares_placebo",
    name="Placebo rank of squared abnormal returns",
    null=(
        "The size of the moves in the window, whatever their sign, is that of windows "
        "of as many estimation days."
    ),
    reference=(
        "Patell (1976), J. Accounting Research 14, 246-276, for the squares; "
        "ranked among placebo windows."
    ),
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [2, 2]),
        value=2.0,
        p_value=2 / 3,
        source=(
            "by hand: s^2 = 3, each SAR = 2 / sqrt(3 * 4/3) = 1, sum of squares 2; "
            "squared residuals over 3 * 2/3 are 1/2, 1/2, 2, runs of two 1 and 5/2, "
            "one as large; p = (1 + 1) / (2 + 1)"
        ),
    ),
    conditions=PLACEBO_CONDITIONS,
    laws=frozenset({"odd"}),
    variants=({"non_overlapping": True},),
)
def squares_placebo(sample: Sample, *, non_overlapping: bool = False) -> Statistic:
    """Rank the sum of squared standardised abnormal returns, one-sided.

    Large where the window moved more than usual in either direction: by an effect,
    or by a variance that the event raised; with one event the two look alike.

    Parameters
    ----------
    sample : Sample
        Reads SARs of the window, (N, L), and of the estimation days, (N, M).
    non_overlapping : bool
        Only runs that do not overlap, counted back from the last estimation day;
        NaN where they are too few to reach the level.

    Returns
    -------
    Statistic
        ``value`` (N,), dimensionless, at least 0.
    """
    squares = sample.residual_sar[..., None] ** 2
    runs = run_totals(sample, squares, separate=non_overlapping)[..., 0]
    observed = np.nansum(sample.sar**2, axis=1)
    exceed, draws = exceedances(runs, observed, "upper")
    reason = missing_reason(sample, draws, separate=non_overlapping)
    value = np.where(reason == "", observed, np.nan)
    return Statistic(value, "empirical", exceed=exceed, draws=draws, reason=reason)
