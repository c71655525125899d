"""The public functions: orchestration only."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import scipy

from eventstudy import __version__, engine
from eventstudy._typing import DateLike
from eventstudy.alignment import Aligned, Inputs, align
from eventstudy.design import Design, check_calendar, check_timing, reproducing_call
from eventstudy.engine import Events, Source
from eventstudy.errors import EventDateError, UnknownTickerError
from eventstudy.inference._base import Test
from eventstudy.models._base import ExpectedReturnModel
from eventstudy.news.event import Event
from eventstudy.prices.bundled import list_events
from eventstudy.prices.factors import require_cover
from eventstudy.results.assembly import assemble, dated
from eventstudy.results.estimable import require_estimable
from eventstudy.results.event_result import EventResult
from eventstudy.results.known_news import known_events


def analyze(
    ticker: str | Event,
    date: DateLike | None = None,
    *,
    market: Any = "^GSPC",
    industry: Any = None,
    model: str | ExpectedReturnModel = "market_model",
    event_window: tuple[int, int] = (-10, 10),
    estimation_window: int | tuple[int, int] | None = None,
    windows: Iterable[tuple[int, int]] | None = None,
    tests: Iterable[str | Test] | None = None,
    return_kind: str = "simple",
    prices: Any = None,
    returns: pd.DataFrame | None = None,
    factors: pd.DataFrame | None = None,
    shares: Any = None,
    events: pd.DataFrame | None = None,
    missing: str | None = None,
    min_estimation: int = 100,
    timing: str | None = None,
    calendar: str = "XNYS",
    confidence: float = 0.95,
    seed: int | np.random.SeedSequence = 0,
    industry_weight: float = 0.0,
) -> EventResult:
    """How much one piece of news moved a value, and whether that could be chance.

    Parameters
    ----------
    ticker : str or Event
        The firm; an Event carries its date with it.
    date : str, date, datetime, Timestamp or datetime64
        ISO 8601.  A bare date is the day of the news; a date with a clock time is
        an instant, and day 0 the first session whose close can hold it.
    market : str or Series
        Ticker of the market index, or a Series of prices (of returns beside
        ``returns=``).
    industry : str or Series, optional
        Second regressor, in the same forms.
    model : str or model object
        A key of :func:`eventstudy.list_models`.
    event_window : tuple of int
        Relative trading days, both ends included.
    estimation_window : int or tuple of int, optional
        250 days ending at min(-11, event_window[0] - 1); a number changes the 250,
        a pair fixes both ends.
    windows : list of tuple of int, optional
        Windows reported; the first carries the headline.
    tests : list of str or Test, optional
        Keys of :func:`eventstudy.list_tests`; all that apply by default.
    return_kind : {"simple", "log"}
        For firm, market and factors alike.
    prices : DataFrame, Series, dict, path or provider, optional
        Instead of the shipped data.
    returns : DataFrame, optional
        Wide frame of returns in decimals instead of prices.
    factors : DataFrame, optional
        Daily factor returns in decimals.
    shares : number or Series, optional
        Shares outstanding, for the dollars.
    events : DataFrame, optional
        Further known events, for the check of confounding news.
    missing : {"trade_to_trade", "available"}, optional
        What is done with days without a return; trade-to-trade with prices.
    min_estimation : int
        Valid estimation days needed.
    timing : {"before_open", "during", "after_close"}, optional
        For a date without a clock time.
    calendar : str
        Exchange calendar, for clock times.
    confidence : float
        Level of every interval.
    seed : int or SeedSequence
        Root of the resampling tests' random streams.
    industry_weight : float
        The firm's weight in the industry index, which is taken out of it.

    Returns
    -------
    EventResult

    Raises
    ------
    EventStudyError
        One of its children, for any input that cannot be used; the message names
        the parameter, the value, the bound and the way out.

    Examples
    --------
    >>> import eventstudy as es
    >>> result = es.analyze("IMGN", "2010-08-27")
    >>> result.car(0)
    AR(0) = −41.09 %, 95 % interval −46.36 % to −35.82 %, t = −15.36 (248 df),
    p < 0.001, sq p = 0.004.
    """
    given = _given(locals())
    event = _event(ticker, date, timing, calendar)
    design = Design.of(
        reproducing_call("es.analyze", _subject(ticker, date), given),
        model=model,
        industry=industry is not None,
        event_window=event_window,
        estimation_window=estimation_window,
        windows=windows,
        tests=tests,
        return_kind=return_kind,
        missing=_missing(missing, returns),
        min_estimation=min_estimation,
        calendar=calendar,
        confidence=confidence,
        seed=seed,
        industry_weight=industry_weight,
    )
    inputs = Inputs(prices, returns, market, industry, factors)
    aligned = align([event.ticker], design, inputs)
    known = known_events(event.ticker, _bundled_events(event.ticker), events)
    first, last = aligned.listed[0]
    zero = dated(event, known, aligned.calendar[first : last + 1], calendar)
    source = _source(event, aligned, int(aligned.calendar.searchsorted(zero.session)))
    _require_factors(aligned, source, design)
    fit = engine.estimate(source.panel, source.events, design)
    require_estimable(fit, source, design)
    result = EventResult(
        event=event,
        day_zero=zero,
        design=design,
        headline=event.headline,
        currency=aligned.currency or "",
        verdict="",
        warnings=(),
        provenance=aligned.provenance | {"versions": _versions()},
        _shares=shares,
        _source=source,
        _fit=fit,
        _diagnostics=pd.DataFrame(),
        _confounders=pd.DataFrame(),
    )
    return assemble(result, known, aligned.notes)


DEFAULTS: dict[str, Any] = dict(analyze.__kwdefaults__ or {})


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    """Keyword arguments that differ from their default."""
    return {
        name: arguments[name]
        for name, default in DEFAULTS.items()
        if arguments[name] is not default and not _same(arguments[name], default)
    }


def _same(value: Any, default: Any) -> bool:
    plain = (str, int, float, bool, tuple)
    return isinstance(value, plain) and isinstance(default, plain) and value == default


def _subject(ticker: str | Event, date: DateLike | None) -> list[object]:
    return [ticker] if date is None else [ticker, date]


def _missing(missing: str | None, returns: Any) -> str:
    if missing is not None:
        return missing
    return "trade_to_trade" if returns is None else "available"


def _event(
    ticker: str | Event, date: DateLike | None, timing: str | None, calendar: str
) -> Event:
    """The event asked about, whichever way it was passed."""
    check_calendar(calendar)
    if isinstance(ticker, Event):
        if date is not None or timing is not None:
            name, value = ("date", date) if date is not None else ("timing", timing)
            raise EventDateError(
                name,
                value,
                "the event carries its own",
                "Leave it out, or pass a ticker.",
            )
        return ticker
    if date is None:
        raise EventDateError(
            "date",
            None,
            f"there is no date beside {ticker!r}",
            f"Pick one from eventstudy.list_events({ticker!r}), "
            "or pass date='2010-08-27'.",
        )
    return Event.of(ticker, date, check_timing(timing), calendar=calendar)


def _source(event: Event, aligned: Aligned, position: int) -> Source:
    """The panel with the one event in it."""
    name = event.id or f"{event.ticker}-{aligned.calendar[position].date()}"
    zero = np.zeros(1, int)
    events = Events(zero, np.array([position]), zero, engine.event_keys([name]))
    return Source(
        aligned.panel, events, aligned.calendar.to_numpy(), aligned.closes,
        (event.ticker,), (name,),
    )  # fmt: skip


def _require_factors(aligned: Aligned, source: Source, design: Design) -> None:
    """Refuse factors that do not cover the windows, before anything is estimated."""
    if aligned.factor_frame is None:
        return
    day0 = int(source.events.day0[0])
    last = len(aligned.calendar) - 1
    start = max(day0 + design.estimation_window.start, 0)
    end = min(day0 + design.event_window.end, last)
    require_cover(aligned.factor_frame, aligned.calendar[start], aligned.calendar[end])


def _bundled_events(ticker: str) -> pd.DataFrame | None:
    try:
        return list_events(ticker)
    except UnknownTickerError:
        return None


def _versions() -> dict[str, str]:
    return {
        "eventstudy": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
    }
