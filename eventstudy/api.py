"""The public functions: orchestration only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd

from eventstudy import engine as estimation
from eventstudy._arguments import one_of
from eventstudy._call import event_of, given, missing_treatment, versions
from eventstudy._typing import DateLike
from eventstudy.alignment import Inputs, Sources, align, align_firms, find_firms
from eventstudy.design import Design, check_calendar, reproducing_call
from eventstudy.errors import ArgumentError, InsufficientDataError, UnknownTickerError
from eventstudy.inference._base import Test
from eventstudy.models._base import ExpectedReturnModel
from eventstudy.news.event import Event
from eventstudy.news.event_days import DaySpan, day_span, day_spans
from eventstudy.news.own_columns import OwnColumns, names_any, own_columns
from eventstudy.news.own_windows import Usual
from eventstudy.news.tables import EventTable, event_table
from eventstudy.passes import Executor
from eventstudy.prices.bundled import list_events
from eventstudy.prices.delisting import read_delistings
from eventstudy.prices.firm_blocks import FirmBlocks
from eventstudy.prices.share_counts import share_counts
from eventstudy.progress import watch
from eventstudy.results.assembly import Measured, assemble
from eventstudy.results.estimable import require_estimable
from eventstudy.results.event_result import EventResult
from eventstudy.results.known_news import known_events
from eventstudy.results.listed_hour import dated
from eventstudy.results.masked_days import masked_note
from eventstudy.results.study_assembly import assemble_study
from eventstudy.results.study_origin import StudyOrigin
from eventstudy.results.study_result import StudyResult
from eventstudy.screening import (
    Screened,
    Work,
    ending_notes,
    firms_and_choices,
    require_factors,
    require_to_the_end,
    screen,
    single_source,
    study_notes,
)


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
    returns: pd.DataFrame | FirmBlocks | None = None,
    factors: Any = None,
    shares: Any = None,
    events: pd.DataFrame | None = None,
    missing: str | None = None,
    boundary: str = "exclude",
    delisting_returns: Any = None,
    proceeds: str = "benchmark",
    min_estimation: int = 100,
    timing: str | None = None,
    calendar: str = "XNYS",
    confidence: float = 0.95,
    seed: int | np.random.SeedSequence = 0,
    industry_weight: float = 0.0,
    offline: bool = False,
    refresh: bool = False,
    cache: str | PathLike[str] | None = None,
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
        Instead of the shipped data, the cache and Yahoo.
    returns : DataFrame or FirmBlocks, optional
        Wide frame of returns in decimals instead of prices, or blocks of it on disk.
    factors : DataFrame, "fama_french" or provider, optional
        Daily factor returns in decimals; the word fetches them from French's data
        library.
    shares : number, Series by date or provider, optional
        Shares outstanding, for the dollars; those shipped, or Yahoo's beside its
        prices, by default.
    events : DataFrame, optional
        Further known events, for the check of confounding news.
    missing : {"trade_to_trade", "available", "lumped", "uniform"}, optional
        What is done with days without a return; trade-to-trade with prices.  The last
        two only replicate studies that did so; they need prices.
    boundary : {"exclude", "include"}
        A return over several days counts in a window that holds all of them; with
        "include", which only replicates studies that did so, in every window in which
        it ends.
    delisting_returns : number, word, mapping, Series, DataFrame or path, optional
        What followed the last price: a decimal, or "nyse", "amex" or "nasdaq" for the
        mean of performance delistings (-30 %, -30 %, -55 %), which is said; by ticker
        one of these or a pair of date and return; a table with the columns ``ticker``,
        ``delisting_return`` and, if known, ``date``.
    proceeds : {"benchmark", "cash", "drop"}
        What ``bhar`` holds after it; "drop" leaves out events whose firm has no price
        to the end of the event window.
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
    offline : bool
        Stop before the network: shipped data and the cache alone.
    refresh : bool
        Fetch anew what the cache holds.
    cache : str or path, optional
        Its folder; EVENTSTUDY_CACHE, else the system's own place by default.

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
    found = measured(ticker, date, **given(locals(), _defaults(analyze)))
    _require_tests_of_one(found.result.design)
    return assemble(*found)


def measured(
    ticker: str | Event,
    date: DateLike | None = None,
    sources: Sources | None = None,
    left_out: pd.DatetimeIndex | None = None,
    call: str = "",
    **asked: Any,
) -> Measured:
    """Estimate one event without saying what it means.

    Parameters
    ----------
    ticker, date, **asked
        As of :func:`analyze`; what is left out has its default.
    sources : Sources, optional
        Those of the study that the event is part of.
    left_out : DatetimeIndex, optional
        Days that are not estimated on.
    call : str
        The line that reproduces the result; that of :func:`analyze` by default.

    Returns
    -------
    Measured
    """
    options = _defaults(analyze) | asked
    event = event_of(ticker, date, options["timing"], options["calendar"])
    subject = [ticker] if date is None else [ticker, date]
    call = call or reproducing_call("es.analyze", subject, asked)
    design = _design(call, options, options["industry"] is not None)
    if sources is None:
        sources = _sources(options, {event.ticker: day_span(event)})
    inputs = _inputs(options, sources, event.ticker)
    aligned = align([event.ticker], design, inputs)
    known = known_events(event.ticker, _bundled_events(event.ticker), options["events"])
    first, last = aligned.listed[0]
    days = aligned.calendar[first : last + 1]
    zero = dated(event, known, days, options["calendar"])
    source = single_source(event, aligned, zero.session, left_out)
    require_factors(aligned, source, design)
    require_to_the_end(source, aligned, design)
    fit = estimation.estimate(source.panel, source.events, design)
    require_estimable(fit, source, design)
    shares, said = share_counts(
        event.ticker, options["shares"], aligned.provenance["firm"]["source"],
        sources.for_firm(event.ticker, design),
        pd.Series(aligned.closes[0], aligned.calendar),
    )  # fmt: skip
    result = EventResult(
        event=event,
        day_zero=zero,
        design=design,
        headline=event.headline,
        currency=aligned.currency or "",
        verdict="",
        warnings=(),
        provenance=aligned.provenance | {"versions": versions()},
        _shares=shares,
        _source=source,
        _fit=fit,
        _diagnostics=pd.DataFrame(),
        _confounders=pd.DataFrame(),
    )
    said = (
        *aligned.notes,
        *ending_notes(source, aligned, design),
        *masked_note(source, design),
        *said,
    )
    return Measured(result, known, said)


def study(
    events: Any,
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
    returns: pd.DataFrame | FirmBlocks | None = None,
    factors: Any = None,
    shares: Any = None,
    missing: str | None = None,
    boundary: str = "exclude",
    delisting_returns: Any = None,
    proceeds: str = "benchmark",
    min_estimation: int = 100,
    calendar: str = "XNYS",
    confidence: float = 0.95,
    seed: int | np.random.SeedSequence = 0,
    industry_weight: float = 0.0,
    overlaps: str = "keep",
    offline: bool = False,
    refresh: bool = False,
    cache: str | PathLike[str] | None = None,
    engine: Executor | None = None,
    keep: str = "ar",
    error_if: str = "all",
) -> StudyResult:
    """What news of one kind does to values: many events, their mean, and its tests.

    Parameters
    ----------
    events : DataFrame, pairs, list of Event, or path
        Columns ``ticker`` and ``date``, or ``announced_at``; if known ``timing`` and
        ``id``; ``market``, ``industry`` (tickers), ``event_window`` and
        ``estimation_window`` of single events, blank for those of the study; any others
        are kept as attributes.  An event has abnormal returns on its own event window
        alone, and is left out of windows that this does not hold.
    market, industry, model, event_window, estimation_window, windows, tests
        As for :func:`eventstudy.analyze`.
    return_kind, prices, returns, factors, shares, missing, boundary, min_estimation
        As for :func:`eventstudy.analyze`.
    delisting_returns, proceeds
        As for :func:`eventstudy.analyze`.
    calendar, confidence, seed, industry_weight, offline, refresh, cache
        As for :func:`eventstudy.analyze`.
    overlaps : {"keep", "drop_later", "mask"}
        Events of one firm whose event windows share days are kept and flagged; or the
        later is excluded; or all are kept, and no estimation window reads the days of
        another event of the firm in the table.
    engine : Executor, optional
        Where the work runs: an executor of the standard library, or a Dask client;
        one thread of this process by default.  Results are the same to the bit.
    keep : {"ar", "summary"}
        Whether the abnormal returns of the event windows are kept.
    error_if : {"all", "any"}
        Raise when all events are excluded, or when any is.

    Returns
    -------
    StudyResult
        Events that cannot be used are rows of ``excluded``, with reasons.

    Raises
    ------
    EventStudyError
        One of its children, for settings or data that cannot be used, and by
        ``error_if``.

    Examples
    --------
    >>> import eventstudy as es
    >>> result = es.study(es.list_events("IMGN"))
    >>> len(result), len(result.excluded)
    (63, 0)
    """
    asked = given(locals(), _defaults(study))
    keep = one_of("keep", keep, ("ar", "summary"))
    error_if = one_of("error_if", error_if, ("all", "any"))
    table = event_table(events, check_calendar(calendar))
    options = _defaults(study) | asked
    call = reproducing_call("es.study", [events], asked, name="events")
    sources = _sources(options, day_spans(table))
    own, design = _own_and_design(table.columns, call, options)
    _require_tests_of_many(design)
    inputs = _inputs(options, sources)
    tickers = dict.fromkeys(name for name in table.tickers if name)
    firms, unknown = find_firms(list(tickers), design, inputs)
    _require_some(bool(firms), unknown or dict(table.problems))
    used = firms_and_choices(table, own, [firm.ticker for firm in firms])
    aligned = align_firms(firms, design, inputs, own.choices, used)
    work = Work(keep == "ar", engine, watch)
    screened = screen(table, own, aligned, unknown, design, work)
    _require(screened, error_if)
    alike = {name: value for name, value in asked.items() if name not in OF_STUDIES}

    line = _lines(call, table, design, alike, own)

    def single(row: int) -> EventResult:
        options, days = alike | own.of(row), screened.left_out(table.tickers[row])
        found = measured(table.event(row), None, sources, days, line(row), **options)
        return assemble(*found)

    notes = [
        *aligned.notes,
        *ending_notes(screened.source, aligned, design),
        *study_notes(table, own, design),
    ]
    return assemble_study(
        design, table.columns, screened.source, screened.rows, screened.excluded,
        StudyOrigin.of(single, own.of, line, firms, shares),
        aligned.provenance | {"versions": versions()}, notes,
        engine, watch, keep, screened.estimated,
    )  # fmt: skip


OF_DATA = ("prices", "returns", "market", "industry", "factors")
OF_DESIGN = (
    "model", "event_window", "estimation_window", "windows", "tests", "return_kind",
    "boundary", "proceeds", "min_estimation", "calendar", "confidence", "seed",
    "industry_weight",
)  # fmt: skip
OF_SOURCES = ("offline", "refresh", "cache")
OF_STUDIES = ("overlaps", "engine", "keep", "error_if")


def _lines(
    study: str,
    table: EventTable,
    design: Design,
    alike: Mapping[str, Any],
    own: OwnColumns,
) -> Callable[[int], str]:
    """Row of the table -> the line that reproduces its result, by the study's if need.

    Where other events are masked, an event by itself would be another result.
    """
    if design.overlaps == "mask":
        return lambda row: f"{study}.result({table.ids[row]!r})"
    return lambda row: reproducing_call("es.analyze", [table], {**alike, **own.of(row)})


def _require_tests_of_one(design: Design) -> None:
    """Refuse tests of many events for a single one."""
    of_many = [test.key for test in design.tests or () if test.kind != "single"]
    if of_many:
        raise ArgumentError(
            "tests",
            of_many,
            "these compare many events, and this is one",
            "Use study(), or tests whose kind is 'single' in list_tests().",
        )


def _require_tests_of_many(design: Design) -> None:
    """Refuse a choice of tests without one for many events."""
    chosen = design.tests or ()
    if chosen and all(test.kind == "single" for test in chosen):
        raise ArgumentError(
            "tests",
            [test.key for test in chosen],
            "these are tests of one event, and a study compares many",
            "Add tests whose kind is 'sample' in list_tests().",
        )


def _require_some(found: bool, reasons: Mapping[Any, str]) -> None:
    """Refuse a study without one event that can be used."""
    if not found:
        listed = [f"{name}: {words}" for name, words in list(reasons.items())[:3]]
        raise InsufficientDataError(
            "events",
            len(reasons),
            f"not one can be used ({'; '.join(listed)})",
            "Correct them, or pass prices= that hold their firms.",
        )


def _require(screened: Screened, error_if: str) -> None:
    reasons = screened.excluded["reason"].to_dict()
    _require_some(bool(screened.rows.size), reasons)
    if reasons and error_if == "any":
        name, words = next(iter(reasons.items()))
        raise InsufficientDataError(
            "events",
            name,
            f"{len(reasons)} cannot be used; this one: {words}",
            "Correct the rows, or use error_if='all' to see all reasons in .excluded.",
        )


def _bundled_events(ticker: str) -> pd.DataFrame | None:
    try:
        return list_events(ticker)
    except UnknownTickerError:
        return None


def _design(call: str, options: Mapping[str, Any], industry: bool) -> Design:
    """The settings of a call, validated."""
    return Design.of(
        call,
        industry=industry,
        overlaps=options.get("overlaps", "keep"),
        missing=missing_treatment(options["missing"], options["returns"]),
        **{name: options[name] for name in OF_DESIGN},
    )


def _inputs(
    options: Mapping[str, Any], sources: Sources, ticker: str | None = None
) -> Inputs:
    """Where the data of a call are; ``ticker`` = the one firm it is about."""
    delistings = read_delistings(options["delisting_returns"], ticker)
    data = {name: options[name] for name in OF_DATA}
    return Inputs(**data, delistings=delistings, sources=sources)


def _own_and_design(
    columns: pd.DataFrame, call: str, options: Mapping[str, Any]
) -> tuple[OwnColumns, Design]:
    """What events ask for themselves, and the design that reaches over all of it."""
    # With event windows of their own, windows need only lie in one of those.
    free = names_any(columns, "event_window")
    first = {**options, "windows": None} if free else options
    industries = options["industry"] is not None or names_any(columns, "industry")
    design = _design(call, first, industries)
    usual = Usual(
        design.event_window, design.estimation_window, design.min_estimation,
        options["estimation_window"], options["windows"],
    )  # fmt: skip
    own = own_columns(columns, usual, industry=options["industry"] is not None)
    wider = dataclasses.replace(
        design,
        event_window=own.event_hull,
        estimation_window=own.hull,
        windows=own.windows or design.windows,
    )
    return own, wider


def _sources(options: Mapping[str, Any], news: Mapping[str, DaySpan]) -> Sources:
    """What may be asked for data that are not passed."""
    return Sources(news, **{name: options[name] for name in OF_SOURCES})


def _defaults(function: Callable[..., Any]) -> dict[str, Any]:
    return dict(getattr(function, "__kwdefaults__", None) or {})
