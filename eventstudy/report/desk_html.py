"""What the desk shows of a result."""

from __future__ import annotations

import html

from eventstudy.report._base import EventView
from eventstudy.report._words import title
from eventstudy.report.html import WIDE, data_uri, environment, facts, figure_words

STYLE = (
    "<style>.es-message{border-left:3px solid #b35900;padding:.5rem .8rem;"
    "margin:.5rem 0;color:var(--jp-ui-font-color1,#1d252d);line-height:1.45}</style>"
)


def error_html(words: str) -> str:
    """A sentence that says what is wrong, announced to those who do not see it."""
    return f'<div class="es-message" role="alert">{html.escape(words)}</div>'


def result_html(view: EventView) -> str:
    """Title, verdict, key numbers and figure of a result.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    str
        A fragment; the figure is in it.
    """
    from eventstudy.report.plots import figure_of

    context = {
        "title": title(view),
        "verdict": view.verdict,
        "facts": facts(view),
        "picture": data_uri(figure_of(view, "overview", WIDE).to_png()),
        "alt": figure_words(view),
    }
    return environment().get_template("desk.html.j2").render(context)
