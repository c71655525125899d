"""Means of values without each of some groups, in O(N log N)."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray, IntArray


def weighted_means(
    x: FloatArray, weight: FloatArray, group: IntArray
) -> tuple[float, FloatArray]:
    """The weighted mean, and that without each group.

    Parameters
    ----------
    x, weight : ndarray of shape (N,)
    group : ndarray of int, shape (N,)
        From 0 to G - 1, G at least 2.

    Returns
    -------
    mean : float
    left_out : ndarray of shape (G,)
    """
    total, mass = (weight * x).sum(), weight.sum()
    gone, gone_mass = np.bincount(group, weight * x), np.bincount(group, weight)
    return float(total / mass), np.asarray((total - gone) / (mass - gone_mass))


def cut_means(
    x: FloatArray, group: IntArray, share: float, *, pull_in: bool
) -> tuple[float, FloatArray]:
    """The trimmed or winsorised mean, and that without each group.

    Of n values the floor(share n) smallest and largest are cut off, or pulled in to
    the nearest one that is kept.

    Parameters
    ----------
    x : ndarray of shape (N,)
    group : ndarray of int, shape (N,)
        From 0 to G - 1, G at least 2.
    share : float
        Below one half.
    pull_in : bool
        Winsorise.

    Returns
    -------
    mean : float
    left_out : ndarray of shape (G,)

    Notes
    -----
    Sorted once.  Without a group, the value of rank r among those left has a rank
    higher by the number of its members below it; a member of sorted place s, the
    j-th of its group, has s - j others below it.
    """
    order = np.argsort(x, kind="stable")
    value, owner = x[order], group[order]
    size = np.bincount(group)
    below = np.arange(x.size) - _place_in_group(owner, size)
    left = x.size - size
    cut = (share * left).astype(int)
    low, high = (
        rank + np.bincount(owner[below <= rank[owner]], minlength=size.size)
        for rank in (cut, left - cut - 1)
    )
    place = np.arange(x.size)
    inside = (place >= low[owner]) & (place <= high[owner])
    gone = np.bincount(owner[inside], value[inside], minlength=size.size)
    upto = np.concatenate([[0.0], np.cumsum(value)])
    total = upto[high + 1] - upto[low] - gone
    left_out = _mean(total, left, cut, value[low] + value[high], pull_in)
    all_cut = int(share * x.size)
    kept = value[all_cut : x.size - all_cut]
    mean = _mean(kept.sum(), x.size, all_cut, kept[0] + kept[-1], pull_in)
    return float(mean), left_out


def _mean(
    total: FloatArray,
    n: IntArray | int,
    cut: IntArray | int,
    ends: FloatArray,
    pull_in: bool,
) -> FloatArray:
    return np.asarray((total + cut * ends) / n if pull_in else total / (n - 2 * cut))


def _place_in_group(owner: IntArray, size: IntArray) -> IntArray:
    """How many of the same group stand before each, (N,)."""
    order = np.argsort(owner, kind="stable")
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    place = np.empty(owner.size, int)
    place[order] = np.arange(owner.size) - np.repeat(first, size)
    return place
