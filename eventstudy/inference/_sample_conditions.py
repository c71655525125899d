"""When the level of a many-event test is assured: the conditions of methods 4.20."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray
from eventstudy.inference._base import Condition, CrossSection

LARGEST_VARIANCE_RATIO = 1.5
SMALLEST_VARIANCE_P = 0.05
LARGEST_SKEWNESS = 1.0


def _no_shared_day(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
    """No two windows share a calendar day."""
    return np.asarray(not np.any(np.diff(np.sort(sample.day0)) < sample.days))


def _no_offset(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
    """Windows that share a calendar day are on the same date."""
    apart = np.diff(np.sort(sample.day0))
    return np.asarray(not np.any((apart > 0) & (apart < sample.days)))


def _steady(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
    """Neither the variance ratio of the window nor its placebo p speak against it.

    Reads ``ratio`` and ``p_value`` of ``sums["event_variance"]``; what is not there
    or NaN speaks against nothing.
    """
    found = sample.sums.get("event_variance", {})
    large = np.greater(found.get("ratio", np.nan), LARGEST_VARIANCE_RATIO)
    rare = np.less(found.get("p_value", np.nan), SMALLEST_VARIANCE_P)
    return np.asarray(not (large or rare))


independent = Condition("clustered", _no_shared_day)
same_dates_only = Condition("staggered", _no_offset)
steady_variance = Condition("event_variance", _steady, reads=("event_variance",))


def unskewed(n: float = np.inf) -> Condition:
    """Symmetric enough, or at least n events; none are enough by default.

    Reads ``skewness`` of ``sums["residual_moments"]``, that of the estimation-window
    residuals of all events; without it the condition holds.
    """

    def holds(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
        found = sample.sums.get("residual_moments", {}).get("skewness", np.nan)
        skewed = np.greater(np.abs(found), LARGEST_SKEWNESS)
        return np.asarray(sample.n_events >= n or not skewed)

    return Condition("skewed", holds, reads=("residual_moments",))


def estimation_days(m: int) -> Condition:
    """Half of the events have at least m estimation days."""

    def holds(sample: CrossSection, options: Mapping[str, Any]) -> BoolArray:  # noqa: ARG001
        return np.asarray(float(np.median(sample.n_estimation)) >= m)

    return Condition("too_few_days", holds)
