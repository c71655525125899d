"""How much the spread of returns rises around the events (methods 4.17, 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer

FEWEST_EVENTS = 5


class EventVariance:
    """Number, sum and sum of squares of standardised residuals by estimation day."""

    key = "event_variance"

    def start(self, first: FirstPass) -> State:
        """Zeros, (W, M) each."""
        days = first.estimation_window[1] - first.estimation_window[0] + 1
        shape = (len(first.windows), days)
        return {name: np.zeros(shape) for name in ("number", "sum", "squares")}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add those of the members of each window."""
        member = first.member[:, leaf.index].astype(float)
        for name, power in zip(state, leaf.sar_powers, strict=True):
            state[name] += member @ power

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window ``ratio`` and ``p_value``; NaN below five events.

        ``ratio`` is the variance across events of their standardised abnormal
        returns, averaged over the window's days; the mean correlation of clustered
        events makes it smaller by 1 - r_bar, which is not made up for here.
        ``p_value`` is its one-sided rank among runs of as many estimation days.
        Days with fewer than three events, or half of all, count in neither.
        """
        result = []
        for w, member in enumerate(first.member):
            n = int(member.sum())
            fewest = max(3.0, n / 2)
            window = across(first.sar_moments[w, :, first.columns(w)], fewest)
            moments = [state[name][w] for name in ("number", "sum", "squares")]
            days = across(np.stack(moments), fewest)
            result.append(_ratio(window, days if n >= FEWEST_EVENTS else days[:0]))
        return result


def across(moments: FloatArray, fewest: float) -> FloatArray:
    """Variance across events of each day, divisor n - 1; NaN with fewer events.

    Parameters
    ----------
    moments : ndarray of shape (3, n days)
        Number, sum and sum of squares.
    fewest : float
    """
    number, total, squares = moments
    n = np.where(number >= fewest, number, np.nan)
    return np.asarray(np.maximum(squares - total**2 / n, 0.0) / (n - 1.0))


def _ratio(window: FloatArray, days: FloatArray) -> Mapping[str, float]:
    """Mean variance of the window, and its rank among runs of estimation days."""
    ratio = float(_means(window, window.size)[0])
    if not days.size or np.isnan(ratio):
        return {"ratio": np.nan, "p_value": np.nan}
    # A window may be longer than the whole of the estimation days.
    runs = _means(days, window.size) if days.size >= window.size else days[:0]
    runs = runs[np.isfinite(runs)]
    p_value = (1 + int((runs >= ratio).sum())) / (1 + runs.size)
    return {"ratio": ratio, "p_value": p_value if runs.size else np.nan}


def _means(values: FloatArray, length: int) -> FloatArray:
    """Means over runs of days, of those that have a value; NaN where none has."""
    runs = np.lib.stride_tricks.sliding_window_view(values, length)
    known = np.isfinite(runs)
    number = known.sum(axis=1)
    total = np.where(known, runs, 0.0).sum(axis=1)
    return np.asarray(total / np.where(number > 0, number, np.nan))


register_reducer(EventVariance())
