"""Sum of the CARs against their full variances, for independent events."""

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
    "independence_exact",
    name="Time-series test, independence, exact variance",
    null=(
        "The mean effect is zero and variances are those of the estimation window; "
        "events are independent."
    ),
    reference="MacKinlay (1997), J. Economic Literature 35, 13-39, eqs. 16-20.",
    kind="sample",
    min_events=5,
    conditions=(independent, steady_variance, estimation_days(60)),
    golden=Golden(
        sample=lambda: cross_section([1, 2, 3], variance=[1, 1, 2]),
        value=3.0,
        p_value=math.erfc(3 / np.sqrt(2.0)),
        source="by hand: 6 / sqrt(1 + 1 + 2); p = erfc(z / sqrt(2))",
    ),
)
def independence_exact(sample: CrossSection) -> Statistic:
    """Divide the sum of the CARs by the root of the sum of their variances.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs and their variances with the full prediction-error matrix, (N,).

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        without events.
    """
    return z_of_sum(sample.car, sample.variance)
