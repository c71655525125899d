"""A study as HTML: the card of a notebook, and a page that stands alone."""

from __future__ import annotations

from html import escape

from eventstudy.report.study_text import study_text
from eventstudy.report.study_view import StudyView


def study_card_html(view: StudyView) -> str:
    """Make the card that a notebook shows for a study."""
    return f'<pre class="es-card">{escape(study_text(view))}</pre>'


def study_page_html(view: StudyView) -> str:
    """Make the page of a study, to be sent or printed as it is."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Event study</title></head><body>{study_card_html(view)}</body></html>"
    )
