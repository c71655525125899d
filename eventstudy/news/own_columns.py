"""Settings that events of a table have for themselves: market, industry, windows."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy._windows import Window, estimation_days, window_pair
from eventstudy.errors import ArgumentError, EventStudyError

WINDOW = re.compile(r"[(\[]?\s*([+-]?\d+)\s*,\s*([+-]?\d+)\s*[)\]]?")
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
    estimation : ndarray of int, shape (N, 2), or None
        First and last relative day of each estimation window; None = one for all.
    hull, default : Window
        From the first to the last day of all estimation windows, and the study's.
    problems : mapping of int to str
        Rows whose entries cannot be used, and why in words.
    """

    choices: tuple[Choice, ...]
    choice: IntArray
    estimation: IntArray | None
    hull: Window
    default: Window
    problems: Mapping[int, str]

    def of(self, row: int) -> dict[str, Any]:
        """The keyword arguments of a row that are not the study's."""
        choice = self.choices[self.choice[row]]
        found = {k: v for k, v in choice._asdict().items() if v is not None}
        window = self.hull if self.estimation is None else self.estimation[row].tolist()
        own = {"estimation_window": tuple(window)}
        return found if tuple(window) == self.default else found | own


def names_any(columns: pd.DataFrame, name: str) -> bool:
    """Whether a column is there and not blank."""
    return name in columns and bool(_values(columns[name])[1])


def own_columns(
    columns: pd.DataFrame, event: Window, estimation: Window, least: int, *,
    industry: bool,
) -> OwnColumns:  # fmt: skip
    """Read the columns ``market``, ``industry`` and ``estimation_window``.

    Parameters
    ----------
    columns : DataFrame
        The caller's table, a row an event.  Blank entries are the study's.
    event, estimation : Window
        Of the study.
    least : int
        Days that an estimation window must have.
    industry : bool
        Whether the study has an industry for events that name none.

    Returns
    -------
    OwnColumns

    Raises
    ------
    ArgumentError
        When events have event windows of their own, which one study cannot have.
    """
    _require_one_event_window(columns, event)
    if not any(names_any(columns, name) for name in (*NAMES, "estimation_window")):
        zero = np.zeros(len(columns), int)
        return OwnColumns((Choice(),), zero, None, estimation, estimation, {})
    problems: dict[int, str] = {}
    names = [_read(columns, name, _ticker, problems) for name in NAMES]
    if names_any(columns, "industry") and not industry:
        lacking = [row for row, value in enumerate(names[1]) if value is None]
        words = "industry: blank, and the study has none: pass industry="
        problems |= {row: words for row in lacking if row not in problems}

    def window(value: object) -> Window:
        return _estimation(value, event, least)

    windows = _read(columns, "estimation_window", window, problems)
    choices, choice = _choices(names, problems)
    used = [row for row in range(len(columns)) if row not in problems]
    bounds = np.array([windows[row] or estimation for row in range(len(columns))], int)
    ends = bounds[used] if used else bounds
    hull = Window(int(ends[:, 0].min()), int(ends[:, 1].max()))
    alike = bool((ends == ends[:1]).all())
    return OwnColumns(
        choices, choice, None if alike else bounds, hull, estimation, problems
    )


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
    keys, known = _values(columns[name])
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


def _values(column: pd.Series[Any]) -> tuple[list[Hashable], set[Hashable]]:
    """Entries as they can be compared, None where blank, and the distinct others."""
    keys = [tuple(v) if isinstance(v, list) else v for v in column.to_list()]
    keys = [None if _is_blank(key) else key for key in keys]
    return keys, set(keys) - {None}


def _is_blank(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _ticker(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise ArgumentError(
        "market or industry", value, "a ticker is a text", "Write it like '^GSPC'."
    )


def _window(value: object) -> object:
    """A number of days or a pair, also from the text of a file."""
    if isinstance(value, str):
        pair = WINDOW.fullmatch(value.strip())
        if pair:
            return int(pair[1]), int(pair[2])
        return int(value) if value.strip().isdigit() else value
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value  # type: ignore[call-overload]


def _estimation(value: object, event: Window, least: int) -> Window:
    window = estimation_days(_window(value), event)
    if window.days < least:
        raise ArgumentError(
            "estimation_window", tuple(window),
            f"has {window.days} days, min_estimation={least} are needed",
            "Choose a longer one, or lower min_estimation=.",
        )  # fmt: skip
    return window


def _require_one_event_window(columns: pd.DataFrame, event: Window) -> None:
    """A mean over days needs the same days of every event."""
    if "event_window" not in columns:
        return
    for value in _values(columns["event_window"])[1]:
        own = _window(value)
        if own == tuple(event) or window_pair("event_window", own) == event:
            continue
        raise ArgumentError(
            "events", "event_window",
            f"this column asks for {own}, the study for {tuple(event)}: the events of "
            "one study share their event window",
            "Pass event_window= for all and windows= for those reported, or study the "
            "groups one by one.",
        )  # fmt: skip
