"""Mean correlation of events with overlapping windows (methods 4.7 and 4.7b).

The sums of each date suffice: the product of two dates' sums is the sum over all
pairs of their events, so that no pair is ever visited.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray

# Share of the overlapping pairs that may do without enough common days.
MOST_WITHOUT_OVERLAP = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class DateSums:
    """Sums over the events of one date in a window of L days.

    Parameters
    ----------
    day : int
        Calendar position of day 0.
    number : int
        Events of the date.
    known : ndarray of shape (M,)
        How many of them have a residual on each estimation day.
    scores : ndarray of shape (R, M)
        Standardised residuals, summed over the events with an abnormal return on
        each of the R = L window days, each event's over the root of its length.
        R = 1 where no event of the window lacks a day: then the plain sums.
    deviations : ndarray of shape (R, M)
        Residuals less their event's mean, summed in the same way but not divided by
        the root of the length; for R = 1 times the root of L.
    own : float
        What pairs of an event with itself add to the square of ``deviations``.
    variance : float
        Residual variances (divisor M) times lengths, summed.
    """

    day: int
    number: int
    known: FloatArray
    scores: FloatArray
    deviations: FloatArray
    own: float
    variance: float


@dataclass(frozen=True, slots=True)
class MeanCorrelation:
    """Dependence of the N events of one window.

    Parameters
    ----------
    r_bar, r_c : float
        Of standardised effects, and of effects in decimals; NaN = not known, and
        ``reason`` says why.
    reason : str
        ``needs_more_events``, ``few_common_days`` or empty.
    overlapping_pairs : float
        Share of the pairs of events whose windows share a calendar day.
    pairs_without_overlap : float
        Share of those that have too few common estimation days to count.
    """

    r_bar: float
    r_c: float
    reason: str
    overlapping_pairs: float
    pairs_without_overlap: float


def mean_correlation(
    dates: Iterable[DateSums], length: int, min_overlap: float
) -> MeanCorrelation:
    """Add up the products of all dates whose windows overlap.

    Parameters
    ----------
    dates : iterable of DateSums
        In the order of time, one each; only those of L days are held.
    length : int
        Days of the window, L.
    min_overlap : float
        Common estimation days of a mean pair below which a pair of dates is left
        out.

    Returns
    -------
    MeanCorrelation
    """
    total = _Total(length, min_overlap)
    recent: deque[_Laid] = deque()
    for sums in dates:
        if sums.number == 0:
            continue
        new = _Laid.of(sums, length)
        total.add_events(sums)
        total.add_pairs_within(new)
        while recent and sums.day - recent[0].sums.day >= length:
            recent.popleft()
        for old in recent:
            total.add_pairs_between(old, new)
        recent.append(new)
    return total.result()


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """Sums of a date laid out flat: its rows one behind the other, zeros between.

    A date q days later then stands q places and q rows earlier, and what is moved
    over the end of a row meets zeros.
    """

    sums: DateSums
    known: FloatArray
    scores: FloatArray
    deviations: FloatArray

    @classmethod
    def of(cls, sums: DateSums, length: int) -> _Laid:
        parts = (sums.scores, sums.deviations)
        if len(sums.scores) > 1:
            parts = tuple(np.pad(part, ((0, 0), (0, length - 1))) for part in parts)
        return cls(sums, sums.known, *(part.ravel() for part in parts))


class _Total:
    """Running totals over pairs of events."""

    def __init__(self, length: int, min_overlap: float) -> None:
        self.length, self.min_overlap = length, min_overlap
        self.number = 0
        self.variance = 0.0
        self.scores = self.deviations = 0.0
        self.pairs = self.without = 0.0

    def add_events(self, sums: DateSums) -> None:
        """Count the events themselves."""
        self.number += sums.number
        self.variance += sums.variance

    def add_pairs_within(self, date: _Laid) -> None:
        """Pairs of events on one date."""
        sums = date.sums
        pairs = sums.number * (sums.number - 1)
        if pairs == 0:
            return
        # A score's squares sum to the number of its event's days.
        days = sums.known.sum()
        common = (sums.known @ sums.known - days) / pairs
        scores = date.scores @ date.scores - days
        deviations = date.deviations @ date.deviations - sums.own
        self._add(pairs, common, scores, deviations)

    def add_pairs_between(self, old: _Laid, new: _Laid) -> None:
        """Pairs of events on two dates less than L days apart, both ways round."""
        apart = new.sums.day - old.sums.day
        pairs = old.sums.number * new.sums.number
        common = _product(old.known, new.known, apart) / pairs
        shift, share = apart, 1.0 - apart / self.length
        if len(old.sums.scores) > 1:
            stride = old.scores.size // len(old.sums.scores)
            shift, share = apart * (stride + 1), 1.0
        scores = share * _product(old.scores, new.scores, shift)
        deviations = share * _product(old.deviations, new.deviations, shift)
        self._add(2 * pairs, common, 2.0 * scores, 2.0 * deviations)

    def _add(
        self, pairs: int, common: float, scores: float, deviations: float
    ) -> None:
        self.pairs += pairs
        if common < self.min_overlap or common <= 0.0:
            self.without += pairs
            return
        self.scores += scores / common
        self.deviations += deviations / common

    def result(self) -> MeanCorrelation:
        """The means over all pairs, overlapping or not."""
        n, reason = self.number, ""
        if self.without > MOST_WITHOUT_OVERLAP * self.pairs:
            reason = "few_common_days"
        if n < 2:
            return MeanCorrelation(np.nan, np.nan, "needs_more_events", 0.0, 0.0)
        return MeanCorrelation(
            r_bar=np.nan if reason else self.scores / (n * (n - 1)),
            r_c=np.nan if reason else self.deviations / ((n - 1) * self.variance),
            reason=reason,
            overlapping_pairs=self.pairs / (n * (n - 1)),
            pairs_without_overlap=self.without / max(self.pairs, 1),
        )


def _product(old: FloatArray, new: FloatArray, shift: int) -> float:
    return float(old[shift:] @ new[: max(new.size - shift, 0)])
