"""A panel of returns, and events as positions in it."""

from __future__ import annotations

import dataclasses
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
        Decimals; the return that ends on each day.  NaN = none.  ``StoredRows`` may
        stand for it, and for the spans.
    spans : ndarray of shape (F, T)
        Trading days it covers; 0 = none.
    benchmarks : tuple of mappings
        For each benchmark the daily series its model reads, (T,) each, by name.
    estimable : ndarray of bool, shape (F, T), optional
        Returns that may be used for estimation; all by default.
    """

    returns: FloatArray
    spans: FloatArray
    benchmarks: tuple[Mapping[str, FloatArray], ...]
    estimable: BoolArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """N events as positions in a panel.

    Parameters
    ----------
    firm, day0, benchmark : ndarray of int, shape (N,)
        Row, calendar position of day 0, and benchmark of each event.
    keys : ndarray of uint64, shape (N,)
        A number made from each event's id, for its random streams.
    estimation : ndarray of int, shape (N, 2), optional
        First and last relative day of each event's own estimation window, within that
        of the design; the design's by default.
    event_window : ndarray of int, shape (N, 2), optional
        The same of each event's own event window.
    """

    firm: IntArray
    day0: IntArray
    benchmark: IntArray
    keys: IntArray
    estimation: IntArray | None = None
    event_window: IntArray | None = None

    def __len__(self) -> int:
        return int(self.firm.size)

    def take(self, index: IntArray | slice) -> Events:
        """Some of the events."""
        before, around = (
            None if own is None else own[index]
            for own in (self.estimation, self.event_window)
        )
        return Events(
            self.firm[index], self.day0[index], self.benchmark[index],
            self.keys[index], before, around,
        )  # fmt: skip

    def around(self, window: tuple[int, int]) -> tuple[IntArray, IntArray]:
        """First and last calendar position of each event window, (N,) each.

        Parameters
        ----------
        window : tuple of int
            The relative days of events that have none of their own.
        """
        own = self.event_window
        days = np.tile(np.array(window, int), (len(self), 1)) if own is None else own
        return self.day0 + days[:, 0], self.day0 + days[:, 1]

    def reach_over(self, window: tuple[int, int]) -> BoolArray:
        """Whether each event's own event window holds a window, (N,)."""
        if self.event_window is None:
            return np.ones(len(self), bool)
        first, last = self.event_window.T
        return np.asarray((first <= window[0]) & (window[1] <= last))


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
    digests = b"".join(hashlib.sha256(name.encode()).digest()[:8] for name in ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64)


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
    return dataclasses.replace(panel, returns=returns, spans=spans)


def event_days(
    events: Events, window: tuple[int, int], shape: tuple[int, ...]
) -> BoolArray:
    """Days in the event window of any event of each firm, (F, T).

    Parameters
    ----------
    events : Events
    window : tuple of int
        Relative days, both ends included, of events that have none of their own.
    shape : tuple of int
        F and T.
    """
    firms, days = shape
    change = np.zeros((firms, days + 1), int)
    start, end = events.around(window)
    first, after = np.clip(start, 0, days), np.clip(end + 1, 0, days)
    np.add.at(change, (events.firm, first), 1)
    np.add.at(change, (events.firm, after), -1)
    return np.asarray(np.cumsum(change, axis=1)[:, :-1] > 0)


def is_daily(panel: Panel, firms: IntArray) -> bool:
    """Whether some firms have returns of single days only.

    Parameters
    ----------
    panel : Panel
    firms : ndarray of int
    """
    # Stored spans are made of the returns, which are not to be read for this.
    return getattr(panel.spans, "as_spans", False) or all(
        np.array_equal(panel.spans[firm], np.isfinite(panel.returns[firm]))
        for firm in firms.tolist()
    )


def not_estimated_on(panel: Panel, days: BoolArray) -> Panel:
    """The panel whose returns over some days are not used for estimation.

    Parameters
    ----------
    panel : Panel
    days : ndarray of bool, shape (F, T)
    """
    estimable = np.ones(panel.spans.shape, bool)
    for firm in np.flatnonzero(days.any(axis=1)).tolist():
        estimable[firm] = ~_touches(panel.spans[firm], np.flatnonzero(days[firm]))
    return dataclasses.replace(panel, estimable=estimable)


def _touches(spans: FloatArray, days: IntArray) -> BoolArray:
    """Observations whose span holds one of the days."""
    end = np.arange(spans.size)
    wanted = np.zeros(spans.size + 1)
    wanted[days[(days >= 0) & (days < spans.size)] + 1] = 1.0
    count = np.cumsum(wanted)
    start = np.maximum(end - spans.astype(int) + 1, 0)
    return np.asarray((spans > 0) & (count[end + 1] - count[start] > 0))
