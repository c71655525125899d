"""CAR over s sqrt(L): what is done when estimation error is forgotten."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import (
    Condition,
    Golden,
    Sample,
    Statistic,
    never,
    register,
    uncovered,
)
from eventstudy.inference._by_hand import constant_mean


@register(
    "naive",
    name="Naive z (s times root L)",
    null="As of the exact t, with parameters and variance known instead of estimated.",
    reference="Brown & Warner (1985), J. Financial Economics 14, 3-31.",
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [2, 2, -1]),
        value=1.0,
        p_value=0.31731050786291415,
        source=(
            "by hand: s^2 = 6/2 = 3, s sqrt(3) = 3, CAR = 3, z = 1; the normal table "
            "has 0.158655253931457 beyond 1"
        ),
    ),
    conditions=(Condition("comparison_only", never),),
)
def naive(sample: Sample) -> Statistic:
    """Divide the CAR by s times the root of the days, and take it as normal.

    For comparison only: it forgets that the model was estimated, which matters the
    more the longer the window is against the estimation window.

    Parameters
    ----------
    sample : Sample
        Reads the CAR, sigma and the days covered, (N,).

    Returns
    -------
    Statistic
        ``value`` (N,), dimensionless, compared with the normal distribution.
    """
    length = np.where(sample.covered, sample.length, np.nan)
    value = sample.car / (sample.sigma * np.sqrt(length))
    return Statistic(value, "normal", reason=uncovered(sample))
