"""Exact t test of an abnormal return or its sum."""

from __future__ import annotations

from eventstudy.inference._base import Golden, Sample, Statistic, register, uncovered
from eventstudy.inference._by_hand import constant_mean


@register(
    "exact_t",
    name="Exact t",
    null=(
        "The abnormal returns of the window sum to zero in expectation; the errors are "
        "normal and their variance is that of the estimation window."
    ),
    reference="MacKinlay (1997), J. Economic Literature 35, 13-39, eqs. 8-12.",
    golden=Golden(
        sample=lambda: constant_mean([1, 1, -2], [3.5]),
        value=1.75,
        p_value=2 / 9,
        source=(
            "by hand: s^2 = 6/2 = 3, v = 3 (1 + 1/3) = 4, t = 3.5/2 = 7/4; with 2 df "
            "p = 1 - t / sqrt(2 + t^2) = 1 - (7/4) / (9/4) = 2/9"
        ),
    ),
)
def exact_t(sample: Sample) -> Statistic:
    """Divide the CAR by its standard error with the full prediction-error matrix.

    The error of the estimated model moves all days of a window together, so the
    variance of the sum holds the covariances between days.  Exact for normal errors
    of unchanged variance; a variance that the event raises makes it reject.

    Parameters
    ----------
    sample : Sample
        Reads the CAR and its variance, (N,).  NaN = the event is not in the window.

    Returns
    -------
    Statistic
        ``value`` (N,), dimensionless, compared with Student's t; ``df`` (N,).
    """
    return Statistic(sample.scar, "t", sample.df, reason=uncovered(sample))
