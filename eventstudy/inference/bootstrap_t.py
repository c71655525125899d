"""Bootstrap of the cross-sectional t: events drawn with replacement."""

from __future__ import annotations

import numpy as np

from eventstudy.core.drawn_sums import of_events, of_resamples
from eventstudy.core.resampling import one_draw, resamples
from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._moments import t_of_mean
from eventstudy.inference._resampled import against_draws, by_id, no_draws
from eventstudy.inference._sample_conditions import independent, unskewed


@register(
    "bootstrap_t",
    name="Bootstrap t",
    null="The mean effect is zero; effects of different events are independent.",
    reference="Hall & Wilson (1991), Biometrics 47, 757-762.",
    kind="sample",
    min_events=10,
    conditions=(independent, unskewed(50)),
    golden=Golden(
        sample=lambda: cross_section([7, 9] * 20),
        value=8 * np.sqrt(39.0),
        p_value=1 / 2000,
        source=(
            "by hand: mean 8, variance 40 / 39, t = 8 sqrt(39); about the mean all are "
            "+-1, where only forty times the same one has a larger t, 2 in 2^40"
        ),
    ),
)
def bootstrap_t(sample: CrossSection, *, draws: int = 1999) -> Statistic:
    """Draw events anew around their own mean, and form the t of each draw.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,).
    draws : int
        Redrawn samples.

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
    x = by_id(sample.car, sample)
    weights = resamples(sample.n_events, sample.stream("bootstrap_t"), draws)
    return against_draws(
        value, of_events(x, one_draw(len(x))), of_resamples(x, weights), weights
    )
