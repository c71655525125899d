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
from eventstudy.engine import Events, Panel, Source
from eventstudy.errors import BadDataError
from eventstudy.news.event import Event
from eventstudy.news.sessions import DayZero
from eventstudy.report.records import plain, to_json_text
from eventstudy.results.event_result import EventResult
from eventstudy.results.recomputed import recomputed
from eventstudy.results.saved_checks import (
    DAMAGED,
    origins,
    read_json,
    require_series,
    word,
    words,
)
from eventstudy.results.saved_settings import (
    design_of,
    read_shares,
    settings_of,
    shares_of,
)

DAYS = ("date", "announced_at")
WORDS = (
    "ticker", "headline", "category", "source", "id", "confidence", "exchange",
)  # fmt: skip
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
        "settings": settings_of(result.design),
        "event": _event(result.event),
        "day_zero": dataclasses.asdict(result.day_zero),
        "known": [_event(event) for event in result._known],
        "notes": list(result._notes),
        "currency": result.currency,
        "shares": shares_of(result._shares),
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
        facts = read_json(files["inputs.json"])
        design = design_of(facts["settings"])
        event, zero = _read_event(facts["event"]), _read_day_zero(facts["day_zero"])
        source = _source(files["days.csv"], facts, zero.session)
        known = [_read_event(one) for one in facts["known"]]
        require_series(design.model, source.panel.benchmarks[0])
        shares, notes = read_shares(facts["shares"]), words(facts["notes"])
        currency, provenance = word(facts["currency"]), origins(facts["provenance"])
    except DAMAGED as error:
        raise BadDataError(
            "path", str(error)[:80], "this is no saved result, or a damaged one",
            "Save the result again.",
        ) from error  # fmt: skip
    return recomputed(
        event, zero, design, source, currency, provenance, shares, known, notes
    )


def _event(event: Event) -> dict[str, Any]:
    facts = {
        field.name: getattr(event, field.name) for field in dataclasses.fields(event)
    }
    for name in DAYS:
        facts[name] = None if facts[name] is None else facts[name].isoformat()
    return {k: dict(v) if isinstance(v, Mapping) else v for k, v in facts.items()}


def _read_event(facts: dict[str, Any]) -> Event:
    days = {n: None if facts[n] is None else pd.Timestamp(facts[n]) for n in DAYS}
    named = {name: word(value) for name, value in facts.items() if name in WORDS}
    quotes = {word(k): word(v) for k, v in dict(facts["evidence"]).items()}
    return Event(**{**facts, **named, **days, "evidence": quotes})


def _read_day_zero(facts: dict[str, Any]) -> DayZero:
    named = {name: word(facts[name]) for name in ("rule", "sentence")}
    shifted = {"shifted_days": int(facts["shifted_days"])}
    return DayZero(
        **{**facts, **named, **shifted, "session": pd.Timestamp(facts["session"])}
    )


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
