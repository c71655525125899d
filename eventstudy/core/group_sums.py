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
    of_order = group[order]
    new = np.ones(order.size, bool)
    np.not_equal(of_order[1:], of_order[:-1], out=new[1:])
    first = np.flatnonzero(new)
    if first.size < order.size:
        place = np.arange(order.size) - first[np.cumsum(new) - 1]
        _add_in_pairs([value for _, value in totals_and_values], order, place)
    order, at = order[first], of_order[first]
    for total, value in totals_and_values:
        total[at] += value[order]


def _add_in_pairs(
    values: Sequence[FloatArray | IntArray], order: IntArray, place: IntArray
) -> None:
    """Add all rows of a group to its first; ``place`` is each one's in its group."""
    while (odd := place % 2 == 1).any():
        into, other = order[np.flatnonzero(odd) - 1], order[odd]
        for value in values:
            value[into] += value[other]
        order, place = order[~odd], place[~odd] // 2
