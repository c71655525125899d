"""From Yahoo's answer to a price series: days, units, and bars that are not over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eventstudy.errors import BadDataError, NoDataError
from eventstudy.prices._base import PriceSeries
from eventstudy.prices.frames import fingerprint

COLUMNS = {
    "Open": "open",
    "High": "high",
    "Low": "low",
    "Close": "close",
    "Adj Close": "adj_close",
    "Volume": "volume",
    "Dividends": "dividends",
    "Stock Splits": "splits",
}
MONEY = ("open", "high", "low", "close", "adj_close", "dividends")
HUNDREDTHS = {"GBp": "GBP", "ZAc": "ZAR", "ILA": "ILS"}
SETTLES = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What Yahoo says of a ticker.

    Parameters
    ----------
    frame : DataFrame
        As ``Ticker.history`` hands it over.
    facts : mapping
        Its meta data: currency, exchangeTimezoneName, currentTradingPeriod, longName.
    """

    frame: pd.DataFrame
    facts: Mapping[str, Any]

    @classmethod
    def ask(cls, asked: Any, timeout: float) -> History:
        """All days there are, raw, with dividends and splits."""
        frame = asked.history(
            period="max", interval="1d", auto_adjust=False, actions=True,
            timeout=timeout,
        )  # fmt: skip
        return cls(frame, asked.get_history_metadata())


def as_series(history: History, ticker: str, now: dt.datetime) -> PriceSeries:
    """A history as a price series.

    Parameters
    ----------
    history : History
    ticker : str
    now : datetime
        With zone; a bar whose session is not over is left out.

    Raises
    ------
    NoDataError
        When there is no price of a session that is over.
    BadDataError
        When the adjusted closes are missing.
    """
    frame, unfinished = _finished(tidy(history.frame), history.facts, now)
    if frame.empty:
        raise NoDataError(
            "ticker",
            ticker,
            "Yahoo Finance has not one closing price of it",
            "Check the ticker.",
        )
    _check_adjusted(frame, ticker)
    currency = history.facts.get("currency") or None
    notes = unfinished
    if currency in HUNDREDTHS:
        frame[list(MONEY)] /= 100.0
        notes += (f"quoted in hundredths ({currency}); divided by 100",)
    return PriceSeries(
        ticker=ticker,
        frame=frame,
        source=_source(history.facts),
        retrieved_at=now.astimezone(dt.UTC).date().isoformat(),
        sha256=fingerprint(frame),
        currency=HUNDREDTHS.get(str(currency), currency),
        notes=notes,
        exchange_zone=history.facts.get("exchangeTimezoneName") or None,
    )


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Our names, floats, and days: the zone of a midnight is dropped, not converted."""
    days = pd.DatetimeIndex(frame.index).tz_localize(None).normalize()
    plain = frame[list(COLUMNS)].rename(columns=COLUMNS).astype(float)
    plain.index = days.as_unit("ns").rename("date")
    plain = plain.dropna(subset=["close", "adj_close"], how="all")
    return plain.sort_index()


def _finished(
    frame: pd.DataFrame, facts: Mapping[str, Any], now: dt.datetime
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Without the bar of a session that is not over, and words for that."""
    local = pd.Timestamp(now).tz_convert(facts.get("exchangeTimezoneName") or "UTC")
    today = local.tz_localize(None).normalize()
    over = local >= _close_of(local.normalize(), facts) + SETTLES
    keep = frame.index <= today if over else frame.index < today
    if keep.all():
        return frame, ()
    days = ", ".join(str(day.date()) for day in frame.index[~keep])
    return frame[keep], (f"the session of {days} was not over and is left out",)


def _close_of(today: pd.Timestamp, facts: Mapping[str, Any]) -> pd.Timestamp:
    """When trading ends today: as Yahoo says, else with the day."""
    regular = (facts.get("currentTradingPeriod") or {}).get("regular") or {}
    end = regular.get("end")
    if isinstance(end, pd.Timestamp) and end.normalize() == today:
        return end
    return today + pd.DateOffset(days=1)


def _check_adjusted(frame: pd.DataFrame, ticker: str) -> None:
    """Refuse adjusted closes that are none: yfinance puts the close in their place."""
    adjusted, paid = frame["adj_close"], frame["dividends"].iloc[1:] > 0
    if adjusted.notna().any() and not (paid.any() and adjusted.equals(frame["close"])):
        return
    raise BadDataError(
        "ticker",
        ticker,
        "Yahoo Finance gave no adjusted closes, though dividends were paid",
        "Try again later: returns would be wrong by the dividends.",
    )


def _source(facts: Mapping[str, Any]) -> str:
    """Yahoo and its name for the ticker, by which a ticker used again is seen."""
    name = facts.get("longName") or facts.get("shortName")
    return f"Yahoo Finance ({name})" if name else "Yahoo Finance"
