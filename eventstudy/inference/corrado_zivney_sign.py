"""Sign test of Corrado and Zivney, about each event's median."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import statistic
from eventstudy.inference._rank_days import window_of_days
from eventstudy.inference._ranks_by_hand import signed
from eventstudy.inference._sample_conditions import same_dates_only


@register(
    "corrado_zivney_sign",
    name="Corrado-Zivney sign",
    null=(
        "The abnormal returns of the window are as likely above as below the median of "
        "their event's days."
    ),
    reference=(
        "Corrado & Zivney (1992), J. Financial and Quantitative Analysis 27, 465-478."
    ),
    kind="sample",
    min_events=6,
    reads=("rank_sums",),
    conditions=(same_dates_only,),
    laws=frozenset({"gap"}),
    golden=Golden(
        sample=lambda: signed("rank_sums", [-1, -1, 1, 1], [-1, 1, -1, 1]),
        value=math.sqrt(2.0),
        p_value=math.erfc(1.0),
        source=(
            "by hand: z = (-2, 0, 0, 2) / sqrt(2), S^2 = 4 / 4 = 1, (2 / sqrt(2)) / 1; "
            "p = erfc(1)"
        ),
    ),
)
def corrado_zivney_sign(sample: CrossSection) -> Statistic:
    """Compare the signs of the window's days with those of all days.

    The sign is about the median of the event's estimation days and whole event
    window, so returns need not be symmetric.  The spread of the mean signs from day
    to day judges the window.

    Parameters
    ----------
    sample : CrossSection
        Reads the signs of each day found by ``rank_sums``.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        below two events, ``no_abnormal_return`` where no event has one.
    """
    if sample.n_events < 2:
        return statistic(np.nan, "normal", reason="needs_more_events")
    return window_of_days(sample.sums["rank_sums"]["sign"])
