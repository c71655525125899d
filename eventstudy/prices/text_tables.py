"""Tables in text files: CSV and its relatives."""

from __future__ import annotations

import csv
import warnings
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices.layouts import TICKER_NAMES, plain

# A ticker may be called NA or TRUE, a price may not.
BLANKS = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"]
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}
# Since 3.1 pandas reads numbers as printed, and warns when asked to.
_VERSION = tuple(int(part) for part in pd.__version__.split(".")[:2])
EXACT: dict[str, Any] = {} if _VERSION >= (3, 1) else {"float_precision": "round_trip"}
BY_HAND = "Read it yourself with pd.read_csv and pass the frame."


def read_text(path: Path, parameter: str) -> str:
    """The text of a file in UTF-8.

    Raises
    ------
    NoDataError
        When there is no such file, or it cannot be opened.
    BadDataError
        When it is empty or in another encoding.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        bound = "this is not UTF-8 text"
        raise BadDataError(parameter, path.name, bound, BY_HAND) from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error, parameter) from None
    if not text.strip():
        bound = "this file is empty"
        raise BadDataError(parameter, path.name, bound, "Pass another file.")
    return text


def may_hold_text(column: pd.Series[Any]) -> bool:
    """Whether the type of a column allows text."""
    return column.dtype == object or pd.api.types.is_string_dtype(column.dtype)


def unreadable(path: Path, error: Exception, parameter: str) -> NoDataError:
    """The error of a file that is not there or cannot be opened."""
    bound = f"this file cannot be read ({getattr(error, 'strerror', error)})"
    if isinstance(error, FileNotFoundError):
        bound = "there is no such file"
    way_out = "Check the path; a frame can be passed as well."
    return NoDataError(parameter, str(path), bound, way_out)


def separator_of(text: str) -> str:
    """What separates the columns: semicolon, tab or bar if the header has it."""
    header = text.split("\n", 1)[0]
    return next((sep for sep in SEPARATORS if sep in header), ",")


def parse_text(
    text: str, name: str, parameter: str, sep: str = ",", *, as_text: bool = False
) -> pd.DataFrame:
    """The table in a text.

    Parameters
    ----------
    text : str
        One header line, or the three of a saved yfinance download.
    name : str
        Of the file, for errors.
    parameter : str
        The argument that names it.
    sep : str
    as_text : bool
        Leave all values as they stand there; else numbers are read as printed.

    Returns
    -------
    DataFrame
        A first column without a name is called date.

    Raises
    ------
    BadDataError
        When it is no table.
    """
    header = text.split("\n", 1)[0]
    if sep not in header:
        raise _not_separated(header, name, parameter, sep)
    try:
        with warnings.catch_warnings():
            # Of a row that is longer than the header, the rest would be dropped.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return _parse(text, header, sep, as_text=as_text)
    except (pd.errors.ParserWarning, ValueError, OverflowError, csv.Error) as error:
        raise BadDataError(parameter, name, f"not a table: {error}", BY_HAND) from None


def _not_separated(header: str, name: str, parameter: str, sep: str) -> BadDataError:
    called = SEPARATORS.get(sep, repr(sep))
    found = separator_of(header)
    way_out = (
        f"Use es.read_prices({name!r}, sep={found!r}), with decimal=',' for decimal "
        "commas."
        if found in header
        else "Pass a table with a column of dates and one of closing prices."
    )
    bound = f"its columns are not separated by {called}"
    return BadDataError(parameter, name, bound, way_out)


def _parse(text: str, header: str, sep: str, *, as_text: bool) -> pd.DataFrame:
    if header.startswith("Price,") and text.partition("\n")[2].startswith("Ticker,"):
        both: pd.DataFrame
        both = pd.read_csv(StringIO(text), header=[0, 1], index_col=0, **EXACT)
        return both
    names = pd.read_csv(StringIO(header), index_col=False, sep=sep).columns
    tickers = [name for name in names if plain(name) in TICKER_NAMES]
    frame: pd.DataFrame = pd.read_csv(
        StringIO(text),
        index_col=False,
        sep=sep,
        **EXACT,
        dtype=str if as_text else dict.fromkeys(tickers, str),
        keep_default_na=False,
        na_values={name: BLANKS for name in names if name not in tickers},
    )
    first = frame.columns[0]
    return (
        frame.rename(columns={first: "date"}) if first.startswith("Unnamed") else frame
    )
