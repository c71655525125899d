"""What surrounds the axes of a figure: title, subtitle, source, margins."""

from __future__ import annotations

import math
import re
import textwrap
from typing import TYPE_CHECKING

from eventstudy.report import _words
from eventstudy.report._base import EventView, Sourced
from eventstudy.report._layout import NO_BREAK
from eventstudy.report.formats import currency_sign, percent
from eventstudy.report.plots import _style as style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EDGE = 0.16  # inches between the text and the edge of the figure
LEFT, RIGHT, BOTTOM = 0.64, 0.14, 0.86
LEFT_WITH_CODE = 0.90  # a currency without a sign of its own
PANEL_TITLE = 0.32
TITLE_LINE, LINE, SOURCE_LINE = 0.26, 0.185, 0.17
# Characters that fit into an inch of a line.
TITLE_CHARACTERS, CHARACTERS, SOURCE_CHARACTERS = 66 / 8.4, 126 / 8.4, 136 / 8.4
SOURCE_LINES = 3
TOGETHER = re.compile(r"\(days[^)]*\)|on \d+ \w+ \d{4}|(?:rank )?[tp] [=<] \S+| %")

Room = tuple[float, float, float, float]


def framed(figure: Figure, view: EventView, headed: bool) -> Room:
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
    left = LEFT if len(currency_sign(view.currency)) < 2 else LEFT_WITH_CODE
    return left / width, bottom / height, 1.0 - RIGHT / width, 1.0 - top / height


def _head(figure: Figure, view: EventView) -> float:
    """Title and subtitle; returns the inches that they take."""
    below = EDGE
    width = float(figure.get_size_inches()[0])
    title = wrapped(_words.title(view), TITLE_CHARACTERS * width)
    below = write(figure, title, below, TITLE_LINE, style.TITLE)
    for line in (_words.model_words(view), _effect_line(view)):
        below = write(
            figure, wrapped(line, CHARACTERS * width), below + 0.02, LINE,
            style.SUBTITLE,
        )  # fmt: skip
    return below + 0.06


def wrapped(text: str, width: float) -> list[str]:
    """Lines of a text that tear apart neither dates nor numbers and their units."""
    kept = TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    return textwrap.wrap(kept, round(width))


def write(
    figure: Figure, lines: list[str], below: float, step: float, font: style.Font
) -> float:
    """Write lines below each other; returns the inches down to the next."""
    width, height = figure.get_size_inches()
    for line in lines:
        figure.text(EDGE / width, 1.0 - below / height, line, va="top", **font)
        below += step
    return below


def _effect_line(view: EventView) -> str:
    effect, name = _words.headline_effect(view), _words.effect_name(view)
    if math.isnan(effect.value):
        return f"{name}: not available"
    return (
        f"{name}: {percent(effect.value)} "
        f"({_words.interval(effect, view.confidence)}), {_words.significance(effect)}"
    )


def foot(figure: Figure, view: Sourced) -> float:
    """The source; returns the inches that it takes."""
    width, height = figure.get_size_inches()
    lines = textwrap.wrap(
        _words.source_line(view),
        round(SOURCE_CHARACTERS * width),
        max_lines=SOURCE_LINES,
        placeholder=" …",
    )
    for i, line in enumerate(reversed(lines)):
        y = (0.10 + i * SOURCE_LINE) / height
        figure.text(EDGE / width, y, line, va="bottom", **style.SOURCE)
    return len(lines) * SOURCE_LINE
