"""Settings that events of a table have for themselves: market, industry, windows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy._windows import Window
from eventstudy.errors import ArgumentError, EventStudyError, WindowError
from eventstudy.news.own_windows import NAMES as WINDOWS
from eventstudy.news.own_windows import OwnWindows, Usual, cells, hull

NAMES = ("market", "industry")
Read = TypeVar("Read")


class Choice(NamedTuple):
    """Benchmarks of an event by name; None = the one of the study."""

    market: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class OwnColumns:
    """What N events ask for themselves.

    Parameters
    ----------
    choices : tuple of Choice
        The distinct ones: that of the study first if it is used, then by number of
        events and name.
    choice : ndarray of int, shape (N,)
        Which of them is each event's; -1 for an event with a problem.
    event, estimation : ndarray of int, shape (N, 2), or None
        First and last relative day of each window; None = one for all.
    event_hull, hull : Window
        From the first to the last day of all event windows, and of all estimation
        windows.
    windows : tuple of Window, or None
        Those reported within the hull; None = the study's, no event window differs.
    usual : Usual
        The windows of events that name none.
    problems : mapping of int to str
        Rows whose entries cannot be used, and why in words.
    """

    choices: tuple[Choice, ...]
    choice: IntArray
    event: IntArray | None
    estimation: IntArray | None
    event_hull: Window
    hull: Window
    windows: tuple[Window, ...] | None
    usual: Usual
    problems: Mapping[int, str]

    def of(self, row: int) -> dict[str, Any]:
        """The keyword arguments of a row that are not the study's."""
        choice = self.choices[self.choice[row]]
        found = {k: v for k, v in choice._asdict().items() if v is not None}
        around = self._window(self.event, self.event_hull, row)
        before = self._window(self.estimation, self.hull, row)
        if around != self.usual.event:
            found |= {"event_window": tuple(around)}
        if self.usual.windows is not None and self.windows is not None:
            fitting = [tuple(w) for w in self.windows if around.holds(w)]
            found |= {"windows": fitting or None}
        if before != self._usually(around):
            found |= {"estimation_window": tuple(before)}
        return found

    def _usually(self, around: Window) -> Window | None:
        """The estimation window beside an event window; None = there is none."""
        try:
            return self.usual.before(around)
        except WindowError:
            return None

    @staticmethod
    def _window(own: IntArray | None, alike: Window, row: int) -> Window:
        return alike if own is None else Window(*own[row].tolist())


def names_any(columns: pd.DataFrame, name: str) -> bool:
    """Whether a column is there and not blank."""
    return name in columns and bool(cells(columns[name])[1])


def own_columns(columns: pd.DataFrame, usual: Usual, *, industry: bool) -> OwnColumns:
    """Read ``market``, ``industry``, ``event_window`` and ``estimation_window``.

    Parameters
    ----------
    columns : DataFrame
        The caller's table, a row an event.  Blank entries are the study's.
    usual : Usual
        The windows of the study.
    industry : bool
        Whether the study has an industry for events that name none.

    Returns
    -------
    OwnColumns

    Raises
    ------
    WindowError
        When a window that the caller wants reported lies outside all event windows.
    """
    count = len(columns)
    if not any(names_any(columns, name) for name in (*NAMES, *WINDOWS)):
        zero = np.zeros(count, int)
        around, before = usual.event, usual.estimation
        return OwnColumns(
            (Choice(),), zero, None, None, around, before, None, usual, {}
        )
    problems: dict[int, str] = {}
    names = [_read(columns, name, _ticker, problems) for name in NAMES]
    if names_any(columns, "industry") and not industry:
        lacking = [row for row, value in enumerate(names[1]) if value is None]
        words = "industry: blank, and the study has none: pass industry="
        problems |= {row: words for row in lacking if row not in problems}
    own = OwnWindows.read(columns, usual, problems)
    choices, choice = _choices(names, problems)
    used = [row for row in range(count) if row not in problems]
    event, around = _or_alike(own.event, used)
    estimation, before = _or_alike(own.estimation, used)
    differ = event is not None or around != usual.event
    windows = usual.reported(around) if differ else None
    return OwnColumns(
        choices, choice, event, estimation, around, before, windows, usual, problems
    )


def _or_alike(bounds: IntArray, used: list[int]) -> tuple[IntArray | None, Window]:
    """The windows of all events, None where they are one, and their hull."""
    ends = bounds[used] if used else bounds
    return None if (ends == ends[:1]).all() else bounds, hull(ends)


def _choices(
    names: list[list[Any]], problems: Mapping[int, str]
) -> tuple[tuple[Choice, ...], IntArray]:
    """The distinct pairs of names, and which of them is each row's."""
    rows = [Choice(*pair) for pair in zip(*names, strict=True)]
    number: dict[Choice, int] = {}
    for row, choice in enumerate(rows):
        if row not in problems:
            number[choice] = number.get(choice, 0) + 1
    order = sorted(
        number, key=lambda c: (c != Choice(), -number[c], c.market or "", str(c))
    )
    code = {choice: n for n, choice in enumerate(order)}
    found = [-1 if row in problems else code[c] for row, c in enumerate(rows)]
    return tuple(order), np.array(found, int)


def _read(
    columns: pd.DataFrame,
    name: str,
    read: Callable[[object], Read],
    problems: dict[int, str],
) -> list[Read | None]:
    """The entries of a column, None where blank; each distinct one is read once."""
    found: list[Read | None] = [None] * len(columns)
    if name not in columns:
        return found
    keys, known = cells(columns[name])
    values: dict[Hashable, Read] = {}
    wrong: dict[Hashable, str] = {}
    for key in known:
        try:
            values[key] = read(key)
        except EventStudyError as error:
            wrong[key] = f"{error.parameter}: {error.bound}"
    for row, key in enumerate(keys):
        if key in wrong:
            problems.setdefault(row, wrong[key])
        else:
            found[row] = values.get(key)
    return found


def _ticker(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise ArgumentError(
        "market or industry", value, "a ticker is a text", "Write it like '^GSPC'."
    )
