"""Mean correlation of events with overlapping windows (methods 4.7 and 4.7b).

The sums of each date suffice: the product of two dates' sums is the sum over all
pairs of their events, so that no pair is ever visited.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray

# Share of the overlapping pairs that may do without enough common days.
MOST_WITHOUT_OVERLAP = 0.01
# Numbers that are gathered at a time.
ROOM = 1 << 19


@dataclass(frozen=True, slots=True, eq=False)
class DateSums:
    """Sums over the events of D dates in a window of L days.

    Parameters
    ----------
    length : int
        L.
    day : ndarray of int, shape (D,)
        Calendar position of day 0, rising.
    number : ndarray of shape (D,)
        Events of the date, at least one.
    known : ndarray of shape (D, M)
        How many of them have a residual on each estimation day.
    own : ndarray of shape (D,)
        Squared ``deviations`` of the events, each times its length, summed over days
        and events: pairs of an event with itself.
    variance : ndarray of shape (D,)
        Residual variances (divisor M) times lengths, summed.
    scores, deviations : ndarray of shape (D, M)
        Residuals less their event's mean, over their standard deviation or not,
        summed.
    gappy : ndarray of bool, shape (D,), optional
        Dates of which some event lacks a day of the window, where days of the window
        are told apart.
    by_day : callable, optional
        What counts for these dates, and is the same for the others: date -> scores
        and deviations (L, M) by window day, over the events with an abnormal return
        on that day, scores over the root of each event's length.
    """

    length: int
    day: IntArray
    number: FloatArray
    known: FloatArray
    own: FloatArray
    variance: FloatArray
    scores: FloatArray
    deviations: FloatArray
    gappy: BoolArray | None = None
    by_day: Callable[[int], tuple[FloatArray, FloatArray]] | None = None


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


def mean_correlation(sums: DateSums, min_overlap: float) -> MeanCorrelation:
    """Add up the products of all dates whose windows overlap.

    Parameters
    ----------
    sums : DateSums
    min_overlap : float
        Common estimation days of a mean pair below which a pair of dates is left
        out.

    Returns
    -------
    MeanCorrelation
    """
    n = int(sums.number.sum())
    if n < 2:
        return MeanCorrelation(np.nan, np.nan, "needs_more_events", 0.0, 0.0)
    near = _Near.of(sums)
    pairs = near.pairs(sums.number)
    common = near.products(sums.known)
    common[:, 0] -= sums.known.sum(axis=1)
    enough = common >= np.maximum(min_overlap * pairs, 1.0)
    # A pair of dates stands for both orders of its events.
    both = np.where(near.partner > 0, 2.0, 1.0)
    weight = np.where(enough, both * pairs / np.where(enough, common, 1.0), 0.0)
    all_pairs = (both * pairs).sum()
    without = (both * pairs)[~enough].sum()
    few = without > MOST_WITHOUT_OVERLAP * all_pairs
    scores, deviations = _totals(sums, near, weight)
    return MeanCorrelation(
        r_bar=np.nan if few else float(scores / (n * (n - 1))),
        r_c=np.nan if few else float(deviations / ((n - 1) * sums.variance.sum())),
        reason="few_common_days" if few else "",
        overlapping_pairs=float(all_pairs / (n * (n - 1))),
        pairs_without_overlap=float(without / all_pairs) if all_pairs else 0.0,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """Each date with the dates less than L days after it, itself first.

    Parameters
    ----------
    partner : ndarray of int, shape (K,)
        0 to K - 1: how many dates later.
    reached : ndarray of bool, shape (D, K)
        Whether that date is near.
    apart : ndarray of int, shape (D, K)
        Days between the two; 0 where it is not.
    other : ndarray of int, shape (D, K)
        That date; the date itself where it is not near.
    """

    length: int
    partner: IntArray
    reached: BoolArray
    apart: IntArray
    other: IntArray

    @classmethod
    def of(cls, sums: DateSums) -> _Near:
        day = sums.day
        date = np.arange(day.size)
        count = np.searchsorted(day, day + sums.length) - date
        partner = np.arange(count.max())
        reached = partner < count[:, None]
        other = np.where(reached, date[:, None] + partner, date[:, None])
        return cls(sums.length, partner, reached, day[other] - day[:, None], other)

    def pairs(self, number: FloatArray) -> FloatArray:
        """Pairs of different events, one of each date, (D, K)."""
        pairs = np.where(self.reached, number[:, None] * number[self.other], 0.0)
        pairs[:, 0] -= number
        return pairs

    def products(self, rows: FloatArray) -> FloatArray:
        """Rows (D, M) of two dates multiplied and summed by calendar day, (D, K).

        Rows are laid one behind the other with zeros between, so that a later one is
        read from as many places earlier as it is days later.
        """
        n, m = rows.shape
        laid = np.zeros((n + 1, m + self.length - 1))
        laid[1:, :m] = rows
        moved = np.lib.stride_tricks.sliding_window_view(laid.ravel(), m)
        row = 1 + np.arange(n)[:, None] + self.partner
        start = np.where(self.reached, row * laid.shape[1] - self.apart, 0)
        result = np.empty(start.shape)
        step = max(1, ROOM // (m * self.partner.size))
        for first in range(0, n, step):
            part = slice(first, first + step)
            result[part] = (moved[start[part]] @ rows[part, :, None])[..., 0]
        return result


def _totals(sums: DateSums, near: _Near, weight: FloatArray) -> tuple[float, float]:
    """Weighted products of scores and of deviations over all pairs of dates."""
    plain = weight
    if sums.gappy is not None:
        apart = sums.gappy[:, None] | sums.gappy[near.other]
        plain = np.where(apart, 0.0, weight)
    share = plain * (1.0 - near.apart / sums.length)
    scores = (share * near.products(sums.scores)).sum()
    deviations = sums.length * (share * near.products(sums.deviations)).sum()
    if sums.by_day is not None:
        more = _totals_by_day(sums, sums.by_day, near, weight - plain)
        scores, deviations = scores + more[0], deviations + more[1]
    # An event is no pair with itself: the squares of its scores sum to its days.
    scores -= weight[:, 0] @ sums.known.sum(axis=1)
    return float(scores), float(deviations - weight[:, 0] @ sums.own)


def _totals_by_day(
    sums: DateSums,
    by_day: Callable[[int], tuple[FloatArray, FloatArray]],
    near: _Near,
    weight: FloatArray,
) -> FloatArray:
    """The same by window day, of pairs with a weight; L days of dates are held."""
    m, gap = sums.known.shape[1], sums.length - 1
    # A day later is a row up and a place to the left, where zeros stand between rows.
    step = m + gap + 1
    recent: deque[tuple[int, FloatArray]] = deque()
    total = np.zeros(2)
    asked = np.zeros(sums.day.size, bool)
    asked[near.other[weight != 0]] = True
    asked |= (weight != 0).any(axis=1)
    for date in np.flatnonzero(asked).tolist():
        laid = np.zeros((2, sums.length, m + gap))
        laid[:, :, :m] = by_day(date)
        recent.append((date, laid.reshape(2, -1)))
        while sums.day[date] - sums.day[recent[0][0]] >= sums.length:
            recent.popleft()
        new = recent[-1][1]
        for earlier, old in recent:
            if not weight[earlier, date - earlier]:
                continue
            shift = int(sums.day[date] - sums.day[earlier]) * step
            end = new.shape[1] - shift
            products = [old[i, shift:] @ new[i, :end] for i in (0, 1)]
            total += weight[earlier, date - earlier] * np.array(products)
    return total
