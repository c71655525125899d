"""Names under which files hold dates, closes and tickers: guessed, and said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from eventstudy.errors import BadDataError
from eventstudy.prices.layouts import SPELLINGS, TICKER_NAMES, plain

DATE_NAMES = (
    "datum", "fecha", "data", "jour", "tag", "day", "caldt", "dlycaldt", "datadate",
    "tradedate", "tradingdate", "tradingday", "pricedate", "datetime", "timestamp",
)  # fmt: skip
CLOSE_NAMES = (
    "closeprice", "closingprice", "last", "lastprice", "pxlast", "prc", "dlyprc",
    "prccd", "price", "settle", "schluss", "schlusskurs", "kurs", "zuletzt", "cierre",
    "último", "ultimo", "clôture", "cloture", "dernier", "chiusura", "slotkoers",
)  # fmt: skip
ADJUSTED_NAMES = (
    "adjustedclosingprice", "adjclosingprice", "adjprice", "adjustedprice",
)  # fmt: skip
SYMBOL_NAMES = ("tic", "ric", "tickersymbol")
# Not read, but they tell one share's table from a table of many shares.
OTHER_NAMES = (
    "hoch", "tief", "eröffnung", "eröffn", "erster", "volumen", "vol", "umsatz",
    "stück", "apertura", "máximo", "mínimo", "ouverture", "hautes", "basses",
    "haut", "bas",
)  # fmt: skip


def name_columns(
    frame: pd.DataFrame, columns: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give the columns of a file our names, where they have others.

    Parameters
    ----------
    frame : DataFrame
        With one level of columns; others are left alone.
    columns : mapping of str to str, optional
        Names in the file to ours; guessed where they are not given.

    Returns
    -------
    frame : DataFrame
    notes : tuple of str
        What was guessed; empty if nothing was.

    Raises
    ------
    BadDataError
        When a given name is not there, or more than one column may be the one sought.
    """
    if frame.columns.nlevels > 1:
        return frame, ()
    frame = frame.rename(columns=dict(_given(frame, columns or {})))
    guesses = {**_one(frame, "ticker", SYMBOL_NAMES), **_date(frame)}
    frame = frame.rename(columns=guesses)
    closes = {} if _is_wide(frame) else _closes(frame)
    guesses |= closes
    said = ", ".join(f"{old!r} as {new}" for old, new in guesses.items())
    notes = (f"column{'s' if len(guesses) > 1 else ''} {said}, by their names",)
    return frame.rename(columns=closes), notes if guesses else ()


def _given(frame: pd.DataFrame, columns: Mapping[str, str]) -> Mapping[str, str]:
    for name in columns:
        if name not in frame.columns:
            raise BadDataError(
                "columns",
                name,
                f"the file has {', '.join(map(str, frame.columns))}",
                "Write a column as it stands in the file: {'Kurs': 'close'}.",
            )
    return columns


def _one(frame: pd.DataFrame, ours: str, names: tuple[str, ...]) -> dict[str, str]:
    """The only column with one of these names, unless there is ours already."""
    known = {SPELLINGS.get(plain(label), plain(label)) for label in frame.columns}
    if ours in known or (ours == "ticker" and known.intersection(TICKER_NAMES)):
        return {}
    found = [str(label) for label in frame.columns if plain(label) in names]
    if len(found) > 1:
        raise BadDataError(
            "columns",
            found,
            f"each of these may be the {ours}",
            f"Say which: es.read_prices(path, columns={{{found[0]!r}: {ours!r}}}).",
        )
    return dict.fromkeys(found, ours)


def _date(frame: pd.DataFrame) -> dict[str, str]:
    """The date column, where the index holds no dates."""
    if isinstance(frame.index, pd.DatetimeIndex | pd.PeriodIndex):
        return {}
    return _one(frame, "date", DATE_NAMES)


def _closes(frame: pd.DataFrame) -> dict[str, str]:
    adjusted = _one(frame, "adj_close", ADJUSTED_NAMES)
    return adjusted | _one(frame, "close", CLOSE_NAMES)


def _is_wide(frame: pd.DataFrame) -> bool:
    """Whether the columns look like shares: some are none of a single share's."""
    names = {plain(label) for label in frame.columns}
    if names & {*TICKER_NAMES, *OTHER_NAMES, *SPELLINGS}:
        return False
    return bool(names - {"", "date", *CLOSE_NAMES, *ADJUSTED_NAMES})
