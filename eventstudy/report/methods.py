"""The methods section of a paper, and the sources it cites."""

from __future__ import annotations

from collections.abc import Sequence

from eventstudy.errors import ArgumentError
from eventstudy.report import _methods, _study_methods
from eventstudy.report._base import EventView
from eventstudy.report._citations import entries, in_latex, written
from eventstudy.report._layout import paragraph
from eventstudy.report._study_snapshot import snapshot
from eventstudy.report.bibliography import bibtex
from eventstudy.report.study_view import StudyView

FORMS = ("text", "latex")
LATEX_HEAD = "% needs \\usepackage{natbib}; the keys are those of bibliography()\n"


def event_section(view: EventView) -> list[str]:
    """The methods section of one event, with marks where it cites."""
    return _methods.section(view)


def study_section(view: StudyView) -> list[str]:
    """The methods section of a study, with marks where it cites."""
    return _study_methods.section(snapshot(view))


def section_text(paragraphs: Sequence[str], form: str) -> str:
    """Write a methods section.

    Parameters
    ----------
    paragraphs : sequence of str
        With marks where they cite.
    form : {"text", "latex"}
        Plain text with authors, years and a list of references; or LaTeX that cites
        by the keys of the bibliography.

    Returns
    -------
    str

    Raises
    ------
    ArgumentError
        For another form.
    """
    if form not in FORMS:
        allowed = " and ".join(map(repr, FORMS))
        raise ArgumentError(
            "form", form, f"unknown; allowed are {allowed}", "Use one of them."
        )
    if form == "latex":
        return LATEX_HEAD + "\n\n".join(map(in_latex, paragraphs)) + "\n"
    sources = sorted(entries(paragraphs), key=lambda entry: entry.key)
    listed = [paragraph(entry.text(), "  ", gutter=4) for entry in sources]
    parts = [*(paragraph(written(text)) for text in paragraphs), "References"]
    return "\n\n".join([*parts, "\n".join(listed)]) + "\n"


def section_bibtex(paragraphs: Sequence[str]) -> str:
    """The entries that a methods section cites, for BibTeX."""
    return bibtex(entries(paragraphs))
