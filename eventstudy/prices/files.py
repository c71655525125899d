"""Prices from a file: CSV, Excel or Parquet; one ticker, closes by ticker, or long."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from eventstudy._arguments import one_of
from eventstudy.errors import ArgumentError
from eventstudy.prices.column_guesses import name_columns
from eventstudy.prices.frames import NOTES, date_values
from eventstudy.prices.layouts import (
    SPELLINGS,
    TICKER_NAMES,
    layout_of,
    plain,
    rows_as_columns,
)
from eventstudy.prices.local_formats import read_commas, read_local_days
from eventstudy.prices.text_tables import (
    EXACT,
    SEPARATORS,
    parse_text,
    read_text,
    separator_of,
)
from eventstudy.prices.workbooks import EXCEL, PARQUET, read_excel, read_parquet

__all__ = ["EXACT", "file_hash", "open_file", "read_prices", "read_table"]

PATH = "path"
NO_PRICES = ("date", *TICKER_NAMES)


def read_prices(
    path: str | PathLike[str],
    *,
    decimal: str = ".",
    dayfirst: bool | None = None,
    sep: str | None = None,
    sheet: str | int | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    r"""Prices from a file, in the notation of any country, ready for ``prices=``.

    Parameters
    ----------
    path : str or path
        A text file in UTF-8, an Excel workbook (.xlsx, .xlsm; extra ``excel``) or a
        Parquet file (extra ``parquet``).  One ticker, a column of closes a ticker, or
        long with a column ``ticker``.
    decimal : {".", ","}
        The sign before the fraction of a number.  With a comma, dots and blanks may
        part thousands; with a point nothing may.
    dayfirst : bool, optional
        True: 27.08.2010 or 27/08/2010; False: 08/27/2010.  Without it dates are
        ISO 8601 alone, since 08/09/2010 has two readings.
    sep : str, optional
        What separates the columns of a text file; semicolon, tab, bar or comma, the
        first of these that the header has.
    sheet : str or int, optional
        Sheet of a workbook, by name or position from 0; the first by default.
    columns : mapping of str to str, optional
        Names in the file to ours, such as ``{"Kurs": "close", "Tag": "date"}``.  Usual
        names are guessed where none is given; what was guessed is said in the
        warnings of the result.

    Returns
    -------
    DataFrame
        Index ``date``; the columns of the file, NaN = no price.  Not checked yet: that
        is done by :func:`eventstudy.analyze`, which refuses rows out of order.

    Raises
    ------
    NoDataError
        When there is no such file, or the package that reads it is missing.
    BadDataError
        When it is no table, or a date or number is not written as said.
    ArgumentError
        When an argument does not exist for this kind of file.

    Examples
    --------
    >>> from pathlib import Path
    >>> import tempfile
    >>> import eventstudy as es
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name, "kurse.csv")
    >>> _ = path.write_text("Datum;Schlusskurs\n26.08.2010;1.047,22\n")
    >>> es.read_prices(path, decimal=",", dayfirst=True)
                  close
    date
    2010-08-26  1047.22
    >>> folder.cleanup()
    """
    one_of("decimal", decimal, (".", ","))
    path, comma = Path(path), decimal == ","
    kind = _kind(path, sep, sheet)
    if kind == "text":
        text = read_text(path, PATH)
        notes: tuple[str, ...] = ()
        frame = parse_text(
            text, path.name, PATH, sep or separator_of(text), as_text=comma
        )
    else:
        frame, notes = _binary(path, kind, sheet, PATH)
    frame, guessed = name_columns(rows_as_columns(frame), columns)
    if comma:
        frame = _with_points(frame)
    return _annotated(_dated(frame, dayfirst), path, (*notes, *guessed))


def open_file(path: str | PathLike[str], parameter: str = "prices") -> pd.DataFrame:
    """The frame of a file: numbers with points, ISO dates, commas between columns.

    Parameters
    ----------
    path : str or path
        As for :func:`read_prices`.
    parameter : str
        The argument that names it, for errors.

    Returns
    -------
    DataFrame
        As in the file, columns by our names; the layout is read by
        :mod:`eventstudy.prices.layouts`.

    Raises
    ------
    NoDataError, BadDataError
        As for :func:`read_prices`.
    """
    frame = read_table(path, parameter)
    named, guessed = name_columns(frame)
    return _annotated(named, Path(path), (*frame.attrs.get(NOTES, ()), *guessed))


def read_table(path: str | PathLike[str], parameter: str) -> pd.DataFrame:
    """The table of a file under the names that it has itself.

    Parameters
    ----------
    path : str or path
        As for :func:`open_file`.
    parameter : str
        The argument that names it, for errors.

    Returns
    -------
    DataFrame

    Raises
    ------
    NoDataError, BadDataError
        As for :func:`read_prices`.
    """
    path = Path(path)
    kind = _kind(path, None, None)
    if kind == "text":
        return parse_text(read_text(path, parameter), path.name, parameter)
    frame, notes = _binary(path, kind, None, parameter)
    frame.attrs = {NOTES: list(notes)}
    return frame


def file_hash(path: str | PathLike[str]) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _kind(path: Path, sep: str | None, sheet: object) -> str:
    """What a file is by its ending; arguments of another kind are refused."""
    ending = path.suffix.lower()
    kind = "excel" if ending in EXCEL else "parquet" if ending in PARQUET else "text"
    if ending == ".xls":
        bound = "workbooks of the old kind are not read"
        raise ArgumentError("path", path.name, bound, "Save it as .xlsx or CSV.")
    if sep is not None and (kind != "text" or len(str(sep)) != 1):
        bound = f"text files have it, one sign: {', '.join(SEPARATORS.values())}"
        raise ArgumentError("sep", sep, bound, "Leave it out to have it found.")
    if sheet is not None and kind != "excel":
        bound = f"{path.name} is no workbook by its ending"
        raise ArgumentError("sheet", sheet, bound, "Leave it out.")
    return kind


def _binary(
    path: Path, kind: str, sheet: str | int | None, parameter: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    if kind == "excel":
        return read_excel(path, sheet, parameter)
    return read_parquet(path, parameter), ()


def _with_points(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of prices as numbers; of a share's table only those that are read."""
    known = set(SPELLINGS) if layout_of(frame) in ("long", "single") else None
    frame = frame.copy()
    for place, name in enumerate(map(plain, frame.columns)):
        if name not in NO_PRICES and (known is None or name in known):
            frame.isetitem(place, read_commas(frame.iloc[:, place], PATH).array)
    return frame


def _dated(frame: pd.DataFrame, dayfirst: bool | None) -> pd.DataFrame:
    """A frame by its dates, in the order of the file."""
    values = date_values(frame, PATH)
    days = read_local_days(values, dayfirst, PATH)
    rest = [label for label in frame.columns if plain(label) != "date"]
    return frame[rest].set_axis(days)


def _annotated(frame: pd.DataFrame, path: Path, notes: tuple[str, ...]) -> pd.DataFrame:
    """A frame that takes what its reader should know with it."""
    said: dict[Any, Any] = {NOTES: [f"{path.name}: {note}" for note in notes]}
    frame.attrs = said if notes else {}
    return frame
