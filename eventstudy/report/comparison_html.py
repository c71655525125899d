"""Results beside each other as HTML: a card, and a page that stands alone."""

from __future__ import annotations

from typing import Any

from eventstudy.report import _words, comparison_text
from eventstudy.report._study_pictures import Picture
from eventstudy.report.comparison_view import ComparisonView
from eventstudy.report.html import CARD_SCALE, PAGE_SCALE, data_uri, environment

WIDE, PHONE, PHONE_SCALE = 8.4, 4.0, 1.7  # inches; pixels an inch over the usual


def comparison_card(view: ComparisonView) -> str:
    """Make the card that a notebook shows."""
    context = _shared(view, CARD_SCALE)
    return environment().get_template("comparison_card.html.j2").render(context)


def comparison_page(view: ComparisonView) -> str:
    """Make a whole document; the figure is inside it."""
    context = _shared(view, PAGE_SCALE) | {
        "verdicts": [
            (comparison_text.name(view, place), result.verdict)
            for place, result in enumerate(view.results)
        ],
        "sources": dict.fromkeys(
            origin for result in view.results for origin in _words.sources(result)
        ),
    }
    return environment().get_template("comparison_page.html.j2").render(context)


def _shared(view: ComparisonView, scale: float) -> dict[str, Any]:
    """What card and page both say."""
    return {
        "title": comparison_text.title(view),
        "finding": comparison_text.finding(view),
        "picture": _picture(view, scale),
        "table": comparison_text.table(view),
        "notes": comparison_text.remarks(view),
        "code": view.code,
    }


def _picture(view: ComparisonView, scale: float) -> Picture:
    from eventstudy.report.plots._comparisons import comparison_figure

    wide, phone = (
        data_uri(comparison_figure(view, width, headed=False).to_png(times))
        for width, times in ((WIDE, scale), (PHONE, PHONE_SCALE))
    )
    note = comparison_text.picture_note(view)
    return Picture(wide, phone, comparison_text.picture_words(view), note)
