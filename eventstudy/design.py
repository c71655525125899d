"""The settings of a study, validated whole and at once."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np

from eventstudy._typing import Missing, ReturnKind, Timing
from eventstudy.errors import ArgumentError, WindowError
from eventstudy.inference._base import Test, find_test
from eventstudy.models._base import ExpectedReturnModel, find_model, with_industry

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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Design:
    """How an event is looked at.  Built by :meth:`of`; nothing is checked later.

    Parameters
    ----------
    model : ExpectedReturnModel
        With the industry among its regressors if there is one.
    event_window, estimation_window : Window
        Relative trading days.
    windows : tuple of Window
        Windows reported, the headline window first.
    tests : tuple of Test, or None
        Tests shown; None = all that apply.
    return_kind : {"simple", "log"}
    missing : {"trade_to_trade", "available"}
    min_estimation : int
        Valid estimation days needed.
    calendar : str
        Exchange calendar key.
    confidence : float
        Level of every interval.
    seed : int
        Root of every random stream.
    industry_weight : float
        Weight of the firm in the industry index, taken out of it.
    call : str
        The line of Python that reproduces the result; also the ``repr``.
    """

    model: ExpectedReturnModel
    event_window: Window
    estimation_window: Window
    windows: tuple[Window, ...]
    tests: tuple[Test, ...] | None
    return_kind: ReturnKind
    missing: Missing
    min_estimation: int
    calendar: str
    confidence: float
    seed: int
    industry_weight: float
    call: str

    @classmethod
    def of(
        cls,
        call: str = "",
        *,
        model: str | ExpectedReturnModel = "market_model",
        industry: bool = False,
        event_window: tuple[int, int] = (-10, 10),
        estimation_window: int | tuple[int, int] | None = None,
        windows: Iterable[tuple[int, int]] | None = None,
        tests: Iterable[str | Test] | None = None,
        return_kind: str = "simple",
        missing: str = "trade_to_trade",
        min_estimation: int = 100,
        calendar: str = "XNYS",
        confidence: float = 0.95,
        seed: int | np.random.SeedSequence = 0,
        industry_weight: float = 0.0,
    ) -> Design:
        """Validate the settings; parameters as in :func:`eventstudy.analyze`.

        Raises
        ------
        WindowError
            Windows that are reversed, no pairs of integers, overlap, or do not fit.
        ArgumentError
            Any other value that is not allowed; the message lists what is.
        """
        found = find_model(model)
        found = with_industry(found) if industry else found
        event = _pair("event_window", event_window)
        parameters = len(found.regressors) + found.intercept
        return cls(
            model=found,
            event_window=event,
            estimation_window=_estimation_window(estimation_window, event),
            windows=_windows(windows, event),
            tests=None if tests is None else _tests(tests),
            return_kind=_one_of("return_kind", return_kind, get_args(ReturnKind)),
            missing=_one_of("missing", missing, get_args(Missing)),
            min_estimation=_integer("min_estimation", min_estimation, parameters + 3),
            calendar=check_calendar(calendar),
            confidence=_share("confidence", confidence),
            seed=_seed(seed),
            industry_weight=_weight(industry_weight),
            call=call,
        )

    @property
    def level(self) -> float:
        """Significance level, 1 - confidence."""
        return 1.0 - self.confidence

    @property
    def parameters(self) -> int:
        """Estimated mean parameters k."""
        return len(self.model.regressors) + self.model.intercept

    def __repr__(self) -> str:
        return self.call


def check_timing(timing: object) -> Timing | None:
    """``timing`` if it is None or one of the three words.

    Raises
    ------
    ArgumentError
    """
    if timing is None:
        return None
    word: Timing = _one_of("timing", timing, get_args(Timing))
    return word


def check_calendar(calendar: object) -> str:
    """``calendar`` if it is a non-empty word; whether it exists is asked where it is used.

    Raises
    ------
    ArgumentError
    """
    if isinstance(calendar, str) and calendar.strip():
        return calendar
    raise ArgumentError(
        "calendar", calendar, "not an exchange calendar key", "Use a key such as 'XNYS'."
    )


def reproducing_call(function: str, subject: Iterable[object], given: Mapping[str, object]) -> str:
    """The line of Python for a call; frames and series stand by their argument's name.

    Examples
    --------
    >>> reproducing_call("es.analyze", ["IMGN", "2010-08-27"], {"industry": "IBB"})
    "es.analyze('IMGN', '2010-08-27', industry='IBB')"
    """
    words = [_literal(value, "event") for value in subject]
    words += [f"{name}={_literal(value, name)}" for name, value in given.items()]
    return f"{function}({', '.join(words)})"


def _literal(value: object, name: str) -> str:
    if isinstance(value, Path):
        return repr(str(value))
    if value is None or isinstance(value, str | bool | int | float):
        return repr(value)
    if isinstance(value, Test):
        return repr(value.key)
    if isinstance(value, list | tuple):
        inner = ", ".join(_literal(item, name) for item in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if hasattr(value, "isoformat"):
        return repr(str(value.isoformat()))
    return name


def _pair(name: str, value: object) -> Window:
    """A window from a pair of integers."""
    items = list(value) if isinstance(value, tuple | list) else []
    if len(items) != 2 or not all(_is_integer(item) for item in items):
        raise WindowError(
            name, value, "not a pair of whole numbers", "Write it as (-10, 10): first and last day."
        )
    if items[0] > items[1]:
        raise WindowError(name, value, "the start lies after the end", "Swap the two numbers.")
    return Window(int(items[0]), int(items[1]))


def _estimation_window(value: object, event: Window) -> Window:
    """The default, a length, or a pair; it must end before the event window."""
    if value is None or _is_integer(value):
        days = ESTIMATION_DAYS if value is None else _integer("estimation_window", value, 4)
        end = min(GAP_END, event.start - 1)
        return Window(end - days + 1, end)
    window = _pair("estimation_window", value)
    if window.end >= event.start:
        raise WindowError(
            "estimation_window",
            tuple(window),
            f"overlaps event_window={tuple(event)}",
            f"Let it end on day {event.start - 1} or earlier.",
        )
    return window


def _windows(value: Iterable[tuple[int, int]] | None, event: Window) -> tuple[Window, ...]:
    """Those asked for, or the customary ones that fit and the whole event window."""
    if value is None:
        fitting = [Window(*pair) for pair in CUSTOMARY_WINDOWS if event.holds(pair)]
        return tuple(dict.fromkeys([*fitting, event]))
    pairs = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []
    if pairs and all(_is_integer(item) for item in pairs):
        raise WindowError(
            "windows", value, "a single pair", f"Write a list of pairs: [{tuple(pairs)}]."
        )
    windows = tuple(dict.fromkeys(_pair("windows", pair) for pair in pairs))
    if not windows:
        raise WindowError("windows", value, "no window in it", "Write it as [(0, 0), (-1, 1)].")
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
    """The window of ``car(start, end)``: day 0, one day, or a pair; inside the event window.

    Raises
    ------
    WindowError
    """
    pair = start if isinstance(start, tuple | list) else (start, start if end is None else end)
    window = _pair("window", pair)
    require_inside("window", window, event)
    return window


def _tests(value: Iterable[str | Test]) -> tuple[Test, ...]:
    items = [value] if isinstance(value, str | Test) else list(value)
    return tuple(find_test(item) for item in items)


def _one_of(name: str, value: object, allowed: tuple[Any, ...]) -> Any:
    if isinstance(value, str) and value in allowed:
        return value
    words = ", ".join(repr(word) for word in allowed)
    raise ArgumentError(name, value, f"not one of {words}", "Use one of these.")


def _integer(name: str, value: object, least: int) -> int:
    if _is_integer(value) and int(value) >= least:  # type: ignore[call-overload]
        return int(value)  # type: ignore[call-overload]
    raise ArgumentError(
        name, value, f"not a whole number of at least {least}", f"Use {least} or more."
    )


def _share(name: str, value: object) -> float:
    if isinstance(value, numbers.Real) and not isinstance(value, bool) and 0 < value < 1:
        return float(value)
    raise ArgumentError(name, value, "not between 0 and 1", "Write 95 per cent as 0.95.")


def _weight(value: object) -> float:
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        weight = float(value)
        if math.isfinite(weight) and 0 <= weight < 1:
            return weight
    raise ArgumentError(
        "industry_weight", value, "not a share from 0 up to, but not including, 1",
        "Write 2 per cent as 0.02.",
    )  # fmt: skip


def _seed(value: object) -> int:
    if isinstance(value, np.random.SeedSequence):
        return int.from_bytes(value.generate_state(4, np.uint32).tobytes(), "little")
    return _integer("seed", value, 0)


def _is_integer(value: object) -> bool:
    return isinstance(value, numbers.Integral) and not isinstance(value, bool | np.bool_)
