"""Results as HTML: the card of a notebook, and a page that stands alone.

No script, no outside request; everything that comes from data is escaped.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventstudy._reasons import sentence
from eventstudy.report import _citations, _methods, _tables, _words, formats
from eventstudy.report._base import EventView
from eventstudy.report.formats import percent, window_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
WIDE, PHONE = (8.4, 6.1), (4.0, 6.4)  # inches
CARD_SCALE, PAGE_SCALE = 1.5, 2.0
FIGURES = re.compile(
    r"\d{4}-\d\d-\d\d|"
    r"(?:\b[a-z]{1,4} (?:=|&lt;) )?"  # p &lt;
    r"−?(?:[$€£¥]|[A-Z]{3}\xa0)?\d(?:[\d,.]*\d)?"  # −$234.2
    r"(?: (?:%|million|billion|trillion))?"
)


def card_html(view: EventView) -> str:
    """Make the card that a notebook shows for one event.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    str
        A fragment.  It follows light and dark themes of JupyterLab and VS Code; its
        classes begin with ``es-``.
    """
    checks = _tables.diagnostics(view, flagged_only=True).rows
    context = _shared(view, CARD_SCALE) | {
        "checks": [(row[0], row[-1]) for row in checks],
        "origin": _words.source_line(view),
    }
    return environment().get_template("card.html.j2").render(context)


def page_html(view: EventView) -> str:
    """Make the page of one event, to be sent or printed as it is.

    Parameters
    ----------
    view : EventView

    Returns
    -------
    str
        A whole document; the figure is inside it.
    """
    context = _shared(view, PAGE_SCALE) | {
        "about": _methods.names(view),
        "tests": _tables.tests(view, with_null=True),
        "checks": _tables.diagnostics(view),
        "days": _tables.days(view),
        "confounders": _tables.confounders(view),
        "coefficients": _words.model_sentence(view),
        "money": _words.impact_sentence(view),
        **methods_and_references(_methods.paragraphs(view)),
        "sources": _words.sources(view),
        "versions": _methods.versions(view),
    }
    return environment().get_template("page.html.j2").render(context)


def methods_and_references(paragraphs: Sequence[str]) -> dict[str, list[str]]:
    """Paragraphs that cite as they are read, and what they cite."""
    sources = sorted(_citations.entries(paragraphs), key=lambda entry: entry.key)
    return {
        "methods": [_citations.written(text) for text in paragraphs],
        "references": [entry.text() for entry in sources],
    }


@cache
def environment() -> Environment:
    """The templates, with everything escaped that they are given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["figures"] = figures
    return found


def figures(text: str) -> Markup:
    """Escape a text, and keep each number on one line with its sign and unit."""
    from markupsafe import Markup, escape

    def kept(found: re.Match[str]) -> str:
        whole = found[0]
        if re.search("[ −-]", whole):
            return f'<span class="es-n">{whole}</span>'
        return whole

    return Markup(FIGURES.sub(kept, str(escape(text))))


def _shared(view: EventView, scale: float) -> dict[str, Any]:
    """What card and page both say."""
    return {
        "title": _words.title(view),
        "level": formats.level(view.confidence),
        "ticker": _words.name(view),
        "when": formats.day_words(view.day0),
        "news": _words.news(view),
        "rule": view.day_zero.sentence,
        "verdict": view.verdict,
        "facts": facts(view),
        "wide": _figure(view, WIDE, scale),
        "phone": _figure(view, PHONE, 2.0),
        "alt": figure_words(view),
        "windows": _tables.windows(view),
        "windows_note": _tables.windows_note(view),
        "window": window_words(*_words.headline_window(view)),
        "model": _words.model_words(view),
        "warnings": _words.notes(view),
        "code": repr(view.design),
    }


def facts(view: EventView) -> list[tuple[str, str, str]]:
    """The key numbers: what it is, the number, what stands below it."""
    window = _words.headline_window(view)
    effect, impact = _words.headline_effect(view), view.impact(*window)
    if math.isnan(effect.value):
        spread = sentence(effect.reason)
    else:
        spread = _words.interval(effect, view.confidence)
    amount, worth = _words.impact_words(view, impact)
    if math.isnan(impact.value):
        worth = sentence(impact.reason)
    p = "" if math.isnan(effect.value) else _words.significance(effect)
    return [
        (_words.effect_name(view), percent(effect.value), spread),
        ("Against its own history", f"t = {formats.number(effect.t)}", _after_t(p)),
        ("Change of market value", amount, worth),
        ("Usual unexplained move", f"{percent(view.model.sigma)} a day", _fit(view)),
    ]


def _after_t(words: str) -> str:
    return words.partition(", ")[2]


def _fit(view: EventView) -> str:
    model = view.model
    parts = [f"{model.nobs:,} days"]
    if "beta" in model.params:
        parts.insert(0, f"beta {formats.number(float(model.params['beta']))}")
    if not math.isnan(model.r_squared):
        parts.append(f"R² {formats.number(model.r_squared)}")
    return ", ".join(parts)


def _figure(view: EventView, size: tuple[float, float], scale: float) -> str:
    """The overview as a data URI."""
    from eventstudy.report.plots import figure_of

    return data_uri(figure_of(view, "overview", size).to_png(scale))


def data_uri(png: bytes) -> str:
    """A picture that needs no file beside the page."""
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def figure_words(view: EventView) -> str:
    """Say what the overview shows, for those who do not see it."""
    effect, path = _words.headline_effect(view), view.price_path["price"].dropna()
    sign = formats.currency_sign(view.currency)
    parts = [
        f"Three charts of {_words.name(view)} around {formats.day_words(view.day0)}."
    ]
    if len(path) > 1:
        first, last = (formats.price(float(path.iloc[i]), sign) for i in (0, -1))
        parts.append(f"Closing price: from {first} to {last} over the event window.")
    if not math.isnan(effect.value):
        kind, spread = (
            _words.effect_name(view),
            _words.interval(effect, view.confidence),
        )
        parts.append(f"{kind}: {percent(effect.value)}, {spread}.")
    total = view.abnormal_returns["car"].dropna()
    if len(total):
        end = percent(float(total.iloc[-1]))
        parts.append(f"Cumulative abnormal return at the end of the window: {end}.")
    return " ".join(parts)
