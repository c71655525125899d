"""Clusters of overlapping windows: sums, and whether there are enough of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.inference._base import Condition, CrossSection
from eventstudy.inference._sample_conditions import unskewed


def cluster_sums(x: FloatArray, cluster: IntArray) -> FloatArray:
    """Sums of the G clusters, (G,), of values (N,)."""
    return np.asarray(np.bincount(cluster, x), float)


def cluster_means(x: FloatArray, cluster: IntArray) -> FloatArray:
    """Means of the G clusters, (G,), of values (N,)."""
    return np.asarray(np.bincount(cluster, x) / np.bincount(cluster))


def cluster_reason(cluster: IntArray, min_clusters: int, *, balanced: bool) -> str:
    """Why the clusters do not carry a test; empty where they do.

    Parameters
    ----------
    cluster : ndarray of int, shape (N,)
        Number of each event's cluster, from 0.
    min_clusters : int
        At least two are needed in any case.
    balanced : bool
        Whether one cluster may hold at most 2 N / G of the N events.

    Returns
    -------
    str
        ``few_clusters``, ``unbalanced_clusters`` or empty.
    """
    size = np.bincount(cluster)
    if size.size < max(2, min_clusters):
        return "few_clusters"
    if balanced and size.max() * size.size > 2 * cluster.size:
        return "unbalanced_clusters"
    return ""


def unskewed_or_many_clusters(g: int) -> Condition:
    """Symmetric enough, or at least g clusters."""
    symmetric = unskewed()

    def holds(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
        many = sample.n_events > 0 and int(sample.clusters.max()) + 1 >= g
        return np.asarray(many or bool(symmetric.holds(sample, options)))

    return Condition("skewed", holds, reads=symmetric.reads)
