"""An event's result as one record."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from eventstudy.news.event import Event
from eventstudy.news.sessions import DayZero

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult


def event_record(result: EventResult) -> dict[str, Any]:
    """All numbers and words of a result by name, raw."""
    headline = result.design.windows[0]
    return {
        "ticker": result.ticker,
        "day0": result.day0,
        "headline": result.headline,
        "event": event_facts(result.event, result.day_zero),
        "design": repr(result.design),
        "confidence": result.confidence,
        "currency": result.currency,
        "model": result.model.to_dict(),
        "abnormal_returns": result.abnormal_returns,
        "windows": result.windows,
        "tests": result.tests(headline),
        "impact": result.impact(headline).to_dict(),
        "market_value": dataclasses.asdict(result.market_value_before(headline.start)),
        "diagnostics": result.diagnostics,
        "confounders": result.confounders,
        "verdict": result.verdict,
        "warnings": list(result.warnings),
        "provenance": dict(result.provenance),
    }


def event_facts(event: Event, day_zero: DayZero) -> dict[str, Any]:
    """The event as asked and the rule that fixed day 0, as a record."""
    return {
        "ticker": event.ticker,
        "date": event.date,
        "announced_at": event.announced_at,
        "timing": event.timing,
        "headline": event.headline,
        "rule": day_zero.rule,
        "sentence": day_zero.sentence,
    }
