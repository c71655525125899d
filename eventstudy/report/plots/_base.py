"""The registry of figures, and how one is drawn.

A figure is a file in this folder: a function of a result and an axes, registered
under the kind by which users ask for it.  Nothing else has to be edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from eventstudy._registry import Registry
from eventstudy.errors import ArgumentError
from eventstudy.report._base import EventView

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from eventstudy.report.plots._figure import EventFigure

SINGLE_SIZE = (8.4, 4.3)
LEAST_PANEL = 0.5  # inches

Draw = TypeVar("Draw", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Plot:
    """A kind of figure.

    Parameters
    ----------
    kind : str
        By which users ask for it.
    draw : callable
        (view, axes) -> axes; for a ``composite`` (view, figure) -> None.
    size : tuple of float
        Width and height of its own figure, inches.
    composite : bool
        Whether it is made of several axes, so that it cannot be drawn on one.
    height : callable, optional
        view -> height in inches, where that hangs on the result.
    left : float
        Inches for the labels of the y axis.
    """

    kind: str
    draw: Callable[..., Any]
    size: tuple[float, float]
    composite: bool
    height: Callable[[Any], float] | None = None
    left: float = 0.64


EVENT_PLOTS: Registry[Plot] = Registry("kind", "eventstudy.report.plots")


def register(
    kind: str, *, size: tuple[float, float] = SINGLE_SIZE, composite: bool = False
) -> Callable[[Draw], Draw]:
    """Register the decorated function as a figure of one event, as in :class:`Plot`."""

    def add(draw: Draw) -> Draw:
        EVENT_PLOTS.add(kind, Plot(kind, draw, size, composite))
        return draw

    return add


def draw(
    view: EventView,
    kind: str = "overview",
    ax: Axes | None = None,
    preset: str = "screen",
) -> EventFigure | Axes:
    """Draw a result.

    Parameters
    ----------
    view : EventView
    kind : str
        A key of the registry: ``overview``, ``price``, ``abnormal_returns``,
        ``cumulative``.
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
    from eventstudy.report.plots._presets import preset_of

    place = preset_of(preset, ax)
    if place is not None:
        size = place.size(EVENT_PLOTS[kind], view)
        return place.finish(figure_of(view, kind, size, headed=place.headed))
    if ax is None:
        return figure_of(view, kind)
    plot_on(EVENT_PLOTS, kind, ax).draw(view, ax)
    return ax


def plot_on(plots: Registry[Plot], kind: str, ax: object) -> Plot:
    """The figure of a kind, if it can be drawn on what was given as axes.

    Raises
    ------
    ArgumentError
        As of :func:`draw`.
    """
    plot = plots[kind]
    axes_given(ax)
    if plot.composite:
        single = [f"kind={p.kind!r}" for p in plots.values() if not p.composite]
        raise ArgumentError(
            "ax",
            ax,
            f"kind={kind!r} is made of several axes",
            f"Pass one of {', '.join(single)}, or leave ax out.",
        )
    return plot


def axes_given(ax: object) -> Axes:
    """What was given as axes, if it is one.

    Raises
    ------
    ArgumentError
    """
    from matplotlib.axes import Axes

    if isinstance(ax, Axes):
        return ax
    raise ArgumentError(
        "ax", ax, "not an Axes", "Pass one, as figure.subplots() makes them."
    )


def figure_of(
    view: EventView,
    kind: str,
    size: tuple[float, float] | None = None,
    *,
    headed: bool = False,
) -> EventFigure:
    """Draw a result as a figure of its own.

    Parameters
    ----------
    view : EventView
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
    from eventstudy.report.plots._frame import framed

    plot = EVENT_PLOTS[kind]
    figure = EventFigure(size or plot.size)
    room = framed(figure, view, headed=headed or size is None)
    if plot.composite:
        plot.draw(view, figure, room)
    else:
        plot.draw(view, axes_in(figure, room))
    return figure


def axes_in(figure: Figure, room: tuple[float, float, float, float]) -> Axes:
    """One axes in a part of a figure: left, bottom, right, top as shares."""
    left, bottom, right, top = room
    axes: Axes = figure.add_axes((left, bottom, right - left, top - bottom))
    return axes


def panels_that_fit(panels: Sequence[Draw], gap: float, room: float) -> Sequence[Draw]:
    """The first panels of a composite that have some height in so many inches.

    All of them where there is room; two at least, which is what a slide holds.
    """
    fit = int((room + gap) / (LEAST_PANEL + gap))
    return panels[: max(fit, 2)]
