"""Events whose windows lack a day here and there: sums by window day and date.

Such an event enters each window with days of its own.  Its residuals are kept until
they take as much room as the sums by date would; then they are added to those.
"""

from __future__ import annotations

from collections.abc import Iterator
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
        """n."""
        return int(self.date.size)


@dataclass(slots=True)
class LooseSums:
    """What the loose events of one date add to a window; see ``DateSums``.

    With ``rows`` 1 the sums over events are plain, whatever the length.
    """

    number: int
    known: FloatArray
    scores: FloatArray
    deviations: FloatArray
    own: float
    variance: float

    @classmethod
    def of(cls, rows: LooseRows, columns: slice, *, by_day: bool) -> LooseSums | None:
        """Sum up the members of a window; None = there are none.

        Parameters
        ----------
        rows : LooseRows
            Of one date.
        columns : slice
            The window among the columns of ``covered``.
        by_day : bool
            A row of sums for each window day, instead of one for all.
        """
        covered = rows.covered[:, columns]
        length = covered.sum(axis=1)
        if not length.any():
            return None
        member = (length > 0).astype(float)
        weight = member[:, None]
        if by_day:
            weight = covered / np.sqrt(np.maximum(length, 1))[:, None]
        known = member @ rows.known
        plain = covered.astype(float) if by_day else weight
        variance = length * rows.scale**2
        return cls(
            number=int(member.sum()),
            known=known,
            scores=weight.T @ rows.scores,
            deviations=(plain * rows.scale[:, None]).T @ rows.scores,
            own=float(variance @ rows.known.sum(axis=1)),
            variance=float(variance.sum()),
        )

    def __iadd__(self, other: LooseSums) -> LooseSums:
        self.number += other.number
        self.known += other.known
        self.scores += other.scores
        self.deviations += other.deviations
        self.own += other.own
        self.variance += other.variance
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
            for window, columns in enumerate(self.columns):
                sums = LooseSums.of(rows, columns, by_day=self.by_day[window])
                if sums is not None:
                    self._put((window, date), sums)
        self.blocks, self.kept = [], 0

    def _put(self, key: tuple[int, int], sums: LooseSums) -> None:
        if key in self.folded:
            self.folded[key] += sums
        else:
            self.folded[key] = sums

    def by_date(self) -> Iterator[tuple[int, LooseRows]]:
        """The events kept, date by date."""
        if not self.blocks:
            return
        rows = self.sorted_rows()
        dates, starts = np.unique(rows.date, return_index=True)
        ends = [*starts[1:], rows.size]
        for date, start, end in zip(dates, starts, ends, strict=True):
            yield int(date), LooseRows(*(part[start:end] for part in rows))

    def sorted_rows(self) -> LooseRows:
        """The events kept in one piece, by date; pieces give up their room as they go.

        Kept in place of the pieces, so that it is done once.
        """
        first = self.blocks[0]
        order = np.argsort(np.concatenate([b.date for b in self.blocks]), kind="stable")
        place = np.empty(order.size, int)
        place[order] = np.arange(order.size)
        whole = LooseRows(
            *(np.empty((order.size, *part.shape[1:]), part.dtype) for part in first)
        )
        end = order.size
        while self.blocks:
            rows = self.blocks.pop()
            for into, part in zip(whole, rows, strict=True):
                into[place[end - rows.size : end]] = part
            end -= rows.size
        self.blocks = [whole]
        return whole
