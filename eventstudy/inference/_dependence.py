"""Tests that allow for correlation between events: what they share (methods 4.7)."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._moments import statistic, t_of_mean
from eventstudy.inference._statistic import Statistic

# Variance of the mean, over that of independent events, that is too little to believe.
LEAST_VARIANCE = 0.05


def widening(sample: CrossSection, which: Literal["r_bar", "r_c"]) -> tuple[float, str]:
    """Variance of the sum of correlated events over that of independent ones.

    Parameters
    ----------
    sample : CrossSection
        Reads ``sums["common_dates"]``.
    which : {"r_bar", "r_c"}
        The mean correlation of standardised effects, or that of effects.

    Returns
    -------
    factor : float
        1 + (N - 1) r; NaN where there is a reason.
    reason : str
        ``needs_more_events``, ``few_common_days``, ``invalid_r_bar``, or empty.
    """
    found = sample.sums["common_dates"]
    if found["reason"]:
        return np.nan, str(found["reason"])
    factor = 1.0 + (sample.n_events - 1.0) * float(found[which])
    if factor <= LEAST_VARIANCE or found[which] >= 1.0:
        return np.nan, "invalid_r_bar"
    return factor, ""


def adjusted_t(
    x: FloatArray, sample: CrossSection, which: Literal["r_bar", "r_c"]
) -> Statistic:
    """Student's t of the mean of correlated values.

    Their correlation makes the variance of the mean larger by 1 + (N - 1) r, and the
    variance across events smaller by 1 - r.

    Parameters
    ----------
    x : ndarray of shape (N,)
    sample, which
        As in :func:`widening`.

    Returns
    -------
    Statistic
    """
    plain = t_of_mean(x)
    factor, reason = widening(sample, which)
    if np.isnan(plain.value) or reason:
        reason = str(plain.reason) or reason
        return statistic(np.nan, "t", x.size - 1, reason=reason)
    r = float(sample.sums["common_dates"][which])
    value = float(plain.value) * np.sqrt((1.0 - r) / factor)
    return statistic(value, "t", x.size - 1)
