"""Which test carries the verdict of a sample (methods 9), fixed before any result."""

from __future__ import annotations

import numpy as np

from eventstudy.inference._base import CrossSection, find_test

FEW = 10
SKEWED_BELOW = 50
SKEWNESS = 1.0
PLACEBO, ADJUSTED = "placebo_in_time", "bmp_adjusted"
BY_DATE = ("cluster_by_date", "date_means", "wild_bootstrap_by_date")


def sample_headline(sample: CrossSection) -> tuple[str, str]:
    """The headline test of a sample, and the one that confirms it.

    It depends on the number of events, their dates, the estimation days, the window
    and estimation-window residuals alone.

    Parameters
    ----------
    sample : CrossSection

    Returns
    -------
    headline, confirming : str
        Keys; both empty with fewer than three events, ``confirming`` empty where no
        test can confirm.
    """
    if sample.n_events < 3:
        return "", ""
    placebo = _valid(PLACEBO, sample)
    if sample.n_events < FEW:
        return (PLACEBO, ADJUSTED) if placebo else (ADJUSTED, "")
    if placebo and sample.n_events < SKEWED_BELOW and _skewed(sample):
        return PLACEBO, ADJUSTED
    if sample.shared_dates and not sample.staggered and np.unique(sample.day0).size > 1:
        by_date = next((key for key in BY_DATE if _valid(key, sample)), "")
        if by_date:
            return ADJUSTED, by_date
    return ADJUSTED, PLACEBO if placebo else ""


def _valid(key: str, sample: CrossSection) -> bool:
    return bool(find_test(key)(sample).valid)


def _skewed(sample: CrossSection) -> bool:
    found = sample.sums.get("residual_moments", {}).get("skewness", np.nan)
    return bool(abs(found) > SKEWNESS)
