"""What differs between the events of a study: groups, regressions, weighted means."""

from __future__ import annotations

from eventstudy.results.family import with_adjusted
from eventstudy.results.groups import by, compare
from eventstudy.results.regression import CrossSectionRegression, regress
from eventstudy.results.weighted_means import weighted_mean

__all__ = [
    "CrossSectionRegression",
    "by",
    "compare",
    "regress",
    "weighted_mean",
    "with_adjusted",
]
