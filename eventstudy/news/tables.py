"""Many events as users hold them: frames, pairs, lists of Event, a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from eventstudy._typing import BoolArray
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.news.event import Event
from eventstudy.news.event_file import event_file

FORMS = (
    "Pass a frame with the columns ticker and date, pairs of ticker and date, a list "
    "of Event, or the path of a CSV file."
)
OF_THE_EVENT = (
    "ticker", "date", "announced_at", "timing", "timing_inferred", "headline",
    "category", "source", "id", "confidence", "exchange",
)  # fmt: skip
NOT_READ = "not read"  # in the column "became" of read_events; "reason" says why


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Rows of a table as events, in the caller's order.

    Parameters
    ----------
    tickers : ndarray of str, shape (N,)
    dates : ndarray of datetime64, shape (N,)
        Bare dates; NaT where the row has an instant, or could not be read.
    after_close : ndarray of bool, shape (N,)
        Whether a bare date's news came after the close.
    events : mapping of int to Event
        Rows with an instant, which need the exchange's clock.
    problems : mapping of int to str
        Rows that could not be read, and why in words.
    ids : list of str
        The caller's, else ``TICKER-date``; repeats get ``-2``, ``-3``.
    columns : DataFrame
        The caller's columns, one row an event, index the ids.
    calendar : str
        Exchange whose zone decides about midnights.
    """

    tickers: NDArray[np.object_]
    dates: NDArray[np.datetime64]
    after_close: BoolArray
    events: Mapping[int, Event]
    problems: Mapping[int, str]
    ids: list[str]
    columns: pd.DataFrame
    calendar: str

    def event(self, position: int) -> Event:
        """The event of a row."""
        if position in self.events:
            return self.events[position]
        row = {str(k): v for k, v in self.columns.iloc[position].to_dict().items()}
        return Event.from_row(row | {"id": self.ids[position]}, calendar=self.calendar)


def event_table(events: object, calendar: str = "XNYS") -> EventTable:
    """Read events in any form.

    Parameters
    ----------
    events : DataFrame, iterable of pairs or of Event, mapping, or path
    calendar : str
        Exchange whose zone decides about midnights.

    Returns
    -------
    EventTable

    Raises
    ------
    ArgumentError
        When it is none of these, is empty, or lacks the columns ticker and date.
    """
    frame = _frame(events)
    if frame.empty:
        raise ArgumentError("events", "an empty table", "there is no event", FORMS)
    lacking = [name for name in ("ticker",) if name not in frame]
    if not {"date", "announced_at"} & set(frame.columns):
        lacking.append("date")
    if lacking:
        bound = f"there is no column {' and no column '.join(lacking)}"
        raise ArgumentError("events", list(frame.columns), bound, FORMS)
    read = _read_at_once(frame) or _read_by_row(frame, calendar)
    ids = _ids(frame, read[0], read[1])
    return EventTable(*read, ids, frame.set_axis(ids), calendar)


Read = tuple[
    "NDArray[np.object_]", "NDArray[np.datetime64]", BoolArray, dict[int, Event],
    dict[int, str],
]  # fmt: skip


def _read_at_once(frame: pd.DataFrame) -> Read | None:
    """A table of plain midnights and texts at once; None if it is not one."""
    dates = frame.get("date")
    if dates is None or "announced_at" in frame or "timing" in frame:
        return None
    if not pd.api.types.is_datetime64_dtype(dates.dtype) or dates.isna().any():
        return None
    # Each distinct name is one object, however many events it has.
    code, distinct = pd.factorize(frame["ticker"])
    names = np.asarray(distinct, object)
    if (dates != dates.dt.normalize()).any() or (code < 0).any():
        return None
    if not all(isinstance(name, str) and name.strip() for name in names):
        return None
    tickers = names[code]
    days = dates.to_numpy("datetime64[ns]")
    return tickers, days, np.zeros(days.size, bool), {}, {}


def _read_by_row(frame: pd.DataFrame, calendar: str) -> Read:
    tickers = np.full(len(frame), "", object)
    dates = np.full(len(frame), np.datetime64("NaT", "ns"))
    after_close = np.zeros(len(frame), bool)
    instants: dict[int, Event] = {}
    problems: dict[int, str] = {}
    for position, row in enumerate(frame.to_dict("records")):
        known = {str(name): value for name, value in row.items()}
        if known.get("became") == NOT_READ:
            problems[position] = str(known.get("reason"))
            continue
        try:
            event = Event.from_row(known, calendar=calendar)
        except EventStudyError as error:
            problems[position] = f"{error.parameter}: {error.bound}"
            continue
        tickers[position] = event.ticker
        if event.announced_at is not None:
            instants[position] = event
        elif event.date is not None:
            dates[position] = event.date.to_datetime64()
            after_close[position] = event.timing == "after_close"
    return tickers, dates, after_close, instants, problems


def _frame(events: object) -> pd.DataFrame:
    if isinstance(events, pd.DataFrame):
        if events.columns.duplicated().any():
            twice = list(events.columns[events.columns.duplicated()])
            raise ArgumentError("events", twice, "a column stands there twice", FORMS)
        return events.reset_index(drop=True)
    if isinstance(events, str | PathLike):
        return event_file(events, "events")
    if isinstance(events, Mapping):
        return pd.DataFrame(events)
    if isinstance(events, Iterable):
        return _from_items(list(events))
    raise ArgumentError("events", type(events).__name__, "these are no events", FORMS)


def _from_items(items: list[Any]) -> pd.DataFrame:
    if items and all(isinstance(item, Event) for item in items):
        names = [name for name in OF_THE_EVENT if any(getattr(i, name) for i in items)]
        rows = [{name: getattr(item, name) for name in names} for item in items]
        return pd.DataFrame(rows, dtype=object)
    pairs = [item for item in items if isinstance(item, tuple | list)]
    if len(pairs) < len(items) or any(len(pair) != 2 for pair in pairs):
        raise ArgumentError("events", items[:2], "not pairs of ticker and date", FORMS)
    return pd.DataFrame(pairs, columns=["ticker", "date"], dtype=object)


def _ids(
    frame: pd.DataFrame,
    tickers: NDArray[np.object_],
    dates: NDArray[np.datetime64],
) -> list[str]:
    """The caller's ids where there are any, made unique."""
    distinct, code = np.unique(dates, return_inverse=True)
    days = np.datetime_as_string(distinct, unit="D").astype(object)[code]
    for row in np.flatnonzero(np.isnat(dates)):
        days[row] = f"row{row + 1}"
    if "announced_at" in frame:
        stamps = frame["announced_at"].astype(str).str.slice(0, 10).to_numpy(object)
        days = np.where(np.isnat(dates) & (tickers != ""), stamps, days)
    own = [f"{t}-{d}" if t else d for t, d in zip(tickers, days, strict=True)]
    if "id" in frame:
        given = frame["id"].reset_index(drop=True)
        own = list(
            given.where(given.notna() & (given != ""), pd.Series(own)).astype(str)
        )
    if "id" in frame or np.isnat(dates).any():
        code, _ = pd.factorize(np.array(own, object))
    else:
        # Days are of one length: the same ticker and day, and no other, make the same.
        code = code + distinct.size * pd.factorize(tickers)[0]
    repeat = pd.Series(code).groupby(code).cumcount().to_numpy()
    for row in np.flatnonzero(repeat):
        own[row] = f"{own[row]}-{repeat[row] + 1}"
    return own
