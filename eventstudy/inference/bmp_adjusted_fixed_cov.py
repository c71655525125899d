"""The adjusted standardised cross-sectional test with covariances as they were."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import spread, statistic
from eventstudy.inference._sample_conditions import unskewed


@register(
    "bmp_adjusted_fixed_cov",
    name="BMP, adjusted for correlation, covariances fixed",
    null=(
        "The mean standardised effect is zero, whatever its variance; events may "
        "share days, and covariances are those of the estimation window."
    ),
    reference=(
        "Kolari & Pynnönen (2010), Review of Financial Studies 23, 3996-4025, with "
        "covariances that do not rise with the variances."
    ),
    kind="sample",
    min_events=10,
    reads=("common_dates",),
    conditions=(unskewed(50),),
    golden=Golden(
        sample=lambda: cross_section(
            [2, 4, 6], variance=4.0,
            sums={"common_dates": {"r_bar": 2 / 3, "reason": ""}},
        ),
        value=2.0,
        p_value=1 - np.sqrt(2 / 3),
        source=(
            "by hand: SCAR = 1, 2, 3: mean 2, sd 1, variance of the mean "
            "1 / 3 + 2 / 3, t = 2; with 2 df p = 1 - t / sqrt(2 + t^2)"
        ),
    ),
)  # fmt: skip
def bmp_adjusted_fixed_cov(sample: CrossSection) -> Statistic:
    """Add the covariance of events that share days to the variance of their mean.

    To be read beside ``bmp_adjusted`` where the spread of returns rises around the
    events: this one is right if only what firms do not share has risen.

    Parameters
    ----------
    sample : CrossSection
        Reads CARs and their variances, (N,), and the mean correlation ``r_bar``.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN as in
        ``bmp_adjusted``; ``invalid_r_bar`` where the variance is not positive.
    """
    score = sample.scar
    sd, reason = spread(score)
    found = sample.sums["common_dates"]
    reason = reason or str(found["reason"])
    variance = np.nan if reason else sd**2 / score.size + float(found["r_bar"])
    if variance <= 0.0:
        reason = "invalid_r_bar"
    value = np.nan if reason else score.mean() / np.sqrt(variance)
    return statistic(value, "t", score.size - 1, reason=reason)
