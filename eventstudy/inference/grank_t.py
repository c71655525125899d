"""Generalised rank test of Kolari and Pynnonen, t form."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import spread, statistic
from eventstudy.inference._rank_days import last_of_days
from eventstudy.inference._ranks_by_hand import generalised
from eventstudy.inference._sample_conditions import same_dates_only, unskewed

REFERENCE = "Kolari & Pynnonen (2011), J. Empirical Finance 18, 953-971."


@register(
    "grank_t",
    name="GRANK-T",
    null=(
        "The standardised effects, over their spread across events, rank among the "
        "standardised estimation days as any of these do; they are symmetric about "
        "zero."
    ),
    reference=REFERENCE,
    kind="sample",
    min_events=20,
    reads=("generalised_rank_sums",),
    conditions=(same_dates_only, unskewed()),
    golden=Golden(
        sample=lambda: generalised([[1, 2, 3, 4], [2, 1, 3, 4]], [[0] * 4] * 2),
        value=2.0,
        p_value=1.0 - 2.0 / math.sqrt(6.0),
        source=(
            "by hand: mean U = (-0.2, -0.2, 0.1, 0.3), S^2 = 0.18 / 4, Z = 0.3 / "
            "sqrt(0.045) = sqrt(2), t = Z sqrt(2 / (3 - 2)) = 2; with 2 df p = 1 - t / "
            "sqrt(2 + t^2)"
        ),
    ),
)
def grank_t(sample: CrossSection) -> Statistic:
    """Rank the whole window of each event as one day among its estimation days.

    The SCAR, over its spread across events, stands on an artificial day beside the
    standardised estimation days.  The spread of the mean ranks over all these days
    judges it, which holds any correlation between events of the same date.

    Parameters
    ----------
    sample : CrossSection
        Reads the mean scores found by ``generalised_rank_sums``.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with T - 2 degrees of freedom, T the
        estimation days with an event and the artificial one.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all SCARs
        are equal.
    """
    _, reason = spread(sample.scar)
    if reason:
        return statistic(np.nan, "t", np.nan, reason=reason)
    found = sample.sums["generalised_rank_sums"]
    return last_of_days(found["rank"], found["number"])
