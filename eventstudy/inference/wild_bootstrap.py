"""Wild bootstrap of the cross-sectional t: events keep their size, not their sign."""

from __future__ import annotations

from typing import Literal

import numpy as np

from eventstudy.core.drawn_sums import of_events
from eventstudy.core.resampling import event_weights, one_draw
from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import t_of_mean
from eventstudy.inference._resampled import against_draws, by_id, no_draws
from eventstudy.inference._sample_conditions import independent, unskewed


@register(
    "wild_bootstrap",
    name="Wild bootstrap",
    null=(
        "The mean effect is zero, effects are as likely up as down; effects of "
        "different events are independent."
    ),
    reference="Wu (1986), Ann. Statistics 14, 1261-1295; Webb (2014), QED WP 1315.",
    kind="sample",
    min_events=10,
    conditions=(independent, unskewed(50)),
    golden=Golden(
        sample=lambda: cross_section([1, 2, 3]),
        value=np.sqrt(12.0),
        p_value=0.25,
        source=(
            "by hand: mean 2, sd 1, t = 2 sqrt(3); of the 8 ways to give 1, 2 and 3 "
            "their signs, all plus and all minus are as extreme: 2 / 8"
        ),
    ),
)
def wild_bootstrap(
    sample: CrossSection,
    *,
    weights: Literal["rademacher", "webb"] = "rademacher",
    draws: int = 1999,
) -> Statistic:
    """Give each CAR a random weight of mean zero, and form the t of each draw.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,).
    weights : {"rademacher", "webb"}
        Signs, all 2^N of them up to twelve events, or six values.
    draws : int
        Random draws, where not all are tried.

    Returns
    -------
    Statistic
        Shape (): Student's t of the mean.  Draws hang on ids, window and seed.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all CARs
        are equal.
    """
    value = t_of_mean(sample.car)
    if np.isnan(value.value):
        return no_draws(value)
    x, stream = by_id(sample.car, sample), sample.stream("wild_bootstrap")
    drawn = event_weights(len(x), stream, draws, weights)
    return against_draws(
        value, of_events(x, one_draw(len(x))), of_events(x, drawn), drawn
    )
