"""How numbers are written: per cent, dollars, p-values, sentences, plain tables."""

from __future__ import annotations

import math

from eventstudy._reasons import sentence

MINUS = "\N{MINUS SIGN}"


def percent(value: float, digits: int = 2) -> str:
    """A decimal as per cent: -0.4109 -> '−41.09 %'; NaN -> 'n/a'."""
    return _signed(value * 100.0, digits, " %")


def number(value: float, digits: int = 2) -> str:
    """A plain number with a true minus sign; NaN -> 'n/a'."""
    return _signed(value, digits, "")


def p_value(value: float) -> str:
    """A p-value: three decimals, '<0.001' below; NaN -> 'n/a'."""
    if math.isnan(value):
        return "n/a"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def money(value: float, currency: str = "$") -> str:
    """An amount in words of its size: -234.2e6 -> '−$234.2 million'; NaN -> 'n/a'."""
    if math.isnan(value):
        return "n/a"
    sign = MINUS if value < 0 else ""
    size = abs(value)
    for unit, word in ((1e9, " billion"), (1e6, " million")):
        if size >= unit * 0.99995:
            return f"{sign}{currency}{size / unit:,.{2 if unit == 1e9 else 1}f}{word}"
    return f"{sign}{currency}{size:,.0f}"


def _signed(value: float, digits: int, unit: str) -> str:
    if math.isnan(value):
        return "n/a"
    text = f"{abs(value):,.{digits}f}{unit}"
    return f"{MINUS}{text}" if value < 0 and float(f"{abs(value):.{digits}f}") else text


def effect_sentence(
    *,
    label: str,
    value: float,
    ci_low: float,
    ci_high: float,
    confidence: float,
    p_value: float,
    empirical_p_value: float,
    empirical_test: str,
    reason: str,
    unit: str,
    t: float,
    df: float,
    **_rest: object,
) -> str:
    """An effect as one sentence; fields as in ``Effect``."""
    write = money if unit == "money" else percent
    if math.isnan(value):
        return f"{label} is not available: {sentence(reason)}."
    parts = [f"{label} = {write(value)}"]
    if not math.isnan(ci_low):
        parts.append(f"{confidence:.0%} interval {write(ci_low)} to {write(ci_high)}")
    if not math.isnan(p_value):
        parts.append(f"t = {number(t)} ({df:.0f} df), p {_equals(p_value)}")
    if not math.isnan(empirical_p_value):
        parts.append(f"{empirical_test} p {_equals(empirical_p_value)}")
    return ", ".join(parts) + "."


def _equals(value: float) -> str:
    shown = p_value(value)
    return shown if shown.startswith("<") else f"= {shown}"
