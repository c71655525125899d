"""Which events have windows that overlap, directly or through others (methods 4.13)."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import IntArray


def date_clusters(day0: IntArray, days: int) -> IntArray:
    """Connected component of overlapping windows of each event, in the order of time.

    Parameters
    ----------
    day0 : ndarray of int, shape (N,)
        Calendar position of day 0.
    days : int
        Length of the windows.

    Returns
    -------
    ndarray of int, shape (N,)
        From 0.

    Examples
    --------
    >>> date_clusters(np.array([9, 3, 5, 20]), 3)
    array([1, 0, 0, 2])
    """
    order = np.argsort(day0, kind="stable")
    component = np.empty(day0.size, int)
    component[order] = np.cumsum(np.diff(day0[order], prepend=day0[order[:1]]) >= days)
    return component
