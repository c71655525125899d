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
        known = np.isfinite(leaf.residual_sar)
        sar = np.where(known, leaf.residual_sar, 0.0)
        state["number"] += member @ known.astype(float)
        state["sum"] += member @ sar
        sar *= sar
        state["squares"] += member @ sar

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window ``ratio`` and ``p_value``; NaN below five events.

        ``ratio`` is the variance across events of their standardised abnormal
        returns, averaged over the window's days; the mean correlation of clustered
        events makes it smaller by 1 - r_bar, which is not made up for here.
        ``p_value`` is its one-sided rank among runs of as many estimation days.
        """
        return [
            _ratio(
                across(*first.sar_moments[w, :, first.columns(w)], fewest=2.0),
                across(
                    *(state[name][w] for name in ("number", "sum", "squares")),
                    fewest=max(3.0, first.member[w].sum() / 2),
                ),
                int(first.member[w].sum()),
            )
            for w in range(len(first.windows))
        ]


def across(
    number: FloatArray, total: FloatArray, squares: FloatArray, *, fewest: float
) -> FloatArray:
    """Variance across events of each day, divisor n - 1; NaN with fewer events."""
    n = np.where(number >= fewest, number, np.nan)
    return np.asarray(np.maximum(squares - total**2 / n, 0.0) / (n - 1.0))


def _ratio(window: FloatArray, days: FloatArray, n: int) -> Mapping[str, float]:
    """Mean variance of the window, and its rank among runs of estimation days."""
    known = window[np.isfinite(window)]
    if n < FEWEST_EVENTS or known.size == 0:
        return {"ratio": np.nan, "p_value": np.nan}
    ratio = float(known.mean())
    runs = np.lib.stride_tricks.sliding_window_view(days, window.size).mean(axis=1)
    runs = runs[np.isfinite(runs)]
    p_value = (1 + np.count_nonzero(runs >= ratio)) / (1 + runs.size)
    return {"ratio": ratio, "p_value": p_value if runs.size else np.nan}


register_reducer(EventVariance())
