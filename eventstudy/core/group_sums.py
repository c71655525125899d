"""Rows added to the totals of their groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eventstudy._typing import FloatArray, IntArray


def add_by_group(
    totals_and_values: Sequence[tuple[FloatArray | IntArray, FloatArray | IntArray]],
    group: IntArray,
    rows: IntArray,
) -> None:
    """Add rows to the totals of their groups, in place.

    Rows of one group are first added in pairs, then the pairs in pairs, so that no
    group is written to twice at once.

    Parameters
    ----------
    totals_and_values : sequence of pairs of ndarray, shapes (G, ...) and (n, ...)
        The values are used up.
    group : ndarray of int, shape (n,)
        From 0 to G - 1.
    rows : ndarray of int, shape (r,)
        Which of the n are added.
    """
    order = rows[np.argsort(group[rows], kind="stable")]
    new = np.ones(order.size, bool)
    new[1:] = np.diff(group[order]) > 0
    place = np.arange(order.size) - np.flatnonzero(new)[np.cumsum(new) - 1]
    while (odd := place % 2 == 1).any():
        into, other = order[np.flatnonzero(odd) - 1], order[odd]
        for _, value in totals_and_values:
            value[into] += value[other]
        order, place = order[~odd], place[~odd] // 2
    at = group[order]
    for total, value in totals_and_values:
        total[at] += value[order]
