"""Sign test of the effects against a fair coin."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._sample_conditions import independent, unskewed


@register(
    "sign",
    name="Sign",
    null="An effect is as likely positive as negative; events are independent.",
    reference="Dixon & Mood (1946), J. American Statistical Association 41, 557-566.",
    kind="sample",
    min_events=6,
    conditions=(independent, unskewed()),
    laws=frozenset({"counts"}),
    golden=Golden(
        sample=lambda: cross_section([1, 2, 3, 4, 0]),
        value=4.0,
        p_value=1 / 8,
        source="by hand: 4 of 4 positive, the 0 dropped; p = 2 / 2^4",
    ),
)
def sign(sample: CrossSection) -> Statistic:
    """Count the positive CARs.

    Parameters
    ----------
    sample : CrossSection
        Reads the CARs, (N,); those of exactly 0 are dropped.

    Returns
    -------
    Statistic
        Shape (): number of positive CARs, compared with the binomial distribution,
        exact.  NaN ``needs_more_events`` where no CAR is left.
    """
    positive, negative = (int((s * sample.car > 0).sum()) for s in (1.0, -1.0))
    n = positive + negative
    return Statistic(
        np.asarray(positive if n else np.nan, float),
        "binomial",
        draws=np.asarray(n, float),
        reason=np.asarray("" if n else "needs_more_events"),
    )
