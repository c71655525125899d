"""Cross-sectional t test for events that share days."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._dependence import adjusted_t
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._sample_conditions import unskewed


@register(
    "cross_sectional_adjusted",
    name="Cross-sectional t, adjusted for correlation",
    null=(
        "The mean effect is zero, whatever its variance; events may share days, and "
        "covariances rise with the variances."
    ),
    reference=(
        "Kolari & Pynnönen (2010), Review of Financial Studies 23, 3996-4025, with "
        "covariances in place of correlations."
    ),
    kind="sample",
    min_events=10,
    reads=("common_dates",),
    conditions=(unskewed(50),),
    golden=Golden(
        sample=lambda: cross_section(
            [1, 2, 3], sums={"common_dates": {"r_c": 0.5, "reason": ""}}
        ),
        value=np.sqrt(3.0),
        p_value=1 - np.sqrt(3 / 5),
        source=(
            "by hand: mean 2, sd 1, t = 2 sqrt(3), times sqrt(0.5 / 2); with 2 df "
            "p = 1 - t / sqrt(2 + t^2) = 1 - sqrt(3 / 5)"
        ),
    ),
)
def cross_sectional_adjusted(sample: CrossSection) -> Statistic:
    """Shrink the cross-sectional t by the covariance of events that share days.

    The interval of the mean effect belongs to this test.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,), and the mean correlation of effects ``r_c``.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN as in
        ``bmp_adjusted``.
    """
    return adjusted_t(sample.car, sample, "r_c")
