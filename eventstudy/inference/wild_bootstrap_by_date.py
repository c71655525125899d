"""Wild bootstrap of the t that is clustered by date: one weight a date."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy.core.drawn_sums import of_clusters
from eventstudy.core.resampling import cluster_weights, one_draw
from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._clusters import cluster_reason, unskewed_or_many_clusters
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import statistic
from eventstudy.inference._resampled import against_draws, clustered_t, no_draws


@register(
    "wild_bootstrap_by_date",
    name="Wild bootstrap by date",
    null=(
        "The mean effect is zero, effects of a date are as likely up as down; events "
        "whose windows do not overlap are independent."
    ),
    reference=(
        "Cameron, Gelbach & Miller (2008), Rev. Econ. Statistics 90, 414-427; Webb "
        "(2014), QED WP 1315."
    ),
    kind="sample",
    min_events=6,
    conditions=(unskewed_or_many_clusters(50),),
    golden=Golden(
        sample=lambda: cross_section(
            [0, 0] + [1, 1] * 9, dates=[date for date in range(10) for _ in range(2)]
        ),
        value=9.0,
        p_value=4 / 1024,
        source=(
            "by hand: mean 0.9, date sums 0 and nine times 2, deviations -1.8 and nine "
            "times 0.2, variance (10 / 9) 3.6 / 400 = 1 / 100, t = 9; of the 1024 "
            "draws the four that give the nine one sign, with either sign of 0, are as "
            "extreme"
        ),
    ),
)
def wild_bootstrap_by_date(
    sample: CrossSection,
    *,
    on: Literal["scar", "car"] = "scar",
    draws: int = 1999,
) -> Statistic:
    """Give each cluster of overlapping windows one random weight of mean zero.

    Six values below ten clusters or where they are unbalanced, else signs: all of them
    up to twelve clusters.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, their variances and day 0, (N,).
    on : {"scar", "car"}
        What is averaged.
    draws : int
        Random draws, where not all are tried.

    Returns
    -------
    Statistic
        Shape (): the t of ``cluster_by_date``, whatever the balance.  Draws hang on
        the order of the dates, the window and the seed.  NaN ``few_clusters`` below
        ``min_clusters``, ``negative_variance`` where the clusters do not differ.
    """
    x, cluster = sample.scar if on == "scar" else sample.car, sample.clusters
    reason = cluster_reason(cluster, sample.min_clusters, balanced=False)
    if reason:
        return no_draws(statistic(np.nan, "empirical", reason=reason))
    value = clustered_t(x, cluster)
    if np.isnan(value.value):
        return no_draws(value)
    size = np.bincount(cluster)
    drawn = cluster_weights(size, sample.stream("wild_bootstrap_by_date"), draws)
    return against_draws(
        value,
        of_clusters(x[:, None], cluster, one_draw(size.size)),
        of_clusters(x[:, None], cluster, drawn),
        drawn,
    )
