"""Runs of consecutive valid estimation days: the placebo windows of methods 3.4."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray


def run_sums(values: FloatArray, used: BoolArray, length: IntArray) -> FloatArray:
    """Sums over every run of so many used columns in order; gaps are bridged.

    Parameters
    ----------
    values : ndarray of shape (N, M, q)
        What is summed over the columns; anything where not ``used``.
    used : ndarray of bool, shape (N, M)
    length : ndarray of int, shape (N,)
        Columns in a run of each event; 0 = no runs.

    Returns
    -------
    ndarray of shape (N, M, q)
        Position i holds the run that starts at the i-th used column; NaN where no
        run starts.
    """
    order = np.argsort(~used, axis=1, kind="stable")
    kept = np.where(used[..., None], values, 0.0)
    packed = np.take_along_axis(kept, order[..., None], axis=1)
    sums = np.full(packed.shape, np.nan)
    for size in np.unique(length[(length > 0) & (length <= used.shape[1])]):
        mine = length == size
        sums[mine] = _windowed(packed[mine], int(size))
    starts = run_starts(used.sum(axis=1), length, used.shape[1])
    return np.where(starts[..., None], sums, np.nan)


def run_starts(
    count: IntArray, length: IntArray, columns: int, *, separate: bool = False
) -> BoolArray:
    """Which positions among the used columns start a run.

    Parameters
    ----------
    count, length : ndarray of int, shape (N,)
        Used columns, and columns in a run (0 = no runs).
    columns : int
        M, the number of positions.
    separate : bool
        Only runs that do not overlap, counted back from the last used column.

    Returns
    -------
    ndarray of bool, shape (N, M)
    """
    room = count[:, None] - np.arange(columns)
    size = length[:, None]
    starts = (room >= size) & (size > 0)
    return starts & (room % np.maximum(size, 1) == 0) if separate else starts


def _windowed(values: FloatArray, size: int) -> FloatArray:
    """Sums of ``size`` neighbours by doubling, without prefix sums.

    A value enters the sums of its own windows only, so that one enormous return
    cannot spoil the digits of the others.
    """
    total, part = np.zeros(values.shape), values.copy()
    width, offset = 1, 0
    while True:
        if size & width:
            total[:, : values.shape[1] - offset] += part[:, offset:]
            offset += width
        if offset >= size:
            return total
        part[:, :-width] += part[:, width:]
        width *= 2
