"""Returns of more firms than memory holds: blocks of firms in Parquet files."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from eventstudy._arguments import whole_number
from eventstudy._typing import FloatArray, ReturnKind
from eventstudy.errors import ArgumentError, BadDataError, UnknownTickerError
from eventstudy.prices.columns import read_numbers
from eventstudy.prices.parquet_blocks import (
    WRITE,
    StoredBlock,
    by_ticker,
    held_in,
    list_blocks,
    wide_frame,
)
from eventstudy.prices.track import Track
from eventstudy.prices.wide_returns import WideReturns
from eventstudy.prices.workbooks import require_package


@dataclass(frozen=True, slots=True, eq=False, repr=False, init=False)
class FirmBlocks:
    """Daily returns in Parquet files, of which a study reads one block at a time.

    Pass it as ``returns=``.  It holds the names of the firms and the days alone.

    Parameters
    ----------
    path : str or path
        A folder, in which each Parquet file is a block; or one Parquet file, in which
        each row group is one.  Either with the columns ``ticker``, ``date`` and
        ``return``, the rows of a firm in the order of their days; or with a column (or
        index) ``date`` and a column for each ticker, which makes a file one block.
        Decimals; NaN, null or no row = no return.

    Attributes
    ----------
    path : Path
    tickers : tuple of str
        In the order of the blocks: the canonical order of a study's sums.
    days : DatetimeIndex
        All days of all blocks: the calendar.

    Raises
    ------
    NoDataError
        When there is no such file, or pyarrow lacks (extra ``parquet``).
    BadDataError
        When a firm lies in two blocks, a column lacks, or days are out of order.

    Notes
    -----
    Only the firms that have events are read, with the columns that they need.  A file
    that changes while a study reads it is refused.  Workers of a cluster read the
    files themselves, under the same path.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import eventstudy as es
    >>> days = pd.bdate_range("2020-01-01", periods=3, name="date")
    >>> frame = pd.DataFrame({"A": [0.01, 0.02, 0.0], "B": [0.0, -0.01, 0.03]}, days)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     es.FirmBlocks.write(frame, f"{folder}/blocks", firms_per_block=1)
    FirmBlocks of 2 firms in 2 blocks, 2020-01-01 to 2020-01-03
    """

    path: Path
    tickers: tuple[str, ...]
    days: pd.DatetimeIndex
    places: dict[str, int]
    _blocks: tuple[StoredBlock, ...]

    def __init__(self, path: str | PathLike[str]) -> None:
        blocks, places = tuple(list_blocks(Path(path))), dict[str, int]()
        days = pd.DatetimeIndex([], name="date").as_unit("ns")
        for number, block in enumerate(blocks):
            names, own = held_in(block)
            _require_whole(names, places, blocks, number)
            places |= dict.fromkeys(names, number)
            days = days if own.equals(days) else days.union(own)
        if not places or not len(days):
            words = "there are no returns in it"
            raise BadDataError("returns", str(path), words, WRITE)
        for name, value in (
            ("path", Path(path)), ("tickers", tuple(places)), ("days", days),
            ("places", places), ("_blocks", blocks),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self._blocks)

    def __repr__(self) -> str:
        first, last = self.days[0].date(), self.days[-1].date()
        return (
            f"FirmBlocks of {len(self.tickers)} firms in {len(self)} blocks, "
            f"{first} to {last}"
        )

    def held(self, number: int, tickers: Iterable[str]) -> WideReturns:
        """Some firms of a block, in memory."""
        frame = wide_frame(self._blocks[number], list(tickers))
        return WideReturns.of(frame, self._blocks[number].parameter)

    def track(self, ticker: str, kind: ReturnKind) -> Track:
        """The returns of a ticker, checked.

        Raises
        ------
        UnknownTickerError, BadDataError
            When it lies in no block, or holds what is no return.
        """
        if ticker not in self.places:
            raise self.unknown(ticker)
        return self.checked(self.held(self.places[ticker], [ticker]), ticker, kind)

    def checked(self, wide: WideReturns, ticker: str, kind: ReturnKind) -> Track:
        """The returns of a ticker of a block in memory, with where they come from."""
        track = wide.track(ticker, kind)
        source = f"returns= (Parquet blocks in {self.path.name})"
        facts = track.provenance | {"source": source}
        return dataclasses.replace(track, provenance=facts)

    def unknown(self, ticker: str) -> UnknownTickerError:
        """The error of a ticker that lies in no block."""
        held = ", ".join(self.tickers[:8])
        more = len(self.tickers) - 8
        held += f" and {more} more" if more > 0 else ""
        words = f"no block of returns= holds it; they hold {held}"
        return UnknownTickerError("ticker", ticker, words, "Write its returns to one.")

    def rows(self, number: int, tickers: list[str]) -> FloatArray:
        """Some firms of a block on all days, (n, T); NaN = none."""
        wide = self.held(number, tickers)
        found = np.full((len(tickers), len(self.days)), np.nan)
        day = self.days.get_indexer(wide.days)
        for row in range(len(tickers)):
            column = wide.frame.iloc[:, row]
            found[row, day] = read_numbers(column, wide.days, wide.parameter)
        return found

    @classmethod
    def write(
        cls,
        frames: pd.DataFrame | Iterable[pd.DataFrame],
        path: str | PathLike[str],
        *,
        firms_per_block: int = 200,
    ) -> FirmBlocks:
        """Write returns as blocks, and open them.

        Parameters
        ----------
        frames : DataFrame, or iterable of them
            A column a ticker and a date index; or the columns ``ticker``, ``date`` and
            ``return``.  Of several frames, such as a generator makes, one is in memory
            at a time, and none shares a firm with another.
        path : str or path
            A folder that is not there yet, or is empty.
        firms_per_block : int
            A block of 200 firms of 2,500 days takes 4 MB.

        Returns
        -------
        FirmBlocks
        """
        require_package("pyarrow", Path(path), "returns")
        size = whole_number("firms_per_block", firms_per_block, 1)
        target = Path(path)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            words = "this place is taken"
            raise ArgumentError("path", str(path), words, "Name a new folder.")
        target.parent.mkdir(parents=True, exist_ok=True)
        given = [frames] if isinstance(frames, pd.DataFrame) else frames
        # All or nothing: what is half written is nowhere.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".blocks") as made:
            new, number = Path(made, "new"), 0
            new.mkdir()
            for frame in map(by_ticker, given):
                for start in range(0, frame.shape[1], size):
                    part = frame.iloc[:, start : start + size]
                    part.to_parquet(new / f"block-{number:06d}.parquet")
                    number += 1
            cls(new)
            target = new.replace(target)
        return cls(target)


def returns_held(returns: object) -> FirmBlocks | WideReturns:
    """What ``returns=`` holds: blocks as they are, else a frame whose days are read."""
    return returns if isinstance(returns, FirmBlocks) else WideReturns.of(returns)


def _require_whole(
    names: list[str],
    known: dict[str, int],
    blocks: tuple[StoredBlock, ...],
    number: int,
) -> None:
    """Refuse a firm of which another block holds a part."""
    for name in names:
        if name in known:
            first, second = blocks[known[name]], blocks[number]
            raise BadDataError(
                second.parameter, name,
                f"this firm lies in two blocks, also in {first.parameter}; the whole "
                "history of a firm lies in one",
                WRITE,
            )  # fmt: skip
