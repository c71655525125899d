"""Bounds on the p-value that hold whatever the distribution."""

from __future__ import annotations

import numpy as np

from eventstudy.core.pvalues import TIE
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
    "chebyshev",
    name="Chebyshev bound",
    null="The abnormal returns of the window sum to zero in expectation.",
    reference="Saw, Yang & Mo (1984), American Statistician 38, 130-132.",
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [4]),
        value=2.0,
        p_value=1 / 4,
        source="by hand: s^2 = 3, v = 3 (1 + 1/3) = 4, t = 4/2 = 2, bound 1/t^2",
    ),
    conditions=(Condition("worst_case", never),),
    variants=({"exchangeable": True},),
)
def chebyshev(sample: Sample, *, exchangeable: bool = False) -> Statistic:
    """The largest p-value that any distribution of the errors could give.

    A worst case to show beside the others, with almost no power: never a decision.

    Parameters
    ----------
    sample : Sample
        Reads the standardised CAR, (N,), and the number of estimation days.
    exchangeable : bool
        The finite-sample bound for one day, which holds for any least-squares model
        if the day is exchangeable with the estimation days; with a constant mean it
        is that of Saw, Yang and Mo.  NaN for a window of several days.

    Returns
    -------
    Statistic
        ``value`` (N,), the t statistic; its p-value is the bound.
    """
    t, reason = sample.scar, uncovered(sample)
    with np.errstate(divide="ignore", over="ignore"):
        inverse = t**-2.0
    if not exchangeable:
        return Statistic(
            t, "bound", exceed=inverse, draws=np.ones(t.shape), reason=reason
        )
    if not sample.one_day:
        t, reason = np.full(t.shape, np.nan), np.full(t.shape, "one_day_only")
    leverage = sample.parameter_error / np.maximum(sample.length, 1.0)
    days = np.floor((1.0 + leverage) * (sample.df * inverse + 1.0) * (1.0 + TIE))
    return Statistic(
        t, "bound", exceed=days, draws=sample.n_estimation + 1.0, reason=reason
    )
