"""How the numbers of a study were found, as paragraphs that cite their sources."""

from __future__ import annotations

import math

from eventstudy.report import _study_words as words
from eventstudy.report import _words
from eventstudy.report._citations import cite, plain
from eventstudy.report._day_treatments import treatment_words
from eventstudy.report._methods import (
    MACKINLAY,
    data_words,
    tests_words,
    windows_words,
)
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import window_words

KOLARI = "Kolari & Pynnönen (2010)"


def paragraphs(view: Snapshot) -> list[str]:
    """Estimation, the mean, the tests and limits, in that order; they cite."""
    shown = [_headline(view)] if view.headline_keys[0] else []
    if len(view.tests):
        shown.append(tests_words(view, view.tests, view.window, view.test_name))
    return [_estimation(view), _mean(view), *shown, _limits()]


def section(view: Snapshot) -> list[str]:
    """A methods section: the events and their data, then :func:`paragraphs`."""
    first, *rest = paragraphs(view)
    return [_sample(view), f"{first} {windows_words(view.design.windows)}", *rest]


def _sample(view: Snapshot) -> str:
    said = words.sample_words(view)
    return plain(
        f"The study is of N = {view.effect.n:,} events with a return "
        f"{'on' if view.window[0] == view.window[1] else 'over'} "
        f"{window_words(*view.window)}: {said} {data_words(words.sources(view))}"
    ).strip()


def _estimation(view: Snapshot) -> str:
    first, last = view.design.estimation_window
    kind = "Logarithmic" if words.is_log(view) else "Simple"
    model = view.design.model
    return (
        f"{kind} daily returns. Model of the expected return, estimated for each event "
        f"by itself: {plain(model.name + _words.against(view))}"
        f"{cite(model.reference)}, on the days before it "
        f"({window_words(first, last)}, counted from day 0). The abnormal return is "
        f"the actual one less the expected.{treatment_words(view.design)}"
    )


def _mean(view: Snapshot) -> str:
    text = f"The mean gives every event the same weight{cite(MACKINLAY)}."
    if math.isnan(view.effect.ci_low):
        return text
    return (
        f"{text} Its standard error is that of the spread across events, widened by "
        "the correlation of events that share days as their residuals before the "
        f"events show it{cite(KOLARI)}; its interval is that of Student's t. The "
        "interval of a single "
        "event comes from its own residuals alone."
    )


def _headline(view: Snapshot) -> str:
    first, second = (_named(view, key) for key in view.headline_keys)
    confirming = f"; {second}, confirms it on other assumptions" if second else ""
    return (
        f"One test carries the verdict: {first}{confirming}. Which one follows from "
        "the number of events, their dates and the returns before them, so that it "
        "was fixed before any result was seen. All others show how much hangs on the "
        "choice; their rejections are not counted."
    )


def _named(view: Snapshot, key: str) -> str:
    """A test with its source; nothing without a key."""
    if not key:
        return ""
    return f"{plain(view.test_name(key))}{cite(view.test_reference(key))}"


def _limits() -> str:
    return (
        "The finding is that the mean differs from zero, or cannot be told from it; "
        "what caused it is a matter of the other news of those days. Where events were "
        "chosen because of their returns, no p-value holds."
    )
