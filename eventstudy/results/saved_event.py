"""An event with its inputs and settings, as plain files, and back."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from eventstudy import engine
from eventstudy.design import Design
from eventstudy.engine import Events, Panel, Source
from eventstudy.errors import ArgumentError, BadDataError
from eventstudy.inference._base import Test, find_test
from eventstudy.models._base import find_model
from eventstudy.news.event import Event
from eventstudy.news.sessions import DayZero
from eventstudy.prices._base import ShareSeries
from eventstudy.report.records import plain, to_json_text
from eventstudy.results.assembly import assemble
from eventstudy.results.estimable import require_estimable
from eventstudy.results.event_result import EventResult

SETTINGS = (
    "event_window", "estimation_window", "windows", "return_kind", "missing",
    "min_estimation", "calendar", "confidence", "seed", "industry_weight", "call",
)  # fmt: skip
DAYS = ("date", "announced_at")
COLUMNS = ("date", "return", "span", "close", "estimable")


def files_of(result: EventResult) -> dict[str, str]:
    """What the numbers of a result come from, by name of the file.

    Raises
    ------
    ArgumentError
        For a model, a test or a number of shares that is an object of the caller's:
        a file cannot hold it.
    """
    facts = {
        "settings": _settings(result.design),
        "event": _event(result.event),
        "day_zero": dataclasses.asdict(result.day_zero),
        "known": [_event(event) for event in result._known],
        "notes": list(result._notes),
        "currency": result.currency,
        "shares": _shares(result._shares),
        "provenance": dict(result.provenance),
        "ids": list(result._source.ids),
        "tickers": list(result._source.tickers),
    }
    return {
        # In the order of the result: its page names sources in it.
        "inputs.json": json.dumps(plain(facts), indent=1, ensure_ascii=False),
        "days.csv": _days(result._source),
        "record.json": to_json_text(result.to_dict()),
    }


def result_of(files: Mapping[str, str]) -> EventResult:
    """Compute a result anew from its files.

    Raises
    ------
    BadDataError
        Where a file is not what :func:`files_of` writes.
    EventStudyError
        As of :func:`eventstudy.analyze`.
    """
    try:
        facts = json.loads(files["inputs.json"])
        design = _design(facts["settings"])
        event, zero = _read_event(facts["event"]), _read_day_zero(facts["day_zero"])
        source = _source(files["days.csv"], facts, zero.session)
        known = [_read_event(one) for one in facts["known"]]
        shares, notes = _read_shares(facts["shares"]), tuple(facts["notes"])
        currency, provenance = facts["currency"], facts["provenance"]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise BadDataError(
            "path", str(error)[:80], "this is no saved result, or a damaged one",
            "Save the result again.",
        ) from error  # fmt: skip
    fit = engine.estimate(source.panel, source.events, design)
    require_estimable(fit, source, design)
    bare = EventResult(
        event=event, day_zero=zero, design=design, headline=event.headline,
        currency=currency, verdict="", warnings=(), provenance=provenance,
        _shares=shares, _source=source, _fit=fit, _diagnostics=pd.DataFrame(),
        _confounders=pd.DataFrame(),
    )  # fmt: skip
    return assemble(bare, known, notes)


def _settings(design: Design) -> dict[str, Any]:
    key = design.model.key
    industry = "industry" in design.model.regressors
    if not _is_registered(key, design):
        raise ArgumentError(
            "model", key, "an object of your own cannot be saved",
            "Save results of the models of list_models().",
        )  # fmt: skip
    tests = None if design.tests is None else [_test(test) for test in design.tests]
    return {
        **{name: getattr(design, name) for name in SETTINGS},
        "model": key, "industry": industry, "tests": tests,
    }  # fmt: skip


def _is_registered(key: str, design: Design) -> bool:
    try:
        return find_model(key).regressors == tuple(
            name for name in design.model.regressors if name != "industry"
        )
    except ArgumentError:
        return False


def _test(test: Test) -> list[Any]:
    key = test.key.partition("|")[0]
    try:
        known = find_test(key).compute is test.compute
    except ArgumentError:
        known = False
    if not known:
        raise ArgumentError(
            "tests", key, "a test of your own cannot be saved",
            "Save results of the tests of list_tests().",
        )  # fmt: skip
    return [key, dict(test.options)]


def _design(settings: dict[str, Any]) -> Design:
    given = {name: settings[name] for name in (*SETTINGS, "model", "industry")}
    for name in ("event_window", "estimation_window"):
        given[name] = tuple(given[name])
    given["windows"] = [tuple(pair) for pair in given["windows"]]
    tests = settings["tests"]
    chosen = None if tests is None else [_chosen(*test) for test in tests]
    return Design.of(given.pop("call"), tests=chosen, **given)


def _chosen(key: str, options: dict[str, Any]) -> Test:
    test = find_test(key)
    return test.using(**options) if options else test


def _event(event: Event) -> dict[str, Any]:
    facts = {
        field.name: getattr(event, field.name) for field in dataclasses.fields(event)
    }
    for name in DAYS:
        facts[name] = None if facts[name] is None else facts[name].isoformat()
    return {k: dict(v) if isinstance(v, Mapping) else v for k, v in facts.items()}


def _read_event(facts: dict[str, Any]) -> Event:
    days = {n: None if facts[n] is None else pd.Timestamp(facts[n]) for n in DAYS}
    return Event(**{**facts, **days})


def _read_day_zero(facts: dict[str, Any]) -> DayZero:
    return DayZero(**{**facts, "session": pd.Timestamp(facts["session"])})


def _shares(shares: Any) -> Any:
    if shares is None or isinstance(shares, int | float | np.number):
        return None if shares is None else float(shares)
    if isinstance(shares, ShareSeries):
        facts = {"ticker": shares.ticker, "source": shares.source}
        return {**_shares(shares.counts), **facts, "basis": shares.basis}
    if isinstance(shares, pd.Series):
        days = [str(pd.Timestamp(day).date()) for day in shares.index]
        return {"days": days, "counts": [float(count) for count in shares]}
    raise ArgumentError(
        "shares", shares, "an object of your own cannot be saved",
        "Pass a number, or a Series by date.",
    )  # fmt: skip


def _read_shares(facts: Any) -> Any:
    if not isinstance(facts, dict):
        return facts
    days = pd.DatetimeIndex(facts["days"])
    counts = pd.Series(np.array(facts["counts"], float), days)
    if "basis" not in facts:
        return counts
    return ShareSeries(facts["ticker"], counts, facts["source"], basis=facts["basis"])


def _days(source: Source) -> str:
    """The firm's returns and closes and the regressors, a row a trading day."""
    panel, firm = source.panel, int(source.events.firm[0])
    series = panel.benchmarks[int(source.events.benchmark[0])]
    usable = np.ones(len(source.dates)) if panel.estimable is None else (
        panel.estimable[firm].astype(float)
    )  # fmt: skip
    columns = [panel.returns[firm], panel.spans[firm], source.closes[firm], usable]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *series])
    days = np.datetime_as_string(source.dates, unit="D")
    for day, *row in zip(days, *columns, *series.values(), strict=True):
        writer.writerow([day, *("" if np.isnan(x) else repr(float(x)) for x in row)])
    return text.getvalue()


def _source(text: str, facts: dict[str, Any], session: pd.Timestamp) -> Source:
    head, *rows = csv.reader(io.StringIO(text))
    if tuple(head[: len(COLUMNS)]) != COLUMNS:
        raise ValueError("days.csv")
    dates = np.array([row[0] for row in rows], dtype="datetime64[ns]")
    table = np.array([[float(x or "nan") for x in row[1:]] for row in rows]).T
    returns, spans, closes, usable = table[:4, None]
    series = dict(zip(head[len(COLUMNS) :], table[4:], strict=True))
    day0 = np.flatnonzero(dates == session.to_datetime64())
    estimable = None if (usable == 1).all() else usable == 1
    ids, zero = tuple(facts["ids"]), np.zeros(1, int)
    return Source(
        Panel(returns, spans, (series,), estimable),
        Events(zero, day0[:1], zero, engine.event_keys(ids)),
        dates, closes, tuple(facts["tickers"]), ids,
    )  # fmt: skip
