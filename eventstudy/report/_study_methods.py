"""How the numbers of a study were found, as paragraphs with their references."""

from __future__ import annotations

import math

from eventstudy.report import _study_words as words
from eventstudy.report._methods import MACKINLAY
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import window_words

BMP = (
    "Boehmer, Musumeci & Poulsen (1991), Event-study methodology under conditions of "
    "event-induced variance, Journal of Financial Economics 30, 253-272."
)
KOLARI = (
    "Kolari & Pynnönen (2010), Event study testing with cross-sectional correlation of "
    "abnormal returns, Review of Financial Studies 23, 3996-4025."
)


def paragraphs(view: Snapshot) -> list[str]:
    """Estimation, the mean, the tests and limits, in that order."""
    tested = bool(view.headline_keys[0])
    return [_estimation(view), _mean(view), *([_tests()] if tested else []), _limits()]


def references(view: Snapshot) -> list[str]:
    """Of the model and the methods used; each once, in the order of the text."""
    found = [view.design.model.reference, MACKINLAY, BMP, KOLARI]
    return list(dict.fromkeys(filter(None, found)))


def _estimation(view: Snapshot) -> str:
    first, last = view.design.estimation_window
    kind = "Logarithmic" if words.is_log(view) else "Simple"
    return (
        f"{kind} daily returns. Each event has its own expected return, that of the "
        f"model ({view.design.model.name}) on the days before it "
        f"({window_words(first, last)}, counted from day 0); its abnormal return is "
        "the actual one less the expected."
    )


def _mean(view: Snapshot) -> str:
    text = "The mean gives every event the same weight."
    if math.isnan(view.effect.ci_low):
        return text
    return (
        f"{text} Its standard error is that of the spread across events, widened by "
        "the correlation of events that share days as their residuals before the "
        "events show it; its interval is that of Student's t. The interval of a single "
        "event comes from its own residuals alone."
    )


def _tests() -> str:
    return (
        "One test carries the verdict. Which one follows from the number of events, "
        "their dates and the returns before them, so that it was fixed before any "
        "result was seen; the confirming test rests on other assumptions. All others "
        "show how much hangs on the choice: whether each holds its level for these "
        "events stands beside it, and their rejections are not counted."
    )


def _limits() -> str:
    return (
        "The finding is that the mean differs from zero, or cannot be told from it; "
        "what caused it is a matter of the other news of those days. Where events were "
        "chosen because of their returns, no p-value holds."
    )
