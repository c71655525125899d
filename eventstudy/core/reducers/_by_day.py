"""Sums over events by relative day: M estimation days, then L2 event-window days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.ranks import Rows, ranks
from eventstudy.core.residual_pass import FirstPass, Leaf, State


def days_of(window: tuple[int, int]) -> int:
    """Days of a window, both ends included."""
    return window[1] - window[0] + 1


def no_days(first: FirstPass, *names: str) -> State:
    """Zeros, (W, M + L2) each: the sums so named, and the ``number`` of events."""
    columns = days_of(first.estimation_window) + days_of(first.event_window)
    shape = (len(first.windows), columns)
    return {name: np.zeros(shape) for name in (*names, "number")}


def add_ranks(
    state: State,
    rows: Rows,
    leaf: Leaf,
    first: FirstPass,
    windows: Sequence[int] | None = None,
) -> None:
    """Add U = rank / (T_i + 1) - 1/2 of members, and their number, by day.

    Parameters
    ----------
    state : dict
        Has ``rank``.
    rows : Rows
        Of M + L2 columns.
    leaf, first
    windows : sequence of int, optional
        All by default.
    """
    weight = 1.0 / (rows.count + 1.0)
    which = np.asarray(range(len(first.windows)) if windows is None else windows)
    member = first.member[which[:, None], leaf.index].astype(float)
    number = _sums(member, ~rows.missing, leaf, first, which)
    score = _sums(member * weight, ranks(rows), leaf, first, which) - number / 2
    state["rank"][which] += score
    state["number"][which] += number


def add_signs(state: State, sign: IntArray, leaf: Leaf, first: FirstPass) -> None:
    """Add the signs of members by day; ``add_ranks`` adds their number.

    Parameters
    ----------
    state : dict
        Has ``sign``.
    sign : ndarray of shape (E, M + L2)
        0 where missing.
    leaf, first
    """
    member = first.member[:, leaf.index].astype(float)
    state["sign"] += _sums(member, sign, leaf, first, np.arange(len(first.windows)))


def _sums(
    weight: FloatArray,
    values: FloatArray | IntArray | BoolArray,
    leaf: Leaf,
    first: FirstPass,
    windows: IntArray,
) -> FloatArray:
    """Weighted sums by day, (windows, M + L2), of returns that lie in the window."""
    number: FloatArray = values.astype(float, copy=False)
    total: FloatArray = weight @ number
    if not first.straddling and not leaf.whole_days:
        for row, window in enumerate(windows.tolist()):
            at, early = _begun_before(leaf, first, window)
            total[row, at] -= weight[row] @ (number[:, at] * early)
    return total


def _begun_before(leaf: Leaf, first: FirstPass, window: int) -> tuple[slice, BoolArray]:
    """Columns of a window, and the returns in it that begin before it."""
    columns = first.columns(window)
    spans = leaf.spans[:, columns]
    offset = leaf.residuals.shape[1]
    at = slice(offset + columns.start, offset + columns.stop)
    return at, spans > np.arange(1, spans.shape[1] + 1)


def finish_days(
    state: State, first: FirstPass, name: str
) -> list[dict[str, FloatArray]]:
    """Scores over the root of their number, z.

    Returns
    -------
    list of dict, one a window
        ``days`` (M + L2,), and of these ``window`` (L,); NaN on days of no event.
    """
    number: FloatArray = state["number"]
    z = state[name] / np.sqrt(np.where(number > 0, number, np.nan))
    offset = days_of(first.estimation_window)
    return [
        {"days": z[w], "window": z[w, offset:][first.columns(w)]}
        for w in range(len(first.windows))
    ]
