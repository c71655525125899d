"""Standardised sums of residuals over slots of so many calendar days."""

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
        several = days.max(initial=0.0) > 1
        event, end = np.nonzero(days > 1) if several else np.zeros((2, 0), int)
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
class Slots:
    """Sums over slots of the M estimation days of E events.

    Parameters
    ----------
    sums : tuple of ndarray, shapes (2 + k, E, M + 1 - 2^i), i = 0, 1, ...
        Residuals over sigma (0 = none), the days they span, and the k columns of
        their whitened rows, each summed over 2^i days.
    covered : _Covered
    straddling : bool
        Whether an observation that begins before a slot counts in it.
    """

    sums: tuple[FloatArray, ...]
    covered: _Covered
    straddling: bool = False

    @classmethod
    def of(
        cls,
        leaf: Leaf,
        part: slice | IntArray,
        sigma: FloatArray,
        longest: int,
        *,
        straddling: bool = False,
    ) -> Slots:
        """Sums of some events of a leaf.

        Parameters
        ----------
        leaf : Leaf
        part : slice, or ndarray of int, shape (E,)
            Those of the leaf's events.
        sigma : ndarray of shape (E,)
            Their residual standard deviations.
        longest : int
            Days of the longest window that will be asked for.
        straddling : bool
        """
        errors, days = leaf.residuals[part], leaf.residual_spans[part]
        rows = leaf.residual_rows[part]
        single = np.empty((2 + rows.shape[2], *days.shape))
        np.divide(np.where(days > 0, errors, 0.0), sigma[:, None], out=single[0])
        single[1], single[2:] = days, rows.transpose(2, 0, 1)
        sums, width = [single], 1
        while 2 * width <= longest:
            sums.append(sums[-1][..., :-width] + sums[-1][..., width:])
            width *= 2
        return cls(tuple(sums), _Covered.of(days), straddling)

    def scores(self, first: int, length: int) -> tuple[FloatArray, BoolArray]:
        """Standardised sums over all slots of a window's length.

        An event is covered in a slot by the rule of the window itself: by an
        observation that lies in it (whole, unless ``straddling``) and, if day 0 is in
        the window, by one for the day in its place.

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
        total = self._total(length)
        errors, days, rows = total[0], total[1], total[2:]
        room = days - np.einsum("ken,ken->en", rows, rows)
        covered = room > NO_ROOM * days
        if first <= 0 < first + length:
            covered &= self._on_day(-first, days.shape[1], length)
        room += ~covered
        errors /= np.sqrt(room, out=room)
        return errors, covered

    def _total(self, length: int) -> FloatArray:
        """Sums over each slot without what begins before it, (2 + k, E, M - L + 1)."""
        slots = self.sums[0].shape[2] - length + 1
        pieces, offset = [], 0
        for power, part in enumerate(self.sums):
            if length >> power & 1:
                pieces.append(part[..., offset : offset + slots])
                offset += 1 << power
        total = np.add(*pieces[:2]) if len(pieces) > 1 else pieces[0].copy()
        for piece in pieces[2:]:
            total += piece
        multi = self.covered
        if multi.event.size and not self.straddling:
            inside = (multi.day < slots) & (multi.end - multi.day < length)
            across = multi.part(inside & (multi.day > multi.start))
            gone = self.sums[0][:, across.event, across.end]
            total[:, across.event, across.day] -= gone
        return np.asarray(total)

    def _on_day(self, place: int, slots: int, length: int) -> BoolArray:
        """Whether an observation inside the slot covers its day ``place``."""
        result = self.sums[0][1, :, place : place + slots] == 1
        slot = self.covered.day - place
        here = (slot >= 0) & (slot < slots) & (self.covered.end < slot + length)
        if not self.straddling:
            here &= slot <= self.covered.start
        result[self.covered.event[here], slot[here]] = True
        return np.asarray(result)
