"""The table of a file of events, tickers and dates as they are printed."""

from __future__ import annotations

import warnings
from io import StringIO
from os import PathLike
from pathlib import Path

import pandas as pd

from eventstudy.errors import ArgumentError

OF_TEXT = (
    "id", "ticker", "date", "announced_at", "timing", "headline", "category", "source",
    "confidence", "exchange",
)  # fmt: skip
OTHER_NAMES = {"symbol": "ticker"}
SEPARATORS = ",;\t"
# A ticker may be called NA or TRUE, a size may not.
BLANKS = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"]
WAY_OUT = (
    "Pass the path of a text table whose first line names its columns, among them "
    "ticker, and date or announced_at."
)


def event_file(path: str | PathLike[str], parameter: str) -> pd.DataFrame:
    """Read a table of events.

    Parameters
    ----------
    path : str or path
        Columns separated by commas, semicolons or tabs, whichever the first line has
        most of; UTF-8, or UTF-16 with its mark.
    parameter : str
        The argument that names it, for errors.

    Returns
    -------
    DataFrame
        Columns of events as text, named as the fields of an event whatever their
        capitals and spaces ("Announced At", "Symbol"); other columns as pandas reads
        them.  NaN = blank.

    Raises
    ------
    ArgumentError
        When there is no such file, or it is no such table.
    """
    text = _text(path, parameter)
    header = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=header.count)
    try:
        with warnings.catch_warnings():
            # Of a row that is longer than the header, the rest would be dropped.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = _parsed(text, separator)
    except (ValueError, OverflowError, pd.errors.ParserWarning) as error:
        raise _unusable(path, parameter, f"this is not a table ({error})") from None
    return frame.rename(columns=_field_names(frame))


def _parsed(text: str, separator: str) -> pd.DataFrame:
    named = pd.read_csv(StringIO(text), sep=separator, nrows=0, index_col=False)
    fields = {*_field_names(named), *OF_TEXT}
    texts = [name for name in named.columns if name in fields]
    others = [name for name in named.columns if name not in fields]
    frame: pd.DataFrame = pd.read_csv(
        StringIO(text),
        sep=separator,
        index_col=False,
        dtype=dict.fromkeys(texts, str),
        keep_default_na=False,
        na_values=dict.fromkeys(others, BLANKS),
        skip_blank_lines=True,
        low_memory=False,
    )
    frame[texts] = frame[texts].mask(frame[texts] == "")
    return frame


def _field_names(frame: pd.DataFrame) -> dict[str, str]:
    """Columns that are fields in other spelling, by their own name."""
    found: dict[str, str] = {}
    taken = {*frame.columns}
    for name in frame.columns:
        plain = "_".join(str(name).casefold().replace("_", " ").split())
        plain = OTHER_NAMES.get(plain, plain)
        if plain in OF_TEXT and plain not in taken:
            found[name] = plain
            taken.add(plain)
    return found


def _text(path: str | PathLike[str], parameter: str) -> str:
    if not isinstance(path, str | PathLike):
        raise _unusable(type(path).__name__, parameter, "this is not a path")
    try:
        content = Path(path).read_bytes()
        utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable(path, parameter, "the file cannot be read: not UTF-8") from None
    except (OSError, ValueError) as error:
        bound = f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        raise _unusable(path, parameter, bound) from None
    if not text.strip():
        raise _unusable(path, parameter, "this file is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unusable(path: object, parameter: str, bound: str) -> ArgumentError:
    return ArgumentError(parameter, str(path), bound, WAY_OUT)
