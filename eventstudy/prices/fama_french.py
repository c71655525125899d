"""Daily factors from the data library of Kenneth R. French, by pandas-datareader."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Iterable
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError, NoDataError, ProviderUnavailableError
from eventstudy.prices._base import FactorReturns
from eventstudy.prices._renewal import Cache, Facts, utc_now
from eventstudy.prices.cache import cache_folder, is_offline
from eventstudy.prices.days import read_days
from eventstudy.prices.factors import factor_name
from eventstudy.prices.frames import fingerprint

THREE = "F-F_Research_Data_Factors_daily"
FIVE = "F-F_Research_Data_5_Factors_2x3_daily"
MOMENTUM = "F-F_Momentum_Factor_daily"
COLUMNS = {
    THREE: ("mkt_rf", "smb", "hml", "rf"),
    FIVE: ("mkt_rf", "smb", "hml", "rmw", "cma", "rf"),
    MOMENTUM: ("mom",),
}
# Figures of a month appear some weeks after its end.
PUBLISHED_AFTER = dt.timedelta(days=62)
NO_DAY_LOSES_AS_MUCH = -99.0
SOURCE = "the data library of Kenneth R. French"
INSTALL = "Install it: pip install 'investor-eventstudy[factors]'."
BY_HAND = "Or download the file yourself and pass factors= as a frame in decimals."


class FamaFrench:
    """Factor provider: three factors, five factors, momentum and the risk-free rate.

    Parameters
    ----------
    cache : str or path, optional
        The cache's folder; EVENTSTUDY_CACHE, else the system's own place by default.
    refresh : bool
        Ask the library, whatever is kept.
    offline : bool
        Never ask it.
    session : requests.Session, optional
        For proxies and the like.
    pause : float
        Seconds before a failed request is repeated, twice at most.
    clock : callable, optional
        The time, with zone.

    Notes
    -----
    smb is that of the three-factor file (1926 on) unless rmw or cma is asked for as
    well; then all but momentum are those of the five-factor file (1963 on).  Whole
    files are kept in the cache as published, in per cent.

    References
    ----------
    Fama & French (1993), J. Financial Economics 33; (2015), 116.  Carhart (1997),
    J. Finance 52.

    Examples
    --------
    ``es.analyze(ticker, day, model="carhart", factors=es.FamaFrench())``; the word
    ``factors="fama_french"`` is the same with the settings of the call.

    >>> import eventstudy as es, tempfile
    >>> with tempfile.TemporaryDirectory() as empty:
    ...     es.FamaFrench(empty, offline=True).get(["rf"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    eventstudy.errors.NoDataError: factors=...: it is not in the cache, and ...
    """

    def __init__(
        self,
        cache: str | PathLike[str] | None = None,
        *,
        refresh: bool = False,
        offline: bool = False,
        session: Any = None,
        pause: float = 0.5,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self.options = {"session": session, "pause": pause, "retry_count": 2}
        self.cache = Cache(
            source=SOURCE,
            folder=cache_folder(cache) / "fama_french",
            settles=PUBLISHED_AFTER,
            refresh=refresh,
            offline=is_offline(offline),
            clock=clock,
            parameter="factors",
            libraries=("pandas-datareader",),
        )

    def get(
        self, names: Iterable[str], last: pd.Timestamp | None = None
    ) -> FactorReturns:
        """Factors by name.

        Parameters
        ----------
        names : iterable of str
            Among mkt_rf, smb, hml, rmw, cma, mom, rf.
        last : Timestamp, optional
            The last day that matters.

        Returns
        -------
        FactorReturns
            Daily, in decimals; NaN where the library has none.

        Raises
        ------
        ArgumentError
            For a name that the library does not have.
        NoDataError
            When pandas-datareader is not installed, or nothing is kept and the
            network is switched off.
        ProviderUnavailableError
            When the library cannot be reached, or its answer cannot be read.
        """
        wanted = list(dict.fromkeys(names))
        files = _files(wanted)
        found = {name: self._file(name, last) for name in files}
        main, *others = [frame for frame, _, _ in found.values()]
        frame = main.join(others[0])[wanted] if others else main[wanted]
        kept = [facts["retrieved_at"][:10] for _, facts, _ in found.values()]
        said = [f"factors: {note}" for _, _, notes in found.values() for note in notes]
        return FactorReturns(
            frame=frame,
            source=f"{SOURCE} ({', '.join(files)})",
            retrieved_at=min(kept),
            sha256=fingerprint(frame),
            notes=tuple(dict.fromkeys(said)),
        )

    def _file(
        self, name: str, last: pd.Timestamp | None
    ) -> tuple[pd.DataFrame, Facts, tuple[str, ...]]:
        """A file of the library in decimals: divided by 100 here, and only here."""
        frame, facts, notes = self.cache.get(name, lambda: self._fetch(name), last)
        return frame / 100.0, facts, notes

    def _fetch(self, name: str) -> tuple[pd.DataFrame, Facts]:
        """A file of the library as published, in per cent; NaN = missing."""
        published = _read(name, self.options)
        table = published.rename(columns=factor_name)
        lacking = [column for column in COLUMNS[name] if column not in table]
        if lacking or table.empty:
            raise _unusable(name, f"there is no {', '.join(lacking) or 'row'} in it")
        days = read_days(table.index, "factors")
        numbers = table[list(COLUMNS[name])].astype(np.float64).set_axis(days)
        present = numbers.where(numbers > NO_DAY_LOSES_AS_MUCH)
        return present, {"source": SOURCE, "unit": "per cent a day"}

    def __repr__(self) -> str:
        return "FamaFrench()"


def _files(names: list[str]) -> list[str]:
    """The fewest files that hold all the names."""
    known = {*COLUMNS[FIVE], *COLUMNS[MOMENTUM]}
    other = [name for name in names if name not in known]
    if other or not names:
        raise ArgumentError(
            "factors", other, f"not in {SOURCE}; it has {', '.join(sorted(known))}",
            "Pass a frame with these columns.",
        )  # fmt: skip
    main = FIVE if {"rmw", "cma"} & set(names) else THREE
    files = [main] if set(names) - {"mom"} else []
    return files + [MOMENTUM] * ("mom" in names)


def _read(name: str, options: dict[str, Any]) -> pd.DataFrame:
    try:
        from pandas_datareader.famafrench import FamaFrenchReader
    except ImportError:
        raise NoDataError(
            "factors",
            name,
            "the package pandas-datareader is needed to fetch it",
            f"{INSTALL} {BY_HAND}",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = FamaFrenchReader(name, "1900-01-01", **options)
            published: pd.DataFrame = reader.read()[0]
    except OSError as error:
        reason = str(error).split("\n", 1)[0]
        raise ProviderUnavailableError(
            "factors", name, f"{SOURCE} could not be reached ({reason})",
            f"Try again later. {BY_HAND}",
        ) from error  # fmt: skip
    except Exception as error:
        raise _unusable(name, f"{type(error).__name__}: {error}") from error
    return published


def _unusable(name: str, why: str) -> ProviderUnavailableError:
    return ProviderUnavailableError(
        "factors", name, f"{SOURCE} gave no usable answer ({why})",
        f"Try again later. {BY_HAND}",
    )  # fmt: skip
