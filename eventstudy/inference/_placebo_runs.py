"""Placebo windows: what the placebo tests share (methods 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import BoolArray, FloatArray
from eventstudy.core.pvalues import attainable
from eventstudy.core.runs import run_starts, run_sums
from eventstudy.inference._base import Condition, Sample, uncovered
from eventstudy.inference._sample import Codes

# Estimation days in a window of the event: fewer, and overlapping runs over-reject.
ENOUGH_WINDOWS = 20


def run_totals(sample: Sample, values: FloatArray, *, separate: bool) -> FloatArray:
    """Sums of ``values`` (N, M, q) over runs as long as the event's window, (N, M, q).

    NaN where no run starts.
    """
    count = np.where(sample.covered, sample.n_rows, 0)
    days = sample.estimation_days
    sums = run_sums(values, days, count)
    starts = run_starts(days.sum(axis=1), count, days.shape[1], separate=separate)
    return np.where(starts[..., None], sums, np.nan)


def missing_reason(sample: Sample, draws: FloatArray, *, separate: bool) -> Codes:
    """Why a placebo p-value does not exist, (N,); empty where it does.

    Separate windows that cannot reach the level are not computed at all.
    """
    reason = np.where(draws > 0, "", "too_few_days")
    if separate:
        reason = np.where(attainable(draws, sample.level), "", "level_not_attainable")
    missing = uncovered(sample)
    return np.where(missing == "", reason, missing)


def _many_windows(sample: Sample, options: Mapping[str, Any]) -> BoolArray:
    if options.get("non_overlapping"):
        return sample.n_rows >= 0
    return sample.n_estimation >= ENOUGH_WINDOWS * sample.n_rows


def _attainable(sample: Sample, options: Mapping[str, Any]) -> BoolArray:
    days, rows = sample.n_estimation, np.maximum(sample.n_rows, 1)
    runs = days // rows if options.get("non_overlapping") else days - rows + 1
    tails = 2.0 if options.get("tails") else 1.0
    return attainable(np.maximum(runs, 0), sample.level / tails)


PLACEBO_CONDITIONS = (
    Condition("overlapping_over_rejects", _many_windows),
    Condition("level_not_attainable", _attainable),
)
