"""Sign test of Luoma on generalised standardised abnormal returns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray
from eventstudy.inference._base import (
    Condition,
    CrossSection,
    Golden,
    Statistic,
    register,
)
from eventstudy.inference._moments import spread, statistic
from eventstudy.inference._rank_days import last_of_days
from eventstudy.inference._ranks_by_hand import generalised
from eventstudy.inference._sample_conditions import same_dates_only, unskewed

SYMMETRIC = unskewed()


def _day_or_symmetric(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
    """The median of a day is not that of a sum of skewed days."""
    return np.asarray(sample.days == 1 or SYMMETRIC.holds(sample, options))


@register(
    "sign_gsar_t",
    name="SIGN-GSAR-T",
    null=(
        "The standardised effects are as likely above as below the median of their "
        "event's standardised days."
    ),
    reference=(
        "Luoma (2011), A sign test of cumulative abnormal returns in event studies "
        "based on generalized standardized abnormal returns, University of Vaasa."
    ),
    kind="sample",
    min_events=10,
    reads=("generalised_rank_sums",),
    conditions=(
        same_dates_only,
        Condition("skewed", _day_or_symmetric, SYMMETRIC.reads),
    ),
    golden=Golden(
        sample=lambda: generalised(
            [[1, 2, 3, 4], [1, 3, 2, 4]], [[-1, -1, 1, 1], [-1, 1, -1, 1]]
        ),
        value=2.0,
        p_value=1.0 - 2.0 / math.sqrt(6.0),
        source=(
            "by hand: mean G = (-1, 0, 0, 1), S^2 = 2 / 4, Z = sqrt(2), t = Z sqrt(2 / "
            "(3 - 2)) = 2; with 2 df p = 1 - t / sqrt(2 + t^2)"
        ),
    ),
)
def sign_gsar_t(sample: CrossSection) -> Statistic:
    """Compare the sign of each window with those of its estimation days.

    Signs are about the median of the event's standardised estimation days and its
    restandardised SCAR.  Less powerful than ``grank_t``, but for one day fat tails,
    skewness and a rising variance do it no harm.

    Parameters
    ----------
    sample : CrossSection
        Reads the mean signs found by ``generalised_rank_sums``.

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
    return last_of_days(found["sign"], found["number"])
