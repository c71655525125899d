"""One event under many designs: what hangs on the choices of the analyst."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from eventstudy import engine
from eventstudy._typing import DateLike
from eventstudy._windows import Window, estimation_days, window_pair
from eventstudy.api import analyze, measured
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.models._base import ExpectedReturnModel
from eventstudy.news.event import Event
from eventstudy.results.effect import Effect
from eventstudy.results.estimable import require_estimable
from eventstudy.results.event_result import EventResult
from eventstudy.results.specifications import CHOICES, SpecificationCurve

MODELS = ("market_model", "market_adjusted", "constant_mean", "fama_french_3")
WINDOWS = ((0, 0), (0, 1), (-1, 1))
LENGTHS = (250, 120, 200)
SINGULAR = {
    "model": "models",
    "market": "markets",
    "industry": "industries",
    "return_kind": "return_kinds",
    "estimation_window": "estimation_windows",
}


def specification_curve(  # noqa: PLR0913 - a list a choice
    ticker: str | Event,
    date: DateLike | None = None,
    *,
    models: Iterable[str | ExpectedReturnModel] = MODELS,
    windows: Iterable[tuple[int, int]] = WINDOWS,
    estimation_windows: Iterable[int | tuple[int, int]] = LENGTHS,
    markets: Iterable[Any] = ("^GSPC",),
    industries: Iterable[Any] = (None,),
    return_kinds: Iterable[str] = ("simple",),
    **options: Any,
) -> SpecificationCurve:
    """Estimate one event under every combination of some choices.

    The first of each list is the design that one would report; the others show
    whether its conclusion depends on the choice.

    Parameters
    ----------
    ticker, date
        As for :func:`eventstudy.analyze`.
    models, markets, industries, return_kinds
        Values of ``model``, ``market``, ``industry`` and ``return_kind``.
    windows : list of tuple of int
        Windows whose cumulative abnormal return is the effect.
    estimation_windows : list of int or tuple of int
        Values of ``estimation_window``.
    **options
        Any other keyword of :func:`eventstudy.analyze`, the same for all.
        ``event_window`` is widened to hold all windows.

    Returns
    -------
    SpecificationCurve
        A row a combination.  One that cannot be estimated stays, with NaN and the
        reason.

    Raises
    ------
    EventStudyError
        As of :func:`eventstudy.analyze` if no combination can be estimated, and for
        an option that is not one, or an empty list.

    References
    ----------
    Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4, 1208-1214.

    Examples
    --------
    >>> import eventstudy as es
    >>> curve = es.specification_curve("IMGN", "2010-08-27", models=["market_model"])
    >>> len(curve), round(curve.median, 4)
    (9, -0.3023)
    """
    _check(options)
    pairs = [window_pair("windows", w) for w in _listed("windows", windows)]
    lists = {
        "models": models,
        "markets": markets,
        "industries": industries,
        "return_kinds": return_kinds,
    }
    choices = [_listed(name, values) for name, values in lists.items()]
    lengths = _listed("estimation_windows", estimation_windows)
    shared = {**options, "event_window": _span(options, pairs)}
    study = _Study(ticker, date, tuple(pairs), shared, [], [])
    for combination in itertools.product(*choices):
        study.add(combination, lengths)
    return study.curve()


def _check(options: Mapping[str, Any]) -> None:
    """Refuse what is no keyword of analyze, or has a list of its own here."""
    for name, value in options.items():
        if name in SINGULAR:
            raise ArgumentError(
                name, value, "one value", f"Pass a list as {SINGULAR[name]}=."
            )
        if name not in (analyze.__kwdefaults__ or {}) or name == "tests":
            raise ArgumentError(
                name, value, "no option of a specification curve",
                "Use the keywords of analyze, without tests=.",
            )  # fmt: skip


def _listed(name: str, values: Any) -> list[Any]:
    found = [values] if isinstance(values, str) else list(values)
    if not found:
        raise ArgumentError(name, values, "this is empty", "Name at least one.")
    return found


def _span(options: Mapping[str, Any], windows: Iterable[Window]) -> tuple[int, int]:
    """The event window asked for, so wide that it holds all windows."""
    asked = options.get("event_window", (-10, 10))
    every = [window_pair("event_window", asked), *windows]
    return min(w.start for w in every), max(w.end for w in every)


@dataclasses.dataclass(slots=True)
class _Study:
    """Specifications as they are estimated, a row each."""

    ticker: str | Event
    date: DateLike | None
    windows: tuple[Window, ...]
    options: Mapping[str, Any]
    rows: list[dict[str, Any]]
    results: list[EventResult]
    failure: EventStudyError | None = None

    def add(self, combination: tuple[Any, ...], lengths: list[Any]) -> None:
        """All estimation windows and windows of a model with its data."""
        named = dict(zip(CHOICES, combination, strict=False))
        first: EventResult | None = None
        for length in lengths:
            try:
                if first is None:
                    first = result = self._estimated(named, length)
                else:
                    result = _over(first, length)
            except EventStudyError as error:
                self.failure = self.failure or error
                effects: Iterator[Effect] = itertools.repeat(
                    Effect(float("nan"), reason=str(error))
                )
            else:
                self.results.append(result)
                effects = (result.car(*window) for window in self.windows)
            self._write(named, length, effects)

    def _estimated(self, named: Mapping[str, Any], length: Any) -> EventResult:
        asked = {**self.options, **named, "estimation_window": length}
        asked["windows"] = [tuple(window) for window in self.windows]
        return measured(self.ticker, self.date, **asked).result

    def _write(
        self, named: Mapping[str, Any], length: Any, effects: Iterator[Effect]
    ) -> None:
        words = {name: _word(value) for name, value in named.items()}
        words["estimation_window"] = _days(length)
        for window, effect in zip(self.windows, effects, strict=False):
            facts = effect.to_dict()
            for name in ("label", "unit", "currency", "confidence"):
                del facts[name]
            self.rows.append({**words, "window": window.label, **facts})

    def curve(self) -> SpecificationCurve:
        """What all specifications came to."""
        if not self.results:
            assert self.failure is not None  # noqa: S101 - every row has failed
            raise self.failure
        result = self.results[0]
        return SpecificationCurve(
            table=pd.DataFrame(self.rows),
            ticker=result.ticker,
            day0=result.day0,
            confidence=result.confidence,
            provenance=result.provenance,
        )


def _over(result: EventResult, length: Any) -> EventResult:
    """The same event, model and data over another estimation window."""
    days = estimation_days(length, result.design.event_window)
    design = dataclasses.replace(result.design, estimation_window=days)
    source = result._source
    fit = engine.estimate(source.panel, source.events, design)
    require_estimable(fit, source, design)
    return dataclasses.replace(result, design=design, _fit=fit)


def _word(value: Any) -> str:
    """How a choice is called."""
    if value is None:
        return "none"
    if isinstance(value, str):
        return value
    return str(getattr(value, "key", None) or getattr(value, "name", None) or "given")


def _days(value: Any) -> str:
    """How an estimation window is called."""
    if isinstance(value, tuple | list):
        return window_pair("estimation_windows", value).label
    return f"{value} days"
