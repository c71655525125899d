"""Patell's test in its common form, from sums of daily standardised returns."""

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
    "patell_sum_of_sar",
    name="Patell, sum of daily scores",
    null=(
        "The mean standardised effect is zero and variances are those of the "
        "estimation window; events and the days of a window are independent."
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
            "by hand: on one day the scores are the SCARs, 1, 2, 3, and Q = 4/2: "
            "6 / sqrt(6); p = erfc(z / sqrt(2))"
        ),
    ),
)
def patell_sum_of_sar(sample: CrossSection) -> Statistic:
    """Take the daily scores of a window as independent, each of unit variance.

    Leaves out that the error of the estimated model moves all days of a window
    together; the same as ``patell`` for one day.

    Parameters
    ----------
    sample : CrossSection
        Reads sums of the daily standardised abnormal returns, their number, and the
        residual degrees of freedom, (N,).

    Returns
    -------
    Statistic
        As of ``patell``.
    """
    return patell_z(sample.sar_sum / np.sqrt(sample.n_rows), sample.df)
