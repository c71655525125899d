"""Ranks within rows, ties averaged, missing values left out."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import FloatArray


def midranks(values: FloatArray) -> FloatArray:
    """Rank each row from 1, ties averaged.

    Parameters
    ----------
    values : ndarray of shape (E, T)
        NaN = missing.

    Returns
    -------
    ndarray of shape (E, T)
        NaN where ``values`` is.

    Notes
    -----
    NaN slows numpy's vectorised sort; as infinity it sorts last at full speed.
    """
    missing = np.isnan(values)
    filled = np.where(missing, np.inf, values)
    order = np.argsort(filled, axis=1)
    ordered = np.take_along_axis(filled, order, axis=1)
    ranks = np.empty(values.shape)
    place = np.broadcast_to(np.arange(1.0, values.shape[1] + 1.0), values.shape)
    np.put_along_axis(ranks, order, _averaged(ordered, place), axis=1)
    return np.where(missing, np.nan, ranks)


def _averaged(ordered: FloatArray, place: FloatArray) -> FloatArray:
    """Places in sorted rows, averaged over runs of equal values."""
    new = np.ones(ordered.shape, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    tied = ~new.all(axis=1)
    if not tied.any():
        return place
    result = place.copy()
    rows = np.flatnonzero(tied)
    run = np.cumsum(new[rows].ravel()) - 1
    total = np.bincount(run, place[rows].ravel())
    count = np.bincount(run)
    result[rows] = (total / count)[run].reshape(rows.size, -1)
    return result
