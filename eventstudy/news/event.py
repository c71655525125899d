"""What happened, to whom, and when it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from eventstudy._typing import DateLike, Timing
from eventstudy.errors import ArgumentError, EventDateError
from eventstudy.news.dates import is_midnight, read_stamp

if TYPE_CHECKING:
    from typing import Self

TIMINGS: tuple[Timing, ...] = get_args(Timing)
TIMING_HINTS = {"bmo": "before_open", "dmh": "during", "amc": "after_close"}


@dataclass(frozen=True, slots=True)
class Event:
    """An announcement that concerns one ticker.

    Build it with :meth:`of`, which reads dates and times in any accepted form.

    Parameters
    ----------
    ticker : str
        The stock it concerns.
    date : Timestamp or None
        The day of a bare date, midnight without zone; None beside an instant alone.
    announced_at : Timestamp or None
        The instant; without a zone it is in the exchange's own.
    timing : {"before_open", "during", "after_close"} or None
        Where in the day a bare date lies; None = unknown.
    headline, category, source, id : str
        What was said, of which sort, where it stands, and the event's own key.
    timing_inferred : bool
        Whether ``timing`` was concluded, from the price or from other words, not read
        from a stamp.
    confidence : str
        How sure the source is: "high", "medium", "low".
    exchange : str
        Where the stock is listed, such as "Nasdaq".
    evidence : mapping of str to str
        Words of the source on which a field rests, by field; no part of equality.

    Raises
    ------
    EventDateError
        When it has neither date nor instant, or one that is not a ``Timestamp``.
    ArgumentError
        When the ticker is not text, or the timing is unknown.
    """

    ticker: str
    date: pd.Timestamp | None = None
    announced_at: pd.Timestamp | None = None
    timing: Timing | None = None
    headline: str = ""
    category: str = ""
    source: str = ""
    id: str = ""
    timing_inferred: bool = False
    confidence: str = ""
    exchange: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_ticker(self.ticker)
        _check_timing(self.timing)
        _check_stamps(self.date, self.announced_at)

    @classmethod
    def of(
        cls,
        ticker: str,
        date: DateLike | None = None,
        timing: Timing | None = None,
        *,
        calendar: str = "XNYS",
        announced_at: DateLike | None = None,
        **facts: Any,
    ) -> Self:
        """Read an event: a bare date or an instant, and the facts about it.

        Parameters
        ----------
        ticker : str
            The stock it concerns.
        date : str, date, datetime, Timestamp or datetime64
            ISO 8601 if a string.  A date, a midnight without zone and a midnight in
            the zone of the exchange are bare dates; any other time is an instant.
        timing : {"before_open", "during", "after_close"}, optional
            For a bare date.
        calendar : str
            Key of the exchange whose zone decides about midnights.
        announced_at : same forms as ``date``, optional
            The instant of a table row.  It wins over ``date`` and ``timing``; where
            they contradict it, :func:`eventstudy.news.day_zero` refuses the event.
        **facts
            Further fields of the class, such as ``headline``.

        Raises
        ------
        EventDateError
            When no date can be read, or an instant stands beside ``timing``.

        Examples
        --------
        >>> Event.of("IMGN", "2010-08-27", "before_open").date
        Timestamp('2010-08-27 00:00:00')
        """
        day, instant = _split(date, calendar, "date")
        if instant is not None and timing is not None:
            raise EventDateError(
                "timing",
                timing,
                f"the clock time of {instant.isoformat()} says it already",
                "Leave timing out, or pass the date without the clock time.",
            )
        if announced_at is not None:
            stated_day, instant = _split(announced_at, calendar, "announced_at")
            day = day if stated_day is None else stated_day
        return cls(ticker, day, instant, timing, **facts)

    @classmethod
    def from_row(cls, row: Mapping[str, Any], *, calendar: str = "XNYS") -> Self:
        """Read a row of a table such as ``list_events`` returns.

        Blank fields (NaN, None, "") are unknown; columns that are no field are left.

        Parameters
        ----------
        row : mapping of str to object
        calendar : str
            Exchange calendar, for clock times.

        Returns
        -------
        Event
        """
        names = {item.name for item in fields(cls)} - {"evidence"}
        known = {
            key: value
            for key, value in row.items()
            if key in names and not _is_blank(value)
        }
        return cls.of(
            known.pop("ticker", ""),
            known.pop("date", None),
            known.pop("timing", None),
            calendar=calendar,
            **known,
        )


def _split(
    value: DateLike | None, calendar: str, parameter: str
) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """A bare date, or an instant, or neither."""
    if value is None:
        return None, None
    stamp = read_stamp(value, parameter)
    if not is_midnight(stamp):
        return None, stamp
    if stamp.tzinfo is None:
        return stamp, None
    from eventstudy.news.hours import exchange_hours

    there = stamp.tz_convert(exchange_hours(calendar).zone)
    if there.utcoffset() == stamp.utcoffset():
        return stamp.tz_localize(None), None
    return None, stamp


def _is_blank(value: object) -> bool:
    return value is None or value is pd.NA or value != value or value == ""


def _check_ticker(ticker: object) -> None:
    if not isinstance(ticker, str) or not ticker.strip():
        raise ArgumentError(
            "ticker", ticker, "a ticker is a text", "Write it like 'IMGN'."
        )


def _check_timing(timing: object) -> None:
    if timing is None or (isinstance(timing, str) and timing in TIMINGS):
        return
    hint = TIMING_HINTS.get(str(timing).lower())
    raise ArgumentError(
        "timing",
        timing,
        f"unknown; allowed are {', '.join(TIMINGS)}",
        f"Did you mean {hint!r}?" if hint else "Leave it out if it is not known.",
    )


def _check_stamps(date: object, announced_at: object) -> None:
    if date is None and announced_at is None:
        raise EventDateError(
            "date",
            None,
            "there is no date",
            "Pass date='2010-08-27' or an instant such as '2010-08-27T07:00-04:00'.",
        )
    for name, value in (("date", date), ("announced_at", announced_at)):
        if value is not None and not isinstance(value, pd.Timestamp):
            raise EventDateError(
                name,
                value,
                "this is not a Timestamp",
                "Use Event.of, which reads dates.",
            )
    if isinstance(date, pd.Timestamp) and (date.tzinfo or not is_midnight(date)):
        raise EventDateError(
            "date",
            date,
            "a bare date is a midnight without zone",
            "Use Event.of, which tells dates from instants.",
        )
