"""Tests with a mistake, or a condition ignored, that the tables of sizes show.

By name: what the form reads, and its p-value as a function of the sample of a window
and of the events' residuals.
"""

import dataclasses

from eventstudy.inference._base import find_test
from eventstudy.inference._resampled import clustered_t


def adjusted(key, sample, r_bar):
    """p-value of an adjusted test with a mean correlation of another making."""
    sums = {"common_dates": {"r_bar": r_bar, "reason": ""}}
    found = find_test(key).compute(dataclasses.replace(sample, sums=sums))
    return found.p_value()


def of_all_pairs(sample, _):
    """The correlation of events that share days taken for that of all pairs."""
    found = sample.sums["common_dates"]
    return adjusted("bmp_adjusted", sample, found["r_bar"] / found["overlapping_pairs"])


def relative_day_correlation(residuals):
    """Mean correlation of all pairs by relative day, as if all had one date."""
    z = residuals - residuals.mean(axis=1, keepdims=True)
    z /= z.std(axis=1, keepdims=True)
    n = len(z)
    return (n * z.mean(axis=0).var() - 1) / (n - 1)


def by_relative_day(key):
    """An adjusted test with that correlation."""
    return lambda sample, residuals: adjusted(
        key, sample, relative_day_correlation(residuals)
    )


def unbalanced(sample, _):
    """Clustered by date, however large one date is."""
    return clustered_t(sample.scar, sample.clusters).p_value()


MISTAKES = {
    "bmp_adjusted|within-date correlation for all pairs": (
        ("common_dates",), of_all_pairs,
    ),
    "bmp_adjusted|r_bar by relative day": ((), by_relative_day("bmp_adjusted")),
    "patell_adjusted|r_bar by relative day": ((), by_relative_day("patell_adjusted")),
    "cluster_by_date|condition ignored": ((), unbalanced),
}  # fmt: skip
