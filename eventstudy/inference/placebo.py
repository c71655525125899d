"""Placebo windows: the CAR against those of runs of estimation days."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.pvalues import exceedances
from eventstudy.inference._base import Golden, Sample, Statistic, register
from eventstudy.inference._by_hand import constant_mean
from eventstudy.inference._placebo_runs import (
    PLACEBO_CONDITIONS,
    missing_reason,
    run_totals,
)


@register(
    "placebo",
    name="Placebo windows",
    null=(
        "The window is exchangeable with windows of as many estimation days: its "
        "standardised CAR could as well have been any of theirs."
    ),
    reference=(
        "Gelbach, Helland & Klick (2013), American Law and Economics Review 15, "
        "495-541, for windows; studentised by zeta."
    ),
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [3, 1]),
        value=4 / np.sqrt(10),
        p_value=2 / 3,
        source=(
            "by hand: s^2 = 3, c = 2 + 4/3, v = 10, SCAR = 4/sqrt(10) = 1.26; runs of "
            "two sum to 2 and -1, zeta = 2 - 4/3, s sqrt(zeta) = sqrt(2): 1.41 and "
            "-0.71, one as large; p = (1 + 1) / (2 + 1)"
        ),
    ),
    conditions=PLACEBO_CONDITIONS,
    variants=({"non_overlapping": True},),
)
def placebo(
    sample: Sample,
    *,
    non_overlapping: bool = False,
    raw: bool = False,
    tails: bool = False,
) -> Statistic:
    """Rank the CAR of the window among those of as long runs of estimation days.

    A run is so many valid estimation days in order, gaps bridged.  Each sum is
    divided by its own standard error: residuals are shrunk by the estimation where
    prediction errors are widened.  On one day it is the sample-quantile test.

    Parameters
    ----------
    sample : Sample
        Reads residuals, (N, M), and the standardised CAR, (N,).
    non_overlapping : bool
        Only runs that do not overlap, counted back from the last estimation day;
        NaN where they are too few to reach the level.
    raw : bool
        Sums as they are, not studentised; those of runs that cover more days than
        the window are scaled to its days.
    tails : bool
        Two-sided as twice the smaller tail instead of by absolute value.

    Returns
    -------
    Statistic
        ``value`` (N,): the SCAR, or with ``raw`` the CAR in decimals.
    """
    scores = placebo_scores(sample, raw=raw, separate=non_overlapping)
    observed = np.where(np.isfinite(sample.sigma), sample.car, np.nan)
    observed = observed if raw else sample.scar
    exceed, draws = exceedances(scores, observed, "tails" if tails else "two-sided")
    reason = missing_reason(sample, draws, separate=non_overlapping)
    value = np.where(reason == "", observed, np.nan)
    return Statistic(value, "empirical", exceed=exceed, draws=draws, reason=reason)


def placebo_scores(
    sample: Sample, *, raw: bool = False, separate: bool = False
) -> FloatArray:
    """Scores of the runs of estimation days, which the CAR is compared with.

    Parameters
    ----------
    sample : Sample
    raw, separate : bool
        Not studentised; runs that do not overlap only.

    Returns
    -------
    ndarray of shape (N, M)
        At position i that of the run from the i-th valid day on; NaN = none.
    """
    parts = [sample.residuals[..., None], sample.residual_spans[..., None]]
    values = np.concatenate([*parts, sample.residual_rows], axis=2)
    sums = run_totals(sample, values, separate=separate)
    error, days, rows = sums[..., 0], sums[..., 1], sums[..., 2:]
    if raw:
        return error * np.sqrt(sample.length[:, None] / days)
    return sample.studentised(error, days, (rows**2).sum(axis=2))
