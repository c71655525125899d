"""Patell's test of the sum of the standardised CARs."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import patell_z
from eventstudy.inference._sample_conditions import (
    estimation_days,
    independent,
    steady_variance,
)


@register(
    "patell",
    name="Patell",
    null=(
        "The mean standardised effect is zero and variances are those of the "
        "estimation window; events are independent."
    ),
    reference="Patell (1976), J. Accounting Research 14, 246-276.",
    kind="sample",
    min_events=5,
    conditions=(independent, steady_variance, estimation_days(60)),
    golden=Golden(
        sample=lambda: cross_section([2, 4, 6], variance=4.0, df=4),
        value=np.sqrt(6.0),
        p_value=math.erfc(np.sqrt(3.0)),
        source=(
            "by hand: SCAR = 1, 2, 3 and Q = 4/2: 6 / sqrt(6); p = erfc(z / sqrt(2))"
        ),
    ),
)
def patell(sample: CrossSection) -> Statistic:
    """Divide the sum of the standardised CARs by the root of their variances.

    A CAR is standardised by its variance with the full prediction-error matrix, so
    it has Student's variance nu / (nu - 2).

    Parameters
    ----------
    sample : CrossSection
        Reads CARs, their variances and the residual degrees of freedom nu, (N,).

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        without events, ``too_few_days`` where an event leaves two degrees of freedom
        or fewer.
    """
    return patell_z(sample.scar, sample.df)
