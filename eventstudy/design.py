"""The settings of a study, validated whole and at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from eventstudy._arguments import (
    boundary_rule,
    confidence_level,
    index_weight,
    one_of,
    seed_number,
    whole_number,
)
from eventstudy._typing import (
    Boundary,
    Missing,
    Overlaps,
    Proceeds,
    ReturnKind,
    Timing,
)
from eventstudy._windows import (
    Window,
    estimation_days,
    reported_windows,
    require_enough,
    window_pair,
)
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import Test, find_test
from eventstudy.models._base import ExpectedReturnModel, find_model, with_industry

__all__ = ["Design", "Window", "check_calendar", "check_timing", "reproducing_call"]


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
    missing : {"trade_to_trade", "available", "lumped", "uniform"}
    boundary : {"exclude", "include"}
        Whether a return over several days counts in the window in which it ends if it
        begins before it (methods 1.5).
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
    proceeds : {"benchmark", "cash", "drop"}
        What is held after a delisting: the benchmark, cash, or nothing, and the event
        is left out.
    overlaps : {"keep", "drop_later", "mask"}
        What a study does with events of one firm whose event windows share days.
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
    boundary: Boundary
    min_estimation: int
    calendar: str
    confidence: float
    seed: int
    industry_weight: float
    proceeds: Proceeds
    overlaps: Overlaps
    call: str

    @classmethod
    def of(  # noqa: PLR0913 - all options of a user in one place
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
        boundary: str = "exclude",
        min_estimation: int = 100,
        calendar: str = "XNYS",
        confidence: float = 0.95,
        seed: int | np.random.SeedSequence = 0,
        industry_weight: float = 0.0,
        proceeds: str = "benchmark",
        overlaps: str = "keep",
    ) -> Design:
        """Validate the settings; parameters as in :func:`eventstudy.study`.

        Raises
        ------
        WindowError
            Windows that are reversed, no pairs of integers, overlap, or do not fit.
        InsufficientDataError
            An estimation window shorter than ``min_estimation``.
        ArgumentError
            Any other value that is not allowed; the message lists what is.
        """
        found = find_model(model)
        found = with_industry(found) if industry else found
        event = window_pair("event_window", event_window)
        estimation = estimation_days(estimation_window, event)
        least = len(found.regressors) + found.intercept + 3
        enough = whole_number("min_estimation", min_estimation, least)
        require_enough(estimation, enough)
        treatment: Missing = one_of("missing", missing, get_args(Missing))
        return cls(
            model=found,
            event_window=event,
            estimation_window=estimation,
            windows=reported_windows(windows, event),
            tests=None if tests is None else _tests(tests),
            return_kind=one_of("return_kind", return_kind, get_args(ReturnKind)),
            missing=treatment,
            boundary=boundary_rule(boundary, treatment),
            min_estimation=enough,
            calendar=check_calendar(calendar),
            confidence=confidence_level(confidence),
            seed=seed_number(seed),
            industry_weight=index_weight(industry_weight),
            proceeds=one_of("proceeds", proceeds, get_args(Proceeds)),
            overlaps=one_of("overlaps", overlaps, get_args(Overlaps)),
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
    word: Timing = one_of("timing", timing, get_args(Timing))
    return word


def check_calendar(calendar: object) -> str:
    """``calendar`` if it is a word; whether it exists is asked where it is used.

    Raises
    ------
    ArgumentError
    """
    if isinstance(calendar, str) and calendar.strip():
        return calendar
    raise ArgumentError(
        "calendar",
        calendar,
        "not an exchange calendar key",
        "Use a key such as 'XNYS'.",
    )


def reproducing_call(
    function: str,
    subject: Iterable[object],
    given: Mapping[str, object],
    name: str = "event",
) -> str:
    """The line of Python for a call; frames and series stand by their argument's name.

    Examples
    --------
    >>> reproducing_call("es.analyze", ["IMGN", "2010-08-27"], {"industry": "IBB"})
    "es.analyze('IMGN', '2010-08-27', industry='IBB')"
    """
    words = [_literal(value, name) for value in subject]
    words += [f"{key}={_literal(value, key)}" for key, value in given.items()]
    return f"{function}({', '.join(words)})"


def _literal(value: object, name: str) -> str:
    if isinstance(value, Path):
        return repr(str(value))
    if isinstance(value, np.generic):
        return _literal(str(value) if value.dtype.kind == "M" else value.item(), name)
    if value is None or isinstance(value, str | bool | int | float):
        return repr(value)
    if isinstance(value, np.random.SeedSequence):
        return repr(seed_number(value))
    if isinstance(value, Test):
        return repr(value.key)
    if isinstance(value, list | tuple):
        inner = ", ".join(_literal(item, name) for item in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if hasattr(value, "isoformat"):
        return repr(str(value.isoformat()))
    return name


def _tests(value: object) -> tuple[Test, ...]:
    if isinstance(value, str | Test):
        return (find_test(value),)
    if isinstance(value, Iterable):
        return tuple(find_test(item) for item in value)
    raise ArgumentError(
        "tests", value, "not a list of keys", "Write it as ['exact_t', 'sq']."
    )
