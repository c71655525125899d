"""How often sums of residuals are positive (methods 4.11), as sums over events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.ranks import TIE
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class PositiveShare:
    """Sums over members of p_i, the share of positive sums of L_i residuals in a row.

    Gaps are skipped: a run is one of consecutive entries in the list of residuals.
    """

    key = "positive_share"

    def start(self, first: FirstPass) -> State:
        """Zeros, (W,): shares of windows and of days, and the events."""
        return {
            name: np.zeros(len(first.windows)) for name in ("window", "daily", "number")
        }

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add the shares of each window's members."""
        runs = _Runs.of(leaf.residuals / first.sigma[leaf.index, None])
        daily = runs.share(_positive(runs.packed, 1), np.ones(leaf.index.size, int))
        for window, member in enumerate(first.member[:, leaf.index]):
            days = np.where(member, first.length[window, leaf.index], 1).astype(int)
            share = daily if (days == 1).all() else runs.positive(days)
            state["window"][window] += share[member].sum()
            state["daily"][window] += daily[member].sum()
            state["number"][window] += member.sum()

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Means ``window`` and ``daily``.

        NaN where there is no event, or one with fewer residuals than the window has
        days.
        """
        n = np.where(state["number"] > 0, state["number"], np.nan)
        return [
            {name: float(state[name][w] / n[w]) for name in ("window", "daily")}
            for w in range(len(first.windows))
        ]


class _Runs(NamedTuple):
    """Residuals without their gaps, NaN behind the last: ``packed`` (E, M).

    In standard deviations; ``days`` (E,) is their number.
    """

    packed: FloatArray
    days: IntArray

    @classmethod
    def of(cls, residuals: FloatArray) -> _Runs:
        """Close the gaps; the residuals are used up."""
        packed, width = residuals, residuals.shape[1]
        used = np.isfinite(residuals)
        days = used.sum(axis=1, dtype=np.int32)
        gappy = np.flatnonzero(days < width)
        if gappy.size:
            rows = np.full((gappy.size, width), np.nan)
            inside = np.arange(width) < days[gappy, None]
            rows[inside] = residuals[gappy][used[gappy]]
            packed[gappy] = rows
        return cls(packed, days)

    def positive(self, length: IntArray) -> FloatArray:
        """Share of positive sums among runs of each length, (E,); NaN = no run."""
        events = np.bincount(length, minlength=1)
        common = int(events.argmax())
        positive = _positive(self.packed, common)
        events[common] = 0
        for size in np.flatnonzero(events).tolist():
            mine = length == size
            positive[mine] = _positive(self.packed[mine], size)
        return self.share(positive, length)

    def share(self, positive: IntArray, length: IntArray) -> FloatArray:
        """Number of positive sums over that of all runs of a length, (E,)."""
        runs = self.days - length + 1
        return np.where(runs > 0, positive / np.maximum(runs, 1), np.nan)


def _positive(rows: FloatArray, size: int) -> IntArray:
    """How many sums of ``size`` neighbours in a row are positive, (E,).

    Rows are added up as one line; sums that reach into the next row are left out.
    Those with a NaN are NaN, which is not positive.
    """
    events, days = rows.shape
    if size > days:
        return np.zeros(events, int)
    positive = np.zeros(rows.size, bool)
    positive[: rows.size - size + 1] = _sums(rows.reshape(-1), size) > TIE
    inside = positive.reshape(rows.shape)[:, : days - size + 1]
    return np.asarray(inside.sum(axis=1, dtype=np.int32))


def _sums(line: FloatArray, size: int) -> FloatArray:
    """Sums of ``size`` neighbours by doubling: no value enters another's sums."""
    if size == 1:
        return line
    half = size // 2
    part = _sums(line, half)
    total = part[:-half] + part[half:]
    return total[:-1] + line[2 * half :] if size % 2 else total


register_reducer(PositiveShare())
