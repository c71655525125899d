"""Student's t of the mean effects of separate dates."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._clusters import (
    cluster_means,
    cluster_reason,
    unskewed_or_many_clusters,
)
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import statistic, t_of_mean


@register(
    "date_means",
    name="Date means",
    null=(
        "The mean effect of the average date is zero; events whose windows do not "
        "overlap are independent."
    ),
    reference="Fama & MacBeth (1973), J. Political Economy 81, 607-636.",
    kind="sample",
    min_events=6,
    conditions=(unskewed_or_many_clusters(50),),
    golden=Golden(
        sample=lambda: cross_section([0, 2, 3, 3], dates=[5, 5, 9, 9]),
        value=2.0,
        p_value=1 - 2 * np.arctan(2.0) / np.pi,
        source=(
            "by hand: date means 1 and 3, mean 2, sd sqrt(2), t = sqrt(2) 2 / sqrt(2); "
            "with 1 df p = 1 - (2 / pi) arctan(t)"
        ),
    ),
)
def date_means(
    sample: CrossSection, *, on: Literal["scar", "car"] = "scar"
) -> Statistic:
    """Average within clusters of overlapping windows first, then test their mean.

    A date with many events counts as much as a date with one.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, their variances and day 0, (N,).
    on : {"scar", "car"}
        What is averaged.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with G - 1 degrees of freedom, G clusters.
        NaN ``few_clusters`` below ``min_clusters``, ``negative_variance`` where all
        date means are equal.
    """
    x, cluster = sample.scar if on == "scar" else sample.car, sample.clusters
    reason = cluster_reason(cluster, sample.min_clusters, balanced=False)
    if reason:
        return statistic(np.nan, "t", np.nan, reason=reason)
    return t_of_mean(cluster_means(x, cluster))
