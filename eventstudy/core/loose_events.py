"""Events whose windows lack a day here and there: sums by window day and date.

Such an event enters each window with days of its own.  Its residuals are kept until
they take as much room as the sums by date would; then they are added to those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray


class LooseRows(NamedTuple):
    """n events with their residuals.

    Parameters
    ----------
    date : ndarray of int, shape (n,)
    covered : ndarray of bool, shape (n, sum of L)
        Days of the windows, side by side, that an abnormal return covers; none in
        the windows that the event does not enter.
    known : ndarray of bool, shape (n, M)
    scores : ndarray of shape (n, M)
        Standardised residuals; 0 = none.
    scale : ndarray of shape (n,)
        What they were divided by.
    """

    date: IntArray
    covered: BoolArray
    known: BoolArray
    scores: FloatArray
    scale: FloatArray

    @property
    def size(self) -> int:
        """Number of events."""
        return int(self.date.size)

    def part(self, which: BoolArray | slice) -> LooseRows:
        """Some of the events."""
        return LooseRows._make(values[which] for values in self)


@dataclass(slots=True, eq=False)
class LooseSums:
    """What the loose events of one date add to a window; see ``DateSums``.

    ``scores`` and ``deviations`` are by window day where some event of the window
    lacks one, else (1, M).
    """

    number: int
    known: FloatArray
    own: float
    variance: float
    scores: FloatArray
    deviations: FloatArray

    @classmethod
    def of(cls, rows: LooseRows, columns: slice, *, by_day: bool) -> LooseSums:
        """Sum up the members of a window.

        Parameters
        ----------
        rows : LooseRows
            Of one date.
        columns : slice
            The window among the columns of ``covered``.
        by_day : bool
        """
        covered = rows.covered[:, columns]
        length = covered.sum(axis=1)
        weight = (length > 0).astype(float)[:, None]
        known = weight[:, 0] @ rows.known
        plain = covered.astype(float) if by_day else weight
        if by_day:
            weight = plain / np.sqrt(np.maximum(length, 1))[:, None]
        variance = length * rows.scale**2
        return cls(
            number=int((length > 0).sum()),
            known=known,
            own=float(variance @ rows.known.sum(axis=1)),
            variance=float(variance.sum()),
            scores=weight.T @ rows.scores,
            deviations=(plain * rows.scale[:, None]).T @ rows.scores,
        )

    def __iadd__(self, other: LooseSums) -> LooseSums:
        self.number += other.number
        self.known += other.known
        self.own += other.own
        self.variance += other.variance
        self.scores += other.scores
        self.deviations += other.deviations
        return self


@dataclass(slots=True, eq=False)
class LooseEvents:
    """Loose events of any number, in bounded room; two of them are added by ``+=``.

    Parameters
    ----------
    columns : tuple of slice
        Each window among the columns of ``LooseRows.covered``.
    by_day : tuple of bool
        Windows in which some event lacks a day.
    most : int
        Events kept one by one.
    """

    columns: tuple[slice, ...]
    by_day: tuple[bool, ...]
    most: int
    blocks: list[LooseRows] = field(default_factory=list)
    folded: dict[tuple[int, int], LooseSums] = field(default_factory=dict)
    kept: int = 0

    def add(self, rows: LooseRows) -> None:
        """Add events."""
        if rows.size:
            self.blocks.append(rows)
            self.kept += rows.size

    def __iadd__(self, other: LooseEvents) -> LooseEvents:
        for rows in other.blocks:
            self.add(rows)
        for key, sums in other.folded.items():
            self._put(key, sums)
        if self.kept > self.most:
            self.fold()
        return self

    def fold(self) -> None:
        """Add the events kept to the sums by window and date."""
        for date, rows in self.by_date():
            for window in range(len(self.columns)):
                self._put((window, date), self._sums(window, rows))
        self.blocks, self.kept = [], 0

    def _sums(self, window: int, rows: LooseRows) -> LooseSums:
        columns, by_day = self.columns[window], self.by_day[window]
        return LooseSums.of(rows, columns, by_day=by_day)

    def _put(self, key: tuple[int, int], sums: LooseSums) -> None:
        if key in self.folded:
            self.folded[key] += sums
        else:
            self.folded[key] = sums

    def dates(self, window: int, kept: Mapping[int, LooseRows]) -> set[int]:
        """Dates that have loose events; ``kept`` is all of :meth:`by_date`."""
        return {*kept, *(date for w, date in self.folded if w == window)}

    def of_date(
        self, window: int, date: int, kept: Mapping[int, LooseRows]
    ) -> Iterator[LooseSums]:
        """What a date adds to a window; ``kept`` as before."""
        if (window, date) in self.folded:
            yield self.folded[window, date]
        if date in kept:
            yield self._sums(window, kept[date])

    def by_date(self) -> Iterator[tuple[int, LooseRows]]:
        """The events kept, date by date."""
        if not self.blocks:
            return
        rows = self.sorted_rows()
        dates, starts = np.unique(rows.date, return_index=True)
        ends = [*starts[1:], rows.size]
        for date, start, end in zip(dates, starts, ends, strict=True):
            yield int(date), rows.part(slice(start, end))

    def sorted_rows(self) -> LooseRows:
        """The events kept in one piece, by date; pieces give up their room as they go.

        Kept in place of the pieces, so that it is done once.
        """
        first = self.blocks[0]
        order = np.argsort(np.concatenate([b.date for b in self.blocks]), kind="stable")
        place = np.empty(order.size, int)
        place[order] = np.arange(order.size)
        whole = LooseRows._make(
            np.empty((order.size, *part.shape[1:]), part.dtype) for part in first
        )
        end = order.size
        while self.blocks:
            rows = self.blocks.pop()
            for into, part in zip(whole, rows, strict=True):
                into[place[end - rows.size : end]] = part
            end -= rows.size
        self.blocks = [whole]
        return whole
