"""In what several results differ beside their events, and where they share days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._windows import Window
from eventstudy.report import formats
from eventstudy.results.words import capital, in_sentence, spelled

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult


def _ticker(result: EventResult, role: str, without: str) -> str:
    """Name of a series that a result used: a ticker, or ``given``."""
    facts = result.provenance.get(role)
    return str(facts.get("ticker") or "given") if facts else without


FACTS: dict[str, Callable[[EventResult], str]] = {
    "model": lambda result: in_sentence(result.design.model.name),
    "market": lambda result: _ticker(result, "market", ""),
    "industry": lambda result: _ticker(result, "industry", "none"),
    "return_kind": lambda result: result.design.return_kind,
    "estimation_window": lambda result: result.design.estimation_window.label,
    "event_window": lambda result: result.design.event_window.label,
    "missing": lambda result: result.design.missing,
    "confidence": lambda result: formats.level(result.design.confidence),
}
DIFFERENCES = {
    "model": "The models differ: {}.",
    "market": "The market indices differ: {}.",
    "industry": "The industry indices differ: {}.",
    "return_kind": "The kinds of return differ: {}. Log returns are not to be read as "
    "simple ones.",
    "estimation_window": "The estimation windows differ: {}.",
    "event_window": "The event windows differ: {}. The cumulative paths do not begin "
    "or end on the same days.",
    "missing": "Missing returns are treated differently: {}.",
    "confidence": "The levels differ: {}. Each effect is judged at its own.",
}


def design_frame(results: Sequence[EventResult]) -> pd.DataFrame:
    """The settings of each result as words, empty where it has no such thing."""
    return pd.DataFrame(
        {name: [fact(result) for result in results] for name, fact in FACTS.items()}
    )


def differing(designs: pd.DataFrame) -> list[str]:
    """The settings that are not the same for all results that have them."""
    return [str(name) for name in designs if len(set(designs[name]) - {""}) > 1]


def design_words(designs: pd.DataFrame) -> list[str]:
    """What sets each result apart: its model, and what few others have."""
    names = differing(designs)
    usual = {name: designs[name].value_counts(sort=True).index[0] for name in names}
    return [
        ", ".join(
            written(name, row[name])
            for name in names
            if row[name] and (name == "model" or row[name] != usual[name])
        )
        for row in designs.to_dict(orient="records")
    ]


def written(name: str, value: str) -> str:
    """One setting, so that it can stand alone."""
    if name == "industry":
        return "no industry index" if value == "none" else f"industry {value}"
    window = value.replace("-", formats.MINUS)
    words = {
        "market": f"market {value}",
        "return_kind": f"{value} returns",
        "estimation_window": f"estimated on {window}",
        "event_window": f"event window {window}",
        "missing": value.replace("_", " "),
        "confidence": f"{value} intervals",
    }
    return words.get(name, value)


def difference_notes(designs: pd.DataFrame, labels: Sequence[str]) -> list[str]:
    """A sentence for each setting that differs: its values, and who has them."""
    return [
        DIFFERENCES[name].format(_owners(name, designs[name].tolist(), labels))
        for name in differing(designs)
    ]


def _owners(name: str, values: list[str], labels: Sequence[str]) -> str:
    said = []
    for value in dict.fromkeys(value for value in values if value):
        number = values.count(value)
        one = labels[values.index(value)]
        who = one if number == 1 else spelled(number, "result")
        said.append(f"{written(name, value)} ({who})")
    return "; ".join(said)


def repeat_notes(results: Sequence[EventResult]) -> list[str]:
    """Say where several results are of one event: they add no evidence."""
    events = [(result.ticker, result.day0) for result in results]
    repeated = sum(events.count(event) > 1 for event in events)
    if not repeated:
        return []
    one = len(set(events)) == 1
    whole = "All results are" if one else f"{capital(spelled(repeated, 'result'))} are"
    what = "of one event" if one else "of events that come repeatedly"
    end = "they share their days, and are no further evidence of each other."
    return [f"{whole} {what}, seen in several ways: {end}"]


def shared_days(results: Sequence[EventResult], window: Window) -> int:
    """Pairs of different events whose windows share a calendar day."""
    first, last = _ends(results, window)
    apart = (last[:, None] < first[None]) | (first[:, None] > last[None])
    names = np.array([f"{r.ticker}|{r.day0.isoformat()}" for r in results])
    pairs = ~apart & (names[:, None] != names[None])
    return int(np.triu(pairs, 1).sum())


def _ends(
    results: Iterable[EventResult], window: Window
) -> tuple[np.ndarray[tuple[int], np.dtype[np.datetime64]], ...]:
    """First and last date of the window of each result."""
    dates = [result.abnormal_returns["date"] for result in results]
    return tuple(
        np.array([days.loc[day] for days in dates], "datetime64[ns]") for day in window
    )


def shared_notes(results: Sequence[EventResult], window: Window) -> list[str]:
    """Say how many pairs of events share days."""
    pairs = shared_days(results, window)
    if not pairs:
        return []
    every = len(results) * (len(results) - 1) // 2
    days = formats.window_words(*window)
    said = f"{pairs:,} of {every:,} pairs are of different events that share trading "
    return [f"{said}days ({days}): what moved the industry on them is in both."]
