"""Ranks and signs of standardised windows among estimation days (methods 4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.ranks import TIE, Rows, medians, ranks, signs, sort_rows
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
        rows = sort_rows(leaf.residual_sar)
        ranked = ranks(rows)
        member = first.member[:, leaf.index].astype(float)
        weight = member / (rows.count + 2.0)
        rank, number = np.zeros((2, *state["rank"].shape))
        rank[:, :-1] = weight @ ranked
        number[:, :-1] = member @ (~rows.missing).astype(float)
        number[:, -1] = member.sum(axis=1)
        values = _artificial_day(first, leaf.index)
        for window, value in enumerate(np.where(member > 0, values, 0.0)):
            above = _above(leaf.residual_sar, value)
            rank[window, :-1] += weight[window] @ above / 2.0
            own = rows.count + 1.0 - above.sum(axis=1) / 2.0
            rank[window, -1] = weight[window] @ np.where(np.isnan(value), np.nan, own)
            state["sign"][window] += _signs(
                leaf.residual_sar, rows, value, member[window]
            )
        state["rank"] += rank - number / 2.0
        state["number"] += number
        state["variance"] += weight @ rows.count / 12.0

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
        rank, sign = state["rank"] / n, state["sign"] / n
        return [
            {
                "rank": rank[w],
                "sign": sign[w],
                "number": number[w],
                "variance": float(state["variance"][w]),
            }
            for w in range(len(first.windows))
        ]


def _artificial_day(first: FirstPass, index: IntArray) -> FloatArray:
    """SCAR over its spread across events, (W, E)."""
    scar = first.car[:, index] / np.sqrt(first.variance[:, index])
    return np.asarray(scar / spreads(first).scar[:, None])


def _above(sar: FloatArray, value: FloatArray) -> FloatArray:
    """2 where a day is above one more value in its row, 1 for a tie, else 0, (E, M)."""
    above, level = sar > value[:, None] + TIE, sar >= value[:, None] - TIE
    return np.add(above.view(np.int8), level.view(np.int8)).astype(float)


def _signs(
    sar: FloatArray, rows: Rows, value: FloatArray, member: FloatArray
) -> FloatArray:
    """Sums of signs about the median with one more value, the last, (M + 1,)."""
    middle = medians(rows, value)
    days, own = signs(sar, middle), signs(value[:, None], middle)
    return np.concatenate([member @ each.astype(float) for each in (days, own)])


register_reducer(GeneralisedRankSums())
