"""What surrounds a figure of a study: title, subtitle, source, margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventstudy.report import _study_words as words
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.formats import percent
from eventstudy.report.plots import _style as style
from eventstudy.report.plots._frame import (
    CHARACTERS,
    EDGE,
    LINE,
    PANEL_TITLE,
    RIGHT,
    TITLE_CHARACTERS,
    TITLE_LINE,
    Room,
    foot,
    wrapped,
    write,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BOTTOM = 0.62


def framed_study(figure: Figure, view: Snapshot, left: float, headed: bool) -> Room:
    """Write the head and the foot.

    Returns
    -------
    tuple of float
        What is left for the axes: left, bottom, right, top as shares of the figure.
    """
    width, height = figure.get_size_inches()
    top, bottom = EDGE, BOTTOM
    if headed:
        top = _head(figure, view)
        bottom += foot(figure, view)
    top += PANEL_TITLE
    return left / width, bottom / height, 1.0 - RIGHT / width, 1.0 - top / height


def _head(figure: Figure, view: Snapshot) -> float:
    """Title and subtitle; returns the inches that they take."""
    width = float(figure.get_size_inches()[0])
    title = wrapped(words.title(view), TITLE_CHARACTERS * width)
    below = write(figure, title, EDGE, TITLE_LINE, style.TITLE)
    for line in (words.sample_words(view).rstrip("."), _effect_line(view)):
        lines = wrapped(line, CHARACTERS * width)
        below = write(figure, lines, below + 0.02, LINE, style.SUBTITLE)
    return below + 0.06


def _effect_line(view: Snapshot) -> str:
    name, value = words.effect_name(view), percent(view.effect.value)
    said = f"{name}: {value} ({words.interval(view)})"
    if view.headline_row is None:
        return said
    return f"{said}; headline test: {words.p_of(view.headline_row)}"
