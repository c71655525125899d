"""Ranks of abnormal returns by relative day (methods 4.9), as sums over events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.ranks import midranks
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class RankSums:
    """Sums over events of U = rank / (T_i + 1) - 1/2, and their number, by day.

    Columns are the M estimation days, then the L2 event-window days.
    """

    key = "rank_sums"

    def start(self, first: FirstPass) -> State:
        """Zeros, (W, T) each."""
        columns = _days(first.estimation_window) + _days(first.event_window)
        shape = (len(first.windows), columns)
        return {"score": np.zeros(shape), "number": np.zeros(shape)}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Rank each event's days, and add its scores where it is a member."""
        member = first.member[:, leaf.index].astype(float)
        both = np.concatenate([leaf.residuals, leaf.abnormal_returns], axis=1)
        known = np.isfinite(both)
        score = midranks(both) / (known.sum(axis=1, keepdims=True) + 1.0) - 0.5
        state["score"] += member @ np.where(known, score, 0.0)
        state["number"] += member @ known.astype(float)

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window ``z`` (T,): scores over the root of their number; NaN = no event."""
        number: FloatArray = state["number"]
        z = state["score"] / np.sqrt(np.where(number > 0, number, np.nan))
        estimation = _days(first.estimation_window)
        return [
            {"estimation": z[w, :estimation], "event": z[w, estimation:][first.columns(w)],
             "all": z[w]}
            for w in range(len(first.windows))
        ]  # fmt: skip


def _days(window: tuple[int, int]) -> int:
    return window[1] - window[0] + 1


register_reducer(RankSums())
