"""Standardised sums of residuals over slots of so many calendar days.

The running sums stay inside one estimation window, where no residual is larger than
the root of the sum of their squares: they lose no digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.residual_pass import Leaf

# Of the days of a slot: regressors that explain it to this leave no residual.
NO_ROOM = 1e-10


class _Covered(NamedTuple):
    """Days that multi-day observations cover, one a place.

    ``event`` and ``day`` (n,); ``start`` and ``end`` of the observation.
    """

    event: IntArray
    day: IntArray
    start: IntArray
    end: IntArray

    @classmethod
    def of(cls, days: FloatArray) -> _Covered:
        """All of them, from the days that the observations span, (E, M)."""
        event, end = np.nonzero(days > 1)
        length = days[event, end].astype(int)
        event, end, start = (
            np.repeat(part, length) for part in (event, end, end - length + 1)
        )
        lag = np.arange(event.size) - np.repeat(np.cumsum(length) - length, length)
        return cls(event, start + lag, start, end)

    def part(self, which: BoolArray) -> _Covered:
        """Some of the places."""
        return _Covered(*(values[which] for values in self))


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Running sums over the M estimation days of E events.

    Parameters
    ----------
    errors, days : ndarray of shape (E, M)
        Residuals over sigma, 0 = none, and the days they span.
    rows : ndarray of shape (E, M, k)
        Whitened rows.
    sums : tuple of ndarray, shapes (E, M + 1), (E, M + 1), (E, M + 1, k)
        Sums of those up to each day.
    covered : _Covered
    """

    errors: FloatArray
    days: FloatArray
    rows: FloatArray
    sums: tuple[FloatArray, ...]
    covered: _Covered

    @classmethod
    def of(cls, leaf: Leaf, used: IntArray, sigma: FloatArray) -> Runs:
        """Running sums of some events of a leaf.

        Parameters
        ----------
        leaf : Leaf
        used : ndarray of int, shape (E,)
            Those of the leaf's events.
        sigma : ndarray of shape (E,)
            Their residual standard deviations.
        """
        parts = leaf.residuals, leaf.residual_spans, leaf.residual_rows
        if used.size < leaf.index.size:
            parts = tuple(part[used] for part in parts)
        errors, days, rows = parts
        errors = np.where(days > 0, errors, 0.0)
        errors /= sigma[:, None]
        sums = tuple(_running(part) for part in (errors, days, rows))
        return cls(errors, days, rows, sums, _Covered.of(days))

    def scores(self, first: int, length: int) -> tuple[FloatArray, BoolArray]:
        """Standardised sums over all slots of a window's length.

        An event is covered in a slot by the rule of the window itself: by an
        observation that lies in it whole and, if day 0 is in the window, by one for
        the day in its place.

        Parameters
        ----------
        first : int
            First day of the window.
        length : int
            Days of the window, L, at most M.

        Returns
        -------
        score : ndarray of shape (E, M - L + 1)
            By the first day of the slot; any number where not covered.
        covered : ndarray of bool, shape (E, M - L + 1)
        """
        errors, days, rows = (part[:, length:] - part[:, :-length] for part in self.sums)
        slots, multi = days.shape[1], self.covered
        # Begins before the slot, ends in it: belongs to none.
        across = multi.part(
            (multi.day > multi.start) & (multi.day < slots)
            & (multi.end - multi.day < length)
        )  # fmt: skip
        at, source = (across.event, across.day), (across.event, across.end)
        errors[at] -= self.errors[source]
        days[at] -= self.days[source]
        rows[at] -= self.rows[source]
        room = days - np.einsum("enk,enk->en", rows, rows)
        covered = (days > 0) & (room > NO_ROOM * days)
        if first <= 0 < first + length:
            covered &= self._on_day(-first, slots, length)
        room[~covered] = 1.0
        errors /= np.sqrt(room, out=room)
        return errors, covered

    def _on_day(self, place: int, slots: int, length: int) -> BoolArray:
        """Whether an observation inside the slot covers its day ``place``."""
        result = self.days[:, place : place + slots] == 1
        slot = self.covered.day - place
        whole = (slot >= 0) & (slot <= self.covered.start)
        whole &= (slot < slots) & (self.covered.end < slot + length)
        result[self.covered.event[whole], slot[whole]] = True
        return np.asarray(result)


def _running(values: FloatArray) -> FloatArray:
    result = np.zeros((len(values), values.shape[1] + 1, *values.shape[2:]))
    np.cumsum(values, axis=1, out=result[:, 1:])
    return result
