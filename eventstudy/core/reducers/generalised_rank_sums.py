"""Ranks and signs of standardised windows among estimation days (methods 4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.ranks import TIE, medians, ranks, signs, sort_rows
from eventstudy.core.reducers._by_day import days_of
from eventstudy.core.reducers._restandardised import spreads
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class GeneralisedRankSums:
    """Sums by day of U and G over the estimation days and one artificial day, the last.

    On that day stands SCAR / sd(SCAR).  The estimation days are ranked once; a window
    raises by one the ranks of what lies above its SCAR.
    """

    key = "generalised_rank_sums"

    def start(self, first: FirstPass) -> State:
        """Zeros: ``rank``, ``sign``, ``number`` (W, M + 1), ``variance`` (W,)."""
        windows = len(first.windows)
        shape = (windows, days_of(first.estimation_window) + 1)
        sums: State = {name: np.zeros(shape) for name in ("rank", "sign", "number")}
        return sums | {"variance": np.zeros(windows)}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Rank the estimation days, then insert each window's SCAR."""
        sar = leaf.residual_sar
        rows = sort_rows(sar)
        scar = _scar(first, leaf.index) / spreads(first).scar[:, None]
        member = first.member[:, leaf.index].astype(float)
        weight = member / (rows.count + 2.0)
        rank = ranks(rows)
        state["rank"][:, :-1] += weight @ rank
        state["number"][:, :-1] += member @ (rank > 0).astype(float)
        state["number"][:, -1] += member.sum(axis=1)
        state["variance"] += weight @ rows.count / 12.0
        for window, value in enumerate(np.where(member > 0, scar, 0.0)):
            above, own = _inserted(sar, rows.count, value)
            state["rank"][window, :-1] += weight[window] @ above
            state["rank"][window, -1] += weight[window] @ own
            middle = medians(rows, value)
            state["sign"][window, :-1] += member[window] @ signs(sar, middle)
            own_sign = signs(value[:, None], middle)
            state["sign"][window, -1:] += member[window] @ own_sign

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Means of the events of each day.

        Returns
        -------
        list of dict, one a window
            ``rank``, ``sign`` (M + 1,): NaN on days of no event; ``number`` (M + 1,);
            ``variance``: of the sum of U on the artificial day.
        """
        number: FloatArray = state["number"]
        n = np.where(number > 0, number, np.nan)
        rank, sign = state["rank"] / n - 0.5, state["sign"] / n
        return [
            {
                "rank": rank[w],
                "sign": sign[w],
                "number": number[w],
                "variance": float(state["variance"][w]),
            }
            for w in range(len(first.windows))
        ]


def _scar(first: FirstPass, index: IntArray) -> FloatArray:
    """Standardised CARs of some events, (W, E)."""
    return np.asarray(first.car[:, index] / np.sqrt(first.variance[:, index]))


def _inserted(
    sar: FloatArray, count: IntArray, value: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """What one more value in every row does to the ranks.

    Parameters
    ----------
    sar : ndarray of shape (E, M)
    count, value : ndarray of shape (E,)

    Returns
    -------
    above : ndarray of shape (E, M)
        What it adds to the ranks of the others: 1 above it, half for a tie.
    own : ndarray of shape (E,)
        Its own rank among all.
    """
    low, high = value[:, None] - TIE, value[:, None] + TIE
    above = np.add(sar > high, sar >= low, dtype=float)
    above /= 2.0
    return above, count + 1.0 - above.sum(axis=1)


register_reducer(GeneralisedRankSums())
