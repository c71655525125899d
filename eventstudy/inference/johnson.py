"""Skewness-adjusted t test of Johnson."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import skewness, spread, statistic
from eventstudy.inference._sample_conditions import independent


@register(
    "johnson",
    name="Johnson, skewness-adjusted",
    null="The mean effect is zero, whatever its variance; events are independent.",
    reference="Johnson (1978), J. American Statistical Association 73, 536-544.",
    kind="sample",
    min_events=50,
    conditions=(independent,),
    golden=Golden(
        sample=lambda: cross_section([0, 0, 3]),
        value=10 / 9,
        p_value=1 - 10 / np.sqrt(262.0),
        source=(
            "by hand: S = 1/sqrt(3), gamma = (-1 - 1 + 8)/3 / 3 sqrt(3) = "
            "2/(3 sqrt(3)); sqrt(3) (S + gamma/9 + gamma/18) = 10/9; with 2 df "
            "p = 1 - t / sqrt(2 + t^2) = 1 - (10/9) / sqrt(262/81)"
        ),
    ),
)
def johnson(sample: CrossSection, *, unbiased: bool = False) -> Statistic:
    """Correct the cross-sectional t for the skewness of the CARs.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,).
    unbiased : bool
        The unbiased estimate of the skewness, which needs three events.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all CARs
        are equal.
    """
    x, df = sample.car, sample.n_events - 1
    sd, reason = spread(x)
    gamma, reason = skewness(x, sd, reason, unbiased=unbiased)
    if reason:
        return statistic(np.nan, "t", df, reason=reason)
    s = x.mean() / sd
    corrected = s + gamma * s**2 / 3.0 + gamma / (6.0 * x.size)
    return statistic(np.sqrt(x.size) * corrected, "t", df)
