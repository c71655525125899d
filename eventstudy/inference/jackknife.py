"""Jackknife of a robust or precision-weighted mean effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.inference._base import (
    Condition,
    CrossSection,
    Golden,
    Statistic,
    register,
)
from eventstudy.inference._clusters import cluster_reason
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._left_out import cut_means, weighted_means
from eventstudy.inference._moments import ROUNDING, statistic
from eventstudy.inference._sample_conditions import independent, unskewed

Kind: TypeAlias = Literal["precision", "trimmed", "winsorised", "mean"]

# Cut, or pulled in, at each end.
SHARE = 0.1


def _independent(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
    return np.asarray(options.get("by_date", False) or independent.holds(sample, {}))


def _clusters(reason: str) -> Condition:
    """With ``by_date``, the clusters carry the test."""

    def holds(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:
        found = ""
        if options.get("by_date", False):
            found = cluster_reason(sample.clusters, sample.min_clusters, balanced=True)
        return np.asarray(found != reason)

    return Condition(reason, holds)


@register(
    "jackknife",
    name="Jackknife",
    null=(
        "The mean effect, weighted by precision unless another mean is asked for, is "
        "zero; events are independent."
    ),
    reference="Giaccotto & Sfiridis (1996), J. Economics and Business 48, 349-370.",
    kind="sample",
    min_events=10,
    conditions=(
        Condition("clustered", _independent),
        _clusters("few_clusters"),
        _clusters("unbalanced_clusters"),
        unskewed(50),
    ),
    golden=Golden(
        sample=lambda: cross_section([0, 1, 2], variance=[1, 1, 0.5]),
        value=1.25 * np.sqrt(27 / 13),
        p_value=1 - np.sqrt(675 / 1091),
        source=(
            "by hand: weights 1, 1, 2, mean 5/4; without one event 5/3, 4/3, 1/2, "
            "about their mean 1/2, 1/6, -2/3; se^2 = (2/3) 13/18 = 13/27; with 2 df "
            "p = 1 - t / sqrt(2 + t^2), t^2 = 675/208"
        ),
    ),
)
def jackknife(
    sample: CrossSection,
    *,
    kind: Kind = "precision",
    by_date: bool = False,
    on: Literal["car", "scar"] = "car",
) -> Statistic:
    """Leave out one event after the other, and see how far the mean moves.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, their variances and, with ``by_date``, day 0, (N,).
    kind : {"precision", "trimmed", "winsorised", "mean"}
        Weighted by 1 / variance; without a tenth of the events at each end; that
        tenth pulled in to its neighbour; the plain mean, whose test is the
        cross-sectional t.
    by_date : bool
        Leave out one cluster of overlapping windows after the other.
    on : {"car", "scar"}
        What is averaged; a standardised CAR has unit variance.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom (clusters
        less 1 with ``by_date``).  NaN ``needs_more_events`` below two events,
        ``few_clusters`` below two clusters, ``negative_variance`` where nothing moves.
    """
    group = sample.clusters if by_date else np.arange(sample.n_events)
    groups = int(group.max()) + 1 if group.size else 0
    if groups < 2:
        reason = "few_clusters" if sample.n_events > 1 else "needs_more_events"
        return statistic(np.nan, "t", groups - 1.0, reason=reason)
    x = sample.car if on == "car" else sample.scar
    variance = sample.variance if on == "car" else np.ones(x.size)
    centre = x.mean()  # means move with it, and differences from it keep their digits
    mean, left_out = _means(x - centre, variance, group, kind)
    error = np.sqrt((groups - 1.0) / groups * ((left_out - left_out.mean()) ** 2).sum())
    if error <= ROUNDING * float(np.max(np.abs(x))):
        return statistic(np.nan, "t", groups - 1.0, reason="negative_variance")
    return statistic((centre + mean) / error, "t", groups - 1.0)


def _means(
    x: FloatArray, variance: FloatArray, group: IntArray, kind: Kind
) -> tuple[float, FloatArray]:
    """The mean of all events, and (G,) without each group."""
    if kind in {"precision", "mean"}:
        weight = 1.0 / variance if kind == "precision" else np.ones(x.size)
        return weighted_means(x, weight, group)
    return cut_means(x, group, SHARE, pull_in=kind == "winsorised")
