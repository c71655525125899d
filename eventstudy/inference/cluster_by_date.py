"""Mean effect with a variance that adds up clusters of overlapping windows."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._clusters import (
    cluster_reason,
    cluster_sums,
    unskewed_or_many_clusters,
)
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import ROUNDING, statistic


@register(
    "cluster_by_date",
    name="Clustered by date",
    null=(
        "The mean effect is zero; events whose windows do not overlap are independent."
    ),
    reference="Liang & Zeger (1986), Biometrika 73, 13-22.",
    kind="sample",
    min_events=6,
    conditions=(unskewed_or_many_clusters(50),),
    golden=Golden(
        sample=lambda: cross_section([0, 2, 3, 3], dates=[5, 5, 9, 9]),
        value=2.0,
        p_value=1 - 2 * np.arctan(2.0) / np.pi,
        source=(
            "by hand: mean 2, deviations sum to -2 and 2, variance 2 (4 + 4) / 16 = 1; "
            "with 1 df p = 1 - (2 / pi) arctan(t)"
        ),
    ),
)
def cluster_by_date(
    sample: CrossSection, *, on: Literal["scar", "car"] = "scar"
) -> Statistic:
    """Let events of one date, and of windows that overlap, move together.

    Clusters are the connected components of overlapping windows, G of them.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, their variances and day 0, (N,).
    on : {"scar", "car"}
        What is averaged.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with G - 1 degrees of freedom.  NaN
        ``few_clusters`` below ``min_clusters``, ``unbalanced_clusters`` where one
        holds more than 2 N / G events, ``negative_variance`` where the clusters do
        not differ.
    """
    x, cluster = sample.scar if on == "scar" else sample.car, sample.clusters
    reason = cluster_reason(cluster, sample.min_clusters, balanced=True)
    if reason:
        return statistic(np.nan, "t", np.nan, reason=reason)
    mean, n = x.mean(), x.size
    total = cluster_sums(x - mean, cluster)
    g = total.size
    error = np.sqrt(g / (g - 1.0) * (total**2).sum()) / n
    if error <= ROUNDING * float(np.max(np.abs(x))):
        return statistic(np.nan, "t", g - 1, reason="negative_variance")
    return statistic(mean / error, "t", g - 1)
