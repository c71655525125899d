"""A study as plain text."""

from __future__ import annotations

from eventstudy.report import _study_tables as tables
from eventstudy.report import _study_words as words
from eventstudy.report._layout import GUTTER, WIDTH, code, grid, paragraph
from eventstudy.report._study_snapshot import Snapshot, snapshot
from eventstudy.report._tables import Table
from eventstudy.report.formats import window_words
from eventstudy.report.study_view import StudyView

MOST_EVENTS = 10
MOST_EXCLUDED = 10
HEADLINE = 78  # characters
INTERVAL = 3  # column


def study_text(view: StudyView) -> str:
    """Set the result of a study as plain text.

    Parameters
    ----------
    view : StudyView

    Returns
    -------
    str
        At most 88 columns wide; without a final line feed.
    """
    study = snapshot(view)
    head = "\n".join([paragraph(words.title(study)), "=" * WIDTH])
    blocks = [head, paragraph(study.verdict), _facts(study), *_sections(study)]
    return "\n\n".join(block for block in blocks if block)


def _facts(view: Snapshot) -> str:
    """What stands beside a label."""
    facts = [
        ("Events", words.sample_words(view)),
        ("Spread", words.spread_words(view)),
        ("Headline", words.headline_words(view)),
        ("Confirming", words.confirming_words(view)),
        ("Model", f"{words.model_words(view)}."),
    ]
    return "\n".join(paragraph(text, label, GUTTER) for label, text in facts if text)


def _sections(view: Snapshot) -> list[str]:
    """The tables that have rows, then what is to be known, and where it is from."""
    day = window_words(*view.window)
    events = tables.without(tables.events(view, MOST_EVENTS, HEADLINE), INTERVAL)
    sections = [
        ("Windows", tables.windows(view), [tables.windows_note(view)]),
        (f"Tests of {day}", tables.valid_tests(view), tables.other_tests(view)),
        (words.events_heading(view, MOST_EVENTS), events, []),
        ("Left out", tables.excluded(view, MOST_EXCLUDED), _more(view)),
    ]
    blocks = [_section(*parts) for parts in sections if parts[1].rows or parts[2]]
    return [*blocks, _notes(view), _data(view), f"Reproduce\n{code(repr(view.design))}"]


def _more(view: Snapshot) -> list[str]:
    """How many of those left out are not listed."""
    more = len(view.excluded) - MOST_EXCLUDED
    return [f"And {more:,} more in .excluded."] if more > 0 else []


def _section(title: str, table: Table, notes: list[str]) -> str:
    rows = [grid(table.head, table.rows, table.align)] if table.rows else []
    return "\n".join([title, *rows, *(paragraph(note, "  ", 2) for note in notes)])


def _notes(view: Snapshot) -> str:
    lines = [paragraph(note, "  -", 4) for note in words.notes(view)]
    return "\n".join(["Notes", *lines]) if lines else ""


def _data(view: Snapshot) -> str:
    lines = [
        paragraph(origin, f"  {name}", GUTTER) for name, origin in words.sources(view)
    ]
    return "\n".join(["Data", *lines]) if lines else ""
