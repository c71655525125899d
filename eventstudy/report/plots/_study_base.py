"""The registry of figures of a study, and how one is drawn.

A figure is a file ``study_<kind>.py`` in this folder: a function of a study and an
axes, registered under the kind by which users ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from eventstudy._registry import Registry
from eventstudy.report._study_snapshot import Snapshot, snapshot
from eventstudy.report.plots._base import SINGLE_SIZE, Draw, Plot, axes_in, plot_on
from eventstudy.report.plots._presets import preset_of
from eventstudy.report.study_view import StudyView

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from eventstudy.report.plots._figure import EventFigure

Size: TypeAlias = tuple[float, float]

LEFT = 0.64  # inches
STUDY_PLOTS: Registry[Plot] = Registry("kind", "eventstudy.report.plots")


def register_study(
    kind: str,
    *,
    size: tuple[float, float] = SINGLE_SIZE,
    composite: bool = False,
    height: Callable[[Snapshot], float] | None = None,
    left: float = LEFT,
) -> Callable[[Draw], Draw]:
    """Register the decorated function as a figure of a study, as in :class:`Plot`."""

    def add(draw: Draw) -> Draw:
        STUDY_PLOTS.add(kind, Plot(kind, draw, size, composite, height, left))
        return draw

    return add


def study_draw(
    view: StudyView | Snapshot,
    kind: str = "overview",
    ax: Axes | None = None,
    preset: str = "screen",
) -> EventFigure | Axes:
    """Draw a study.

    Parameters
    ----------
    view : StudyView
    kind : str
        A key of the registry: ``overview``, ``aar``, ``caar``, ``spaghetti``,
        ``distribution``, ``forest``, ``heatmap``, ``tests``, ``timeline``.
    ax : Axes, optional
        Draw there.
    preset : {"screen", "paper", "slide"}
        Where the figure goes.

    Returns
    -------
    EventFigure or Axes
        A new figure, or the axes that were given.

    Raises
    ------
    ArgumentError
        For an unknown kind or preset, for what is no axes, and for a composite or a
        preset beside ``ax``.
    """
    place = preset_of(preset, ax)
    if place is not None:
        study = snapshot(view)
        size = place.size(STUDY_PLOTS[kind], study)
        return place.finish(study_figure(study, kind, size, headed=place.headed))
    if ax is None:
        return study_figure(view, kind)
    plot_on(STUDY_PLOTS, kind, ax).draw(snapshot(view), ax)
    return ax


def study_figure(
    view: StudyView | Snapshot,
    kind: str,
    size: Size | None = None,
    *,
    headed: bool = False,
) -> EventFigure:
    """Draw a study as a figure of its own.

    Parameters
    ----------
    view : StudyView
    kind : str
    size : tuple of float, optional
        Width and height in inches, for a page that says title, subtitle and source
        itself.  Without it the figure has its own size and says them.
    headed : bool
        Whether a figure of that size says them, too.

    Returns
    -------
    EventFigure
    """
    from eventstudy.report.plots._figure import EventFigure
    from eventstudy.report.plots._study_frame import framed_study

    plot, study = STUDY_PLOTS[kind], snapshot(view)
    figure = EventFigure(size or own_size(plot, study))
    room = framed_study(figure, study, plot.left, headed=headed or size is None)
    if plot.composite:
        plot.draw(study, figure, room)
    else:
        plot.draw(study, axes_in(figure, room))
    return figure


def own_size(plot: Plot, view: Snapshot, width: float | None = None) -> Size:
    """Width and height of a figure, whose height may hang on the study; inches."""
    height = plot.size[1] if plot.height is None else plot.height(view)
    return width or plot.size[0], height
