"""What would change a verdict: rules that each see one circumstance and say it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from eventstudy._reasons import sentence
from eventstudy.core.pvalues import rejects
from eventstudy.report import text
from eventstudy.results.effect import Effect
from eventstudy.results.listed_hour import CLOCK_TIME
from eventstudy.results.verdict_facts import VerdictFacts
from eventstudy.results.words import (
    day_words,
    interval_words,
    listed,
    p_words,
    sentence_of,
    spelled,
    window_words,
)

Rule: TypeAlias = Callable[[VerdictFacts], str | None]

PHASE = {
    "before_open": "before the open of",
    "during": "during the trading hours of",
    "after_close": "after the close of",
}


def caveats(facts: VerdictFacts) -> tuple[str, ...]:
    """List what would change the verdict, in the words that it uses itself.

    Parameters
    ----------
    facts : VerdictFacts

    Returns
    -------
    tuple of str
        Sentences.
    """
    said = (rule(facts) for rule in CAVEATS)
    return tuple(words for words in said if words)


def _same_day_news(facts: VerdictFacts) -> str | None:
    """Other news on day 0."""
    if not facts.known or not facts.same_day:
        return None
    quoted = [f"“{headline.rstrip('.')}”" for headline in facts.same_day if headline]
    which = f" ({listed(quoted)})" if quoted else ""
    return (
        f"Other news came on the same day{which}: its effect cannot be separated from "
        "this one."
    )


def _news_in_window(facts: VerdictFacts) -> str | None:
    """Other news on the other days of the window."""
    if not facts.known or not facts.in_window:
        return None
    return (
        f"Other news fell into the window ({'; '.join(facts.in_window)}): the figure "
        "holds its effect as well."
    )


def _news_in_other_windows(facts: VerdictFacts) -> str | None:
    """Other news outside the headline window, within others that are shown."""
    if not facts.known or not facts.elsewhere:
        return None
    windows = listed([window_words(window) for window in facts.windows_elsewhere])
    one = len(facts.windows_elsewhere) == 1
    figures, hold = ("figure", "holds") if one else ("figures", "hold")
    return (
        f"The {figures} of {windows} {hold} the effect of other news as well "
        f"({'; '.join(facts.elsewhere)})."
    )


def _news_in_estimation(facts: VerdictFacts) -> str | None:
    """Other news in the estimation window, and the figure without it."""
    if not facts.known or not facts.in_estimation:
        return None
    number = spelled(facts.in_estimation, "other announcement")
    effect = facts.without
    if effect is None or math.isnan(effect.value):
        lie = "lies" if facts.in_estimation == 1 else "lie"
        return sentence_of(
            f"{number} {lie} in the estimation window and may widen the interval"
        )
    interval = "".join(f" ({words})" for words in interval_words(effect))
    return (
        f"Without the days around {number} in the estimation window the figure is "
        f"{text.percent(effect.value)}{interval}{_what_becomes_of_it(facts, effect)}."
    )


def _what_becomes_of_it(facts: VerdictFacts, effect: Effect) -> str:
    if not facts.judged:
        return ""
    if bool(rejects(effect.p_value, facts.level)) == facts.significant:
        return ", and the conclusion stands"
    return f", and the conclusion changes ({p_words(effect.p_value)})"


def _moved_date(facts: VerdictFacts) -> str | None:
    """Why day 0 is not the day as stated."""
    return sentence_of(facts.moved) or None


def _listed_hour(facts: VerdictFacts) -> str | None:
    """Another day 0 by the list of known events, and the figure of that day."""
    hour = facts.listed
    if hour is None:
        return None
    inferred = ", which infers the hour from the price," if hour.inferred else ""
    against = f", against {hour.given} as given" if hour.given else ""
    date = "The bare date with" if hour.given == CLOCK_TIME else "With"
    makes = "makes that day 0" if hour.given == CLOCK_TIME else "that is day 0"
    return (
        f"By the list of known events{inferred} the announcement came "
        f"{PHASE[hour.rule]} {day_words(hour.stated)}{against}: the market could first "
        f"react on {day_words(hour.session)}{_return_there(facts)}. "
        f"{date} timing={hour.rule!r} {makes}."
    )


def _return_there(facts: VerdictFacts) -> str:
    """The abnormal return of the day that the list names, unless the window has it."""
    effect, (start, end) = facts.listed_effect, facts.window
    held = facts.listed is not None and start <= facts.listed.event_day <= end
    if held or effect is None or math.isnan(effect.value):
        return ""
    interval = "".join(f" ({words})" for words in interval_words(effect))
    return f", with {text.percent(effect.value)} net of what was expected{interval}"


def _unknown_hour(facts: VerdictFacts) -> str | None:
    """Advice to read the next day too, with its figures, unless the window has it."""
    start, end = facts.window
    if not facts.time_unknown or not start <= 0 == end:
        return None
    more = ""
    if facts.next_day is not None and not math.isnan(facts.next_day.value):
        words = [text.percent(facts.next_day.value), *interval_words(facts.next_day)]
        more = f" ({', '.join(words)})"
    return (
        "The hour of the announcement is not known. If it came after the close, the "
        f"market reacted on the next day: read days 0 to +1 as well{more}."
        f"{_with_the_next_day(facts)}"
    )


def _with_the_next_day(facts: VerdictFacts) -> str:
    """What the next trading day gives as day 0, in a sentence."""
    day = facts.neighbour
    if day is None or math.isnan(day.effect.value):
        return ""
    effect = day.effect
    measure = f"t = {text.number(effect.t)}, {p_words(effect.p_value)}"
    judged = "" if math.isnan(effect.p_value) else f" ({measure})"
    return (
        f" With {day_words(day.session)} as day 0 the return is "
        f"{text.percent(effect.value)} net of what was expected{judged}."
    )


def _short_history(facts: VerdictFacts) -> str | None:
    """Few returns in the estimation window."""
    if not facts.short_history:
        return None
    return (
        f"Only {facts.valid_days} of the {facts.asked_days} days of the estimation "
        "window have returns, so the history behind these figures is short."
    )


def _unsettled_days(facts: VerdictFacts) -> str | None:
    """A high variance around the event (methods 3.9)."""
    if not facts.judged or not facts.unsettled:
        return None
    return (
        "The days around the event were livelier than usual, so that an unusual return "
        "was likelier than the p-value says."
    )


def _choices(facts: VerdictFacts) -> str | None:
    """Other usual designs that come to the other conclusion, and where all stand."""
    if not facts.judged:
        return None
    against = [
        f"{other.words} ({p_words(other.effect.p_value)})"
        for other in facts.others
        if not math.isnan(other.effect.p_value)
        and bool(rejects(other.effect.p_value, facts.level)) != facts.significant
    ]
    if not against:
        return None
    *most, last = against
    either = f"{', '.join(most)} or {last}" if most else last
    more = f" {facts.curve} shows all choices at once." if facts.curve else ""
    return (
        "Whether the effect is unusual depends on the choice of design: it is "
        f"{'not ' if facts.significant else ''}{either}.{more}"
    )


def _no_money(facts: VerdictFacts) -> str | None:
    """Why there is no figure in money."""
    money = facts.money
    if money is None or not facts.known or not math.isnan(money.value):
        return None
    return f"The effect in money is not given: {sentence(money.reason)}."


CAVEATS: tuple[Rule, ...] = (
    _same_day_news,
    _news_in_window,
    _news_in_other_windows,
    _news_in_estimation,
    _moved_date,
    _listed_hour,
    _unknown_hour,
    _short_history,
    _unsettled_days,
    _choices,
    _no_money,
)
