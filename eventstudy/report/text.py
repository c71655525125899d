"""Results as plain text: an effect as a sentence, an event as a card."""

from __future__ import annotations

import math

from eventstudy._reasons import sentence
from eventstudy.report import _tables, _words
from eventstudy.report._base import EventView
from eventstudy.report._layout import GUTTER, WIDTH, code, grid, paragraph
from eventstudy.report._tables import Table
from eventstudy.report.formats import (
    MINUS,
    amounts,
    currency_sign,
    level,
    money,
    number,
    p_value,
    p_words,
    percent,
    window_words,
)

__all__ = [
    "MINUS",
    "effect_sentence",
    "money",
    "number",
    "p_value",
    "percent",
    "summary_text",
]


def effect_sentence(  # noqa: PLR0913 - the fields of an effect
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
    currency: str = "USD",
    **_rest: object,
) -> str:
    """Say an effect in one sentence; fields as in ``Effect``."""
    if math.isnan(value):
        return f"{label} is not available{f': {sentence(reason)}' if reason else ''}."
    sign = currency_sign(currency)
    parts = (ci_low, value, ci_high)
    low, middle, high = amounts(parts, sign) if unit == "money" else map(percent, parts)
    said = [f"{label} = {middle}"]
    if not math.isnan(ci_low):
        said.append(f"{level(confidence)} interval {low} to {high}")
    if not math.isnan(p_value):
        said.append(f"t = {number(t)} ({df:.0f} df), {p_words(p_value)}")
    if not math.isnan(empirical_p_value):
        said.append(f"{empirical_test} {p_words(empirical_p_value)}")
    elif reason:
        what = "interval" if math.isnan(ci_low) else "rank p"
        said.append(f"no {what} ({sentence(reason)})")
    return ", ".join(said) + "."


def summary_text(view: EventView) -> str:
    """Set the result of one event as plain text.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    str
        At most 88 columns wide; without a final line feed.
    """
    blocks = [_head(view), paragraph(view.verdict), _facts(view), *_sections(view)]
    return "\n\n".join(block for block in blocks if block)


def _head(view: EventView) -> str:
    lines = [paragraph(_words.title(view)), "=" * WIDTH]
    if said := _words.news(view):
        lines.append(paragraph(f"“{said}”"))
    return "\n".join(lines)


def _facts(view: EventView) -> str:
    """What stands beside a label."""
    facts = [
        ("Day 0", view.day_zero.sentence),
        ("Model", f"{_words.model_words(view)}: {_words.model_sentence(view)}"),
        (
            "Dollars" if view.currency == "USD" else "Money",
            _words.impact_sentence(view),
        ),
    ]
    return "\n".join(paragraph(text, label, GUTTER) for label, text in facts)


def _sections(view: EventView) -> list[str]:
    """The tables that have rows, then what is to be known, and where it is from."""
    day = window_words(*_words.headline_window(view))
    tables = [
        ("Windows", _tables.windows(view), _tables.windows_note(view)),
        (f"Tests of {day}", _tables.tests(view, with_null=False), ""),
        ("Checks that ask for attention", _checks(view), ""),
        ("Other news in the windows", _tables.confounders(view), ""),
    ]
    blocks = [_section(*parts) for parts in tables if parts[1].rows]
    return [*blocks, _notes(view), _data(view), f"Reproduce\n{code(repr(view.design))}"]


def _section(title: str, table: Table, note: str) -> str:
    lines = [title, grid(table.head, table.rows, table.align)]
    return "\n".join([*lines, paragraph(note, "  ", 2)] if note else lines)


def _checks(view: EventView) -> Table:
    """Flagged checks; the flag itself goes without saying."""
    table = _tables.diagnostics(view, flagged_only=True)
    rows = tuple((*row[:3], row[4]) for row in table.rows)
    return Table((*table.head[:3], table.head[4]), rows, "<>><")


def _notes(view: EventView) -> str:
    lines = [paragraph(note, "  -", 4) for note in _words.notes(view)]
    return "\n".join(["Notes", *lines]) if lines else ""


def _data(view: EventView) -> str:
    lines = [
        paragraph(origin, f"  {name}", GUTTER) for name, origin in _words.sources(view)
    ]
    return "\n".join(["Data", *lines]) if lines else ""
