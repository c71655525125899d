"""Cross-sectional t test of the mean effect."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import t_of_mean
from eventstudy.inference._sample_conditions import independent, unskewed


@register(
    "cross_sectional_t",
    name="Cross-sectional t",
    null="The mean effect is zero, whatever its variance; events are independent.",
    reference=(
        "Boehmer, Musumeci & Poulsen (1991), J. Financial Economics 30, 253-272 "
        "(the ordinary cross-sectional method)."
    ),
    kind="sample",
    min_events=10,
    conditions=(independent, unskewed(50)),
    golden=Golden(
        sample=lambda: cross_section([1, 2, 3]),
        value=2 * np.sqrt(3.0),
        p_value=1 - np.sqrt(6 / 7),
        source=(
            "by hand: mean 2, sd 1, t = sqrt(3) 2 / 1; with 2 df "
            "p = 1 - t / sqrt(2 + t^2) = 1 - sqrt(12 / 14)"
        ),
    ),
)
def cross_sectional_t(sample: CrossSection) -> Statistic:
    """Divide the mean CAR by its standard error across events.

    Takes the variance as the events show it, so a variance that the event raises
    does it no harm; events that share days do.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,).

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all CARs
        are equal.
    """
    return t_of_mean(sample.car)
