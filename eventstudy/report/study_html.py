"""A study as HTML: the card of a notebook, and a page that stands alone.

No script, no outside request; everything that comes from data is escaped.
"""

from __future__ import annotations

from typing import Any

from eventstudy.errors import NoDataError
from eventstudy.report import _methods, _study_methods, _words, formats
from eventstudy.report import _study_tables as tables
from eventstudy.report import _study_words as words
from eventstudy.report._study_pictures import PAGE, Picture, picture
from eventstudy.report._study_snapshot import Snapshot, snapshot
from eventstudy.report.formats import percent, window_words
from eventstudy.report.html import (
    CARD_SCALE,
    PAGE_SCALE,
    environment,
    methods_and_references,
)
from eventstudy.report.study_view import StudyView

FEW_EVENTS = 10
MOST_EVENTS, MOST_EXCLUDED = 40, 100
HEADLINE = 90  # characters of what was said on an event
SECOND_SCALE = 1.5  # of the figures below the first


def study_card_html(view: StudyView) -> str:
    """Make the card that a notebook shows for a study.

    Parameters
    ----------
    view : StudyView

    Returns
    -------
    str
        A fragment.  It follows light and dark themes of JupyterLab and VS Code; its
        classes begin with ``es-``.
    """
    study = snapshot(view)
    few = len(study.car) <= FEW_EVENTS
    context = _shared(study, CARD_SCALE) | {
        "events": tables.events(study, FEW_EVENTS, HEADLINE) if few else None,
        "origin": _words.source_line(study),
    }
    return environment().get_template("study_card.html.j2").render(context)


def study_page_html(view: StudyView) -> str:
    """Make the page of a study, to be sent or printed as it is.

    Parameters
    ----------
    view : StudyView

    Returns
    -------
    str
        A whole document; the figures are inside it.
    """
    study = snapshot(view)
    more = len(study.excluded) - MOST_EXCLUDED
    context = _shared(study, PAGE_SCALE) | {
        "pictures": {kind: _second_picture(study, kind) for kind in PAGE},
        "spread": words.spread_words(study),
        "tests": tables.tests(study),
        "events": tables.events(study, MOST_EVENTS, HEADLINE),
        "events_heading": words.events_heading(study, MOST_EVENTS),
        "days": tables.days(study),
        "excluded": tables.excluded(study, MOST_EXCLUDED),
        "more_excluded": f"And {more:,} more." if more > 0 else "",
        **methods_and_references(_study_methods.paragraphs(study)),
        "sources": words.sources(study),
        "versions": _methods.versions(study),
    }
    return environment().get_template("study_page.html.j2").render(context)


def _shared(view: Snapshot, scale: float) -> dict[str, Any]:
    """What card and page both say."""
    return {
        "title": words.title(view),
        "many": words.events_words(len(view)),
        "about": words.subject(view),
        "verdict": view.verdict,
        "facts": facts(view),
        "overview": picture(view, "overview", scale),
        "windows": tables.windows(view),
        "windows_note": tables.windows_note(view),
        "window": window_words(*view.window),
        "sample": words.sample_words(view),
        "model": f"{words.model_words(view)}.",
        "warnings": words.notes(view),
        "code": repr(view.design),
    }


def _second_picture(view: Snapshot, kind: str) -> Picture | None:
    """A figure of the page; None where the study kept no returns to draw it from.

    Events of one date need no timeline.
    """
    if kind == "timeline" and len(set(view.events["day0"])) < 2:
        return None
    try:
        return picture(view, kind, SECOND_SCALE)
    except NoDataError:
        return None


def facts(view: Snapshot) -> list[tuple[str, str, str]]:
    """The key numbers: what it is, the number, what stands below it."""
    return [
        (words.effect_name(view), percent(view.effect.value), words.interval(view)),
        ("Headline test", *_headline(view)),
        ("Events", f"{view.effect.n:,}", words.reach_words(view)),
        ("Events above zero", *_above(view)),
    ]


def _headline(view: Snapshot) -> tuple[str, str]:
    row, key = view.headline_row, view.headline_keys[0]
    if not key:
        return "none", "fewer than three events; each is to be read by itself"
    if row is None or row["p_value"] != row["p_value"]:
        return "n/a", f"{view.test_name(key)}: {words.outcome(row)}"
    said = f"{view.test_name(key)}: statistic {formats.number(row['statistic'])}"
    return formats.p_words(float(row["p_value"])), said


def _above(view: Snapshot) -> tuple[str, str]:
    car = view.car
    if not len(car):
        return "n/a", "no event has an abnormal return here"
    median = f"median {percent(float(car.median()))}"
    deviation = words.spread(car)
    if len(car) > 1:
        median += f", standard deviation {percent(deviation)}"
    return f"{int((car > 0).sum()):,} of {len(car):,}", median
