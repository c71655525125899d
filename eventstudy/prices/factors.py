"""Factor returns in decimals: the shipped slice, a frame, a file, or a provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices._base import FactorProvider, FactorReturns
from eventstudy.prices.bundled import factor_record, load_factors
from eventstudy.prices.columns import read_numbers
from eventstudy.prices.days import read_days
from eventstudy.prices.frames import date_values, fingerprint
from eventstudy.prices.search import ANYWHERE, Search

NAMES = ("mkt_rf", "smb", "hml", "rmw", "cma", "rf", "mom")
OTHER_SPELLINGS = {"mktrf": "mkt_rf", "umd": "mom", "wml": "mom", "momentum": "mom"}
PER_CENT_ABOVE = 0.1
USUAL = (0.002, 0.05)
MISSING_BELOW = -0.9
LIBRARY = "fama_french"
HOW_TO_GET = (
    f"Pass factors={LIBRARY!r} to fetch them from the data library of Kenneth R. "
    "French (pip install 'investor-eventstudy[factors]'), or a frame in decimals with "
    "a date index and the columns mkt_rf, smb, hml, rmw, cma, rf, mom (the library's "
    "figures are in per cent: divide by 100)."
)
Found = tuple[pd.DataFrame, dict[str, object], tuple[str, ...]]


def factor_frame(
    factors: object = None,
    names: tuple[str, ...] = NAMES,
    search: Search = ANYWHERE,
) -> Found:
    """Daily factor returns, where they come from, and what to know of them.

    Parameters
    ----------
    factors : DataFrame, "fama_french" or provider, optional
        In decimals, by day; columns in the spelling of French's files or ours.  The
        word fetches them from French's data library, through the cache.  None =
        the slice shipped with the package, 2009-01-02 to 2010-12-31.
    names : tuple of str
        What a provider is asked for.
    search : Search
        How far to go for French's library.

    Returns
    -------
    frame : DataFrame
        Index "date", float columns among mkt_rf, smb, hml, rmw, cma, rf, mom, then any
        others as the caller spells them; decimals; NaN = missing.
    provenance : dict
        Plain values, ready for JSON.
    notes : tuple of str
        What might mislead.

    Raises
    ------
    BadDataError
        When the figures look like per cent, hold a missing-data code or an infinite
        value, or no known factor; dates and text as for prices.
    NoDataError, ProviderUnavailableError
        When French's library cannot be asked.
    """
    if factors is None:
        record, frame = factor_record(), load_factors()
        source = f"bundled data/{record.file} ({record.source})"
        facts = _provenance(frame, source, record.sha256, record.recorded)
        return frame, facts, record.notes
    if isinstance(factors, pd.DataFrame):
        return _checked(FactorReturns(factors, "factors= (a frame)"))
    if isinstance(factors, str):
        return _checked(_from_library(factors, names, search))
    own = isinstance(factors, pd.Series | Mapping | type)
    if own or not isinstance(factors, FactorProvider):
        raise BadDataError(
            "factors", type(factors).__name__, "this is not a frame", HOW_TO_GET
        )
    answer: object = factors.get(names)
    if isinstance(answer, pd.DataFrame):
        answer = FactorReturns(answer, f"provider {type(factors).__name__}")
    if not isinstance(answer, FactorReturns):
        bound = f"its get(names) answers with {type(answer).__name__}, not a frame"
        raise BadDataError("factors", type(factors).__name__, bound, HOW_TO_GET)
    return _checked(answer)


def require_cover(frame: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Refuse factors that do not reach from ``first`` to ``last``.

    Raises
    ------
    NoDataError
        It names the days covered, and how to get the others.
    """
    start, end = frame.index[0], frame.index[-1]
    if first < start or last > end:
        raise NoDataError(
            "factors",
            f"{first.date()} to {last.date()}",
            f"the factors cover {start.date()} to {end.date()} only",
            HOW_TO_GET,
        )


def factor_name(label: object) -> str:
    """The name of a factor as we spell it: 'Mkt-RF' -> 'mkt_rf', 'Mom   ' -> 'mom'."""
    plain = "".join(letter for letter in str(label).lower() if letter.isalnum())
    known = {name.replace("_", ""): name for name in NAMES} | OTHER_SPELLINGS
    return known.get(plain, str(label).strip())


def _from_library(word: str, names: tuple[str, ...], search: Search) -> FactorReturns:
    from eventstudy.prices.fama_french import FamaFrench

    if word != LIBRARY:
        bound = f"this is not a frame, nor the word {LIBRARY!r}"
        raise BadDataError("factors", word, bound, HOW_TO_GET)
    library = FamaFrench(search.cache, refresh=search.refresh, offline=search.offline)
    return library.get(names, search.last)


def _checked(found: FactorReturns) -> Found:
    frame = _read(found.frame)
    sha256 = found.sha256 or fingerprint(frame)
    facts = _provenance(frame, found.source, sha256, found.retrieved_at)
    return frame, facts, (*found.notes, *_check(frame))


def _read(factors: pd.DataFrame) -> pd.DataFrame:
    days = read_days(date_values(factors, "factors"), "factors")
    numbers: dict[str, Any] = {}
    for at, label in enumerate(factors.columns):
        name = factor_name(label)
        if name.lower() == "date":
            continue
        if name in numbers:
            raise BadDataError(
                "factors", str(label), f"{name} stands there twice", "Keep one of them."
            )
        numbers[name] = read_numbers(factors.iloc[:, at], days, "factors")
    if not len(days) or not set(NAMES) & numbers.keys():
        raise BadDataError(
            "factors",
            [str(label) for label in factors.columns],
            "there is no known factor",
            HOW_TO_GET,
        )
    ordered = [name for name in NAMES if name in numbers]
    return pd.DataFrame(
        {name: numbers[name] for name in dict.fromkeys([*ordered, *numbers])},
        index=days,
    )


def _check(frame: pd.DataFrame) -> tuple[str, ...]:
    values = frame.to_numpy()
    if np.isinf(values).any():
        raise _bad_value(frame, np.isinf(values), "an infinite value")
    name = "mkt_rf" if "mkt_rf" in frame else str(frame.columns[0])
    spread = float(frame[name].std())
    if spread > PER_CENT_ABOVE and not (values < MISSING_BELOW * 100).any():
        raise BadDataError(
            "factors",
            spread,
            f"the standard deviation of {name} looks like per cent",
            "Divide the frame by 100.",
        )
    if (values < MISSING_BELOW).any():
        raise _bad_value(frame, values < MISSING_BELOW, "a missing-data code")
    if not USUAL[0] <= spread <= USUAL[1]:
        return (
            f"factors: the daily standard deviation of {name}, {spread:.4g}, is odd",
        )
    return ()


def _bad_value(
    frame: pd.DataFrame, bad: np.ndarray[Any, Any], what: str
) -> BadDataError:
    row, column = (int(place[0]) for place in np.nonzero(bad))
    return BadDataError(
        "factors",
        float(frame.to_numpy()[row, column]),
        f"{what} in {frame.columns[column]} on {frame.index[row].date()}",
        "Replace it by NaN.",
    )


def _provenance(
    frame: pd.DataFrame, source: str, sha256: str, retrieved_at: str | None
) -> dict[str, object]:
    return {
        "source": source,
        "retrieved_at": retrieved_at,
        "sha256": sha256,
        "unit": "decimals a day",
        "first": str(frame.index[0].date()),
        "last": str(frame.index[-1].date()),
        "rows": len(frame),
    }
