"""Skewness-adjusted test by Hall's transformation."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import skewness, spread, statistic
from eventstudy.inference._sample_conditions import independent


@register(
    "hall",
    name="Hall, skewness-adjusted",
    null="The mean effect is zero, whatever its variance; events are independent.",
    reference="Hall (1992), J. Royal Statistical Society B 54, 221-228.",
    kind="sample",
    min_events=50,
    conditions=(independent,),
    golden=Golden(
        sample=lambda: cross_section([0, 0, 3]),
        value=2434 / 2187,
        p_value=math.erfc(2434 / 2187 / np.sqrt(2.0)),
        source=(
            "by hand: 10/9 as for johnson, and gamma^2 S^3 / 27 = 4 / (2187 sqrt(3)) "
            "times sqrt(3); p = erfc(z / sqrt(2))"
        ),
    ),
)
def hall(sample: CrossSection, *, unbiased: bool = False) -> Statistic:
    """Take the skewness of the CARs out of the cross-sectional t, monotonically.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,).
    unbiased : bool
        The unbiased estimate of the skewness, which needs three events.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``negative_variance`` where all CARs are equal.
    """
    x = sample.car
    sd, reason = spread(x)
    gamma, reason = skewness(x, sd, reason, unbiased=unbiased)
    if reason:
        return statistic(np.nan, "normal", reason=reason)
    s = x.mean() / sd
    cubic = gamma * s**2 / 3.0 + gamma**2 * s**3 / 27.0
    corrected = s + cubic + gamma / (6.0 * x.size)
    return statistic(np.sqrt(x.size) * corrected, "normal")
