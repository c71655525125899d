"""A study in words and sentences, said once for text, card, page and figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.report import _words, formats
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import between, day_words, level, percent, window_words

LONGEST_NAME = 24
FEWEST_FOR_A_TEST = 3


def events_words(number: int) -> str:
    """Write a number of events: ``1 event``, ``3,000 events``."""
    return f"{number:,} event{'' if number == 1 else 's'}"


def is_log(view: Snapshot) -> bool:
    """Whether returns are logarithmic, not to be read as simple ones."""
    return view.design.return_kind == "log"


def effect_name(view: Snapshot) -> str:
    """What the effect of the headline window is called."""
    return f"{mean_name(view)}, {window_words(*view.window)}"


def mean_name(view: Snapshot) -> str:
    """The kind of mean: of one day, or added up over several."""
    start, end = view.window
    kind = "abnormal log return" if is_log(view) else "abnormal return"
    return f"Mean {kind}" if start == end else f"Mean cumulative {kind}"


def car_name(view: Snapshot) -> str:
    """What each event has: ``Abnormal return, day 0``."""
    kind = mean_name(view).removeprefix("Mean ")
    return f"{kind[0].upper()}{kind[1:]}, {window_words(*view.window)}"


def title(view: Snapshot) -> str:
    """The finding in plain words.

    Claims a mean effect only where the headline test and the one that confirms it
    agree.
    """
    effect, when = view.effect, _when(view)
    if math.isnan(effect.value):
        return f"{events_words(len(view))}: no abnormal return {when}"
    many, said = events_words(effect.n), agreed(view)
    log = " (log return)" if is_log(view) else ""
    if said is None:
        mean = " on average" if effect.n > 1 else ""
        return f"{many}: {percent(effect.value)}{log}{mean} {when}"
    if not said:
        return f"{many}: no clear average move {when}"
    kind = "loss" if effect.value < 0 else "gain"
    size = percent(abs(effect.value)) + log
    return f"{many}: average abnormal {kind} of {size} {when}"


def _when(view: Snapshot) -> str:
    start, end = view.window
    return f"{'on' if start == end else 'over'} {window_words(start, end)}"


def agreed(view: Snapshot) -> bool | None:
    """Whether the mean is unusual at the level; None where that is not settled."""
    alpha = 1.0 - view.design.confidence
    first = _p(view.headline_row)
    if math.isnan(first):
        return None
    second = _p(view.confirming_row)
    found = {p < alpha for p in (first, second) if not math.isnan(p)}
    return found.pop() if len(found) == 1 else None


def _p(row: Mapping[str, Any] | None) -> float:
    return math.nan if row is None else float(row["p_value"])


def interval(view: Snapshot) -> str:
    """The interval of the mean, or why there is none."""
    effect = view.effect
    if math.isnan(effect.value):
        return sentence(effect.reason or "no_abnormal_return")
    if math.isnan(effect.ci_low):
        return f"no interval: {sentence(effect.reason or 'needs_more_events')}"
    ends = between(effect.ci_low, effect.ci_high)
    return f"{level(view.design.confidence)} interval {ends}"


def outcome(row: Mapping[str, Any] | None) -> str:
    """A test in figures: ``t = 2.31, p = 0.024``."""
    if row is None:
        return "not among the tests asked for"
    if math.isnan(row["statistic"]):
        return p_of(row)
    return f"statistic {formats.number(row['statistic'])}, {p_of(row)}"


def p_of(row: Mapping[str, Any]) -> str:
    """The p-value of a test, or why there is none."""
    if math.isnan(row["p_value"]):
        return f"not computed: {sentence(row['reason'])}"
    return formats.p_words(float(row["p_value"]))


def headline_words(view: Snapshot) -> str:
    """The headline test with its outcome."""
    key = view.headline_keys[0]
    if not key:
        few = f"fewer than {FEWEST_FOR_A_TEST} events"
        return f"None: {few}; each is to be read by itself."
    return f"{view.test_name(key)}: {outcome(view.headline_row)}."


def confirming_words(view: Snapshot) -> str:
    """The test that confirms the headline; nothing where there is none."""
    key = view.headline_keys[1]
    return f"{view.test_name(key)}: {outcome(view.confirming_row)}." if key else ""


def sample_words(view: Snapshot) -> str:
    """How many events of whom, on which dates, and how many were left out."""
    frame = view.events
    said = [f"{events_words(len(view))} of {_firms(frame['ticker'])}"]
    dates = pd.DatetimeIndex(frame["day0"])
    number = len(dates.unique())
    if number == 1:
        all_ = "all " if len(view) > 1 else ""
        said.append(f"{all_}on {day_words(dates[0])}")
    else:
        said.append(
            f"on {number:,} dates from {day_words(dates.min())} to "
            f"{day_words(dates.max())}"
        )
    silent, out = len(view) - view.effect.n, len(view.excluded)
    more = f"; {silent:,} without a return {_when(view)}" if silent else ""
    more += f"; {out:,} more left out" if out else ""
    return f"{' '.join(said)}{more}."


def _firms(tickers: pd.Series) -> str:
    number = tickers.nunique()
    if number == 1:
        return formats.shortened(str(tickers.iloc[0]), LONGEST_NAME)
    return f"{number:,} firms"


def reach_words(view: Snapshot) -> str:
    """Who and when, for below a number: ``4 firms, 30 dates, 2010 to 2023``."""
    number = len(pd.DatetimeIndex(view.events["day0"]).unique())
    firms, years = subject(view).rsplit(", ", 1)
    return f"{firms}, {number:,} date{'' if number == 1 else 's'}, {years}"


def subject(view: Snapshot) -> str:
    """Who and when, short: ``IMGN, 2009 to 2023``."""
    dates = pd.DatetimeIndex(view.events["day0"])
    years = [str(year) for year in dict.fromkeys((dates.min().year, dates.max().year))]
    return f"{_firms(view.events['ticker'])}, {' to '.join(years)}"


def spread_words(view: Snapshot) -> str:
    """How the events differ: how many rose, the middle one, the spread."""
    car = view.car
    if not len(car):
        return "No event has an abnormal return in this window."
    if len(car) == 1:
        return f"One event with an abnormal return, {percent(float(car.iloc[0]))}."
    return (
        f"{positive_words(car)}; the median is {percent(float(car.median()))}, the "
        f"standard deviation across events {percent(spread(car))}."
    )


def positive_words(car: pd.Series) -> str:
    """How many events are above zero: ``38 of 63 events above zero``."""
    return f"{int((car > 0).sum()):,} of {events_words(len(car))} above zero"


def spread(car: pd.Series) -> float:
    """Standard deviation across events; NaN below two."""
    return float(car.std(ddof=1)) if len(car) > 1 else math.nan


def events_heading(view: Snapshot, most: int) -> str:
    """What a table of the events holds."""
    day, number = window_words(*view.window), len(view.car)
    if number <= most:
        return f"Events by their abnormal return, {day}"
    return f"The {most // 2} lowest and the {most // 2} highest of {number:,}, {day}"


def model_words(view: Snapshot) -> str:
    """The model, what it compares with, and what it was estimated on."""
    first, last = view.design.estimation_window
    return (
        f"{view.design.model.name}{_words.against(view)}, estimated for each event on "
        f"{_days(view.events['n_estimation'])} days ({window_words(first, last)})"
    )


def _days(counts: pd.Series) -> str:
    low, high = int(np.min(counts)), int(np.max(counts))
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def notes(view: Snapshot) -> list[str]:
    """The warnings that the verdict does not say already."""
    return [note for note in view.warnings if note not in view.verdict]


def sources(view: Snapshot) -> list[tuple[str, str]]:
    """Name and origin of each series, the firms' being that of the first."""
    firms = view.events["ticker"].nunique()
    if firms == 1:
        return _words.sources(view)
    return [
        (name, f"{origin} (the first of {firms:,} firms)" if role == "firm" else origin)
        for role, (name, origin) in zip(_roles(view), _words.sources(view), strict=True)
    ]


def _roles(view: Snapshot) -> list[str]:
    return [
        role
        for role, facts in view.provenance.items()
        if isinstance(facts, Mapping) and facts.get("source")
    ]


def listed(words: Sequence[str]) -> str:
    """Write things in a row: ``a``, ``a and b``, ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
