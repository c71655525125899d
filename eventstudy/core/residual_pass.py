"""The second look at many events: what residual tests need, in sums that add up.

No N x T matrix is ever stored.  Events come by in leaves of 256 in canonical order;
each reducer keeps sums of fixed size.  Sums are added leaf by leaf within a unit of
work, and unit by unit, so that any number of workers gives the same bits.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np

from eventstudy._registry import Registry
from eventstudy._typing import BoolArray, FloatArray, IntArray

State: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class FirstPass:
    """What is known of all N events, in canonical order, before residuals are read.

    Parameters
    ----------
    windows : tuple of tuple of int
        The W test windows.
    event_window, estimation_window : tuple of int
        L2 and M relative days.
    day0 : ndarray of int, shape (N,)
        Calendar position of day 0; all events are on one calendar.
    date : ndarray of int, shape (N,)
        Which of the D distinct dates is each event's.
    dates : ndarray of int, shape (D,)
        The distinct values of day 0, sorted.
    sigma, df, n_estimation : ndarray of shape (N,)
        As in ``Fit``; ``sigma`` is NaN where standardising is impossible.
    member : ndarray of bool, shape (W, N)
        Events with a valid CAR; all others are left out of every sum of the window.
    car, variance, length, n_rows : ndarray of shape (W, N)
        Of each window; NaN where not a member.
    sar_moments : ndarray of shape (W, 3, L2)
        Number, sum and sum of squares of the members' SAR on each event-window day.
    parameters : int
        Estimated mean parameters k.
    straddling : bool
        Whether a return that begins before a window counts in it.
    min_overlap : int
        Common days below which a pair of dates counts as having no correlation.
    """

    windows: tuple[tuple[int, int], ...]
    event_window: tuple[int, int]
    estimation_window: tuple[int, int]
    day0: IntArray
    date: IntArray
    dates: IntArray
    sigma: FloatArray
    df: FloatArray
    n_estimation: IntArray
    member: BoolArray
    car: FloatArray
    variance: FloatArray
    length: FloatArray
    n_rows: IntArray
    sar_moments: FloatArray
    parameters: int
    straddling: bool = False
    min_overlap: int = 30

    @property
    def scar(self) -> FloatArray:
        """Standardised CARs, (W, N); NaN where not a member."""
        return self.car / np.sqrt(self.variance)

    def columns(self, window: int) -> slice:
        """Columns of a window among the L2 event-window days."""
        first, last = self.windows[window]
        return slice(first - self.event_window[0], last - self.event_window[0] + 1)


@dataclass(frozen=True, eq=False)
class Leaf:
    """Up to 256 events of the first pass, with their residuals.

    What several reducers read in another form is made once, when the first asks.

    Parameters
    ----------
    index : ndarray of int, shape (E,)
        Their positions in the arrays of the first pass.
    residuals : ndarray of shape (E, M)
        Untransformed estimation-day residuals; NaN = none.
    residual_spans : ndarray of shape (E, M)
        Days each covers; 0 = none.
    residual_rows : ndarray of shape (E, M, k)
        Whitened regressor rows, if some reducer reads them; a run of days has the
        placebo factor sum of spans - |sum of rows|^2.
    abnormal_returns, spans : ndarray of shape (E, L2)
        Of the whole event window; NaN and 0 = none.
    residual_sar, sar : ndarray of shape (E, M), (E, L2)
        Standardised: e / (s sqrt(d - h)), AR / (s sqrt(d + h)).
    returns : ndarray of shape (E, L2)
        What the model explains: returns less the risk-free rate, or whatever it takes
        off.  NaN = none, or one of several days.
    regressors : ndarray of shape (E, L2, f)
        Of the single event-window days; NaN = missing.
    """

    index: IntArray
    residuals: FloatArray
    residual_spans: FloatArray
    residual_rows: FloatArray
    abnormal_returns: FloatArray
    spans: FloatArray
    residual_sar: FloatArray
    sar: FloatArray
    returns: FloatArray
    regressors: FloatArray

    @functools.cached_property
    def known(self) -> BoolArray:
        """Whether there is a residual, (E, M)."""
        return np.isfinite(self.residuals)

    @functools.cached_property
    def errors(self) -> FloatArray:
        """Residuals, 0 where there is none, (E, M)."""
        return zero_unless(self.known, self.residuals)

    @functools.cached_property
    def whole_days(self) -> bool:
        """Whether every return, of both windows, is one of a single day."""
        spans = self.residual_spans, self.spans
        return all(each.max(initial=0) <= 1 for each in spans)

    @functools.cached_property
    def sar_powers(self) -> FloatArray:
        """Powers 0 to 2 of the residual SARs, (3, E, M); 0 where there is none."""
        powers = np.empty((3, *self.residual_sar.shape))
        known = np.isfinite(self.residual_sar)
        powers[0] = known
        powers[1] = zero_unless(known, self.residual_sar)
        np.multiply(powers[1], powers[1], out=powers[2])
        return powers


def zero_unless(known: BoolArray, values: FloatArray) -> FloatArray:
    """A copy with 0 where a value is not known."""
    result = values.copy()
    if not known.all():
        np.copyto(result, 0.0, where=~known)
    return result


class Reducer(Protocol):
    """Sums over leaves, and what they come to.

    A state is a dict of arrays (numbers count); ``merge_sums`` adds two of them.  One
    that reads ``residual_rows`` says so by ``reads_rows = True``; without any such
    reducer leaves come with rows of width 0.
    """

    key: str

    def start(self, first: FirstPass) -> State:
        """An empty state."""

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add a leaf to the state, in place."""

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """What the tests read, one mapping a window."""


REDUCERS: Registry[Reducer] = Registry("reducer", "eventstudy.core.reducers")


def register_reducer(reducer: Reducer) -> Reducer:
    """Add a reducer under its key."""
    REDUCERS.add(reducer.key, reducer)
    return reducer


def merge_sums(into: State, other: State) -> None:
    """Add one state to another, in place."""
    for name, value in other.items():
        into[name] += value
