"""How numbers, dates and windows are written.  Per cent exists only from here on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

# What is this near to a unit is rounded up to it.
ALMOST = 0.99995
MILLION = 1e6 * ALMOST
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
NOT_AVAILABLE = "n/a"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
CURRENCIES = {
    "USD": "US dollars",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "JPY": "yen",
}


def percent(value: float, digits: int = 2) -> str:
    """Write a decimal as per cent: -0.4109 -> '−41.09 %'; NaN -> 'n/a'."""
    return _signed(value * 100.0, digits, " %")


def number(value: float, digits: int = 2) -> str:
    """Write a plain number with a true minus sign; NaN -> 'n/a'."""
    return _signed(value, digits, "")


def significant(value: float, digits: int = 3) -> str:
    """Write a number of unknown size to so many significant digits; wholes as such."""
    if not math.isfinite(value):
        return number(value)
    if value == round(value):
        return number(value, 0)
    places = digits - 1 - math.floor(math.log10(abs(value)))
    text = number(value, min(max(places, 0), 6))
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: float) -> str:
    """Write a whole number with separators; NaN -> 'n/a'."""
    return number(value, 0)


def p_value(value: float) -> str:
    """Write a p-value: three decimals, '<0.001' below; NaN -> 'n/a'."""
    if math.isnan(value):
        return NOT_AVAILABLE
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def p_words(value: float) -> str:
    """Write a p-value within a sentence: ``p = 0.004``, ``p < 0.001``."""
    shown = p_value(value)
    return f"p < {shown[1:]}" if shown.startswith("<") else f"p = {shown}"


def money(value: float, currency: str = "$", beside: float = 0.0) -> str:
    """Write an amount in words of its size: -234.2e6 -> '−$234.2 million'.

    Parameters
    ----------
    value : float
        NaN -> 'n/a'.
    currency : str
        A sign, as :func:`currency_sign` makes it of a code.
    beside : float
        The largest amount that it stands with, such as an end of its interval: beside
        millions a smaller amount is written in millions too.
    """
    if not math.isfinite(value):
        return number(value)
    sign = MINUS if value < 0 else ""
    size = abs(value)
    if size < MILLION <= beside:
        shown = f"{size / 1e6:.1f}"
        return f"{sign if float(shown) else ''}{currency}{shown} million"
    for unit, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if size >= unit * ALMOST:
            digits = 1 if unit == 1e6 else 2
            return f"{sign}{currency}{size / unit:,.{digits}f}{word}"
    return f"{sign}{currency}{size:,.0f}"


def amounts(values: Sequence[float], currency: str = "$") -> list[str]:
    """Write amounts that stand side by side, as an effect and its interval do."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return [money(value, currency, largest) for value in values]


def price(value: float, currency: str = "") -> str:
    """Write a price of one share: two decimals, more below one, none above 10,000."""
    if not math.isfinite(value):
        return number(value)
    digits = 0 if abs(value) >= 1e4 else 2 if abs(value) >= 1 else 4
    return f"{MINUS if value < 0 else ''}{currency}{abs(value):,.{digits}f}"


def currency_sign(code: str | None) -> str:
    """Turn a currency code into the sign before an amount; unknown -> nothing."""
    if not code:
        return ""
    return SYMBOLS.get(code, f"{code}\N{NO-BREAK SPACE}")


def currency_words(code: str | None) -> str:
    """Name a currency: ``US dollars``; an unknown code is returned as it is."""
    return CURRENCIES.get(code or "", code or "")


def between(low: float, high: float, digits: int = 2) -> str:
    """Write an interval of decimals: ``−46.35 % to −35.82 %``."""
    if math.isnan(low) or math.isnan(high):
        return NOT_AVAILABLE
    return f"{percent(low, digits)} to {percent(high, digits)}"


def level(confidence: float) -> str:
    """Write a level: 0.95 -> '95 %'."""
    return f"{100.0 * confidence:.10g} %"


def day_words(day: pd.Timestamp) -> str:
    """Write a date: ``27 August 2010``."""
    return f"{day.day} {day.month_name()} {day.year}"


def short_day(day: pd.Timestamp, year: bool = True) -> str:
    """Write a date for an axis: ``27 Aug 2010``; nothing for NaT."""
    if pd.isna(day):
        return ""
    text = f"{day.day} {day.month_name()[:3]}"
    return f"{text} {day.year}" if year else text


def iso_day(day: pd.Timestamp | None) -> str:
    """Write a date as ISO 8601; nothing for None and NaT."""
    return "" if day is None or pd.isna(day) else f"{day:%Y-%m-%d}"


def relative_day(day: int) -> str:
    """Write a day counted from day 0, with a true minus sign: ``+1``."""
    return f"{day:+d}".replace("-", MINUS) if day else "0"


def window_label(start: int, end: int) -> str:
    """Write a window as in a table: ``[−1, +1]``, ``day 0``."""
    if start == end:
        return f"day {relative_day(start)}"
    return f"[{relative_day(start)}, {relative_day(end)}]"


def window_words(start: int, end: int) -> str:
    """Write a window in a sentence: ``day 0``, ``days −1 to +1``."""
    first, last = relative_day(start), relative_day(end)
    return f"day {first}" if start == end else f"days {first} to {last}"


def shortened(text: str, width: int) -> str:
    """Cut a text that is longer than ``width``, with an ellipsis at its end."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _signed(value: float, digits: int, unit: str) -> str:
    if math.isnan(value):
        return NOT_AVAILABLE
    if math.isinf(value):
        return f"{MINUS if value < 0 else ''}∞{unit}"
    text = f"{abs(value):,.{digits}f}{unit}"
    negative = value < 0 and float(f"{abs(value):.{digits}f}") > 0
    return f"{MINUS}{text}" if negative else text
