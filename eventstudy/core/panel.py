"""A panel of returns, and events as positions in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventstudy._typing import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Returns of F firms on one calendar of T trading days.

    Parameters
    ----------
    returns : ndarray of shape (F, T)
        Decimals; the return that ends on each day.  NaN = none.
    spans : ndarray of shape (F, T)
        Trading days it covers; 0 = none.
    benchmarks : tuple of mappings
        For each benchmark the daily series its model reads, (T,) each, by name.
    """

    returns: FloatArray
    spans: FloatArray
    benchmarks: tuple[Mapping[str, FloatArray], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """N events as positions in a panel.

    Parameters
    ----------
    firm, day0, benchmark : ndarray of int, shape (N,)
        Row, calendar position of day 0, and benchmark of each event.
    keys : ndarray of uint64, shape (N,)
        A number made from each event's id, for its random streams.
    """

    firm: IntArray
    day0: IntArray
    benchmark: IntArray
    keys: IntArray

    def __len__(self) -> int:
        return int(self.firm.size)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What results re-read: a panel with its labels.

    Parameters
    ----------
    panel : Panel
    events : Events
    dates : ndarray of datetime64, shape (T,)
        The trading days of the panel.
    closes : ndarray of shape (F, T)
        Unadjusted closes; NaN = none.
    tickers : tuple of str
        Names of the F firms.
    ids : tuple of str
        Names of the N events.
    """

    panel: Panel
    events: Events
    dates: NDArray[np.datetime64]
    closes: FloatArray
    tickers: tuple[str, ...]
    ids: tuple[str, ...]


def event_keys(ids: Iterable[str]) -> IntArray:
    """A number for each id, the same in every process."""
    digests = [hashlib.sha256(name.encode()).digest()[:8] for name in ids]
    return np.array([int.from_bytes(digest, "little") for digest in digests], np.uint64)


def without_days(panel: Panel, events: Events, days: IntArray) -> Panel:
    """The panel with some calendar days taken out of one event's firm.

    Parameters
    ----------
    panel : Panel
    events : Events
        One event.
    days : ndarray of int
        Calendar positions whose returns are not to be used.

    Returns
    -------
    Panel
        A copy; the given panel is unchanged.
    """
    firm = int(events.firm[0])
    returns, spans = panel.returns.copy(), panel.spans.copy()
    hit = _touches(spans[firm], days)
    returns[firm, hit], spans[firm, hit] = np.nan, 0.0
    return Panel(returns, spans, panel.benchmarks)


def _touches(spans: FloatArray, days: IntArray) -> BoolArray:
    """Observations whose span holds one of the days."""
    end = np.arange(spans.size)
    wanted = np.zeros(spans.size + 1)
    wanted[days[(days >= 0) & (days < spans.size)] + 1] = 1.0
    count = np.cumsum(wanted)
    start = np.maximum(end - spans.astype(int) + 1, 0)
    return np.asarray((spans > 0) & (count[end + 1] - count[start] > 0))
