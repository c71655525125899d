"""Events from a file, with what became of each row."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.news._written_stamps import Reader, table_zone
from eventstudy.news.event import Event
from eventstudy.news.event_file import WAY_OUT, event_file
from eventstudy.news.sessions import PHASES
from eventstudy.news.tables import NOT_READ

STAMPS = ("date", "announced_at")


def read_events(
    csv: str | PathLike[str],
    *,
    dayfirst: bool | None = None,
    timezone: str | None = None,
) -> pd.DataFrame:
    r"""Read a table of events from a file, and say what each row became.

    Parameters
    ----------
    csv : str or path
        Columns separated by commas, semicolons or tabs: ``ticker``, and ``date`` or
        ``announced_at``; if known ``timing``, ``id``, ``headline``, ``category``.  Any
        others are kept.
    dayfirst : bool, optional
        Whether 08/09/2010 is the 8 September; without it such dates are not read.
    timezone : str, optional
        Zone of clock times that name none, such as "Europe/Berlin"; that of the
        exchange by default.

    Returns
    -------
    DataFrame
        A row for each of the file, for :func:`eventstudy.study` and for ``events=`` of
        :func:`eventstudy.analyze`.  ``date``: bare dates, NaT where an instant alone is
        known; ``announced_at``: instants in the zone they were written in (an offset, a
        key such as "Europe/Berlin", or American letters such as "EDT"), NaT = none;
        ``became``: the day or the instant in words, or "not read"; ``reason``: why not,
        or what was assumed.  A study excludes rows that were not read, with the reason.

    Raises
    ------
    ArgumentError
        When the file is no such table, or an argument cannot be used.

    Examples
    --------
    >>> import eventstudy as es, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "events.csv"
    >>> lines = ["ticker;date", "IMGN;27/08/2010", "IMGN;2010-13-01"]
    >>> _ = path.write_text("\n".join(lines))
    >>> es.read_events(path, dayfirst=True)["became"].tolist()
    ['day 2010-08-27', 'not read']
    """
    if dayfirst is not None and not isinstance(dayfirst, bool | np.bool_):
        way_out = "Write True or False, or leave it out."
        raise ArgumentError("dayfirst", dayfirst, "not true or false", way_out)
    order = None if dayfirst is None else bool(dayfirst)
    reader = Reader(order, table_zone(timezone))
    frame = event_file(csv, "csv")
    _require_columns(frame)
    rows = [_row(row, reader) for row in frame.to_dict("records")]
    return frame.assign(**_columns(rows, frame))


def _require_columns(frame: pd.DataFrame) -> None:
    lacking = [] if "ticker" in frame else ["ticker"]
    if not {*STAMPS} & {*frame.columns}:
        lacking.append("date")
    if lacking:
        bound = f"there is no column {' and no column '.join(lacking)}"
        raise ArgumentError("csv", list(frame.columns), bound, WAY_OUT)
    if made := [name for name in ("became", "reason") if name in frame]:
        bound = "this column is made here"
        raise ArgumentError("csv", made[0], bound, "Give it another name in the file.")
    if frame.empty:
        raise ArgumentError("csv", "an empty table", "there is no event", WAY_OUT)


def _row(row: Mapping[Any, Any], reader: Reader) -> dict[str, Any]:
    """What the columns of a row hold once it is read."""
    known = {str(name): _stripped(value) for name, value in row.items()}
    notes: list[str] = []
    try:
        for name in STAMPS:
            if isinstance(known.get(name), str):
                known[name], more = reader.read(known[name], name)
                notes += more
        event = Event.from_row(known)
    except EventStudyError as error:
        reason = f"{error.parameter}: {error.value!r}: {error.bound}"
        read = {"date": pd.NaT, "announced_at": pd.NaT}
        return read | {"became": NOT_READ, "reason": reason} | _ticker(known)
    day, at = event.date, event.announced_at
    if day is not None and at is not None and at.tz_localize(None).normalize() != day:
        notes.append(f"announced_at counts, not the date {day.date()}")
    return {
        "date": pd.NaT if day is None else day,
        "announced_at": pd.NaT if at is None else at,
        "became": _in_words(event),
        "reason": "; ".join(notes),
    } | _ticker(known)


def _ticker(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"ticker": known["ticker"]}


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _in_words(event: Event) -> str:
    at = event.announced_at
    if at is not None:
        zone = at.tzname() or "in the zone of the exchange"
        return f"instant {at:%Y-%m-%d %H:%M} {zone}"
    phase = f", {PHASES[event.timing]}" if event.timing else ""
    return f"day {event.date:%Y-%m-%d}{phase}"


def _columns(rows: list[dict[str, Any]], frame: pd.DataFrame) -> dict[str, pd.Series]:
    """The columns that are made, in the types that a study takes."""
    made = {
        name: pd.Series([row[name] for row in rows], frame.index, dtype=object)
        for name in ("ticker", "announced_at", "became", "reason")
    }
    days = pd.Series([row["date"] for row in rows], frame.index, dtype="datetime64[ns]")
    made["date"] = days
    kept = {*frame.columns, "became", "reason"}
    kept |= {name for name in STAMPS if made[name].notna().any()}
    return {name: column for name, column in made.items() if name in kept}
