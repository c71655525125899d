"""The mean of each day, the path of the mean, and how the events differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots._base import axes_in, panels_that_fit
from eventstudy.report.plots._frame import PANEL_TITLE, Room
from eventstudy.report.plots._study_base import register_study
from eventstudy.report.plots.study_aar import aar
from eventstudy.report.plots.study_caar import caar
from eventstudy.report.plots.study_distribution import distribution

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = (aar, caar, distribution)
GAPS = (PANEL_TITLE + 0.22, PANEL_TITLE + 0.56)  # inches between two panels


@register_study("overview", size=(8.4, 7.6), composite=True)
def overview(view: Snapshot, figure: Figure, room: Room) -> None:
    """Draw three figures of a study, the days under the second.

    Parameters
    ----------
    view : Snapshot
    figure : Figure
    room : tuple of float
        Left, bottom, right, top as shares of the figure.
    """
    left, bottom, right, top = room
    inches = figure.get_size_inches()[1]
    panels = panels_that_fit(PANELS, GAPS[0], (top - bottom) * inches)
    gaps = [gap / inches for gap in (*GAPS[: len(panels) - 1], 0.0)]
    height = (top - bottom - sum(gaps)) / len(panels)
    for panel, gap in zip(panels, gaps, strict=True):
        ax = axes_in(figure, (left, top - height, right, top))
        panel(view, ax)
        if panel is aar:
            _without_days(ax)
        top -= height + gap


def _without_days(ax: Axes) -> None:
    """Take the days away where those of the panel below are the same."""
    ax.tick_params(axis="x", which="both", labelbottom=False, length=0)
    ax.spines["bottom"].set_visible(False)
    for marks in [line for line in ax.lines if line.get_label() == "days"]:
        marks.remove()
    ax.set_xlabel("")
