"""Windows of relative trading days, and the rules they obey."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from eventstudy._arguments import is_integer, whole_number
from eventstudy.errors import InsufficientDataError, WindowError

ESTIMATION_DAYS = 250
GAP_END = -11
CUSTOMARY_WINDOWS = ((0, 0), (-1, 1), (0, 1), (-5, 5))


class Window(NamedTuple):
    """Relative trading days from ``start`` to ``end``, both included."""

    start: int
    end: int

    @property
    def days(self) -> int:
        """Number of days."""
        return self.end - self.start + 1

    @property
    def label(self) -> str:
        """``[-1,+1]``."""
        return f"[{_signed(self.start)},{_signed(self.end)}]"

    def holds(self, other: tuple[int, int]) -> bool:
        """Whether the other window lies inside this one."""
        return self.start <= other[0] and other[1] <= self.end


def _signed(day: int) -> str:
    return f"{day:+d}" if day else "0"


def window_pair(name: str, value: object) -> Window:
    """A window from a pair of integers."""
    items = list(value) if isinstance(value, tuple | list) else []
    if len(items) != 2 or not all(is_integer(item) for item in items):
        raise WindowError(
            name,
            value,
            "not a pair of whole numbers",
            "Write it as (-10, 10): first and last day.",
        )
    if items[0] > items[1]:
        raise WindowError(
            name, value, "the start lies after the end", "Swap the two numbers."
        )
    return Window(int(items[0]), int(items[1]))


def estimation_days(value: object, event: Window) -> Window:
    """The default, a length, or a pair; it must end before the event window."""
    if value is None or is_integer(value):
        length = ESTIMATION_DAYS if value is None else value
        days = whole_number("estimation_window", length, 4)
        end = min(GAP_END, event.start - 1)
        return Window(end - days + 1, end)
    if not isinstance(value, tuple | list):
        raise WindowError(
            "estimation_window",
            value,
            "neither a number of days nor a pair of whole numbers",
            "Write it as 250, or as (-260, -11): first and last day.",
        )
    window = window_pair("estimation_window", value)
    if window.end >= event.start:
        raise WindowError(
            "estimation_window",
            tuple(window),
            f"overlaps event_window={tuple(event)}",
            f"Let it end on day {event.start - 1} or earlier.",
        )
    return window


def reported_windows(
    value: Iterable[tuple[int, int]] | None, event: Window
) -> tuple[Window, ...]:
    """Those asked for, or the customary ones that fit and the whole event window."""
    if value is None:
        fitting = [Window(*pair) for pair in CUSTOMARY_WINDOWS if event.holds(pair)]
        return tuple(dict.fromkeys([*fitting, event]))
    pairs = (
        list(value)
        if isinstance(value, Iterable) and not isinstance(value, str)
        else []
    )
    if pairs and all(is_integer(item) for item in pairs):
        raise WindowError(
            "windows",
            value,
            "a single pair",
            f"Write a list of pairs: [{tuple(pairs)}].",
        )
    windows = tuple(dict.fromkeys(window_pair("windows", pair) for pair in pairs))
    if not windows:
        raise WindowError(
            "windows", value, "no window in it", "Write it as [(0, 0), (-1, 1)]."
        )
    for window in windows:
        require_inside("windows", window, event)
    return windows


def require_inside(name: str, window: Window, event: Window) -> None:
    """Raise WindowError where a window leaves the event window."""
    if not event.holds(window):
        wider = (min(window.start, event.start), max(window.end, event.end))
        raise WindowError(
            name,
            tuple(window),
            f"lies outside event_window={tuple(event)}",
            f"Pass event_window={wider}.",
        )


def window_of(start: int | tuple[int, int], end: int | None, event: Window) -> Window:
    """The window of ``car(start, end)``: day 0, one day, or a pair.

    Raises
    ------
    WindowError
    """
    pair = (
        start
        if isinstance(start, tuple | list)
        else (start, start if end is None else end)
    )
    window = window_pair("window", pair)
    require_inside("window", window, event)
    return window


def require_enough(window: Window, min_estimation: int) -> None:
    """Refuse an estimation window that can never hold enough days."""
    if window.days < min_estimation:
        raise InsufficientDataError(
            "estimation_window",
            tuple(window),
            f"has {window.days} days, min_estimation={min_estimation} are needed",
            "Choose a longer window, or lower min_estimation=.",
        )
