"""The verdict: one plain paragraph, made from the facts by rules in a table.

One headline test carries it; the test beside it is quoted, never counted.  No rule
claims more than the tests carry: a day is unusual against the share's own history,
and why it was is left to the reader (methods 3.9, 9).
"""

from __future__ import annotations

import math

from eventstudy._reasons import sentence
from eventstudy.report import text
from eventstudy.report.formats import amounts, currency_sign
from eventstudy.results.caveats import CAVEATS, Rule
from eventstudy.results.verdict_facts import Confirmation, VerdictFacts
from eventstudy.results.words import (
    capital,
    day_words,
    interval_words,
    level_words,
    market_value_words,
    p_words,
    window_words,
)

STRICT_LEVEL = 0.0100001
RANK_TEST = "The rank test, which does not need normally distributed returns,"
COMPARISON = {
    "placebo": "The comparison with windows of the same length in the estimation "
    "window, which takes returns as they came,",
    "placebo|non_overlapping": "The comparison with separate windows of the same "
    "length in the estimation window, which takes returns as they came,",
}
ONE_DAY_DIFFERENCE = (
    "The two differ by one assumption, normally distributed returns, which only the "
    "t test makes; on a single day the rank test is the safer guide."
)
WINDOW_DIFFERENCE = (
    "The two differ by an assumption: the t test takes daily returns to be normal "
    "and independent. The verdict rests on the t test, which was fixed beforehand."
)


def verdict(facts: VerdictFacts) -> str:
    """Write the verdict.

    Parameters
    ----------
    facts : VerdictFacts

    Returns
    -------
    str
        One paragraph.
    """
    said = (rule(facts) for rule in RULES)
    return " ".join(words for words in said if words)


def _effect(facts: VerdictFacts) -> str | None:
    """The abnormal return with its interval."""
    news = f" (“{facts.headline.rstrip('.')}”)" if facts.headline else ""
    day, window = f"{day_words(facts.day)}{news}", window_words(facts.window)
    counted_from = day if facts.window == (0, 0) else f"{window}, counted from {day},"
    if not facts.known:
        missing = f"{facts.ticker} has no abnormal return{_because(facts)}."
        return f"For {counted_from} {missing}"
    value = text.percent(facts.effect.value)
    measure = f"({'; '.join([facts.model, *interval_words(facts.effect)])})"
    net = "net of what was expected"
    if not facts.one_day:
        kind = "log returns" if facts.return_kind == "log" else "returns"
        done = f"the {kind} of {facts.ticker} {net} add up to {value} {measure}."
        return f"Over {counted_from} {done}"
    if facts.return_kind == "log":
        done = f"the log return of {facts.ticker} {net} was {value} {measure}."
        return f"On {counted_from} {done}"
    return f"On {counted_from} {facts.ticker} returned {value} {net} {measure}."


def _money(facts: VerdictFacts) -> str | None:
    """The same in money."""
    money, base = facts.money, facts.market_value
    if money is None or base is None or not facts.known or math.isnan(money.value):
        return None
    symbol = currency_sign(base.currency)
    value, low, high = amounts((money.value, money.ci_low, money.ci_high), symbol)
    basis = f", {base.basis}," if base.basis else ""
    close = f" at the close of {day_words(base.close_date)}" if base.close_date else ""
    interval = "" if math.isnan(money.ci_low) else f" (interval {low} to {high})"
    whole = market_value_words(base.value, base.currency)
    return (
        f"On a market value of {whole} ({base.shares:,.0f} "
        f"shares{basis}{close}) that is {value}"
        f"{' when the days are compounded' if facts.compounded else ''}{interval}."
    )


def _headline_test(facts: VerdictFacts) -> str | None:
    """Whether that is unusual, by the headline test alone."""
    if not facts.known:
        return None
    if not facts.judged:
        return f"Whether {_what(facts)} is unusual cannot be judged{_because(facts)}."
    df = facts.effect.df
    on = "" if math.isinf(df) else f" on {df:.0f} degrees of freedom"
    t, p = text.number(facts.effect.t), p_words(facts.effect.p_value)
    numbers = f"(t = {t}{on}, {p})"
    level = f"at the {level_words(facts.level)} level"
    if facts.significant:
        end = "is unusually large against the share's own history"
    else:
        end = "cannot be told from ordinary variation"
    return f"{capital(_what(facts))} {end} {level} {numbers}."


def _power(facts: VerdictFacts) -> str | None:
    """What the test would have missed, where it found nothing."""
    if facts.significant or not facts.judged or math.isnan(facts.effect.mde):
        return None
    return (
        f"The test finds an effect of {text.percent(facts.effect.mde)} in four cases "
        "out of five; a smaller one would often be missed."
    )


def _confirming_test(facts: VerdictFacts) -> str | None:
    """What the test beside it says, and by which assumption they differ."""
    if not facts.judged:
        return None
    beside = facts.confirming
    if not beside.exists:
        return f"No second test stands beside it: {_why_none(facts)}."
    subject = COMPARISON.get(beside.key, RANK_TEST)
    numbers = f"({p_words(beside.p_value)}{_count(beside)})"
    if facts.confirmed:
        end = "agrees" if facts.significant else "finds nothing unusual either"
        return f"{subject} {end} {numbers}."
    end = "does not confirm it" if facts.significant else "does find it unusual"
    difference = ONE_DAY_DIFFERENCE if beside.key == "sq" else WINDOW_DIFFERENCE
    return f"{subject} {end} {numbers}. {difference}"


def _strict_level(facts: VerdictFacts) -> str | None:
    """The t test at 1 % under fat tails (methods 8.2)."""
    if not (facts.significant and facts.one_day and facts.level <= STRICT_LEVEL):
        return None
    end = "rely on the rank test" if facts.confirming.exists else "take it with care"
    return (
        "At a level this strict the t test rejects about twice as often as it should "
        f"when returns have fat tails: {end}."
    )


def _no_cause(facts: VerdictFacts) -> str | None:
    if not facts.significant:
        return None
    return "One event can show that a return was unusual, not why."


RULES: tuple[Rule, ...] = (
    _effect,
    _money,
    _headline_test,
    _power,
    _confirming_test,
    _strict_level,
    *CAVEATS,
    _no_cause,
)


def _what(facts: VerdictFacts) -> str:
    """What is judged: the return, not the money that the sentence before names."""
    return "the return" if facts.one_day else "this sum of returns"


def _because(facts: VerdictFacts) -> str:
    """Why the effect, or its test, does not exist."""
    reason = facts.effect.reason
    return f": {sentence(reason)}" if reason else ""


def _why_none(facts: VerdictFacts) -> str:
    """Why no test confirms."""
    reason = facts.confirming.reason
    if reason and reason not in {"level_not_attainable", "overlapping_over_rejects"}:
        return sentence(reason)
    if facts.one_day:
        return "the estimation window has too few days for the rank test at this level"
    return "the estimation window holds too few windows of this length"


def _count(beside: Confirmation) -> str:
    """How many days or windows were as extreme."""
    if not beside.draws:
        return ""
    kind = "estimation days" if beside.key == "sq" else "windows"
    number, were = beside.exceed or "none", "were" if beside.exceed > 1 else "was"
    return f": {number} of the {beside.draws} {kind} {were} at least as unusual"
