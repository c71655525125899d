"""Wilcoxon's signed-rank test."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import statistic
from eventstudy.inference._sample_conditions import independent, unskewed

EXACT = 25


@register(
    "wilcoxon",
    name="Wilcoxon signed rank",
    null="The effects are symmetric about zero; events are independent.",
    reference="Wilcoxon (1945), Biometrics Bulletin 1, 80-83.",
    kind="sample",
    min_events=6,
    conditions=(independent, unskewed()),
    laws=frozenset({"counts"}),
    golden=Golden(
        sample=lambda: cross_section([-1, 2, 3, 4]),
        value=9.0,
        p_value=1 / 4,
        source=(
            "by hand: ranks 2 + 3 + 4 are positive; 9 or 10 come from 2 of 16 sign "
            "patterns; p = 2 (2 / 16)"
        ),
    ),
)
def wilcoxon(sample: CrossSection, *, on: Literal["car", "scar"] = "car") -> Statistic:
    """Sum the ranks of the positive effects.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, and with ``on="scar"`` their variances, (N,).  Those of
        exactly 0 are dropped; ties share their ranks.
    on : {"car", "scar"}
        What is ranked.

    Returns
    -------
    Statistic
        Shape ().  Up to 25 events without ties: the rank sum, compared with its exact
        distribution.  Else the rank sum about its mean in standard deviations,
        compared with the normal distribution, without continuity correction.  NaN
        ``needs_more_events`` where no effect is left.
    """
    x = sample.car if on == "car" else sample.scar
    x = x[x != 0]
    if x.size == 0:
        return statistic(np.nan, "normal", reason="needs_more_events")
    _, which, ties = np.unique(np.abs(x), return_inverse=True, return_counts=True)
    rank = np.cumsum(ties) - (ties - 1) / 2.0  # the mean of the places that ties share
    total, n = float(rank[which[x > 0]].sum()), x.size
    if n <= EXACT and ties.size == n:
        return Statistic(np.asarray(total), "signed_rank", draws=np.asarray(float(n)))
    variance = n * (n + 1) * (2 * n + 1) / 24.0 - (ties**3 - ties).sum() / 48.0
    return statistic((total - n * (n + 1) / 4.0) / np.sqrt(variance), "normal")
