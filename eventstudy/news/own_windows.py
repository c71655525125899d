"""Windows that events of a table have for themselves, and the days of all of them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy._windows import Window, estimation_days, reported_windows, window_pair
from eventstudy.errors import ArgumentError, EventStudyError

WINDOW = re.compile(r"[(\[]?\s*([+-]?\d+)\s*,\s*([+-]?\d+)\s*[)\]]?")
NAMES = ("event_window", "estimation_window")


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """The windows of an event that names none.

    Parameters
    ----------
    event, estimation : Window
        Of the study.
    least : int
        Days that an estimation window must have.
    asked : object
        ``estimation_window=`` as the caller wrote it: with an event window of its own
        an event has the estimation window of this argument beside that window.
    windows : iterable of pair, optional
        Those that the caller wants reported.
    """

    event: Window
    estimation: Window
    least: int
    asked: Any = None
    windows: Iterable[tuple[int, int]] | None = None

    def before(self, event: Window) -> Window:
        """The estimation window beside an event window."""
        if event == self.event:
            return self.estimation
        return estimation_days(self.asked, event)

    def reported(self, hull: Window) -> tuple[Window, ...]:
        """Windows reported where event windows reach over the days of ``hull``.

        Raises
        ------
        WindowError
            When one of those asked for lies outside.
        """
        if self.windows is not None:
            return reported_windows(self.windows, hull)
        return reported_windows(None, self.event if hull.holds(self.event) else hull)


@dataclass(frozen=True, slots=True, eq=False)
class OwnWindows:
    """The windows of N events.

    Parameters
    ----------
    event, estimation : ndarray of int, shape (N, 2)
        First and last relative day.
    """

    event: IntArray
    estimation: IntArray

    @classmethod
    def read(
        cls, columns: pd.DataFrame, usual: Usual, problems: dict[int, str]
    ) -> OwnWindows:
        """Read both columns, each distinct pair of entries once.

        Parameters
        ----------
        columns : DataFrame
        usual : Usual
        problems : dict
            Gets the rows whose entries cannot be used, and why in words; they have
            the usual windows.
        """
        entries = [
            cells(columns[name])[0] if name in columns else [None] * len(columns)
            for name in NAMES
        ]
        known: dict[tuple[Hashable, Hashable], tuple[Window, Window] | str] = {}
        found = []
        for row, pair in enumerate(zip(*entries, strict=True)):
            if pair not in known:
                known[pair] = _windows(pair[0], pair[1], usual)
            windows = known[pair]
            if isinstance(windows, str):
                problems.setdefault(row, windows)
                windows = usual.event, usual.estimation
            found.append(windows)
        both = np.array(found, int).reshape(-1, 2, 2)
        return cls(both[:, 0], both[:, 1])


def hull(bounds: IntArray) -> Window:
    """From the first to the last day of windows, (N, 2)."""
    return Window(int(bounds[:, 0].min()), int(bounds[:, 1].max()))


def cells(column: pd.Series[Any]) -> tuple[list[Hashable], set[Hashable]]:
    """Entries as they can be compared, None where blank, and the distinct others."""
    keys = [tuple(v) if isinstance(v, list) else v for v in column.to_list()]
    keys = [None if _is_blank(key) else key for key in keys]
    return keys, set(keys) - {None}


def _is_blank(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _windows(
    event: Hashable, estimation: Hashable, usual: Usual
) -> tuple[Window, Window] | str:
    """Both windows of an event, or why it cannot have them."""
    try:
        own = usual.event
        if event is not None:
            own = window_pair("event_window", _written(event))
        before = usual.before(own)
        if estimation is not None:
            before = _long_enough(estimation_days(_written(estimation), own), usual)
    except EventStudyError as error:
        return f"{error.parameter}: {error.bound}"
    return own, before


def _written(value: object) -> object:
    """A number of days or a pair, also from the text of a file."""
    if isinstance(value, str):
        pair = WINDOW.fullmatch(value.strip())
        if pair:
            return int(pair[1]), int(pair[2])
        return int(value) if value.strip().isdigit() else value
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value  # type: ignore[call-overload]


def _long_enough(window: Window, usual: Usual) -> Window:
    if window.days < usual.least:
        raise ArgumentError(
            "estimation_window", tuple(window),
            f"has {window.days} days, min_estimation={usual.least} are needed",
            "Choose a longer one, or lower min_estimation=.",
        )  # fmt: skip
    return window
