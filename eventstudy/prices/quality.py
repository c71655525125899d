"""The gate for every price series: refuse what falsifies, note what might."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray
from eventstudy.errors import BadDataError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.adjustments import check_splits
from eventstudy.prices.days import list_days, read_days
from eventstudy.prices.suspicions import JUMP, leaps, notes

RETURN_DAYS = 5
NEGATIVE_WAY_OUT = (
    "A bid-ask average in CRSP files has a minus sign: take .abs(). Returns belong "
    "into returns=."
)


def admit(series: PriceSeries, parameter: str = "prices") -> PriceSeries:
    """Check a series and return it with what was found as notes.

    Parameters
    ----------
    series : PriceSeries
        From any provider.
    parameter : str
        The argument it came by, for errors.

    Returns
    -------
    PriceSeries
        The same prices; ``notes`` name what might mislead, each with its days (see
        :func:`eventstudy.prices.suspicions.notes`).

    Raises
    ------
    BadDataError
        Days that are unsorted, repeated or have clock times; prices that are
        infinite, zero or negative; a jump by a factor of 50 and back; adjusted closes
        that leave out a recorded split; no price at all.
    """
    frame = series.frame
    check_days(frame, parameter)
    priced = [name for name in ("close", "adj_close") if name in frame]
    if not priced or frame[priced].isna().all(axis=None):
        raise BadDataError(
            parameter,
            series.ticker,
            "there is not one closing price",
            "Pass a column close or adj_close with numbers.",
        )
    for name in priced:
        check_positive(frame[name], parameter)
        check_unit(frame[name], parameter)
    check_splits(frame, parameter)
    found = (*series.notes, *notes(frame))
    return dataclasses.replace(series, notes=tuple(dict.fromkeys(found)))


def check_days(frame: pd.DataFrame, parameter: str = "prices") -> None:
    """Refuse a frame whose index is not a sorted, unique one of naive midnights."""
    days = read_days(frame.index, parameter)
    index = frame.index
    if not isinstance(index, pd.DatetimeIndex) or index.tz or index.dtype != days.dtype:
        raise BadDataError(
            parameter,
            type(frame.index).__name__,
            "a provider hands over naive midnights in nanoseconds",
            "Use index.tz_localize(None).as_unit('ns').",
        )


def check_positive(prices: pd.Series[float], parameter: str = "prices") -> None:
    """Refuse prices that are infinite, zero or negative; NaN = no price: allowed."""
    values = prices.to_numpy()
    reasons = (
        (
            np.isinf(values),
            "a price is infinite",
            "Replace it by NaN if it is unknown.",
        ),
        (values == 0, "a price is zero", "Replace it by NaN if nothing was traded."),
        (
            values < 0,
            "a price is negative",
            NEGATIVE_WAY_OUT,
        ),
    )
    for bad, bound, way_out in reasons:
        if bad.any():
            days = list_days(pd.DatetimeIndex(prices.index[bad]))
            raise BadDataError(
                parameter,
                float(values[bad.argmax()]),
                f"{bound} in {prices.name} on {days}",
                way_out,
            )


def check_unit(prices: pd.Series[float], parameter: str = "prices") -> None:
    """Refuse a jump by a factor of 50 or more that is undone within five days."""
    valid = prices.dropna()
    direction = leaps(valid)
    at = np.flatnonzero(direction)
    back = (np.diff(at) <= RETURN_DAYS) & (direction[at][1:] != direction[at][:-1])
    if back.any():
        row = int(at[back.argmax()])
        raise BadDataError(
            parameter,
            float(valid.iloc[row]),
            f"{prices.name} jumps by a factor of {JUMP:.0f} or more on "
            f"{valid.index[row].date()} and back",
            "Correct the unit of these days (pence against pounds), or make them NaN.",
        )


def check_benchmark(
    firm: FloatArray, benchmark: FloatArray, parameter: str = "market"
) -> None:
    """Refuse a benchmark that never moves, or is the firm itself.

    Parameters
    ----------
    firm, benchmark : ndarray of shape (T,)
        Returns on the same days, decimals; NaN = missing.
    parameter : str
        "market" or "industry", for the error.

    Raises
    ------
    BadDataError
        When all returns of the benchmark are one number, or equal the firm's on all
        common days (two or more).
    """
    moves = benchmark[np.isfinite(benchmark)]
    if len(moves) > 1 and np.ptp(moves) <= 1e-12:
        raise BadDataError(
            parameter,
            float(moves[0]),
            "its return is the same on every day: nothing can be measured by it",
            "Pass another one, or use model='constant_mean'.",
        )
    common = np.isfinite(firm) & np.isfinite(benchmark)
    gap = np.abs(firm[common] - benchmark[common])
    if len(gap) > 1 and gap.max() <= 1e-12:
        raise BadDataError(
            parameter,
            parameter,
            "its returns are those of the firm on every day",
            f"Pass another {parameter}.",
        )
