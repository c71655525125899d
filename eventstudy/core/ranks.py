"""Ranks, medians and signs within rows; missing values are left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray

# Values that are equal in exact arithmetic differ by rounding, prediction errors of
# equal returns for one.  In units of their standard deviation.
TIE = 1e-12

# Sorts behind every number, and no two columns alike.
MISSING, APART = 1e308, 1e303


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """E rows of T values and their ascending order.

    Parameters
    ----------
    values : ndarray of shape (E, T)
        As given; NaN = missing.
    column : ndarray of int, shape (E, T)
        Columns in ascending order of their values, to 12 digits; missing ones last.
    count : ndarray of int, shape (E,)
        Values that are not missing.
    tie : ndarray of shape (E, 1), or float
        Neighbours that differ by no more are tied; NaN: none are.
    close : ndarray of int
        The rows in which neighbours may be tied.
    """

    values: FloatArray
    column: IntArray
    count: IntArray
    tie: FloatArray | float
    close: IntArray


def sort_rows(values: FloatArray, tie: FloatArray | float = TIE) -> Rows:
    """Sort every row.

    Parameters
    ----------
    values : ndarray of shape (E, T)
        NaN = missing.
    tie : ndarray of shape (E, 1), or float

    Returns
    -------
    Rows

    Notes
    -----
    Whole numbers of 32 bits are sorted four times as fast as floats.  Rows are sorted
    in steps of some millionths of their largest value first, and those again in which
    two values lie too close for that.
    """
    missing = np.isnan(values)
    column, near = _in_steps(values, missing, tie)
    close = np.flatnonzero(near)
    column[close] = _exactly(values[close], missing[close])
    return Rows(values, column, values.shape[1] - missing.sum(axis=1), tie, close)


def _in_steps(
    values: FloatArray, missing: BoolArray, tie: FloatArray | float
) -> tuple[IntArray, BoolArray]:
    """Columns in the order of rounded values, and the rows it does not settle."""
    days = values.shape[1]
    columns, bits = np.arange(days, dtype=np.int32), max(days - 1, 1).bit_length()
    highest = (1 << (31 - bits)) - 1
    steps = highest - 4 * days  # the room above is for missing values
    if steps < days:
        return np.tile(columns, (len(values), 1)), np.ones(len(values), bool)
    some = missing.any()
    known = np.where(missing, 0.0, values) if some else values
    largest = np.abs(known).max(axis=1, keepdims=True, initial=0.0)
    scaled = known * (steps / np.where(largest > 0, largest, np.inf))
    if some:
        np.copyto(scaled, highest - 3.0 * columns, where=missing)
    with np.errstate(invalid="ignore"):
        key = scaled.astype(np.int32)
    key <<= bits
    key |= columns
    key.sort(axis=1)
    near = (key[:, 1:] - key[:, :-1] < 2 << bits).any(axis=1)
    near |= ~(np.isfinite(largest) & (largest > np.multiply(tie, steps)))[:, 0]
    key &= (1 << bits) - 1
    return key, near


def _exactly(values: FloatArray, missing: BoolArray) -> IntArray:
    """Columns in ascending order; they ride in the last bits of the numbers.

    A plain sort takes half the time of one that returns the order.  A NaN among the
    values would slow it fourfold.
    """
    columns = np.arange(values.shape[1])
    last_bits = np.int64((1 << max(columns.size - 1, 1).bit_length()) - 1)
    key = np.where(missing, MISSING + APART * columns, values).view(np.int64)
    key &= ~last_bits
    key |= columns
    key.view(np.float64).sort(axis=1)
    return key & last_bits


def ranks(rows: Rows) -> FloatArray:
    """Rank each row from 1, ties averaged.

    Parameters
    ----------
    rows : Rows

    Returns
    -------
    ndarray of shape (E, T)
        By column; 0 where the value is missing.
    """
    days = rows.column.shape[1]
    number = np.arange(1.0, days + 1.0)
    if (rows.count == days).all():
        place = np.tile(number, (rows.count.size, 1))
    else:
        place = np.where(number <= rows.count[:, None], number, 0.0)
    _average_ties(place, rows)
    result = np.empty(place.shape)
    result.reshape(-1)[_flat(rows.column)] = place
    return result


def _flat(column: IntArray) -> IntArray:
    """Positions in the array as one line, which numpy reaches four times as fast."""
    events, days = column.shape
    return np.asarray(column + np.arange(0, events * days, days)[:, None])


def _average_ties(place: FloatArray, rows: Rows) -> None:
    """Average places over runs of ties, in place."""
    close = rows.close
    value = np.take_along_axis(rows.values[close], rows.column[close], axis=1)
    tie = np.broadcast_to(rows.tie, (len(rows.values), 1))[close]
    tied = np.diff(value, axis=1) <= tie
    some = np.flatnonzero(tied.any(axis=1))
    new = np.ones((some.size, value.shape[1]), bool)
    new[:, 1:] = ~tied[some]
    run = np.cumsum(new.reshape(-1)) - 1
    which = close[some]
    mean = np.bincount(run, place[which].reshape(-1)) / np.bincount(run)
    place[which] = mean[run].reshape(new.shape)


def medians(rows: Rows, one_more: FloatArray | None = None) -> FloatArray:
    """Median of each row, or of the row and one more value.

    Parameters
    ----------
    rows : Rows
    one_more : ndarray of shape (E,), optional
        NaN gives NaN.

    Returns
    -------
    ndarray of shape (E,)
        NaN where there is no value.
    """
    count = rows.count
    if one_more is None:
        low, high = _at(rows, np.maximum(count - 1, 0) // 2), _at(rows, count // 2)
        return np.where(count > 0, (low + high) / 2, np.nan)
    # The k-th of T + 1 values is the new one, held between the k-th and the one before.
    low, high = (
        np.maximum(np.minimum(one_more, _at(rows, k)), _at(rows, k - 1))
        for k in (count // 2, (count + 1) // 2)
    )
    return np.asarray((low + high) / 2)


def _at(rows: Rows, k: IntArray) -> FloatArray:
    """The k-th value of each row; beyond the ends infinite."""
    inside = np.clip(k, 0, rows.column.shape[1] - 1)
    event = np.arange(k.size)
    value = rows.values[event, rows.column[event, inside]]
    return np.where(k < 0, -np.inf, np.where(k < rows.count, value, np.inf))


def signs(
    values: FloatArray, middle: FloatArray, tie: FloatArray | float = TIE
) -> IntArray:
    """Sign of values less the middle of their row.

    Parameters
    ----------
    values : ndarray of shape (E, T)
        NaN = missing.
    middle : ndarray of shape (E,)
    tie : ndarray of shape (E, 1), or float
        What differs by no more is equal.

    Returns
    -------
    ndarray of int8, shape (E, T)
        -1, 0 or 1; 0 where missing.
    """
    about = middle[:, None]
    above, below = values > about + tie, values < about - tie
    return np.subtract(above.view(np.int8), below.view(np.int8))
