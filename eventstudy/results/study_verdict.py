"""What a study says: one paragraph by rules in a table, and its warnings.

One headline test, fixed by the design, carries it; the confirming test is quoted,
never counted (methods 9).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from eventstudy._reasons import sentence
from eventstudy.core.pvalues import rejects
from eventstudy.inference._base import CrossSection, Outcome, find_test
from eventstudy.inference._headline_sample import sample_headline
from eventstudy.report import text
from eventstudy.results.effect import Effect
from eventstudy.results.study_result import StudyResult, mean_label
from eventstudy.results.study_tables import mean_effect, overlaps
from eventstudy.results.words import (
    counted,
    day_words,
    in_sentence,
    level_words,
    p_words,
    sentence_of,
    window_words,
)

Rule: TypeAlias = Callable[["StudyFacts"], str | None]

FEW = 10
HIGH_RATIO = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class StudyFacts:
    """What the rules read.

    Parameters
    ----------
    window : tuple of int
    effect : Effect
        The CAAR of the headline window.
    mean_scar : float
        Mean standardised CAR.
    model : str
        Name of the model within a sentence.
    first, last : Timestamp
        Dates of the first and last day 0.
    n_dates : int
        Distinct event dates.
    headline, confirming : Outcome or None
        The tests that the design fixes, applied.
    shared, staggered : bool
        Whether windows share calendar days, and with an offset.
    variance_ratio, variance_p : float
        Of the event window against the estimation window (methods 4.17).
    overlapping : int
        Events of one firm whose event windows overlap.
    excluded : int
        Events left out.
    level : float
    """

    window: tuple[int, int]
    effect: Effect
    mean_scar: float
    model: str
    first: pd.Timestamp
    last: pd.Timestamp
    n_dates: int
    headline: Outcome | None
    confirming: Outcome | None
    shared: bool
    staggered: bool
    variance_ratio: float
    variance_p: float
    overlapping: int
    excluded: int
    level: float

    @property
    def significant(self) -> bool:
        """Whether the headline test rejects."""
        return self.headline is not None and _rejects(self.headline, self.level)


def _rejects(outcome: Outcome, level: float) -> bool:
    return bool(rejects(np.asarray(outcome.p_value), level))


def study_verdict(facts: StudyFacts) -> str:
    """The verdict of a study on its headline window: one paragraph."""
    said = [rule(facts) for rule in RULES]
    return " ".join(words for words in said if words)


def study_warnings(facts: StudyFacts, notes: Iterable[str] = ()) -> tuple[str, ...]:
    """What would change the verdict, then notes on data; each said once."""
    said = [rule(facts) for rule in CAVEATS]
    sentences = [*(words for words in said if words), *map(sentence_of, notes)]
    return tuple(dict.fromkeys(sentences))


def study_facts(result: StudyResult) -> StudyFacts:
    """Gather what the rules read."""
    window = result.design.windows[0]
    sample = result.sample(window)
    headline, confirming = sample_headline(sample)
    source = result._passes.source
    dates = pd.DatetimeIndex(source.dates[source.events.day0])
    around = source.events.around(result.design.event_window)
    variance = sample.sums.get("event_variance", {})
    return StudyFacts(
        window=window,
        effect=mean_effect(sample, mean_label(window)),
        mean_scar=float(sample.scar.mean()) if sample.n_events else math.nan,
        model=in_sentence(result.design.model.name),
        first=dates.min(),
        last=dates.max(),
        n_dates=dates.nunique(),
        headline=_applied(headline, sample),
        confirming=_applied(confirming, sample),
        shared=sample.shared_dates,
        staggered=sample.staggered,
        variance_ratio=float(variance.get("ratio", math.nan)),
        variance_p=float(variance.get("p_value", math.nan)),
        overlapping=int(overlaps(*around, source.events.firm).sum()),
        excluded=len(result.excluded),
        level=result.design.level,
    )


def _applied(key: str, sample: CrossSection) -> Outcome | None:
    return find_test(key)(sample) if key else None


def _effect(facts: StudyFacts) -> str:
    effect = facts.effect
    if math.isnan(effect.value):
        return f"No mean effect can be given: {sentence(effect.reason)}."
    span = (
        f"on {day_words(facts.first)}"
        if facts.n_dates == 1
        else f"from {day_words(facts.first)} to {day_words(facts.last)}"
    )
    interval = ""
    if not math.isnan(effect.ci_low):
        interval = (
            f"; {effect.confidence * 100:g} % interval "
            f"{text.percent(effect.ci_low)} to {text.percent(effect.ci_high)}"
        )
    return (
        f"Over {counted(effect.n, 'event')} {span} the mean abnormal return of "
        f"{window_words(facts.window)} is {text.percent(effect.value)} "
        f"({facts.model}{interval})."
    )


def _judgement(facts: StudyFacts) -> str:
    outcome = facts.headline
    if outcome is None:
        return (
            "With fewer than three events no test of the mean is made; read each "
            "event by itself."
        )
    if math.isnan(float(outcome.p_value)):
        why = sentence(str(outcome.reason))
        return f"The headline test, {outcome.test.name}, cannot be formed: {why}."
    name, p = outcome.test.name, p_words(float(outcome.p_value))
    level = level_words(facts.level)
    if facts.significant:
        return (
            f"By the headline test fixed by the design, {name}, that is more than "
            f"chance explains at {level} ({p})."
        )
    return (
        f"By the headline test fixed by the design, {name}, that cannot be told from "
        f"chance at {level} ({p})."
    )


def _confirmation(facts: StudyFacts) -> str | None:
    outcome = facts.confirming
    if outcome is None or facts.headline is None or math.isnan(float(outcome.p_value)):
        return None
    p = p_words(float(outcome.p_value))
    agrees = _rejects(outcome, facts.level) == facts.significant
    verb = "comes to the same end" if agrees else "comes to the other end"
    said = f"The confirming test, {outcome.test.name}, {verb} ({p})."
    if agrees:
        return said
    return f"{said} They differ in what they assume; the verdict rests on the first."


def _power(facts: StudyFacts) -> str | None:
    if facts.headline is None or facts.significant or math.isnan(facts.effect.mde):
        return None
    return (
        f"A study like this finds a mean of {text.percent(facts.effect.mde)} in four "
        "cases out of five; a smaller one would often be missed."
    )


def _few(facts: StudyFacts) -> str | None:
    if facts.headline is None or facts.effect.n >= FEW:
        return None
    return f"With {counted(facts.effect.n, 'event')} all of this is uncertain."


def _opposite(facts: StudyFacts) -> str | None:
    if facts.effect.value * facts.mean_scar >= 0 or math.isnan(facts.mean_scar):
        return None
    return (
        "The headline test weighs each event by its own noise, and its mean has the "
        "other sign than the plain mean: a few noisy events make the difference."
    )


def _common_date(facts: StudyFacts) -> str | None:
    if facts.n_dates > 1 or facts.effect.n < 2:
        return None
    return (
        "All events share one date: this assumes the shock common to these firms on "
        "that day was of the size usual in the estimation window."
    )


def _clustering(facts: StudyFacts) -> str | None:
    if not facts.shared or facts.n_dates == 1:
        return None
    how = "overlap with an offset" if facts.staggered else "fall on shared dates"
    return (
        f"Some event windows {how}; tests that take events as independent are shown, "
        "and not valid."
    )


def _variance(facts: StudyFacts) -> str | None:
    high = facts.variance_ratio > HIGH_RATIO or facts.variance_p < 0.05
    if math.isnan(facts.variance_ratio) or not high:
        return None
    return (
        f"Returns vary {facts.variance_ratio:.1f} times as much around the events as "
        "before; tests that assume an unchanged variance are not valid."
    )


def _same_firm(facts: StudyFacts) -> str | None:
    if not facts.overlapping:
        return None
    return (
        f"{counted(facts.overlapping, 'event')} lie so close to another of the same "
        "firm that their event windows overlap."
    )


def _left_out(facts: StudyFacts) -> str | None:
    if not facts.excluded:
        return None
    verb = "is" if facts.excluded == 1 else "are"
    events = counted(facts.excluded, "event")
    return f"{events} {verb} left out; .excluded gives the reasons."


CAVEATS: tuple[Rule, ...] = (
    _opposite, _common_date, _clustering, _variance, _same_firm, _few, _left_out,
)  # fmt: skip
RULES: tuple[Rule, ...] = (_effect, _judgement, _confirmation, _power, *CAVEATS)
