"""Generalised sign test of Cowan, with the share of positive windows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray
from eventstudy.core.ranks import TIE
from eventstudy.inference._base import (
    Condition,
    CrossSection,
    Golden,
    Statistic,
    register,
)
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._sample_conditions import independent


def _share_of_a_day(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
    """The share of positive days is right for one day only."""
    return np.asarray(sample.days == 1 or not options.get("daily_p", False))


@register(
    "generalized_sign",
    name="Generalised sign",
    null=(
        "An effect is as likely positive as a sum of as many estimation days; events "
        "are independent."
    ),
    reference=(
        "Cowan (1992), Review of Quantitative Finance and Accounting 2, 343-358."
    ),
    kind="sample",
    min_events=10,
    reads=("positive_share",),
    conditions=(independent, Condition("one_day_only", _share_of_a_day)),
    laws=frozenset({"counts"}),
    golden=Golden(
        sample=lambda: cross_section(
            [1, 2, 3, 0], sums={"positive_share": {"window": 0.5, "daily": 0.25}}
        ),
        value=1.0,
        p_value=math.erfc(math.sqrt(0.5)),
        source=(
            "by hand: 3 of 4 positive, 0 is not; (3 - 4/2) / sqrt(4/4) = 1; p = erfc(1 "
            "/ sqrt(2))"
        ),
    ),
)
def generalized_sign(sample: CrossSection, *, daily_p: bool = False) -> Statistic:
    """Compare the share of positive CARs with that of the estimation window.

    The share is that of sums of as many residuals as the event's window has days:
    sums of skewed returns are positive more often than the returns themselves.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,), of which 0 is not positive, and ``positive_share``.
    daily_p : bool
        The published share, of single days.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``too_few_days`` where an event has fewer estimation days
        than the window, ``negative_variance`` where residuals have but one sign.
    """
    n = sample.n_events
    if n < 2:
        return statistic(np.nan, "normal", reason="needs_more_events")
    share = float(sample.sums["positive_share"]["daily" if daily_p else "window"])
    if np.isnan(share):
        return statistic(np.nan, "normal", reason="too_few_days")
    variance = n * share * (1.0 - share)
    if variance <= ROUNDING:
        return statistic(np.nan, "normal", reason="negative_variance")
    positive = sample.car > TIE * sample.sigma
    excess = int(positive.sum()) - n * share
    return statistic(excess / np.sqrt(variance), "normal")
