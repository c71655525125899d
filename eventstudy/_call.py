"""What a user asked: arguments given, the event meant, the line that reproduces it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import scipy

from eventstudy import __version__
from eventstudy._typing import DateLike
from eventstudy.design import check_calendar, check_timing
from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news.event import Event


def given(arguments: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments that differ from their default."""
    return {
        name: arguments[name]
        for name, default in defaults.items()
        if arguments[name] is not default and not _same(arguments[name], default)
    }


def _same(value: Any, default: Any) -> bool:
    plain = (str, int, float, bool, tuple)
    return isinstance(value, plain) and isinstance(default, plain) and value == default


def missing_treatment(missing: str | None, returns: Any) -> str:
    """What is done with missing days: as asked, else by what was given."""
    if missing in ("lumped", "uniform") and returns is not None:
        raise ArgumentError(
            "missing",
            missing,
            "fills the days between prices, and returns= has none",
            "Pass prices=, or use 'available'.",
        )
    if missing is not None:
        return missing
    return "trade_to_trade" if returns is None else "available"


def event_of(
    ticker: str | Event, date: DateLike | None, timing: str | None, calendar: str
) -> Event:
    """The event asked about, whichever way it was passed."""
    check_calendar(calendar)
    if isinstance(ticker, Event):
        if date is not None or timing is not None:
            name, value = ("date", date) if date is not None else ("timing", timing)
            raise EventDateError(
                name,
                value,
                "the event carries its own",
                "Leave it out, or pass a ticker.",
            )
        return ticker
    if date is None:
        raise EventDateError(
            "date",
            None,
            f"there is no date beside {ticker!r}",
            f"Pick one from eventstudy.list_events({ticker!r}), "
            "or pass date='2010-08-27'.",
        )
    return Event.of(ticker, date, check_timing(timing), calendar=calendar)


def versions() -> dict[str, str]:
    """Of this package and what computes for it."""
    return {
        "eventstudy": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
    }
