"""Tables in Excel and Parquet files, if the package that reads them is there."""

from __future__ import annotations

import importlib
import warnings
import zipfile
import zlib
from pathlib import Path

import pandas as pd

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices.layouts import TICKER_NAMES, plain
from eventstudy.prices.text_tables import BLANKS, may_hold_text, unreadable

EXCEL = (".xlsx", ".xlsm")
PARQUET = (".parquet", ".pq")
NEEDS = {
    "openpyxl": "pip install 'investor-eventstudy[excel]'",
    "pyarrow": "pip install 'investor-eventstudy[parquet]'",
}
# What openpyxl and pyarrow raise on a damaged file; they have no error of their own
# for all of it.
DAMAGED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, SyntaxError,
    OverflowError, NotImplementedError, OSError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read_excel(
    path: Path, sheet: str | int | None, parameter: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A sheet of a workbook, the first by default, and what the reader should know.

    Raises
    ------
    NoDataError
        When there is no such file, or openpyxl is not installed (extra ``excel``).
    BadDataError
        When it is no workbook, or has no such sheet.
    """
    require_package("openpyxl", path, parameter)
    _require_file(path, parameter)
    try:
        with warnings.catch_warnings():
            # Styles and the like that openpyxl does not know are not read at all.
            warnings.simplefilter("ignore")
            with pd.ExcelFile(path, engine="openpyxl") as book:
                names = [str(name) for name in book.sheet_names]
                chosen = _choose(sheet, names, path, parameter)
                frame = book.parse(chosen, keep_default_na=False)
    except BadDataError:
        raise
    except DAMAGED as error:
        raise damaged(path, "an Excel workbook", error, parameter) from None
    many = f"sheet {chosen!r} read, the first of {len(names)}"
    return without_blanks(frame), (many,) if sheet is None and len(names) > 1 else ()


def read_parquet(path: Path, parameter: str) -> pd.DataFrame:
    """The table of a Parquet file.

    Raises
    ------
    NoDataError
        When there is no such file, or pyarrow is not installed.
    BadDataError
        When it is no Parquet file.
    """
    require_package("pyarrow", path, parameter)
    _require_file(path, parameter)
    try:
        frame: pd.DataFrame = pd.read_parquet(path, engine="pyarrow")
    except DAMAGED as error:
        raise damaged(path, "a Parquet file", error, parameter) from None
    return frame


def without_blanks(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with words for a missing number as NaN, other than in tickers."""
    frame = frame.rename(columns=str)
    for place, name in enumerate(frame.columns):
        column = frame.iloc[:, place]
        if may_hold_text(column) and plain(name) not in TICKER_NAMES:
            frame.isetitem(place, column.mask(column.isin(BLANKS)).array)
    return frame


def _choose(
    sheet: str | int | None, names: list[str], path: Path, parameter: str
) -> str:
    """The name of the sheet that was asked for."""
    if sheet is None:
        return names[0]
    if isinstance(sheet, str) and sheet in names:
        return sheet
    if isinstance(sheet, int) and 0 <= sheet < len(names):
        return names[sheet]
    bound = f"{path.name} has the sheets {', '.join(names)}"
    raise BadDataError("sheet", sheet, bound, f"Name one of them, for {parameter}.")


def require_package(package: str, path: Path, parameter: str) -> None:
    """Refuse a file whose reader is not installed, with the line that installs it."""
    try:
        importlib.import_module(package)
    except ImportError:
        raise NoDataError(
            parameter,
            path.name,
            f"reading it needs the package {package}",
            f"Install it: {NEEDS[package]}; or save the table as CSV.",
        ) from None


def _require_file(path: Path, parameter: str) -> None:
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise unreadable(path, error, parameter) from None


def damaged(path: Path, kind: str, error: Exception, parameter: str) -> BadDataError:
    """The error of a file that its reader gives up."""
    words = str(error).partition("\n")[0] or type(error).__name__
    bound = f"this is not {kind} that can be read ({words})"
    return BadDataError(parameter, path.name, bound, "Save it anew, or as CSV.")
