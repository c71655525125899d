"""Rank test of Corrado, for missing returns and for windows of several days."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import statistic
from eventstudy.inference._rank_days import window_of_days
from eventstudy.inference._ranks_by_hand import ranked
from eventstudy.inference._sample_conditions import same_dates_only, steady_variance


@register(
    "corrado",
    name="Corrado rank",
    null=(
        "The abnormal returns of the window rank among those of the other days as any "
        "of these do; their variance is that of the estimation window."
    ),
    reference=(
        "Corrado (1989), J. Financial Economics 23, 385-395; missing returns: Corrado "
        "& Zivney (1992), J. Financial and Quantitative Analysis 27, 465-478; windows: "
        "Campbell & Wasley (1993), J. Financial Economics 33, 73-92."
    ),
    kind="sample",
    min_events=5,
    reads=("rank_sums",),
    conditions=(same_dates_only, steady_variance),
    laws=frozenset({"gap"}),
    golden=Golden(
        sample=lambda: ranked("rank_sums", [1, 2, 3, 4], [2, 1, 3, 4]),
        value=math.sqrt(2.0),
        p_value=math.erfc(1.0),
        source=(
            "by hand: U = rank / 5 - 1/2, z = (-4, -4, 2, 6) / (10 sqrt(2)), S^2 = "
            "0.36 / 4 = 0.09, (0.6 / sqrt(2)) / 0.3 = sqrt(2); p = erfc(1)"
        ),
    ),
)
def corrado(sample: CrossSection, *, fpc: bool = False) -> Statistic:
    """Compare the ranks of the window's days with those of all days.

    Each abnormal return is ranked within its event over the estimation days and the
    whole event window.  The spread of the mean ranks from day to day judges the
    window, which holds any correlation between events of the same date.

    Parameters
    ----------
    sample : CrossSection
        Reads the scores of each day found by ``rank_sums``.
    fpc : bool
        Ranks are drawn without replacement: a smaller variance for long windows.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``no_abnormal_return`` where no event has one.
    """
    if sample.n_events < 2:
        return statistic(np.nan, "normal", reason="needs_more_events")
    return window_of_days(sample.sums["rank_sums"]["rank"], fpc=fpc)
