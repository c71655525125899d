"""Rank test of Corrado and Zivney, for a variance that the event raises."""

from __future__ import annotations

import math

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._moments import statistic
from eventstudy.inference._rank_days import window_of_days
from eventstudy.inference._ranks_by_hand import ranked
from eventstudy.inference._sample_conditions import same_dates_only, unskewed


@register(
    "corrado_zivney_rank",
    name="Corrado-Zivney rank",
    null=(
        "The standardised abnormal returns of the window, over their spread across "
        "events, rank among those of the other days as any of these do; they are "
        "symmetric about zero."
    ),
    reference=(
        "Corrado & Zivney (1992), J. Financial and Quantitative Analysis 27, 465-478."
    ),
    kind="sample",
    min_events=20,
    reads=("restandardised_rank_sums",),
    conditions=(same_dates_only, unskewed()),
    laws=frozenset({"gap"}),
    golden=Golden(
        sample=lambda: ranked("restandardised_rank_sums", [2, 1, 3, 4], [1, 3, 2, 4]),
        value=0.6 / math.sqrt(0.14),
        p_value=math.erfc(0.3 / math.sqrt(0.07)),
        source=(
            "by hand: U = rank / 5 - 1/2, z = (-4, -2, 0, 6) / (10 sqrt(2)), S^2 = "
            "0.28 / 4 = 0.07, (0.6 / sqrt(2)) / sqrt(0.07); p = erfc(z / sqrt(2))"
        ),
    ),
)
def corrado_zivney_rank(sample: CrossSection, *, fpc: bool = False) -> Statistic:
    """Rank standardised returns, those of event days over their spread across events.

    As ``corrado``, but a day on which all events vary more is brought back to the
    scale of the others first.

    Parameters
    ----------
    sample : CrossSection
        Reads the scores of each day found by ``restandardised_rank_sums``.
    fpc : bool
        Ranks are drawn without replacement: a smaller variance for long windows.

    Returns
    -------
    Statistic
        Shape (), compared with the normal distribution.  NaN ``needs_more_events``
        where no day of the window has two events, ``negative_variance`` where their
        returns do not differ.
    """
    if sample.n_events < 2:
        return statistic(np.nan, "normal", reason="needs_more_events")
    found = sample.sums["restandardised_rank_sums"]
    if found["most"] < 2:
        return statistic(np.nan, "normal", reason="needs_more_events")
    if not np.isfinite(found["rank"]["window"]).any():
        return statistic(np.nan, "normal", reason="negative_variance")
    return window_of_days(found["rank"], fpc=fpc)
