"""Prices from a CSV file: one ticker, closes by ticker, or long."""

from __future__ import annotations

import hashlib
import warnings
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices.layouts import TICKER_NAMES, plain

# A ticker may be called NA or TRUE, a price may not.
BLANKS = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"]
# Since 3.1 pandas reads numbers as printed, and warns when asked to.
_VERSION = tuple(int(part) for part in pd.__version__.split(".")[:2])
EXACT: dict[str, Any] = {} if _VERSION >= (3, 1) else {"float_precision": "round_trip"}
BY_HAND = "Read it yourself with pd.read_csv and pass the frame."


def read_prices(path: str | PathLike[str], parameter: str = "prices") -> pd.DataFrame:
    """The frame of a CSV file, numbers as printed and dates as text.

    Parameters
    ----------
    path : str or path
        Comma-separated, one header line (or the three of a saved yfinance download).
        A first column without a name counts as the dates.
    parameter : str
        The argument that names it, for errors.

    Returns
    -------
    DataFrame
        As in the file; the layout is read by :mod:`eventstudy.prices.layouts`.

    Raises
    ------
    NoDataError
        When there is no such file.
    BadDataError
        When it is empty or not a comma-separated table.
    """
    text = _text(Path(path), parameter)
    name = Path(path).name
    if not text.strip():
        raise BadDataError(parameter, name, "this file is empty", "Pass another file.")
    header = text.split("\n", 1)[0]
    if "," not in header:
        way_out = "For other separators: pd.read_csv(path, sep=';', decimal=',')."
        raise BadDataError(
            parameter, name, "its columns are not separated by commas", way_out
        )
    try:
        with warnings.catch_warnings():
            # Of a row that is longer than the header, the rest would be dropped.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return _parse(text, header)
    except (pd.errors.ParserWarning, ValueError, OverflowError) as error:
        raise BadDataError(parameter, name, f"not a table: {error}", BY_HAND) from None


def file_hash(path: str | PathLike[str]) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _text(path: Path, parameter: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        bound = "this is not UTF-8 text"
        raise BadDataError(parameter, path.name, bound, BY_HAND) from None
    except FileNotFoundError:
        bound = "there is no such file"
    except (OSError, ValueError) as error:
        bound = f"this file cannot be read ({getattr(error, 'strerror', error)})"
    way_out = "Check the path; a frame can be passed as well."
    raise NoDataError(parameter, str(path), bound, way_out)


def _parse(text: str, header: str) -> pd.DataFrame:
    if header.startswith("Price,") and text.partition("\n")[2].startswith("Ticker,"):
        both: pd.DataFrame
        both = pd.read_csv(StringIO(text), header=[0, 1], index_col=0, **EXACT)
        return both
    names = pd.read_csv(StringIO(header), index_col=False).columns
    tickers = [name for name in names if plain(name) in TICKER_NAMES]
    frame: pd.DataFrame = pd.read_csv(
        StringIO(text),
        index_col=False,
        **EXACT,
        dtype=dict.fromkeys(tickers, str),
        keep_default_na=False,
        na_values={name: BLANKS for name in names if name not in tickers},
    )
    first = frame.columns[0]
    return (
        frame.rename(columns={first: "date"}) if first.startswith("Unnamed") else frame
    )
