"""Days, windows and lists in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from eventstudy.report.formats import currency_sign
from eventstudy.report.text import MINUS, money, number, p_value, percent
from eventstudy.results.effect import Effect

SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


def day_words(day: pd.Timestamp) -> str:
    """Write a date: ``27 August 2010``."""
    return f"{day.day} {day.month_name()} {day.year}"


def relative_day(day: int) -> str:
    """Write a day counted from day 0, with a true minus sign: ``+1``."""
    return f"{day:+d}".replace("-", MINUS) if day else "0"


def window_words(window: tuple[int, int]) -> str:
    """Write a window: ``day 0``, ``days 0 to +1``."""
    first, last = (relative_day(day) for day in window)
    return f"day {first}" if first == last else f"days {first} to {last}"


def listed(words: Sequence[str]) -> str:
    """Write things in a row: ``a``, ``a and b``, ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, thing: str) -> str:
    """Write a number of things: ``1 day``, ``3 days``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def spelled(number: int, thing: str) -> str:
    """Write a number of things, small ones in letters: ``one day``, ``three days``."""
    words = counted(number, thing)
    _, _, things = words.partition(" ")
    return f"{SMALL[number]} {things}" if 0 <= number < len(SMALL) else words


def sentence_of(clause: str) -> str:
    """Make a clause a sentence: capital at the front, full stop at the end."""
    clause = clause.strip()
    if not clause:
        return ""
    end = "" if clause[-1] in ".!?" else "."
    return capital(clause) + end


def capital(words: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def p_words(p: float) -> str:
    """Write a p-value: ``p = 0.004``, ``p < 0.001``."""
    shown = p_value(p)
    return f"p < {shown[1:]}" if shown.startswith("<") else f"p = {shown}"


def level_words(level: float) -> str:
    """Write a level or confidence: ``5 %``, ``0.5 %``."""
    return f"{100.0 * level:.10g} %"


def market_value_words(value: float, currency: str) -> str:
    """Write a market value with two decimals of its unit: ``$570.05 million``."""
    sign = currency_sign(currency)
    for unit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= unit:
            return f"{sign}{number(value / unit)} {word}"
    return money(value, sign)


def interval_words(effect: Effect) -> list[str]:
    """Write the interval, as a list of one phrase; empty where there is none."""
    if math.isnan(effect.ci_low):
        return []
    low, high = percent(effect.ci_low), percent(effect.ci_high)
    return [f"{level_words(effect.confidence)} interval {low} to {high}"]


def in_sentence(name: str) -> str:
    """Write a model's name within a sentence: ``market model``, but ``CAPM``."""
    proper = name.startswith(("CAPM", "Carhart", "Fama"))
    return name if proper else name[:1].lower() + name[1:]


def car_label(window: tuple[int, int]) -> str:
    """What the effect of a window is called: ``AR(0)``, ``CAR[-1,+1]``."""
    first, last = (f"{day:+d}" if day else "0" for day in window)
    return f"AR({first})" if first == last else f"CAR[{first},{last}]"
