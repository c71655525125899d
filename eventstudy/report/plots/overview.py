"""Price, abnormal returns and their sum, one above the other on the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventstudy.report._base import EventView
from eventstudy.report.plots._base import axes_in, panels_that_fit, register
from eventstudy.report.plots._frame import PANEL_TITLE, Room
from eventstudy.report.plots.abnormal_returns import abnormal_returns
from eventstudy.report.plots.cumulative import cumulative
from eventstudy.report.plots.price import price

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PANELS = (price, abnormal_returns, cumulative)
GAP = PANEL_TITLE + 0.26  # inches between two panels


@register("overview", size=(8.4, 6.9), composite=True)
def overview(view: EventView, figure: Figure, room: Room) -> None:
    """Draw the three figures of an event, dates under the lowest.

    Parameters
    ----------
    view : EventView
    figure : Figure
    room : tuple of float
        Left, bottom, right, top as shares of the figure.
    """
    left, bottom, right, top = room
    inches = figure.get_size_inches()[1]
    panels = panels_that_fit(PANELS[::-1], GAP, (top - bottom) * inches)[::-1]
    gap = GAP / inches
    height = (top - bottom - gap * (len(panels) - 1)) / len(panels)
    for i, panel in enumerate(panels):
        upper = top - i * (height + gap)
        ax = axes_in(figure, (left, upper - height, right, upper))
        panel(view, ax)
        if i < len(panels) - 1:
            ax.tick_params(axis="x", which="both", labelbottom=False, length=0)
            ax.spines["bottom"].set_visible(False)
            for marks in (line for line in ax.lines if line.get_label() == "days"):
                marks.remove()
            ax.set_xlabel("")
