"""Ranks of restandardised abnormal returns by relative day (methods 4.9), summed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy.core.ranks import sort_rows
from eventstudy.core.reducers._by_day import add_ranks, finish_days, no_days
from eventstudy.core.reducers._restandardised import spreads
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class RestandardisedRankSums:
    """Sums by day of U, from SARs divided on event days by their spread across events.

    The spread is that of the window's members; windows of the same members share it.
    """

    key = "restandardised_rank_sums"

    def start(self, first: FirstPass) -> State:
        """Zeros."""
        return no_days(first, "rank")

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Rank each event's days for each set of members."""
        found = spreads(first)
        for windows, spread in zip(found.groups, found.days, strict=True):
            values = np.concatenate([leaf.residual_sar, leaf.sar / spread], axis=1)
            add_ranks(state, sort_rows(values), leaf, first, windows)

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """``rank`` as in ``rank_sums``, and ``most``: events on the fullest day."""
        return [
            {
                "rank": found,
                "most": float(first.sar_moments[w, 0, first.columns(w)].max()),
            }
            for w, found in enumerate(finish_days(state, first, "rank"))
        ]


register_reducer(RestandardisedRankSums())
