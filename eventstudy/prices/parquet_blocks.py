"""Returns in Parquet files, each block of them the whole history of some firms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.errors import ArgumentError, BadDataError, NoDataError
from eventstudy.prices.days import read_days
from eventstudy.prices.layouts import TICKER_NAMES, plain
from eventstudy.prices.wide_returns import WideReturns
from eventstudy.prices.workbooks import DAMAGED, PARQUET, damaged, require_package

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

RETURN_NAMES = ("return", "returns", "ret")
WRITE = "Write them with es.FirmBlocks.write(frame, path)."


class Layout(NamedTuple):
    """Which columns of a file are what; ``ticker`` is None where firms are columns."""

    date: str
    ticker: str | None
    value: str


class StoredBlock(NamedTuple):
    """Where a block lies: a file, or one row group of it; its size and time then."""

    file: Path
    group: int | None
    layout: Layout
    stamp: tuple[int, int]

    @property
    def parameter(self) -> str:
        """The argument and the file, for errors."""
        place = "" if self.group is None else f", row group {self.group}"
        return f"returns ({self.file.name}{place})"


def list_blocks(path: Path) -> list[StoredBlock]:
    """The blocks of a folder, one a file; or of a file, one a row group.

    Raises
    ------
    NoDataError
        When there is no such place, no Parquet file in it, or pyarrow lacks.
    BadDataError
        When a file is no Parquet file or lacks a column.
    """
    require_package("pyarrow", path, "returns")
    if path.is_dir():
        found = [
            file
            for file in sorted(path.rglob("*"))
            if file.suffix in PARQUET and file.name[0] not in "._"
        ]
        if not found:
            words = "no Parquet file lies in this folder"
            raise NoDataError("returns", str(path), words, WRITE)
        return [StoredBlock(file, None, *_looked_at(file)[:2]) for file in found]
    layout, stamp, groups = _looked_at(path)
    if layout.ticker is None:
        return [StoredBlock(path, None, layout, stamp)]
    return [StoredBlock(path, group, layout, stamp) for group in range(groups)]


def _looked_at(file: Path) -> tuple[Layout, tuple[int, int], int]:
    """Columns of a file, its stamp, and the number of its row groups."""
    with _opened(file) as opened:
        return _layout(file, opened), _stamp(file), opened.num_row_groups


def _opened(file: Path) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(file)
    except FileNotFoundError:
        words = "there is no such file or folder"
        raise NoDataError("returns", str(file), words, WRITE) from None
    except DAMAGED as error:
        raise damaged(file, "a Parquet file", error, "returns") from None


def _stamp(file: Path) -> tuple[int, int]:
    known = file.stat()
    return known.st_size, known.st_mtime_ns


def _layout(file: Path, opened: ParquetFile) -> Layout:
    names = list(map(str, opened.schema_arrow.names))
    if len(set(names)) < len(names):
        raise _bad(file, names, "two columns have one name", "Keep one.")
    about = opened.schema_arrow.pandas_metadata or {}
    index = [name for name in about.get("index_columns", ()) if isinstance(name, str)]
    date = [name for name in names if plain(name) == "date"] or index
    ticker = [name for name in names if plain(name) in TICKER_NAMES]
    if len(date) != 1:
        raise _bad(file, names, "there is no column date", "Name it date.")
    if not ticker:
        return Layout(date[0], None, "")
    value = [name for name in names if plain(name) in RETURN_NAMES]
    if len(ticker) > 1 or len(value) != 1:
        words = "there is no single column return beside date and ticker"
        raise _bad(file, names, words, "Keep the columns ticker, date and return.")
    return Layout(date[0], ticker[0], value[0])


def held_in(block: StoredBlock) -> tuple[list[str], pd.DatetimeIndex]:
    """Tickers and days of a block, without its numbers.

    Raises
    ------
    BadDataError
        When the days cannot be read, or those of a firm do not ascend.
    """
    date, ticker, _ = block.layout
    if ticker is None:
        with _opened(block.file) as opened:
            names = [name for name in opened.schema_arrow.names if name != date]
        return names, read_days(_table(block, [date])[date], block.parameter)
    table = _table(block, [date, ticker])
    tickers, days, _, _ = _cells(block, table)
    return tickers, days


def wide_frame(block: StoredBlock, tickers: list[str]) -> pd.DataFrame:
    """The returns of some firms of a block, a column each; NaN = none."""
    date, ticker, value = block.layout
    if ticker is None:
        return _table(block, [date, *tickers]).set_index(date)[tickers]
    table = _table(block, [date, ticker, value])
    held, days, firm, day = _cells(block, table)
    numbers = table[value]
    if not pd.api.types.is_float_dtype(numbers.dtype):
        words = f"column {value!r} holds {numbers.dtype}, not floats"
        raise BadDataError(block.parameter, value, words, "Write numbers in decimals.")
    found = np.full((len(tickers), len(days)), np.nan)
    place = pd.Index(tickers).get_indexer(pd.Index(held))[firm]
    wanted = place >= 0
    found[place[wanted], day[wanted]] = numbers.to_numpy(float, na_value=np.nan)[wanted]
    return pd.DataFrame(found.T, days, tickers, copy=False)


def by_ticker(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with a column a ticker, checked."""
    if not isinstance(frame, pd.DataFrame):
        words = "this is no frame of returns"
        raise ArgumentError("frames", type(frame).__name__, words, "Pass DataFrames.")
    names = {plain(name): name for name in frame.columns}
    ticker = next((names[n] for n in TICKER_NAMES if n in names), None)
    if ticker is not None:
        value = next((names[n] for n in RETURN_NAMES if n in names), None)
        if value is None or "date" not in names:
            words = "a long frame has the columns ticker, date and return"
            raise BadDataError("frames", list(frame.columns), words, "Add them.")
        date = names["date"]
        twice = frame.duplicated([date, ticker])
        if twice.any():
            words = "a firm has two returns on one day"
            which = tuple(map(str, frame.loc[twice, [date, ticker]].iloc[0]))
            raise BadDataError("frames", which, words, "Keep one row a day.")
        order = pd.unique(frame[ticker])
        frame = frame.pivot_table(
            value, date, ticker, "first", dropna=False, observed=True
        )[order]
    wide = WideReturns.of(frame, "frames")
    if len(wide.places) < frame.shape[1]:
        words = "a ticker stands there twice"
        raise BadDataError("frames", list(frame.columns), words, "Keep one.")
    return frame.set_axis(wide.days).rename(columns=str)


def _table(block: StoredBlock, columns: list[str]) -> pd.DataFrame:
    """Some columns of a block, as they stand there."""
    if _changed(block):
        words = "this file is not what it was when the blocks were opened"
        raise BadDataError(block.parameter, block.file.name, words, "Open them anew.")
    try:
        with _opened(block.file) as opened:
            if block.group is None:
                table = opened.read(columns)
            else:
                table = opened.read_row_group(block.group, columns)
            frame: pd.DataFrame = table.to_pandas(
                ignore_metadata=True, date_as_object=False, self_destruct=True
            )
    except DAMAGED as error:
        raise damaged(block.file, "a Parquet file", error, "returns") from None
    return frame


def _changed(block: StoredBlock) -> bool:
    try:
        return _stamp(block.file) != block.stamp
    except OSError:
        return True


def _cells(
    block: StoredBlock, table: pd.DataFrame
) -> tuple[list[str], pd.DatetimeIndex, IntArray, IntArray]:
    """Tickers, days, and which of them each row of a long table is of."""
    date, ticker, _ = block.layout
    firm, tickers = pd.factorize(table[ticker])
    day, days = pd.factorize(table[date], sort=True)
    for name, codes in ((ticker, firm), (date, day)):
        if (codes < 0).any():
            words = f"row {int(codes.argmin())} has no {plain(name)}"
            raise BadDataError(block.parameter, name, words, "Drop the row.")
    order = np.argsort(firm, kind="stable")
    step, same = np.diff(day[order]), np.diff(firm[order]) == 0
    for bad, words, way_out in (
        (step == 0, "has two returns on one day", "Keep one row a day."),
        (step < 0, "has rows not in the order of their days", "Sort by the date."),
    ):
        if (bad & same).any():
            row = order[int((bad & same).argmax()) + 1]
            who = str(table[ticker].iloc[row])
            raise BadDataError(block.parameter, who, f"{who} {words}", way_out)
    named = [str(name) for name in tickers]
    return named, read_days(days, block.parameter), firm, day


def _bad(file: Path, value: Any, bound: str, way_out: str) -> BadDataError:
    return BadDataError(f"returns ({file.name})", value, bound, way_out)
