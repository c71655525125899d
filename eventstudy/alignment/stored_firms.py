"""Firms whose returns stay in blocks on disk until a pass reads them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.core.stored_rows import Shelf, StoredRows
from eventstudy.errors import EventStudyError
from eventstudy.prices.firm_blocks import FirmBlocks
from eventstudy.prices.track import Track


@dataclass(frozen=True, slots=True, eq=False)
class StoredTrack(Track):
    """A firm that was read and checked once, and of which its place is kept.

    Parameters
    ----------
    blocks : FirmBlocks
    span : tuple of int
        First and last day with a return, as positions among the days of the blocks.

    Notes
    -----
    ``values`` has the days alone, all firms share them.
    """

    blocks: FirmBlocks = field(kw_only=True)
    span: tuple[int, int] = field(kw_only=True)

    def on(
        self, calendar: pd.DatetimeIndex, kind: ReturnKind
    ) -> tuple[FloatArray, FloatArray]:
        """Read the firm's returns anew, and the days they span."""
        return self.blocks.track(self.ticker, kind).on(calendar, kind)

    def listed(self, calendar: pd.DatetimeIndex) -> tuple[int, int]:
        """First and last position with a return; (0, -1) without any."""
        first, last = self.span
        if last < first:
            return self.span
        ends = calendar.get_indexer(self.blocks.days[[first, last]])
        return int(ends[0]), int(ends[1])


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """Reads the firms of a study block by block; it travels to workers."""

    blocks: FirmBlocks
    numbers: tuple[int, ...]
    tickers: tuple[list[str], ...]

    def __call__(self, block: int) -> FloatArray:
        return self.blocks.rows(self.numbers[block], self.tickers[block])


def stored_firms(
    tickers: Sequence[str], blocks: FirmBlocks, kind: ReturnKind
) -> tuple[list[Track], dict[str, str]]:
    """Read each firm once, a block at a time; as :func:`find_firms`.

    Returns
    -------
    firms : list of StoredTrack
        In the order of the blocks.
    problems : dict
        By ticker, in words.
    """
    firms: list[Track] = []
    problems: dict[str, str] = {}
    days = pd.Series(np.nan, blocks.days)
    asked = set(tickers)
    for ticker in asked.difference(blocks.places):
        error = blocks.unknown(ticker)
        problems[ticker] = f"{error.parameter}: {error.bound}"
    known = [name for name in blocks.tickers if name in asked]
    for number, group in itertools.groupby(known, blocks.places.__getitem__):
        names = list(group)
        wide = blocks.held(number, names)
        place = blocks.days.get_indexer(wide.days)
        for name in names:
            try:
                track = blocks.checked(wide, name, kind)
            except EventStudyError as error:
                problems[name] = f"{error.parameter}: {error.bound}"
                continue
            first, last = track.listed(wide.days)
            span = (int(place[first]), int(place[last])) if last >= 0 else (0, -1)
            facts = track.provenance
            firms.append(
                StoredTrack(name, days, True, None, facts, blocks=blocks, span=span)
            )
    return firms, problems


def stored_rows(firms: Sequence[Track]) -> tuple[FloatArray, FloatArray] | None:
    """What stands for the returns and spans of stored firms; None where in memory."""
    stored = [firm for firm in firms if isinstance(firm, StoredTrack)]
    if not stored or len(stored) < len(firms):
        return None
    blocks = stored[0].blocks
    named = [firm.ticker for firm in stored]
    groups = {
        number: list(group)
        for number, group in itertools.groupby(named, blocks.places.__getitem__)
    }
    sizes = [len(group) for group in groups.values()]
    reader = _Reader(blocks, tuple(groups), tuple(groups.values()))
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    shelf = Shelf(reader, first, len(blocks.days))
    both = StoredRows(shelf), StoredRows(shelf, as_spans=True)
    # They have the shape and the rows of arrays, and cut themselves into windows.
    return cast("tuple[FloatArray, FloatArray]", both)
