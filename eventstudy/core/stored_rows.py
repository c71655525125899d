"""Rows of a panel that do not lie in memory: read a block of rows at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.windows import Cutter


class Shelf:
    """Blocks of rows; each thread holds those that it asked for last.

    Parameters
    ----------
    read : callable
        Number of a block -> its rows, (n, T).  It travels to workers.
    first : ndarray of int, shape (B + 1,)
        First row of each of the B blocks, and the number of all rows, F.
    days : int
        T.
    """

    def __init__(
        self, read: Callable[[int], FloatArray], first: IntArray, days: int
    ) -> None:
        self.first, self.shape = first, (int(first[-1]), days)
        self._read, self._held = read, threading.local()

    def __reduce__(self) -> tuple[type[Shelf], tuple[object, ...]]:
        return type(self), (self._read, self.first, self.shape[1])

    def block_of(self, row: IntArray | int) -> IntArray:
        """The number of each row's block."""
        return np.asarray(np.searchsorted(self.first, row, side="right") - 1)

    def blocks(self, numbers: Iterable[int]) -> dict[int, FloatArray]:
        """Some blocks by number; no other one is held any longer."""
        known = getattr(self._held, "blocks", {})
        # The old ones go before the first new one comes.
        found = self._held.blocks = {n: known[n] for n in numbers if n in known}
        del known
        for number in numbers:
            if number not in found:
                found[number] = self._read(number)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class StoredRows:
    """Stands for an array of shape (F, T) that is never there as a whole.

    Parameters
    ----------
    shelf : Shelf
    as_spans : bool
        Stand for the days that each number spans: 1, and 0 where there is none.
    """

    shelf: Shelf
    as_spans: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """F and T."""
        return self.shelf.shape

    def __getitem__(self, row: int | IntArray | slice) -> FloatArray:
        """One row, (T,), or some of them, (n, T), in memory."""
        which = np.arange(self.shape[0])[row]
        found = np.empty((which.size, self.shape[1]))
        number = self.shelf.block_of(which.reshape(-1))
        for n in np.unique(number).tolist():
            mine = number == n
            place = which.reshape(-1)[mine] - self.shelf.first[n]
            found[mine] = self.shelf.blocks([n])[n][place]
        return self.shown(found[0] if which.ndim == 0 else found)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> FloatArray:
        """All rows: for what needs the whole array in memory."""
        return self[:].astype(dtype or float, copy=False)

    def cutter(self, length: int) -> StoredCutter:
        """What cuts stretches of so many days out of the rows."""
        return StoredCutter(self, length)

    def shown(self, values: FloatArray) -> FloatArray:
        """Numbers as they are, or the days that they span."""
        return np.isfinite(values).astype(float) if self.as_spans else values


@dataclass(frozen=True, slots=True, eq=False)
class StoredCutter:
    """Cuts stretches of ``length`` days out of stored rows, as a ``Cutter`` does."""

    rows: StoredRows
    length: int

    def __call__(self, row: IntArray, start: IntArray) -> FloatArray:
        """The stretches that start on given days of given rows, (n, length)."""
        shelf = self.rows.shelf
        which = shelf.block_of(row)
        found = np.empty((row.size, self.length))
        numbers = np.unique(which).tolist()
        for number, block in shelf.blocks(numbers).items():
            mine = np.flatnonzero(which == number)
            cut = Cutter(block, self.length)
            found[mine] = cut(row[mine] - shelf.first[number], start[mine])
        return self.rows.shown(found)
