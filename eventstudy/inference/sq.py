"""Sample-quantile test: the day against the estimation days, and its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.core.pvalues import TIE, attainable, exceedances
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import (
    Condition,
    Golden,
    Sample,
    Statistic,
    register,
    uncovered,
)
from eventstudy.inference._by_hand import constant_mean


def _attainable(sample: Sample, options: Mapping[str, Any]) -> BoolArray:
    """Whether so many estimation days can reach the level at all."""
    tails = 2.0 if options.get("tails") else 1.0
    return attainable(sample.n_estimation, sample.level / tails)


@register(
    "sq",
    name="Sample quantile (one day)",
    null=(
        "The day is exchangeable with the estimation days: its standardised abnormal "
        "return could as well have been any of theirs."
    ),
    reference=(
        "Gelbach, Helland & Klick (2013), American Law and Economics Review 15, "
        "495-541; the interval: Chernozhukov, Wuthrich & Zhu (2021), J. American "
        "Statistical Association 116, 1849-1864."
    ),
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [2.5]),
        value=1.25,
        p_value=1 / 2,
        source=(
            "by hand: s^2 = 3, SAR = 2.5 / sqrt(3 * 4/3) = 1.25; residuals over "
            "sqrt(3 * 2/3) are 0.71, 0.71, -1.41, one as large; p = (1 + 1) / (3 + 1)"
        ),
    ),
    conditions=(Condition("level_not_attainable", _attainable),),
)
def sq(
    sample: Sample,
    *,
    raw: bool = False,
    tails: bool = False,
    side: Literal["two-sided", "lower", "upper"] = "two-sided",
) -> Statistic:
    """Rank the abnormal return of one day among the residuals of the estimation days.

    Needs no distribution.  Each is divided by its own standard error first, because
    a residual is smaller than a prediction error; the smallest p is 1 / (M + 1).

    Parameters
    ----------
    sample : Sample
        Of one day; reads residuals, (N, M), and the abnormal return, (N, 1).
    raw : bool
        The published form: residuals as they are, not studentised.
    tails : bool
        Two-sided as twice the smaller tail instead of by absolute value.
    side : {"two-sided", "lower", "upper"}
        A drop alone, or a rise alone.

    Returns
    -------
    Statistic
        ``value`` (N,): the SAR, or with ``raw`` the abnormal return in decimals.  NaN
        for a window of several days.

    Raises
    ------
    ArgumentError
        When ``tails`` and ``side`` are both given.
    """
    if tails and side != "two-sided":
        bound = "'tails' is a two-sided form"
        raise ArgumentError("tests", f"sq|tails|side={side}", bound, "Leave one out.")
    observed, placebos = _compared(sample, raw=raw)
    exceed, draws = exceedances(placebos, observed, "tails" if tails else side)
    reason = uncovered(sample)
    if not sample.one_day:
        observed = np.full(observed.shape, np.nan)
        reason = np.full(observed.shape, "one_day_only")
    return Statistic(observed, "empirical", exceed=exceed, draws=draws, reason=reason)


def _compared(sample: Sample, *, raw: bool) -> tuple[FloatArray, FloatArray]:
    """The day's figure (N,) and those of the estimation days (N, M), on one scale."""
    if not raw:
        return sample.scar, sample.residual_sar
    days = np.where(sample.estimation_days, sample.residual_spans, np.nan)
    known = np.isfinite(sample.sigma)
    return np.where(known, sample.car, np.nan), sample.residuals / np.sqrt(days)


def conformal_interval(sample: Sample) -> tuple[FloatArray, FloatArray]:
    """Interval for the effect on one day that needs no distribution (methods 3.2).

    It holds the effects that the two-sided ``sq`` test does not reject.

    Parameters
    ----------
    sample : Sample
        Of one day; ``level`` is one minus the coverage.

    Returns
    -------
    low, high : ndarray of shape (N,)
        Decimals.  Infinite where the estimation window is too short for the level;
        NaN where the abnormal return does not exist, or the window is longer.
    """
    ranked = np.sort(np.abs(sample.residual_sar), axis=1)
    days = np.isfinite(ranked).sum(axis=1)
    wanted = np.ceil((1.0 - sample.level) * (days + 1) * (1.0 - TIE)).astype(int)
    enough = (wanted >= 1) & (wanted <= days)
    at = np.where(enough, wanted - 1, 0)[:, None]
    quantile = np.where(enough, np.take_along_axis(ranked, at, axis=1)[:, 0], np.inf)
    known = sample.one_day & np.isfinite(sample.scar)
    centre = np.where(known, sample.car, np.nan)
    margin = quantile * np.sqrt(sample.variance)
    return centre - margin, centre + margin
