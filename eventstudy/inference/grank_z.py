"""Generalised rank test of Kolari and Pynnonen, normal form."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import spread, statistic
from eventstudy.inference._ranks_by_hand import generalised
from eventstudy.inference._sample_conditions import independent, unskewed
from eventstudy.inference.grank_t import REFERENCE


@register(
    "grank_z",
    name="GRANK-Z",
    null=(
        "The standardised effects, over their spread across events, rank among the "
        "standardised estimation days as any of these do; they are symmetric about "
        "zero; events are independent."
    ),
    reference=REFERENCE,
    kind="sample",
    min_events=20,
    reads=("generalised_rank_sums",),
    conditions=(independent, unskewed()),
    golden=Golden(
        sample=lambda: generalised([[1, 2, 3, 4], [2, 1, 3, 4]], [[0] * 4] * 2),
        value=0.6 * math.sqrt(10.0),
        p_value=math.erfc(0.6 * math.sqrt(5.0)),
        source=(
            "by hand: mean U of the window 0.3, times sqrt(12 N (T + 1) / (T - 1)) = "
            "sqrt(40) for N = 2, T = 4; p = erfc(z / sqrt(2))"
        ),
    ),
)
def grank_z(sample: CrossSection) -> Statistic:
    """Compare the mean rank of the windows with the variance that chance gives it.

    As ``grank_t``, but with the variance of a random rank in place of that over days.

    Parameters
    ----------
    sample : CrossSection
        Reads the mean scores found by ``generalised_rank_sums``.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``negative_variance`` where all SCARs are equal.
    """
    _, reason = spread(sample.scar)
    if reason:
        return statistic(np.nan, "normal", reason=reason)
    found = sample.sums["generalised_rank_sums"]
    total = found["rank"][-1] * found["number"][-1]
    return statistic(total / np.sqrt(found["variance"]), "normal")
