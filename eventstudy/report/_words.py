"""A result in words and sentences, said once for text, card, page and figure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from eventstudy._reasons import sentence
from eventstudy.report import formats
from eventstudy.report._base import EffectView, EventView, MarketValueView, Sourced
from eventstudy.report.formats import between, day_words, level, percent, window_words

LONGEST_TICKER = 24
CAPITALS = ("sq", "bmp", "rats", "f")
SPELT_OUT = {"sq": "sample quantile (SQ)"}
BENCHMARKS = ("market", "industry", "factors")


def headline_window(view: EventView) -> tuple[int, int]:
    """The window that carries the verdict."""
    start, end = view.design.windows[0]
    return start, end


def headline_effect(view: EventView) -> EffectView:
    """The cumulative abnormal return of the headline window."""
    return view.car(*headline_window(view))


def name(view: EventView) -> str:
    """The ticker, cut if it is very long."""
    return formats.shortened(view.ticker, LONGEST_TICKER)


def title(view: EventView) -> str:
    """The finding in plain words.

    Claims a move only where the exact t and its distribution-free companion agree
    that it is unusual.
    """
    effect, firm, when = headline_effect(view), name(view), _when(view)
    size = percent(abs(effect.value)) + (" (log return)" if is_log(view) else "")
    if math.isnan(effect.value):
        return f"{firm}: no abnormal return {when}"
    said = unusual(effect, view.confidence)
    if said is None:
        sign = formats.MINUS if effect.value < 0 else ""
        return f"{firm}: {sign}{size} against the model {when}"
    if not said:
        return f"{firm}: no unusual move {when}"
    verb = "underperformed" if effect.value < 0 else "outperformed"
    return f"{firm} {verb} by {size} {when}"


def _when(view: EventView) -> str:
    start, end = headline_window(view)
    day = day_words(view.day0)
    if start == end == 0:
        return f"on {day}"
    return f"around {day} ({window_words(start, end)})"


def unusual(effect: EffectView, confidence: float) -> bool | None:
    """Whether the move is unusual at the level; None where the tests disagree."""
    alpha = (1.0 - confidence) * (1.0 + 1e-12)  # 1 - 0.9 is stored below 0.1
    known = [p for p in (effect.p_value, effect.empirical_p_value) if not math.isnan(p)]
    found = {p <= alpha for p in known}
    return found.pop() if len(found) == 1 else None


def is_log(view: EventView) -> bool:
    """Whether returns are logarithmic, not to be read as simple ones."""
    return view.design.return_kind == "log"


def effect_name(view: EventView) -> str:
    """What the effect of the headline window is called."""
    start, end = headline_window(view)
    kind = "abnormal log return" if is_log(view) else "abnormal return"
    name_ = kind if start == end else f"cumulative {kind}"
    return f"{name_.capitalize()}, {window_words(start, end)}"


def news(view: EventView) -> str:
    """The headline of the news, unless the verdict quotes it."""
    said = view.event.headline
    return "" if said in view.verdict else said


def interval(effect: EffectView, confidence: float) -> str:
    """The interval of a return, with its level."""
    return f"{level(confidence)} interval {between(effect.ci_low, effect.ci_high)}"


def significance(effect: EffectView) -> str:
    """The exact t, and the distribution-free companion if there is one."""
    words = [f"t = {formats.number(effect.t)}", formats.p_words(effect.p_value)]
    if not math.isnan(effect.empirical_p_value):
        words.append(f"rank {formats.p_words(effect.empirical_p_value)}")
    return ", ".join(words)


def test_name(key: str) -> str:
    """Make a key a name: ``placebo|non_overlapping`` -> 'Placebo, non-overlapping'."""
    test, *options = key.split("|")
    words = ", ".join([SPELT_OUT.get(test, test), *options])
    parts = words.replace("_", " ").replace("non ", "non-").split(" ")
    text = " ".join(part.upper() if part in CAPITALS else part for part in parts)
    return text[:1].upper() + text[1:]


def model_words(view: EventView) -> str:
    """The model, what it compares with, and what it was estimated on."""
    first, last = view.design.estimation_window
    return (
        f"{view.model.name}{against(view)}, estimated on {view.model.nobs:,} days "
        f"({window_words(first, last)})"
    )


def against(view: Sourced) -> str:
    """What the model compares with: `` against ^GSPC``; may be empty."""
    found = [ticker(view.provenance.get(role)) for role in BENCHMARKS]
    named = " and ".join(name_ for name_ in found if name_)
    return f" against {named}" if named else ""


def ticker(facts: Any) -> str:
    """The ticker of a series by its provenance; empty where there is none."""
    found = facts.get("ticker") if isinstance(facts, Mapping) else None
    return formats.shortened(str(found), LONGEST_TICKER) if found else ""


def coefficients(view: EventView) -> Iterator[tuple[str, str, str]]:
    """Name, value and standard error of each coefficient, written out."""
    model = view.model
    for key, value in model.params.items():
        error = float(model.std_errors.get(key, math.nan))
        if key == "alpha":
            yield "alpha", f"{percent(float(value), 3)} a day", percent(error, 3)
        else:
            yield str(key), formats.number(float(value), 3), formats.number(error, 3)


def fit_words(view: EventView) -> str:
    """Residual spread, fit and degrees of freedom of the model."""
    model = view.model
    words = [f"residual s.d. {percent(model.sigma)} a day"]
    if not math.isnan(model.r_squared):
        words.append(f"R² {formats.number(model.r_squared)}")
    return ", ".join([*words, f"{formats.count(model.df)} degrees of freedom"])


def model_sentence(view: EventView) -> str:
    """Coefficients with standard errors, and the fit, in one line."""
    parts = [
        f"{key} {value} (s.e. {error})" for key, value, error in coefficients(view)
    ]
    return ", ".join([*parts, fit_words(view)]) + "."


def impact_words(view: EventView, effect: EffectView) -> tuple[str, str]:
    """An amount in the currency of the prices, and its interval with the level."""
    parts = (effect.value, effect.ci_low, effect.ci_high)
    value, low, high = formats.amounts(parts, formats.currency_sign(view.currency))
    return value, f"{level(view.confidence)} interval {low} to {high}"


def impact_sentence(view: EventView) -> str:
    """What the headline window was worth, on what basis, or why that is unknown."""
    window = headline_window(view)
    effect, value = view.impact(*window), view.market_value_before(window[0])
    if math.isnan(effect.value):
        reason = sentence(effect.reason or value.reason or "no_share_count")
        return f"Not available: {reason}."
    amount, interval_words = impact_words(view, effect)
    return (
        f"{amount} ({interval_words}), "
        f"{window_words(*window)}. {basis_sentence(view, value)}"
    )


def basis_sentence(view: EventView, value: MarketValueView) -> str:
    """Shares times close, each with its date."""
    sign = formats.currency_sign(view.currency)
    dated = f"as of {_day(value.shares_date)}" if value.shares_date else ""
    words = ", ".join(word for word in (value.basis, dated) if word)
    counted = f" ({words})" if words else ""
    closed = f", the close of {_day(value.close_date)}" if value.close_date else ""
    return (
        f"Market value before: {formats.money(value.value, sign)} = "
        f"{formats.count(value.shares)} shares{counted} at "
        f"{formats.price(value.close, sign)}{closed}."
    )


def _day(day: Any) -> str:
    return day_words(day) if day is not None else ""


def notes(view: EventView) -> list[str]:
    """The warnings that the verdict does not say already."""
    return [note for note in view.warnings if note not in view.verdict]


def sources(view: Sourced) -> list[tuple[str, str]]:
    """Name and origin of each series: source, day of retrieval, start of its hash."""
    return [
        (ticker(facts) or role.replace("_", " "), _origin(facts))
        for role, facts in view.provenance.items()
        if isinstance(facts, Mapping) and facts.get("source")
    ]


def _origin(facts: Mapping[str, Any]) -> str:
    parts = [str(facts["source"])]
    if facts.get("first") and facts.get("last"):
        parts.append(f"{facts['first']} to {facts['last']}")
    if facts.get("retrieved_at"):
        parts.append(f"retrieved {facts['retrieved_at']}")
    if facts.get("sha256"):
        parts.append(f"sha256 {str(facts['sha256'])[:12]}")
    return ", ".join(parts)


def source_line(view: Sourced) -> str:
    """The origins in one line, each once, for the foot of a figure."""
    found = [f for f in view.provenance.values() if isinstance(f, Mapping)]
    origins = dict.fromkeys(str(f["source"]) for f in found if f.get("source"))
    days = sorted({str(f["retrieved_at"]) for f in found if f.get("retrieved_at")})
    retrieved = f" (retrieved {days[-1]})" if days else ""
    return f"Source{retrieved}: {'; '.join(origins)}." if origins else ""
