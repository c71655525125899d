"""Prices from a CSV file: one ticker, closes by ticker, or long."""

from __future__ import annotations

import hashlib
from io import StringIO
from os import PathLike
from pathlib import Path

import pandas as pd

from eventstudy.errors import BadDataError, NoDataError

# A ticker may be called NA or TRUE, a price may not.
TICKER_NAMES = ("ticker", "symbol")
BLANKS = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"]
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
        As in the file; the layout is read by :mod:`eventstudy.prices.frames`.

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
        return _parse(text, header)
    except (pd.errors.ParserError, ValueError) as error:
        raise BadDataError(parameter, name, f"not a table: {error}", BY_HAND) from None


def file_hash(path: str | PathLike[str]) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _text(path: Path, parameter: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = "there is no such file" if not path.exists() else str(error.strerror)
        raise NoDataError(
            parameter,
            str(path),
            reason,
            "Check the path; a frame can be passed as well.",
        ) from None
    except UnicodeDecodeError:
        raise BadDataError(
            parameter, path.name, "this is not UTF-8 text", BY_HAND
        ) from None


def _parse(text: str, header: str) -> pd.DataFrame:
    if header.startswith("Price,") and text.split("\n", 2)[1].startswith("Ticker,"):
        return pd.read_csv(
            StringIO(text), header=[0, 1], index_col=0, float_precision="round_trip"
        )
    names = pd.read_csv(StringIO(header), index_col=False).columns
    tickers = [name for name in names if name.strip().lower() in TICKER_NAMES]
    frame = pd.read_csv(
        StringIO(text),
        float_precision="round_trip",
        dtype=dict.fromkeys(tickers, str),
        keep_default_na=False,
        na_values={name: BLANKS for name in names if name not in tickers},
    )
    first = frame.columns[0]
    return (
        frame.rename(columns={first: "date"}) if first.startswith("Unnamed") else frame
    )
