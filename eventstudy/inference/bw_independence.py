"""Sum of the CARs against the estimation-window variances of independent events."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import z_of_sum
from eventstudy.inference._sample_conditions import (
    estimation_days,
    independent,
    steady_variance,
)


@register(
    "bw_independence",
    name="Time-series test, independence",
    null=(
        "The mean effect is zero and variances are those of the estimation window; "
        "events are independent."
    ),
    reference="Brown & Warner (1980), J. Financial Economics 8, 205-258.",
    kind="sample",
    min_events=5,
    conditions=(independent, steady_variance, estimation_days(60)),
    golden=Golden(
        sample=lambda: cross_section([1, 2, 3]),
        value=2 * np.sqrt(3.0),
        p_value=math.erfc(np.sqrt(6.0)),
        source="by hand: 6 / sqrt(1 + 1 + 1); p = erfc(z / sqrt(2))",
    ),
)
def bw_independence(sample: CrossSection) -> Statistic:
    """Divide the sum of the CARs by the root of the sum of their naive variances.

    The variance of a CAR is taken as its days times the residual variance, without
    the error of the estimated model.

    Parameters
    ----------
    sample : CrossSection
        Reads CARs, days covered and residual standard deviations, (N,).

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        without events.
    """
    return z_of_sum(sample.car, sample.length * sample.sigma**2)
