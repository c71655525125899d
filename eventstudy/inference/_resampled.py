"""Statistics of many events that are compared with draws of themselves."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.drawn_sums import Sums
from eventstudy.core.resampling import Weights
from eventstudy.inference._clusters import cluster_sums
from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._statistic import Statistic


def by_id(values: FloatArray, sample: CrossSection) -> FloatArray:
    """Values of the events, (N,), as a column in the order of their ids."""
    column = np.empty((values.size, 1))
    column[sample.order, 0] = values
    return column


def clustered_t(x: FloatArray, cluster: IntArray) -> Statistic:
    """Student's t of the mean with the clusters' sums as units (methods 4.13).

    Parameters
    ----------
    x : ndarray of shape (N,)
    cluster : ndarray of int, shape (N,)
        From 0 to G - 1, two or more, of any balance.

    Returns
    -------
    Statistic
        NaN ``negative_variance`` where the clusters do not differ.
    """
    mean, total = x.mean(), cluster_sums(x - x.mean(), cluster)
    g = total.size
    error = np.sqrt(g / (g - 1.0) * (total**2).sum()) / x.size
    flat = error <= ROUNDING * float(np.max(np.abs(x)))
    reason = "negative_variance" if flat else ""
    return statistic(np.nan if flat else mean / error, "t", g - 1, reason=reason)


def against_draws(
    value: Statistic, observed: Sums, drawn: Sums, weights: Weights
) -> Statistic:
    """A statistic with the share of draws that are at least as extreme.

    Parameters
    ----------
    value : Statistic
        Of shape (), not NaN.
    observed, drawn : Sums
        Of the data and of the draws, one sample each.
    weights : Weights
        What was drawn.

    Returns
    -------
    Statistic
    """
    # The data are added to the draws where the p-value is made; among all draws that
    # there are they have been counted already.
    found = float(weights.complete)
    return Statistic(
        value.value,
        "empirical",
        exceed=observed.exceeded_by(drawn)[0] - found,
        draws=np.asarray(weights.number - found, float),
        reason=value.reason,
    )


def no_draws(value: Statistic) -> Statistic:
    """A statistic that does not exist, and why."""
    none = np.asarray(np.nan)
    return Statistic(none, "empirical", exceed=none, draws=none, reason=value.reason)
