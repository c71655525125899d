"""The window moved back through the estimation days, event by event (methods 4.15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import IntArray
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer
from eventstudy.core.slots import Slots

# Numbers worked on at once: larger arrays cost more to get from the system than to
# fill.
ROOM = 1 << 16


class PlaceboShifts:
    """Number, sum and sum of squares of standardised sums by shift.

    All events are moved back together, so what they share they keep sharing.  Shift s
    is admissible if the whole slot, as long as the window, lies in the estimation
    window.
    """

    key = "placebo_shifts"
    reads_rows = True

    def start(self, first: FirstPass) -> State:
        """Zeros; the admissible shifts of all windows side by side."""
        width = sum(_slots(first, w) for w in range(len(first.windows)))
        return {name: np.zeros(width) for name in ("number", "sum", "squares")}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add the members of each window that are covered at each shift."""
        used = np.flatnonzero(first.member[:, leaf.index].any(axis=0))
        _, m, k = leaf.residual_rows.shape
        step = max(8, ROOM // ((2 + k) * m))
        for start in range(0, used.size, step):
            part = slice(start, start + step)
            everyone = used.size == leaf.index.size
            _add(state, leaf, first, part if everyone else used[part])

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window ``number``, ``sum``, ``squares`` by shift, the smallest last."""
        ends = np.cumsum([_slots(first, w) for w in range(len(first.windows))])
        parts = {name: np.split(total, ends[:-1]) for name, total in state.items()}
        return [
            {name: part[w] for name, part in parts.items()}
            for w in range(len(first.windows))
        ]


def _add(state: State, leaf: Leaf, first: FirstPass, part: slice | IntArray) -> None:
    """Add some events of a leaf."""
    index = leaf.index[part]
    longest = max(last - start + 1 for start, last in first.windows)
    sigma = first.sigma[index]
    slots = Slots.of(leaf, part, sigma, longest, straddling=first.straddling)
    end = 0
    for w, (start, last) in enumerate(first.windows):
        begin, end = end, end + _slots(first, w)
        if begin == end:
            continue
        score, covered = slots.scores(start, last - start + 1)
        here = covered * first.member[w, index, None].astype(float)
        score *= here
        state["number"][begin:end] += here.sum(axis=0)
        state["sum"][begin:end] += score.sum(axis=0)
        score *= score
        state["squares"][begin:end] += score.sum(axis=0)


def _slots(first: FirstPass, window: int) -> int:
    """Slots of the window's length among the estimation days, each a shift."""
    start, end = first.windows[window]
    begin, last = first.estimation_window
    return max(0, (last - begin) - (end - start) + 1)


register_reducer(PlaceboShifts())
