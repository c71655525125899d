"""The standardised cross-sectional test for events that share days."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, Golden, Statistic, register
from eventstudy.inference._dependence import adjusted_t
from eventstudy.inference._events_by_hand import cross_section
from eventstudy.inference._sample_conditions import unskewed


@register(
    "bmp_adjusted",
    name="BMP, adjusted for correlation",
    null=(
        "The mean standardised effect is zero, whatever its variance; events may "
        "share days, and covariances rise with the variances."
    ),
    reference="Kolari & Pynnönen (2010), Review of Financial Studies 23, 3996-4025.",
    kind="sample",
    min_events=3,
    reads=("common_dates",),
    conditions=(unskewed(50),),
    golden=Golden(
        sample=lambda: cross_section(
            [2, 4, 6], variance=4.0,
            sums={"common_dates": {"r_bar": 0.2, "reason": ""}},
        ),
        value=np.sqrt(48 / 7),
        p_value=1 - np.sqrt(24 / 31),
        source=(
            "by hand: SCAR = 1, 2, 3: t = 2 sqrt(3), times sqrt(0.8 / 1.4): "
            "sqrt(48 / 7); with 2 df p = 1 - t / sqrt(2 + t^2) = 1 - sqrt(48 / 62)"
        ),
    ),
)  # fmt: skip
def bmp_adjusted(sample: CrossSection) -> Statistic:
    """Shrink the BMP statistic by the correlation of events that share days.

    The correlation is that of their estimation-window residuals, weighted by how far
    their windows overlap; without overlap this is BMP to the bit.

    Parameters
    ----------
    sample : CrossSection
        Reads CARs and their variances, (N,), and the mean correlation ``r_bar``.

    Returns
    -------
    Statistic
        Shape (), compared with Student's t with N - 1 degrees of freedom.  NaN
        ``needs_more_events`` below two events, ``negative_variance`` where all
        standardised CARs are equal, ``few_common_days`` and ``invalid_r_bar`` where
        the correlation is not known or leaves no variance.
    """
    return adjusted_t(sample.scar, sample, "r_bar")
