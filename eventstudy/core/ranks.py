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
    missing : ndarray of bool, shape (E, T)
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
    missing: BoolArray
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
    count = values.shape[1] - missing.sum(axis=1, dtype=np.int32)
    column, near = _in_steps(values, missing, tie)
    again = np.flatnonzero(near)
    if not again.size:
        return Rows(values, missing, column, count, tie, again)
    limit = tie[again] if isinstance(tie, np.ndarray) else tie
    column[again], close = _exactly(values[again], missing[again], limit)
    return Rows(values, missing, column, count, tie, again[close])


def _in_steps(
    values: FloatArray, missing: BoolArray, tie: FloatArray | float
) -> tuple[IntArray, BoolArray]:
    """Columns in the order of rounded values, and the rows it does not settle."""
    days = values.shape[1]
    columns, bits = np.arange(days, dtype=np.int32), _bits(days)
    highest = (1 << (31 - bits)) - 1
    steps = highest - 4 * days  # the room above is for missing values
    if steps < days:
        return np.tile(columns, (len(values), 1)), np.ones(len(values), bool)
    scaled, some = np.abs(values), missing.any()
    if some:
        np.copyto(scaled, 0.0, where=missing)
    largest = scaled.max(axis=1, keepdims=True, initial=0.0)
    factor = steps / np.where(largest > 0, largest, np.inf)
    with np.errstate(invalid="ignore"):
        np.multiply(values, factor, out=scaled)
        if some:
            np.copyto(scaled, highest - 3.0 * columns, where=missing)
        key = scaled.astype(np.int32)
    key <<= bits
    key |= columns
    key.sort(axis=1)
    near = _smallest_gap(key) < 2 << bits
    near |= ~(np.isfinite(largest) & (largest > np.multiply(tie, steps)))[:, 0]
    key &= (1 << bits) - 1
    return key, near


def _smallest_gap(key: IntArray) -> IntArray:
    """Least difference of neighbours in each row, (E,)."""
    line, gap = key.reshape(-1), np.empty_like(key)
    # As one line, which is faster; the last column holds what spans two rows.
    np.subtract(line[1:], line[:-1], out=gap.reshape(-1)[:-1])
    return np.asarray(gap[:, :-1].min(axis=1, initial=(1 << 31) - 1))


def _bits(days: int) -> int:
    """Bits that hold the number of a column."""
    return max(days - 1, 1).bit_length()


def _exactly(
    values: FloatArray, missing: BoolArray, tie: FloatArray | float
) -> tuple[IntArray, BoolArray]:
    """Columns in ascending order, and the rows in which neighbours may be tied.

    Columns ride in the last bits of the numbers: a plain sort takes half the time of
    one that returns the order.  A NaN among the values would slow it fourfold.
    """
    columns = np.arange(values.shape[1])
    last_bits = np.int64((1 << _bits(columns.size)) - 1)
    key = np.where(missing, MISSING + APART * columns, values).view(np.int64)
    key &= ~last_bits
    key |= columns
    number = key.view(np.float64)
    number.sort(axis=1)
    apart = np.maximum(np.abs(number[:, 1:]), np.abs(number[:, :-1]))
    apart *= 2.0 ** (_bits(columns.size) - 50)
    close = np.diff(number, axis=1) <= apart + tie
    return key & last_bits, np.asarray(close.any(axis=1))


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
    result = _inverse(rows.column).astype(float)
    result += 1.0
    _average_ties(result, rows)
    np.copyto(result, 0.0, where=rows.missing)
    return result


def _inverse(column: IntArray) -> IntArray:
    """Place of each column: sorted again, which is faster than scattered."""
    days = column.shape[1]
    bits = _bits(days)
    key = column << bits if 2 * bits < 32 else column.astype(np.int64) << bits
    key |= np.arange(days, dtype=key.dtype)
    key.sort(axis=1)
    key &= (1 << bits) - 1
    return key


def _average_ties(rank: FloatArray, rows: Rows) -> None:
    """Average ranks over runs of ties, in place."""
    close = rows.close
    if not close.size:
        return
    column = rows.column[close]
    value = np.take_along_axis(rows.values[close], column, axis=1)
    tie = np.broadcast_to(rows.tie, (len(rows.values), 1))[close]
    new = np.ones(value.shape, bool)
    new[:, 1:] = ~(np.diff(value, axis=1) <= tie)
    run = np.cumsum(new.reshape(-1)) - 1
    place = np.tile(np.arange(1.0, value.shape[1] + 1.0), close.size)
    mean = np.bincount(run, place) / np.bincount(run)
    rank[close[:, None], column] = mean[run].reshape(new.shape)


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
    half = rows.count // 2
    places = np.stack([half - 1, half, (rows.count - 1) // 2, (rows.count + 1) // 2])
    low, middle, centre, high = _at(rows, places)
    if one_more is None:
        some = rows.count > 0
        return np.where(some, centre, np.nan) / 2 + np.where(some, middle, np.nan) / 2
    # The k-th of T + 1 values is the new one, held between the k-th and the one before.
    first = np.maximum(np.minimum(one_more, middle), low)
    second = np.maximum(np.minimum(one_more, high), centre)
    return np.asarray((first + second) / 2)


def _at(rows: Rows, places: IntArray) -> FloatArray:
    """Values of each row at some places of its order, (P, E); infinite beyond."""
    inside = np.minimum(np.maximum(places, 0), rows.column.shape[1] - 1)
    event = np.arange(rows.count.size)
    value: FloatArray = rows.values[event, rows.column[event, inside]]
    value[places >= rows.count] = np.inf
    value[places < 0] = -np.inf
    return value


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
