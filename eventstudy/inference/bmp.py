"""Standardised cross-sectional test of Boehmer, Musumeci and Poulsen."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import t_of_mean
from eventstudy.inference._sample_conditions import independent, unskewed


@register(
    "bmp",
    name="BMP",
    null=(
        "The mean standardised effect is zero, whatever its variance; events are "
        "independent."
    ),
    reference="Boehmer, Musumeci & Poulsen (1991), J. Financial Economics 30, 253-272.",
    kind="sample",
    min_events=3,
    conditions=(independent, unskewed(50)),
    golden=Golden(
        sample=lambda: cross_section([2, 4, 6], variance=4.0),
        value=2 * np.sqrt(3.0),
        p_value=1 - np.sqrt(6 / 7),
        source=(
            "by hand: SCAR = 1, 2, 3 with mean 2 and sd 1, t = sqrt(3) 2 / 1; with "
            "2 df p = 1 - t / sqrt(2 + t^2) = 1 - sqrt(12 / 14)"
        ),
    ),
)
def bmp(sample: CrossSection) -> Statistic:
    """Divide the mean standardised CAR by its standard error across events.

    Noisy firms count less than in the cross-sectional t, and a variance that the
    event raises is taken as the events show it.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs and their variances with the full prediction-error matrix, (N,).

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all
        standardised CARs are equal.
    """
    return t_of_mean(sample.scar)
