"""Ranks and signs of abnormal returns by relative day (methods 4.9), summed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.ranks import TIE, medians, signs, sort_rows
from eventstudy.core.reducers._by_day import add_ranks, add_signs, finish_days, no_days
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class RankSums:
    """Sums by day over estimation and event window, T_i values of each event.

    Of U = rank / (T_i + 1) - 1/2, and of G = sign(AR - median of the T_i values).
    """

    key = "rank_sums"

    def start(self, first: FirstPass) -> State:
        """Zeros."""
        return no_days(first, "rank", "sign")

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Rank each event's days, compare them with their median, add the members."""
        values = _daily(leaf)
        tie = TIE * first.sigma[leaf.index, None]
        rows = sort_rows(values, tie)
        add_ranks(state, rows, leaf, first)
        add_signs(state, signs(values, medians(rows), tie), leaf, first)

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """``rank`` and ``sign`` of each window: scores over the root of their number.

        Each has ``days`` (M + L2,) and, of these, ``window`` (L,).
        """
        rank, sign = (finish_days(state, first, name) for name in ("rank", "sign"))
        return [{"rank": r, "sign": s} for r, s in zip(rank, sign, strict=True)]


def _daily(leaf: Leaf) -> FloatArray:
    """Residuals, then abnormal returns; one of d days is divided by the root of d."""
    both = np.concatenate([leaf.residuals, leaf.abnormal_returns], axis=1)
    if not leaf.whole_days:
        both /= np.sqrt(np.concatenate([leaf.residual_spans, leaf.spans], axis=1))
    return both


register_reducer(RankSums())
