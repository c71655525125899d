"""Patell's test for events that share days."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._dependence import widening
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import patell_z, statistic
from eventstudy.inference._sample_conditions import steady_variance


@register(
    "patell_adjusted",
    name="Patell, adjusted for correlation",
    null=(
        "The mean standardised effect is zero and variances are those of the "
        "estimation window; events may share days."
    ),
    reference="Kolari & Pynnönen (2010), Review of Financial Studies 23, 3996-4025.",
    kind="sample",
    min_events=5,
    reads=("common_dates",),
    conditions=(steady_variance,),
    golden=Golden(
        sample=lambda: cross_section(
            [2, 4, 6], variance=4.0, df=4,
            sums={"common_dates": {"r_bar": 0.25, "reason": ""}},
        ),
        value=2.0,
        p_value=math.erfc(np.sqrt(2.0)),
        source=(
            "by hand: SCAR = 1, 2, 3 and Q = 4/2: z = 6 / sqrt(6); over "
            "sqrt(1 + 2 / 4): sqrt(6 / 1.5) = 2; p = erfc(z / sqrt(2))"
        ),
    ),
)  # fmt: skip
def patell_adjusted(sample: CrossSection) -> Statistic:
    """Divide Patell's statistic by the root of what correlation adds to its variance.

    Parameters
    ----------
    sample : CrossSection
        Reads CARs, their variances and degrees of freedom, (N,), and the mean
        correlation ``r_bar``.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``too_few_days`` where an event leaves two degrees of
        freedom or fewer, ``few_common_days`` and ``invalid_r_bar`` where the
        correlation is not known or leaves no variance.
    """
    plain = patell_z(sample.scar, sample.df)
    factor, reason = widening(sample, "r_bar")
    reason = str(plain.reason) or reason
    value = np.nan if reason else float(plain.value) / np.sqrt(factor)
    return statistic(value, "normal", reason=reason)
